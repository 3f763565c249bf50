//! Who looked at the records of one matter in one compartment, taken together by function and organisation: never a name of somebody who
//! works there.

use std::collections::{BTreeMap, BTreeSet};

use domain::code::OrgKind;
use domain::request::Looked;
use domain::time::dutch_date;
use domain::vocabulary::OrganisationKindCode;
use jiff::civil::Date;
use vault::{How, Store};

use crate::Desk;
use crate::access::Role;
use crate::error::Result;

/// Entries that are looked through: the newest.
const MOST: usize = 20_000;

/// Functions whose organisation's name would say where a person lives.
const HIDES_PLACE: &str = "shelter_staff";

/// Who looked at a record and all that lies under it: the function, the organisation and on which days. Clocks and deliveries are nobody,
/// and she herself is not told of herself.
pub(super) async fn looked(desk: &Desk, store: Store, record: &str) -> Result<Vec<Looked>> {
    let mut ids = desk.vault.ids_under(store, record).await?;
    ids.push(record.to_owned());
    let entries = desk.vault.journal_of(store, &ids, MOST).await?;
    let mut days: BTreeMap<(String, String), BTreeSet<Date>> = BTreeMap::new();
    for entry in entries {
        let context = &entry.context;
        let person = Role::from_code(&context.role).is_some();
        let seen = entry
            .records
            .iter()
            .any(|touched| matches!(touched.how, How::Read | How::Changed | How::Created));
        if person && seen {
            let key = (context.role.clone(), context.org.clone());
            days.entry(key).or_default().insert(dutch_date(context.at));
        }
    }
    let directory = desk.directory();
    let mut out: Vec<Looked> = days
        .into_iter()
        .filter_map(|((role, org), days)| {
            let known = org.parse().ok().and_then(|org| directory.get(org));
            let hides = role == HIDES_PLACE || known.is_none_or(|org| tells_place(desk, &org.kind));
            Some(Looked {
                kind: known.map(|org| org.kind.to_string()),
                org: known.filter(|_| !hides).map(|org| org.name.clone()),
                role,
                first: *days.first()?,
                last: *days.last()?,
                days: u32::try_from(days.len()).unwrap_or(u32::MAX),
            })
        })
        .collect();
    out.sort();
    Ok(out)
}

/// Whether the name of an organisation says where somebody stays, by the vocabulary; of a kind that it does not know the name is not told.
pub(super) fn tells_place(desk: &Desk, kind: &OrgKind) -> bool {
    OrganisationKindCode::new(kind.as_str())
        .ok()
        .and_then(|code| desk.vocabulary.organisation_kinds.newest(&code))
        .is_none_or(|kind| kind.facts.name_tells_place)
}
