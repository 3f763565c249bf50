//! The table of rights as a text that a jurist can read: each route with each role, and each act with its ground.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use ::desk::Role;
use domain::time::dutch_date;
use domain::vocabulary::Lang;
use web::routes::Line;

use crate::real::Real;

/// A route with what each of everybody met.
type Met = (Line, Vec<bool>);

fn file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rights.txt")
}

/// Compares with the file that stands in the project; `UPDATE_RIGHTS=1` writes it anew.
pub(super) fn compare(real: &Real, lines: &[Met]) {
    let found = text(real, lines);
    if std::env::var_os("UPDATE_RIGHTS").is_some() {
        std::fs::write(file(), &found).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(file()).unwrap_or_default();
    if kept == found {
        return;
    }
    let differing: Vec<String> = difference(&kept, &found);
    panic!(
        "the rights are others than in tests/rights.txt; if that is meant, run this test with UPDATE_RIGHTS=1 and let \
         somebody who knows the law read the difference:\n{}",
        differing.join("\n")
    );
}

fn difference(kept: &str, found: &str) -> Vec<String> {
    let gone = kept
        .lines()
        .filter(|line| !found.lines().any(|f| f == *line))
        .map(|line| format!("- {line}"));
    let new = found
        .lines()
        .filter(|line| !kept.lines().any(|k| k == *line))
        .map(|line| format!("+ {line}"));
    gone.chain(new).collect()
}

fn text(real: &Real, lines: &[Met]) -> String {
    let mut out = String::from(
        "# Wie mag wat\n\
         #\n\
         # Gemaakt en bewaakt door een test die elke weg met elke rol is gegaan (crates/web/tests/shell/rights).\n\
         # ✔ mag   ✘ wordt geweigerd, met de reden en zonder iets over een gegeven\n\
         #\n\
         # De kolommen:\n",
    );
    writeln!(out, "#  0  niemand: geen account, of niet ingelogd").unwrap();
    let today = dutch_date(real.now());
    for (at, role) in Role::STAFF.into_iter().enumerate() {
        let label = real
            .app
            .desk
            .vocabulary
            .roles
            .resolve(role.code(), today)
            .map(|entry| entry.label(Lang::Nl).to_owned())
            .unwrap_or_default();
        writeln!(out, "# {:>2}  {} ({})", at + 1, label, role.code()).unwrap();
    }
    routes(&mut out, lines);
    acts(&mut out, lines);
    out
}

fn routes(out: &mut String, lines: &[Met]) {
    let widest = lines.iter().map(|(line, _)| line.path.len()).max();
    let width = widest.unwrap_or_default();
    out.push_str("\n## Wegen\n\n");
    write!(out, "{:<6}{:<width$}  {:<24}", "", "", "handeling").unwrap();
    for at in 0..=Role::STAFF.len() {
        write!(out, "{at:>3}").unwrap();
    }
    out.push('\n');
    let mut sorted: Vec<&Met> = lines.iter().collect();
    sorted.sort_by_key(|(line, _)| (line.path, line.method.as_str().to_owned()));
    for (line, row) in sorted {
        let act = line.case.rule().name;
        write!(
            out,
            "{:<6}{:<width$}  {act:<24}",
            line.method.as_str(),
            line.path
        )
        .unwrap();
        for allowed in row {
            write!(out, "  {}", if *allowed { '✔' } else { '✘' }).unwrap();
        }
        out.push('\n');
    }
}

fn acts(out: &mut String, lines: &[Met]) {
    out.push_str("\n## Handelingen: deel, doel en grond\n\n");
    let rules: BTreeMap<&str, _> = lines
        .iter()
        .map(|(line, _)| (line.case.rule().name, line.case.rule()))
        .collect();
    for (name, rule) in rules {
        let store = rule.store.name();
        writeln!(
            out,
            "{name:<24}  {store:<10}  {:<20}  {}",
            rule.purpose, rule.ground
        )
        .unwrap();
    }
}
