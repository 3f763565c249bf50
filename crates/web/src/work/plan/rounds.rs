//! Rounds of updates: the list, opening one, one round with who told and who did not.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::plan::{self, RoundRow, RoundView, UpdateRow};
use desk::{UseCase, access};
use domain::edition::EditionName;
use domain::ids::RoundId;
use domain::round::UpdateState;
use domain::time::dutch_date;
use jiff::civil::Date;

use crate::form::{Filled, Form};
use crate::page::mail;
use crate::page::ui::{Crumb, Deadline};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::form_page::{Ask, FormPage, How, refused, refused_page};
use crate::work::sheets::{Block, Cell, SheetPage, Small};
use crate::work::{Work, WorkForm};

const DONE: &[(&str, Key)] = &[
    ("opened", Key::new("rounds-done-opened")),
    ("reminded", Key::new("rounds-done-reminded")),
];

/// The text of what the desk refused about a round.
pub fn words(key: &str) -> Option<Key> {
    Some(match key {
        "round-too-short" => Key::new("rounds-too-short"),
        "round-edition-taken" => Key::new("rounds-edition-taken"),
        "round-frozen" => Key::new("rounds-frozen-refused"),
        "round-still-open" => Key::new("rounds-still-open"),
        "round-nothing-told" => Key::new("rounds-nothing-told"),
        "round-accepted" => Key::new("rounds-accepted-refused"),
        "round-not-sent" => Key::new("rounds-not-sent"),
        "round-file-title" => Key::new("updates-file-untitled"),
        "round-no-such-file" => Key::new("updates-file-not-there"),
        "round-own-text" => Key::new("rounds-own-text"),
        "letter-no-such-edition" => Key::new("letter-no-such-edition"),
        "guard-name" => Key::new("guard-name"),
        "guard-birth" => Key::new("guard-birth"),
        "guard-email" => Key::new("guard-email"),
        "guard-phone" => Key::new("guard-phone"),
        "guard-bsn" => Key::new("guard-bsn"),
        "guard-plate" => Key::new("guard-plate"),
        "guard-address" => Key::new("guard-address"),
        other => return super::texts::refusal(other),
    })
}

/// How far an update is, in words.
pub fn state(state: UpdateState) -> Key {
    match state {
        UpdateState::Asked => Key::new("rounds-state-asked"),
        UpdateState::Sent => Key::new("rounds-state-sent"),
        UpdateState::SentBack => Key::new("rounds-state-back"),
        UpdateState::Accepted => Key::new("rounds-state-accepted"),
        UpdateState::LeftOut => Key::new("rounds-state-left-out"),
    }
}

/// The step above the pages of rounds.
pub fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-rounds"), "/work/rounds")]
}

fn count(t: &Say, n: usize) -> Cell {
    Cell::new(t.number(i64::try_from(n).unwrap_or(i64::MAX)))
}

/// What waits for whoever looks, as far as Samen told of it by itself: where it is told, which action, and what is said.
pub struct WaitingLine {
    /// Where it can be told.
    pub href: String,
    /// Number of the action.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Until when, or since when it is over.
    pub what: String,
}

/// The lines for a holder; nobody else has any.
pub async fn waiting(work: &Work, t: &Say) -> Result<Vec<WaitingLine>, Problem> {
    if access::permit(&work.actor, UseCase::TellInRound).is_err() {
        return Ok(Vec::new());
    }
    let waiting = plan::waiting(&work.app.desk, &work.actor).await?;
    let line = |one: plan::Waiting| {
        let moment = t.moment(one.cutoff);
        let (href, key) = match work.now < one.cutoff {
            true => (
                format!("/work/updates/{}", one.update),
                "rounds-waiting-until",
            ),
            false => (format!("/work/plan/{}", one.action), "rounds-waiting-over"),
        };
        WaitingLine {
            href,
            number: one.number,
            title: one.title,
            what: t.say_with(key, "moment", moment),
        }
    };
    Ok(waiting.into_iter().map(line).collect())
}

/// Every round, newest first.
pub async fn list(work: Work) -> Result<Response, Problem> {
    let rounds = plan::rounds(&work.app.desk, &work.actor, work.now).await?;
    let t = work.say();
    let keeps = access::permit(&work.actor, UseCase::OpenRound).is_ok();
    let row = |row: &RoundRow| {
        let of = |state: UpdateState| row.counts.get(&state).copied().unwrap_or(0);
        vec![
            Cell::link(
                t.say_with("rounds-round", "edition", row.round.edition.to_string()),
                format!("/work/rounds/{}", row.round.id),
            ),
            Cell::new(until(&work, &t, &row.round, row.frozen)),
            count(&t, row.missing()),
            count(&t, of(UpdateState::Sent)),
            count(&t, of(UpdateState::Accepted)),
            count(&t, row.all()),
        ]
    };
    let columns = [
        "rounds-edition",
        "rounds-cutoff",
        "rounds-missing",
        "rounds-waits",
        "rounds-accepted",
        "rounds-asked",
    ];
    let columns = columns.map(|key| t.say(key).into_owned()).to_vec();
    let block = Block::new(t.say("nav-rounds")).table(
        columns,
        rounds.iter().map(row).collect(),
        t.say("rounds-empty"),
    );
    let lead = if keeps {
        "rounds-lead-office"
    } else {
        "rounds-lead-holder"
    };
    let mut page = SheetPage::new(&work, t.say("nav-rounds"), DONE)?.lead(t.say(lead));
    if keeps {
        page = page.link(t.say("rounds-new"), "/work/rounds/new");
    }
    let waiting = waiting(&work, &t).await?;
    if !waiting.is_empty() {
        let row = |line: WaitingLine| {
            vec![
                Cell::link(line.number, line.href),
                Cell::new(line.title),
                Cell::new(line.what),
            ]
        };
        let columns = ["plan-number", "plan-title", "rounds-waiting-what"];
        let columns = columns.map(|key| t.say(key).into_owned()).to_vec();
        let rows = waiting.into_iter().map(row).collect();
        page = page.block(Block::new(t.say("rounds-waiting")).table(columns, rows, ""));
    }
    html(&page.block(block))
}

/// The cut-off: when, and how far away; or that it is over.
pub fn until(work: &Work, t: &Say, round: &domain::round::Round, frozen: bool) -> String {
    let moment = t.moment(round.cutoff);
    match frozen {
        true => t.say_with("rounds-frozen-since", "moment", moment),
        false => {
            let days = Deadline::new(dutch_date(round.cutoff), work.today());
            format!("{moment} ({})", days.text(t))
        }
    }
}

fn new_page(work: &Work, f: Filled) -> Result<FormPage, Problem> {
    let t = work.say();
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        title: t.say("rounds-new").into_owned(),
        know: vec![
            t.say("rounds-new-know").into_owned(),
            t.say("rounds-new-frozen").into_owned(),
        ],
        action: "/work/rounds/new".to_owned(),
        hidden: Vec::new(),
        asks: vec![
            Ask::new(How::Short, "edition", t.say("rounds-edition")).hint(t.say("letter-new-know")),
            Ask::new(How::Day, "cutoff", t.say("rounds-cutoff")).hint(t.say("rounds-cutoff-hint")),
        ],
        button: t.say("rounds-new-button").into_owned(),
        cancel: "/work/rounds".to_owned(),
        t,
    })
}

/// Asks for which edition, and until when.
pub async fn show_new(work: Work) -> Result<Response, Problem> {
    html(&new_page(&work, Filled::blank())?)
}

/// A round is frozen at the end of its last day in the Netherlands.
fn end_of(day: Date) -> Option<jiff::Timestamp> {
    let next = day.tomorrow().ok()?;
    Some(domain::vocabulary::calendar::start_of_day(next))
}

/// Opens the round.
pub async fn make(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let edition = form
        .parsed("edition", |text| text.trim().parse::<EditionName>().ok())
        .max(12)
        .else_say(Key::new("letter-no-such-edition"))
        .required();
    let cutoff = form.date("cutoff").required();
    let f = match form.finish(|| Ok((edition?, cutoff?))) {
        Err(filled) => filled,
        Ok((edition, day)) => {
            let cutoff = end_of(day).ok_or_else(Problem::bad_request)?;
            match plan::open_round(&work.app.desk, &work.actor, work.now, edition, cutoff).await {
                Ok(id) => {
                    let to = format!("/work/rounds/{id}?done=opened");
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(error) => refused(typed, error, &["edition", "cutoff"], words)?,
            }
        }
    };
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&work, f)?)
}

fn id(text: &str) -> Result<RoundId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// One round: who told, what waits for review, who is missing.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let view = plan::read_round(&work.app.desk, &work.actor, work.now, id(&text)?).await?;
    let t = work.say();
    let title = t.say_with("rounds-round", "edition", view.round.edition.to_string());
    let mut page = SheetPage::new(&work, title, DONE)?
        .under(crumbs(&t))
        .lead(until(&work, &t, &view.round, view.frozen));
    let missing: Vec<&UpdateRow> = view
        .rows
        .iter()
        .filter(|r| r.update.state().is_missing())
        .collect();
    let waits: Vec<&UpdateRow> = view
        .rows
        .iter()
        .filter(|r| r.update.state() == UpdateState::Sent)
        .collect();
    let rest: Vec<&UpdateRow> = view
        .rows
        .iter()
        .filter(|r| !r.update.state().is_missing() && r.update.state() != UpdateState::Sent)
        .collect();
    let left = match view.frozen {
        true => "rounds-overdue",
        false => "rounds-still-to-come",
    };
    if view.keeps && !view.frozen && !missing.is_empty() {
        let remind = Small {
            method: "post",
            action: format!("/work/rounds/{}/remind", view.round.id),
            hidden: Vec::new(),
            asks: Vec::new(),
            button: t.say_n(
                "rounds-remind",
                i64::try_from(missing.len()).unwrap_or(i64::MAX),
            ),
            kind: "secondary-action",
        };
        page = page
            .form(remind, Filled::blank())
            .link(t.say("rounds-mail"), reminder(&work, &t, &view.round));
    }
    page = page
        .block(block(&work, &t, &view, t.say("rounds-waits"), &waits))
        .block(block(&work, &t, &view, t.say(left), &missing))
        .block(block(&work, &t, &view, t.say("rounds-answered"), &rest));
    html(&page)
}

/// A reminder begun in the mail program of whoever keeps the round; the addresses of the holders stand there.
fn reminder(work: &Work, t: &Say, round: &domain::round::Round) -> String {
    let edition = round.edition.to_string();
    let subject = t.say_with("rounds-mail-subject", "edition", edition);
    let text = t.say_with("rounds-mail-text", "moment", t.moment(round.cutoff));
    let site = work.app.shell.settings.address.as_ref();
    let list = site.map(|site| format!("{site}/work/rounds"));
    let account = t.say("rounds-mail-account");
    let parts = [Some(text.as_str()), list.as_deref(), Some(&account)];
    mail::begun(&subject, parts.into_iter().flatten())
}

fn block(
    work: &Work,
    t: &Say,
    view: &RoundView,
    title: impl Into<String>,
    rows: &[&UpdateRow],
) -> Block {
    let directory = work.app.desk.directory();
    let row = |row: &&UpdateRow| {
        let by_hand = row.update.reminded().iter().map(|by| by.at);
        let by_itself = row.update.notices().iter().map(|notice| notice.at);
        let reminded = by_hand.chain(by_itself).max();
        let reminded = reminded.map_or_else(String::new, |at| t.moment(at));
        let told = row
            .update
            .told()
            .map_or_else(String::new, |told| t.moment(told.by.at));
        let mut cells = vec![
            Cell::link(
                row.number.clone(),
                format!("/work/updates/{}", row.update.id),
            ),
            Cell::new(row.title.clone()),
            Cell::new(t.key(state(row.update.state()))),
            Cell::new(told),
            Cell::new(reminded),
        ];
        if view.keeps {
            cells.insert(2, Cell::new(directory.name(row.update.holder)));
        }
        cells
    };
    let mut columns = vec![
        "plan-number",
        "plan-title",
        "plan-status",
        "rounds-sent-on",
        "rounds-reminded-on",
    ];
    if view.keeps {
        columns.insert(2, "plan-holder");
    }
    let columns = columns
        .into_iter()
        .map(|key| t.say(key).into_owned())
        .collect();
    Block::new(title).table(
        columns,
        rows.iter().map(row).collect(),
        t.say("rounds-none-here"),
    )
}

/// Reminds whoever still has to tell something: it stands on the holder's own list and page.
pub async fn remind(
    work: Work,
    Path(text): Path<String>,
    WorkForm(_): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    plan::remind(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(|error| refused_page(error, words))?;
    Ok(Redirect::to(&format!("/work/rounds/{id}?done=reminded")).into_response())
}
