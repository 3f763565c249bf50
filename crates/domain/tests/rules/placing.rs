//! Who is entitled to which shelter, and who places.

use domain::{
    code::MunicipalityCode, person::Residence, placing::*, room::ShelterKind,
    shelter_request::Entitlement,
};

fn adult(residence: Residence) -> PlacingFacts {
    PlacingFacts {
        minor: false,
        unaccompanied: false,
        residence,
        in_reflection: false,
        multiple_problems: false,
        acute_out_of_hours: false,
        registered_in: Some(MunicipalityCode::literal("GM0344")),
        found_in: Some(MunicipalityCode::literal("GM0344")),
    }
}

fn who(route: &Route) -> Vec<&str> {
    route.authority.iter().map(|k| k.as_str()).collect()
}

#[test]
fn s2_an_adult_in_the_reflection_period_is_placed_by_comensha_and_nobody_else() {
    let blessing = PlacingFacts {
        in_reflection: true,
        ..adult(Residence::Dublin)
    };
    let answer = who_may_place(&blessing);
    assert_eq!(answer.routes.len(), 1);
    assert_eq!(answer.routes[0].kinds, [ShelterKind::Cosm]);
    assert_eq!(who(&answer.routes[0]), ["COM"]);
    assert!(answer.routes[0].exclusive);
    assert!(answer.uncertain.is_empty());
}

#[test]
fn s2_out_of_hours_the_police_may_use_an_emergency_bed() {
    let blessing = PlacingFacts {
        in_reflection: true,
        acute_out_of_hours: true,
        ..adult(Residence::Dublin)
    };
    let answer = who_may_place(&blessing);
    assert_eq!(answer.routes[1].kinds, [ShelterKind::Noodbed]);
    assert_eq!(who(&answer.routes[1]), ["POL"]);
    assert_eq!(answer.routes[1].entitlement, Entitlement::ReflectionPeriod);
}

#[test]
fn s1_an_eu_citizen_goes_the_way_of_the_wmo() {
    for residence in [Residence::Eu, Residence::Dutch, Residence::B8Permit] {
        let answer = who_may_place(&adult(residence));
        assert_eq!(answer.routes[0].entitlement, Entitlement::Wmo);
        assert!(!answer.routes[0].exclusive);
    }
}

#[test]
fn s9_two_municipalities_are_both_shown_and_somebody_decides() {
    let ewa = PlacingFacts {
        multiple_problems: true,
        found_in: Some(MunicipalityCode::literal("GM0193")),
        ..adult(Residence::Eu)
    };
    let answer = who_may_place(&ewa);
    assert_eq!(answer.routes[0].kinds, [ShelterKind::Omm]);
    assert_eq!(
        answer.responsible.registered_in,
        Some(MunicipalityCode::literal("GM0344"))
    );
    assert_eq!(
        answer.responsible.found_in,
        Some(MunicipalityCode::literal("GM0193"))
    );
    assert!(answer.responsible.to_be_decided);
    assert!(
        answer
            .uncertain
            .contains(&Uncertain::ResponsibleMunicipality)
    );
    let nowhere = PlacingFacts {
        registered_in: None,
        found_in: None,
        ..ewa
    };
    assert!(who_may_place(&nowhere).responsible.to_be_decided);
}

#[test]
fn s6_an_uncertain_right_is_called_uncertain_and_still_has_a_way() {
    let answer = who_may_place(&adult(Residence::Undocumented));
    assert_eq!(answer.routes[0].entitlement, Entitlement::Uncertain);
    assert_eq!(answer.uncertain, [Uncertain::RightToShelter]);
    let unknown = who_may_place(&adult(Residence::Unknown));
    assert!(unknown.uncertain.contains(&Uncertain::ResidenceUnknown));
    assert!(!unknown.routes.is_empty());
}

#[test]
fn s5_nidos_places_unaccompanied_minors_and_youth_care_the_others() {
    let minh = PlacingFacts {
        minor: true,
        unaccompanied: true,
        ..adult(Residence::Asylum)
    };
    let answer = who_may_place(&minh);
    assert_eq!(answer.routes[0].kinds, [ShelterKind::BoAmv]);
    assert_eq!(who(&answer.routes[0]), ["NID"]);
    let daan = PlacingFacts {
        minor: true,
        ..adult(Residence::Dutch)
    };
    assert_eq!(
        who_may_place(&daan).routes[0].entitlement,
        Entitlement::Youth
    );
}

#[test]
fn everybody_has_a_way_and_every_way_is_explained() {
    let mut told = Vec::new();
    for residence in [
        Residence::Dutch,
        Residence::Eu,
        Residence::ReflectionPeriod,
        Residence::B8Permit,
        Residence::B9Permit,
        Residence::OtherPermit,
        Residence::Asylum,
        Residence::Dublin,
        Residence::AsylumPermit,
        Residence::TemporaryProtection,
        Residence::Undocumented,
        Residence::Unknown,
    ] {
        for (minor, unaccompanied) in [(false, false), (true, false), (true, true)] {
            let answer = who_may_place(&PlacingFacts {
                minor,
                unaccompanied,
                ..adult(residence)
            });
            assert!(!answer.routes.is_empty());
            for route in &answer.routes {
                assert!(
                    !route.because.nl.is_empty()
                        && !route.because.en.is_empty()
                        && !route.source.is_empty()
                );
                assert!(!route.authority.is_empty() && !route.kinds.is_empty());
            }
            let ways: Vec<String> = answer
                .routes
                .iter()
                .map(|r| format!("{:?} by {}", r.entitlement, who(r).join(", ")))
                .collect();
            let person = match (minor, unaccompanied) {
                (false, _) => "adult",
                (true, false) => "minor",
                (true, true) => "alone",
            };
            told.push(format!("{residence:?} {person}: {}", ways.join("; ")));
        }
    }
    insta::assert_snapshot!(told.join("\n"));
}
