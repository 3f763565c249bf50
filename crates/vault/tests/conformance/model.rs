//! Random sequences of changes against a simple model in memory.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use vault::{Change, Filter, Order, Store, Stored, Term, Timer, Vault, VaultError};

use crate::place::{Place, verify};
use crate::types::*;

#[derive(Debug, Clone)]
enum Act {
    Create(u8, u8),
    Update(u8, u8, i8),
    Erase(u8),
    Timer(u8, u8),
    Fire(u8),
    Send(u8),
    Receive(u8),
    Receipt(u8, u8, u8),
    Part(u8, u8),
    Reopen,
    Restore,
}

fn act() -> impl Strategy<Value = Act> {
    let id = 0u8..8;
    prop_oneof![
        4 => (id.clone(), 0u8..4).prop_map(|(i, t)| Act::Create(i, t)),
        4 => (id.clone(), 0u8..4, -1i8..2).prop_map(|(i, t, off)| Act::Update(i, t, off)),
        1 => id.clone().prop_map(Act::Erase),
        2 => (id.clone(), 0u8..3).prop_map(|(i, t)| Act::Timer(i, t)),
        2 => (0u8..3).prop_map(Act::Fire),
        1 => id.clone().prop_map(Act::Send),
        1 => id.clone().prop_map(Act::Receive),
        2 => (id.clone(), 0u8..3, 0u8..2).prop_map(|(i, k, b)| Act::Receipt(i, k, b)),
        1 => (id, 0u8..3).prop_map(|(i, n)| Act::Part(i, n)),
        1 => Just(Act::Reopen),
        1 => Just(Act::Restore),
    ]
}

#[derive(Default)]
struct Model {
    /// Version and term; `None` when erased.
    records: BTreeMap<u8, Option<(i64, u8)>>,
    timers: BTreeMap<u8, u8>,
    sent: BTreeSet<u8>,
    received: BTreeSet<u8>,
    receipts: BTreeMap<u8, (u8, u8)>,
    parts: BTreeSet<(u8, u8)>,
    entries: i64,
}

fn id(n: u8) -> String {
    format!("r{n}")
}

fn written(n: u8, term: u8) -> vault::Draft {
    draft(&id(n), &format!("text {term}"))
        .with_terms(vec![Term::new("phone", term.to_string())])
        .unwrap()
}

fn timer(n: u8, record: u8) -> Timer {
    Timer {
        id: format!("t{n}"),
        due: at(0),
        kind: "k".to_owned(),
        record: id(record),
    }
}

impl Model {
    fn live(&self, n: u8) -> Option<(i64, u8)> {
        self.records.get(&n).copied().flatten()
    }

    /// The change and whether it must succeed; the model follows when it must.
    fn step(&mut self, act: &Act) -> (Change, bool) {
        let change = Change::new(why(at(self.entries)));
        let (change, good) = match *act {
            Act::Create(n, term) => {
                let good = !self.records.contains_key(&n);
                if good {
                    self.records.insert(n, Some((1, term)));
                }
                (change.create(written(n, term)), good)
            }
            Act::Update(n, term, off) => {
                let seen = self.live(n).map_or(1, |(v, _)| v + i64::from(off));
                let good = self.live(n).is_some() && off == 0;
                if good {
                    self.records.insert(n, Some((seen + 1, term)));
                }
                (change.update(written(n, term), seen), good)
            }
            Act::Erase(n) => {
                let good = self.live(n).is_some();
                if good {
                    self.records.insert(n, None);
                    self.timers.retain(|_, record| *record != n);
                    self.parts.retain(|(record, _)| *record != n);
                    // A disclosure has the identity of its record: what was not brought over goes with it.
                    self.sent.remove(&n);
                }
                (change.erase(id(n)), good)
            }
            Act::Timer(n, t) => {
                self.timers.insert(t, n);
                (change.timer(timer(t, n)), true)
            }
            Act::Fire(t) => {
                let good = self.timers.remove(&t).is_some();
                (change.fire(&timer(t, 0)), good)
            }
            Act::Send(n) => (change.send(id(n), Store::K3), self.sent.insert(n)),
            Act::Receive(n) => (change.receive(id(n)), self.received.insert(n)),
            Act::Part(n, part) => {
                let good = self.live(n).is_some() && self.parts.insert((n, part));
                (change.part(id(n), i64::from(part), vec![part]), good)
            }
            Act::Receipt(..) | Act::Reopen | Act::Restore => (change, true),
        };
        self.entries += i64::from(good);
        (change, good)
    }

    async fn agrees(&self, vault: &Vault) {
        for (n, state) in &self.records {
            match (state, vault.load::<Report>(&id(*n)).await) {
                (Some((version, term)), Ok(seen)) => {
                    assert_eq!(
                        (seen.version, seen.body.text),
                        (*version, format!("text {term}"))
                    );
                }
                (None, Err(VaultError::NotFound { .. })) => {}
                (state, other) => panic!("record {n}: {state:?} against {other:?}"),
            }
        }
        for term in 0..4u8 {
            let wanted: Vec<String> = (0..8)
                .filter(|n| self.live(*n).is_some_and(|(_, t)| t == term))
                .map(id)
                .collect();
            let found = vault
                .load_by_term::<Report>("phone", &term.to_string())
                .await
                .unwrap();
            assert_eq!(found.into_iter().map(|r| r.id).collect::<Vec<_>>(), wanted);
        }
        let timers: Vec<String> = self.timers.keys().map(|t| format!("t{t}")).collect();
        let due = vault.due(Store::K1, at(1 << 20), 99).await.unwrap();
        assert_eq!(
            due.into_iter().map(|d| d.timer.id).collect::<Vec<_>>(),
            timers
        );
        assert_eq!(
            vault.undelivered(Store::K1, 99).await.unwrap().len(),
            self.sent.len()
        );
        let live = self.records.values().flatten().count();
        let list = vault
            .list(&Report::KIND, &Filter::default(), Order::Due, None, 99)
            .await
            .unwrap();
        assert_eq!(list.rows.len(), live);
        let report = verify(vault).await.unwrap();
        assert_eq!(report.records as usize, live);
        assert_eq!(report.erased as usize, self.records.len() - live);
        assert_eq!(report.entries, self.entries);
        assert_eq!(report.parts as usize, self.parts.len());
        assert_eq!(report.receipts as usize, self.receipts.len());
    }
}

async fn play(acts: Vec<Act>) {
    let mut place = Place::sqlite();
    let mut vault = place.open().await;
    let mut model = Model::default();
    let mut backups = 0;
    for act in &acts {
        match act {
            Act::Reopen => {
                vault.close().await;
                vault = place.open().await;
            }
            Act::Restore => {
                backups += 1;
                let name = format!("b{backups}");
                let file = place.dir.path().join(&name);
                let mut out = std::fs::File::create(&file).unwrap();
                vault.backup(&mut out, &name, &name).await.unwrap();
                vault.close().await;
                let next = Place::sqlite();
                crate::erasure::copy_keys(&place, &next);
                vault::restore(&file, next.settings()).await.unwrap();
                place = next;
                vault = place.open().await;
            }
            Act::Receipt(answer, key, body) => {
                let expected = model.receipts.get(key).copied();
                let change = Change::new(why(at(model.entries))).receipt(
                    &format!("k{key}"),
                    &[*body],
                    vec![*answer],
                    at(1 << 30),
                );
                let done = vault.apply(Store::K1, change).await;
                match (expected, done) {
                    (None, Ok(applied)) => {
                        assert!(applied.replayed.is_none());
                        model.receipts.insert(*key, (*body, *answer));
                        model.entries += 1;
                    }
                    (Some((b, a)), Ok(applied)) if b == *body => {
                        assert_eq!(applied.replayed, Some(vec![a]));
                    }
                    (Some((b, _)), Err(VaultError::KeyReused)) if b != *body => {}
                    (expected, done) => panic!("{act:?}: {expected:?} against {done:?}"),
                }
            }
            act => {
                let (change, good) = model.step(act);
                let done = vault.apply(Store::K1, change).await;
                assert_eq!(done.is_ok(), good, "{act:?}: {done:?}");
            }
        }
    }
    model.agrees(&vault).await;
    vault.close().await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]
    #[test]
    fn any_sequence_agrees_with_the_model(acts in proptest::collection::vec(act(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(play(acts));
    }
}
