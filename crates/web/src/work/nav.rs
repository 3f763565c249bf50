//! Where each role may go.

use desk::access::permit;
use desk::actor::Person;
use desk::{Actor, UseCase};
use domain::time::dutch_date;

use crate::app::App;
use crate::page::frame::NavItem;
use crate::texts::{Key, Say};

/// The side navigation: one line a subject; a person sees the lines of what he may do.
const ITEMS: &[(UseCase, &str, Key)] = &[
    (
        UseCase::ListReports,
        "/work/reports",
        Key::new("nav-reports"),
    ),
    (
        UseCase::ListIntakes,
        "/work/intakes",
        Key::new("nav-intakes"),
    ),
    (UseCase::ListCases, "/work/cases", Key::new("nav-cases")),
    (
        UseCase::ReadNotices,
        "/work/notices",
        Key::new("nav-notices"),
    ),
    (
        UseCase::ReadIntakeNotices,
        "/work/notices/intakes",
        Key::new("nav-notices"),
    ),
    (
        UseCase::ReadOpinionNotices,
        "/work/notices/opinions",
        Key::new("nav-notices"),
    ),
    (
        UseCase::ReadTransfers,
        "/work/transfers",
        Key::new("nav-transfers"),
    ),
    (
        UseCase::ListReceivedShares,
        "/work/shares",
        Key::new("nav-shares"),
    ),
    (
        UseCase::ListServiceShares,
        "/work/service-shares",
        Key::new("nav-shares"),
    ),
    (
        UseCase::ListShelterRequests,
        "/work/shelter",
        Key::new("nav-shelter"),
    ),
    (UseCase::ListHolds, "/work/holds", Key::new("nav-holds")),
    (UseCase::KeepRooms, "/work/rooms", Key::new("nav-rooms")),
    (
        UseCase::ListRegistrations,
        "/work/registrations",
        Key::new("nav-registrations"),
    ),
    (
        UseCase::ListOpinions,
        "/work/opinions",
        Key::new("nav-opinions"),
    ),
    (
        UseCase::ListBarriers,
        "/work/barriers",
        Key::new("nav-barriers"),
    ),
    (UseCase::ListActions, "/work/plan", Key::new("nav-plan")),
    (UseCase::ReadRounds, "/work/rounds", Key::new("nav-rounds")),
    (
        UseCase::ReadPledges,
        "/work/pledges",
        Key::new("nav-pledges"),
    ),
    (
        UseCase::ReadCoverage,
        "/work/coverage",
        Key::new("nav-coverage"),
    ),
    (
        UseCase::ListFigures,
        "/work/figures",
        Key::new("nav-figures"),
    ),
    (
        UseCase::EditLetter,
        "/work/letters",
        Key::new("nav-letters"),
    ),
    (UseCase::KeepPeople, "/work/people", Key::new("nav-people")),
    (
        UseCase::ReadFindings,
        "/work/oversight",
        Key::new("nav-oversight"),
    ),
    (
        UseCase::HandleRequest,
        "/work/requests",
        Key::new("nav-requests"),
    ),
    (
        UseCase::AnswerPartSignals,
        "/work/own-data/k1",
        Key::new("nav-own-data"),
    ),
    (
        UseCase::AnswerPartRegistration,
        "/work/own-data/k2",
        Key::new("nav-own-data"),
    ),
    (
        UseCase::AnswerPartCare,
        "/work/own-data/k3",
        Key::new("nav-own-data"),
    ),
    (
        UseCase::AnswerPartOpinion,
        "/work/own-data/k4",
        Key::new("nav-own-data"),
    ),
    (
        UseCase::AnswerPartInvestigation,
        "/work/own-data/k5",
        Key::new("nav-own-data"),
    ),
    (
        UseCase::ReadRegisters,
        "/work/registers",
        Key::new("nav-registers"),
    ),
    (
        UseCase::ReviewGlass,
        "/work/reviews",
        Key::new("nav-reviews"),
    ),
    (
        UseCase::ReviewIntakeGlass,
        "/work/reviews/intakes",
        Key::new("nav-reviews-intakes"),
    ),
    (
        UseCase::ReadJournal,
        "/work/journal",
        Key::new("nav-journal"),
    ),
    (
        UseCase::ListEvidence,
        "/work/evidence",
        Key::new("nav-evidence"),
    ),
    (UseCase::ReadHealth, "/work/health", Key::new("nav-health")),
    (
        UseCase::AskSharing,
        "/work/may-i-share",
        Key::new("nav-sharing"),
    ),
    (
        UseCase::OwnAccount,
        "/work/account",
        Key::new("nav-account"),
    ),
];

/// The lines for this actor.
pub fn items(actor: &Actor, say: &Say) -> Vec<NavItem> {
    ITEMS
        .iter()
        .filter(|(case, _, _)| permit(actor, *case).is_ok())
        .map(|(_, href, key)| NavItem {
            label: say.key(*key).into_owned(),
            href: (*href).to_owned(),
            current: false,
            count: None,
        })
        .collect()
}

/// The person's roles in words.
pub fn role_names(app: &App, person: &Person, say: &Say) -> String {
    let today = dutch_date(app.now());
    let names: Vec<String> = person
        .roles
        .iter()
        .map(|role| crate::words::role(app, role.code(), today, say.lang()))
        .collect();
    names.join(", ")
}

/// The first place of work of this actor: where signing in leads.
pub fn first(actor: &Actor) -> &'static str {
    ITEMS
        .iter()
        .find(|(case, _, _)| permit(actor, *case).is_ok())
        .map_or("/work/account", |(_, href, _)| href)
}
