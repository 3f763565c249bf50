//! Who may do what: the one table of use cases with the roles, the compartment, the purpose and the ground of each.
//!
//! Everything is refused unless a line here allows it. The web layer builds its routes from use cases, so that a
//! route without a line cannot exist; a test walks every route with every role.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Context, Store};

use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// A function in which somebody works. Codes and labels are in `vocabulary/roles.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Anybody, without an account.
    Anyone,
    /// Samen itself: clocks and deliveries.
    System,
    /// Signal desk (K1).
    SignalDesk,
    /// Intake officer of police, Koninklijke Marechaussee or Nederlandse Arbeidsinspectie (K5).
    Investigator,
    /// Zorgcoördinator (K3).
    CareCoordinator,
    /// Placing officer at the national coordination centre (K3).
    PlacementOfficer,
    /// Staff of a shelter (K3, own locations).
    ShelterStaff,
    /// Registrar (K2).
    Registrar,
    /// Secretary of the opinion panel (K4).
    PanelSecretary,
    /// Member of the opinion panel (K4).
    PanelMember,
    /// Raises barriers at a municipality, RIEC or labour authority (K6).
    BarrierOfficer,
    /// Programme office (K7).
    ProgrammeOffice,
    /// Holder of an action of the plan (K7).
    ActionHolder,
    /// Auditor: journals, no content.
    Auditor,
    /// Data protection officer: journals, registers and breaches, no content.
    PrivacyOfficer,
    /// Administrator of organisations and people.
    PeopleAdmin,
    /// Administrator of the system: health, no content.
    SystemAdmin,
}

impl Role {
    /// Every role that an account can have.
    pub const STAFF: [Role; 15] = [
        Role::SignalDesk,
        Role::Investigator,
        Role::CareCoordinator,
        Role::PlacementOfficer,
        Role::ShelterStaff,
        Role::Registrar,
        Role::PanelSecretary,
        Role::PanelMember,
        Role::BarrierOfficer,
        Role::ProgrammeOffice,
        Role::ActionHolder,
        Role::Auditor,
        Role::PrivacyOfficer,
        Role::PeopleAdmin,
        Role::SystemAdmin,
    ];

    /// The vocabulary code.
    pub fn code(self) -> &'static str {
        match self {
            Role::Anyone => "anyone",
            Role::System => "system",
            Role::SignalDesk => "signal_desk",
            Role::Investigator => "investigator",
            Role::CareCoordinator => "care_coordinator",
            Role::PlacementOfficer => "placement_officer",
            Role::ShelterStaff => "shelter_staff",
            Role::Registrar => "registrar",
            Role::PanelSecretary => "panel_secretary",
            Role::PanelMember => "panel_member",
            Role::BarrierOfficer => "barrier_officer",
            Role::ProgrammeOffice => "programme_office",
            Role::ActionHolder => "action_holder",
            Role::Auditor => "auditor",
            Role::PrivacyOfficer => "privacy_officer",
            Role::PeopleAdmin => "people_admin",
            Role::SystemAdmin => "system_admin",
        }
    }

    /// Whether one account can have both. A data protection officer judges what others do with data and therefore does none of it herself
    /// (AVG 38(3) and (6)); supervising is no such task.
    pub fn goes_with(self, other: Role) -> bool {
        let judges = |role| matches!(role, Role::PrivacyOfficer | Role::Auditor);
        let one_is_officer = self == Role::PrivacyOfficer || other == Role::PrivacyOfficer;
        !one_is_officer || (judges(self) && judges(other))
    }

    /// The role with this code, if staff can have it.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::STAFF.into_iter().find(|role| role.code() == code)
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What is done.
    pub case: UseCase,
    /// Stable name, used in the journal.
    pub name: &'static str,
    /// Who may; the first role that the actor has is the one in which he acts.
    pub roles: &'static [Role],
    /// In which compartment.
    pub store: Store,
    /// For which purpose (vocabulary code).
    pub purpose: &'static str,
    /// On which ground.
    pub ground: &'static str,
}

macro_rules! table {
    ($($(#[$doc:meta])* $case:ident $name:literal $store:ident $purpose:literal $ground:literal [$($role:ident),+];)+) => {
        /// Everything that can be done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum UseCase {
            $($(#[$doc])* $case,)+
        }

        /// The table.
        pub const RULES: &[Rule] = &[
            $(Rule {
                case: UseCase::$case,
                name: $name,
                roles: &[$(Role::$role),+],
                store: Store::$store,
                purpose: $purpose,
                ground: $ground,
            },)+
        ];
    };
}

table! {
    /// Sends a report, without an account.
    SubmitReport "report.submit" K1 "signal" "AVG 6(1)(e)" [Anyone];
    /// Reads the answers to one's own report, with the return code.
    ReadMailbox "mailbox.read" K1 "signal" "AVG 6(1)(e)" [Anyone];
    /// Writes to the desk about one's own report.
    WriteMailbox "mailbox.write" K1 "signal" "AVG 6(1)(e)" [Anyone];
    /// Sends files with a report, or adds them later with the return code.
    AttachToReport "report.attach" K1 "signal" "AVG 6(1)(e)" [Anyone];
    /// Sees the list of reports.
    ListReports "report.list" K1 "signal" "AVG 6(1)(e)" [SignalDesk];
    /// Reads a report.
    ReadReport "report.read" K1 "signal" "AVG 6(1)(e)" [SignalDesk];
    /// Opens a file of a report, to save it.
    OpenReportAttachment "report.attachment" K1 "signal" "AVG 6(1)(e)" [SignalDesk];
    /// Reads the files that go along with a report that is passed on.
    SendAttachments "report.attachment_sent" K1 "signal" "AVG 6(1)(e)" [System];
    /// Destroys files that were begun and never belonged to anything.
    AttachmentClock "attachment.clock" K1 "signal" "AVG 5(1)(c)" [System];
    /// Takes down a report made by telephone, at a counter or in another way.
    EnterReport "report.enter" K1 "signal" "AVG 6(1)(e)" [SignalDesk];
    /// Answers the question of acute danger.
    AnswerAcute "report.acute" K1 "acute_danger" "AVG 6(1)(d)" [SignalDesk];
    /// Accepts a report.
    AcceptReport "report.accept" K1 "signal" "AVG 6(1)(e)" [SignalDesk];
    /// Sends a report on to those who must act.
    RouteReport "report.route" K1 "signal" "AVG 6(1)(e)" [SignalDesk];
    /// Looks at two reports side by side and judges whether they belong together.
    LinkReports "report.link" K1 "signal" "AVG 6(1)(e)" [SignalDesk];
    /// Closes a report with its outcome.
    CloseReport "report.close" K1 "signal" "AVG 6(1)(e)" [SignalDesk];
    /// Writes to the reporter through the mailbox.
    MessageReporter "report.message" K1 "signal" "AVG 6(1)(e)" [SignalDesk];
    /// Receives what the receiver of a routed report did with it.
    ReceiveRouteAnswer "report.answer_received" K1 "signal" "AVG 6(1)(e)" [System];
    /// Clocks of the signal desk.
    ReportClock "report.clock" K1 "signal" "AVG 6(1)(e)" [System];

    /// Receives a routed report at an investigating service.
    ReceiveIntake "intake.receive" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [System];
    /// Sees the intake list.
    ListIntakes "intake.list" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [Investigator];
    /// Reads an intake file.
    ReadIntake "intake.read" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [Investigator];
    /// Opens a file that came along with an intake, to save it.
    OpenIntakeAttachment "intake.attachment" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [Investigator];
    /// Opens an intake file of one's own.
    OpenIntake "intake.open" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [Investigator];
    /// Takes an intake on or sends it back with a reason.
    AnswerIntake "intake.answer" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [Investigator];
    /// Records the person, the slightest indication and whether there are leads.
    AssessIntake "intake.assess" K5 "investigation" "Vc B8/3" [Investigator];
    /// Registers a possible victim at the coordination centre, without consent (a duty).
    RegisterFromIntake "intake.register" K5 "registration" "Besluit politiegegevens 4:2(1)(b)(3); BOD 2(2)" [Investigator];
    /// Offers the reflection period.
    OfferReflection "reflection.offer" K5 "residence" "Vc B8/3" [Investigator];
    /// Records the answer to the offer, and the end of the period.
    ChangeReflection "reflection.change" K5 "residence" "Vc B8/3" [Investigator];
    /// Hands the person over to care, with consent.
    HandToCare "intake.hand_to_care" K5 "care" "Wpg 19; toestemming" [Investigator];
    /// Hands a person over to care for a vital interest, while she cannot consent.
    HandOverVital "intake.hand_over_vital" K5 "care" "Wpg 19" [Investigator];
    /// Closes an intake with its outcome.
    CloseIntake "intake.close" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [Investigator];
    /// Adds colleagues to the team of an intake, and takes them off it.
    KeepIntakeTeam "intake.team" K5 "investigation" "Wpg 4a, 6; AVG 25(2)" [Investigator];
    /// Takes over an intake, with a reason, or takes up one that nobody leads.
    TakeOverIntake "intake.take_over" K5 "investigation" "Wpg 4a, 6; AVG 25(2)" [Investigator];
    /// Stands before an intake that is not open, and asks to be added to its team.
    AskIntakeAccess "intake.ask_access" K5 "investigation" "Wpg 4a, 6; AVG 25(2)" [Investigator];
    /// Reads word about an intake: taken over, glass broken, asked to join.
    ReadIntakeNotices "intake.notices" K5 "investigation" "Wpg 4a, 6; AVG 25(2)" [Investigator];
    /// Breaks the glass of an intake: looks for a short time, and accounts for it.
    BreakIntakeGlass "intake.break_glass" K5 "investigation" "Wpg 4a, 6, 8" [Investigator];
    /// Reviews that somebody broke the glass of an intake.
    ReviewIntakeGlass "intake.review" K5 "supervision" "AVG 5(2), 24; Wpg 32a, 33" [Auditor, Investigator];
    /// Clocks of intakes and reflection periods.
    IntakeClock "intake.clock" K5 "investigation" "Vc B8/3" [System];

    /// Receives a report or a person at care.
    ReceiveCase "case.receive" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [System];
    /// Sees the list of cases of one's own organisation.
    ListCases "case.list" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Reads a dossier.
    ReadCase "case.read" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Opens a file of a case, to save it.
    OpenCaseAttachment "case.attachment" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Adds a file to a case, or removes one with the reason.
    KeepCaseAttachments "case.attachments" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Opens a case for somebody who came without a report.
    OpenCase "case.open" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Takes cases over from a file that another organisation filled in.
    ImportCases "case.import" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [System];
    /// Takes a case on or sends it back with a reason.
    AnswerCase "case.answer" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Changes what is known of the person.
    ChangePerson "case.person" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Ticks indicators and reads what they suggest.
    TickIndicators "case.indicators" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Records a consent, its refusal or its withdrawal.
    RecordConsent "case.consent" K3 "care" "AVG 7; AVG 9(2)(a)" [CareCoordinator];
    /// Asks whether a part of a file may be shared, offers it, takes it back.
    OfferShare "share.offer" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Lists what other organisations share with one's own.
    ListReceivedShares "share.list" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator, PlacementOfficer, ShelterStaff];
    /// Reads what was shared: the preview, and the content while it is held.
    ReadReceivedShare "share.read" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator, PlacementOfficer, ShelterStaff];
    /// Accepts or refuses what is shared, and confirms its end.
    AnswerShare "share.answer" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator, PlacementOfficer, ShelterStaff];
    /// Names who works with what was shared, and takes them off it.
    KeepShareTeam "share.team" K3 "care" "AVG 5(1)(f), 25(2), 32" [CareCoordinator, PlacementOfficer, ShelterStaff];
    /// Takes over what a colleague accepted, with a reason.
    TakeOverShare "share.take_over" K3 "care" "AVG 5(1)(f), 25(2), 32" [CareCoordinator, PlacementOfficer, ShelterStaff];
    /// Stands before a received share that is not open, and asks to be named on it.
    AskShareAccess "share.ask_access" K3 "care" "AVG 5(1)(f), 25(2), 32" [CareCoordinator, PlacementOfficer, ShelterStaff];
    /// Receives a message about a share; ends it at its last day.
    ReceiveShare "share.receive" K3 "care" "AVG 5(1)(b), (c) and (e)" [System];
    /// Lists what care shares with one's own service.
    ListServiceShares "service_share.list" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [Investigator];
    /// Reads what care shared with the service: the preview, and the content while it is held.
    ReadServiceShare "service_share.read" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [Investigator];
    /// Accepts or refuses what care shares, and confirms its end.
    AnswerServiceShare "service_share.answer" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [Investigator];
    /// Names who at the service works with what care shared, and takes them off it.
    KeepServiceShareTeam "service_share.team" K5 "investigation" "Wpg 4a, 6; AVG 25(2)" [Investigator];
    /// Takes over what a colleague at the service accepted, with a reason.
    TakeOverServiceShare "service_share.take_over" K5 "investigation" "Wpg 4a, 6; AVG 25(2)" [Investigator];
    /// Stands before what care shared with the service and is not open, and asks to be named on it.
    AskServiceShareAccess "service_share.ask_access" K5 "investigation" "Wpg 4a, 6; AVG 25(2)" [Investigator];
    /// Receives a message about a share at the service.
    ReceiveServiceShare "service_share.receive" K5 "investigation" "Politiewet 2012 art. 3; Wpg 8" [System];
    /// Registers with written consent, or counts without identity.
    RegisterFromCase "case.register" K3 "registration" "AVG 6(1)(a), 9(2)(a)" [CareCoordinator];
    /// Moves a case to another phase.
    MoveCase "case.phase" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Makes and finishes tasks.
    CaseTasks "case.tasks" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Closes a case with aftercare moments.
    CloseCase "case.close" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Records an aftercare moment.
    Aftercare "case.aftercare" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Gives the person a private code for her own page.
    GivePersonCode "case.person_code" K3 "inform_victim" "AVG 12; AVG 15" [CareCoordinator];
    /// The person reads her own page with her private code.
    ReadPersonPage "person.page" K3 "inform_victim" "AVG 15" [Anyone];
    /// Adds colleagues to the team of a case, and takes them off it.
    KeepTeam "case.team" K3 "care" "AVG 5(1)(f), 25(2), 32" [CareCoordinator];
    /// Takes over the coordination of a case, with a reason.
    TakeOverCase "case.take_over" K3 "care" "AVG 5(1)(f), 25(2), 32" [CareCoordinator];
    /// Stands before a case that is not open, and asks to be added to its team.
    AskAccess "case.ask_access" K3 "care" "AVG 5(1)(f), 25(2), 32" [CareCoordinator];
    /// Reads word about a case or a received share: taken over, glass broken, asked to join.
    ReadNotices "case.notices" K3 "care" "AVG 5(1)(f), 25(2), 32" [CareCoordinator, PlacementOfficer, ShelterStaff];
    /// Breaks the glass of a case: looks for an hour, and accounts for it.
    BreakGlass "case.break_glass" K3 "care" "AVG 6(1)(d), 32" [CareCoordinator];
    /// Reviews that somebody broke the glass.
    ReviewGlass "case.review" K3 "supervision" "AVG 5(2), 24, 32" [Auditor, CareCoordinator];
    /// Offers a case to another coordinating organisation, or takes the offer back.
    OfferTransfer "case.transfer" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(a), 9(2)(a)" [CareCoordinator];
    /// Sees the offers of cases to and from one's own organisation: where they stand, never content.
    ReadTransfers "case.transfers" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [CareCoordinator];
    /// Accepts a case from another coordinating organisation, or refuses it with a reason.
    AnswerTransfer "case.transfer_answer" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(a), 9(2)(a)" [CareCoordinator];
    /// Keeps the roster: who is on duty, who is away.
    KeepRoster "roster.keep" System "supervision" "AVG 25(2), 32" [PeopleAdmin];
    /// Clocks of cases.
    CaseClock "case.clock" K3 "care" "Wmo 2015 art. 2.3.1; AVG 6(1)(e)" [System];

    /// Asks for a safe place.
    AskShelter "shelter.ask" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [CareCoordinator, PlacementOfficer];
    /// Sees the shelter requests.
    ListShelterRequests "shelter.list" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer, CareCoordinator];
    /// Reads a shelter request with the rooms that fit and why others do not.
    ReadShelterRequest "shelter.read" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer, CareCoordinator];
    /// Asks less strictly when nothing fits: a smaller distance to stay away from, a less secure place.
    RelaxRequest "shelter.relax" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [CareCoordinator];
    /// Adds an area to stay away from that became known later.
    AvoidMore "shelter.avoid_more" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [CareCoordinator, PlacementOfficer];
    /// Keeps a held room although it no longer fits in everything.
    KeepDespite "shelter.keep_despite" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer];
    /// Keeps the persons of several requests apart.
    KeepApart "shelter.apart" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer];
    /// Has a proposal made for everybody who waits.
    ProposePlaces "shelter.propose" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer];
    /// Reads proposals for everybody who waits.
    ReadProposals "shelter.proposals" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer];
    /// Works a proposal out again.
    RecheckPlacing "shelter.recheck" K3 "supervision" "AVG 5(2), 24" [PlacementOfficer];
    /// Sees what the country has too little of, how long it takes, and what is to be expected.
    CountryView "shelter.country" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer];
    /// Proposes and holds a room.
    HoldRoom "shelter.hold" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer];
    /// Withdraws a placement before arrival.
    WithdrawPlacement "shelter.withdraw" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer];
    /// Records the person's own answer to a place, and the journey.
    ClientAnswer "shelter.client_answer" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer, CareCoordinator];
    /// Reads the address of an accepted placement, as the one who placed.
    RevealAddress "shelter.address" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer];
    /// Opens the address itself in its own store.
    OpenAddress "address.open" Addresses "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [PlacementOfficer, Anyone];
    /// Sees the holds on one's own rooms.
    ListHolds "shelter.holds" K3 "shelter" "Wmo 2015 art. 1.2.1" [ShelterStaff];
    /// Accepts or refuses a hold, with a reason.
    AnswerHold "shelter.answer" K3 "shelter" "Wmo 2015 art. 1.2.1" [ShelterStaff];
    /// Records arrival and departure.
    RecordStay "shelter.stay" K3 "shelter" "Wmo 2015 art. 1.2.1" [ShelterStaff];
    /// Keeps one's own rooms.
    KeepRooms "shelter.rooms" K3 "shelter" "Wmo 2015 art. 1.2.1" [ShelterStaff];
    /// Tells what of one's own rooms is free, out of service or will be left, on screen, by file or by program.
    KeepCapacity "shelter.capacity" K3 "shelter" "Wmo 2015 art. 1.2.1" [ShelterStaff];
    /// Keeps the address of one's own location.
    KeepAddress "address.keep" Addresses "shelter" "Wmo 2015 art. 1.2.1" [ShelterStaff];
    /// Clocks of holds.
    ShelterClock "shelter.clock" K3 "shelter" "Wmo 2015 art. 1.2.1; Vc B8/3" [System];

    /// Receives a registration or a count.
    ReceiveRegistration "registration.receive" K2 "registration" "Besluit politiegegevens 4:2(1)(b)(3); AVG 6(1)(a)" [System];
    /// Sees the registrations.
    ListRegistrations "registration.list" K2 "registration" "Besluit politiegegevens 4:2(1)(b)(3); AVG 6(1)(a)" [Registrar];
    /// Reads a registration.
    ReadRegistration "registration.read" K2 "registration" "Besluit politiegegevens 4:2(1)(b)(3); AVG 6(1)(a)" [Registrar];
    /// Makes protected figures of the registrations for the programme.
    PublishFigures "registration.figures" K2 "monitoring" "UAVG 24; AVG 89" [Registrar];

    /// Asks an opinion on victimhood for a person, with what she releases.
    AskOpinion "opinion.ask" K3 "opinion" "AVG 6(1)(a), 9(2)(a)" [CareCoordinator];
    /// Releases more for an opinion, takes something back, or withdraws the request, as the person wishes.
    ChangeOpinionRequest "opinion.change" K3 "opinion" "AVG 6(1)(a), 7(3), 9(2)(a)" [CareCoordinator];
    /// Receives a request for an opinion.
    ReceiveOpinion "opinion.receive" K4 "opinion" "AVG 6(1)(a), 9(2)(a)" [System];
    /// Sees the requests.
    ListOpinions "opinion.list" K4 "opinion" "AVG 6(1)(a), 9(2)(a)" [PanelSecretary, PanelMember];
    /// Reads a request with what was released.
    ReadOpinion "opinion.read" K4 "opinion" "AVG 6(1)(a), 9(2)(a)" [PanelSecretary, PanelMember];
    /// Admits a request or not, and composes the panel.
    PrepareOpinion "opinion.prepare" K4 "opinion" "AVG 6(1)(a), 9(2)(a)" [PanelSecretary];
    /// Gives the opinion with its reasons.
    GiveOpinion "opinion.give" K4 "opinion" "AVG 6(1)(a), 9(2)(a)" [PanelSecretary, PanelMember];
    /// Records to whom the person has the opinion sent.
    SendOpinion "opinion.send" K4 "use_of_opinion" "AVG 6(1)(a), 9(2)(a)" [PanelSecretary];
    /// Takes up a request for an opinion, or takes it over with a reason.
    TakeOverOpinion "opinion.take_over" K4 "opinion" "AVG 5(1)(f), 25(2), 32" [PanelSecretary];
    /// Stands before a request that is not open, and asks its secretary.
    AskOpinionAccess "opinion.ask_access" K4 "opinion" "AVG 5(1)(f), 25(2), 32" [PanelSecretary, PanelMember];
    /// Reads word about a request: taken over, asked to join.
    ReadOpinionNotices "opinion.notices" K4 "opinion" "AVG 5(1)(f), 25(2), 32" [PanelSecretary, PanelMember];
    /// Takes somebody with a conflict of interest off a panel.
    RecuseFromOpinion "opinion.recuse" K4 "opinion" "AVG 5(1)(a) and (f), 25(2)" [PanelSecretary, PanelMember];
    /// Receives the status of an opinion at care.
    ReceiveOpinionStatus "opinion.status_received" K3 "opinion" "AVG 6(1)(a), 9(2)(a)" [System];
    /// Clocks of opinions.
    OpinionClock "opinion.clock" K4 "opinion" "AVG 6(1)(a), 9(2)(a)" [System];

    /// Sees the barriers of one's own organisation.
    ListBarriers "barrier.list" K6 "barriers" "WGS; Gemeentewet, APV, Bibob" [BarrierOfficer];
    /// Reads a barrier with its history.
    ReadBarrier "barrier.read" K6 "barriers" "WGS; Gemeentewet, APV, Bibob" [BarrierOfficer];
    /// Writes down a barrier that is considered.
    OpenBarrier "barrier.open" K6 "barriers" "WGS; Gemeentewet, APV, Bibob" [BarrierOfficer];
    /// Plans a barrier: who does it, by when.
    PlanBarrier "barrier.plan" K6 "barriers" "WGS; Gemeentewet, APV, Bibob" [BarrierOfficer];
    /// Notes that a barrier was raised.
    RaiseBarrier "barrier.raise" K6 "barriers" "WGS; Gemeentewet, APV, Bibob" [BarrierOfficer];
    /// Notes what a barrier yielded.
    NoteBarrier "barrier.result" K6 "barriers" "WGS; Gemeentewet, APV, Bibob" [BarrierOfficer];
    /// Ends a barrier that stood.
    EndBarrier "barrier.end" K6 "barriers" "WGS; Gemeentewet, APV, Bibob" [BarrierOfficer];
    /// Drops a barrier that was never raised.
    DropBarrier "barrier.drop" K6 "barriers" "WGS; Gemeentewet, APV, Bibob" [BarrierOfficer];

    /// Sees the register of actions.
    ListActions "plan.list" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice, ActionHolder];
    /// Reads an action.
    ReadAction "plan.read" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice, ActionHolder];
    /// Makes and changes actions.
    KeepActions "plan.keep" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice];
    /// Proposes a status for one's own action.
    UpdateAction "plan.update" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice, ActionHolder];
    /// Sees what each imported file changed in the register.
    ReadVersions "plan.versions" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice];
    /// Sees motions and promises of the Tweede Kamer.
    ReadPledges "plan.pledges" K7 "monitoring" "Grondwet art. 68; Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice, ActionHolder];
    /// Keeps motions and promises, and closes them.
    KeepPledges "plan.pledge_keep" K7 "monitoring" "Grondwet art. 68; Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice];
    /// Opens a round of updates, makes private links, reminds.
    OpenRound "plan.round_open" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice];
    /// Sees the rounds: the office all updates, a holder the own ones.
    ReadRounds "plan.rounds" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice, ActionHolder];
    /// Writes, sends and delegates the own update of a round.
    TellInRound "plan.round_tell" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ActionHolder];
    /// Writes and sends an update by its private link, without an account.
    TellByLink "plan.round_link" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [Anyone];
    /// Accepts an update, or sends it back with a reason.
    ReviewRound "plan.round_review" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice];
    /// Opens a file that shows what was reached: the office and the auditor all, a holder the own ones.
    OpenEvidence "plan.evidence_open" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice, ActionHolder, Auditor];
    /// Lists the files that show what was reached.
    ListEvidence "plan.evidence" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice, Auditor];
    /// Tells holders that a cut-off is near, or over.
    RoundClock "plan.round_clock" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [System];
    /// Counts a period that is over, by itself, and keeps what came of it.
    CountClock "figures.count" K7 "monitoring" "UAVG 24; AVG 89" [System];
    /// Sees what the programme aims at, and what it would no longer aim at without an action.
    ReadCoverage "plan.coverage" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice];
    /// Receives protected figures.
    ReceiveFigures "figures.receive" K7 "monitoring" "UAVG 24; AVG 89" [System];
    /// Sees the figures.
    ListFigures "figures.list" K7 "monitoring" "UAVG 24; AVG 89" [ProgrammeOffice];
    /// Counts closed periods of the signal desk, protected, for the programme.
    MeasureSignals "measures.signals" K1 "monitoring" "UAVG 24; AVG 89" [System];
    /// Counts closed periods of registration, protected, for the programme.
    MeasureRegistration "measures.registration" K2 "monitoring" "UAVG 24; AVG 89" [System];
    /// Counts closed periods of care and shelter, protected, for the programme.
    MeasureShelter "measures.shelter" K3 "monitoring" "UAVG 24; AVG 89" [System];
    /// Counts closed periods of the opinion panel, protected, for the programme.
    MeasureOpinion "measures.opinion" K4 "monitoring" "UAVG 24; AVG 89" [System];
    /// Counts closed periods of cooperation and barriers, protected, for the programme.
    MeasureBarriers "measures.barriers" K6 "monitoring" "UAVG 24; AVG 89" [System];
    /// Reads the figures of editions that were sent to the Chamber.
    ReadOpenFigures "figures.open" K7 "monitoring" "Wet hergebruik van overheidsinformatie" [Anyone];
    /// Composes and reads an edition of the letter.
    EditLetter "letter.edit" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice];
    /// Freezes an edition.
    FreezeLetter "letter.freeze" K7 "monitoring" "Comptabiliteitswet 2016 art. 3.1" [ProgrammeOffice];

    /// Signs in.
    SignIn "account.sign_in" System "supervision" "AVG 32" [Anyone];
    /// Sees and ends one's own sessions.
    OwnAccount "account.own" System "supervision" "AVG 32" [SignalDesk, Investigator, CareCoordinator, PlacementOfficer, ShelterStaff, Registrar, PanelSecretary, PanelMember, BarrierOfficer, ProgrammeOffice, ActionHolder, Auditor, PrivacyOfficer, PeopleAdmin, SystemAdmin];
    /// Makes and changes organisations and accounts.
    KeepPeople "account.keep" System "supervision" "AVG 32" [PeopleAdmin, System];
    /// Reads the journals: who did what, never content.
    ReadJournal "journal.read" System "supervision" "AVG 5(2), 30, 32; Wpg 32a" [Auditor, PrivacyOfficer];
    /// Sees who looked at a matter, and what explains it: journals, never content.
    SearchLooks "oversight.search" System "supervision" "AVG 5(2), 24, 32; Wpg 32a" [Auditor];
    /// Sees what the watch on the journals found.
    ReadFindings "oversight.findings" System "supervision" "AVG 5(2), 24, 32; Wpg 32a" [Auditor];
    /// Decides a finding, with a reason.
    JudgeFinding "oversight.judge" System "supervision" "AVG 5(2), 24, 32; Wpg 32a" [Auditor];
    /// Marks decoys and known relations.
    KeepMarks "oversight.marks" System "supervision" "AVG 5(2), 24, 32; Wpg 32a" [Auditor];
    /// Watches the journals for what asks for a person's look.
    WatchJournals "oversight.watch" System "supervision" "AVG 5(2), 24, 32; Wpg 32a" [System];
    /// Destroys what has been kept as long as it may be.
    RunRetention "retention.run" System "supervision" "AVG 5(1)(e), 17(1)(a)" [System];
    /// Destroys what is kept about a person who asks for it.
    EraseRecords "record.erase" System "supervision" "AVG 17" [System];
    /// Keeps a record longer than its term for a claim or a trial, and lets it go again.
    KeepHolds "retention.hold" System "supervision" "AVG 17(3)(e), 18(2)" [System];
    /// Keeps the law in force, for whoever decides by it again.
    KeepLaw "law.keep" System "supervision" "AVG 5(2), 24" [System];
    /// Sees decisions of the law of sharing and decides them again.
    ReadDecisions "oversight.decisions" System "supervision" "AVG 5(2), 24; Wpg 32a" [Auditor, PrivacyOfficer];
    /// Asks whether something may be shared, from no compartment.
    AskSharing "sharing.ask" System "supervision" "AVG 5(2), 24; Wpg 32" [SignalDesk, Investigator, CareCoordinator, PlacementOfficer, ShelterStaff, Registrar, PanelSecretary, PanelMember, BarrierOfficer, ProgrammeOffice, ActionHolder, Auditor, PrivacyOfficer, PeopleAdmin, SystemAdmin];
    /// Asks whether something may be shared, from the signal desk.
    AskSharingSignals "sharing.ask_signals" K1 "signal" "AVG 5(2), 24" [SignalDesk];
    /// Asks whether something may be shared, from registration.
    AskSharingRegistration "sharing.ask_registration" K2 "registration" "AVG 5(2), 24" [Registrar];
    /// Asks whether something may be shared, from care and shelter.
    AskSharingCare "sharing.ask_care" K3 "care" "AVG 5(2), 24" [CareCoordinator, PlacementOfficer, ShelterStaff];
    /// Asks whether something may be shared, from the opinion panel.
    AskSharingOpinion "sharing.ask_opinion" K4 "opinion" "AVG 5(2), 24" [PanelSecretary, PanelMember];
    /// Asks whether something may be shared, from investigation.
    AskSharingInvestigation "sharing.ask_investigation" K5 "investigation" "Wpg 32" [Investigator];
    /// Asks whether something may be shared, from cooperation and barriers.
    AskSharingBarriers "sharing.ask_barriers" K6 "barriers" "AVG 5(2), 24" [BarrierOfficer];
    /// Asks whether something may be shared, from the programme.
    AskSharingProgramme "sharing.ask_programme" K7 "monitoring" "AVG 5(2), 24" [ProgrammeOffice, ActionHolder];
    /// Sees the health of the system.
    ReadHealth "system.health" System "supervision" "AVG 32" [SystemAdmin];

    /// The person asks about her own data on her own page, or takes it back.
    AskOwnRequest "request.own" K3 "inform_victim" "AVG 12, 15-18, 21" [Anyone];
    /// Puts down what a person asked aloud about her own data.
    EnterRequest "request.enter" K3 "inform_victim" "AVG 12, 15-18, 21" [CareCoordinator];
    /// Settles that it is she, extends once, answers.
    HandleRequest "request.handle" K3 "inform_victim" "AVG 12, 15-18, 19, 21" [CareCoordinator];
    /// Receives what another compartment answers to a person.
    ReceiveRequestAnswer "request.answer_received" K3 "inform_victim" "AVG 12, 15-18, 19, 21" [System];
    /// Answers the signal desk's part of a person's request.
    AnswerPartSignals "request.part_signals" K1 "inform_victim" "AVG 12, 15-18, 21" [SignalDesk, System];
    /// Answers the registrar's part of a person's request.
    AnswerPartRegistration "request.part_registration" K2 "inform_victim" "AVG 12, 15-18, 21" [Registrar, System];
    /// Answers one's own organisation's part of a person's request, at care.
    AnswerPartCare "request.part_care" K3 "inform_victim" "AVG 12, 15-18, 21" [CareCoordinator, PlacementOfficer, ShelterStaff, System];
    /// Answers the panel's part of a person's request.
    AnswerPartOpinion "request.part_opinion" K4 "inform_victim" "AVG 12, 15-18, 21" [PanelSecretary, System];
    /// Answers the service's part of a person's request, or keeps silent where the law says so.
    AnswerPartInvestigation "request.part_investigation" K5 "inform_victim" "Wpg 24a-28" [Investigator, System];
    /// Takes along what one gave oneself, from one's own page.
    TakeOwnFile "request.own_file" K3 "inform_victim" "AVG 20" [Anyone];
    /// Keeps the signal desk's restrictions of processing.
    KeepRestrictionSignals "restriction.keep_signals" K1 "inform_victim" "AVG 18, 19" [SignalDesk];
    /// Keeps the registrar's restrictions of processing.
    KeepRestrictionRegistration "restriction.keep_registration" K2 "inform_victim" "AVG 18, 19" [Registrar];
    /// Keeps one's own organisation's restrictions of processing, at care.
    KeepRestrictionCare "restriction.keep_care" K3 "inform_victim" "AVG 18, 19" [CareCoordinator, PlacementOfficer, ShelterStaff];
    /// Keeps the panel's restrictions of processing.
    KeepRestrictionOpinion "restriction.keep_opinion" K4 "inform_victim" "AVG 18, 19" [PanelSecretary];
    /// Keeps the service's restrictions of processing.
    KeepRestrictionInvestigation "restriction.keep_investigation" K5 "inform_victim" "Wpg 28" [Investigator];
    /// Sees the register of processing, the facts for a DPIA, and the yearly figures.
    ReadRegisters "registers.read" System "supervision" "AVG 5(2), 30, 35; Wpg 31d, 32" [Auditor, PrivacyOfficer];
    /// Sees what went from which compartment to which, never content.
    ReadDisclosures "registers.disclosures" System "supervision" "AVG 5(2), 30; Wpg 32a" [Auditor, PrivacyOfficer];
    /// Sees terms, holds and what was destroyed.
    ReadRetention "registers.retention" System "supervision" "AVG 5(1)(e), 5(2)" [Auditor, PrivacyOfficer];
    /// Looks up who was concerned by a breach: journals, never content.
    SearchBreach "breach.search" System "supervision" "AVG 33, 34; Wpg 33a" [Auditor, PrivacyOfficer];
    /// Writes a breach down, with what was decided.
    KeepBreaches "breach.keep" System "supervision" "AVG 33, 34; Wpg 33a" [Auditor, PrivacyOfficer];
}

impl UseCase {
    /// This use case's line of the table.
    pub fn rule(self) -> &'static Rule {
        // The table and the enum are made from the same list, so the position is the discriminant.
        &RULES[self as usize]
    }
}

/// The right to do one thing now: made only by [`permit`].
#[derive(Debug, Clone)]
pub struct Permit {
    /// What is permitted.
    pub rule: &'static Rule,
    /// To whom.
    pub actor: Actor,
    /// In which role.
    pub role: Role,
}

/// Whether this actor may do this. The refusal says for whom it is.
pub fn permit(actor: &Actor, case: UseCase) -> Result<Permit> {
    let rule = case.rule();
    let held = actor.roles();
    match rule.roles.iter().find(|role| held.contains(role)) {
        Some(role) => Ok(Permit {
            rule,
            actor: actor.clone(),
            role: *role,
        }),
        None => Err(DeskError::Forbidden { case }),
    }
}

impl Permit {
    /// The reason, as the journal keeps it.
    pub fn context(&self, now: Timestamp) -> Context {
        Context {
            at: now,
            actor: self.actor.id(),
            role: self.role.code().to_owned(),
            org: self.actor.org_text(),
            act: self.rule.name.to_owned(),
            purpose: self.rule.purpose.to_owned(),
            ground: self.rule.ground.to_owned(),
        }
    }

    /// The same permit with the reason of another store: for a use case that writes to two stores by one
    /// decision, each with its own entry.
    pub fn context_as(&self, case: UseCase, now: Timestamp) -> Context {
        let rule = case.rule();
        Context {
            act: rule.name.to_owned(),
            purpose: rule.purpose.to_owned(),
            ground: rule.ground.to_owned(),
            ..self.context(now)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_use_case_finds_its_own_line() {
        for rule in RULES {
            assert_eq!(rule.case.rule().name, rule.name);
        }
    }

    #[test]
    fn a_second_store_keeps_the_reason_of_its_own_use_case() {
        let now = Timestamp::UNIX_EPOCH;
        let permit = permit(&Actor::System, UseCase::ReceiveCase).unwrap();
        let (one, other) = (UseCase::ReceiveCase.rule(), UseCase::MeasureSignals.rule());
        let written = permit.context_as(UseCase::MeasureSignals, now);
        assert_eq!(
            (
                written.act.as_str(),
                written.purpose.as_str(),
                written.ground.as_str()
            ),
            (other.name, other.purpose, other.ground)
        );
        assert_eq!(
            (written.at, &written.role),
            (now, &permit.context(now).role)
        );
        assert_eq!(permit.context(now).act, one.name);
        assert_ne!((one.purpose, one.ground), (other.purpose, other.ground));
    }

    #[test]
    fn names_are_unique() {
        let names: std::collections::BTreeSet<_> = RULES.iter().map(|r| r.name).collect();
        assert_eq!(names.len(), RULES.len());
    }

    #[test]
    fn nobody_may_open_an_address_by_a_broad_role() {
        for rule in RULES.iter().filter(|r| r.store == Store::Addresses) {
            for role in rule.roles {
                assert!(matches!(
                    role,
                    Role::PlacementOfficer | Role::Anyone | Role::ShelterStaff
                ));
            }
        }
    }
}
