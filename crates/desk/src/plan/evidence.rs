//! Files as evidence of an update: they come in with the text that tells of them, all or none, and are opened by the holder, the reviewer
//! and the auditor. Every opening is in the journal before the first byte is given out.

use domain::SafeText;
use domain::answer::By;
use domain::edition::EditionName;
use domain::ids::{ActionId, AttachmentId, UpdateId};
use domain::person_guard;
use domain::round::{EvidenceFile, Standing, Update};
use jiff::Timestamp;
use vault::{Change, Cursor, Filter, Kind, Order, Store};

use super::round::{StoredUpdate, TellInput, ToldOutcome, by_link, own_update, take};
use super::{StoredAction, StoredRound};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::attachment::{self, Arriving, Content, Origin, StoredAttachment, keep_all};
use crate::error::{DeskError, FieldError, Result};

/// Files that come with a text, and files that go.
pub struct Evidence {
    /// What has come in.
    pub files: Arriving,
    /// What the holder calls it; several files have one title.
    pub title: Option<SafeText>,
    /// Which files are taken away.
    pub away: Vec<AttachmentId>,
}

/// What a change does with files, once it is known who does it.
pub(super) struct Files<'a> {
    pub evidence: &'a Evidence,
    /// As colleagues know whoever adds them.
    pub name: String,
}

/// Takes files in for an update of the actor's own organisation. Nothing is kept until [`tell_round_with`].
pub async fn receive_evidence(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: UpdateId,
) -> Result<Arriving> {
    let permit = permit(actor, UseCase::TellInRound)?;
    own_update(desk, &permit, id).await?;
    Ok(Arriving::new(desk, Store::K7, permit.context(now)).papers())
}

/// The same by a private link.
pub async fn receive_evidence_by_link(
    desk: &Desk,
    now: Timestamp,
    secret: &str,
) -> Result<Arriving> {
    let permit = permit(&Actor::Public, UseCase::TellByLink)?;
    by_link(desk, now, secret).await?;
    Ok(Arriving::new(desk, Store::K7, permit.context(now)).papers())
}

/// Saves or sends what a holder tells, with the files that show it: all of it or nothing. After the cut-off the text is kept and counts
/// not, and no file is kept.
pub async fn tell_round_with(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: UpdateId,
    seen: i64,
    input: TellInput,
    evidence: Evidence,
) -> Result<ToldOutcome> {
    let told = async {
        let permit = permit(actor, UseCase::TellInRound)?;
        let found = own_update(desk, &permit, id).await?;
        let name = actor.person()?.name.clone();
        let files = Files {
            evidence: &evidence,
            name,
        };
        take(
            desk,
            &permit,
            found,
            seen,
            input,
            actor.by(now)?,
            Some(files),
        )
        .await
    };
    let told = told.await;
    ended(evidence, told).await
}

/// The same by a private link.
pub async fn tell_by_link_with(
    desk: &Desk,
    now: Timestamp,
    secret: &str,
    seen: i64,
    input: TellInput,
    evidence: Evidence,
) -> Result<ToldOutcome> {
    let told = async {
        let permit = permit(&Actor::Public, UseCase::TellByLink)?;
        let (link, found) = by_link(desk, now, secret).await?;
        let by = super::round::link_author(&link, &found.body.0, now)?;
        let files = Files {
            evidence: &evidence,
            name: link.body.for_whom.as_str().to_owned(),
        };
        take(desk, &permit, found, seen, input, by, Some(files)).await
    };
    let told = told.await;
    ended(evidence, told).await
}

/// Files of a text that counts not are not kept.
async fn ended(evidence: Evidence, told: Result<ToldOutcome>) -> Result<ToldOutcome> {
    let late = |told: &ToldOutcome| matches!(told, ToldOutcome::Late(_));
    evidence.files.after(told, late).await
}

/// Adds and takes away files, in the update and in the change that keeps it.
pub(super) fn with_files(
    mut change: Change,
    mut update: Update,
    round: &domain::round::Round,
    files: &Files<'_>,
    by: By,
) -> Result<(Change, Update)> {
    let Evidence {
        files: came,
        title,
        away,
    } = files.evidence;
    for id in away {
        update = update
            .take_away(round, *id, by)
            .map_err(super::round::refused)?;
        change = change.erase(id.to_string());
    }
    if came.whole().is_empty() {
        return Ok((change, update));
    }
    let title = title.as_ref().ok_or_else(|| {
        DeskError::field(
            "title",
            "round-file-title",
            "say what the file is: a letter could name it so",
        )
    })?;
    let looks = person_guard::kinds(title.as_str());
    if !looks.is_empty() {
        return Err(DeskError::Invalid(looks.iter().map(warned).collect()));
    }
    for (n, file) in (1..).zip(came.whole()) {
        let evidence = EvidenceFile {
            id: file.id,
            kind: file.kind,
            bytes: file.bytes,
            by,
            standing: Standing::Kept {
                title: numbered(title, n, came.whole().len())?,
            },
        };
        update = update
            .attach(round, evidence)
            .map_err(super::round::refused)?;
    }
    let origin = Origin::Colleague {
        by,
        name: files.name.clone(),
    };
    let parent = update.id.to_string();
    let change = keep_all(
        change,
        Store::K7,
        &parent,
        came.whole(),
        &origin,
        Some(title),
        by.at,
    )?;
    Ok((change, update))
}

fn warned(looks: &person_guard::Looks) -> FieldError {
    FieldError {
        field: "title".to_owned(),
        key: format!("guard-{}", format!("{looks:?}").to_lowercase()),
        detail: "the title seems to hold a person's data: call the file otherwise".to_owned(),
    }
}

/// Files of one sending are told apart by a number.
fn numbered(title: &SafeText, n: usize, of: usize) -> Result<SafeText> {
    match of {
        1 => Ok(title.clone()),
        _ => SafeText::new("title", &format!("{} ({n})", title.as_str()), 250)
            .map_err(|error| DeskError::field("title", "round-file-title", error)),
    }
}

/// Opens a file, to be saved.
pub async fn open_evidence(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    update: UpdateId,
    id: AttachmentId,
) -> Result<Content> {
    let permit = permit(actor, UseCase::OpenEvidence)?;
    own_update(desk, &permit, update).await?;
    let parent = update.to_string();
    attachment::open(desk, permit.context(now), Store::K7, &parent, id).await
}

/// Opens a file by the private link of its update.
pub async fn open_evidence_by_link(
    desk: &Desk,
    now: Timestamp,
    secret: &str,
    id: AttachmentId,
) -> Result<Content> {
    let permit = permit(&Actor::Public, UseCase::TellByLink)?;
    let (_, found) = by_link(desk, now, secret).await?;
    attachment::open(desk, permit.context(now), Store::K7, &found.id, id).await
}

/// A file in the list of all evidence.
#[derive(Debug, Clone)]
pub struct EvidenceRow {
    /// The update it belongs to.
    pub update: UpdateId,
    /// The action that it is about.
    pub action: ActionId,
    /// Number of the action.
    pub number: String,
    /// For which edition it was told.
    pub edition: EditionName,
    /// The file.
    pub file: EvidenceFile,
    /// The update was accepted.
    pub accepted: bool,
}

/// A page of all evidence, newest first, for the office and for the auditor; and where the next one begins.
pub async fn evidence(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    after: Option<&Cursor>,
) -> Result<(Vec<EvidenceRow>, Option<Cursor>)> {
    let permit = permit(actor, UseCase::ListEvidence)?;
    let kind = Kind {
        store: Store::K7,
        ..<StoredAttachment as vault::Stored>::KIND
    };
    let filter = Filter {
        states: vec![attachment::KEPT.to_owned()],
        ..Filter::default()
    };
    let page = desk
        .vault
        .list(&kind, &filter, Order::Newest, after, 50)
        .await?;
    let look = Change::new(permit.context(now)).look("register", "evidence", &["all"]);
    desk.vault.apply(Store::K7, look).await?;
    let mut out = Vec::with_capacity(page.rows.len());
    for row in &page.rows {
        if let Some(row) = described(desk, &row.id, row.clear.parent.as_deref()).await? {
            out.push(row);
        }
    }
    Ok((out, page.next))
}

async fn described(desk: &Desk, file: &str, parent: Option<&str>) -> Result<Option<EvidenceRow>> {
    let Some(parent) = parent else {
        return Ok(None);
    };
    let update = desk.vault.load::<StoredUpdate>(parent).await?.body.0;
    let (round, action) = (update.round.to_string(), update.action.to_string());
    let edition = desk.vault.load::<StoredRound>(&round).await?.body.0.edition;
    let number = desk
        .vault
        .load::<StoredAction>(&action)
        .await?
        .body
        .0
        .plan
        .number;
    let found = update
        .files()
        .iter()
        .find(|known| known.id.to_string() == file);
    Ok(found.cloned().map(|file| EvidenceRow {
        update: update.id,
        action: update.action,
        number,
        edition,
        file,
        accepted: update.state() == domain::round::UpdateState::Accepted,
    }))
}
