//! Indicators as a checklist. It explains; a person judges.

use domain::Answer;
use domain::checklist::{Tick, Ticks};
use domain::code::IndicatorCode;
use domain::ids::CaseId;
use domain::person::PossibleVictim;
use domain::time::dutch_date;
use domain::vocabulary::indicators::{AgeClass, Assessment, assess};
use domain::{SafeText, age::Minority};
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::{fresh, guard, open_case};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// One indicator that was looked at.
#[derive(Debug, Clone)]
pub struct Ticked {
    /// Which.
    pub indicator: IndicatorCode,
    /// Seen, not seen, or not known.
    pub answer: Answer,
    /// What was seen.
    pub note: Option<SafeText>,
}

/// What the checklist says of the ticks that stand.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Dimension by dimension, with the grounds and the warning.
    pub assessment: Assessment,
    /// The age class with which it was read; doubt means minor.
    pub age: AgeClass,
}

/// Keeps what was ticked. An answer that did not change is not written again.
pub async fn tick(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    ticked: Vec<Ticked>,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::TickIndicators)?;
    let found = open_case(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let notes: Vec<_> = ticked.iter().map(|t| ("note", t.note.as_ref())).collect();
    guard(&notes, looked)?;
    let (by, today) = (actor.by(now)?, dutch_date(now));
    let mut file = found.body.clone();
    for one in ticked {
        desk.vocabulary
            .indicator(&one.indicator, today)
            .map_err(|e| DeskError::field("indicators", "unknown", e))?;
        if stands(&file.ticks, &one) {
            continue;
        }
        file.ticks = file.ticks.with(Tick {
            indicator: one.indicator,
            answer: one.answer,
            note: one.note,
            by,
        });
    }
    if file == found.body {
        return Ok(());
    }
    let change = Change::new(permit.context(now)).update(file.draft(&["indicators"])?, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

fn stands(ticks: &Ticks, one: &Ticked) -> bool {
    match ticks.latest(&one.indicator) {
        None => one.answer == Answer::Unknown && one.note.is_none(),
        Some(latest) => latest.answer == one.answer && latest.note == one.note,
    }
}

/// What the checklist says today of the ticks of a case.
pub(super) fn check(desk: &Desk, ticks: &Ticks, age: AgeClass, on: Date) -> Result<Checked> {
    // Indicators that no longer count are kept as they were ticked, and are not read with today's rules.
    let seen: Vec<IndicatorCode> = ticks
        .seen()
        .into_iter()
        .filter(|code| desk.vocabulary.indicator(code, on).is_ok())
        .collect();
    let assessment = assess(&desk.vocabulary, &seen, age, on)
        .map_err(|e| DeskError::Setup(format!("indicators: {e}")))?;
    Ok(Checked { assessment, age })
}

/// Minor, adult or unknown; when the exploitation began counts as well, as far as known.
pub(super) fn age_class(person: &PossibleVictim, on: Date) -> AgeClass {
    use domain::age::MinorBecause;
    match person.is_minor_on(on) {
        Minority::Minor {
            because: MinorBecause::Born,
        } => AgeClass::Minor,
        Minority::Minor { .. } => AgeClass::Unknown,
        Minority::Adult if was_surely_adult(person) => AgeClass::Adult,
        Minority::Adult => AgeClass::Unknown,
    }
}

/// An adult of today may have been a child when it began; without a known start the age of today is taken.
fn was_surely_adult(person: &PossibleVictim) -> bool {
    person.exploitation.started.is_none() || !person.was_minor_at_start().is_minor()
}
