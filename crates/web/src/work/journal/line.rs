//! An entry of the journal in words.

use std::collections::BTreeMap;

use desk::actor::OPERATOR;
use desk::directory::Directory;
use desk::kept::{Entry, How, Touched};

use super::acts;
use super::ask::Asked;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::Work;

/// One record that an entry touched.
pub struct RecordLine {
    /// What happened to it.
    pub how: String,
    /// Its type.
    pub kind: String,
    /// Its id, in short; empty when the entry names none.
    pub short: String,
    /// The journal narrowed to this record.
    pub href: String,
    /// Names of fields.
    pub fields: String,
}

/// One entry.
pub struct Line {
    /// Position in the chain.
    pub seq: i64,
    /// When.
    pub at: jiff::Timestamp,
    /// Who: a name, or what else acted.
    pub who: String,
    /// The journal narrowed to this actor.
    pub who_href: String,
    /// In which role.
    pub role: String,
    /// Of which organisation.
    pub organisation: String,
    /// What was done.
    pub act: String,
    /// Why.
    pub purpose: String,
    /// On which ground.
    pub ground: String,
    /// With which records.
    pub records: Vec<RecordLine>,
    /// How many records more than are shown.
    pub more: usize,
}

/// Records shown an entry; an import or erasure can touch hundreds.
const MOST_RECORDS: usize = 8;

/// What is needed to call things by their names.
pub struct Called<'a> {
    /// The request.
    pub work: &'a Work,
    /// The texts.
    pub t: &'a Say,
    /// Names by user id.
    pub people: &'a BTreeMap<String, String>,
    /// The organisations.
    pub directory: &'a Directory,
    /// The question in force.
    pub asked: &'a Asked,
}

impl Called<'_> {
    /// An entry in words.
    pub fn line(&self, entry: &Entry) -> Line {
        let context = &entry.context;
        let shown = entry.records.iter().take(MOST_RECORDS);
        Line {
            seq: entry.seq,
            at: context.at,
            who: who(self.t, self.people, &context.actor),
            who_href: self.asked.with(&[("actor", &context.actor)]),
            role: role(self.work, self.t, &context.role),
            organisation: context
                .org
                .parse()
                .map(|org| self.directory.name(org).to_owned())
                .unwrap_or_default(),
            act: acts::name(&context.act, self.t),
            purpose: self.purpose(&context.purpose),
            ground: context.ground.clone(),
            records: shown.map(|touched| self.record(touched)).collect(),
            more: entry.records.len().saturating_sub(MOST_RECORDS),
        }
    }

    fn purpose(&self, code: &str) -> String {
        let words = &self.work.app.desk.vocabulary;
        let own = words
            .own_purposes
            .all()
            .iter()
            .any(|own| own.code.as_str() == code);
        match own {
            true => words::label(&words.own_purposes, code, self.work.today(), self.work.lang),
            false => words::label(&words.purposes, code, self.work.today(), self.work.lang),
        }
    }

    fn record(&self, touched: &Touched) -> RecordLine {
        RecordLine {
            how: self.t.key(how(touched.how)).into_owned(),
            kind: touched.kind.clone(),
            short: crate::words::reference(&touched.id),
            href: self.asked.with(&[("record", &touched.id)]),
            fields: touched.fields.join(", "),
        }
    }
}

/// Who acted: a name, or what else it was.
pub(in crate::work) fn who(t: &Say, people: &BTreeMap<String, String>, actor: &str) -> String {
    if actor == OPERATOR.to_string() {
        return t.say("journal-operator").into_owned();
    }
    match (actor, people.get(actor)) {
        (_, Some(name)) => name.clone(),
        ("public", _) => t.say("journal-public").into_owned(),
        ("system", _) => t.say("journal-system").into_owned(),
        ("operator", _) => t.say("journal-operator").into_owned(),
        (other, None) => other.to_owned(),
    }
}

/// In which role.
pub(in crate::work) fn role(work: &Work, t: &Say, code: &str) -> String {
    match code {
        "anyone" => t.say("journal-anyone").into_owned(),
        "system" => t.say("journal-system").into_owned(),
        code => words::label(
            &work.app.desk.vocabulary.roles,
            code,
            work.today(),
            work.lang,
        ),
    }
}

fn how(how: How) -> Key {
    match how {
        How::Created => Key::new("journal-how-created"),
        How::Changed => Key::new("journal-how-changed"),
        How::Read => Key::new("journal-how-read"),
        How::Sought => Key::new("journal-how-sought"),
        How::Erased => Key::new("journal-how-erased"),
        How::Disclosed => Key::new("journal-how-disclosed"),
        How::Received => Key::new("journal-how-received"),
        How::Timed => Key::new("journal-how-timed"),
        How::Attached => Key::new("journal-how-attached"),
    }
}
