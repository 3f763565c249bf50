//! Handing over for a vital interest: by law and by name, with the least, told afterwards; and the rest with consent.

use std::collections::BTreeSet;

use desk::case;
use desk::decisions;
use desk::disclosure::Payload;
use desk::intake::{
    self, HandoverInput, MarkInput, PersonInput, Progress, VitalDecision, VitalInput, VitalPreview,
};
use desk::may_share::Verdict;
use desk::{Actor, DeskError, Role, registers};
use domain::age::Age;
use domain::code::DataCode;
use domain::ids::{IntakeId, OrgId, PersonId};
use domain::intake::Obligation;
use domain::person::Sex;
use domain::task::TaskKind;
use domain::vital::CannotConsent;
use vault::{Filter, JournalFilter, Order, Store};

use super::{blessing, handing, nla, opened, sent, version, with_person};
use crate::case::only_case;
use crate::support::{World, days, hours, start, text};

fn data(codes: &[&str]) -> BTreeSet<DataCode> {
    codes.iter().map(|c| DataCode::new(*c).unwrap()).collect()
}

const ASKED: [&str; 6] = ["safety", "language", "contact", "identity", "age", "sex"];

fn asking(to: OrgId) -> VitalInput {
    VitalInput {
        to,
        cannot: CannotConsent::Unconscious,
        why: text("bewusteloos gevonden in een kelder"),
        danger: text("zij wordt gezocht en heeft hulp nodig"),
        data: data(&ASKED),
        looked: false,
    }
}

async fn look(
    world: &World,
    actor: &Actor,
    (id, person): (IntakeId, PersonId),
    input: &VitalInput,
) -> Result<VitalPreview, DeskError> {
    intake::preview_vital(&world.desk, actor, hours(1), id, person, input).await
}

/// The decision of somebody who looked at it and confirmed everything.
fn deciding(input: VitalInput, seen: &VitalPreview) -> VitalDecision {
    let conditions = seen.answer.conditions.iter();
    VitalDecision {
        input,
        mark: seen.mark().unwrap(),
        confirmed: conditions.map(|c| c.code.clone()).collect(),
    }
}

async fn person_version(world: &World, actor: &Actor, id: IntakeId) -> i64 {
    let dossier = intake::read(&world.desk, actor, hours(1), id).await;
    dossier.unwrap().people[0].version
}

async fn decide(
    world: &World,
    actor: &Actor,
    (id, person): (IntakeId, PersonId),
    decision: VitalDecision,
) -> Result<(), DeskError> {
    let seen = person_version(world, actor, id).await;
    intake::hand_over_vital(&world.desk, actor, hours(1), id, person, seen, decision).await
}

fn key_of(error: &DeskError) -> &str {
    match error {
        DeskError::Rule { key, .. } => key,
        DeskError::Invalid(faults) => &faults[0].key,
        other => panic!("{other:?}"),
    }
}

/// How often the journal says that telling her was missed.
async fn missed(world: &World) -> usize {
    let (vault, all) = (&world.desk.vault, JournalFilter::default());
    let page = vault.journal_page(Store::K5, &all, None, 500).await;
    let entries = page.unwrap().entries;
    entries
        .iter()
        .filter(|e| e.context.act == "intake.tell.missed")
        .count()
}

async fn decided(world: &World, store: Store) -> Vec<decisions::DecisionRow> {
    let auditor = world.actor(world.programme, &[Role::Auditor]);
    let asked = decisions::Asked {
        store,
        verdict: None,
        after: None,
    };
    let page = decisions::decisions(&world.desk, &auditor, days(1), &asked).await;
    page.unwrap().rows
}

#[tokio::test(flavor = "multi_thread")]
async fn the_least_goes_when_the_law_says_yes_and_the_decision_is_kept() {
    let world = World::new().await;
    let officer = world.investigator();
    // Not even assessed: what cannot wait does not wait for that.
    let id = opened(&world, &officer, &["SU"]).await;
    let person = intake::add_person(&world.desk, &officer, start(), id, 1, blessing());
    let ids = (id, person.await.unwrap());
    let input = asking(world.care_haaglanden);

    let seen = look(&world, &officer, ids, &input).await.unwrap();
    assert!(seen.may());
    assert_eq!(
        seen.goes,
        data(&["contact", "identity", "language", "safety"]),
        "the law's list decides"
    );
    assert_eq!(seen.person.age, Age::Unknown);
    assert!(sent(&world, Store::K5, "to_care").await.is_empty());

    let unconfirmed = VitalDecision {
        confirmed: BTreeSet::new(),
        ..deciding(input.clone(), &seen)
    };
    let refused = decide(&world, &officer, ids, unconfirmed)
        .await
        .unwrap_err();
    assert_eq!(key_of(&refused), "required");
    let more = VitalInput {
        data: data(&["safety"]),
        ..input.clone()
    };
    let other = decide(&world, &officer, ids, deciding(more, &seen)).await;
    assert_eq!(key_of(&other.unwrap_err()), "vital-changed");
    assert!(sent(&world, Store::K5, "to_care").await.is_empty());

    decide(&world, &officer, ids, deciding(input.clone(), &seen))
        .await
        .unwrap();
    let handed = sent(&world, Store::K5, "to_care").await;
    let [one] = handed.as_slice() else {
        panic!("{handed:?}")
    };
    assert!(
        one.consent.is_none() && one.ground.contains("19"),
        "{}",
        one.ground
    );
    let officer_id = officer.person().unwrap().user;
    assert_eq!(one.by.map(|by| by.user), Some(officer_id), "by name");
    let Payload::ToCare(what) = &one.payload else {
        panic!()
    };
    assert!(what.person.known_as.name.is_some() && what.person.id != ids.1);
    assert_eq!(
        (what.person.age, what.person.sex),
        (Age::Unknown, Sex::Unknown)
    );
    assert!(what.person.needs.is_empty() && what.reflection.is_none());
    let json = serde_json::to_string(&one.payload).unwrap();
    assert!(json.contains("zij wordt gezocht"));
    for stays in ["kelder", "controle", "\"SU\""] {
        assert!(!json.contains(stays), "{stays} went along");
    }

    // Looked at once, tried three times and done: each question that was decided with an effect, or looked at, is kept.
    let kept = decided(&world, Store::K5).await;
    assert_eq!(kept.len(), 2, "the preview and the handover");
    let dossier = intake::read(&world.desk, &officer, hours(1), ids.0).await;
    let dossier = dossier.unwrap();
    let fact = dossier.people[0].body.handover.clone().unwrap();
    assert!(fact.lacks_consent());
    let vital = fact.vital.unwrap();
    assert!(kept.iter().any(|row| row.id == vital.decision.to_string()));
    assert_eq!(vital.withheld, data(&["age", "sex"]));
    assert!(vital.confirmed.contains("authorised_decision"));

    let again = look(&world, &officer, ids, &input).await;
    assert_eq!(key_of(&again.unwrap_err()), "handover-done");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_is_told_care_asks_her_and_oversight_sees_it() {
    let world = World::new().await;
    let (officer, coordinator) = (world.investigator(), world.coordinator());
    let ids = with_person(&world, &officer, blessing(), &["SU"]).await;
    let input = asking(world.care_haaglanden);
    let seen = look(&world, &officer, ids, &input).await.unwrap();
    decide(&world, &officer, ids, deciding(input, &seen))
        .await
        .unwrap();
    world.settle(hours(1)).await;

    // Care: a task with a day, and why.
    let (case, _) = only_case(&world, &coordinator).await;
    let file = case::read(&world.desk, &coordinator, hours(2), case).await;
    let file = file.unwrap().file;
    let told = file.vital.as_ref().unwrap();
    assert_eq!(told.cannot, CannotConsent::Unconscious);
    let [task] = file.case.tasks() else {
        panic!("{:?}", file.case.tasks())
    };
    assert_eq!(task.kind, TaskKind::AskConsent);
    assert!(task.due.is_some());

    // The service: telling her is owed, first in the list, and the clock says once that it was missed.
    let owed = |dossier: &intake::Dossier| {
        let mut all = dossier.owed.iter();
        let found = all.find(|o| o.obligation == Obligation::TellHandover);
        found.unwrap().progress.clone()
    };
    let dossier = intake::read(&world.desk, &officer, hours(2), ids.0).await;
    let dossier = dossier.unwrap();
    assert!(matches!(
        owed(&dossier),
        Progress::Open { by_hand: true, .. }
    ));
    let due = dossier.due.unwrap();
    assert_eq!(due, hours(25), "a day after the decision");
    world.settle(hours(26)).await;
    assert_eq!(missed(&world).await, 1);

    // Oversight: without consent, for a vital interest, and nothing about her.
    let auditor = world.actor(world.programme, &[Role::Auditor]);
    let asked = registers::Asked {
        from: Store::K5,
        to: None,
        what: Some("to_care".to_owned()),
        since: None,
        until: None,
    };
    let register = registers::disclosures(&world.desk, &auditor, days(1), &asked).await;
    let register = register.unwrap();
    let [row] = register.rows.as_slice() else {
        panic!("{register:?}")
    };
    assert!(row.summary.vital && !row.summary.consent);
    assert_eq!(row.summary.by, Some(world.police_den_haag));
    let shown = format!("{register:?}");
    for telling in ["Blessing", "kelder", "gezocht"] {
        assert!(!shown.contains(telling), "{telling}");
    }

    // She was told: nothing is owed any more, and no clock runs.
    let mark = MarkInput {
        obligation: Obligation::TellHandover,
        person: Some(ids.1),
        note: text("in het ziekenhuis verteld, met tolk"),
        looked: false,
    };
    let file = version(&world, &officer, ids.0).await;
    intake::mark(&world.desk, &officer, hours(27), ids.0, file, mark)
        .await
        .unwrap();
    let dossier = intake::read(&world.desk, &officer, hours(27), ids.0).await;
    assert!(matches!(owed(&dossier.unwrap()), Progress::Marked(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_clock_is_missed_by_whoever_was_told_in_time() {
    let world = World::new().await;
    let officer = world.investigator();
    let ids = with_person(&world, &officer, blessing(), &["SU"]).await;
    let input = asking(world.care_haaglanden);
    let seen = look(&world, &officer, ids, &input).await.unwrap();
    decide(&world, &officer, ids, deciding(input, &seen))
        .await
        .unwrap();
    let mark = MarkInput {
        obligation: Obligation::TellHandover,
        person: Some(ids.1),
        note: text("verteld"),
        looked: false,
    };
    let file = version(&world, &officer, ids.0).await;
    intake::mark(&world.desk, &officer, hours(3), ids.0, file, mark)
        .await
        .unwrap();
    world.settle(hours(30)).await;
    assert_eq!(missed(&world).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_law_is_not_clear_it_names_who_decides_and_nothing_goes() {
    let world = World::new().await;
    let inspector = nla(&world);
    let ids = with_person(&world, &inspector, blessing(), &["SU"]).await;
    let input = asking(world.care_haaglanden);
    let seen = look(&world, &inspector, ids, &input).await.unwrap();
    assert_eq!(seen.answer.verdict, Verdict::Unclear);
    assert!(!seen.answer.who_decides.is_empty() && seen.goes.is_empty() && !seen.may());
    let refused = decide(&world, &inspector, ids, deciding(input, &seen)).await;
    assert_eq!(key_of(&refused.unwrap_err()), "vital-unclear");

    // The police never hand over what does not keep her safe, nor to whom the law does not name.
    let officer = world.investigator();
    let ids = with_person(&world, &officer, blessing(), &["SU"]).await;
    let to_police = asking(world.kmar);
    let refused = look(&world, &officer, ids, &to_police).await;
    assert_eq!(key_of(&refused.unwrap_err()), "not-care");
    let useless = VitalInput {
        data: data(&["identity", "language"]),
        ..asking(world.care_haaglanden)
    };
    let refused = look(&world, &officer, ids, &useless).await;
    assert_eq!(key_of(&refused.unwrap_err()), "vital-safety");
    let statement = VitalInput {
        data: data(&["safety", "statement"]),
        ..asking(world.care_haaglanden)
    };
    let refused = look(&world, &officer, ids, &statement).await;
    assert_eq!(key_of(&refused.unwrap_err()), "unknown");
    // To the coordination centre another row speaks, and it leaves her name behind.
    let seen = look(&world, &officer, ids, &asking(world.coordination)).await;
    let seen = seen.unwrap();
    assert_eq!(seen.goes, data(&["safety", "language"]));
    assert!(seen.person.known_as.name.is_none());
    assert!(sent(&world, Store::K5, "to_care").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_s_reasons_are_for_a_child_and_only_her_own_service_decides() {
    let world = World::new().await;
    let officer = world.investigator();
    let ids = with_person(&world, &officer, blessing(), &["SU"]).await;
    let child = VitalInput {
        cannot: CannotConsent::NobodySafe,
        ..asking(world.care_haaglanden)
    };
    let refused = look(&world, &officer, ids, &child).await;
    assert_eq!(key_of(&refused.unwrap_err()), "consents-herself");
    let doubt = PersonInput {
        age: Age::Unknown,
        parent_suspected: true,
        ..blessing()
    };
    let other = with_person(&world, &officer, doubt, &["SU"]).await;
    assert!(look(&world, &officer, other, &child).await.unwrap().may());

    let colleague = world.investigator();
    for stranger in [world.coordinator(), nla(&world), colleague] {
        let found = look(&world, &stranger, ids, &asking(world.care_haaglanden)).await;
        assert!(
            !matches!(found, Ok(_) | Err(DeskError::Invalid(_))),
            "{found:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rest_follows_with_her_consent_into_the_same_case() {
    let world = World::new().await;
    let (officer, coordinator) = (world.investigator(), world.coordinator());
    let ids = with_person(&world, &officer, blessing(), &["SU"]).await;
    let input = asking(world.care_haaglanden);
    let seen = look(&world, &officer, ids, &input).await.unwrap();
    decide(&world, &officer, ids, deciding(input, &seen))
        .await
        .unwrap();
    world.settle(hours(1)).await;
    let (case, _) = only_case(&world, &coordinator).await;
    let withdrawn = {
        let at = person_version(&world, &officer, ids.0).await;
        intake::withdraw_consent(&world.desk, &officer, hours(2), ids.0, ids.1, at).await
    };
    assert_eq!(key_of(&withdrawn.unwrap_err()), "handover-no-consent");

    let give = |to: OrgId| HandoverInput {
        to,
        ..handing(&world)
    };
    let at = person_version(&world, &officer, ids.0).await;
    let (d, id, who) = (&world.desk, ids.0, ids.1);
    let elsewhere = give(world.care_ijsselland);
    let refused = intake::hand_to_care(d, &officer, hours(2), id, who, at, elsewhere).await;
    assert_eq!(key_of(&refused.unwrap_err()), "handover-elsewhere");
    let same = give(world.care_haaglanden);
    intake::hand_to_care(d, &officer, hours(2), id, who, at, same)
        .await
        .unwrap();
    world.settle(hours(2)).await;

    let (page, _) = case::list(d, &coordinator, &Filter::default(), Order::Due, None)
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1, "no second case about the same person");
    let dossier = case::read(d, &coordinator, hours(3), case).await.unwrap();
    assert_eq!(
        dossier.person.sex,
        Sex::Female,
        "what stayed behind is there now"
    );
    assert_eq!(dossier.person.needs, [text("rust")]);
    assert!(dossier.file.vital.is_some(), "how it began stays told");
    let at = person_version(&world, &officer, id).await;
    let again = give(world.care_haaglanden);
    let refused = intake::hand_to_care(d, &officer, hours(3), id, who, at, again).await;
    assert_eq!(key_of(&refused.unwrap_err()), "handover-done");
}
