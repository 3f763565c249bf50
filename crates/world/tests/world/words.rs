//! Every code in the world is a word of the vocabulary.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use world::story::{Placement, ReflectionAnswer};

use crate::world;

/// The codes of a vocabulary list; `None` when this checkout has no vocabulary.
fn codes(lists: &[&str]) -> Option<BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vocabulary");
    let mut codes = BTreeSet::new();
    for list in lists {
        let text = fs::read_to_string(folder.join(list)).ok()?;
        codes.extend(
            text.lines()
                .filter_map(|line| line.strip_prefix("code = \""))
                .filter_map(|rest| rest.split('"').next())
                .map(str::to_owned),
        );
    }
    Some(codes)
}

fn check<'c>(lists: &[&str], used: impl IntoIterator<Item = &'c str>) {
    let Some(known) = codes(lists) else {
        println!("skipped: no vocabulary for {lists:?}");
        return;
    };
    let unknown: BTreeSet<_> = used
        .into_iter()
        .filter(|code| !known.contains(*code))
        .collect();
    assert!(unknown.is_empty(), "not in {lists:?}: {unknown:?}");
}

#[test]
fn codes_of_the_static_part() {
    let world = world(1, 10);
    check(
        &["organisation_kinds.toml"],
        world
            .organisations()
            .iter()
            .map(|organisation| organisation.kind.as_ref()),
    );
    check(
        &["roles.toml"],
        world.people().iter().map(|person| person.role.as_ref()),
    );
    check(
        &["shelter_types.toml"],
        world
            .locations()
            .iter()
            .map(|location| location.kind.as_ref()),
    );
    check(
        &["entitlements.toml"],
        world
            .locations()
            .iter()
            .flat_map(|location| location.entitlements.iter().map(AsRef::as_ref)),
    );
    check(
        &["care_kinds.toml"],
        world
            .locations()
            .iter()
            .flat_map(|location| location.care.iter().map(AsRef::as_ref)),
    );
    check(
        &["forms.toml"],
        world
            .plan()
            .actions
            .iter()
            .flat_map(|action| action.forms.iter().map(AsRef::as_ref)),
    );
    check(
        &["action_statuses.toml"],
        world
            .plan()
            .actions
            .iter()
            .map(|action| action.status.as_ref()),
    );
    check(
        &["organisation_kinds.toml"],
        world
            .plan()
            .actions
            .iter()
            .flat_map(|action| action.involved.iter().map(AsRef::as_ref)),
    );
}

#[test]
fn codes_of_the_stories() {
    let stories: Vec<_> = world(1, 3000).reports().collect();
    let reports = || stories.iter().map(|story| &story.report);
    check(
        &["forms.toml"],
        reports().flat_map(|report| report.forms.iter().chain(&report.sector).map(AsRef::as_ref)),
    );
    check(
        &["channels.toml"],
        reports().map(|report| report.channel.as_ref()),
    );
    check(
        &["reporter_kinds.toml"],
        reports().map(|report| report.reporter_kind.as_ref()),
    );
    check(
        &["organisation_kinds.toml"],
        reports().map(|report| report.party.as_ref()),
    );
    check(
        &["report_outcomes.toml"],
        stories.iter().map(|story| story.desk.outcome.as_ref()),
    );
    let indicators = [
        "indicators_delphi.toml",
        "indicators_signals.toml",
        "indicators_law.toml",
    ];
    check(
        &indicators,
        reports().flat_map(|report| report.indicators.iter().map(AsRef::as_ref)),
    );
    let cases = || stories.iter().filter_map(|story| story.case.as_ref());
    check(
        &indicators,
        cases().flat_map(|case| case.indicators.iter().map(AsRef::as_ref)),
    );
    check(
        &["residence_statuses.toml"],
        cases().map(|case| case.victim.residence.as_ref()),
    );
    check(
        &["care_kinds.toml"],
        cases().flat_map(|case| case.victim.care.iter().map(AsRef::as_ref)),
    );
    check(
        &["case_phases.toml"],
        cases().flat_map(|case| case.phases.iter().map(|phase| phase.phase.as_ref())),
    );
    check(
        &["closing_reasons.toml"],
        stories
            .iter()
            .filter_map(|story| story.closing.as_ref())
            .map(|closing| closing.reason.as_ref()),
    );
    let requests = stories.iter().filter_map(|story| story.shelter.as_ref());
    check(
        &["entitlements.toml"],
        requests
            .clone()
            .map(|shelter| shelter.request.entitlement.as_ref()),
    );
    let left = requests
        .clone()
        .flat_map(|shelter| &shelter.steps)
        .filter_map(|step| match &step.step {
            Placement::Left { reason } => Some(reason.as_ref()),
            _ => None,
        });
    check(&["leaving_reasons.toml"], left);
    let refusals = requests
        .flat_map(|shelter| &shelter.steps)
        .filter_map(|step| match &step.step {
            Placement::Refused { reason, .. } | Placement::Unplaced { reason, .. } => {
                Some(reason.as_ref())
            }
            _ => None,
        });
    check(&["refusal_reasons.toml"], refusals);
    let ends = stories
        .iter()
        .filter_map(|story| story.reflection.as_ref())
        .filter_map(|reflection| match &reflection.answer {
            ReflectionAnswer::Accepted { ended, .. } => {
                ended.as_ref().map(|end| end.reason.as_ref())
            }
            _ => None,
        });
    check(&["reflection_ends.toml"], ends);
    check(
        &["data_categories.toml"],
        stories
            .iter()
            .filter_map(|story| story.opinion.as_ref())
            .flat_map(|opinion| opinion.released.iter().map(AsRef::as_ref)),
    );
}
