//! `samen import world DIR`: the files of `samen world`, through the same use cases as a demonstration.
//!
//! The stories are read twice, one at a time: first all of them are looked at, so that a broken file stops the import
//! before anything is written; then the sound ones are loaded.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use desk::DeskError;
use domain::vocabulary::Vocabulary;
use exchange::Refused as RefusedRow;
use jiff::Timestamp;
use world::{Story, read_static, read_stories};

use super::telling::{self, Words};
use super::{Country, cast, houses};
use crate::files;
use crate::output::{self, Done, Refused};
use crate::serve::now;
use crate::store::{StoreArgs, vocabulary};

/// A made-up country as files.
#[derive(Debug, Clone, Args)]
pub struct WorldFilesArgs {
    /// Directory that `samen world` wrote
    dir: PathBuf,
    /// Only tell what would happen; nothing is written
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    store: StoreArgs,
}

/// What the first look at the stories found.
struct Looked {
    stories: u64,
    refused: Vec<RefusedRow>,
}

/// Runs `samen import world`.
pub async fn import(args: &WorldFilesArgs) -> Result<Done> {
    let at = now();
    let country = country(&args.dir)?;
    let file = args.dir.join("stories.jsonl");
    let words = vocabulary(&args.store.file()?)?;
    check_standing(&country, &words, at)?;
    let looked = look(&file, &country, &words)?;
    files::tell(&looked.refused, &[]);
    if args.dry_run {
        finish(args, &looked, None, None)?;
    } else {
        let list = files::write_refused(&file, &looked.refused)?;
        let loaded = load(args, country, &file, &looked, at).await?;
        finish(args, &looked, list.as_deref(), Some(&loaded))?;
    }
    Ok(match looked.refused.is_empty() {
        true => Done::Well,
        false => Done::Faults,
    })
}

fn country(dir: &Path) -> Result<Country> {
    let read = read_static(dir)?;
    Ok(Country {
        organisations: read.organisations,
        people: read.people,
        locations: read.locations,
        addresses: read.addresses,
        plan: read.plan,
    })
}

/// Organisations and locations must be sound as a whole: stories stand on them.
fn check_standing(country: &Country, words: &Vocabulary, at: Timestamp) -> Result<()> {
    for made in &country.organisations {
        cast::organisation(made)?;
    }
    for location in &country.locations {
        houses::describe(words, location, at).map_err(|error| {
            Refused(format!("locations.json, {}: {}", location.id, said(&error)))
        })?;
    }
    Ok(())
}

fn look(file: &Path, country: &Country, words: &Vocabulary) -> Result<Looked> {
    let people: BTreeSet<&str> = country.people.iter().map(|p| p.id.as_str()).collect();
    let places: BTreeSet<&str> = country
        .organisations
        .iter()
        .map(|o| o.id.as_str())
        .collect();
    let mut looked = Looked {
        stories: 0,
        refused: Vec::new(),
    };
    for story in read_stories(file)? {
        let story = story?;
        looked.stories += 1;
        for (field, expected) in faults(&story, &people, &places, words) {
            looked.refused.push(RefusedRow {
                file: file.display().to_string(),
                line: looked.stories,
                column: String::new(),
                field,
                value: story.id.clone(),
                reason: expected.clone().into(),
                expected,
            });
        }
    }
    Ok(looked)
}

/// What is wrong with a story: a code that the vocabulary does not know, somebody who is not there.
fn faults(
    story: &Story,
    people: &BTreeSet<&str>,
    places: &BTreeSet<&str>,
    vocabulary: &Vocabulary,
) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let words = Words {
        vocabulary,
        on: story.report.received_on,
    };
    if let Err(DeskError::Invalid(fields)) = telling::report(story, words) {
        out.extend(fields.into_iter().map(|f| (f.field, f.detail)));
    }
    let case = story.case.as_ref().map(|case| &case.coordinator);
    let officer = story.shelter.as_ref().map(|s| &s.request.officer);
    for name in std::iter::once(&story.desk.by).chain(case).chain(officer) {
        if !people.contains(name.as_ref()) {
            out.push((
                "by".to_owned(),
                format!("somebody of people.json, not `{name}`"),
            ));
        }
    }
    for route in &story.desk.routes {
        let org = &route.organisation;
        if !places.contains(org.as_ref()) {
            let expected = format!("an organisation of organisations.json, not `{org}`");
            out.push(("organisation".to_owned(), expected));
        }
    }
    out
}

async fn load(
    args: &WorldFilesArgs,
    country: Country,
    file: &Path,
    looked: &Looked,
    at: Timestamp,
) -> Result<super::Loaded> {
    let (desk, _) = args.store.made_up_desk().await?;
    let refused: BTreeSet<u64> = looked.refused.iter().map(|row| row.line).collect();
    // Every line was read before; a file that changes meanwhile ends the load early.
    let stories = read_stories(file)?
        .map_while(|story| story.ok())
        .zip(1u64..)
        .filter(|(_, line)| !refused.contains(line))
        .map(|(story, _)| story);
    let sound = looked.stories - refused.len() as u64;
    let loaded = super::load(&desk, country, stories, sound, at).await?;
    super::tell(&loaded, &desk, at);
    desk.vault.close().await;
    Ok(loaded)
}

fn finish(
    args: &WorldFilesArgs,
    looked: &Looked,
    list: Option<&Path>,
    loaded: Option<&super::Loaded>,
) -> Result<()> {
    let refused = files::refused_lines(&looked.refused) as u64;
    output::summary(&serde_json::json!({
        "kind": "world",
        "dry_run": args.dry_run,
        "rows": looked.stories,
        "accepted": looked.stories - refused,
        "refused": refused,
        "refused_file": list,
        "loaded": loaded.map(|loaded| &loaded.tally),
    }))
}

fn said(error: &DeskError) -> String {
    match error {
        DeskError::Invalid(fields) => fields
            .iter()
            .map(|f| format!("{}: {}", f.field, f.detail))
            .collect::<Vec<_>>()
            .join("; "),
        other => other.to_string(),
    }
}
