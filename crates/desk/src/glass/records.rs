//! What is kept, in the matter's own compartment: each time that its glass was broken, and each person's right to do so there.

use domain::ids::{OrgId, UserId};
use domain::need::{BreakGlass, MatterId, MatterKind, Right};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Filter, Kind, Opened, Order, Store, Stored, VaultError};

use crate::Desk;
use crate::error::Result;
use crate::need::store;

/// One time, with the name of who looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredGlass {
    /// What happened.
    pub glass: BreakGlass,
    /// Who, as colleagues know her.
    pub name: String,
}

/// What a list shows of it: nothing about a person of the matter, and not the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlassSummary {
    /// Which matter.
    #[serde(rename = "case")]
    pub matter: MatterId,
    /// Who, as colleagues know her.
    pub name: String,
    /// Of which organisation.
    pub org: OrgId,
    /// When.
    pub at: Timestamp,
}

impl Stored for StoredGlass {
    const KIND: Kind = Kind {
        name: "break_glass",
        store: Store::K3,
        schema: 1,
        // Who looked until when stands in the clear, so that the watch can tell it without opening the record.
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

impl StoredGlass {
    pub(super) fn draft(&self) -> Result<Draft> {
        let glass = &self.glass;
        let clear = ClearData {
            state: glass.state_name().to_owned(),
            org: Some(glass.opened.org.to_string()),
            parent: Some(glass.matter.record().to_string()),
            assignee: Some(glass.opened.user.to_string()),
            due: Some(glass.over()),
            ..ClearData::default()
        };
        let summary = GlassSummary {
            matter: glass.matter,
            name: self.name.clone(),
            org: glass.opened.org,
            at: glass.opened.at,
        };
        let draft = Draft::new(glass.id.to_string(), self, clear)?.with_summary(&summary)?;
        Ok(draft.in_store(store(glass.matter.kind)))
    }
}

/// A person's right to break the glass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredRight(pub Right);

impl Stored for StoredRight {
    const KIND: Kind = Kind {
        name: "break_glass_right",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State],
        terms: &[],
    };
}

impl StoredRight {
    pub(super) fn draft(&self, store: Store) -> Result<Draft> {
        let state = match self.0.unreviewed {
            Some(_) => "suspended",
            None => "free",
        };
        let clear = ClearData {
            state: state.to_owned(),
            ..ClearData::default()
        };
        let draft = Draft::new(self.0.user.to_string(), self, clear)?.changing(&["unreviewed"]);
        Ok(draft.in_store(store))
    }
}

/// A person's right with its record; none when it was never used.
pub(super) async fn right_of(
    desk: &Desk,
    store: Store,
    user: UserId,
) -> Result<Option<Opened<StoredRight>>> {
    let vault = &desk.vault;
    match vault.load_in::<StoredRight>(store, &user.to_string()).await {
        Ok(found) => Ok(Some(found)),
        Err(VaultError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// An earlier time of this person waits for a review.
pub(crate) async fn is_suspended(desk: &Desk, kind: MatterKind, user: UserId) -> Result<bool> {
    let right = right_of(desk, store(kind), user).await?;
    Ok(right.is_some_and(|right| right.body.0.unreviewed.is_some()))
}

/// The times that this person broke the glass of this matter and that are not over yet, for the rule of need to know.
pub(crate) async fn of_person(
    desk: &Desk,
    matter: MatterId,
    user: UserId,
) -> Result<Vec<BreakGlass>> {
    let store = store(matter.kind);
    let filter = Filter {
        states: vec!["in_force".to_owned()],
        parent: Some(matter.record().to_string()),
        assignee: Some(user.to_string()),
        ..Filter::default()
    };
    let kind = Kind {
        store,
        ..StoredGlass::KIND
    };
    let rows = desk.vault.list(&kind, &filter, Order::Newest, None, 10);
    let mut out = Vec::new();
    for row in rows.await?.rows {
        let found = desk.vault.load_in::<StoredGlass>(store, &row.id).await?;
        out.push(found.body.glass);
    }
    Ok(out)
}
