//! Care coordination (K3): a case is taken on, the person becomes known, consents, registration or count, the course,
//! closing and aftercare.

use desk::case::{
    self, AftercareInput, CaseFile, CloseInput, Core, MomentInput, NewCase, NewConsent,
    PersonChange, StoredConsent, StoredPerson, TaskEnd, Ticked,
};
use desk::{Actor, DeskError, Result, Role};
use domain::age::Age;
use domain::arrival::ArrivalState;
use domain::case::{ClosingReason, Phase};
use domain::code::{CountryCode, DataCode, LanguageCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Explained, Recipient};
use domain::ids::{CaseId, ConsentId, OrgId};
use domain::minors::{Authority, Giver};
use domain::person::{Child, ContactRules, Exploitation, Family, KnownAs, Residence, Safety};
use domain::task::TaskKind;
use domain::time::{Approx, dutch_date};
use domain::{Answer, Compartment};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use vault::Opened;
use world::Story;
use world::story::{Code, Registration, Victim};

use super::engine::{Life, Stage};
use super::k5::names;
use super::moment::Calendar;
use super::tally::Went;
use super::telling::{self, Words, maybe, text, word};

/// Data that the registration asks (CoMensha's register).
const REGISTERED: [&str; 7] = [
    "sector", "age", "sex", "origin", "region", "form", "reporter",
];

/// The person of a story: as care knows her where it does, else as described in the report.
pub(super) fn victim(story: &Story) -> Victim {
    if let Some(case) = &story.case {
        return case.victim.clone();
    }
    let described = story
        .report
        .persons
        .iter()
        .find(|person| person.role == "possible_victim");
    let Some(person) = described else {
        return Victim {
            residence: "onbekend".into(),
            ..Victim::default()
        };
    };
    Victim {
        given_name: person.given_name.clone(),
        family_name: person.family_name.clone(),
        nickname: person.nickname.clone(),
        age: person.age,
        sex: person.sex,
        origin: person.origin.clone(),
        residence: stay(person.origin.as_deref()).into(),
        ..Victim::default()
    }
}

/// The footing on which somebody stays, as far as the country alone tells.
fn stay(origin: Option<&str>) -> &'static str {
    const EU: [&str; 27] = [
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT",
        "LV", "LT", "LU", "MT", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "CH",
    ];
    match origin {
        Some("NL") => "nl",
        Some(country) if EU.contains(&country) => "eu",
        _ => "onbekend",
    }
}

/// What the person is called at work; a scenario is known by its name.
pub(super) fn alias(story: &Story, victim: &Victim) -> Option<String> {
    match (&victim.nickname, story.scenario) {
        (Some(nickname), None) => Some(nickname.clone()),
        (Some(nickname), Some(scenario)) => Some(format!("{nickname} ({scenario:?})")),
        (None, Some(scenario)) => Some(format!(
            "{} ({scenario:?})",
            victim.given_name.as_deref().unwrap_or(scenario.name())
        )),
        (None, None) => victim.given_name.clone(),
    }
}

/// The date of birth that somebody named, if it fits the age.
pub(super) fn born(story: &Story) -> Option<Date> {
    let certain = |age| matches!(age, world::story::Age::Certain { .. });
    let person = story.report.persons.first()?;
    (certain(person.age) && story.case.as_ref().is_none_or(|c| certain(c.victim.age)))
        .then_some(person.birth_date)
        .flatten()
}

pub(super) fn origin(victim: &Victim, words: Words<'_>) -> Result<Option<CountryCode>> {
    victim
        .origin
        .as_deref()
        .filter(|code| *code != "ZZ")
        .map(|code| words.country(code))
        .transpose()
}

pub(super) fn residence(victim: &Victim) -> Result<Residence> {
    word("residence", &victim.residence)
}

pub(super) fn languages(victim: &Victim, words: Words<'_>) -> Result<Vec<LanguageCode>> {
    victim
        .languages
        .iter()
        .map(|code| words.language(code))
        .collect()
}

/// Who has authority over a minor: Nidos over one who came alone, else the parents, unless one is suspected.
pub(super) fn authority(victim: &Victim) -> Authority {
    match (victim.residence.as_ref(), victim.parent_suspected) {
        ("asielzoeker" | "zonder_verblijf" | "dublin", _) => Authority::GuardianNidos,
        (_, true) => Authority::Unknown,
        _ => Authority::Parents,
    }
}

fn coordinator(stage: &Stage, life: &Life, now: Timestamp) -> Result<Actor> {
    let name = life
        .story
        .case
        .as_ref()
        .map(|case| case.coordinator.clone());
    let name = name.ok_or(DeskError::NotFound { what: "person" })?;
    stage.cast.actor(&name, now)
}

pub(super) async fn load(stage: &Stage, id: CaseId) -> Result<Opened<CaseFile>> {
    Ok(stage.desk.vault.load::<CaseFile>(&id.to_string()).await?)
}

async fn person(stage: &Stage, id: CaseId) -> Result<Opened<StoredPerson>> {
    let file = load(stage, id).await?;
    let person = file.body.case.person.to_string();
    Ok(stage.desk.vault.load::<StoredPerson>(&person).await?)
}

async fn by_disclosure(stage: &Stage, disclosure: &str) -> Result<Option<Opened<CaseFile>>> {
    let found = stage
        .desk
        .vault
        .load_by_term::<CaseFile>("disclosure", disclosure)
        .await?;
    Ok(found.into_iter().next())
}

/// Organisations beside care coordination (Veilig Thuis, an NGO) take on what was sent to them, or send it back.
pub(super) async fn take_on_elsewhere(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
) -> Result<Went> {
    let home = life
        .story
        .case
        .as_ref()
        .map(|case| case.organisation.clone());
    let home: Option<OrgId> = home.and_then(|org| stage.cast.org(&org).ok());
    let taken_up = life.story.desk.routes.iter().any(|route| route.accepted);
    let mut went = Went::LeftOut;
    for (disclosure, compartment, org) in life.known.sent.clone() {
        if compartment != Compartment::K3 || Some(org) == home {
            continue;
        }
        let Some(found) = by_disclosure(stage, &disclosure.to_string()).await? else {
            continue;
        };
        let Ok(actor) = stage.cast.worker(org, Role::CareCoordinator, now) else {
            continue;
        };
        let (id, seen) = (found.body.case.id, found.version);
        match taken_up {
            true => case::accept(&stage.desk, &actor, now, id, seen).await?,
            false => {
                let reason = text("reason", "Na navraag geen reden voor onderzoek hier.")?;
                case::send_back(&stage.desk, &actor, now, id, seen, reason, true).await?;
            }
        }
        went = Went::Sent;
    }
    Ok(went)
}

/// The coordinator takes on what came from the desk or from a service; when nothing came, opens a case for whoever asked
/// for help.
pub(super) async fn take_on(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(told) = life.story.case.clone() else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let org = stage.cast.org(&told.organisation)?;
    let sent = life.known.sent.iter();
    let from_desk = sent
        .filter(|(_, compartment, to)| *compartment == Compartment::K3 && *to == org)
        .map(|(id, _, _)| *id)
        .next();
    if let Some(disclosure) = life.known.handover.or(from_desk)
        && let Some(found) = by_disclosure(stage, &disclosure.to_string()).await?
    {
        let id = found.body.case.id;
        let waiting = found.body.arrival.as_ref().map(|a| a.state());
        life.known.case = Some(id);
        if matches!(waiting, Some(ArrivalState::Waiting)) {
            case::accept(&stage.desk, &actor, now, id, found.version).await?;
        }
        return Ok(Went::Sent);
    }
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: dutch_date(now),
    };
    let new = NewCase {
        alias: maybe("alias", alias(&life.story, &told.victim).as_deref())?,
        age: telling::age(told.victim.age, born(&life.story), dutch_date(now)),
        sex: telling::sex(told.victim.sex),
        language: languages(&told.victim, words)?.into_iter().next(),
        need: maybe("need", Some(&told.victim.wishes))?,
        police: Default::default(),
        looked: true,
    };
    life.known.case = Some(case::open(&stage.desk, &actor, now, new).await?);
    Ok(Went::Done)
}

/// What care comes to know of the person, part by part.
pub(super) async fn know(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(told)) = (life.known.case, life.story.case.clone()) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    for part in parts(stage, &life.story, &told.victim, now)? {
        let seen = person(stage, id).await?.version;
        case::change_person(&stage.desk, &actor, now, id, seen, part, true).await?;
    }
    Ok(Went::Done)
}

fn parts(
    stage: &Stage,
    story: &Story,
    victim: &Victim,
    now: Timestamp,
) -> Result<Vec<PersonChange>> {
    let on = dutch_date(now);
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on,
    };
    let origin = origin(victim, words)?;
    let name = names(victim);
    let mut parts = vec![PersonChange::Core(Box::new(Core {
        known_as: KnownAs {
            name: maybe("name", name.as_deref())?,
            alias: maybe("alias", alias(story, victim).as_deref())?,
        },
        age: telling::age(victim.age, born(story), on),
        sex: telling::sex(victim.sex),
        nationalities: origin.clone().into_iter().collect(),
        origin,
        languages: languages(victim, words)?,
        interpreter: telling::yes(story.report.interpreter),
        residence: residence(victim)?,
    }))];
    parts.push(PersonChange::Safety(Box::new(safety(story, victim)?)));
    parts.push(PersonChange::Exploitation(exploitation(
        story, victim, words,
    )?));
    let pregnant = victim.care.iter().any(|need| need == "pregnancy");
    let minor = telling::age(victim.age, None, on)
        .is_minor_on(on)
        .is_minor();
    if !victim.children.is_empty() || pregnant || minor {
        parts.push(PersonChange::Family(family(victim, pregnant, on)));
    }
    if let Some(wish) = maybe("needs", Some(&victim.wishes))? {
        parts.push(PersonChange::Needs(vec![wish]));
    }
    Ok(parts)
}

fn safety(story: &Story, victim: &Victim) -> Result<Safety> {
    let safe = story.report.safe_contact.as_ref();
    let own = story.report.reporter_kind == "slachtoffer_zelf";
    let safe = safe.filter(|_| own);
    let threat = match victim.threat.as_ref() {
        "high" => Some("De uitbuiter en wie hem kent: de dreiging is hoog."),
        "medium" => Some("De uitbuiter."),
        _ => None,
    };
    Ok(Safety {
        avoid: Vec::new(),
        must_not_know: threat
            .map(|words| text("must_not_know", words))
            .transpose()?
            .into_iter()
            .collect(),
        contact: ContactRules {
            never_call: safe.is_some_and(|s| s.never_call),
            safe_channel: maybe("safe_channel", safe.map(|s| s.channel.as_ref()))?,
            safe_times: maybe("safe_times", safe.and_then(|s| s.window.as_deref()))?,
            code_word: maybe("code_word", safe.and_then(|s| s.code_word.as_deref()))?,
            who_may_answer: None,
        },
        phone_safe: match victim.threat.as_ref() {
            "high" => Answer::No,
            "low" => Answer::Yes,
            _ => Answer::Unknown,
        },
        device_watched: Answer::Unknown,
        parent_suspected: victim.parent_suspected,
    })
}

fn exploitation(story: &Story, victim: &Victim, words: Words<'_>) -> Result<Exploitation> {
    let told = &story.report;
    let started = match (told.period.from, victim.age_at_start, victim.age) {
        (Some(day), _, _) => Some(Approx::day(day)),
        (None, Some(then), world::story::Age::Certain { years }) if years >= then => {
            let ago = i64::from(years - then);
            let latest = words.on.saturating_sub(ago.years());
            Approx::between(latest.saturating_sub(1.year()), latest)
        }
        _ => None,
    };
    let places = told.place.municipality.iter();
    let forms = told.forms.iter();
    Ok(Exploitation {
        forms: forms.map(|code| words.form(code)).collect::<Result<_>>()?,
        started,
        ended: told
            .period
            .until
            .filter(|_| !told.period.ongoing)
            .map(Approx::day),
        ongoing: telling::yes(told.period.ongoing),
        municipalities: places
            .map(|code| words.municipality(code))
            .collect::<Result<_>>()?,
    })
}

fn family(victim: &Victim, pregnant: bool, on: Date) -> Family {
    let child = |child: &world::story::Child| Child {
        age: Age::Estimated {
            low: child.age,
            high: child.age,
            as_of: on,
        },
        sex: telling::sex(child.sex),
        with_person: true,
    };
    Family {
        children: victim.children.iter().map(child).collect(),
        pregnant: match pregnant {
            true => Answer::Yes,
            false => Answer::Unknown,
        },
        authority: authority(victim),
    }
}

pub(super) async fn tick(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(told)) = (life.known.case, life.story.case.clone()) else {
        return Ok(Went::LeftOut);
    };
    if told.indicators.is_empty() {
        return Ok(Went::LeftOut);
    }
    let actor = coordinator(stage, life, now)?;
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: dutch_date(now),
    };
    let explanation = maybe("note", Some(&told.explanation))?;
    let ticked = told.indicators.iter().enumerate().map(|(index, code)| {
        Ok(Ticked {
            indicator: words.indicator(code)?,
            answer: Answer::Yes,
            // The coordinator explains the ticks once, with the first.
            note: explanation.clone().filter(|_| index == 0),
        })
    });
    let ticked = ticked.collect::<Result<Vec<_>>>()?;
    let seen = load(stage, id).await?.version;
    case::tick(&stage.desk, &actor, now, id, seen, ticked, true).await?;
    Ok(Went::Done)
}

fn giver(code: &str) -> Giver {
    match code {
        "parents" => Giver::Parents,
        "one_parent" => Giver::OneParent,
        "guardian" => Giver::Guardian,
        _ => Giver::Person,
    }
}

/// Consent to registration is given in writing, or refused.
pub(super) async fn consent(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.case else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    match &life.story.registration {
        Registration::Consent {
            giver: who,
            language,
            ..
        } => {
            let how = "Besproken met een brief in eenvoudige taal; ondertekend.";
            let new = new_consent(stage, "registration", giver(who), language, how, now)?;
            let made = case::give_consent(&stage.desk, &actor, now, id, new).await?;
            life.known.consent = Some(made);
        }
        Registration::Counted { reason, .. } => {
            let why = match reason.as_ref() {
                "refused" => "Wil niet geregistreerd worden.",
                "not_asked_unsafe" => "Niet gevraagd: dat was op dit moment niet veilig.",
                _ => "Niemand kan nu toestemming geven.",
            };
            let purpose = PurposeCode::literal("registration");
            let why = Some(text("reason", why)?);
            case::refuse_consent(&stage.desk, &actor, now, id, purpose, why, true).await?;
        }
        Registration::Duty { .. } | Registration::Nothing => return Ok(Went::LeftOut),
    }
    Ok(Went::Done)
}

/// A written consent for a purpose, to the organisations that it is for.
pub(super) fn new_consent(
    stage: &Stage,
    purpose: &'static str,
    giver: Giver,
    language: &str,
    how: &str,
    now: Timestamp,
) -> Result<NewConsent> {
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: dutch_date(now),
    };
    let (kind, data): (&'static str, Vec<DataCode>) = match purpose {
        "opinion" => ("K4", vec![DataCode::literal("statement")]),
        _ => ("COM", REGISTERED.map(DataCode::literal).to_vec()),
    };
    Ok(NewConsent {
        giver,
        purpose: PurposeCode::literal(purpose),
        recipients: vec![Recipient::Kind {
            kind: OrgKind::literal(kind),
        }],
        data,
        given: words.on,
        until: None,
        explained: Explained {
            language: words.language(language)?,
            interpreter: language != "nl",
            how: text("how", how)?,
            help_does_not_depend: true,
        },
        form: ConsentForm::Written,
        looked: true,
    })
}

pub(super) async fn register(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.case else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let seen = load(stage, id).await?.version;
    case::register(&stage.desk, &actor, now, id, seen).await?;
    Ok(Went::Sent)
}

pub(super) async fn withdraw(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(consent)) = (life.known.case, life.known.consent) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let seen = consent_version(stage, consent).await?;
    case::withdraw_consent(&stage.desk, &actor, now, id, consent, seen).await?;
    Ok(Went::Sent)
}

async fn consent_version(stage: &Stage, id: ConsentId) -> Result<i64> {
    let found = stage
        .desk
        .vault
        .load::<StoredConsent>(&id.to_string())
        .await?;
    Ok(found.version)
}

/// Moves the case to a phase of the story, by way of the phases in between where the rules want those.
pub(super) async fn phase(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
    index: usize,
) -> Result<Went> {
    let (Some(id), Some(told)) = (life.known.case, &life.story.case) else {
        return Ok(Went::LeftOut);
    };
    let wanted = told.phases.get(index).map(|p| p.phase.clone());
    let Some(to) = wanted.and_then(|code: Code| Phase::from_code(&code)) else {
        return Ok(Went::LeftOut);
    };
    // The reflection period opens its phase itself, when the service tells of it.
    if to == Phase::Bedenktijd {
        return Ok(Went::LeftOut);
    }
    let actor = coordinator(stage, life, now)?;
    for _ in 0..3 {
        let found = load(stage, id).await?;
        let at = found.body.case.phase();
        if at == to {
            return Ok(Went::Done);
        }
        let Some(next) = towards(at, to) else {
            return Ok(Went::LeftOut);
        };
        case::move_to(&stage.desk, &actor, now, id, found.version, next).await?;
    }
    Ok(Went::Done)
}

/// The next phase on the way, at most one phase in between.
fn towards(at: Phase, to: Phase) -> Option<Phase> {
    let steps = at.next();
    if steps.contains(&to) {
        return Some(to);
    }
    let between = |via: &&Phase| **via != Phase::Bedenktijd && via.next().contains(&to);
    steps.iter().find(between).copied()
}

/// Something that happened beside the main steps: a task that was done, or the search for somebody who is missing.
pub(super) async fn event(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
    index: usize,
) -> Result<Went> {
    let (Some(id), Some(event)) = (life.known.case, life.story.events.get(index).cloned()) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let missing = event.kind == "missing";
    let kind = match event.kind.as_ref() {
        "missing" => TaskKind::MissingFollowUp,
        "legal_aid_task" => TaskKind::LegalAid,
        "transition_18" => TaskKind::AgeTransition,
        _ => TaskKind::General,
    };
    let words: String = event.text.chars().take(200).collect();
    let due = dutch_date(now).saturating_add(if missing { 7.days() } else { 14.days() });
    let seen = load(stage, id).await?.version;
    let title = text("title", &words)?;
    let task = case::add_task(
        &stage.desk,
        &actor,
        now,
        id,
        seen,
        kind,
        title,
        Some(due),
        true,
    )
    .await?;
    if !missing && kind == TaskKind::General {
        let seen = load(stage, id).await?.version;
        case::end_task(
            &stage.desk,
            &actor,
            now,
            id,
            seen,
            task,
            TaskEnd::Done,
            true,
        )
        .await?;
    }
    Ok(Went::Done)
}

pub(super) async fn close(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(closing)) = (life.known.case, life.story.closing.clone()) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let found = load(stage, id).await?;
    let calendar = Calendar::new(life.story.report.received_on, life.story.index);
    let searching = found
        .body
        .case
        .tasks()
        .iter()
        .any(|t| t.kind == TaskKind::MissingFollowUp && t.is_open());
    let (reason, explanation) = match closing.reason.as_ref() {
        "doelen_bereikt" => (
            ClosingReason::HelpDone,
            "De doelen van het plan zijn bereikt.",
        ),
        "teruggekeerd" => (
            ClosingReason::Returned,
            "Teruggekeerd met hulp; het is bekend waarheen.",
        ),
        "overgedragen" => (
            ClosingReason::HandedOver {
                to: other_home(stage, &found.body)?,
            },
            "Warm overgedragen aan een andere zorgcoördinator.",
        ),
        "mob" => (
            ClosingReason::Mob,
            "Met onbekende bestemming vertrokken; er is gezocht en gemeld.",
        ),
        _ => (
            ClosingReason::OwnWish,
            "Wil zelf geen hulp meer; weet de weg terug.",
        ),
    };
    let aftercare = match reason {
        ClosingReason::HandedOver { .. } => AftercareInput::DoesNotArise,
        ClosingReason::Mob if searching => AftercareInput::CannotBeAsked(None),
        ClosingReason::Mob => AftercareInput::CannotBeAsked(Some((
            text("follow_up", "Navragen bij politie en laatste contact.")?,
            dutch_date(now).saturating_add(14.days()),
        ))),
        _ if closing.aftercare.is_empty() => {
            AftercareInput::Refused(text("refusal", "Wil geen contact meer na vandaag.")?)
        }
        _ => AftercareInput::Plan(moments(&closing.aftercare, &calendar, dutch_date(now))?),
    };
    let input = CloseInput {
        reason,
        explanation: text("explanation", explanation)?,
        aftercare,
        looked: true,
    };
    case::close(&stage.desk, &actor, now, id, found.version, input).await?;
    Ok(Went::Done)
}

fn moments(
    planned: &[world::story::Aftercare],
    calendar: &Calendar,
    today: Date,
) -> Result<Vec<(Date, domain::SafeText)>> {
    let moment = |moment: &world::story::Aftercare| {
        let day = calendar.date(moment.day).max(today.saturating_add(1.day()));
        Ok((day, text("channel", &moment.channel)?))
    };
    planned.iter().map(moment).collect()
}

/// Another care home than the case's own.
fn other_home(stage: &Stage, file: &CaseFile) -> Result<OrgId> {
    let directory = stage.desk.directory();
    directory
        .of_kind(&OrgKind::literal("ZCO"))
        .map(|(id, _)| id)
        .find(|id| *id != file.case.owner)
        .ok_or(DeskError::NotFound {
            what: "organisation",
        })
}

pub(super) async fn aftercare(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
    index: usize,
) -> Result<Went> {
    let told = life
        .story
        .closing
        .as_ref()
        .and_then(|c| c.aftercare.get(index));
    let (Some(id), Some(told)) = (life.known.case, told.cloned()) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let went = match told.result.as_ref() {
        "reached" => MomentInput::Done(Some(text("note", "Gesproken; het gaat zoals gehoopt.")?)),
        _ => MomentInput::Missed(text("follow_up", "Over een week opnieuw proberen.")?),
    };
    let seen = load(stage, id).await?.version;
    case::record_aftercare(&stage.desk, &actor, now, id, seen, index + 1, went, true).await?;
    Ok(Went::Done)
}
