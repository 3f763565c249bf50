//! What a person sees of her own file: what is about her and nobody else.
//!
//! Made from the one projection of a file ([`Portion`]); what names others is left out, or told as a number: who may answer her phone,
//! who must not know, why an area is not safe, whose statement it was.

use std::collections::BTreeSet;

use crate::age::Age;
use crate::answer::Answer;
use crate::code::{CountryCode, DataCode, FormCode, LanguageCode, MunicipalityCode};
use crate::person::{Residence, Sex};
use crate::share::{Portion, Source};
use crate::text::SafeText;

/// A person's own file. A member that is `None` was not given; one that is there and empty: nothing is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnFile {
    /// Name and alias, as far as known.
    pub called: Option<Vec<SafeText>>,
    /// Age.
    pub age: Option<Age>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Nationalities and country of origin.
    pub origin: Option<Vec<CountryCode>>,
    /// Languages, and whether an interpreter is needed.
    pub language: Option<(Vec<LanguageCode>, Answer)>,
    /// Right of residence.
    pub residence: Option<Residence>,
    /// How she may be reached: channel and times, never who may answer.
    pub contact: Option<Vec<SafeText>>,
    /// Municipalities where she is not safe, never why; and how many people must not know, never who.
    pub safety: Option<(Vec<MunicipalityCode>, usize)>,
    /// How many children are written down.
    pub children: Option<usize>,
    /// Forms of exploitation.
    pub forms: Option<Vec<FormCode>>,
    /// What she wants, in her own words.
    pub needs: Option<Vec<SafeText>>,
}

impl OwnFile {
    /// The part of a file that is about the person, of these categories.
    #[must_use]
    pub fn of(source: Source<'_>, data: &BTreeSet<DataCode>) -> OwnFile {
        let portion = Portion::of(source, data);
        OwnFile {
            called: portion
                .identity
                .map(|known| known.name.into_iter().chain(known.alias).collect()),
            age: portion.age,
            sex: portion.sex,
            origin: portion.origin.map(|origin| {
                let mut all = origin.nationalities;
                all.extend(origin.country);
                all.dedup();
                all
            }),
            language: portion.language.map(|l| (l.spoken, l.interpreter)),
            residence: portion.entitlement.map(|e| e.residence),
            contact: portion
                .contact
                .map(|c| c.safe_channel.into_iter().chain(c.safe_times).collect()),
            safety: portion.safety.map(|s| {
                let areas = s.avoid.into_iter().map(|area| area.municipality).collect();
                (areas, s.must_not_know.len())
            }),
            children: portion.family.map(|family| family.children.len()),
            forms: portion.form,
            needs: portion.care_needs,
        }
    }
}
