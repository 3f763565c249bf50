//! The yearly figures: making them, what was released before, and why something is withheld.

use askama::Template;
use axum::response::Response;
use desk::registration::{self, Again, Made, ReleaseLine, Span, WhyWithheld};

use super::crumbs;
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::cases::sheet::{at_fields, refusal};
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/registrations/figures.html")]
struct FiguresPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    made: Option<Shown>,
    releases: Vec<Line>,
}

struct Shown {
    tone: &'static str,
    title: String,
    period: String,
    nothing: String,
    sent: Vec<(String, String)>,
    withheld: Vec<(String, String)>,
}

/// A release of the ledger as people read it.
struct Line {
    period: String,
    day: String,
    outcome: String,
    withheld: Vec<(String, String)>,
}

/// Asks for the year.
pub(super) async fn ask(work: Work) -> Result<Response, Problem> {
    let last = work.today().year() - 1;
    let filled = Filled::with(&[("year", &last.to_string())]);
    page(&work, filled, None).await
}

async fn page(work: &Work, f: Filled, made: Option<Shown>) -> Result<Response, Problem> {
    let t = work.say();
    let wrong = f.is_wrong();
    let releases = registration::releases(&work.app.desk, &work.actor).await?;
    let page = FiguresPage {
        frame: work.frame()?,
        crumbs: crumbs(&t),
        f,
        made,
        releases: releases.iter().map(|one| line(&t, one)).collect(),
        t,
    };
    match wrong {
        true => crate::page::html_as(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page),
        false => html(&page),
    }
}

/// Makes the figures of a year.
pub(super) async fn make(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let year = form.whole("year").within(2000, 2100);
    let again = form.flag("again").read();
    let (year, again) = match form.finish(|| Ok((year?, again?))) {
        Ok((year, again)) => (i16::try_from(year).unwrap_or_default(), again),
        Err(filled) => return page(&work, filled, None).await,
    };
    let again = if again { Again::Revise } else { Again::No };
    match registration::figures(&work.app.desk, &work.actor, work.now, year, again).await {
        Ok(made) => page(&work, typed, Some(told(&work, &made))).await,
        Err(desk::DeskError::Rule { key, .. }) if key == "figures-period" => {
            let f = typed.refused("year", Key::new("registrations-period-runs"));
            page(&work, f, None).await
        }
        Err(error @ desk::DeskError::Invalid(_)) => {
            page(&work, at_fields(error, typed, &["year"])?, None).await
        }
        Err(error) => Err(refusal(error)),
    }
}

fn told(work: &Work, made: &Made) -> Shown {
    let t = work.say();
    let dutch = words::language(t.lang()) == domain::vocabulary::Lang::Nl;
    let said = |text: &domain::Bilingual| {
        if dutch {
            text.nl.clone()
        } else {
            text.en.clone()
        }
    };
    let (tone, title, nothing) = match (made.before, made.nothing) {
        (Some(day), _) => (
            "info",
            t.say("registrations-before"),
            t.say_args("registrations-before-why", &[("day", t.date(day).into())]),
        ),
        (None, Some(why)) => ("warning", t.say("registrations-nothing"), why_not(&t, why)),
        (None, None) => ("ok", t.say("registrations-made"), String::new()),
    };
    let (first, last) = made.period;
    Shown {
        tone,
        title: title.into_owned(),
        period: days(&t, Span { first, last }),
        nothing,
        sent: made
            .sent
            .iter()
            .map(|figure| {
                let cells = i64::try_from(figure.cells.len()).unwrap_or(i64::MAX);
                (said(&figure.title), t.say_n("registrations-cells", cells))
            })
            .collect(),
        withheld: made
            .withheld
            .iter()
            .map(|w| (said(&w.title), why_not(&t, w.why)))
            .collect(),
    }
}

fn line(t: &Say, release: &ReleaseLine) -> Line {
    let told = release
        .tables
        .iter()
        .filter(|(_, why)| why.is_none())
        .count();
    Line {
        period: days(t, release.span),
        day: t.date(release.on),
        outcome: match release.withheld {
            Some(why) => why_not(t, why),
            None => t.say_n(
                "registrations-tables",
                i64::try_from(told).unwrap_or(i64::MAX),
            ),
        },
        withheld: (release.tables.iter())
            .filter_map(|(question, why)| Some((name(t, question), why_not(t, (*why)?))))
            .collect(),
    }
}

fn days(t: &Say, span: Span) -> String {
    t.say_args(
        "cases-between-days",
        &[
            ("from", t.date(span.first).into()),
            ("until", t.date(span.last).into()),
        ],
    )
}

/// The question of a table; its code where this program does not know it any more.
fn name(t: &Say, question: &str) -> String {
    match question {
        "form_sex" => t.say("registrations-table-form-sex").into_owned(),
        "age" => t.say("registrations-table-age").into_owned(),
        "reporter" => t.say("registrations-table-reporter").into_owned(),
        "month" => t.say("registrations-table-month").into_owned(),
        other => other.to_owned(),
    }
}

/// Why something is withheld, and what can be done instead.
fn why_not(t: &Say, why: WhyWithheld) -> String {
    match why {
        WhyWithheld::FewRecords => t.say("registrations-why-few").into_owned(),
        WhyWithheld::Recoverable => t.say("registrations-why-recoverable").into_owned(),
        WhyWithheld::BesideRows { beside } => {
            t.say_with("registrations-why-rows", "period", days(t, beside))
        }
        WhyWithheld::SmallChange { beside } => {
            t.say_with("registrations-why-change", "period", days(t, beside))
        }
        WhyWithheld::PartlyOverlaps { beside } => {
            t.say_with("registrations-why-overlaps", "period", days(t, beside))
        }
    }
}
