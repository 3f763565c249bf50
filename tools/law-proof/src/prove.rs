//! What must hold over all requests.

use std::path::Path;
use std::str::FromStr;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use cedar_policy::{Policy, PolicySet};
use serde_json::json;

use crate::law::{Law, is_forbid, is_share, set};
use crate::solver::Prover;

/// Of an act that rests on consent: what must not be, with the set of consents that counts for it.
const CONSENT: [(&str, &str); 3] = [
    ("zonder toestemming", "context.SET.isEmpty()"),
    (
        "alleen met toestemming van een verdachte ouder",
        "context.parent_suspected && !context.SET.contains(Giver::\"self\") && !context.SET.contains(Giver::\"guardian\")",
    ),
    (
        "op eigen toestemming alleen terwijl de leeftijd niet zeker is",
        "context.age == AgeBand::\"uncertain\" && !context.SET.contains(Giver::\"parents\") && !context.SET.contains(Giver::\"guardian\")",
    ),
];

/// Counts and prints.
struct Report {
    proven: usize,
    broken: usize,
}

impl Report {
    fn say(&mut self, what: &str, example: Option<String>) {
        match example {
            None => {
                self.proven += 1;
                println!("bewezen    {what}");
            }
            Some(example) => {
                self.broken += 1;
                println!("NIET WAAR  {what}\n           voorbeeld: {example}");
            }
        }
    }
}

/// Proves everything; false when something does not hold.
pub async fn run(folder: &Path, invariants: &Path) -> Result<bool> {
    let started = Instant::now();
    let law = Law::read(folder)?;
    let mut report = Report {
        proven: 0,
        broken: 0,
    };
    structure(&law, &mut report);
    let mut prover = Prover::new(law.asked("share")?, &law.schema)?;
    let whole = prover.compile(&law.whole()?)?;
    for (name, text) in files(invariants)? {
        let property = PolicySet::from_str(&text).map_err(|error| anyhow!("{name}: {error}"))?;
        let property = prover.compile(&property).with_context(|| name.clone())?;
        let found = prover
            .beyond(&whole, &property)
            .await
            .with_context(|| name.clone())?;
        report.say(
            &meaning(&name, &text),
            found.map(|request| law.words.tell(&request)),
        );
    }
    for act in law
        .acts
        .iter()
        .filter(|act| act.annotation("consent").is_some())
    {
        consent(&law, act, &mut prover, &mut report).await?;
    }
    each_act(&law, &mut prover, &mut report).await?;
    println!(
        "{}",
        json!({ "proven": report.proven, "broken": report.broken, "acts": law.acts.len(), "seconds": started.elapsed().as_secs_f64() })
    );
    Ok(report.broken == 0)
}

/// What can be read off the policies themselves.
fn structure(law: &Law, report: &mut Report) {
    let nameless: Vec<String> = law
        .acts
        .iter()
        .filter(|act| act.annotation("ground_1").is_none_or(str::is_empty))
        .map(|act| act.id().to_string())
        .collect();
    let found = (!nameless.is_empty()).then(|| nameless.join(", "));
    report.say("elke regel noemt een grond", found);
    let loose: Vec<String> = law
        .acts
        .iter()
        .filter(|act| act.annotation("certainty") == Some("C") && is_share(act))
        .map(|act| act.id().to_string())
        .collect();
    let found = (!loose.is_empty()).then(|| loose.join(", "));
    report.say(
        "geen onzekere regel (C) geeft toestemming om te delen",
        found,
    );
}

async fn consent(
    law: &Law,
    act: &Policy,
    prover: &mut Prover<'_>,
    report: &mut Report,
) -> Result<()> {
    let alone = prover.compile(&set([act.clone()])?)?;
    let written = act
        .annotation("consent")
        .is_some_and(|need| need.ends_with(":written"));
    let counted = if written { "written" } else { "given" };
    for (what, condition) in CONSENT {
        // Registration is signed by parents or guardian alone below sixteen; the rule of doubt is the same.
        let condition = condition.replace("SET", counted);
        let text = format!(
            "permit (principal, action == Action::\"share\", resource) unless {{ {condition} }};"
        );
        let property = PolicySet::from_str(&text).map_err(|error| anyhow!("{error}"))?;
        let property = prover.compile(&property)?;
        let found = prover.beyond(&alone, &property).await?;
        let what = format!("{}: nooit {what}", act.id());
        report.say(&what, found.map(|request| law.words.tell(&request)));
    }
    Ok(())
}

/// No act errs, and no act is dead.
async fn each_act<'a>(law: &'a Law, share: &mut Prover<'a>, report: &mut Report) -> Result<()> {
    let mut consult = Prover::new(law.asked("consult")?, &law.schema)?;
    let (mut erring, mut dead) = (Vec::new(), Vec::new());
    for act in &law.acts {
        let prover = if is_forbid(act) || is_share(act) {
            &mut *share
        } else {
            &mut consult
        };
        if !prover.never_errs(act).await? {
            erring.push(act.id().to_string());
        }
        if !prover.can_be_met(act).await? {
            dead.push(act.id().to_string());
        }
    }
    let found = (!erring.is_empty()).then(|| erring.join(", "));
    report.say("geen regel loopt ooit vast", found);
    let found = (!dead.is_empty()).then(|| dead.join(", "));
    report.say("elke regel kan ooit gelden", found);
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "cedar") {
            let text =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let name = path
                .file_stem()
                .map(|name| name.to_string_lossy().into_owned());
            out.push((name.unwrap_or_default(), text));
        }
    }
    out.sort();
    Ok(out)
}

/// The line `// nl:` of a property, or its name.
fn meaning(name: &str, text: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix("// nl:"));
    line.map_or_else(|| name.to_owned(), |line| line.trim().to_owned())
}
