//! What would be allowed instead. Every suggestion is asked of the engine before it is made: candidates come from the acts that
//! are nearest to the question, and only those to which the engine then says yes are shown.

use domain::Bilingual;

use crate::answer::{Change, Instead};
use crate::codes::Bits;
use crate::decide::{Case, Rulings};
use crate::engine::Ruling;
use crate::model::{Act, ConsentNeed, Effect};
use crate::question::{Consent, Question};
use crate::why::{Fit, consent_part, ways};
use crate::words::{fill, sentence, within};

/// Most suggestions in one answer.
const MOST: usize = 6;

/// A question changed, and how.
struct Changed {
    question: Question,
    changes: Vec<Change>,
    parts: Vec<Bilingual>,
    only_data: bool,
}

pub(crate) fn find(case: &Case<'_>, rulings: &Rulings) -> Vec<Instead> {
    let refused: Vec<u8> = rulings
        .iter()
        .filter(|(_, ruling)| matches!(ruling, Ruling::Silent | Ruling::Unclear(_)))
        .map(|(category, _)| *category)
        .collect();
    // Of what goes to whoever is suspected everything is forbidden (row 35), so nothing is silent or unclear there.
    if refused.is_empty() {
        return Vec::new();
    }
    let some_permitted = rulings
        .iter()
        .any(|(_, ruling)| matches!(ruling, Ruling::Permitted(_)));
    let mut out: Vec<Instead> = Vec::new();
    for act in candidates(case, &refused, some_permitted) {
        if out.len() == MOST {
            break;
        }
        let found = change(case, act, &refused, some_permitted)
            .and_then(|changed| asked(case, act, changed, refused.len()));
        // One that asks for more than another, for the same, says nothing new.
        if let Some(found) = found
            && !out.iter().any(|known| {
                known
                    .changes
                    .iter()
                    .all(|change| found.changes.contains(change))
                    && found.data.iter().all(|data| known.data.contains(data))
            })
        {
            out.push(found);
        }
    }
    out
}

/// Acts of this sender that are one change away; then those that the acts between these two name as their alternatives; and
/// only when there is nothing between these two at all, the same to somebody else.
fn candidates<'a>(case: &'a Case<'_>, refused: &[u8], some_permitted: bool) -> Vec<&'a Act> {
    let question = case.question;
    let mine = || {
        case.policies
            .acts
            .iter()
            .filter(|act| act.effect == Effect::Permit && act.from.has(question.from))
    };
    let to_here: Vec<&Act> = mine().filter(|act| act.to.has(question.to)).collect();
    let frame: Vec<&Act> = to_here
        .iter()
        .copied()
        .filter(|act| act.purposes.has(question.purpose))
        .collect();
    let elsewhere = to_here.is_empty();
    let mut near: Vec<(u32, &Act)> = mine()
        .filter(|act| act.permits() && (elsewhere || act.to.has(question.to)))
        .filter_map(|act| Some((distance(case, act, refused, some_permitted)?, act)))
        .filter(|(distance, _)| *distance <= 1)
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    let mut out: Vec<&Act> = near.into_iter().map(|(_, act)| act).collect();
    let hinting = if frame.is_empty() { to_here } else { frame };
    for id in hinting.iter().flat_map(|act| &act.instead) {
        for act in mine().filter(|act| act.permits() && act.id == *id) {
            if !out.iter().any(|known| std::ptr::eq(*known, act)) {
                out.push(act);
            }
        }
    }
    out
}

/// How many changes lie between the question and the act; none when no change of the asker can bridge it.
fn distance(case: &Case<'_>, act: &Act, refused: &[u8], some_permitted: bool) -> Option<u32> {
    let wanted = refused.iter().find(|category| act.data.has(**category));
    let category = wanted.or_else(|| refused.first())?;
    let fit = Fit::of(case, act, *category);
    if !fit.age || !fit.days {
        return None;
    }
    let facts = fit.missing.count() + u32::from(!fit.consent);
    let frame = u32::from(!fit.to) + u32::from(!fit.purpose);
    match wanted {
        Some(_) => Some(facts + frame),
        // Other data on the same ground, when nothing of what was asked may go.
        None if !some_permitted && facts + frame == 0 => Some(1),
        None => None,
    }
}

/// The question as it would have to be for the act.
fn change(case: &Case<'_>, act: &Act, refused: &[u8], some_permitted: bool) -> Option<Changed> {
    let policies = case.policies;
    let codes = &policies.codes;
    let mut question = case.question.clone();
    let mut changes = Vec::new();
    let mut parts = Vec::new();
    let overlap: Vec<u8> = refused
        .iter()
        .copied()
        .filter(|c| act.data.has(*c))
        .collect();
    let only_data = overlap.is_empty();
    // Other data help whoever may share nothing at all here, and nobody else.
    if only_data && (some_permitted || !act.to.has(question.to)) {
        return None;
    }
    question.data = if only_data {
        act.data.iter().collect()
    } else {
        overlap
    };
    if !act.to.has(question.to) {
        let to = act.to.minus(Bits::one(policies.suspected));
        question.to = to.iter().next()?;
        parts.push(part(
            case,
            "part_to",
            "to",
            &policies.any_of(&codes.orgs.labels(to)),
        ));
        changes.push(Change::To {
            to: codes.orgs.codes(to),
        });
    }
    if !act.purposes.has(question.purpose) {
        question.purpose = act.first_purpose?;
        let label = within(&codes.purposes.label(question.purpose));
        parts.push(part(case, "part_purpose", "purpose", &label));
        changes.push(Change::Purpose {
            purpose: codes.purposes.code(question.purpose).to_owned(),
        });
    }
    let missing = act.circumstances.minus(question.circumstances);
    if !missing.is_empty() {
        question.circumstances = question.circumstances.or(missing);
        let labels = policies.line(&codes.circumstances.labels(missing));
        parts.push(part(case, "part_circumstance", "circumstances", &labels));
        changes.extend(missing.iter().map(|place| Change::Circumstance {
            circumstance: codes.circumstances.code(place).to_owned(),
        }));
    }
    if let Some(need) = &act.consent {
        with_consent(case, need, &mut question, &mut changes, &mut parts)?;
    }
    if only_data {
        // Other data and one thing more is another question.
        if !changes.is_empty() {
            return None;
        }
        changes.push(Change::Data {
            data: codes.data.codes(act.data),
        });
    }
    Some(Changed {
        question,
        changes,
        parts,
        only_data,
    })
}

/// Consent by the right giver, on paper, for exactly this: takes the place of what was there.
fn with_consent(
    case: &Case<'_>,
    need: &ConsentNeed,
    question: &mut Question,
    changes: &mut Vec<Change>,
    parts: &mut Vec<Bilingual>,
) -> Option<()> {
    let ways = ways(case, need);
    let first = *ways.first()?;
    let enough = question.data.iter().all(|category| {
        let consented = crate::engine::Consented::of(question, *category);
        let signed = if need.written {
            consented.written
        } else {
            consented.given
        };
        ways.iter().any(|givers| givers.within(signed))
    });
    if enough {
        return Some(());
    }
    question.consents = first
        .iter()
        .map(|giver| Consent {
            giver,
            written: true,
            purpose: question.purpose,
            recipients: Bits::one(question.to),
            data: question.data.iter().copied().collect(),
            given: question.date,
            until: None,
            withdrawn: None,
        })
        .collect();
    let givers = case.policies.givers(&ways, case.question);
    parts.push(part(case, consent_part(need), "givers", &givers));
    let codes = &case.policies.codes.givers;
    changes.push(Change::Consent {
        givers: ways.iter().map(|way| codes.codes(*way)).collect(),
        written: need.written,
    });
    Some(())
}

fn part(case: &Case<'_>, code: &str, name: &str, value: &Bilingual) -> Bilingual {
    fill(&case.policies.text(code), &[(name, value.clone())])
}

/// Asks the engine; a suggestion to which it does not say yes is not made.
fn asked(case: &Case<'_>, act: &Act, changed: Changed, refused: usize) -> Option<Instead> {
    let other = Case {
        policies: case.policies,
        engine: case.engine,
        question: &changed.question,
    };
    let rulings = other.rulings().ok()?;
    let permitted: Vec<u8> = rulings
        .iter()
        .filter(|(_, ruling)| matches!(ruling, Ruling::Permitted(_)))
        .map(|(category, _)| *category)
        .collect();
    if permitted.is_empty() || changed.changes.is_empty() {
        return None;
    }
    let policies = case.policies;
    let data: Bits = permitted.iter().copied().collect();
    let data_words = policies.line(&policies.codes.data.labels(data));
    let comma = Bilingual::new(",", ",");
    let parts = joined_with(&changed.parts, &comma);
    let words = if changed.only_data {
        fill(&policies.text("instead_only_data"), &[("data", data_words)])
    } else if permitted.len() < refused {
        fill(
            &policies.text("instead_data"),
            &[("parts", parts), ("data", data_words)],
        )
    } else {
        fill(&policies.text("instead"), &[("parts", parts)])
    };
    let elsewhere = |change: &Change| matches!(change, Change::To { .. } | Change::Purpose { .. });
    let words = if changed.changes.iter().any(elsewhere) {
        let names = [("text", words), ("title", act.title.clone())];
        fill(&policies.text("instead_title"), &names)
    } else {
        words
    };
    Some(Instead {
        words: sentence(&words),
        changes: changed.changes,
        data: policies.codes.data.codes(data),
        act: act.id.clone(),
    })
}

fn joined_with(parts: &[Bilingual], comma: &Bilingual) -> Bilingual {
    match parts {
        [] => Bilingual::new("", ""),
        [only] => only.clone(),
        [first, rest @ ..] => rest.iter().fold(first.clone(), |out, next| Bilingual {
            nl: format!("{}{} {}", out.nl, comma.nl, next.nl),
            en: format!("{}{} {}", out.en, comma.en, next.en),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_by_commas() {
        let part = |text: &str| Bilingual::new(text, text);
        let comma = part(",");
        assert_eq!(joined_with(&[part("a"), part("b")], &comma).nl, "a, b");
    }
}
