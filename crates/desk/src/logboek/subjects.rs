//! About whom a journal entry is: the records that stand for a person, each once.

use domain::vocabulary::ProcessingActivity;
use vault::{Entry, How, Touched};

/// Records that stand for a person as a whole. What else an entry names beside one of these belongs to it: a use case works on one
/// matter.
const WHOLE: [&str; 6] = [
    "report",
    "intake",
    "case",
    "opinion",
    "registration",
    "account",
];

/// Records and things about nobody. Every other kind counts as about a person, also one that is not known here yet.
const NOBODY: [&str; 29] = [
    "anonymous_count",
    "organisation",
    "shelter_location",
    "shelter_room",
    "shelter_address",
    "address_openings",
    "figure",
    "figures_releases",
    "figures_counted",
    "figures_told",
    "action",
    "pledge",
    "plan_version",
    "plan_round",
    "plan_update",
    "plan_link",
    "edition",
    "frozen_letter",
    "journal",
    "who_looked",
    "legal_hold",
    "break_glass_right",
    "part",
    "receipt",
    "register",
    "decision",
    "decisions",
    "law_version",
    "breach",
];

/// The identifiers of the persons' records, in the order of the entry.
pub(super) fn of<'a>(entry: &'a Entry, activity: &ProcessingActivity) -> Vec<&'a str> {
    if !activity.facts.is_personal() {
        return Vec::new();
    }
    let named = entry.records.iter().filter(|touched| !is_nobody(touched));
    let ids = |wanted: fn(&Touched) -> bool| {
        let mut out: Vec<&str> = Vec::new();
        for touched in named.clone().filter(|touched| wanted(touched)) {
            for id in touched.id.split(' ').filter(|id| !id.is_empty()) {
                if !out.contains(&id) {
                    out.push(id);
                }
            }
        }
        out
    };
    // What is destroyed has no kind any more, and a search finds several: each stands for itself.
    let each = ids(|touched| matches!(touched.how, How::Erased | How::Sought));
    if !each.is_empty() {
        return each;
    }
    let whole = ids(|touched| WHOLE.contains(&touched.kind.as_str()));
    if !whole.is_empty() {
        return whole;
    }
    ids(|_| true).into_iter().take(1).collect()
}

fn is_nobody(touched: &Touched) -> bool {
    is_about_nobody(&touched.kind)
}

/// Whether records of this kind are about no person.
pub(crate) fn is_about_nobody(kind: &str) -> bool {
    NOBODY.contains(&kind)
}
