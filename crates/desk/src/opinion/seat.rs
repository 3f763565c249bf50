//! The seats of a panel: who sits on it, from when until when. The watch reads them to tell an appointment from a function; nothing about the
//! request stands in them.

use std::collections::BTreeSet;

use domain::ids::{OpinionId, OrgId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Store, Stored};

use super::file::OpinionFile;
use crate::Desk;
use crate::error::Result;

/// The name of the kind, as the watch asks for it.
pub(crate) const PANEL_SEAT: &str = "panel_seat";

/// Somebody's seat on the panel of one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Who sits on it.
    pub user: UserId,
    /// The panel's organisation.
    pub panel: OrgId,
    /// From when.
    pub since: Timestamp,
    /// Until when: she left for a conflict of interest, the panel was composed anew, or the request was taken back.
    pub until: Option<Timestamp>,
}

impl Stored for Seat {
    const KIND: Kind = Kind {
        name: PANEL_SEAT,
        store: Store::K4,
        schema: 1,
        clear: &[
            Clear::State,
            Clear::Org,
            Clear::Parent,
            Clear::Assignee,
            Clear::Due,
        ],
        terms: &[],
    };
}

fn draft(id: &str, opinion: OpinionId, seat: &Seat) -> Result<Draft> {
    let state = match seat.until {
        None => "seated",
        Some(_) => "left",
    };
    let clear = ClearData {
        state: state.to_owned(),
        org: Some(seat.panel.to_string()),
        parent: Some(opinion.to_string()),
        assignee: Some(seat.user.to_string()),
        due: seat.until,
        ..ClearData::default()
    };
    Ok(Draft::new(id, seat, clear)?)
}

/// Writes in the same change who came to the panel and who left it by this step. Somebody who is chosen again gets a seat of her own again.
pub(super) async fn follow(
    desk: &Desk,
    mut change: Change,
    now: Timestamp,
    before: &OpinionFile,
    after: &OpinionFile,
) -> Result<Change> {
    let on = |file: &OpinionFile| -> BTreeSet<UserId> {
        file.members().iter().map(|member| member.user).collect()
    };
    let (were, are) = (on(before), on(after));
    let opinion = after.opinion.id;
    for user in are.difference(&were) {
        let seat = Seat {
            user: *user,
            panel: after.panel,
            since: now,
            until: None,
        };
        let id = desk.vault.new_id(now).to_string();
        change = change.create(draft(&id, opinion, &seat)?);
    }
    if were.difference(&are).next().is_none() {
        return Ok(change);
    }
    let seats = desk
        .vault
        .load_children::<Seat>(&opinion.to_string())
        .await?;
    for found in seats {
        let leaves = found.body.until.is_none() && !are.contains(&found.body.user);
        if leaves {
            let seat = Seat {
                until: Some(now),
                ..found.body
            };
            let record = draft(&found.id, opinion, &seat)?.changing(&["until"]);
            change = change.update(record, found.version);
        }
    }
    Ok(change)
}
