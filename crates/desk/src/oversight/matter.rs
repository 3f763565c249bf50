//! Journal entries as events about matters: a report, an intake, a case with all that belongs to it.

use std::collections::{BTreeMap, BTreeSet};

use domain::watch::{Did, Event, Place};
use vault::{Entry, How, Outline, Store, Touched};

use crate::Desk;
use crate::error::Result;
use crate::logboek::is_about_nobody;

/// The compartments whose journals tell who looked at somebody.
pub const COMPARTMENTS: [Store; 6] = [
    Store::K1,
    Store::K2,
    Store::K3,
    Store::K4,
    Store::K5,
    Store::K6,
];

/// The stores whose journals are watched: the compartments, and the shelter addresses.
pub(super) const WATCHED: [Store; 7] = [
    Store::K1,
    Store::K2,
    Store::K3,
    Store::K4,
    Store::K5,
    Store::K6,
    Store::Addresses,
];

/// Acts by which somebody takes a matter on.
const TAKING: [&str; 14] = [
    "report.accept",
    "intake.answer",
    "intake.open",
    "intake.take_over",
    "case.answer",
    "case.take_over",
    "case.transfer_answer",
    "case.open",
    "opinion.prepare",
    "opinion.take_over",
    "share.answer",
    "share.take_over",
    "service_share.answer",
    "service_share.take_over",
];

/// Acts that write something down and are no work on the matter: standing before a closed door, breaking the glass, reading word about
/// it, reviewing. Else whoever broke the glass would be explained by having broken it.
const NO_WORK: [&str; 13] = [
    "case.ask_access",
    "case.break_glass",
    "case.notices",
    "case.review",
    "intake.ask_access",
    "intake.break_glass",
    "intake.notices",
    "intake.review",
    "opinion.ask_access",
    "opinion.notices",
    "opinion.recuse",
    "share.ask_access",
    "service_share.ask_access",
];

/// The number of a store in a place.
pub(super) fn number(store: Store) -> u8 {
    let at = Store::ALL.iter().position(|known| *known == store);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

/// The store of a number in a place.
pub(super) fn store_of(place: Place) -> Option<Store> {
    Store::ALL.get(usize::from(place.store)).copied()
}

/// The name of a matter in the rules of the watch: two compartments never have the same.
pub(super) fn name(store: Store, record: &str) -> String {
    format!("{store}:{record}")
}

/// Which record each record belongs to, in one store. Asks the store once for each record.
pub(super) struct Matters {
    store: Store,
    above: BTreeMap<String, Option<String>>,
}

/// How many levels of records lie under a matter: case, request, placement, and one to spare.
const DEEPEST: usize = 5;

impl Matters {
    pub(super) fn of(store: Store) -> Matters {
        Matters {
            store,
            above: BTreeMap::new(),
        }
    }

    /// Learns what lies above the records of these entries.
    pub(super) async fn learn(&mut self, desk: &Desk, entries: &[Entry]) -> Result<()> {
        let named = entries.iter().flat_map(|entry| &entry.records);
        let ids = named.filter(|touched| is_of_matter(touched)).flat_map(ids);
        self.learn_ids(desk, ids.map(str::to_owned).collect()).await
    }

    pub(super) async fn learn_ids(&mut self, desk: &Desk, ids: BTreeSet<String>) -> Result<()> {
        let mut open = ids;
        for _ in 0..DEEPEST {
            open.retain(|id| !self.above.contains_key(id));
            if open.is_empty() {
                return Ok(());
            }
            let asked: Vec<String> = open.iter().cloned().collect();
            let found = desk.vault.outlines(self.store, &asked).await?;
            let mut next = BTreeSet::new();
            for Outline { id, clear, .. } in found {
                next.extend(clear.parent.clone());
                self.above.insert(id, clear.parent);
            }
            for id in asked {
                // What is not there, or no longer, belongs to nothing else.
                self.above.entry(id).or_insert(None);
            }
            open = next;
        }
        Ok(())
    }

    /// The record at the top of one.
    pub(super) fn top<'a>(&'a self, record: &'a str) -> &'a str {
        let mut at = record;
        for _ in 0..DEEPEST {
            match self.above.get(at) {
                Some(Some(above)) => at = above,
                _ => break,
            }
        }
        at
    }

    /// The events of an entry: one for each matter that it names, and one without a matter for a search that found nothing.
    pub(super) fn events(&self, entry: &Entry) -> Vec<Event> {
        let mut by_matter: BTreeMap<&str, Vec<&Touched>> = BTreeMap::new();
        for touched in entry.records.iter().filter(|touched| is_of_matter(touched)) {
            if touched.how == How::Sought && touched.id.is_empty() {
                by_matter.entry("").or_default().push(touched);
            }
            for id in ids(touched) {
                by_matter.entry(self.top(id)).or_default().push(touched);
            }
        }
        by_matter
            .into_iter()
            .map(|(matter, touched)| {
                let matter = match matter {
                    "" => String::new(),
                    record => name(self.store, record),
                };
                event(entry, matter, did(&entry.context.act, &touched))
            })
            .collect()
    }
}

fn ids(touched: &Touched) -> impl Iterator<Item = &str> {
    touched.id.split(' ').filter(|id| !id.is_empty())
}

/// Clocks, disclosures and receipts are about a matter that the entry names besides; a shelter's address is watched as a matter of its
/// own.
fn is_of_matter(touched: &Touched) -> bool {
    let passing = matches!(touched.how, How::Timed | How::Disclosed | How::Received);
    let counts = touched.kind == "shelter_address" || !is_about_nobody(&touched.kind);
    !passing && counts && touched.kind != "disclosure"
}

/// One event of an entry.
pub(super) fn event(entry: &Entry, matter: String, did: Did) -> Event {
    let context = &entry.context;
    Event {
        place: Place {
            store: number(entry.store),
            seq: entry.seq,
        },
        at: context.at,
        actor: context.actor.clone(),
        org: context.org.clone(),
        role: context.role.clone(),
        matter,
        did: match did {
            Did::Changed if arrives(entry) => Did::Arrived,
            other => other,
        },
    }
}

fn arrives(entry: &Entry) -> bool {
    entry.context.actor == "system" && entry.records.iter().any(|t| t.how == How::Received)
}

/// What was done with a matter by what happened to its records.
pub(super) fn did(act: &str, touched: &[&Touched]) -> Did {
    let all = |how: How| touched.iter().all(|one| one.how == how);
    if all(How::Sought) {
        return Did::Sought;
    }
    if touched
        .iter()
        .all(|one| matches!(one.how, How::Read | How::Sought))
    {
        return Did::Read;
    }
    if NO_WORK.contains(&act) {
        return Did::Read;
    }
    if act.ends_with(".close") {
        return Did::Closed;
    }
    match TAKING.contains(&act) {
        true => Did::Took,
        false => Did::Changed,
    }
}

#[cfg(test)]
mod tests {
    use super::{NO_WORK, TAKING};
    use crate::access::RULES;

    #[test]
    fn every_act_around_a_matter_is_known_to_the_watch() {
        for name in RULES.iter().map(|rule| rule.name) {
            match name.rsplit('.').next() {
                Some("take_over") => assert!(TAKING.contains(&name), "{name}"),
                Some("ask_access" | "break_glass" | "notices") => {
                    assert!(NO_WORK.contains(&name), "{name}");
                }
                _ => {}
            }
        }
        let known = |act: &&str| RULES.iter().any(|rule| rule.name == *act);
        assert!(TAKING.iter().all(&known) && NO_WORK.iter().all(known));
    }
}
