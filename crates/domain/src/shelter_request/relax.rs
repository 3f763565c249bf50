//! Asking less strictly when nothing fits: a named person's decision with its reason, never the program's.

use serde::{Deserialize, Serialize};

use super::{RequestError, RequestState, Security, ShelterRequest};
use crate::answer::By;
use crate::text::SafeText;

/// What is asked less strictly. Only what protects the person herself and what she and her coordinator can weigh: the law, the house
/// rules of a provider and the facts of a room are not theirs to set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Relaxing {
    /// A smaller circle to stay out of, in whole kilometres.
    Circle {
        /// Which of the circles, from 0.
        index: usize,
        /// Radius until now.
        from_km: u16,
        /// Radius from now on.
        to_km: u16,
    },
    /// A less secure place is enough.
    Security {
        /// Until now.
        from: Security,
        /// From now on.
        to: Security,
    },
}

/// A decision to ask less strictly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relaxed {
    /// What.
    pub what: Relaxing,
    /// Why this is safe enough, in words.
    pub because: SafeText,
    /// Who decided, and when.
    pub by: By,
}

impl ShelterRequest {
    /// Asks less strictly from now on. Only while a place is sought: what is held was found under what was asked then.
    pub fn relax(mut self, decision: Relaxed) -> Result<Self, RequestError> {
        if !matches!(self.state(), RequestState::Open) {
            return Err(self.wrong("ask less strictly for"));
        }
        match decision.what {
            Relaxing::Security { from, to } => {
                let asked = self.needs.security;
                if from != asked || to.level() >= asked.level() {
                    return Err(not_less("security", asked.level(), to.level()));
                }
                self.needs.security = to;
            }
            Relaxing::Circle {
                index,
                from_km,
                to_km,
            } => {
                let Some(circle) = self.needs.avoid.get_mut(index) else {
                    return Err(RequestError::Number {
                        field: "avoid",
                        value: f64::from(u32::try_from(index).unwrap_or(u32::MAX)),
                        expected: "the number of one of this request's circles, from 0",
                    });
                };
                let to = f64::from(to_km);
                let as_seen = (circle.radius_km - f64::from(from_km)).abs() < 0.5;
                if !as_seen || to_km == 0 || to >= circle.radius_km {
                    return Err(not_less("avoid.radius_km", circle.radius_km, to_km));
                }
                circle.radius_km = to;
            }
        }
        self.relaxed.push(decision);
        Ok(self)
    }
}

fn not_less(field: &'static str, asked: impl ToString, to: impl ToString) -> RequestError {
    RequestError::NotLess {
        field,
        asked: asked.to_string(),
        to: to.to_string(),
    }
}
