//! Phones, plates, accounts and company numbers that nobody has.
//!
//! * Phones: `+31 6 0…`. Dutch mobile numbers begin with 061 to 065 and 068 (national numbering plan); the series 060 is not given out.
//!   The hosting organisation should check that again before it connects anything that dials.
//! * Plates: contain a Q, which Dutch plates don't use because it looks like an O.
//! * Accounts: `NL00 TEST …`; check digits run from 02 to 98 (ISO 13616), so 00 is never valid, and no bank has the code TEST.
//! * Company numbers (KvK): begin with 00, which is not given out.
//! * Mail and ads: the reserved domains of RFC 2606.

use crate::dice::scatter;

/// Phone numbers of this many persons; networks have the numbers above.
const PERSON_PHONES: u64 = 9_000_000;

/// The phone of person number `index`; unique for the first nine million persons.
pub(crate) fn phone_of_person(index: u64) -> String {
    written(scatter(index, PERSON_PHONES))
}

/// Phone number `slot` of network `network`.
pub(crate) fn phone_of_network(network: u64, slot: u64) -> String {
    written(PERSON_PHONES + scatter(network * 4 + slot % 4, 1_000_000))
}

fn written(number: u64) -> String {
    format!("+3160{:07}", number % 10_000_000)
}

/// Plate number `index`.
pub(crate) fn plate(index: u64) -> String {
    const LETTERS: &[u8; 16] = b"BDFGHJKLNPRSTVXZ";
    let number = scatter(index, 1_000_000);
    let letter = |at: u64| char::from(LETTERS[(at % 16) as usize]);
    format!(
        "{:02}-Q{}{}-{}",
        number % 100,
        letter(number / 100),
        letter(number / 1_600),
        number / 25_600 % 10
    )
}

/// Account number `index`.
pub(crate) fn account(index: u64) -> String {
    format!("NL00TEST{:010}", scatter(index, 10_000_000_000))
}

/// Company number `index`.
pub(crate) fn kvk(index: u64) -> String {
    format!("00{:06}", scatter(index, 1_000_000))
}

/// Handle of an advertisement.
pub(crate) fn ad(index: u64) -> String {
    format!("advertentie-{:07}.example.org", scatter(index, 10_000_000))
}

/// Digest of a picture, as an exchange between sites would show it.
pub(crate) fn photo_hash(index: u64) -> String {
    format!(
        "phash:{:016x}",
        index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    )
}
