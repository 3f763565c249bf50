//! What somebody can work out who kept every release: sums along every column and over time, until nothing new comes out. Like
//! [`crate::attack`] it needs no solver and sees only what was published; it shares nothing with the rule that hides.

use std::collections::HashMap;

use super::{Cell, Span};

/// A table as it was published: over which period, and its cells.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The period.
    pub span: Span,
    /// The cells; what is not there is zero.
    pub cells: Vec<super::Placed>,
}

/// What is known about a number that was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Which cell.
    pub at: Vec<Option<String>>,
    /// Of which release, by position.
    pub release: usize,
    /// Less which release, for a difference.
    pub less: Option<usize>,
    /// At least this; none without end.
    pub low: Option<i64>,
    /// At most this; none without end.
    pub high: Option<i64>,
}

impl Bound {
    /// The length of the interval; none without end.
    #[must_use]
    pub fn width(&self) -> Option<i64> {
        Some(self.high? - self.low?)
    }
}

type Interval = (Option<i64>, Option<i64>);

/// One end of an interval.
type End = fn(&Interval) -> Option<i64>;

/// Bounds of every cell of every release, and of the difference of every two of which one holds the other. `grows`: the attacker knows
/// that later releases took nothing back.
#[must_use]
pub fn seen(releases: &[Seen], grows: bool) -> Vec<Bound> {
    let places = places(releases);
    let position: HashMap<&[Option<String>], usize> = (places.iter().enumerate())
        .map(|(n, at)| (at.as_slice(), n))
        .collect();
    let things = things(releases);
    let mut bounds: Vec<Interval> = Vec::new();
    for (release, less) in &things {
        for at in &places {
            bounds.push(match less {
                Some(_) => (grows.then_some(0), None),
                None => published(&releases[*release], at),
            });
        }
    }
    let lines = lines(&things, &places, &position);
    while lines.iter().fold(false, |changed, (parts, total)| {
        tighten(&mut bounds, parts, *total) || changed
    }) {}
    let all = things
        .iter()
        .flat_map(|thing| places.iter().map(move |at| (thing, at)));
    all.zip(bounds)
        .map(|(((release, less), at), (low, high))| Bound {
            at: at.clone(),
            release: *release,
            less: *less,
            low,
            high,
        })
        .collect()
}

/// Every combination of categories and totals.
fn places(releases: &[Seen]) -> Vec<Vec<Option<String>>> {
    let columns = releases
        .first()
        .and_then(|seen| seen.cells.first())
        .map_or(0, |(at, _)| at.len());
    let mut places = vec![Vec::new()];
    for column in 0..columns {
        let mut categories: Vec<Option<String>> = vec![None];
        for (at, _) in releases.iter().flat_map(|seen| &seen.cells) {
            if !categories.contains(&at[column]) {
                categories.push(at[column].clone());
            }
        }
        places = (places.into_iter())
            .flat_map(|place: Vec<Option<String>>| {
                categories.iter().map(move |category| {
                    let mut place = place.clone();
                    place.push(category.clone());
                    place
                })
            })
            .collect();
    }
    places
}

/// Each release, and each difference of two.
fn things(releases: &[Seen]) -> Vec<(usize, Option<usize>)> {
    let all = 0..releases.len();
    let alone = all.clone().map(|n| (n, None));
    let pairs = all.clone().flat_map(|a| all.clone().map(move |b| (a, b)));
    let within = |outer: usize, inner: usize| {
        let (outer_span, inner_span) = (releases[outer].span, releases[inner].span);
        outer != inner
            && outer_span.holds(inner_span)
            && (outer_span != inner_span || inner < outer)
    };
    let differences = pairs.filter(|(outer, inner)| within(*outer, *inner));
    alone
        .chain(differences.map(|(outer, inner)| (outer, Some(inner))))
        .collect()
}

fn published(seen: &Seen, at: &[Option<String>]) -> Interval {
    match seen.cells.iter().find(|(own, _)| own == at) {
        Some((_, Cell::Shown(count))) => {
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            (Some(count), Some(count))
        }
        // What is kept says what it said before, of another release.
        Some((_, Cell::Hidden | Cell::Kept(_))) => (Some(0), None),
        Some((_, Cell::Impossible)) | None => (Some(0), Some(0)),
    }
}

/// Parts and their sum, as positions of bounds.
fn lines(
    things: &[(usize, Option<usize>)],
    places: &[Vec<Option<String>>],
    position: &HashMap<&[Option<String>], usize>,
) -> Vec<(Vec<usize>, usize)> {
    let mut lines = Vec::new();
    let of = |thing: usize, place: usize| thing * places.len() + place;
    for thing in 0..things.len() {
        for (n, place) in places.iter().enumerate() {
            for column in (0..place.len()).filter(|column| place[*column].is_none()) {
                let is_part = |other: &&Vec<Option<String>>| {
                    let pairs = other.iter().zip(place).enumerate();
                    pairs
                        .into_iter()
                        .all(|(k, (a, b))| if k == column { a.is_some() } else { a == b })
                };
                let parts = places
                    .iter()
                    .filter(is_part)
                    .filter_map(|other| position.get(other.as_slice()));
                lines.push((parts.map(|part| of(thing, *part)).collect(), of(thing, n)));
            }
        }
    }
    let find = |wanted: (usize, Option<usize>)| things.iter().position(|thing| *thing == wanted);
    for (thing, (outer, less)) in things.iter().enumerate() {
        let Some(inner) = *less else { continue };
        for place in 0..places.len() {
            if let (Some(whole), Some(part)) = (find((*outer, None)), find((inner, None))) {
                lines.push((vec![of(part, place), of(thing, place)], of(whole, place)));
            }
            for middle in 0..things.len() {
                if let (Some(first), Some(second)) =
                    (find((*outer, Some(middle))), find((middle, Some(inner))))
                {
                    lines.push((vec![of(first, place), of(second, place)], of(thing, place)));
                }
            }
        }
    }
    lines
}

/// One line: the total lies between the sums of the bounds, and each part between the total's bounds less the others'.
fn tighten(bounds: &mut [Interval], parts: &[usize], total: usize) -> bool {
    let sum = |bounds: &[Interval], but: Option<usize>, end: End| {
        let mut others = parts.iter().enumerate().filter(|(n, _)| Some(*n) != but);
        others.try_fold(0_i64, |sum, (_, part)| Some(sum + end(&bounds[*part])?))
    };
    let (low, high): (End, End) = (|bound| bound.0, |bound| bound.1);
    let whole = (sum(bounds, None, low), sum(bounds, None, high));
    let mut changed = narrow(&mut bounds[total], whole);
    for (n, part) in parts.iter().enumerate() {
        let less = |a: Option<i64>, b: Option<i64>| Some(a? - b?);
        let own = (
            less(bounds[total].0, sum(bounds, Some(n), high)),
            less(bounds[total].1, sum(bounds, Some(n), low)),
        );
        changed |= narrow(&mut bounds[*part], own);
    }
    changed
}

fn narrow(bound: &mut Interval, to: Interval) -> bool {
    let low = match (bound.0, to.0) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    };
    let high = match (bound.1, to.1) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let changed = (low, high) != *bound;
    *bound = (low, high);
    changed
}
