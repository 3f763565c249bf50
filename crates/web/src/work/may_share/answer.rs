//! The answer: yes as clearly as no, what may go and what stays, what to do, what would be allowed instead.

use askama::Template;
use axum::response::Response;
use desk::may_share::{self, Answer, ConsentSeen, Grade, GroundGiven, Question, Verdict, words};
use domain::Bilingual;

use super::PATH;
use super::ask::carried;
use crate::form::Typed;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::Say;
use crate::words::language;
use crate::work::Work;

#[derive(Template)]
#[template(path = "work/may_share/answer.html")]
struct AnswerPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    tone: &'static str,
    headline: String,
    explanation: String,
    phone: String,
    failed: bool,
    goes: Vec<String>,
    stays: Vec<Stays>,
    checklist: Vec<String>,
    duties: Vec<String>,
    instead: Vec<String>,
    who: Vec<String>,
    consents: Vec<Seen>,
    grounds: Vec<Ground>,
    version: String,
    trial: String,
    action: &'static str,
    typed: Vec<(&'static str, String)>,
}

/// Categories that stay for one reason.
struct Stays {
    data: String,
    why: String,
}

struct Seen {
    counts: bool,
    why: String,
}

struct Ground {
    law: String,
    article: String,
    row: String,
    certainty: String,
}

/// Decides and shows the answer.
pub async fn show(work: &Work, question: &Question, typed: &Typed) -> Result<Response, Problem> {
    let decision = may_share::decide(&work.app.desk, &work.actor, work.now, question).await?;
    let t = work.say();
    let answer = &decision.answer;
    let say = |text: &Bilingual| words(text, language(work.lang)).to_owned();
    let all = |texts: &[Bilingual]| texts.iter().map(say).collect::<Vec<String>>();
    html(&AnswerPage {
        frame: work.frame()?,
        crumbs: vec![Crumb::new(t.say("nav-sharing"), PATH)],
        tone: tone(answer),
        headline: say(&answer.headline),
        explanation: say(&answer.explanation.words),
        phone: decision.duty_phone.clone().unwrap_or_default(),
        failed: answer.engine_failed,
        goes: all(&answer.data_labels),
        stays: stays(answer, say),
        checklist: answer
            .conditions
            .iter()
            .map(|one| say(&one.words))
            .collect(),
        duties: answer
            .obligations
            .iter()
            .map(|one| say(&one.words))
            .collect(),
        instead: answer.instead.iter().map(|one| say(&one.words)).collect(),
        who: all(&answer.who_decides),
        consents: answer.consents.iter().map(|one| seen(one, work)).collect(),
        grounds: answer
            .grounds
            .iter()
            .map(|one| ground(one, work, &t))
            .collect(),
        version: answer.policy_version.clone(),
        trial: trial_note(work)?,
        action: PATH,
        typed: carried(typed),
        t,
    })
}

fn tone(answer: &Answer) -> &'static str {
    match (answer.verdict, answer.withheld.is_empty()) {
        (Verdict::Yes, true) => "yes",
        (Verdict::Yes, false) => "part",
        (Verdict::No, _) => "no",
        (Verdict::Unclear, _) => "unclear",
    }
}

/// One line a reason: twelve times the same sentence is read by nobody.
fn stays(answer: &Answer, say: impl Fn(&Bilingual) -> String) -> Vec<Stays> {
    let mut out: Vec<Stays> = Vec::new();
    for held in &answer.withheld {
        let (data, why) = (say(&held.label), say(&held.why.words));
        match out.iter_mut().find(|known| known.why == why) {
            Some(known) => known.data = format!("{}, {data}", known.data),
            None => out.push(Stays { data, why }),
        }
    }
    out
}

fn seen(consent: &ConsentSeen, work: &Work) -> Seen {
    Seen {
        counts: consent.counts,
        why: words(&consent.why.words, language(work.lang)).to_owned(),
    }
}

fn ground(ground: &GroundGiven, work: &Work, t: &Say) -> Ground {
    Ground {
        law: words(&ground.law, language(work.lang)).to_owned(),
        article: ground.article.clone(),
        row: ground.row.map(|row| row.to_string()).unwrap_or_default(),
        certainty: match ground.certainty {
            Grade::A => t.say("sharing-grade-a"),
            Grade::B => t.say("sharing-grade-b"),
            Grade::C => t.say("sharing-grade-c"),
        }
        .into_owned(),
    }
}

/// What whoever reads an answer must know of this version of the law; nothing for one that two real signers answer for.
pub(super) fn trial_note(work: &Work) -> Result<String, Problem> {
    let version = may_share::version(&work.app.desk)?;
    Ok(match version.is_trial() {
        true => words(&version.note, language(work.lang)).to_owned(),
        false => String::new(),
    })
}
