//! Restriction of processing (AVG 18; Wpg 28): what is marked is kept and nothing else is done with it, until a ground that the law names
//! is written down or the restriction has ended. Each compartment marks its own records; nobody looks across.

mod keep;
mod records;

pub use keep::{
    AnnounceInput, ExceptInput, RestrictionView, announce, except, keep, read, restriction_case,
};
pub use records::{AskedBy, StoredRestriction};

pub(crate) use keep::draft_of;

use std::collections::BTreeSet;

use domain::By;
use domain::SafeText;
use domain::code::DataCode;
use domain::restriction::{Act, Despite, Exception, Ground, RestrictionError};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Opened, Store};

use crate::Desk;
use crate::error::{DeskError, Result};

/// How long a ground that was written down counts.
const EXCEPTION: &str = "restriction_exception";

/// A restriction as it stands on the file that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The restriction.
    pub id: String,
    /// Why.
    pub ground: Ground,
    /// The article.
    pub article: &'static str,
    /// Which categories; none: everything.
    pub data: BTreeSet<DataCode>,
    /// Since when.
    pub since: Date,
    /// Its last day, once that was decided.
    pub last: Option<Date>,
}

impl Notice {
    fn of(found: &Opened<StoredRestriction>) -> Notice {
        let restriction = &found.body.restriction;
        Notice {
            id: found.id.clone(),
            ground: restriction.ground,
            article: restriction.article(),
            data: restriction.data.clone(),
            since: dutch_date(restriction.by.at),
            last: restriction.ending().map(|ending| ending.last),
        }
    }
}

/// The restrictions that hold on these records of a store.
async fn holding(
    desk: &Desk,
    store: Store,
    records: &[String],
    now: Timestamp,
) -> Result<Vec<Opened<StoredRestriction>>> {
    let mut out = Vec::new();
    for record in records {
        let found = desk
            .vault
            .load_children_in::<StoredRestriction>(store, record);
        out.extend(found.await?);
    }
    let today = dutch_date(now);
    out.retain(|found: &Opened<StoredRestriction>| found.body.restriction.holds_on(today));
    Ok(out)
}

/// What holds on these records, read in the change that shows them.
pub(crate) async fn shown(
    desk: &Desk,
    mut change: Change,
    store: Store,
    records: &[String],
    now: Timestamp,
) -> Result<(Change, Vec<Notice>)> {
    let mut notices = Vec::new();
    for found in holding(desk, store, records, now).await? {
        change = change.read(&found.id, &["state", "ground"]);
        notices.push(Notice::of(&found));
    }
    Ok((change, notices))
}

/// Whether any of these records is restricted: then it stays, whatever its term says.
pub(crate) async fn keeps(
    desk: &Desk,
    store: Store,
    records: &[String],
    now: Timestamp,
) -> Result<bool> {
    Ok(!holding(desk, store, records, now).await?.is_empty())
}

/// Refuses an act on restricted data, with its reason, unless a ground for it was written down. `data` are the categories that it touches;
/// none: all that is there.
pub(crate) async fn check(
    desk: &Desk,
    store: Store,
    records: &[String],
    act: Act,
    data: &BTreeSet<DataCode>,
    now: Timestamp,
) -> Result<()> {
    let today = dutch_date(now);
    for found in holding(desk, store, records, now).await? {
        let allowed = found.body.restriction.allows(act, data, today);
        allowed.map_err(refused)?;
    }
    Ok(())
}

/// Acute danger cannot wait for a form of its own: the danger that was written down at the hand-over is the ground, and stands at the
/// restriction in the same change.
pub(crate) async fn except_for_danger(
    desk: &Desk,
    mut change: Change,
    store: Store,
    records: &[String],
    data: &BTreeSet<DataCode>,
    danger: &SafeText,
    by: By,
) -> Result<Change> {
    let today = dutch_date(by.at);
    for found in holding(desk, store, records, by.at).await? {
        if found
            .body
            .restriction
            .allows(Act::Disclose, data, today)
            .is_ok()
        {
            continue;
        }
        let own = &found.body.restriction.data;
        let exception = Exception {
            act: Act::Disclose,
            despite: Despite::Danger,
            reason: danger.clone(),
            data: data
                .iter()
                .filter(|code| own.is_empty() || own.contains(*code))
                .cloned()
                .collect(),
            by,
            until: today,
        };
        let next = found.body.restriction.clone().except(exception, today);
        let stored = StoredRestriction {
            restriction: next.map_err(refused)?,
            ..found.body
        };
        change = change.update(
            stored.draft(store, &found.id, &["exceptions"])?,
            found.version,
        );
    }
    Ok(change)
}

/// A rule's refusal under the key of its text.
pub(crate) fn refused(error: RestrictionError) -> DeskError {
    let (field, key) = match &error {
        RestrictionError::Restricted { .. } => return DeskError::rule("restricted", error),
        RestrictionError::NotNow(_) => return DeskError::rule("restriction-not-now", error),
        RestrictionError::Ground => ("restriction", "restriction-ground"),
        RestrictionError::TooSoon(_) => ("last", "restriction-too-soon"),
        RestrictionError::Data => ("data", "restriction-data"),
    };
    DeskError::field(field, key, error)
}
