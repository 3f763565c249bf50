//! Making actions and changing what they are.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::plan;
use domain::SafeText;
use domain::action::{ActionPlan, AgeGroup, DESCRIPTION_MAX, Line, TITLE_MAX};
use domain::code::FormCode;
use domain::ids::OrgId;

use super::page::crumbs;
use super::{address, details, id, texts};
use crate::form::{Filled, Form, Read, Typed};
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Key;
use crate::words;
use crate::work::form_page::{Ask, FormPage, How, refused, safe_text, seen};
use crate::work::{Work, WorkForm};

/// Fields at which the desk may find a fault.
const FIELDS: [&str; 9] = [
    "number", "goals", "holder", "involved", "forms", "end", "budget", "money", "regions",
];

/// Organisations that can hold an action or take part: those that work for the whole country, and those already named.
fn organisations(work: &Work, also: &[OrgId]) -> Vec<(OrgId, String)> {
    let directory = work.app.desk.directory();
    let mut out: Vec<(OrgId, String)> = directory
        .all()
        .filter(|(id, o)| o.region.is_none() || also.contains(id))
        .map(|(id, o)| (id, o.name.clone()))
        .collect();
    out.sort_by_cached_key(|(_, name)| name.to_lowercase());
    out
}

fn asks(work: &Work, also: &[OrgId]) -> Vec<Ask> {
    let t = work.say();
    let app = &work.app;
    let orgs: Vec<Choice> = organisations(work, also)
        .into_iter()
        .map(|(id, name)| Choice::new(id.to_string(), name))
        .collect();
    let lines = Line::ALL
        .map(|line| {
            let name = texts::line(app, &t, line);
            Choice::new(
                line.number().to_string(),
                format!("{}. {name}", line.number()),
            )
        })
        .to_vec();
    let goals = words::choices(
        &app.desk.vocabulary.strategic_goals,
        work.today(),
        work.lang,
    );
    let ages = texts::AGES
        .map(|(code, age)| Choice::new(code, t.key(texts::age(age))))
        .to_vec();
    let mut asks = vec![
        Ask::new(How::Select, "line", t.say("plan-line")).of(lines),
        Ask::new(How::Short, "number", t.say("plan-number")).hint(t.say("plan-number-hint")),
        Ask::new(How::Line, "title", t.say("plan-title")),
        Ask::new(How::Text, "description", t.say("plan-description")).optional(),
        Ask::new(How::Select, "holder", t.say("plan-holder"))
            .of(orgs.clone())
            .hint(t.say("plan-holder-hint")),
        Ask::new(How::Checks, "involved", t.say("plan-involved"))
            .of(orgs)
            .optional(),
        Ask::new(How::Checks, "goals", t.say("plan-goals"))
            .of(goals)
            .optional(),
        Ask::new(How::Text, "goal", t.say("plan-goal")).optional(),
        Ask::new(How::Checks, "forms", t.say("plan-forms"))
            .of(texts::form_choices(app, &t, work.today()))
            .hint(t.say("plan-forms-hint"))
            .optional(),
        Ask::new(How::Checks, "ages", t.say("plan-ages"))
            .of(ages)
            .hint(t.say("plan-ages-hint"))
            .optional(),
        Ask::new(How::Text, "result", t.say("plan-result"))
            .hint(t.say("plan-result-hint"))
            .optional(),
        Ask::new(How::Day, "start", t.say("plan-start")).optional(),
        Ask::new(How::Day, "end", t.say("plan-end")).optional(),
        Ask::new(How::Short, "budget", t.say("plan-budget")).optional(),
        Ask::new(How::Text, "indicators", t.say("plan-indicators"))
            .hint(t.say("plan-one-a-line"))
            .optional(),
        Ask::new(How::Text, "links", t.say("plan-links"))
            .hint(t.say("plan-one-a-line"))
            .optional(),
    ];
    asks.extend(details::asks(work, &t));
    asks
}

/// The form as it is filled for an action that exists.
fn filled(plan: &ActionPlan) -> Filled {
    let mut typed = Typed::default();
    let text = |text: &Option<SafeText>| {
        text.as_ref()
            .map_or_else(String::new, |t| t.as_str().to_owned())
    };
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |d| d.to_string());
    let lines = |texts: &[SafeText]| {
        let lines: Vec<&str> = texts.iter().map(SafeText::as_str).collect();
        lines.join("\n")
    };
    let budget = plan.budget_eur.map_or_else(String::new, |b| b.to_string());
    for (name, value) in [
        ("line", plan.line.number().to_string()),
        ("number", plan.number.clone()),
        ("title", plan.title.as_str().to_owned()),
        ("description", text(&plan.description)),
        ("holder", plan.holder.to_string()),
        ("goal", text(&plan.goal)),
        ("result", text(&plan.intended_result)),
        ("start", day(plan.start)),
        ("end", day(plan.end)),
        ("budget", budget),
        ("indicators", lines(&plan.indicators)),
        ("links", lines(&plan.links)),
    ] {
        typed.add(name, &value);
    }
    details::fill(&mut typed, &plan.details);
    for org in &plan.involved {
        typed.add("involved", &org.to_string());
    }
    for goal in &plan.goals {
        typed.add("goals", &goal.to_string());
    }
    for form in &plan.forms {
        typed.add("forms", form.as_str());
    }
    for (code, age) in texts::AGES {
        if plan.ages.contains(&age) {
            typed.add("ages", code);
        }
    }
    Filled::new(typed, Vec::new())
}

/// One text a line.
fn lines(form: &mut Form, name: &'static str) -> Read<Vec<SafeText>> {
    let read = form
        .parsed(name, |text| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines
                .map(|line| SafeText::new("line", line, 500).ok())
                .collect::<Option<Vec<_>>>()
        })
        .max(10_000)
        .else_say(Key::new("form-error-text"))
        .optional()?;
    Ok(read.unwrap_or_default())
}

/// What was chosen of many, with the codes that the action had before.
struct Known {
    orgs: Vec<(String, OrgId)>,
    forms: Vec<(String, FormCode)>,
    regions: Vec<String>,
}

impl Known {
    fn of(work: &Work, before: Option<&ActionPlan>) -> Known {
        let also: Vec<OrgId> = before.map_or_else(Vec::new, named);
        let orgs = organisations(work, &also);
        let t = work.say();
        let today = texts::form_choices(&work.app, &t, work.today());
        let mut forms: Vec<FormCode> = today
            .iter()
            .filter_map(|c| FormCode::new(c.value.as_str()).ok())
            .collect();
        forms.extend(before.into_iter().flat_map(|b| b.forms.clone()));
        Known {
            orgs: orgs
                .into_iter()
                .map(|(id, _)| (id.to_string(), id))
                .collect(),
            forms: forms.into_iter().map(|f| (f.to_string(), f)).collect(),
            regions: details::regions(work, before),
        }
    }
}

fn named(plan: &ActionPlan) -> Vec<OrgId> {
    let mut orgs = plan.involved.clone();
    orgs.push(plan.holder);
    orgs
}

fn read(form: &mut Form, known: &Known) -> Read<ActionPlan> {
    let line = form
        .parsed("line", |text| {
            let number: u8 = text.parse().ok()?;
            Line::try_from(number).ok()
        })
        .required();
    let number = form.line("number").max(20).required();
    let title = safe_text(form, "title", TITLE_MAX).required();
    let description = safe_text(form, "description", DESCRIPTION_MAX).optional();
    let orgs: Vec<(&str, OrgId)> = known.orgs.iter().map(|(t, id)| (t.as_str(), *id)).collect();
    let holder = form.one_of("holder", &orgs).required();
    let involved = form.many_of("involved", &orgs).any();
    let goals = form
        .many_of("goals", &[("1", 1_u8), ("2", 2), ("3", 3)])
        .any();
    let goal = safe_text(form, "goal", DESCRIPTION_MAX).optional();
    let codes: Vec<(&str, usize)> = known
        .forms
        .iter()
        .enumerate()
        .map(|(at, (code, _))| (code.as_str(), at))
        .collect();
    let forms = form.many_of("forms", &codes).any();
    let ages: Read<Vec<AgeGroup>> = form.many_of("ages", &texts::AGES).any();
    let result = safe_text(form, "result", DESCRIPTION_MAX).optional();
    let (start, end) = (form.date("start").optional(), form.date("end").optional());
    let budget = form.whole("budget").maybe_within(0, 10_000_000_000);
    let indicators = lines(form, "indicators");
    let links = lines(form, "links");
    let details = details::read(form, &known.regions);
    let forms: Vec<FormCode> = forms?
        .into_iter()
        .filter_map(|at| known.forms.get(at).map(|(_, code)| code.clone()))
        .collect();
    Ok(ActionPlan {
        line: line?,
        number: number?,
        title: title?,
        description: description?,
        goals: goals?,
        goal: goal?,
        holder: holder?,
        involved: involved?,
        forms,
        ages: ages?,
        intended_result: result?,
        start: start?,
        end: end?,
        budget_eur: budget?.and_then(|euros| u64::try_from(euros).ok()),
        indicators: indicators?,
        links: links?,
        details: details?,
    })
}

fn new_page(work: &Work, f: Filled) -> Result<FormPage, Problem> {
    let t = work.say();
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        title: t.say("plan-new-title").into_owned(),
        know: vec![t.say("plan-new-know").into_owned()],
        action: "/work/plan/new".to_owned(),
        hidden: Vec::new(),
        asks: asks(work, &[]),
        button: t.say("plan-new-button").into_owned(),
        cancel: "/work/plan".to_owned(),
        t,
    })
}

/// Asks for a new action.
pub async fn show_new(work: Work) -> Result<Response, Problem> {
    html(&new_page(&work, Filled::blank())?)
}

/// Makes it.
pub async fn make(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let known = Known::of(&work, None);
    let mut form = Form::new(body);
    let input = read(&mut form, &known);
    let filled = match form.finish(|| input) {
        Err(filled) => filled,
        Ok(new) => match plan::create(&work.app.desk, &work.actor, work.now, new).await {
            Ok(id) => {
                return Ok(Redirect::to(&format!("{}?done=made", address(id))).into_response());
            }
            Err(error) => refused(typed, error, &FIELDS, texts::refusal)?,
        },
    };
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&work, filled)?)
}

fn edit_page(
    work: &Work,
    view: &plan::ActionView,
    version: String,
    f: Filled,
) -> Result<FormPage, Problem> {
    let t = work.say();
    let action = &view.action;
    let mut above = crumbs(&t);
    above.push(Crumb::new(action.plan.number.clone(), address(action.id)));
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: above,
        title: t.say_with("plan-edit-title", "number", &action.plan.number),
        know: vec![t.say("plan-edit-know").into_owned()],
        action: format!("{}/edit", address(action.id)),
        hidden: vec![("seen", version)],
        asks: asks(work, &named(&action.plan)),
        button: t.say("plan-edit-button").into_owned(),
        cancel: address(action.id),
        t,
    })
}

/// Asks for changes.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let view = plan::read(&work.app.desk, &work.actor, work.now, id(&text)?).await?;
    let filled = filled(&view.action.plan);
    html(&edit_page(&work, &view, view.version.to_string(), filled)?)
}

/// Changes it.
pub async fn change(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let desk = &work.app.desk;
    let view = plan::read(desk, &work.actor, work.now, id).await?;
    let typed = body.0.clone();
    let known = Known::of(&work, Some(&view.action.plan));
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let input = read(&mut form, &known);
    let filled = match form.finish(|| Ok((seen?, input?))) {
        Err(filled) => filled,
        Ok((seen, new)) => match plan::change(desk, &work.actor, work.now, id, seen, new).await {
            Ok(()) => {
                let to = format!("{}?done=changed", address(id));
                return Ok(Redirect::to(&to).into_response());
            }
            Err(error) => refused(typed.clone(), error, &FIELDS, texts::refusal)?,
        },
    };
    let version = typed.first("seen").to_owned();
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &edit_page(&work, &view, version, filled)?,
    )
}
