//! The expected answer of every row of the sharing matrix, written down by hand: certain and uncertain, with and without what the
//! row asks for, on the day before and the day after each day on which the law changes.

use law::Verdict;
use serde_json::Value;

use crate::{With, ask, law, question, says};

const STATISTICAL: [&str; 7] = [
    "sector", "age", "sex", "origin", "region", "form", "reporter",
];
const SHELTER: [&str; 5] = ["safety", "care_needs", "family", "language", "entitlement"];
const INVESTIGATING: [&str; 3] = ["POL", "KMAR", "NLA"];
const SHELTERS: [&str; 4] = ["COSM", "OMM", "VO", "MO"];

/// Everything asked may go, on this row.
fn yes(row: u8, question: &Value) {
    let answer = ask(question);
    assert_eq!(says(&answer), "yes", "row {row}: {question}\n{answer:?}");
    assert!(
        answer.withheld.is_empty(),
        "row {row}: {:?}",
        answer.withheld
    );
    let rows: Vec<_> = answer
        .grounds
        .iter()
        .filter_map(|ground| ground.row)
        .collect();
    assert!(
        rows.contains(&row),
        "row {row} is not among {rows:?}: {question}"
    );
}

fn no(row: u8, question: &Value) {
    let answer = ask(question);
    assert_eq!(says(&answer), "no", "row {row}: {question}\n{answer:?}");
    assert!(answer.data.is_empty());
}

fn unclear(row: u8, question: &Value) {
    let answer = ask(question);
    assert_eq!(
        says(&answer),
        "unclear",
        "row {row}: {question}\n{answer:?}"
    );
    assert!(answer.data.is_empty());
    assert!(!answer.who_decides.is_empty(), "row {row}: nobody decides");
}

/// These categories may not go, alone or with others.
fn never_goes(row: u8, question: &Value, data: &[&str]) {
    for category in data {
        let alone = question.clone().with("data", serde_json::json!([category]));
        let answer = ask(&alone);
        assert!(
            answer.data.is_empty(),
            "row {row}: {category} goes: {alone}"
        );
        let mut more = question["data"].clone();
        more.as_array_mut()
            .unwrap()
            .push(serde_json::json!(category));
        let together = ask(&question.clone().with("data", more));
        assert!(
            !together.data.iter().any(|data| data == category),
            "row {row}: {category} goes along"
        );
    }
}

#[test]
fn row_1_police_and_marechaussee_register_without_consent() {
    for from in ["POL", "KMAR"] {
        let question = question(from, "COM", "registration", &STATISTICAL);
        yes(1, &question);
        never_goes(
            1,
            &question,
            &[
                "identity",
                "contact",
                "statement",
                "medical",
                "address",
                "offender",
            ],
        );
        let answer = ask(&question);
        assert_eq!(answer.obligations[0].code, "register_possible_victim");
        assert!(answer.conditions.iter().any(|c| c.code == "inform_person"));
    }
}

#[test]
fn row_2_the_labour_authority_registers_without_consent() {
    yes(2, &question("NLA", "COM", "registration", &STATISTICAL));
}

#[test]
fn row_3_shelter_is_asked_and_passed_on_with_consent() {
    for from in INVESTIGATING {
        yes(3, &question(from, "COM", "shelter", &SHELTER));
        yes(3, &question(from, "COM", "care", &SHELTER));
    }
    for to in SHELTERS {
        let onward = question("COM", to, "shelter", &SHELTER);
        no(3, &onward);
        yes(3, &onward.clone().consent(&["self"], false));
        never_goes(
            3,
            &onward.consent(&["self"], true),
            &["statement", "offender", "medical"],
        );
    }
}

#[test]
fn row_4_care_registers_with_written_consent_and_otherwise_only_counts() {
    for from in [
        "JZ", "ZCO", "NGO", "FW", "COSM", "GGD", "FIER", "CKM", "NID", "GI",
    ] {
        let register = question(from, "COM", "registration", &STATISTICAL);
        yes(4, &register.clone().consent(&["self"], true));
        unclear(4, &register);
        unclear(4, &register.clone().consent(&["self"], false));
        never_goes(
            4,
            &register.consent(&["self"], true),
            &["identity", "medical"],
        );
        let place = question(from, "COM", "shelter", &SHELTER);
        no(4, &place);
        no(4, &place.clone().consent(&["self"], false));
        yes(4, &place.consent(&["self"], true));
        let count = question(
            from,
            "COM",
            "monitoring",
            &["sector", "region", "form", "reporter"],
        );
        yes(4, &count);
        never_goes(4, &count, &["identity", "age", "origin"]);
    }
}

#[test]
fn row_4_a_consent_taken_back_is_no_doubt_but_a_no() {
    let question = question("ZCO", "COM", "registration", &STATISTICAL).consent(&["self"], true);
    let mut question = question;
    question["consent"][0]["given"] = serde_json::json!("2026-10-01");
    question["consent"][0]["withdrawn"] = serde_json::json!("2026-11-20");
    no(4, &question);
}

#[test]
fn row_5_the_rapporteur_receives_figures() {
    let question = question("COM", "NRM", "monitoring", &STATISTICAL);
    yes(5, &question);
    never_goes(5, &question, &["identity", "contact", "observations"]);
}

#[test]
fn row_6_the_reporting_code_needs_dependency_or_a_child() {
    let facts = ["identity", "observations", "safety", "family"];
    for from in ["ZCO", "JZ", "GGD", "GEM-WMO", "NGO", "GEM"] {
        let adult = question(from, "VT", "child_protection", &facts);
        unclear(6, &adult);
        yes(6, &adult.clone().so(&["dependency_relation"]));
        yes(6, &adult.clone().aged(15, true));
        yes(6, &adult.clone().aged(29, false));
        never_goes(
            6,
            &adult.so(&["dependency_relation"]),
            &["statement", "medical", "opinion"],
        );
    }
}

#[test]
fn row_7_acute_danger_opens_the_way_to_the_police() {
    for from in ["ZCO", "JZ", "GGD", "COSM", "VT", "COM"] {
        let asked = question(
            from,
            "POL",
            "acute_danger",
            &["identity", "safety", "observations"],
        );
        no(7, &asked);
        yes(7, &asked.clone().so(&["acute_danger"]));
        no(
            7,
            &asked
                .clone()
                .so(&["missing", "own_task", "dependency_relation"]),
        );
        never_goes(
            7,
            &asked.so(&["acute_danger"]),
            &["medical", "care_needs", "statement"],
        );
        let consented = question(from, "POL", "investigation", &["identity", "observations"]);
        no(7, &consented);
        yes(7, &consented.consent(&["self"], false));
    }
    let answer = ask(&question("ZCO", "POL", "acute_danger", &["identity"]).so(&["acute_danger"]));
    assert!(answer.conditions.iter().any(|c| c.code == "six_questions"));
}

#[test]
fn row_8_whoever_has_no_secret_may_report_a_crime() {
    for from in ["GEM-OOV", "GEM", "VICTIM", "KET", "COA"] {
        for to in ["POL", "KMAR", "NLA", "M"] {
            yes(
                8,
                &question(
                    from,
                    to,
                    "investigation",
                    &["observations", "company", "vehicle"],
                ),
            );
        }
    }
    no(
        8,
        &question("GEM-WMO", "POL", "investigation", &["observations"]),
    );
    no(
        8,
        &question("POL", "PRV", "investigation", &["observations"]),
    );
}

#[test]
fn row_9_police_serve_prosecutor_and_mayor() {
    yes(
        9,
        &question(
            "POL",
            "OM",
            "investigation",
            &["identity", "statement", "offender", "observations"],
        ),
    );
    let mayor = question(
        "POL",
        "MAYOR",
        "barriers",
        &["company", "offender", "region"],
    );
    yes(9, &mayor);
    never_goes(9, &mayor, &["identity", "statement", "family"]);
}

#[test]
fn row_10_help_hears_a_name_by_a_decision_or_with_consent() {
    let data = ["identity", "contact", "safety", "language"];
    for to in ["ZCO", "COSM", "OMM", "VO", "MO"] {
        let question = question("POL", to, "care", &data);
        no(10, &question);
        yes(10, &question.clone().so(&["incidental_wpg19"]));
        yes(10, &question.clone().consent(&["self"], false));
        never_goes(
            10,
            &question.so(&["incidental_wpg19"]),
            &["statement", "observations", "medical"],
        );
    }
    let answer = ask(&question("POL", "ZCO", "care", &data).so(&["incidental_wpg19"]));
    assert!(
        answer
            .conditions
            .iter()
            .any(|c| c.code == "authorised_decision")
    );
}

#[test]
fn row_10_for_the_labour_authority_is_unclear_and_says_who_decides() {
    let data = ["identity", "contact", "safety", "language"];
    let question = question("NLA", "ZCO", "care", &data);
    assert_eq!(ask(&question).verdict, Verdict::No);
    let answer = ask(&question.so(&["incidental_wpg19", "acute_danger"]));
    assert_eq!(answer.verdict, Verdict::Unclear);
    assert!(answer.data.is_empty() && !answer.who_decides.is_empty());
}

#[test]
fn row_10_gives_no_more_because_there_is_danger() {
    let data = [
        "identity", "contact", "safety", "language", "age", "sex", "family",
    ];
    let danger = question("POL", "ZCO", "care", &data);
    no(10, &danger.clone().so(&["acute_danger"]));
    let decided = ask(&danger.so(&["acute_danger", "incidental_wpg19"]));
    let goes: Vec<&str> = decided.data.iter().map(|d| d.as_str()).collect();
    assert_eq!(goes, ["identity", "contact", "safety", "language"]);
}

#[test]
fn row_11_police_contribute_by_the_police_act_and_then_by_the_cooperation_act() {
    for to in ["RIEC", "ZVH"] {
        let question = question(
            "POL",
            to,
            "cooperation",
            &["identity", "offender", "company"],
        );
        no(11, &question);
        let inside = question.so(&["inside_cooperation"]);
        yes(11, &inside.clone().on("2025-02-28"));
        yes(11, &inside.clone().on("2025-03-01"));
        let law_of = |date: &str| {
            let answer = ask(&inside.clone().on(date));
            answer
                .grounds
                .iter()
                .map(|g| g.law.nl.clone())
                .collect::<Vec<_>>()
        };
        assert!(
            !law_of("2025-02-28")
                .iter()
                .any(|law| law.contains("samenwerkingsverbanden"))
        );
        assert!(
            law_of("2025-03-01")
                .iter()
                .any(|law| law.contains("samenwerkingsverbanden"))
        );
    }
}

#[test]
fn row_12_the_care_and_safety_house_works_both_ways_since_march_2025() {
    for (from, to) in [
        ("GEM-WMO", "ZVH"),
        ("RECL", "ZVH"),
        ("ZVH", "GI"),
        ("ZVH", "POL"),
    ] {
        let question = question(from, to, "cooperation", &["identity", "safety", "family"]);
        no(12, &question);
        let inside = question.so(&["inside_cooperation"]);
        yes(12, &inside);
        yes(12, &inside.clone().on("2025-03-01"));
        no(12, &inside.clone().on("2025-02-28"));
        unclear(
            12,
            &inside
                .clone()
                .with("data", serde_json::json!(["medical", "statement"])),
        );
        no(
            12,
            &inside
                .with("data", serde_json::json!(["medical"]))
                .on("2025-02-28"),
        );
    }
}

#[test]
fn row_13_the_riec_works_both_ways_and_leaves_victims_out() {
    for (from, to) in [
        ("GEM-OOV", "RIEC"),
        ("NLA", "RIEC"),
        ("RIEC", "GEM-OOV"),
        ("LIEC", "KMAR"),
    ] {
        let question = question(from, to, "cooperation", &["company", "offender", "vehicle"]);
        no(13, &question);
        let inside = question.so(&["inside_cooperation"]);
        yes(13, &inside);
        yes(13, &inside.clone().on("2025-03-01"));
        no(13, &inside.clone().on("2025-02-28"));
        never_goes(13, &inside, &["medical", "care_needs", "contact", "family"]);
    }
    let victim = question("NLA", "RIEC", "cooperation", &["identity"]).so(&["inside_cooperation"]);
    unclear(13, &victim);
}

#[test]
fn row_14_one_cooperation_serves_another_since_march_2025() {
    for (from, to) in [("ZVH", "RIEC"), ("RIEC", "ZVH")] {
        let question = question(from, to, "cooperation", &["offender", "status"]);
        no(14, &question);
        let inside = question.so(&["inside_cooperation"]);
        yes(14, &inside);
        yes(14, &inside.clone().on("2025-03-01"));
        no(14, &inside.clone().on("2025-02-28"));
        never_goes(14, &inside, &["identity", "medical", "statement"]);
    }
}

#[test]
fn row_15_care_does_not_tell_public_order() {
    for purpose in [
        "barriers",
        "cooperation",
        "acute_danger",
        "care",
        "investigation",
    ] {
        let question = question("GEM-WMO", "GEM-OOV", purpose, &["identity", "observations"]);
        no(15, &question);
        no(
            15,
            &question
                .clone()
                .so(&["acute_danger", "own_task", "dependency_relation"]),
        );
        no(15, &question.clone().consent(&["self"], false));
        yes(15, &question.consent(&["self"], true));
    }
    let by_row_7 = question("GEM-WMO", "POL", "acute_danger", &["identity"]).so(&["acute_danger"]);
    yes(7, &by_row_7);
}

#[test]
fn row_16_a_municipality_gives_what_support_needs() {
    for from in ["GEM-WMO", "GEM"] {
        let needed = question(
            from,
            "ZCO",
            "care",
            &["identity", "care_needs", "entitlement"],
        );
        yes(16, &needed);
        let more = question(from, "VO", "care", &["medical"]);
        no(16, &more);
        yes(16, &more.consent(&["self"], false));
    }
}

#[test]
fn row_17_an_invoice_names_no_person_no_reason_and_no_address() {
    for from in SHELTERS {
        for to in ["GEM", "GEM-WMO", "CGM"] {
            let question = question(from, to, "payment", &["entitlement", "dates"]);
            yes(17, &question);
            never_goes(
                17,
                &question,
                &["address", "identity", "form", "care_needs", "observations"],
            );
        }
    }
}

#[test]
fn row_18_youth_care_shares_with_consent_by_age() {
    let data = ["identity", "care_needs"];
    let question = question("JZ", "ZCO", "handover", &data);
    no(18, &question);
    yes(
        18,
        &question.clone().aged(17, true).consent(&["self"], false),
    );
    no(
        18,
        &question.clone().aged(15, true).consent(&["self"], true),
    );
    no(
        18,
        &question.clone().aged(15, true).consent(&["parents"], true),
    );
    yes(
        18,
        &question
            .clone()
            .aged(15, true)
            .consent(&["self", "parents"], true),
    );
    no(18, &question.aged(9, true).consent(&["one_parent"], true));
}

#[test]
fn row_19_the_institution_is_told_under_a_measure_and_the_board_for_its_task() {
    for from in ["JZ", "GGD", "ZCO", "POL", "VT"] {
        let institution =
            question(from, "GI", "child_protection", &["observations", "safety"]).aged(14, true);
        no(19, &institution);
        yes(19, &institution.clone().so(&["court_measure"]));
        no(19, &institution.so(&["court_measure"]).aged(19, true));
        let board = question(
            from,
            "RVDK",
            "child_protection",
            &["observations", "safety"],
        );
        yes(19, &board.clone().aged(14, true));
        no(19, &board.aged(19, true));
    }
}

#[test]
fn row_20_medical_secrecy_opens_with_consent_only() {
    for to in ["ZCO", "VO", "JZ"] {
        let question = question("GGD", to, "care", &["medical", "care_needs"]);
        no(20, &question);
        no(
            20,
            &question.clone().so(&["own_task", "inside_cooperation"]),
        );
        yes(20, &question.consent(&["self"], false));
    }
}

#[test]
fn row_21_the_immigration_service_hears_that_and_not_what() {
    for from in ["POL", "KMAR"] {
        let question = question(from, "IND", "residence", &["identity", "dates", "status"]);
        yes(21, &question);
        never_goes(
            21,
            &question,
            &[
                "statement",
                "observations",
                "care_needs",
                "medical",
                "family",
                "safety",
            ],
        );
    }
    yes(
        21,
        &question("POL", "DTV", "residence", &["status", "dates"]),
    );
    never_goes(
        21,
        &question("POL", "DTV", "residence", &["status"]),
        &["identity", "statement"],
    );
    no(21, &question("NLA", "IND", "residence", &["statement"]));
}

#[test]
fn row_22_the_prosecutor_tells_status_only() {
    let question = question("OM", "IND", "residence", &["status"]);
    yes(22, &question);
    never_goes(
        22,
        &question,
        &["statement", "observations", "identity", "offender"],
    );
}

#[test]
fn row_23_the_immigration_service_to_help_is_uncertain_whatever_is_so() {
    for to in ["ZCO", "COSM", "VO"] {
        let question = question("IND", to, "residence", &["status", "dates"]);
        unclear(23, &question);
        unclear(23, &question.clone().so(&["own_task"]));
        unclear(23, &question.consent(&["self"], true));
    }
}

#[test]
fn row_24_the_opinion_goes_to_the_person_who_decides_further() {
    yes(24, &question("K4", "VICTIM", "opinion", &["opinion"]));
    let lawyer = question("K4", "ADV", "opinion", &["opinion"]);
    no(24, &lawyer);
    yes(24, &lawyer.consent(&["self"], false));
    no(24, &question("K4", "POL", "opinion", &["opinion"]));
    no(
        24,
        &question("K4", "OM", "use_of_opinion", &["opinion"]).consent(&["self"], true),
    );
}

#[test]
fn row_25_the_person_uses_the_opinion_herself_or_has_it_sent() {
    for to in ["IND", "SGM", "GEM", "ZCO"] {
        yes(25, &question("VICTIM", to, "use_of_opinion", &["opinion"]));
        let sent = question("K4", to, "use_of_opinion", &["opinion"]);
        no(25, &sent);
        yes(25, &sent.consent(&["self"], false));
    }
}

#[test]
fn row_26_a_victim_who_wants_to_know_hears_the_status() {
    for from in ["OM", "POL"] {
        let question = question(from, "VICTIM", "inform_victim", &["status", "dates"]);
        no(26, &question);
        yes(26, &question.clone().so(&["victim_opted_in"]));
        never_goes(
            26,
            &question.so(&["victim_opted_in"]),
            &["statement", "offender"],
        );
    }
}

#[test]
fn row_27_a_victim_who_wants_to_know_hears_of_the_release() {
    for from in ["DJI", "OM"] {
        let question = question(from, "VICTIM", "inform_victim", &["dates"]);
        no(27, &question);
        let answer = ask(&question.clone().so(&["victim_opted_in"]));
        assert_eq!(says(&answer), "yes");
        never_goes(
            27,
            &question.so(&["victim_opted_in"]),
            &["address", "offender", "region"],
        );
    }
    yes(
        27,
        &question("DJI", "VICTIM", "inform_victim", &["dates"]).so(&["victim_opted_in"]),
    );
}

#[test]
fn row_28_supervision_never_hears_where_the_victim_is() {
    for (from, to) in [
        ("RECL", "OM"),
        ("RECL", "DJI"),
        ("OM", "RECL"),
        ("DJI", "RECL"),
    ] {
        let question = question(from, to, "supervision", &["offender", "status", "region"]);
        yes(28, &question);
        never_goes(28, &question, &["address", "contact", "family"]);
    }
}

#[test]
fn row_29_signals_from_business_go_one_way() {
    for from in ["KVK", "PRV"] {
        for to in ["POL", "NLA", "FIU", "M"] {
            yes(
                29,
                &question(from, to, "investigation", &["company", "observations"]),
            );
        }
    }
    for from in ["POL", "NLA", "RIEC", "GEM-OOV", "COM"] {
        no(
            29,
            &question(from, "PRV", "barriers", &["company"]).so(&["inside_cooperation"]),
        );
    }
}

#[test]
fn row_30_the_expertise_centre_works_with_police_abroad() {
    for (from, to) in [("EMM", "FOREIGN"), ("FOREIGN", "EMM")] {
        let question = question(
            from,
            to,
            "investigation",
            &["identity", "offender", "vehicle"],
        );
        yes(30, &question);
        never_goes(30, &question, &["medical", "care_needs", "family"]);
    }
    yes(
        30,
        &question("POL", "EMM", "investigation", &["observations", "vehicle"]),
    );
    no(
        30,
        &question("ZCO", "EMM", "investigation", &["observations"]),
    );
}

#[test]
fn row_31_help_hands_over_with_consent_or_for_life() {
    let data = ["identity", "care_needs", "safety"];
    let question = question("ZCO", "ZCO", "handover", &data);
    no(31, &question);
    yes(31, &question.clone().consent(&["self"], false));
    yes(31, &question.clone().so(&["acute_danger"]));
    never_goes(
        31,
        &question.so(&["acute_danger"]),
        &["medical", "statement"],
    );
}

#[test]
fn row_32_a_missing_ward_is_reported_without_consent() {
    for from in ["NID", "COA"] {
        for to in ["POL", "COM"] {
            let question = question(
                from,
                to,
                "missing_child",
                &["identity", "observations", "contact"],
            )
            .aged(16, true);
            no(32, &question);
            yes(32, &question.clone().so(&["missing"]));
            no(32, &question.so(&["missing"]).aged(19, true));
        }
    }
}

#[test]
fn row_33_the_chat_warns_for_a_child_in_acute_danger() {
    for to in ["VT", "POL"] {
        let question =
            question("CHAT", to, "acute_danger", &["observations", "contact"]).aged(14, true);
        let answer = ask(&question.clone().so(&["acute_danger"]));
        assert_eq!(says(&answer), "yes");
    }
    no(
        33,
        &question("CHAT", "POL", "acute_danger", &["observations"]).aged(14, true),
    );
    let safe_words = ask(&question("CHAT", "POL", "acute_danger", &["phone"])
        .aged(14, true)
        .so(&["acute_danger"]));
    let rows: Vec<_> = safe_words.grounds.iter().filter_map(|g| g.row).collect();
    assert!(rows.contains(&33) || rows.contains(&7), "{rows:?}");
}

#[test]
fn row_34_researchers_receive_what_points_to_nobody() {
    let question = question("COM", "RESEARCH", "research", &STATISTICAL);
    yes(34, &question);
    never_goes(
        34,
        &question,
        &["identity", "contact", "statement", "medical"],
    );
}

#[test]
fn row_35_whoever_is_suspected_never_receives_anything() {
    let law = law();
    let every = |list: &str| -> Vec<String> {
        let vocabulary =
            serde_json::to_value(domain::vocabulary::Vocabulary::builtin().unwrap()).unwrap();
        let entries = vocabulary[list].as_array().unwrap().clone();
        entries
            .iter()
            .map(|e| e["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let data = every("data_categories");
    let data: Vec<&str> = data.iter().map(String::as_str).collect();
    let circumstances = every("circumstances");
    let circumstances: Vec<&str> = circumstances.iter().map(String::as_str).collect();
    for from in every("organisation_kinds") {
        for purpose in every("purposes") {
            let question = question(&from, "SUSPECTED", &purpose, &data)
                .so(&circumstances)
                .consent(&["self", "parents", "guardian"], true);
            let read = law.read_question(question.to_string().as_bytes()).unwrap();
            let answer = law.decide(&read);
            assert_eq!(says(&answer), "no", "{question}");
            assert!(answer.data.is_empty() && answer.instead.is_empty());
            assert_eq!(answer.grounds[0].row, Some(35));
        }
    }
}

#[test]
fn an_address_never_goes_along() {
    for (from, to, purpose, so) in [
        ("POL", "COM", "shelter", "acute_danger"),
        ("ZCO", "POL", "acute_danger", "acute_danger"),
        ("NID", "POL", "missing_child", "missing"),
        ("RECL", "OM", "supervision", "own_task"),
    ] {
        let question = question(from, to, purpose, &["address"])
            .so(&[so])
            .consent(&["self"], true);
        assert_eq!(says(&ask(&question)), "no");
    }
}

#[test]
fn a_day_before_the_table_begins_is_for_a_lawyer() {
    let question = question("POL", "COM", "registration", &STATISTICAL);
    unclear(1, &question.clone().on("2018-05-24"));
    yes(1, &question.on("2018-05-25"));
    let suspected =
        self::question("POL", "SUSPECTED", "registration", &STATISTICAL).on("2018-05-24");
    no(35, &suspected);
}
