//! A share: what goes is what was previewed, and nothing else; what ended shows nothing.

use std::collections::BTreeSet;

use domain::code::{DataCode, LanguageCode, PurposeCode, RegionCode};
use domain::ids::{CaseId, DisclosureId, OrgId, PersonId};
use domain::person::{AvoidArea, PossibleVictim};
use domain::share::{EndReason, Kept, Portion, Received, Share, ShareError, ShareTerms, Source};
use proptest::prelude::*;

use crate::samples::*;

/// Words that stand in one category each, so that a leak shows where it came from.
fn person() -> PossibleVictim {
    let mut person = PossibleVictim::unknown(PersonId::new(uuid(1)));
    person.known_as.name = Some(text("canary-identity"));
    person.safety.contact.safe_channel = Some(text("canary-contact"));
    person.safety.must_not_know = vec![text("canary-safety")];
    person.safety.avoid = vec![AvoidArea {
        municipality: domain::code::MunicipalityCode::literal("GM0363"),
        radius_km: 20,
        why: text("canary-safety"),
    }];
    person.needs = vec![text("canary-care_needs")];
    person.languages = vec![LanguageCode::literal("pl")];
    person
}

fn data(codes: &[&'static str]) -> BTreeSet<DataCode> {
    codes.iter().map(|code| DataCode::literal(code)).collect()
}

fn portion(codes: &[&'static str]) -> Portion {
    let region = RegionCode::literal("VR13");
    let source = Source {
        person: &person(),
        region: Some(&region),
        reflection: Some("running"),
    };
    Portion::of(source, &data(codes))
}

fn terms(until: &str) -> ShareTerms {
    ShareTerms {
        to: OrgId::new(uuid(5)),
        kind: org("ZCO"),
        purpose: PurposeCode::literal("care"),
        data: data(&["language", "safety"]),
        circumstances: BTreeSet::new(),
        grounds: vec!["AVG art. 6(1)(a)".to_owned()],
        consents: Vec::new(),
        decision: None,
        policy: "1".to_owned(),
        confirmed: BTreeSet::new(),
        until: day(until),
        why: text("de hulp gaat daar verder"),
    }
}

fn offer(until: &str, portion: Portion) -> Result<Share, ShareError> {
    Share::offer(
        DisclosureId::new(uuid(9)),
        CaseId::new(uuid(3)),
        morning(),
        terms(until),
        portion,
        day("2026-11-02"),
    )
}

pub fn offered() -> Share {
    offer("2026-12-31", portion(&["language", "safety"])).unwrap()
}

pub fn received() -> Received {
    let share = offered();
    Received::offered(
        share.id,
        morning().org,
        share.terms.to,
        share.terms.purpose.clone(),
        share.terms.grounds.clone(),
        share.terms.why.clone(),
        share.portion.outline(),
        share.terms.until,
    )
}

#[test]
fn an_offer_needs_content_and_a_term_of_at_most_a_year() {
    let nothing = offer("2026-12-31", portion(&["medical"]));
    assert_eq!(
        nothing.unwrap_err(),
        ShareError::Empty,
        "a file at care holds no medical data"
    );
    let some = || portion(&["language"]);
    for good in ["2026-11-02", "2027-11-03"] {
        assert!(offer(good, some()).is_ok(), "{good}");
    }
    for bad in ["2026-11-01", "2027-11-04", "2099-01-01"] {
        let error = offer(bad, some()).unwrap_err();
        assert!(matches!(error, ShareError::Term { .. }), "{bad}: {error}");
    }
}

#[test]
fn the_preview_tells_that_something_stands_there_and_not_what() {
    let outline = portion(&["identity", "contact", "safety", "family"]).outline();
    let rows: Vec<(&str, bool)> = outline
        .rows()
        .iter()
        .map(|(d, filled)| (d.as_str(), *filled))
        .collect();
    assert_eq!(
        rows,
        [
            ("identity", true),
            ("contact", true),
            ("family", false),
            ("safety", true)
        ]
    );
    let shown = serde_json::to_string(&received()).unwrap();
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn how_to_reach_somebody_is_no_part_of_her_safety() {
    let safety = serde_json::to_string(&portion(&["safety"])).unwrap();
    assert!(
        safety.contains("canary-safety") && !safety.contains("canary-contact"),
        "{safety}"
    );
}

#[test]
fn content_is_shown_only_while_it_is_held() {
    let offered = received();
    assert!(!offered.shows_content());
    let accepted = offered.accept(morning()).unwrap();
    assert!(!accepted.shows_content());
    let held = accepted.arrived().unwrap();
    assert!(held.shows_content());
    let over = held
        .end(day("2026-11-20"), EndReason::ConsentWithdrawn)
        .unwrap();
    assert!(!over.shows_content());
    let kept = Kept {
        ground: text("art. 7:454 lid 3 BW"),
        what: text("het behandeldossier"),
    };
    let confirmed = over.clone().confirm(morning(), Some(kept)).unwrap();
    assert!(!confirmed.shows_content());
    assert!(
        confirmed.confirm(morning(), None).is_err(),
        "confirmed once"
    );
    assert!(over.arrived().is_err(), "what ended does not come back");
}

proptest! {
    /// Emptied categories say nothing any more, and every other says what it said.
    #[test]
    fn emptied_is_what_was_named_and_nothing_else(chosen in proptest::sample::subsequence(Portion::HELD.to_vec(), 0..=13)) {
        let gone = data(&chosen);
        let all = data(&Portion::HELD);
        let of = |person: &domain::person::PossibleVictim| {
            let source = Source { person, region: None, reflection: None };
            Portion::of(source, &all)
        };
        let (before, after) = (of(&person()), of(&Portion::emptied(person(), &gone)));
        // Region and reflection period belong to the case; nobody calls whose contact was erased.
        let of_case = ["region", "status"];
        let filled = |portion: &Portion| -> BTreeSet<DataCode> {
            let rows = portion.outline();
            let rows = rows.rows().iter().filter(|(d, filled)| *filled && !d.is("contact"));
            rows.map(|(data, _)| data.clone()).collect()
        };
        let left: BTreeSet<DataCode> = filled(&before).difference(&gone).cloned().collect();
        prop_assert_eq!(filled(&after), left);
        let changed = before.changed(&after);
        prop_assert!(changed.is_subset(&gone));
        let had: BTreeSet<DataCode> = before.outline().rows().iter()
            .filter(|(d, filled)| *filled && gone.contains(d) && !of_case.iter().any(|c| d.is(c)))
            .map(|(d, _)| d.clone())
            .collect();
        prop_assert!(had.is_subset(&changed), "{:?} {:?}", had, changed);
        if chosen.contains(&"contact") {
            let contact = after.contact.clone().unwrap();
            prop_assert!(contact.never_call && contact.safe_channel.is_none() && contact.code_word.is_none());
        }
    }

    /// A newer portion takes its own categories and leaves the others.
    #[test]
    fn what_is_newer_takes_its_place_and_no_other(chosen in proptest::sample::subsequence(Portion::HELD.to_vec(), 0..=13)) {
        let (all, some) = (data(&Portion::HELD), data(&chosen));
        let nobody = domain::person::PossibleVictim::unknown(domain::ids::PersonId::new(uuid(1)));
        let source = Source { person: &nobody, region: None, reflection: None };
        let newer = Portion::of(source, &some);
        let after = portion(&Portion::HELD).with(newer.clone());
        prop_assert_eq!(after.outline().data().cloned().collect::<BTreeSet<_>>(), all);
        prop_assert!(portion(&Portion::HELD).changed(&after).is_subset(&some));
        prop_assert!(newer.changed(&after).is_empty());
    }

    /// What is chosen is what goes: every category asked that the file holds, no other, whatever is chosen.
    #[test]
    fn a_portion_holds_what_was_chosen(chosen in proptest::sample::subsequence(Portion::HELD.to_vec(), 0..=13)) {
        let portion = portion(&chosen);
        let outline = portion.outline();
        let named: BTreeSet<String> = outline.data().map(ToString::to_string).collect();
        let wanted: BTreeSet<String> = chosen.iter().map(ToString::to_string).collect();
        prop_assert_eq!(named, wanted);
        let sent = serde_json::to_value(&portion).unwrap();
        let members: BTreeSet<String> = sent.as_object().unwrap().keys().cloned().collect();
        prop_assert_eq!(&members, &chosen.iter().map(ToString::to_string).collect::<BTreeSet<_>>());
        let words = sent.to_string();
        for code in ["identity", "contact", "safety", "care_needs"] {
            prop_assert_eq!(words.contains(&format!("canary-{code}")), chosen.contains(&code), "{}", code);
        }
        let back: Portion = serde_json::from_value(sent).unwrap();
        prop_assert_eq!(back, portion);
    }
}
