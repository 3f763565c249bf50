//! What the field is: people, reports, cases, statements, consents, stays, actions; rules and state machines.

pub mod vocabulary;
