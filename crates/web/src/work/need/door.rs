//! The page of a matter that is not open to its reader: why not, and what to do.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::need::{self, ClosedDoor};
use domain::need::{MatterId, MatterKind, Refusal, Way};

use super::{list_crumb, list_of, page_of, title};
use crate::page::frame::WorkFrame;
use crate::page::html_as;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::{Work, cases, intakes, opinions, shares};

#[derive(Template)]
#[template(path = "work/need/door.html")]
struct DoorPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    title: String,
    state: String,
    lead: String,
    why: String,
    ways: Vec<WayRow>,
    suspended: bool,
    list: &'static str,
}

/// A way to come to a matter: what it is, what it does, and where.
struct WayRow {
    title: String,
    text: String,
    href: String,
    button: String,
}

/// The page of a matter that is not open to this reader. No error, and nothing about a person.
pub(crate) async fn closed_door(work: &Work, id: MatterId) -> Result<Response, Problem> {
    let door = need::closed_door(&work.app.desk, &work.actor, work.now, id).await?;
    let t = work.say();
    let page = DoorPage {
        frame: work.frame_after(super::DONE)?,
        crumbs: list_crumb(&t, id.kind),
        title: title(&t, id),
        state: state(work, &t, &door),
        lead: door.lead.clone().unwrap_or_default(),
        why: t.key(why_not(door.refusal)).into_owned(),
        ways: ways(work, &t, &door)?,
        suspended: door.suspended && door.ways.contains(&Way::BreakGlass),
        list: list_of(id.kind),
        t,
    };
    html_as(StatusCode::FORBIDDEN, &page)
}

fn state(work: &Work, t: &Say, door: &ClosedDoor) -> String {
    let key = match door.id.kind {
        MatterKind::Case => return cases::state_name(work, t, door.state),
        MatterKind::Intake => intakes::state(door.state),
        MatterKind::Opinion => opinions::state(door.state),
        MatterKind::Share | MatterKind::ServiceShare => shares::state(door.state),
    };
    t.key(key).into_owned()
}

fn why_not(refusal: Refusal) -> Key {
    match refusal {
        Refusal::NotAssigned { .. } | Refusal::OtherOrganisation => {
            Key::new("need-why-not-assigned")
        }
        Refusal::NobodyLeads => Key::new("need-why-nobody"),
        Refusal::ForDuty => Key::new("need-why-for-duty"),
        Refusal::SentBack => Key::new("need-why-sent-back"),
        Refusal::Barred => Key::new("need-why-barred"),
    }
}

fn ways(work: &Work, t: &Say, door: &ClosedDoor) -> Result<Vec<WayRow>, Problem> {
    let base = page_of(door.id);
    let made = |title: Key, text: String, path: &str, button: String| WayRow {
        title: t.key(title).into_owned(),
        text,
        href: format!("{base}/{path}"),
        button,
    };
    let shown = door
        .ways
        .iter()
        .filter(|way| !(door.suspended && **way == Way::BreakGlass));
    let minutes = desk::glass::minutes(&work.app.desk, work.now)?;
    let row = |way: &Way| match way {
        Way::TakeOver => made(
            Key::new("need-take-over"),
            match door.lead.is_some() && !door.lead_is_absent {
                true => t.say("need-take-over-text").into_owned(),
                false => t.say("need-take-over-free").into_owned(),
            },
            "take-over",
            t.say("need-take-over-button").into_owned(),
        ),
        Way::AskTeam => made(
            Key::new("need-ask"),
            t.say("need-ask-text").into_owned(),
            "ask",
            t.say("need-ask-button").into_owned(),
        ),
        Way::BreakGlass => made(
            Key::new("need-glass"),
            t.say_n("need-glass-text", minutes),
            "break-glass",
            t.say_n("need-glass-button", minutes),
        ),
    };
    Ok(shown.map(row).collect())
}
