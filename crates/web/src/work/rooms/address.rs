//! The form in which a shelter gives the address of a location. It shows nothing of what is kept: there is one way to read
//! an address, and this is not it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::placement::{AddressInput, keep_address, read_location};
use domain::SafeText;
use domain::ids::LocationId;

use crate::form::{Filled, Form, FormBody};
use crate::page::frame::WorkFrame;
use crate::page::ui::Crumb;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::shelter::{id, refused, safe};
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/rooms/address.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    label: String,
    has_address: bool,
}

async fn page(work: &Work, id: LocationId, f: Filled) -> Result<Page, Problem> {
    let own = read_location(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
    Ok(Page {
        frame: work.frame()?,
        f,
        crumbs: vec![Crumb::new(t.say("nav-rooms"), "/work/rooms")],
        id: id.to_string(),
        label: own.stored.label.into(),
        has_address: own.has_address,
        t,
    })
}

/// The empty form.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    html(&page(&work, id(&text)?, Filled::blank()).await?)
}

/// Four digits and two letters.
fn postcode(text: &str) -> Option<SafeText> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let upper = compact.to_ascii_uppercase();
    let digits = upper.get(..4)?;
    let letters = upper.get(4..)?;
    let good = digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0')
        && letters.len() == 2
        && letters.bytes().all(|b| b.is_ascii_uppercase());
    if !good {
        return None;
    }
    safe(&format!("{digits} {letters}"))
}

fn read(body: FormBody) -> Result<AddressInput, Filled> {
    let mut form = Form::new(body);
    let street = form.parsed("street", safe).max(200).required();
    let postcode = form
        .parsed("postcode", postcode)
        .max(10)
        .else_say(Key::new("rooms-error-postcode"))
        .required();
    let town = form.parsed("town", safe).max(100).required();
    let directions = form.parsed("directions", safe).max(1_000).optional();
    let meeting_point = form.parsed("meeting_point", safe).max(1_000).optional();
    form.finish(|| {
        Ok(AddressInput {
            street: street?,
            postcode: postcode?,
            town: town?,
            directions: directions?,
            meeting_point: meeting_point?,
        })
    })
}

/// Keeps the address.
pub async fn keep(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: LocationId = id(&text)?;
    match read(body) {
        Ok(input) => {
            keep_address(&work.app.desk, &work.actor, work.now, id, input)
                .await
                .map_err(refused)?;
            Ok(Redirect::to("/work/rooms?done=address").into_response())
        }
        Err(filled) => html_as(
            StatusCode::UNPROCESSABLE_ENTITY,
            &page(&work, id, filled).await?,
        ),
    }
}
