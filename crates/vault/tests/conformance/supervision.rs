//! What supervisors see: pages of a journal, and how a store is doing.

use vault::{
    Change, ClearData, Draft, JournalFilter, SignedHead, Store, StoreHealth, Timer, Vault,
};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(
    the_journal_is_paged_and_filtered,
    looking_at_what_is_no_record_is_journalled,
    health_is_numbers,
    sessions_of_a_person_are_listed,
);

fn by(actor: &str, act: &str, seconds: i64) -> vault::Context {
    vault::Context {
        actor: actor.to_owned(),
        act: act.to_owned(),
        ..why(at(seconds))
    }
}

async fn add(vault: &Vault, id: &str, context: vault::Context) {
    let draft = Draft::new(id, &report("x"), ClearData::default()).unwrap();
    vault
        .apply(Store::K1, Change::new(context).create(draft))
        .await
        .unwrap();
}

async fn walk(vault: &Vault, filter: &JournalFilter) -> Vec<i64> {
    let mut out = Vec::new();
    let mut after = None;
    loop {
        let page = vault
            .journal_page(Store::K1, filter, after, 4)
            .await
            .unwrap();
        out.extend(page.entries.iter().map(|entry| entry.seq));
        after = page.next;
        if after.is_none() {
            return out;
        }
    }
}

async fn the_journal_is_paged_and_filtered(place: Place) {
    let vault = place.open().await;
    for n in 0..9i64 {
        let actor = if n % 2 == 0 { "anna" } else { "bert" };
        add(
            &vault,
            &format!("r_{n}"),
            by(actor, "report.enter", n * 100),
        )
        .await;
    }
    let read = Change::new(by("anna", "report.read", 1000))
        .read("r_1", &["text"])
        .read("r_2", &["text"]);
    vault.apply(Store::K1, read).await.unwrap();

    let all = JournalFilter::default();
    assert_eq!(walk(&vault, &all).await, (1..=10).rev().collect::<Vec<_>>());
    let some = |filter: JournalFilter| {
        let vault = vault.clone();
        async move { walk(&vault, &filter).await }
    };
    let actor = JournalFilter {
        actor: Some("bert".to_owned()),
        ..all.clone()
    };
    assert_eq!(some(actor).await, [8, 6, 4, 2]);
    let act = JournalFilter {
        act: Some("report.read".to_owned()),
        ..all.clone()
    };
    assert_eq!(some(act).await, [10]);
    // The second record of an entry is found as well as the first, and no sign of a pattern stands for another.
    for (record, found) in [
        ("r_2", vec![10, 3]),
        ("r_1", vec![10, 2]),
        ("r%", vec![]),
        ("r__", vec![]),
    ] {
        let filter = JournalFilter {
            record: Some(record.to_owned()),
            ..all.clone()
        };
        assert_eq!(some(filter).await, found, "{record}");
    }
    let times = JournalFilter {
        from: Some(at(300)),
        before: Some(at(500)),
        ..all.clone()
    };
    assert_eq!(some(times).await, [5, 4]);
    let page = vault
        .journal_page(Store::K1, &all, Some(1), 4)
        .await
        .unwrap();
    assert!(page.entries.is_empty() && page.next.is_none());
    vault.close().await;
}

async fn looking_at_what_is_no_record_is_journalled(place: Place) {
    let vault = place.open().await;
    let look = Change::new(by("anna", "journal.read", 1)).look("journal", "k3", &["actor"]);
    let applied = vault.apply(Store::System, look).await.unwrap();
    assert_eq!(applied.seq, 1);
    let page = vault
        .journal_page(Store::System, &JournalFilter::default(), None, 10)
        .await
        .unwrap();
    let touched = &page.entries[0].records[0];
    assert_eq!(
        (
            touched.kind.as_str(),
            touched.id.as_str(),
            touched.fields.as_slice()
        ),
        ("journal", "k3", ["actor".to_owned()].as_slice())
    );
    assert!(verify(&vault).await.is_ok());
    vault.close().await;
}

async fn health_is_numbers(place: Place) {
    let vault = place.open().await;
    let idle = vault.store_health(Store::K2, at(0)).await;
    assert!(idle.fault.is_none(), "{:?}", idle.fault);
    assert_eq!(
        (idle.open_deliveries, idle.due_clocks, idle.running_clocks),
        (0, 0, 0)
    );
    assert_eq!((idle.oldest_delivery, idle.next_clock), (None, None));

    let timer = |id: &str, due: i64| Timer {
        id: id.to_owned(),
        due: at(due),
        kind: "report.outcome".to_owned(),
        record: "r1".to_owned(),
    };
    let draft = Draft::new("r1", &report("x"), ClearData::default()).unwrap();
    let change = Change::new(why(at(5)))
        .create(draft)
        .timer(timer("t1", 10))
        .timer(timer("t2", 30))
        .send("r1", Store::K3);
    vault.apply(Store::K1, change).await.unwrap();
    let busy: StoreHealth = vault.store_health(Store::K1, at(20)).await;
    assert_eq!((busy.open_deliveries, busy.stuck_deliveries), (1, 0));
    assert_eq!((busy.due_clocks, busy.running_clocks), (1, 2));
    assert_eq!(
        (busy.oldest_delivery, busy.next_clock),
        (Some(at(5)), Some(at(10)))
    );
    assert_eq!(busy.head.as_ref().map(|head| head.seq), Some(1));
    for item in vault.undelivered(Store::K1, 10).await.unwrap() {
        for _ in 0..20 {
            vault.delivery_failed(&item).await.unwrap();
        }
    }
    let stuck = vault.store_health(Store::K1, at(20)).await;
    assert_eq!((stuck.open_deliveries, stuck.stuck_deliveries), (1, 1));
    let signed: SignedHead = vault.signed_head(at(20)).await.unwrap();
    assert_eq!(signed.heads[0], busy.head.unwrap());
    vault.close().await;
}

async fn sessions_of_a_person_are_listed(place: Place) {
    let vault = place.open().await;
    let session = |person: &str, created: i64| vault::Session {
        person: person.to_owned(),
        created: at(created),
        seen: at(created),
        expires: at(created + 100),
        strong: at(created),
    };
    for (token, session) in [
        ("a", session("anna", 1)),
        ("b", session("anna", 2)),
        ("c", session("bert", 3)),
    ] {
        vault.keep_session(token, &session).await.unwrap();
    }
    let own = vault.sessions_of("anna").await.unwrap();
    assert_eq!(own, [session("anna", 2), session("anna", 1)]);
    assert!(vault.sessions_of("nobody").await.unwrap().is_empty());
    vault.close().await;
}
