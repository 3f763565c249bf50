//! One decision as the record of the draft standard.

use ::law::{Answer, Law, Question, Verdict, Withheld};
use decision_log::{Evaluation, Fault, Ground, Ids, Policies, Record};
use domain::ids::DecisionId;
use jiff::Timestamp;
use logboek::{Key, Scribe, SpanId, SubjectType, TraceId, TraceParent};
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Store, Stored};

use super::law::keep_law;
use crate::Desk;
use crate::error::{DeskError, Result};
use crate::logboek::NO_REGISTER;

/// The name under which records name the law.
pub(super) const SOURCE: &str = "sharing";

/// A decision as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredDecision(pub Record);

impl Stored for StoredDecision {
    const KIND: Kind = Kind {
        name: "decision",
        // Every compartment keeps its own; see `Draft::in_store`.
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State],
        terms: &[],
    };
}

/// What a list shows of a decision: codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Summary {
    /// `POL-COM-registration`.
    pub route: String,
    /// The day whose law answered.
    pub day: String,
    /// Version of the law.
    pub version: String,
}

/// What a decision was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    /// The compartment of whoever asked.
    pub store: Store,
    /// The record that stands for the person; none: the question was about nobody.
    pub person: Option<&'a str>,
    /// The trace of an application that asked.
    pub trace: Option<&'a str>,
}

fn broken(fault: impl std::fmt::Display) -> DeskError {
    DeskError::Setup(format!("decision log: {fault}"))
}

/// Keeps the law that decided, and gives the record of the decision, to be created in the change of what follows from it.
pub(crate) async fn recorded(
    desk: &Desk,
    now: Timestamp,
    law: &Law,
    question: &Question,
    answer: &Answer,
    about: About<'_>,
) -> Result<(DecisionId, Draft)> {
    keep_law(desk, now, law).await?;
    draft(desk, now, law, question, answer, about)
}

fn draft(
    desk: &Desk,
    now: Timestamp,
    law: &Law,
    question: &Question,
    answer: &Answer,
    about: About<'_>,
) -> Result<(DecisionId, Draft)> {
    let id = DecisionId::new(desk.vault.new_id(now));
    let record = record(desk, now, law, question, answer, about)?;
    let state = match answer.engine_failed {
        true => "failed",
        false => verdict(answer.verdict).0,
    };
    let clear = ClearData {
        state: state.to_owned(),
        ..ClearData::default()
    };
    let summary = Summary {
        route: law.route(question),
        day: law.day(question).to_string(),
        version: law.version().version.clone(),
    };
    let draft = Draft::new(id.to_string(), &StoredDecision(record), clear)?
        .with_summary(&summary)?
        .changing(&["decision"])
        .in_store(about.store);
    Ok((id, draft))
}

fn record(
    desk: &Desk,
    now: Timestamp,
    law: &Law,
    question: &Question,
    answer: &Answer,
    about: About<'_>,
) -> Result<Record> {
    let asked = Evaluation::read(&law.write_question(question)).map_err(broken)?;
    let policies = policies(law).map_err(broken)?;
    let ids = ids(desk, about.trace).map_err(broken)?;
    let at = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let record = match answer.engine_failed {
        true => Record::failed(ids, at, &policies, asked),
        false => Record::decided(ids, at, &policies, asked, kept(answer)).map_err(broken)?,
    };
    let record = record.by_engine("samen", env!("CARGO_PKG_VERSION"));
    match about.person {
        None => Ok(record),
        Some(person) => {
            let base = desk.settings.register.as_deref().unwrap_or(NO_REGISTER);
            let kind = format!("{}/data-subject/1", base.trim_end_matches('/'));
            let kind = SubjectType::new(kind).map_err(broken)?;
            let key = desk
                .vault
                .keyring()
                .derive(&format!("logboek {}", about.store));
            let none: [(&str, &str); 0] = [];
            let scribe = Scribe::new(Key::new(*key), none).map_err(broken)?;
            Ok(record.about(scribe.subject(&[person], &kind)))
        }
    }
}

pub(super) fn policies(law: &Law) -> std::result::Result<Policies, Fault> {
    let version = law.version();
    Policies::new(SOURCE, &version.version, &version.digest)
}

/// Drawn at random; with a question from outside, the trace is the caller's.
fn ids(desk: &Desk, trace: Option<&str>) -> std::result::Result<Ids, logboek::Fault> {
    let chance = desk.vault.chance();
    let (mut whole, mut part) = ([0; 16], [0; 8]);
    chance.fill(&mut whole);
    chance.fill(&mut part);
    let parent: Option<TraceParent> = trace.and_then(|trace| trace.parse().ok());
    Ok(Ids {
        trace_id: match &parent {
            Some(parent) => parent.trace_id,
            None => TraceId::new(whole)?,
        },
        span_id: SpanId::new(part)?,
        parent_span_id: parent.map(|trace| trace.parent),
    })
}

/// The answer as codes. Sentences are made from them when somebody reads.
pub(super) fn kept(answer: &Answer) -> decision_log::Answer {
    let ground = |ground: &::law::GroundGiven| Ground {
        // An act is named `07-acute-danger@2018-05-25`; codes begin with a letter and know no @.
        act: format!("act:{}", ground.act.replace('@', ":")),
        article: format!("{} {}", ground.law.nl, ground.article),
    };
    let held = |held: &Withheld| decision_log::Withheld {
        data: held.data.clone(),
        why: held.why.code.clone(),
    };
    let codes =
        |said: &[::law::Said]| -> Vec<String> { said.iter().map(|s| s.code.clone()).collect() };
    let mut conditions = codes(&answer.conditions);
    conditions.extend(codes(&answer.obligations));
    decision_log::Answer {
        verdict: verdict(answer.verdict).1,
        whole: answer.verdict == Verdict::Yes && answer.withheld.is_empty(),
        grounds: answer.grounds.iter().map(ground).collect(),
        data: answer.data.clone(),
        withheld: answer.withheld.iter().map(held).collect(),
        conditions,
        activities: answer.activities.clone(),
    }
}

fn verdict(verdict: Verdict) -> (&'static str, decision_log::Verdict) {
    match verdict {
        Verdict::Yes => ("yes", decision_log::Verdict::Yes),
        Verdict::No => ("no", decision_log::Verdict::No),
        Verdict::Unclear => ("unclear", decision_log::Verdict::Unclear),
    }
}
