//! Need to know, one mechanism for every matter that belongs to an organisation: a case at care, an intake of a service, a request for an
//! opinion, a share that was received.
//!
//! The rule is `domain::need`. Here is what it must know of each kind (`held`), the page for whom it says no (`open`), and what follows
//! it: taking over, the team, word to colleagues. Everything of a matter is kept in the matter's own compartment.

mod held;
mod kind;
mod notice;
mod open;
mod take_over;
mod team;

pub use held::Lead;
pub use notice::{
    Notice, NoticeKind, NoticeView, StoredNotice, ask_to_join, notice_seen, notices,
    notices_waiting,
};
pub use open::{ClosedDoor, closed_door, version};
pub use take_over::take_over;
pub use team::{
    Colleague, Left, Member, MemberView, StoredMember, TeamPage, add_to_team, colleagues,
    remove_from_team, team_page,
};

pub(crate) use held::{Held, find};
pub(crate) use kind::{answering, deeds, store, what};
pub(crate) use notice::{all_of as notices_of, notice};
pub(crate) use open::{may_work, opens, why};
pub(crate) use team::{all_leave, now_on_team, of_matter as team_of};
