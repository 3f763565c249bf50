//! A case is handed over to another coordinating organisation: one owner at every moment, status to the sender, content never.

use desk::case::{self, NewCase, NewConsent, NewTransfer, TransferView};
use desk::need::{self, NoticeKind};
use desk::request;
use desk::{Actor, DeskError, Role};
use domain::age::Age;
use domain::code::{DataCode, PurposeCode};
use domain::consent::{ConsentForm, Recipient};
use domain::ids::{CaseId, ConsentId, OrgId, TransferId};
use domain::minors::Giver;
use domain::need::{MatterKind, Refusal};
use domain::transfer::TransferState;
use jiff::Timestamp;
use jiff::civil::date;

use super::{consent, own_case, today, version};
use crate::need::{refusal, somebody, user};
use crate::support::{World, hours, start, text};

struct Moving {
    world: World,
    anna: Actor,
    /// Coordinates in the other region.
    zoe: Actor,
    case: CaseId,
}

fn rule(result: Result<impl std::fmt::Debug, DeskError>) -> String {
    match result {
        Err(DeskError::Rule { key, .. }) => key,
        other => panic!("expected a rule's refusal, got {other:?}"),
    }
}

/// Everything that an offer says.
fn told(view: &TransferView) -> String {
    serde_json::to_string(&view.transfer).unwrap()
}

impl Moving {
    async fn new() -> Moving {
        let world = World::new().await;
        let anna = world.coordinator();
        let new = NewCase {
            alias: Some(text("Roos")),
            age: Age::certain(date(1992, 5, 1), today()).unwrap(),
            ..NewCase::default()
        };
        let case = own_case(&world, &anna, new).await;
        let zoe = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
        Moving {
            world,
            anna,
            zoe,
            case,
        }
    }

    async fn consents(&self) -> ConsentId {
        let new = NewConsent {
            purpose: PurposeCode::new("care").unwrap(),
            recipients: vec![Recipient::Org {
                org: self.world.care_ijsselland,
            }],
            data: case::SUMMARY.map(DataCode::literal).to_vec(),
            ..consent(Giver::Person, ConsentForm::Written)
        };
        case::give_consent(&self.world.desk, &self.anna, start(), self.case, new)
            .await
            .unwrap()
    }

    async fn offer_to(&self, who: &Actor, to: OrgId) -> Result<TransferId, DeskError> {
        let id = self.case.to_string();
        let found = self.world.desk.vault.clear_of(vault::Store::K3, &id).await;
        let seen = found.unwrap().unwrap().2;
        let new = NewTransfer {
            to,
            why: text("zij verhuist naar Zwolle"),
            looked: false,
        };
        case::offer_transfer(&self.world.desk, who, hours(1), self.case, seen, new).await
    }

    async fn offer(&self) -> TransferId {
        self.consents().await;
        self.offer_to(&self.anna, self.world.care_ijsselland)
            .await
            .unwrap()
    }

    async fn seen_by(&self, who: &Actor, at: Timestamp) -> Vec<TransferView> {
        case::transfers(&self.world.desk, who, at).await.unwrap()
    }

    async fn read(&self, who: &Actor, at: Timestamp) -> Result<String, DeskError> {
        let read = case::read(&self.world.desk, who, at, self.case).await;
        read.map(|dossier| serde_json::to_string(&dossier.person).unwrap())
    }
}

#[tokio::test]
async fn until_it_is_accepted_the_old_organisation_answers_and_the_new_one_reads_nothing() {
    let m = Moving::new().await;
    let there = m.world.care_ijsselland;
    assert_eq!(
        rule(m.offer_to(&m.anna, there).await),
        "transfer-no-consent"
    );
    m.offer().await;
    // Nobody but who works on the case offers it, to a coordinating organisation that is not her own, and once.
    let closed = refusal(m.offer_to(&m.world.colleague(), there).await);
    assert_eq!(
        closed,
        Refusal::NotAssigned {
            lead: user(&m.anna)
        }
    );
    assert_eq!(rule(m.offer_to(&m.anna, there).await), "transfer-offered");
    let came = m.seen_by(&m.zoe, hours(2)).await;
    assert_eq!(came.len(), 1);
    assert!(came[0].came && !told(&came[0]).contains("Roos"));
    let nothing = m.read(&m.zoe, hours(2)).await;
    assert!(matches!(nothing, Err(DeskError::NotFound { what: "case" })));
    assert!(m.read(&m.anna, hours(2)).await.unwrap().contains("Roos"));
    let stranger = m
        .world
        .actor(m.world.coordination, &[Role::CareCoordinator]);
    assert!(m.seen_by(&stranger, hours(2)).await.is_empty());
    let stolen = case::accept_transfer(
        &m.world.desk,
        &stranger,
        hours(2),
        came[0].transfer.id,
        came[0].version,
    );
    assert!(matches!(stolen.await, Err(DeskError::NotFound { .. })));
}

#[tokio::test]
async fn after_acceptance_exactly_one_owns_it_and_the_sender_sees_status_only() {
    let m = Moving::new().await;
    let desk = &m.world.desk;
    let bea = somebody(
        &m.world,
        m.world.care_haaglanden,
        Role::CareCoordinator,
        "bea",
    )
    .await;
    let seen = version(&m.world, &m.anna, m.case).await;
    let why = text("spreekt haar taal");
    need::add_to_team(desk, &m.anna, start(), m.case, seen, user(&bea), why, false)
        .await
        .unwrap();
    let id = m.offer().await;
    let at = hours(2);
    let view = m.seen_by(&m.zoe, at).await.remove(0);
    case::accept_transfer(desk, &m.zoe, at, id, view.version)
        .await
        .unwrap();
    assert!(m.read(&m.zoe, hours(3)).await.unwrap().contains("Roos"));
    for old in [&m.anna, &bea, &m.world.colleague()] {
        let gone = m.read(old, hours(3)).await;
        assert!(
            matches!(gone, Err(DeskError::NotFound { what: "case" })),
            "{gone:?}"
        );
        let taken = need::take_over(desk, old, hours(3), m.case, 9, Some(text("ik")), false).await;
        assert!(
            matches!(taken, Err(DeskError::NotFound { .. })),
            "{taken:?}"
        );
        let glass = desk::glass::break_glass(desk, old, start(), m.case, text("nood"), false).await;
        assert!(
            matches!(glass, Err(DeskError::NotFound { .. })),
            "{glass:?}"
        );
    }
    let sent = m.seen_by(&m.anna, hours(3)).await;
    assert!(matches!(
        sent[0].transfer.state(),
        TransferState::Accepted { .. }
    ));
    assert!(!told(&sent[0]).contains("Roos"));
    let told = need::notices(desk, &m.anna, hours(3), MatterKind::Case).await;
    assert_eq!(told.unwrap()[0].notice.kind, NoticeKind::TransferAccepted);
    let again = case::accept_transfer(desk, &m.zoe, hours(4), id, view.version + 1).await;
    assert_eq!(rule(again), "transfer-over");
    // Its list is the new organisation's, and the old team is gone from it.
    let dossier = case::read(desk, &m.zoe, hours(4), m.case).await.unwrap();
    assert!(dossier.team.iter().all(|one| one.member.left.is_some()));
    assert_eq!(dossier.file.case.owner, m.world.care_ijsselland);
    let requests = request::of_case(desk, &m.zoe, hours(4), m.case).await;
    assert!(requests.is_ok());
}

#[tokio::test]
async fn a_refusal_reaches_who_offered_it_and_the_case_stays() {
    let m = Moving::new().await;
    let desk = &m.world.desk;
    let id = m.offer().await;
    let reason = text("wij hebben geen plek voor begeleiding");
    case::refuse_transfer(desk, &m.zoe, hours(2), id, 1, reason.clone(), false)
        .await
        .unwrap();
    let told = need::notices(desk, &m.anna, hours(3), MatterKind::Case).await;
    let told = told.unwrap().remove(0).notice;
    assert_eq!(
        (told.kind, told.reason),
        (NoticeKind::TransferRefused, Some(reason))
    );
    assert!(m.read(&m.anna, hours(3)).await.is_ok());
    let late = case::accept_transfer(desk, &m.zoe, hours(3), id, 2).await;
    assert_eq!(rule(late), "transfer-over");
    // It can be offered again, and taken back.
    let there = m.world.care_ijsselland;
    let second = m.offer_to(&m.anna, there).await.unwrap();
    case::take_back_transfer(desk, &m.anna, hours(4), second, 1)
        .await
        .unwrap();
    let late = case::accept_transfer(desk, &m.zoe, hours(5), second, 2).await;
    assert_eq!(rule(late), "transfer-over");
}

#[tokio::test]
async fn consent_taken_back_between_offer_and_answer_stops_it() {
    let m = Moving::new().await;
    let desk = &m.world.desk;
    let consent = m.consents().await;
    let there = m.world.care_ijsselland;
    let id = m.offer_to(&m.anna, there).await.unwrap();
    case::withdraw_consent(desk, &m.anna, hours(2), m.case, consent, 1)
        .await
        .unwrap();
    let stopped = case::accept_transfer(desk, &m.zoe, hours(3), id, 1).await;
    assert_eq!(rule(stopped), "transfer-no-consent");
    assert!(m.read(&m.anna, hours(3)).await.is_ok());
}

#[tokio::test]
async fn a_consent_that_leaves_something_out_is_named_and_stops_it() {
    let m = Moving::new().await;
    let new = NewConsent {
        purpose: PurposeCode::new("care").unwrap(),
        recipients: vec![Recipient::Org {
            org: m.world.care_ijsselland,
        }],
        data: vec![DataCode::new("care_needs").unwrap()],
        ..consent(Giver::Person, ConsentForm::Written)
    };
    let desk = &m.world.desk;
    case::give_consent(desk, &m.anna, start(), m.case, new)
        .await
        .unwrap();
    let stopped = m.offer_to(&m.anna, m.world.care_ijsselland).await;
    let said = stopped.as_ref().unwrap_err().to_string();
    assert_eq!(rule(stopped), "transfer-not-allowed");
    assert!(
        said.contains("safety:") && !said.contains("care_needs:"),
        "{said}"
    );
    assert!(m.seen_by(&m.anna, hours(2)).await.is_empty());
}
