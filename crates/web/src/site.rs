//! The whole site: every subject adds its routes here, once.

use std::sync::Arc;

use axum::Router;
use desk::UseCase;

use crate::app::App;
use crate::public::{self, door};
use crate::routes::{Line, Routes};
use crate::shell;
use crate::work::{
    account as own_account, barriers, cases, figures, health, holds, home, intakes, journal,
    letters, may_share, need, opinions, oversight, people, plan, registers, registrations, reports,
    requests, restrictions, reviews, rooms, shares, shelter, sign_in,
};

/// All routes with all layers, ready to be served, and the table of routes for the rights matrix.
pub fn build(app: &Arc<App>) -> (Router, Vec<Line>) {
    let public = public::routes(&app.shell, &door::of(app), &door::places(app));
    let routes = account(Routes::new(app.clone()));
    let routes = own_account::routes(routes);
    let routes = reports::routes(routes);
    let routes = intakes::routes(routes);
    let routes = cases::routes(routes);
    let routes = need::routes(routes);
    let routes = shelter::routes(routes);
    let routes = holds::routes(routes);
    let routes = rooms::routes(routes);
    let routes = registrations::routes(routes);
    let routes = reviews::routes(routes);
    let routes = people::routes(routes);
    let routes = journal::routes(routes);
    let routes = oversight::routes(routes);
    let routes = health::routes(routes);
    let routes = crate::person::routes(routes);
    let routes = opinions::routes(routes);
    let routes = barriers::routes(routes);
    let routes = plan::routes(routes);
    let routes = figures::routes(routes);
    let routes = letters::routes(routes);
    let routes = may_share::routes(routes);
    let routes = shares::routes(routes);
    let routes = requests::routes(routes);
    let routes = restrictions::routes(routes);
    let routes = registers::routes(routes);
    let routes = crate::api::routes(routes);
    let (router, table) = routes.finish();
    let open = public::figures::routes(app);
    (
        shell::site(&app.shell, public.merge(open).merge(router)),
        table,
    )
}

fn account(routes: Routes) -> Routes {
    routes
        .get("/work", UseCase::OwnAccount, home::show)
        .get("/work/sign-in", UseCase::SignIn, sign_in::show)
        .post("/work/sign-in", UseCase::SignIn, sign_in::enter)
        .post("/work/sign-out", UseCase::OwnAccount, sign_in::leave)
        .get(
            "/work/fresh-factor",
            UseCase::OwnAccount,
            sign_in::show_factor,
        )
        .post(
            "/work/fresh-factor",
            UseCase::OwnAccount,
            sign_in::take_factor,
        )
}
