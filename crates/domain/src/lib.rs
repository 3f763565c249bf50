//! What the field is and what is true in it: people, reports, cases, statements, consents, stays, actions.
//!
//! Nothing here reads a clock, a file, a network or a die: who, when and which identity are arguments.
//! Every machine is an enum that carries its facts; a transition returns the new state or a named error.
//! The pictures of the machines are in `docs/state-machines/`; a test compares them with the code.

pub mod action;
pub mod address_guard;
pub mod aftercare;
pub mod age;
pub mod answer;
pub mod arrival;
pub mod attachment;
pub mod barrier;
pub mod breach;
pub mod capacity;
pub mod case;
pub mod checklist;
pub mod code;
pub mod consent;
pub mod coverage;
pub mod edition;
pub mod figure;
pub mod handover;
pub mod ids;
pub mod intake;
pub mod mailbox;
pub mod minors;
pub mod need;
pub mod objects;
pub mod opinion;
pub mod person;
pub mod person_guard;
pub mod placement;
pub mod placing;
pub mod pledge;
pub mod reflection;
pub mod registration;
pub mod report;
pub mod request;
pub mod restriction;
pub mod room;
pub mod round;
pub mod routing;
pub mod share;
pub mod shelter_request;
pub mod statement;
pub mod task;
pub mod text;
pub mod time;
pub mod transfer;
pub mod vital;
pub mod vocabulary;
pub mod watch;

pub use answer::{Answer, Bilingual, By, Compartment};
pub use text::SafeText;
