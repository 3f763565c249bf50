//! What the stories share: the desk, the people, the rooms, and what one story knows of another.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use desk::intake::IntakeFile;
use desk::{Desk, DeskError};
use domain::Compartment;
use domain::ids::{
    CaseId, ConsentId, DisclosureId, IntakeId, OrgId, PersonId, PlacementId, ReflectionId,
    ReportId, RequestId, RoomId, ShelterRequestId,
};
use jiff::Timestamp;
use vault::Store;

use super::cast::Cast;

/// Where the stories play.
pub(super) struct Stage {
    pub(super) desk: Desk,
    pub(super) cast: Cast,
    /// Rooms by their names in the stories.
    pub(super) rooms: BTreeMap<String, RoomId>,
    /// Nothing happens after this.
    pub(super) until: Timestamp,
    shared: Mutex<Shared>,
}

/// What stories know of each other.
#[derive(Default)]
struct Shared {
    /// Reports by their names in the stories, for those that tell the same.
    reports: HashMap<String, ReportId>,
    /// Intake files that came with a disclosure and are not taken on yet.
    intakes: HashMap<DisclosureId, IntakeId>,
    /// Return codes to look at the reporter's page with.
    codes: BTreeMap<String, String>,
}

impl Stage {
    pub(super) fn new(
        desk: Desk,
        cast: Cast,
        rooms: BTreeMap<String, RoomId>,
        until: Timestamp,
    ) -> Arc<Stage> {
        Arc::new(Stage {
            desk,
            cast,
            rooms,
            until,
            shared: Mutex::default(),
        })
    }

    fn with<T>(&self, what: impl FnOnce(&mut Shared) -> T) -> T {
        match self.shared.lock() {
            Ok(mut shared) => what(&mut shared),
            Err(poisoned) => what(&mut poisoned.into_inner()),
        }
    }

    /// Remembers a report under its name in the stories.
    pub(super) fn remember(&self, story: &str, report: ReportId) {
        self.with(|shared| shared.reports.insert(story.to_owned(), report));
    }

    /// The report of another story.
    pub(super) fn report_of(&self, story: &str) -> Option<ReportId> {
        self.with(|shared| shared.reports.get(story).copied())
    }

    /// The intake file that came with a disclosure and waits to be taken on.
    pub(super) async fn intake_of(
        &self,
        disclosure: DisclosureId,
    ) -> Result<Option<IntakeId>, DeskError> {
        if let Some(known) = self.with(|shared| shared.intakes.remove(&disclosure)) {
            return Ok(Some(known));
        }
        let waiting = self
            .desk
            .vault
            .load_all::<IntakeFile>(&["received"])
            .await?;
        Ok(self.with(|shared| {
            let found = waiting.iter().map(|file| &file.body.intake);
            shared.intakes = found
                .filter_map(|intake| Some((intake.from?, intake.id)))
                .collect();
            shared.intakes.remove(&disclosure)
        }))
    }

    /// The present version of a record.
    pub(super) async fn version(&self, store: Store, id: impl ToString) -> Result<i64, DeskError> {
        let found = self.desk.vault.clear_of(store, &id.to_string()).await?;
        found
            .map(|(_, _, version)| version)
            .ok_or(DeskError::NotFound { what: "record" })
    }

    /// Keeps a return code to show.
    pub(super) fn keep_code(&self, name: String, code: String) {
        self.with(|shared| shared.codes.insert(name, code));
    }

    /// The return codes to show.
    pub(super) fn codes(&self) -> Vec<(String, String)> {
        self.with(|shared| shared.codes.clone().into_iter().collect())
    }
}

/// Where a story's records are, in every compartment that it reached.
#[derive(Default)]
pub(super) struct Known {
    pub(super) report: Option<ReportId>,
    /// The disclosures by which the report went, with compartment and receiver.
    pub(super) sent: Vec<(DisclosureId, Compartment, OrgId)>,
    pub(super) intake: Option<IntakeId>,
    /// The person as the service knows her.
    pub(super) seen_by_service: Option<PersonId>,
    pub(super) reflection: Option<ReflectionId>,
    /// The disclosure by which the service handed her over.
    pub(super) handover: Option<DisclosureId>,
    pub(super) case: Option<CaseId>,
    /// Her consent to registration.
    pub(super) consent: Option<ConsentId>,
    pub(super) request: Option<ShelterRequestId>,
    pub(super) placement: Option<PlacementId>,
    /// Where she stays, oldest first.
    pub(super) stays: Vec<PlacementId>,
    /// What was offered to another care home, and to which.
    pub(super) share: Option<(DisclosureId, OrgId)>,
    /// What she asked about her own data.
    pub(super) data_request: Option<RequestId>,
    /// The disclosure by which an opinion was asked.
    pub(super) opinion: Option<DisclosureId>,
}
