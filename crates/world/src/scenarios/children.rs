//! S3 Daan, S4 Noa and S5 Minh: minors.

use super::{Page, around, codes, desk, event, nicknamed, object, offered, place, route, step};
use crate::story::{
    Age, Answer, Case, Described, Desk, Guest, Intake, Minors, Period, Phase, Placement,
    Registration, Report, Reporter, SafeContact, Sex, Shelter, ShelterRequest, Story, Victim,
};

/// Phone that both reports of S5 name.
const SHARED_PHONE: &str = "+31609000505";

fn child(name: &str, years: u8, sex: Sex, origin: &'static str) -> Described {
    Described {
        role: "possible_victim".into(),
        certainty: "certain".into(),
        given_name: Some(name.to_owned()),
        age: Age::Certain { years },
        sex,
        origin: Some(origin.into()),
        ..Described::default()
    }
}

pub(super) fn daan(page: &Page<'_>) -> Story {
    let report = Report {
        channel: "ambtshalve".into(),
        reporter_kind: "opsporingsdienst".into(),
        party: "POL".into(),
        organisation: "org-pol-07".into(),
        reporter: Some(Reporter { name: "Jongerenwerker haven".to_owned(), phone: Some("+31609000301".to_owned()), email: None }),
        language: "nl".into(),
        forms: codes(&["CU"]),
        sector: Some("CU-UITHALER".into()),
        narrative: "Jongen van vijftien aangehouden op het haventerrein. Een jongerenwerker weet dat hij een schuld heeft bij een oudere jongen en niet durft te \
                    stoppen."
            .to_owned(),
        indicators: codes(&["cd_crime", "cd_debt_bondage", "school_werk_verzuim"]),
        place: place("GM0599", Some("haventerrein")),
        period: Period { ongoing: true, ..Period::default() },
        persons: vec![child("Daan", 15, Sex::M, "NL"), nicknamed("possible_offender", "Lange")],
        minors: Minors::Yes,
        reliability: Some("A2".into()),
        ..page.received(8, 50)
    };
    let routes = vec![
        route("K5", "POL", "org-pol-07", "plaats_naar_politie_eenheid"),
        route(
            "K3",
            "ZCO",
            "org-zco-VR17",
            "vitaal_belang_naar_zorgcoordinator",
        ),
        route("K3", "VT", "org-vt-VR17", "minderjarig_naar_veilig_thuis"),
    ];
    Story {
        intake: Some(Intake {
            day: 0,
            organisation: "org-pol-07".into(),
            by: "p-pol-07".into(),
            spoken: true,
            indication: true,
            finding: "Minderjarig: dwang hoeft niet te blijken. Vraag over niet-bestraffing voorgelegd aan de jeugdofficier.".to_owned(),
            suspect_too: true,
            aangifte_day: None,
        }),
        case: Some(minor_case("org-zco-VR17", "p-zco-VR17", "VR17", "Daan", 15, Sex::M, "Naar school en niet meer gebeld worden.")),
        registration: Registration::Duty { day: 3, organisation: "org-pol-07".into(), by: "p-pol-07".into() },
        events: vec![
            event(0, "K5", "non_punishment", "Jeugdofficier geïnformeerd over de vraag of hij gestraft moet worden."),
            event(1, "K3", "veilig_thuis", "Melding Veilig Thuis zonder toestemming; ouders ingelicht, dat is veilig."),
            event(4, "K3", "consent", "Toestemming jeugdhulp van Daan en van zijn ouders."),
            event(10, "K3", "gi", "Gecertificeerde instelling betrokken; geen Halt."),
        ],
        ..page.story("S03-daan", report, desk(30, "hulp_gestart", "Mogelijk slachtoffer naast verdachte; gescheiden dossiers.", 1, routes))
    }
}

pub(super) fn noa(page: &Page<'_>) -> Story {
    let report = Report {
        channel: "chat".into(),
        reporter_kind: "slachtoffer_zelf".into(),
        party: "FIER".into(),
        organisation: "org-fier".into(),
        safe_contact: Some(SafeContact { channel: "chat".into(), never_call: true, ..SafeContact::default() }),
        language: "nl".into(),
        forms: codes(&["SU"]),
        narrative: "ik ben 14. mijn moeder spreekt af met mannen en dan moet ik mee. ik durf niks te zeggen. we zijn nu in een huis in tilburg".to_owned(),
        indicators: codes(&["vr_control", "gedrag_ontwijkt"]),
        place: place("GM0855", Some("een huis")),
        period: Period { ongoing: true, ..Period::default() },
        persons: vec![child("Noa", 14, Sex::F, "NL"), nicknamed("possible_offender", "moeder")],
        minors: Minors::Yes,
        acute: Answer::Yes,
        ..page.received(23, 10)
    };
    let routes = vec![
        route("K5", "POL", "org-pol-08", "acuut_gevaar_naar_politie"),
        route("K3", "VT", "org-vt-VR20", "minderjarig_naar_veilig_thuis"),
        route(
            "K3",
            "ZCO",
            "org-zco-VR20",
            "vitaal_belang_naar_zorgcoordinator",
        ),
    ];
    let desk = Desk {
        acute: Answer::Yes,
        acute_action: Some("112_gebeld".into()),
        ..desk(
            3,
            "hulp_gestart",
            "Vitaal belang: uitgelegd, daarna politie en Veilig Thuis gebeld.",
            0,
            routes,
        )
    };
    let mut case = minor_case(
        "org-zco-VR20",
        "p-zco-VR20",
        "VR20",
        "Noa",
        14,
        Sex::F,
        "Niet naar huis. Dat niemand boos is.",
    );
    case.victim.parent_suspected = true;
    case.victim.threat = "high".into();
    Story {
        intake: Some(Intake {
            day: 0,
            organisation: "org-pol-08".into(),
            by: "p-pol-08".into(),
            spoken: true,
            indication: true,
            finding: "Kind veiliggesteld; studioverhoor gepland. Ouder verdacht.".to_owned(),
            suspect_too: false,
            aangifte_day: None,
        }),
        case: Some(case),
        registration: Registration::Counted {
            day: 1,
            organisation: "org-fier".into(),
            reason: "giver_missing".into(),
        },
        shelter: Some(noa_shelter(page)),
        events: vec![
            event(
                0,
                "K3",
                "ouder_verdacht",
                "Geen toestemming, inzage of bericht aan de moeder; geen post naar huis.",
            ),
            event(
                1,
                "K3",
                "rvdk",
                "Raad voor de Kinderbescherming gevraagd om een maatregel.",
            ),
            event(
                16,
                "K3",
                "gi",
                "Voogdij bij de gecertificeerde instelling; die kan nu tekenen voor registratie.",
            ),
        ],
        ..page.story("S04-noa", report, desk)
    }
}

fn noa_shelter(page: &Page<'_>) -> Shelter {
    let mut steps = Vec::new();
    if let Some(room) = page.room("jeugd-gespecialiseerd", "GM0080", "crisis") {
        steps = vec![
            step(0, offered(room)),
            step(0, Placement::Held { hours: 4 }),
            step(1, Placement::Accepted),
            step(1, Placement::Arrived),
        ];
    }
    Shelter {
        request: ShelterRequest {
            day: 0,
            by: "p-zco-VR20".into(),
            officer: "p-plaatsing-1".into(),
            persons: vec![Guest {
                age: 14,
                sex: Sex::F,
            }],
            form: "SU".into(),
            entitlement: "jeugdwet".into(),
            security: 2,
            care: codes(&["mental_health"]),
            languages: codes(&["nl"]),
            urgency: 5,
            avoid: around("GM0855", 60.0, "family"),
            ..ShelterRequest::default()
        },
        steps,
    }
}

/// A case in Limburg that names the same phone as Minh's.
pub(super) fn limburg(page: &Page<'_>) -> Story {
    let report = Report {
        channel: "ambtshalve".into(),
        reporter_kind: "opsporingsdienst".into(),
        party: "POL".into(),
        organisation: "org-pol-10".into(),
        language: "nl".into(),
        interpreter: true,
        forms: codes(&["CU"]),
        sector: Some("CU-TEELT".into()),
        narrative: "In een pand bij Venlo is een jonge man aangetroffen tussen planten. Hij weet niet in welke plaats hij is en kent maar één telefoonnummer.".to_owned(),
        indicators: codes(&["cd_crime", "cd_isolation"]),
        place: place("GM0983", Some("een bedrijfspand")),
        persons: vec![Described { age: Age::Estimated { low: 17, high: 21 }, ..child("Tuấn", 18, Sex::M, "VN") }],
        objects: vec![object("phone", SHARED_PHONE)],
        minors: Minors::Suspected,
        reliability: Some("A1".into()),
        ..page.received(6, 50)
    };
    let routes = vec![route(
        "K5",
        "POL",
        "org-pol-10",
        "plaats_naar_politie_eenheid",
    )];
    Story {
        intake: Some(Intake {
            day: 0,
            organisation: "org-pol-10".into(),
            by: "p-pol-10".into(),
            spoken: true,
            indication: true,
            finding: "Leeftijd niet zeker: behandeld als minderjarig tot het is vastgesteld."
                .to_owned(),
            suspect_too: true,
            aangifte_day: None,
        }),
        registration: Registration::Duty {
            day: 2,
            organisation: "org-pol-10".into(),
            by: "p-pol-10".into(),
        },
        events: vec![event(
            22,
            "K5",
            "link_notice",
            "Zelfde telefoonnummer als bij een vermiste minderjarige; beide dossierhouders ingelicht.",
        )],
        ..page.story(
            "S05-tuan",
            report,
            desk(20, "opgepakt", "De politie doet onderzoek.", 1, routes),
        )
    }
}

pub(super) fn minh(page: &Page<'_>) -> Story {
    let report = Report {
        channel: "telefoon".into(),
        reporter_kind: "professional".into(),
        party: "NID".into(),
        organisation: "org-nid".into(),
        reporter: Some(Reporter { name: "Voogd van Minh".to_owned(), phone: Some("+31609000501".to_owned()), email: None }),
        language: "nl".into(),
        interpreter: true,
        forms: codes(&["CU"]),
        narrative: "Onze pupil van zestien is vannacht niet teruggekomen in de beschermde opvang. Hij werd de laatste dagen veel gebeld door één nummer.".to_owned(),
        indicators: codes(&["controle_bereikbaar", "vr_control"]),
        place: place("GM0200", None),
        period: Period { ongoing: true, ..Period::default() },
        persons: vec![child("Minh", 16, Sex::M, "VN")],
        objects: vec![object("phone", SHARED_PHONE)],
        minors: Minors::Yes,
        acute: Answer::Yes,
        ..page.received(7, 20)
    };
    let routes = vec![
        route("K5", "POL", "org-pol-02", "vermist_kind_naar_politie"),
        route("K5", "EMM", "org-emm", "vermist_kind_naar_emm"),
        route("K2", "COM", "org-com", "vermist_kind_naar_comensha"),
        route("K3", "VT", "org-vt-VR06", "minderjarig_naar_veilig_thuis"),
    ];
    let desk = Desk {
        acute: Answer::Yes,
        acute_action: Some("politie_gewaarschuwd".into()),
        ..desk(
            4,
            "hulp_gestart",
            "Vermissing gemeld zonder toestemming; voogd houdt regie.",
            0,
            routes,
        )
    };
    let mut case = minor_case(
        "org-zco-VR06-jong",
        "p-zco-VR06-jong",
        "VR06",
        "Minh",
        16,
        Sex::M,
        "Nog niet gevraagd: hij is vermist.",
    );
    case.victim.residence = "asielzoeker".into();
    case.victim.origin = Some("VN".into());
    case.victim.languages = codes(&["vi"]);
    Story {
        case: Some(case),
        intake: Some(Intake {
            day: 0,
            organisation: "org-pol-02".into(),
            by: "p-pol-02".into(),
            spoken: false,
            indication: true,
            finding: "Vermissing opgenomen; nummer ook bekend uit een zaak in Limburg.".to_owned(),
            ..Intake::default()
        }),
        registration: Registration::Duty {
            day: 1,
            organisation: "org-pol-02".into(),
            by: "p-pol-02".into(),
        },
        shelter: Some(minh_shelter(page)),
        events: vec![
            event(
                0,
                "K3",
                "missing",
                "Status MOB; vervolgtaak voor de voogd, dossier blijft open.",
            ),
            event(
                1,
                "K5",
                "link_notice",
                "Zelfde telefoonnummer als in een zaak in Limburg; beide dossierhouders ingelicht.",
            ),
            event(
                26,
                "K3",
                "returned",
                "Teruggekeerd; Nidos beslist opnieuw over beschermde opvang.",
            ),
            event(
                30,
                "K3",
                "transition_18",
                "Taak gezet voor de overgang op de achttiende verjaardag.",
            ),
        ],
        ..page.story("S05-minh", report, desk)
    }
}

fn minh_shelter(page: &Page<'_>) -> Shelter {
    let mut steps = Vec::new();
    if let Some(room) = page.room("BO-amv", "GM0080", "stay") {
        steps = vec![
            step(26, offered(room)),
            step(26, Placement::Held { hours: 24 }),
            step(27, Placement::Accepted),
            step(27, Placement::Arrived),
        ];
    }
    Shelter {
        request: ShelterRequest {
            day: 26,
            by: "p-zco-VR06-jong".into(),
            officer: "p-plaatsing-3".into(),
            persons: vec![Guest {
                age: 16,
                sex: Sex::M,
            }],
            form: "CU".into(),
            entitlement: "amv".into(),
            security: 3,
            languages: codes(&["vi"]),
            urgency: 5,
            ..ShelterRequest::default()
        },
        steps,
    }
}

fn minor_case(
    organisation: &'static str,
    coordinator: &'static str,
    region: &'static str,
    name: &str,
    years: u8,
    sex: Sex,
    wishes: &str,
) -> Case {
    Case {
        day: 0,
        organisation: organisation.into(),
        coordinator: coordinator.into(),
        region: region.into(),
        ground: "vital_interest".into(),
        victim: Victim {
            given_name: Some(name.to_owned()),
            age: Age::Certain { years },
            sex,
            origin: Some("NL".into()),
            residence: "nl".into(),
            languages: codes(&["nl"]),
            threat: "medium".into(),
            wishes: wishes.to_owned(),
            ..Victim::default()
        },
        indicators: codes(&["vr_control"]),
        explanation: "Minderjarig: middelen hoeven niet te blijken. Geen oordeel.".to_owned(),
        phases: vec![Phase {
            day: 0,
            phase: "intake".into(),
        }],
    }
}
