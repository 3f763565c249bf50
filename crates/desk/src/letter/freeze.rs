//! Freezing: the letter, its figures and the state of the register are copied into a record of their own with the bytes of
//! its files (PDF, DOCX, HTML, Markdown), their SHA-256 and a signature. No function changes that record.

use std::collections::BTreeMap;

use domain::action::Action;
use domain::ids::{ActionId, EditionId, FigureId};
use domain::{By, edition::Edition};
use jiff::Timestamp;
use jiff::civil::Date;
use letter::{Lang, Letter, LetterError, Stamp, Styling};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vault::{Change, Clear, ClearData, Draft, Kind, PART_BYTES, Store, Stored};

use super::faults::faults;
use super::map::{Parts, letter_of};
use super::signature::{self, Signature};
use super::{StoredEdition, draft, fresh, load, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::figures::{self, StoredFigure};
use crate::plan;

/// A frozen edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenLetter {
    /// The edition.
    pub edition: EditionId,
    /// The letter, word for word.
    pub letter: Letter,
    /// SHA-256 of the PDF, hexadecimal.
    pub pdf_sha256: String,
    /// Size of the PDF in bytes.
    pub pdf_bytes: u64,
    /// Every file of the edition, in the order in which their bytes are kept; empty in editions of before, which kept the PDF alone.
    #[serde(default)]
    pub forms: Vec<FrozenForm>,
    /// The installation's signature over those files.
    #[serde(default)]
    pub signature: Option<Signature>,
    /// Who froze it, and when.
    pub by: By,
}

/// One file of a frozen edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenForm {
    /// `pdf`, `docx`, `html` or `md`: the ending of its name.
    pub form: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Stored for FrozenLetter {
    const KIND: Kind = Kind {
        name: "frozen_letter",
        store: Store::K7,
        schema: 1,
        clear: &[Clear::Parent],
        terms: &[],
    };
}

/// What a draft is made of now.
pub(super) struct Composed {
    pub letter: Letter,
    pub register: Vec<Action>,
    pub figures: Vec<StoredFigure>,
    /// Figures that were chosen but cannot be used (any more).
    pub missing: Vec<FigureId>,
    /// On which day something was sent about an action that was not accepted yet.
    pub sent: BTreeMap<ActionId, Date>,
}

/// The letter of an edition as the register and the figures stand.
pub(super) async fn compose(desk: &Desk, now: Timestamp, edition: &Edition) -> Result<Composed> {
    let register = plan::register(desk).await?;
    let register: Vec<Action> = register.iter().map(|a| a.body.0.clone()).collect();
    let mut known = figures::usable(desk).await?;
    let (mut chosen, mut missing) = (Vec::new(), Vec::new());
    for id in &edition.content().figures {
        match known.iter().position(|f| f.figure.id == *id) {
            Some(at) => chosen.push(known.swap_remove(at)),
            None => missing.push(*id),
        }
    }
    let sent = plan::sent(desk).await?;
    let letter = letter_of(&Parts {
        edition,
        sent: &sent,
        register: &register,
        figures: &chosen,
        directory: &desk.directory(),
        vocabulary: &desk.vocabulary,
        made_up: desk.settings.made_up,
        as_of: super::day(now),
    });
    Ok(Composed {
        letter,
        register,
        figures: chosen,
        missing,
        sent,
    })
}

/// Freezes an edition. A letter with faults is refused; its page lists them.
pub async fn freeze(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: EditionId,
    seen: i64,
) -> Result<FrozenLetter> {
    let permit = permit(actor, UseCase::FreezeLetter)?;
    let by = actor.by(now)?;
    let found = load(desk, id).await?;
    fresh(&found, seen)?;
    let StoredEdition(edition) = found.body;
    let composed = compose(desk, now, &edition).await?;
    let snapshot = composed.figures.iter().map(|f| f.figure.clone()).collect();
    let frozen = edition
        .freeze(&composed.register, snapshot, by)
        .map_err(refused)?;
    let found = faults(&composed, desk.settings.made_up);
    if let Some(first) = found.first() {
        return Err(DeskError::rule(
            "letter-faults",
            format!(
                "the letter has {} faults; the first at {}",
                found.len(),
                first.place()
            ),
        ));
    }
    let files = print_all(composed.letter.clone(), now).await?;
    let forms: Vec<FrozenForm> = files
        .iter()
        .map(|(form, bytes)| FrozenForm {
            form: (*form).to_owned(),
            sha256: hex::encode(Sha256::digest(bytes)),
            bytes: bytes.len() as u64,
        })
        .collect();
    let pdf = forms.first().cloned();
    let text = signature::text(&frozen.name.to_string(), by.at, &forms);
    let letter = FrozenLetter {
        edition: id,
        letter: composed.letter,
        pdf_sha256: pdf
            .as_ref()
            .map_or_else(String::new, |form| form.sha256.clone()),
        pdf_bytes: pdf.map_or(0, |form| form.bytes),
        signature: Some(signature::sign(desk, &text)),
        forms,
        by,
    };
    let all: Vec<u8> = files.into_iter().flat_map(|(_, bytes)| bytes).collect();
    let record = desk.vault.new_id(now).to_string();
    let clear = ClearData {
        parent: Some(id.to_string()),
        ..ClearData::default()
    };
    let mut change = Change::new(permit.context(now))
        .update(draft(&frozen, &["state"])?, seen)
        .create(Draft::new(record.clone(), &letter, clear)?);
    for (number, part) in (0..).zip(all.chunks(PART_BYTES)) {
        change = change.part(record.clone(), number, part.to_vec());
    }
    desk.vault.apply(Store::K7, change).await?;
    Ok(letter)
}

/// Sets a letter as PDF, away from the threads that answer requests: it takes seconds.
pub(super) async fn typeset(letter: Letter, at: Timestamp) -> Result<Vec<u8>> {
    let stamp = Stamp { frozen_at: at };
    away(move || letter::pdf(&letter, Lang::Nl, stamp)).await
}

/// Writes a letter for Word.
pub(super) async fn for_word(letter: Letter, at: Timestamp) -> Result<Vec<u8>> {
    let stamp = Stamp { frozen_at: at };
    away(move || letter::docx(&letter, Lang::Nl, stamp)).await
}

/// The files of an edition, the PDF first. The same letter frozen at the same moment gives the same bytes on any day.
async fn print_all(letter: Letter, at: Timestamp) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let stamp = Stamp { frozen_at: at };
    away(move || {
        Ok(vec![
            ("pdf", letter::pdf(&letter, Lang::Nl, stamp)?),
            ("docx", letter::docx(&letter, Lang::Nl, stamp)?),
            (
                "html",
                letter::html(&letter, Lang::Nl, &Styling::Plain).into_bytes(),
            ),
            ("md", letter::markdown(&letter).into_bytes()),
        ])
    })
    .await
}

/// Runs what takes long away from the threads that answer requests.
async fn away<T: Send + 'static>(
    print: impl FnOnce() -> std::result::Result<T, LetterError> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(print).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(LetterError::Faults(faults))) => Err(DeskError::rule("letter-faults", faults)),
        Ok(Err(error)) => Err(DeskError::Setup(error.to_string())),
        Err(_) => Err(DeskError::Setup("the typesetter stopped".to_owned())),
    }
}
