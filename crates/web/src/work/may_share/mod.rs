//! "May I share this?": a plain form for whoever is in doubt, and an answer that says yes as clearly as no.

pub mod answer;
mod ask;

use desk::UseCase;

use crate::routes::Routes;

/// Where it stands.
const PATH: &str = "/work/may-i-share";

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get(PATH, UseCase::AskSharing, ask::show)
        .post(PATH, UseCase::AskSharing, ask::take)
}
