//! The placing question as the solver reads it: requests that want seats, cells that have them, and what each pair costs.
//!
//! Everything here is in the order of the ids, not of the file, so that turning a file round changes nothing. A cell is a
//! room, or several rooms of one location that are the same for everybody (single rooms with the same cost and nobody of
//! this instance in them).

use std::collections::BTreeMap;

use crate::compiled::{Compiled, only_singles};
use crate::cost;
use crate::instance::{Instance, RequestIndex, RoomIndex};

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub request: RequestIndex,
    /// Persons.
    pub size: i64,
    /// Cost per person of not being placed; nothing for who has a room: nobody is put out.
    pub aside: Option<i64>,
    /// Keep-apart group.
    pub apart: Option<u32>,
}

/// One place in the plan that a request could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub cell: u32,
    pub cost: i64,
}

/// Rooms that are one to the solver.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub rooms: Vec<RoomIndex>,
    pub location: usize,
    /// Free places and the places of those of this instance who are there now.
    pub capacity: i64,
}

/// Requests, cells and the allowed pairs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub asks: Vec<Ask>,
    pub cells: Vec<Cell>,
    /// For each request its pairs begin here; one more than there are requests.
    pub start: Vec<usize>,
    pub pairs: Vec<Pair>,
    /// Position among the pairs of staying in the current room.
    pub stay: Vec<Option<usize>>,
}

impl Model {
    /// Everything that is allowed, and what it costs.
    pub fn build(compiled: &Compiled<'_>) -> Self {
        let instance = compiled.instance;
        let cells = cells(compiled);
        let mut cell_of = vec![u32::MAX; instance.rooms().len()];
        let mut at_location = vec![Vec::new(); instance.locations().len()];
        for (n, cell) in (0_u32..).zip(&cells) {
            for room in &cell.rooms {
                cell_of[room.0] = n;
            }
            at_location[cell.location].push(n);
        }
        let mut order: Vec<_> = (0..instance.requests().len()).map(RequestIndex).collect();
        order.sort_unstable_by(|a, b| instance.request(*a).id.cmp(&instance.request(*b).id));
        let mut model = Self {
            cells,
            start: vec![0],
            ..Self::default()
        };
        let by_id = locations_by_id(instance);
        for asking in order {
            let request = instance.request(asking);
            let asked = compiled.asked(asking);
            let size = i64::from(request.size());
            let current = request.current_room.map(|room| cell_of[room.0]);
            let first = model.pairs.len();
            for location in &by_id {
                if !compiled.location_fits(&asked, *location) {
                    continue;
                }
                let mut base = None;
                for cell in &at_location[*location] {
                    let of_cell = &model.cells[*cell as usize];
                    let room = of_cell.rooms[0];
                    let fits = crate::rules::kind_fits(request, instance.room(room));
                    if !fits || of_cell.capacity < size || current == Some(*cell) {
                        continue;
                    }
                    let base =
                        *base.get_or_insert_with(|| compiled.location_cost(&asked, *location));
                    model.pairs.push(Pair {
                        cell: *cell,
                        cost: compiled.room_cost(base, room),
                    });
                }
            }
            let stay = current.map(|cell| {
                model.pairs.push(Pair {
                    cell,
                    cost: i64::from(compiled.weights.stay),
                });
                model.pairs.len() - 1
            });
            model.pairs[first..].sort_unstable_by_key(|pair| pair.cell);
            let stay = stay.and(current).and_then(|cell| {
                (first..model.pairs.len()).find(|at| model.pairs[*at].cell == cell)
            });
            model.start.push(model.pairs.len());
            model.stay.push(stay);
            let alone = cost::unplaced(request, &compiled.weights) / size;
            model.asks.push(Ask {
                request: asking,
                size,
                aside: current.is_none().then_some(alone),
                apart: request.apart,
            });
        }
        model
    }

    /// The positions of a request's pairs.
    pub fn pairs_of(&self, ask: usize) -> std::ops::Range<usize> {
        self.start[ask]..self.start[ask + 1]
    }

    /// What a plan costs, by the pair of each request.
    pub fn cost_of(&self, chosen: &[Option<usize>]) -> i64 {
        (self.asks.iter().zip(chosen))
            .map(|(ask, pair)| match pair {
                Some(pair) => self.pairs[*pair].cost,
                None => ask.aside.unwrap_or(0) * ask.size,
            })
            .sum()
    }

    /// For each keep-apart group and location that two or more of the group could go to: their pairs, as request and pair.
    pub fn rivals(&self) -> Vec<Vec<(usize, usize)>> {
        let mut met: BTreeMap<(u32, usize), Vec<(usize, usize)>> = BTreeMap::new();
        for (n, ask) in self.asks.iter().enumerate() {
            let Some(apart) = ask.apart else { continue };
            for pair in self.pairs_of(n) {
                let location = self.cells[self.pairs[pair].cell as usize].location;
                met.entry((apart, location)).or_default().push((n, pair));
            }
        }
        let several = |list: &Vec<(usize, usize)>| list.iter().any(|one| one.0 != list[0].0);
        met.into_values().filter(several).collect()
    }
}

fn locations_by_id(instance: &Instance) -> Vec<usize> {
    let mut order: Vec<_> = (0..instance.locations().len()).collect();
    order.sort_unstable_by(|a, b| {
        instance.locations()[*a]
            .id
            .cmp(&instance.locations()[*b].id)
    });
    order
}

/// Rooms with at least one seat, those that are the same for everybody together; in the order of location and room ids.
fn cells(compiled: &Compiled<'_>) -> Vec<Cell> {
    let instance = compiled.instance;
    let mut here = vec![0_i64; instance.rooms().len()];
    for request in instance.requests() {
        if let Some(room) = request.current_room {
            here[room.0] += i64::from(request.size());
        }
    }
    let mut order: Vec<_> = instance.room_indices().collect();
    let key = |room: &RoomIndex| {
        let room = instance.room(*room);
        (&instance.location_of(room).id, &room.id)
    };
    order.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
    let mut cells: Vec<Cell> = Vec::new();
    let mut same: BTreeMap<(usize, i64), usize> = BTreeMap::new();
    for index in order {
        let room = instance.room(index);
        let capacity = i64::from(room.free) + here[index.0];
        if capacity == 0 {
            continue;
        }
        if only_singles(room.kind) && here[index.0] == 0 {
            let alike = (room.location, cost::of_room(room, &compiled.weights));
            if let Some(known) = same.get(&alike) {
                cells[*known].rooms.push(index);
                cells[*known].capacity += capacity;
                continue;
            }
            same.insert(alike, cells.len());
        }
        cells.push(Cell {
            rooms: vec![index],
            location: room.location,
            capacity,
        });
    }
    cells
}
