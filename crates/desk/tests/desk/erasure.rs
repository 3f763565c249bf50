//! A person asks to be forgotten: nothing about her opens any more, in any store or backup, and nothing about others is touched.

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::attachment::StoredAttachment;
use desk::case::{self, CaseFile, NewConsent};
use desk::erasure::{self, Plan};
use desk::intake::{self, HandoverInput, PersonInput, RegisterInput};
use desk::opinion::{self, NewAsk};
use desk::report::{self, AcuteInput, Choice, NewReport, RouteInput};
use desk::{Actor, DeskError, Role, retention};
use domain::Answer;
use domain::code::{DataCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Recipient};
use domain::ids::{CaseId, IntakeId, PersonId, ReportId};
use domain::minors::Giver;
use vault::{JournalFilter, KeyDir, OsChance, Store, Vault, Where};

use crate::case::consent;
use crate::intake::{blessing, form, found, handing, nla, only, told, version};
use crate::opinion::{in_time, statement};
use crate::support::{World, hours, start, text};

/// A person of whom every compartment knows something.
pub struct Known {
    pub report: ReportId,
    pub intake: IntakeId,
    pub person: PersonId,
    pub case: CaseId,
    /// Who took the case on.
    pub coordinator: Actor,
    /// Who took the intake on.
    pub officer: Actor,
}

/// A report with a file, passed on with it to an investigating service.
async fn passed_on(world: &World) -> ReportId {
    let (desk, worker) = (&world.desk, world.signal_desk());
    let mut files = report::receive_files(desk, start()).unwrap();
    files.begin().unwrap();
    files.take(b"wat zij schreef").await.unwrap();
    files.end().await.unwrap();
    let new = NewReport {
        content: told("zij werkt daar dag en nacht", &["AU"], "GM0193"),
        contact: None,
    };
    let id = report::submit_with(desk, start(), ("k", b"b"), new, files)
        .await
        .unwrap()
        .id;
    let acute = AcuteInput {
        answer: Answer::No,
        because: text("rustig"),
        call: None,
    };
    report::answer_acute(desk, &worker, hours(1), id, 1, acute)
        .await
        .unwrap();
    report::accept(desk, &worker, hours(1), id, 2)
        .await
        .unwrap();
    let file = report::read(desk, &worker, hours(1), id).await.unwrap();
    let input = RouteInput {
        choices: vec![Choice {
            rule: Some("labour-nla".to_owned()),
            org: world.nla,
            because: None,
        }],
        minor_in_serious_danger: false,
        attachments: file
            .report
            .content
            .attachments
            .iter()
            .map(|a| a.id)
            .collect(),
    };
    report::route(desk, &worker, hours(2), id, 3, input)
        .await
        .unwrap();
    world.settle(hours(2)).await;
    id
}

async fn add(world: &World, officer: &Actor, intake: IntakeId, who: PersonInput) -> PersonId {
    let seen = version(world, officer, intake).await;
    intake::add_person(&world.desk, officer, hours(3), intake, seen, who)
        .await
        .unwrap()
}

/// From the report to an opinion, through every compartment.
pub async fn known(world: &World) -> Known {
    let desk = &world.desk;
    let report = passed_on(world).await;
    let officer = nla(world);
    let intake = only(world, &officer).await;
    intake::take_on(desk, &officer, hours(3), intake, 1)
        .await
        .unwrap();
    let mut who = blessing();
    who.forms = vec![form("AU")];
    let person = add(world, &officer, intake, who).await;
    let seen = version(world, &officer, intake).await;
    intake::assess(
        desk,
        &officer,
        hours(3),
        intake,
        seen,
        found(true, true, &["AU"]),
    )
    .await
    .unwrap();
    let register = RegisterInput { form: form("AU") };
    intake::register(desk, &officer, hours(4), intake, person, 1, register)
        .await
        .unwrap();
    let handing: HandoverInput = handing(world);
    intake::hand_to_care(desk, &officer, hours(4), intake, person, 2, handing)
        .await
        .unwrap();
    world.settle(hours(4)).await;
    let cases = desk.vault.load_all::<CaseFile>(&[]).await.unwrap();
    let case: CaseId = cases[0].id.parse().unwrap();
    let coordinator = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    case::accept(desk, &coordinator, hours(5), case, 1)
        .await
        .unwrap();
    let mut letter = case::receive_files(desk, &coordinator, hours(5), case)
        .await
        .unwrap();
    letter.begin().unwrap();
    letter.take(b"een brief over haar").await.unwrap();
    letter.end().await.unwrap();
    case::add_attachments(desk, &coordinator, hours(5), case, None, false, letter)
        .await
        .unwrap();
    let to_panel = NewConsent {
        purpose: PurposeCode::new("opinion").unwrap(),
        recipients: vec![Recipient::Kind {
            kind: OrgKind::new("K4").unwrap(),
        }],
        data: vec![DataCode::new("statement").unwrap()],
        ..consent(Giver::Person, ConsentForm::Written)
    };
    let consent = case::give_consent(desk, &coordinator, hours(5), case, to_panel)
        .await
        .unwrap();
    let ask = NewAsk {
        case,
        released: vec![statement("mijn verhaal")],
        ground: in_time(),
        consent,
        looked: false,
    };
    opinion::ask(desk, &coordinator, hours(6), ask)
        .await
        .unwrap();
    world.settle(hours(6)).await;
    Known {
        report,
        intake,
        person,
        case,
        coordinator,
        officer,
    }
}

/// How many records of each kind open.
async fn kinds(vault: &Vault) -> BTreeMap<String, u64> {
    let mut kinds = vault.verify(&mut |_, _| {}).await.unwrap().kinds;
    kinds.retain(|_, count| *count > 0);
    kinds
}

/// Kinds of record about people in the chain.
fn about_people(kinds: &BTreeMap<String, u64>) -> Vec<&str> {
    let not = ["organisation", "account", "anonymous_count"];
    kinds
        .keys()
        .map(String::as_str)
        .filter(|kind| !not.contains(kind))
        .collect()
}

fn gone(plan: &Plan) -> Vec<&'static str> {
    plan.matters.iter().map(|m| m.compartment).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_opens_any_more_in_any_store_or_backup() {
    let world = World::new().await;
    let known = known(&world).await;
    let vault = &world.desk.vault;
    let before = kinds(vault).await;
    for kind in [
        "report",
        "mailbox",
        "intake",
        "intake_person",
        "intake_consent",
        "case",
        "person",
        "consent",
        "opinion",
        "opinion_request",
        "registration",
        "attachment",
        "disclosure",
    ] {
        assert!(before.contains_key(kind), "{kind} is missing: {before:?}");
    }
    let file = world.dir().join("backup");
    let mut out = std::fs::File::create(&file).unwrap();
    vault.backup(&mut out, "backup", "b1").await.unwrap();

    let case = known.case.to_string();
    let plan = erasure::plan(&world.desk, Store::K3, &case, true)
        .await
        .unwrap();
    let mut stores = gone(&plan);
    stores.sort_unstable();
    assert_eq!(stores, ["k1", "k2", "k3", "k4", "k5"]);
    assert_eq!(plan.left, []);
    assert_eq!(kinds(vault).await, before, "a look erases nothing");
    erasure::erase(&world.desk, hours(7), "AVG 17, verzoek 12", &plan)
        .await
        .unwrap();

    let after = kinds(vault).await;
    assert_eq!(about_people(&after), Vec::<&str>::new());
    assert_eq!(after["anonymous_count"], 1, "the figures stay true");
    for matter in &plan.matters {
        for id in &matter.records {
            let store = Store::from_name(matter.compartment).unwrap();
            assert!(vault.clear_of(store, id).await.unwrap().is_none(), "{id}");
            assert_eq!(vault.part(store, id, 0).await.unwrap(), None);
        }
        let store = Store::from_name(matter.compartment).unwrap();
        let all = JournalFilter::default();
        let mut page = vault.journal_page(store, &all, None, 1).await.unwrap();
        let entry = page.entries.remove(0);
        assert_eq!(entry.context.act, "record.erase");
        assert_eq!(entry.context.ground, "AVG 17, verzoek 12");
    }
    world.settle(hours(8)).await;
    let again = erasure::plan(&world.desk, Store::K3, &case, true).await;
    assert!(
        matches!(again, Err(DeskError::NotFound { .. })),
        "{again:?}"
    );

    // The backup was made while everything was there; its keys are gone with the others.
    let data = world.dir().join("restored");
    let settings = vault::Settings {
        keys: KeyDir::beside(&world.dir().join("data")),
        place: Where::Directory(data),
        create: true,
        chance: Arc::new(OsChance),
    };
    vault::restore(&file, settings.clone()).await.unwrap();
    let restored = Vault::open(settings).await.unwrap();
    assert_eq!(about_people(&kinds(&restored).await), Vec::<&str>::new());
    for matter in &plan.matters {
        let store = Store::from_name(matter.compartment).unwrap();
        for id in &matter.records {
            let part = restored.part(store, id, 0).await;
            assert!(!matches!(part, Ok(Some(_))), "a part of {id} opens");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_compartment_goes_with_its_copies_and_the_others_are_named() {
    let world = World::new().await;
    let known = known(&world).await;
    let vault = &world.desk.vault;
    let person = vault
        .load_children::<case::StoredPerson>(&known.case.to_string())
        .await
        .unwrap()
        .remove(0);
    let plan = erasure::plan(&world.desk, Store::K3, &person.id, false)
        .await
        .unwrap();
    assert_eq!(gone(&plan), ["k3"], "who names the person means her matter");
    let mut left: Vec<_> = plan.left.iter().map(|l| (l.compartment, l.why)).collect();
    left.sort_unstable();
    assert_eq!(left, [("k4", "not_asked"), ("k5", "not_asked")]);
    erasure::erase(&world.desk, hours(7), "AVG 17", &plan)
        .await
        .unwrap();
    let disclosures = vault::Kind {
        store: Store::K3,
        ..<desk::disclosure::Disclosure as vault::Stored>::KIND
    };
    let filter = vault::Filter::default();
    let counts = vault.counts(&disclosures, &filter).await.unwrap();
    assert!(
        counts.iter().all(|(_, count)| *count == 0),
        "no copy of what was sent is left: {counts:?}"
    );
    let after = kinds(vault).await;
    assert!(!after.contains_key("case") && !after.contains_key("person"));
    assert!(after.contains_key("intake") && after.contains_key("opinion"));
    assert!(
        vault
            .clear_of(Store::K1, &known.report.to_string())
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_about_others_too_stays_and_is_named() {
    let world = World::new().await;
    let known = known(&world).await;
    let officer = known.officer.clone();
    let mut sister = blessing();
    sister.name = Some(text("Grace"));
    let sister = add(&world, &officer, known.intake, sister).await;
    let case = known.case.to_string();
    let plan = erasure::plan(&world.desk, Store::K3, &case, true)
        .await
        .unwrap();
    let mut stores = gone(&plan);
    stores.sort_unstable();
    assert_eq!(stores, ["k2", "k3", "k4", "k5"]);
    let left: Vec<_> = plan
        .left
        .iter()
        .map(|l| (l.record.clone(), l.why))
        .collect();
    assert!(
        left.contains(&(known.intake.to_string(), "others_too")),
        "{left:?}"
    );
    assert!(
        left.contains(&(known.report.to_string(), "others_too")),
        "{left:?}"
    );
    erasure::erase(&world.desk, hours(7), "AVG 17", &plan)
        .await
        .unwrap();
    let there = async |id: String| {
        world
            .desk
            .vault
            .clear_of(Store::K5, &id)
            .await
            .unwrap()
            .is_some()
    };
    assert!(!there(known.person.to_string()).await);
    assert!(there(sister.to_string()).await && there(known.intake.to_string()).await);
    let read = intake::read(&world.desk, &officer, hours(8), known.intake).await;
    assert_eq!(
        read.unwrap().people.len(),
        1,
        "the file of the other is whole"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_legal_hold_anywhere_stops_all_of_it() {
    let world = World::new().await;
    let known = known(&world).await;
    let before = kinds(&world.desk.vault).await;
    let person = known.person.to_string();
    let why = text("zaak loopt");
    retention::hold(
        &world.desk,
        &Actor::System,
        hours(6),
        Store::K5,
        &person,
        why,
    )
    .await
    .unwrap();
    let case = known.case.to_string();
    let plan = erasure::plan(&world.desk, Store::K3, &case, true)
        .await
        .unwrap();
    let refused = erasure::erase(&world.desk, hours(7), "AVG 17", &plan).await;
    assert!(matches!(&refused, Err(DeskError::Rule { key, .. }) if key == "legal-hold"));
    let mut after = kinds(&world.desk.vault).await;
    after.remove("legal_hold");
    assert_eq!(after, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disclosure_that_has_not_arrived_goes_with_its_sender_and_arrives_nowhere() {
    let world = World::new().await;
    let id = {
        let desk = &world.desk;
        let new = NewReport {
            content: told("nog onderweg", &["AU"], "GM0193"),
            contact: None,
        };
        let worker = world.signal_desk();
        let id = report::submit(desk, start(), None, new).await.unwrap().id;
        let acute = AcuteInput {
            answer: Answer::No,
            because: text("rustig"),
            call: None,
        };
        report::answer_acute(desk, &worker, hours(1), id, 1, acute)
            .await
            .unwrap();
        report::accept(desk, &worker, hours(1), id, 2)
            .await
            .unwrap();
        let input = RouteInput {
            choices: vec![Choice {
                rule: Some("labour-nla".to_owned()),
                org: world.nla,
                because: None,
            }],
            minor_in_serious_danger: false,
            attachments: Vec::new(),
        };
        report::route(desk, &worker, hours(2), id, 3, input)
            .await
            .unwrap();
        id.to_string()
    };
    let plan = erasure::plan(&world.desk, Store::K1, &id, true)
        .await
        .unwrap();
    erasure::erase(&world.desk, hours(2), "AVG 17", &plan)
        .await
        .unwrap();
    world.settle(hours(3)).await;
    assert_eq!(
        about_people(&kinds(&world.desk.vault).await),
        Vec::<&str>::new()
    );
    let waiting = world.desk.vault.undelivered(Store::K1, 10).await.unwrap();
    assert!(waiting.is_empty(), "nothing is tried for ever");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_files_of_every_compartment_are_among_what_goes() {
    let world = World::new().await;
    let known = known(&world).await;
    let vault = &world.desk.vault;
    let mut files = Vec::new();
    for (store, parent) in [
        (Store::K1, known.report.to_string()),
        (Store::K5, known.intake.to_string()),
        (Store::K3, known.case.to_string()),
    ] {
        let found = vault
            .load_children_in::<StoredAttachment>(store, &parent)
            .await
            .unwrap();
        assert_eq!(found.len(), 1, "{}", store.name());
        files.push(found[0].id.clone());
    }
    let plan = erasure::plan(&world.desk, Store::K1, &known.report.to_string(), true)
        .await
        .unwrap();
    let all: Vec<&String> = plan.matters.iter().flat_map(|m| &m.records).collect();
    assert!(files.iter().all(|file| all.contains(&file)), "{files:?}");
}
