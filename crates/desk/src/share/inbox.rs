//! The receiver: looks at the preview, accepts or refuses with a reason, reads the content while it may, confirms the end.

use domain::SafeText;
use domain::need::Because;
use domain::share::{Confirmation, Kept, Outline, Portion, Received};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Counts, Cursor, Filter, Opened, Order, Page, Stored};

use super::messages::{ShareMessage, answer};
use super::records::{OnlyKept, StoredContent, StoredReceived};
use super::side::Side;
use crate::Desk;
use crate::access::permit;
use crate::actor::Actor;
use crate::case::{fresh, guard, refused};
use crate::error::{DeskError, Result};
use crate::need::{Held, Lead, MemberView, may_work, opens, team_of};
use crate::restriction::{self, Notice};

/// A page of what came, with the counts by state.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// The page.
    pub page: Page,
    /// How many in each state.
    pub counts: Counts,
}

/// A received share with its content, if it may be shown.
#[derive(Debug, Clone)]
pub struct Content {
    /// The receiver's side.
    pub received: Received,
    /// Version to name when answering.
    pub version: i64,
    /// When the offer came.
    pub came: Timestamp,
    /// It warns of danger that is there now.
    pub urgent: bool,
    /// The sender's name.
    pub from: String,
    /// What was sent.
    pub portion: Option<Portion>,
    /// Why the reader may open it.
    pub because: Because,
    /// Who leads it here, as colleagues know her.
    pub lead: Option<String>,
    /// Who works or worked with it beside her, oldest first.
    pub team: Vec<MemberView>,
    /// When the sender last corrected it, and in which categories.
    pub corrected: Option<(Date, Outline)>,
    /// The sender restricted it: it is kept and nothing else.
    pub only_kept: Option<OnlyKept>,
    /// What is restricted here, at the part of her request that this organisation answered.
    pub restricted: Vec<Notice>,
}

/// What came for one's own organisation.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    side: Side,
    states: Vec<String>,
    after: Option<&Cursor>,
) -> Result<Inbox> {
    permit(actor, side.list())?;
    let filter = Filter {
        states,
        orgs: vec![actor.person()?.org.to_string()],
        ..Filter::default()
    };
    let kind = &side.received();
    Ok(Inbox {
        page: desk
            .vault
            .list(kind, &filter, Order::Due, after, 50)
            .await?,
        counts: desk.vault.counts(kind, &filter).await?,
    })
}

/// Reads one, with its content while it is held; the journal names the categories that were seen.
pub async fn read(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    side: Side,
    id: &str,
) -> Result<Content> {
    let permit = permit(actor, side.read())?;
    let (found, because) = opened(desk, actor, now, side, id).await?;
    let mut change = Change::new(permit.context(now)).read(id, &["offer"]);
    let shown = found.body.received.shows_content() && found.body.received.until >= dutch_date(now);
    if shown {
        let fields: Vec<String> = found
            .body
            .received
            .outline
            .data()
            .map(ToString::to_string)
            .collect();
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let contents = (desk.vault)
            .load_children_in::<StoredContent>(side.store(), id)
            .await?;
        for content in contents {
            change = change.read(content.id, &fields);
        }
    }
    let members = team_of(desk, Held::of_share(&found)?.id).await?;
    for member in &members {
        change = change.read(&member.id, &["all"]);
    }
    let records = [found.id.clone()];
    let (change, restricted) =
        restriction::shown(desk, change, side.store(), &records, now).await?;
    let applied = desk.vault.apply(side.store(), change).await?;
    let content = applied.reads.into_iter().nth(1).filter(|_| shown);
    let portion = content
        .filter(|raw| raw.kind() == StoredContent::KIND.name)
        .map(|raw| raw.typed::<StoredContent>())
        .transpose()?;
    Ok(Content {
        from: desk.directory().name(found.body.received.from).to_owned(),
        version: found.version,
        came: found.body.came,
        urgent: found.body.is_urgent(),
        because,
        team: members
            .into_iter()
            .map(|found| MemberView {
                id: found.id,
                version: found.version,
                member: found.body.0,
            })
            .collect(),
        lead: found.body.led_by().1,
        corrected: found.body.corrected,
        only_kept: found
            .body
            .restricted
            .filter(|one| one.holds_on(dutch_date(now))),
        restricted,
        received: found.body.received,
        portion: portion.map(|found| found.body.0),
    })
}

/// Accepts: the sender is told, and its Samen asks the law again before the content goes.
pub async fn accept(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    at: (Side, &str),
    seen: i64,
) -> Result<()> {
    let by = actor.by(now)?;
    step(desk, actor, now, at, seen, ShareMessage::Accepted, |r| {
        r.accept(by)
    })
    .await
}

/// Refuses, with a reason that the sender reads.
pub async fn refuse(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    at: (Side, &str),
    seen: i64,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    guard(&[("reason", Some(&reason))], looked)?;
    let by = actor.by(now)?;
    let told = ShareMessage::Refused(reason.clone());
    step(desk, actor, now, at, seen, told, |r| r.refuse(by, reason)).await
}

/// Confirms the end: nothing of it is left here, or what had to be kept under one's own law.
pub async fn confirm(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    at: (Side, &str),
    seen: i64,
    kept: Option<Kept>,
    looked: bool,
) -> Result<()> {
    let texts = kept.as_ref().map(|kept| ("what", Some(&kept.what)));
    guard(&texts.into_iter().collect::<Vec<_>>(), looked)?;
    let by = actor.by(now)?;
    let told = ShareMessage::Confirmed(Confirmation {
        on: dutch_date(now),
        kept: kept.clone(),
    });
    step(desk, actor, now, at, seen, told, |r| r.confirm(by, kept)).await
}

async fn step(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    (side, id): (Side, &str),
    seen: i64,
    told: ShareMessage,
    take: impl FnOnce(Received) -> std::result::Result<Received, domain::share::ShareError>,
) -> Result<()> {
    let permit = permit(actor, side.answer())?;
    let (found, because) = opened(desk, actor, now, side, id).await?;
    // Whoever refused it hears from the rule itself that it was answered.
    if because != Because::Answered {
        may_work(because)?;
    }
    fresh(&found, seen)?;
    let next = take(found.body.received.clone()).map_err(refused)?;
    let sent = answer(desk, side, &next, actor.by(now)?, now, told);
    let me = Lead::of(actor.person()?);
    let stored = StoredReceived {
        received: next,
        lead: found.body.lead.or(Some(me)),
        ..found.body
    };
    let change = Change::new(permit.context(now)).update(stored.draft(&["state"])?, seen);
    desk.vault.apply(side.store(), sent.send(change)?).await?;
    Ok(())
}

/// One of one's own organisation that this actor may open, and why; others' do not exist. An offer names nobody and opens for whoever answers
/// such offers; once accepted it opens for whoever accepted it and whom she names.
pub(super) async fn opened(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    side: Side,
    id: &str,
) -> Result<(Opened<StoredReceived>, Because)> {
    let found = desk
        .vault
        .load_in::<StoredReceived>(side.store(), id)
        .await
        .map_err(|e| DeskError::from(e).what("share"))?;
    let because = opens(desk, actor, now, &Held::of_share(&found)?).await?;
    Ok((found, because))
}
