//! Why a reader sees a matter, who works on it, and what happened around access: what a matter's own page says of that.

use desk::glass::{self, StoredGlass};
use desk::need::{MemberView, Notice};
use domain::need::{Because, GlassState, MatterId};

use super::page_of;
use crate::page::ui::Event;
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::Work;
use crate::work::cases::texts;

/// Why the reader sees this, when it is not simply hers; and the way to end a look behind broken glass.
pub(crate) struct Seeing {
    pub(crate) text: String,
    pub(crate) looks_only: bool,
    pub(crate) end: String,
    pub(crate) version: i64,
}

/// What its page says of that.
pub(crate) async fn seeing(
    work: &Work,
    t: &Say,
    id: MatterId,
    because: Because,
) -> Result<Option<Seeing>, Problem> {
    let said = |text: String| Seeing {
        text,
        looks_only: false,
        end: String::new(),
        version: 0,
    };
    Ok(match because {
        Because::Leads | Because::Arrived | Because::Answered => None,
        Because::Team => Some(said(t.say("need-because-team").into_owned())),
        Because::OnDuty { until } => {
            let until = t.moment(until);
            Some(said(t.say_with("need-because-duty", "until", until)))
        }
        Because::BreakGlass { until } => {
            let mine = glass::mine(&work.app.desk, &work.actor, work.now, id).await?;
            let (end, version) = mine.map_or((String::new(), 0), |(glass, version)| {
                (
                    format!("{}/break-glass/{}/end", page_of(id), glass.id),
                    version,
                )
            });
            let until = t.moment(until);
            Some(Seeing {
                looks_only: true,
                end,
                version,
                ..said(t.say_with("need-because-glass", "until", until))
            })
        }
    })
}

/// Somebody on the team, on the matter's page.
pub(crate) struct MemberRow {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) reason: String,
    pub(crate) remove: String,
}

/// Who is on the team now. Whoever may work on the matter finds the way to take somebody off.
pub(crate) fn team(t: &Say, id: MatterId, all: &[MemberView], because: Because) -> Vec<MemberRow> {
    let base = page_of(id);
    let on = all.iter().filter(|one| one.member.left.is_none());
    on.map(|one| MemberRow {
        name: one.member.name.clone(),
        about: t.say_with("cases-since", "date", t.date_of(one.member.added.at)),
        reason: one.member.reason.as_str().to_owned(),
        remove: match because.may_work() {
            true => format!("{base}/team/{}", one.id),
            false => String::new(),
        },
    })
    .collect()
}

/// What happened around access, for the timeline.
pub(crate) fn events(
    t: &Say,
    team: &[MemberView],
    broken: &[StoredGlass],
    taken_over: &[Notice],
) -> Vec<(jiff::Timestamp, Event)> {
    let event = |at, title: String, who: &str, body: &str| {
        let event = Event {
            when: t.moment(at),
            title,
            who: who.to_owned(),
            body: body.to_owned(),
        };
        (at, event)
    };
    let mut out = Vec::new();
    for one in team {
        let member = &one.member;
        let title = t.say_with("need-event-added", "name", member.name.as_str());
        out.push(event(member.added.at, title, "", member.reason.as_str()));
        if let Some(left) = &member.left {
            let title = t.say_with("need-event-left", "name", member.name.as_str());
            out.push(event(left.by.at, title, "", left.reason.as_str()));
        }
    }
    for one in broken {
        let glass = &one.glass;
        let title = t.say("need-event-glass").into_owned();
        let reason = glass.reason.as_str();
        out.push(event(glass.opened.at, title, &one.name, reason));
        if let GlassState::Reviewed { review, .. } = glass.state() {
            let title = t.key(texts::reviewed(review.outcome)).into_owned();
            out.push(event(review.by.at, title, "", review.reason.as_str()));
        }
    }
    for taken in taken_over {
        let title = t.say("need-event-taken-over").into_owned();
        let reason = taken.reason.as_ref().map_or("", |reason| reason.as_str());
        out.push(event(taken.by.at, title, &taken.name, reason));
    }
    out
}
