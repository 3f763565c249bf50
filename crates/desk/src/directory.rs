//! The organisations, held in memory: names and kinds are needed on every page and are no personal data.

use std::collections::BTreeMap;

use domain::code::{MunicipalityCode, OrgKind, RegionCode};
use domain::ids::OrgId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Store, Stored};

use crate::access::{UseCase, permit};
use crate::accounts::ACTIVE;
use crate::error::{DeskError, Result};
use crate::{Actor, Desk};

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its kind, a vocabulary code.
    pub kind: OrgKind,
    /// The region it works for, if it is one: police unit for POL, safety region for the others.
    pub region: Option<RegionCode>,
    /// The municipality in which it sits, if that is no secret.
    pub municipality: Option<MunicipalityCode>,
}

impl Stored for Organisation {
    const KIND: Kind = Kind {
        name: "organisation",
        store: Store::System,
        schema: 1,
        clear: &[Clear::State, Clear::Region],
        terms: &[],
    };
}

/// All organisations by id.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    organisations: BTreeMap<OrgId, Organisation>,
}

impl Directory {
    /// A directory of these.
    pub fn new(organisations: impl IntoIterator<Item = (OrgId, Organisation)>) -> Directory {
        Directory {
            organisations: organisations.into_iter().collect(),
        }
    }

    /// One organisation.
    pub fn get(&self, id: OrgId) -> Option<&Organisation> {
        self.organisations.get(&id)
    }

    /// Its name, or a dash when it is not known here.
    pub fn name(&self, id: OrgId) -> &str {
        self.get(id).map_or("–", |o| o.name.as_str())
    }

    /// All organisations with their ids.
    pub fn all(&self) -> impl Iterator<Item = (OrgId, &Organisation)> {
        self.organisations.iter().map(|(id, o)| (*id, o))
    }

    /// Organisations of a kind.
    pub fn of_kind(&self, kind: &OrgKind) -> impl Iterator<Item = (OrgId, &Organisation)> {
        self.all().filter(move |(_, o)| &o.kind == kind)
    }

    /// The organisation of a kind that works for a region; without one for that region, one that works for no region
    /// in particular (a national one).
    pub fn for_region(&self, kind: &OrgKind, region: Option<&RegionCode>) -> Option<OrgId> {
        let exact = self
            .of_kind(kind)
            .find(|(_, o)| region.is_some() && o.region.as_ref() == region);
        let national = || self.of_kind(kind).find(|(_, o)| o.region.is_none());
        exact.or_else(national).map(|(id, _)| id)
    }
}

/// Makes several organisations at once: all of them, or none. The ids come in the same order.
pub async fn add_all(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    organisations: &[Organisation],
) -> Result<Vec<OrgId>> {
    let permit = permit(actor, UseCase::KeepPeople)?;
    let mut change = Change::new(permit.context(now));
    let mut ids = Vec::with_capacity(organisations.len());
    for organisation in organisations {
        let id = OrgId::new(desk.vault.new_id(now));
        change = change.create(record(desk, now, id, organisation)?);
        ids.push(id);
    }
    desk.vault.apply(Store::System, change).await?;
    desk.refresh_directory().await?;
    Ok(ids)
}

fn record(desk: &Desk, now: Timestamp, id: OrgId, organisation: &Organisation) -> Result<Draft> {
    if organisation.name.trim().is_empty() {
        return Err(DeskError::field(
            "name",
            "required",
            "an organisation has a name",
        ));
    }
    desk.check_org_kind(&organisation.kind, now)?;
    let clear = ClearData {
        state: ACTIVE.to_owned(),
        region: organisation.region.as_ref().map(ToString::to_string),
        ..ClearData::default()
    };
    Ok(Draft::new(id.to_string(), organisation, clear)?)
}
