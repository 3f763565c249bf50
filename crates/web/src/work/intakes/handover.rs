//! Handing a person over to care, and the withdrawal of her consent.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::intake::{self, HandoverInput, care_receivers};
use domain::code::DataCode;
use domain::handover::{ALWAYS, CHOOSABLE, ROUTING};
use domain::ids::{IntakeId, OrgId, PersonId};

use super::{done_for, ids_of, look, person_crumbs, person_in, said, words};
use crate::form::{Filled, Form, Read};
use crate::page::html_as;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::deed::deed;
use crate::work::form_page::{Ask, FormPage, How, looked, safe_text, seen as seen_of};
use crate::work::vocabulary::{known, label, labels, sorted};
use crate::work::{Work, WorkForm};

const LONGEST: usize = 4_000;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const FIELDS: &[&str] = &[
    "to",
    "giver",
    "data",
    "why_more",
    "language",
    "how",
    "help_does_not_depend",
];
type Ids = Path<(String, String)>;

/// Asks to whom, what goes along and on which consent.
pub async fn show(work: Work, Path(ids): Ids) -> Result<Response, Problem> {
    let least: Vec<(&str, &str)> = ROUTING.iter().map(|code| ("data", *code)).collect();
    page(&work, ids_of(&ids)?, Filled::with(&least), StatusCode::OK).await
}

async fn page(
    work: &Work,
    (id, person): (IntakeId, PersonId),
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let dossier = look(work, id).await?;
    let (number, view) = person_in(&dossier, person)?;
    let receivers = care_receivers(&work.app.desk, &work.actor, work.now, id).await?;
    let own_region = say.say("intakes-handover-own-region");
    let receivers: Vec<Choice> = receivers
        .into_iter()
        .map(|r| {
            let mark = if r.own_region {
                format!(" ({own_region})")
            } else {
                String::new()
            };
            Choice::new(r.org.to_string(), format!("{}{mark}", r.name))
        })
        .collect();
    let list = &work.app.desk.vocabulary;
    let always: Vec<DataCode> = ALWAYS.iter().map(|code| DataCode::literal(code)).collect();
    let always = labels(&list.data_categories, &always, &say).join(", ");
    let data = CHOOSABLE
        .iter()
        .map(|code| {
            let name = label(&list.data_categories, &DataCode::literal(code), &say);
            Choice::new(*code, name)
        })
        .collect();
    let asks = vec![
        Ask::new(How::Select, "to", say.say("intakes-handed-to")).of(receivers),
        Ask::new(How::Checks, "data", say.say("intakes-handed-data"))
            .of(data)
            .hint(say.say_with("intakes-handover-always", "data", always))
            .optional(),
        Ask::new(How::Text, "why_more", say.say("intakes-handover-why-more"))
            .hint(say.say("intakes-handover-why-more-hint"))
            .optional(),
        Ask::heading(say.say("intakes-consent")).hint(say.say("intakes-consent-hint")),
        Ask::new(How::Radios, "giver", say.say("intakes-consent-giver")).of(words::named(
            &say,
            words::GIVERS,
            words::giver,
        )),
        Ask::new(How::Select, "language", say.say("intakes-explain-language")).of(sorted(
            &list.languages,
            work.today(),
            &say,
        )),
        Ask::new(
            How::Flag,
            "interpreter",
            say.say("intakes-consent-interpreter"),
        ),
        Ask::new(How::Text, "how", say.say("intakes-consent-how")),
        Ask::new(
            How::Flag,
            "help_does_not_depend",
            say.say("intakes-consent-free"),
        ),
        Ask::new(How::Radios, "form", say.say("intakes-consent-form")).of(words::named(
            &say,
            words::CONSENT_FORMS,
            words::consent_form,
        )),
    ];
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: person_crumbs(&say, id, person, number),
        title: say.say("intakes-handover-title").into_owned(),
        know: vec![
            say.say("intakes-handover-lead").into_owned(),
            say.say("intakes-handover-not").into_owned(),
        ],
        action: format!("/work/intakes/{id}/people/{person}/hand-over"),
        hidden: vec![("seen", view.version.to_string())],
        asks,
        button: say.say("intakes-handover-button").into_owned(),
        cancel: format!("/work/intakes/{id}/people/{person}"),
        t: say,
    };
    html_as(status, &page.guarded())
}

/// Hands the person over.
pub async fn take(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, person) = ids_of(&ids)?;
    let read = |form: &mut Form| read(form, &work);
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| intake::hand_to_care(desk, &work.actor, now, id, person, seen, input);
    match deed(body, said(FIELDS), read, act).await? {
        Ok(()) => Ok(done_for(id, person, "handed-over")),
        Err(f) => page(&work, (id, person), f, WRONG).await,
    }
}

fn read(form: &mut Form, work: &Work) -> Read<(i64, HandoverInput)> {
    let (list, today) = (&work.app.desk.vocabulary, work.today());
    let missing = Key::new("intakes-choice-missing");
    let options: Vec<(&str, &str)> = CHOOSABLE.iter().map(|code| (*code, *code)).collect();
    let seen = seen_of(form);
    let to = form
        .parsed("to", |text| text.parse::<OrgId>().ok())
        .or_say(missing)
        .required();
    let data = form.many_of("data", &options).any();
    let why_more = safe_text(form, "why_more", LONGEST).optional();
    let giver = form
        .one_of("giver", words::GIVERS)
        .or_say(missing)
        .required();
    let language = form
        .parsed("language", |text| known(&list.languages, today, text))
        .or_say(Key::new("intakes-explain-language-missing"))
        .required();
    let interpreter = form.flag("interpreter").read();
    let how = safe_text(form, "how", LONGEST)
        .or_say(Key::new("intakes-consent-how-missing"))
        .required();
    let free = form.flag("help_does_not_depend").read();
    let written = form
        .one_of("form", words::CONSENT_FORMS)
        .or_say(missing)
        .required();
    let looked = looked(form);
    let chosen = data?;
    let data = ALWAYS.iter().copied().chain(chosen);
    let input = HandoverInput {
        to: to?,
        why_more: why_more?,
        giver: giver?,
        data: data.filter_map(|code| DataCode::new(code).ok()).collect(),
        language: language?,
        interpreter: interpreter?,
        how: how?,
        help_does_not_depend: free?,
        form: written?,
        looked: looked?,
    };
    Ok((seen?, input))
}

/// Asks whether the consent was withdrawn, and says what follows.
pub async fn show_withdraw(work: Work, Path(ids): Ids) -> Result<Response, Problem> {
    withdraw_page(&work, ids_of(&ids)?, Filled::blank(), StatusCode::OK).await
}

async fn withdraw_page(
    work: &Work,
    (id, person): (IntakeId, PersonId),
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let dossier = look(work, id).await?;
    let (number, view) = person_in(&dossier, person)?;
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: person_crumbs(&say, id, person, number),
        title: say.say("intakes-withdraw-title").into_owned(),
        know: vec![say.say("intakes-withdraw-lead").into_owned()],
        action: format!("/work/intakes/{id}/people/{person}/withdraw"),
        hidden: vec![("seen", view.version.to_string())],
        asks: Vec::new(),
        button: say.say("intakes-withdraw-button").into_owned(),
        cancel: format!("/work/intakes/{id}/people/{person}"),
        t: say,
    };
    html_as(status, &page)
}

/// Records that the consent was withdrawn.
pub async fn withdraw(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, person) = ids_of(&ids)?;
    let (desk, now) = (&work.app.desk, work.now);
    let act = |seen| intake::withdraw_consent(desk, &work.actor, now, id, person, seen);
    match deed(body, said(&[]), seen_of, act).await? {
        Ok(()) => Ok(done_for(id, person, "withdrawn")),
        Err(f) => withdraw_page(&work, (id, person), f, WRONG).await,
    }
}
