//! Pages that only inform: front, safety, privacy, accessibility.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::Public;
use crate::page;
use crate::page::frame::PublicFrame;
use crate::problem::Problem;
use crate::texts::Say;

#[derive(Template)]
#[template(path = "public/front.html")]
struct Front {
    t: Say,
    frame: PublicFrame,
}

pub(super) async fn front(State(public): State<Public>) -> Result<Response, Problem> {
    page::html(&Front {
        t: public.shell.say(public.lang),
        frame: public.shell.public_frame(public.lang, "/"),
    })
}

#[derive(Template)]
#[template(path = "public/tips.html")]
struct Tips {
    t: Say,
    frame: PublicFrame,
}

pub(super) async fn tips(State(public): State<Public>) -> Result<Response, Problem> {
    page::html(&Tips {
        t: public.shell.say(public.lang),
        frame: public.shell.public_frame(public.lang, "/tips"),
    })
}

#[derive(Template)]
#[template(path = "public/privacy.html")]
struct Privacy {
    t: Say,
    frame: PublicFrame,
    host: String,
    contact: String,
}

pub(super) async fn privacy(State(public): State<Public>) -> Result<Response, Problem> {
    page::html(&Privacy {
        t: public.shell.say(public.lang),
        frame: public.shell.public_frame(public.lang, "/privacy"),
        host: public.shell.settings.host_name.clone(),
        contact: public.shell.settings.host_contact.clone(),
    })
}

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct Accessibility {
    t: Say,
    frame: PublicFrame,
    contact: String,
}

pub(super) async fn accessibility(State(public): State<Public>) -> Result<Response, Problem> {
    page::html(&Accessibility {
        t: public.shell.say(public.lang),
        frame: public.shell.public_frame(public.lang, "/accessibility"),
        contact: public.shell.settings.host_contact.clone(),
    })
}
