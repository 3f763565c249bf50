//! The slices: of all policies, those that can count for one sender, one category and one purpose.
//!
//! Cedar looks at every policy of the set it is given, and most of them name another sender or purpose. What no policy of the slice could
//! cover is denied without asking, as Cedar would: nothing permits.

use std::collections::HashMap;

use cedar_policy::{Policy, PolicySet};

use super::whole;
use crate::codes::Bits;
use crate::fault::PolicyError;
use crate::model::{Effect, Policies};

/// One slice.
pub(super) struct Slice {
    /// What permits or forbids to share.
    pub(super) share: PolicySet,
    /// What makes it uncertain, with what forbids; none when nothing is uncertain here.
    pub(super) consult: Option<PolicySet>,
    /// The receivers that some policy of the slice names.
    pub(super) to: Bits,
}

/// All of them.
pub(super) struct Slices {
    pub(super) slices: Vec<Slice>,
    /// Place of a slice, by sender, category and purpose.
    pub(super) places: Vec<usize>,
    data: usize,
    purposes: usize,
}

impl Slices {
    /// Cuts the slices. `made` holds one policy an act, in the order of the acts.
    pub(super) fn cut(policies: &Policies, made: &[Policy]) -> Result<Slices, PolicyError> {
        let codes = &policies.codes;
        let size = |bits: Bits| usize::try_from(bits.count()).unwrap_or(0);
        let mut out = Slices {
            slices: Vec::new(),
            places: Vec::new(),
            data: size(codes.data.all()),
            purposes: size(codes.purposes.all()),
        };
        let mut known: HashMap<Vec<usize>, usize> = HashMap::new();
        for org in codes.orgs.all().iter() {
            for data in codes.data.all().iter() {
                for purpose in codes.purposes.all().iter() {
                    let acts = policies.acts.iter().enumerate();
                    let acts: Vec<usize> = acts
                        .filter(|(_, act)| {
                            act.from.has(org) && act.data.has(data) && act.purposes.has(purpose)
                        })
                        .map(|(place, _)| place)
                        .collect();
                    let place = match known.get(&acts) {
                        Some(place) => *place,
                        None => {
                            out.slices.push(slice(policies, made, &acts)?);
                            known.insert(acts, out.slices.len() - 1);
                            out.slices.len() - 1
                        }
                    };
                    out.places.push(place);
                }
            }
        }
        Ok(out)
    }

    /// Which slice counts.
    pub(super) fn place(&self, org: u8, data: u8, purpose: u8) -> Option<usize> {
        let (org, data, purpose) = (usize::from(org), usize::from(data), usize::from(purpose));
        let inside = data < self.data && purpose < self.purposes;
        let place = (org * self.data + data) * self.purposes + purpose;
        self.places.get(place).copied().filter(|_| inside)
    }

    pub(super) fn get(&self, place: usize) -> Option<&Slice> {
        self.slices.get(place)
    }
}

fn slice(policies: &Policies, made: &[Policy], acts: &[usize]) -> Result<Slice, PolicyError> {
    let set = |certain: bool| {
        let chosen = acts.iter().filter(|place| {
            policies
                .acts
                .get(**place)
                .is_some_and(|act| act.effect == Effect::Forbid || act.permits() == certain)
        });
        let chosen = chosen.filter_map(|place| made.get(*place)).cloned();
        PolicySet::from_policies(chosen).map_err(whole)
    };
    let named = acts.iter().filter_map(|place| policies.acts.get(*place));
    let uncertain = named
        .clone()
        .any(|act| act.effect == Effect::Permit && !act.permits());
    Ok(Slice {
        share: set(true)?,
        consult: match uncertain {
            true => Some(set(false)?),
            false => None,
        },
        to: named.fold(Bits::NONE, |to, act| to.or(act.to)),
    })
}
