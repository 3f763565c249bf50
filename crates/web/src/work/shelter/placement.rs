//! Steps of a placement by coordinators and placing officers, and the address.

use std::sync::Arc;

use ::desk::kept::Store;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::placement::{self, ClientAnswer, Revealed};
use desk::sign_in::{actor_of, refresh_factor};
use desk::{Actor, DeskError};
use domain::ids::{PlacementId, ShelterRequestId};

use super::reason::{self, Asked, Given};
use super::{id, refused, words};
use crate::form::Form;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::{Work, WorkForm};

/// The page of the request that a placement belongs to.
pub(super) async fn page_of(work: &Work, id: PlacementId) -> Result<String, Problem> {
    let found = work
        .app
        .desk
        .vault
        .clear_of(Store::K3, &id.to_string())
        .await
        .map_err(|error| refused(error.into()))?;
    let request: ShelterRequestId = found
        .and_then(|(_, clear, _)| clear.parent?.parse().ok())
        .ok_or_else(Problem::not_found)?;
    Ok(format!("/work/shelter/{request}"))
}

async fn back(work: &Work, id: PlacementId, done: &str) -> Result<Response, Problem> {
    let page = page_of(work, id).await?;
    Ok(Redirect::to(&format!("{page}?done={done}")).into_response())
}

/// Records that the client comes, or is on her way.
pub async fn client(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let answer = form
        .one_of("answer", &[("accepts", false), ("travels", true)])
        .required();
    let (seen, travels) = form
        .finish(|| Ok((seen?, answer?)))
        .map_err(|_| Problem::bad_request())?;
    let answer = if travels {
        ClientAnswer::Travels
    } else {
        ClientAnswer::Accepts
    };
    placement::client_answers(&work.app.desk, &work.actor, work.now, id, seen, answer)
        .await
        .map_err(refused)?;
    back(&work, id, "answered").await
}

async fn declining(work: &Work, id: PlacementId) -> Result<Asked, Problem> {
    Ok(Asked {
        title: Key::new("shelter-decline"),
        lead: Key::new("shelter-decline-lead"),
        button: Key::new("shelter-decline"),
        choices: words::choices(work, &work.app.desk.vocabulary.refusal_reasons),
        action: format!("/work/shelter/placement/{id}/decline"),
        back: page_of(work, id).await?,
        reference: words::reference(id),
    })
}

/// Asks why the client does not want it.
pub async fn decline_form(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let asked = declining(&work, id(&text)?).await?;
    reason::show(&work, asked)
}

/// Records that the client does not want it.
pub async fn decline(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    let (desk, now) = (&work.app.desk, work.now);
    let act = |given: Given| {
        let answer = ClientAnswer::Declines(given.reason);
        placement::client_answers(desk, &work.actor, now, id, given.seen, answer)
    };
    match reason::take(&work, body, declining(&work, id), act).await? {
        Some(again) => Ok(again),
        None => back(&work, id, "back").await,
    }
}

async fn withdrawal(work: &Work, id: PlacementId) -> Result<Asked, Problem> {
    Ok(Asked {
        title: Key::new("shelter-withdraw-placement"),
        lead: Key::new("shelter-withdraw-placement-lead"),
        button: Key::new("shelter-withdraw-placement"),
        choices: words::choices(work, &work.app.desk.vocabulary.withdrawal_reasons),
        action: format!("/work/shelter/placement/{id}/withdraw"),
        back: page_of(work, id).await?,
        reference: words::reference(id),
    })
}

/// Asks why the placement is taken back.
pub async fn withdraw_form(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let asked = withdrawal(&work, id(&text)?).await?;
    reason::show(&work, asked)
}

/// Takes the placement back.
pub async fn withdraw(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    let (desk, now) = (&work.app.desk, work.now);
    let act =
        |given: Given| placement::withdraw(desk, &work.actor, now, id, given.seen, given.reason);
    match reason::take(&work, body, withdrawal(&work, id), act).await? {
        Some(again) => Ok(again),
        None => back(&work, id, "back").await,
    }
}

#[derive(Template)]
#[template(path = "work/shelter/address.html")]
struct AddressPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    meeting_point: String,
    lines: Vec<String>,
    directions: String,
}

/// Shows where the person goes: once, never by a link, with a fresh second factor. The answer is not kept by the browser
/// (every page says `no-store`) and stands at an address that holds only the placement's id.
pub async fn address(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    let mut form = Form::new(body);
    let code = form.line("totp").max(12).optional();
    let code = form.finish(|| code).map_err(|_| Problem::bad_request())?;
    let actor = fresh(&work, code).await?;
    let shown = placement::reveal_address(&work.app.desk, &actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
    let (meeting_point, lines, directions) = match shown {
        Revealed::MeetingPoint(point) => (String::from(point), Vec::new(), String::new()),
        Revealed::Address {
            street,
            postcode,
            town,
            directions,
        } => (
            String::new(),
            vec![
                street.into(),
                format!("{} {}", postcode.as_str(), town.as_str()),
            ],
            directions.map(String::from).unwrap_or_default(),
        ),
    };
    html(&AddressPage {
        frame: work.frame()?,
        crumbs: vec![Crumb::new(t.say("nav-shelter"), "/work/shelter")],
        meeting_point,
        lines,
        directions,
        t,
    })
}

/// The actor, with the code that was shown in this very form.
async fn fresh(work: &Work, code: Option<String>) -> Result<Actor, Problem> {
    let Some(code) = code else {
        return Ok(work.actor.clone());
    };
    let app = Arc::clone(&work.app);
    match refresh_factor(&app.desk, work.now, work.session(), &code).await {
        Ok(()) => {}
        Err(DeskError::SignInRefused) => {
            return Err(Problem::forbidden().because(Key::new("sign-in-code-refused")));
        }
        Err(error) => return Err(refused(error)),
    }
    actor_of(&app.desk, work.now, work.session())
        .await
        .map_err(refused)?
        .ok_or_else(Problem::sign_in)
}

#[derive(Template)]
#[template(path = "work/shelter/again.html")]
struct AgainPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    tone: &'static str,
    said: String,
    rules: String,
    digest: String,
    rooms: i64,
    fit: i64,
    ranked: Vec<(String, i64)>,
}

/// Works the question of a placement out again, and says whether the same came out.
pub async fn recheck(
    work: Work,
    Path(text): Path<String>,
    WorkForm(_): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    let request = page_of(&work, id).await?;
    let found = placement::recheck(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
    let (tone, key) = super::proposals::again_said(Some(found.again));
    html(&AgainPage {
        frame: work.frame()?,
        crumbs: vec![
            Crumb::new(t.say("nav-shelter"), "/work/shelter"),
            Crumb::new(t.say("shelter-request"), request),
        ],
        tone,
        said: t.key(key).into_owned(),
        rules: found.rules,
        digest: found.digest,
        rooms: i64::from(found.answer.why_not.rooms),
        fit: i64::from(found.answer.why_not.fit),
        ranked: (found.answer.offers.iter())
            .map(|one| (words::reference(&one.room), one.cost))
            .collect(),
        t,
    })
}
