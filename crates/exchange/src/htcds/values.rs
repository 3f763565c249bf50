//! Values of the standard out of cells.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::case::{Address, HtcdsCase};
use super::fields::OTHER;
use super::lists::{PickList, Picked, country};
use crate::record::{Columns, Record};

pub(super) fn pick(record: &mut Record<'_>, field: &str, list: &PickList) -> Option<Picked> {
    let text = record.text(field)?;
    let found = list.find(&text);
    if found.is_none() {
        record.refuse(field, list.expected());
    }
    found
}

/// Many values in one cell: separated by `;`, `,`, `|` or new lines, or by spaces where survey programs wrote names. A cell
/// that is one value as a whole is that value, because labels of industries hold `;` and `,`.
pub(super) fn picks(record: &mut Record<'_>, field: &str, list: &PickList) -> Vec<Picked> {
    let Some(text) = record.text(field) else {
        return Vec::new();
    };
    if let Some(whole) = list.find(&text) {
        return vec![whole];
    }
    let by_spaces: Option<Vec<Picked>> = text
        .split_whitespace()
        .map(|name| list.find(name))
        .collect();
    let found = by_spaces.or_else(|| separated(&text, list));
    match found {
        Some(mut found) => {
            let mut seen = Vec::new();
            found.retain(|picked| {
                !seen.contains(picked) && {
                    seen.push(*picked);
                    true
                }
            });
            found
        }
        None => {
            record.refuse(
                field,
                format!("values separated by `;`, each {}", list.expected()),
            );
            Vec::new()
        }
    }
}

/// Joins neighbouring parts again where only together they are a label.
fn separated(text: &str, list: &PickList) -> Option<Vec<Picked>> {
    let parts: Vec<&str> = text
        .split([';', ',', '|', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    const LONGEST: usize = 4;
    let mut found = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let most = LONGEST.min(parts.len() - at);
        let (taken, picked) = (1..=most).rev().find_map(|n| {
            list.find(&parts[at..at + n].concat())
                .map(|picked| (n, picked))
        })?;
        found.push(picked);
        at += taken;
    }
    Some(found)
}

pub(super) fn consent(record: &mut Record<'_>) -> Option<bool> {
    let text = record.text("con_Consent")?.to_lowercase();
    match text.as_str() {
        "true" | "yes" | "1" | "y" | "ja" | "waar" => Some(true),
        "false" | "no" | "0" | "n" | "nee" | "onwaar" => Some(false),
        _ => {
            record.refuse("con_Consent", "TRUE or FALSE");
            None
        }
    }
}

pub(super) fn citizenship(record: &mut Record<'_>) -> Vec<String> {
    let Some(text) = record.text("prs_Citizenship") else {
        return Vec::new();
    };
    if let Some(code) = country(&text) {
        return vec![code.to_owned()];
    }
    // Names such as "Korea, Republic of" hold commas, so that only codes may be separated by them.
    let parts = |separators: &[char]| -> Option<Vec<String>> {
        let parts = text
            .split(separators)
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.map(|part| country(part).map(str::to_owned)).collect()
    };
    let found = parts(&[';', '|', '\n']).or_else(|| parts(&[';', ',', ' ']));
    if found.is_none() {
        record.refuse(
            "prs_Citizenship",
            "two-letter ISO 3166 country codes or their English names, separated by `;`",
        );
    }
    let mut codes = found.unwrap_or_default();
    codes.sort_unstable();
    codes.dedup();
    codes
}

pub(super) fn address(record: &mut Record<'_>) -> Address {
    let written = record.text("prs_MailingCountry");
    Address {
        street: record.text("prs_MailingStreet"),
        city: record.text("prs_MailingCity"),
        state: record.text("prs_MailingState"),
        postal_code: record.text("prs_MailingPostalCode"),
        country: written.map(|written| country(&written).map_or(written.clone(), str::to_owned)),
    }
}

pub(super) fn other(record: &mut Record<'_>, columns: &Columns) -> BTreeMap<&'static str, String> {
    let present = OTHER.iter().filter(|field| columns.get(field).is_some());
    present
        .filter_map(|field| record.text(field).map(|text| (*field, text)))
        .collect()
}

/// What cannot both be so.
pub(super) fn contradictions(record: &mut Record<'_>, case: &HtcdsCase) {
    let earlier = |a: Option<Date>, b: Option<Date>| a.zip(b).is_some_and(|(a, b)| a < b);
    if earlier(case.outgoing.date, case.incoming.date) {
        record.refuse(
            "cas_OutgoingReferralDate",
            "a day on or after cas_IncomingReferralDate",
        );
    }
    if earlier(case.incoming.date, case.birthdate) {
        record.refuse("cas_IncomingReferralDate", "a day after prs_Birthdate");
    }
}
