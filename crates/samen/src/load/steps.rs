//! The steps of a story in the order in which they happen, each with its moment. Pure: what the steps do is elsewhere.

use jiff::Timestamp;
use world::Story;
use world::story::{OpinionResult, Placement, PlacementStep, ReflectionAnswer, Registration};

use super::moment::{Calendar, minutes};
use super::sharing::{asks_about_data, is_shared};
use super::telling::sends_to_service;

/// One thing that somebody does at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Receive,
    Acute,
    Accept,
    Route,
    Reply,
    Close,
    TakeOnIntake,
    AddPerson,
    Assess,
    RegisterDuty,
    OfferReflection,
    AnswerReflection,
    EndReflection,
    HandToCare,
    CloseIntake,
    TakeOnElsewhere,
    TakeOnCase,
    KnowPerson,
    TickIndicators,
    Consent,
    Register,
    WithdrawConsent,
    Phase(usize),
    Event(usize),
    AskShelter,
    Hold(usize),
    ShelterAccepts,
    ClientAccepts,
    Refuse(usize),
    Arrive,
    NextPlace,
    Leave(usize),
    GiveUp,
    AskOpinion,
    Admission,
    ComposePanel,
    GiveOpinion,
    SendOpinion,
    WithdrawOpinion,
    OfferShare,
    AnswerShare,
    AskAboutData,
    AnswerData,
    CloseCase,
    Aftercare(usize),
}

impl Step {
    /// Stable name, for counts.
    pub(super) fn name(self) -> &'static str {
        match self {
            Step::Receive => "report.receive",
            Step::Acute => "report.acute",
            Step::Accept => "report.accept",
            Step::Route => "report.route",
            Step::Reply => "report.reply",
            Step::Close => "report.close",
            Step::TakeOnIntake => "intake.take_on",
            Step::AddPerson => "intake.person",
            Step::Assess => "intake.assess",
            Step::RegisterDuty => "intake.register",
            Step::OfferReflection => "reflection.offer",
            Step::AnswerReflection => "reflection.answer",
            Step::EndReflection => "reflection.end",
            Step::HandToCare => "intake.hand_to_care",
            Step::CloseIntake => "intake.close",
            Step::TakeOnElsewhere => "case.take_on_elsewhere",
            Step::TakeOnCase => "case.take_on",
            Step::KnowPerson => "case.person",
            Step::TickIndicators => "case.indicators",
            Step::Consent => "case.consent",
            Step::Register => "case.register",
            Step::WithdrawConsent => "case.consent_withdrawn",
            Step::Phase(_) => "case.phase",
            Step::Event(_) => "case.event",
            Step::AskShelter => "shelter.ask",
            Step::Hold(_) => "shelter.hold",
            Step::ShelterAccepts => "shelter.accept",
            Step::ClientAccepts => "shelter.client_accepts",
            Step::Refuse(_) => "shelter.refuse",
            Step::Arrive => "shelter.arrive",
            Step::NextPlace => "shelter.next_place",
            Step::Leave(_) => "shelter.leave",
            Step::GiveUp => "shelter.give_up",
            Step::AskOpinion => "opinion.ask",
            Step::Admission => "opinion.admission",
            Step::ComposePanel => "opinion.compose",
            Step::GiveOpinion => "opinion.give",
            Step::SendOpinion => "opinion.send",
            Step::WithdrawOpinion => "opinion.withdraw",
            Step::OfferShare => "share.offer",
            Step::AnswerShare => "share.answer",
            Step::AskAboutData => "request.enter",
            Step::AnswerData => "request.answer",
            Step::CloseCase => "case.close",
            Step::Aftercare(_) => "case.aftercare",
        }
    }

    /// Needs what was sent before to have arrived.
    pub(super) fn waits(self) -> bool {
        matches!(
            self,
            Step::TakeOnIntake
                | Step::TakeOnElsewhere
                | Step::TakeOnCase
                | Step::KnowPerson
                | Step::AskShelter
                | Step::Admission
                | Step::WithdrawOpinion
                | Step::AnswerShare
                | Step::AnswerData
                | Step::Close
        )
    }
}

/// Days after which somebody for whom no place was found has another way.
const WAITED: i32 = 18;

/// What comes of an offer: the first answer before the next offer.
fn after_offer(steps: &[PlacementStep], index: usize) -> Option<&Placement> {
    steps
        .iter()
        .skip(index + 1)
        .map(|step| &step.step)
        .find(|step| {
            !matches!(
                step,
                Placement::Held { .. } | Placement::EmergencyBed { .. }
            )
        })
}

/// A step with its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timed {
    pub(super) at: Timestamp,
    pub(super) step: Step,
}

/// Does the police hand the person over to care, rather than the desk? Where a reflection period was accepted it was
/// the service that spoke with the person.
pub(super) fn handed_over(story: &Story) -> bool {
    let accepted = story
        .reflection
        .as_ref()
        .is_some_and(|r| matches!(r.answer, ReflectionAnswer::Accepted { .. }));
    accepted && story.case.is_some() && story.intake.is_some() && sends_to_service(story)
}

/// Everything that happens in a story up to a moment, in order.
pub(super) fn schedule(story: &Story, until: Timestamp) -> Vec<Timed> {
    let mut plan = Plan {
        calendar: Calendar::new(story.report.received_on, story.index),
        steps: Vec::with_capacity(32),
    };
    let routed = plan.desk(story);
    let handed = plan.service(story, routed);
    if let Some(known) = plan.care(story, routed, handed) {
        plan.shelter(story, known);
        plan.opinion(story, known);
        plan.data(story, known);
        plan.end(story, known);
    }
    let mut steps = plan.steps;
    steps.sort_by_key(|timed| timed.at);
    steps.retain(|timed| timed.at <= until);
    steps
}

struct Plan {
    calendar: Calendar,
    steps: Vec<Timed>,
}

impl Plan {
    fn add(&mut self, at: Timestamp, step: Step) -> Timestamp {
        self.steps.push(Timed { at, step });
        at
    }

    /// The signal desk; returns when the report was passed on.
    fn desk(&mut self, story: &Story) -> Timestamp {
        let desk = &story.desk;
        let received = self.add(story.report.received_at, Step::Receive);
        let wait = i64::from(desk.accepted_after_minutes.max(2));
        self.add(minutes(received, (wait / 2).clamp(1, 40)), Step::Acute);
        let accepted = self.add(minutes(received, wait), Step::Accept);
        let routed = match story.desk.routes.is_empty() {
            true => accepted,
            false => self.add(minutes(accepted, 11), Step::Route),
        };
        let calendar = self.calendar;
        if let Some(day) = desk.feedback_day {
            let at = calendar.at(day, 15, 10).max(minutes(routed, 30));
            self.add(at, Step::Reply);
        }
        let outcome = calendar.at(desk.outcome_day, 16, 20);
        self.add(outcome.max(minutes(routed, 45)), Step::Close);
        routed
    }

    /// The investigating service; returns when the person was handed over to care, if that happens.
    fn service(&mut self, story: &Story, routed: Timestamp) -> Option<Timestamp> {
        let intake = story.intake.as_ref().filter(|_| sends_to_service(story))?;
        let calendar = self.calendar;
        let taken = self.add(minutes(routed, 55), Step::TakeOnIntake);
        let talk = calendar.at(intake.day, 10, 30).max(minutes(taken, 40));
        if intake.spoken || intake.indication || story.reflection.is_some() {
            self.add(talk, Step::AddPerson);
        }
        let assessed = self.add(minutes(talk, 50), Step::Assess);
        if let Registration::Duty { day, .. } = &story.registration {
            let at = calendar.at(*day, 14, 0).max(minutes(assessed, 20));
            self.add(at, Step::RegisterDuty);
        }
        let mut last = minutes(assessed, 25);
        if let Some(reflection) = &story.reflection {
            let offered = calendar.at(reflection.offered_day, 11, 40).max(last);
            last = self.add(offered, Step::OfferReflection);
            let answer = minutes(last, 10);
            match &reflection.answer {
                ReflectionAnswer::Accepted { day, ended } => {
                    let at = calendar.at(*day, 13, 15).max(answer);
                    last = self.add(at, Step::AnswerReflection);
                    if let Some(end) = ended {
                        let at = calendar.at(end.day, 15, 30).max(minutes(last, 60));
                        self.add(at, Step::EndReflection);
                    }
                }
                ReflectionAnswer::Declined { day, .. } => {
                    let at = calendar.at(*day, 13, 15).max(answer);
                    last = self.add(at, Step::AnswerReflection);
                }
                ReflectionAnswer::Open => {}
            }
        }
        self.end_of_intake(story, last);
        handed_over(story).then(|| self.add(minutes(last, 30), Step::HandToCare))
    }

    /// Files without an indication end with the desk's outcome; of the others some are still being investigated.
    fn end_of_intake(&mut self, story: &Story, after: Timestamp) {
        let Some(intake) = &story.intake else { return };
        let day = match (intake.indication, intake.aangifte_day) {
            (_, Some(day)) => day + 6,
            (true, None) if story.index.is_multiple_of(3) => return,
            (true, None) => intake.day + 35,
            (false, None) => story.desk.outcome_day.max(intake.day) + 1,
        };
        let at = self.calendar.at(day, 16, 40).max(minutes(after, 120));
        self.add(at, Step::CloseIntake);
    }

    /// Care; returns when the person was known there.
    fn care(
        &mut self,
        story: &Story,
        routed: Timestamp,
        handed: Option<Timestamp>,
    ) -> Option<Timestamp> {
        let calendar = self.calendar;
        if story
            .desk
            .routes
            .iter()
            .any(|r| r.compartment == "K3" && r.kind != "ZCO")
        {
            self.add(minutes(routed, 90), Step::TakeOnElsewhere);
        }
        let case = story.case.as_ref()?;
        let after = handed.unwrap_or(routed);
        let taken = calendar.at(case.day, 9, 40).max(minutes(after, 35));
        self.add(taken, Step::TakeOnCase);
        let known = self.add(minutes(taken, 45), Step::KnowPerson);
        self.add(minutes(known, 25), Step::TickIndicators);
        self.registration(story, known);
        for (index, phase) in case.phases.iter().enumerate() {
            if !matches!(phase.phase.as_ref(), "signaal" | "nazorg" | "gesloten") {
                let at = calendar.at(phase.day, 16, 0).max(minutes(known, 30));
                // Phases of one day keep their order.
                self.add(minutes(at, index as i64), Step::Phase(index));
            }
        }
        for (index, event) in story.events.iter().enumerate() {
            if event.compartment == "K3" {
                let at = calendar.at(event.day, 11, 20).max(minutes(known, 28));
                self.add(minutes(at, index as i64), Step::Event(index));
            }
        }
        Some(known)
    }

    fn registration(&mut self, story: &Story, known: Timestamp) {
        let calendar = self.calendar;
        let (day, withdrawn) = match &story.registration {
            Registration::Consent { day, withdrawn, .. } => (*day, *withdrawn),
            Registration::Counted { day, .. } => (*day, None),
            Registration::Duty { .. } | Registration::Nothing => return,
        };
        let asked = calendar.at(day, 14, 30).max(minutes(known, 40));
        self.add(asked, Step::Consent);
        self.add(minutes(asked, 20), Step::Register);
        if let Some(day) = withdrawn {
            let at = calendar.at(day, 10, 15).max(minutes(asked, 60));
            self.add(at, Step::WithdrawConsent);
        }
    }

    /// Sharing with another home, and what the person asks about her own data.
    fn data(&mut self, story: &Story, known: Timestamp) {
        let calendar = self.calendar;
        let day = story.case.as_ref().map_or(0, |case| case.day);
        if is_shared(story) {
            let offered = calendar.at(day + 2, 10, 50).max(minutes(known, 70));
            self.add(offered, Step::OfferShare);
            let answered = calendar.at(day + 3, 9, 20).max(minutes(offered, 60));
            self.add(answered, Step::AnswerShare);
        }
        if asks_about_data(story) {
            let asked = calendar.at(day + 4, 14, 5).max(minutes(known, 80));
            self.add(asked, Step::AskAboutData);
            let answered = calendar.at(day + 9, 11, 15).max(minutes(asked, 60));
            self.add(answered, Step::AnswerData);
        }
    }

    fn shelter(&mut self, story: &Story, known: Timestamp) {
        let Some(shelter) = &story.shelter else {
            return;
        };
        let calendar = self.calendar;
        let asked = calendar
            .at(shelter.request.day, 12, 0)
            .max(minutes(known, 35));
        let mut last = self.add(asked, Step::AskShelter);
        let steps = &shelter.steps;
        for (index, step) in steps.iter().enumerate() {
            let day = step.day;
            last = match step.step {
                Placement::Offered { .. } => {
                    let at = calendar.at(day, 13, 30).max(minutes(last, 8));
                    self.offer(at, index, after_offer(steps, index))
                }
                Placement::Moved { .. } => {
                    let at = calendar.at(day, 9, 30).max(minutes(last, 60));
                    let asked = self.add(at, Step::NextPlace);
                    let accepted =
                        self.offer(minutes(asked, 10), index, Some(&Placement::Accepted));
                    let left = self.add(minutes(accepted, 100), Step::Leave(index));
                    self.add(minutes(left, 5), Step::Arrive)
                }
                Placement::Refused { .. } => match steps.get(index.wrapping_sub(1)) {
                    Some(before) if matches!(before.step, Placement::Offered { .. }) => {
                        self.add(minutes(last, 40), Step::Refuse(index))
                    }
                    _ => last,
                },
                Placement::Arrived => {
                    let at = calendar.at(day, 18, 30).max(minutes(last, 100));
                    self.add(at, Step::Arrive)
                }
                Placement::Left { .. } => {
                    let at = calendar.at(day, 10, 30).max(minutes(last, 60));
                    self.add(at, Step::Leave(index))
                }
                Placement::Unplaced { .. } => {
                    let at = calendar.at(day + WAITED, 16, 50).max(minutes(last, 60));
                    self.add(at, Step::GiveUp)
                }
                // A hold runs out by itself; a bed for the night and a reason on record are no placement.
                Placement::Held { .. }
                | Placement::Accepted
                | Placement::HoldExpired
                | Placement::EmergencyBed { .. }
                | Placement::OverNorm { .. } => last,
            };
        }
    }

    /// A room is held; both answers come within the two hours that it is held, unless the story tells otherwise.
    fn offer(&mut self, at: Timestamp, index: usize, follows: Option<&Placement>) -> Timestamp {
        let held = self.add(at, Step::Hold(index));
        if !matches!(follows, Some(Placement::Accepted)) {
            return held;
        }
        self.add(minutes(held, 25), Step::ShelterAccepts);
        self.add(minutes(held, 55), Step::ClientAccepts)
    }

    fn opinion(&mut self, story: &Story, known: Timestamp) {
        let Some(opinion) = &story.opinion else {
            return;
        };
        let calendar = self.calendar;
        let asked = calendar
            .at(opinion.request_day, 11, 0)
            .max(minutes(known, 120));
        let asked = self.add(asked, Step::AskOpinion);
        let admission = minutes(asked, 3 * 24 * 60);
        match &opinion.result {
            OpinionResult::NotAdmitted { day, .. } => {
                let at = calendar.at(*day, 13, 0).max(minutes(asked, 60));
                self.add(at, Step::Admission);
            }
            OpinionResult::Withdrawn { day } => {
                let at = calendar.at(*day, 13, 0).max(minutes(asked, 60));
                self.add(at, Step::WithdrawOpinion);
            }
            OpinionResult::Given { day, .. } => {
                let given = calendar.at(*day, 15, 0).max(minutes(asked, 180));
                let admitted = admission.min(minutes(given, -90));
                self.add(admitted, Step::Admission);
                self.add(minutes(admitted, 20), Step::ComposePanel);
                self.add(given, Step::GiveOpinion);
                if !opinion.sent_to.is_empty() {
                    self.add(minutes(given, 2 * 24 * 60), Step::SendOpinion);
                }
            }
            OpinionResult::Open => {
                self.add(admission, Step::Admission);
                self.add(minutes(admission, 20), Step::ComposePanel);
            }
        }
    }

    fn end(&mut self, story: &Story, known: Timestamp) {
        let Some(closing) = &story.closing else {
            return;
        };
        let calendar = self.calendar;
        let last = self
            .steps
            .iter()
            .filter(|s| s.step.is_course())
            .map(|s| s.at);
        let last = last.max().unwrap_or(known);
        let day = calendar
            .at(closing.day, 16, 30)
            .max(minutes(known, 24 * 60));
        let closed = self.add(day.max(minutes(last, 15)), Step::CloseCase);
        for (index, moment) in closing.aftercare.iter().enumerate() {
            if moment.result != "planned" {
                let at = calendar.at(moment.day, 11, 30).max(minutes(closed, 60));
                self.add(at, Step::Aftercare(index));
            }
        }
    }
}

impl Step {
    /// Belongs to the course that ends with the closing of the case.
    fn is_course(self) -> bool {
        matches!(self, Step::Phase(_) | Step::Register | Step::TickIndicators)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failure must stop the test")]
mod tests {
    use super::*;
    use world::{Settings, World};

    fn stories() -> Vec<Story> {
        let world = World::new(Settings::new(3, 400, jiff::civil::date(2025, 11, 1))).unwrap();
        world.reports().collect()
    }

    fn day(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn every_story_begins_with_its_report_and_goes_on_in_order_of_time() {
        for story in stories() {
            let steps = schedule(&story, day("2029-01-01T00:00:00Z"));
            assert_eq!(steps[0].step, Step::Receive, "{}", story.id);
            assert!(
                steps.windows(2).all(|two| two[0].at <= two[1].at),
                "{}",
                story.id
            );
        }
    }

    #[test]
    fn nothing_happens_after_the_last_moment() {
        let until = day("2026-04-01T00:00:00Z");
        for story in stories() {
            assert!(
                schedule(&story, until)
                    .iter()
                    .all(|timed| timed.at <= until)
            );
        }
    }

    #[test]
    fn the_answers_to_an_offer_come_while_the_room_is_held() {
        for story in stories() {
            let steps = schedule(&story, day("2029-01-01T00:00:00Z"));
            for two in steps.windows(2) {
                if two[1].step == Step::ShelterAccepts {
                    let waited = two[1].at.duration_since(two[0].at).as_mins();
                    assert!(waited < 120, "{}: {waited} minutes", story.id);
                }
            }
        }
    }

    #[test]
    fn a_person_whom_the_service_hands_over_is_taken_on_after_that() {
        let mut handed = 0;
        for story in stories().iter().filter(|story| handed_over(story)) {
            let steps = schedule(story, day("2029-01-01T00:00:00Z"));
            let at = |step| steps.iter().position(|timed| timed.step == step);
            assert!(at(Step::HandToCare) < at(Step::TakeOnCase), "{}", story.id);
            handed += 1;
        }
        assert!(handed > 0);
    }
}
