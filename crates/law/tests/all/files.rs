//! Files with faults: each is refused with file, line and what to do.

use std::sync::Arc;

use domain::vocabulary::Vocabulary;
use law::{Files, Law};

fn vocabulary() -> Arc<Vocabulary> {
    Arc::new(Vocabulary::builtin().unwrap().clone())
}

fn faults(files: &Files) -> String {
    match Law::open_unsigned(files, &vocabulary()) {
        Ok(_) => panic!("was accepted"),
        Err(error) => error.to_string(),
    }
}

const POLICE: &str = "acts/01-police-registration.toml";

/// The built-in files with a change in one act.
fn with(name: &str, from: &str, to: &str) -> Files {
    let files = Files::built_in();
    let text = files.text(name).unwrap().to_owned();
    assert!(text.contains(from), "{name} does not hold {from:?}");
    files.with(name, text.replacen(from, to, 1))
}

fn refused(name: &str, from: &str, to: &str, expected: &str) {
    let words = faults(&with(name, from, to));
    assert!(
        words.contains(expected),
        "expected {expected:?} in:\n{words}"
    );
    let place = format!("policies/{name}:");
    let with_line = words
        .split(&place)
        .skip(1)
        .any(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    assert!(with_line, "no file with a line: {words}");
}

/// The lines of a file that its faults name.
fn lines(name: &str, from: &str, to: &str) -> Vec<usize> {
    let words = faults(&with(name, from, to));
    let place = format!("policies/{name}:");
    let numbers = words.split(&place).skip(1).map(|rest| {
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next();
        digits.unwrap().parse().unwrap()
    });
    numbers.collect()
}

fn line_of(name: &str, text: &str) -> usize {
    let files = Files::built_in();
    let all = files.text(name).unwrap();
    let at = all.find(text).unwrap();
    all[..at].matches('\n').count() + 1
}

#[test]
fn a_fault_names_the_line_on_which_it_stands() {
    for (from, to) in [
        ("row = 1\n", "row = 100\n"),
        ("valid_from", "valid_until = 2018-05-24\nvalid_from"),
        ("certainty = \"A\"", "certainty = \"D\""),
        (
            "purposes = [\"registration\"]",
            "purposes = [\"registratie\"]",
        ),
        ("law = \"Bpg\"", "law = \"Bgp\""),
    ] {
        let line = line_of(POLICE, from);
        let named = lines(POLICE, from, to);
        assert!(
            named.contains(&line),
            "{to:?} stands on {line}, said {named:?}"
        );
    }
}

#[test]
fn a_code_that_is_named_twice_is_refused() {
    let twice = "\"sector\", \"sector\"";
    refused(POLICE, "\"sector\"", twice, "`data` names `sector` twice");
}

#[test]
fn the_band_of_doubt_is_a_minors() {
    refused(
        "ages.toml",
        "code = \"uncertain\"\nminor = true",
        "code = \"uncertain\"\nminor = false",
        "the band without ages is the one of doubt",
    );
}

#[test]
fn the_built_in_files_are_sound() {
    Law::built_in().unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn an_act_can_be_added_without_touching_the_program() {
    let act = r#"
id = "99-example"
row = 9
title_nl = "De politie vertelt de GGD iets"
title_en = "The police tell the GGD something"
from = ["POL"]
to = ["GGD"]
purposes = ["care"]
data = ["language"]
valid_from = 2026-01-01
certainty = "B"
source = "an example"

[activity]
id = "example"
version = 1
dpv_purposes = ["dpv:ServiceProvision"]
dpv_legal_bases = ["eu-gdpr:A6-1-e"]

[[ground]]
law = "Wpg"
article = "18"
"#;
    let files = Files::built_in().with("acts/99-example.toml", act);
    let law = Law::open_unsigned(&files, &vocabulary()).unwrap_or_else(|error| panic!("{error}"));
    let ask = |date: &str| {
        let question = format!(
            r#"{{"date":"{date}","from":"POL","to":"GGD","purpose":"care","data":["language"]}}"#
        );
        let read = law.read_question(question.as_bytes()).unwrap();
        law.decide(&read).verdict
    };
    assert_eq!(ask("2026-01-01"), law::Verdict::Yes);
    assert_eq!(ask("2025-12-31"), law::Verdict::No);
}

#[test]
fn unknown_members_and_codes_are_named_with_file_and_line() {
    refused(POLICE, "row = 1", "row = 1\nrows = 2", "`rows` is unknown");
    refused(
        POLICE,
        "\"POL\"",
        "\"POLL\"",
        "`from`: `POLL` is not in vocabulary/organisation_kinds.toml",
    );
    refused(POLICE, "\"COM\"", "\"@everyone\"", "`@everyone`");
    refused(
        POLICE,
        "\"registration\"",
        "\"registratie\"",
        "`purposes`: `registratie` is not in vocabulary/purposes.toml",
    );
    refused(
        POLICE,
        "\"sector\"",
        "\"sektor\"",
        "`data`: `sektor` is not in vocabulary/data_categories.toml",
    );
    refused(POLICE, "inform_person", "tell_somebody", "conditions.toml");
    refused(POLICE, "law = \"Bpg\"", "law = \"Bgp\"", "laws.toml");
    refused(
        POLICE,
        "certainty = \"A\"",
        "certainty = \"D\"",
        "the grades A",
    );
    refused(POLICE, "dpv:LegalCompliance", "dpv:Legal", "dpv.toml");
    refused(
        POLICE,
        "duty = \"register_possible_victim\"",
        "duty = \"x\"",
        "duties.toml",
    );
    refused(POLICE, "row = 1", "row = 100", "`row` must be");
    refused(
        POLICE,
        "valid_from = 2018-05-25",
        "valid_from = 2018-05-32",
        "",
    );
    refused(
        "acts/03-placement-to-shelter.toml",
        "rule = \"care\"",
        "rule = \"notice\"",
        "consent rules",
    );
    refused(
        "acts/19-child-protection-board.toml",
        "\"16_17\"",
        "\"16-17\"",
        "bands of ages.toml",
    );
    refused(
        "acts/04-care-registration.toml",
        "04-anonymous-count",
        "04-count",
        "ids of the acts",
    );
}

#[test]
fn missing_members_are_named() {
    refused(POLICE, "title_nl", "titel_nl", "`title_nl` is missing");
    refused(
        POLICE,
        "valid_from = 2018-05-25\n",
        "",
        "`valid_from` is missing",
    );
    refused(POLICE, "source = ", "bron = ", "`source` is missing");
    refused(POLICE, "data = [", "deta = [", "`data` is missing");
    refused(
        POLICE,
        "to = [\"COM\"]",
        "to = []",
        "`to` must be a list that is not empty",
    );
    refused(POLICE, "article = ", "artikel = ", "`article` is missing");
}

#[test]
fn syntax_faults_have_their_line() {
    let words = faults(&with(POLICE, "to = [\"COM\"]", "to = [\"COM\""));
    assert!(
        words.contains("policies/acts/01-police-registration.toml:"),
        "{words}"
    );
    assert!(words.contains("cannot be read"), "{words}");
}

#[test]
fn duplicate_ids_and_overlapping_dates_are_refused() {
    let text = Files::built_in().text(POLICE).unwrap().to_owned();
    let words = faults(&Files::built_in().with("acts/01-again.toml", text.clone()));
    assert!(
        words.contains("the id also stands in policies/acts/01-again.toml")
            || words.contains("for the same days"),
        "{words}"
    );
    let later = text.replace("valid_from = 2018-05-25", "valid_from = 2020-01-01");
    let words = faults(&Files::built_in().with("acts/01-later.toml", later));
    assert!(words.contains("these days overlap"), "{words}");
    refused(
        "acts/11-police-to-cooperation-wpg.toml",
        "valid_until = 2025-03-01",
        "valid_until = 2025-03-02",
        "these days overlap",
    );
    refused(
        "acts/11-police-to-cooperation-wpg.toml",
        "valid_until = 2025-03-01",
        "valid_until = 2018-05-25",
        "the act would never count",
    );
}

#[test]
fn what_an_act_must_be_as_a_whole() {
    let c = "acts/23-immigration-to-help.toml";
    let text = Files::built_in().text(c).unwrap().to_owned();
    let nobody: String = text
        .lines()
        .filter(|line| !line.starts_with("who_decides"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(faults(&Files::built_in().with(c, nobody)).contains("somebody has to decide"));
    refused(
        POLICE,
        "certainty = \"A\"",
        "certainty = \"C\"",
        "somebody has to decide",
    );
    refused(
        POLICE,
        "data = [\"identity\"",
        "data = [\"sector\", \"identity\"",
        "both in `data` and in `excluded`: sector",
    );
    refused(
        POLICE,
        "data = [\"sector\"",
        "data = [\"*\", \"sector\"",
        "only an act that forbids may say `*`",
    );
    let without_ground = text.split("[[ground]]").next().unwrap().to_owned();
    assert!(faults(&Files::built_in().with(c, without_ground)).contains("an act without a ground"));
    refused(
        "acts/29-nothing-back-to-business.toml",
        "why_nl",
        "waarom_nl",
        "`why_nl` is missing",
    );
}

#[test]
fn an_act_that_forbids_carries_nothing_that_opens() {
    const FORBIDS: &str = "acts/29-nothing-back-to-business.toml";
    let activity = "[activity]\nid = \"x\"\nversion = 1\ndpv_purposes = [\"dpv:ServiceProvision\"]\ndpv_legal_bases = [\"eu-gdpr:A6-1-e\"]\n\n[[ground]]";
    let doubt =
        "certainty = \"C\"\nwho_decides_nl = \"de jurist\"\nwho_decides_en = \"the lawyer\"";
    for (from, to) in [
        (
            "[[ground]]",
            "[consent]\nrule = \"registration\"\nwritten = true\n\n[[ground]]",
        ),
        ("[[ground]]", activity),
        ("certainty = \"B\"", doubt),
        (
            "certainty = \"B\"",
            "certainty = \"B\"\ninstead = [\"04-anonymous-count\"]",
        ),
    ] {
        refused(FORBIDS, from, to, "an act that forbids has no");
    }
}

#[test]
fn row_35_cannot_be_taken_out_or_weakened() {
    let gone = Files::built_in().without("acts/35-suspected-never.toml");
    assert!(faults(&gone).contains("restore it"));
    for (from, to) in [
        ("from = [\"@anyone\"]", "from = [\"POL\"]"),
        (
            "effect = \"forbid\"",
            "effect = \"forbid\"\nvalid_until = 2030-01-01",
        ),
        (
            "effect = \"forbid\"",
            "effect = \"forbid\"\ncircumstances = [\"acute_danger\"]",
        ),
        ("purposes = [\"*\"]", "purposes = [\"care\"]"),
    ] {
        assert!(
            faults(&with("acts/35-suspected-never.toml", from, to)).contains("restore it"),
            "{to}"
        );
    }
    refused(
        "acts/16-municipality-to-help.toml",
        "\"ZCO\"",
        "\"ZCO\", \"SUSPECTED\"",
        "take SUSPECTED out",
    );
    refused(
        "acts/16-municipality-to-help.toml",
        "\"ZCO\"",
        "\"@anyone\"",
        "take SUSPECTED out",
    );
}

#[test]
fn the_short_lists_are_checked_too() {
    refused("groups.toml", "\"@helpers\"", "\"@helper\"", "`@helper`");
    refused(
        "groups.toml",
        "members = [\"COSM\"",
        "members = [\"@secrecy\", \"COSM\"",
        "names itself",
    );
    refused(
        "groups.toml",
        "\"Anybody\"\nall = true",
        "\"Anybody\"\nall = true\nmembers = [\"POL\"]",
        "either `all = true` or `members`",
    );
    refused(
        "laws.toml",
        "code = \"AVG\"",
        "code = \"UAVG\"",
        "the code also stands",
    );
    refused(
        "texts.toml",
        "code = \"answer_yes\"",
        "code = \"answer_yeah\"",
        "no answer uses",
    );
    refused(
        "texts.toml",
        "code = \"why_only\"\nnl = \"Dit mag alleen {ways}.\"",
        "code = \"why_only\"\nnl = \"Dit mag alleen {wat}.\"",
        "`wat`, which is not known",
    );
    refused(
        "ages.toml",
        "until = 12",
        "until = 11",
        "the age 11 stands in 0 bands",
    );
    refused(
        "ages.toml",
        "from = 16\nuntil = 18\nminor = true",
        "from = 16\nuntil = 18\nminor = false",
        "whether it is a minor's is wrong",
    );
    refused(
        "ages.toml",
        "who = [\"self+parents\", \"self+guardian\"]",
        "who = [\"self+mother\"]",
        "`mother`",
    );
    refused(
        "duties.toml",
        "clock = \"registration\"",
        "clock = \"register\"",
        "vocabulary/clocks.toml",
    );
    let gone = Files::built_in().without("texts.toml");
    assert!(faults(&gone).contains("policies/texts.toml: the file is missing"));
    let extra = Files::built_in().with("extra.toml", "");
    assert!(faults(&extra).contains("policies/extra.toml: the law knows no such file"));
    let silent = with(
        "conditions.toml",
        "code = \"parents_excluded\"",
        "code = \"parents_out\"",
    );
    assert!(faults(&silent).contains("parents_excluded"));
}

#[test]
fn an_activity_whose_purpose_changes_needs_a_new_version() {
    refused(
        "acts/02-labour-authority-registration.toml",
        "dpv_purposes = [\"dpv:LegalCompliance\", ",
        "dpv_purposes = [",
        "give it a new version",
    );
}

#[test]
fn a_rule_of_age_speaks_of_every_band_and_a_file_holds_what_it_is_for() {
    refused(
        "ages.toml",
        "[[rule.at]]\nband = \"16_17\"\nwho = [\"self\"]\n",
        "",
        "the rule says nothing of band `16_17`; add it",
    );
    let empty = Files::built_in().with("duties.toml", "# nothing\n");
    let words = faults(&empty);
    assert!(
        words.contains("policies/duties.toml:1: there is no [[duty]] in this file"),
        "{words}"
    );
}

#[test]
fn a_fault_names_its_act_also_in_a_table_within_it() {
    refused(
        POLICE,
        "law = \"Bpg\"",
        "law = \"Bgp\"",
        "`01-police-registration`",
    );
    let words = faults(&with(POLICE, "law = \"Bpg\"", "law = \"Bgp\""));
    let mut about = words.lines().filter(|line| line.contains("Bgp"));
    assert!(
        about.all(|line| line.contains("`01-police-registration`")),
        "{words}"
    );
}

/// What is missing at the end of a line is missing on that line.
#[test]
fn a_line_that_ends_too_early_is_named_and_not_the_next() {
    let words = faults(&with(POLICE, "row = 1\n", "row =\n"));
    let line = line_of(POLICE, "row = 1\n");
    assert!(
        words.contains(&format!("policies/{POLICE}:{line}:")),
        "{words}"
    );
}

#[test]
fn faults_are_counted_in_good_english() {
    let one = faults(&Files::built_in().without("texts.toml"));
    assert!(one.starts_with("the law of sharing has 1 fault\n"), "{one}");
    let two = Files::built_in()
        .with("extra.toml", "")
        .with("more.toml", "");
    let two = faults(&two);
    assert!(
        two.starts_with("the law of sharing has 2 faults\n"),
        "{two}"
    );
}

#[test]
fn every_fault_is_told_at_once() {
    let files = with(POLICE, "\"POL\"", "\"POLL\"");
    let text = files
        .text("laws.toml")
        .unwrap()
        .replacen("name_nl", "naam", 1);
    let words = faults(&files.with("laws.toml", text));
    assert!(
        words.contains("POLL")
            && words.contains("`name_nl` is missing")
            && words.contains("`naam` is unknown"),
        "{words}"
    );
}

#[test]
fn a_code_that_no_list_has_is_refused_with_the_list_that_should() {
    refused(
        POLICE,
        "from = [\"POL\"",
        "from = [\"POLITIE\"",
        "vocabulary/",
    );
    let words = faults(&with(POLICE, "from = [\"POL\"", "from = [\"POLITIE\""));
    let list = words.split("vocabulary/").nth(1).unwrap();
    assert!(
        list.starts_with(|c: char| c.is_ascii_lowercase()),
        "{words}"
    );
    assert!(
        !list.starts_with("xyzzy") && list.contains(".toml"),
        "{words}"
    );
}

#[test]
fn the_bands_of_age_are_checked() {
    let ages = "ages.toml";
    refused(
        ages,
        "from = 12\nuntil = 16",
        "from = 12\nuntil = 12",
        "`until` must be above `from`",
    );
    refused(
        ages,
        "from = 12\nuntil = 16",
        "from = 12\nuntil = 11",
        "`until` must be above `from`",
    );
    refused(
        ages,
        "code = \"uncertain\"\n",
        "code = \"uncertain\"\nuntil = 3\n",
        "`until` without `from`",
    );
    refused(
        ages,
        "code = \"12_15\"",
        "code = \"under_12\"",
        "the code also stands above",
    );
}

#[test]
fn a_duty_of_others_is_not_the_duty_of_an_act() {
    let expected = "the duty is not one of these organisations";
    refused(POLICE, "from = [\"POL\"", "from = [\"ZCO\"", expected);
    refused(POLICE, "to = [\"COM\"]", "to = [\"ZCO\"]", expected);
}

#[test]
fn an_id_is_short_and_has_no_strange_letters() {
    let expected = "1 to 64 letters, digits";
    let long = "a".repeat(65);
    for wrong in ["01 police", "-police", "01/police", long.as_str()] {
        let to = format!("id = \"{wrong}\"");
        refused(POLICE, "id = \"01-police-registration\"", &to, expected);
    }
    let longest = format!("id = \"{}\"", "a".repeat(64));
    let files = with(POLICE, "id = \"01-police-registration\"", &longest);
    Law::open_unsigned(&files, &vocabulary()).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_text_of_spaces_is_no_text_and_a_moment_is_no_day() {
    refused(
        POLICE,
        "title_nl = \"Politie",
        "title_nl = \" \"\n# \"Politie",
        "a text that is not empty",
    );
    for moment in ["2018-05-25T10:00:00", "2018-05-25T10:00:00Z"] {
        let to = format!("valid_from = {moment}");
        refused(POLICE, "valid_from = 2018-05-25", &to, "valid_from");
    }
}

#[test]
fn every_fault_can_be_read_one_by_one() {
    let files = with(POLICE, "certainty = \"A\"", "certainty = \"D\"");
    let Err(error) = Law::open_unsigned(&files, &vocabulary()) else {
        panic!("was accepted");
    };
    assert!(!error.faults().is_empty());
}

/// The vocabulary with kinds of subject added until there are so many.
fn vocabulary_with_kinds(all: usize) -> Arc<Vocabulary> {
    let known = vocabulary().subject_kinds.all().len();
    let more = (known..all).map(|n| {
        format!(
            "[[entry]]\ncode = \"kind_{n}\"\nlabel_nl = \"Soort {n}\"\nlabel_en = \"Kind {n}\"\n"
        )
    });
    let head = "list = \"subject_kinds\"\nsource = \"an example\"\nlicence = \"CC0-1.0\"\ncertainty = \"proposal\"\n";
    let text: String = std::iter::once(head.to_owned()).chain(more).collect();
    Arc::new(
        Vocabulary::builtin_with([("more_kinds.toml", text)]).unwrap_or_else(|e| panic!("{e}")),
    )
}

#[test]
fn a_list_holds_as_many_codes_as_can_be_numbered_and_not_one_more() {
    let files = Files::built_in();
    Law::open_unsigned(&files, &vocabulary_with_kinds(128)).unwrap_or_else(|e| panic!("{e}"));
    let one_more = Law::open_unsigned(&files, &vocabulary_with_kinds(129));
    let words = one_more.err().map(|e| e.to_string()).unwrap_or_default();
    assert!(
        words.contains("subject_kinds") && words.contains("more than 128 codes"),
        "{words}"
    );
}
