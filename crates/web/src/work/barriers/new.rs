//! Writing a barrier down: first the step of the offender, then what is done about which place or firm.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::barrier::{self, NewBarrier};
use domain::barrier::{Place, PlanNumber, WORDS_MAX};
use domain::code::{FormCode, MunicipalityCode, RegionCode};
use domain::vocabulary::{
    BarrierInstrumentCode, BarrierStep, BarrierStepCode, BarrierTargetCode, RegionKind, known,
};

use super::{SAID, crumbs, guarded};
use crate::form::{Filled, Form, Read};
use crate::page::ui::Choice;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Key;
use crate::words::{choices, language, sorted_choices};
use crate::work::deed::deed;
use crate::work::form_page::{Ask, FormPage, How, looked, safe_text};
use crate::work::sheets::{Block, Cell, SheetPage};
use crate::work::{Work, WorkForm};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn step_of<'a>(work: &'a Work, code: &str) -> Option<&'a BarrierStep> {
    let mut steps = work
        .app
        .desk
        .vocabulary
        .barrier_steps
        .valid_on(work.today());
    steps.find(|step| step.code.is(code))
}

/// Asks at which step, or the rest when the step is chosen.
pub(super) async fn ask(work: Work) -> Result<Response, Problem> {
    let Some(step) = step_of(&work, work.query("step")) else {
        return choose(&work);
    };
    let region = work.person()?.region.as_ref().map(ToString::to_string);
    let known = work
        .app
        .desk
        .vocabulary
        .regions_of(RegionKind::SafetyRegion, work.today());
    let own = region.filter(|own| known.into_iter().any(|region| region.code.is(own)));
    let filled = Filled::with(&[("region", own.as_deref().unwrap_or_default())]);
    form_page(&work, step, filled, StatusCode::OK)
}

/// The steps, each with who makes it possible and who can raise a barrier.
fn choose(work: &Work) -> Result<Response, Problem> {
    let t = work.say();
    let lang = language(work.lang);
    let steps = work
        .app
        .desk
        .vocabulary
        .barrier_steps
        .valid_on(work.today());
    let rows = steps
        .map(|step| {
            let name = format!("{}. {}", step.facts.order, step.label(lang));
            vec![
                Cell::link(name, format!("/work/barriers/new?step={}", step.code)),
                Cell::new(step.facts.facilitators.in_language(lang)),
                Cell::new(step.facts.raisers.in_language(lang)),
            ]
        })
        .collect();
    let columns = vec![
        t.say("barriers-step").into_owned(),
        t.say("barriers-facilitators").into_owned(),
        t.say("barriers-raisers").into_owned(),
    ];
    let block = Block::new(t.say("barriers-choose-step")).table(columns, rows, "");
    html(
        &SheetPage::new(work, t.say("barriers-new"), &[])?
            .under(crumbs(&t))
            .lead(t.say("barriers-choose-lead"))
            .block(block),
    )
}

fn form_page(
    work: &Work,
    step: &BarrierStep,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let t = work.say();
    let (today, lang) = (work.today(), work.lang);
    let list = &work.app.desk.vocabulary;
    let instruments = list
        .barrier_instruments
        .valid_on(today)
        .filter(|one| one.facts.fits(&step.code))
        .map(|one| Choice::new(one.code.as_str(), one.label(language(lang))))
        .collect();
    let mut regions: Vec<Choice> = list
        .regions_of(RegionKind::SafetyRegion, today)
        .map(|region| Choice::new(region.code.as_str(), region.label(language(lang))))
        .collect();
    regions.sort_by_cached_key(|choice| choice.label.to_lowercase());
    let asks = vec![
        Ask::new(How::Radios, "instrument", t.say("barriers-instrument")).of(instruments),
        Ask::new(How::Select, "target", t.say("barriers-target")).of(choices(
            &list.barrier_targets,
            today,
            lang,
        )),
        Ask::new(How::Text, "what", t.say("barriers-what")).hint(t.say("barriers-what-hint")),
        Ask::new(How::Select, "municipality", t.say("barriers-municipality"))
            .of(sorted_choices(&list.municipalities, today, lang))
            .hint(t.say("barriers-municipality-hint"))
            .optional(),
        Ask::new(How::Select, "region", t.say("barriers-region"))
            .of(regions)
            .optional(),
        Ask::new(How::Checks, "forms", t.say("barriers-forms"))
            .of(forms(work))
            .hint(t.say("barriers-forms-hint"))
            .optional(),
        Ask::new(How::Short, "action", t.say("barriers-action"))
            .hint(t.say("barriers-action-hint"))
            .optional(),
    ];
    let words = language(lang);
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        title: t.say_with("barriers-new-at", "step", step.label(words)),
        know: vec![
            t.say_with(
                "barriers-who-helps",
                "who",
                step.facts.facilitators.in_language(words),
            ),
            t.say("barriers-new-lead").into_owned(),
        ],
        action: "/work/barriers/new".to_owned(),
        hidden: vec![("step", step.code.to_string())],
        asks,
        button: t.say("barriers-open").into_owned(),
        cancel: "/work/barriers".to_owned(),
        t,
    };
    html_as(status, &guarded(page))
}

/// The main forms that count as trafficking; a barrier is not aimed at what is unknown.
fn forms(work: &Work) -> Vec<Choice> {
    let forms = work.app.desk.vocabulary.forms.valid_on(work.today());
    forms
        .filter(|form| form.facts.parent().is_none() && form.facts.counts_as_trafficking)
        .filter(|form| form.code != known::form::UNKNOWN)
        .map(|form| Choice::new(form.code.as_str(), form.label(language(work.lang))))
        .collect()
}

fn new_of(form: &mut Form, known: &[FormCode]) -> Read<NewBarrier> {
    let options: Vec<(&str, &FormCode)> = known.iter().map(|code| (code.as_str(), code)).collect();
    let step = form
        .parsed("step", |text| BarrierStepCode::new(text).ok())
        .required();
    let instrument = form
        .parsed("instrument", |text| BarrierInstrumentCode::new(text).ok())
        .required();
    let target = form
        .parsed("target", |text| BarrierTargetCode::new(text).ok())
        .required();
    let what = safe_text(form, "what", WORDS_MAX).required();
    let municipality = form
        .parsed("municipality", |text| MunicipalityCode::new(text).ok())
        .optional();
    let region = form
        .parsed("region", |text| RegionCode::new(text).ok())
        .optional();
    let forms = form.many_of("forms", &options).any();
    let action = form
        .parsed("action", |text| PlanNumber::try_from(text.to_owned()).ok())
        .else_say(Key::new("barriers-action-wrong"))
        .optional();
    let looked = looked(form);
    // The municipality says it more closely; it lies in its region whatever else was chosen.
    let place = match (municipality?, region?) {
        (Some(code), _) => Place::Municipality(code),
        (None, Some(code)) => Place::Region(code),
        (None, None) => return Err(form.note("municipality", Key::new("barriers-no-place"))),
    };
    Ok(NewBarrier {
        step: step?,
        instrument: instrument?,
        target: target?,
        place,
        forms: forms?.into_iter().cloned().collect(),
        what: what?,
        action: action?,
        looked: looked?,
    })
}

/// Writes it down.
pub(super) async fn make(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let asked = body.0.first("step").to_owned();
    let step = step_of(&work, &asked).ok_or_else(Problem::bad_request)?;
    let known: Vec<FormCode> = forms(&work)
        .iter()
        .filter_map(|choice| FormCode::new(choice.value.as_str()).ok())
        .collect();
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act = |new| barrier::open(desk, actor, now, new);
    match deed(body, SAID, |form| new_of(form, &known), act).await? {
        Ok(id) => Ok(Redirect::to(&format!("/work/barriers/{id}?done=opened")).into_response()),
        Err(f) => form_page(&work, step, f, WRONG),
    }
}
