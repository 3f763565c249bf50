//! Shelter: rooms, requests, holds, answers, stays, and the address that stays secret.

mod address;
mod apart;
mod attack;
mod capacity;
mod fit;
mod flow;
mod glass;
mod killed;
mod outlook;
mod proposal;
mod relax;
mod rights;
mod room_rows;
mod rooms;
mod scenarios;
mod seats;
mod stay;
mod today;

use desk::access::Role;
use desk::case::NewCase;
use desk::placement::{
    self, AddressInput, AvoidPlace, ClientAnswer, HoldInput, LocationInput, NewRequest,
    ReasonInput, Revealed, RoomInput, Shown,
};
use desk::{Actor, Desk, DeskError};
use domain::age::AgeInYears;
use domain::code::{FormCode, LanguageCode, MunicipalityCode};
use domain::ids::{CaseId, LocationId, OrgId, PlacementId, RoomId, ShelterRequestId};
use domain::person::{Residence, Sex};
use domain::placement::PlacementState;
use domain::placing::PlacingFacts;
use domain::room::{Admits, RoomKind, ShelterKind};
use domain::shelter_request::{CareNeed, Entitlement, PersonInRequest, Security};
use jiff::{SignedDuration, Timestamp};
use vault::Store;

use crate::support::{World, hours, start, text};

fn minutes(n: i64) -> Timestamp {
    start() + SignedDuration::from_mins(n)
}

async fn case(world: &World, org: OrgId) -> CaseId {
    let coordinator = match org == world.care_haaglanden {
        true => world.coordinator(),
        false => world.actor(org, &[Role::CareCoordinator]),
    };
    desk::case::open(&world.desk, &coordinator, start(), NewCase::default())
        .await
        .unwrap()
}

fn staff(world: &World, org: OrgId) -> Actor {
    world.actor(org, &[Role::ShelterStaff])
}

fn officer(world: &World) -> Actor {
    world.actor(world.coordination, &[Role::PlacementOfficer])
}

fn gm(code: &str) -> MunicipalityCode {
    MunicipalityCode::new(code).unwrap()
}

fn admits() -> Admits {
    Admits {
        sexes: vec![Sex::Female, Sex::Male, Sex::Other],
        min_age: Some(18),
        max_age: None,
        forms: vec![FormCode::new("SU").unwrap(), FormCode::new("AU").unwrap()],
        entitlements: vec![Entitlement::ReflectionPeriod, Entitlement::Wmo],
        care: vec![CareNeed::Medical],
        wheelchair: true,
        pets: false,
        languages: vec![LanguageCode::new("pl").unwrap()],
    }
}

fn location(kind: ShelterKind, municipality: &str) -> LocationInput {
    LocationInput {
        label: text("Huis Linde"),
        kind,
        municipality: gm(municipality),
        security: Security::SecretAddress,
        admits: admits(),
        answer_within_hours: Some(4),
    }
}

async fn rooms(
    world: &World,
    org: OrgId,
    input: LocationInput,
    kind: RoomKind,
    places: u16,
) -> (LocationId, RoomId) {
    let staff = staff(world, org);
    let location = placement::add_location(&world.desk, &staff, start(), input)
        .await
        .unwrap();
    let room = RoomInput {
        label: text("Kamer 1"),
        kind,
        places,
        max_stay_days: Some(90),
        foreign: None,
    };
    let room = placement::add_room(&world.desk, &staff, start(), location, room)
        .await
        .unwrap();
    (location, room)
}

fn facts(residence: Residence) -> PlacingFacts {
    PlacingFacts {
        minor: false,
        unaccompanied: false,
        residence,
        in_reflection: false,
        multiple_problems: false,
        acute_out_of_hours: false,
        registered_in: None,
        found_in: Some(gm("GM0344")),
    }
}

fn person(age: u8, sex: Sex) -> PersonInRequest {
    PersonInRequest {
        person: None,
        age: AgeInYears::Exactly { age },
        sex,
    }
}

fn single() -> NewRequest {
    NewRequest {
        persons: vec![person(24, Sex::Female)],
        form: FormCode::new("SU").unwrap(),
        entitlement: None,
        security: Security::SecretAddress,
        care: vec![],
        wheelchair: false,
        pets: false,
        languages: vec![LanguageCode::new("pl").unwrap()],
        avoid: vec![],
        urgency: 3,
        facts: facts(Residence::ReflectionPeriod),
        payer: None,
    }
}

fn take(room: RoomId) -> HoldInput {
    HoldInput {
        room,
        because: None,
        relax_because: None,
        proposal: None,
    }
}

async fn asked(world: &World, new: NewRequest) -> (CaseId, ShelterRequestId) {
    let case = case(world, world.care_haaglanden).await;
    let id = placement::ask(&world.desk, &world.coordinator(), start(), case, new)
        .await
        .unwrap();
    (case, id)
}

async fn version(desk: &Desk, id: impl ToString) -> i64 {
    desk.vault
        .clear_of(Store::K3, &id.to_string())
        .await
        .unwrap()
        .unwrap()
        .2
}

async fn state(desk: &Desk, id: impl ToString) -> String {
    desk.vault
        .clear_of(Store::K3, &id.to_string())
        .await
        .unwrap()
        .unwrap()
        .1
        .state
}

async fn free(world: &World, org: OrgId, room: RoomId, now: Timestamp) -> (u16, u16, u16) {
    let seen = placement::read_room(&world.desk, &staff(world, org), now, room)
        .await
        .unwrap();
    (seen.free, seen.held, seen.taken)
}

fn key(result: Result<impl std::fmt::Debug, DeskError>) -> String {
    match result {
        Err(DeskError::Rule { key, .. }) => key,
        other => panic!("expected a rule's refusal, got {other:?}"),
    }
}

const STREET: &str = "Geheimlaan 17";
const POSTCODE: &str = "9876 ZX";
const TOWN: &str = "Verborgenstad";

fn secret(meeting_point: Option<&str>) -> AddressInput {
    AddressInput {
        street: text(STREET),
        postcode: text(POSTCODE),
        town: text(TOWN),
        directions: Some(text("achterom")),
        meeting_point: meeting_point.map(text),
    }
}

async fn journal(world: &World, store: Store) -> String {
    let mut out = Vec::new();
    world
        .desk
        .vault
        .export_journal(&mut out, "journal", start())
        .await
        .unwrap();
    let all = String::from_utf8(out).unwrap();
    let wanted = format!("\"store\":\"{}\"", store.name());
    all.lines()
        .filter(|l| l.replace('\\', "").contains(&wanted))
        .collect::<Vec<_>>()
        .join("\n")
}
