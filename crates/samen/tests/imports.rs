//! Files of others through the real program: what is sound is taken over once, what is not is named, and no file makes it
//! stumble.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ACTIONS: &str = "id,line,title,description,goal,holder,involved,forms,ages,result,start,end,status,status_date,budget_eur,indicators,links\n\
    1.a,1,Campagne,Een campagne,1,JENV,POL;COM,SU;AU,minor,Meer meldingen,2026-01-01,2026-12-31,loopt,2026-11-01,120000,aantal meldingen,https://example.nl/a\n\
    2.b,2,Training,,,COM,,,,,2026-02-01,,vertraagd,2026-10-01,,,\n";

const CASES: &str = "prs_FirstName,prs_SecondName,prs_Birthdate,prs_Gender,prs_Citizenship,vic_TypeOfExploitation,cas_Status\n\
    Zofia,W.,1998-03-09,Feminine,PL,Forced labour,Active\n\
    ,,,,,Sexual exploitation,Active\n\
    ,,,,,Sexual exploitation,Active\n\
    Ana,K.,2031-01-01,Feminine,PL,Forced labour,Active\n\
    Ion,Dorpsstraat 12 3511 AB Utrecht,,Masculine,RO,Servitude,Active\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Runs the program in this place; its store, if it needs one, is here.
    fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_samen"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .output()
            .unwrap();
        Run::of(arguments, output)
    }

    /// A store with an organisation that cares and one that keeps the programme.
    fn with_store() -> Place {
        let place = Place::new();
        for (name, kind) in [
            ("Zorg Haaglanden", "ZCO"),
            ("Programmabureau", "JENV"),
            ("Coördinatie", "COM"),
            ("Politie", "POL"),
        ] {
            let added = place.run(&["org", "add", "--name", name, "--kind", kind]);
            assert_eq!(added.code, 0, "{}", added.err);
        }
        place
    }
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn of(arguments: &[&str], output: Output) -> Run {
        let run = Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        for said in [&run.out, &run.err] {
            assert!(!said.contains("panicked"), "{arguments:?}: {said}");
        }
        run
    }

    fn summary(&self) -> serde_json::Value {
        let last = self.out.lines().last().unwrap_or_default();
        serde_json::from_str(last).unwrap_or_else(|e| panic!("{e}: {}\n{}", self.out, self.err))
    }
}

fn name(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let place = Place::new();
    let cases = place.file("cases.csv", CASES.as_bytes());
    let run = place.run(&["import", "htcds", name(&cases), "--dry-run"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let summary = run.summary();
    assert_eq!(summary["rows"], 5);
    assert_eq!(summary["accepted"], 3);
    assert_eq!(summary["refused"], 2);
    assert!(
        run.err.contains("line 5, column 3 (prs_Birthdate)"),
        "{}",
        run.err
    );
    assert!(run.err.contains("line 6"), "{}", run.err);
    assert!(!run.err.contains("Dorpsstraat"), "an address in a message");
    assert!(!place.path("cases.csv.refused.csv").exists());
    assert!(!place.path("samen-data").exists());

    let actions = place.file("actions.csv", ACTIONS.as_bytes());
    let run = place.run(&["plan", "import", name(&actions), "--dry-run"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.summary()["added"], 2);
    assert!(!place.path("samen-data").exists());
}

#[test]
fn cases_are_taken_over_once() {
    let place = Place::with_store();
    let cases = place.file("cases.csv", CASES.as_bytes());
    let import = ["import", "htcds", name(&cases), "--org", "Zorg Haaglanden"];
    let first = place.run(&import);
    assert_eq!(first.code, 1, "{}", first.err);
    let summary = first.summary();
    assert_eq!(
        (&summary["accepted"], &summary["imported_before"]),
        (&3.into(), &0.into())
    );
    let refused = std::fs::read_to_string(place.path("cases.csv.refused.csv")).unwrap();
    assert!(
        refused.starts_with("file,line,column,field,value,expected\n"),
        "{refused}"
    );
    assert!(refused.contains("prs_Birthdate"), "{refused}");
    assert!(!refused.contains("Dorpsstraat"), "{refused}");

    let again = place.run(&import).summary();
    assert_eq!(
        (&again["accepted"], &again["imported_before"]),
        (&0.into(), &3.into())
    );
    // The mended file: what was taken over before is not taken over again, the mended row is.
    let mended = CASES.replace("2031-01-01", "1991-01-01");
    place.file("cases.csv", mended.as_bytes());
    let third = place.run(&import).summary();
    assert_eq!(
        (&third["accepted"], &third["imported_before"]),
        (&1.into(), &3.into())
    );
    let checked = [import.as_slice(), &["--addresses-checked"]].concat();
    let fourth = place.run(&checked);
    assert_eq!(fourth.code, 0, "{}", fourth.err);
    assert_eq!(fourth.summary()["accepted"], 1);
    let refused = std::fs::read_to_string(place.path("cases.csv.refused.csv")).unwrap();
    assert_eq!(
        refused.lines().count(),
        1,
        "an old list of refused rows stays: {refused}"
    );
    let verified = place.run(&["verify"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    assert_eq!(verified.summary()["kinds"]["case"], 5, "{}", verified.out);
}

#[test]
fn actions_become_a_register_and_a_letter() {
    let place = Place::with_store();
    let actions = place.file("actions.csv", ACTIONS.as_bytes());
    let first = place.run(&["plan", "import", name(&actions)]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert_eq!(first.summary()["added"], 2);
    let again = place.run(&["import", "plan", name(&actions)]).summary();
    assert_eq!(
        (&again["added"], &again["unchanged"]),
        (&0.into(), &2.into())
    );

    let wrong = ACTIONS
        .replace(",loopt,", ",bezig,")
        .replace("2,Training", "9,Training");
    let wrong = place.file("wrong.csv", wrong.as_bytes());
    let refused = place.run(&["plan", "import", name(&wrong)]);
    assert_eq!(refused.code, 1);
    assert_eq!(refused.summary()["refused"], 2);
    for said in ["line 2, column 13 (status)", "line 3, column 2 (line)"] {
        assert!(refused.err.contains(said), "{}", refused.err);
    }

    let checked = place.run(&["plan", "check"]);
    let findings = checked.summary();
    assert_eq!(findings["actions"], 2);
    assert_eq!(
        checked.code == 0,
        findings["sound"] == true,
        "{}",
        checked.out
    );

    for (format, begins) in [("md", "#"), ("html", "<!"), ("pdf", "%PDF-")] {
        let out = place.path(&format!("letter.{format}"));
        let made = place.run(&[
            "plan",
            "letter",
            "--edition",
            "2026-2",
            "--format",
            format,
            "--out",
            name(&out),
        ]);
        if format == "pdf" {
            // A letter without signatory and opening is a draft: it can be read, but not printed as the letter.
            assert_eq!(made.code, 1, "{}", made.err);
            assert!(made.err.contains("head/signatory/office"), "{}", made.err);
            assert!(!out.exists(), "nothing is half-written");
            continue;
        }
        assert_eq!(made.code, 0, "{format}: {}", made.err);
        assert_eq!(made.summary()["actions"], 2);
        let bytes = std::fs::read(&out).unwrap();
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(600)]).to_lowercase();
        assert!(head.contains(&begins.to_lowercase()), "{format}: {head}");
        assert!(
            String::from_utf8(bytes).unwrap().contains("Campagne"),
            "{format}"
        );
    }
    for wrong in ["2026", "2026-9", "zes", "9999-1"] {
        let out = place.path("no.html");
        let made = place.run(&[
            "plan",
            "letter",
            "--edition",
            wrong,
            "--format",
            "html",
            "--out",
            name(&out),
        ]);
        assert_ne!(made.code, 0, "{wrong}");
        assert!(made.err.contains(wrong), "{wrong}: {}", made.err);
        assert!(!out.exists());
    }
}

#[test]
fn a_total_that_its_rows_contradict_is_caught_without_a_store() {
    let place = Place::new();
    let table = "Organisatie,Profiel vastgesteld?,Kosten\nA,Afgerond,100\nB,Loopt,50\nC,Afgerond,25\nTotaal,3,175\n";
    let file = place.file("milestones.csv", table.as_bytes());
    let checked = place.run(&["plan", "check", name(&file)]);
    assert_eq!(checked.code, 1, "{}{}", checked.out, checked.err);
    let found = checked.summary();
    assert_eq!(
        (&found["totals"], &found["sound"]),
        (&2.into(), &false.into())
    );
    assert!(
        checked
            .err
            .contains("line 5, column 2: the total says 3, its rows make 2"),
        "{}",
        checked.err
    );
    let sound = place.file(
        "sound.csv",
        table.replace("Totaal,3", "Totaal,2").as_bytes(),
    );
    let checked = place.run(&["plan", "check", name(&sound)]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert!(!place.path("samen-data").exists());
}

#[test]
fn what_is_exported_and_imported_again_changes_nothing_and_a_trial_says_what_would_change() {
    let place = Place::with_store();
    let mut lines = ACTIONS.lines();
    let head = format!(
        "{},policy,regions,milestones,measures,money,lessons\n",
        lines.next().unwrap()
    );
    let more = ",Wmo 2015,RE06,2026-03-01 profiel | bereikt 2026-04-02,meldingen omhoog,2026 begroot 120000 | bron,Begin klein.";
    let rows = format!(
        "{head}{}{more}\n{},,,,,,\n",
        lines.next().unwrap(),
        lines.next().unwrap()
    );
    let actions = place.file("actions.csv", rows.as_bytes());
    let first = place.run(&["plan", "import", name(&actions)]);
    assert_eq!(
        (first.code, &first.summary()["added"]),
        (0, &2.into()),
        "{}",
        first.err
    );
    for file in ["out.csv", "out.xlsx"] {
        let out = place.path(file);
        let written = place.run(&["plan", "export", "--out", name(&out)]);
        assert_eq!(
            (written.code, &written.summary()["rows"]),
            (0, &2.into()),
            "{}",
            written.err
        );
        let again = place.run(&["plan", "import", name(&out)]);
        assert_eq!(
            again.summary()["unchanged"],
            2,
            "{file}: {}{}",
            again.out,
            again.err
        );
    }
    let other = place.file(
        "other.csv",
        rows.replace("Campagne,", "Voorlichting,").as_bytes(),
    );
    let trial = place.run(&["plan", "import", name(&other), "--dry-run"]);
    assert!(
        trial
            .err
            .contains("action 1.a, title: `Campagne` becomes `Voorlichting`"),
        "{}",
        trial.err
    );
    let wrong = rows.replace("2026 begroot 120000", "2026 begroot 12");
    let wrong = place.file("wrong.csv", wrong.as_bytes());
    let refused = place.run(&["plan", "import", name(&wrong), "--dry-run"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused
            .err
            .contains("`budget_eur` says 120000, the years make 12"),
        "{}",
        refused.err
    );
}

/// Files that are no such file, each with words that the answer must hold.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let mut truncated = b"PK\x03\x04".to_vec();
    truncated.extend([0u8; 40]);
    let mut mixed = ACTIONS.as_bytes().to_vec();
    mixed.extend(b"3.c,3,Opvang \xc3\xa9\xc3\xa9n,,,COM,,,,,,,loopt,,,,\n3.d,3,Opvang \xff\xfe\x80,,,COM,,,,,,,loopt,,,,\n");
    vec![
        ("empty.csv", Vec::new(), "empty"),
        ("truncated.xlsx", truncated, "truncated"),
        (
            "picture.csv",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            "picture.csv",
        ),
        ("letter.csv", b"%PDF-1.7\n%\xe2\xe3".to_vec(), "PDF"),
        (
            "old.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec(),
            ".xls",
        ),
        ("headless.csv", b"a,b,c\n1,2,3\n".to_vec(), "header"),
        ("mixed.csv", mixed, "line 5"),
        ("nul.csv", vec![0; 4096], "nul.csv"),
    ]
}

#[test]
fn no_file_makes_the_program_stumble() {
    let place = Place::new();
    for (file, bytes, says) in hostile() {
        let path = place.file(file, &bytes);
        let kinds: [&[&str]; 2] = [&["import", "htcds"], &["plan", "import"]];
        for kind in kinds {
            let arguments = [kind, &[name(&path), "--dry-run"]].concat();
            let run = place.run(&arguments);
            // A file that can be read holds no sound row: refused. One that cannot be read is wrong input.
            assert_eq!(run.code, 2, "{arguments:?}: {}{}", run.out, run.err);
            assert!(run.err.contains(file), "{arguments:?}: {}", run.err);
            if file != "mixed.csv" || kind[0] == "plan" {
                assert!(run.err.contains(says), "{arguments:?}: {}", run.err);
            }
        }
    }
    let missing = place.run(&["import", "htcds", "nowhere.csv", "--dry-run"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("nowhere.csv"));
    let folder = place.run(&["plan", "import", ".", "--dry-run"]);
    assert_eq!(folder.code, 2, "{}", folder.err);
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let place = Place::new();
    let path = place.path("huge.csv");
    // A file with a hole: large to read, nothing on disk.
    std::fs::File::create(&path)
        .unwrap()
        .set_len(40 << 30)
        .unwrap();
    for kind in [["import", "htcds"], ["plan", "import"]] {
        let run = place.run(&[kind[0], kind[1], name(&path), "--dry-run"]);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(
            run.err.contains("huge.csv") && run.err.contains("limit"),
            "{}",
            run.err
        );
    }
}

#[test]
fn an_import_without_its_organisation_is_wrong_usage() {
    let place = Place::with_store();
    let cases = place.file("cases.csv", CASES.as_bytes());
    let none = place.run(&["import", "htcds", name(&cases)]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("--org"), "{}", none.err);
    let unknown = place.run(&["import", "htcds", name(&cases), "--org", "Niemand"]);
    assert_eq!(unknown.code, 2, "{}", unknown.err);
    assert!(unknown.err.contains("Niemand"), "{}", unknown.err);
    assert!(
        !place.path("cases.csv.refused.csv").exists(),
        "half of an import"
    );
}

const CAPACITY: &str = "id,service_id,unit_id,available,maximum,description,updated\n\
    c1,s1,u1,2,4,,2026-01-05T10:00:00+01:00\n\
    c2,s2,u1,12,10,Beds.,2026-01-05T10:00:00+01:00\n\
    c3,s3,u9,1,2,,2026-01-05T10:00:00+01:00\n";
const UNITS: &str = "id,name,scheme,identifier,uri\nu1,Bed,,,\n";

#[test]
fn capacity_that_cannot_be_is_refused_and_rooms_are_never_guessed() {
    let place = Place::with_store();
    let added = place.run(&["org", "add", "--name", "Opvang A", "--kind", "COSM"]);
    assert_eq!(added.code, 0, "{}", added.err);
    place.file("c.csv", CAPACITY.as_bytes());
    place.file("units.csv", UNITS.as_bytes());

    let dry = place.run(&["import", "hsds-capacity", "c.csv", "--dry-run"]);
    assert_eq!(dry.code, 1, "{}", dry.err);
    assert_eq!(dry.summary()["rows"], 3);
    assert_eq!(dry.summary()["refused"], 2);
    assert!(
        dry.err.contains("12 available of 10 is impossible"),
        "{}",
        dry.err
    );
    assert!(!place.path("c.csv.refused.csv").exists());

    let done = place.run(&["import", "hsds-capacity", "c.csv", "--org", "Opvang A"]);
    assert_eq!(done.code, 1, "{}", done.err);
    assert_eq!(done.summary()["refused"], 3);
    let list = std::fs::read_to_string(place.path("c.csv.refused.csv")).unwrap();
    assert!(
        list.contains("no room of yours has this number or name"),
        "{list}"
    );
    assert!(list.contains("a unit of the file of units"), "{list}");

    let out = place.run(&["export", "hsds-capacity", "--out", "out.csv"]);
    assert_eq!(out.code, 0, "{}", out.err);
    assert!(out.err.contains("not carried"), "{}", out.err);
    assert!(place.path("out.csv.units.csv").exists());
}
