//! What all acts together must be: ids apart, references that lead somewhere, and nothing for whoever is under suspicion.

use std::collections::BTreeMap;

use super::part::Faults;
use crate::codes::{Bits, Codes};
use crate::fault::Wrong;
use crate::files::Files;
use crate::model::{Act, Effect};

pub(crate) fn check(acts: &[Act], codes: &Codes, suspected: u8, files: &Files, faults: &Faults) {
    for (place, act) in acts.iter().enumerate() {
        let before = acts.iter().take(place);
        for other in before.filter(|other| other.id == act.id && !act.id.is_empty()) {
            twice(act, other, faults);
        }
        for id in &act.instead {
            if !acts.iter().any(|other| other.id == *id) {
                let what = Wrong::UnknownCode {
                    member: "instead".to_owned(),
                    code: id.clone(),
                    list: "the ids of the acts".to_owned(),
                };
                faults.note(&act.file, act.line, Some(&act.id), what);
            }
        }
        if act.effect == Effect::Permit && act.to.has(suspected) {
            let words = "nothing goes to whoever is under suspicion: take SUSPECTED out of `to`, also out of its groups";
            faults.note(
                &act.file,
                act.line,
                Some(&act.id),
                Wrong::Rule(words.to_owned()),
            );
        }
    }
    activities(acts, faults);
    // LAW: row 35 cannot be taken out by whoever keeps the files.
    let closed = acts.iter().any(|act| {
        act.effect == Effect::Forbid
            && act.to.has(suspected)
            && act.from == codes.orgs.all()
            && act.purposes == codes.purposes.all()
            && act.data == codes.data.all()
            && act.circumstances == Bits::NONE
            && act.validity.from.is_none()
            && act.validity.until.is_none()
    });
    if !closed && faults.is_empty() {
        let words = "no act forbids everything to whoever is under suspicion (SUSPECTED), from anybody, for ever; restore it";
        faults.note(&files.place("acts"), 0, None, Wrong::Rule(words.to_owned()));
    }
}

fn twice(act: &Act, other: &Act, faults: &Faults) {
    let what = if act.validity == other.validity {
        Wrong::DuplicateId {
            other: other.file.clone(),
        }
    } else if act.validity.overlaps(&other.validity) {
        Wrong::OverlappingDates {
            this: act.validity.to_string(),
            other: other.file.clone(),
            those: other.validity.to_string(),
        }
    } else {
        return;
    };
    faults.note(&act.file, act.line, Some(&act.id), what);
}

/// One processing activity in one version has one set of terms: what changes gets a new version number.
fn activities(acts: &[Act], faults: &Faults) {
    let mut known: BTreeMap<(&str, u8), &Act> = BTreeMap::new();
    for act in acts {
        let Some(activity) = &act.activity else {
            continue;
        };
        let key = (activity.id.as_str(), activity.version);
        let first = *known.entry(key).or_insert(act);
        let same = first
            .activity
            .as_ref()
            .is_some_and(|other| other.dpv_purposes == activity.dpv_purposes);
        if !same {
            let words = format!(
                "processing activity `{}` version {} has other purposes in {}; give it a new version or another id",
                activity.id, activity.version, first.file
            );
            faults.note(&act.file, act.line, Some(&act.id), Wrong::Rule(words));
        }
    }
}
