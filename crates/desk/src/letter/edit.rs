//! Composing an edition: who signs, the texts, the developments picked per line, the figures. Only a draft changes; a
//! frozen edition gets corrections beside it.

use domain::SafeText;
use domain::action::Line;
use domain::edition::{
    Commitment, Edition, EditionContent, EditionName, Erratum, Highlight, LetterRef, Signatory,
};
use domain::ids::{ActionId, EditionId, FigureId};
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::map::{NO_NAME, kamerstuk};
use super::{StoredEdition, draft, fresh, load, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::plan::{self, StoredAction};

/// Most developments on one line: a letter tells only the most relevant.
const MOST_HIGHLIGHTS: usize = 30;

/// The head of the letter.
#[derive(Debug, Clone, Default)]
pub struct HeadInput {
    /// What it is about; none: the usual subject.
    pub subject: Option<SafeText>,
    /// Where it is signed; none: Den Haag.
    pub place: Option<SafeText>,
    /// The day it is dated; none: the day after its period.
    pub dated: Option<Date>,
    /// Office that signs.
    pub office: Option<SafeText>,
    /// Name under it.
    pub name: Option<SafeText>,
    /// Offices on whose behalf it is sent too.
    pub co_signatories: Vec<SafeText>,
    /// The previous letter, as it was written.
    pub previous: Option<SafeText>,
    /// The previous letter, as it was found: `28638-259`.
    pub previous_resolved: Option<String>,
    /// Day of the previous letter.
    pub previous_date: Option<Date>,
}

/// The texts of the letter.
#[derive(Debug, Clone, Default)]
pub struct TextsInput {
    /// Opening.
    pub opening: Option<SafeText>,
    /// The programme and who works in it.
    pub programme: Option<SafeText>,
    /// How to read the letter; none: the usual words.
    pub reading_guide: Option<SafeText>,
    /// Other subjects; the first line of each is its heading.
    pub other_subjects: Vec<SafeText>,
}

/// A motion or promise that the letter closes.
pub type NewCommitment = Commitment;

/// One change to a draft.
#[derive(Debug, Clone)]
pub enum Edit {
    /// Head, signatory, previous letter.
    Head(Box<HeadInput>),
    /// Opening, programme, other subjects.
    Texts(Box<TextsInput>),
    /// Picks a development: the holder's own words about an action.
    Pick {
        /// The action.
        action: ActionId,
    },
    /// Changes the text of a development.
    Reword {
        /// Which, from 0 in the order of the letter.
        at: usize,
        /// Its words.
        text: SafeText,
    },
    /// Takes a development out.
    Drop {
        /// Which.
        at: usize,
    },
    /// Moves a development before the one above it on the same line.
    Up {
        /// Which.
        at: usize,
    },
    /// Adds a motion or promise.
    Commit(Box<NewCommitment>),
    /// Takes a motion or promise out.
    Uncommit {
        /// Which, from 0.
        at: usize,
    },
    /// Chooses the figures, in this order.
    Figures(Vec<FigureId>),
}

/// A correction of a frozen edition.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Where in the letter, in words.
    pub place: SafeText,
    /// What was wrong.
    pub wrong: SafeText,
    /// What it has to be.
    pub right: SafeText,
    /// Why.
    pub reason: SafeText,
}

/// Begins the edition with this name, or the one whose letter is due now.
pub async fn begin(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    name: Option<EditionName>,
) -> Result<EditionId> {
    let permit = permit(actor, UseCase::EditLetter)?;
    let cycle = plan::cycle(desk);
    let name = name.unwrap_or_else(|| EditionName::of(super::day(now), cycle));
    let same = desk
        .vault
        .load_by_term::<StoredEdition>("name", &name.to_string())
        .await?;
    if !same.is_empty() {
        return Err(DeskError::field(
            "name",
            "letter-name-taken",
            format!("edition {name} is there already"),
        ));
    }
    let id = EditionId::new(desk.vault.new_id(now));
    let edition = Edition::begin(id, name, cycle).map_err(refused)?;
    let content = taken_over(desk, name).await?;
    let edition = edition.write(content).map_err(refused)?;
    let change = Change::new(permit.context(now)).create(draft(&edition, &["all"])?);
    desk.vault.apply(Store::K7, change).await?;
    Ok(id)
}

/// What a new edition takes over from the last one before it: who signs and on whose behalf, the place, and that edition as the letter
/// before, once its Kamerstuk is known. The editor changes what a new cabinet changes.
async fn taken_over(desk: &Desk, name: EditionName) -> Result<EditionContent> {
    let all = desk.vault.load_all::<StoredEdition>(&[]).await?;
    let earlier = all.into_iter().map(|found| found.body.0);
    let last = earlier.filter(|e| e.name < name).max_by_key(|e| e.name);
    let Some(last) = last else {
        return Ok(EditionContent::default());
    };
    let content = last.content();
    Ok(EditionContent {
        signatory: content.signatory.clone(),
        co_signatories: content.co_signatories.clone(),
        place: content.place.clone(),
        previous: sent_as(&last),
        ..EditionContent::default()
    })
}

/// A sent edition as the next letter refers to it.
fn sent_as(edition: &Edition) -> Option<LetterRef> {
    let domain::edition::EditionState::Sent {
        on,
        kamerstuk: Some(number),
        ..
    } = edition.state()
    else {
        return None;
    };
    let written = kamerstuk(number)?;
    let written = format!("{}, nr. {}", written.dossier, written.number);
    Some(LetterRef {
        as_written: SafeText::new("previous", &format!("Kamerstukken II, {written}"), 300).ok()?,
        resolved: Some(number.clone()),
        date: Some(*on),
    })
}

/// Changes a draft. `seen` is the version on which the change is based.
pub async fn edit(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: EditionId,
    seen: i64,
    edit: Edit,
) -> Result<()> {
    let permit = permit(actor, UseCase::EditLetter)?;
    let found = load(desk, id).await?;
    fresh(&found, seen)?;
    let edition = found.body.0;
    let field = edit.field();
    let mut content = edition.content().clone();
    match edit {
        Edit::Head(input) => head(&mut content, *input)?,
        Edit::Texts(input) => texts(&mut content, *input),
        Edit::Pick { action } => pick(desk, &mut content, action).await?,
        other => small(&mut content, other)?,
    }
    let edition = edition.write(content).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(draft(&edition, &[field])?, seen);
    desk.vault.apply(Store::K7, change).await?;
    Ok(())
}

impl Edit {
    fn field(&self) -> &'static str {
        match self {
            Edit::Head(_) => "head",
            Edit::Texts(_) => "texts",
            Edit::Pick { .. } | Edit::Reword { .. } | Edit::Drop { .. } | Edit::Up { .. } => {
                "highlights"
            }
            Edit::Commit(_) | Edit::Uncommit { .. } => "commitments",
            Edit::Figures(_) => "figures",
        }
    }
}

fn head(content: &mut EditionContent, input: HeadInput) -> Result<()> {
    let no_name =
        || SafeText::new("name", NO_NAME, 10).map_err(|e| DeskError::field("name", "required", e));
    content.subject = input.subject;
    content.place = input.place;
    content.dated = input.dated;
    content.signatory = match input.office {
        None => None,
        Some(office) => Some(Signatory {
            office,
            name: input.name.map_or_else(no_name, Ok)?,
        }),
    };
    content.co_signatories = input
        .co_signatories
        .into_iter()
        .map(|office| {
            Ok(Signatory {
                office,
                name: no_name()?,
            })
        })
        .collect::<Result<_>>()?;
    content.previous = previous(input.previous, input.previous_resolved, input.previous_date)?;
    Ok(())
}

/// The reference is kept as it was written and, when found out, as it really is.
fn previous(
    written: Option<SafeText>,
    resolved: Option<String>,
    date: Option<Date>,
) -> Result<Option<LetterRef>> {
    if let Some(resolved) = &resolved
        && kamerstuk(resolved).is_none()
    {
        return Err(DeskError::field(
            "previous_resolved",
            "letter-not-a-kamerstuk",
            "expected dossier and number, such as 28638-259",
        ));
    }
    match (written, date) {
        (None, None) if resolved.is_none() => Ok(None),
        (Some(as_written), Some(date)) => Ok(Some(LetterRef {
            as_written,
            resolved,
            date: Some(date),
        })),
        (None, _) => Err(DeskError::field(
            "previous",
            "required",
            "the previous letter needs its reference as written",
        )),
        (Some(_), None) => Err(DeskError::field(
            "previous_date",
            "required",
            "the previous letter needs its date",
        )),
    }
}

fn texts(content: &mut EditionContent, input: TextsInput) {
    content.opening = input.opening;
    content.programme = input.programme;
    content.reading_guide = input.reading_guide;
    content.other_subjects = input.other_subjects;
}

/// The holder's own words become the text; without any, the editor writes about the action itself.
async fn pick(desk: &Desk, content: &mut EditionContent, id: ActionId) -> Result<()> {
    let found = desk
        .vault
        .load::<StoredAction>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("action"))?;
    let action = found.body.0;
    let line = action.plan.line;
    let on_line = content.highlights.iter().filter(|h| h.line == line);
    if on_line.count() >= MOST_HIGHLIGHTS {
        return Err(DeskError::rule(
            "letter-too-many-highlights",
            "a letter tells only the most relevant developments of a line",
        ));
    }
    let text = action.results().unwrap_or(&action.plan.title).clone();
    content.highlights.push(Highlight {
        line,
        actions: vec![id],
        text,
    });
    // In the order of the lines; within a line as they were picked.
    content.highlights.sort_by_key(|h| h.line);
    Ok(())
}

fn small(content: &mut EditionContent, edit: Edit) -> Result<()> {
    let gone = || DeskError::NotFound { what: "part" };
    match edit {
        Edit::Reword { at, text } => {
            content.highlights.get_mut(at).ok_or_else(gone)?.text = text;
        }
        Edit::Drop { at } if at < content.highlights.len() => {
            content.highlights.remove(at);
        }
        Edit::Up { at } => up(content, at).ok_or_else(gone)?,
        Edit::Commit(new) => content.commitments.push(*new),
        Edit::Uncommit { at } if at < content.commitments.len() => {
            content.commitments.remove(at);
        }
        Edit::Figures(figures) => content.figures = figures,
        Edit::Drop { .. }
        | Edit::Uncommit { .. }
        | Edit::Head(_)
        | Edit::Texts(_)
        | Edit::Pick { .. } => return Err(gone()),
    }
    Ok(())
}

fn up(content: &mut EditionContent, at: usize) -> Option<()> {
    let line: Line = content.highlights.get(at)?.line;
    let above = at.checked_sub(1)?;
    (content.highlights.get(above)?.line == line).then(|| content.highlights.swap(above, at))
}

/// Records that a frozen edition was sent to the Tweede Kamer.
pub async fn sent(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: EditionId,
    seen: i64,
    on: Date,
    number: Option<String>,
) -> Result<()> {
    let permit = permit(actor, UseCase::FreezeLetter)?;
    let found = load(desk, id).await?;
    fresh(&found, seen)?;
    if let Some(number) = &number
        && kamerstuk(number).is_none()
    {
        return Err(DeskError::field(
            "kamerstuk",
            "letter-not-a-kamerstuk",
            "expected dossier and number, such as 28638-259",
        ));
    }
    let edition = found.body.0.sent(on, number).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(draft(&edition, &["sent"])?, seen);
    desk.vault.apply(Store::K7, change).await?;
    Ok(())
}

/// Corrects a frozen edition beside its text.
pub async fn correct(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: EditionId,
    seen: i64,
    input: Correction,
) -> Result<()> {
    let permit = permit(actor, UseCase::FreezeLetter)?;
    let found = load(desk, id).await?;
    fresh(&found, seen)?;
    let erratum = Erratum {
        place: input.place,
        wrong: input.wrong,
        right: input.right,
        reason: input.reason,
        by: actor.by(now)?,
    };
    let edition = found.body.0.correct(erratum).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(draft(&edition, &["errata"])?, seen);
    desk.vault.apply(Store::K7, change).await?;
    Ok(())
}
