//! Care gives an investigating service a part of a file: in acute danger, and otherwise only with consent. What arrives lies at the service.

use desk::access::Role;
use desk::case::NewCase;
use desk::share::{
    self, Offering, ReceivedSummary, ShareInput, Side, StoredContent, StoredReceived,
};
use desk::{Actor, DeskError};
use domain::code::{DataCode, LanguageCode, PurposeCode};
use domain::ids::CaseId;
use domain::need::{Because, Refusal};
use domain::share::{EndReason, Kept, ShareState};
use jiff::Timestamp;
use jiff::civil::date;
use law::Verdict;
use vault::{JournalFilter, Kind, Store, Stored};

use super::own_case;
use crate::need::{refusal, somebody};
use crate::support::{World, hours, start, text};

const ASKED: [&str; 4] = ["language", "safety", "medical", "region"];

struct Warned {
    world: World,
    care: Actor,
    police: Actor,
    case: CaseId,
}

async fn warned() -> Warned {
    let world = World::new().await;
    let care = world.coordinator();
    let (org, role) = (world.police_den_haag, Role::Investigator);
    let police = somebody(&world, org, role, "agent").await;
    let new = NewCase {
        language: Some(LanguageCode::literal("hu")),
        ..NewCase::default()
    };
    let case = own_case(&world, &care, new).await;
    Warned {
        world,
        care,
        police,
        case,
    }
}

impl Warned {
    fn input(&self, danger: bool) -> ShareInput {
        let code = |code: &&'static str| DataCode::new(*code).unwrap();
        let danger = danger.then(|| "acute_danger".to_owned());
        ShareInput {
            to: self.world.police_den_haag,
            purpose: PurposeCode::new("acute_danger").unwrap(),
            data: ASKED.iter().map(code).collect(),
            circumstances: danger.into_iter().collect(),
        }
    }

    async fn preview(&self, danger: bool) -> share::Preview {
        let input = self.input(danger);
        share::preview(&self.world.desk, &self.care, start(), self.case, &input)
            .await
            .unwrap()
    }

    async fn offer(&self, danger: bool) -> Result<(), DeskError> {
        let preview = self.preview(danger).await;
        let conditions = preview.answer.conditions.iter();
        let offering = Offering {
            input: self.input(danger),
            mark: preview.mark().unwrap(),
            confirmed: conditions.map(|c| c.code.clone()).collect(),
            until: date(2026, 12, 31),
            why: text("hij staat nu voor de deur"),
            looked: false,
        };
        share::offer(&self.world.desk, &self.care, start(), self.case, offering).await?;
        self.world.settle(start()).await;
        Ok(())
    }

    async fn waiting(&self, who: &Actor) -> Result<Vec<vault::ListRow>, DeskError> {
        let inbox = share::list(&self.world.desk, who, Side::Service, Vec::new(), None).await?;
        Ok(inbox.page.rows)
    }

    async fn read(&self, who: &Actor, now: Timestamp) -> Result<share::Content, DeskError> {
        let row = &self.waiting(&self.police).await?[0];
        share::read(&self.world.desk, who, now, Side::Service, &row.id).await
    }

    async fn accept(&self, now: Timestamp) {
        let row = &self.waiting(&self.police).await.unwrap()[0];
        let at = (Side::Service, row.id.as_str());
        share::accept(&self.world.desk, &self.police, now, at, row.version)
            .await
            .unwrap();
        self.world.settle(now).await;
    }

    async fn sent(&self) -> share::SentShare {
        let (desk, by) = (&self.world.desk, &self.care);
        let all = share::of_case(desk, by, start(), self.case).await.unwrap();
        share::read_sent(desk, by, start(), self.case, all[0].id)
            .await
            .unwrap()
    }

    /// How many records of a kind a compartment holds.
    async fn held(&self, kind: Kind, store: Store) -> i64 {
        let kind = Kind { store, ..kind };
        let everything = vault::Filter::default();
        let counts = self.world.desk.vault.counts(&kind, &everything);
        counts.await.unwrap().iter().map(|(_, n)| n).sum()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_danger_and_without_consent_nothing_goes_to_the_police() {
    let told = warned().await;
    let preview = told.preview(false).await;
    assert_eq!(preview.answer.verdict, Verdict::No);
    assert!(preview.portion.is_empty());
    assert!(
        !preview.answer.instead.is_empty(),
        "a no names what would be allowed"
    );
    let refused = told.offer(false).await.unwrap_err();
    assert!(matches!(refused, DeskError::Rule { ref key, .. } if key == "share-not-allowed"));
    assert_eq!(told.held(StoredReceived::KIND, Store::K5).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_of_acute_danger_arrives_at_the_service_and_only_there() {
    let told = warned().await;
    let preview = told.preview(true).await;
    assert_eq!(preview.answer.verdict, Verdict::Yes, "{:?}", preview.answer);
    assert!(preview.answer.withheld.iter().any(|w| w.data == "medical"));
    told.offer(true).await.unwrap();

    let row = &told.waiting(&told.police).await.unwrap()[0];
    assert_eq!(row.clear.due, Some(start()), "an answer is owed at once");
    let summary: ReceivedSummary = serde_json::from_value(row.summary.clone()).unwrap();
    assert_eq!(summary.from, told.world.care_haaglanden);
    let before = told.read(&told.police, hours(1)).await.unwrap();
    assert!(before.urgent && before.portion.is_none());

    told.accept(hours(1)).await;
    let came = told.read(&told.police, hours(1)).await.unwrap();
    assert_eq!(came.portion.unwrap(), preview.portion);
    assert!(matches!(
        told.sent().await.share.state(),
        ShareState::Held { .. }
    ));
    // It lies at the service, not at care; and the service's own journal tells which categories were read.
    for kind in [StoredReceived::KIND, StoredContent::KIND] {
        assert_eq!(told.held(kind, Store::K5).await, 1, "{}", kind.name);
        assert_eq!(told.held(kind, Store::K3).await, 0, "{}", kind.name);
    }
    let filter = JournalFilter::default();
    let vault = &told.world.desk.vault;
    let page = vault
        .journal_page(Store::K5, &filter, None, 200)
        .await
        .unwrap();
    let read = |entry: &&vault::Entry| {
        entry.context.act == "service_share.read"
            && (entry.records.iter()).any(|r| r.fields.iter().any(|f| f == "safety"))
    };
    assert_eq!(page.entries.iter().filter(read).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_service_it_went_to_opens_it_and_there_who_works_on_it() {
    let told = warned().await;
    told.offer(true).await.unwrap();
    let world = &told.world;
    let kmar = somebody(world, world.kmar, Role::Investigator, "kmar").await;
    assert!(told.waiting(&kmar).await.unwrap().is_empty());
    let missing = |e: DeskError| matches!(e, DeskError::NotFound { .. });
    assert!(told.read(&kmar, hours(1)).await.is_err_and(missing));
    let forbidden = |e: DeskError| matches!(e, DeskError::Forbidden { .. });
    assert!(told.read(&told.care, hours(1)).await.is_err_and(forbidden));

    told.accept(hours(1)).await;
    let because = told.read(&told.police, hours(2)).await.unwrap().because;
    assert_eq!(because, Because::Leads);
    let (org, role) = (world.police_den_haag, Role::Investigator);
    let colleague = somebody(world, org, role, "collega").await;
    let closed = refusal(told.read(&colleague, hours(2)).await);
    assert!(matches!(closed, Refusal::NotAssigned { .. }), "{closed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_back_it_is_destroyed_at_the_service_which_names_what_its_own_law_keeps() {
    let told = warned().await;
    told.offer(true).await.unwrap();
    told.accept(hours(1)).await;
    let sent = told.sent().await;
    let (desk, by) = (&told.world.desk, &told.care);
    share::recall(desk, by, hours(2), sent.share.id, sent.version)
        .await
        .unwrap();
    told.world.settle(hours(2)).await;
    assert_eq!(told.held(StoredContent::KIND, Store::K5).await, 0);
    let row = &told.waiting(&told.police).await.unwrap()[0];
    let kept = Kept {
        ground: text("art. 8 Wpg"),
        what: text("de mutatie van de meldkamer"),
    };
    let at = (Side::Service, row.id.as_str());
    let kept = Some(kept);
    share::confirm(
        desk,
        &told.police,
        hours(3),
        at,
        row.version,
        kept.clone(),
        false,
    )
    .await
    .unwrap();
    told.world.settle(hours(3)).await;
    match told.sent().await.share.state() {
        ShareState::Ended { why, confirmation } => {
            assert_eq!(*why, EndReason::Recalled);
            assert_eq!(confirmation.kept, kept);
        }
        other => panic!("{other:?}"),
    }
}
