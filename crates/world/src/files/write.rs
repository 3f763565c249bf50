//! Writing a world: small files whole, long ones line by line; each appears under its name only when it is complete.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{FileError, disk};
use crate::World;
use crate::plan::Action;
use crate::story::{Age, Described, Story};

/// How many there were of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Always true.
    pub made_up: bool,
    /// Reports written.
    pub reports: u64,
    /// Of these, about somebody reported before.
    pub duplicates: u64,
    /// Of these, in a network.
    pub in_networks: u64,
    /// Rows of `edges.csv`.
    pub edges: u64,
}

/// Writes the world's files into a folder, which is made when missing. `progress` is called after each report with the number so far.
///
/// Files: `README.txt`, `organisations.json`, `people.json`, `locations.json` (a shelter instance without requests), `addresses.json`,
/// `plan.json`, `actions.csv`, `stories.jsonl`, `persons.csv` (one record per report with `person_id` as truth for linkage), `edges.csv`
/// (`a,b,weight,kind,date,region`: report and what it names) and `networks.csv` (truth: `report,network`).
///
/// # Errors
/// When a file can't be written; files not yet complete are then left under their temporary name and nothing half-written under the final one.
pub fn write_files(
    dir: &Path,
    world: &World,
    mut progress: impl FnMut(u64),
) -> Result<Summary, FileError> {
    std::fs::create_dir_all(dir).map_err(disk("make the folder", dir))?;
    write_small(dir, world)?;
    let mut stories = Output::new(dir, "stories.jsonl")?;
    let mut persons = Output::new(dir, "persons.csv")?;
    let mut edges = Output::new(dir, "edges.csv")?;
    let mut networks = Output::new(dir, "networks.csv")?;
    persons.row(PERSON_COLUMNS)?;
    edges.row(["a", "b", "weight", "kind", "date", "region"])?;
    networks.row(["report", "network"])?;
    let mut summary = Summary {
        made_up: true,
        ..Summary::default()
    };
    for story in world.reports() {
        stories.json(&story)?;
        persons.row(person_row(&story))?;
        summary.edges += write_edges(&mut edges, &story)?;
        if let Some(network) = &story.network {
            networks.row([story.id.as_str(), network.as_str()])?;
            summary.in_networks += 1;
        }
        summary.duplicates += u64::from(story.duplicate_of.is_some());
        summary.reports += 1;
        progress(summary.reports);
    }
    for output in [stories, persons, edges, networks] {
        output.finish()?;
    }
    Ok(summary)
}

fn write_small(dir: &Path, world: &World) -> Result<(), FileError> {
    let mut readme = Output::new(dir, "README.txt")?;
    readme.text(README)?;
    readme.finish()?;
    whole(dir, "organisations.json", &world.organisations())?;
    whole(dir, "people.json", &world.people())?;
    let instance = Instance {
        made_up: true,
        as_of: world.settings().start,
        locations: world.locations(),
        requests: [],
    };
    whole(dir, "locations.json", &instance)?;
    whole(dir, "addresses.json", &world.addresses())?;
    whole(dir, "plan.json", world.plan())?;
    let mut actions = Output::new(dir, "actions.csv")?;
    actions.row(ACTION_COLUMNS)?;
    for action in &world.plan().actions {
        actions.row(action_row(action))?;
    }
    actions.finish()
}

const README: &str = "Everything in this folder is made up by `samen world`. No person, phone, plate, account, company number or address in it exists.\n\
                      Organisations that exist are named for demonstration only; none of them supplied anything.\n";

#[derive(Serialize)]
struct Instance<'w> {
    made_up: bool,
    as_of: jiff::civil::Date,
    locations: &'w [crate::Location],
    requests: [(); 0],
}

const ACTION_COLUMNS: [&str; 17] = [
    "id",
    "line",
    "title",
    "description",
    "goal",
    "holder",
    "involved",
    "forms",
    "ages",
    "result",
    "start",
    "end",
    "status",
    "status_date",
    "budget_eur",
    "indicators",
    "links",
];

fn action_row(action: &Action) -> [String; 17] {
    [
        action.id.clone(),
        action.line.to_string(),
        action.title.clone(),
        action.description.clone(),
        action.goal.clone(),
        action.holder.to_string(),
        action.involved.join(";"),
        action.forms.join(";"),
        action.ages.join(";"),
        action.result.clone(),
        action.start.to_string(),
        action.end.to_string(),
        action.status.to_string(),
        action.status_date.to_string(),
        action.budget_eur.to_string(),
        action.indicators.join(";"),
        action.links.join(";"),
    ]
}

const PERSON_COLUMNS: [&str; 12] = [
    "report_id",
    "person_id",
    "given_name",
    "family_name",
    "nickname",
    "birth_date",
    "age",
    "sex",
    "country",
    "city",
    "phone",
    "received_on",
];

fn person_row(story: &Story) -> [String; 12] {
    let nobody = Described::default();
    let described = story.report.persons.first().unwrap_or(&nobody);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let age = match described.age {
        Age::Certain { years } => years.to_string(),
        Age::Estimated { low, high } => low.midpoint(high).to_string(),
        Age::Unknown => String::new(),
    };
    [
        story.id.clone(),
        story.person.clone(),
        text(&described.given_name),
        text(&described.family_name),
        text(&described.nickname),
        described
            .birth_date
            .map_or_else(String::new, |day| day.to_string()),
        age,
        described.sex.letter().to_owned(),
        described.origin.as_deref().unwrap_or("").to_owned(),
        story
            .report
            .place
            .municipality
            .as_deref()
            .unwrap_or("")
            .to_owned(),
        text(&described.phone),
        story.report.received_on.to_string(),
    ]
}

fn write_edges(edges: &mut Output, story: &Story) -> Result<u64, FileError> {
    let date = story.report.received_on.to_string();
    let region = story.report.place.region.as_deref().unwrap_or("");
    let phones = story
        .report
        .persons
        .iter()
        .filter_map(|person| person.phone.as_deref())
        .map(|phone| ("phone", phone));
    let objects = story
        .report
        .objects
        .iter()
        .map(|object| (object.kind.as_ref(), object.value.as_str()));
    let mut count = 0;
    for (kind, value) in objects.chain(phones) {
        let named = format!("{kind}:{value}");
        edges.row([
            story.id.as_str(),
            named.as_str(),
            "1",
            kind,
            date.as_str(),
            region,
        ])?;
        count += 1;
    }
    Ok(count)
}

fn whole(dir: &Path, name: &str, content: &impl Serialize) -> Result<(), FileError> {
    let mut output = Output::new(dir, name)?;
    output.json(content)?;
    output.finish()
}

/// A file under a temporary name until it is finished.
struct Output {
    to: BufWriter<File>,
    temporary: PathBuf,
    path: PathBuf,
}

impl Output {
    fn new(dir: &Path, name: &str) -> Result<Self, FileError> {
        let temporary = dir.join(format!(".{name}.part"));
        let file = File::create(&temporary).map_err(disk("create", &temporary))?;
        Ok(Self {
            to: BufWriter::new(file),
            temporary,
            path: dir.join(name),
        })
    }

    fn text(&mut self, text: &str) -> Result<(), FileError> {
        self.to
            .write_all(text.as_bytes())
            .map_err(disk("write", &self.temporary))
    }

    /// One JSON value and the end of the line.
    fn json(&mut self, value: &impl Serialize) -> Result<(), FileError> {
        serde_json::to_writer(&mut self.to, value)
            .map_err(|error| disk("write", &self.temporary)(error.into()))?;
        self.text("\n")
    }

    /// One row of comma-separated values (RFC 4180).
    fn row<const N: usize>(&mut self, fields: [impl AsRef<str>; N]) -> Result<(), FileError> {
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                self.text(",")?;
            }
            self.text(&quoted(field.as_ref()))?;
        }
        self.text("\n")
    }

    fn finish(self) -> Result<(), FileError> {
        let file = self
            .to
            .into_inner()
            .map_err(|error| disk("write", &self.temporary)(error.into_error()))?;
        file.sync_all().map_err(disk("write", &self.temporary))?;
        std::fs::rename(&self.temporary, &self.path).map_err(disk("rename to", &self.path))
    }
}

fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\"")).into()
    } else {
        field.into()
    }
}
