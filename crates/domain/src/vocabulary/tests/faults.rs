use proptest::prelude::*;

use super::super::*;

/// The text of what is wrong when one built-in file is replaced.
fn complaint(name: &str, text: &str) -> String {
    match Vocabulary::builtin_with([(name, text)]) {
        Ok(_) => "nothing wrong".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn forms(entries: &str) -> String {
    let whole = super::super::builtin::files().remove("forms.toml").unwrap();
    format!("{whole}\n# TEST\n{entries}")
}

/// The complaint about extra entries in `forms.toml`, with lines counted from the first extra line.
fn about_forms(entries: &str) -> String {
    let offset = forms("").lines().count();
    let complaint = complaint("forms.toml", &forms(entries));
    let shifted = complaint
        .lines()
        .map(|line| match line.strip_prefix("forms.toml:") {
            Some(rest) => {
                let (number, rest) =
                    rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap());
                let number: usize = number.parse().unwrap();
                format!("forms.toml:+{}{rest}", number.saturating_sub(offset))
            }
            None => line.to_owned(),
        });
    shifted.collect::<Vec<_>>().join("\n")
}

#[test]
fn all_faults_are_told_at_once_with_file_line_code_and_remedy() {
    let complaint = about_forms(
        r#"
[[entry]]
code = "SU"
label_nl = "Nog eens"
label_en = "Once more"

[[entry]]
code = "QQ"
label_nl = "Zonder Engels"
colour = "red"
valid_from = 2026-02-30
counts_as_trafficking = "no"
parent = "XX"

[[entry]]
code = "Q R"
label_nl = "Spatie"
label_en = "Space"

[[entry]]
label_nl = "Geen code"
label_en = "No code"

[[entry]]
code = "QT"
label_nl = "Nooit"
label_en = "Never"
valid_from = 2026-07-15
valid_until = 2026-07-15
certainty = "hearsay"
"#,
    );
    insta::assert_snapshot!(complaint, @"");
}

#[test]
fn overlapping_validity_names_both_places() {
    let complaint = about_forms(
        "[[entry]]\ncode = \"EB\"\nlabel_nl = \"Oud\"\nlabel_en = \"Old\"\ncounts_as_trafficking = false\nvalid_until = 2027-01-01\n",
    );
    insta::assert_snapshot!(complaint, @"");
}

#[test]
fn a_successor_may_begin_on_the_day_its_predecessor_ends() {
    let complaint = about_forms(
        "[[entry]]\ncode = \"EB\"\nlabel_nl = \"Oud\"\nlabel_en = \"Old\"\ncounts_as_trafficking = false\nvalid_until = 2026-07-15\n",
    );
    assert_eq!(complaint, "nothing wrong");
}

#[test]
fn a_reference_to_days_on_which_the_target_does_not_count_is_a_fault() {
    let complaint = about_forms(
        "[[entry]]\ncode = \"EB-X\"\nparent = \"EB\"\nlabel_nl = \"x\"\nlabel_en = \"x\"\ncounts_as_trafficking = false\nvalid_until = 2026-01-01\n",
    );
    insta::assert_snapshot!(complaint, @"");
}

#[test]
fn broken_syntax_is_told_alone_and_not_followed_by_guesses() {
    insta::assert_snapshot!(complaint("roles.toml", "list = \"roles\"\nsource = \"x\"\nlicence = \"x\"\n\n[[entry]\ncode = \"a\"\n"), @"");
    insta::assert_snapshot!(complaint("organisation_kinds.toml", "list = \"organisation_kinds\"\n\n[[entry]]\ncode = \"POL\"\ncode = \"POL\"\n"), @"");
    insta::assert_snapshot!(complaint("municipalities.csv", "# list: municipalities\n# source: x\n# licence: x\ncode,name\nGM0001,One,Two\n"), @"");
}

#[test]
fn a_file_without_header_or_list_is_refused() {
    insta::assert_snapshot!(complaint("forms.toml", ""), @"");
    insta::assert_snapshot!(complaint("extra.toml", "list = \"colours\"\nsource = \"x\"\nlicence = \"x\"\n"), @"");
    insta::assert_snapshot!(complaint("extra.toml", "list = \"forms\"\n"), @"");
}

#[test]
fn csv_faults_name_their_line_too() {
    let text = "# list: countries\n# source: x\n# licence: x\n# certainty: sourced\n\
        code,alpha3,name,free_movement,valid_from\nNL,NLD,Nederland,yes,2026-13-01\nBE,,België,,\n";
    insta::assert_snapshot!(complaint("countries.csv", text), @"");
}

#[test]
fn a_code_that_rules_name_cannot_be_left_out() {
    let text = "list = \"refusal_reasons\"\nsource = \"x\"\nlicence = \"x\"\ncertainty = \"proposal\"\n\
        [[entry]]\ncode = \"vol\"\nlabel_nl = \"Vol\"\nlabel_en = \"Full\"\n";
    insta::assert_snapshot!(complaint("refusal_reasons.toml", text), @"");
}

#[test]
fn entries_that_contradict_each_other_are_refused() {
    let clock = "list = \"clocks\"\nsource = \"x\"\nlicence = \"x\"\ncertainty = \"proposal\"\n\
        [[entry]]\ncode = \"two\"\nlabel_nl = \"x\"\nlabel_en = \"x\"\nstarts_nl = \"x\"\nstarts_en = \"x\"\nmonths = 1\nweeks = 70000\n";
    insta::assert_snapshot!(complaint("own_clocks.toml", clock), @"");
    let municipality = "# list: municipalities\n# source: x\n# licence: x\n# certainty: sourced\n\
        code,name,safety_region,police_unit,province\nGM9999,Nergens,VR01,RE02,VR02\n";
    insta::assert_snapshot!(complaint("own_places.csv", municipality), @"");
    let home = "list = \"care_regions\"\nsource = \"x\"\nlicence = \"x\"\ncertainty = \"reconstruction\"\n\
        [[entry]]\ncode = \"late\"\nname = \"Late\"\nsafety_regions = [\"VR06\"]\nhome_kind = \"ZCO\"\nfrom_age = 60\n";
    insta::assert_snapshot!(complaint("own_homes.toml", home), @"");
}

#[test]
fn an_alias_means_one_thing() {
    let complaint = about_forms(
        "[[entry]]\ncode = \"ZZ\"\naliases = [\"SU\"]\nlabel_nl = \"x\"\nlabel_en = \"x\"\nhtcds = \"Other\"\n",
    );
    insta::assert_snapshot!(complaint, @"");
}

#[test]
fn a_windows_file_reads_like_any_other() {
    let files = super::super::builtin::files();
    let windows = |name: &str| format!("\u{feff}{}", files[name].replace('\n', "\r\n"));
    for name in ["forms.toml", "countries.csv"] {
        assert_eq!(complaint(name, &windows(name)), "nothing wrong", "{name}");
    }
}

#[test]
fn no_files_at_all_name_every_missing_list() {
    let error = Vocabulary::from_files(Vec::<(String, String)>::new()).unwrap_err();
    assert_eq!(error.problems().len(), 35);
    assert!(error.to_string().contains("no file holds the list `forms`"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_files_never_panic(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), junk in "\\PC{0,8}") {
        let files = super::super::builtin::files();
        let (name, text) = files.iter().nth(which.index(files.len())).unwrap();
        let mut place = at.index(text.len());
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        let (head, tail) = text.split_at(place);
        for damaged in [head.to_owned(), format!("{head}{junk}{tail}"), format!("{junk}{tail}")] {
            if let Err(error) = Vocabulary::builtin_with([(name.clone(), damaged)]) {
                prop_assert!(!error.problems().is_empty());
                prop_assert!(error.to_string().contains(name.as_str()) || error.to_string().contains("no file holds"));
            }
        }
    }
}
