//! The checklist of what a service owes: what was seen to be done, what somebody said was done, and what is open.

use domain::ids::PersonId;
use domain::intake::{IntakeState, Obligation, obligations, obligations_for};
use domain::reflection::{EuQuestion, ReflectionState};
use jiff::civil::Date;

use super::file::{IntakeFile, IntakePerson, Mark, StoredReflection};

/// One line of the checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// What.
    pub obligation: Obligation,
    /// For whom, when it is owed for each person.
    pub person: Option<PersonId>,
    /// How far.
    pub progress: Progress,
}

/// How far an obligation is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// To be done; `by_hand`: somebody can say that it was done, `person_first`: a person has to be recorded first.
    Open {
        /// Somebody can mark it.
        by_hand: bool,
        /// No person is recorded yet.
        person_first: bool,
    },
    /// The records show it.
    Seen,
    /// Somebody said so.
    Marked(Mark),
}

/// Everything that is owed after the assessment; empty before it.
pub fn checklist<'a>(
    file: &IntakeFile,
    people: impl Iterator<Item = &'a IntakePerson> + Clone,
    periods: impl Iterator<Item = &'a StoredReflection> + Clone,
    today: Date,
) -> Vec<Owed> {
    // A handover for a vital interest waits for no assessment, and so neither does telling her.
    let untold = people.clone().filter(|p| was_vital(p));
    let mut out: Vec<Owed> = untold
        .map(|p| line(file, Obligation::TellHandover, Some(p.person.id), false))
        .collect();
    let Some(found) = file.intake.assessment() else {
        return out;
    };
    let nobody = people.clone().next().is_none();
    let shared = obligations(found)
        .into_iter()
        .filter(|o| !o.is_personal() && owed_here(file, *o));
    out.extend(shared.map(|obligation| line(file, obligation, None, closed(file, obligation))));
    if nobody {
        let personal = obligations(found).into_iter().filter(|o| o.is_personal());
        out.extend(personal.map(|obligation| Owed {
            obligation,
            person: None,
            progress: Progress::Open {
                by_hand: false,
                person_first: true,
            },
        }));
    }
    for person in people {
        let period = periods.clone().find(|p| p.person == person.person.id);
        for obligation in obligations_for(found, &person.person, today) {
            let seen = seen(obligation, person, period);
            out.push(line(file, obligation, Some(person.person.id), seen));
        }
    }
    out
}

/// She was handed over without her consent.
fn was_vital(person: &IntakePerson) -> bool {
    person.handover.as_ref().is_some_and(|h| h.vital.is_some())
}

/// A file that the service opened itself owes no desk an answer.
fn owed_here(file: &IntakeFile, obligation: Obligation) -> bool {
    obligation != Obligation::AnswerDesk || file.intake.from.is_some()
}

fn closed(file: &IntakeFile, obligation: Obligation) -> bool {
    obligation == Obligation::AnswerDesk
        && matches!(file.intake.state(), IntakeState::Closed { .. })
}

/// What the records themselves show.
fn seen(obligation: Obligation, person: &IntakePerson, period: Option<&StoredReflection>) -> bool {
    match obligation {
        Obligation::Register => person.registration.is_some(),
        Obligation::OfferReflection => period.is_some(),
        Obligation::DecideReflection => period.is_some_and(|p| {
            let decided = p.reflection.eu != EuQuestion::EuOtherConditions;
            let declined = matches!(p.reflection.state(), ReflectionState::Declined { .. });
            decided || declined
        }),
        _ => false,
    }
}

fn line(file: &IntakeFile, obligation: Obligation, person: Option<PersonId>, seen: bool) -> Owed {
    let mark = file
        .marks
        .iter()
        .rev()
        .find(|m| m.obligation == obligation && m.person == person);
    let progress = match mark {
        _ if seen => Progress::Seen,
        Some(mark) => Progress::Marked(mark.clone()),
        None => Progress::Open {
            by_hand: obligation.is_marked_by_hand(),
            person_first: false,
        },
    };
    Owed {
        obligation,
        person,
        progress,
    }
}
