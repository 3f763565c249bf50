//! Opinions on victimhood: the panel's pages (K4), and the page at care where an opinion is asked (K3).
//!
//! The two never meet: care sees what it asked and how far it is, the panel sees what was released.

mod ask;
mod deeds;
mod give;
mod list;
mod page;
mod texts;

use desk::UseCase;
use domain::ids::OpinionId;

use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::Key;
use crate::words::reference;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let prepare = UseCase::PrepareOpinion;
    let change = UseCase::ChangeOpinionRequest;
    let recuse = UseCase::RecuseFromOpinion;
    routes
        .get("/work/opinions", UseCase::ListOpinions, list::show)
        .get("/work/opinions/{id}", UseCase::ReadOpinion, page::show)
        .get("/work/opinions/{id}/admit", prepare, deeds::show_admit)
        .post("/work/opinions/{id}/admit", prepare, deeds::admit)
        .get("/work/opinions/{id}/refuse", prepare, deeds::show_refuse)
        .post("/work/opinions/{id}/refuse", prepare, deeds::refuse_it)
        .get("/work/opinions/{id}/panel", prepare, deeds::show_panel)
        .post("/work/opinions/{id}/panel", prepare, deeds::compose)
        .get("/work/opinions/{id}/recuse", recuse, deeds::show_recuse)
        .post("/work/opinions/{id}/recuse", recuse, deeds::recuse)
        .get("/work/opinions/{id}/withdraw", prepare, deeds::ask_withdraw)
        .post("/work/opinions/{id}/withdraw", prepare, deeds::withdraw)
        .get("/work/opinions/{id}/give", UseCase::GiveOpinion, give::show)
        .post("/work/opinions/{id}/give", UseCase::GiveOpinion, give::give)
        .get(
            "/work/opinions/{id}/send",
            UseCase::SendOpinion,
            give::show_send,
        )
        .post("/work/opinions/{id}/send", UseCase::SendOpinion, give::send)
        .get("/work/cases/{id}/opinion", UseCase::AskOpinion, ask::show)
        .post("/work/cases/{id}/opinion", UseCase::AskOpinion, ask::ask)
        .get(
            "/work/cases/{id}/opinion/new",
            UseCase::AskOpinion,
            ask::show_new,
        )
        .get(
            "/work/cases/{id}/opinion/release",
            change,
            ask::show_release,
        )
        .post("/work/cases/{id}/opinion/release", change, ask::release)
        .post("/work/cases/{id}/opinion/take-back", change, ask::take_back)
        .post("/work/cases/{id}/opinion/withdraw", change, ask::withdraw)
}

/// An identifier in an address; what is none is not found.
fn id(text: &str) -> Result<OpinionId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// A request's state in words.
pub(crate) fn state(name: &str) -> Key {
    texts::state(name)
}
