//! What went from one compartment to which other.

use ::desk::kept::Store;
use axum::response::Response;
use desk::registers::{self, Asked, DisclosureRow};
use jiff::civil::Date;

use super::{STORES, asked_store, crumbs, purpose, short, store_tabs};
use crate::form::Filled;
use crate::page::html;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::form_page::{Ask, How};
use crate::work::sheets::{Block, Cell, SheetPage, Small};
use crate::work::{Work, stores};

const PATH: &str = "/work/registers/disclosures";

/// What a disclosure is called.
fn what(code: &str) -> Option<Key> {
    Some(match code {
        "routed_report" => Key::new("registers-what-routed-report"),
        "route_answer" => Key::new("registers-what-route-answer"),
        "registration" => Key::new("registers-what-registration"),
        "count" => Key::new("registers-what-count"),
        "withdraw_registration" => Key::new("registers-what-withdraw-registration"),
        "to_care" => Key::new("registers-what-to-care"),
        "reflection_status" => Key::new("registers-what-reflection-status"),
        "opinion_request" => Key::new("registers-what-opinion-request"),
        "opinion_change" => Key::new("registers-what-opinion-change"),
        "opinion_status" => Key::new("registers-what-opinion-status"),
        "figures" => Key::new("registers-what-figures"),
        "share" => Key::new("registers-what-share"),
        "request_part" => Key::new("registers-what-request-part"),
        "request_answer" => Key::new("registers-what-request-answer"),
        _ => return None,
    })
}

fn what_name(t: &Say, code: &str) -> String {
    what(code).map_or_else(|| code.to_owned(), |key| t.key(key).into_owned())
}

/// Where it stands.
fn standing(row: &DisclosureRow) -> Key {
    match row.share.as_deref() {
        Some("offered") => Key::new("registers-stand-offered"),
        Some("refused") => Key::new("registers-stand-refused"),
        Some("gone") => Key::new("registers-stand-gone"),
        Some("held") => Key::new("registers-stand-held"),
        Some("ending") => Key::new("registers-stand-ending"),
        Some("ended") => Key::new("registers-stand-ended"),
        _ if row.arrived => Key::new("registers-stand-arrived"),
        _ => Key::new("registers-stand-under-way"),
    }
}

fn day(work: &Work, name: &str) -> Option<Date> {
    work.query(name).parse().ok()
}

/// The register of one sending compartment.
pub(super) async fn show(work: Work) -> Result<Response, Problem> {
    let from = asked_store(&work);
    let asked = Asked {
        from,
        to: Store::from_name(work.query("to")),
        what: what(work.query("what")).map(|_| work.query("what").to_owned()),
        since: day(&work, "since"),
        until: day(&work, "until"),
    };
    let found = registers::disclosures(&work.app.desk, &work.actor, work.now, &asked)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let rows = found.rows.iter().map(|row| line(&work, &t, row)).collect();
    let columns = vec![
        t.say("registers-when").into_owned(),
        t.say("registers-what").into_owned(),
        t.say("registers-to").into_owned(),
        t.say("registers-by").into_owned(),
        t.say("registers-why").into_owned(),
        t.say("registers-stand").into_owned(),
    ];
    let block = Block::new(t.say("registers-disclosures")).table(
        columns,
        rows,
        t.say("registers-disclosures-empty"),
    );
    let block = match found.more {
        true => block.line(t.say("registers-more")),
        false => block,
    };
    let whats: Vec<Choice> = found
        .counts
        .iter()
        .map(|(code, n)| {
            let label = format!("{} ({})", what_name(&t, code), t.number(*n));
            Choice::new(code.as_str(), label)
        })
        .collect();
    let filled = Filled::with(&[
        ("to", work.query("to")),
        ("what", work.query("what")),
        ("since", work.query("since")),
        ("until", work.query("until")),
    ]);
    html(
        &SheetPage::new(&work, t.say("registers-disclosures"), &[])?
            .under(crumbs(&t))
            .lead(t.say("registers-disclosures-lead"))
            .tabs(store_tabs(&work, &t, PATH, from))
            .form(form(&work, &t, from, whats), filled)
            .block(block),
    )
}

fn form(work: &Work, t: &Say, from: Store, whats: Vec<Choice>) -> Small {
    let to = STORES
        .into_iter()
        .map(|store| {
            Choice::new(
                store.name(),
                stores::name(&work.app, store, work.today(), t),
            )
        })
        .collect();
    Small {
        method: "get",
        action: PATH.to_owned(),
        hidden: vec![("store", from.name().to_owned())],
        asks: vec![
            Ask::new(How::Select, "what", t.say("registers-what"))
                .of(whats)
                .optional(),
            Ask::new(How::Select, "to", t.say("registers-to"))
                .of(to)
                .optional(),
            Ask::new(How::Day, "since", t.say("journal-from")).optional(),
            Ask::new(How::Day, "until", t.say("journal-until")).optional(),
        ],
        button: t.say("oversight-show").into_owned(),
        kind: "secondary-action",
    }
}

fn line(work: &Work, t: &Say, row: &DisclosureRow) -> Vec<Cell> {
    let directory = work.app.desk.directory();
    let to = stores::name(&work.app, row.summary.to, work.today(), t);
    let to = match row.org {
        Some(org) => format!("{to}: {}", directory.name(org)),
        None => to,
    };
    let by = match row.summary.by {
        Some(org) => directory.name(org).to_owned(),
        None => t.say("registers-by-rule").into_owned(),
    };
    let mut why = format!(
        "{}; {}",
        purpose(work, &row.summary.purpose),
        row.summary.ground
    );
    if row.summary.consent {
        why = format!("{why} ({})", t.say("registers-consent"));
    }
    if row.summary.vital {
        why = format!("{why} ({})", t.say("registers-vital"));
    }
    vec![
        Cell::link(
            format!("{} · {}", t.moment(row.at), short(&row.id)),
            format!(
                "/work/journal?store={}&record={}",
                asked_store(work),
                row.id
            ),
        ),
        Cell::new(what_name(t, &row.what)),
        Cell::new(to),
        Cell::new(by),
        Cell::new(why),
        Cell::new(t.key(standing(row))),
    ]
}
