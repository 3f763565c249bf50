//! The reflection period of a person: offer, answer, the question for EU citizens, the first day, the end.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::reflection::{self, DeclineInput, EndInput, EuInput, OfferInput};
use domain::code::{LanguageCode, OrgKind};
use domain::ids::{IntakeId, PersonId, ReflectionId};
use domain::reflection::{Capacity, Explanation};

use super::{done_for, ids_of, look, person_crumbs, person_in, refusal, said, words};
use crate::form::{Filled, Form, Read};
use crate::page::html_as;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::deed::{deed, pressed};
use crate::work::form_page::{
    Ask, FormPage, How, looked, refused_page, safe_text, seen as seen_of,
};
use crate::work::vocabulary::{choices, known, label, sorted};
use crate::work::{Work, WorkForm};

const LONGEST: usize = 4_000;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
type Ids = Path<(String, String)>;

/// A form about a period: what differs between the deeds.
struct Deed {
    name: &'static str,
    title: Key,
    know: Vec<Key>,
    button: Key,
    asks: Vec<Ask>,
    seen: i64,
    number: usize,
    cancel: (IntakeId, PersonId),
}

fn page(work: &Work, deed: Deed, f: Filled, status: StatusCode) -> Result<Response, Problem> {
    let say = work.say();
    let (id, person) = deed.cancel;
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: person_crumbs(&say, id, person, deed.number),
        title: say.key(deed.title).into_owned(),
        know: deed
            .know
            .iter()
            .map(|key| say.key(*key).into_owned())
            .collect(),
        action: format!("/work/intakes/{id}/people/{person}/{}", deed.name),
        hidden: vec![("seen", deed.seen.to_string())],
        asks: deed.asks,
        button: say.key(deed.button).into_owned(),
        cancel: format!("/work/intakes/{id}/people/{person}"),
        t: say,
    };
    html_as(status, &page.guarded())
}

/// The period of a person, with its version and the person's number.
async fn period(
    work: &Work,
    id: IntakeId,
    person: PersonId,
) -> Result<(ReflectionId, i64, usize), Problem> {
    let dossier = look(work, id).await?;
    let (number, view) = person_in(&dossier, person)?;
    let (reflection, seen) = view.reflection.as_ref().ok_or_else(Problem::not_found)?;
    Ok((reflection.id, *seen, number))
}

fn explained_asks(work: &Work, say: &Say) -> Vec<Ask> {
    let list = &work.app.desk.vocabulary;
    vec![
        Ask::new(How::Select, "language", say.say("intakes-explain-language")).of(sorted(
            &list.languages,
            work.today(),
            say,
        )),
        Ask::new(
            How::Radios,
            "interpreter",
            say.say("intakes-explain-interpreter"),
        )
        .of(words::named(say, words::INTERPRETER, words::interpreter))
        .hint(say.say("intakes-explain-interpreter-hint")),
    ]
}

fn explained(form: &mut Form, work: &Work) -> Read<Explanation> {
    let (list, today) = (&work.app.desk.vocabulary, work.today());
    let language: Read<LanguageCode> = form
        .parsed("language", |text| known(&list.languages, today, text))
        .or_say(Key::new("intakes-explain-language-missing"))
        .required();
    let interpreter = form
        .one_of("interpreter", words::INTERPRETER)
        .or_say(Key::new("intakes-choice-missing"))
        .required();
    Ok(Explanation {
        language: language?,
        interpreter: interpreter?,
    })
}

/// Asks how it is offered.
pub async fn show_offer(work: Work, Path(ids): Ids) -> Result<Response, Problem> {
    let f = Filled::with(&[("capacity", "possible_victim")]);
    offer_page(&work, ids_of(&ids)?, f, StatusCode::OK).await
}

async fn offer_page(
    work: &Work,
    (id, person): (IntakeId, PersonId),
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let dossier = look(work, id).await?;
    let (number, view) = person_in(&dossier, person)?;
    let mut asks = vec![
        Ask::new(How::Radios, "capacity", say.say("intakes-capacity")).of(words::named(
            &say,
            words::CAPACITIES,
            words::capacity,
        )),
    ];
    asks.extend(explained_asks(work, &say));
    let deed = Deed {
        name: "offer",
        title: Key::new("intakes-offer-title"),
        know: vec![
            Key::new("intakes-offer-lead"),
            Key::new("intakes-offer-free"),
        ],
        button: Key::new("intakes-offer-button"),
        asks,
        seen: view.version,
        number,
        cancel: (id, person),
    };
    page(work, deed, f, status)
}

/// Offers the period.
pub async fn offer(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let ids = ids_of(&ids)?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let capacity: Read<Capacity> = form
            .one_of("capacity", words::CAPACITIES)
            .or_say(Key::new("intakes-choice-missing"))
            .required();
        let explained = explained(form, &work);
        let input = OfferInput {
            capacity: capacity?,
            explained: explained?,
        };
        Ok((seen?, input))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| reflection::offer(desk, &work.actor, now, ids.0, ids.1, seen, input);
    match deed(
        body,
        said(&["capacity", "language", "interpreter"]),
        read,
        act,
    )
    .await?
    {
        Ok(_) => Ok(done_for(ids.0, ids.1, "offered")),
        Err(f) => offer_page(&work, ids, f, WRONG).await,
    }
}

/// Records that the person accepts.
pub async fn accept(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, person) = ids_of(&ids)?;
    let seen = pressed(body)?;
    let (which, ..) = period(&work, id, person).await?;
    reflection::accept(&work.app.desk, &work.actor, work.now, id, which, seen)
        .await
        .map_err(|error| refused_page(error, refusal))?;
    Ok(done_for(id, person, "accepted"))
}

/// Asks how it was explained before it counts as declined.
pub async fn show_decline(work: Work, Path(ids): Ids) -> Result<Response, Problem> {
    decline_page(&work, ids_of(&ids)?, Filled::blank(), StatusCode::OK).await
}

async fn decline_page(
    work: &Work,
    (id, person): (IntakeId, PersonId),
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let (_, seen, number) = period(work, id, person).await?;
    let mut asks = explained_asks(work, &say);
    asks.push(Ask::new(How::Text, "reason", say.say("intakes-decline-reason")).optional());
    let deed = Deed {
        name: "decline",
        title: Key::new("intakes-decline-title"),
        know: vec![Key::new("intakes-decline-lead")],
        button: Key::new("intakes-decline-button"),
        asks,
        seen,
        number,
        cancel: (id, person),
    };
    page(work, deed, f, status)
}

/// Records that the person declines.
pub async fn decline(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let ids = ids_of(&ids)?;
    let (which, ..) = period(&work, ids.0, ids.1).await?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let explained = explained(form, &work);
        let reason = safe_text(form, "reason", LONGEST).optional();
        let looked = looked(form);
        let input = DeclineInput {
            explained: explained?,
            reason: reason?,
            looked: looked?,
        };
        Ok((seen?, input))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act =
        |(seen, input)| reflection::decline(desk, &work.actor, now, ids.0, which, seen, input);
    match deed(
        body,
        said(&["language", "interpreter", "reason"]),
        read,
        act,
    )
    .await?
    {
        Ok(()) => Ok(done_for(ids.0, ids.1, "declined")),
        Err(f) => decline_page(&work, ids, f, WRONG).await,
    }
}

/// Who decides for an EU citizen.
const DECIDES: [&str; 3] = ["POL", "KMAR", "IND"];

/// Asks what police or IND decided.
pub async fn show_decide(work: Work, Path(ids): Ids) -> Result<Response, Problem> {
    decide_page(&work, ids_of(&ids)?, Filled::blank(), StatusCode::OK).await
}

async fn decide_page(
    work: &Work,
    (id, person): (IntakeId, PersonId),
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let (_, seen, number) = period(work, id, person).await?;
    let kinds = &work.app.desk.vocabulary.organisation_kinds;
    let who: Vec<Choice> = DECIDES
        .iter()
        .map(|code| Choice::new(*code, label(kinds, &OrgKind::literal(code), &say)))
        .collect();
    let applies = [
        ("yes", Key::new("intakes-eu-applies")),
        ("no", Key::new("intakes-eu-does-not-apply")),
    ];
    let applies = applies.map(|(code, key)| Choice::new(code, say.key(key)));
    let deed = Deed {
        name: "decide",
        title: Key::new("intakes-decide-title"),
        know: vec![Key::new("intakes-eu-explain")],
        button: Key::new("intakes-decide-button"),
        asks: vec![
            Ask::new(How::Radios, "applies", say.say("intakes-eu-question")).of(applies.to_vec()),
            Ask::new(How::Radios, "decided_by", say.say("intakes-decided-by")).of(who),
            Ask::new(How::Text, "reason", say.say("intakes-reason")),
        ],
        seen,
        number,
        cancel: (id, person),
    };
    page(work, deed, f, status)
}

/// Records what police or IND decided.
pub async fn decide(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let ids = ids_of(&ids)?;
    let (which, ..) = period(&work, ids.0, ids.1).await?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let missing = Key::new("intakes-choice-missing");
        let applies = form
            .one_of("applies", &[("yes", true), ("no", false)])
            .or_say(missing)
            .required();
        let decided_by = form
            .parsed("decided_by", |text| {
                let known = DECIDES.iter().find(|code| **code == text);
                known.map(|code| OrgKind::literal(code))
            })
            .or_say(missing)
            .required();
        let reason = safe_text(form, "reason", LONGEST)
            .or_say(Key::new("intakes-reason-missing"))
            .required();
        let looked = looked(form);
        let input = EuInput {
            applies: applies?,
            decided_by: decided_by?,
            reason: reason?,
            looked: looked?,
        };
        Ok((seen?, input))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act =
        |(seen, input)| reflection::decide_eu(desk, &work.actor, now, ids.0, which, seen, input);
    match deed(body, said(&["decided_by", "reason"]), read, act).await? {
        Ok(()) => Ok(done_for(ids.0, ids.1, "decided")),
        Err(f) => decide_page(&work, ids, f, WRONG).await,
    }
}

/// Asks for the first day.
pub async fn show_start(work: Work, Path(ids): Ids) -> Result<Response, Problem> {
    let today = work.today().to_string();
    let f = Filled::with(&[("start", &today)]);
    start_page(&work, ids_of(&ids)?, f, StatusCode::OK).await
}

async fn start_page(
    work: &Work,
    (id, person): (IntakeId, PersonId),
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let (_, seen, number) = period(work, id, person).await?;
    let deed = Deed {
        name: "start",
        title: Key::new("intakes-start-title"),
        know: vec![Key::new("intakes-start-lead")],
        button: Key::new("intakes-start-button"),
        asks: vec![Ask::new(How::Day, "start", say.say("intakes-first-day"))],
        seen,
        number,
        cancel: (id, person),
    };
    page(work, deed, f, status)
}

/// Begins the period.
pub async fn start(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let ids = ids_of(&ids)?;
    let (which, ..) = period(&work, ids.0, ids.1).await?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let first = form.date("start").required();
        Ok((seen?, first?))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| reflection::start(desk, &work.actor, now, ids.0, which, seen, input);
    match deed(body, said(&["start"]), read, act).await? {
        Ok(()) => Ok(done_for(ids.0, ids.1, "started")),
        Err(f) => start_page(&work, ids, f, WRONG).await,
    }
}

/// Asks when and why it ended.
pub async fn show_end(work: Work, Path(ids): Ids) -> Result<Response, Problem> {
    let today = work.today().to_string();
    let f = Filled::with(&[("ended", &today)]);
    end_page(&work, ids_of(&ids)?, f, StatusCode::OK).await
}

async fn end_page(
    work: &Work,
    (id, person): (IntakeId, PersonId),
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let (_, seen, number) = period(work, id, person).await?;
    let ends = &work.app.desk.vocabulary.reflection_ends;
    let deed = Deed {
        name: "end",
        title: Key::new("intakes-end-title"),
        know: vec![Key::new("intakes-end-lead")],
        button: Key::new("intakes-end-button"),
        asks: vec![
            Ask::new(How::Day, "ended", say.say("intakes-ended-on")),
            Ask::new(How::Radios, "reason", say.say("intakes-reason")).of(choices(
                ends,
                work.today(),
                &say,
            )),
            Ask::new(How::Text, "note", say.say("intakes-end-note")).optional(),
        ],
        seen,
        number,
        cancel: (id, person),
    };
    page(work, deed, f, status)
}

/// Ends the period.
pub async fn end(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let ids = ids_of(&ids)?;
    let (which, ..) = period(&work, ids.0, ids.1).await?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let ended = form.date("ended").required();
        let reason = form
            .one_of("reason", words::ENDS)
            .or_say(Key::new("intakes-choice-missing"))
            .required();
        let note = safe_text(form, "note", LONGEST).optional();
        let looked = looked(form);
        let input = EndInput {
            ended: ended?,
            reason: reason?,
            note: note?,
            looked: looked?,
        };
        Ok((seen?, input))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| reflection::end(desk, &work.actor, now, ids.0, which, seen, input);
    match deed(body, said(&["ended", "reason", "note"]), read, act).await? {
        Ok(()) => Ok(done_for(ids.0, ids.1, "ended")),
        Err(f) => end_page(&work, ids, f, WRONG).await,
    }
}
