//! What goes on or is owed around a case. Closing does not end it: whoever closes says that she knows, and why.

use domain::SafeText;
use domain::case::{AftercareChoice, CaseClosing, LeftOpen, Unfinished};

use super::file::{CaseFile, Done};
use crate::Desk;
use crate::error::{DeskError, Result};
use crate::placement::StoredRequest;

/// Everything that is open now, as the dossier shows it.
pub(crate) async fn unfinished(desk: &Desk, file: &CaseFile) -> Result<Vec<Unfinished>> {
    let mut open = of_file(file, &AftercareChoice::DoesNotArise);
    if !open.contains(&Unfinished::Shelter) && shelter_sought(desk, file).await? {
        open.push(Unfinished::Shelter);
    }
    open.sort_unstable();
    Ok(open)
}

/// What a closing leaves open, with the reason that was given; refused when there is something and no reason.
pub(super) async fn left_open(
    desk: &Desk,
    file: &CaseFile,
    closing: &CaseClosing,
    why: Option<SafeText>,
) -> Result<Option<LeftOpen>> {
    let mut what = of_file(file, &closing.aftercare);
    if !what.contains(&Unfinished::Shelter) && shelter_sought(desk, file).await? {
        what.push(Unfinished::Shelter);
    }
    what.retain(|open| open.is_left_by(&closing.reason));
    what.sort_unstable();
    match (why, what.is_empty()) {
        (_, true) => Ok(None),
        (Some(why), false) => Ok(Some(LeftOpen { what, why })),
        (None, false) => Err(DeskError::field(
            "close_anyway",
            "left_open",
            format!("still open: {what:?}; finish it, or say why the case is closed all the same"),
        )),
    }
}

fn of_file(file: &CaseFile, aftercare: &AftercareChoice) -> Vec<Unfinished> {
    let reflection = file
        .reflection
        .last()
        .map(|news| news.status.state.as_str());
    let all = [
        (Unfinished::Tasks, file.case.leaves_tasks(aftercare)),
        (Unfinished::Shelter, is_placed(file)),
        (
            Unfinished::Reflection,
            reflection.is_some_and(|state| matches!(state, "offered" | "accepted" | "running")),
        ),
        (Unfinished::Opinion, awaits_opinion(file)),
        (Unfinished::Registration, file.registered == Done::Nothing),
    ];
    let open = all.into_iter().filter(|(_, open)| *open);
    open.map(|(what, _)| what).collect()
}

/// A placement that is not over: held, on the way, or there.
fn is_placed(file: &CaseFile) -> bool {
    let over = ["left", "refused", "declined", "expired", "withdrawn"];
    file.placement
        .as_ref()
        .is_some_and(|fact| !over.contains(&fact.state.as_str()))
}

/// A request of which the last word is not the end.
fn awaits_opinion(file: &CaseFile) -> bool {
    let end = ["not_admitted", "outcome", "ingetrokken"];
    file.opinions.iter().any(|asked| {
        let mut of_request = file.opinions.iter().filter(|n| n.request == asked.request);
        let last = of_request.next_back();
        last.is_some_and(|news| !end.contains(&news.status.state.as_str()))
    })
}

async fn shelter_sought(desk: &Desk, file: &CaseFile) -> Result<bool> {
    let asked = desk
        .vault
        .load_children::<StoredRequest>(&file.case.id.to_string())
        .await?;
    let open = |state| matches!(state, "open" | "offered");
    Ok(asked.iter().any(|r| open(r.body.request.state_name())))
}
