//! What changed from one edition to another, action by action: of frozen editions what was frozen, of a draft what stands now.

use std::collections::BTreeMap;

use domain::action::Action;
use domain::edition::{annex, number_key};
use domain::ids::{ActionId, EditionId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::load;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::Result;
use crate::plan;

/// A part of an action that a letter tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Its number in the plan.
    Number,
    /// Its title.
    Title,
    /// Who holds it.
    Holder,
    /// Who takes part.
    Involved,
    /// The forms it aims at.
    Forms,
    /// How it stands.
    Status,
    /// The holder's words on what was reached.
    Results,
    /// What it is to bring about.
    IntendedResult,
    /// Its planned end.
    End,
}

/// One part that says something else than before. Empty: nothing stood or stands there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Changed {
    /// Which part.
    pub field: Field,
    /// What it said; a status as its code.
    pub was: String,
    /// What it says.
    pub is: String,
}

/// How an action stands to the edition before.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ActionChange {
    /// It was not in annex 1 before: it did not run yet, or is new.
    Added,
    /// It is not in annex 1 any more: dropped, or taken over into standing policy.
    Gone,
    /// It says something else.
    Changed {
        /// What.
        fields: Vec<Changed>,
    },
    /// It says the same.
    Same,
}

/// One action in two editions.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// The action.
    #[serde(skip)]
    pub action: ActionId,
    /// Its line.
    pub line: u8,
    /// Its number now, or as it was when it is gone.
    pub number: String,
    /// Its title now, or as it was when it is gone.
    pub title: String,
    /// On which day something was sent about it that was not accepted yet, so that it stands in neither edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Date>,
    /// What changed.
    #[serde(flatten)]
    pub change: ActionChange,
}

/// What changed in annex 1 from the one edition to the other, in the order of the plan.
pub async fn diff(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    from: EditionId,
    to: EditionId,
) -> Result<Vec<Difference>> {
    let permit = permit(actor, UseCase::EditLetter)?;
    let look = vault::Change::new(permit.context(now))
        .read(from.to_string(), &["all"])
        .read(to.to_string(), &["all"]);
    desk.vault
        .apply(vault::Store::K7, look)
        .await
        .map_err(|e| crate::DeskError::from(e).what("edition"))?;
    let (before, after) = (actions(desk, from).await?, actions(desk, to).await?);
    let mut all = differences(&before, &after, &desk.directory());
    if load(desk, to).await?.body.0.snapshot().is_none() {
        let sent = plan::sent(desk).await?;
        for one in &mut all {
            one.sent = sent.get(&one.action).copied();
        }
    }
    Ok(all)
}

async fn actions(desk: &Desk, id: EditionId) -> Result<Vec<Action>> {
    let edition = load(desk, id).await?.body.0;
    if let Some(snapshot) = edition.snapshot() {
        return Ok(snapshot.annex.clone());
    }
    let register = plan::register(desk).await?;
    let register: Vec<Action> = register.into_iter().map(|a| a.body.0.clone()).collect();
    Ok(annex(&register))
}

fn differences(before: &[Action], after: &[Action], directory: &Directory) -> Vec<Difference> {
    let old: BTreeMap<ActionId, &Action> = before.iter().map(|a| (a.id, a)).collect();
    let mut out: Vec<Difference> = after
        .iter()
        .map(|action| {
            let change = match old.get(&action.id) {
                None => ActionChange::Added,
                Some(was) => match changed(was, action, directory) {
                    fields if fields.is_empty() => ActionChange::Same,
                    fields => ActionChange::Changed { fields },
                },
            };
            difference(action, change)
        })
        .collect();
    let gone = before
        .iter()
        .filter(|a| !after.iter().any(|now| now.id == a.id));
    out.extend(gone.map(|action| difference(action, ActionChange::Gone)));
    out.sort_by_cached_key(|d| (d.line, number_key(&d.number), d.action));
    out
}

fn difference(action: &Action, change: ActionChange) -> Difference {
    Difference {
        action: action.id,
        line: action.plan.line.number(),
        number: action.plan.number.clone(),
        title: action.plan.title.as_str().to_owned(),
        sent: None,
        change,
    }
}

const FIELDS: [Field; 9] = [
    Field::Number,
    Field::Title,
    Field::Status,
    Field::Results,
    Field::Holder,
    Field::Involved,
    Field::Forms,
    Field::IntendedResult,
    Field::End,
];

fn changed(was: &Action, is: &Action, directory: &Directory) -> Vec<Changed> {
    FIELDS
        .into_iter()
        .map(|field| Changed {
            field,
            was: words(was, field, directory),
            is: words(is, field, directory),
        })
        .filter(|change| change.was != change.is)
        .collect()
}

fn words(action: &Action, field: Field, directory: &Directory) -> String {
    let plan = &action.plan;
    let text = |text: Option<&domain::SafeText>| {
        text.map_or_else(String::new, |text| text.as_str().to_owned())
    };
    match field {
        Field::Number => plan.number.clone(),
        Field::Title => plan.title.as_str().to_owned(),
        Field::Holder => directory.name(plan.holder).to_owned(),
        Field::Involved => {
            let names = plan.involved.iter().map(|org| directory.name(*org));
            names.collect::<Vec<_>>().join(", ")
        }
        Field::Forms => {
            let forms = plan.forms.iter().map(|form| form.as_str());
            forms.collect::<Vec<_>>().join(", ")
        }
        Field::Status => action.status().code().to_owned(),
        Field::Results => text(action.results()),
        Field::IntendedResult => text(plan.intended_result.as_ref()),
        Field::End => plan.end.map_or_else(String::new, |end| end.to_string()),
    }
}
