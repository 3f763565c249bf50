//! How two versions of the law differ: not in their text, in what they allow.

use std::path::Path;

use anyhow::{Result, ensure};
use cedar_policy_symcc::CompiledPolicySet;
use serde_json::json;

use crate::law::{Law, is_forbid, is_share};
use crate::solver::Prover;

/// Tells the difference; false when there is one.
pub async fn run(old: &Path, new: &Path) -> Result<bool> {
    let (old, new) = (Law::read(old)?, Law::read(new)?);
    ensure!(
        old.schema_text == new.schema_text,
        "the two versions ask by different codes (another vocabulary); write both out with the same one"
    );
    let mut count = 0;
    for action in ["share", "consult"] {
        count += one(&old, &new, action).await?;
    }
    println!("{}", json!({ "differences": count, "equal": count == 0 }));
    Ok(count == 0)
}

async fn one(old: &Law, new: &Law, action: &str) -> Result<usize> {
    let mut prover = Prover::new(new.asked(action)?, &new.schema)?;
    let before = prover.compile(&old.whole()?)?;
    let after = prover.compile(&new.whole()?)?;
    let opened = each(new, &before, &mut prover, action).await?;
    let closed = each(old, &after, &mut prover, action).await?;
    let (more, less) = match action {
        "share" => ("mag nu, en mocht eerst niet", "mocht eerst, en mag nu niet"),
        _ => (
            "is nu onzeker, en was dat niet",
            "was onzeker, en is dat niet meer",
        ),
    };
    for (act, example) in &opened {
        println!("+ {act}: {more}\n    bijvoorbeeld: {example}");
    }
    for (act, example) in &closed {
        println!("- {act}: {less}\n    bijvoorbeeld: {example}");
    }
    if opened.is_empty() && closed.is_empty() {
        println!("= {action}: bewezen gelijk, voor elke vraag");
    }
    Ok(opened.len() + closed.len())
}

/// For each act of a version, a request that it allows (under that version's prohibitions) and the other version does not.
async fn each(
    law: &Law,
    other: &CompiledPolicySet,
    prover: &mut Prover<'_>,
    action: &str,
) -> Result<Vec<(String, String)>> {
    let mut out = Vec::new();
    let acts = law.acts.iter().filter(|act| !is_forbid(act));
    for act in acts.filter(|act| is_share(act) == (action == "share")) {
        let alone = prover.compile(&law.alone(act)?)?;
        if let Some(request) = prover.beyond(&alone, other).await? {
            out.push((act.id().to_string(), law.words.tell(&request)));
        }
    }
    Ok(out)
}
