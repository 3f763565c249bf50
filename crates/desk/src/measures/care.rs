//! Care counts whether those who come to it were victims before (K3).

use domain::answer::Answer;
use domain::case::{Phase, Victimhood};

use super::{Asked, Period};
use crate::Desk;
use crate::case::CaseFile;
use crate::error::Result;

/// The row that is the measure's number.
pub(super) const AGAIN: &str = "Opnieuw";

pub(super) async fn ask(desk: &Desk, period: &Period) -> Result<Vec<Asked>> {
    // What waits for an answer, or was sent back, is nobody's case.
    let states = Phase::ALL.map(Phase::code);
    let cases = desk.vault.load_all::<CaseFile>(&states).await?;
    let records = cases
        .iter()
        .flat_map(|found| of_period(&found.body, period));
    Ok(vec![Asked::Table {
        code: "repeat_victimhood",
        dimension: "Eerder slachtoffer",
        records: records.collect(),
        categories: vec![
            ("again".to_owned(), AGAIN.to_owned()),
            ("first".to_owned(), "Voor het eerst".to_owned()),
            ("unknown".to_owned(), "Niet bekend".to_owned()),
        ],
    }])
}

/// What a case adds to the count of a period: the day counts on which it was taken on, or opened again.
fn of_period(file: &CaseFile, period: &Period) -> Vec<String> {
    let arrival = file.arrival.as_ref();
    let taken_on = arrival.and_then(|arrival| arrival.accepted_at());
    let times = file
        .case
        .victimhoods(taken_on.unwrap_or(file.case.opened.at));
    let counted = times.filter(|one| period.has_moment(one.at));
    counted.map(|one| category(&one).to_owned()).collect()
}

fn category(one: &Victimhood) -> &'static str {
    match one.repeated {
        Answer::Yes => "again",
        Answer::No => "first",
        Answer::Unknown => "unknown",
    }
}
