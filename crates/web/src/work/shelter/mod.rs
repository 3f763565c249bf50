//! Shelter for coordinators and placing officers: requests, rooms that fit, placements, the address.

mod ask;
mod country;
pub mod despite;
mod known;
mod list;
mod nearest;
mod placement;
mod proposals;
pub mod reason;
mod request;
pub mod words;

use std::str::FromStr;

pub use ask::{by_code, municipality, ticked};
pub use country::Working;
pub use request::{events, kept};

use desk::{DeskError, UseCase};
use domain::SafeText;

use crate::problem::Problem;
use crate::refuse::refuse;
use crate::routes::Routes;
use crate::texts::Key;

/// The pages of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/work/shelter", UseCase::ListShelterRequests, list::show)
        .get(
            "/work/shelter/shortage",
            UseCase::ListShelterRequests,
            list::shortage,
        )
        .get("/work/shelter/country", UseCase::CountryView, country::show)
        .get(
            "/work/shelter/country/help",
            UseCase::CountryView,
            country::show_help,
        )
        .post(
            "/work/shelter/country/help",
            UseCase::CountryView,
            country::make_help,
        )
        .get("/work/shelter/ask/{case}", UseCase::AskShelter, ask::show)
        .post("/work/shelter/ask/{case}", UseCase::AskShelter, ask::take)
        .get(
            "/work/shelter/proposals",
            UseCase::ReadProposals,
            proposals::list,
        )
        .post(
            "/work/shelter/proposals",
            UseCase::ProposePlaces,
            proposals::make,
        )
        .get(
            "/work/shelter/proposals/{id}",
            UseCase::ReadProposals,
            proposals::show,
        )
        .post(
            "/work/shelter/proposals/{id}/hold",
            UseCase::HoldRoom,
            proposals::take,
        )
        .post(
            "/work/shelter/proposals/{id}/recheck",
            UseCase::RecheckPlacing,
            proposals::recheck,
        )
        .get(
            "/work/shelter/{id}/less",
            UseCase::RelaxRequest,
            request::less,
        )
        .post(
            "/work/shelter/{id}/less",
            UseCase::RelaxRequest,
            request::ask_less,
        )
        .get(
            "/work/shelter/{id}/apart",
            UseCase::KeepApart,
            request::apart,
        )
        .post(
            "/work/shelter/{id}/apart",
            UseCase::KeepApart,
            request::keep_apart,
        )
        .get(
            "/work/shelter/{id}/avoid",
            UseCase::AvoidMore,
            request::avoid,
        )
        .post(
            "/work/shelter/{id}/avoid",
            UseCase::AvoidMore,
            request::avoid_more,
        )
        .get(
            "/work/shelter/placement/{id}/keep",
            UseCase::KeepDespite,
            despite::show,
        )
        .post(
            "/work/shelter/placement/{id}/keep",
            UseCase::KeepDespite,
            despite::keep,
        )
        .post(
            "/work/shelter/placement/{id}/recheck",
            UseCase::RecheckPlacing,
            placement::recheck,
        )
        .get(
            "/work/shelter/{id}",
            UseCase::ReadShelterRequest,
            request::show,
        )
        .get(
            "/work/shelter/{id}/hold/{room}",
            UseCase::HoldRoom,
            request::relax,
        )
        .post("/work/shelter/{id}/hold", UseCase::HoldRoom, request::hold)
        .get(
            "/work/shelter/{id}/payer",
            UseCase::AskShelter,
            request::payer,
        )
        .post(
            "/work/shelter/{id}/payer",
            UseCase::AskShelter,
            request::choose_payer,
        )
        .get(
            "/work/shelter/{id}/withdraw",
            UseCase::AskShelter,
            request::withdraw_form,
        )
        .post(
            "/work/shelter/{id}/withdraw",
            UseCase::AskShelter,
            request::withdraw,
        )
        .post(
            "/work/shelter/{id}/next",
            UseCase::AskShelter,
            request::follow_up,
        )
        .post(
            "/work/shelter/placement/{id}/client",
            UseCase::ClientAnswer,
            placement::client,
        )
        .get(
            "/work/shelter/placement/{id}/decline",
            UseCase::ClientAnswer,
            placement::decline_form,
        )
        .post(
            "/work/shelter/placement/{id}/decline",
            UseCase::ClientAnswer,
            placement::decline,
        )
        .get(
            "/work/shelter/placement/{id}/withdraw",
            UseCase::WithdrawPlacement,
            placement::withdraw_form,
        )
        .post(
            "/work/shelter/placement/{id}/withdraw",
            UseCase::WithdrawPlacement,
            placement::withdraw,
        )
        .post(
            "/work/shelter/placement/{id}/address",
            UseCase::RevealAddress,
            placement::address,
        )
}

/// An id of the path, or "not found".
pub fn id<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// A text that may be kept, or a fault that its form shows.
pub fn safe(text: &str) -> Option<SafeText> {
    SafeText::new("text", text, 2_000).ok()
}

/// The desk's refusal in the reader's language.
pub fn refused(error: DeskError) -> Problem {
    match said(&error) {
        Some(key) => Problem::unprocessable().because(key),
        None => refuse(error),
    }
}

/// What a refusal of this subject is in words.
pub fn said(error: &DeskError) -> Option<Key> {
    match error {
        DeskError::Rule { key, .. } => rule_said(key),
        _ => None,
    }
}

/// What the desk refuses or finds at a field, in words.
pub fn words_of(key: &str) -> Option<Key> {
    rule_said(key).or_else(|| field_word(key))
}

fn rule_said(key: &str) -> Option<Key> {
    Some(match key {
        "shelter.room_full" => Key::new("shelter-refused-full"),
        "shelter.room_fails" => Key::new("shelter-refused-fails"),
        "shelter.relax_reason" => Key::new("shelter-refused-relax"),
        "shelter.hold_over" => Key::new("shelter-refused-over"),
        "shelter.state" => Key::new("shelter-refused-state"),
        "shelter.not_there_yet" => Key::new("shelter-refused-not-there"),
        "shelter.request" => Key::new("shelter-refused-less"),
        "shelter.two_groups" => Key::new("shelter-refused-groups"),
        "shelter.fits_no_more" => Key::new("shelter-refused-no-more"),
        "shelter.fits" => Key::new("shelter-refused-fits"),
        "shelter.protects" => Key::new("shelter-refused-protects"),
        "shelter.too_small" => Key::new("shelter-refused-small"),
        "address.not_accepted" => Key::new("shelter-address-not-accepted"),
        "address.over" => Key::new("shelter-address-over"),
        "address.not_yours" => Key::new("shelter-address-not-yours"),
        "address.none" => Key::new("shelter-address-none"),
        _ => return None,
    })
}

/// The fault of a field that the desk names, in words.
pub fn field_said(key: &str) -> Key {
    field_word(key).unwrap_or(Key::new("form-error-choice"))
}

fn field_word(key: &str) -> Option<Key> {
    Some(match key {
        "required" => Key::new("form-error-required"),
        "address" => Key::new("shelter-error-address"),
        "reversed" => Key::new("shelter-error-reversed"),
        "no_centre" => Key::new("shelter-error-centre"),
        _ => return None,
    })
}
