//! The page that asks "are you sure" before something that cannot be taken back.

use askama::Template;

use crate::page::frame::WorkFrame;
use crate::page::ui::Crumb;
use crate::texts::Say;

/// Says what will happen, and asks.
#[derive(Clone, Debug, Template)]
#[template(path = "confirm.html")]
pub struct ConfirmPage {
    /// Texts.
    pub t: Say,
    /// Surroundings.
    pub frame: WorkFrame,
    /// Steps above.
    pub crumbs: Vec<Crumb>,
    /// The question.
    pub title: String,
    /// What follows from "yes", one line each.
    pub consequences: Vec<String>,
    /// Where "yes" is posted.
    pub action: String,
    /// What "yes" is called: the deed itself ("Delete the note"), never "OK".
    pub button: String,
    /// It destroys or discloses something.
    pub danger: bool,
    /// Where "no" goes.
    pub cancel: String,
    /// Hidden fields that the deed needs, such as the record's version.
    pub hidden: Vec<(&'static str, String)>,
}
