//! The dossier: what this compartment holds of one case, and what can be done now.

use ::desk::kept::Store;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::DeskError;
use desk::case::{ConsentView, Dossier, StoredConsent};
use domain::By;
use domain::aftercare::MomentState;
use domain::arrival::{ArrivalState, Via};
use domain::case::{CaseState, Phase};
use domain::consent::{ConsentState, Recipient};
use domain::ids::CaseId;
use domain::minors::ParentsRole;
use domain::task::{Task, TaskState};
use domain::time::dutch_date;
use jiff::Timestamp;

use super::facts::{self, Fact, Section, Words};
use super::{attachments, course};
use super::{crumbs, list, reference, texts};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Choice, Crumb, Deadline, Event};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::Work;
use crate::work::need;
use crate::work::restrictions::{OnlyKept, only_kept};
use crate::work::shares::{self, sent::Line};
use crate::work::shelter::despite;

/// What a redirect can tell.
pub(super) const DONE: &[(&str, Key)] = &[
    ("accepted", Key::new("cases-done-accepted")),
    ("sent-back", Key::new("cases-done-sent-back")),
    ("taken-over", Key::new("cases-done-taken-over")),
    ("opened", Key::new("cases-done-opened")),
    ("saved", Key::new("cases-done-saved")),
    ("stated", Key::new("cases-done-stated")),
    ("ticked", Key::new("cases-done-ticked")),
    ("consent", Key::new("cases-done-consent")),
    ("refused", Key::new("cases-done-refused")),
    ("withdrawn", Key::new("cases-done-withdrawn")),
    ("registered", Key::new("cases-done-registered")),
    ("counted", Key::new("cases-done-counted")),
    ("moved", Key::new("cases-done-moved")),
    ("task", Key::new("cases-done-task")),
    ("task-ended", Key::new("cases-done-task-ended")),
    ("closed", Key::new("cases-done-closed")),
    ("reopened", Key::new("cases-done-reopened")),
    ("aftercare", Key::new("cases-done-aftercare")),
    ("file-added", Key::new("cases-done-file-added")),
    ("file-removed", Key::new("cases-done-file-removed")),
    ("taken-over", Key::new("need-done-taken-over")),
    ("asked", Key::new("need-done-asked")),
    ("transfer-offered", Key::new("transfer-done-offered")),
    ("transfer-accepted", Key::new("transfer-done-accepted")),
    ("team-added", Key::new("need-done-team-added")),
    ("team-removed", Key::new("need-done-team-removed")),
    ("glass-broken", Key::new("need-done-glass-broken")),
    ("glass-ended", Key::new("need-done-glass-ended")),
    ("share-offered", Key::new("shares-done-offered")),
];

#[derive(Template)]
#[template(path = "work/cases/dossier.html")]
struct DossierPage {
    only_kept: Vec<OnlyKept>,
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    title: String,
    base: String,
    seen: i64,
    state: String,
    came: String,
    coordinator: String,
    region: String,
    due: Option<Deadline>,
    waiting: bool,
    can_send_back: bool,
    open: bool,
    closed: bool,
    sent_back: String,
    mine: bool,
    alerts: Vec<Alert>,
    told: Vec<Fact>,
    files: Vec<attachments::Row>,
    removed: Vec<String>,
    sections: Vec<Section>,
    status: Vec<Fact>,
    registration_open: bool,
    shelter: Vec<ShelterRow>,
    shelter_ask: String,
    statements: Vec<Event>,
    exploited: String,
    tasks: Vec<TaskRow>,
    consents: Vec<ConsentRow>,
    shares: Vec<Line>,
    moments: Vec<MomentRow>,
    dimensions: Vec<DimensionRow>,
    /// Dimensions that nothing points to.
    others: Vec<DimensionRow>,
    /// Ticks of the other lists, which the dimensions leave aside.
    aside: Vec<String>,
    checklist_warning: String,
    /// Why the reader sees this case, when it is not simply hers.
    seeing: Option<need::Seeing>,
    /// The reader may work on it.
    works: bool,
    team: Vec<need::MemberRow>,
    phases: Vec<Choice>,
    timeline: Vec<Event>,
}

struct Alert {
    tone: &'static str,
    title: String,
    text: String,
    /// Where something can be done about it, and what.
    step: Option<(String, String)>,
}

struct TaskRow {
    title: String,
    kind: String,
    due: Option<Deadline>,
    open: bool,
    ended: String,
    path: String,
}

struct ConsentRow {
    purpose: String,
    answer: String,
    tone: &'static str,
    recipients: String,
    term: String,
    withdraw: String,
}

struct ShelterRow {
    href: String,
    reference: String,
    state: String,
    misfit: String,
}

struct MomentRow {
    number: usize,
    day: String,
    channel: String,
    state: String,
    path: String,
}

struct DimensionRow {
    name: String,
    positive: bool,
    needed: bool,
    because: String,
    ticked: Vec<String>,
}

/// Shows a dossier.
pub(super) async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = super::case_id(&id)?;
    let dossier = match desk::case::read(&work.app.desk, &work.actor, work.now, id).await {
        Ok(dossier) => dossier,
        Err(DeskError::NeedToKnow { .. }) => return need::closed_door(&work, id.into()).await,
        Err(error) => return Err(error.into()),
    };
    let t = work.say();
    let steps = desk::placement::steps_of_case(&work.app.desk, &work.actor, work.now, id).await?;
    let mut page = page(&work, t, id, &dossier)?;
    page.seeing = need::seeing(&work, &page.t, id.into(), dossier.because).await?;
    page.shelter = steps.iter().map(|step| shelter(&page.t, step)).collect();
    page.shares = shares::sent::lines(&work, &page.t, id).await?;
    html(&page)
}

/// A request for shelter: where it stands, never where it leads.
fn shelter(t: &Say, step: &desk::placement::CaseStep) -> ShelterRow {
    let last = step.placements.last();
    let state = match (step.state.as_str(), last) {
        (_, Some((_, state, _, _))) => texts::placement(state),
        ("withdrawn", None) => Key::new("cases-placement-ended"),
        (_, None) => Key::new("cases-placement-sought"),
    };
    ShelterRow {
        href: format!("/work/shelter/{}", step.request),
        reference: crate::words::reference(step.request),
        state: t.key(state).into_owned(),
        misfit: despite::lines(t, step.misfit.as_ref()).join(", "),
    }
}

fn page(work: &Work, t: Say, id: CaseId, dossier: &Dossier) -> Result<DossierPage, Problem> {
    let file = &dossier.file;
    let arrival = file.arrival.as_ref();
    let base = format!("/work/cases/{id}");
    // Behind broken glass nothing is offered that would be refused.
    let open = file.is_open() && dossier.because.may_work();
    let w = Words { work, t: &t };
    let mine = file.case.coordinator == Some(work.person()?.user);
    let told = file.told.as_ref();
    let region = file.case.region.as_ref();
    let handled = !matches!(
        arrival.map(|a| a.state()),
        Some(ArrivalState::Waiting | ArrivalState::SentBack { .. })
    );
    let (pointed, others): (Vec<_>, Vec<_>) = dimensions(work, &t, dossier)
        .into_iter()
        .partition(|row| row.positive || !row.ticked.is_empty());
    let page = DossierPage {
        only_kept: only_kept(work, &t, Store::K3, &dossier.restricted),
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&t),
        title: t.say_with("cases-case", "reference", reference(id)),
        seen: dossier.version,
        state: list::state_name(work, &t, file.state()),
        came: came(&t, dossier),
        coordinator: file.coordinator_name.clone().unwrap_or_default(),
        region: region.map(|r| w.region(r.as_str())).unwrap_or_default(),
        due: facts::deadline(work, dossier.due.map(dutch_date)),
        waiting: arrival.is_some_and(|a| a.is_waiting()),
        can_send_back: arrival.is_some_and(|a| a.via == Via::Report),
        open,
        closed: matches!(file.case.state(), CaseState::Closed { .. }),
        sent_back: sent_back(dossier),
        mine,
        alerts: alerts(&t, dossier, &base, open),
        told: told.map_or_else(Vec::new, |r| facts::told(&w, &r.content)),
        files: attachments::rows(&t, dossier, &base, handled),
        removed: attachments::removed(&t, dossier),
        sections: facts::person(&w, dossier, &base, open),
        status: facts::status(&w, dossier),
        registration_open: open,
        shelter: Vec::new(),
        shelter_ask: format!("/work/shelter/ask/{id}"),
        statements: statements(&w, dossier),
        exploited: t
            .key(course::exploited_label(file.case.exploited()))
            .into_owned(),
        tasks: tasks(work, &t, dossier, &base),
        consents: consents(&w, dossier, &base),
        shares: Vec::new(),
        moments: moments(&t, dossier, &base),
        dimensions: pointed,
        others,
        aside: aside(work, &t, dossier),
        checklist_warning: dossier
            .checked
            .assessment
            .warning
            .in_language(words::language(t.lang()))
            .to_owned(),
        seeing: None,
        works: dossier.because.may_work(),
        team: need::team(
            &t,
            dossier.file.case.id.into(),
            &dossier.team,
            dossier.because,
        ),
        phases: phases(work, &t, dossier),
        timeline: timeline(&w, dossier),
        base,
        t: t.clone(),
    };
    Ok(page)
}

fn came(t: &Say, dossier: &Dossier) -> String {
    let arrival = dossier.file.arrival.as_ref();
    let key = match arrival.map(|a| &a.via) {
        None => Key::new("cases-came-own"),
        Some(Via::Report) => Key::new("cases-came-report"),
        Some(Via::Handover { .. }) => Key::new("cases-came-handover"),
    };
    let at = arrival.map_or(dossier.file.case.opened.at, |a| a.at);
    format!("{}, {}", t.key(key), t.moment(at))
}

fn sent_back(dossier: &Dossier) -> String {
    match dossier.file.arrival.as_ref().map(|a| a.state()) {
        Some(ArrivalState::SentBack { reason, .. }) => reason.as_str().to_owned(),
        _ => String::new(),
    }
}

fn alerts(t: &Say, dossier: &Dossier, base: &str, open: bool) -> Vec<Alert> {
    let mut alerts = Vec::new();
    let age = Key::new("cases-alert-minor");
    // The form that asks the age, at that question.
    let establish = (open && facts::is_minor_by_doubt(dossier)).then(|| {
        let label = t.say("cases-age-establish").into_owned();
        (format!("{base}/person/core#age"), label)
    });
    let mut add = |tone, title: Key, text: Key| {
        alerts.push(Alert {
            tone,
            title: t.key(title).into_owned(),
            text: t.key(text).into_owned(),
            step: establish.clone().filter(|_| title == age),
        });
    };
    if dossier.parents == ParentsRole::Excluded {
        add(
            "error",
            Key::new("cases-alert-parent"),
            texts::parents(ParentsRole::Excluded),
        );
    }
    if let Some(because) = facts::minor_because(dossier) {
        add("warning", age, because);
    }
    if dossier.person.safety.contact.never_call {
        add(
            "warning",
            Key::new("cases-never-call"),
            Key::new("cases-alert-never-call"),
        );
    }
    if dossier.person.safety.device_watched.is_yes() {
        add(
            "warning",
            Key::new("cases-alert-device"),
            Key::new("cases-alert-device-text"),
        );
    }
    if dossier.file.police == domain::report::PoliceWish::HelpWithoutPolice {
        add(
            "info",
            Key::new("cases-police-without"),
            Key::new("cases-alert-police"),
        );
    }
    alerts.extend(vital(t, dossier, base, open));
    alerts
}

/// She was handed over while she could not consent; once she can she is asked for the rest.
fn vital(t: &Say, dossier: &Dossier, base: &str, open: bool) -> Option<Alert> {
    let told = dossier.file.vital.as_ref()?;
    let cannot = t.key(crate::work::intakes::cannot(told.cannot));
    let args = [
        ("date", t.moment(told.by.at).into()),
        ("cannot", cannot.into_owned().into()),
        ("danger", told.danger.as_str().to_owned().into()),
    ];
    Some(Alert {
        tone: "warning",
        title: t.say("cases-vital").into_owned(),
        text: t.say_args("cases-vital-text", &args),
        step: open.then(|| {
            let label = t.say("cases-task-ask-consent").into_owned();
            (format!("{base}/consents/new"), label)
        }),
    })
}

fn statements(w: &Words<'_>, dossier: &Dossier) -> Vec<Event> {
    let all = dossier.person.statements.all().iter();
    all.map(|s| Event {
        when: w.t.moment(s.by.at),
        title: w.t.key(texts::threshold(s.threshold)).into_owned(),
        who: w.org_kind(s.org_kind.as_str()),
        body: s.reason.as_str().to_owned(),
    })
    .collect()
}

fn tasks(work: &Work, t: &Say, dossier: &Dossier, base: &str) -> Vec<TaskRow> {
    let mut tasks: Vec<&Task> = dossier.file.case.tasks().iter().collect();
    tasks.sort_by_key(|task| (!task.is_open(), task.due));
    tasks
        .into_iter()
        .map(|task| TaskRow {
            title: task.title.as_str().to_owned(),
            kind: t.key(texts::task(task.kind)).into_owned(),
            due: facts::deadline(work, task.due.filter(|_| task.is_open())),
            open: task.is_open(),
            ended: match &task.state {
                TaskState::Open => String::new(),
                TaskState::Done { by } => {
                    t.say_with("cases-task-done-on", "date", t.date_of(by.at))
                }
                TaskState::Dropped { reason, .. } => {
                    t.say_with("cases-task-dropped", "reason", reason.as_str())
                }
            },
            path: format!("{base}/tasks/{}", task.id),
        })
        .collect()
}

fn consents(w: &Words<'_>, dossier: &Dossier, base: &str) -> Vec<ConsentRow> {
    let shown = dossier.consents.iter();
    shown.map(|view| consent(w, view, base)).collect()
}

fn consent(w: &Words<'_>, view: &ConsentView, base: &str) -> ConsentRow {
    let t = w.t;
    let purposes = &w.work.app.desk.vocabulary.purposes;
    let purpose = |code: &str| words::label(purposes, code, w.work.today(), t.lang());
    match &view.consent {
        StoredConsent::Refused(refusal) => ConsentRow {
            purpose: purpose(refusal.purpose.as_str()),
            answer: t.say("cases-consent-refused").into_owned(),
            tone: "neutral",
            recipients: refusal
                .reason
                .as_ref()
                .map(|r| r.as_str().to_owned())
                .unwrap_or_default(),
            term: t.date_of(refusal.recorded.at),
            withdraw: String::new(),
        },
        StoredConsent::Given(given) => {
            let names: Vec<String> = given
                .terms
                .recipients
                .iter()
                .map(|r| recipient(w, r))
                .collect();
            let (answer, tone) = match given.state() {
                ConsentState::Withdrawn { .. } => (Key::new("cases-consent-withdrawn"), "neutral"),
                ConsentState::Given if view.holds => (Key::new("cases-consent-holds"), "ok"),
                ConsentState::Given => (Key::new("cases-consent-over"), "neutral"),
            };
            ConsentRow {
                purpose: purpose(given.terms.purpose.as_str()),
                answer: t.key(answer).into_owned(),
                tone,
                recipients: format!(
                    "{}\n{}, {}",
                    names.join(", "),
                    t.key(texts::giver(given.giver)),
                    t.key(texts::consent_form(given.form))
                ),
                term: term(t, given.terms.given, given.terms.until),
                withdraw: match given.state() {
                    ConsentState::Given => format!("{base}/consents/{}", view.id),
                    ConsentState::Withdrawn { .. } => String::new(),
                },
            }
        }
    }
}

fn term(t: &Say, from: jiff::civil::Date, until: Option<jiff::civil::Date>) -> String {
    match until {
        None => t.say_with("cases-since", "date", t.date(from)),
        Some(until) => t.say_args(
            "cases-between-days",
            &[
                ("from", t.date(from).into()),
                ("until", t.date(until).into()),
            ],
        ),
    }
}

/// A receiver by name.
pub(super) fn recipient(w: &Words<'_>, recipient: &Recipient) -> String {
    match recipient {
        Recipient::Org { org } => w.work.app.desk.directory().name(*org).to_owned(),
        Recipient::Kind { kind } => w.org_kind(kind.as_str()),
    }
}

fn moments(t: &Say, dossier: &Dossier, base: &str) -> Vec<MomentRow> {
    let Some(plan) = dossier.file.case.aftercare() else {
        return Vec::new();
    };
    let numbered = plan.moments().iter().enumerate();
    numbered
        .map(|(index, moment)| {
            let number = index + 1;
            let (state, planned) = match &moment.state {
                MomentState::Planned => (Key::new("cases-moment-planned"), true),
                MomentState::Done { .. } => (Key::new("cases-moment-done"), false),
                MomentState::Missed { .. } => (Key::new("cases-moment-missed"), false),
                MomentState::Cancelled { .. } => (Key::new("cases-moment-cancelled"), false),
            };
            MomentRow {
                number,
                day: t.date(moment.on),
                channel: moment.safe_channel.as_str().to_owned(),
                state: t.key(state).into_owned(),
                path: if planned {
                    format!("{base}/aftercare/{number}")
                } else {
                    String::new()
                },
            }
        })
        .collect()
}

fn dimensions(work: &Work, t: &Say, dossier: &Dossier) -> Vec<DimensionRow> {
    let vocabulary = &work.app.desk.vocabulary;
    let (today, lang) = (work.today(), t.lang());
    let readings = dossier.checked.assessment.readings.iter();
    readings
        .map(|reading| {
            let rule = reading.because.rule.as_ref();
            DimensionRow {
                name: words::label(
                    &vocabulary.indicator_groups,
                    reading.dimension.as_str(),
                    today,
                    lang,
                ),
                positive: reading.positive,
                needed: reading.need == domain::vocabulary::indicators::Need::Counts,
                because: rule
                    .map(|r| words::label(&vocabulary.assessment_rules, r.as_str(), today, lang))
                    .unwrap_or_default(),
                ticked: reading
                    .because
                    .ticked
                    .iter()
                    .map(|tick| {
                        let name =
                            words::label(&vocabulary.indicators, tick.code.as_str(), today, lang);
                        format!("{name} ({})", t.key(texts::strength(tick.strength)))
                    })
                    .collect(),
            }
        })
        .collect()
}

/// What was ticked in the other lists, such as the parts of the definition of the law, each with its list.
fn aside(work: &Work, t: &Say, dossier: &Dossier) -> Vec<String> {
    let vocabulary = &work.app.desk.vocabulary;
    let (today, lang) = (work.today(), t.lang());
    let ticked = dossier.checked.assessment.left_aside.iter();
    ticked
        .map(|code| {
            let name = words::label(&vocabulary.indicators, code.as_str(), today, lang);
            let entry = vocabulary.indicators.resolve(code.as_str(), today).ok();
            let group = entry.map(|entry| entry.facts.group.as_str());
            let group = group.map(|g| words::label(&vocabulary.indicator_groups, g, today, lang));
            match group {
                Some(group) => format!("{group}: {name}"),
                None => name,
            }
        })
        .collect()
}

fn phases(work: &Work, t: &Say, dossier: &Dossier) -> Vec<Choice> {
    let case = &dossier.file.case;
    let next = case.phase().next().iter();
    next.filter(|phase| **phase != Phase::Bedenktijd || case.reflection.is_some())
        .map(|phase| Choice::new(phase.code(), list::state_name(work, t, phase.code())))
        .collect()
}

/// Everything with a moment, the newest first.
fn timeline(w: &Words<'_>, dossier: &Dossier) -> Vec<Event> {
    let t = w.t;
    let file = &dossier.file;
    let mut events: Vec<(Timestamp, Event)> = Vec::new();
    let mut add = |at: Timestamp, title: String, who: String, body: String| {
        events.push((
            at,
            Event {
                when: t.moment(at),
                title,
                who,
                body,
            },
        ));
    };
    let by_org = |by: &By| w.work.app.desk.directory().name(by.org).to_owned();
    let opened = &file.case.opened;
    add(opened.at, came(t, dossier), by_org(opened), String::new());
    match file.arrival.as_ref().map(|a| a.state()) {
        Some(ArrivalState::Accepted { by }) => {
            let title = t.say("cases-event-accepted").into_owned();
            add(by.at, title, by_org(by), String::new());
        }
        Some(ArrivalState::SentBack { by, reason }) => {
            let title = t.say("cases-state-sent-back").into_owned();
            add(by.at, title, by_org(by), reason.as_str().to_owned());
        }
        Some(ArrivalState::Waiting) | None => {}
    }
    for step in file.case.history() {
        let name = list::state_name(w.work, t, step.to.code());
        let title = t.say_with("cases-event-phase", "phase", name);
        let why = step.why.as_ref().map(|why| why.as_str().to_owned());
        add(step.by.at, title, by_org(&step.by), why.unwrap_or_default());
    }
    let closed = match file.case.state() {
        CaseState::Closed { closing } => Some(closing),
        CaseState::Open { .. } => None,
    };
    for closing in file.case.earlier_closings().iter().chain(closed) {
        if let Some(left) = &closing.left_open {
            let what = texts::unfinished_list(t, &left.what);
            let title = t.say_with("cases-left-open", "what", what);
            let why = left.why.as_str().to_owned();
            add(closing.by.at, title, by_org(&closing.by), why);
        }
    }
    for news in &file.reflection {
        let state = t.key(texts::reflection(&news.status.state)).into_owned();
        let title = t.say_with("cases-event-reflection", "state", state);
        add(news.at, title, String::new(), String::new());
    }
    for news in &file.opinions {
        let state = t.key(texts::opinion(&news.status.state)).into_owned();
        let title = t.say_with("cases-event-opinion", "state", state);
        add(news.at, title, String::new(), String::new());
    }
    for view in &dossier.consents {
        let row = consent(w, view, "");
        let at = match &view.consent {
            StoredConsent::Given(given) => given.recorded.at,
            StoredConsent::Refused(refusal) => refusal.recorded.at,
        };
        let title = t.say_with("cases-event-consent", "purpose", row.purpose);
        add(at, title, String::new(), row.answer);
    }
    let (team, broken) = (&dossier.team, &dossier.glass);
    events.extend(need::events(t, team, broken, &dossier.taken_over));
    events.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    events.into_iter().map(|(_, event)| event).collect()
}
