//! Passing a report on: what the rules propose and why, what they withhold and why, and the desk's choice.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::report::{Choice as Chosen, Dossier, RouteInput, read, route, suggest};
use domain::answer::Bilingual;
use domain::ids::{AttachmentId, OrgId, ReportId};
use domain::routing::{RouteProposal, RouteTo, Routing};

use super::{crumbs, done, id_of, refusal, words};
use crate::form::{Filled, Form, Read};
use crate::page::frame::WorkFrame;
use crate::page::html_as;
use crate::page::ui::{Choice, Crumb};
use crate::problem::Problem;
use crate::texts::{Key, Lang, Say};
use crate::work::attached::numbered;
use crate::work::form_page::{refused, safe_text, seen as seen_of};
use crate::work::vocabulary::label;
use crate::work::{Work, WorkForm};

const LONGEST: usize = 4_000;

#[derive(Template)]
#[template(path = "work/reports/route.html")]
struct RoutePage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    seen: i64,
    serious: bool,
    proposals: Vec<Choice>,
    unreachable: Vec<(String, String)>,
    withheld: Vec<(String, String)>,
    notes: Vec<String>,
    needs_weighing: bool,
    needs_consent: bool,
    others: Vec<Choice>,
    files: Vec<Choice>,
}

/// Shows what the rules say.
pub async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let serious = work.query("serious") == "yes";
    page(&work, id_of(&id)?, serious, Filled::blank(), StatusCode::OK).await
}

/// A text of the rules in the reader's language; every language but Dutch reads English.
pub(super) fn in_language(say: &Say, text: &Bilingual) -> String {
    if say.lang() == Lang::DUTCH {
        text.nl.clone()
    } else {
        text.en.clone()
    }
}

async fn page(
    work: &Work,
    id: ReportId,
    serious: bool,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let desk = &work.app.desk;
    let say = work.say();
    let dossier = read(desk, &work.actor, work.now, id).await?;
    let (routing, receivers) = suggest(desk, &work.actor, work.now, id, serious).await?;
    let sent: Vec<OrgId> = dossier.report.decisions().iter().map(|d| d.org).collect();
    let mut proposals = Vec::new();
    let mut unreachable = Vec::new();
    for (proposal, receiver) in routing.proposals.iter().zip(&receivers) {
        let why = in_language(&say, &proposal.because);
        match receiver {
            None => unreachable.push((receiver_name(work, &say, &proposal.to), why)),
            Some(org) if sent.contains(org) => {}
            Some(org) => {
                let name = desk.directory().name(*org).to_owned();
                let choice = Choice::new(&proposal.rule, name);
                proposals.push(choice.hint(format!("{why} ({})", proposal.ground)));
            }
        }
    }
    let weigh = |p: &&RouteProposal| p.needs_conflict_of_duties;
    let asked = |p: &&RouteProposal| p.needs_consent;
    let page = RoutePage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&say, id),
        id: id.to_string(),
        seen: dossier.version,
        serious,
        needs_weighing: routing.proposals.iter().any(|p| weigh(&p)),
        needs_consent: routing.proposals.iter().any(|p| asked(&p)),
        proposals,
        unreachable,
        withheld: withheld(work, &say, &routing),
        notes: routing
            .notes
            .iter()
            .map(|n| say.key(words::note(*n)).into_owned())
            .collect(),
        others: others(work, &sent),
        files: files_of(&say, &dossier),
        t: say,
    };
    html_as(status, &page)
}

/// The files that can go along.
fn files_of(say: &Say, dossier: &Dossier) -> Vec<Choice> {
    let files = &dossier.report.content.attachments;
    let named = files.iter().zip(numbered(say, files));
    named
        .map(|(file, label)| Choice::new(file.id.to_string(), label))
        .collect()
}

/// The kind of organisation, with its region.
fn receiver_name(work: &Work, say: &Say, to: &RouteTo) -> String {
    let list = &work.app.desk.vocabulary;
    let kind = label(&list.organisation_kinds, to.kind(), say);
    match to {
        RouteTo::Region { region, .. } => format!("{kind}, {}", label(&list.regions, region, say)),
        RouteTo::National { .. } | RouteTo::NationalDesk { .. } => kind,
    }
}

fn withheld(work: &Work, say: &Say, routing: &Routing) -> Vec<(String, String)> {
    routing
        .withheld
        .iter()
        .map(|w| {
            (
                receiver_name(work, say, &w.to),
                in_language(say, &w.because),
            )
        })
        .collect()
}

/// Organisations that the desk can choose by itself, with a reason: never an investigating service.
fn others(work: &Work, sent: &[OrgId]) -> Vec<Choice> {
    let helps = |kind: &str| matches!(kind, "ZCO" | "COM" | "VT" | "NID" | "GI");
    let mut all: Vec<Choice> = work
        .app
        .desk
        .directory()
        .all()
        .filter(|(id, org)| helps(org.kind.as_str()) && !sent.contains(id))
        .map(|(id, org)| Choice::new(id.to_string(), org.name.clone()))
        .collect();
    all.sort_by_key(|choice| choice.label.to_lowercase());
    all
}

/// The ticked files; the desk checks that they are the report's own.
fn read_chosen(form: &mut Form, typed: &[String]) -> Read<Vec<AttachmentId>> {
    let ids: Vec<AttachmentId> = typed.iter().filter_map(|id| id.parse().ok()).collect();
    let options: Vec<(&str, AttachmentId)> = typed
        .iter()
        .map(String::as_str)
        .zip(ids.iter().copied())
        .collect();
    form.many_of("attachment", &options).any()
}

/// Sends the report to the chosen receivers.
pub async fn take(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let typed = body.0.clone();
    let serious = typed.first("serious") == "yes";
    let (routing, receivers) = suggest(&work.app.desk, &work.actor, work.now, id, serious).await?;
    let reachable: Vec<(&RouteProposal, OrgId)> = routing
        .proposals
        .iter()
        .zip(&receivers)
        .filter_map(|(p, r)| r.map(|org| (p, org)))
        .collect();
    let options: Vec<(&str, usize)> = reachable
        .iter()
        .enumerate()
        .map(|(at, (p, _))| (p.rule.as_str(), at))
        .collect();
    let mut form = Form::new(body);
    let seen = seen_of(&mut form);
    let minor = form.flag("serious").read();
    let rules = form.many_of("rule", &options).any();
    let chosen = read_chosen(&mut form, typed.all("attachment"));
    let because = safe_text(&mut form, "because", LONGEST).optional();
    let other = form
        .parsed("other", |text| text.parse::<OrgId>().ok())
        .optional();
    let other_because = safe_text(&mut form, "other_because", LONGEST).optional();
    if let (Ok(rules), Ok(because)) = (&rules, &because) {
        let weighed = |at: &&usize| {
            let (p, _) = reachable[**at];
            p.needs_conflict_of_duties || p.needs_consent
        };
        if because.is_none() && rules.iter().any(|at| weighed(&at)) {
            form.note("because", Key::new("reports-fault-because"));
        }
    }
    if let (Ok(rules), Ok(None)) = (&rules, &other)
        && rules.is_empty()
    {
        form.note("rule", Key::new("reports-refused-no-receiver"));
    }
    if let (Ok(Some(_)), Ok(None)) = (&other, &other_because) {
        form.note(
            "other_because",
            Key::new("reports-route-other-because-missing"),
        );
    }
    let input = form.finish(|| {
        let because = because?;
        let mut choices: Vec<Chosen> = rules?
            .into_iter()
            .map(|at| {
                let (proposal, org) = reachable[at];
                let weighed = proposal.needs_conflict_of_duties || proposal.needs_consent;
                Chosen {
                    rule: Some(proposal.rule.clone()),
                    org,
                    because: because.clone().filter(|_| weighed),
                }
            })
            .collect();
        let other_because = other_because?;
        choices.extend(other?.map(|org| Chosen {
            rule: None,
            org,
            because: other_because,
        }));
        Ok((
            seen?,
            RouteInput {
                attachments: chosen?,
                choices,
                minor_in_serious_danger: minor?,
            },
        ))
    });
    let (seen, input) = match input {
        Ok(input) => input,
        Err(f) => return page(&work, id, serious, f, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    match route(&work.app.desk, &work.actor, work.now, id, seen, input).await {
        Ok(()) => Ok(done(id, "routed")),
        Err(error) => {
            let f = refused(typed, error, &["rule", "because"], refusal)?;
            page(&work, id, serious, f, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
