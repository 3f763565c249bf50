//! One question of the report as it stands on the screen.

use askama::Template;

use super::answers::{ABOUTS, AGES, DANGERS, Options, PLACE_WORDS, REACHES, SITUATIONS, WISHES};
use super::flow::Step;
use super::summary;
use crate::form::Filled;
use crate::page::frame::PublicFrame;
use crate::page::ui::Choice;
use crate::texts::{Key, Say};

/// `rows`: the answers, on the check page only. `alike`: the municipalities that a typed name may mean. `trouble`: why it was not sent.
#[derive(Template)]
#[template(path = "public/step.html")]
pub(super) struct StepPage {
    pub(super) t: Say,
    pub(super) frame: PublicFrame,
    pub(super) f: Filled,
    pub(super) step: Step,
    pub(super) hidden: Vec<(String, String)>,
    pub(super) for_me: bool,
    pub(super) number: Option<(usize, usize)>,
    pub(super) alike: Option<Vec<Choice>>,
    pub(super) rows: Vec<summary::Row>,
    pub(super) trouble: Option<String>,
}

impl StepPage {
    fn is(&self, code: &str) -> bool {
        self.step.code() == code
    }

    fn choices<T>(&self, options: Options<T>) -> Vec<Choice> {
        options
            .iter()
            .map(|(code, _, key)| Choice::new(*code, self.t.key(*key)))
            .collect()
    }

    fn dangers(&self) -> Vec<Choice> {
        self.choices(DANGERS)
    }

    fn abouts(&self) -> Vec<Choice> {
        self.choices(ABOUTS)
    }

    /// Asked about oneself there is no "several people".
    fn ages(&self) -> Vec<Choice> {
        if !self.for_me {
            return self.choices(AGES);
        }
        let mut own = self.choices(AGES);
        own.retain(|choice| choice.value != "mixed");
        if let Some(last) = own.last_mut() {
            last.label = self.t.say("report-age-not-said").into_owned();
        }
        own
    }

    fn situations(&self) -> Vec<Choice> {
        self.choices(SITUATIONS)
    }

    fn wishes(&self) -> Vec<Choice> {
        self.choices(WISHES)
    }

    fn reaches(&self) -> Vec<Choice> {
        let mut ways = self.choices(REACHES);
        if let Some(first) = ways.first_mut() {
            first.hint = self.t.say("report-reach-mailbox-hint").into_owned();
        }
        ways
    }

    /// The municipalities that the typed name may mean, and the ways out.
    fn places(&self) -> Vec<Choice> {
        let mut choices = self.alike.clone().unwrap_or_default();
        let own = self
            .t
            .say_with("report-place-words", "words", self.f.value("words"));
        choices.push(Choice::new(PLACE_WORDS, own));
        choices
    }

    /// How to name the number or address that is asked for.
    fn at_label(&self) -> String {
        let key = match self.f.value("reach") {
            "email" => Key::new("report-at-email"),
            "person" => Key::new("report-at-person"),
            _ => Key::new("report-at-phone"),
        };
        self.t.key(key).into_owned()
    }
}
