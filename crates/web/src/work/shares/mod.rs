//! Sharing a part of a file at care: the sender asks, looks at exactly what would go, offers it and may take it back; the receiver sees what
//! kind of data it is, accepts or refuses, reads it while it may, and confirms its end.

mod ask;
mod inbox;
mod portion;
mod preview;
pub mod sent;
pub mod texts;

use axum::extract::Path;
use desk::UseCase as U;
use desk::share::Side;

use crate::routes::Routes;
use crate::texts::Key;
use crate::work::{Work, WorkForm};

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    service(care(sending(routes)))
}

fn sending(routes: Routes) -> Routes {
    routes
        .get("/work/cases/{id}/share", U::OfferShare, ask::show)
        .post("/work/cases/{id}/share", U::OfferShare, ask::take)
        .post(
            "/work/cases/{id}/share/offer",
            U::OfferShare,
            preview::offer,
        )
        .get("/work/cases/{id}/shares/{share}", U::OfferShare, sent::show)
        .get(
            "/work/cases/{id}/shares/{share}/recall",
            U::OfferShare,
            sent::ask_recall,
        )
        .post(
            "/work/cases/{id}/shares/{share}/recall",
            U::OfferShare,
            sent::recall,
        )
}

/// Handlers of what a side received.
macro_rules! at {
    ($side:ident, list) => {
        |work: Work| inbox::list(work, Side::$side)
    };
    ($side:ident, $page:ident) => {
        |work: Work, Path(id): Path<String>| inbox::$page(work, Side::$side, id)
    };
    ($side:ident, $deed:ident, form) => {
        |work: Work, Path(id): Path<String>, WorkForm(body): WorkForm| {
            inbox::$deed(work, Side::$side, id, WorkForm(body))
        }
    };
}

fn care(routes: Routes) -> Routes {
    let (one, accept) = ("/work/shares/{share}", "/work/shares/{share}/accept");
    let refuse = "/work/shares/{share}/refuse";
    let confirm = "/work/shares/{share}/confirm";
    let kept = "/work/shares/{share}/only-kept";
    routes
        .get("/work/shares", U::ListReceivedShares, at!(Care, list))
        .get(one, U::ReadReceivedShare, at!(Care, show))
        .post(accept, U::AnswerShare, at!(Care, accept, form))
        .get(refuse, U::AnswerShare, at!(Care, ask_refusal))
        .post(refuse, U::AnswerShare, at!(Care, refuse, form))
        .get(confirm, U::AnswerShare, at!(Care, ask_end))
        .post(confirm, U::AnswerShare, at!(Care, confirm, form))
        .post(kept, U::AnswerShare, at!(Care, only_kept_here, form))
}

fn service(routes: Routes) -> Routes {
    let (list, one) = ("/work/service-shares", "/work/service-shares/{share}");
    let accept = "/work/service-shares/{share}/accept";
    let refuse = "/work/service-shares/{share}/refuse";
    let confirm = "/work/service-shares/{share}/confirm";
    let kept = "/work/service-shares/{share}/only-kept";
    routes
        .get(list, U::ListServiceShares, at!(Service, list))
        .get(one, U::ReadServiceShare, at!(Service, show))
        .post(accept, U::AnswerServiceShare, at!(Service, accept, form))
        .get(refuse, U::AnswerServiceShare, at!(Service, ask_refusal))
        .post(refuse, U::AnswerServiceShare, at!(Service, refuse, form))
        .get(confirm, U::AnswerServiceShare, at!(Service, ask_end))
        .post(confirm, U::AnswerServiceShare, at!(Service, confirm, form))
        .post(
            kept,
            U::AnswerServiceShare,
            at!(Service, only_kept_here, form),
        )
}

/// A received share's state in words.
pub(crate) fn state(code: &str) -> Key {
    texts::received(code)
}
