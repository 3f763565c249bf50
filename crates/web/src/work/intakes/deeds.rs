//! Opening, taking on, sending back and closing.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::intake::{self, CloseInput, OwnInput};
use domain::SafeText;
use domain::ids::IntakeId;

use super::{crumbs, done, id_of, look, refusal, said, words};
use crate::form::{Filled, Form, Read};
use crate::page::html_as;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::deed::{deed, pressed};
use crate::work::form_page::{
    Ask, FormPage, How, looked, refused_page, safe_text, seen as seen_of,
};
use crate::work::vocabulary::{all_forms, form_on, known, sorted};
use crate::work::{Work, WorkForm};

/// Longest text, in characters.
const LONGEST: usize = 10_000;
const CLOSE_FIELDS: &[&str] = &["outcome", "reason", "close_anyway", "left_open_why"];
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Asks what was found.
pub async fn show_new(work: Work) -> Result<Response, Problem> {
    let today = work.today().to_string();
    new_page(&work, Filled::with(&[("found", &today)]), StatusCode::OK)
}

fn new_page(work: &Work, f: Filled, status: StatusCode) -> Result<Response, Problem> {
    let say = work.say();
    let (list, today) = (&work.app.desk.vocabulary, work.today());
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: vec![Crumb::new(say.say("nav-intakes"), "/work/intakes")],
        title: say.say("intakes-new").into_owned(),
        know: vec![say.say("intakes-new-lead").into_owned()],
        action: "/work/intakes/new".to_owned(),
        hidden: Vec::new(),
        asks: vec![
            Ask::new(How::Text, "story", say.say("intakes-finding"))
                .hint(say.say("intakes-new-story-hint")),
            Ask::new(How::Day, "found", say.say("intakes-found-on")),
            Ask::new(How::Select, "form", say.say("reports-fact-forms"))
                .of(all_forms(list, today, &say))
                .optional(),
            Ask::new(
                How::Select,
                "municipality",
                say.say("reports-fact-municipality"),
            )
            .of(sorted(&list.municipalities, today, &say))
            .optional(),
        ],
        button: say.say("intakes-new-button").into_owned(),
        cancel: "/work/intakes".to_owned(),
        t: say,
    };
    html_as(status, &page.guarded())
}

/// Opens a file.
pub async fn open_new(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let (list, today) = (&work.app.desk.vocabulary, work.today());
    let read = |form: &mut Form| {
        let story = safe_text(form, "story", LONGEST)
            .or_say(Key::new("intakes-new-story-missing"))
            .required();
        let found = form.date("found").required();
        let kind = form
            .parsed("form", |text| form_on(list, today, text))
            .optional();
        let municipality = form
            .parsed("municipality", |text| {
                known(&list.municipalities, today, text)
            })
            .optional();
        let looked = looked(form);
        Ok(OwnInput {
            story: story?,
            found: found?,
            forms: kind?.into_iter().collect(),
            municipality: municipality?,
            looked: looked?,
        })
    };
    let act = |input| intake::open(&work.app.desk, &work.actor, work.now, input);
    match deed(body, said(&["found", "story"]), read, act).await? {
        Ok(id) => Ok(done(id, "opened")),
        Err(f) => new_page(&work, f, WRONG),
    }
}

/// Takes an intake on, or an assessed one up again.
pub async fn take_on(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let seen = pressed(body)?;
    intake::take_on(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(|error| refused_page(error, refusal))?;
    Ok(done(id, "taken-on"))
}

/// Asks why it goes back.
pub async fn show_send_back(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    send_back_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

async fn send_back_page(
    work: &Work,
    id: IntakeId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let dossier = look(work, id).await?;
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&say, id),
        title: say.say("intakes-send-back-title").into_owned(),
        know: vec![say.say("intakes-send-back-lead").into_owned()],
        action: format!("/work/intakes/{id}/send-back"),
        hidden: vec![("seen", dossier.version.to_string())],
        asks: vec![
            Ask::new(How::Text, "reason", say.say("intakes-reason"))
                .hint(say.say("intakes-send-back-hint")),
        ],
        button: say.say("intakes-send-back-button").into_owned(),
        cancel: format!("/work/intakes/{id}"),
        t: say,
    };
    html_as(status, &page.guarded())
}

/// Sends it back.
pub async fn send_back(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let reason = safe_text(form, "reason", 2_000)
            .or_say(Key::new("intakes-reason-missing"))
            .required();
        let looked = looked(form);
        Ok((seen?, reason?, looked?))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, reason, looked)| {
        intake::send_back(desk, &work.actor, now, id, seen, reason, looked)
    };
    match deed(body, said(&["reason"]), read, act).await? {
        Ok(()) => Ok(done(id, "sent-back")),
        Err(f) => send_back_page(&work, id, f, WRONG).await,
    }
}

/// Asks for the outcome, with what is still owed.
pub async fn show_close(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    close_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

async fn close_page(
    work: &Work,
    id: IntakeId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let dossier = look(work, id).await?;
    let open = dossier.owed.iter().filter(|o| {
        let open = matches!(o.progress, intake::Progress::Open { .. });
        open && o.obligation != domain::intake::Obligation::AnswerDesk
    });
    let mut know = vec![say.say("intakes-close-lead").into_owned()];
    let open = open.count();
    let mut asks = vec![
        Ask::new(How::Radios, "outcome", say.say("intakes-outcome")).of(words::named(
            &say,
            words::OUTCOMES,
            words::outcome,
        )),
        Ask::new(How::Text, "reason", say.say("intakes-reason"))
            .hint(say.say("intakes-close-reason-hint")),
    ];
    if open > 0 {
        know.push(say.say_n("intakes-close-owed", open));
        asks.extend([
            Ask::heading(say.say("cases-close-anyway-title")),
            Ask::new(How::Flag, "close_anyway", say.say("intakes-close-anyway")),
            Ask::new(
                How::Text,
                "left_open_why",
                say.say("intakes-close-anyway-why"),
            )
            .hint(say.say("intakes-close-anyway-hint"))
            .optional(),
        ]);
    }
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&say, id),
        title: say.say("intakes-close-title").into_owned(),
        know,
        action: format!("/work/intakes/{id}/close"),
        hidden: vec![("seen", dossier.version.to_string())],
        asks,
        button: say.say("intakes-close-button").into_owned(),
        cancel: format!("/work/intakes/{id}"),
        t: say,
    };
    html_as(status, &page.guarded())
}

/// Closes it.
pub async fn close(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let outcome = form
            .one_of("outcome", words::OUTCOMES)
            .or_say(Key::new("intakes-outcome-missing"))
            .required();
        let reason = safe_text(form, "reason", LONGEST)
            .or_say(Key::new("intakes-reason-missing"))
            .required();
        let looked = looked(form);
        let left_open = left_open(form);
        let input = CloseInput {
            outcome: outcome?,
            reason: reason?,
            left_open: left_open?,
            looked: looked?,
        };
        Ok((seen?, input))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| intake::close(desk, &work.actor, now, id, seen, input);
    match deed(body, said(CLOSE_FIELDS), read, act).await? {
        Ok(()) => Ok(done(id, "closed")),
        Err(f) => close_page(&work, id, f, WRONG).await,
    }
}

/// Who closes although something is owed says that she knows, and why: one without the other is a fault.
fn left_open(form: &mut Form) -> Read<Option<SafeText>> {
    let anyway = form.flag("close_anyway").read();
    let why = safe_text(form, "left_open_why", LONGEST).optional();
    match (anyway?, why?) {
        (true, Some(why)) => Ok(Some(why)),
        (false, None) => Ok(None),
        (true, None) => Err(form.note("left_open_why", Key::new("intakes-reason-missing"))),
        (false, Some(_)) => Err(form.note("close_anyway", Key::new("cases-fault-left-open"))),
    }
}
