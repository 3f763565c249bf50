//! The question behind a held room, kept whole beside the placement: rules, rooms as they stood, what was asked, and the answer.
//! Years later it can be worked out again, and the same bytes must come out.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ids::PlacementId;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vault::{Change, Clear, ClearData, Draft, Kind, Store, Stored};

use super::records::StoredPlacement;
use super::worked::{Answer, Question};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// No question about a country is larger; what unpacks to more is not one of ours.
const LARGEST: u64 = 1 << 28;

/// Something kept whole, packed because it is large and mostly the same words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packed {
    /// JSON, deflated, in base64.
    packed: String,
    /// SHA-256 of the JSON, in hexadecimal.
    digest: String,
}

impl Packed {
    /// Packs.
    pub(super) fn of<T: Serialize>(value: &T) -> Result<Packed> {
        let json = serde_json::to_vec(value).map_err(unwritable)?;
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(&json).map_err(unwritable)?;
        Ok(Packed {
            packed: STANDARD.encode(deflate.finish().map_err(unwritable)?),
            digest: hex::encode(Sha256::digest(&json)),
        })
    }

    /// Unpacks; what is not what was packed is refused.
    pub(super) fn open<T: DeserializeOwned>(&self) -> Result<T> {
        let packed = STANDARD.decode(&self.packed).map_err(unreadable)?;
        let mut json = Vec::new();
        DeflateDecoder::new(packed.as_slice())
            .take(LARGEST)
            .read_to_end(&mut json)
            .map_err(unreadable)?;
        if hex::encode(Sha256::digest(&json)) != self.digest {
            return Err(unreadable("another digest"));
        }
        serde_json::from_slice(&json).map_err(unreadable)
    }

    /// SHA-256 of what was packed, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

fn unwritable(_: impl std::fmt::Display) -> DeskError {
    DeskError::Setup("a placing question could not be kept".to_owned())
}

fn unreadable(_: impl std::fmt::Display) -> DeskError {
    DeskError::Setup("a kept placing question is not as it was kept".to_owned())
}

/// The question of a placement with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredQuestion {
    /// Version of the rules.
    pub rules: String,
    /// The question.
    pub question: Packed,
    /// The answer that it gave.
    pub answer: Answer,
}

impl Stored for StoredQuestion {
    const KIND: Kind = Kind {
        name: "placing_question",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Parent],
        terms: &[],
    };
}

/// The record that keeps the question of a placement; it goes with the placement when that is erased.
pub(super) fn draft_question(
    desk: &Desk,
    now: Timestamp,
    placement: PlacementId,
    question: Question,
) -> Result<Draft> {
    let stored = StoredQuestion {
        answer: question.answer()?,
        question: Packed::of(&question)?,
        rules: question.rules,
    };
    let clear = ClearData {
        state: "kept".to_owned(),
        parent: Some(placement.to_string()),
        ..ClearData::default()
    };
    Ok(Draft::new(
        desk.vault.new_id(now).to_string(),
        &stored,
        clear,
    )?)
}

/// What working it out again gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// The same, byte for byte.
    Same,
    /// Something else: the program or what was kept is not what it was.
    Different,
    /// It was worked out under other rules than this program has; the program of then can do it again.
    OtherRules,
}

/// A question that was worked out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rechecked {
    /// What came out.
    pub again: Again,
    /// Version of the rules then.
    pub rules: String,
    /// SHA-256 of the question, in hexadecimal.
    pub digest: String,
    /// The rooms that were proposed, with costs and reasons.
    pub answer: Answer,
}

/// Works the question of a placement out again; the journal says that it was done.
pub async fn recheck(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
) -> Result<Rechecked> {
    let permit = permit(actor, UseCase::RecheckPlacing)?;
    let missing = || DeskError::NotFound {
        what: "placing question",
    };
    desk.vault.load::<StoredPlacement>(&id.to_string()).await?;
    let kept = desk
        .vault
        .load_children::<StoredQuestion>(&id.to_string())
        .await?;
    let kept = kept.into_iter().next().ok_or_else(missing)?;
    let change = Change::new(permit.context(now)).read(&kept.id, &["question", "answer"]);
    let read = desk.vault.apply(Store::K3, change).await?.reads;
    let stored = (read.into_iter().next())
        .ok_or_else(missing)?
        .typed::<StoredQuestion>()?
        .body;
    again(stored)
}

fn again(stored: StoredQuestion) -> Result<Rechecked> {
    let question: Question = stored.question.open()?;
    let again = if stored.rules != shelter::RULES_VERSION {
        Again::OtherRules
    } else if question.answer()? == stored.answer {
        Again::Same
    } else {
        Again::Different
    };
    Ok(Rechecked {
        again,
        digest: stored.question.digest().to_owned(),
        rules: stored.rules,
        answer: stored.answer,
    })
}
