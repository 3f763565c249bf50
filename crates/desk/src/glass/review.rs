//! Reviewing: somebody of another team reads the reason and what was looked at, and says how it was.

use domain::SafeText;
use domain::ids::UserId;
use domain::need::{
    BreakGlass, GlassState, MatterKind, Review, ReviewOutcome, ReviewRefusal, Reviewer, ReviewsAs,
    may_review,
};
use jiff::Timestamp;
use vault::{Change, Filter, Kind, Opened, Order, Stored};

use super::REVIEW;
use super::records::{GlassSummary, StoredGlass, StoredRight, right_of};
use crate::Desk;
use crate::access::{Role, permit};
use crate::actor::Actor;
use crate::case::{fresh, guard, refused};
use crate::error::{DeskError, Result};
use crate::need::{NoticeKind, answering, deeds, find, notice, now_on_team, store};

/// Entries of a matter that are looked through.
const MOST_READ: usize = 20_000;
/// Rows of the list.
const MOST_ROWS: usize = 200;

/// A line of the list of reviews.
#[derive(Debug, Clone)]
pub struct ReviewRow {
    /// Which time.
    pub id: String,
    /// Its state.
    pub state: String,
    /// Which matter, who, when.
    pub seen: GlassSummary,
    /// Until when somebody reviews it; none while it holds or once it was reviewed.
    pub due: Option<Timestamp>,
}

/// One access while the glass was broken: an act and a moment, never content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub act: String,
    /// How many records it touched.
    pub records: usize,
}

/// One time with what its reviewer sees.
#[derive(Debug, Clone)]
pub struct ReviewView {
    /// What happened, with the reason.
    pub stored: StoredGlass,
    /// Version to name in the review.
    pub version: i64,
    /// What was looked at, oldest first.
    pub looks: Vec<Look>,
    /// Until when somebody reviews it.
    pub due: Option<Timestamp>,
    /// Why this actor may not review it; none: she may, once it is over.
    pub not_yours: Option<ReviewRefusal>,
}

/// Whether this actor does the work that the matter is about, so that she can judge what a colleague looked at.
fn answers(actor: &Actor, kind: MatterKind) -> Result<bool> {
    let roles = &actor.person()?.roles;
    Ok(answering(kind).iter().any(|role| roles.contains(role)))
}

/// As what this actor reviews something of this organisation: a colleague of the same one, an auditor of another.
fn reviewer(actor: &Actor, glass: &BreakGlass) -> Result<Reviewer> {
    let me = actor.person()?;
    let same = me.org == glass.opened.org;
    let reviews_as = match same && answers(actor, glass.matter.kind)? {
        true => ReviewsAs::Colleague,
        false => ReviewsAs::Auditor,
    };
    Ok(Reviewer {
        user: me.user,
        org: me.org,
        reviews_as,
    })
}

/// Whether the list shows what this organisation did to this actor.
fn lists(actor: &Actor, kind: MatterKind, org: &str) -> Result<bool> {
    let me = actor.person()?;
    let same = me.org.to_string() == org;
    Ok(match same {
        true => answers(actor, kind)?,
        false => me.roles.contains(&Role::Auditor),
    })
}

/// What waits for a review, and what was reviewed last: of one's own organisation for a colleague, of every other for an
/// auditor. One kind of matter at a time: each has its own compartment.
pub async fn reviews(desk: &Desk, actor: &Actor, of: MatterKind) -> Result<Vec<ReviewRow>> {
    permit(actor, deeds(of).glass()?.1)?;
    let kind = Kind {
        store: store(of),
        ..StoredGlass::KIND
    };
    let mut out = Vec::new();
    for states in [vec!["in_force", "to_review"], vec!["reviewed"]] {
        let filter = Filter {
            states: states.into_iter().map(str::to_owned).collect(),
            ..Filter::default()
        };
        let page = desk
            .vault
            .list(&kind, &filter, Order::Newest, None, MOST_ROWS)
            .await?;
        for row in page.rows {
            let Ok(seen) = serde_json::from_value::<GlassSummary>(row.summary) else {
                continue;
            };
            if !lists(actor, of, &seen.org.to_string())? {
                continue;
            }
            let due = match row.clear.state.as_str() {
                "to_review" => row.clear.due.map(|since| desk.deadline(REVIEW, since)),
                _ => None,
            };
            out.push(ReviewRow {
                id: row.id,
                state: row.clear.state,
                seen,
                due: due.transpose()?,
            });
        }
    }
    Ok(out)
}

async fn load(
    desk: &Desk,
    actor: &Actor,
    kind: MatterKind,
    id: &str,
) -> Result<Opened<StoredGlass>> {
    let found = desk.vault.load_in::<StoredGlass>(store(kind), id).await;
    let found = found.map_err(|e| DeskError::from(e).what("review"))?;
    match lists(actor, kind, &found.body.glass.opened.org.to_string())? {
        true => Ok(found),
        false => Err(DeskError::NotFound { what: "review" }),
    }
}

async fn not_yours(
    desk: &Desk,
    actor: &Actor,
    glass: &BreakGlass,
) -> Result<Option<ReviewRefusal>> {
    let lead = find(desk, glass.matter).await?.lead;
    let team: Vec<UserId> = now_on_team(desk, glass.matter).await?;
    Ok(may_review(reviewer(actor, glass)?, glass, lead, &team).err())
}

/// Shows one time: the reason, and every entry of this person about this matter while it held. Nothing of the matter itself.
pub async fn read_review(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    kind: MatterKind,
    id: &str,
) -> Result<ReviewView> {
    let permit = permit(actor, deeds(kind).glass()?.1)?;
    let found = load(desk, actor, kind, id).await?;
    let glass = &found.body.glass;
    let looks = looks(desk, &found.body).await?;
    let change = Change::new(permit.context(now))
        .read(id, &["reason", "state"])
        .look(
            "who_looked",
            glass.matter.record().to_string(),
            &["actor", "from", "before"],
        );
    desk.vault.apply(store(kind), change).await?;
    let due = match glass.state() {
        GlassState::ToReview { since } => Some(desk.deadline(REVIEW, *since)?),
        GlassState::InForce | GlassState::Reviewed { .. } => None,
    };
    Ok(ReviewView {
        not_yours: not_yours(desk, actor, glass).await?,
        stored: found.body,
        version: found.version,
        looks,
        due,
    })
}

async fn looks(desk: &Desk, stored: &StoredGlass) -> Result<Vec<Look>> {
    let glass = &stored.glass;
    let record = glass.matter.record().to_string();
    let store = store(glass.matter.kind);
    let mut ids = desk.vault.ids_under(store, &record).await?;
    ids.push(record);
    let entries = desk.vault.journal_of(store, &ids, MOST_READ).await?;
    let (who, over) = (glass.opened.user.to_string(), glass.over());
    let theirs = entries.into_iter().rev().filter(|entry| {
        let at = entry.context.at;
        entry.context.actor == who && glass.opened.at <= at && at <= over
    });
    Ok(theirs
        .map(|entry| Look {
            at: entry.context.at,
            act: entry.context.act.clone(),
            records: entry.records.len(),
        })
        .collect())
}

/// Records the review. It gives the right to break the glass back; what follows from a review that is not in order, the organisation
/// decides. Who looked and who leads the matter are told.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, how and why"
)]
pub async fn review(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    kind: MatterKind,
    id: &str,
    seen: i64,
    outcome: ReviewOutcome,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, deeds(kind).glass()?.1)?;
    let store = store(kind);
    let found = load(desk, actor, kind, id).await?;
    fresh(&found, seen)?;
    if let Some(refusal) = not_yours(desk, actor, &found.body.glass).await? {
        return Err(refused(refusal));
    }
    guard(&[("reason", Some(&reason))], looked)?;
    let review = Review {
        outcome,
        reason: reason.clone(),
        by: actor.by(now)?,
    };
    let after = StoredGlass {
        glass: found.body.glass.review(review).map_err(refused)?,
        name: found.body.name,
    };
    let glass = &after.glass;
    let right = right_of(desk, store, glass.opened.user).await?;
    let right = right.ok_or(DeskError::NotFound { what: "right" })?;
    let freed = right.body.0.give_back(glass.id).map_err(refused)?;
    let mut change = Change::new(permit.context(now))
        .update(after.draft()?.changing(&["state"]), seen)
        .update(StoredRight(freed).draft(store)?, right.version);
    let matter = glass.matter;
    let held = find(desk, matter).await?;
    let told = [Some(glass.opened.user), held.lead];
    for to in told.into_iter().flatten() {
        let kind = NoticeKind::GlassReviewed { outcome };
        let why = Some(reason.clone());
        change = notice(desk, change, actor, now, matter, held.owner, to, kind, why)?;
    }
    desk.vault.apply(store, change).await?;
    Ok(())
}
