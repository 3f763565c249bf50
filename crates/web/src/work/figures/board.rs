//! The dashboard: every indicator with its definition, and the numbers of its closed periods. A new definition begins a new table.

use askama::Template;
use axum::response::Response;
use desk::measures::{self, Counting, Failure, Point, Series, State, Version};
use domain::vocabulary::Lang as Words;
use domain::vocabulary::Vocabulary;

use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Lang, Say};
use crate::work::Work;

struct PointLine {
    id: String,
    period: String,
    head: String,
    rows: String,
    day: String,
}

struct VersionTable {
    caption: String,
    broken: bool,
    change: String,
    points: Vec<PointLine>,
}

struct MeasureLine {
    name: String,
    definition: String,
    why_not: String,
    versions: Vec<VersionTable>,
}

/// How it stands with counting one period.
struct CountLine {
    period: String,
    badge: String,
    tone: &'static str,
    when: String,
    outcome: Vec<String>,
}

#[derive(Template)]
#[template(path = "work/figures/board.html")]
struct BoardPage {
    counts: Vec<CountLine>,
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    measures: Vec<MeasureLine>,
}

/// Shows the dashboard. What others published stands with the open figures, not here.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let all = measures::board(&work.app.desk, &work.actor).await?;
    let t = work.say();
    let words = match t.lang() == Lang::DUTCH {
        true => Words::Nl,
        false => Words::En,
    };
    let countings = measures::countings(&work.app.desk, &work.actor).await?;
    let vocabulary = &work.app.desk.vocabulary;
    let own = all.iter().filter(|one| {
        let facts = &one.measure.facts;
        facts.function.is_some() || facts.not_measured.is_some()
    });
    html(&BoardPage {
        counts: countings
            .iter()
            .map(|one| count(&t, words, vocabulary, one))
            .collect(),
        frame: work.frame()?,
        crumbs: vec![Crumb::new(t.say("nav-figures"), "/work/figures")],
        measures: own.map(|one| line(&t, words, one)).collect(),
        t,
    })
}

fn count(t: &Say, words: Words, vocabulary: &Vocabulary, counting: &Counting) -> CountLine {
    let names = |codes: &[String]| {
        let name = |code: &String| {
            let mut versions = vocabulary.measures.all().iter().rev();
            let measure = versions.find(|measure| measure.code.as_str() == code);
            measure.map_or_else(|| code.clone(), |measure| measure.label(words).to_owned())
        };
        codes.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let mut outcome = Vec::new();
    if let State::Counted { outcome: told, .. } = &counting.state {
        let lines = [
            (
                &told.sent,
                t.say_with("figures-count-sent", "names", names(&told.sent)),
            ),
            (
                &told.withheld,
                t.say_with("figures-count-withheld", "names", names(&told.withheld)),
            ),
            (
                &told.beside,
                t.say_with("figures-count-beside", "names", names(&told.beside)),
            ),
            (
                &told.overlapping,
                t.say_with(
                    "figures-count-overlapping",
                    "names",
                    names(&told.overlapping),
                ),
            ),
        ];
        outcome.extend(
            lines
                .into_iter()
                .filter(|(codes, _)| !codes.is_empty())
                .map(|(_, line)| line),
        );
    }
    if let Some(failed) = counting.failed {
        let why = match failed.why {
            Failure::NoSuchPeriod => t.say("figures-count-no-period"),
            Failure::Store => t.say("figures-count-store"),
            Failure::Setup => t.say("figures-count-setup"),
        };
        let times = i64::from(failed.times);
        outcome.push(t.say_args(
            "figures-count-failed",
            &[
                ("n", times.into()),
                ("at", t.moment(failed.at).into()),
                ("why", why.into_owned().into()),
            ],
        ));
    }
    let (badge, tone, when) = match &counting.state {
        State::Counted { at, .. } => (t.say("figures-count-counted"), "ok", *at),
        State::GivenUp => (t.say("figures-count-given-up"), "error", counting.due),
        State::Waits if counting.failed.is_some() => {
            (t.say("figures-count-again"), "error", counting.due)
        }
        State::Waits => (t.say("figures-count-waits"), "neutral", counting.due),
    };
    CountLine {
        period: counting.period.to_string(),
        badge: badge.into_owned(),
        tone,
        when: t.moment(when),
        outcome,
    }
}

fn line(t: &Say, words: Words, series: &Series) -> MeasureLine {
    let facts = &series.measure.facts;
    let told = series.versions.iter().filter(|v| !v.points.is_empty());
    let why_not = match (&facts.not_measured, series.latest()) {
        (Some(why), _) => why.in_language(words).to_owned(),
        (None, None) => t.say("figures-board-none").into_owned(),
        (None, Some(_)) => String::new(),
    };
    MeasureLine {
        name: series.measure.label(words).to_owned(),
        definition: facts.definition.in_language(words).to_owned(),
        why_not,
        versions: told.map(|v| version(t, words, v)).collect(),
    }
}

fn version(t: &Say, words: Words, version: &Version) -> VersionTable {
    let measure = &version.measure;
    let change = measure.facts.change.as_ref();
    VersionTable {
        caption: format!(
            "{} ({}), {}",
            measure.label(words),
            measure.facts.unit.in_language(words),
            t.say_n("open-definition-version", i64::from(version.number)),
        ),
        broken: version.number > 1,
        change: change.map_or_else(String::new, |c| c.in_language(words).to_owned()),
        points: version.points.iter().map(|p| point(t, p)).collect(),
    }
}

fn point(t: &Say, point: &Point) -> PointLine {
    let number = |n: u64| t.number(i64::try_from(n).unwrap_or(i64::MAX));
    PointLine {
        id: point.figure.to_string(),
        period: point.period.clone(),
        head: point
            .head
            .map_or_else(|| t.say("figures-hidden-cell").into_owned(), number),
        rows: point
            .rows
            .map_or_else(|| t.say("figures-hidden-cell").into_owned(), number),
        day: t.date(point.reference_date),
    }
}
