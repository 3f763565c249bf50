//! Invented people and moments that the tests share.

use domain::{
    By, SafeText,
    answer::Answer,
    code::{FormCode, LanguageCode, MunicipalityCode, OrgKind, ReasonCode},
    ids::*,
    placement::{Placement, Reason},
    report::{
        AcuteFinding, Channel, EmergencyCall, Report, ReportContent, ReporterKind, RouteAnswer,
        RouteDecision,
    },
};
use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

/// An identity by a small number, so that a failing test can be read.
pub fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn text(words: &str) -> SafeText {
    SafeText::new("text", words, 10_000).unwrap()
}

pub fn at(moment: &str) -> Timestamp {
    moment.parse().unwrap()
}

pub fn day(date: &str) -> Date {
    date.parse().unwrap()
}

/// User 1 of organisation 1, at a moment.
pub fn by(moment: &str) -> By {
    By {
        user: UserId::new(uuid(1)),
        org: OrgId::new(uuid(1)),
        at: at(moment),
    }
}

/// Monday 9 March 2026, ten o'clock in the morning in the Netherlands.
pub const MORNING: &str = "2026-03-09T09:00:00Z";

pub fn morning() -> By {
    by(MORNING)
}

pub fn org(code: &'static str) -> OrgKind {
    OrgKind::literal(code)
}

pub fn form(code: &'static str) -> FormCode {
    FormCode::literal(code)
}

pub fn reason(code: &'static str) -> Reason {
    Reason {
        code: ReasonCode::literal(code),
        note: None,
    }
}

/// A report with a story and nothing else.
pub fn content(story: &str) -> ReportContent {
    let mut content = ReportContent::empty(
        Channel::Web,
        ReporterKind::Citizen,
        LanguageCode::literal("nl"),
    );
    content.story = Some(text(story));
    content.acute = Answer::No;
    content.municipality = Some(MunicipalityCode::literal("GM1783"));
    content
}

pub fn received(content: ReportContent) -> Report {
    Report::receive(ReportId::new(uuid(1)), at(MORNING), content)
        .unwrap()
        .0
}

pub fn acute(answer: Answer) -> AcuteFinding {
    AcuteFinding {
        answer,
        because: text("asked and read"),
        by: morning(),
        call: None,
    }
}

pub fn call() -> EmergencyCall {
    EmergencyCall {
        to: text("112"),
        result: text("a car is on its way"),
        by: morning(),
    }
}

pub fn decision(n: u128) -> RouteDecision {
    RouteDecision {
        disclosure: DisclosureId::new(uuid(n)),
        compartment: domain::Compartment::K5,
        org_kind: org("POL"),
        org: OrgId::new(uuid(50)),
        rule: Some("crime-police".to_owned()),
        because: None,
        by: morning(),
        answer: RouteAnswer::Awaited,
        outcome: None,
        files: 0,
    }
}

/// Placement `n` of `seats` seats in room `room`.
pub fn placement(n: u128, room: u128, seats: u16) -> Placement {
    Placement::propose(
        PlacementId::new(uuid(n)),
        ShelterRequestId::new(uuid(n)),
        CaseId::new(uuid(n)),
        RoomId::new(uuid(room)),
        LocationId::new(uuid(900)),
        vec![PersonId::new(uuid(n))],
        seats,
        morning(),
        None,
    )
    .unwrap()
}
