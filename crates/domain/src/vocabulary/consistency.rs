//! Rules that hold between entries and between lists. They are checked when every entry by itself is sound.

use super::Vocabulary;
use super::entry::Entry;
use super::indicators::DELPHI;
use super::list::List;
use super::load::Loader;
use super::organisations::RoleFacts;
use super::places::{CareRegion, Municipality, Region, RegionCode, RegionKind};

pub(super) fn check(vocabulary: &Vocabulary, loader: &mut Loader) {
    check_forms(vocabulary, loader);
    check_roles(vocabulary, loader);
    check_regions(vocabulary, loader);
    check_care_regions(vocabulary, loader);
    check_indicators(vocabulary, loader);
    check_measures(vocabulary, loader);
}

/// A code that a measure had before is nobody's code now, and was that of one measure only: an address leads to one place.
fn check_measures(vocabulary: &Vocabulary, loader: &mut Loader) {
    let all = vocabulary.measures.all();
    for measure in all {
        let Some(former) = &measure.facts.former else {
            continue;
        };
        let taken = all.iter().any(|other| {
            other.code.as_str() == former
                || (other.code != measure.code && other.facts.former.as_ref() == Some(former))
        });
        if taken {
            let message = format!(
                "`{former}` is or was the code of another measure; `former` must be its own"
            );
            loader.inconsistent(measure, message);
        }
    }
}

/// A sub-form stands under a main form, and counts as trafficking exactly when that does.
fn check_forms(vocabulary: &Vocabulary, loader: &mut Loader) {
    for form in vocabulary.forms.all() {
        let Some(parent) = form
            .facts
            .parent()
            .and_then(|code| vocabulary.forms.newest(code))
        else {
            continue;
        };
        if parent.facts.parent().is_some() {
            let message = format!(
                "`{}` is itself a sub-form; name its main form as `parent`",
                parent.code
            );
            loader.inconsistent(form, message);
        }
        if parent.facts.counts_as_trafficking != form.facts.counts_as_trafficking {
            let message = format!(
                "counts as trafficking otherwise than its main form `{}`; give both the same `counts_as_trafficking`",
                parent.code
            );
            loader.inconsistent(form, message);
        }
    }
}

/// A role is only open to organisations that may work in its compartment.
fn check_roles(vocabulary: &Vocabulary, loader: &mut Loader) {
    for role in vocabulary.roles.all() {
        for kind in strangers(vocabulary, role) {
            let message = format!(
                "`{kind}` may not work in this role's compartment; remove it, or add the compartment there"
            );
            loader.inconsistent(role, message);
        }
    }
}

fn strangers(vocabulary: &Vocabulary, role: &Entry<RoleFacts>) -> Vec<String> {
    let Some(compartment) = &role.facts.compartment else {
        return Vec::new();
    };
    let kinds = role.facts.organisation_kinds.iter();
    kinds
        .filter_map(|code| vocabulary.organisation_kinds.newest(code))
        .filter(|kind| !kind.facts.compartments.contains(compartment))
        .map(|kind| kind.code.to_string())
        .collect()
}

/// References between places point to the right kind of region and agree with each other.
fn check_regions(vocabulary: &Vocabulary, loader: &mut Loader) {
    let regions = &vocabulary.regions;
    for region in regions.all() {
        if let Some(unit) = &region.facts.police_unit
            && !is(regions, unit, RegionKind::PoliceUnit)
        {
            loader.inconsistent(region, wrong_kind("police_unit", unit, "police unit"));
        }
    }
    for municipality in vocabulary.municipalities.all() {
        for message in municipality_faults(regions, municipality) {
            loader.inconsistent(municipality, message);
        }
    }
}

type Regions = List<super::places::RegionFacts>;

fn municipality_faults(regions: &Regions, municipality: &Municipality) -> Vec<String> {
    let facts = &municipality.facts;
    let mut faults = Vec::new();
    let expected = [
        (
            "safety_region",
            &facts.safety_region,
            RegionKind::SafetyRegion,
            "safety region",
        ),
        (
            "police_unit",
            &facts.police_unit,
            RegionKind::PoliceUnit,
            "police unit",
        ),
        (
            "province",
            &facts.province,
            RegionKind::Province,
            "province",
        ),
    ];
    for (field, code, kind, kind_name) in expected {
        if !is(regions, code, kind) {
            faults.push(wrong_kind(field, code, kind_name));
        }
    }
    let unit_of_region = regions
        .newest(&facts.safety_region)
        .and_then(|region| region.facts.police_unit.as_ref());
    if unit_of_region.is_some_and(|unit| *unit != facts.police_unit) {
        faults.push(format!(
            "lies in police unit `{}`, but its safety region `{}` lies in another; correct one of them",
            facts.police_unit, facts.safety_region
        ));
    }
    faults
}

fn is(regions: &Regions, code: &RegionCode, kind: RegionKind) -> bool {
    regions
        .newest(code)
        .is_some_and(|region: &Region| region.facts.kind == kind)
}

fn wrong_kind(field: &str, code: &RegionCode, kind: &str) -> String {
    format!("field `{field}` refers to `{code}`, which is not a {kind}; correct the reference")
}

/// Nobody has two homes of care coordination at once, and homes serve safety regions.
fn check_care_regions(vocabulary: &Vocabulary, loader: &mut Loader) {
    let homes = vocabulary.care_regions.all();
    for (place, home) in homes.iter().enumerate() {
        for code in &home.facts.safety_regions {
            if !is(&vocabulary.regions, code, RegionKind::SafetyRegion) {
                loader.inconsistent(home, wrong_kind("safety_regions", code, "safety region"));
            }
        }
        for earlier in homes.iter().take(place) {
            if let Some(region) = contested(home, earlier) {
                let message = format!(
                    "serves `{region}` for the same ages and days as `{}`; set ages or dates apart",
                    earlier.code
                );
                loader.inconsistent(home, message);
            }
        }
    }
}

fn contested<'a>(one: &'a CareRegion, other: &CareRegion) -> Option<&'a RegionCode> {
    let ages = |home: &CareRegion| {
        let from = home.facts.from_age.unwrap_or(0);
        from..home.facts.until_age.unwrap_or(u16::MAX)
    };
    let (ours, theirs) = (ages(one), ages(other));
    let same_ages = ours.start < theirs.end && theirs.start < ours.end;
    let mut regions = one.facts.safety_regions.iter();
    regions.find(|region| {
        same_ages
            && one.validity.overlaps(&other.validity)
            && other.facts.safety_regions.contains(region)
    })
}

/// Indicators of the Delphi checklist have a strength, and only those.
fn check_indicators(vocabulary: &Vocabulary, loader: &mut Loader) {
    for indicator in vocabulary.indicators.all() {
        let group = vocabulary.indicator_groups.newest(&indicator.facts.group);
        let delphi = group.is_some_and(|group| group.facts.checklist == DELPHI);
        if delphi && indicator.facts.strength.is_none() {
            loader.inconsistent(
                indicator,
                "a Delphi indicator needs a `strength`; add it".to_owned(),
            );
        }
        if !delphi && indicator.facts.strength.is_some() {
            loader.inconsistent(
                indicator,
                "only Delphi indicators have a `strength`; remove it".to_owned(),
            );
        }
    }
}
