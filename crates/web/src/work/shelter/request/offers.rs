//! Rooms in words: what speaks for each, what less, and which rules it fails.

use desk::placement::{Found, OfferView, Shown};

use super::place;
use crate::work::Work;
use crate::work::shelter::words;

pub(super) struct Offer {
    pub(super) room: String,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) free: i64,
    pub(super) said: String,
    pub(super) stale: bool,
    pub(super) stay: String,
    pub(super) plus: Vec<String>,
    pub(super) minus: Vec<String>,
    pub(super) fails: Vec<String>,
    pub(super) relaxable: bool,
    pub(super) fits: bool,
    pub(super) mediated: bool,
}

pub(super) fn offers(work: &Work, found: &Found) -> Vec<Offer> {
    found.offers.iter().map(|offer| view(work, offer)).collect()
}

pub(super) fn view(work: &Work, offer: &OfferView) -> Offer {
    let t = work.say();
    let region = match &offer.place {
        Shown::Region(region) => Some(region.as_str()),
        Shown::Elsewhere => None,
    };
    Offer {
        room: offer.room.to_string(),
        title: format!(
            "{}, {}",
            words::shelter_kind(work, offer.kind),
            t.key(words::room_kind(offer.room_kind))
        ),
        place: place(work, region),
        free: i64::from(offer.free),
        said: offer.as_of.map_or_else(
            || t.say("shelter-figure-never").into_owned(),
            |at| t.say_with("shelter-figure-of", "moment", t.moment(at)),
        ),
        stale: offer.stale,
        stay: offer.max_stay_days.map_or_else(String::new, |days| {
            t.say_n("shelter-stay-days", i64::from(days))
        }),
        plus: plus(work, offer),
        minus: words::minus(&t, &offer.because),
        fails: offer
            .fails
            .iter()
            .map(|rule| t.key(words::rule(rule)).into_owned())
            .collect(),
        relaxable: offer.is_relaxable(),
        fits: offer.fails.is_empty(),
        mediated: offer.mediated,
    }
}

/// What speaks for a room.
fn plus(work: &Work, offer: &OfferView) -> Vec<String> {
    let t = work.say();
    let v = &work.app.desk.vocabulary;
    let mut out = Vec::new();
    if !offer.languages.is_empty() {
        let words = words::word_list(
            work,
            &v.languages,
            offer.languages.iter().map(ToString::to_string),
        );
        out.push(t.say_with("shelter-plus-language", "languages", words));
    }
    if !offer.care_met.is_empty() {
        let words = words::word_list(
            work,
            &v.care_kinds,
            offer.care_met.iter().map(words::code_of),
        );
        out.push(t.say_with("shelter-plus-care", "care", words));
    }
    let security = words::word(work, &v.security_levels, &words::code_of(&offer.security));
    out.push(t.say_with("shelter-plus-security", "security", security));
    out
}
