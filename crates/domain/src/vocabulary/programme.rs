//! Words of the plan: strategic goals, action lines, statuses of actions.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts, Label};
use super::row::Row;

/// A strategic goal of the plan.
pub type StrategicGoal = Entry<StrategicGoalFacts>;
/// The code of a [`StrategicGoal`].
pub type StrategicGoalCode = Code<StrategicGoalFacts>;
/// An action line (actielijn).
pub type ActionLine = Entry<ActionLineFacts>;
/// The code of an [`ActionLine`]: `1` to `6`.
pub type ActionLineCode = Code<ActionLineFacts>;
/// The status of an action.
pub type ActionStatus = Entry<ActionStatusFacts>;
/// The code of an [`ActionStatus`].
pub type ActionStatusCode = Code<ActionStatusFacts>;

/// What is known about a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategicGoalFacts {
    /// Its number in the plan.
    pub number: u16,
}

impl Facts for StrategicGoalFacts {
    const LIST: &'static str = "strategic_goals";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            number: row.number("number"),
        }
    }
}

/// What is known about an action line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionLineFacts {
    /// Its number in the plan.
    pub number: u16,
    /// What it is to bring about.
    pub goal: Label,
}

impl Facts for ActionLineFacts {
    const LIST: &'static str = "action_lines";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            number: row.number("number"),
            goal: row.label_named("goal"),
        }
    }
}

/// What is known about a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionStatusFacts {
    /// Whether actions with this status stand in annex 1 of the progress letter.
    pub in_annex: bool,
    /// Whether nothing more is expected of the action.
    pub ended: bool,
}

impl Facts for ActionStatusFacts {
    const LIST: &'static str = "action_statuses";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            in_annex: row.yes("in_annex"),
            ended: row.yes("ended"),
        }
    }
}
