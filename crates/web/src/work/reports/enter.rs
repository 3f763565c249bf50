//! Taking down a report that came by telephone, at a counter or in another way.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::report::{NewContact, NewReport, Receipt, enter};
use domain::code::LanguageCode;
use domain::objects::{OBJECT_MAX, ObjectKind, ObjectSeen};
use domain::report::{Channel, ReportContent, ReporterKind, STORY_MAX};
use domain::vocabulary::Vocabulary;
use jiff::civil::Date;
use serde::de::DeserializeOwned;

use super::{reference, refusal, words};
use crate::form::{Filled, Form, FormBody};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html_as, ui};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::form_page::{Ask, FormPage, How, refused, safe_text};
use crate::work::vocabulary::{all_forms, choices, form_on, known, sorted};
use crate::work::{Work, WorkForm};

const FIELDS: &[&str] = &["story", "place"];
const CONTACT_MAX: usize = 200;

/// The things that a report names, each with its field.
const OBJECTS: [(&str, ObjectKind); 5] = [
    ("phone", ObjectKind::Phone),
    ("plate", ObjectKind::Plate),
    ("account", ObjectKind::Account),
    ("kvk", ObjectKind::Kvk),
    ("email", ObjectKind::Email),
];

#[derive(Template)]
#[template(path = "work/reports/entered.html")]
struct EnteredPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    code: String,
    href: String,
    reference: String,
}

/// Asks what is told.
pub async fn show(work: Work) -> Result<Response, Problem> {
    page(&work, Filled::blank(), StatusCode::OK)
}

fn page(work: &Work, f: Filled, status: StatusCode) -> Result<Response, Problem> {
    let say = work.say();
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: vec![Crumb::new(say.say("nav-reports"), "/work/reports")],
        title: say.say("reports-enter").into_owned(),
        know: vec![say.say("reports-enter-lead").into_owned()],
        action: "/work/reports/new".to_owned(),
        hidden: Vec::new(),
        asks: asks(&work.app.desk.vocabulary, work.today(), &say),
        button: say.say("reports-enter-button").into_owned(),
        cancel: "/work/reports".to_owned(),
        t: say,
    };
    html_as(status, &page)
}

fn named<T: Copy>(say: &Say, all: &[(&str, T)], word: impl Fn(T) -> Key) -> Vec<Choice> {
    all.iter()
        .map(|(code, value)| Choice::new(*code, say.key(word(*value))))
        .collect()
}

fn asks(list: &Vocabulary, today: Date, say: &Say) -> Vec<Ask> {
    let said = |key: Key| say.key(key).into_owned();
    let ask = |how, name, key| Ask::new(how, name, said(key));
    let mut out = vec![
        ask(How::Radios, "acute", Key::new("reports-acute-answer")).of(words::answers(say)),
        ask(How::Select, "channel", Key::new("reports-fact-channel")).of(choices(
            &list.channels,
            today,
            say,
        )),
        ask(How::Select, "reporter", Key::new("reports-fact-reporter")).of(choices(
            &list.reporter_kinds,
            today,
            say,
        )),
        ask(How::Select, "language", Key::new("reports-fact-language")).of(sorted(
            &list.languages,
            today,
            say,
        )),
        ask(How::Text, "story", Key::new("reports-story"))
            .hint(say.say("reports-enter-story-hint"))
            .optional(),
        ask(How::Select, "form", Key::new("reports-fact-forms"))
            .of(all_forms(list, today, say))
            .optional(),
        ask(
            How::Select,
            "municipality",
            Key::new("reports-fact-municipality"),
        )
        .of(sorted(&list.municipalities, today, say))
        .optional(),
        ask(How::Line, "place", Key::new("reports-fact-place")).optional(),
        ask(How::Flag, "at_border", Key::new("reports-fact-border")),
        ask(How::Select, "minors", Key::new("reports-fact-minors")).of(named(
            say,
            words::MINORS,
            words::minors,
        )),
        ask(How::Select, "parent", Key::new("reports-fact-parent")).of(words::answers(say)),
        ask(How::Select, "help", Key::new("reports-fact-help")).of(named(
            say,
            words::HELP,
            words::help,
        )),
        ask(How::Select, "police", Key::new("reports-fact-police")).of(named(
            say,
            words::POLICE,
            words::police,
        )),
        Ask::heading(say.say("reports-things")).hint(say.say("reports-enter-things-hint")),
    ];
    for (name, kind) in OBJECTS {
        out.push(ask(How::Line, name, words::object(kind)).optional());
    }
    out.push(Ask::heading(say.say("reports-contact")).hint(say.say("reports-contact-stays")));
    let contact = [
        ("contact_name", Key::new("reports-contact-name")),
        (
            "contact_organisation",
            Key::new("reports-contact-organisation"),
        ),
        ("contact_channel", Key::new("reports-contact-channel")),
        ("contact_times", Key::new("reports-contact-times")),
        ("contact_word", Key::new("reports-contact-word")),
    ];
    out.extend(contact.map(|(name, key)| ask(How::Line, name, key).optional()));
    out.push(ask(
        How::Flag,
        "never_call",
        Key::new("reports-contact-never-call"),
    ));
    out
}

/// Takes it down. The return code is shown once, for the reporter.
pub async fn take(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let new = match understand(&work, body) {
        Ok(new) => new,
        Err(f) => return page(&work, f, StatusCode::UNPROCESSABLE_ENTITY),
    };
    match enter(&work.app.desk, &work.actor, work.now, new).await {
        Ok(receipt) => entered(&work, &receipt),
        Err(error) => {
            let f = refused(typed, error, FIELDS, refusal)?;
            page(&work, f, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn entered(work: &Work, receipt: &Receipt) -> Result<Response, Problem> {
    let say = work.say();
    let told = say.say("reports-done-entered").into_owned();
    let page = EnteredPage {
        frame: work.frame()?.tell(ui::Tone::Ok, told),
        crumbs: vec![Crumb::new(say.say("nav-reports"), "/work/reports")],
        code: receipt.code.grouped(),
        href: format!("/work/reports/{}", receipt.id),
        reference: reference(receipt.id),
        t: say,
    };
    html_as(StatusCode::CREATED, &page)
}

/// A value whose code is its serde name.
fn of_code<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn understand(work: &Work, body: FormBody) -> Result<NewReport, Filled> {
    let list = &work.app.desk.vocabulary;
    let today = work.today();
    let mut form = Form::new(body);
    let acute = form
        .one_of("acute", words::ANSWERS)
        .or_say(Key::new("reports-acute-missing"))
        .required();
    let channel = form.parsed("channel", of_code::<Channel>).required();
    let reporter = form.parsed("reporter", of_code::<ReporterKind>).required();
    let language = form
        .parsed("language", |text| known(&list.languages, today, text))
        .required();
    let story = safe_text(&mut form, "story", STORY_MAX).optional();
    let kind = form
        .parsed("form", |text| form_on(list, today, text))
        .optional();
    let municipality = form
        .parsed("municipality", |text| {
            known(&list.municipalities, today, text)
        })
        .optional();
    let place = safe_text(&mut form, "place", domain::report::ANSWER_MAX).optional();
    let at_border = form.flag("at_border").read();
    let minors = form.one_of("minors", words::MINORS).required();
    let parent = form.one_of("parent", words::ANSWERS).required();
    let help = form.one_of("help", words::HELP).required();
    let police = form.one_of("police", words::POLICE).required();
    let mut objects = Vec::new();
    for (name, kind) in OBJECTS {
        let read = form
            .parsed(name, move |text| ObjectSeen::new(kind, text).ok())
            .max(OBJECT_MAX);
        objects.push(read.optional());
    }
    let contact = contact(&mut form);
    form.finish(|| {
        let language: LanguageCode = language?;
        let mut content = ReportContent::empty(channel?, reporter?, language);
        content.acute = acute?;
        content.story = story?;
        content.forms = kind?.into_iter().collect();
        content.municipality = municipality?;
        content.place = place?;
        content.at_border = at_border?;
        content.minors = minors?;
        content.parent_suspected = parent?;
        content.help = help?;
        content.police = police?;
        for object in objects {
            content.objects.extend(object?);
        }
        let contact = contact?;
        let given = contact != NewContact::default();
        Ok(NewReport {
            content,
            contact: given.then_some(contact),
        })
    })
}

fn contact(form: &mut Form) -> crate::form::Read<NewContact> {
    let name = safe_text(form, "contact_name", CONTACT_MAX).optional();
    let organisation = safe_text(form, "contact_organisation", CONTACT_MAX).optional();
    let channel = safe_text(form, "contact_channel", CONTACT_MAX).optional();
    let safe_times = safe_text(form, "contact_times", CONTACT_MAX).optional();
    let code_word = safe_text(form, "contact_word", CONTACT_MAX).optional();
    let never_call = form.flag("never_call").read();
    Ok(NewContact {
        name: name?,
        organisation: organisation?,
        channel: channel?,
        safe_times: safe_times?,
        code_word: code_word?,
        never_call: never_call?,
    })
}
