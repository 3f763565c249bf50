//! A case goes to another coordinating organisation: at every moment exactly one answers for it, and nobody without ownership and relation
//! reads it.

use domain::By;
use domain::case::Case;
use domain::ids::{CaseId, ConsentId, OrgId, PersonId, TransferId, UserId};
use domain::need::{Asker, Beside, Matter, Refusal, Standing, may_open, may_take_over};
use domain::transfer::{MOVES, STATES, Transfer, TransferError};
use proptest::prelude::*;

use crate::samples::*;

/// Three organisations with three coordinators each.
const ORGS: u8 = 3;
const PEOPLE: u8 = 9;

fn user(n: u8) -> UserId {
    UserId::new(uuid(u128::from(n)))
}

fn house(n: u8) -> OrgId {
    OrgId::new(uuid(100 + u128::from(n)))
}

pub fn by(who: u8) -> By {
    By {
        user: user(who),
        org: house(who % ORGS),
        at: morning().at,
    }
}

fn asker(who: u8) -> Asker {
    Asker {
        user: user(who),
        org: house(who % ORGS),
    }
}

pub fn offer(number: u128, who: u8, to: u8) -> Result<Transfer, TransferError> {
    Transfer::offer(
        TransferId::new(uuid(number)),
        CaseId::new(uuid(800)),
        by(who),
        house(to),
        text("zij gaat in een andere regio wonen"),
        ConsentId::new(uuid(801)),
    )
}

#[test]
fn an_offer_is_answered_once_by_the_receiver_or_taken_back_by_the_sender() {
    let offered = offer(1, 0, 1).unwrap();
    assert_eq!(offer(1, 0, 0), Err(TransferError::OwnOrganisation));
    assert_eq!(
        offered.clone().accept(by(2)),
        Err(TransferError::WrongOrganisation)
    );
    assert_eq!(
        offered.clone().accept(by(0)),
        Err(TransferError::WrongOrganisation)
    );
    assert_eq!(
        offered.clone().take_back(by(1)),
        Err(TransferError::WrongOrganisation)
    );
    let refused = offered.clone().refuse(by(1), text("wij zijn vol")).unwrap();
    let accepted = offered.clone().accept(by(4)).unwrap();
    let back = offered.take_back(by(3)).unwrap();
    for over in [refused, accepted, back] {
        assert!(MOVES.contains(&("offered", over.state_name())));
        assert!(STATES.contains(&over.state_name()));
        assert_eq!(over.clone().accept(by(1)), Err(TransferError::Over));
        assert_eq!(over.clone().take_back(by(0)), Err(TransferError::Over));
        assert_eq!(over.refuse(by(1), text("nee")), Err(TransferError::Over));
    }
}

#[derive(Debug, Clone, Copy)]
enum Try {
    Offer { who: u8, to: u8 },
    Accept { who: u8, which: usize },
    Refuse { who: u8, which: usize },
    TakeBack { who: u8, which: usize },
    TakeOver { who: u8 },
}

fn any_try() -> impl Strategy<Value = Try> {
    let who = 0..PEOPLE;
    prop_oneof![
        3 => (who.clone(), 0..ORGS).prop_map(|(who, to)| Try::Offer { who, to }),
        3 => (who.clone(), 0usize..4).prop_map(|(who, which)| Try::Accept { who, which }),
        1 => (who.clone(), 0usize..4).prop_map(|(who, which)| Try::Refuse { who, which }),
        1 => (who.clone(), 0usize..4).prop_map(|(who, which)| Try::TakeBack { who, which }),
        2 => who.prop_map(|who| Try::TakeOver { who }),
    ]
}

/// The case with its offers, changed as the use cases change them: an offer by whoever may work on the case and while there is no other, an
/// answer only while the sender still has the case.
struct Here {
    case: Case,
    offers: Vec<Transfer>,
}

impl Here {
    fn opens(&self, who: u8) -> Result<(), Refusal> {
        let matter = Matter {
            owner: self.case.owner,
            lead: self.case.coordinator,
            standing: Standing::TakenOn,
            team: &[],
            barred: &[],
        };
        may_open(asker(who), matter, Beside::default(), morning().at).map(|_| ())
    }

    fn step(&mut self, step: Try) {
        match step {
            Try::Offer { who, to } => {
                let open = self.offers.iter().any(|one| one.state_name() == "offered");
                let number = 900 + self.offers.len() as u128;
                if !open && self.opens(who).is_ok() {
                    self.offers.extend(offer(number, who, to));
                }
            }
            Try::Accept { who, which } => {
                let Some(found) = self.offers.get(which).cloned() else {
                    return;
                };
                if let Ok(next) = found.accept(by(who))
                    && next.offered.org == self.case.owner
                {
                    let case = self.case.clone();
                    self.case = case.assign(user(who), house(who % ORGS)).unwrap();
                    self.offers[which] = next;
                }
            }
            Try::Refuse { who, which } => {
                self.answer(which, |one| one.refuse(by(who), text("vol")))
            }
            Try::TakeBack { who, which } => self.answer(which, |one| one.take_back(by(who))),
            Try::TakeOver { who } => {
                let mine = self.case.owner == house(who % ORGS);
                let lead = self.case.coordinator;
                if mine && may_take_over(asker(who), lead, false, true).is_ok() {
                    let case = self.case.clone();
                    self.case = case.assign(user(who), house(who % ORGS)).unwrap();
                }
            }
        }
    }

    fn answer(
        &mut self,
        which: usize,
        how: impl FnOnce(Transfer) -> Result<Transfer, TransferError>,
    ) {
        if let Some(one) = self.offers.get_mut(which)
            && let Ok(next) = how(one.clone())
        {
            *one = next;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn at_every_moment_exactly_one_organisation_answers_and_only_its_lead_reads(
        steps in proptest::collection::vec(any_try(), 0..40),
    ) {
        let opened = Case::open(CaseId::new(uuid(800)), PersonId::new(uuid(802)), None, by(0));
        let case = opened.assign(user(0), house(0)).unwrap();
        let mut here = Here { case, offers: Vec::new() };
        for step in steps {
            let before = here.case.owner;
            here.step(step);
            let owners: Vec<u8> = (0..ORGS).filter(|org| house(*org) == here.case.owner).collect();
            prop_assert_eq!(owners.len(), 1);
            let readers: Vec<u8> = (0..PEOPLE).filter(|who| here.opens(*who).is_ok()).collect();
            prop_assert_eq!(readers.len(), 1, "{:?}", readers);
            prop_assert_eq!(here.case.coordinator, Some(user(readers[0])));
            prop_assert_eq!(house(readers[0] % ORGS), here.case.owner);
            let elsewhere = (0..PEOPLE).filter(|who| house(who % ORGS) != here.case.owner);
            for who in elsewhere {
                prop_assert_eq!(here.opens(who), Err(Refusal::OtherOrganisation));
            }
            if before != here.case.owner {
                prop_assert!(matches!(step, Try::Accept { .. }), "{:?} moved it", step);
            }
            let open = here.offers.iter().filter(|one| one.state_name() == "offered");
            prop_assert!(open.count() <= 1);
        }
    }
}
