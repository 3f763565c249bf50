//! S2 Blessing and S7 Grace: reflection period and opinion.

use super::{Page, around, codes, desk, event, nicknamed, object, offered, place, route, step};
use crate::story::{
    Age, Case, Described, Guest, Intake, Opinion, OpinionResult, Period, Phase, Placement,
    Reflection, ReflectionAnswer, ReflectionEnd, Registration, Report, Sex, Shelter,
    ShelterRequest, Story, Victim,
};

pub(super) fn woman(
    name: &str,
    family: Option<&str>,
    years: u8,
    origin: &'static str,
) -> Described {
    Described {
        role: "possible_victim".into(),
        certainty: "certain".into(),
        given_name: Some(name.to_owned()),
        family_name: family.map(str::to_owned),
        age: Age::Certain { years },
        sex: Sex::F,
        origin: Some(origin.into()),
        ..Described::default()
    }
}

pub(super) fn phases(days: &[(i32, &'static str)]) -> Vec<Phase> {
    days.iter()
        .map(|&(day, phase)| Phase {
            day,
            phase: phase.into(),
        })
        .collect()
}

pub(super) fn blessing(page: &Page<'_>) -> Story {
    let report = Report {
        channel: "ambtshalve".into(),
        reporter_kind: "opsporingsdienst".into(),
        party: "POL".into(),
        organisation: "org-pol-02".into(),
        language: "nl".into(),
        interpreter: true,
        forms: codes(&["SU"]),
        sector: Some("SU-THUIS".into()),
        narrative: "Bij een controle van een woning in Zwolle spraken wij een jonge vrouw die zegt uit Spanje te zijn gebracht. Zij moet een reisschuld terugbetalen."
            .to_owned(),
        indicators: codes(&["cr_debt_bondage", "cd_documents", "online_advertentie"]),
        place: place("GM0193", Some("een woning")),
        period: Period { ongoing: false, ..Period::default() },
        persons: vec![woman("Blessing", None, 23, "NG"), nicknamed("possible_offender", "Madam")],
        objects: vec![object("ad", "advertentie-s2.example.org"), object("phone", "+31609000201")],
        reliability: Some("A1".into()),
        ..page.received(14, 30)
    };
    let routes = vec![
        route("K5", "POL", "org-pol-02", "plaats_naar_politie_eenheid"),
        route(
            "K3",
            "ZCO",
            "org-zco-VR04",
            "hulp_gewenst_naar_zorgcoordinator",
        ),
    ];
    Story {
        intake: Some(Intake {
            day: 0,
            organisation: "org-pol-02".into(),
            by: "p-pol-02".into(),
            spoken: true,
            indication: true,
            finding: "Geringste aanwijzing vastgelegd. Bedenktijd aangeboden met tolk Engels."
                .to_owned(),
            suspect_too: false,
            aangifte_day: Some(80),
        }),
        case: Some(blessing_case()),
        registration: Registration::Duty {
            day: 2,
            organisation: "org-pol-02".into(),
            by: "p-pol-02".into(),
        },
        reflection: Some(Reflection {
            offered_day: 0,
            organisation: "org-pol-02".into(),
            by: "p-pol-02".into(),
            language: "en".into(),
            interpreter: true,
            answer: ReflectionAnswer::Accepted {
                day: 0,
                ended: Some(ReflectionEnd {
                    day: 80,
                    reason: "aangifte".into(),
                }),
            },
        }),
        shelter: Some(blessing_shelter(page)),
        events: vec![
            event(
                0,
                "K5",
                "no_removal",
                "Vlag voor DT&V: niet uitzetten tijdens de bedenktijd, ook geen Dublinoverdracht.",
            ),
            event(
                0,
                "K3",
                "consent",
                "Toestemming gevraagd voor doorgeven aan de opvang; niet voor registratie.",
            ),
            event(
                1,
                "K3",
                "escalation",
                "Elk uur opnieuw gezocht naar een COSM-plek.",
            ),
            event(
                80,
                "K5",
                "aangifte",
                "Aangifte; geldt als aanvraag voor een tijdelijke vergunning.",
            ),
            event(
                84,
                "K5",
                "om_question",
                "OM gevraagd of aanwezigheid in Nederland nodig is (Dublin).",
            ),
            event(
                98,
                "K3",
                "ind_status",
                "Besluit van de IND ontvangen: alleen de status.",
            ),
        ],
        ..page.story(
            "S02-blessing",
            report,
            desk(
                8,
                "hulp_gestart",
                "Bedenktijd en opvang gestart.",
                0,
                routes,
            ),
        )
    }
}

fn blessing_case() -> Case {
    Case {
        day: 0,
        organisation: "org-zco-VR04".into(),
        coordinator: "p-zco-VR04".into(),
        region: "VR04".into(),
        ground: "help_wanted".into(),
        victim: Victim {
            given_name: Some("Blessing".to_owned()),
            age: Age::Certain { years: 23 },
            age_at_start: Some(21),
            sex: Sex::F,
            origin: Some("NG".into()),
            residence: "dublin".into(),
            languages: codes(&["en"]),
            care: codes(&["medical"]),
            threat: "high".into(),
            wishes: "Slapen zonder bang te zijn.".to_owned(),
            ..Victim::default()
        },
        indicators: codes(&["cr_debt_bondage", "cd_documents"]),
        explanation: "Reisschuld en afgenomen papieren. Geen oordeel.".to_owned(),
        phases: phases(&[(0, "intake"), (0, "bedenktijd"), (3, "acute_opvang")]),
    }
}

fn blessing_shelter(page: &Page<'_>) -> Shelter {
    let mut steps = Vec::new();
    if let Some(room) = page.room("COSM", "GM0363", "stay") {
        steps.push(step(0, offered(room)));
        steps.push(step(
            0,
            Placement::Refused {
                by: "provider".into(),
                reason: "vol".into(),
                note: "Geen bed vrij tot over drie dagen.".to_owned(),
            },
        ));
    }
    steps.push(step(
        0,
        Placement::EmergencyBed {
            municipality: "GM0150".into(),
        },
    ));
    if let Some(room) = page.room("COSM", "GM0080", "stay") {
        steps.push(step(2, offered(room)));
        steps.push(step(2, Placement::Held { hours: 24 }));
        steps.push(step(3, Placement::Accepted));
        steps.push(step(3, Placement::Arrived));
        steps.push(step(
            94,
            Placement::OverNorm {
                reason: "procedure_loopt".into(),
            },
        ));
    }
    Shelter {
        request: ShelterRequest {
            day: 0,
            by: "p-pol-02".into(),
            officer: "p-plaatsing-1".into(),
            persons: vec![Guest {
                age: 23,
                sex: Sex::F,
            }],
            form: "SU".into(),
            entitlement: "reflection_period".into(),
            security: 2,
            care: codes(&["medical"]),
            languages: codes(&["en"]),
            urgency: 5,
            avoid: around("GM0193", 30.0, "offender"),
            ..ShelterRequest::default()
        },
        steps,
    }
}

/// Grace's case began fourteen months and more before the year's first days.
pub(super) fn grace(page: &Page<'_>) -> Story {
    let report = Report {
        channel: "ambtshalve".into(),
        reporter_kind: "opsporingsdienst".into(),
        party: "POL".into(),
        organisation: "org-pol-06".into(),
        language: "nl".into(),
        forms: codes(&["SU"]),
        sector: Some("SU-ESCORT".into()),
        narrative: "Vrouw meldt zich aan de balie en wil vertellen over de jaren waarin zij voor anderen moest werken.".to_owned(),
        indicators: codes(&["cd_wages", "cd_threats"]),
        place: place("GM0518", None),
        persons: vec![woman("Grace", Some("Nakibirye"), 26, "UG")],
        reliability: Some("A2".into()),
        ..page.received_before(440, 9, 30)
    };
    let routes = vec![
        route("K5", "POL", "org-pol-06", "plaats_naar_politie_eenheid"),
        route(
            "K3",
            "ZCO",
            "org-zco-VR15",
            "hulp_gewenst_naar_zorgcoordinator",
        ),
    ];
    Story {
        intake: Some(Intake {
            day: 1,
            organisation: "org-pol-06".into(),
            by: "p-pol-06".into(),
            spoken: true,
            indication: true,
            finding: "Uitgebreid gesproken; aangifte opgenomen.".to_owned(),
            suspect_too: false,
            aangifte_day: Some(12),
        }),
        case: Some(grace_case()),
        registration: Registration::Duty { day: 3, organisation: "org-pol-06".into(), by: "p-pol-06".into() },
        shelter: Some(grace_shelter(page)),
        opinion: Some(Opinion {
            request_day: 443,
            released: codes(&["statement", "status", "observations"]),
            panel: codes(&["p-secretaris", "p-panel-1", "p-panel-2", "p-panel-4"]),
            result: OpinionResult::Given {
                day: 501,
                outcome: "aannemelijk".into(),
                reasons: "De verklaring is over veertien maanden gelijk gebleven en past bij wat de opvang zag. Eén deskundigenbericht onder meer; de IND weegt zelf."
                    .to_owned(),
            },
            sent_to: codes(&["IND", "GEM"]),
        }),
        events: vec![
            event(12, "K5", "aangifte", "Aangifte; tijdelijke vergunning B8/3 verleend."),
            event(426, "K5", "om_status", "Geseponeerd; status naar IND en advocaat."),
            event(427, "K3", "timers", "Termijnen gezet: vergunning eindigt, klacht art. 12 Sv, deskundigenbericht binnen vier weken."),
            event(505, "K4", "sent", "Zij stuurt het deskundigenbericht aan IND en gemeente."),
        ],
        ..page.story("S07-grace", report, desk(15, "hulp_gestart", "Aangifte en hulp.", 1, routes))
    }
}

fn grace_case() -> Case {
    Case {
        day: 1,
        organisation: "org-zco-VR15".into(),
        coordinator: "p-zco-VR15".into(),
        region: "VR15".into(),
        ground: "help_wanted".into(),
        victim: Victim {
            given_name: Some("Grace".to_owned()),
            family_name: Some("Nakibirye".to_owned()),
            age: Age::Certain { years: 26 },
            age_at_start: Some(22),
            sex: Sex::F,
            origin: Some("UG".into()),
            residence: "b8".into(),
            languages: codes(&["en"]),
            threat: "medium".into(),
            wishes: "Dat iemand opschrijft dat ik de waarheid zei.".to_owned(),
            ..Victim::default()
        },
        indicators: codes(&["cd_wages"]),
        explanation: "Al het geld werd ingehouden. Geen oordeel.".to_owned(),
        phases: phases(&[(1, "intake"), (2, "acute_opvang"), (120, "behandeling")]),
    }
}

fn grace_shelter(page: &Page<'_>) -> Shelter {
    let mut steps = Vec::new();
    if let Some(room) = page.room("VO-verblijf", "GM0599", "stay") {
        steps = vec![
            step(2, offered(room)),
            step(2, Placement::Accepted),
            step(2, Placement::Arrived),
        ];
    }
    Shelter {
        request: ShelterRequest {
            day: 1,
            by: "p-zco-VR15".into(),
            officer: "p-plaatsing-2".into(),
            persons: vec![Guest {
                age: 26,
                sex: Sex::F,
            }],
            form: "SU".into(),
            entitlement: "wmo".into(),
            security: 2,
            languages: codes(&["en"]),
            urgency: 3,
            ..ShelterRequest::default()
        },
        steps,
    }
}
