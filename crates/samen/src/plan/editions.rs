//! `samen plan count`, `samen plan freeze` and `samen plan diff`.

use anyhow::Result;
use desk::letter::{self, ActionChange};
use serde_json::json;

use super::{DiffArgs, FreezeArgs, edition_name, unwilling};
use crate::output::{self, Done};
use crate::serve::now;

/// Counts a closed period: what each compartment sends arrives at the programme at once.
pub async fn count(args: FreezeArgs) -> Result<Done> {
    let name = edition_name(&args.edition)?;
    let (desk, _) = args.office.open().await?;
    let at = now();
    let counted = desk::measures::count(&desk, at, name)
        .await
        .map_err(unwilling)?;
    desk::deliver::run(&desk, at).await.map_err(unwilling)?;
    desk.vault.close().await;
    for code in &counted.withheld {
        output::say(&format!(
            "{code}: too few cases to tell anything; no figure was made"
        ));
    }
    for code in &counted.beside {
        output::say(&format!(
            "{code}: beside what registration told before, a small number could be worked out; no figure was made"
        ));
    }
    for code in &counted.overlapping {
        output::say(&format!(
            "{code}: a period that overlaps this one was told before; the difference could be seen, so no figure was made"
        ));
    }
    output::summary(&counted)?;
    Ok(Done::Well)
}

/// Freezes an edition.
pub async fn freeze(args: FreezeArgs) -> Result<Done> {
    let name = edition_name(&args.edition)?;
    let (desk, actor) = args.office.open().await?;
    let at = now();
    let id = letter::by_name(&desk, &actor, name)
        .await
        .map_err(unwilling)?;
    let view = letter::read(&desk, &actor, at, id)
        .await
        .map_err(unwilling)?;
    for late in &view.overdue {
        output::say(&format!(
            "the letter says that nothing was told about action {}",
            late.plan.number
        ));
    }
    for fault in &view.faults {
        output::say(&format!("to be mended first: {}", fault.place()));
    }
    letter::freeze(&desk, &actor, at, id, view.version)
        .await
        .map_err(unwilling)?;
    let manifest = letter::manifest(&desk, &actor, at, id)
        .await
        .map_err(unwilling)?;
    desk.vault.close().await;
    output::summary(&manifest)?;
    Ok(Done::Well)
}

/// Compares two editions.
pub async fn diff(args: DiffArgs) -> Result<Done> {
    let (from, to) = (edition_name(&args.from)?, edition_name(&args.to)?);
    let (desk, actor) = args.office.open().await?;
    let before = letter::by_name(&desk, &actor, from)
        .await
        .map_err(unwilling)?;
    let after = letter::by_name(&desk, &actor, to)
        .await
        .map_err(unwilling)?;
    let all = letter::diff(&desk, &actor, now(), before, after)
        .await
        .map_err(unwilling)?;
    let mut errata = Vec::new();
    for (name, id) in [(from, before), (to, after)] {
        let view = letter::read(&desk, &actor, now(), id)
            .await
            .map_err(unwilling)?;
        errata.extend(view.edition.errata().iter().map(|one| {
            json!({ "edition": name.to_string(), "place": one.place, "was": one.wrong, "is": one.right, "reason": one.reason })
        }));
    }
    desk.vault.close().await;
    let mut counts = [0_usize; 4];
    for one in &all {
        let (at, words) = match &one.change {
            ActionChange::Added => (0, "is new in annex 1".to_owned()),
            ActionChange::Gone => (1, "is not in annex 1 any more".to_owned()),
            ActionChange::Changed { fields } => {
                let fields = fields.iter().map(|change| {
                    let field = serde_json::to_value(change.field).unwrap_or_default();
                    let field = field.as_str().unwrap_or_default().to_owned();
                    format!("{field}: \"{}\" became \"{}\"", change.was, change.is)
                });
                (2, fields.collect::<Vec<_>>().join("; "))
            }
            ActionChange::Same => (3, String::new()),
        };
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
        if !words.is_empty() {
            output::say(&format!("{} {}: {words}", one.number, one.title));
        }
    }
    for one in &errata {
        let said = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        output::say(&format!(
            "correction of {}, {}: \"{}\" became \"{}\" ({})",
            said("edition"),
            said("place"),
            said("was"),
            said("is"),
            said("reason")
        ));
    }
    let [added, gone, changed, same] = counts;
    output::summary(&json!({
        "from": from.to_string(),
        "to": to.to_string(),
        "added": added,
        "gone": gone,
        "changed": changed,
        "same": same,
        "actions": all,
        "errata": errata,
    }))?;
    Ok(Done::Well)
}
