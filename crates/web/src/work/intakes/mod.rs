//! Intakes at police, Koninklijke Marechaussee and Nederlandse Arbeidsinspectie: the list with its clocks, the file with
//! what is owed, the people in it, their reflection periods, registration and handover.

mod assess;
mod deeds;
mod file;
mod handover;
mod list;
mod person;
mod person_form;
mod reflection;
mod register;
mod vital;
mod words;

use axum::response::{IntoResponse, Redirect, Response};
use desk::UseCase as U;
use desk::intake::{Dossier, PersonView, read};
use domain::ids::{IntakeId, PersonId};

use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::words::reference;
use crate::work::Work;
use crate::work::deed::Said;

/// The routes of investigating services.
pub fn routes(routes: Routes) -> Routes {
    people(files(routes))
}

fn files(routes: Routes) -> Routes {
    routes
        .get("/work/intakes", U::ListIntakes, list::show)
        .get("/work/intakes/new", U::OpenIntake, deeds::show_new)
        .post("/work/intakes/new", U::OpenIntake, deeds::open_new)
        .get("/work/intakes/{id}", U::ReadIntake, file::show)
        .get(
            "/work/intakes/{id}/attachments/{file}",
            U::OpenIntakeAttachment,
            file::save,
        )
        .post(
            "/work/intakes/{id}/take-on",
            U::AnswerIntake,
            deeds::take_on,
        )
        .get(
            "/work/intakes/{id}/send-back",
            U::AnswerIntake,
            deeds::show_send_back,
        )
        .post(
            "/work/intakes/{id}/send-back",
            U::AnswerIntake,
            deeds::send_back,
        )
        .get("/work/intakes/{id}/assess", U::AssessIntake, assess::show)
        .post("/work/intakes/{id}/assess", U::AssessIntake, assess::take)
        .get(
            "/work/intakes/{id}/mark",
            U::AssessIntake,
            assess::show_mark,
        )
        .post("/work/intakes/{id}/mark", U::AssessIntake, assess::mark)
        .get(
            "/work/intakes/{id}/close",
            U::CloseIntake,
            deeds::show_close,
        )
        .post("/work/intakes/{id}/close", U::CloseIntake, deeds::close)
}

fn people(routes: Routes) -> Routes {
    routes
        .get(
            "/work/intakes/{id}/people/new",
            U::AssessIntake,
            person_form::show_new,
        )
        .post(
            "/work/intakes/{id}/people/new",
            U::AssessIntake,
            person_form::add,
        )
        .get(
            "/work/intakes/{id}/people/{person}",
            U::ReadIntake,
            person::show,
        )
        .get(
            "/work/intakes/{id}/people/{person}/edit",
            U::AssessIntake,
            person_form::show_edit,
        )
        .post(
            "/work/intakes/{id}/people/{person}/edit",
            U::AssessIntake,
            person_form::edit,
        )
        .get(
            "/work/intakes/{id}/people/{person}/register",
            U::RegisterFromIntake,
            register::show,
        )
        .post(
            "/work/intakes/{id}/people/{person}/register",
            U::RegisterFromIntake,
            register::take,
        )
        .get(
            "/work/intakes/{id}/people/{person}/offer",
            U::OfferReflection,
            reflection::show_offer,
        )
        .post(
            "/work/intakes/{id}/people/{person}/offer",
            U::OfferReflection,
            reflection::offer,
        )
        .post(
            "/work/intakes/{id}/people/{person}/accept",
            U::ChangeReflection,
            reflection::accept,
        )
        .get(
            "/work/intakes/{id}/people/{person}/decline",
            U::ChangeReflection,
            reflection::show_decline,
        )
        .post(
            "/work/intakes/{id}/people/{person}/decline",
            U::ChangeReflection,
            reflection::decline,
        )
        .get(
            "/work/intakes/{id}/people/{person}/decide",
            U::ChangeReflection,
            reflection::show_decide,
        )
        .post(
            "/work/intakes/{id}/people/{person}/decide",
            U::ChangeReflection,
            reflection::decide,
        )
        .get(
            "/work/intakes/{id}/people/{person}/start",
            U::ChangeReflection,
            reflection::show_start,
        )
        .post(
            "/work/intakes/{id}/people/{person}/start",
            U::ChangeReflection,
            reflection::start,
        )
        .get(
            "/work/intakes/{id}/people/{person}/end",
            U::ChangeReflection,
            reflection::show_end,
        )
        .post(
            "/work/intakes/{id}/people/{person}/end",
            U::ChangeReflection,
            reflection::end,
        )
        .get(
            "/work/intakes/{id}/people/{person}/hand-over",
            U::HandToCare,
            handover::show,
        )
        .post(
            "/work/intakes/{id}/people/{person}/hand-over",
            U::HandToCare,
            handover::take,
        )
        .get(
            "/work/intakes/{id}/people/{person}/hand-over-vital",
            U::HandOverVital,
            vital::show,
        )
        .post(
            "/work/intakes/{id}/people/{person}/hand-over-vital",
            U::HandOverVital,
            vital::take,
        )
        .post(
            "/work/intakes/{id}/people/{person}/hand-over-vital/decide",
            U::HandOverVital,
            vital::decide,
        )
        .get(
            "/work/intakes/{id}/people/{person}/withdraw",
            U::HandToCare,
            handover::show_withdraw,
        )
        .post(
            "/work/intakes/{id}/people/{person}/withdraw",
            U::HandToCare,
            handover::withdraw,
        )
}

/// An intake's state in words.
pub(crate) fn state(code: &str) -> Key {
    words::state(code)
}

/// Why somebody could not consent, in words.
pub(crate) fn cannot(why: domain::vital::CannotConsent) -> Key {
    words::cannot(why)
}

/// The intake that an address names.
fn id_of(text: &str) -> Result<IntakeId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// The intake and the person that an address names.
fn ids_of((id, person): &(String, String)) -> Result<(IntakeId, PersonId), Problem> {
    let person = person.parse().map_err(|_| Problem::not_found())?;
    Ok((id_of(id)?, person))
}

/// Reads a file; the journal says that it was seen.
async fn look(work: &Work, id: IntakeId) -> Result<Dossier, Problem> {
    Ok(read(&work.app.desk, &work.actor, work.now, id).await?)
}

/// A person in a file, with her number.
fn person_in(dossier: &Dossier, person: PersonId) -> Result<(usize, &PersonView), Problem> {
    dossier
        .people
        .iter()
        .enumerate()
        .find(|(_, p)| p.body.person.id == person)
        .map(|(at, p)| (at + 1, p))
        .ok_or_else(Problem::not_found)
}

/// Back to the file, saying what was done.
fn done(id: IntakeId, what: &str) -> Response {
    Redirect::to(&format!("/work/intakes/{id}?done={what}")).into_response()
}

/// Back to the person, saying what was done.
fn done_for(id: IntakeId, person: PersonId, what: &str) -> Response {
    Redirect::to(&format!("/work/intakes/{id}/people/{person}?done={what}")).into_response()
}

fn crumbs(say: &Say, id: IntakeId) -> Vec<Crumb> {
    vec![
        Crumb::new(say.say("nav-intakes"), "/work/intakes"),
        Crumb::new(
            say.say_with("intakes-title", "ref", reference(id)),
            format!("/work/intakes/{id}"),
        ),
    ]
}

fn person_crumbs(say: &Say, id: IntakeId, person: PersonId, number: usize) -> Vec<Crumb> {
    let mut out = crumbs(say, id);
    out.push(Crumb::new(
        say.say_n("intakes-person", number),
        format!("/work/intakes/{id}/people/{person}"),
    ));
    out
}

/// How what the desk refuses is said at these fields.
fn said(fields: &'static [&'static str]) -> Said {
    Said {
        fields,
        words: refusal,
    }
}

/// What the desk refuses, in words.
fn refusal(key: &str) -> Option<Key> {
    Some(match key {
        "unknown" => Key::new("intakes-fault-unknown"),
        "left-open" => Key::new("cases-fault-left-open"),
        "looks_like_address" => Key::new("cases-looks-like-address"),
        "future" => Key::new("intakes-fault-future"),
        "before-detection" => Key::new("intakes-fault-before-detection"),
        "before-start" => Key::new("intakes-fault-before-start"),
        "not-expired" => Key::new("intakes-fault-not-expired"),
        "not-explained" => Key::new("intakes-fault-not-explained"),
        "may-not-decide" => Key::new("intakes-fault-may-not-decide"),
        "not-care" => Key::new("intakes-fault-not-care"),
        "parent-excluded" => Key::new("intakes-fault-parent-excluded"),
        "no-guardian" => Key::new("intakes-fault-no-guardian"),
        "of-age" => Key::new("intakes-fault-of-age"),
        "why-more" => Key::new("intakes-fault-why-more"),
        "minimum" => Key::new("intakes-fault-minimum"),
        "not-free" => Key::new("intakes-fault-not-free"),
        "intake-wrong-state" => Key::new("intakes-refused-wrong-state"),
        "intake-contradiction" => Key::new("intakes-refused-contradiction"),
        "intake-sent-back" => Key::new("intakes-refused-sent-back"),
        "intake-not-taken-on" => Key::new("intakes-refused-not-taken-on"),
        "intake-no-indication" => Key::new("intakes-refused-no-indication"),
        "intake-not-owed" => Key::new("intakes-refused-not-owed"),
        "intake-not-a-service" => Key::new("intakes-refused-not-a-service"),
        "registration-done" => Key::new("intakes-refused-registration-done"),
        "registration-not-trafficking" => Key::new("intakes-refused-not-trafficking"),
        "registration-before-detection" => Key::new("intakes-fault-before-detection"),
        "reflection-may-not-offer" => Key::new("intakes-refused-not-a-service"),
        "reflection-witness" => Key::new("intakes-refused-witness"),
        "reflection-wrong-state" => Key::new("intakes-refused-reflection-state"),
        "reflection-eu-undecided" => Key::new("intakes-refused-eu-undecided"),
        "reflection-eu-does-not-apply" => Key::new("intakes-refused-eu-does-not-apply"),
        "reflection-no-eu-question" => Key::new("intakes-refused-no-eu-question"),
        "reflection-offered" => Key::new("intakes-refused-offered"),
        "reflection-dutch" => Key::new("intakes-refused-dutch"),
        "handover-done" => Key::new("intakes-refused-handed-over"),
        "handover-elsewhere" => Key::new("intakes-fault-handover-elsewhere"),
        "handover-no-consent" => Key::new("intakes-refused-no-consent"),
        "required" => Key::new("intakes-fault-confirm"),
        "consents-herself" => Key::new("intakes-fault-consents-herself"),
        "vital-safety" => Key::new("intakes-fault-vital-safety"),
        "vital-not-safety" => Key::new("intakes-fault-vital-safety"),
        "vital-not-allowed" => Key::new("intakes-refused-vital-not-allowed"),
        "vital-unclear" => Key::new("intakes-refused-vital-unclear"),
        "vital-changed" => Key::new("intakes-refused-vital-changed"),
        "handover-none" => Key::new("intakes-refused-not-handed-over"),
        "consent-withdrawn" => Key::new("intakes-refused-withdrawn"),
        _ => return None,
    })
}
