//! Files as evidence of an update, what a holder hears by itself, and what was sent and waits for its review.

use desk::access::Role;
use desk::attachment::{Arriving, Content};
use desk::letter;
use desk::plan::{self, Evidence, Review, ToldOutcome};
use desk::{Actor, DeskError};
use domain::attachment::{FileFault, FileKind};
use domain::ids::UpdateId;
use domain::round::NoticeKind;

use crate::plan::{holder, office};
use crate::plan_round::{asked, rule, words};
use crate::support::{World, days, hours, text};

const PDF: &[u8] = b"%PDF-1.7\nmeting";

async fn poured(mut files: Arriving, contents: &[&[u8]]) -> Arriving {
    for content in contents {
        files.begin().unwrap();
        files.take(content).await.unwrap();
        files.end().await.unwrap();
    }
    files
}

async fn came(world: &World, by: &Actor, id: UpdateId, contents: &[&[u8]]) -> Arriving {
    let files = plan::receive_evidence(&world.desk, by, hours(1), id).await;
    poured(files.unwrap(), contents).await
}

fn evidence(files: Arriving, title: Option<&str>) -> Evidence {
    Evidence {
        files,
        title: title.map(text),
        away: Vec::new(),
    }
}

async fn bytes(content: Content) -> Vec<u8> {
    let mut out = Vec::new();
    let mut number = 0;
    while let Some(part) = content.part(number).await.unwrap() {
        out.extend(part);
        number += 1;
    }
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_shows_what_was_reached_to_reviewer_and_auditor_and_to_nobody_else() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let (_, id) = asked(&world).await;
    let mine = holder(&world, world.coordination);
    let stranger = holder(&world, world.nla);
    let barred = plan::receive_evidence(desk, &stranger, hours(1), id).await;
    assert_eq!(rule(barred.map(|_| ())), "no update");

    let files = came(&world, &mine, id, &[PDF, "tweede".as_bytes()]).await;
    let with = evidence(files, Some("Meting wachttijd"));
    let sent = plan::tell_round_with(desk, &mine, hours(1), id, 1, words("ja", true), with).await;
    assert_eq!(sent.unwrap(), ToldOutcome::Sent);
    let view = plan::read_update(desk, &office, hours(2), id)
        .await
        .unwrap();
    let [first, second] = view.update.files() else {
        panic!("{:?}", view.update.files());
    };
    assert_eq!(first.title().unwrap().as_str(), "Meting wachttijd (1)");
    assert_eq!((first.kind, second.kind), (FileKind::Pdf, FileKind::Text));
    let auditor = world.actor(world.nla, &[Role::Auditor]);
    for who in [&mine, &office, &auditor] {
        let opened = plan::open_evidence(desk, who, hours(3), id, first.id).await;
        let opened = opened.unwrap();
        assert!(opened.name().ends_with(".pdf") && !opened.name().contains("Meting"));
        assert_eq!(bytes(opened).await, PDF);
    }
    let barred = plan::open_evidence(desk, &stranger, hours(3), id, first.id).await;
    assert_eq!(rule(barred.map(|_| ())), "no update");

    let (rows, next) = plan::evidence(desk, &auditor, hours(3), None)
        .await
        .unwrap();
    assert_eq!((rows.len(), next.is_none()), (2, true));
    assert!(rows.iter().all(|row| row.number == "3.b" && !row.accepted));
    let not_his = plan::evidence(desk, &mine, hours(3), None).await;
    assert!(matches!(not_his, Err(DeskError::Forbidden { .. })));

    plan::review(desk, &office, hours(4), id, 2, Review::Accept)
        .await
        .unwrap();
    let (rows, _) = plan::evidence(desk, &auditor, hours(5), None)
        .await
        .unwrap();
    assert!(rows.iter().all(|row| row.accepted));
    let view = plan::read_update(desk, &office, hours(5), id)
        .await
        .unwrap();
    let links: Vec<&str> = view.action.plan.links.iter().map(|l| l.as_str()).collect();
    assert!(links.contains(&"Meting wachttijd (2)"), "{links:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_a_name_with_a_persons_name_or_too_late_is_not_kept() {
    let world = World::new().await;
    let desk = &world.desk;
    let (_, id) = asked(&world).await;
    let mine = holder(&world, world.coordination);
    for (title, why) in [
        (None, "round-file-title"),
        (Some("Foto van mevrouw Bedacht"), "guard-name"),
    ] {
        let files = came(&world, &mine, id, &[PDF]).await;
        let with = evidence(files, title);
        let told = plan::tell_round_with(desk, &mine, hours(1), id, 1, words("ja", true), with);
        assert_eq!(rule(told.await), why);
    }
    let mut files = plan::receive_evidence(desk, &mine, hours(1), id)
        .await
        .unwrap();
    files.begin().unwrap();
    let refused = async {
        files.take(b"OggS\0\x02 een stem").await?;
        files.end().await
    };
    assert!(matches!(
        refused.await,
        Err(DeskError::File {
            number: 1,
            fault: FileFault::UnknownKind
        })
    ));
    files.abandon().await;

    let files = plan::receive_evidence(desk, &mine, days(15), id)
        .await
        .unwrap();
    let with = evidence(poured(files, &[PDF]).await, Some("Meting"));
    let late = plan::tell_round_with(desk, &mine, days(15), id, 1, words("te laat", true), with);
    assert!(matches!(late.await.unwrap(), ToldOutcome::Late(_)));
    let view = plan::read_update(desk, &mine, days(15), id).await.unwrap();
    assert!(view.update.files().is_empty() && view.update.late().len() == 1);
    let (rows, _) = plan::evidence(desk, &office(&world), days(15), None)
        .await
        .unwrap();
    assert!(rows.is_empty(), "nothing of what was refused is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_by_a_private_link_can_be_opened_by_it_and_taken_away_again() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let (_, id) = asked(&world).await;
    let secret = plan::make_link(desk, &office, hours(1), id, text("Beleidsmedewerker"));
    let secret = secret.await.unwrap();
    let files = plan::receive_evidence_by_link(desk, hours(1), &secret)
        .await
        .unwrap();
    let with = evidence(poured(files, &[PDF]).await, Some("Meting"));
    let input = words("met de link", false);
    plan::tell_by_link_with(desk, hours(1), &secret, 1, input, with)
        .await
        .unwrap();
    let view = plan::read_by_link(desk, hours(1), &secret).await.unwrap();
    let file = view.update.files()[0].id;
    let opened = plan::open_evidence_by_link(desk, hours(2), &secret, file).await;
    assert_eq!(bytes(opened.unwrap()).await, PDF);
    let other = "0".repeat(64);
    let barred = plan::open_evidence_by_link(desk, hours(2), &other, file).await;
    assert_eq!(rule(barred.map(|_| ())), "no link");

    let away = Evidence {
        away: vec![file],
        ..evidence(
            plan::receive_evidence_by_link(desk, hours(2), &secret)
                .await
                .unwrap(),
            None,
        )
    };
    let input = words("zonder", true);
    plan::tell_by_link_with(desk, hours(2), &secret, 2, input, away)
        .await
        .unwrap();
    let gone = plan::open_evidence_by_link(desk, hours(3), &secret, file).await;
    assert_eq!(rule(gone.map(|_| ())), "no file");
    let view = plan::read_update(desk, &office, hours(3), id)
        .await
        .unwrap();
    assert_eq!(view.update.files().len(), 1);
    assert!(view.update.files()[0].title().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_hears_of_a_cutoff_before_and_after_it_each_once() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let (_, id) = asked(&world).await;
    let mine = holder(&world, world.coordination);
    world.settle(days(6)).await;
    assert!(plan::waiting(desk, &mine).await.unwrap().is_empty());
    for moment in [days(8), days(9)] {
        world.settle(moment).await;
        let waiting = plan::waiting(desk, &mine).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].notice.kind, NoticeKind::Coming);
        assert_eq!(waiting[0].notice.at, days(8), "told once");
    }
    let stranger = holder(&world, world.nla);
    assert!(plan::waiting(desk, &stranger).await.unwrap().is_empty());
    world.settle(days(15)).await;
    world.settle(days(16)).await;
    let view = plan::read_update(desk, &mine, days(16), id).await.unwrap();
    let kinds: Vec<NoticeKind> = view.update.notices().iter().map(|n| n.kind).collect();
    assert_eq!(kinds, [NoticeKind::Coming, NoticeKind::Overdue]);
    assert_eq!(plan::waiting(desk, &mine).await.unwrap().len(), 1);

    // Told at the action itself: nothing waits any more.
    let action = view.action.id;
    let tell = plan::Tell {
        status: domain::action::Status::Loopt,
        results: Some(text("Toch nog verteld.")),
        why: None,
    };
    let seen = plan::read(desk, &office, days(16), action)
        .await
        .unwrap()
        .version;
    plan::tell(desk, &mine, days(16), action, seen, tell)
        .await
        .unwrap();
    assert!(plan::waiting(desk, &mine).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_and_waits_for_its_review_is_no_silence() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let mine = holder(&world, world.coordination);
    // The action was told of in November; a round a year later asks again.
    let (_, _) = asked(&world).await;
    let (opened, told) = (days(380), days(385));
    let name: domain::edition::EditionName = "2027-2".parse().unwrap();
    let round = plan::open_round(desk, &office, opened, name, days(400))
        .await
        .unwrap();
    let rows = plan::read_round(desk, &office, opened, round)
        .await
        .unwrap()
        .rows;
    let id = rows[0].update.id;
    assert_eq!(plan::overdue(desk, &office, told).await.unwrap().len(), 1);
    plan::tell_round(desk, &mine, told, id, 1, words("nieuws", true))
        .await
        .unwrap();

    assert!(plan::overdue(desk, &office, told).await.unwrap().is_empty());
    let filter = plan::ListFilter::default();
    let list = plan::list(desk, &office, told, &filter).await.unwrap();
    let listed = list.groups.iter().flat_map(|g| &g.actions).next().unwrap();
    assert_eq!(listed.sent, Some(domain::time::dutch_date(told)));
    let edition = letter::begin(desk, &office, told, Some(name))
        .await
        .unwrap();
    let view = letter::read(desk, &office, told, edition).await.unwrap();
    assert!(view.overdue.is_empty() && view.sent.len() == 1);
    let format = letter::Format::Markdown;
    let which = letter::Which::Corrected;
    let print = async |at| {
        let text = letter::render(desk, &office, at, edition, format, which).await;
        String::from_utf8(text.unwrap().bytes).unwrap()
    };
    let waits = print(told).await;
    assert!(waits.contains("nog niet overgenomen)") && !waits.contains("zonder nieuwe"));
    plan::review(desk, &office, told, id, 2, Review::Accept)
        .await
        .unwrap();
    let taken = print(told).await;
    assert!(!taken.contains("nog niet overgenomen)") && taken.contains("3.b"));
}
