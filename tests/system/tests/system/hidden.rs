//! `samen figures hidden` from outside: an estimate with its interval, a refusal with its reason, hostile files by line and column.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use system_tests::command::run;

/// Made up: three lists that meet often enough.
const SOUND: &str = "police,care,border,count\n1,0,0,120\n0,1,0,90\n0,0,1,60\n1,1,0,22\n1,0,1,14\n0,1,1,11\n1,1,1,3\n";

fn text(path: &std::path::Path) -> String {
    path.display().to_string()
}

#[test]
fn an_estimate_has_the_promised_shape_and_is_the_same_every_time() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let at = |name: &str| text(&dir.path().join(name));
    fs::write(at("lists.csv"), SOUND)?;
    for method in ["main", "stepwise", "bic", "best"] {
        let mut results = Vec::new();
        for name in ["a.json", "b.json"] {
            let words = [
                "figures",
                "hidden",
                "--lists",
                &at("lists.csv"),
                "--method",
                method,
            ];
            let more = ["--bootstrap", "400", "--seed", "5", "--out", &at(name)];
            let summary = run(words.into_iter().chain(more))?
                .expect_status(0)?
                .summary()?;
            let mut result: Value = serde_json::from_str(&fs::read_to_string(at(name))?)?;
            ensure!(summary["estimate"] == result["estimate"]);
            let members = result.as_object_mut().context("a result is an object")?;
            let seconds = members
                .remove("seconds")
                .context("a result says its seconds")?;
            ensure!(seconds.is_number());
            results.push(result);
        }
        ensure!(results[0] == results[1], "{method}: two runs, two results");
        let result = &results[0];
        ensure!(result["observed"] == 320, "{result}");
        let number = |at: &Value| at.as_f64().context("a number");
        let [low, high] = [&result["interval95"][0], &result["interval95"][1]];
        ensure!(number(low)? >= 320.0 && number(low)? < number(&result["estimate"])?);
        ensure!(number(high)? > number(&result["estimate"])?, "{result}");
        ensure!(
            number(low)? <= number(&result["interval80"][0])?,
            "{result}"
        );
        let model = result["model"].as_array().context("a model is a list")?;
        ensure!(
            model.iter().take(3).eq(["police", "care", "border"].iter()),
            "{result}"
        );
        ensure!(result["checks"].is_array() && result["warnings"].is_array());
    }
    Ok(())
}

#[test]
fn where_no_estimate_exists_the_condition_is_named_and_the_status_is_1() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let at = |name: &str| text(&dir.path().join(name));
    let cases = [
        ("A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n", "overlap"),
        (
            "A,B,count\n1,0,40\n0,1,30\n1,1,6\n",
            "fewer than three lists",
        ),
        ("A,count\n1,40\n", "fewer than three lists"),
        ("A,B,C,count\n1,0,0,0\n0,1,1,0\n", "nobody"),
        ("A,B,C,count\n", "nobody"),
    ];
    for (content, reason) in cases {
        fs::write(at("lists.csv"), content)?;
        let done = run([
            "figures",
            "hidden",
            "--lists",
            &at("lists.csv"),
            "--out",
            &at("r.json"),
        ])?;
        let summary = done.expect_status(1)?.summary()?;
        let result: Value = serde_json::from_str(&fs::read_to_string(at("r.json"))?)?;
        let members = result.as_object().context("an object")?;
        ensure!(
            members.len() == 2 && result["estimate"].is_null(),
            "{result}"
        );
        let refused = result["refused"].as_str().context("a reason")?;
        ensure!(refused.contains(reason), "{content:?}: {refused}");
        ensure!(summary["refused"] == result["refused"]);
    }
    let six = "A,B,C,D,E,F,count\n1,1,0,0,0,0,9\n0,0,1,1,0,0,8\n0,0,0,0,1,1,7\n1,0,1,0,1,0,5\n0,1,0,1,0,1,4\n1,0,0,0,0,0,50\n";
    fs::write(at("lists.csv"), six)?;
    let words = [
        "figures",
        "hidden",
        "--method",
        "bic",
        "--lists",
        &at("lists.csv"),
    ];
    let done = run(words.into_iter().chain(["--out", &at("r.json")]))?.expect_status(1)?;
    ensure!(done.err.contains("use stepwise"), "{}", done.err);
    Ok(())
}

#[test]
fn hostile_lists_are_refused_by_line_and_column_and_nothing_is_written() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let at = |name: &str| text(&dir.path().join(name));
    let cases: [(&[u8], &str); 9] = [
        (b"", "the file is empty"),
        (b"A,B,C,count\n1,0,2,5\n", "line 2, column C: found `2`"),
        (
            b"A,B,C,count\n1,0,0,-5\n",
            "line 2, column count: found `-5`",
        ),
        (b"A,B,C,count\n1,0,0,5\n0,1,0,1.5\n", "line 3, column count"),
        (
            b"A,B,C,count\n1,0,0,99999999999999999999999\n",
            "line 2, column count",
        ),
        (
            b"A,B,C\n1,0,0\n",
            "the last column is `C`; expected `count`",
        ),
        (
            b"A,B,C,count\n1,0,0,5\n1,0,0,6\n",
            "line 3: the combination A",
        ),
        (
            b"A,B,C,count\n0,0,0,5\n",
            "line 2: a count of people on no list",
        ),
        (b"A,B,C,count\n1,0,0,\xff\n", "line 2: not UTF-8"),
    ];
    for (content, expected) in cases {
        fs::write(at("bad.csv"), content)?;
        let words = [
            "figures",
            "hidden",
            "--lists",
            &at("bad.csv"),
            "--out",
            &at("never.json"),
        ];
        let done = run(words)?.expect_status(2)?;
        ensure!(
            done.err.contains("bad.csv: ") && done.err.contains(expected),
            "{}",
            done.err
        );
        ensure!(
            fs::metadata(at("never.json")).is_err(),
            "half an answer was written"
        );
    }
    let words = [
        "figures",
        "hidden",
        "--lists",
        &at("none.csv"),
        "--out",
        &at("never.json"),
    ];
    run(words)?.expect_status(2)?;
    run(["figures", "hidden", "--method", "guess"])?.expect_status(2)?;
    Ok(())
}
