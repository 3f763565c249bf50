//! A plan checked again from the file, by lines that know nothing of the engine: under a hundred of them, to be read in a
//! few minutes by whoever does not trust the rest.

use std::collections::HashMap;

use crate::file::{InstanceFile, LocationFile, RequestFile, RoomFile, RoomKind};
use crate::plan::Plan;

/// Everything that is wrong with a plan: broken rules, seats that do not exist, people lost or placed twice, sums that are
/// not right. Empty for a sound plan.
pub fn audit(file: &InstanceFile, plan: &Plan) -> Vec<String> {
    let mut wrong = Vec::new();
    let rooms: HashMap<&str, (&LocationFile, &RoomFile)> = (file.locations.iter())
        .flat_map(|l| l.rooms.iter().map(move |r| (r.id.as_str(), (l, r))))
        .collect();
    let mut placed: HashMap<&str, &str> = HashMap::new();
    let mut sum = 0;
    for one in &plan.assignments {
        sum += one.cost;
        if placed.insert(&one.request, &one.room).is_some() {
            wrong.push(format!("{} is placed twice", one.request));
        }
        if one.because.iter().map(|b| b.cost).sum::<i64>() != one.cost {
            wrong.push(format!("{}: the terms do not add up", one.request));
        }
    }
    let mut left: HashMap<&str, i64> = rooms.iter().map(|(id, r)| (*id, r.1.free)).collect();
    let mut together: HashMap<(&str, &str), Vec<&RequestFile>> = HashMap::new();
    for request in &file.requests {
        let id = request.id.as_str();
        let seats = request.persons.len() as i64;
        let now = request.current_room.as_deref();
        let Some(goes) = placed.remove(id) else {
            let w = &plan.weights;
            sum += seats
                * (i64::from(w.unplaced)
                    + i64::from(w.unplaced_urgency) * (request.urgency - 1)
                    + i64::from(w.unplaced_waiting)
                        * request.waiting_days.min(i64::from(w.waiting_days_most)));
            if now.is_some() || !plan.unplaced.iter().any(|one| one.request == id) {
                wrong.push(format!("{id} is put out or lost"));
            }
            continue;
        };
        let Some((location, room)) = rooms.get(goes) else {
            wrong.push(format!("{id} goes to {goes}, which does not exist"));
            continue;
        };
        if now != Some(goes) {
            *left.entry(goes).or_default() -= seats;
            if let Some(now) = now {
                *left.entry(now).or_default() += seats;
            }
            if !fits(request, location, room) {
                wrong.push(format!("{id} does not fit in {goes}"));
            }
        }
        if let Some(apart) = &request.apart {
            together
                .entry((apart, &location.id))
                .or_default()
                .push(request);
        }
    }
    wrong.extend(placed.keys().map(|id| format!("nobody asked for {id}")));
    wrong.extend((left.iter().filter(|l| *l.1 < 0)).map(|l| format!("{} is overfull", l.0)));
    let arrives = |r: &&RequestFile| r.current_room.as_deref() != plan.room_of(&r.id);
    for ((apart, location), list) in together {
        if list.len() > 1 && list.iter().any(arrives) {
            wrong.push(format!("group {apart} meets in {location}"));
        }
    }
    if sum != plan.objective || plan.bound > sum || plan.optimal != (plan.bound == sum) {
        wrong.push(format!(
            "costs {sum}, said {} with bound {}",
            plan.objective, plan.bound
        ));
    }
    wrong
}

fn fits(request: &RequestFile, location: &LocationFile, room: &RoomFile) -> bool {
    let parents = request.persons.iter().any(|p| p.age >= 12);
    let age = request.persons[0].age;
    (request.persons.iter()).all(|p| parents && p.age < 12 || location.sex.contains(&p.sex))
        && location.min_age.is_none_or(|min| age >= min)
        && location.max_age.is_none_or(|max| age <= max)
        && location.forms.contains(&request.form)
        && location.entitlements.contains(&request.entitlement)
        && request.care.iter().all(|need| location.care.contains(need))
        && (location.wheelchair || !request.wheelchair)
        && (location.pets || !request.pets)
        && location.security >= request.security
        && (request.kinds.is_empty() || request.kinds.contains(&location.kind))
        && !request.not_in.contains(&location.id)
        && (request.avoid.iter()).all(|circle| {
            let (dx, dy) = (circle.x_km - location.x_km, circle.y_km - location.y_km);
            dx.hypot(dy) > circle.radius_km
        })
        && if request.persons.len() > 1 {
            room.kind != RoomKind::Stay
        } else {
            room.kind != RoomKind::Family
        }
}
