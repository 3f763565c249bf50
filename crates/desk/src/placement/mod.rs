//! Shelter requests, rooms, placements (K3) and the address of a location (the address store).
//!
//! A location's municipality serves the rules and is never shown to who searches; its address is in another store and
//! leaves that in two ways only, see [`address`]. Who uses which seat stands in one record a room, changed together with
//! the placement under its version: two changes can never give one seat away.

pub mod address;
mod answers;
mod clock;
mod country;
mod holds;
mod places;
mod question;
mod read;
mod reasons;
mod records;
pub mod requests;
mod rooms;
mod search;
mod shortage;
mod stays;
mod step;

pub use address::{AddressInput, Revealed, address_for_person, keep_address, reveal_address};
pub use answers::{ClientAnswer, accept, client_answers, refuse};
pub use clock::clock;
pub(crate) use country::Kept as HousesKept;
pub use holds::{
    Arriving, HoldDossier, HoldInput, PlacementSeen, hold, list_holds, read_hold, withdraw,
};
pub use places::{AVOID_MARGIN_KM, Shown};
pub use read::{CaseStep, Dossier, WaitingRow, list, read, steps_of_case, waiting};
pub use reasons::ReasonInput;
pub use records::{
    AvoidPlace, PayerChoice, PlacementSummary, Proof, RequestSummary, StoredLocation,
    StoredPlacement, StoredRequest, StoredRoom,
};
pub(crate) use requests::go_along;
pub use requests::{CaseRef, NewRequest, ask, choose_payer, follow_up, withdraw_request};
pub use rooms::{
    LocationInput, OwnLocation, OwnRoom, RoomInput, add_location, add_room, change_location,
    change_room, list_rooms, put_in_service, read_location, read_room, take_out_of_service,
};
pub use search::{Found, OfferView, RELAXABLE, WhyNot};
pub use shortage::{Shortage, Shortages, shortages};
pub use stays::{arrive, leave};
