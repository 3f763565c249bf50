//! Reading editions: the list, the desk of the editor, and the letter in each of its forms.

use std::collections::BTreeMap;

use domain::edition::{Edition, EditionName, EditionState};
use domain::ids::{ActionId, EditionId, FigureId};
use jiff::Timestamp;
use jiff::civil::Date;
use letter::{Lang, Letter};
use sha2::{Digest, Sha256};
use vault::{Change, Counts, Cursor, Filter, Opened, Order, Page, Store, Stored};

use super::faults::{LetterFault, faults};
use super::freeze::{FrozenLetter, compose, for_word, typeset};
use super::signature::{self, Manifest};
use super::{StoredEdition, map};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::figures::{self, StoredFigure};
use crate::shown;

/// An edition as its editor sees it.
#[derive(Debug, Clone)]
pub struct EditionView {
    /// The edition.
    pub edition: Edition,
    /// Version to name when changing it.
    pub version: i64,
    /// What must be mended before it can be frozen; of a frozen one nothing.
    pub faults: Vec<LetterFault>,
    /// The register as it stands, to pick from; of a frozen one as it was frozen.
    pub register: Vec<domain::action::Action>,
    /// Actions about which nothing was told in its period.
    pub overdue: Vec<domain::action::Action>,
    /// On which day something was sent about an action that was not accepted yet; of a frozen edition nothing.
    pub sent: BTreeMap<ActionId, Date>,
    /// Figures to choose from.
    pub figures: Vec<FigureChoice>,
    /// The frozen letter's facts.
    pub frozen: Option<FrozenFacts>,
}

/// A figure to choose.
#[derive(Debug, Clone)]
pub struct FigureChoice {
    /// Which.
    pub id: FigureId,
    /// The figure.
    pub figure: StoredFigure,
    /// It stands in the letter.
    pub chosen: bool,
}

/// What is known of a frozen letter without opening it.
#[derive(Debug, Clone)]
pub struct FrozenFacts {
    /// SHA-256 of the PDF, hexadecimal.
    pub pdf_sha256: String,
    /// Size of the PDF in bytes.
    pub pdf_bytes: u64,
    /// When it was frozen.
    pub at: Timestamp,
    /// It carries the installation's signature.
    pub signed: bool,
}

/// How a letter is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One `article` element, to stand in a page.
    Article(Lang),
    /// A whole HTML document without looks.
    Html,
    /// PDF/UA-1.
    Pdf,
    /// Office Open XML, for Word and LibreOffice.
    Docx,
    /// Markdown.
    Markdown,
}

impl Format {
    /// The file of a frozen edition that holds it; what is made for a page is none.
    fn file(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Article(_) => None,
            Self::Html => Some(("html", "text/html; charset=utf-8")),
            Self::Pdf => Some(("pdf", "application/pdf")),
            Self::Docx => Some(("docx", letter::DOCX_MEDIA_TYPE)),
            Self::Markdown => Some(("md", "text/markdown; charset=utf-8")),
        }
    }
}

/// Which text of a frozen edition is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// With the corrections made since.
    Corrected,
    /// Byte for byte as it was frozen.
    AsFrozen,
}

/// A letter in one of its forms.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Media type.
    pub media_type: &'static str,
    /// A neutral name for a file.
    pub file_name: String,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
}

/// A page of the editions, newest first, with the number in each state.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    states: &[String],
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    permit(actor, UseCase::EditLetter)?;
    let filter = Filter {
        states: states.to_vec(),
        ..Filter::default()
    };
    let kind = &StoredEdition::KIND;
    let page = desk
        .vault
        .list(kind, &filter, Order::Newest, after, 50)
        .await?;
    Ok((page, desk.vault.counts(kind, &filter).await?))
}

/// The edition with this name.
pub async fn by_name(desk: &Desk, actor: &Actor, name: EditionName) -> Result<EditionId> {
    permit(actor, UseCase::EditLetter)?;
    let found = desk
        .vault
        .load_by_term::<StoredEdition>("name", &name.to_string())
        .await?;
    found
        .first()
        .map(|edition| edition.body.0.id)
        .ok_or(DeskError::NotFound { what: "edition" })
}

async fn opened(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: EditionId,
) -> Result<Opened<StoredEdition>> {
    let permit = permit(actor, UseCase::EditLetter)?;
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    shown::first(desk, change, "edition").await
}

/// Reads an edition with all that its editor needs.
pub async fn read(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: EditionId,
) -> Result<EditionView> {
    let found = opened(desk, actor, now, id).await?;
    let edition = found.body.0;
    let composed = compose(desk, now, &edition).await?;
    let draft = matches!(edition.state(), EditionState::Draft);
    let frozen = match draft {
        true => None,
        false => Some(frozen(desk, id).await?.body),
    };
    let found_faults = match draft {
        true => faults(&composed, desk.settings.made_up),
        false => Vec::new(),
    };
    let register = match edition.snapshot() {
        Some(snapshot) => snapshot.annex.clone(),
        None => composed.register,
    };
    let sent = if draft {
        composed.sent
    } else {
        BTreeMap::new()
    };
    let mut late = domain::edition::overdue(&register, &edition.period);
    late.retain(|action| {
        sent.get(&action.id)
            .is_none_or(|day| *day < edition.period.from)
    });
    let chosen = &edition.content().figures;
    let mut choices: Vec<FigureChoice> = figures::usable(desk)
        .await?
        .into_iter()
        .map(|figure| FigureChoice {
            id: figure.figure.id,
            chosen: chosen.contains(&figure.figure.id),
            figure,
        })
        .collect();
    choices.sort_by_key(|c| {
        chosen
            .iter()
            .position(|id| *id == c.id)
            .unwrap_or(usize::MAX)
    });
    Ok(EditionView {
        version: found.version,
        faults: found_faults,
        overdue: late.into_iter().cloned().collect(),
        sent,
        register,
        figures: choices,
        frozen: frozen.map(|f| FrozenFacts {
            pdf_sha256: f.pdf_sha256,
            pdf_bytes: f.pdf_bytes,
            at: f.by.at,
            signed: f.signature.is_some(),
        }),
        edition,
    })
}

async fn frozen(desk: &Desk, id: EditionId) -> Result<Opened<FrozenLetter>> {
    let found = desk
        .vault
        .load_children::<FrozenLetter>(&id.to_string())
        .await?;
    found
        .into_iter()
        .next()
        .ok_or(DeskError::NotFound { what: "edition" })
}

/// The letter in one of its forms: of a draft as things stand, of a frozen edition as it was frozen, with the corrections
/// made since when they are asked for.
pub async fn render(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: EditionId,
    format: Format,
    which: Which,
) -> Result<Rendered> {
    let edition = opened(desk, actor, now, id).await?.body.0;
    let name = format!("voortgangsbrief-{}", edition.name);
    if matches!(edition.state(), EditionState::Draft) {
        let letter = compose(desk, now, &edition).await?.letter;
        return in_form(letter, now, format, format!("{name}-concept")).await;
    }
    let found = frozen(desk, id).await?;
    let corrected = which == Which::Corrected && !edition.errata().is_empty();
    if !corrected && let Some(kept) = original(desk, &found, format, &name).await? {
        return Ok(kept);
    }
    let at = found.body.by.at;
    let mut letter = found.body.letter;
    if corrected {
        letter.errata = edition.errata().iter().map(map::erratum).collect();
    }
    let name = if corrected {
        format!("{name}-verbeterd")
    } else {
        name
    };
    in_form(letter, at, format, name).await
}

/// The bytes as they were frozen; none when that file was not kept. Other bytes than those promised are never handed out.
async fn original(
    desk: &Desk,
    found: &Opened<FrozenLetter>,
    format: Format,
    name: &str,
) -> Result<Option<Rendered>> {
    let Some((ending, media_type)) = format.file() else {
        return Ok(None);
    };
    let Some((from, length, promised)) = place(&found.body, ending) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    let mut number = 0;
    while let Some(part) = desk.vault.part(Store::K7, &found.id, number).await? {
        bytes.extend(part);
        number += 1;
    }
    let bytes: Vec<u8> = bytes.into_iter().skip(from).take(length).collect();
    let sha256 = hex::encode(Sha256::digest(&bytes));
    if sha256 != promised {
        return Err(DeskError::Setup(
            "the frozen letter's bytes are not those that were frozen".to_owned(),
        ));
    }
    Ok(Some(Rendered {
        bytes,
        media_type,
        file_name: format!("{name}.{ending}"),
        sha256,
    }))
}

/// Where a file begins among the kept bytes, how long it is, and its check value.
fn place(frozen: &FrozenLetter, ending: &str) -> Option<(usize, usize, String)> {
    if frozen.forms.is_empty() {
        let length = usize::try_from(frozen.pdf_bytes).ok()?;
        return (ending == "pdf").then(|| (0, length, frozen.pdf_sha256.clone()));
    }
    let mut from = 0;
    for form in &frozen.forms {
        let length = usize::try_from(form.bytes).ok()?;
        if form.form == ending {
            return Some((from, length, form.sha256.clone()));
        }
        from += length;
    }
    None
}

/// The files of a frozen edition under the installation's signature.
pub async fn manifest(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: EditionId,
) -> Result<Manifest> {
    let edition = opened(desk, actor, now, id).await?.body.0;
    let frozen = frozen(desk, id).await?.body;
    let name = edition.name.to_string();
    Ok(Manifest {
        text: signature::text(&name, frozen.by.at, &frozen.forms),
        edition: name,
        frozen_at: frozen.by.at,
        forms: frozen.forms,
        signature: frozen.signature,
    })
}

async fn in_form(letter: Letter, at: Timestamp, format: Format, name: String) -> Result<Rendered> {
    let (bytes, media_type, ending) = match format {
        Format::Article(lang) => (
            letter::article(&letter, lang).into_bytes(),
            "text/html; charset=utf-8",
            "html",
        ),
        Format::Html => (
            letter::html(&letter, Lang::Nl, &letter::Styling::Plain).into_bytes(),
            "text/html; charset=utf-8",
            "html",
        ),
        Format::Markdown => (
            letter::markdown(&letter).into_bytes(),
            "text/markdown; charset=utf-8",
            "md",
        ),
        Format::Pdf => (typeset(letter, at).await?, "application/pdf", "pdf"),
        Format::Docx => (for_word(letter, at).await?, letter::DOCX_MEDIA_TYPE, "docx"),
    };
    Ok(Rendered {
        sha256: hex::encode(Sha256::digest(&bytes)),
        bytes,
        media_type,
        file_name: format!("{name}.{ending}"),
    })
}
