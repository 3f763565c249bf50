//! The law of sharing through the real program: its commands, its signatures, and a server that does not start without them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use system_tests::binary::workspace_root;
use system_tests::command::run;

fn question() -> Value {
    json!({
        "date": "2026-11-21", "from": "POL", "to": "COM", "purpose": "registration",
        "data": ["sector", "age", "sex", "origin", "region"],
        "subject": {"kind": "possible_victim", "age": 29, "age_certain": true, "parent_suspected": false},
        "consent": [], "circumstances": [],
    })
}

fn asked(dir: &Path, question: &str) -> Result<system_tests::command::Done> {
    let file = dir.join("Q.json");
    fs::write(&file, question)?;
    run(["decide".as_ref(), "--question".as_ref(), file.as_os_str()])
}

/// A copy of the law that ships, to be changed.
fn own_law(dir: &Path) -> Result<std::path::PathBuf> {
    let law = dir.join("policies");
    fs::create_dir_all(law.join("acts"))?;
    for folder in ["", "acts"] {
        for entry in fs::read_dir(workspace_root().join("policies").join(folder))? {
            let path = entry?.path();
            if path.is_file() {
                let name = path.file_name().context("a file has a name")?;
                fs::copy(&path, law.join(folder).join(name))?;
            }
        }
    }
    Ok(law)
}

#[test]
fn a_question_is_answered_as_json() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let answer = asked(dir.path(), &question().to_string())?
        .expect_status(0)?
        .summary()?;
    ensure!(answer["answer"] == "yes", "{answer}");
    ensure!(answer["data"] == question()["data"], "{answer}");
    ensure!(answer["grounds"][0]["row"] == 1 && answer["grounds"][0]["certainty"] == "A");
    for member in ["withheld", "conditions", "instead", "policy_version"] {
        ensure!(answer.get(member).is_some(), "no `{member}`: {answer}");
    }
    Ok(())
}

#[test]
fn a_question_with_a_fault_ends_with_two_and_names_it() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut wrong = question();
    wrong["to"] = json!("NOBODY");
    let cases = [
        (wrong.to_string(), "to: "),
        (question().to_string()[..40].to_owned(), "ends too early"),
        (
            question()
                .to_string()
                .replacen("\"age\":29", "\"age\":29,\"age\":9", 1),
            "stands twice",
        ),
    ];
    for (text, words) in cases {
        let done = asked(dir.path(), &text)?.expect_status(2)?;
        ensure!(
            done.err.contains(words) && done.err.contains("Q.json"),
            "{}",
            done.err
        );
        ensure!(!done.out.contains("\"answer\""), "{}", done.out);
    }
    let gone = run(["decide", "--question", "/nowhere/Q.json"])?.expect_status(2)?;
    ensure!(gone.err.contains("/nowhere/Q.json"), "{}", gone.err);
    Ok(())
}

#[test]
fn the_table_comes_in_every_form() -> Result<()> {
    let dir = tempfile::tempdir()?;
    for (form, begins) in [
        ("text", " "),
        ("json", "["),
        ("csv", "\"rij\""),
        ("md", "| rij"),
    ] {
        let file = dir.path().join(form);
        let out = file.to_string_lossy().into_owned();
        let summary = run(["decide", "--matrix", "--format", form, "--out", &out])?
            .expect_status(0)?
            .summary()?;
        ensure!(summary["acts"].as_u64() > Some(50), "{summary}");
        let text = fs::read_to_string(&file)?;
        ensure!(text.starts_with(begins), "{form}: {}", &text[..80]);
        ensure!(text.contains("CoMensha"), "{form} does not name CoMensha");
    }
    Ok(())
}

#[test]
fn a_changed_law_is_refused_until_two_have_signed_it() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let law = own_law(dir.path())?;
    let folder = law.to_string_lossy().into_owned();
    run(["law", "check", "--policies", &folder])?.expect_status(0)?;

    let act = law.join("acts/21-police-to-immigration.toml");
    let text = fs::read_to_string(&act)?;
    fs::write(&act, text.replace("\"dates\", \"status\"", "\"dates\""))?;
    let refused = run(["law", "check", "--policies", &folder])?.expect_status(1)?;
    ensure!(
        refused.err.contains("version.toml"),
        "names no file: {}",
        refused.err
    );

    let data = dir.path().join("data").to_string_lossy().into_owned();
    let settings = dir.path().join("samen.toml");
    fs::write(&settings, format!("policies = {folder:?}\n"))?;
    let settings = settings.to_string_lossy().into_owned();
    let stopped = run([
        "serve",
        "--data",
        &data,
        "--config",
        &settings,
        "--listen",
        "127.0.0.1:0",
    ])?;
    let stopped = stopped.expect_status(1)?;
    ensure!(stopped.err.contains("version.toml"), "{}", stopped.err);

    let signed = run(["law", "sign", "--trial", "--policies", &folder])?
        .expect_status(0)?
        .summary()?;
    ensure!(signed["complete"] == true, "{signed}");
    let sound = run(["law", "check", "--policies", &folder])?
        .expect_status(0)?
        .summary()?;
    ensure!(sound["trial"] == true && sound["signatures"].as_array().map(Vec::len) == Some(2));
    Ok(())
}

#[test]
fn a_host_signs_with_its_own_two_people() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let law = own_law(dir.path())?;
    let folder = law.to_string_lossy().into_owned();
    let mut signers = String::new();
    let mut keys = Vec::new();
    for code in ["anna", "bram"] {
        let file = dir
            .path()
            .join(format!("{code}.key"))
            .to_string_lossy()
            .into_owned();
        let made = run(["law", "key", "--out", &file])?
            .expect_status(0)?
            .summary()?;
        let key = made["key"].as_str().context("no key")?.to_owned();
        signers.push_str(&format!(
            "[[signer]]\ncode = \"{code}\"\nname = \"mr. {code}\"\nkey = \"{key}\"\n\n"
        ));
        run(["law", "key", "--out", &file])?.expect_status(2)?;
        keys.push((code, file));
    }
    fs::write(law.join("signers.toml"), signers)?;
    for (place, (code, file)) in keys.iter().enumerate() {
        let signed = run([
            "law",
            "sign",
            "--policies",
            &folder,
            "--signer",
            code,
            "--key-file",
            file,
        ])?;
        let signed = signed.expect_status(0)?.summary()?;
        ensure!(signed["complete"] == json!(place == 1), "{signed}");
    }
    let sound = run(["law", "check", "--policies", &folder])?
        .expect_status(0)?
        .summary()?;
    ensure!(sound["trial"] == false, "{sound}");
    let thief = run([
        "law",
        "sign",
        "--policies",
        &folder,
        "--signer",
        "anna",
        "--key-file",
        &keys[1].1,
    ])?;
    thief.expect_status(1)?;
    Ok(())
}

#[test]
fn auditors_get_the_policies_and_the_register() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let out = dir.path().join("cedar").to_string_lossy().into_owned();
    run(["law", "cedar", "--out", &out])?.expect_status(0)?;
    let policies = fs::read_to_string(dir.path().join("cedar/samen.cedar"))?;
    ensure!(policies.contains("@ground_1(") && policies.contains("forbid (principal"));
    ensure!(dir.path().join("cedar/samen.cedarschema").is_file());
    let file = dir.path().join("register.json");
    run(["law", "register", "--out", &file.to_string_lossy()])?.expect_status(0)?;
    let register: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
    ensure!(
        register
            .as_array()
            .is_some_and(|entries| entries.len() > 20)
    );
    Ok(())
}

#[test]
fn the_schemas_are_printed_by_name() -> Result<()> {
    for name in ["question", "answer"] {
        let printed = run(["schema", name])?.expect_status(0)?;
        let schema: Value = serde_json::from_str(&printed.out)?;
        ensure!(schema["type"] == "object", "{name}");
    }
    Ok(())
}
