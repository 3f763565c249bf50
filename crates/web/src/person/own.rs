//! What a person reads about her data, in plain words: what is held and on which ground, with whom it was shared, who looked, and
//! where her requests stand.

use desk::request::{OwnRequest, OwnView, SharedWith};
use domain::Compartment;
use domain::request::{
    DataRequest, Done, Looked, Outcome, OwnFile, PartAnswer, RequestState, Right, Section, Way,
};
use domain::restriction::Ground;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::app::App;
use crate::texts::{Arg, Key, Say};
use crate::words;

/// A line with something below it.
pub struct Line {
    /// What it says.
    pub text: String,
    /// More, or empty.
    pub more: String,
}

/// A section of an answer.
pub struct SectionShown {
    /// Whose it is.
    pub title: String,
    /// When it opens, or what it says.
    pub lines: Vec<String>,
}

/// A request as she sees it.
pub struct Request {
    /// Its identity, to take it back.
    pub id: String,
    /// What she asked, and when.
    pub title: String,
    /// Where it stands.
    pub state: String,
    /// More about it.
    pub lines: Vec<String>,
    /// She may take it back.
    pub open: bool,
    /// The answer: always the same sections.
    pub sections: Vec<SectionShown>,
    /// Her own file, as far as it was given.
    pub file: Vec<(String, String)>,
    /// Until when she can fetch what she takes along; empty: there is nothing to fetch.
    pub fetch: String,
}

/// All of it.
pub struct Own {
    /// Categories in which something is written down.
    pub held: Vec<String>,
    /// On which ground.
    pub ground: String,
    /// Where it came from.
    pub came: String,
    /// With whom it was shared.
    pub shared: Vec<Line>,
    /// Who looked.
    pub looked: Vec<String>,
    /// Her requests.
    pub requests: Vec<Request>,
}

/// Words of one page.
struct Words<'a> {
    app: &'a App,
    t: &'a Say,
    now: Timestamp,
    today: Date,
}

/// Puts what the desk gives into words.
pub fn own(app: &App, t: &Say, view: &OwnView) -> Own {
    let now = app.now();
    let w = Words {
        app,
        t,
        now,
        today: dutch_date(now),
    };
    Own {
        held: view.held.iter().map(|data| w.data(data.as_str())).collect(),
        ground: t.say_with("my-own-ground", "ground", view.ground),
        came: match view.came {
            None => t.say("my-own-came-self").into_owned(),
            Some((from, day)) => t.say_args(
                "my-own-came",
                &[
                    ("who", Arg::Text(w.section(from))),
                    ("date", Arg::Text(t.date(day))),
                ],
            ),
        },
        shared: view.shared.iter().map(|s| w.shared(s)).collect(),
        looked: view.looked.iter().map(|l| w.looked(l)).collect(),
        requests: view.requests.iter().map(|r| w.request(r)).collect(),
    }
}

/// What can be asked.
pub fn right(right: Right) -> Key {
    match right {
        Right::Access => Key::new("my-right-access"),
        Right::Correction => Key::new("my-right-correction"),
        Right::Erasure => Key::new("my-right-erasure"),
        Right::Objection => Key::new("my-right-objection"),
        Right::Restriction => Key::new("my-right-restriction"),
        Right::Portability => Key::new("my-right-portability"),
    }
}

/// What an outcome is called.
pub fn outcome(outcome: Outcome) -> Key {
    match outcome {
        Outcome::Given => Key::new("my-outcome-given"),
        Outcome::Partly => Key::new("my-outcome-partly"),
        Outcome::Refused => Key::new("my-outcome-refused"),
    }
}

/// Whose a section is.
pub fn section_name(of: Compartment) -> Key {
    match of {
        Compartment::K1 => Key::new("my-section-k1"),
        Compartment::K2 => Key::new("my-section-k2"),
        Compartment::K4 => Key::new("my-section-k4"),
        Compartment::K5 => Key::new("my-section-k5"),
        _ => Key::new("my-section-k3"),
    }
}

/// Who looked, in one sentence: a function and an organisation.
pub fn looked(app: &App, t: &Say, today: Date, looked: &Looked) -> String {
    let kinds = &app.desk.vocabulary.organisation_kinds;
    let kind = looked.kind.as_deref();
    let org = match (&looked.org, kind) {
        (Some(name), _) => name.clone(),
        (None, Some(kind)) => words::label(kinds, kind, today, t.lang()),
        (None, None) => t.say("my-looked-unknown").into_owned(),
    };
    let values = [
        (
            "role",
            Arg::Text(words::role(app, &looked.role, today, t.lang())),
        ),
        ("org", Arg::Text(org)),
        ("n", Arg::Number(i64::from(looked.days))),
        ("last", Arg::Text(t.date(looked.last))),
    ];
    t.say_args("my-looked-line", &values)
}

/// An answer of one compartment in words.
pub fn answer(app: &App, t: &Say, today: Date, right: Right, given: &PartAnswer) -> Vec<String> {
    let categories = &app.desk.vocabulary.data_categories;
    let mut lines = vec![t.key(outcome(given.outcome)).into_owned()];
    lines.extend(given.words.as_ref().map(|w| w.as_str().to_owned()));
    if !given.data.is_empty() {
        let data: Vec<String> = given
            .data
            .iter()
            .map(|code| words::label(categories, code.as_str(), today, t.lang()))
            .collect();
        lines.push(t.say_with("my-answer-data", "data", data.join(", ")));
    }
    if let Some(refusal) = &given.refusal {
        let values = [
            ("reason", Arg::Text(refusal.reason.as_str().to_owned())),
            ("ground", Arg::Text(refusal.ground.as_str().to_owned())),
        ];
        lines.push(t.say_args("my-answer-refusal", &values));
    }
    let seen = given.looked.iter().map(|l| looked(app, t, today, l));
    lines.extend(seen);
    match &given.done {
        Some(done) => lines.extend(carried_out(app, t, today, done)),
        None if given.is_to_be_carried_out(right) => {
            lines.push(t.say("my-done-not-yet").into_owned());
        }
        None => {}
    }
    lines
}

/// Why it is only kept, said to her.
fn own_ground(ground: Ground) -> Key {
    match ground {
        Ground::Contested => Key::new("my-ground-contested"),
        Ground::Unlawful => Key::new("my-ground-unlawful"),
        Ground::Claim => Key::new("my-ground-claim"),
        Ground::Objected => Key::new("my-ground-objected"),
        Ground::Evidence => Key::new("my-ground-evidence"),
    }
}

/// What was done after an answer, and who was told.
fn carried_out(app: &App, t: &Say, today: Date, done: &Done) -> Vec<String> {
    let on = ("date", Arg::Text(t.date(done.on)));
    let text = |text: &domain::SafeText| Arg::Text(text.as_str().to_owned());
    let mut lines = vec![match &done.way {
        Way::Erased if done.left_nothing() => t.say_args("my-done-erased-all", &[on]),
        Way::Erased => t.say_args("my-done-erased", &[on]),
        Way::Changed => t.say_args("my-done-changed", &[on]),
        Way::Noted { statement, reason } => {
            let values = [on, ("words", text(statement)), ("reason", text(reason))];
            t.say_args("my-done-noted", &values)
        }
        Way::Elsewhere { place } => t.say_args("my-done-elsewhere", &[on, ("what", text(place))]),
        Way::Restricted { ground, .. } => {
            let why = t.key(own_ground(*ground)).into_owned();
            t.say_args("my-done-restricted", &[on, ("reason", Arg::Text(why))])
        }
        Way::Kept { refusal } => {
            let values = [
                on,
                ("reason", text(&refusal.reason)),
                ("ground", text(&refusal.ground)),
            ];
            t.say_args("my-done-kept", &values)
        }
    }];
    if let Way::Restricted {
        ending: Some(ending),
        ..
    } = &done.way
    {
        let values = [
            ("date", Arg::Text(t.date(ending.last))),
            ("reason", text(&ending.reason)),
        ];
        let key = match today <= ending.last {
            true => Key::new("my-restriction-ends"),
            false => Key::new("my-restriction-ended"),
        };
        lines.push(t.say_args(key.as_str(), &values));
    }
    let restricted = matches!(done.way, Way::Restricted { .. });
    let kinds = &app.desk.vocabulary.organisation_kinds;
    for told in &done.told {
        let kind = words::label(kinds, told.kind.as_str(), today, t.lang());
        let key = match (restricted, told.ended) {
            (true, _) => Key::new("my-told-restricted"),
            (false, true) => Key::new("my-told-ended"),
            (false, false) => Key::new("my-told-corrected"),
        };
        let values = [
            ("who", Arg::Text(kind)),
            ("date", Arg::Text(t.date(told.on))),
        ];
        let mut line = t.say_args(key.as_str(), &values);
        if let Some(confirmed) = &told.confirmed {
            line.push(' ');
            line.push_str(&match &confirmed.kept {
                None if restricted => t.say_with("my-told-only-kept", "date", t.date(confirmed.on)),
                None => t.say_with("my-told-gone", "date", t.date(confirmed.on)),
                Some(kept) => t.say_args(
                    "my-told-kept",
                    &[("what", text(&kept.what)), ("ground", text(&kept.ground))],
                ),
            });
        }
        lines.push(line);
    }
    lines
}

/// Requests alone, once the file is gone.
pub fn requests(app: &App, t: &Say, all: &[DataRequest]) -> Vec<Request> {
    let now = app.now();
    let w = Words {
        app,
        t,
        now,
        today: dutch_date(now),
    };
    let own = all.iter().map(|request| OwnRequest {
        request: request.clone(),
        file: None,
        fetch: None,
    });
    own.map(|own| w.request(&own)).collect()
}

/// A section in words: the same for everybody until it opens, and afterwards when there is nothing to tell.
pub fn section(app: &App, t: &Say, today: Date, right: Right, shown: &Section<'_>) -> SectionShown {
    let lines = if !shown.open {
        vec![t.say_with("my-section-opens", "date", t.date_of(shown.opens))]
    } else if shown.beyond {
        vec![
            t.say(match shown.of {
                Compartment::K5 => "my-section-beyond-police",
                _ => "my-section-beyond",
            })
            .into_owned(),
        ]
    } else if shown.answers.is_empty() {
        vec![
            t.say("my-section-nothing").into_owned(),
            t.say("my-section-nothing-why").into_owned(),
        ]
    } else {
        let answers = shown.answers.iter();
        answers
            .flat_map(|a| answer(app, t, today, right, a))
            .collect()
    };
    SectionShown {
        title: t.key(section_name(shown.of)).into_owned(),
        lines,
    }
}

impl Words<'_> {
    fn data(&self, code: &str) -> String {
        let list = &self.app.desk.vocabulary.data_categories;
        words::label(list, code, self.today, self.t.lang())
    }

    fn section(&self, of: Compartment) -> String {
        self.t.key(section_name(of)).into_owned()
    }

    fn looked(&self, one: &Looked) -> String {
        looked(self.app, self.t, self.today, one)
    }

    fn shared(&self, shared: &SharedWith) -> Line {
        let t = self.t;
        let kinds = &self.app.desk.vocabulary.organisation_kinds;
        let who = match (&shared.name, &shared.kind) {
            (Some(name), _) => name.clone(),
            (None, Some(kind)) => words::label(kinds, kind, self.today, t.lang()),
            (None, None) => self.section(shared.to),
        };
        let what = match shared.what {
            "registration" => t.say("my-shared-registration").into_owned(),
            "count" => t.say("my-shared-count").into_owned(),
            "opinion_request" => t.say("my-shared-opinion").into_owned(),
            _ => {
                let data: Vec<String> = shared.data.iter().map(|d| self.data(d.as_str())).collect();
                data.join(", ")
            }
        };
        let values = [
            ("date", Arg::Text(t.date(shared.on))),
            ("who", Arg::Text(who)),
            ("what", Arg::Text(what)),
        ];
        let purposes = &self.app.desk.vocabulary.purposes;
        let purpose = words::label(purposes, &shared.purpose, self.today, t.lang());
        let why = [
            ("purpose", Arg::Text(purpose)),
            ("ground", Arg::Text(shared.ground.clone())),
        ];
        let mut more = t.say_args("my-shared-why", &why);
        if let Some(until) = shared.until {
            let key = match shared.runs {
                true => Key::new("my-shared-until"),
                false => Key::new("my-shared-over"),
            };
            more = format!("{more} {}", t.say_with(key.as_str(), "date", t.date(until)));
        }
        Line {
            text: t.say_args("my-shared-line", &values),
            more,
        }
    }

    fn request(&self, own: &OwnRequest) -> Request {
        let (t, request) = (self.t, &own.request);
        let values = [
            ("right", Arg::Text(t.key(right(request.right)).into_owned())),
            ("date", Arg::Text(t.date_of(request.received))),
        ];
        let shows = request.is_settled();
        let sections = request.sections(self.now);
        Request {
            id: request.id.to_string(),
            title: t.say_args("my-request-title", &values),
            state: self.state(request),
            lines: self.lines(request),
            open: request.owed().is_some(),
            sections: sections
                .iter()
                .filter(|_| shows)
                .map(|s| section(self.app, t, self.today, request.right, s))
                .collect(),
            file: own
                .file
                .as_ref()
                .map_or_else(Vec::new, |file| self.file(file)),
            fetch: own.fetch.map_or_else(String::new, |until| {
                t.say_with("my-fetch-until", "date", t.date_of(until))
            }),
        }
    }

    fn state(&self, request: &DataRequest) -> String {
        let t = self.t;
        match request.state() {
            RequestState::Received => t.say("my-request-received").into_owned(),
            RequestState::NotSettled { reason, .. } => {
                t.say_with("my-request-not-settled", "reason", reason.as_str())
            }
            RequestState::Withdrawn { .. } => t.say("my-request-withdrawn").into_owned(),
            RequestState::Settled { .. }
            | RequestState::Extended { .. }
            | RequestState::Answered { .. }
            | RequestState::Granted { .. }
            | RequestState::CarriedOut { .. } => {
                let opens = request.opens(Compartment::K3);
                match self.now >= opens {
                    true => t.say("my-request-open").into_owned(),
                    false => t.say_with("my-request-runs", "date", t.date_of(opens)),
                }
            }
        }
    }

    fn lines(&self, request: &DataRequest) -> Vec<String> {
        let t = self.t;
        let mut lines = Vec::new();
        if let Some(words) = &request.words {
            lines.push(t.say_with("my-request-words", "words", words.as_str()));
        }
        if let Some(extension) = request.extension() {
            let reason = extension.reason.as_str();
            lines.push(t.say_with("my-request-extended", "reason", reason));
        }
        if request.is_late(self.now) {
            lines.push(t.say("my-request-late").into_owned());
        }
        lines
    }

    fn file(&self, file: &OwnFile) -> Vec<(String, String)> {
        let t = self.t;
        let list = &self.app.desk.vocabulary;
        let lang = t.lang();
        let mut out = Vec::new();
        let mut add = |code: &str, value: Option<String>| {
            if let Some(value) = value {
                let value = match value.is_empty() {
                    true => t.say("my-file-nothing").into_owned(),
                    false => value,
                };
                out.push((self.data(code), value));
            }
        };
        let texts = |texts: &Vec<domain::SafeText>| {
            let all: Vec<&str> = texts.iter().map(domain::SafeText::as_str).collect();
            all.join(", ")
        };
        add("identity", file.called.as_ref().map(texts));
        let age = file.age.map(|age| age.in_years_on(self.today));
        add("age", age.map(|age| crate::work::told::age(t, age)));
        add(
            "sex",
            file.sex
                .map(|sex| words::label(&list.sexes, &words::code_of(&sex), self.today, lang)),
        );
        let origin = file.origin.as_ref().map(|all| {
            let all: Vec<String> = all
                .iter()
                .map(|c| words::label(&list.countries, c.as_str(), self.today, lang))
                .collect();
            all.join(", ")
        });
        add("origin", origin);
        let language = file.language.as_ref().map(|(all, _)| {
            let all: Vec<String> = all
                .iter()
                .map(|c| words::label(&list.languages, c.as_str(), self.today, lang))
                .collect();
            all.join(", ")
        });
        add("language", language);
        add(
            "entitlement",
            file.residence.map(|r| {
                let code = words::code_of(&r);
                words::label(&list.residence_statuses, &code, self.today, lang)
            }),
        );
        add("contact", file.contact.as_ref().map(texts));
        add(
            "safety",
            file.safety.as_ref().map(|(areas, people)| {
                let mut all: Vec<String> = areas
                    .iter()
                    .map(|c| words::label(&list.municipalities, c.as_str(), self.today, lang))
                    .collect();
                if *people > 0 {
                    all.push(t.say_n("my-file-people", *people));
                }
                all.join(", ")
            }),
        );
        add(
            "family",
            file.children.map(|n| match n {
                0 => String::new(),
                n => t.say_n("my-file-children", n),
            }),
        );
        let forms = file.forms.as_ref().map(|all| {
            let all: Vec<String> = all
                .iter()
                .map(|c| words::label(&list.forms, c.as_str(), self.today, lang))
                .collect();
            all.join(", ")
        });
        add("form", forms);
        add("care_needs", file.needs.as_ref().map(texts));
        out
    }
}
