//! Cases at care: what arrives, what is known of the person, consents, registration, closing, the person's own page.

mod arrival;
mod consents;
mod course;
mod disclosures;
mod glass;
mod need;
mod person;
mod repeated;
mod scenarios;
pub mod shares;
mod transfer;
mod warned;

use desk::Actor;
use desk::case::{self, Core, NewCase, NewConsent, PersonChange};
use desk::report::{self, AcuteInput, Choice, NewReport, RouteInput};
use domain::Answer;
use domain::age::Age;
use domain::code::{FormCode, LanguageCode, MunicipalityCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Explained, Recipient};
use domain::ids::{CaseId, ReportId};
use domain::minors::Giver;
use domain::person::{KnownAs, Residence, Sex};
use domain::report::{Channel, HelpWish, ReportContent, ReporterKind};
use jiff::civil::{Date, date};
use vault::{Filter, Order, Store};

use crate::support::{World, start, text};

pub fn today() -> Date {
    date(2026, 11, 23)
}

pub async fn own_case(world: &World, coordinator: &Actor, new: NewCase) -> CaseId {
    case::open(&world.desk, coordinator, start(), new)
        .await
        .unwrap()
}

/// A report that the desk routes by hand to care in Haaglanden.
async fn routed(world: &World, content: ReportContent) -> ReportId {
    let desk_worker = world.signal_desk();
    let new = NewReport {
        content,
        contact: None,
    };
    let id = report::submit(&world.desk, start(), None, new)
        .await
        .unwrap()
        .id;
    let safe = AcuteInput {
        answer: Answer::No,
        because: text("gevraagd"),
        call: None,
    };
    report::answer_acute(&world.desk, &desk_worker, start(), id, 1, safe)
        .await
        .unwrap();
    report::accept(&world.desk, &desk_worker, start(), id, 2)
        .await
        .unwrap();
    let choice = Choice {
        rule: None,
        org: world.care_haaglanden,
        because: Some(text("wil hulp")),
    };
    let input = RouteInput {
        attachments: Vec::new(),
        choices: vec![choice],
        minor_in_serious_danger: false,
    };
    report::route(&world.desk, &desk_worker, start(), id, 3, input)
        .await
        .unwrap();
    world.settle(start()).await;
    id
}

fn told() -> ReportContent {
    let nl = LanguageCode::new("nl").unwrap();
    let mut content = ReportContent::empty(Channel::Web, ReporterKind::VictimSelf, nl);
    content.story = Some(text("mijn paspoort is afgepakt"));
    content.forms = vec![FormCode::new("AU").unwrap()];
    content.municipality = Some(MunicipalityCode::new("GM1783").unwrap());
    content.help = HelpWish::ForSelf;
    content
}

pub async fn only_case(world: &World, actor: &Actor) -> (CaseId, vault::ListRow) {
    let (page, _) = case::list(&world.desk, actor, &Filter::default(), Order::Due, None)
        .await
        .unwrap();
    let row = page.rows.into_iter().next().unwrap();
    (row.id.parse().unwrap(), row)
}

async fn version(world: &World, actor: &Actor, id: CaseId) -> i64 {
    case::read(&world.desk, actor, start(), id)
        .await
        .unwrap()
        .version
}

/// The entries of all journals, one a line, without the escapes of the exported file.
async fn journal(world: &World) -> String {
    let mut out = Vec::new();
    world
        .desk
        .vault
        .export_journal(&mut out, "test", start())
        .await
        .unwrap();
    String::from_utf8(out).unwrap().replace("\\\"", "\"")
}

/// The acts of a store that touch a record.
async fn acts(world: &World, store: Store, id: &str) -> Vec<String> {
    let journal = journal(world).await;
    let of_store = format!("\"store\":\"{store}\"");
    let touching = journal
        .lines()
        .filter(|line| line.contains(id) && line.contains(&of_store));
    touching
        .filter_map(|line| line.split("\"act\":\"").nth(1))
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

pub fn core(age: Age) -> PersonChange {
    PersonChange::Core(Box::new(Core {
        known_as: KnownAs {
            name: None,
            alias: Some(text("Noa")),
        },
        age,
        sex: Sex::Female,
        nationalities: Vec::new(),
        origin: None,
        languages: vec![LanguageCode::new("nl").unwrap()],
        interpreter: Answer::No,
        residence: Residence::Unknown,
    }))
}

pub fn consent(giver: Giver, form: ConsentForm) -> NewConsent {
    NewConsent {
        giver,
        purpose: PurposeCode::new("registration").unwrap(),
        recipients: vec![Recipient::Kind {
            kind: OrgKind::new("COM").unwrap(),
        }],
        data: vec![domain::code::DataCode::new("age").unwrap()],
        given: today(),
        until: None,
        explained: Explained {
            language: LanguageCode::new("nl").unwrap(),
            interpreter: false,
            how: text("met de folder"),
            help_does_not_depend: true,
        },
        form,
        looked: false,
    }
}
