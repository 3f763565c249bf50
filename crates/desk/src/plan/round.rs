//! The update round: the office asks, holders tell (signed in or by a private link), a reviewer accepts or sends back, the cut-off freezes.
//!
//! A private link is drawn from 32 random bytes and shown once. It stands nowhere: the store keeps it sealed and finds it by a keyed digest,
//! as with the codes of mailboxes. It opens one update and nothing else, until two weeks after the cut-off.

use std::collections::BTreeMap;

use domain::action::{Action, Status};
use domain::edition::EditionName;
use domain::ids::{ActionId, RoundId, UpdateId, UserId};
use domain::person_guard::{self, Looks};
use domain::round::{Delegated, Overridden, Round, RoundError, Told, Update, UpdateState};
use domain::{By, SafeText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Filter, Kind, Opened, Store, Stored, Term};
use zeroize::Zeroizing;

use super::evidence::{Files, with_files};
use super::{StoredAction, cycle, register};
use crate::Desk;
use crate::access::{Permit, Role, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, FieldError, Result};

/// A round as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredRound(pub Round);

impl Stored for StoredRound {
    const KIND: Kind = Kind {
        name: "plan_round",
        store: Store::K7,
        schema: 1,
        clear: &[],
        terms: &["edition"],
    };
}

/// An update as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredUpdate(pub Update);

impl Stored for StoredUpdate {
    const KIND: Kind = Kind {
        name: "plan_update",
        store: Store::K7,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent],
        terms: &[],
    };
}

/// A private link to one update. The secret is its only term and stands in no body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivateLink {
    /// What it opens.
    pub update: UpdateId,
    /// For whom it was made: a name or function.
    pub for_whom: SafeText,
    /// After this moment it opens nothing.
    pub until: Timestamp,
    /// Who made it, and when.
    pub by: By,
}

impl Stored for PrivateLink {
    const KIND: Kind = Kind {
        name: "plan_link",
        store: Store::K7,
        schema: 1,
        clear: &[Clear::Parent],
        terms: &["link"],
    };
}

pub(super) fn update_draft(update: &Update, fields: &[&str]) -> Result<Draft> {
    let clear = ClearData {
        state: update.state().code().to_owned(),
        org: Some(update.holder.to_string()),
        parent: Some(update.round.to_string()),
        ..ClearData::default()
    };
    let record = Draft::new(update.id.to_string(), &StoredUpdate(update.clone()), clear)?;
    Ok(record.changing(fields))
}

/// A rule's refusal about a round, under a key of its own.
pub(super) fn refused(error: RoundError) -> DeskError {
    match error {
        RoundError::TooShort => DeskError::field("cutoff", "round-too-short", error),
        RoundError::Frozen { .. } => DeskError::rule("round-frozen", error),
        RoundError::StillOpen { .. } => DeskError::rule("round-still-open", error),
        RoundError::NothingTold => DeskError::field("results", "round-nothing-told", error),
        RoundError::Accepted => DeskError::rule("round-accepted", error),
        RoundError::NotSent => DeskError::rule("round-not-sent", error),
        RoundError::TooManyFiles => DeskError::rule("too-many-files", error),
        RoundError::NoSuchFile => DeskError::rule("round-no-such-file", error),
        RoundError::OwnText => DeskError::rule("round-own-text", error),
        RoundError::Action(error) => super::refused(error),
    }
}

/// Opens a round for an edition: every action that is not over is asked about, in one change.
pub async fn open_round(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    edition: EditionName,
    cutoff: Timestamp,
) -> Result<RoundId> {
    let permit = permit(actor, UseCase::OpenRound)?;
    if edition.period(cycle(desk)).is_none() {
        let why = format!("the cycle has no edition {edition}");
        return Err(DeskError::field("edition", "letter-no-such-edition", why));
    }
    let name = edition.to_string();
    let same = desk
        .vault
        .load_by_term::<StoredRound>("edition", &name)
        .await?;
    if !same.is_empty() {
        let why = format!("edition {edition} has a round already");
        return Err(DeskError::field("edition", "round-edition-taken", why));
    }
    let id = RoundId::new(desk.vault.new_id(now));
    let round = Round::new(id, edition, actor.by(now)?, cutoff).map_err(refused)?;
    let stored = StoredRound(round.clone());
    let record = Draft::new(id.to_string(), &stored, ClearData::default())?;
    let mut change = Change::new(permit.context(now))
        .create(record.with_terms(vec![Term::new("edition", name)])?);
    change = super::reminder::clocks(change, &round);
    let asked = register(desk).await?;
    let asked = asked.iter().map(|found| &found.body.0);
    for action in asked.filter(|action| !action.status().is_final()) {
        let update = Update::ask(UpdateId::new(desk.vault.new_id(now)), id, action);
        change = change.create(update_draft(&update, &["all"])?);
    }
    desk.vault.apply(Store::K7, change).await?;
    Ok(id)
}

/// A round with how far it is.
#[derive(Debug, Clone)]
pub struct RoundRow {
    /// The round.
    pub round: Round,
    /// Its texts are frozen.
    pub frozen: bool,
    /// Updates in each state, of those that the actor may see.
    pub counts: BTreeMap<UpdateState, usize>,
}

impl RoundRow {
    /// Updates whose holder still has to tell something, or never did.
    pub fn missing(&self) -> usize {
        let missing = self.counts.iter().filter(|(state, _)| state.is_missing());
        missing.map(|(_, count)| count).sum()
    }

    /// All updates.
    pub fn all(&self) -> usize {
        self.counts.values().sum()
    }
}

/// All rounds, newest first.
pub async fn rounds(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<RoundRow>> {
    let permit = permit(actor, UseCase::ReadRounds)?;
    let mut all = desk.vault.load_all::<StoredRound>(&[]).await?;
    all.sort_by(|a, b| {
        b.body
            .0
            .opened
            .at
            .cmp(&a.body.0.opened.at)
            .then(b.id.cmp(&a.id))
    });
    let own = match permit.role {
        Role::ProgrammeOffice => Vec::new(),
        _ => vec![permit.actor.person()?.org.to_string()],
    };
    let mut out = Vec::with_capacity(all.len());
    for found in all {
        let round = found.body.0;
        // From the clear columns alone: ten years of rounds are ten thousand updates, and none needs to be opened to be counted.
        let filter = Filter {
            parent: Some(round.id.to_string()),
            orgs: own.clone(),
            ..Filter::default()
        };
        let counted = desk.vault.counts(&StoredUpdate::KIND, &filter).await?;
        let counts = UpdateState::ALL.into_iter().filter_map(|state| {
            let (_, count) = counted.iter().find(|(code, _)| code == state.code())?;
            Some((state, usize::try_from(*count).unwrap_or(usize::MAX)))
        });
        let counts = counts.collect();
        out.push(RoundRow {
            frozen: round.is_frozen(now),
            round,
            counts,
        });
    }
    Ok(out)
}

/// The updates of a round that this actor may see.
async fn updates(
    desk: &Desk,
    permit: &Permit,
    round: RoundId,
) -> Result<Vec<Opened<StoredUpdate>>> {
    let mut all = desk
        .vault
        .load_children::<StoredUpdate>(&round.to_string())
        .await?;
    if permit.role != Role::ProgrammeOffice {
        let own = permit.actor.person()?.org;
        all.retain(|update| update.body.0.holder == own);
    }
    Ok(all)
}

/// One line of a round.
#[derive(Debug, Clone)]
pub struct UpdateRow {
    /// The update.
    pub update: Update,
    /// Number of the action.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// A round with its updates.
#[derive(Debug, Clone)]
pub struct RoundView {
    /// The round.
    pub round: Round,
    /// Its texts are frozen.
    pub frozen: bool,
    /// Its updates, in the order of the plan.
    pub rows: Vec<UpdateRow>,
    /// The actor is the office.
    pub keeps: bool,
}

pub(super) async fn load_round(desk: &Desk, id: RoundId) -> Result<Round> {
    let found = desk.vault.load::<StoredRound>(&id.to_string()).await;
    Ok(found.map_err(|e| DeskError::from(e).what("round"))?.body.0)
}

/// Reads a round: what is told, what is missing.
pub async fn read_round(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoundId,
) -> Result<RoundView> {
    let permit = permit(actor, UseCase::ReadRounds)?;
    let round = load_round(desk, id).await?;
    let mut all: BTreeMap<ActionId, Update> = updates(desk, &permit, id)
        .await?
        .into_iter()
        .map(|found| (found.body.0.action, found.body.0))
        .collect();
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    desk.vault.apply(Store::K7, change).await?;
    let rows = register(desk).await?.into_iter().filter_map(|found| {
        let action = &found.body.0;
        let update = all.remove(&action.id)?;
        Some(UpdateRow {
            update,
            number: action.plan.number.clone(),
            title: action.plan.title.as_str().to_owned(),
        })
    });
    Ok(RoundView {
        frozen: round.is_frozen(now),
        rows: rows.collect(),
        keeps: permit.role == Role::ProgrammeOffice,
        round,
    })
}

/// An update as its writer or reviewer sees it.
#[derive(Debug, Clone)]
pub struct UpdateView {
    /// The update.
    pub update: Update,
    /// Version to name when changing it.
    pub version: i64,
    /// Its round.
    pub round: Round,
    /// The texts are frozen.
    pub frozen: bool,
    /// The action as it stands in the register.
    pub action: Action,
    /// The actor reviews; otherwise he writes.
    pub reviews: bool,
    /// Private links that still open it: for whom, and until when.
    pub links: Vec<(SafeText, Timestamp)>,
}

async fn load_update(desk: &Desk, id: UpdateId) -> Result<Opened<StoredUpdate>> {
    let found = desk.vault.load::<StoredUpdate>(&id.to_string()).await;
    found.map_err(|e| DeskError::from(e).what("update"))
}

/// An update that this actor may see: every one for the office and for the auditor, the own ones for a holder.
pub(super) async fn own_update(
    desk: &Desk,
    permit: &Permit,
    id: UpdateId,
) -> Result<Opened<StoredUpdate>> {
    let found = load_update(desk, id).await?;
    let all = matches!(permit.role, Role::ProgrammeOffice | Role::Auditor);
    match all || found.body.0.holder == permit.actor.person()?.org {
        true => Ok(found),
        false => Err(DeskError::NotFound { what: "update" }),
    }
}

async fn load_action(desk: &Desk, id: ActionId) -> Result<Opened<StoredAction>> {
    let found = desk.vault.load::<StoredAction>(&id.to_string()).await;
    found.map_err(|e| DeskError::from(e).what("action"))
}

async fn links_of(desk: &Desk, id: UpdateId) -> Result<Vec<Opened<PrivateLink>>> {
    Ok(desk
        .vault
        .load_children::<PrivateLink>(&id.to_string())
        .await?)
}

async fn view(
    desk: &Desk,
    now: Timestamp,
    found: Opened<StoredUpdate>,
    reviews: bool,
) -> Result<UpdateView> {
    let update = found.body.0;
    let round = load_round(desk, update.round).await?;
    let action = load_action(desk, update.action).await?.body.0;
    let links = links_of(desk, update.id).await?.into_iter();
    let links = links.map(|link| (link.body.for_whom, link.body.until));
    Ok(UpdateView {
        links: links.filter(|(_, until)| *until > now).collect(),
        version: found.version,
        frozen: round.is_frozen(now),
        round,
        action,
        reviews,
        update,
    })
}

/// Reads an update.
pub async fn read_update(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: UpdateId,
) -> Result<UpdateView> {
    let permit = permit(actor, UseCase::ReadRounds)?;
    let found = own_update(desk, &permit, id).await?;
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    desk.vault.apply(Store::K7, change).await?;
    view(desk, now, found, permit.role == Role::ProgrammeOffice).await
}

/// What a holder fills in.
#[derive(Debug, Clone)]
pub struct TellInput {
    /// How it stands.
    pub status: Status,
    /// What was reached.
    pub results: Option<SafeText>,
    /// Why.
    pub why: Option<SafeText>,
    /// Where it can be seen.
    pub evidence: Vec<SafeText>,
    /// Why a text that seems to hold a person's data may stay, by whom.
    pub overridden: Option<Overridden>,
    /// Send it to the reviewer; otherwise it is only saved.
    pub send: bool,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToldOutcome {
    /// Saved; nobody reviews it yet.
    Saved,
    /// Sent to the reviewer.
    Sent,
    /// It came too late: it is kept with the holder and counts not. The reason is the rule's.
    Late(RoundError),
}

/// What the guard finds in a text that will be public; empty: nothing, or somebody named looked and said why it may stay.
pub fn warnings(input: &TellInput) -> Vec<Looks> {
    if input.overridden.is_some() {
        return Vec::new();
    }
    let texts = input
        .results
        .iter()
        .chain(&input.why)
        .chain(&input.evidence);
    let mut found: Vec<Looks> = texts
        .flat_map(|text| person_guard::kinds(text.as_str()))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn warned(looks: &[Looks]) -> DeskError {
    let faults = looks.iter().map(|looks| FieldError {
        field: "results".to_owned(),
        key: format!("guard-{}", format!("{looks:?}").to_lowercase()),
        detail:
            "the text seems to hold a person's data: take it out, or say by name why it may stay"
                .to_owned(),
    });
    DeskError::Invalid(faults.collect())
}

/// Saves or sends what a holder tells. Text that comes after the cut-off is kept with the update and counts not.
pub async fn tell_round(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: UpdateId,
    seen: i64,
    input: TellInput,
) -> Result<ToldOutcome> {
    let permit = permit(actor, UseCase::TellInRound)?;
    let found = own_update(desk, &permit, id).await?;
    take(desk, &permit, found, seen, input, actor.by(now)?, None).await
}

pub(super) async fn take(
    desk: &Desk,
    permit: &Permit,
    found: Opened<StoredUpdate>,
    seen: i64,
    input: TellInput,
    by: By,
    files: Option<Files<'_>>,
) -> Result<ToldOutcome> {
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    let looks = warnings(&input);
    if !looks.is_empty() {
        return Err(warned(&looks));
    }
    let update = found.body.0;
    let round = load_round(desk, update.round).await?;
    let told = Told {
        status: input.status,
        results: input.results,
        why: input.why,
        evidence: input.evidence,
        overridden: input.overridden,
        by,
    };
    let taken = match input.send {
        true => {
            let action = load_action(desk, update.action).await?.body.0;
            update.clone().send(&round, &action, told.clone())
        }
        false => update.clone().save(&round, told.clone()),
    };
    let (update, outcome) = match taken {
        Ok(update) if input.send => (update, ToldOutcome::Sent),
        Ok(update) => (update, ToldOutcome::Saved),
        Err(error @ (RoundError::Frozen { .. } | RoundError::Accepted)) => {
            (update.keep_late(told), ToldOutcome::Late(error))
        }
        Err(error) => return Err(refused(error)),
    };
    let mut change = Change::new(permit.context(by.at));
    let mut update = update;
    let mut fields = vec!["told"];
    if let (Some(files), false) = (&files, matches!(outcome, ToldOutcome::Late(_))) {
        (change, update) = with_files(change, update, &round, files, by)?;
        fields.push("files");
    }
    change = change.update(update_draft(&update, &fields)?, seen);
    desk.vault.apply(Store::K7, change).await?;
    Ok(outcome)
}

/// Draws a private link to an update: for its holder by the office, or for a colleague by the holder, which delegates the writing.
/// The secret is given once.
pub async fn make_link(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: UpdateId,
    for_whom: SafeText,
) -> Result<Zeroizing<String>> {
    let permit =
        permit(actor, UseCase::OpenRound).or_else(|_| permit(actor, UseCase::TellInRound))?;
    let found = own_update(desk, &permit, id).await?;
    let update = found.body.0;
    let round = load_round(desk, update.round).await?;
    if round.is_frozen(now) {
        let cutoff = round.cutoff;
        return Err(refused(RoundError::Frozen { cutoff }));
    }
    let by = actor.by(now)?;
    let mut bytes = Zeroizing::new([0_u8; 32]);
    desk.vault.chance().fill(bytes.as_mut());
    let secret = Zeroizing::new(hex::encode(*bytes));
    let link = PrivateLink {
        update: id,
        for_whom: for_whom.clone(),
        until: round.links_until(),
        by,
    };
    let clear = ClearData {
        parent: Some(id.to_string()),
        ..ClearData::default()
    };
    let record = Draft::new(desk.vault.new_id(now).to_string(), &link, clear)?;
    let mut change = Change::new(permit.context(now))
        .create(record.with_terms(vec![Term::new("link", secret.as_str())])?);
    if permit.role != Role::ProgrammeOffice {
        let update = update.delegate(Delegated { to: for_whom, by });
        change = change.update(update_draft(&update, &["delegated"])?, found.version);
    }
    desk.vault.apply(Store::K7, change).await?;
    Ok(secret)
}

/// Takes all private links to an update back.
pub async fn take_links_back(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: UpdateId,
) -> Result<usize> {
    let permit =
        permit(actor, UseCase::OpenRound).or_else(|_| permit(actor, UseCase::TellInRound))?;
    own_update(desk, &permit, id).await?;
    let links = links_of(desk, id).await?;
    let count = links.len();
    let mut change = Change::new(permit.context(now));
    for link in links {
        change = change.erase(link.id);
    }
    if !change.is_empty() {
        desk.vault.apply(Store::K7, change).await?;
    }
    Ok(count)
}

/// Whose link this is, and what it opens. An unknown, expired or withdrawn link gets the same answer.
pub(super) async fn by_link(
    desk: &Desk,
    now: Timestamp,
    secret: &str,
) -> Result<(Opened<PrivateLink>, Opened<StoredUpdate>)> {
    let unknown = DeskError::NotFound { what: "link" };
    if secret.len() != 64 || !secret.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(unknown);
    }
    let found = desk
        .vault
        .load_by_term::<PrivateLink>("link", secret)
        .await?;
    let link = found
        .into_iter()
        .find(|link| link.body.until > now)
        .ok_or(unknown)?;
    let update = load_update(desk, link.body.update).await?;
    Ok((link, update))
}

/// Opens the update of a private link.
pub async fn read_by_link(desk: &Desk, now: Timestamp, secret: &str) -> Result<UpdateView> {
    let permit = permit(&Actor::Public, UseCase::TellByLink)?;
    let (_, found) = by_link(desk, now, secret).await?;
    let change = Change::new(permit.context(now)).read(found.id.clone(), &["all"]);
    desk.vault.apply(Store::K7, change).await?;
    view(desk, now, found, false).await
}

/// Saves or sends what somebody tells by a private link. The journal names no person; the register names the link.
pub async fn tell_by_link(
    desk: &Desk,
    now: Timestamp,
    secret: &str,
    seen: i64,
    input: TellInput,
) -> Result<ToldOutcome> {
    let permit = permit(&Actor::Public, UseCase::TellByLink)?;
    let (link, found) = by_link(desk, now, secret).await?;
    let by = link_author(&link, &found.body.0, now)?;
    take(desk, &permit, found, seen, input, by, None).await
}

/// Whoever writes by a link is named by the link.
pub(super) fn link_author(
    link: &Opened<PrivateLink>,
    update: &Update,
    now: Timestamp,
) -> Result<By> {
    let uuid = link
        .id
        .parse()
        .map_err(|_| DeskError::NotFound { what: "link" })?;
    Ok(By {
        user: UserId::new(uuid),
        org: update.holder,
        at: now,
    })
}

/// Reminds every holder that still has to tell something; gives how many updates.
pub async fn remind(desk: &Desk, actor: &Actor, now: Timestamp, id: RoundId) -> Result<usize> {
    let permit = permit(actor, UseCase::OpenRound)?;
    let round = load_round(desk, id).await?;
    let by = actor.by(now)?;
    let mut change = Change::new(permit.context(now));
    let mut count = 0;
    for found in updates(desk, &permit, id).await? {
        if !found.body.0.state().is_missing() {
            continue;
        }
        let update = found.body.0.remind(&round, by).map_err(refused)?;
        change = change.update(update_draft(&update, &["reminded"])?, found.version);
        count += 1;
    }
    if count > 0 {
        desk.vault.apply(Store::K7, change).await?;
    }
    Ok(count)
}

/// What a reviewer says.
#[derive(Debug, Clone)]
pub enum Review {
    /// It stands in the register from now on.
    Accept,
    /// It is to be mended.
    SendBack(SafeText),
    /// It is not taken over; only after the cut-off.
    LeaveOut(SafeText),
}

/// Answers what a holder sent. Accepting changes the register in the same change.
pub async fn review(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: UpdateId,
    seen: i64,
    review: Review,
) -> Result<()> {
    let permit = permit(actor, UseCase::ReviewRound)?;
    let by = actor.by(now)?;
    let found = own_update(desk, &permit, id).await?;
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    let update = found.body.0;
    let round = load_round(desk, update.round).await?;
    let mut change = Change::new(permit.context(now));
    let update = match review {
        Review::Accept => {
            let action = load_action(desk, update.action).await?;
            let (update, accepted) = update.accept(action.body.0, by).map_err(refused)?;
            let draft = super::draft(&accepted, &["status", "links"])?;
            change = change.update(draft, action.version);
            update
        }
        Review::SendBack(why) => update.send_back(&round, why, by).map_err(refused)?,
        Review::LeaveOut(why) => update.leave_out(&round, why, by).map_err(refused)?,
    };
    change = change.update(update_draft(&update, &["reviewed"])?, seen);
    desk.vault.apply(Store::K7, change).await?;
    Ok(())
}
