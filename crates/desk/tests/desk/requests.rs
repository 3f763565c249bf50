//! A person asks about her own data: nobody sees more than is theirs, no name of an employee leaves, and hidden processing shows nowhere.

use std::collections::BTreeSet;

use desk::access::Role;
use desk::case::{self, CaseFile, NewCase};
use desk::intake;
use desk::report::{self, AcuteInput, Choice, NewReport, RouteInput};
use desk::request::{
    self, AnswerInput, OwnView, PartInput, PartSummary, StoredPart, StoredRequest,
};
use desk::{Actor, DeskError};
use domain::Answer;
use domain::code::DataCode;
use domain::ids::{CaseId, RequestId};
use domain::mailbox::ReturnCode;
use domain::request::{IdentityBy, Outcome, Right};
use jiff::Timestamp;
use vault::{JournalFilter, Store};

use crate::case::{only_case, own_case};
use crate::intake::{nla, told};
use crate::support::{World, days, hours, start, text};

/// A report for care in Haaglanden; `hidden` sends it to an investigating service as well.
pub async fn reported(world: &World, hidden: bool) -> (Actor, CaseId) {
    let (desk, worker) = (&world.desk, world.signal_desk());
    let new = NewReport {
        content: told("zij werkt daar dag en nacht", &["AU"], "GM0193"),
        contact: None,
    };
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
    let mut choices = vec![Choice {
        rule: None,
        org: world.care_haaglanden,
        because: Some(text("wil hulp")),
    }];
    if hidden {
        choices.push(Choice {
            rule: Some("labour-nla".to_owned()),
            org: world.nla,
            because: None,
        });
    }
    let input = RouteInput {
        choices,
        minor_in_serious_danger: false,
        attachments: Vec::new(),
    };
    report::route(desk, &worker, hours(2), id, 3, input)
        .await
        .unwrap();
    world.settle(hours(2)).await;
    let coordinator = world.coordinator();
    let (case, _) = only_case(world, &coordinator).await;
    case::accept(desk, &coordinator, hours(3), case, 1)
        .await
        .unwrap();
    world.settle(hours(3)).await;
    (coordinator, case)
}

pub async fn code(world: &World, coordinator: &Actor, case: CaseId) -> ReturnCode {
    let seen = case::read(&world.desk, coordinator, hours(3), case)
        .await
        .unwrap()
        .version;
    case::give_code(&world.desk, coordinator, hours(3), case, seen)
        .await
        .unwrap()
}

fn all(codes: &[&'static str]) -> BTreeSet<DataCode> {
    codes.iter().map(|c| DataCode::new(*c).unwrap()).collect()
}

pub fn given(codes: &[&'static str], words: &str) -> AnswerInput {
    AnswerInput {
        restriction: None,
        outcome: Outcome::Given,
        data: all(codes),
        words: Some(text(words)),
        reason: None,
        ground: None,
        looked: false,
    }
}

pub async fn settle(world: &World, coordinator: &Actor, id: RequestId, at: Timestamp) {
    let how = IdentityBy::InPerson;
    request::settle(&world.desk, coordinator, at, id, 1, how)
        .await
        .unwrap();
    world.settle(at).await;
}

/// The only part that waits in a compartment.
pub async fn only_part(world: &World, actor: &Actor, store: Store) -> String {
    let (page, _) = request::list_parts(&world.desk, actor, store, Vec::new(), None)
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1, "one part expected in {store}");
    let summary = page.rows[0].summary.clone();
    serde_json::from_value::<PartSummary>(summary).unwrap();
    page.rows[0].id.clone()
}

/// What her page tells, without identifiers that differ between two installations.
fn page_of(view: &OwnView, now: Timestamp) -> String {
    let sections: Vec<_> = view
        .requests
        .iter()
        .map(|own| {
            (
                own.request.state_name(),
                own.request.sections(now),
                &own.file,
            )
        })
        .collect();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {sections:?}",
        view.held, view.ground, view.came, view.shared, view.looked
    )
}

/// What the journal of care says: what was done with which kinds of record, not which.
async fn journal_of_care(world: &World) -> Vec<String> {
    let filter = JournalFilter::default();
    let page = world
        .desk
        .vault
        .journal_page(Store::K3, &filter, None, 1_000)
        .await
        .unwrap();
    let line = |entry: vault::Entry| {
        let records: Vec<_> = entry
            .records
            .iter()
            .map(|t| (t.how, t.kind.clone(), t.fields.clone()))
            .collect();
        format!("{} {} {records:?}", entry.context.at, entry.context.act)
    };
    page.entries.into_iter().map(line).collect()
}

/// Everything that can be seen of the same request at care and on her page, at many moments.
async fn seen(hidden: bool, right: Right) -> (Vec<String>, Vec<String>, String) {
    let world = World::new().await;
    let (desk, desk_worker) = (&world.desk, world.signal_desk());
    let (coordinator, case) = reported(&world, hidden).await;
    let code = code(&world, &coordinator, case).await;
    let said = right.needs_words().then(|| text("dit klopt niet"));
    let id = request::ask(desk, hours(4), &code, right, said)
        .await
        .unwrap();
    settle(&world, &coordinator, id, hours(5)).await;
    if hidden && right.goes_to_others() {
        let officer = nla(&world);
        let part = only_part(&world, &officer, Store::K5).await;
        let withhold = PartInput::Withhold {
            reason: text("het onderzoek loopt"),
            ground: text("Wpg 27(1)(a)"),
        };
        request::respond(desk, &officer, days(3), Store::K5, &part, 1, withhold)
            .await
            .unwrap();
        world.settle(days(3)).await;
    }
    // A ground is named with a restriction and left alone with every other right.
    let yes = |codes: &[&'static str]| AnswerInput {
        restriction: Some(domain::restriction::Ground::Contested),
        ..given(codes, "dit is het antwoord")
    };
    if right.goes_to_others() {
        let part = only_part(&world, &desk_worker, Store::K1).await;
        let words = PartInput::Answer(Box::new(yes(&["form"])));
        request::respond(desk, &desk_worker, days(4), Store::K1, &part, 1, words)
            .await
            .unwrap();
        world.settle(days(4)).await;
    }
    let now = request::read(desk, &coordinator, days(5), id)
        .await
        .unwrap();
    let own = match right {
        Right::Portability => AnswerInput {
            outcome: Outcome::Refused,
            reason: Some(text("dit staat er voor een taak van de wet")),
            ground: Some(text("AVG 20(3)")),
            ..given(&[], "hier is niets van u zelf")
        },
        _ => yes(&["form", "language"]),
    };
    request::answer(desk, &coordinator, days(5), id, now.version, own)
        .await
        .unwrap();
    let mut pages = Vec::new();
    for day in [5, 20, 27, 28, 30, 41, 43, 60] {
        let view = request::own_view(desk, days(day), case).await.unwrap();
        let care = request::read(desk, &coordinator, days(day), id)
            .await
            .unwrap();
        let sections = format!("{:?}", care.request.sections(days(day)));
        pages.push(format!("{day}: {} {sections}", page_of(&view, days(day))));
    }
    let stored = desk
        .vault
        .load::<StoredRequest>(&id.to_string())
        .await
        .unwrap();
    let heard = stored.body.0.heard().len();
    let clear = format!(
        "{} {:?} {:?} {heard}",
        stored.version, stored.clear.state, stored.clear.due
    );
    (pages, journal_of_care(&world).await, clear)
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_hidden_processing_sees_the_same_at_the_same_moments() {
    for right in [Right::Access, Right::Restriction, Right::Portability] {
        let (plain, hidden) = tokio::join!(seen(false, right), seen(true, right));
        assert_eq!(
            plain.0, hidden.0,
            "her page and the page of care: {right:?}"
        );
        assert_eq!(plain.1, hidden.1, "the journal of care: {right:?}");
        assert_eq!(plain.2, hidden.2, "the record: {right:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_of_an_employee_and_no_other_compartment_stands_on_her_page() {
    let world = World::new().await;
    let (coordinator, case) = reported(&world, true).await;
    let view = request::own_view(&world.desk, hours(6), case)
        .await
        .unwrap();
    let shown = format!("{view:?}");
    let user = coordinator.person().unwrap().user.to_string();
    assert!(!shown.contains(&user) && !shown.contains("Test"), "{shown}");
    assert!(
        !shown.contains("NLA") && !shown.contains("Arbeidsinspectie"),
        "{shown}"
    );
    let looked = &view.looked;
    assert_eq!(looked.len(), 1, "{looked:?}");
    assert_eq!(looked[0].role, "care_coordinator");
    assert_eq!(looked[0].org.as_deref(), Some("Zorg Haaglanden"));
    assert!(
        view.looked.iter().all(|l| l.role != "signal_desk"),
        "another compartment's journal is not looked into"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shelter_that_looked_is_named_by_its_kind_alone() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let case = own_case(&world, &coordinator, NewCase::default()).await;
    let staff = world.actor(world.shelter_a, &[Role::ShelterStaff]);
    let permit = desk::access::permit(&staff, desk::UseCase::ReadReceivedShare).unwrap();
    let change = vault::Change::new(permit.context(hours(1))).read(case.to_string(), &["safety"]);
    world.desk.vault.apply(Store::K3, change).await.unwrap();
    let view = request::own_view(&world.desk, hours(2), case)
        .await
        .unwrap();
    let staff = view.looked.iter().find(|l| l.role == "shelter_staff");
    let staff = staff.unwrap();
    assert_eq!((staff.kind.as_deref(), &staff.org), (Some("COSM"), &None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_another_organisations_case_is_not_found() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let case = own_case(&world, &coordinator, NewCase::default()).await;
    let right = Right::Access;
    let id = request::enter(&world.desk, &coordinator, start(), case, right, None, false)
        .await
        .unwrap();
    let other = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    let read = request::read(&world.desk, &other, start(), id).await;
    assert!(matches!(read, Err(DeskError::NotFound { .. })), "{read:?}");
    let how = IdentityBy::InPerson;
    let settled = request::settle(&world.desk, &other, start(), id, 1, how).await;
    assert!(matches!(settled, Err(DeskError::NotFound { .. })));
    let entered = request::enter(&world.desk, &other, start(), case, right, None, false).await;
    assert!(matches!(entered, Err(DeskError::NotFound { .. })));
    let (page, _) = request::list(&world.desk, &other, Vec::new(), None)
        .await
        .unwrap();
    assert!(page.rows.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_another_service_is_not_found_and_its_list_is_empty() {
    let world = World::new().await;
    let (coordinator, case) = reported(&world, true).await;
    let desk = &world.desk;
    let right = Right::Access;
    let id = request::enter(desk, &coordinator, hours(4), case, right, None, false)
        .await
        .unwrap();
    settle(&world, &coordinator, id, hours(5)).await;
    let part = only_part(&world, &nla(&world), Store::K5).await;
    let police = world.investigator();
    let read = request::read_part(desk, &police, hours(6), Store::K5, &part).await;
    assert!(matches!(read, Err(DeskError::NotFound { .. })), "{read:?}");
    let (page, _) = request::list_parts(desk, &police, Store::K5, Vec::new(), None)
        .await
        .unwrap();
    assert!(page.rows.is_empty());
    let care = request::list_parts(desk, &coordinator, Store::K5, Vec::new(), None).await;
    assert!(matches!(care, Err(DeskError::Forbidden { .. })), "{care:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn her_words_travel_only_where_they_are_needed_to_answer() {
    let world = World::new().await;
    let (coordinator, case) = reported(&world, true).await;
    let desk = &world.desk;
    let words = || Some(text("mijn geboortejaar klopt niet"));
    for (right, at) in [(Right::Access, 4), (Right::Correction, 6)] {
        let id = request::enter(desk, &coordinator, hours(at), case, right, words(), false)
            .await
            .unwrap();
        settle(&world, &coordinator, id, hours(at + 1)).await;
    }
    let officer = nla(&world);
    let (page, _) = request::list_parts(desk, &officer, Store::K5, Vec::new(), None)
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 2);
    for row in page.rows {
        let part = desk
            .vault
            .load_in::<StoredPart>(Store::K5, &row.id)
            .await
            .unwrap()
            .body
            .part;
        assert_eq!(part.words.is_some(), part.right == Right::Correction);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_before_it_is_settled_that_it_is_she() {
    let world = World::new().await;
    let (coordinator, case) = reported(&world, true).await;
    let code = code(&world, &coordinator, case).await;
    let id = request::ask(&world.desk, hours(4), &code, Right::Erasure, None)
        .await
        .unwrap();
    world.settle(hours(5)).await;
    let desk_worker = world.signal_desk();
    let (page, _) = request::list_parts(&world.desk, &desk_worker, Store::K1, Vec::new(), None)
        .await
        .unwrap();
    assert!(page.rows.is_empty());
    let reason = text("wij konden u niet bereiken");
    request::turn_away(&world.desk, &coordinator, hours(6), id, 1, reason, false)
        .await
        .unwrap();
    let view = request::own_view(&world.desk, days(60), case)
        .await
        .unwrap();
    let sections = view.requests[0].request.sections(days(60));
    assert!(sections.iter().all(|section| !section.open));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_moment_of_her_own_request_is_kept_to_the_hour_and_one_of_a_kind_runs() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let case = own_case(&world, &coordinator, NewCase::default()).await;
    let code = code(&world, &coordinator, case).await;
    let at: Timestamp = "2026-11-23T13:42:17+01:00".parse().unwrap();
    let id = request::ask(&world.desk, at, &code, Right::Access, None)
        .await
        .unwrap();
    let again = request::ask(&world.desk, at, &code, Right::Access, None).await;
    assert!(
        matches!(&again, Err(DeskError::Rule { key, .. }) if key == "request-open"),
        "{again:?}"
    );
    let stored = world
        .desk
        .vault
        .load::<StoredRequest>(&id.to_string())
        .await
        .unwrap();
    let hour: Timestamp = "2026-11-23T13:00:00+01:00".parse().unwrap();
    assert_eq!(stored.body.0.received, hour);
    assert_eq!(stored.created, hour);
    request::withdraw(&world.desk, at, &code, id).await.unwrap();
    request::ask(&world.desk, at, &code, Right::Access, None)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn her_code_opens_no_request_of_another_case() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let hers = own_case(&world, &coordinator, NewCase::default()).await;
    let other = own_case(&world, &coordinator, NewCase::default()).await;
    let code = code(&world, &coordinator, hers).await;
    let right = Right::Access;
    let theirs = request::enter(
        &world.desk,
        &coordinator,
        hours(1),
        other,
        right,
        None,
        false,
    )
    .await
    .unwrap();
    let taken = request::withdraw(&world.desk, hours(2), &code, theirs).await;
    assert!(
        matches!(taken, Err(DeskError::NotFound { .. })),
        "{taken:?}"
    );
    let wrong = ReturnCode::from_digits([0; 16]);
    let asked = request::ask(&world.desk, hours(2), &wrong, right, None).await;
    assert!(
        matches!(asked, Err(DeskError::NotFound { .. })),
        "{asked:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn her_file_shows_when_care_gave_it_and_not_before_its_moment() {
    let world = World::new().await;
    let (desk, coordinator) = (&world.desk, world.coordinator());
    let new = NewCase {
        alias: Some(text("Noa")),
        ..NewCase::default()
    };
    let case = own_case(&world, &coordinator, new).await;
    let right = Right::Access;
    let id = request::enter(desk, &coordinator, hours(1), case, right, None, false)
        .await
        .unwrap();
    settle(&world, &coordinator, id, hours(2)).await;
    let own = given(&["identity"], "dit is uw dossier");
    request::answer(desk, &coordinator, hours(3), id, 2, own)
        .await
        .unwrap();
    let early = request::own_view(desk, days(27), case).await.unwrap();
    assert!(early.requests[0].file.is_none());
    let view = request::own_view(desk, days(29), case).await.unwrap();
    let file = view.requests[0].file.as_ref().unwrap();
    assert_eq!(file.called.as_deref(), Some(&[text("Noa")][..]));
    assert!(file.contact.is_none(), "only what was given");
    let sections = view.requests[0].request.sections(days(29));
    let looked = &sections[0].answers[0].looked;
    assert_eq!(looked[0].role, "care_coordinator");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_handed_her_over_is_asked_and_can_answer() {
    let world = World::new().await;
    let known = crate::erasure::known(&world).await;
    let desk = &world.desk;
    let coordinator = known.coordinator.clone();
    let right = Right::Access;
    let id = request::enter(desk, &coordinator, days(2), known.case, right, None, false)
        .await
        .unwrap();
    settle(&world, &coordinator, id, days(2)).await;
    let officer = nla(&world);
    let part = only_part(&world, &officer, Store::K5).await;
    let view = request::read_part(desk, &officer, days(3), Store::K5, &part)
        .await
        .unwrap();
    assert_eq!(view.about, known.person.to_string());
    let words = PartInput::Answer(Box::new(given(&["identity"], "wij hebben uw naam")));
    request::respond(desk, &officer, days(3), Store::K5, &part, 1, words)
        .await
        .unwrap();
    world.settle(days(3)).await;
    let section = |request: &domain::request::DataRequest, day| {
        let of = domain::Compartment::K5;
        let sections = request.sections(days(day));
        let found = sections.into_iter().find(|s| s.of == of).unwrap();
        found.answers.len()
    };
    let view = request::read(desk, &coordinator, days(40), id)
        .await
        .unwrap();
    assert_eq!(section(&view.request, 40), 0, "not before the term of Wpg");
    assert_eq!(section(&view.request, 45), 1);
    let panel = world.actor(world.panel, &[Role::PanelSecretary]);
    only_part(&world, &panel, Store::K4).await;
    let read = intake::read(desk, &known.officer, days(4), known.intake).await;
    assert!(read.is_ok());
    let cases = desk.vault.load_all::<CaseFile>(&[]).await.unwrap();
    assert_eq!(cases.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_extension_is_told_with_its_reason_and_comes_once() {
    let world = World::new().await;
    let (desk, coordinator) = (&world.desk, world.coordinator());
    let case = own_case(&world, &coordinator, NewCase::default()).await;
    let right = Right::Access;
    let id = request::enter(desk, &coordinator, hours(1), case, right, None, false)
        .await
        .unwrap();
    settle(&world, &coordinator, id, hours(2)).await;
    let reason = || text("het dossier is groot");
    request::extend(desk, &coordinator, days(5), id, 2, reason(), false)
        .await
        .unwrap();
    let again = request::extend(desk, &coordinator, days(6), id, 3, reason(), false).await;
    assert!(
        matches!(&again, Err(DeskError::Rule { key, .. }) if key == "request-not-now"),
        "{again:?}"
    );
    let view = request::own_view(desk, days(6), case).await.unwrap();
    let extension = view.requests[0].request.extension().unwrap();
    assert_eq!(extension.reason, reason());
    assert!(view.requests[0].request.opens(domain::Compartment::K3) > days(80));
}
