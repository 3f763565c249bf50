//! The seal: XChaCha20-Poly1305 with everything that places a row bound as associated data.
//!
//! Layout of a sealed value: `version (1) | algorithm (1) | nonce (24) | ciphertext | tag (16)`.
//! Random 192-bit nonces are safe at any volume we can reach (draft-irtf-cfrg-xchacha).

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::Chance;

const VERSION: u8 = 1;
const XCHACHA20_POLY1305: u8 = 1;
const HEAD: usize = 2;
const NONCE: usize = 24;

/// A 256-bit key that is wiped when dropped and cannot be printed.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// Seals `plain`; `place` says where it belongs and must be the same to open it.
pub(crate) fn seal(key: &Key, place: &[u8], plain: &[u8], chance: &dyn Chance) -> Vec<u8> {
    let mut nonce = [0u8; NONCE];
    chance.fill(&mut nonce);
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let payload = Payload {
        msg: plain,
        aad: place,
    };
    let mut out = Vec::with_capacity(HEAD + NONCE + plain.len() + 16);
    out.extend_from_slice(&[VERSION, XCHACHA20_POLY1305]);
    out.extend_from_slice(&nonce);
    // The cipher refuses only messages over 256 GiB, which the size limits upstream exclude; an empty
    // ciphertext would be refused at reading, so nothing can be stored in clear by accident.
    if let Ok(sealed) = cipher.encrypt(&XNonce::from(nonce), payload) {
        out.extend_from_slice(&sealed);
    }
    out
}

/// Opens a sealed value, or `None` when it was altered, moved, or sealed with another key.
pub(crate) fn open(key: &Key, place: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (head, rest) = sealed.split_at_checked(HEAD)?;
    if head != [VERSION, XCHACHA20_POLY1305] {
        return None;
    }
    let (nonce, body) = rest.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    cipher
        .decrypt(
            &XNonce::from(nonce),
            Payload {
                msg: body,
                aad: place,
            },
        )
        .ok()
        .map(Zeroizing::new)
}

/// Joins the parts of a place so that no two different lists of parts give the same bytes.
pub(crate) fn place(parts: &[&str]) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.iter().map(|p| p.len() + 4).sum());
    for part in parts {
        out.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        out.extend_from_slice(part.as_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsChance;
    use proptest::prelude::*;

    fn key(n: u8) -> Key {
        Zeroizing::new([n; 32])
    }

    proptest! {
        #[test]
        fn opens_only_with_the_same_key_place_and_bytes(plain: Vec<u8>, flip in 0usize..200) {
            let sealed = seal(&key(1), b"here", &plain, &OsChance);
            prop_assert_eq!(&**open(&key(1), b"here", &sealed).unwrap(), &plain);
            prop_assert!(open(&key(2), b"here", &sealed).is_none());
            prop_assert!(open(&key(1), b"there", &sealed).is_none());
            let mut altered = sealed.clone();
            let at = flip % altered.len();
            altered[at] ^= 1;
            prop_assert!(open(&key(1), b"here", &altered).is_none());
        }

        #[test]
        fn places_never_collide(a in proptest::collection::vec("[a-z|]{0,4}", 0..4), b in proptest::collection::vec("[a-z|]{0,4}", 0..4)) {
            let (ra, rb): (Vec<&str>, Vec<&str>) = (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
            prop_assert_eq!(place(&ra) == place(&rb), a == b);
        }
    }
}
