//! Where reports go, by the scenarios; the people in them are invented.

use crate::samples::*;
use domain::{
    Answer, Compartment,
    code::RegionCode,
    report::{HelpWish, MinorsInvolved, PoliceWish, ReporterKind},
    routing::*,
};
use proptest::prelude::*;

fn rules() -> RoutingRules {
    RoutingRules::standard().unwrap()
}

fn regions() -> Regions {
    let code = |c| Some(RegionCode::literal(c));
    Regions {
        police_unit: code("PE06"),
        care_region: code("ZR15"),
        veilig_thuis: code("VT15"),
    }
}

/// An adult, nothing special known.
fn facts(forms: &[&'static str]) -> RouteFacts {
    RouteFacts {
        forms: forms.iter().copied().map(form).collect(),
        at_border: false,
        danger: false,
        minor_possible: false,
        minor_in_serious_danger: false,
        parent_suspected: false,
        help: HelpWish::NotAsked,
        police: PoliceWish::NotAsked,
        regions: regions(),
    }
}

/// Where it goes, short: `NLA/K5`, with `?` when consent is needed and `!` when a conflict of duties must be weighed.
fn told(routing: &Routing) -> Vec<String> {
    routing
        .proposals
        .iter()
        .map(|p| {
            let consent = if p.needs_consent { "?" } else { "" };
            let conflict = if p.needs_conflict_of_duties { "!" } else { "" };
            format!("{}/{:?}{consent}{conflict}", p.to.kind(), p.compartment)
        })
        .collect()
}

fn check(facts: &RouteFacts, expected: &[&str]) -> Routing {
    let routing = route(&rules(), facts);
    assert_eq!(told(&routing), expected);
    routing
}

#[test]
fn s1_ilinca_labour_goes_to_the_labour_authority_and_help_only_if_she_agrees() {
    let mut ilinca = facts(&["AU-AGRI"]);
    ilinca.help = HelpWish::VictimNotAsked;
    let routing = check(&ilinca, &["NLA/K5", "ZCO/K3?"]);
    assert!(routing.withheld.is_empty());
    ilinca.help = HelpWish::VictimAgrees;
    check(&ilinca, &["NLA/K5", "ZCO/K3"]);
}

#[test]
fn s2_blessing_sexual_exploitation_goes_to_the_police_unit_of_the_municipality() {
    let routing = check(&facts(&["SU-THUIS"]), &["POL/K5"]);
    assert_eq!(
        routing.proposals[0].to,
        RouteTo::Region {
            kind: org("POL"),
            region: RegionCode::literal("PE06")
        }
    );
}

#[test]
fn s3_daan_a_minor_in_crime_goes_to_veilig_thuis_besides_the_police() {
    let mut daan = facts(&["CU-UITHALER"]);
    daan.minor_possible = true;
    let routing = check(&daan, &["POL/K5", "VT/K3"]);
    assert!(routing.notes.contains(&HandlingNote::NotViaParents));
    assert!(!routing.notes.contains(&HandlingNote::ParentsExcluded));
}

#[test]
fn s4_noa_parents_are_excluded_and_danger_overrides_her_fear_of_the_police_after_weighing() {
    let mut noa = facts(&["SU"]);
    noa.minor_possible = true;
    noa.parent_suspected = true;
    noa.police = PoliceWish::HelpWithoutPolice;
    noa.help = HelpWish::ForSelf;
    let routing = check(&noa, &["VT/K3", "ZCO/K3"]);
    assert_eq!(routing.withheld.len(), 1);
    assert!(routing.notes.contains(&HandlingNote::ParentsExcluded));
    noa.minor_in_serious_danger = true;
    let routing = check(&noa, &["POL/K5!", "VT/K3", "ZCO/K3"]);
    assert!(routing.withheld.is_empty());
}

#[test]
fn s5_minh_without_a_place_everything_goes_to_a_national_desk_and_says_so() {
    let mut minh = facts(&["ON"]);
    minh.minor_possible = true;
    minh.regions = Regions::default();
    let routing = check(&minh, &["POL/K5", "VT/K3"]);
    assert!(routing.notes.contains(&HandlingNote::RegionUnknown));
    for proposal in &routing.proposals {
        assert!(matches!(proposal.to, RouteTo::NationalDesk { .. }));
        assert!(
            proposal.because.nl.contains("landelijke balie"),
            "{}",
            proposal.because.nl
        );
        assert!(
            proposal.because.en.contains("national desk"),
            "{}",
            proposal.because.en
        );
    }
}

#[test]
fn s6_karima_help_without_police_sends_nothing_to_an_investigating_service() {
    let mut karima = facts(&["AU-HUIS", "DI"]);
    karima.police = PoliceWish::HelpWithoutPolice;
    karima.help = HelpWish::ForSelf;
    let routing = check(&karima, &["ZCO/K3"]);
    let withheld: Vec<&str> = routing
        .withheld
        .iter()
        .map(|w| w.to.kind().as_str())
        .collect();
    assert_eq!(withheld, ["NLA", "POL"]);
    assert!(
        routing
            .withheld
            .iter()
            .all(|w| !w.because.nl.is_empty() && !w.because.en.is_empty())
    );
    assert!(
        routing
            .notes
            .contains(&HandlingNote::HelpDoesNotDependOnPolice)
    );
    karima.danger = true;
    check(&karima, &["NLA/K5!", "POL/K5!", "ZCO/K3"]);
}

#[test]
fn at_schiphol_the_marechaussee_takes_it_up() {
    let mut gate = facts(&["SU"]);
    gate.at_border = true;
    check(&gate, &["KMAR/K5"]);
}

#[test]
fn severe_disadvantage_is_neither_lost_nor_sent_to_the_police_as_trafficking() {
    check(&facts(&["EB"]), &["NLA/K5"]);
}

#[test]
fn an_unknown_form_is_a_signal_all_the_same() {
    check(&facts(&[]), &["POL/K5"]);
}

#[test]
fn vital_interest_brings_help_unless_help_is_not_wanted() {
    let mut danger = facts(&["SU"]);
    danger.danger = true;
    let routing = check(&danger, &["POL/K5", "ZCO/K3"]);
    assert_eq!(routing.proposals[1].rule, "help-vital-interest");
    assert!(routing.notes.contains(&HandlingNote::CallFirst));
    danger.help = HelpWish::NotWanted;
    check(&danger, &["POL/K5"]);
}

#[test]
fn facts_come_from_the_report_and_the_desks_word_on_danger_stands() {
    let mut told = content("x");
    told.acute = Answer::Yes;
    told.minors = MinorsInvolved::Suspected;
    told.reporter_kind = ReporterKind::VictimSelf;
    let report = received(told);
    let today = day("2026-03-09");
    assert!(RouteFacts::of(&report, regions(), false, today).danger);
    let (report, _) = report.answer_acute(acute(Answer::No)).unwrap();
    let facts = RouteFacts::of(&report, regions(), false, today);
    assert!(!facts.danger && facts.minor_possible);
}

#[test]
fn rules_that_do_not_explain_themselves_are_refused() {
    let standard = include_str!("../../src/routing/rules.toml");
    let refused = |text: &str| RoutingRules::from_toml(text).unwrap_err().to_string();
    assert!(refused("").contains("no routing rules"));
    assert!(
        refused("[[rule]]\nid = 3").contains("line 2"),
        "{}",
        refused("[[rule]]\nid = 3")
    );
    assert!(
        refused(&standard.replace("border-kmar", "labour-nla"))
            .contains("`labour-nla` is there twice")
    );
    assert!(refused(&standard.replacen("fallback = \"POL\"\n", "", 1)).contains("no fallback"));
    let silent = standard.replacen("en = \"This is about work", "en = \"\" #", 1);
    assert_eq!(
        refused(&silent),
        "routing rule `labour-nla` has no because.en: every rule explains itself"
    );
    assert!(
        refused(&standard.replacen("consent = false", "consent = false\nscore = 3", 1))
            .contains("score")
    );
}

#[test]
fn the_explanations_read_well() {
    let text: Vec<String> = rules()
        .all()
        .iter()
        .map(|r| format!("{}: {} / {}", r.id, r.because.nl, r.because.en))
        .collect();
    insta::assert_snapshot!(text.join("\n"));
}

fn any_facts() -> impl Strategy<Value = RouteFacts> {
    let codes = [
        "SU", "AU-AGRI", "CU", "BE", "OR", "DM", "GH", "IA", "DI", "EB", "NW", "ON",
    ];
    let help = prop::sample::select(vec![
        HelpWish::NotAsked,
        HelpWish::ForSelf,
        HelpWish::VictimAgrees,
        HelpWish::VictimNotAsked,
        HelpWish::NotWanted,
    ]);
    let police = prop::sample::select(vec![
        PoliceWish::NotAsked,
        PoliceWish::Agrees,
        PoliceWish::HelpWithoutPolice,
    ]);
    let forms = prop::sample::subsequence(codes.to_vec(), 0..4);
    (forms, any::<[bool; 6]>(), help, police).prop_map(|(forms, flags, help, police)| RouteFacts {
        at_border: flags[0],
        danger: flags[1],
        minor_possible: flags[2] || flags[3],
        minor_in_serious_danger: flags[3],
        parent_suspected: flags[4],
        help,
        police,
        regions: if flags[5] {
            regions()
        } else {
            Regions::default()
        },
        ..facts(&forms)
    })
}

proptest! {
    #[test]
    fn every_signal_reaches_somebody_and_no_refusal_is_overruled_silently(facts in any_facts()) {
        let routing = route(&rules(), &facts);
        let services = |kind: &str| matches!(kind, "POL" | "KMAR" | "NLA");
        let proposed = routing.proposals.iter().filter(|p| services(p.to.kind().as_str())).count();
        let withheld = routing.withheld.len();
        // K5: every signal is assessed, or withheld with its reason.
        prop_assert!(proposed + withheld > 0);
        prop_assert!(routing.withheld.iter().all(|w| services(w.to.kind().as_str()) && !w.because.nl.is_empty()));
        if facts.police_refused() && !facts.may_override_refusal() {
            prop_assert_eq!(proposed, 0);
        } else {
            prop_assert_eq!(withheld, 0);
        }
        for proposal in &routing.proposals {
            let k5 = proposal.compartment == Compartment::K5;
            prop_assert_eq!(k5, services(proposal.to.kind().as_str()));
            prop_assert_eq!(proposal.needs_conflict_of_duties, k5 && facts.police_refused());
            prop_assert!(!proposal.because.nl.is_empty() && !proposal.ground.is_empty());
        }
        // K3: help comes with agreement or vital interest; otherwise the person is asked first.
        for help in routing.proposals.iter().filter(|p| matches!(p.to.kind().as_str(), "ZCO" | "COM")) {
            prop_assert!(help.needs_consent || facts.help.is_agreed() || facts.danger);
            prop_assert!(facts.help != HelpWish::NotWanted);
        }
        let veilig_thuis = routing.proposals.iter().any(|p| p.to.kind().is("VT"));
        prop_assert_eq!(veilig_thuis, facts.minor_possible);
        prop_assert_eq!(facts.parent_suspected, routing.notes.contains(&HandlingNote::ParentsExcluded));
    }
}
