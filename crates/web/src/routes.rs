//! The routes that do something at the desk. Each names its use case, so that a route without a line in the access table
//! cannot be written; the table of routes is kept for the test that walks every route with every role.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post, put};
use desk::access::permit;
use desk::{Actor, Role, UseCase};

use crate::app::App;
use crate::cookie;
use crate::language;
use crate::problem::Problem;
use crate::refuse::{not_for, refuse};

/// One line of the table of routes.
#[derive(Debug, Clone)]
pub struct Line {
    /// Method.
    pub method: Method,
    /// Path with its placeholders.
    pub path: &'static str,
    /// What it does.
    pub case: UseCase,
}

/// Routes under construction.
pub struct Routes {
    app: Arc<App>,
    router: Router<Arc<App>>,
    table: Vec<Line>,
}

/// Who is signed in on this request; put there by the guard of a route.
#[derive(Clone)]
pub struct Signed {
    /// Who.
    pub actor: Actor,
    /// The session's token.
    pub session: Arc<str>,
}

impl Routes {
    /// No routes yet.
    pub fn new(app: Arc<App>) -> Routes {
        Routes {
            app,
            router: Router::new(),
            table: Vec::new(),
        }
    }

    /// A page or document to read.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, case: UseCase, handler: H) -> Routes
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self.add(Method::GET, path, case, get(handler))
    }

    /// A change.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, case: UseCase, handler: H) -> Routes
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self.add(Method::POST, path, case, post(handler))
    }

    /// A replacement, for programs.
    #[must_use]
    pub fn put<H, T>(self, path: &'static str, case: UseCase, handler: H) -> Routes
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self.add(Method::PUT, path, case, put(handler))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        case: UseCase,
        route: MethodRouter<Arc<App>>,
    ) -> Routes {
        let guarded = route.layer(from_fn_with_state((self.app.clone(), case), guard));
        self.router = self.router.route(path, guarded);
        self.table.push(Line { method, path, case });
        self
    }

    /// The router with its state, and the table.
    pub fn finish(self) -> (Router, Vec<Line>) {
        (self.router.with_state(self.app), self.table)
    }
}

/// Layer of every route: finds out who asks and refuses who may not, before anything of the route runs.
async fn guard(
    State((app, case)): State<(Arc<App>, UseCase)>,
    mut request: Request,
    next: Next,
) -> Response {
    if case.rule().roles.contains(&Role::Anyone) {
        return next.run(request).await;
    }
    let session = session_of(&app, request.headers()).map(Arc::<str>::from);
    let actor = match &session {
        None => None,
        Some(token) => match desk::sign_in::actor_of(&app.desk, app.now(), token).await {
            Ok(actor) => actor,
            Err(error) => return refuse(error).into_response(),
        },
    };
    let (Some(actor), Some(session)) = (actor, session) else {
        return not_signed_in(request.method(), request.uri().path());
    };
    if permit(&actor, case).is_err() {
        let lang = language::of_headers(app.shell.settings.tls, request.headers());
        return not_for(&app, case, lang).into_response();
    }
    request.extensions_mut().insert(Signed { actor, session });
    next.run(request).await
}

/// The session token of a request: the cookie, or `Authorization: Bearer` for programs.
pub(crate) fn session_of(app: &App, headers: &axum::http::HeaderMap) -> Option<String> {
    let bearer = headers
        .get(axum::http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    bearer
        .or_else(|| cookie::SESSION.read(app.shell.settings.tls, headers))
        .map(str::to_owned)
}

fn not_signed_in(method: &Method, path: &str) -> Response {
    if *method == Method::GET && path.starts_with("/work") {
        return Redirect::to("/work/sign-in").into_response();
    }
    Problem::sign_in().into_response()
}
