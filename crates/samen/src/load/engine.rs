//! The clockwork of a load: stories side by side, slice of the calendar by slice, deliveries and clocks in between.
//!
//! A story's own steps are taken in order, one by one. Stories of a slice are taken side by side, so that the vault can
//! write several changes with one sync. A slice is as long as it takes for a handful of reports to come in; between
//! slices the clock stands where the slice ended, so that deadlines pass as they did.

use std::collections::VecDeque;
use std::sync::Arc;

use anyhow::Result;
use desk::DeskError;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use tokio::task::JoinSet;
use world::Story;

use super::moment::clock;
use super::programme::Programme;
use super::stage::{Known, Stage};
use super::steps::{Step, Timed, schedule};
use super::tally::{Tally, Went};
use super::{ending, k1, k3, k5, opinion, person, sharing, shelter};

/// Stories taken at the same time.
const AT_ONCE: usize = 32;
/// Reports that come in during a slice.
const SLICE_REPORTS: usize = 8;
/// Longest slice.
const SLICE_DAYS: i64 = 31;
/// Rounds of one slice; more would mean that something is sent around for ever.
const ROUNDS: usize = 500;

/// A story under way.
pub(super) struct Life {
    pub(super) story: Story,
    steps: VecDeque<Timed>,
    pub(super) known: Known,
    /// Something was sent and may not have arrived.
    sent: bool,
    tally: Tally,
}

impl Life {
    fn new(story: Story, until: Timestamp) -> Life {
        Life {
            steps: schedule(&story, until).into(),
            story,
            known: Known::default(),
            sent: false,
            tally: Tally::default(),
        }
    }

    fn next(&self) -> Option<Timestamp> {
        self.steps.front().map(|timed| timed.at)
    }
}

/// Takes all stories from beginning to end. `begun` hears how many have begun.
pub(super) async fn run(
    stage: &Arc<Stage>,
    stories: impl Iterator<Item = Story> + Send,
    mut programme: Programme,
    begun: &(dyn Fn(u64) + Send + Sync),
) -> Result<Tally> {
    let mut stories = stories.peekable();
    let mut ahead: VecDeque<Story> = VecDeque::new();
    let mut lives: Vec<Life> = Vec::new();
    let mut tally = Tally::default();
    let mut end: Option<Timestamp> = None;
    loop {
        while ahead.len() <= SLICE_REPORTS
            && let Some(story) = stories.next()
        {
            ahead.push_back(story);
        }
        let first = ahead.front().map(|s| s.report.received_on);
        let Some(slice) = slice(first, ahead.back(), ahead.len(), &lives, end) else {
            break;
        };
        while let Some(story) = ahead.pop_front_if(|s| s.report.received_at < slice) {
            tally.stories += 1;
            lives.push(Life::new(story, stage.until));
            if ahead.len() <= SLICE_REPORTS {
                ahead.extend(stories.next());
            }
        }
        begun(tally.stories);
        let (stories, office) = tokio::join!(
            play(stage, lives, slice, &mut tally),
            programme.work(stage, slice)
        );
        lives = stories?;
        tally.add(office?);
        end = Some(slice);
    }
    // What the programme does after the last story, and what is due today.
    tally.add(programme.work(stage, Timestamp::MAX).await?);
    settle(stage, stage.until, &mut tally).await?;
    Ok(tally)
}

/// Where the next slice ends; none when there is nothing left.
fn slice(
    first: Option<Date>,
    last: Option<&Story>,
    ahead: usize,
    lives: &[Life],
    before: Option<Timestamp>,
) -> Option<Timestamp> {
    let open = lives.iter().filter_map(Life::next).min();
    let start = match (first, open) {
        (None, None) => return None,
        (Some(first), None) => first,
        (None, Some(open)) => domain::time::dutch_date(open),
        (Some(first), Some(open)) => first.min(domain::time::dutch_date(open)),
    };
    let start = before.map_or(start, |b| start.max(domain::time::dutch_date(b)));
    let longest = start.saturating_add(SLICE_DAYS.days());
    let end = match last {
        Some(story) if ahead > SLICE_REPORTS => story.report.received_on.min(longest),
        _ => longest,
    };
    let end = end.max(start.saturating_add(1.day()));
    Some(clock(end, 0, 0))
}

/// Everything that happens before the end of a slice.
async fn play(
    stage: &Arc<Stage>,
    mut lives: Vec<Life>,
    slice: Timestamp,
    tally: &mut Tally,
) -> Result<Vec<Life>> {
    for _ in 0..ROUNDS {
        let (due, rest): (Vec<Life>, Vec<Life>) = lives
            .into_iter()
            .partition(|life| life.next().is_some_and(|at| at < slice));
        lives = rest;
        if due.is_empty() {
            break;
        }
        let mut taken = side_by_side(stage, due, slice).await?;
        // In the order of the stories, whoever was done first.
        taken.sort_by_key(|life| life.story.index);
        for life in &mut taken {
            tally.add(std::mem::take(&mut life.tally));
        }
        lives.extend(taken.into_iter().filter(|life| !life.steps.is_empty()));
        // No clock runs ahead of somebody's next step.
        let next = lives.iter().filter_map(Life::next).min();
        let now = next.map_or(slice, |next| next.min(slice)).min(stage.until);
        settle(stage, now, tally).await?;
        lives.iter_mut().for_each(|life| life.sent = false);
    }
    Ok(lives)
}

async fn side_by_side(stage: &Arc<Stage>, due: Vec<Life>, slice: Timestamp) -> Result<Vec<Life>> {
    let mut waiting = due.into_iter();
    let mut working = JoinSet::new();
    let mut taken = Vec::new();
    loop {
        while working.len() < AT_ONCE
            && let Some(life) = waiting.next()
        {
            let stage = stage.clone();
            working.spawn(async move { live(&stage, life, slice).await });
        }
        match working.join_next().await {
            Some(done) => taken.push(done??),
            None => return Ok(taken),
        }
    }
}

/// Takes a story's steps up to the end of the slice, or to the first that waits for a delivery.
async fn live(stage: &Stage, mut life: Life, slice: Timestamp) -> Result<Life, DeskError> {
    while let Some(timed) = life.steps.front().copied() {
        if timed.at >= slice || (life.sent && timed.step.waits()) {
            break;
        }
        life.steps.pop_front();
        let went = take(stage, &mut life, timed).await;
        life.sent |= matches!(went, Ok(Went::Sent));
        let story = life.story.id.clone();
        life.tally.count(&story, timed.step.name(), &went)?;
    }
    Ok(life)
}

async fn take(stage: &Stage, life: &mut Life, timed: Timed) -> Result<Went, DeskError> {
    let now = timed.at;
    match timed.step {
        Step::Receive => k1::receive(stage, life, now).await,
        Step::Acute => k1::acute(stage, life, now).await,
        Step::Accept => k1::accept(stage, life, now).await,
        Step::Route => k1::route(stage, life, now).await,
        Step::Reply => k1::reply(stage, life, now).await,
        Step::Close => k1::close(stage, life, now).await,
        Step::TakeOnIntake => k5::take_on(stage, life, now).await,
        Step::AddPerson => k5::add_person(stage, life, now).await,
        Step::Assess => k5::assess(stage, life, now).await,
        Step::RegisterDuty => k5::register(stage, life, now).await,
        Step::OfferReflection => k5::offer(stage, life, now).await,
        Step::AnswerReflection => k5::answer(stage, life, now).await,
        Step::EndReflection => k5::end(stage, life, now).await,
        Step::HandToCare => k5::hand_over(stage, life, now).await,
        Step::CloseIntake => k5::close(stage, life, now).await,
        other => care(stage, life, other, now).await,
    }
}

async fn care(
    stage: &Stage,
    life: &mut Life,
    step: Step,
    now: Timestamp,
) -> Result<Went, DeskError> {
    match step {
        Step::TakeOnElsewhere => k3::take_on_elsewhere(stage, life, now).await,
        Step::TakeOnCase => k3::take_on(stage, life, now).await,
        Step::KnowPerson => person::know(stage, life, now).await,
        Step::TickIndicators => k3::tick(stage, life, now).await,
        Step::Consent => k3::consent(stage, life, now).await,
        Step::Register => k3::register(stage, life, now).await,
        Step::WithdrawConsent => k3::withdraw(stage, life, now).await,
        Step::Phase(index) => k3::phase(stage, life, now, index).await,
        Step::Event(index) => k3::event(stage, life, now, index).await,
        Step::CloseCase => ending::close(stage, life, now).await,
        Step::Aftercare(index) => ending::aftercare(stage, life, now, index).await,
        Step::AskShelter => shelter::ask(stage, life, now).await,
        Step::Hold(index) => shelter::hold(stage, life, now, index).await,
        Step::ShelterAccepts => shelter::shelter_accepts(stage, life, now).await,
        Step::ClientAccepts => shelter::client_accepts(stage, life, now).await,
        Step::Refuse(index) => shelter::refuse(stage, life, now, index).await,
        Step::Arrive => shelter::arrive(stage, life, now).await,
        Step::NextPlace => shelter::follow_up(stage, life, now).await,
        Step::Leave(index) => shelter::leave(stage, life, now, index).await,
        Step::GiveUp => shelter::give_up(stage, life, now).await,
        Step::AskOpinion => opinion::ask(stage, life, now).await,
        Step::Admission => opinion::admission(stage, life, now).await,
        Step::ComposePanel => opinion::compose(stage, life, now).await,
        Step::GiveOpinion => opinion::give(stage, life, now).await,
        Step::SendOpinion => opinion::send(stage, life, now).await,
        Step::WithdrawOpinion => opinion::withdraw(stage, life, now).await,
        Step::OfferShare => sharing::offer(stage, life, now).await,
        Step::AnswerShare => sharing::answer_share(stage, life, now).await,
        Step::AskAboutData => sharing::ask_about_data(stage, life, now).await,
        Step::AnswerData => sharing::answer_data(stage, life, now).await,
        _ => Ok(Went::LeftOut),
    }
}

/// Lets Samen do what it does by itself until nothing is left to do.
async fn settle(stage: &Stage, now: Timestamp, tally: &mut Tally) -> Result<(), DeskError> {
    for _ in 0..ROUNDS {
        let ticked = desk::tick::tick(&stage.desk, now).await?;
        *tally.done.entry("disclosures").or_default() += ticked.delivered as u64;
        *tally.done.entry("clocks").or_default() += ticked.fired as u64;
        if ticked.is_idle() {
            break;
        }
    }
    Ok(())
}
