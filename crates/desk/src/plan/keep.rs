//! Keeping the register: making actions and changing what they are. The status goes its own way.

use domain::action::{Action, ActionPlan};
use domain::ids::ActionId;
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, Store};

use super::{StoredAction, draft, normal, own, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Puts an action in the register, not begun.
pub async fn create(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    plan: ActionPlan,
) -> Result<ActionId> {
    let permit = permit(actor, UseCase::KeepActions)?;
    let id = ActionId::new(desk.vault.new_id(now));
    check(desk, now, &plan, None)?;
    number_is_free(desk, &plan.number, id).await?;
    let action = Action::new(id, plan, actor.by(now)?).map_err(refused)?;
    let change = Change::new(permit.context(now)).create(draft(&action, &["all"])?);
    desk.vault.apply(Store::K7, change).await?;
    Ok(id)
}

/// Changes what an action is. `seen` is the version on which the change is based.
pub async fn change(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ActionId,
    seen: i64,
    plan: ActionPlan,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepActions)?;
    let found = own(desk, &permit, id).await?;
    check(desk, now, &plan, Some(&found.body.0.plan))?;
    number_is_free(desk, &plan.number, id).await?;
    let fields = changed_fields(&found.body.0.plan, &plan);
    let action = found.body.0.change_plan(plan).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(draft(&action, &fields)?, seen);
    desk.vault.apply(Store::K7, change).await?;
    Ok(())
}

/// Organisations and forms must be known. A form that the plan had before may stay, whatever became of the code.
pub(super) fn check(
    desk: &Desk,
    now: Timestamp,
    plan: &ActionPlan,
    before: Option<&ActionPlan>,
) -> Result<()> {
    plan.check().map_err(refused)?;
    let directory = desk.directory();
    if directory.get(plan.holder).is_none() {
        return Err(DeskError::field(
            "holder",
            "plan-no-such-organisation",
            "the holder is no organisation of this installation",
        ));
    }
    if plan
        .involved
        .iter()
        .any(|org| directory.get(*org).is_none())
    {
        return Err(DeskError::field(
            "involved",
            "plan-no-such-organisation",
            "one of the organisations involved is not known here",
        ));
    }
    let today = dutch_date(now);
    for form in &plan.forms {
        let had = before.is_some_and(|b| b.forms.contains(form));
        if !had && let Err(error) = desk.vocabulary.form(form, today) {
            return Err(DeskError::field("forms", "plan-no-such-form", error));
        }
    }
    let known = |code: &domain::code::RegionCode| desk.vocabulary.regions.newest(code).is_some();
    if !plan.details.regions.iter().all(known) {
        return Err(DeskError::field(
            "regions",
            "plan-no-such-region",
            "one of the regions is not known: use the codes of the vocabulary, such as RE01",
        ));
    }
    Ok(())
}

async fn number_is_free(desk: &Desk, number: &str, own: ActionId) -> Result<()> {
    let same = desk
        .vault
        .load_by_term::<StoredAction>("number", &normal(number))
        .await?;
    match same.iter().any(|a| a.body.0.id != own) {
        false => Ok(()),
        true => Err(DeskError::field(
            "number",
            "plan-number-taken",
            "another action has this number",
        )),
    }
}

/// Names of what differs, for the journal and the report of an import.
pub(super) fn changed_fields(before: &ActionPlan, after: &ActionPlan) -> Vec<&'static str> {
    let pairs = [
        ("line", before.line != after.line),
        ("number", before.number != after.number),
        ("title", before.title != after.title),
        ("description", before.description != after.description),
        (
            "goal",
            before.goals != after.goals || before.goal != after.goal,
        ),
        ("holder", before.holder != after.holder),
        ("involved", before.involved != after.involved),
        ("forms", before.forms != after.forms),
        ("ages", before.ages != after.ages),
        ("result", before.intended_result != after.intended_result),
        ("start", before.start != after.start),
        ("end", before.end != after.end),
        ("budget_eur", before.budget_eur != after.budget_eur),
        ("indicators", before.indicators != after.indicators),
        ("links", before.links != after.links),
    ];
    let (was, is) = (&before.details, &after.details);
    let details = [
        ("policy", was.policy != is.policy),
        ("regions", was.regions != is.regions),
        ("milestones", was.milestones != is.milestones),
        ("measures", was.measures != is.measures),
        ("money", was.money != is.money),
        ("lessons", was.lessons != is.lessons),
    ];
    let pairs = pairs.into_iter().chain(details);
    pairs
        .filter_map(|(name, differs)| differs.then_some(name))
        .collect()
}
