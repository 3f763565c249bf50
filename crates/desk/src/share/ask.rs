//! The law's question, made from the file itself: nobody types in an age or a consent that the file knows.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::age::AgeInYears;
use domain::code::{DataCode, OrgKind, PurposeCode};
use domain::consent::{Consent, ConsentForm, Recipient};
use domain::ids::{ConsentId, OrgId};
use domain::minors::Giver;
use domain::person::PossibleVictim;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use law::{Answer, Law, Question};
use serde_json::{Value, json};

use crate::Desk;
use crate::error::{DeskError, Result};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// Kind of the organisation that shares.
    pub from: &'a OrgKind,
    /// The receiver.
    pub to: OrgId,
    /// Its kind.
    pub kind: &'a OrgKind,
    /// For what.
    pub purpose: &'a PurposeCode,
    /// Which categories.
    pub data: &'a BTreeSet<DataCode>,
    /// Under which circumstances (contract: `circumstances`).
    pub circumstances: &'a BTreeSet<String>,
}

/// An answer, and what it rests on.
pub struct Decided {
    /// The law that answered.
    pub law: Arc<Law>,
    /// What it was asked.
    pub question: Question,
    /// What it says.
    pub answer: Answer,
    /// The consents that carry it.
    pub rests: Vec<ConsentId>,
}

/// Asks the law of today, with what the file knows of the person and of her consents.
pub fn ask(
    desk: &Desk,
    now: Timestamp,
    asked: &Asked<'_>,
    person: &PossibleVictim,
    consents: &[Consent],
) -> Result<Decided> {
    let law = desk.law()?;
    let today = dutch_date(now);
    // What was withdrawn or is over carries nothing; what names no receiver of this question neither.
    let counted: Vec<&Consent> = consents
        .iter()
        .filter(|c| c.holds_on(today) && !names(c, asked).is_empty())
        .collect();
    let question = json!({
        "date": today,
        "from": asked.from,
        "to": asked.kind,
        "purpose": asked.purpose,
        "data": asked.data,
        "subject": subject(person, today),
        "consent": counted.iter().map(|c| said(c, asked)).collect::<Vec<_>>(),
        "circumstances": asked.circumstances,
    });
    let question = law
        .read_question(question.to_string().as_bytes())
        .map_err(|e| DeskError::rule("share-question", e))?;
    let answer = law.decide(&question);
    let rests = answer.consents.iter().filter(|seen| seen.counts);
    let rests = rests
        .filter_map(|seen| counted.get(seen.place).map(|c| c.id))
        .collect();
    Ok(Decided {
        law,
        question,
        answer,
        rests,
    })
}

/// Doubt means minor: the question carries the lowest age that is possible, and says whether it is certain.
fn subject(person: &PossibleVictim, today: Date) -> Value {
    let (age, certain) = match person.age.in_years_on(today) {
        AgeInYears::Exactly { age } => (Some(age), true),
        AgeInYears::Between { low, .. } => (Some(low), false),
        AgeInYears::Unknown => (None, false),
    };
    json!({
        "kind": "possible_victim",
        "age": age,
        "age_certain": certain,
        "parent_suspected": person.safety.parent_suspected,
    })
}

/// The receivers that a consent names, as kinds. One that is an organisation counts only when it is this one.
fn names(consent: &Consent, asked: &Asked<'_>) -> BTreeSet<String> {
    let recipients = consent.terms.recipients.iter();
    recipients
        .filter_map(|recipient| match recipient {
            Recipient::Kind { kind } => Some(kind.to_string()),
            Recipient::Org { org } => (*org == asked.to).then(|| asked.kind.to_string()),
        })
        .collect()
}

fn said(consent: &Consent, asked: &Asked<'_>) -> Value {
    json!({
        "giver": match consent.giver {
            Giver::Person => "self",
            Giver::Parents => "parents",
            Giver::OneParent => "one_parent",
            Giver::Guardian => "guardian",
        },
        "written": consent.form == ConsentForm::Written,
        "purpose": consent.terms.purpose,
        "recipients": names(consent, asked),
        "data": consent.terms.data,
        "given": consent.terms.given,
        "until": consent.terms.until,
        "withdrawn": Value::Null,
    })
}
