//! Reports that name the same thing: the list on a report's page, two of them side by side, and whether they belong together.

use ::desk::kept::Store;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::report::{LinkInput, Linked, Pair, judge, pair, read};
use domain::ids::ReportId;
use domain::objects::ObjectKind;
use domain::report::{Finding, Judgement, Report};
use domain::vocabulary::Code;

use super::{crumbs, id_of, reference, refusal, words};
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::html_as;
use crate::page::ui::{Choice, Crumb, Event};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::form_page::{Ask, FormPage, How, refused, safe_text, seen as seen_of};
use crate::work::restrictions::{OnlyKept, only_kept};
use crate::work::told::told;
use crate::work::vocabulary::label;
use crate::work::{Work, WorkForm};

/// Longest reason, in characters.
const BECAUSE_MAX: usize = 2_000;
const TOGETHER: &str = "together";
const APART: &str = "apart";

/// A report in the list of another one's page.
pub(super) struct Line {
    pub(super) reference: String,
    /// Where both stand side by side; empty when the other was destroyed.
    pub(super) href: String,
    pub(super) found: String,
    pub(super) tone: &'static str,
    /// What is the same, region, state, day, receivers.
    pub(super) about: String,
    pub(super) because: String,
    /// It belongs behind a fold: somebody found that it is another matter.
    pub(super) apart: bool,
}

/// What the page of a report tells of one that names the same.
pub(super) fn line(work: &Work, say: &Say, id: ReportId, linked: &Linked) -> Line {
    let stands = linked.judged.as_ref().map(|link| &link.stands);
    let (found, tone) = match stands.map(|stands| stands.finding) {
        None => (Key::new("reports-links-waiting"), "warning"),
        Some(Finding::Together) => (Key::new("reports-links-together"), "ok"),
        Some(Finding::Apart) => (Key::new("reports-links-apart"), "neutral"),
    };
    let mut about = Vec::new();
    match (&linked.known, linked.shared.is_empty()) {
        (None, _) => about.push(say.say("reports-links-destroyed").into_owned()),
        (_, true) => {}
        (_, false) => about.push(same(say, &linked.shared)),
    }
    if let Some(known) = &linked.known {
        about.push(region(work, say, known.region.as_deref()));
        about.push(say.key(words::state(known.state)).into_owned());
        about.push(say.date_of(known.received_at));
        let directory = work.app.desk.directory();
        let receivers = known.receivers.iter();
        about.extend(receivers.map(|org| directory.name(*org).to_owned()));
    }
    Line {
        reference: reference(linked.other),
        href: match linked.known {
            Some(_) => format!("/work/reports/{id}/links/{}", linked.other),
            None => String::new(),
        },
        found: say.key(found).into_owned(),
        tone,
        about: about.join(" · "),
        because: stands.map_or_else(String::new, |s| s.because.as_str().to_owned()),
        apart: stands.is_some_and(|stands| stands.finding == Finding::Apart),
    }
}

/// "The same: plate, telephone number".
fn same(say: &Say, shared: &[ObjectKind]) -> String {
    let kinds = shared.iter().map(|kind| say.key(words::object(*kind)));
    let kinds: Vec<String> = kinds.map(|kind| kind.to_lowercase()).collect();
    say.say_with("reports-links-same", "what", kinds.join(", "))
}

fn region(work: &Work, say: &Say, code: Option<&str>) -> String {
    let code = code.and_then(|code| Code::new(code).ok());
    let regions = &work.app.desk.vocabulary.regions;
    code.map_or_else(
        || say.say("reports-links-region-unknown").into_owned(),
        |code| label(regions, &code, say),
    )
}

#[derive(Template)]
#[template(path = "work/reports/pair.html")]
struct PairPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    only_kept: Vec<OnlyKept>,
    action: String,
    cancel: String,
    seen: i64,
    same: String,
    before: Vec<Event>,
    columns: Vec<String>,
    sides: [Side; 2],
    lines: Vec<Compared>,
    findings: Vec<Choice>,
}

/// One of the two, at the head of its column.
struct Side {
    reference: String,
    href: String,
    state: String,
    tone: &'static str,
}

/// One thing that is told, of both.
struct Compared {
    what: String,
    cells: [String; 2],
    /// In which language each was told; empty for what this program says itself.
    langs: [String; 2],
    /// Both name the same one: telephone number, plate.
    same: bool,
}

fn side(say: &Say, report: &Report) -> Side {
    Side {
        reference: say.say_with("reports-title", "ref", reference(report.id)),
        href: format!("/work/reports/{}", report.id),
        state: say.key(words::state(report.state_name())).into_owned(),
        tone: words::tone(report.state_name()).class(),
    }
}

/// What either tells, by what it is, in the order of the page of a report. What neither tells is left out.
fn compared(work: &Work, say: &Say, pair: &Pair) -> Vec<Compared> {
    let shared: Vec<String> = pair
        .shared
        .iter()
        .map(|kind| say.key(words::object(*kind)).into_owned())
        .collect();
    let mut lines: Vec<Compared> = Vec::new();
    for (column, report) in [&pair.one, &pair.other].into_iter().enumerate() {
        for (what, text) in facts(work, say, report) {
            let at = lines.iter().position(|line| line.what == what);
            let at = at.unwrap_or_else(|| {
                lines.push(Compared {
                    same: shared.contains(&what),
                    what,
                    cells: [String::new(), String::new()],
                    langs: [String::new(), String::new()],
                });
                lines.len() - 1
            });
            let cell = lines
                .get_mut(at)
                .and_then(|line| line.cells.get_mut(column));
            if let Some(cell) = cell {
                if !cell.is_empty() {
                    cell.push('\n');
                }
                cell.push_str(&text);
            }
        }
    }
    let story = say.say("reports-story");
    for line in lines.iter_mut().filter(|line| line.what == story) {
        line.langs = [&pair.one, &pair.other].map(|report| report.content.language.to_string());
    }
    lines
}

fn facts(work: &Work, say: &Say, report: &Report) -> Vec<(String, String)> {
    let told = told(&work.app, say, &report.content, work.today());
    let directory = work.app.desk.directory();
    let receivers = report.decisions().iter();
    let receivers: Vec<&str> = receivers.map(|d| directory.name(d.org)).collect();
    let said = |key: &str| say.say(key).into_owned();
    let mut out = vec![
        (
            said("reports-column-received"),
            say.moment(report.received_at),
        ),
        (said("reports-story"), told.story),
    ];
    // What both name stands high: it is why somebody looks at them.
    out.extend(told.things.into_iter().map(|one| (one.kind, one.text)));
    out.extend(told.facts.into_iter().map(|one| (one.label, one.value)));
    out.push((said("reports-indicators"), told.indicators.join("\n")));
    out.extend(told.people.into_iter().map(|one| (one.kind, one.text)));
    out.push((said("reports-receivers"), receivers.join(", ")));
    out.retain(|(_, text)| !text.is_empty());
    out
}

/// Two reports side by side.
pub(super) async fn show(
    work: Work,
    Path((id, other)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (id, other) = (id_of(&id)?, id_of(&other)?);
    page(&work, id, other, Filled::blank(), StatusCode::OK).await
}

async fn page(
    work: &Work,
    id: ReportId,
    other: ReportId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let found = pair(&work.app.desk, &work.actor, work.now, id, other).await?;
    let t = work.say();
    let sides = [side(&t, &found.one), side(&t, &found.other)];
    let mut columns = vec![t.say("reports-links-what").into_owned()];
    columns.extend(sides.iter().map(|side| side.reference.clone()));
    let page = PairPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t, id),
        only_kept: only_kept(work, &t, Store::K1, &found.restricted),
        action: format!("/work/reports/{id}/links/{other}"),
        cancel: format!("/work/reports/{id}"),
        seen: found.version,
        same: match found.shared.is_empty() {
            true => t.say("reports-links-nothing-same").into_owned(),
            false => same(&t, &found.shared),
        },
        before: before(work, &t, &found.one, other),
        lines: compared(work, &t, &found),
        columns,
        sides,
        findings: vec![
            Choice::new(TOGETHER, t.say("reports-links-together")),
            Choice::new(APART, t.say("reports-links-apart")),
        ],
        t,
    };
    html_as(status, &page)
}

/// What was found of them, oldest first.
fn before(work: &Work, say: &Say, one: &Report, other: ReportId) -> Vec<Event> {
    let directory = work.app.desk.directory();
    let event = |judgement: &Judgement| Event {
        when: say.moment(judgement.by.at),
        title: match judgement.finding {
            Finding::Together => say.say("reports-links-together").into_owned(),
            Finding::Apart => say.say("reports-links-apart").into_owned(),
        },
        who: directory.name(judgement.by.org).to_owned(),
        body: judgement.because.as_str().to_owned(),
    };
    one.link(other).map_or_else(Vec::new, |link| {
        let all = link.before.iter().chain([&link.stands]);
        all.map(event).collect()
    })
}

/// Writes down what was found.
pub(super) async fn take(
    work: Work,
    Path((id, other)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, other) = (id_of(&id)?, id_of(&other)?);
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen_of(&mut form);
    let finding = form
        .parsed("finding", |text| match text {
            TOGETHER => Some(Finding::Together),
            APART => Some(Finding::Apart),
            _ => None,
        })
        .or_say(Key::new("reports-links-finding-missing"))
        .required();
    let because = safe_text(&mut form, "because", BECAUSE_MAX)
        .or_say(Key::new("reports-links-because-missing"))
        .required();
    let input = form.finish(|| Ok((seen?, finding?, because?)));
    let (seen, finding, because) = match input {
        Ok(input) => input,
        Err(f) => return page(&work, id, other, f, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let input = LinkInput {
        other,
        finding,
        because,
    };
    match judge(&work.app.desk, &work.actor, work.now, id, seen, input).await {
        Ok(()) => Ok(super::done(id, "linked")),
        Err(error) => {
            let f = refused(typed, error, &["finding", "because"], refusal)?;
            page(&work, id, other, f, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Asks which other report, for a link that the program did not find.
pub(super) async fn ask(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    asked(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

async fn asked(
    work: &Work,
    id: ReportId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    // Who may not see this report gets no question about it either.
    read(&work.app.desk, &work.actor, work.now, id).await?;
    let t = work.say();
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t, id),
        title: t.say("reports-links-other-title").into_owned(),
        know: vec![t.say("reports-links-other-lead").into_owned()],
        action: format!("/work/reports/{id}/links/new"),
        hidden: Vec::new(),
        asks: vec![
            Ask::new(How::Line, "other", t.say("reports-links-other"))
                .hint(t.say("reports-links-other-hint")),
        ],
        button: t.say("reports-links-other-button").into_owned(),
        cancel: format!("/work/reports/{id}"),
        t,
    };
    html_as(status, &page)
}

/// Leads to both side by side.
pub(super) async fn choose(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let mut form = Form::new(body);
    let other = form
        .parsed("other", named)
        .else_say(Key::new("reports-close-of-wrong"))
        .or_say(Key::new("reports-links-other-missing"))
        .required();
    if matches!(&other, Ok(other) if *other == id) {
        form.note("other", Key::new("reports-refused-link-itself"));
    }
    match form.finish(|| other) {
        Ok(other) => Ok(Redirect::to(&format!("/work/reports/{id}/links/{other}")).into_response()),
        Err(f) => asked(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// The report of a number, or of an address that ends in one.
fn named(text: &str) -> Option<ReportId> {
    let address = text.trim().split(['?', '#']).next()?;
    address
        .trim_end_matches('/')
        .rsplit('/')
        .next()?
        .parse()
        .ok()
}
