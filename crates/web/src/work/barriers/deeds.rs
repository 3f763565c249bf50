//! The steps of a barrier: planned, raised, what it yielded, ended, dropped.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::barrier::{self, Step};
use domain::barrier::{Ended, WHO_MAX, WORDS_MAX};
use domain::ids::BarrierId;

use super::{SAID, crumbs, guarded, id_of, short, state};
use crate::form::{Filled, Form, Read};
use crate::page::html_as;
use crate::page::ui::{Choice, Crumb};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::deed::deed;
use crate::work::form_page::{Ask, FormPage, How, looked, safe_text, seen};
use crate::work::{Work, WorkForm};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Which step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plan,
    Raise,
    Result,
    End,
    Drop,
}

impl Kind {
    /// In the address, and in what is told afterwards.
    fn code(self) -> &'static str {
        match self {
            Kind::Plan => "plan",
            Kind::Raise => "raise",
            Kind::Result => "result",
            Kind::End => "end",
            Kind::Drop => "drop",
        }
    }

    fn title(self) -> Key {
        match self {
            Kind::Plan => Key::new("barriers-plan"),
            Kind::Raise => Key::new("barriers-raise"),
            Kind::Result => Key::new("barriers-result"),
            Kind::End => Key::new("barriers-end"),
            Kind::Drop => Key::new("barriers-drop"),
        }
    }

    fn lead(self) -> Key {
        match self {
            Kind::Plan => Key::new("barriers-plan-lead"),
            Kind::Raise => Key::new("barriers-raise-lead"),
            Kind::Result => Key::new("barriers-result-lead"),
            Kind::End => Key::new("barriers-end-lead"),
            Kind::Drop => Key::new("barriers-drop-lead"),
        }
    }

    fn asks(self, t: &Say) -> Vec<Ask> {
        match self {
            Kind::Plan => vec![
                Ask::new(How::Line, "who", t.say("barriers-who")).hint(t.say("barriers-who-hint")),
                Ask::new(How::Day, "until", t.say("barriers-until")),
            ],
            Kind::Raise => vec![
                Ask::new(How::Day, "on", t.say("barriers-raised-on"))
                    .hint(t.say("barriers-raised-on-hint")),
            ],
            Kind::Result => vec![
                Ask::new(How::Day, "on", t.say("barriers-result-on")),
                Ask::new(How::Text, "what", t.say("barriers-result-what"))
                    .hint(t.say("barriers-result-hint")),
            ],
            Kind::End => {
                let ways = Ended::ALL.into_iter();
                let ways = ways.map(|how| Choice::new(how.code(), t.key(state(how.code()))));
                vec![
                    Ask::new(How::Radios, "how", t.say("barriers-end-how")).of(ways.collect()),
                    Ask::new(How::Day, "on", t.say("barriers-end-on")),
                    Ask::new(How::Text, "reason", t.say("barriers-reason"))
                        .hint(t.say("barriers-reason-hint")),
                ]
            }
            Kind::Drop => vec![
                Ask::new(How::Text, "reason", t.say("barriers-reason"))
                    .hint(t.say("barriers-reason-hint")),
            ],
        }
    }

    fn read(self, form: &mut Form) -> Read<(i64, Step)> {
        let seen = seen(form);
        let step = match self {
            Kind::Plan => {
                let who = safe_text(form, "who", WHO_MAX).required();
                let until = form.date("until").required();
                let looked = looked(form);
                Step::Plan {
                    who: who?,
                    until: until?,
                    looked: looked?,
                }
            }
            Kind::Raise => Step::Raise {
                on: form.date("on").required()?,
            },
            Kind::Result => {
                let on = form.date("on").required();
                let what = safe_text(form, "what", WORDS_MAX).required();
                let looked = looked(form);
                Step::Note {
                    on: on?,
                    what: what?,
                    looked: looked?,
                }
            }
            Kind::End => {
                let ways = Ended::ALL.map(|how| (how.code(), how));
                let how = form.one_of("how", &ways).required();
                let on = form.date("on").required();
                let reason = safe_text(form, "reason", WORDS_MAX).required();
                let looked = looked(form);
                Step::End {
                    how: how?,
                    on: on?,
                    reason: reason?,
                    looked: looked?,
                }
            }
            Kind::Drop => {
                let reason = safe_text(form, "reason", WORDS_MAX).required();
                let looked = looked(form);
                Step::Drop {
                    reason: reason?,
                    looked: looked?,
                }
            }
        };
        Ok((seen?, step))
    }
}

async fn page(
    work: &Work,
    id: BarrierId,
    kind: Kind,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let version = match f.value("seen") {
        "" => {
            let view = barrier::read(&work.app.desk, &work.actor, work.now, id);
            view.await.map_err(refuse)?.version.to_string()
        }
        seen => seen.to_owned(),
    };
    let t = work.say();
    let mut above = crumbs(&t);
    above.push(Crumb::new(short(id), format!("/work/barriers/{id}")));
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: above,
        title: t.key(kind.title()).into_owned(),
        know: vec![t.key(kind.lead()).into_owned()],
        action: format!("/work/barriers/{id}/{}", kind.code()),
        hidden: vec![("seen", version)],
        asks: kind.asks(&t),
        button: t.key(kind.title()).into_owned(),
        cancel: format!("/work/barriers/{id}"),
        t,
    };
    html_as(status, &guarded(page))
}

/// Asks what the step needs.
pub(super) async fn ask(
    work: Work,
    Path(id): Path<String>,
    kind: Kind,
) -> Result<Response, Problem> {
    page(&work, id_of(&id)?, kind, Filled::blank(), StatusCode::OK).await
}

/// Takes the step.
pub(super) async fn take(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
    kind: Kind,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act = |(seen, step)| barrier::take(desk, actor, now, id, seen, step);
    match deed(body, SAID, |form| kind.read(form), act).await? {
        Ok(()) => {
            let to = format!("/work/barriers/{id}?done={}", kind.code());
            Ok(Redirect::to(&to).into_response())
        }
        Err(f) => page(&work, id, kind, f, WRONG).await,
    }
}
