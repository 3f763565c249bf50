//! Sharing a part of a file at care: the sender asks, looks at exactly what would go, offers it and may take it back; the receiver sees what
//! kind of data it is, accepts or refuses, reads it while it may, and confirms its end.

mod ask;
mod inbox;
mod portion;
mod preview;
pub mod sent;
pub mod texts;

use desk::UseCase as U;

use crate::routes::Routes;
use crate::texts::Key;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
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
        .get("/work/shares", U::ListReceivedShares, inbox::list)
        .get("/work/shares/{share}", U::ReadReceivedShare, inbox::show)
        .post("/work/shares/{share}/accept", U::AnswerShare, inbox::accept)
        .get(
            "/work/shares/{share}/refuse",
            U::AnswerShare,
            inbox::ask_refusal,
        )
        .post("/work/shares/{share}/refuse", U::AnswerShare, inbox::refuse)
        .get(
            "/work/shares/{share}/confirm",
            U::AnswerShare,
            inbox::ask_end,
        )
        .post(
            "/work/shares/{share}/confirm",
            U::AnswerShare,
            inbox::confirm,
        )
}

/// A received share's state in words.
pub(crate) fn state(code: &str) -> Key {
    texts::received(code)
}
