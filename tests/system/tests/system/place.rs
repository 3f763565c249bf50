//! `samen place` from outside: a made-up instance in, a proven plan out, the same every time, and hostile files refused with
//! their line and member.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use system_tests::command::run;

fn text(path: &std::path::Path) -> String {
    path.display().to_string()
}

#[test]
fn a_made_up_country_is_planned_to_a_proven_optimum_and_the_same_every_time() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let at = |name: &str| text(&dir.path().join(name));
    let made = [
        "place", "generate", "--preset", "normal", "--unit", "--seed", "3",
    ];
    run(made.into_iter().chain(["--out", &at("i.json")]))?.expect_status(0)?;
    let mut plans = Vec::new();
    for name in ["a.json", "b.json"] {
        let words = ["place", "--instance", &at("i.json"), "--out", &at(name)];
        let summary = run(words)?.expect_status(0)?.summary()?;
        ensure!(summary["optimal"] == true && summary["objective"] == summary["bound"]);
        let mut plan: Value = serde_json::from_str(&fs::read_to_string(at(name))?)?;
        let members = plan.as_object_mut().context("a plan is an object")?;
        members
            .remove("seconds")
            .context("a plan says its seconds")?;
        plans.push(plan);
    }
    ensure!(plans[0] == plans[1], "two runs, two plans");
    let request = plans[0]["unplaced"][0]["request"]
        .as_str()
        .context("somebody waits")?;
    let words = [
        "place",
        "--instance",
        &at("i.json"),
        "--request",
        request,
        "--best",
        "5",
    ];
    run(words.into_iter().chain(["--out", &at("o.json")]))?.expect_status(0)?;
    let offers: Value = serde_json::from_str(&fs::read_to_string(at("o.json"))?)?;
    ensure!(
        offers["offers"]
            .as_array()
            .is_some_and(|offers| offers.len() == 5)
    );
    Ok(())
}

#[test]
fn hostile_instances_are_refused_by_name_and_nothing_is_written() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let at = |name: &str| text(&dir.path().join(name));
    let whole = r#"{"as_of":"2026-11-21","locations":[],"requests":[]}"#;
    let with = |urgency: &str| {
        let request =
            r#"{"id":"R1","persons":[],"form":"SU","entitlement":"wmo","security":1,"urgency":U}"#;
        let list = format!(
            "\"requests\":[{}]",
            request.replace(":U}", &format!(":{urgency}}}"))
        );
        whole.replace("\"requests\":[]", &list)
    };
    let cases = [
        (String::new(), "line 1"),
        (
            "{\"as_of\":\"2026-11-21\",\n\"locations\":7,\"requests\":[]}".to_owned(),
            "line 2, column 13, at or after member `locations`",
        ),
        (whole.replace("2026-11-21", "2026-13-45"), "`as_of`"),
        (with("1e300"), "`urgency`"),
        (
            with("9223372036854775807"),
            "request R1: `urgency` is 9223372036854775807",
        ),
        ("[".repeat(100_000), "line 1"),
    ];
    for (content, expected) in cases {
        fs::write(at("bad.json"), &content)?;
        let done = run([
            "place",
            "--instance",
            &at("bad.json"),
            "--out",
            &at("never.json"),
        ])?;
        let done = done.expect_status(2)?;
        ensure!(done.err.contains(expected), "{content:.60}: {}", done.err);
        ensure!(!done.err.contains("panicked"));
        ensure!(
            fs::metadata(at("never.json")).is_err(),
            "half an answer was written"
        );
    }
    Ok(())
}

#[test]
fn assignment_text_is_answered_per_problem() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let at = |name: &str| text(&dir.path().join(name));
    fs::write(
        at("gap.txt"),
        "2\n2 2\n5 9\n7 3\n1 1\n1 1\n1 1\n1 2\n4 6\n1 1\n1\n",
    )?;
    run(["place", "--gap", &at("gap.txt"), "--out", &at("plan.json")])?.expect_status(0)?;
    let plans: Value = serde_json::from_str(&fs::read_to_string(at("plan.json"))?)?;
    ensure!(
        plans[0]
            == serde_json::json!({"objective":16,"bound":16,"optimal":true,"assignment":[2,1]})
    );
    ensure!(plans[1]["objective"].is_null() && plans[1]["optimal"] == true);
    Ok(())
}
