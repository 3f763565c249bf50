//! The answers so far: carried in hidden fields from page to page, read anew each time, nothing kept on the server.

use crate::form::{FieldError, Form};
use crate::public::desk::{
    About, Ages, Channel, Contact, Danger, FormId, ReportInput, Situation, Where, Wish,
};
use crate::public::flow::Step;
use crate::public::places::Places;
use crate::texts::{Key, Lang};

/// Codes of the answers in the form, with the words of each.
pub type Options<T> = &'static [(&'static str, T, Key)];

/// Is somebody in danger now?
pub const DANGERS: Options<Danger> = &[
    ("yes", Danger::Yes, Key::new("report-danger-yes")),
    ("no", Danger::No, Key::new("report-danger-no")),
    (
        "unknown",
        Danger::Unknown,
        Key::new("report-danger-unknown"),
    ),
];

/// Whom is it about?
pub const ABOUTS: Options<About> = &[
    ("me", About::Me, Key::new("report-about-me")),
    ("other", About::Other, Key::new("report-about-other")),
    ("place", About::Place, Key::new("report-about-place")),
];

/// How old?
pub const AGES: Options<Ages> = &[
    ("minor", Ages::Minor, Key::new("report-age-minor")),
    ("adult", Ages::Adult, Key::new("report-age-adult")),
    ("mixed", Ages::Mixed, Key::new("report-age-mixed")),
    ("unknown", Ages::Unknown, Key::new("report-age-unknown")),
];

/// What happens?
pub const SITUATIONS: Options<Situation> = &[
    (
        "little_pay",
        Situation::LittlePay,
        Key::new("report-situation-little-pay"),
    ),
    (
        "long_hours",
        Situation::LongHours,
        Key::new("report-situation-long-hours"),
    ),
    (
        "papers_taken",
        Situation::PapersTaken,
        Key::new("report-situation-papers-taken"),
    ),
    ("debt", Situation::Debt, Key::new("report-situation-debt")),
    (
        "watched",
        Situation::Watched,
        Key::new("report-situation-watched"),
    ),
    (
        "threatened",
        Situation::Threatened,
        Key::new("report-situation-threatened"),
    ),
    (
        "bad_housing",
        Situation::BadHousing,
        Key::new("report-situation-bad-housing"),
    ),
    (
        "forced_sex",
        Situation::ForcedSex,
        Key::new("report-situation-forced-sex"),
    ),
    (
        "forced_images",
        Situation::ForcedImages,
        Key::new("report-situation-forced-images"),
    ),
    (
        "forced_crime",
        Situation::ForcedCrime,
        Key::new("report-situation-forced-crime"),
    ),
    (
        "bank_account",
        Situation::BankAccount,
        Key::new("report-situation-bank-account"),
    ),
    (
        "begging",
        Situation::Begging,
        Key::new("report-situation-begging"),
    ),
    (
        "forced_marriage",
        Situation::ForcedMarriage,
        Key::new("report-situation-forced-marriage"),
    ),
    (
        "child",
        Situation::Child,
        Key::new("report-situation-child"),
    ),
    (
        "organ",
        Situation::Organ,
        Key::new("report-situation-organ"),
    ),
    (
        "something_else",
        Situation::SomethingElse,
        Key::new("report-situation-something-else"),
    ),
];

/// What would you like?
pub const WISHES: Options<Wish> = &[
    ("help", Wish::Help, Key::new("report-wish-help")),
    ("contact", Wish::Contact, Key::new("report-wish-contact")),
    ("nothing", Wish::Nothing, Key::new("report-wish-nothing")),
];

/// How can we reach you? `None` is the mailbox only.
pub const REACHES: Options<Option<Channel>> = &[
    ("mailbox", None, Key::new("report-reach-mailbox")),
    (
        "phone",
        Some(Channel::Phone),
        Key::new("report-reach-phone"),
    ),
    ("text", Some(Channel::Text), Key::new("report-reach-text")),
    (
        "email",
        Some(Channel::Email),
        Key::new("report-reach-email"),
    ),
    (
        "person",
        Some(Channel::Person),
        Key::new("report-reach-person"),
    ),
];

/// Value of `place` for "I do not know".
pub const PLACE_UNKNOWN: &str = "unknown";
/// Value of `place` for "in my own words".
pub const PLACE_WORDS: &str = "words";

/// The answers so far; what was not answered or could not be read is `None`.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Idempotency key.
    pub id: Option<FormId>,
    /// Acute danger.
    pub danger: Option<Danger>,
    /// What happens.
    pub story: Option<String>,
    /// Whom it is about.
    pub about: Option<About>,
    /// How old.
    pub ages: Option<Ages>,
    /// Where: chosen.
    pub place: Option<Where>,
    /// Where: typed.
    pub words: Option<String>,
    /// What was ticked.
    pub situations: Vec<Situation>,
    /// What the reporter would like.
    pub wish: Option<Wish>,
    /// How to reach.
    pub reach: Option<Option<Channel>>,
    /// Number, address or person.
    pub at: Option<String>,
    /// When it is safe.
    pub when: Option<String>,
    /// Never call.
    pub never_call: bool,
    /// What to say first.
    pub code_word: Option<String>,
    /// Who else may answer.
    pub others: Option<String>,
}

impl Answers {
    /// Reads all answers; faults are noted in the form at their fields.
    pub fn read(form: &mut Form, places: &Places) -> Answers {
        let words = form.line("words").max(200).optional().unwrap_or_default();
        let place = {
            let words = words.clone();
            let read = move |code: &str| match code {
                PLACE_UNKNOWN => Some(Where::Unknown),
                PLACE_WORDS => words.clone().map(Where::Words),
                code => places.by_code(code).map(|place| Where::Municipality {
                    code: place.code.clone(),
                }),
            };
            form.parsed("place", read)
                .else_say(Key::new("report-place-choose"))
                .optional()
                .unwrap_or_default()
        };
        Answers {
            id: FormId::parse(form.raw("id")),
            danger: one(form, "danger", DANGERS),
            story: form
                .text("story")
                .max(10_000)
                .optional()
                .unwrap_or_default(),
            about: one(form, "about", ABOUTS),
            ages: one(form, "age", AGES),
            place,
            words,
            situations: many(form, "situation", SITUATIONS),
            wish: one(form, "wish", WISHES),
            reach: one(form, "reach", REACHES),
            at: form.line("at").max(200).optional().unwrap_or_default(),
            when: form.text("when").max(500).optional().unwrap_or_default(),
            never_call: form.flag("never_call").read().unwrap_or_default(),
            code_word: form
                .line("code_word")
                .max(100)
                .optional()
                .unwrap_or_default(),
            others: form.text("others").max(500).optional().unwrap_or_default(),
        }
    }

    /// What is still lacking on a page before one may go on.
    pub fn missing(&self, step: Step) -> Option<FieldError> {
        let (absent, field, key) = match step {
            Step::Danger => (
                self.danger.is_none(),
                "danger",
                Key::new("report-danger-missing"),
            ),
            Step::Story => (
                self.story.is_none(),
                "story",
                Key::new("report-story-missing"),
            ),
            Step::About => (
                self.about.is_none(),
                "about",
                Key::new("report-about-missing"),
            ),
            Step::Age => (self.ages.is_none(), "age", Key::new("report-age-missing")),
            Step::Place => (
                self.place.is_none(),
                "words",
                Key::new("report-place-missing"),
            ),
            Step::Wish => (self.wish.is_none(), "wish", Key::new("report-wish-missing")),
            Step::Reach => (
                self.reach.is_none(),
                "reach",
                Key::new("report-reach-missing"),
            ),
            Step::Rules => (self.at.is_none(), "at", Key::new("report-at-missing")),
            Step::Emergency | Step::Situations | Step::Check | Step::Files => return None,
        };
        absent.then(|| FieldError::new(field, key))
    }

    /// The finished report, or the first page that still lacks something.
    pub fn complete(self, id: FormId, language: Lang) -> Result<ReportInput, Step> {
        let contact = match (self.wish, self.reach) {
            (Some(Wish::Nothing), _) => Contact::None,
            (_, Some(None)) => Contact::Mailbox,
            (_, Some(Some(channel))) => Contact::Reach {
                channel,
                at: self.at.ok_or(Step::Rules)?,
                when: self.when,
                never_call: self.never_call,
                code_word: self.code_word,
                others: self.others,
            },
            (Some(_), None) => return Err(Step::Reach),
            (None, None) => return Err(Step::Wish),
        };
        Ok(ReportInput {
            id,
            language,
            danger: self.danger.ok_or(Step::Danger)?,
            story: self.story.ok_or(Step::Story)?,
            about: self.about.ok_or(Step::About)?,
            ages: self.ages.ok_or(Step::Age)?,
            place: self.place.ok_or(Step::Place)?,
            situations: self.situations,
            wish: self.wish.ok_or(Step::Wish)?,
            contact,
        })
    }
}

fn one<T: Copy>(form: &mut Form, name: &'static str, options: Options<T>) -> Option<T> {
    let codes: Vec<(&str, T)> = options
        .iter()
        .map(|(code, value, _)| (*code, *value))
        .collect();
    form.one_of(name, &codes).optional().unwrap_or_default()
}

fn many<T: Copy>(form: &mut Form, name: &'static str, options: Options<T>) -> Vec<T> {
    let codes: Vec<(&str, T)> = options
        .iter()
        .map(|(code, value, _)| (*code, *value))
        .collect();
    form.many_of(name, &codes).any().unwrap_or_default()
}

/// The words of a chosen answer.
pub fn label<T: Copy + PartialEq>(options: Options<T>, value: T) -> Option<Key> {
    options
        .iter()
        .find(|(_, other, _)| *other == value)
        .map(|(_, _, key)| *key)
}
