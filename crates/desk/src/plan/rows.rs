//! An action as a row of a file, both ways: what an import reads, what an export writes, and what a version says of a field.

use domain::action::{Action, AgeGroup, DETAIL_MAX, Details, LESSONS_MAX, LineError};
use domain::code::RegionCode;
use domain::text::SafeText;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fault::RowFault;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::Result;

/// One row of a file of actions, as text and dates; the names are those of the file's columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportRow {
    /// Line in the file, from 1.
    pub at: u64,
    /// Number in the plan, such as `3.b`.
    pub id: String,
    /// Action line, `1` to `6`.
    pub line: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Strategic goals as numbers (`1;3`), or the goal in words.
    pub goal: String,
    /// The organisation that answers for it: its kind's code, or its name.
    pub holder: String,
    /// Others that take part, in the same way.
    pub involved: Vec<String>,
    /// Form codes.
    pub forms: Vec<String>,
    /// Age groups: `minor`, `adult`, `young_adult`, `adult_23`.
    pub ages: Vec<String>,
    /// Intended result.
    pub result: String,
    /// First day.
    pub start: Option<Date>,
    /// Planned last day.
    pub end: Option<Date>,
    /// Status code.
    pub status: String,
    /// Day on which the status was given; none: today.
    pub status_date: Option<Date>,
    /// Whole euros.
    pub budget_eur: Option<u64>,
    /// By what the result is measured.
    pub indicators: Vec<String>,
    /// Web addresses of evidence.
    pub links: Vec<String>,
    /// The standing policy that it is tied to.
    pub policy: String,
    /// Codes of regions.
    pub regions: Vec<String>,
    /// Milestones, a line each (see `domain::action::Milestone`).
    pub milestones: Vec<String>,
    /// What it is to do to defined indicators, a line each.
    pub measures: Vec<String>,
    /// Budget and spending per year, a line each.
    pub money: Vec<String>,
    /// What others can learn from it.
    pub lessons: String,
}

/// What a field said, and what it says now, as a file would say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldChange {
    /// The column.
    pub field: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

impl ImportRow {
    /// What stands in a column.
    pub fn text(&self, column: &str) -> String {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        match column {
            "id" | "number" => self.id.clone(),
            "line" => self.line.clone(),
            "title" => self.title.clone(),
            "description" => self.description.clone(),
            "goal" => self.goal.clone(),
            "holder" => self.holder.clone(),
            "involved" => self.involved.join(";"),
            "forms" => self.forms.join(";"),
            "ages" => self.ages.join(";"),
            "result" => self.result.clone(),
            "start" => day(self.start),
            "end" => day(self.end),
            "status" => self.status.clone(),
            "status_date" => day(self.status_date),
            "budget_eur" => self.budget_eur.map_or_else(String::new, |e| e.to_string()),
            "indicators" => self.indicators.join(";"),
            "links" => self.links.join(";"),
            "policy" => self.policy.clone(),
            "regions" => self.regions.join(";"),
            "milestones" => self.milestones.join(";"),
            "measures" => self.measures.join(";"),
            "money" => self.money.join(";"),
            "lessons" => self.lessons.clone(),
            _ => String::new(),
        }
    }
}

/// An action as a row, with the names of organisations. An item of a list with a `;` in it would become two: it gets a comma.
pub(super) fn row_of(directory: &Directory, action: &Action) -> ImportRow {
    let plan = &action.plan;
    let text = |text: &Option<SafeText>| {
        text.as_ref()
            .map_or_else(String::new, |t| t.as_str().to_owned())
    };
    let items = |texts: &[SafeText]| texts.iter().map(|t| item(t.as_str())).collect();
    let lines =
        |lines: &[&dyn std::fmt::Display]| lines.iter().map(|l| item(&l.to_string())).collect();
    let goals: Vec<String> = plan.goals.iter().map(u8::to_string).collect();
    let goal = match goals.is_empty() {
        true => text(&plan.goal),
        false => goals.join(";"),
    };
    let details = &plan.details;
    ImportRow {
        at: 0,
        id: plan.number.clone(),
        line: plan.line.number().to_string(),
        title: plan.title.as_str().to_owned(),
        description: text(&plan.description),
        goal,
        holder: directory.name(plan.holder).to_owned(),
        involved: plan
            .involved
            .iter()
            .map(|org| directory.name(*org).to_owned())
            .collect(),
        forms: plan.forms.iter().map(ToString::to_string).collect(),
        ages: AgeGroup::codes(&plan.ages)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        result: text(&plan.intended_result),
        start: plan.start,
        end: plan.end,
        status: action.status().code().to_owned(),
        status_date: action.history().last().map(|c| dutch_date(c.by.at)),
        budget_eur: plan.budget_eur,
        indicators: items(&plan.indicators),
        links: items(&plan.links),
        policy: text(&details.policy),
        regions: details.regions.iter().map(ToString::to_string).collect(),
        milestones: lines(
            &details
                .milestones
                .iter()
                .map(|m| m as &dyn std::fmt::Display)
                .collect::<Vec<_>>(),
        ),
        measures: lines(
            &details
                .measures
                .iter()
                .map(|m| m as &dyn std::fmt::Display)
                .collect::<Vec<_>>(),
        ),
        money: lines(
            &details
                .money
                .iter()
                .map(|m| m as &dyn std::fmt::Display)
                .collect::<Vec<_>>(),
        ),
        lessons: text(&details.lessons),
    }
}

fn item(text: &str) -> String {
    text.replace(';', ",")
}

/// What a row says beside what an action is; otherwise the column with what it expects.
pub(super) fn details(row: &ImportRow) -> std::result::Result<Details, (&'static str, RowFault)> {
    fn each<T: std::str::FromStr<Err = LineError>>(
        field: &'static str,
        lines: &[String],
    ) -> std::result::Result<Vec<T>, (&'static str, RowFault)> {
        let read = |line: &String| {
            line.parse()
                .map_err(|error: LineError| (field, RowFault::Detail(error)))
        };
        lines.iter().map(read).collect()
    }
    let text = |field, cell: &str, max| {
        SafeText::optional(field, cell, max).map_err(|error| (field, RowFault::Text(error)))
    };
    let region =
        |code: &String| RegionCode::new(code.trim()).map_err(|_| ("regions", RowFault::Region));
    Ok(Details {
        policy: text("policy", &row.policy, DETAIL_MAX)?,
        regions: row
            .regions
            .iter()
            .map(region)
            .collect::<std::result::Result<_, _>>()?,
        milestones: each("milestones", &row.milestones)?,
        measures: each("measures", &row.measures)?,
        money: each("money", &row.money)?,
        lessons: text("lessons", &row.lessons, LESSONS_MAX)?,
    })
}

/// The register as rows of a file, in the order of the plan.
pub async fn export(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<ImportRow>> {
    let permit = permit(actor, UseCase::KeepActions)?;
    let directory = desk.directory();
    let all = super::register(desk).await?;
    let look = vault::Change::new(permit.context(now)).look("register", "plan", &["all"]);
    desk.vault.apply(vault::Store::K7, look).await?;
    Ok(all
        .iter()
        .map(|found| row_of(&directory, &found.body.0))
        .collect())
}
