//! Tests of this subject through its public face.

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

/// The complaint about extra entries in `forms.toml`, with lines counted from the first extra line; lines of the
/// file itself become `N`, so that the snapshots outlive its next change.
fn about_forms(entries: &str) -> String {
    let offset = forms("").lines().count();
    let complaint = complaint("forms.toml", &forms(entries));
    let shifted = complaint.lines().map(|line| {
        let line = hide_number(line, " on line ");
        let Some((number, rest)) = number_after(&line, "forms.toml:") else {
            return line;
        };
        format!("forms.toml:+{}{rest}", number.saturating_sub(offset))
    });
    shifted.collect::<Vec<_>>().join("\n")
}

fn number_after<'a>(line: &'a str, words: &str) -> Option<(usize, &'a str)> {
    let (_, rest) = line.split_once(words)?;
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    Some((rest[..digits].parse().ok()?, &rest[digits..]))
}

fn hide_number(line: &str, words: &str) -> String {
    match (line.split_once(words), number_after(line, words)) {
        (Some((before, _)), Some((_, after))) => format!("{before}{words}N{after}"),
        _ => line.to_owned(),
    }
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
valid_from = "2026-02-28"
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
    insta::assert_snapshot!(complaint, @r"
    the vocabulary has 10 faults
    forms.toml:+2 `SU`: the code also stands on line N of forms.toml for the same days; remove one of them
    forms.toml:+7 `QQ`: field `label_en` is missing; add it
    forms.toml:+10 `QQ`: field `colour` is unknown in this list; remove it or correct its spelling
    forms.toml:+11 `QQ`: field `valid_from` is the text `2026-02-28`; it must be a date of the calendar such as 2026-07-15, without quotation marks
    forms.toml:+12 `QQ`: field `counts_as_trafficking` is the text `no`; it must be `true` or `false`
    forms.toml:+13 `QQ`: field `parent` refers to `XX`, which is unknown in the list `forms`; correct the reference or add the entry
    forms.toml:+16 `Q R`: field `code`: `Q R` cannot be a code: use 1 to 64 letters, digits, `-` or `_`, beginning with a letter or digit
    forms.toml:+20: field `code` is missing; add it
    forms.toml:+29 `QT`: `valid_until` 2026-07-15 is not after `valid_from` 2026-07-15; the entry would never count, correct one of the dates
    forms.toml:+30 `QT`: field `certainty` is the text `hearsay`; it must be one of `sourced`, `general_knowledge`, `proposal`, `reconstruction`
    ");
}

#[test]
fn overlapping_validity_names_both_places() {
    let complaint = about_forms(
        "[[entry]]\ncode = \"EB\"\nlabel_nl = \"Oud\"\nlabel_en = \"Old\"\ncounts_as_trafficking = false\nvalid_until = 2027-01-01\n",
    );
    insta::assert_snapshot!(complaint, @r"
    the vocabulary has 1 fault
    forms.toml:+1 `EB`: the code is valid before 2027-01-01, and on line N of forms.toml from 2026-07-15: these days overlap; end one with `valid_until` on the day the other begins
    ");
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
    insta::assert_snapshot!(complaint, @r"
    the vocabulary has 1 fault
    forms.toml:+3 `EB-X`: field `parent` refers to `EB`, which is never valid on the same days in the list `forms`; correct the reference or add the entry
    ");
}

#[test]
fn broken_syntax_is_told_alone_and_not_followed_by_guesses() {
    insta::assert_snapshot!(complaint("roles.toml", "list = \"roles\"\nsource = \"x\"\nlicence = \"x\"\n\n[[entry]\ncode = \"a\"\n"), @r"
    the vocabulary has 1 fault
    roles.toml:5 `a`: cannot be read: unclosed array table, expected `]`; correct the syntax
    ");
    insta::assert_snapshot!(complaint("organisation_kinds.toml", "list = \"organisation_kinds\"\n\n[[entry]]\ncode = \"POL\"\ncode = \"POL\"\n"), @r"
    the vocabulary has 1 fault
    organisation_kinds.toml:5 `POL`: cannot be read: duplicate key; correct the syntax
    ");
    insta::assert_snapshot!(complaint("municipalities.csv", "# list: municipalities\n# source: x\n# licence: x\ncode,name\nGM0001,One,Two\n"), @r"
    the vocabulary has 1 fault
    municipalities.csv:5: cannot be read: the row has 3 cells where the names of the columns are 2; correct the syntax
    ");
}

#[test]
fn a_date_that_is_not_in_the_calendar_names_its_entry() {
    let complaint = about_forms(
        "[[entry]]\nlabel_nl = \"x\"\nvalid_from = 2026-02-30\ncode = \"QD\"\n\n[[entry]]\ncode = \"QE\"\n",
    );
    insta::assert_snapshot!(complaint, @r"
    the vocabulary has 1 fault
    forms.toml:+3 `QD`: cannot be read: invalid date, expected day between 01 and 28; correct the syntax
    ");
}

#[test]
fn a_file_without_header_or_list_is_refused() {
    insta::assert_snapshot!(complaint("forms.toml", ""), @r"
    the vocabulary has 3 faults
    forms.toml:1: field `licence` is missing; add it
    forms.toml:1: field `list` is missing; add it
    forms.toml:1: field `source` is missing; add it
    ");
    insta::assert_snapshot!(complaint("extra.toml", "list = \"colours\"\nsource = \"x\"\nlicence = \"x\"\n"), @r"
    the vocabulary has 1 fault
    extra.toml:1: `colours` is not a list of this vocabulary; correct `list`, see docs/vocabulary.md for the names
    ");
    insta::assert_snapshot!(complaint("extra.toml", "list = \"forms\"\n"), @r"
    the vocabulary has 3 faults
    extra.toml:1: the list has no entries; add at least one `[[entry]]` or row
    extra.toml:1: field `licence` is missing; add it
    extra.toml:1: field `source` is missing; add it
    ");
}

#[test]
fn csv_faults_name_their_line_too() {
    let text = "# list: countries\n# source: x\n# licence: x\n# certainty: sourced\n\
        code,alpha3,name,free_movement,valid_from\nNL,NLD,Nederland,yes,2026-13-01\nBE,,België,,\n";
    insta::assert_snapshot!(complaint("countries.csv", text), @r"
    the vocabulary has 3 faults
    countries.csv:6 `NL`: field `free_movement` is the text `yes`; it must be `true` or `false`
    countries.csv:6 `NL`: field `valid_from` is the text `2026-13-01`; it must be a date of the calendar such as 2026-07-15, without quotation marks
    countries.csv:7 `BE`: field `alpha3` is missing; add it
    ");
}

#[test]
fn a_code_that_rules_name_cannot_be_left_out() {
    let text = "list = \"refusal_reasons\"\nsource = \"x\"\nlicence = \"x\"\ncertainty = \"proposal\"\n\
        [[entry]]\ncode = \"vol\"\nlabel_nl = \"Vol\"\nlabel_en = \"Full\"\n";
    insta::assert_snapshot!(complaint("refusal_reasons.toml", text), @r"
    the vocabulary has 3 faults
    refusal_reasons.toml:1 `anders`: the program refers to this code and the list `refusal_reasons` does not hold it; add it, with `valid_until` if it no longer counts
    refusal_reasons.toml:1 `geen_recht`: the program refers to this code and the list `refusal_reasons` does not hold it; add it, with `valid_until` if it no longer counts
    refusal_reasons.toml:1 `veiligheid`: the program refers to this code and the list `refusal_reasons` does not hold it; add it, with `valid_until` if it no longer counts
    ");
}

#[test]
fn entries_that_contradict_each_other_are_refused() {
    let clock = "list = \"clocks\"\nsource = \"x\"\nlicence = \"x\"\ncertainty = \"proposal\"\n\
        [[entry]]\ncode = \"two\"\nlabel_nl = \"x\"\nlabel_en = \"x\"\nstarts_nl = \"x\"\nstarts_en = \"x\"\nmonths = 1\nweeks = 2\n";
    insta::assert_snapshot!(complaint("own_clocks.toml", clock), @r"
    the vocabulary has 1 fault
    own_clocks.toml:5 `two`: a clock has exactly one length; give one of `hours`, `days`, `working_days`, `weeks`, `months`, `years`, `on_date`, `host_decides`
    ");
    let municipality = "# list: municipalities\n# source: x\n# licence: x\n# certainty: sourced\n\
        code,name,safety_region,police_unit,province\nGM9999,Nergens,VR01,RE02,VR02\n";
    insta::assert_snapshot!(complaint("own_places.csv", municipality), @r"
    the vocabulary has 2 faults
    own_places.csv:6 `GM9999`: field `province` refers to `VR02`, which is not a province; correct the reference
    own_places.csv:6 `GM9999`: lies in police unit `RE02`, but its safety region `VR01` lies in another; correct one of them
    ");
    let home = "list = \"care_regions\"\nsource = \"x\"\nlicence = \"x\"\ncertainty = \"reconstruction\"\n\
        [[entry]]\ncode = \"late\"\nname = \"Late\"\nsafety_regions = [\"VR06\"]\nhome_kind = \"ZCO\"\nfrom_age = 60\n";
    insta::assert_snapshot!(complaint("own_homes.toml", home), @r"
    the vocabulary has 1 fault
    own_homes.toml:5 `late`: serves `VR06` for the same ages and days as `moviera_veluwe`; set ages or dates apart
    ");
}

#[test]
fn an_alias_means_one_thing() {
    let complaint = about_forms(
        "[[entry]]\ncode = \"ZZ\"\naliases = [\"SU\"]\nlabel_nl = \"x\"\nlabel_en = \"x\"\nhtcds = \"Other\"\n",
    );
    insta::assert_snapshot!(complaint, @r"
    the vocabulary has 1 fault
    forms.toml:+1 `ZZ`: alias `SU` already means `SU`; remove one of them
    ");
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
    assert_eq!(error.problems().len(), 47);
    assert!(error.to_string().contains("no file holds the list `forms`"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

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
                prop_assert!(!error.problems().is_empty() && !error.to_string().is_empty());
            }
        }
    }
}

#[test]
fn who_goes_on_with_the_help_also_receives_data_of_it() {
    let whole = super::super::builtin::files()
        .remove("organisation_kinds.toml")
        .unwrap();
    let entry = "\n[[entry]]\ncode = \"QQ\"\nlabel_nl = \"x\"\nlabel_en = \"x\"\ntask_nl = \"x\"\ntask_en = \"x\"\nregisters = \"never\"\n";
    let told = |more: &str| {
        let text = format!("{whole}{entry}{more}");
        complaint("organisation_kinds.toml", &text)
    };
    assert_eq!(
        told("receives_care = true\ntakes_over = true\n"),
        "nothing wrong"
    );
    assert!(told("takes_over = true\n").contains("needs `receives_care`"));
    let silent = told("may_read = false\nreceives_care = true\n");
    assert!(silent.contains("contradicts `receives_care`"), "{silent}");
}
