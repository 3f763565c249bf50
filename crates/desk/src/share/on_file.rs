//! The law's answer about a part of a file: for the preview, the offer, the delivery and the handing over of the whole case. Nobody types in an age or
//! a consent that the file knows, and the record of the decision is part of the answer.

use domain::consent::Consent;
use domain::ids::DecisionId;
use domain::person::PossibleVictim;
use jiff::Timestamp;
use vault::{Draft, Store};

use super::ask::{Asked, Decided, ask};
use crate::Desk;
use crate::case::{CaseFile, consents_of, person_of};
use crate::decisions::{self, About};
use crate::error::Result;

/// What the law says, what it was told, and the record of it.
pub struct OnFile {
    /// The answer.
    pub decided: Decided,
    /// Of whom.
    pub person: PossibleVictim,
    /// The decision.
    pub id: DecisionId,
    /// Its record, for the change of what follows from it.
    pub record: Draft,
}

/// Asks the law of today about this file.
pub async fn ask_of_file(
    desk: &Desk,
    now: Timestamp,
    file: &CaseFile,
    asked: &Asked<'_>,
) -> Result<OnFile> {
    let person = person_of(desk, &file.case).await?.body.0;
    let consents = consents_of(desk, file.case.id).await?;
    let given: Vec<Consent> = consents
        .into_iter()
        .filter_map(|found| found.body.given().cloned())
        .collect();
    let decided = ask(desk, now, asked, &person, &given)?;
    let case = file.case.id.to_string();
    let about = About {
        store: Store::K3,
        person: Some(&case),
        trace: None,
    };
    let Decided {
        law,
        question,
        answer,
        ..
    } = &decided;
    let (id, record) = decisions::recorded(desk, now, law, question, answer, about).await?;
    Ok(OnFile {
        decided,
        person,
        id,
        record,
    })
}
