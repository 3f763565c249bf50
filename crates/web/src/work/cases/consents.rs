//! Consent as an object: given, refused, withdrawn.

use axum::extract::Path;
use axum::response::Response;
use desk::case::{self, NewConsent, StoredConsent};
use domain::code::{DataCode, LanguageCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Explained, Recipient};
use domain::ids::{CaseId, ConsentId, OrgId};
use domain::minors::ParentsRole;
use domain::person::REMARK_MAX;

use super::facts::Words;
use super::person::several;
use super::sheet::{Ask, LOOKED, Sheet, Values, at_fields, refusal, text};
use super::{back, case_id, read, texts};
use crate::form::{Filled, Form, Read};
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::{Key, Message};
use crate::words;
use crate::work::deed::pressed;
use crate::work::{Work, WorkForm};

const FIELDS: &[&str] = &["giver", "purpose", "data", "recipients", "given", "how"];

/// The fields of receivers.
const RECIPIENTS: [&str; 3] = ["recipients", "recipient2", "recipient3"];

/// The receiver that is asked for so often that it stands first: CoMensha, the registrar.
const REGISTRAR: &str = "COM";

fn sheet(work: &Work, id: CaseId, excluded: bool) -> Result<Sheet, Problem> {
    let t = work.say();
    let (words_of, today, lang) = (&work.app.desk.vocabulary, work.today(), work.lang);
    let givers = texts::GIVERS
        .iter()
        .map(|(code, giver)| Choice::new(*code, t.key(texts::giver(*giver))))
        .collect();
    let forms = vec![
        Choice::new("written", t.say("cases-form-written")),
        Choice::new("oral_recorded", t.say("cases-form-oral")),
    ];
    let mut sheet = Sheet::new(
        work,
        Some(id),
        "/consents/new",
        Key::new("cases-consent-add"),
        Key::new("cases-consent-button"),
    )?
    .lead(t.say("cases-consent-lead"));
    if excluded {
        sheet = sheet.warn(t.say("cases-parents-excluded"));
    }
    Ok(sheet.asks(vec![
        Ask::radios("giver", t.say("cases-giver"), givers),
        Ask::pick(
            "purpose",
            t.say("cases-purpose"),
            words::choices(&words_of.purposes, today, lang),
        ),
        Ask::pick(RECIPIENTS[0], t.say("cases-recipients"), recipients(work))
            .hint(t.say("cases-recipients-hint")),
        Ask::pick(
            RECIPIENTS[1],
            t.say("cases-recipients-more"),
            recipients(work),
        )
        .maybe(),
        Ask::pick(
            RECIPIENTS[2],
            t.say("cases-recipients-more"),
            recipients(work),
        )
        .maybe(),
        Ask::boxes(
            "data",
            t.say("cases-data"),
            words::choices(&words_of.data_categories, today, lang),
        ),
        Ask::day("given", t.say("cases-given")),
        Ask::day("until", t.say("cases-until")).maybe(),
        Ask::heading(t.say("cases-explained")),
        Ask::pick(
            "language",
            t.say("cases-explained-language"),
            words::sorted_choices(&words_of.languages, today, lang),
        ),
        Ask::flag("interpreter", t.say("cases-explained-interpreter")),
        Ask::lines("how", t.say("cases-explained-how")).hint(t.say("cases-explained-how-hint")),
        Ask::flag("free", t.say("cases-explained-free")),
        Ask::radios("form", t.say("cases-consent-form"), forms)
            .hint(t.say("cases-consent-form-hint")),
    ]))
}

/// Who can receive: the registrar, and by name every organisation of a kind that receives data of care. Shelters stand by
/// their name only here, at the desk of the one who asks.
fn recipients(work: &Work) -> Vec<Choice> {
    let t = work.say();
    let w = Words { work, t: &t };
    let mut choices = vec![Choice::new(
        format!("kind-{REGISTRAR}"),
        w.org_kind(REGISTRAR),
    )];
    let directory = work.app.desk.directory();
    let today = work.today();
    let mut orgs: Vec<Choice> = directory
        .all()
        .filter(|(_, org)| work.app.desk.receives_care(&org.kind, today))
        .map(|(id, org)| Choice::new(format!("org-{id}"), org.name.clone()))
        .collect();
    orgs.sort_by_cached_key(|choice| choice.label.to_lowercase());
    choices.extend(orgs);
    choices
}

fn recipient(code: &str) -> Option<Recipient> {
    if let Some(kind) = code.strip_prefix("kind-") {
        let kind = OrgKind::new(kind).ok()?;
        return Some(Recipient::Kind { kind });
    }
    let org: OrgId = code.strip_prefix("org-")?.parse().ok()?;
    Some(Recipient::Org { org })
}

/// Asks for a consent.
pub(super) async fn ask(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let start = Values::default()
        .with("given", work.today())
        .with("language", "nl");
    sheet(&work, id, dossier.parents == ParentsRole::Excluded)?.show(start.filled())
}

/// All ticked values of a group, each read; none is a fault.
fn ticked<T>(
    form: &mut Form,
    typed: &Filled,
    name: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Read<Vec<T>> {
    form.raw(name);
    let values: Option<Vec<T>> = typed.typed().all(name).iter().map(|v| read(v)).collect();
    match values {
        Some(values) if !values.is_empty() => Ok(values),
        Some(_) => Err(form.note(name, Key::new("form-error-required"))),
        None => Err(form.note(name, Key::new("form-error-choice"))),
    }
}

/// Records a consent.
pub(super) async fn give(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let consent = new_consent(&mut form, &typed);
    let new = match form.finish(|| consent) {
        Ok(new) => new,
        Err(filled) => return sheet(&work, id, false)?.show(filled),
    };
    match case::give_consent(&work.app.desk, &work.actor, work.now, id, new).await {
        Ok(_) => Ok(back(id, "consent")),
        Err(error) => sheet(&work, id, false)?.show(at_fields(error, typed, FIELDS)?),
    }
}

fn new_consent(form: &mut Form, typed: &Filled) -> Read<NewConsent> {
    let giver = form.one_of("giver", texts::GIVERS).required();
    let purpose = form
        .parsed("purpose", |code| PurposeCode::new(code).ok())
        .required();
    let first = form.parsed(RECIPIENTS[0], recipient).required();
    let more = several(form, &RECIPIENTS[1..], recipient);
    let data = ticked(form, typed, "data", |code| DataCode::new(code).ok());
    let given = form.date("given").required();
    let until = form.date("until").optional();
    let language = form
        .parsed("language", |code| LanguageCode::new(code).ok())
        .required();
    let interpreter = form.flag("interpreter").read();
    let how = text(form, "how", REMARK_MAX).required();
    let free = form
        .flag("free")
        .must(Message::new(Key::new("cases-fault-free")));
    let written = form
        .one_of(
            "form",
            &[
                ("written", ConsentForm::Written),
                ("oral_recorded", ConsentForm::OralRecorded),
            ],
        )
        .required();
    let looked = form.flag(LOOKED).read();
    free?;
    Ok(NewConsent {
        giver: giver?,
        purpose: purpose?,
        recipients: named(first?, more?),
        data: data?,
        given: given?,
        until: until?,
        explained: Explained {
            language: language?,
            interpreter: interpreter?,
            how: how?,
            help_does_not_depend: true,
        },
        form: written?,
        looked: looked?,
    })
}

/// Receivers, each once.
fn named(first: Recipient, more: Vec<Recipient>) -> Vec<Recipient> {
    let mut named = vec![first];
    for recipient in more {
        if !named.contains(&recipient) {
            named.push(recipient);
        }
    }
    named
}

fn refusal_sheet(work: &Work, id: CaseId) -> Result<Sheet, Problem> {
    let t = work.say();
    let purposes = &work.app.desk.vocabulary.purposes;
    Ok(Sheet::new(
        work,
        Some(id),
        "/consents/refused",
        Key::new("cases-refusal-add"),
        Key::new("cases-refusal-button"),
    )?
    .lead(t.say("cases-refusal-lead"))
    .asks(vec![
        Ask::pick(
            "purpose",
            t.say("cases-purpose"),
            words::choices(purposes, work.today(), work.lang),
        ),
        Ask::lines("reason", t.say("cases-refusal-reason"))
            .hint(t.say("cases-refusal-reason-hint"))
            .maybe(),
    ]))
}

/// Asks what was refused.
pub(super) async fn ask_refusal(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    refusal_sheet(&work, id)?.show(Filled::blank())
}

/// Records a refusal.
pub(super) async fn refuse(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let purpose = form
        .parsed("purpose", |code| PurposeCode::new(code).ok())
        .required();
    let reason = text(&mut form, "reason", REMARK_MAX).optional();
    let looked = form.flag(LOOKED).read();
    let (purpose, reason, looked) = match form.finish(|| Ok((purpose?, reason?, looked?))) {
        Ok(read) => read,
        Err(filled) => return refusal_sheet(&work, id)?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::refuse_consent(desk, actor, work.now, id, purpose, reason, looked).await {
        Ok(()) => Ok(back(id, "refused")),
        Err(error) => {
            let filled = at_fields(error, typed, &["purpose", "reason"])?;
            refusal_sheet(&work, id)?.show(filled)
        }
    }
}

/// Says what follows from a withdrawal, and asks.
pub(super) async fn ask_withdrawal(
    work: Work,
    Path((id, consent)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let t = work.say();
    let view = dossier
        .consents
        .iter()
        .find(|view| view.id == consent)
        .ok_or_else(Problem::not_found)?;
    let StoredConsent::Given(given) = &view.consent else {
        return Err(Problem::not_found());
    };
    let w = Words { work: &work, t: &t };
    let receivers: Vec<String> = given
        .terms
        .recipients
        .iter()
        .map(|r| super::dossier::recipient(&w, r))
        .collect();
    let effect = match given.terms.purpose.as_str() == domain::registration::PURPOSE {
        true => t.say("cases-withdraw-registration").into_owned(),
        false => t.say_with("cases-withdraw-tell", "names", receivers.join(", ")),
    };
    Sheet::new(
        &work,
        Some(id),
        &format!("/consents/{consent}"),
        Key::new("cases-consent-withdraw"),
        Key::new("cases-withdraw-button"),
    )?
    .lead(t.say("cases-withdraw-lead"))
    .lead(effect)
    .danger()
    .show(Values::seen(view.version).filled())
}

/// Withdraws a consent.
pub(super) async fn withdraw(
    work: Work,
    Path((id, consent)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let consent: ConsentId = consent.parse().map_err(|_| Problem::not_found())?;
    let seen = pressed(body)?;
    case::withdraw_consent(&work.app.desk, &work.actor, work.now, id, consent, seen)
        .await
        .map_err(refusal)?;
    Ok(back(id, "withdrawn"))
}
