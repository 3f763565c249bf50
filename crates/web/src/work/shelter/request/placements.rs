//! What came of the request: each placement with its steps and what may be done now.

use desk::UseCase;
use desk::access::permit;
use desk::placement::PlacementSeen;
use domain::placement::{Despite, PlacementState};

use super::place;
use crate::page::ui::Event;
use crate::problem::Problem;
use crate::texts::{Arg, Key};
use crate::work::Work;
use crate::work::shelter::despite::lines;
use crate::work::shelter::words;

pub(super) struct PlacementCard {
    pub(super) id: String,
    pub(super) reference: String,
    pub(super) version: i64,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) place: String,
    pub(super) until: String,
    pub(super) relaxed: String,
    /// What the room no longer meets.
    pub(super) misfit: Vec<String>,
    /// What to do about it.
    pub(super) misfit_lead: String,
    pub(super) may_keep: bool,
    /// Decisions to keep it all the same.
    pub(super) kept: Vec<String>,
    pub(super) events: Vec<Event>,
    pub(super) client_may_answer: bool,
    pub(super) may_decline: bool,
    pub(super) may_travel: bool,
    pub(super) may_withdraw: bool,
    pub(super) may_reveal: bool,
    pub(super) may_recheck: bool,
}

pub(super) fn card(work: &Work, seen: &PlacementSeen) -> Result<PlacementCard, Problem> {
    let t = work.say();
    let placement = &seen.stored.placement;
    let (key, tone) = words::placement_state(placement.state_name());
    let alive = placement.held_until().is_none_or(|until| work.now < until);
    let state = placement.state();
    let may = |case| permit(&work.actor, case).is_ok();
    let held = matches!(state, PlacementState::Held { .. });
    let accepted = matches!(state, PlacementState::AcceptedByShelter { .. });
    let coming = matches!(state, PlacementState::AcceptedByClient { .. });
    let travelling = matches!(state, PlacementState::Travelling { .. });
    let there = matches!(state, PlacementState::Arrived { .. });
    let fits = seen.misfit.is_none();
    let mine = placement.placed.user == work.person()?.user;
    let relaxed: Vec<String> = seen
        .stored
        .proof
        .relaxed
        .iter()
        .map(|rule| t.key(words::rule(rule)).into_owned())
        .collect();
    let because = seen
        .stored
        .proof
        .relaxed_because
        .as_ref()
        .map_or("", |text| text.as_str());
    Ok(PlacementCard {
        id: placement.id.to_string(),
        reference: words::reference(placement.id),
        version: seen.version,
        state: t.key(key).into_owned(),
        tone: tone.class(),
        place: place(work, seen.stored.region.as_ref().map(|r| r.as_str())),
        until: placement
            .held_until()
            .map_or_else(String::new, |until| t.moment(until)),
        relaxed: if relaxed.is_empty() {
            String::new()
        } else {
            format!("{}: {because}", relaxed.join(", "))
        },
        misfit: lines(&t, seen.misfit.as_ref()),
        misfit_lead: t
            .key(misfit_lead(seen, may(UseCase::KeepDespite)))
            .into_owned(),
        may_keep: seen.misfit.as_ref().is_some_and(|one| one.decidable)
            && may(UseCase::KeepDespite),
        kept: placement
            .despite
            .iter()
            .map(|one| kept(work, one))
            .collect(),
        events: events(work, &seen.stored.placement),
        client_may_answer: fits && accepted && alive && may(UseCase::ClientAnswer),
        may_decline: (held || accepted || coming) && may(UseCase::ClientAnswer),
        may_travel: fits && coming && may(UseCase::ClientAnswer),
        may_recheck: may(UseCase::RecheckPlacing),
        may_withdraw: (held || accepted || coming || travelling) && may(UseCase::WithdrawPlacement),
        may_reveal: (accepted || coming || travelling || there)
            && mine
            && may(UseCase::RevealAddress),
    })
}

/// What has to be done about a room that no longer fits, for who may decide and for others.
fn misfit_lead(seen: &PlacementSeen, officer: bool) -> Key {
    let decidable = seen.misfit.as_ref().is_some_and(|one| one.decidable);
    match (officer, decidable) {
        (true, true) => Key::new("shelter-misfit-decide"),
        (true, false) => Key::new("shelter-misfit-withdraw"),
        (false, _) => Key::new("shelter-misfit-wait"),
    }
}

/// A decision to keep a room all the same: by whom, when, why.
pub fn kept(work: &Work, one: &Despite) -> String {
    let t = work.say();
    t.say_args(
        "shelter-kept-line",
        &[
            (
                "org",
                Arg::Text(work.app.desk.directory().name(one.by.org).to_owned()),
            ),
            ("at", Arg::Text(t.moment(one.by.at))),
            ("because", Arg::Text(one.because.as_str().to_owned())),
        ],
    )
}

/// The steps, each with its moment, the last with its reason.
pub fn events(work: &Work, placement: &domain::placement::Placement) -> Vec<Event> {
    let t = work.say();
    let reason = match placement.state() {
        PlacementState::Refused { reason, .. }
        | PlacementState::Declined { reason, .. }
        | PlacementState::Withdrawn { reason, .. }
        | PlacementState::Left { reason, .. } => Some(reason),
        _ => None,
    };
    let told = reason.map_or_else(String::new, |reason| {
        let note = reason.note.as_ref().map_or("", |note| note.as_str());
        let code = reason.code.as_str();
        let said = words::ending(work, placement.state_name(), code);
        format!("{said}\n{note}").trim().to_owned()
    });
    let last = placement.steps().len().saturating_sub(1);
    placement
        .steps()
        .iter()
        .enumerate()
        .map(|(n, step)| Event {
            when: t.moment(step.at),
            title: t.key(words::placement_state(&step.reached).0).into_owned(),
            who: String::new(),
            body: if n == last {
                told.clone()
            } else {
                String::new()
            },
        })
        .collect()
}
