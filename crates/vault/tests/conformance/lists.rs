//! Work lists: pages, order, filters, counts.

use vault::{Change, ClearData, Cursor, Draft, Filter, Order, Store, Stored, Term, Vault};

use crate::place::Place;
use crate::types::*;

on_both!(pages_counts_and_filters);

async fn fill(vault: &Vault) {
    let mut change = Change::new(why(at(0)));
    for n in 0..25i64 {
        let clear = ClearData {
            state: if n % 2 == 0 { "open" } else { "closed" }.to_owned(),
            org: Some(format!("org-{}", n % 3)),
            region: (n % 5 == 0).then(|| "r-1".to_owned()),
            due: (n % 4 != 0).then(|| at((25 - n) * 1000)),
            ..ClearData::default()
        };
        let draft = Draft::new(format!("r{n:02}"), &report("x"), clear)
            .unwrap()
            .with_summary(&serde_json::json!({ "n": n }))
            .unwrap();
        change = change.create(draft);
    }
    vault.apply(Store::K1, change).await.unwrap();
}

async fn walk(vault: &Vault, filter: &Filter, order: Order) -> Vec<String> {
    let mut out = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = vault
            .list(&Report::KIND, filter, order, after.as_ref(), 4)
            .await
            .unwrap();
        assert!(page.rows.len() <= 4);
        for row in &page.rows {
            let n: i64 = row.id[1..].parse().unwrap();
            assert_eq!(row.summary["n"], n);
            out.push(row.id.clone());
        }
        match page.next {
            Some(next) => after = Some(Cursor::decode(&next.encode()).unwrap()),
            None => return out,
        }
    }
}

async fn pages_counts_and_filters(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    let all = Filter::default();
    let newest = walk(&vault, &all, Order::Newest).await;
    assert_eq!(
        newest,
        (0..25)
            .rev()
            .map(|n| format!("r{n:02}"))
            .collect::<Vec<_>>()
    );
    let due = walk(&vault, &all, Order::Due).await;
    assert_eq!(due.len(), 25);
    assert_eq!(&due[..2], ["r23", "r22"]);
    // Without a deadline last, in order of identifier.
    assert_eq!(
        &due[18..],
        ["r00", "r04", "r08", "r12", "r16", "r20", "r24"]
    );
    let some = Filter {
        states: vec!["open".into()],
        orgs: vec!["org-0".into(), "org-1".into()],
        ..Filter::default()
    };
    let wanted: Vec<String> = (0..25)
        .rev()
        .filter(|n| n % 2 == 0 && n % 3 != 2)
        .map(|n| format!("r{n:02}"))
        .collect();
    assert_eq!(walk(&vault, &some, Order::Newest).await, wanted);
    let region = Filter {
        regions: vec!["r-1".into()],
        ..Filter::default()
    };
    assert_eq!(walk(&vault, &region, Order::Newest).await.len(), 5);
    let soon = Filter {
        due_before: Some(at(3000)),
        ..Filter::default()
    };
    assert_eq!(walk(&vault, &soon, Order::Due).await, ["r23"]);
    let counts = vault.counts(&Report::KIND, &all).await.unwrap();
    assert_eq!(counts, [("closed".to_owned(), 12), ("open".to_owned(), 13)]);
    // An erased record leaves lists and counts.
    let erase = Change::new(why(at(1))).erase("r00");
    vault.apply(Store::K1, erase).await.unwrap();
    assert_eq!(walk(&vault, &all, Order::Newest).await.len(), 24);
    assert_eq!(vault.counts(&Report::KIND, &all).await.unwrap()[1].1, 12);
    for bad in ["", "1", "x.y", "1.\u{0}", &format!("1.{}", "a".repeat(65))] {
        assert!(Cursor::decode(bad).is_none(), "{bad}");
    }
    vault.close().await;
}

on_both!(counts_by_region_and_lines_by_term);

async fn counts_by_region_and_lines_by_term(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    let counted = vault.counts_by_region(&Report::KIND).await.unwrap();
    let of = |state: &str, region: Option<&str>| {
        let wanted =
            |(s, r, _): &&(String, Option<String>, i64)| s == state && r.as_deref() == region;
        counted.iter().find(wanted).map_or(0, |(_, _, n)| *n)
    };
    // Of 0 to 24: 13 even ones are open; 0, 10 and 20 of those lie in the region, and 5 and 15 of the others.
    assert_eq!(of("open", Some("r-1")), 3);
    assert_eq!(of("open", None), 10);
    assert_eq!(of("closed", Some("r-1")), 2);
    assert_eq!(of("closed", None), 10);
    assert_eq!(counted.len(), 4);

    let draft = |id: &str| {
        Draft::new(id, &report("x"), ClearData::default())
            .unwrap()
            .with_terms(vec![Term::new("phone", "0612345678")])
            .unwrap()
            .with_summary(&serde_json::json!({ "n": 1 }))
            .unwrap()
    };
    let change = Change::new(why(at(1)))
        .create(draft("t2"))
        .create(draft("t1"));
    vault.apply(Store::K1, change).await.unwrap();
    let lines = |value: &'static str| vault.list_by_term(&Report::KIND, "phone", value);
    let ids: Vec<String> = (lines("0612345678").await.unwrap().into_iter())
        .map(|row| row.id)
        .collect();
    assert_eq!(ids, ["t1", "t2"]);
    assert_eq!(lines("0612345679").await.unwrap().len(), 0);
    let change = Change::new(why(at(2))).erase("t1");
    vault.apply(Store::K1, change).await.unwrap();
    assert_eq!(lines("0612345678").await.unwrap().len(), 1);

    // A record that moves is counted where it went; one that is refused is counted nowhere.
    let moved = |state: &str| {
        let clear = ClearData {
            state: state.to_owned(),
            region: Some("r-2".to_owned()),
            ..ClearData::default()
        };
        Draft::new("r00", &report("x"), clear).unwrap()
    };
    let change = Change::new(why(at(3))).update(moved("closed"), 1);
    vault.apply(Store::K1, change).await.unwrap();
    let stale = Change::new(why(at(4))).update(moved("open"), 1);
    assert!(vault.apply(Store::K1, stale).await.is_err());
    let counted = vault.counts_by_region(&Report::KIND).await.unwrap();
    let of = |state: &str, region: &str| {
        let wanted =
            |(s, r, _): &&(String, Option<String>, i64)| s == state && r.as_deref() == Some(region);
        counted.iter().find(wanted).map_or(0, |(_, _, n)| *n)
    };
    assert_eq!(
        (of("open", "r-1"), of("closed", "r-2"), of("open", "r-2")),
        (2, 1, 0)
    );
    vault.verify(&mut |_, _| {}).await.unwrap();
}
