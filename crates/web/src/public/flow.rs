//! Which question comes when. Pure: answers in, page out.

use crate::public::answers::Answers;
use crate::public::desk::{Danger, Wish};

/// A page of the report, in order. One question each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Danger now?
    Danger,
    /// Call 112 first (only when there is danger).
    Emergency,
    /// What is happening?
    Story,
    /// Whom is it about?
    About,
    /// How old?
    Age,
    /// Where?
    Place,
    /// What does it look like?
    Situations,
    /// Help or contact?
    Wish,
    /// How can we reach you? (not when nothing is wished)
    Reach,
    /// By which rules? (not when only the mailbox is used)
    Rules,
    /// Check the answers.
    Check,
    /// Choose files: the last page before sending, for who asks for it on the page before. Files go with the sending itself, so that
    /// nothing is kept earlier.
    Files,
}

const STEPS: &[(Step, &str, &[&str])] = &[
    (Step::Danger, "danger", &["danger"]),
    (Step::Emergency, "emergency", &[]),
    (Step::Story, "story", &["story"]),
    (Step::About, "about", &["about"]),
    (Step::Age, "age", &["age"]),
    (Step::Place, "place", &["place", "words"]),
    (Step::Situations, "situations", &["situation"]),
    (Step::Wish, "wish", &["wish"]),
    (Step::Reach, "reach", &["reach"]),
    (
        Step::Rules,
        "rules",
        &["at", "when", "never_call", "code_word", "others"],
    ),
    (Step::Check, "check", &[]),
    (Step::Files, "files", &[]),
];

impl Step {
    /// The page with this code.
    pub fn from_code(code: &str) -> Option<Step> {
        STEPS
            .iter()
            .find(|(_, other, _)| *other == code)
            .map(|(step, _, _)| *step)
    }

    /// Its code in the form.
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// The fields asked on this page.
    pub fn fields(self) -> &'static [&'static str] {
        self.row().2
    }

    /// Is the page shown, given the answers?
    pub fn applies(self, answers: &Answers) -> bool {
        let wished = !matches!(answers.wish, Some(Wish::Nothing));
        match self {
            Step::Emergency => answers.danger == Some(Danger::Yes),
            Step::Reach => wished,
            Step::Rules => wished && matches!(answers.reach, Some(Some(_))),
            _ => true,
        }
    }

    /// The page after this one; the last stays.
    pub fn next(self, answers: &Answers) -> Step {
        STEPS
            .iter()
            .map(|(step, _, _)| *step)
            .find(|step| *step > self && step.applies(answers))
            .unwrap_or(Step::Check)
    }

    /// The page before this one, if any.
    pub fn previous(self, answers: &Answers) -> Option<Step> {
        STEPS
            .iter()
            .rev()
            .map(|(step, _, _)| *step)
            .find(|step| *step < self && step.applies(answers))
    }

    /// The first page that still lacks an answer; the last when nothing lacks.
    pub fn first_open(answers: &Answers) -> Step {
        STEPS
            .iter()
            .map(|(step, _, _)| *step)
            .find(|step| step.applies(answers) && answers.missing(*step).is_some())
            .unwrap_or(Step::Check)
    }

    /// Which question this is, from 1, and of how many; `None` for pages that ask nothing.
    pub fn number(self, answers: &Answers) -> Option<(usize, usize)> {
        let asked: Vec<Step> = STEPS
            .iter()
            .filter(|(step, _, fields)| !fields.is_empty() && step.applies(answers))
            .map(|(step, _, _)| *step)
            .collect();
        let at = asked.iter().position(|step| *step == self)?;
        Some((at + 1, asked.len()))
    }

    fn row(self) -> &'static (Step, &'static str, &'static [&'static str]) {
        // INVARIANT: every step stands in the table, in the order of the enum; the test below holds it.
        &STEPS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::desk::Channel;

    #[test]
    fn the_table_is_in_the_order_of_the_steps() {
        for (at, (step, _, _)) in STEPS.iter().enumerate() {
            assert_eq!(*step as usize, at);
        }
    }

    #[test]
    fn danger_leads_past_112_and_nothing_wished_skips_contact() {
        let calm = Answers {
            danger: Some(Danger::No),
            wish: Some(Wish::Nothing),
            ..Answers::default()
        };
        assert_eq!(Step::Danger.next(&calm), Step::Story);
        assert_eq!(Step::Wish.next(&calm), Step::Check);
        let urgent = Answers {
            danger: Some(Danger::Yes),
            wish: Some(Wish::Help),
            reach: Some(Some(Channel::Phone)),
            ..Answers::default()
        };
        assert_eq!(Step::Danger.next(&urgent), Step::Emergency);
        assert_eq!(Step::Reach.next(&urgent), Step::Rules);
        assert_eq!(Step::Check.previous(&urgent), Some(Step::Rules));
        assert_eq!(Step::Danger.previous(&urgent), None);
        assert_eq!(Step::first_open(&urgent), Step::Story);
    }
}
