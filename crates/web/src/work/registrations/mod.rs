//! Registrations for the national figures: the list, one registration, how long it takes, and the figures of a year.

mod figures;

use ::desk::kept::{Cursor, Filter, ListRow, Store};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::UseCase as U;
use desk::registration::{self, RegistrationSummary, Waiting};
use domain::ids::RegistrationId;
use domain::registration::Basis;

use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::Work;
use crate::work::restrictions::{OnlyKept, only_kept};

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/work/registrations", U::ListRegistrations, list)
        .get(
            "/work/registrations/figures",
            U::PublishFigures,
            figures::ask,
        )
        .post(
            "/work/registrations/figures",
            U::PublishFigures,
            figures::make,
        )
        .get("/work/registrations/{id}", U::ReadRegistration, show)
}

#[derive(Template)]
#[template(path = "work/registrations/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    registered: i64,
    counted: i64,
    regions: Vec<Region>,
    rows: Vec<Row>,
    next: String,
    year: i16,
    waiting: Vec<Waiting>,
}

struct Region {
    label: String,
    href: String,
    current: bool,
}

struct Row {
    reference: String,
    href: String,
    month: String,
    form: String,
    reporter: String,
    region: String,
    days: i64,
}

async fn list(work: Work) -> Result<Response, Problem> {
    let t = work.say();
    let regions = &work.app.desk.vocabulary.regions;
    let chosen = work.query("region");
    let known = regions.resolve(chosen, work.today()).is_ok();
    let filter = Filter {
        regions: match known {
            true => vec![chosen.to_owned()],
            false => Vec::new(),
        },
        ..Filter::default()
    };
    let after = Cursor::decode(work.query("next"));
    let (desk, actor) = (&work.app.desk, &work.actor);
    let (page, counts) = registration::list(desk, actor, &filter, after.as_ref()).await?;
    let year = work.today().year();
    let count = |state: &str| {
        let found = counts.iter().find(|(name, _)| name == state);
        found.map_or(0, |(_, n)| *n)
    };
    html(&ListPage {
        frame: work.frame()?,
        registered: count(registration::REGISTERED),
        counted: count(registration::COUNTED),
        regions: region_links(&work, &t, if known { chosen } else { "" }),
        next: match &page.next {
            None => String::new(),
            Some(next) => {
                let region = if known { chosen } else { "" };
                format!("/work/registrations?region={region}&next={}", next.encode())
            }
        },
        rows: page.rows.iter().map(|row| shown(&work, &t, row)).collect(),
        year,
        waiting: registration::waiting_times(desk, actor, work.now, year).await?,
        t,
    })
}

/// Every region of a police unit or safety region, as a filter; reporters come from both kinds.
fn region_links(work: &Work, t: &Say, chosen: &str) -> Vec<Region> {
    let language = words::language(t.lang());
    let mut links = vec![Region {
        label: t.say("registrations-all-regions").into_owned(),
        href: "/work/registrations".to_owned(),
        current: chosen.is_empty(),
    }];
    let regions = work.app.desk.vocabulary.regions.valid_on(work.today());
    links.extend(
        regions
            .filter(|r| r.code.as_str().starts_with("RE") || r.code.as_str().starts_with("VR"))
            .map(|r| Region {
                label: r.label(language).to_owned(),
                href: format!("/work/registrations?region={}", r.code),
                current: r.code.as_str() == chosen,
            }),
    );
    links
}

fn shown(work: &Work, t: &Say, row: &ListRow) -> Row {
    let vocabulary = &work.app.desk.vocabulary;
    let (today, lang) = (work.today(), t.lang());
    let summary: Option<RegistrationSummary> = serde_json::from_value(row.summary.clone()).ok();
    let text = |part: fn(&RegistrationSummary) -> &String| {
        summary
            .as_ref()
            .map(|s| part(s).clone())
            .unwrap_or_default()
    };
    let region = row.clear.region.as_deref().unwrap_or_default();
    Row {
        reference: crate::words::reference(&row.id),
        href: format!("/work/registrations/{}", row.id),
        month: text(|s| &s.month),
        form: words::label(&vocabulary.forms, &text(|s| &s.form), today, lang),
        reporter: words::label(
            &vocabulary.organisation_kinds,
            &text(|s| &s.reporter),
            today,
            lang,
        ),
        region: words::label(&vocabulary.regions, region, today, lang),
        days: summary.map_or(0, |s| i64::from(s.days)),
    }
}

#[derive(Template)]
#[template(path = "work/registrations/entry.html")]
struct EntryPage {
    only_kept: Vec<OnlyKept>,
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    title: String,
    facts: Vec<(String, String)>,
}

fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(
        t.say("registrations-title"),
        "/work/registrations",
    )]
}

async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: RegistrationId = id.parse().map_err(|_| Problem::not_found())?;
    let entry = registration::read(&work.app.desk, &work.actor, work.now, id).await?;
    let t = work.say();
    let reference = crate::words::reference(id);
    html(&EntryPage {
        only_kept: only_kept(&work, &t, Store::K2, &entry.restricted),
        frame: work.frame()?,
        crumbs: crumbs(&t),
        title: t.say_with("registrations-one", "reference", reference),
        facts: facts(&work, &t, &entry),
        t,
    })
}

fn facts(work: &Work, t: &Say, entry: &registration::Entry) -> Vec<(String, String)> {
    let vocabulary = &work.app.desk.vocabulary;
    let (today, lang) = (work.today(), t.lang());
    let (registration, data) = (&entry.registration, &entry.registration.data);
    let w = crate::work::cases::words_of(work, t);
    let unknown = || t.say("cases-unknown").into_owned();
    let or_unknown = |text: Option<String>| text.unwrap_or_else(unknown);
    let form = |code: &str| words::label(&vocabulary.forms, code, today, lang);
    let basis = match &registration.basis {
        Basis::LegalDuty { article } => {
            t.say_with("registrations-basis-duty", "article", article.as_str())
        }
        Basis::WrittenConsent { .. } => t.say("registrations-basis-consent").into_owned(),
        Basis::CountOnly { .. } => unknown(),
    };
    let mut facts = Vec::new();
    let mut add = |label: Key, value: String| facts.push((t.key(label).into_owned(), value));
    add(Key::new("cases-forms"), form(data.form.as_str()));
    add(
        Key::new("registrations-sector"),
        or_unknown(data.sector.as_ref().map(|s| form(s.as_str()))),
    );
    add(Key::new("cases-age"), w.years(data.age));
    add(Key::new("cases-sex"), w.sex(&words::code_of(&data.sex)));
    add(
        Key::new("cases-origin"),
        or_unknown(data.origin.as_ref().map(|c| w.country(c.as_str()))),
    );
    add(
        Key::new("cases-region"),
        or_unknown(data.region.as_ref().map(|r| w.region(r.as_str()))),
    );
    add(
        Key::new("registrations-reporter"),
        w.org_kind(data.reporter.as_str()),
    );
    add(
        Key::new("registrations-by"),
        or_unknown(entry.by_name.clone()),
    );
    add(Key::new("registrations-basis"), basis);
    add(
        Key::new("registrations-detected"),
        t.date(registration.detected),
    );
    add(
        Key::new("registrations-registered"),
        t.date(registration.registered),
    );
    add(
        Key::new("registrations-days"),
        t.number(i64::from(registration.days_from_detection())),
    );
    facts
}
