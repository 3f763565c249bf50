//! One intake: what was told or found, what the service found, what it owes, the people in it.

use ::desk::kept::Store;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::intake::{self, Dossier, Owed, PersonView, Progress, Source, open_attachment};
use domain::intake::{Assessment, IntakeState, Obligation};
use domain::report::RouteAnswer;
use domain::time::dutch_date;

use super::{crumbs, id_of, reference, words};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Crumb, Deadline, Event};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::upload;
use crate::work::Work;
use crate::work::attached::{FileRow, rows};
use crate::work::form_page::code_of;
use crate::work::need;
use crate::work::reports::words as told_words;
use crate::work::restrictions::{OnlyKept, only_kept};
use crate::work::told::{Fact, Told, age, told};
use crate::work::vocabulary::{label, labels};

const DONE: &[(&str, Key)] = &[
    ("opened", Key::new("intakes-done-opened")),
    ("taken-on", Key::new("intakes-done-taken-on")),
    ("sent-back", Key::new("intakes-done-sent-back")),
    ("assessed", Key::new("intakes-done-assessed")),
    ("marked", Key::new("intakes-done-marked")),
    ("closed", Key::new("intakes-done-closed")),
    ("asked", Key::new("need-done-asked")),
    ("taken-over", Key::new("need-done-taken-over")),
    ("team-added", Key::new("need-done-team-added")),
    ("team-removed", Key::new("need-done-team-removed")),
    ("glass-broken", Key::new("need-done-glass-broken")),
];

#[derive(Template)]
#[template(path = "work/intakes/file.html")]
struct FilePage {
    only_kept: Vec<OnlyKept>,
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    id: String,
    reference: String,
    seen: i64,
    state: String,
    tone: &'static str,
    due: Option<Deadline>,
    received: bool,
    taken_on: bool,
    may_assess: bool,
    may_take_up: bool,
    may_close: bool,
    told: Option<Told>,
    files: Vec<FileRow>,
    parents_excluded: bool,
    own: Vec<Fact>,
    own_story: String,
    assessment: Vec<Fact>,
    owed: Vec<OwedLine>,
    people: Vec<PersonCard>,
    outcome: Vec<Fact>,
    events: Vec<Event>,
    seeing: Option<need::Seeing>,
    base: String,
    lead: String,
    has_team: bool,
    team: Vec<need::MemberRow>,
    works: bool,
}

/// One line of the checklist.
struct OwedLine {
    what: String,
    why: String,
    who: String,
    state: String,
    tone: &'static str,
    note: String,
    /// Where it can be done, with what the link says.
    step: Option<(String, String)>,
}

/// A person, in short.
struct PersonCard {
    href: String,
    number: usize,
    name: String,
    age: String,
    badges: Vec<(String, &'static str)>,
    due: Option<Deadline>,
}

/// Shows a file.
pub async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let found = intake::read(&work.app.desk, &work.actor, work.now, id).await;
    let dossier = match need::open_or_door(&work, id.into(), found).await? {
        Ok(dossier) => dossier,
        Err(door) => return Ok(door),
    };
    let say = work.say();
    let seeing = need::seeing(&work, &say, id.into(), dossier.because).await?;
    let file = &dossier.file;
    let state = file.intake.state();
    let (own, own_story) = own(&work, &say, &file.source);
    html(&FilePage {
        only_kept: only_kept(&work, &say, Store::K5, &dossier.restricted),
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&say, id).into_iter().take(1).collect(),
        id: id.to_string(),
        reference: reference(id),
        seen: dossier.version,
        state: say.key(words::state(file.intake.state_name())).into_owned(),
        tone: words::tone(file.intake.state_name()).class(),
        due: dossier
            .due
            .map(|due| Deadline::new(dutch_date(due), work.today())),
        received: matches!(state, IntakeState::Received),
        taken_on: !matches!(state, IntakeState::Received | IntakeState::SentBack { .. }),
        may_assess: matches!(state, IntakeState::Assessing { .. }),
        may_take_up: matches!(state, IntakeState::Assessed { .. }),
        may_close: matches!(state, IntakeState::Assessed { .. }),
        told: match &file.source {
            Source::Report { told: report } => {
                Some(told(&work.app, &say, &report.content, work.today()))
            }
            Source::Own { .. } => None,
        },
        files: match &file.source {
            Source::Report { told } => rows(
                &say,
                &format!("/work/intakes/{id}"),
                &told.content.attachments,
            ),
            Source::Own { .. } => Vec::new(),
        },
        parents_excluded: match &file.source {
            Source::Report { told } => told.parents_excluded,
            Source::Own { .. } => false,
        },
        own,
        own_story,
        assessment: file
            .intake
            .assessment()
            .map(|found| assessment(&work, &say, found))
            .unwrap_or_default(),
        owed: dossier
            .owed
            .iter()
            .map(|owed| owed_line(&say, &dossier, owed))
            .collect(),
        people: dossier
            .people
            .iter()
            .enumerate()
            .map(|(at, p)| card(&work, &say, at + 1, p))
            .collect(),
        outcome: outcome(&say, state, file.answer.as_ref()),
        events: events(&say, &dossier),
        seeing,
        base: format!("/work/intakes/{id}"),
        lead: file
            .lead
            .as_ref()
            .map_or_else(String::new, |lead| lead.name.clone()),
        has_team: file.led_by().is_some(),
        team: need::team(&say, id.into(), &dossier.team, dossier.because),
        works: dossier.because.may_work(),
        t: say,
    })
}

/// Gives a file that came along with the report out, to be saved.
pub async fn save(
    work: Work,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let file = file.parse().map_err(|_| Problem::not_found())?;
    let id = id_of(&id)?;
    let content = open_attachment(&work.app.desk, &work.actor, work.now, id, file).await?;
    upload::save(content)
}

fn own(work: &Work, say: &Say, source: &Source) -> (Vec<Fact>, String) {
    let Source::Own {
        story,
        municipality,
        forms,
        found,
    } = source
    else {
        return (Vec::new(), String::new());
    };
    let list = &work.app.desk.vocabulary;
    let mut facts = vec![
        Fact::new(say.say("intakes-found-on"), say.date(*found)),
        Fact::new(
            say.say("reports-fact-forms"),
            labels(&list.forms, forms, say).join(", "),
        ),
    ];
    if let Some(code) = municipality {
        let name = label(&list.municipalities, code, say);
        facts.push(Fact::new(say.say("reports-fact-municipality"), name));
    }
    (facts, story.as_str().to_owned())
}

fn assessment(work: &Work, say: &Say, found: &Assessment) -> Vec<Fact> {
    let finding = |f: &domain::intake::Finding| {
        let answer = if f.yes {
            domain::Answer::Yes
        } else {
            domain::Answer::No
        };
        format!(
            "{}. {}",
            say.key(told_words::answer(answer)),
            f.reason.as_str()
        )
    };
    let minor = if found.minor {
        Key::new("intakes-minor-yes")
    } else {
        Key::new("intakes-minor-no")
    };
    vec![
        Fact::new(
            say.say("intakes-indication"),
            finding(&found.slightest_indication),
        ),
        Fact::new(say.say("intakes-leads"), finding(&found.enough_leads)),
        Fact::new(
            say.say("reports-fact-forms"),
            labels(&work.app.desk.vocabulary.forms, &found.forms, say).join(", "),
        ),
        Fact::new(say.say("intakes-minor"), say.key(minor)),
        Fact::new(say.say("intakes-stay"), say.key(words::stay(found.stay))),
    ]
}

fn owed_line(say: &Say, dossier: &Dossier, owed: &Owed) -> OwedLine {
    let id = dossier.file.intake.id;
    let (what, why) = words::obligation(owed.obligation);
    let number = owed.person.and_then(|person| {
        let at = dossier
            .people
            .iter()
            .position(|p| p.body.person.id == person);
        at.map(|at| at + 1)
    });
    let (state, tone, note) = match &owed.progress {
        Progress::Seen => (Key::new("intakes-owed-seen"), "ok", String::new()),
        Progress::Marked(mark) => (
            Key::new("intakes-owed-marked"),
            "ok",
            format!("{} ({})", mark.note.as_str(), say.moment(mark.by.at)),
        ),
        Progress::Open {
            person_first: true, ..
        } => (
            Key::new("intakes-owed-person-first"),
            "warning",
            String::new(),
        ),
        Progress::Open { .. } => (Key::new("intakes-owed-open"), "warning", String::new()),
    };
    let open = matches!(owed.progress, Progress::Open { .. });
    OwedLine {
        what: say.key(what).into_owned(),
        why: say.key(why).into_owned(),
        who: number
            .map(|n| say.say_n("intakes-person", n))
            .unwrap_or_default(),
        state: say.key(state).into_owned(),
        tone,
        note,
        step: open.then(|| step(say, id, owed)).flatten(),
    }
}

/// Where an open obligation can be met.
fn step(say: &Say, id: domain::ids::IntakeId, owed: &Owed) -> Option<(String, String)> {
    let said = |key: Key| say.key(key).into_owned();
    let Progress::Open {
        by_hand,
        person_first,
    } = owed.progress
    else {
        return None;
    };
    if person_first {
        let href = format!("/work/intakes/{id}/people/new");
        return Some((href, said(Key::new("intakes-person-add"))));
    }
    let person = owed.person.map(|p| p.to_string());
    let base = |p: &String| format!("/work/intakes/{id}/people/{p}");
    match (owed.obligation, &person) {
        (Obligation::Register, Some(p)) => Some((
            format!("{}/register", base(p)),
            said(Key::new("intakes-register-button")),
        )),
        (Obligation::OfferReflection, Some(p)) => Some((
            format!("{}/offer", base(p)),
            said(Key::new("intakes-offer-button")),
        )),
        (Obligation::DecideReflection, Some(p)) => {
            Some((base(p), said(Key::new("intakes-decide-link"))))
        }
        (Obligation::AnswerDesk, _) => None,
        (obligation, _) if by_hand => {
            let mut href = format!("/work/intakes/{id}/mark?what={}", code_of(&obligation));
            if let Some(person) = person {
                href.push_str(&format!("&person={person}"));
            }
            Some((href, said(Key::new("intakes-mark-button"))))
        }
        _ => None,
    }
}

fn card(work: &Work, say: &Say, number: usize, person: &PersonView) -> PersonCard {
    let body = &person.body;
    let known = &body.person;
    let mut badges = Vec::new();
    let said = |key: Key| say.key(key).into_owned();
    if known.is_minor_on(work.today()).is_minor() {
        badges.push((said(Key::new("intakes-badge-minor")), "warning"));
    }
    if person.no_removal {
        badges.push((said(Key::new("intakes-badge-no-removal")), "ok"));
    }
    match &body.registration {
        Some(_) => badges.push((said(Key::new("intakes-badge-registered")), "ok")),
        None if person.registration_due.is_some() => {
            badges.push((said(Key::new("intakes-badge-unregistered")), "warning"));
        }
        None => {}
    }
    if let Some((reflection, _)) = &person.reflection {
        let key = words::reflection_state(reflection.state_name());
        badges.push((said(key), "info"));
    }
    if body.handover.is_some() {
        badges.push((said(Key::new("intakes-badge-handed-over")), "info"));
    }
    let name = known
        .known_as
        .name
        .as_ref()
        .or(known.known_as.alias.as_ref());
    PersonCard {
        href: format!("/work/intakes/{}/people/{}", body.intake, known.id),
        number,
        name: name.map(|n| n.as_str().to_owned()).unwrap_or_default(),
        age: age(say, known.age.in_years_on(work.today())),
        badges,
        due: person
            .registration_due
            .map(|due| Deadline::new(dutch_date(due), work.today())),
    }
}

fn outcome(say: &Say, state: &IntakeState, answer: Option<&RouteAnswer>) -> Vec<Fact> {
    let mut out = Vec::new();
    if let IntakeState::Closed {
        outcome, reason, ..
    } = state
    {
        out.push(Fact::new(
            say.say("intakes-outcome"),
            say.key(words::outcome(*outcome)),
        ));
        out.push(Fact::new(say.say("intakes-reason"), reason.as_str()));
    }
    if let Some(RouteAnswer::Refused { reason, .. }) = answer {
        out.push(Fact::new(
            say.say("intakes-sent-back-reason"),
            reason.as_str(),
        ));
    }
    out
}

fn events(say: &Say, dossier: &Dossier) -> Vec<Event> {
    let steps = dossier.file.history.iter().map(|step| {
        let event = Event {
            when: say.moment(step.at),
            title: say.key(words::step(step.kind)).into_owned(),
            who: step.who.clone().unwrap_or_default(),
            body: step
                .note
                .as_ref()
                .map(|n| n.as_str().to_owned())
                .unwrap_or_default(),
        };
        (step.at, event)
    });
    let (team, broken) = (&dossier.team, &dossier.glass);
    let mut all: Vec<(jiff::Timestamp, Event)> = steps.collect();
    all.extend(need::events(say, team, broken, &dossier.taken_over));
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, event)| event).collect()
}
