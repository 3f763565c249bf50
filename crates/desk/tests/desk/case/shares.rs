//! A part of a file goes to another organisation: asked, previewed, accepted, ended; and what must never happen on the way.

use std::collections::BTreeSet;

use desk::access::Role;
use desk::case::{self, NewCase, NewConsent};
use desk::glass;
use desk::share::{self, Offering, ShareInput, Side};
use desk::{Actor, DeskError};
use domain::age::Age;
use domain::code::{DataCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Recipient};
use domain::ids::{CaseId, ConsentId, DisclosureId, OrgId};
use domain::minors::Giver;
use domain::share::{EndReason, Kept, ReceivedState, ShareState};
use jiff::Timestamp;
use jiff::civil::date;
use law::Verdict;
use vault::{JournalFilter, Store};

use desk::need;
use domain::need::{Because, MatterId, Refusal, Way};

use super::{consent, own_case, today};
use crate::need::{refusal, somebody};
use crate::support::{World, days, hours, start, text};

/// A case whose file another organisation may get a part of.
pub struct Told {
    pub world: World,
    pub sender: Actor,
    pub receiver: Actor,
    pub case: CaseId,
}

fn data(codes: &[&'static str]) -> BTreeSet<DataCode> {
    codes
        .iter()
        .map(|code| DataCode::new(*code).unwrap())
        .collect()
}

fn input(to: OrgId, codes: &[&'static str]) -> ShareInput {
    ShareInput {
        to,
        purpose: PurposeCode::new("care").unwrap(),
        data: data(codes),
        circumstances: BTreeSet::new(),
    }
}

pub async fn told() -> Told {
    let world = World::new().await;
    let sender = world.coordinator();
    let receiver = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    let age = Age::certain(date(1992, 5, 1), today()).unwrap();
    let new = NewCase {
        age,
        ..NewCase::default()
    };
    let case = own_case(&world, &sender, new).await;
    Told {
        world,
        sender,
        receiver,
        case,
    }
}

impl Told {
    fn input(&self) -> ShareInput {
        input(
            self.world.care_ijsselland,
            &["language", "safety", "medical"],
        )
    }

    pub async fn consent(&self) -> ConsentId {
        let new = NewConsent {
            purpose: PurposeCode::new("care").unwrap(),
            recipients: vec![Recipient::Kind {
                kind: OrgKind::new("ZCO").unwrap(),
            }],
            data: data(&["language", "safety"]).into_iter().collect(),
            ..consent(Giver::Person, ConsentForm::Written)
        };
        case::give_consent(&self.world.desk, &self.sender, start(), self.case, new)
            .await
            .unwrap()
    }

    async fn preview(&self) -> share::Preview {
        share::preview(
            &self.world.desk,
            &self.sender,
            start(),
            self.case,
            &self.input(),
        )
        .await
        .unwrap()
    }

    /// What somebody decides who looked at this preview and confirms every condition.
    fn offering(&self, preview: &share::Preview) -> Offering {
        let conditions = preview.answer.conditions.iter();
        Offering {
            input: self.input(),
            mark: preview.mark().unwrap(),
            confirmed: conditions.map(|c| c.code.clone()).collect(),
            until: date(2026, 12, 31),
            why: text("de hulp gaat in Zwolle verder"),
            looked: false,
        }
    }

    async fn send(&self, now: Timestamp, offering: Offering) -> Result<DisclosureId, DeskError> {
        let desk = &self.world.desk;
        share::offer(desk, &self.sender, now, self.case, offering).await
    }

    /// Offers under every condition of the answer.
    pub async fn offer(&self, now: Timestamp) -> Result<DisclosureId, DeskError> {
        let (desk, by) = (&self.world.desk, &self.sender);
        let preview = share::preview(desk, by, now, self.case, &self.input()).await?;
        self.send(now, self.offering(&preview)).await
    }

    pub async fn came(&self) -> (String, i64) {
        let inbox = share::list(
            &self.world.desk,
            &self.receiver,
            Side::Care,
            Vec::new(),
            None,
        )
        .await
        .unwrap();
        let row = &inbox.page.rows[0];
        (row.id.clone(), row.version)
    }

    pub async fn read(&self, now: Timestamp) -> share::Content {
        let (id, _) = self.came().await;
        share::read(&self.world.desk, &self.receiver, now, Side::Care, &id)
            .await
            .unwrap()
    }

    pub async fn accept(&self, now: Timestamp) {
        let (id, seen) = self.came().await;
        share::accept(
            &self.world.desk,
            &self.receiver,
            now,
            (Side::Care, &id),
            seen,
        )
        .await
        .unwrap();
        self.world.settle(now).await;
    }

    pub async fn sent(&self) -> share::SentShare {
        let (desk, by) = (&self.world.desk, &self.sender);
        let all = share::of_case(desk, by, start(), self.case).await.unwrap();
        share::read_sent(desk, by, start(), self.case, all[0].id)
            .await
            .unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_consent_the_answer_is_no_and_says_what_would_be_allowed() {
    let told = told().await;
    let preview = told.preview().await;
    assert_eq!(preview.answer.verdict, Verdict::No);
    assert!(preview.portion.is_empty(), "a no shows and sends nothing");
    let consent = |change: &law::Change| matches!(change, law::Change::Consent { .. });
    assert!(
        preview
            .answer
            .instead
            .iter()
            .any(|way| way.changes.iter().any(consent)),
        "{:?}",
        preview.answer.instead
    );
    let refused = told.offer(start()).await.unwrap_err();
    assert!(matches!(refused, DeskError::Rule { ref key, .. } if key == "share-not-allowed"));
    assert_eq!(
        told.world
            .desk
            .vault
            .counts(
                &<share::StoredShare as vault::Stored>::KIND,
                &vault::Filter::default()
            )
            .await
            .unwrap(),
        []
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_previewed_is_what_arrives_and_nothing_comes_before_acceptance() {
    let told = told().await;
    told.consent().await;
    let preview = told.preview().await;
    assert_eq!(preview.answer.verdict, Verdict::Yes);
    assert!(preview.answer.withheld.iter().any(|w| w.data == "medical"));
    let unconfirmed = Offering {
        confirmed: BTreeSet::new(),
        ..told.offering(&preview)
    };
    let open = told.send(start(), unconfirmed).await.unwrap_err();
    assert!(
        matches!(open, DeskError::Invalid(ref f) if f[0].field == "confirmed"),
        "{open:?}"
    );

    told.offer(start()).await.unwrap();
    told.world.settle(hours(1)).await;
    let seen = told.read(hours(1)).await;
    assert_eq!(seen.received.state(), &ReceivedState::Offered);
    assert!(
        seen.portion.is_none(),
        "an offer holds nothing about a person"
    );
    let categories: Vec<String> = seen
        .received
        .outline
        .data()
        .map(ToString::to_string)
        .collect();
    assert_eq!(categories, ["language", "safety"]);
    assert_eq!(told.sent().await.share.state(), &ShareState::Offered);

    told.accept(hours(2)).await;
    let seen = told.read(hours(3)).await;
    assert_eq!(
        seen.portion.as_ref(),
        Some(&preview.portion),
        "preview and payload are one"
    );
    assert!(matches!(
        told.sent().await.share.state(),
        ShareState::Held { .. }
    ));

    // Preview, offer, reading at the receiver: each entry names the categories.
    let filter = JournalFilter::default();
    let page = told
        .world
        .desk
        .vault
        .journal_page(Store::K3, &filter, None, 200)
        .await
        .unwrap();
    let named = |act: &str| {
        page.entries.iter().any(|e| {
            e.context.act == act
                && e.records
                    .iter()
                    .any(|r| r.fields.iter().any(|f| f == "safety"))
        })
    };
    assert!(named("share.offer") && named("share.read"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_consent_reaches_the_receiver_destroys_the_content_and_is_confirmed() {
    let told = told().await;
    let given = told.consent().await;
    told.offer(start()).await.unwrap();
    told.world.settle(hours(1)).await;
    told.accept(hours(2)).await;
    assert!(told.read(hours(3)).await.portion.is_some());

    case::withdraw_consent(
        &told.world.desk,
        &told.sender,
        hours(4),
        told.case,
        given,
        1,
    )
    .await
    .unwrap();
    told.world.settle(hours(4)).await;
    let seen = told.read(hours(5)).await;
    assert!(seen.portion.is_none());
    assert!(matches!(
        seen.received.state(),
        ReceivedState::Ended {
            why: EndReason::ConsentWithdrawn,
            ..
        }
    ));
    let kind = &<share::StoredContent as vault::Stored>::KIND;
    let left = told
        .world
        .desk
        .vault
        .counts(kind, &vault::Filter::default())
        .await
        .unwrap();
    assert_eq!(left, [], "the content is destroyed, not hidden");

    let (id, version) = told.came().await;
    let kept = Kept {
        ground: text("art. 7:454 lid 3 BW"),
        what: text("het eigen behandeldossier"),
    };
    share::confirm(
        &told.world.desk,
        &told.receiver,
        hours(6),
        (Side::Care, &id),
        version,
        Some(kept.clone()),
        false,
    )
    .await
    .unwrap();
    told.world.settle(hours(6)).await;
    match told.sent().await.share.state() {
        ShareState::Ended { why, confirmation } => {
            assert_eq!(*why, EndReason::ConsentWithdrawn);
            assert_eq!(
                confirmation.kept.as_ref(),
                Some(&kept),
                "the sender learns what was kept and why"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_withdrawn_between_offer_and_acceptance_stops_the_content() {
    let told = told().await;
    let given = told.consent().await;
    told.offer(start()).await.unwrap();
    told.world.settle(hours(1)).await;
    // The yes is on its way when the consent is withdrawn: whoever is first, nothing goes.
    let (id, seen) = told.came().await;
    share::accept(
        &told.world.desk,
        &told.receiver,
        hours(2),
        (Side::Care, &id),
        seen,
    )
    .await
    .unwrap();
    case::withdraw_consent(
        &told.world.desk,
        &told.sender,
        hours(2),
        told.case,
        given,
        1,
    )
    .await
    .unwrap();
    for hour in 2..6 {
        told.world.settle(hours(hour)).await;
    }
    let seen = told.read(hours(6)).await;
    assert!(seen.portion.is_none());
    assert!(
        matches!(seen.received.state(), ReceivedState::Gone { .. }),
        "{:?}",
        seen.received.state()
    );
    assert_eq!(told.sent().await.share.state_name(), "gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_ends_by_itself_can_be_taken_back_and_be_refused() {
    let told = told().await;
    told.consent().await;
    // By itself, the day after its last one.
    told.offer(start()).await.unwrap();
    told.world.settle(hours(1)).await;
    told.accept(hours(2)).await;
    told.world.settle(days(39)).await;
    let seen = told.read(days(39)).await;
    assert!(seen.portion.is_none());
    assert!(matches!(
        seen.received.state(),
        ReceivedState::Ended {
            why: EndReason::Expired,
            ..
        }
    ));

    // Refused, with the reason.
    told.offer(days(30)).await.unwrap();
    told.world.settle(days(30)).await;
    let waiting = share::list(
        &told.world.desk,
        &told.receiver,
        Side::Care,
        vec!["offered".to_owned()],
        None,
    )
    .await
    .unwrap();
    let row = &waiting.page.rows[0];
    share::refuse(
        &told.world.desk,
        &told.receiver,
        days(30),
        (Side::Care, &row.id),
        row.version,
        text("wij kennen haar niet"),
        false,
    )
    .await
    .unwrap();
    told.world.settle(days(30)).await;
    let sent = told.sent().await;
    assert!(
        matches!(sent.share.state(), ShareState::Refused { reason, .. } if reason.as_str() == "wij kennen haar niet")
    );
    let again = share::recall(
        &told.world.desk,
        &told.sender,
        days(30),
        sent.share.id,
        sent.version,
    )
    .await;
    assert!(matches!(again, Err(DeskError::Rule { .. })), "{again:?}");

    // Taken back before an answer: it disappears at the receiver.
    told.offer(days(31)).await.unwrap();
    told.world.settle(days(31)).await;
    let sent = told.sent().await;
    share::recall(
        &told.world.desk,
        &told.sender,
        days(31),
        sent.share.id,
        sent.version,
    )
    .await
    .unwrap();
    told.world.settle(days(31)).await;
    let gone = share::list(
        &told.world.desk,
        &told.receiver,
        Side::Care,
        vec!["gone".to_owned()],
        None,
    )
    .await
    .unwrap();
    assert_eq!(gone.page.rows.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn others_see_neither_side_and_who_works_elsewhere_gets_nothing_this_way() {
    let told = told().await;
    told.consent().await;
    let id = told.offer(start()).await.unwrap();
    told.world.settle(hours(1)).await;
    let (record, version) = told.came().await;
    let stranger = told
        .world
        .actor(told.world.shelter_a, &[Role::ShelterStaff]);
    let not_found = |e: DeskError| matches!(e, DeskError::NotFound { .. });
    assert!(
        share::read(&told.world.desk, &stranger, hours(2), Side::Care, &record)
            .await
            .is_err_and(not_found)
    );
    assert!(
        share::accept(
            &told.world.desk,
            &stranger,
            hours(2),
            (Side::Care, &record),
            version
        )
        .await
        .is_err_and(not_found)
    );
    assert!(
        share::of_case(&told.world.desk, &told.receiver, start(), told.case)
            .await
            .is_err_and(not_found)
    );
    assert!(
        share::recall(&told.world.desk, &told.receiver, hours(2), id, 1)
            .await
            .is_err_and(not_found)
    );

    let panel = input(told.world.panel, &["safety"]);
    let refused = share::preview(&told.world.desk, &told.sender, start(), told.case, &panel)
        .await
        .unwrap_err();
    assert!(
        matches!(refused, DeskError::Invalid(ref f) if f[0].key == "receives_no_shares"),
        "{refused:?}"
    );
    let own = input(told.world.care_haaglanden, &["safety"]);
    let refused = share::preview(&told.world.desk, &told.sender, start(), told.case, &own)
        .await
        .unwrap_err();
    assert!(
        matches!(refused, DeskError::Invalid(ref f) if f[0].key == "own"),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_after_the_preview_is_looked_at_again() {
    let told = told().await;
    told.consent().await;
    let preview = told.preview().await;
    let another_law = Offering {
        mark: preview.mark().unwrap().replace('a', "b"),
        ..told.offering(&preview)
    };
    let refused = told.send(start(), another_law).await.unwrap_err();
    assert!(matches!(refused, DeskError::Rule { ref key, .. } if key == "share-changed"));
    // A second consent carries the same share: what it rests on is not what was looked at.
    told.consent().await;
    let refused = told.send(start(), told.offering(&preview)).await;
    assert!(matches!(refused, Err(DeskError::Rule { ref key, .. }) if key == "share-changed"));
    told.offer(start()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sender_reads_its_share_on_record_and_only_under_its_own_case() {
    let told = told().await;
    told.consent().await;
    let id = told.offer(start()).await.unwrap();
    let (desk, by) = (&told.world.desk, &told.sender);
    let read =
        |by: Actor, case| async move { share::read_sent(desk, &by, start(), case, id).await };
    let seen = read(by.clone(), told.case).await.unwrap();
    assert_eq!(seen.share.portion, told.preview().await.portion);
    let other = own_case(&told.world, by, NewCase::default()).await;
    assert!(matches!(
        read(by.clone(), other).await,
        Err(DeskError::NotFound { .. })
    ));
    assert!(matches!(
        read(told.receiver.clone(), told.case).await,
        Err(DeskError::NotFound { .. })
    ));
    let filter = JournalFilter::default();
    let page = desk.vault.journal_page(Store::K3, &filter, None, 200);
    let entries = page.await.unwrap().entries;
    let of_share = |e: &&vault::Entry| {
        e.records
            .iter()
            .any(|r| r.id == id.to_string() && r.fields.iter().any(|f| f == "language"))
    };
    assert!(
        entries.iter().filter(of_share).count() >= 2,
        "offer and reading"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_broken_glass_a_share_is_read_and_neither_made_nor_taken_back() {
    let told = told().await;
    told.consent().await;
    let id = told.offer(start()).await.unwrap();
    let (desk, case) = (&told.world.desk, told.case);
    let looks = told.world.colleague();
    let closed = share::read_sent(desk, &looks, hours(0), case, id).await;
    assert!(matches!(closed, Err(DeskError::NeedToKnow { .. })));
    let reason = text("zij belt en ik weet niet wat er is afgesproken");
    glass::break_glass(desk, &looks, hours(0), case, reason, false)
        .await
        .unwrap();
    let seen = share::read_sent(desk, &looks, hours(0), case, id)
        .await
        .unwrap();
    let back = share::recall(desk, &looks, hours(0), id, seen.version).await;
    assert!(matches!(back, Err(DeskError::Rule { ref key, .. }) if key == "need-look-only"));
    let offering = told.offering(&told.preview().await);
    let made = share::offer(desk, &looks, hours(0), case, offering).await;
    assert!(matches!(made, Err(DeskError::Rule { ref key, .. }) if key == "need-look-only"));
    assert_eq!(told.sent().await.share.state(), &ShareState::Offered);
}

#[tokio::test]
async fn what_was_accepted_opens_to_who_accepted_it_and_whom_she_names() {
    let told = told().await;
    let (world, desk) = (&told.world, &told.world.desk);
    told.consent().await;
    told.offer(hours(1)).await.unwrap();
    world.settle(hours(1)).await;
    let (id, _) = told.came().await;
    let matter = MatterId::share(id.parse().unwrap());
    let (org, role) = (world.care_ijsselland, Role::CareCoordinator);
    let bea = somebody(world, org, role, "bea").await;
    // The offer names nobody: whoever answers such offers reads it.
    assert!(
        share::read(desk, &bea, hours(1), Side::Care, &id)
            .await
            .is_ok()
    );
    told.accept(hours(2)).await;
    let held = told.read(hours(3)).await;
    assert!(held.portion.is_some());
    let closed = refusal(share::read(desk, &bea, hours(3), Side::Care, &id).await);
    let lead = told.receiver.person().unwrap().user;
    assert_eq!(closed, Refusal::NotAssigned { lead });
    let confirmed = share::confirm(
        desk,
        &bea,
        hours(3),
        (Side::Care, &id),
        held.version,
        None,
        false,
    )
    .await;
    assert_eq!(refusal(confirmed), closed);
    let door = need::closed_door(desk, &bea, hours(3), matter)
        .await
        .unwrap();
    assert_eq!(door.ways, [Way::TakeOver, Way::AskTeam]);

    let page = need::team_page(desk, &told.receiver, hours(4), matter)
        .await
        .unwrap();
    let (who, why) = (bea.person().unwrap().user, text("doet de intake"));
    need::add_to_team(
        desk,
        &told.receiver,
        hours(4),
        matter,
        page.version,
        who,
        why,
        false,
    )
    .await
    .unwrap();
    let read = share::read(desk, &bea, hours(5), Side::Care, &id)
        .await
        .unwrap();
    assert_eq!(read.because, Because::Team);
    assert!(read.portion.is_some());

    let cleo = somebody(world, org, role, "cleo").await;
    let silent = need::take_over(desk, &cleo, hours(6), matter, read.version, None, false).await;
    assert!(matches!(silent, Err(DeskError::Invalid(_))), "{silent:?}");
    let reason = Some(text("zij is ziek"));
    need::take_over(desk, &cleo, hours(6), matter, read.version, reason, false)
        .await
        .unwrap();
    assert!(
        share::read(desk, &cleo, hours(6), Side::Care, &id)
            .await
            .is_ok()
    );
    let before = share::read(desk, &told.receiver, hours(6), Side::Care, &id).await;
    assert_eq!(
        refusal(before),
        Refusal::NotAssigned {
            lead: cleo.person().unwrap().user
        }
    );
}
