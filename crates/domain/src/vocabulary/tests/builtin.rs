//! Tests of this subject through its public face.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::*;
use super::{AFTER, BEFORE, builtin};

#[test]
fn the_builtin_files_are_good() {
    assert!(
        Vocabulary::builtin().is_ok(),
        "{:#?}",
        Vocabulary::builtin().err()
    );
}

#[test]
fn every_file_on_disk_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vocabulary");
    let on_disk: BTreeMap<String, String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    let built_in: BTreeMap<String, String> = super::super::builtin::files()
        .into_iter()
        .map(|(name, text)| (name, text.into_owned()))
        .collect();
    assert_eq!(
        on_disk.keys().collect::<Vec<_>>(),
        built_in.keys().collect::<Vec<_>>(),
        "the folder and what is built in differ: build.rs no longer watches the folder"
    );
    assert!(
        on_disk == built_in,
        "a built-in file differs from the one on disk"
    );
}

#[test]
fn the_law_of_july_2026_adds_three_forms_and_a_neighbour() {
    let forms_on = |day| -> BTreeSet<&str> {
        builtin()
            .forms
            .valid_on(day)
            .map(|form| form.code.as_str())
            .collect()
    };
    let (before, after) = (forms_on(BEFORE), forms_on(AFTER));
    let new: Vec<&str> = after.difference(&before).copied().collect();
    assert_eq!(new, ["DM", "EB", "GH", "IA"]);
    assert!(before.is_subset(&after));

    let disadvantage = FormCode::literal("EB");
    let error = builtin().form(&disadvantage, BEFORE).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`EB` is not a code of the list `forms` on 2026-07-14: it counts from 2026-07-15; choose a code that counts on that day"
    );
}

#[test]
fn only_serious_disadvantage_is_never_counted_as_trafficking() {
    let uncounted: Vec<&str> = builtin()
        .forms
        .all()
        .iter()
        .filter(|form| !form.facts.counts_as_trafficking)
        .map(|form| form.code.as_str())
        .collect();
    assert_eq!(uncounted, ["EB"]);
}

#[test]
fn forms_that_count_as_trafficking_can_be_exported_to_htcds() {
    let values = [
        "ForcedLabour",
        "SexualExploitation",
        "ChildLabour",
        "ForcedMarriage",
        "Servitude",
        "ForcedMilitaryByNonStateActors",
        "OrganRemoval",
        "ForcedBegging",
        "ForcedAdoption",
        "Surrogacy",
        "Other",
    ];
    for form in builtin().forms.all() {
        let mark = matches!(form.facts.level, FormLevel::Mark(_));
        let expected = form.facts.counts_as_trafficking && !mark;
        assert_eq!(form.facts.htcds.is_some(), expected, "{}", form.code);
        if let Some(value) = &form.facts.htcds {
            assert!(values.contains(&value.as_str()), "{}: {value}", form.code);
        }
    }
}

#[test]
fn the_country_is_complete() {
    let vocabulary = builtin();
    let count = |kind| vocabulary.regions_of(kind, AFTER).count();
    assert_eq!(count(RegionKind::PoliceUnit), 10);
    assert_eq!(count(RegionKind::SafetyRegion), 25);
    assert_eq!(count(RegionKind::Province), 12);
    assert_eq!(vocabulary.municipalities.valid_on(AFTER).count(), 342);
    assert_eq!(vocabulary.centre_municipalities.valid_on(AFTER).count(), 35);
    assert_eq!(vocabulary.countries.valid_on(AFTER).count(), 249);
    assert_eq!(vocabulary.action_lines.valid_on(AFTER).count(), 6);
    assert_eq!(vocabulary.strategic_goals.valid_on(AFTER).count(), 3);
    assert_eq!(vocabulary.compartments.valid_on(AFTER).count(), 7);
}

#[test]
fn municipalities_agree_with_the_published_list() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/geo/gemeente_regio_2023.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not here", path.display());
        return;
    };
    let name_of = |code: &RegionCode| builtin().region(code, AFTER).unwrap().label(Lang::Nl);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut compared = 0;
    for record in reader.records() {
        let record = record.unwrap();
        let code = MunicipalityCode::new(&record[0]).unwrap();
        let municipality = builtin().municipality(&code, AFTER).unwrap();
        let facts = &municipality.facts;
        assert_eq!(municipality.label(Lang::Nl), &record[1]);
        assert_eq!(facts.safety_region.as_str(), &record[2]);
        assert_eq!(name_of(&facts.safety_region), &record[3]);
        assert_eq!(name_of(&facts.police_unit), &record[4]);
        assert_eq!(name_of(&facts.province), &record[5]);
        compared += 1;
    }
    assert_eq!(compared, 342);
}

#[test]
fn everybody_has_exactly_one_home_of_care_coordination() {
    let vocabulary = builtin();
    for region in vocabulary.regions_of(RegionKind::SafetyRegion, AFTER) {
        for age in 0..100 {
            assert!(
                vocabulary
                    .care_region(&region.code, Some(age), AFTER)
                    .is_some(),
                "{} {age}",
                region.code
            );
        }
    }
    let home = |age, day| {
        let region = RegionCode::literal(if age == 0 { "VR05" } else { "VR06" });
        vocabulary
            .care_region(&region, Some(age), day)
            .unwrap()
            .code
            .as_str()
    };
    assert_eq!(home(22, AFTER), "mee_veluwe");
    assert_eq!(home(23, AFTER), "moviera_veluwe");
    assert_eq!(home(0, jiff::civil::date(2021, 4, 30)), "comensha_twente");
    assert_eq!(home(0, jiff::civil::date(2021, 5, 1)), "vr_twente");
    let unknown = vocabulary
        .care_region(&RegionCode::literal("VR06"), None, AFTER)
        .unwrap();
    assert_eq!(unknown.code, "mee_veluwe", "doubt means minor");
    assert!(
        vocabulary
            .care_regions
            .all()
            .iter()
            .all(|home| home.certainty == Certainty::Reconstruction)
    );
}

#[test]
fn roles_work_where_the_plan_of_compartments_puts_them() {
    let placed: Vec<String> = builtin()
        .roles
        .valid_on(AFTER)
        .map(|role| {
            let compartment = role.facts.compartment.as_ref().map_or("-", Code::as_str);
            format!("{} {compartment}", role.code)
        })
        .collect();
    insta::assert_snapshot!(placed.join("\n"), @r"
    signal_desk K1
    investigator K5
    care_coordinator K3
    placement_officer K3
    shelter_staff K3
    registrar K2
    panel_secretary K4
    panel_member K4
    barrier_officer K6
    programme_office K7
    action_holder K7
    auditor -
    privacy_officer -
    people_admin -
    system_admin -
    ");
}

#[test]
fn police_marechaussee_and_labour_authority_register_without_consent() {
    let by_duty: Vec<&str> = builtin()
        .organisation_kinds
        .valid_on(AFTER)
        .filter(|kind| kind.facts.registers == Registers::ByDuty)
        .map(|kind| kind.code.as_str())
        .collect();
    assert_eq!(by_duty, ["POL", "KMAR", "NLA"]);
}

#[test]
fn who_may_not_read_works_in_no_compartment() {
    let silent: Vec<&str> = builtin()
        .organisation_kinds
        .all()
        .iter()
        .filter(|kind| !kind.facts.may_read)
        .map(|kind| kind.code.as_str())
        .collect();
    assert_eq!(silent, ["M", "PRV", "SUSPECTED"]);
}

#[test]
fn no_ministry_mayor_or_prosecutor_is_offered_data_of_care() {
    let kinds = &builtin().organisation_kinds;
    let receives = |code: &str| {
        let kind = kinds.valid_on(AFTER).find(|kind| kind.code.is(code));
        kind.unwrap().facts.receives_care
    };
    for code in [
        "JENV",
        "VWS",
        "MAYOR",
        "GEM-OOV",
        "RIEC",
        "OM",
        "KVK",
        "PRV",
        "SUSPECTED",
    ] {
        assert!(!receives(code), "{code}");
    }
    for code in ["ZCO", "JZ", "GI", "SHN", "ADV", "COM", "K4"] {
        assert!(receives(code), "{code}");
    }
    let over: Vec<&str> = kinds
        .valid_on(AFTER)
        .filter(|kind| kind.facts.takes_over)
        .map(|kind| kind.code.as_str())
        .collect();
    assert!(over.contains(&"ZCO") && !over.contains(&"POL") && !over.contains(&"ADV"));
    let places: Vec<&str> = kinds
        .valid_on(AFTER)
        .filter(|kind| kind.facts.name_tells_place)
        .map(|kind| kind.code.as_str())
        .collect();
    assert_eq!(places, ["JZ", "COA", "COSM", "OMM", "VO", "MO", "FIER"]);
}

#[test]
fn codes_of_the_command_contract_are_all_there() {
    let vocabulary = builtin();
    let organisations = "POL KMAR NLA OM EMM COM ZCO KET GEM CGM RIEC/LIEC ZVH VT RVDK GI JZ NID IND DTV COA COSM OMM \
        VO/MO SHN SGM ADV FW CKM/FIER NGO M KVK PRV GGD HALT RECL NRM JENV VWS SZW BZ AenM AP VICTIM RESEARCH \
        FOREIGN CHAT SUSPECTED GEM-WMO GEM-OOV K4 MAYOR RIEC LIEC VO MO CKM FIER";
    for code in organisations.split_whitespace() {
        assert!(
            vocabulary.organisation_kinds.resolve(code, AFTER).is_ok(),
            "{code}"
        );
    }
    let purposes = "registration shelter care monitoring acute_danger child_protection investigation cooperation \
        barriers residence opinion use_of_opinion inform_victim supervision handover missing_child payment research";
    assert_eq!(
        codes_on_after(&vocabulary.purposes),
        purposes.split_whitespace().collect::<Vec<_>>()
    );
    let data = "sector age sex origin region form reporter period identity contact language family safety care_needs \
        medical entitlement observations statement status dates offender company vehicle phone opinion address";
    assert_eq!(
        codes_on_after(&vocabulary.data_categories),
        data.split_whitespace().collect::<Vec<_>>()
    );
    let circumstances = "acute_danger dependency_relation inside_cooperation court_measure incidental_wpg19 \
        victim_opted_in parent_suspected missing own_task";
    assert_eq!(
        codes_on_after(&vocabulary.circumstances),
        circumstances.split_whitespace().collect::<Vec<_>>()
    );
    assert_eq!(
        codes_on_after(&vocabulary.consent_givers),
        ["self", "parents", "one_parent", "guardian"]
    );
    assert!(codes_on_after(&vocabulary.subject_kinds).contains(&"possible_victim"));
}

fn codes_on_after<F: Facts>(list: &List<F>) -> Vec<&str> {
    list.valid_on(AFTER)
        .map(|entry| entry.code.as_str())
        .collect()
}

#[test]
fn annex_one_holds_what_runs_is_delayed_or_finished() {
    let annex: Vec<&str> = builtin()
        .action_statuses
        .valid_on(AFTER)
        .filter(|status| status.facts.in_annex)
        .map(|status| status.code.as_str())
        .collect();
    assert_eq!(annex, ["loopt", "vertraagd", "afgerond"]);
}

#[test]
fn every_entry_says_where_it_comes_from_and_never_cites_our_own_notes() {
    for (name, text) in super::super::builtin::files() {
        assert!(
            !text.contains("domain.md"),
            "{name} cites a note of ours instead of its source"
        );
        assert!(
            !text.contains('\r') && !text.contains('\t'),
            "{name} holds tabs or carriage returns"
        );
    }
    assert!(
        builtin()
            .forms
            .all()
            .iter()
            .all(|form| form.source.len() > 3)
    );
    assert!(
        builtin()
            .clocks
            .all()
            .iter()
            .all(|clock| clock.source.len() > 3)
    );
}

#[test]
fn labels_exist_in_both_languages_and_the_vocabulary_prints_as_json() {
    let form = builtin().form(&FormCode::literal("GH"), AFTER).unwrap();
    let words: Vec<&str> = Lang::ALL.into_iter().map(|lang| form.label(lang)).collect();
    assert_eq!(words, ["Gedwongen huwelijk", "Forced marriage"]);

    let json = serde_json::to_value(builtin()).unwrap();
    let printed = &json["forms"]
        .as_array()
        .unwrap()
        .iter()
        .find(|form| form["code"] == "GH")
        .unwrap();
    // In one order, whether or not another crate of the workspace makes JSON keep the order of its members.
    let sorted = sorted(printed);
    insta::assert_snapshot!(serde_json::to_string_pretty(&sorted).unwrap(), @r#"
    {
      "certainty": "sourced",
      "code": "GH",
      "counts_as_trafficking": true,
      "htcds": "ForcedMarriage",
      "label": {
        "en": "Forced marriage",
        "nl": "Gedwongen huwelijk"
      },
      "law": "art. 273f Sr as amended by bill 36835",
      "level": {
        "level": "main"
      },
      "policy_priority": false,
      "source": "Kamerstukken 36835 (implementation of Directive (EU) 2024/1712, to be transposed by 15 July 2026)",
      "valid_from": "2026-07-15"
    }
    "#);
}

#[test]
fn a_host_replaces_one_file_and_keeps_the_rest() {
    let own = "# list: centre_municipalities\n# source: host\n# licence: own\n# certainty: sourced\n\
        code,name,municipality\nGM0363,Amsterdam,GM0363\n";
    let vocabulary = Vocabulary::builtin_with([("centre_municipalities.csv", own)]).unwrap();
    assert_eq!(vocabulary.centre_municipalities.all().len(), 1);
    assert_eq!(vocabulary.forms, builtin().forms);
    assert_eq!(vocabulary.centre_municipalities.sources()[0].source, "host");
}

#[test]
fn a_host_adds_a_file_to_a_list() {
    let own = "list = \"forms\"\nsource = \"host\"\nlicence = \"own\"\ncertainty = \"proposal\"\n\
        [[entry]]\ncode = \"AU-BLOEM\"\nparent = \"AU\"\nlabel_nl = \"Bloemen\"\nlabel_en = \"Flowers\"\n";
    let vocabulary = Vocabulary::builtin_with([("forms_host.toml", own)]).unwrap();
    let form = vocabulary
        .form(&FormCode::literal("AU-BLOEM"), BEFORE)
        .unwrap();
    assert_eq!(form.facts.parent().unwrap().as_str(), "AU");
    assert_eq!(
        vocabulary.forms.all().len(),
        builtin().forms.all().len() + 1
    );
}

#[test]
fn the_documentation_names_every_list_and_every_file() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/vocabulary.md");
    let text = std::fs::read_to_string(page).unwrap();
    let json = serde_json::to_value(builtin()).unwrap();
    for list in json.as_object().unwrap().keys() {
        assert!(
            text.contains(&format!("| `{list}` |")),
            "docs/vocabulary.md lacks the list `{list}`"
        );
    }
    for file in super::super::builtin::files().keys() {
        assert!(
            text.contains(file.as_str()),
            "docs/vocabulary.md lacks the file {file}"
        );
    }
}

fn sorted(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(members) => {
            let ordered: std::collections::BTreeMap<_, _> = members.iter().collect();
            let pairs = ordered.into_iter().map(|(k, v)| (k.clone(), sorted(v)));
            serde_json::Value::Object(pairs.collect())
        }
        serde_json::Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
