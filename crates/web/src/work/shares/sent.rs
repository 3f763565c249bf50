//! A share as its sender sees it: where it stands, what went, and taking it back.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::share::{self, SentLine, SentShare};
use domain::ids::{CaseId, DisclosureId};
use domain::share::{Kept, ShareState};

use super::portion::{Part, parts};
use super::texts;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::cases::facts::{Fact, Words};
use crate::work::cases::{case_crumbs, case_id, words_of};
use crate::work::deed::pressed;
use crate::work::form_page::{FormPage, refused_page};
use crate::work::{Work, WorkForm};

/// A line of the dossier.
pub struct Line {
    /// To whom.
    pub to: String,
    /// For what, until when.
    pub about: String,
    /// Where it stands.
    pub state: String,
    /// How that looks.
    pub tone: &'static str,
    /// Its page.
    pub href: String,
}

/// The shares of a case for its dossier, newest first.
pub async fn lines(work: &Work, t: &Say, case: CaseId) -> Result<Vec<Line>, Problem> {
    let all = share::of_case(&work.app.desk, &work.actor, work.now, case).await?;
    Ok(all.iter().map(|line| shown(work, t, case, line)).collect())
}

fn shown(work: &Work, t: &Say, case: CaseId, line: &SentLine) -> Line {
    let (state, tone) = texts::sent(&line.state);
    let purpose = texts::purpose(work, t, line.purpose.as_str());
    let until = t.say_with("shares-until-day", "date", t.date(line.until));
    Line {
        to: line.to.clone(),
        about: format!("{purpose} · {until}"),
        state: t.key(state).into_owned(),
        tone: tone.class(),
        href: format!("/work/cases/{case}/shares/{}", line.id),
    }
}

#[derive(Template)]
#[template(path = "work/shares/sent.html")]
struct SentPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    title: String,
    state: String,
    tone: &'static str,
    what_now: String,
    facts: Vec<Fact>,
    parts: Vec<Part>,
    recall: String,
}

fn ids(case: &str, share: &str) -> Result<(CaseId, DisclosureId), Problem> {
    let share = share.parse().map_err(|_| Problem::not_found())?;
    Ok((case_id(case)?, share))
}

async fn read(work: &Work, case: CaseId, share: DisclosureId) -> Result<SentShare, Problem> {
    let (desk, actor) = (&work.app.desk, &work.actor);
    Ok(share::read_sent(desk, actor, work.now, case, share).await?)
}

/// Shows it.
pub(super) async fn show(
    work: Work,
    Path((case, share)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (case, id) = ids(&case, &share)?;
    let seen = read(&work, case, id).await?;
    let t = work.say();
    let w = words_of(&work, &t);
    let (state, tone) = texts::sent(seen.share.state());
    html(&SentPage {
        frame: work.frame_after(&[("recalled", Key::new("shares-done-recalled"))])?,
        crumbs: case_crumbs(&t, case),
        title: t.say_with("shares-sent-title", "name", seen.to.as_str()),
        state: t.key(state).into_owned(),
        tone: tone.class(),
        what_now: what_now(&t, seen.share.state()),
        facts: facts(&w, &seen),
        parts: parts(&w, &seen.share.portion),
        recall: match seen.share.runs() {
            true => format!("/work/cases/{case}/shares/{id}/recall"),
            false => String::new(),
        },
        t: t.clone(),
    })
}

/// What follows, in one or two sentences.
fn what_now(t: &Say, state: &ShareState) -> String {
    let ended = |why| t.key(texts::ended(why)).into_owned();
    match state {
        ShareState::Offered => t.say("shares-now-offered").into_owned(),
        ShareState::Refused { on, .. } => t.say_with("shares-now-refused", "date", t.date(*on)),
        ShareState::Gone { on, why } => format!(
            "{} {}",
            ended(*why),
            t.say_with("shares-now-gone", "date", t.date(*on))
        ),
        ShareState::Held { since } => t.say_with("shares-now-held", "date", t.date(*since)),
        ShareState::Ending { on, why } => format!(
            "{} {}",
            ended(*why),
            t.say_with("shares-now-ending", "date", t.date(*on))
        ),
        ShareState::Ended { why, confirmation } => format!(
            "{} {}",
            ended(*why),
            t.say_with("shares-now-ended", "date", t.date(confirmation.on))
        ),
    }
}

fn facts(w: &Words<'_>, seen: &SentShare) -> Vec<Fact> {
    let (t, share) = (w.t, &seen.share);
    let terms = &share.terms;
    let mut out = vec![
        w.fact(
            Key::new("shares-fact-purpose"),
            texts::purpose(w.work, t, terms.purpose.as_str()),
        ),
        w.fact(Key::new("shares-fact-why"), terms.why.as_str()),
        w.fact(Key::new("shares-fact-until"), t.date(terms.until)),
        w.fact(Key::new("sharing-articles"), terms.grounds.join("\n")),
        w.fact(Key::new("shares-decided"), t.moment(share.by.at)),
        w.fact(Key::new("shares-law"), terms.policy.as_str()),
    ];
    if !terms.consents.is_empty() {
        let rests = t.say_n("shares-rests-on", terms.consents.len());
        out.push(w.fact(Key::new("sharing-consents"), rests));
    }
    match share.state() {
        ShareState::Refused { reason, .. } => {
            out.push(w.fact(Key::new("shares-reason"), reason.as_str()));
        }
        ShareState::Ended { confirmation, .. } => {
            let kept = kept(t, confirmation.kept.as_ref());
            out.push(w.fact(Key::new("shares-kept"), kept));
        }
        _ => {}
    }
    out
}

/// What the receiver had to keep.
pub(super) fn kept(t: &Say, kept: Option<&Kept>) -> String {
    match kept {
        None => t.say("shares-kept-nothing").into_owned(),
        Some(kept) => format!("{}\n{}", kept.what.as_str(), kept.ground.as_str()),
    }
}

/// Says what follows from taking it back, and asks.
pub(super) async fn ask_recall(
    work: Work,
    Path((case, share)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (case, id) = ids(&case, &share)?;
    let seen = read(&work, case, id).await?;
    let t = work.say();
    let page = format!("/work/cases/{case}/shares/{id}");
    html(&FormPage {
        frame: work.frame()?,
        f: crate::form::Filled::blank(),
        crumbs: case_crumbs(&t, case),
        title: t.say_with("shares-recall-title", "name", seen.to.as_str()),
        know: vec![
            t.say("shares-recall-lead").into_owned(),
            t.say("shares-recall-kept").into_owned(),
        ],
        action: format!("{page}/recall"),
        hidden: vec![("seen", seen.version.to_string())],
        asks: Vec::new(),
        button: t.say("shares-recall-button").into_owned(),
        cancel: page,
        t,
    })
}

/// Takes it back.
pub(super) async fn recall(
    work: Work,
    Path((case, share)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (case, id) = ids(&case, &share)?;
    let seen = pressed(body)?;
    share::recall(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(|error| refused_page(error, texts::fault))?;
    Ok(Redirect::to(&format!("/work/cases/{case}/shares/{id}?done=recalled")).into_response())
}
