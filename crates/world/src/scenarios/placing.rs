//! S9 Ewa: placement with five constraints.

use super::help::{phases, woman};
use super::{Page, around, codes, desk, event, offered, place, route, step};
use crate::story::{
    Aftercare, Age, Case, Child, Closing, Guest, Period, Placement, PlacementStep, Registration,
    Report, Reporter, Sex, Shelter, ShelterRequest, Story, Victim,
};

pub(super) fn ewa(page: &Page<'_>) -> Story {
    let report = Report {
        channel: "telefoon".into(),
        reporter_kind: "professional".into(),
        party: "ZCO".into(),
        organisation: "org-zco-VR09".into(),
        reporter: Some(Reporter { name: "Wijkteam Utrecht".to_owned(), phone: Some("+31609000901".to_owned()), email: None }),
        language: "nl".into(),
        interpreter: true,
        forms: codes(&["SU"]),
        sector: Some("SU-THUIS".into()),
        narrative: "Moeder met twee kinderen wil weg bij haar ex, die haar afspraken en geld regelde. Zij gebruikt een rolstoel en zoekt ook hulp bij het stoppen met \
                    pillen."
            .to_owned(),
        indicators: codes(&["cd_wages", "vd_dependency"]),
        place: place("GM0344", None),
        period: Period { ongoing: true, ..Period::default() },
        persons: vec![woman("Ewa", Some("Brzozińska"), 31, "PL")],
        consent: "registration_and_care".into(),
        ..page.received(10, 5)
    };
    let routes = vec![route(
        "K3",
        "ZCO",
        "org-zco-VR09",
        "hulp_gewenst_naar_zorgcoordinator",
    )];
    Story {
        case: Some(ewa_case()),
        registration: Registration::Consent {
            day: 1,
            organisation: "org-zco-VR09".into(),
            by: "p-zco-VR09".into(),
            giver: "self".into(),
            language: "pl".into(),
            withdrawn: None,
        },
        shelter: Some(ewa_shelter(page)),
        closing: Some(Closing {
            day: 210,
            reason: "doelen_bereikt".into(),
            aftercare: [240, 300, 390]
                .map(|day| Aftercare {
                    day,
                    channel: "telefoon".into(),
                    result: "planned".into(),
                })
                .to_vec(),
        }),
        events: vec![
            event(
                0,
                "K3",
                "payer",
                "Centrumgemeente: ingeschreven in Utrecht, aangetroffen in Amersfoort; beide getoond, besluit: Utrecht betaalt.",
            ),
            event(
                0,
                "K3",
                "plan",
                "Eerst Leeuwarden zonder verslavingszorg, over twee dagen door naar Zwolle met warme overdracht.",
            ),
            event(
                2,
                "K3",
                "warm_handover",
                "Overdracht tussen beide huizen; zij hoeft haar verhaal niet opnieuw te doen.",
            ),
        ],
        ..page.story(
            "S09-ewa",
            report,
            desk(35, "hulp_gestart", "Zij wil hulp.", 0, routes),
        )
    }
}

fn ewa_case() -> Case {
    Case {
        day: 0,
        organisation: "org-zco-VR09".into(),
        coordinator: "p-zco-VR09".into(),
        region: "VR09".into(),
        ground: "help_wanted".into(),
        victim: Victim {
            given_name: Some("Ewa".to_owned()),
            family_name: Some("Brzozińska".to_owned()),
            age: Age::Certain { years: 31 },
            sex: Sex::F,
            origin: Some("PL".into()),
            residence: "eu".into(),
            languages: codes(&["pl", "en"]),
            children: vec![
                Child {
                    age: 4,
                    sex: Sex::M,
                },
                Child {
                    age: 9,
                    sex: Sex::F,
                },
            ],
            care: codes(&["addiction"]),
            wheelchair: true,
            threat: "high".into(),
            wishes: "Bij mijn kinderen blijven en naar een dokter die Pools spreekt.".to_owned(),
            ..Victim::default()
        },
        indicators: codes(&["cd_wages", "vd_dependency"]),
        explanation: "Geld, huis en vervoer van dezelfde man. Geen oordeel.".to_owned(),
        phases: phases(&[(0, "intake"), (0, "acute_opvang"), (30, "stabilisatie")]),
    }
}

fn ewa_shelter(page: &Page<'_>) -> Shelter {
    let mut steps: Vec<PlacementStep> = Vec::new();
    if let Some(room) = page.room("VO-verblijf", "GM0150", "family") {
        steps.push(step(0, offered(room)));
        steps.push(step(
            0,
            Placement::Refused {
                by: "provider".into(),
                reason: "zorgzwaarte".into(),
                note: "Trappen en geen verslavingszorg.".to_owned(),
            },
        ));
    }
    if let Some(room) = page.room("VO-verblijf", "GM0080", "family") {
        steps.push(step(0, offered(room)));
        steps.push(step(0, Placement::Held { hours: 4 }));
        steps.push(step(0, Placement::Accepted));
        steps.push(step(0, Placement::Arrived));
    }
    if let Some((location, room)) = page.room("OMM", "GM0193", "family") {
        steps.push(step(
            2,
            Placement::Moved {
                location: location.id.clone(),
                room: room.id.clone(),
            },
        ));
        steps.push(step(
            205,
            Placement::Left {
                reason: "uitgestroomd".into(),
            },
        ));
    }
    Shelter {
        request: ShelterRequest {
            day: 0,
            by: "p-zco-VR09".into(),
            officer: "p-plaatsing-2".into(),
            persons: vec![
                Guest {
                    age: 31,
                    sex: Sex::F,
                },
                Guest {
                    age: 4,
                    sex: Sex::M,
                },
                Guest {
                    age: 9,
                    sex: Sex::F,
                },
            ],
            form: "SU".into(),
            entitlement: "wmo".into(),
            security: 2,
            care: codes(&["addiction"]),
            wheelchair: true,
            languages: codes(&["pl", "en"]),
            urgency: 5,
            avoid: around("GM0344", 40.0, "offender"),
            ..ShelterRequest::default()
        },
        steps,
    }
}
