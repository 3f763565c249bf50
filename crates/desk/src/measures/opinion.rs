//! The opinion panel counts for itself (K4).

use super::signals::whole_days;
use super::{Asked, Period};
use crate::Desk;
use crate::error::Result;
use crate::opinion::OpinionFile;

pub(super) async fn ask(desk: &Desk, period: &Period) -> Result<Vec<Asked>> {
    let all = desk.vault.load_all::<OpinionFile>(&["outcome"]).await?;
    let files = all.into_iter().map(|found| found.body);
    Ok(vec![time_to_opinion(files, period)])
}

/// Days from the request to the opinion, for opinions of the period.
fn time_to_opinion(files: impl Iterator<Item = OpinionFile>, period: &Period) -> Asked {
    let days = files.filter_map(|file| {
        let mut steps = file.steps.iter();
        let given = steps.find(|step| step.what == "outcome")?.by.at;
        let asked = file.opinion.requested.at;
        period.has_moment(given).then(|| whole_days(asked, given))
    });
    Asked::Days {
        code: "time_to_opinion",
        days: days.collect(),
    }
}
