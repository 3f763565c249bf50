//! S1 Ilinca and S6 Karima: labour and domestic work.

use super::{Page, codes, desk, event, nicknamed, object, place, route};
use crate::story::{
    Age, Answer, Case, Described, Intake, Opinion, Period, Phase, Registration, Report, Reporter,
    SafeContact, Sex, Shelter, ShelterRequest, Story, Victim,
};
use crate::story::{Guest, Placement, PlacementStep};

/// Company number that both reports of S1 name.
const GREENHOUSE: &str = "00729315";

/// Two years before Ilinca: somebody else reported the same company.
pub(super) fn earlier_report(page: &Page<'_>) -> Story {
    let report = Report {
        channel: "telefoon".into(),
        reporter_kind: "ander_signaal".into(),
        party: "NLA".into(),
        organisation: "org-nla".into(),
        language: "nl".into(),
        forms: codes(&["AU"]),
        sector: Some("AU-AGRI".into()),
        narrative: "Bij een controle in een kas in Westland sliepen mensen op het terrein. Lonen klopten niet met de roosters. Toen niet verder onderzocht."
            .to_owned(),
        indicators: codes(&["ec_salary", "wonen_op_werk"]),
        place: place("GM1783", Some("een kas")),
        persons: vec![Described { role: "possible_victim".into(), certainty: "unclear".into(), sex: Sex::M, ..Described::default() }],
        objects: vec![object("kvk", GREENHOUSE), object("employer", "Groenkas Morgenveld")],
        reliability: Some("B2".into()),
        ..page.received_before(730, 10, 40)
    };
    let routes = vec![route("K5", "NLA", "org-nla", "arbeid_naar_nla")];
    let desk = desk(
        180,
        "onvoldoende_aanknopingspunten",
        "Geen verklaringen; wordt bij een nieuwe melding opnieuw bekeken.",
        19,
        routes,
    );
    Story {
        intake: Some(Intake {
            day: 6,
            organisation: "org-nla".into(),
            by: "p-nla".into(),
            spoken: false,
            indication: true,
            finding: "Geringe aanwijzing, niemand wilde praten.".to_owned(),
            ..Intake::default()
        }),
        registration: Registration::Duty {
            day: 9,
            organisation: "org-nla".into(),
            by: "p-nla".into(),
        },
        ..page.story("S01-eerdere-melding", report, desk)
    }
}

pub(super) fn ilinca(page: &Page<'_>) -> Story {
    let routes = vec![
        route("K5", "NLA", "org-nla", "arbeid_naar_nla"),
        route(
            "K3",
            "ZCO",
            "org-zco-VR15",
            "hulp_gewenst_naar_zorgcoordinator",
        ),
        route("K3", "FW", "org-fw", "hulp_gewenst_arbeid_naar_fairwork"),
    ];
    Story {
        intake: Some(Intake {
            day: 2,
            organisation: "org-nla".into(),
            by: "p-nla".into(),
            spoken: true,
            indication: true,
            finding: "Gesproken met tolk Roemeens, buiten het terrein. Paspoort ligt bij de werkgever; dagen van veertien uur.".to_owned(),
            suspect_too: false,
            aangifte_day: Some(21),
        }),
        case: Some(ilinca_case()),
        registration: Registration::Duty { day: 4, organisation: "org-nla".into(), by: "p-nla".into() },
        shelter: Some(ilinca_shelter(page)),
        events: vec![
            event(0, "K1", "link_notice", "Zelfde KvK-nummer in een melding van twee jaar geleden; beide dossierhouders ingelicht, zonder persoonsgegevens."),
            event(0, "K1", "reply_in_language", "Antwoord in het Roemeens verstuurd."),
            event(2, "K5", "reflection_question", "EU-burger: andere voorwaarden; te beslissen door politie en IND."),
            event(21, "K5", "aangifte", "Aangifte opgenomen."),
        ],
        ..page.story("S01-ilinca", ilinca_report(page), desk(25, "hulp_gestart", "Zij wil hulp; de inspectie doet onderzoek.", 2, routes))
    }
}

fn ilinca_report(page: &Page<'_>) -> Report {
    Report {
        channel: "whatsapp".into(),
        reporter_kind: "familie_vriend".into(),
        party: "NLA".into(),
        organisation: "org-nla".into(),
        reporter: Some(Reporter { name: "Collega van Ilinca".to_owned(), phone: Some("+31609000001".to_owned()), email: None }),
        safe_contact: Some(SafeContact { channel: "whatsapp".into(), window: Some("21:00-22:00".to_owned()), code_word: Some("seră".to_owned()), never_call: true }),
        language: "ro".into(),
        interpreter: true,
        forms: codes(&["AU"]),
        sector: Some("AU-AGRI".into()),
        narrative: "Colega mea Ilinca lucrează la o seră în Westland. Șeful i-a luat pașaportul. Lucrăm 14 ore pe zi și primim 3 euro pe oră. Dormim opt \
                    oameni într-o magazie. Vă rog să nu spuneți cine v-a scris."
            .to_owned(),
        indicators: codes(&[
            "cd_documents",
            "ec_hours",
            "ec_living",
            "ec_salary",
        ]),
        place: place("GM1783", Some("o seră")),
        period: Period { ongoing: true, ..Period::default() },
        persons: vec![
            Described {
                role: "possible_victim".into(),
                certainty: "certain".into(),
                given_name: Some("Ilinca".to_owned()),
                age: Age::Certain { years: 29 },
                sex: Sex::F,
                origin: Some("RO".into()),
                ..Described::default()
            },
            nicknamed("possible_offender", "Șeful"),
        ],
        objects: vec![object("kvk", GREENHOUSE), object("employer", "Groenkas Morgenveld"), object("plate", "17-QRK-4")],
        consent: "care".into(),
        ..page.received(20, 15)
    }
}

fn ilinca_case() -> Case {
    Case {
        day: 1,
        organisation: "org-zco-VR15".into(),
        coordinator: "p-zco-VR15".into(),
        region: "VR15".into(),
        ground: "help_wanted".into(),
        victim: Victim {
            given_name: Some("Ilinca".to_owned()),
            family_name: Some("Brădeanu".to_owned()),
            age: Age::Certain { years: 29 },
            age_at_start: Some(28),
            sex: Sex::F,
            origin: Some("RO".into()),
            residence: "eu".into(),
            languages: codes(&["ro"]),
            threat: "medium".into(),
            wishes: "Mijn paspoort terug, en werk waar ik zelf mijn loon krijg.".to_owned(),
            ..Victim::default()
        },
        indicators: codes(&[
            "cd_documents",
            "ec_hours",
            "ec_living",
            "ec_salary",
        ]),
        explanation: "Paspoort afgenomen en dagen van veertien uur (sterk), slechte woonruimte en laag loon. Suggestie, geen oordeel.".to_owned(),
        phases: vec![Phase { day: 1, phase: "intake".into() }, Phase { day: 3, phase: "acute_opvang".into() }],
    }
}

fn ilinca_shelter(page: &Page<'_>) -> Shelter {
    let mut steps = Vec::new();
    if let Some(room) = page.room("VO-verblijf", "GM0546", "stay") {
        steps.push(super::step(2, super::offered(room)));
        steps.push(super::step(2, Placement::Held { hours: 24 }));
        steps.push(super::step(3, Placement::Accepted));
        steps.push(super::step(3, Placement::Arrived));
    }
    Shelter {
        request: ShelterRequest {
            day: 1,
            by: "p-zco-VR15".into(),
            officer: "p-plaatsing-1".into(),
            persons: vec![Guest {
                age: 29,
                sex: Sex::F,
            }],
            form: "AU".into(),
            entitlement: "wmo".into(),
            security: 2,
            languages: codes(&["ro", "en"]),
            urgency: 4,
            ..ShelterRequest::default()
        },
        steps,
    }
}

pub(super) fn karima(page: &Page<'_>) -> Story {
    let report = Report {
        channel: "balie".into(),
        reporter_kind: "slachtoffer_zelf".into(),
        party: "ZCO".into(),
        organisation: "org-zco-VR13".into(),
        safe_contact: Some(SafeContact { channel: "retourcode".into(), never_call: true, ..SafeContact::default() }),
        language: "ar".into(),
        interpreter: true,
        forms: codes(&["AU", "DI"]),
        sector: Some("AU-HUIS".into()),
        narrative: "أعمل عند عائلة منذ أربع سنوات بدون أجر وجواز سفري عندهم. لا أريد الشرطة. أريد فقط أن أعرف من يستطيع أن يساعدني.".to_owned(),
        indicators: codes(&["cd_documents", "cd_wages"]),
        place: place("GM0363", Some("een huishouden")),
        period: Period { ongoing: true, ..Period::default() },
        persons: vec![Described {
            role: "possible_victim".into(),
            certainty: "certain".into(),
            given_name: Some("Karima".to_owned()),
            age: Age::Certain { years: 34 },
            sex: Sex::F,
            origin: Some("MA".into()),
            ..Described::default()
        }],
        consent: "care".into(),
        acute: Answer::No,
        ..page.received(11, 30)
    };
    let routes = vec![route(
        "K3",
        "ZCO",
        "org-zco-VR13",
        "hulp_gewenst_naar_zorgcoordinator",
    )];
    Story {
        case: Some(karima_case()),
        registration: Registration::Counted {
            day: 3,
            organisation: "org-zco-VR13".into(),
            reason: "refused".into(),
        },
        shelter: Some(karima_shelter()),
        opinion: Some(Opinion {
            request_day: 95,
            released: codes(&["statement", "observations"]),
            panel: codes(&["p-secretaris"]),
            ..Opinion::default()
        }),
        events: vec![
            event(
                1,
                "K3",
                "choice_explained",
                "Uitgelegd in het Arabisch: bedenktijd kan alleen via politie of marechaussee; zij kiest er niet voor.",
            ),
            event(
                6,
                "K3",
                "legal_aid_task",
                "Recht op opvang onzeker; taak voor rechtshulp gezet.",
            ),
        ],
        ..page.story(
            "S06-karima",
            report,
            desk(
                40,
                "hulp_gestart",
                "Zij wil hulp en geen politie; niets gedeeld.",
                1,
                routes,
            ),
        )
    }
}

fn karima_case() -> Case {
    Case {
        day: 0,
        organisation: "org-zco-VR13".into(),
        coordinator: "p-zco-VR13".into(),
        region: "VR13".into(),
        ground: "help_wanted".into(),
        victim: Victim {
            given_name: Some("Karima".to_owned()),
            age: Age::Certain { years: 34 },
            age_at_start: Some(30),
            sex: Sex::F,
            origin: Some("MA".into()),
            residence: "zonder_verblijf".into(),
            languages: codes(&["ar", "fr"]),
            threat: "low".into(),
            wishes: "Onbekend blijven. Geen politie.".to_owned(),
            ..Victim::default()
        },
        indicators: codes(&["cd_documents", "cd_wages"]),
        explanation: "Paspoort bij het gezin, vier jaar geen loon. Geen oordeel.".to_owned(),
        phases: vec![Phase {
            day: 0,
            phase: "intake".into(),
        }],
    }
}

fn karima_shelter() -> Shelter {
    let note = "Zonder verblijfsrecht en zonder bedenktijd alleen beperkt en tijdelijk; rechtshulp zoekt een grond.";
    Shelter {
        request: ShelterRequest {
            day: 5,
            by: "p-zco-VR13".into(),
            officer: "p-plaatsing-2".into(),
            persons: vec![Guest {
                age: 34,
                sex: Sex::F,
            }],
            form: "AU".into(),
            entitlement: "recht_onzeker".into(),
            security: 2,
            languages: codes(&["ar", "fr"]),
            urgency: 3,
            right_uncertain: true,
            ..ShelterRequest::default()
        },
        steps: vec![PlacementStep {
            day: 12,
            step: Placement::Unplaced {
                reason: "geen_recht".into(),
                note: note.to_owned(),
            },
        }],
    }
}
