//! The developments of a line, picked from what holders told, and the figures of a letter.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::letter::{self, Edit, EditionView};
use domain::action::{Action, Line};
use domain::ids::{ActionId, EditionId, FigureId};

use super::edit::{again, change, form_page, read};
use super::page::crumbs;
use super::{address, id, texts};
use crate::form::{Filled, Form, Typed};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Choice, Crumb};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::figures::counted;
use crate::work::form_page::{Ask, FormPage, How, refused_page, safe_text, seen};
use crate::work::plan::texts as plan;
use crate::work::{Work, WorkForm};

struct Chosen {
    at: usize,
    number: String,
    text: String,
    first: bool,
}

struct Available {
    id: String,
    number: String,
    title: String,
    status: String,
    tone: &'static str,
    results: String,
    told: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "work/letters/line.html")]
struct LinePage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    id: String,
    version: i64,
    number: u32,
    name: String,
    chosen: Vec<Chosen>,
    actions: Vec<Available>,
}

const DONE: &[(&str, Key)] = &[("saved", Key::new("letter-done-saved"))];

/// Shows a line's developments and actions; `?line=` says which.
pub async fn show_line(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let id = id(&path)?;
    let number: u8 = work
        .query("line")
        .parse()
        .map_err(|_| Problem::not_found())?;
    let line = Line::try_from(number).map_err(|_| Problem::not_found())?;
    let view = read(&work, id).await?;
    let t = work.say();
    let mut above = crumbs(&t);
    above.push(Crumb::new(view.edition.name.to_string(), address(id)));
    let of_line = view.register.iter().filter(|a| a.plan.line == line);
    html(&LinePage {
        frame: work.frame_after(DONE)?,
        crumbs: above,
        id: id.to_string(),
        version: view.version,
        number: u32::from(number),
        name: plan::line(&work.app, &t, line),
        chosen: chosen(&view, line),
        actions: of_line.map(|a| available(&t, &view, a)).collect(),
        t,
    })
}

fn chosen(view: &EditionView, line: Line) -> Vec<Chosen> {
    let all = view.edition.content().highlights.iter().enumerate();
    let mut first = true;
    all.filter(|(_, h)| h.line == line)
        .map(|(at, highlight)| {
            let numbers = highlight.actions.iter().filter_map(|id| {
                let action = view.register.iter().find(|a| a.id == *id)?;
                Some(action.plan.number.clone())
            });
            Chosen {
                at,
                number: numbers.collect::<Vec<_>>().join(", "),
                text: highlight.text.as_str().to_owned(),
                first: std::mem::take(&mut first),
            }
        })
        .collect()
}

fn available(t: &Say, view: &EditionView, action: &Action) -> Available {
    let highlights = &view.edition.content().highlights;
    Available {
        id: action.id.to_string(),
        number: action.plan.number.clone(),
        title: action.plan.title.as_str().to_owned(),
        status: t.key(plan::status(action.status())).into_owned(),
        tone: plan::tone(action.status()),
        results: action
            .results()
            .map_or_else(String::new, |r| r.as_str().to_owned()),
        told: action.last_told().map_or_else(String::new, |d| t.date(d)),
        chosen: highlights.iter().any(|h| h.actions.contains(&action.id)),
    }
}

/// Makes a small change on the page of a line and goes back there.
async fn small(
    work: &Work,
    id: EditionId,
    seen: i64,
    line: i64,
    edit: Edit,
) -> Result<Response, Problem> {
    letter::edit(&work.app.desk, &work.actor, work.now, id, seen, edit)
        .await
        .map_err(|error| refused_page(error, texts::refusal))?;
    let to = format!("{}/line?line={line}&done=saved", address(id));
    Ok(Redirect::to(&to).into_response())
}

/// Picks a development: the holder's own words.
pub async fn pick(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let line = form.whole("line").within(1, 6);
    let action = form
        .parsed("action", |text| text.parse::<ActionId>().ok())
        .required();
    let input = form.finish(|| Ok((seen?, line?, action?)));
    let (seen, line, action) = input.map_err(|_| Problem::bad_request())?;
    small(&work, id, seen, line, Edit::Pick { action }).await
}

fn place(form: Form) -> Result<(i64, i64, usize), Problem> {
    let mut form = form;
    let seen = seen(&mut form);
    let line = form.whole("line").within(1, 6);
    let at = form.whole("at").within(0, 1_000);
    let input = form.finish(|| Ok((seen?, line?, at?)));
    let (seen, line, at) = input.map_err(|_| Problem::bad_request())?;
    let at = usize::try_from(at).map_err(|_| Problem::bad_request())?;
    Ok((seen, line, at))
}

/// Takes a development out.
pub async fn drop_it(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (seen, line, at) = place(Form::new(body))?;
    small(&work, id(&path)?, seen, line, Edit::Drop { at }).await
}

/// Moves a development up.
pub async fn up(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (seen, line, at) = place(Form::new(body))?;
    small(&work, id(&path)?, seen, line, Edit::Up { at }).await
}

fn words_page(work: &Work, view: &EditionView, at: usize, f: Filled) -> Result<FormPage, Problem> {
    let mut page = form_page(work, view, f, Key::new("letter-words-title"), "words")?;
    let t = page.t.clone();
    page.know = vec![
        t.say("letter-words-know").into_owned(),
        t.say("letter-nobody").into_owned(),
    ];
    page.hidden.push(("at", at.to_string()));
    page.asks = vec![Ask::new(How::Text, "text", t.say("letter-words"))];
    Ok(page)
}

/// Asks for other words; `?at=` says of which development.
pub async fn show_words(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let at: usize = work.query("at").parse().map_err(|_| Problem::not_found())?;
    let view = read(&work, id(&path)?).await?;
    let highlights = &view.edition.content().highlights;
    let highlight = highlights.get(at).ok_or_else(Problem::not_found)?;
    let filled = Filled::with(&[("text", highlight.text.as_str())]);
    html(&words_page(&work, &view, at, filled)?)
}

/// Keeps other words.
pub async fn words(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let at = form.whole("at").within(0, 1_000);
    let text = safe_text(&mut form, "text", 10_000).required();
    let place = at.as_ref().ok().and_then(|at| usize::try_from(*at).ok());
    let at = place.ok_or_else(Problem::bad_request)?;
    let filled = match form.finish(|| Ok((seen?, text?))) {
        Err(filled) => filled,
        Ok((seen, text)) => {
            let edit = Edit::Reword { at, text };
            match change(&work, id, seen, edit, typed, &[]).await? {
                Ok(done) => return Ok(done),
                Err(filled) => filled,
            }
        }
    };
    let view = read(&work, id).await?;
    again(&words_page(&work, &view, at, filled)?)
}

fn figures_page(work: &Work, view: &EditionView, f: Filled) -> Result<FormPage, Problem> {
    let mut page = form_page(work, view, f, Key::new("letter-figures"), "figures")?;
    let t = page.t.clone();
    page.know = vec![
        t.say("letter-figures-know").into_owned(),
        t.say("letter-figures-two").into_owned(),
    ];
    let choice = |f: &letter::FigureChoice| {
        let figure = &f.figure.figure;
        let hint = format!(
            "{} · {} · {}",
            t.key(counted(figure.counted)),
            t.date(figure.reference_date),
            figure.source.name.as_str()
        );
        Choice::new(f.id.to_string(), figure.title.nl.clone()).hint(hint)
    };
    let choices: Vec<Choice> = view.figures.iter().map(choice).collect();
    page.asks = vec![
        Ask::new(How::Checks, "figures", t.say("letter-figures"))
            .of(choices)
            .optional(),
    ];
    Ok(page)
}

/// Asks which figures.
pub async fn show_figures(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let view = read(&work, id(&path)?).await?;
    let mut typed = Typed::default();
    for figure in view.figures.iter().filter(|f| f.chosen) {
        typed.add("figures", &figure.id.to_string());
    }
    html(&figures_page(&work, &view, Filled::new(typed, Vec::new()))?)
}

/// Keeps which figures.
pub async fn figures(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let view = read(&work, id).await?;
    let typed = body.0.clone();
    let known: Vec<(String, FigureId)> = view
        .figures
        .iter()
        .map(|f| (f.id.to_string(), f.id))
        .collect();
    let options: Vec<(&str, FigureId)> = known.iter().map(|(t, id)| (t.as_str(), *id)).collect();
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let chosen = form.many_of("figures", &options).any();
    let filled = match form.finish(|| Ok((seen?, chosen?))) {
        Err(filled) => filled,
        Ok((seen, chosen)) => {
            let edit = Edit::Figures(chosen);
            match change(&work, id, seen, edit, typed, &[]).await? {
                Ok(done) => return Ok(done),
                Err(filled) => filled,
            }
        }
    };
    again(&figures_page(&work, &view, filled)?)
}
