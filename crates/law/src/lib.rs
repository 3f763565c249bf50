//! The law of sharing: who may share what with whom, for what, on which ground.
//!
//! The acts stand as text in `policies/` at the root of the workspace, one file an act, signed by two people. From them this
//! crate makes Cedar policies, and with those it answers questions: yes, no, or unclear with the name of whoever decides; with
//! the grounds, the part of the data that may go, what stays and why, a checklist, and what would be allowed instead. The same
//! files give the table for people ([`Law::matrix`]), the register of processing activities ([`Law::register`]) and the cells of
//! the tests ([`Law::cells`]). Adding an act touches no Rust.
//!
//! Nothing here reads a clock, a file or a network: texts, dates and keys are arguments.
//!
//! ```
//! use law::{Law, Verdict};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let law = Law::built_in()?;
//! let question = law.read_question(br#"{"date": "2026-11-21", "from": "POL", "to": "COM", "purpose": "registration",
//!     "data": ["sector", "age", "identity"], "subject": {"kind": "possible_victim", "age": 29, "age_certain": true}}"#)?;
//! let answer = law.decide(&question);
//! assert_eq!(answer.verdict, Verdict::Yes);
//! assert_eq!(answer.data, ["sector", "age"]);
//! assert_eq!(answer.withheld[0].data, "identity");
//! # Ok(())
//! # }
//! ```

mod answer;
pub mod authzen;
mod cedar;
mod cells;
mod codes;
mod decide;
mod engine;
mod fault;
mod files;
mod instead;
mod json;
mod law;
mod matrix;
mod model;
mod question;
mod read;
mod record;
mod register;
mod sign;
mod why;
mod words;

pub use answer::{
    Answer, Change, ConsentSeen, GroundGiven, Instead, Said, Spoken, SpokenConsent, SpokenGround,
    SpokenInstead, SpokenWithheld, Verdict, Withheld, words,
};
pub use cells::{Cell, Expected};
pub use fault::{Fault, PolicyError, Wrong};
pub use files::Files;
pub use law::{AgeRow, AgeSays, DutySays, Law};
pub use matrix::{MatrixCodes, MatrixRow};
pub use model::{AgeRuleKind, Grade, Signed, Version};
pub use question::{LONGEST, Question, QuestionError, QuestionFault};
pub use register::RegisterEntry;
pub use sign::{Key, SignError, sign, trial_signers};
