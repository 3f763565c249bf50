//! What differs between kinds of matter: the compartment, who answers for it, and the use cases of the deeds around it.

use domain::need::{MatterKind, Way};
use vault::Store;

use crate::access::{Role, UseCase};
use crate::error::{DeskError, Result};

/// The use cases of the deeds around a matter; a deed that a kind does not know has none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deeds {
    /// Standing before a closed door, asking to join.
    pub(crate) ask: UseCase,
    /// Taking it over.
    pub(crate) take_over: UseCase,
    /// Reading word about it.
    pub(crate) notices: UseCase,
    /// Keeping its team. The panel of an opinion is composed, which is a deed of its own.
    pub(crate) team: Option<UseCase>,
    /// Breaking its glass, and reviewing that. Neither a request for an opinion nor a copy that somebody shared is ever so urgent.
    pub(crate) glass: Option<(UseCase, UseCase)>,
}

/// The deeds around a kind of matter.
pub(crate) fn deeds(kind: MatterKind) -> Deeds {
    match kind {
        MatterKind::Case => Deeds {
            ask: UseCase::AskAccess,
            take_over: UseCase::TakeOverCase,
            notices: UseCase::ReadNotices,
            team: Some(UseCase::KeepTeam),
            glass: Some((UseCase::BreakGlass, UseCase::ReviewGlass)),
        },
        MatterKind::Intake => Deeds {
            ask: UseCase::AskIntakeAccess,
            take_over: UseCase::TakeOverIntake,
            notices: UseCase::ReadIntakeNotices,
            team: Some(UseCase::KeepIntakeTeam),
            glass: Some((UseCase::BreakIntakeGlass, UseCase::ReviewIntakeGlass)),
        },
        MatterKind::Opinion => Deeds {
            ask: UseCase::AskOpinionAccess,
            take_over: UseCase::TakeOverOpinion,
            notices: UseCase::ReadOpinionNotices,
            team: None,
            glass: None,
        },
        MatterKind::Share => Deeds {
            ask: UseCase::AskShareAccess,
            take_over: UseCase::TakeOverShare,
            notices: UseCase::ReadNotices,
            team: Some(UseCase::KeepShareTeam),
            glass: None,
        },
        MatterKind::ServiceShare => Deeds {
            ask: UseCase::AskServiceShareAccess,
            take_over: UseCase::TakeOverServiceShare,
            notices: UseCase::ReadIntakeNotices,
            team: Some(UseCase::KeepServiceShareTeam),
            glass: None,
        },
    }
}

impl Deeds {
    /// The use case of a way to a closed matter, where it has one.
    pub(crate) fn of(self, way: Way) -> Option<UseCase> {
        match way {
            Way::TakeOver => Some(self.take_over),
            Way::AskTeam => Some(self.ask),
            Way::BreakGlass => self.glass.map(|(break_it, _)| break_it),
        }
    }

    /// The use case of keeping the team.
    pub(crate) fn team(self) -> Result<UseCase> {
        self.team.ok_or(DeskError::NotFound { what: "team" })
    }

    /// The use cases of breaking the glass and reviewing it.
    pub(crate) fn glass(self) -> Result<(UseCase, UseCase)> {
        self.glass.ok_or(DeskError::NotFound {
            what: "break-glass",
        })
    }
}

/// The compartment of a kind of matter.
pub(crate) fn store(kind: MatterKind) -> Store {
    match kind {
        MatterKind::Case | MatterKind::Share => Store::K3,
        MatterKind::Intake | MatterKind::ServiceShare => Store::K5,
        MatterKind::Opinion => Store::K4,
    }
}

/// What it is called when it is not found.
pub(crate) fn what(kind: MatterKind) -> &'static str {
    kind.code()
}

/// In which functions somebody answers for a matter of this kind: looks at what is new, is on duty, joins a team. Members of a panel do
/// not: they are appointed to a request, one at a time.
pub(crate) fn answering(kind: MatterKind) -> &'static [Role] {
    match kind {
        MatterKind::Case => &[Role::CareCoordinator],
        MatterKind::Intake | MatterKind::ServiceShare => &[Role::Investigator],
        MatterKind::Opinion => &[Role::PanelSecretary],
        MatterKind::Share => &[
            Role::CareCoordinator,
            Role::PlacementOfficer,
            Role::ShelterStaff,
        ],
    }
}
