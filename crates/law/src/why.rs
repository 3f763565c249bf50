//! Why something stays, and what each consent is worth. Explains what the engine has decided; decides nothing.

use domain::Bilingual;

use crate::answer::{ConsentSeen, Said};
use crate::codes::Bits;
use crate::decide::{Case, Rulings};
use crate::engine::{Consented, Ruling};
use crate::model::{Act, ConsentNeed, Effect};
use crate::question::{Consent, Question};

/// Where an act and a question differ, for one category.
pub(crate) struct Fit {
    pub(crate) to: bool,
    pub(crate) purpose: bool,
    pub(crate) data: bool,
    pub(crate) days: bool,
    pub(crate) age: bool,
    pub(crate) missing: Bits,
    pub(crate) consent: bool,
    pub(crate) withdrawn: bool,
}

impl Fit {
    /// Compares an act, whose sender is that of the question, with the question.
    pub(crate) fn of(case: &Case<'_>, act: &Act, category: u8) -> Fit {
        let question = case.question;
        let consented = Consented::of(question, category);
        let consent = act
            .consent
            .as_ref()
            .is_none_or(|need| is_met(case, need, consented));
        Fit {
            to: act.to.has(question.to),
            purpose: act.purposes.has(question.purpose),
            data: act.data.has(category),
            days: act.validity.includes(question.date),
            age: act.ages.has(question.band),
            missing: act.circumstances.minus(question.circumstances),
            consent,
            withdrawn: act.not_after_withdrawal && consented.withdrawn,
        }
    }

    /// Only facts are missing: circumstances, consent, age.
    fn only_facts(&self) -> bool {
        self.to && self.purpose && self.data && self.days
    }

    /// Nothing is missing.
    #[cfg(test)]
    pub(crate) fn is_whole(&self) -> bool {
        self.only_facts() && self.age && self.missing.is_empty() && self.consent && !self.withdrawn
    }
}

fn is_met(case: &Case<'_>, need: &ConsentNeed, consented: Consented) -> bool {
    let signed = if need.written {
        consented.written
    } else {
        consented.given
    };
    ways(case, need).iter().any(|givers| givers.within(signed))
}

/// Who may sign for this person, by this need.
pub(crate) fn ways(case: &Case<'_>, need: &ConsentNeed) -> Vec<Bits> {
    let question = case.question;
    case.policies
        .who(need.rule, question.band, question.parent_suspected)
}

/// Why a category stays.
pub(crate) fn withheld(case: &Case<'_>, category: u8, ruling: &Ruling) -> Said {
    match ruling {
        Ruling::Forbidden(acts) => forbidden(case, acts),
        Ruling::Unclear(_) => case.said("why_unclear", &[]),
        Ruling::Permitted(_) | Ruling::Silent => silent(case, category),
    }
}

fn forbidden(case: &Case<'_>, acts: &[usize]) -> Said {
    let words = acts.iter().find_map(|act| case.act(*act)?.why.clone());
    Said {
        code: "why_forbidden".to_owned(),
        words: words.unwrap_or_else(|| case.policies.text("why_no_ground")),
    }
}

/// The nearest act tells what is missing.
fn silent(case: &Case<'_>, category: u8) -> Said {
    let near: Vec<(&Act, Fit)> = from_here(case)
        .map(|act| (act, Fit::of(case, act, category)))
        .collect();
    facts(case, &near)
        .or_else(|| reason_of_act(&near, category))
        .or_else(|| other(case, &near))
        .unwrap_or_else(|| case.said("why_no_ground", &[]))
}

/// Acts that permit (or would, once somebody decides) for this sender.
fn from_here<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Act> {
    let acts = case.policies.acts.iter();
    acts.filter(|act| act.effect == Effect::Permit && act.from.has(case.question.from))
}

/// Acts of which only facts are missing: each is a way in which it would be allowed.
fn facts(case: &Case<'_>, near: &[(&Act, Fit)]) -> Option<Said> {
    let open: Vec<&(&Act, Fit)> = near
        .iter()
        .filter(|(act, fit)| fit.only_facts() && (act.permits() || fit.withdrawn))
        .collect();
    let mut ways: Vec<Bilingual> = Vec::new();
    for (act, fit) in open.iter().filter(|(_, fit)| fit.age) {
        let way = way(case, act, fit)?;
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    if open.iter().any(|(_, fit)| fit.withdrawn) {
        return Some(case.said("why_withdrawn", &[]));
    }
    if !ways.is_empty() {
        return Some(case.said("why_only", &[("ways", case.policies.or_of(&ways))]));
    }
    let (act, _) = open.first()?;
    let labels: Vec<Bilingual> = act
        .ages
        .iter()
        .filter_map(|band| case.policies.bands.get(usize::from(band)))
        .map(|band| band.label.clone())
        .collect();
    Some(case.said("why_age", &[("ages", case.policies.any_of(&labels))]))
}

/// What is missing of one act: circumstances and consent together. None when nobody can consent now.
fn way(case: &Case<'_>, act: &Act, fit: &Fit) -> Option<Bilingual> {
    let policies = case.policies;
    let mut parts = Vec::new();
    if let Some(need) = act.consent.as_ref().filter(|_| !fit.consent) {
        let ways = ways(case, need);
        if ways.is_empty() {
            return None;
        }
        let givers = policies.givers(&ways, case.question);
        parts.push(case.said(consent_part(need), &[("givers", givers)]).words);
    }
    if !fit.missing.is_empty() {
        let labels = policies.line(&policies.codes.circumstances.labels(fit.missing));
        parts.push(
            case.said("part_circumstance", &[("circumstances", labels)])
                .words,
        );
    }
    Some(crate::words::joined(&parts, &policies.text("and")))
}

/// The words for consent, in writing or in any form.
pub(crate) fn consent_part(need: &ConsentNeed) -> &'static str {
    if need.written {
        "part_consent_written"
    } else {
        "part_consent"
    }
}

/// An act for this receiver and purpose that names the category as one that stays.
fn reason_of_act(near: &[(&Act, Fit)], category: u8) -> Option<Said> {
    let here = near
        .iter()
        .filter(|(_, fit)| fit.to && fit.purpose && fit.days);
    let words = here
        .flat_map(|(act, _)| &act.excluded)
        .find(|excluded| excluded.data.has(category))?
        .why
        .clone();
    Some(Said {
        code: "why_excluded".to_owned(),
        words,
    })
}

/// Not needed for this purpose; another purpose; another day.
fn other(case: &Case<'_>, near: &[(&Act, Fit)]) -> Option<Said> {
    if near
        .iter()
        .any(|(_, fit)| fit.to && fit.purpose && fit.days && !fit.data)
    {
        return Some(case.said("why_not_needed", &[]));
    }
    let purposes = near
        .iter()
        .filter(|(act, fit)| act.permits() && fit.to && fit.data && fit.days && !fit.purpose);
    let purposes = purposes.fold(Bits::NONE, |bits, (act, _)| bits.or(act.purposes));
    if !purposes.is_empty() {
        let labels = case.policies.codes.purposes.labels(purposes);
        let small: Vec<Bilingual> = labels.iter().map(crate::words::within).collect();
        return Some(case.said("why_purpose", &[("purposes", case.policies.any_of(&small))]));
    }
    near.iter()
        .any(|(_, fit)| fit.to && fit.purpose && fit.data && !fit.days)
        .then(|| case.said("why_date", &[]))
}

/// What each consent of the question is worth.
pub(crate) fn consents(case: &Case<'_>, rulings: &Rulings) -> Vec<ConsentSeen> {
    let consents = case.question.consents.iter().enumerate();
    consents
        .map(|(place, consent)| {
            let code = worth(case, consent, rulings);
            let givers = needs(case)
                .first()
                .map(|need| case.policies.givers(&ways(case, need), case.question));
            let why = match givers {
                Some(givers) => case.said(code, &[("givers", givers)]),
                None => case.said(code, &[]),
            };
            ConsentSeen {
                place,
                counts: code == "consent_counts",
                why,
            }
        })
        .collect()
}

/// The consents that acts between these two for this purpose need.
fn needs<'a>(case: &'a Case<'_>) -> Vec<&'a ConsentNeed> {
    let question = case.question;
    from_here(case)
        .filter(|act| {
            act.permits()
                && act.to.has(question.to)
                && act.purposes.has(question.purpose)
                && act.validity.includes(question.date)
                && question.data.iter().any(|category| act.data.has(*category))
        })
        .filter_map(|act| act.consent.as_ref())
        .collect()
}

fn worth(case: &Case<'_>, consent: &Consent, rulings: &Rulings) -> &'static str {
    let question: &Question = case.question;
    let asked: Bits = question.data.iter().copied().collect();
    if consent.purpose != question.purpose {
        return "consent_other_purpose";
    }
    if !consent.recipients.has(question.to) {
        return "consent_other_recipient";
    }
    if !consent.data.meets(asked) {
        return "consent_other_data";
    }
    if consent.withdrawn_on(question.date) {
        return "consent_withdrawn";
    }
    if !consent.holds_on(question.date) {
        return "consent_ended";
    }
    let needs = needs(case);
    let carried = rulings.iter().any(|(category, ruling)| {
        let by_consent = |act: &usize| case.act(*act).is_some_and(|act| act.consent.is_some());
        consent.data.has(*category)
            && matches!(ruling, Ruling::Permitted(acts) if acts.iter().all(by_consent))
    });
    let may_sign = |need: &&ConsentNeed| ways(case, need).iter().any(|way| way.has(consent.giver));
    if needs.is_empty() {
        return "consent_not_needed";
    }
    if !needs.iter().any(may_sign) {
        let parent = case.policies.parents.has(consent.giver);
        return if parent && question.parent_suspected {
            "consent_parent_suspected"
        } else {
            "consent_giver"
        };
    }
    if needs
        .iter()
        .filter(|need| may_sign(need))
        .all(|need| need.written)
        && !consent.written
    {
        return "consent_oral";
    }
    if carried
        || !rulings
            .iter()
            .any(|(_, r)| matches!(r, Ruling::Permitted(_)))
    {
        return "consent_counts";
    }
    "consent_not_needed"
}
