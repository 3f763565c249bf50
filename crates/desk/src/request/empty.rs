//! Erasing some categories in a compartment that has a part of a request: what Samen can take out of a record it takes out, with the
//! copies that were made of it to send; the rest of the record stays.

use std::collections::BTreeSet;

use domain::age::AgeInYears;
use domain::code::{DataCode, FormCode};
use domain::person::Sex;
use domain::registration::RegistrationData;
use domain::request::RequestError;
use domain::share::Portion;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use vault::{Change, Draft, Store, Stored};

use crate::Desk;
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};
use crate::intake::{IntakePerson, person_record};
use crate::opinion::OpinionFile;
use crate::registration::{self, StoredRegistration};
use crate::share::{StoredContent, StoredReceived, content_draft};

/// The form of which nothing is known.
const UNKNOWN_FORM: FormCode = FormCode::literal("ON");

/// What taking categories out of a record would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emptying {
    /// The categories in which something stands now.
    pub filled: BTreeSet<DataCode>,
    /// Copies that were made to send and that are emptied too.
    pub copies: usize,
    /// What was looked at: the same, or somebody looks again.
    pub mark: String,
}

/// The categories that Samen can take out of a record of this kind.
fn takes_out(kind: &str) -> &'static [&'static str] {
    const PERSON: &[&str] = &[
        "age",
        "sex",
        "origin",
        "form",
        "identity",
        "contact",
        "language",
        "family",
        "safety",
        "care_needs",
        "entitlement",
    ];
    if kind == StoredReceived::KIND.name {
        &Portion::HELD
    } else if kind == IntakePerson::KIND.name {
        PERSON
    } else if kind == StoredRegistration::KIND.name {
        &["age", "sex", "origin", "region", "form", "sector"]
    } else if kind == OpinionFile::KIND.name {
        &["statement"]
    } else {
        &[]
    }
}

/// A step of emptying.
enum Step {
    Update(Draft, i64),
    Create(Draft),
    Erase(String),
}

/// A record with the steps that empty it.
struct Work {
    filled: BTreeSet<DataCode>,
    steps: Vec<Step>,
    copies: usize,
    mark: String,
}

/// What emptying would do; none: Samen cannot take all of these categories out of this record, so that somebody does it by hand.
pub(super) async fn look(
    desk: &Desk,
    store: Store,
    about: &str,
    data: &BTreeSet<DataCode>,
    now: Timestamp,
) -> Result<Option<Emptying>> {
    let work = worked_out(desk, store, about, data, now).await?;
    Ok(work.map(|work| Emptying {
        filled: work.filled,
        copies: work.copies,
        mark: work.mark,
    }))
}

/// Empties the categories in the change, when what was looked at is what is there.
pub(super) async fn empty(
    desk: &Desk,
    change: Change,
    store: Store,
    about: &str,
    data: &BTreeSet<DataCode>,
    now: Timestamp,
    mark: &str,
) -> Result<Change> {
    let work = worked_out(desk, store, about, data, now).await?;
    let work = work.ok_or_else(|| super::refused(RequestError::Way))?;
    if work.mark != mark {
        let why = "something was added or taken away since you looked: look again";
        return Err(DeskError::rule("request-look-again", why));
    }
    let steps = work.steps.into_iter();
    Ok(steps.fold(change, |change, step| match step {
        Step::Update(draft, seen) => change.update(draft, seen),
        Step::Create(draft) => change.create(draft),
        Step::Erase(id) => change.erase(id),
    }))
}

async fn worked_out(
    desk: &Desk,
    store: Store,
    about: &str,
    data: &BTreeSet<DataCode>,
    now: Timestamp,
) -> Result<Option<Work>> {
    let Some((kind, _, version)) = desk.vault.clear_of(store, about).await? else {
        return Ok(None);
    };
    let known = takes_out(&kind);
    if data.is_empty() || !data.iter().all(|code| known.contains(&code.as_str())) {
        return Ok(None);
    }
    let mut work = Work {
        filled: BTreeSet::new(),
        steps: Vec::new(),
        copies: 0,
        mark: hex::encode(Sha256::digest(format!("{about} {version}"))),
    };
    if kind == StoredReceived::KIND.name {
        received(desk, &mut work, store, about, data, now).await?;
    } else if kind == IntakePerson::KIND.name {
        person(desk, &mut work, about, data).await?;
    } else if kind == StoredRegistration::KIND.name {
        registration(desk, &mut work, about, data).await?;
    } else {
        opinion(desk, &mut work, about).await?;
    }
    if store == Store::K5 {
        for (draft, seen) in copies(desk, store, about, data).await? {
            work.copies += 1;
            work.steps.push(Step::Update(draft, seen));
        }
    }
    Ok(Some(work))
}

fn fields(data: &BTreeSet<DataCode>) -> Vec<&str> {
    data.iter().map(DataCode::as_str).collect()
}

/// A copy that somebody shared: a new record without the categories takes its place, so that the key of the old one is destroyed and it is
/// gone from every backup too.
async fn received(
    desk: &Desk,
    work: &mut Work,
    store: Store,
    about: &str,
    data: &BTreeSet<DataCode>,
    now: Timestamp,
) -> Result<()> {
    let mut found = desk.vault.load_in::<StoredReceived>(store, about).await?;
    let contents = desk.vault.load_children_in::<StoredContent>(store, about);
    for content in contents.await? {
        let outline = content.body.0.outline();
        let rows = outline.rows().iter();
        let filled = rows.filter(|(code, filled)| *filled && data.contains(code));
        work.filled.extend(filled.map(|(code, _)| code.clone()));
        let rest = content.body.0.clone().without(data);
        found.body.received.outline = rest.outline();
        work.steps.push(Step::Erase(content.id));
        if !rest.is_empty() {
            let id = desk.vault.new_id(now).to_string();
            let draft = content_draft(rest, id, &found.body)?;
            work.steps.push(Step::Create(draft));
        }
    }
    let draft = found.body.draft(&fields(data))?;
    work.steps.push(Step::Update(draft, found.version));
    Ok(())
}

async fn person(
    desk: &Desk,
    work: &mut Work,
    about: &str,
    data: &BTreeSet<DataCode>,
) -> Result<()> {
    let mut found = desk.vault.load::<IntakePerson>(about).await?;
    let before = found.body.person.clone();
    found.body.person = Portion::emptied(before.clone(), data);
    work.filled = Portion::changed_in(&before, &found.body.person);
    let draft = person_record(&found.body)?.changing(&fields(data));
    work.steps.push(Step::Update(draft, found.version));
    Ok(())
}

async fn registration(
    desk: &Desk,
    work: &mut Work,
    about: &str,
    data: &BTreeSet<DataCode>,
) -> Result<()> {
    let mut found = desk.vault.load::<StoredRegistration>(about).await?;
    let before = found.body.registration.data.clone();
    let after = without(before.clone(), data);
    work.filled = different(&before, &after);
    found.body.registration.data = after;
    let draft = registration::record(&found.body)?.changing(&fields(data));
    work.steps.push(Step::Update(draft, found.version));
    Ok(())
}

/// A registration without these categories. That somebody was registered, when and by which kind of organisation stays.
fn without(mut data: RegistrationData, gone: &BTreeSet<DataCode>) -> RegistrationData {
    let goes = |code: &str| gone.iter().any(|one| one.is(code));
    if goes("age") {
        data.age = AgeInYears::Unknown;
    }
    if goes("sex") {
        data.sex = Sex::Unknown;
    }
    if goes("origin") {
        data.origin = None;
    }
    if goes("region") {
        data.region = None;
    }
    if goes("form") {
        data.form = UNKNOWN_FORM;
    }
    // A sector is a part of a form: it says which.
    if goes("sector") || goes("form") {
        data.sector = None;
    }
    data
}

fn different(before: &RegistrationData, after: &RegistrationData) -> BTreeSet<DataCode> {
    let rows = [
        ("age", before.age != after.age),
        ("sex", before.sex != after.sex),
        ("origin", before.origin != after.origin),
        ("region", before.region != after.region),
        ("form", before.form != after.form),
        ("sector", before.sector != after.sector),
    ];
    let changed = rows.into_iter().filter(|(_, changed)| *changed);
    changed.map(|(code, _)| DataCode::literal(code)).collect()
}

/// Her statements at the panel. That there was one, and when she released it, stays.
async fn opinion(desk: &Desk, work: &mut Work, about: &str) -> Result<()> {
    let mut found = desk.vault.load::<OpinionFile>(about).await?;
    let statement = DataCode::literal("statement");
    if found.body.opinion.erase_statements() > 0 {
        work.filled.insert(statement);
    }
    let draft = found.body.redraft(desk, &["statement"])?;
    work.steps.push(Step::Update(draft, found.version));
    Ok(())
}

/// As [`copies`], in a change of its own making.
pub(super) async fn empty_copies(
    desk: &Desk,
    mut change: Change,
    store: Store,
    about: &str,
    data: &BTreeSet<DataCode>,
) -> Result<Change> {
    for (draft, seen) in copies(desk, store, about, data).await? {
        change = change.update(draft, seen);
    }
    Ok(change)
}

/// The copies that a compartment made to send: what is known by them stays, what stood in them goes.
async fn copies(
    desk: &Desk,
    store: Store,
    about: &str,
    data: &BTreeSet<DataCode>,
) -> Result<Vec<(Draft, i64)>> {
    let mut out = Vec::new();
    let sent = desk.vault.load_children_in::<Disclosure>(store, about);
    for found in sent.await? {
        let mut copy = found.body;
        match &mut copy.payload {
            Payload::ToCare(told) => told.person = Portion::emptied(told.person.clone(), data),
            Payload::Registration(told) => told.data = without(told.data.clone(), data),
            _ => continue,
        }
        out.push((copy.draft()?.changing(&fields(data)), found.version));
    }
    Ok(out)
}
