//! Intakes of investigating services: from a routed report to an outcome that the desk hears.

mod rules;
mod scenarios;
mod vital;

use desk::disclosure::Disclosure;
use desk::intake::{self, AssessInput, CloseInput, HandoverInput, OwnInput, PersonInput};
use desk::report::{self, AcuteInput, Choice, NewContact, NewReport, RouteInput};
use desk::{Actor, Role};
use domain::age::Age;
use domain::code::{CountryCode, DataCode, FormCode, LanguageCode, MunicipalityCode};
use domain::consent::ConsentForm;
use domain::ids::{IntakeId, OrgId, PersonId, ReportId};
use domain::intake::{Finding, IntakeOutcome, Stay};
use domain::minors::{Authority, Giver};
use domain::person::{ContactRules, Residence, Sex};
use domain::report::{Channel, ReportContent, ReporterKind};
use domain::{Answer, SafeText, handover};
use vault::{Filter, Kind, Order, Store, Stored};

use crate::support::{World, hours, start, text};

pub fn form(code: &str) -> FormCode {
    FormCode::new(code).unwrap()
}

pub fn told(words: &str, forms: &[&str], place: &str) -> ReportContent {
    let nl = LanguageCode::new("ro").unwrap();
    let mut content = ReportContent::empty(Channel::Web, ReporterKind::Citizen, nl);
    content.story = Some(text(words));
    content.forms = forms.iter().map(|f| form(f)).collect();
    content.municipality = Some(MunicipalityCode::new(place).unwrap());
    content
}

/// A report that the desk accepted: everything but routed.
pub async fn accepted(
    world: &World,
    content: ReportContent,
    contact: Option<NewContact>,
) -> ReportId {
    let new = NewReport { content, contact };
    let id = report::submit(&world.desk, start(), None, new)
        .await
        .unwrap()
        .id;
    let worker = world.signal_desk();
    let acute = AcuteInput {
        answer: Answer::No,
        because: text("rustig"),
        call: None,
    };
    report::answer_acute(&world.desk, &worker, hours(1), id, 1, acute)
        .await
        .unwrap();
    report::accept(&world.desk, &worker, hours(1), id, 2)
        .await
        .unwrap();
    id
}

/// Sends an accepted report by a rule and lets it arrive.
pub async fn route(world: &World, id: ReportId, rule: &str, org: OrgId) {
    let choices = vec![Choice {
        rule: Some(rule.to_owned()),
        org,
        because: None,
    }];
    let input = RouteInput {
        attachments: Vec::new(),
        choices,
        minor_in_serious_danger: false,
    };
    report::route(&world.desk, &world.signal_desk(), hours(2), id, 3, input)
        .await
        .unwrap();
    world.settle(hours(2)).await;
}

/// The only intake of a service.
pub async fn only(world: &World, actor: &Actor) -> IntakeId {
    let page = intake::list(&world.desk, actor, &Filter::default(), Order::Due, None)
        .await
        .unwrap()
        .0;
    assert_eq!(page.rows.len(), 1, "one intake expected");
    page.rows[0].id.parse().unwrap()
}

/// An intake that a service opened itself.
pub async fn opened(world: &World, actor: &Actor, forms: &[&str]) -> IntakeId {
    let input = OwnInput {
        story: text("aangetroffen bij een controle"),
        municipality: Some(MunicipalityCode::new("GM0193").unwrap()),
        forms: forms.iter().map(|f| form(f)).collect(),
        found: start().to_zoned(domain::time::amsterdam()).date(),
        looked: false,
    };
    intake::open(&world.desk, actor, start(), input)
        .await
        .unwrap()
}

pub fn blessing() -> PersonInput {
    PersonInput {
        name: Some(text("Blessing")),
        alias: None,
        age: Age::estimated(22, 24, "2026-11-23".parse().unwrap()).unwrap(),
        sex: Sex::Female,
        origin: Some(CountryCode::new("NG").unwrap()),
        residence: Residence::Dublin,
        languages: vec![LanguageCode::new("en").unwrap()],
        interpreter: Answer::Yes,
        forms: vec![form("SU")],
        municipality: Some(MunicipalityCode::new("GM0193").unwrap()),
        detected: "2026-11-23".parse().unwrap(),
        parent_suspected: false,
        authority: Authority::Unknown,
        contact: ContactRules {
            safe_channel: Some(text("via de opvang")),
            ..ContactRules::default()
        },
        phone_safe: Answer::No,
        avoid: None,
        needs: Some(text("rust")),
        looked: false,
    }
}

pub fn found(indication: bool, leads: bool, forms: &[&str]) -> AssessInput {
    let finding = |yes| Finding {
        yes,
        reason: text("daarom"),
    };
    AssessInput {
        slightest_indication: finding(indication),
        enough_leads: finding(leads),
        forms: forms.iter().map(|f| form(f)).collect(),
        minor: false,
        stay: Stay::Unknown,
        looked: false,
    }
}

/// The disclosures of a payload that a store sent, oldest first.
pub async fn sent(world: &World, from: Store, payload: &str) -> Vec<Disclosure> {
    let kind = Kind {
        store: from,
        ..Disclosure::KIND
    };
    let filter = Filter {
        states: vec![payload.to_owned()],
        ..Filter::default()
    };
    let page = world
        .desk
        .vault
        .list(&kind, &filter, Order::Due, None, 100)
        .await
        .unwrap();
    let mut out = Vec::new();
    for row in page.rows {
        out.push(
            world
                .desk
                .vault
                .load_in::<Disclosure>(from, &row.id)
                .await
                .unwrap()
                .body,
        );
    }
    out
}

pub async fn version(world: &World, actor: &Actor, id: IntakeId) -> i64 {
    intake::read(&world.desk, actor, start(), id)
        .await
        .unwrap()
        .version
}

/// An own intake with one person and the slightest indication.
pub async fn with_person(
    world: &World,
    actor: &Actor,
    person: PersonInput,
    forms: &[&str],
) -> (IntakeId, PersonId) {
    let id = opened(world, actor, forms).await;
    let who = intake::add_person(&world.desk, actor, start(), id, 1, person)
        .await
        .unwrap();
    let seen = version(world, actor, id).await;
    intake::assess(
        &world.desk,
        actor,
        start(),
        id,
        seen,
        found(true, true, forms),
    )
    .await
    .unwrap();
    (id, who)
}

pub fn nla(world: &World) -> Actor {
    world.actor(world.nla, &[Role::Investigator])
}

pub fn handing(world: &World) -> HandoverInput {
    let data = handover::ALWAYS
        .iter()
        .chain(["contact", "care_needs"].iter());
    HandoverInput {
        to: world.care_ijsselland,
        giver: Giver::Person,
        data: data.map(|d| DataCode::new(*d).unwrap()).collect(),
        why_more: Some(text("zij wil niet nog eens vertellen wat zij nodig heeft")),
        language: LanguageCode::new("en").unwrap(),
        interpreter: true,
        how: text("met tolk besproken"),
        help_does_not_depend: true,
        form: ConsentForm::Written,
        looked: false,
    }
}

/// The end of a file, with a reason for whatever is still open.
pub fn ending(outcome: IntakeOutcome, reason: SafeText) -> CloseInput {
    CloseInput {
        outcome,
        reason,
        left_open: Some(text("de officier volgt wat openstaat")),
        looked: false,
    }
}
