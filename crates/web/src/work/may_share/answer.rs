//! The answer: yes as clearly as no, what may go and what stays, what to do, what would be allowed instead.

use askama::Template;
use axum::response::Response;
use desk::may_share::{
    self, Answer, ConsentSeen, Grade, GroundGiven, Question, Said, Verdict, words,
};
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
    v: View,
    phone: String,
    trial: String,
    action: &'static str,
    typed: Vec<(&'static str, String)>,
}

/// The law's answer in the reader's language, for this page and for the moment of sharing.
pub struct View {
    /// How it looks: `yes`, `part`, `no`, `unclear`.
    pub tone: &'static str,
    /// One line that says so.
    pub headline: String,
    /// And one that explains it.
    pub explanation: String,
    /// The engine failed; the answer is no for that reason alone.
    pub failed: bool,
    /// What may go.
    pub goes: Vec<String>,
    /// What stays, one line a reason.
    pub stays: Vec<Stays>,
    /// What to do or to look at.
    pub checklist: Vec<String>,
    /// Duties beside the permission.
    pub duties: Vec<String>,
    /// What would be allowed.
    pub instead: Vec<String>,
    /// Who decides where the law is uncertain.
    pub who: Vec<String>,
    /// What each consent is worth.
    pub consents: Vec<Seen>,
    /// On which articles.
    pub grounds: Vec<Ground>,
    /// Version of the law.
    pub version: String,
}

impl View {
    /// Says an answer in the language of the page.
    pub fn of(answer: &Answer, work: &Work, t: &Say) -> View {
        let say = |text: &Bilingual| words(text, language(work.lang)).to_owned();
        let all = |texts: &[Bilingual]| texts.iter().map(say).collect::<Vec<String>>();
        let codes = |said: &[Said]| said.iter().map(|one| say(&one.words)).collect();
        View {
            tone: tone(answer),
            headline: say(&answer.headline),
            explanation: say(&answer.explanation.words),
            failed: answer.engine_failed,
            goes: all(&answer.data_labels),
            stays: stays(answer, say),
            checklist: codes(&answer.conditions),
            duties: codes(&answer.obligations),
            instead: answer.instead.iter().map(|one| say(&one.words)).collect(),
            who: all(&answer.who_decides),
            consents: answer.consents.iter().map(|one| seen(one, work)).collect(),
            grounds: answer
                .grounds
                .iter()
                .map(|one| ground(one, work, t))
                .collect(),
            version: answer.policy_version.clone(),
        }
    }
}

/// Categories that stay for one reason.
pub struct Stays {
    /// The categories.
    pub data: String,
    /// The reason.
    pub why: String,
}

/// What one consent is worth.
pub struct Seen {
    /// It carries something.
    pub counts: bool,
    /// Why, or why not.
    pub why: String,
}

/// A ground of the answer.
pub struct Ground {
    /// Name of the law.
    pub law: String,
    /// Article.
    pub article: String,
    /// Row of the matrix, or empty.
    pub row: String,
    /// How certain, in words.
    pub certainty: String,
}

/// Decides and shows the answer.
pub async fn show(work: &Work, question: &Question, typed: &Typed) -> Result<Response, Problem> {
    let decision = may_share::decide(&work.app.desk, &work.actor, work.now, question, None).await?;
    let t = work.say();
    html(&AnswerPage {
        frame: work.frame()?,
        crumbs: vec![Crumb::new(t.say("nav-sharing"), PATH)],
        v: View::of(&decision.answer, work, &t),
        phone: decision.duty_phone.unwrap_or_default(),
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
pub fn trial_note(work: &Work) -> Result<String, Problem> {
    let version = may_share::version(&work.app.desk)?;
    Ok(match version.is_trial() {
        true => words(&version.note, language(work.lang)).to_owned(),
        false => String::new(),
    })
}
