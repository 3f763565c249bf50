//! A part is answered, or there is nothing to tell.

use ::desk::kept::Store;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::request::{self, AnswerInput, PartInput};
use domain::SafeText;
use domain::code::DataCode;
use domain::request::{Outcome, WORDS_MAX};

use super::carry;
use super::deeds::{ANSWER_FIELDS, GROUNDS};
use super::parts::{base, held, show};
use super::words;
use crate::form::{Form, FormBody, Read};
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::deed::{Said, deed};
use crate::work::form_page::{looked, safe_text, seen};
use crate::work::{Work, WorkForm};

macro_rules! of_store {
    ($($name:ident $store:ident;)+) => {$(
        pub(super) async fn $name(
            work: Work,
            Path(id): Path<String>,
            WorkForm(body): WorkForm,
        ) -> Result<Response, Problem> {
            respond(work, Store::$store, id, body).await
        }
    )+};
}

of_store! {
    k1 K1;
    k2 K2;
    k3 K3;
    k4 K4;
    k5 K5;
}

#[derive(Clone, Copy)]
enum Way {
    Answer,
    Nothing,
    Withhold,
}

const WAYS: [(&str, Way); 3] = [
    ("answer", Way::Answer),
    ("nothing", Way::Nothing),
    ("withhold", Way::Withhold),
];

const OUTCOMES: [(&str, Outcome); 3] = [
    ("given", Outcome::Given),
    ("partly", Outcome::Partly),
    ("refused", Outcome::Refused),
];

/// A field that this way needs.
fn needed<T>(
    form: &mut Form,
    field: &'static str,
    value: Read<Option<T>>,
    needs: bool,
) -> Read<Option<T>> {
    match value {
        Ok(None) if needs => Err(form.note(field, Key::new("form-error-required"))),
        other => other,
    }
}

fn input(form: &mut Form, store: Store) -> Read<(i64, PartInput)> {
    let held = held(store);
    let options: Vec<(&str, &'static str)> = held.iter().map(|code| (*code, *code)).collect();
    let seen = seen(form);
    let way = form.one_of("way", &WAYS).required();
    let outcome = form.one_of("outcome", &OUTCOMES).optional();
    let restriction = form.one_of("restriction", &GROUNDS).optional();
    let data = form.many_of("data", &options).any();
    let said = safe_text(form, "words", WORDS_MAX).optional();
    let reason = safe_text(form, "reason", WORDS_MAX).optional();
    let ground = safe_text(form, "ground", 200).optional();
    let looked = looked(form);
    let way = way?;
    let answers = matches!(way, Way::Answer);
    let withholds = matches!(way, Way::Withhold);
    let outcome = needed(form, "outcome", outcome, answers);
    let reason: Read<Option<SafeText>> = needed(form, "reason", reason, withholds);
    let ground: Read<Option<SafeText>> = needed(form, "ground", ground, withholds);
    let (reason, ground) = (reason?, ground?);
    let input = match (way, outcome?, reason, ground) {
        (Way::Answer, Some(outcome), reason, ground) => PartInput::Answer(Box::new(AnswerInput {
            outcome,
            data: data?.into_iter().map(DataCode::literal).collect(),
            words: said?,
            reason,
            ground,
            restriction: restriction?,
            looked: looked?,
        })),
        (Way::Withhold, _, Some(reason), Some(ground)) => PartInput::Withhold { reason, ground },
        _ => PartInput::Nothing,
    };
    Ok((seen?, input))
}

async fn respond(
    work: Work,
    store: Store,
    id: String,
    body: FormBody,
) -> Result<Response, Problem> {
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let said = Said {
        fields: ANSWER_FIELDS,
        words,
    };
    let read = |form: &mut Form| input(form, store);
    let record = id.as_str();
    // The form that carries out what was granted sends the mark of what was looked at; the form that answers has none.
    if body.0.names().any(|name| name == "mark") {
        let said = Said {
            fields: carry::FIELDS,
            words,
        };
        let act = |(seen, how, looked)| {
            request::carry_out_part(desk, actor, now, store, record, seen, how, looked)
        };
        return match deed(body, said, carry::input, act).await? {
            Ok(()) => {
                let path = format!("{}?done=carried-out", base(store));
                Ok(Redirect::to(&path).into_response())
            }
            Err(f) => show(&work, store, &id, f, StatusCode::UNPROCESSABLE_ENTITY).await,
        };
    }
    let act = |(seen, input)| request::respond(desk, actor, now, store, record, seen, input);
    match deed(body, said, read, act).await? {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=answered", base(store))).into_response()),
        Err(f) => show(&work, store, &id, f, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}
