//! Shelter requests, rooms, placements (K3) and the address of a location (the address store).
//!
//! A location's municipality serves the rules and is never shown to who searches; its address is in another store and
//! leaves that in two ways only, see [`address`]. Who uses which seat stands in one record a room, changed together with
//! the placement under its version: two changes can never give one seat away.

pub mod address;
mod answers;
mod apart;
mod capacity;
mod clock;
mod country;
mod despite;
mod fit;
mod grid;
mod holds;
mod kept;
pub mod outlook;
mod places;
mod proposal;
mod question;
mod read;
mod reasons;
mod records;
mod relax;
pub mod requests;
mod room_rows;
mod rooms;
mod search;
mod shortage;
mod stay;
mod stays;
mod step;
mod stricter;
mod today;
mod worked;

pub use address::{AddressInput, Revealed, address_for_person, keep_address, reveal_address};
pub use answers::{ClientAnswer, accept, client_answers, refuse};
pub use apart::keep_apart;
pub use capacity::{OutInput, confirm, end_out, plan_departure, say_other_use, say_out};
pub use clock::clock;
pub(crate) use country::Kept as HousesKept;
pub use despite::keep_despite;
pub use fit::{Misfit, NoMore, SAFETY, TOLD_SINCE, fits_no_more, holds_that_fit_no_more};
pub use grid::{LocationGrid, RoomGrid, SaidBy, Stay, grid, room_by_day};
pub use holds::{
    Arriving, HoldDossier, HoldInput, PlacementSeen, hold, list_holds, read_hold, withdraw,
};
pub use kept::{Again, Packed, Rechecked, StoredQuestion, recheck};
pub use places::{AVOID_MARGIN_KM, Shown};
pub use proposal::{
    Certificate, Line, LineNow, Proposal, ProposalRow, ProposalSummary, Without, accept_line,
    proposals, propose, read_proposal, recheck_proposal,
};
pub use read::{CaseStep, Dossier, WaitingRow, list, read, running, steps_of_case, waiting};
pub use reasons::ReasonInput;
pub use records::{
    ApartChoice, AvoidPlace, PayerChoice, PlacementSummary, Proof, RequestSummary, StoredLocation,
    StoredPlacement, StoredRequest, StoredRoom,
};
pub use relax::{LessStrict, relax};
pub(crate) use requests::go_along;
pub use requests::{CaseRef, NewRequest, ask, choose_payer, follow_up, withdraw_request};
pub use room_rows::{
    Changed, Named, OutPart, OutSays, RoomSays, RowOutcome, RowResult, preview_rows, put_room,
    take_rows,
};
pub use rooms::{
    LocationInput, OwnLocation, OwnRoom, RoomInput, add_location, add_room, change_location,
    change_room, list_rooms, read_location, read_room,
};
pub use search::{Found, OfferView};
pub use shelter::plan::Blocked;
pub use shelter::{Because, Relaxation, Rule, Term};
pub use shortage::{Anywhere, Shortage, Shortages, shortages};
pub use stays::{arrive, leave};
pub use stricter::avoid_more;
pub use worked::{Answer, Question, RELAXABLE, Ranked, WhyNot};
