//! What the programme aims at: the map of two axes, what would no longer be aimed at without an action, and what indicators did.

use std::collections::BTreeSet;

use domain::action::Way;
use domain::coverage::{self, Aiming, Axis, Field, Gap, Grid, Target};
use domain::ids::ActionId;
use domain::time::dutch_date;
use domain::vocabulary::RegionKind;
use jiff::Timestamp;
use vault::{Change, Store};

use super::effect::{Did, did};
use super::register;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;
use crate::figures;

/// An action as the coverage names it.
#[derive(Debug, Clone)]
pub struct Named {
    /// Which.
    pub id: ActionId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// It runs; otherwise it is planned.
    pub aiming: Aiming,
    /// Its budget in whole euros.
    pub euros: u64,
    /// What was spent, in whole euros.
    pub spent: Option<u64>,
}

/// What an action was to do to an indicator, and what the indicator did.
#[derive(Debug, Clone)]
pub struct Effect {
    /// Number of the action.
    pub number: String,
    /// Code of the indicator.
    pub code: String,
    /// Which way it was to go.
    pub way: Way,
    /// What the indicator did; none: there are not two numbers of it.
    pub did: Option<Did>,
}

/// The coverage of the programme.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The map.
    pub grid: Grid,
    /// The actions in it.
    pub actions: Vec<Named>,
    /// What actions were to do, and what indicators did.
    pub effects: Vec<Effect>,
}

/// What a choice would do.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Every action that can be chosen.
    pub actions: Vec<Named>,
    /// What nothing would aim at any more.
    pub lost: Vec<Gap>,
    /// Euros that would come free.
    pub freed: u64,
    /// Euros that would be needed more, when an action doubles.
    pub needed: u64,
    /// Each running action that alone would pay for it, with how much would no longer be aimed at if it stopped.
    pub payers: Vec<(Named, usize)>,
}

/// What is known of actions and of what could be aimed at.
struct Known {
    field: Field,
    targets: Vec<Target>,
    actions: Vec<Named>,
    effects: Vec<(String, domain::action::Measure)>,
}

/// A main form that can be aimed at: one that is trafficking, and neither unknown nor its preparation.
fn is_aimed_at(form: &domain::vocabulary::Form) -> bool {
    form.facts.parent().is_none()
        && form.code.is_trafficking()
        && !matches!(form.code.head(), "ON" | "NW")
}

async fn known(desk: &Desk, now: Timestamp) -> Result<Known> {
    let today = dutch_date(now);
    let forms = desk.vocabulary.forms.valid_on(today);
    let forms = forms.filter(|form| is_aimed_at(form));
    let regions = desk.vocabulary.regions_of(RegionKind::PoliceUnit, today);
    let field = Field {
        forms: forms.map(|form| form.code.to_string()).collect(),
        regions: regions.map(|region| region.code.to_string()).collect(),
    };
    let (mut targets, mut actions, mut effects) = (Vec::new(), Vec::new(), Vec::new());
    for found in register(desk).await? {
        let action = &found.body.0;
        let Some(target) = Target::of(action.id, &action.plan, action.status()) else {
            continue;
        };
        let number = action.plan.number.clone();
        let measures = action.plan.details.measures.iter().cloned();
        effects.extend(measures.map(|measure| (number.clone(), measure)));
        actions.push(Named {
            id: action.id,
            title: action.plan.title.as_str().to_owned(),
            aiming: target.aiming,
            euros: target.euros,
            spent: action.plan.details.euros(domain::action::MoneyKind::Spent),
            number,
        });
        targets.push(target);
    }
    Ok(Known {
        field,
        targets,
        actions,
        effects,
    })
}

/// The map along two axes, with what indicators did.
pub async fn coverage(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    rows: Axis,
    columns: Axis,
) -> Result<Coverage> {
    let permit = permit(actor, UseCase::ReadCoverage)?;
    let known = known(desk, now).await?;
    let figures = figures::usable(desk).await?;
    let look = Change::new(permit.context(now)).look("register", "coverage", &["all"]);
    desk.vault.apply(Store::K7, look).await?;
    let effect = |(number, measure): (String, domain::action::Measure)| Effect {
        number,
        did: did(&desk.vocabulary, &figures, &measure.code),
        code: measure.code,
        way: measure.way,
    };
    Ok(Coverage {
        grid: coverage::grid(&known.field, &known.targets, rows, columns),
        effects: known.effects.into_iter().map(effect).collect(),
        actions: known.actions,
    })
}

/// What if these actions stop, and these double? It says what would no longer be aimed at; it forecasts nothing.
pub async fn choose(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    stop: &BTreeSet<ActionId>,
    double: &BTreeSet<ActionId>,
) -> Result<Choice> {
    let permit = permit(actor, UseCase::ReadCoverage)?;
    let known = known(desk, now).await?;
    let look = Change::new(permit.context(now)).look("register", "choice", &["all"]);
    desk.vault.apply(Store::K7, look).await?;
    let euros = |which: &BTreeSet<ActionId>| {
        let chosen = known
            .targets
            .iter()
            .filter(|target| which.contains(&target.action));
        chosen.fold(0_u64, |sum, target| sum.saturating_add(target.euros))
    };
    let (freed, needed) = (euros(stop), euros(double));
    let short = needed.saturating_sub(freed);
    let payers = known.actions.iter().filter(|action| {
        short > 0
            && action.euros >= short
            && !stop.contains(&action.id)
            && !double.contains(&action.id)
    });
    let payers = payers.map(|action| {
        let mut without = stop.clone();
        without.insert(action.id);
        (
            action.clone(),
            coverage::lost(&known.field, &known.targets, &without).len(),
        )
    });
    Ok(Choice {
        payers: payers.collect(),
        lost: coverage::lost(&known.field, &known.targets, stop),
        freed,
        needed,
        actions: known.actions,
    })
}
