//! The rules of the field, tried through their public face.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it fails; clippy excuses only functions marked as tests, not their helpers"
)]

mod address_guard;
mod ages;
mod barriers;
mod capacity;
mod cases;
mod consents;
mod coverage;
mod exploited;
mod handovers;
mod identities;
mod intakes;
mod links;
mod mailboxes;
mod need;
mod objects;
mod opinions;
mod person_guard;
mod pictures;
mod placements;
mod placing;
mod programme;
mod reflections;
mod register;
mod registrations;
mod reports;
mod requests;
mod restrictions;
mod rooms;
mod rounds;
mod routes;
mod samples;
mod sealed;
mod shares;
mod statements;
mod transfers;
mod vital;
mod watch;
mod watch_year;
mod words;
