//! Requests of people about their own data: care handles them, each compartment answers its own part.

mod carry;
mod deeds;
mod list;
mod page;
mod parts;
mod respond;

use desk::UseCase as U;
use domain::ids::RequestId;

use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::words::reference as short;

/// The routes of this subject. Each compartment has its own for its parts: who works in one gets no other's.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .get("/work/requests", U::HandleRequest, list::show)
        .get("/work/requests/{id}", U::HandleRequest, page::show)
        .post("/work/requests/{id}/settle", U::HandleRequest, page::settle)
        .get(
            "/work/requests/{id}/turn-away",
            U::HandleRequest,
            deeds::ask_turn_away,
        )
        .post(
            "/work/requests/{id}/turn-away",
            U::HandleRequest,
            deeds::turn_away,
        )
        .get(
            "/work/requests/{id}/extend",
            U::HandleRequest,
            deeds::ask_extend,
        )
        .post(
            "/work/requests/{id}/extend",
            U::HandleRequest,
            deeds::extend,
        )
        .get(
            "/work/requests/{id}/answer",
            U::HandleRequest,
            deeds::ask_answer,
        )
        .post(
            "/work/requests/{id}/answer",
            U::HandleRequest,
            deeds::answer,
        )
        .get(
            "/work/requests/{id}/carry-out",
            U::HandleRequest,
            carry::ask,
        )
        .post(
            "/work/requests/{id}/carry-out",
            U::HandleRequest,
            carry::carry_out,
        )
        .get(
            "/work/cases/{id}/own-data",
            U::EnterRequest,
            deeds::ask_enter,
        )
        .post("/work/cases/{id}/own-data", U::EnterRequest, deeds::enter);
    let routes = routes
        .get("/work/own-data/k1", U::AnswerPartSignals, parts::list_k1)
        .get(
            "/work/own-data/k1/{id}",
            U::AnswerPartSignals,
            parts::show_k1,
        )
        .post("/work/own-data/k1/{id}", U::AnswerPartSignals, respond::k1)
        .get(
            "/work/own-data/k2",
            U::AnswerPartRegistration,
            parts::list_k2,
        )
        .get(
            "/work/own-data/k2/{id}",
            U::AnswerPartRegistration,
            parts::show_k2,
        )
        .post(
            "/work/own-data/k2/{id}",
            U::AnswerPartRegistration,
            respond::k2,
        );
    routes
        .get("/work/own-data/k3", U::AnswerPartCare, parts::list_k3)
        .get("/work/own-data/k3/{id}", U::AnswerPartCare, parts::show_k3)
        .post("/work/own-data/k3/{id}", U::AnswerPartCare, respond::k3)
        .get("/work/own-data/k4", U::AnswerPartOpinion, parts::list_k4)
        .get(
            "/work/own-data/k4/{id}",
            U::AnswerPartOpinion,
            parts::show_k4,
        )
        .post("/work/own-data/k4/{id}", U::AnswerPartOpinion, respond::k4)
        .get(
            "/work/own-data/k5",
            U::AnswerPartInvestigation,
            parts::list_k5,
        )
        .get(
            "/work/own-data/k5/{id}",
            U::AnswerPartInvestigation,
            parts::show_k5,
        )
        .post(
            "/work/own-data/k5/{id}",
            U::AnswerPartInvestigation,
            respond::k5,
        )
}

pub(super) use carry::data;

/// Every category of data that some compartment can hold of a person.
pub(super) const CATEGORIES: [&str; 17] = [
    "age",
    "sex",
    "origin",
    "region",
    "form",
    "identity",
    "contact",
    "language",
    "family",
    "safety",
    "care_needs",
    "entitlement",
    "status",
    "observations",
    "sector",
    "statement",
    "opinion",
];

/// What was just done.
const DONE: &[(&str, Key)] = &[
    ("entered", Key::new("requests-done-entered")),
    ("settled", Key::new("requests-done-settled")),
    ("turned-away", Key::new("requests-done-turned-away")),
    ("extended", Key::new("requests-done-extended")),
    ("answered", Key::new("requests-done-answered")),
    ("carried-out", Key::new("requests-done-carried-out")),
];

/// A state of a request or of a part.
fn state(code: &str) -> Key {
    match code {
        "not_settled" => Key::new("requests-state-not-settled"),
        "settled" => Key::new("requests-state-settled"),
        "extended" => Key::new("requests-state-extended"),
        "answered" => Key::new("requests-state-answered"),
        "granted" => Key::new("requests-state-granted"),
        "carried_out" => Key::new("requests-state-carried-out"),
        "withdrawn" => Key::new("requests-state-withdrawn"),
        "open" => Key::new("requests-state-open"),
        "nothing" => Key::new("requests-state-nothing"),
        "withheld" => Key::new("requests-state-withheld"),
        _ => Key::new("requests-state-received"),
    }
}

/// The words for what the desk refuses.
fn words(key: &str) -> Option<Key> {
    Some(match key {
        "required" => Key::new("form-error-required"),
        "request-open" => Key::new("my-request-twice"),
        "request-not-now" => Key::new("requests-rule-not-now"),
        "request-too-late" => Key::new("requests-rule-too-late"),
        "request-refusal" => Key::new("requests-rule-refusal"),
        "request-empty" => Key::new("requests-rule-empty"),
        "request-held" => Key::new("requests-rule-held"),
        "request-not-held" => Key::new("requests-rule-not-held"),
        "request-others-too" => Key::new("requests-rule-others-too"),
        "request-look-again" => Key::new("requests-rule-look-again"),
        "request-other-runs" => Key::new("requests-rule-other-runs"),
        "request-shelter" => Key::new("requests-rule-shelter"),
        "request-not-changed" => Key::new("requests-rule-not-changed"),
        "request-erase-what" => Key::new("requests-rule-erase-what"),
        "request-way" => Key::new("requests-rule-way"),
        "restriction-ground" => Key::new("restriction-rule-ground"),
        "request-nothing-portable" => Key::new("requests-rule-nothing-portable"),
        "request-not-portable" => Key::new("requests-rule-not-portable"),
        "request-silence" => Key::new("requests-rule-silence"),
        desk::case::LOOKS_LIKE_ADDRESS => Key::new("cases-looks-like-address"),
        _ => return None,
    })
}

fn id_of(text: &str) -> Result<RequestId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-requests"), "/work/requests")]
}
