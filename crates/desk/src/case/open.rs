//! A case for somebody who came without a report.

use domain::answer::Answer;
use domain::case::Case;
use domain::code::LanguageCode;
use domain::ids::{CaseId, PersonId};
use domain::person::{KnownAs, PossibleVictim, Sex};
use domain::report::PoliceWish;
use domain::time::dutch_date;
use domain::{SafeText, age::Age};
use jiff::Timestamp;
use vault::{Change, Store};

use super::arrive::region_of_org;
use super::clock::{add_transitions, timers};
use super::file::{CaseFile, StoredPerson};
use super::{guard, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// The least with which a case begins; the rest follows at the person's own pace.
#[derive(Debug, Clone, Default)]
pub struct NewCase {
    /// What the person wants to be called, if anything.
    pub alias: Option<SafeText>,
    /// Age as known.
    pub age: Age,
    /// Sex.
    pub sex: Sex,
    /// The person's language.
    pub language: Option<LanguageCode>,
    /// What the person wants, in the person's own words.
    pub need: Option<SafeText>,
    /// What the person said about the police.
    pub police: PoliceWish,
    /// Was the person exploited before, in an earlier period?
    pub before: Answer,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Opens a case; the actor coordinates it.
pub async fn open(desk: &Desk, actor: &Actor, now: Timestamp, new: NewCase) -> Result<CaseId> {
    let permit = permit(actor, UseCase::OpenCase)?;
    guard(
        &[("alias", new.alias.as_ref()), ("need", new.need.as_ref())],
        new.looked,
    )?;
    let (by, me) = (actor.by(now)?, actor.person()?);
    let id = CaseId::new(desk.vault.new_id(now));
    let mut person = PossibleVictim::unknown(PersonId::new(desk.vault.new_id(now)));
    person.known_as = KnownAs {
        name: None,
        alias: new.alias,
    };
    person.age = new.age;
    person.sex = new.sex;
    person.languages = new.language.into_iter().collect();
    person.needs = new.need.into_iter().collect();
    let region = region_of_org(desk, me.org);
    let case = Case::open(id, person.id, region, by)
        .assign(me.user, me.org)
        .and_then(|case| case.tell_exploited(new.before))
        .map_err(refused)?;
    let mut file = CaseFile::new(case, dutch_date(now));
    file.police = new.police;
    file.coordinator_name = Some(me.name.clone());
    add_transitions(desk, &mut file, &person.age, now)?;
    let change = Change::new(permit.context(now)).create(file.draft(&["all"])?);
    let change =
        timers(change, &file, &person.age, now).create(StoredPerson(person).draft(id, &["all"])?);
    desk.vault.apply(Store::K3, change).await?;
    Ok(id)
}
