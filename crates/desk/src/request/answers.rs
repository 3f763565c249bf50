//! Answers of other compartments, and how they come to the request.

use domain::answer::Compartment;
use domain::ids::DisclosureId;
use domain::request::{Heard, PartAnswer, RequestError};
use serde::{Deserialize, Serialize};
use vault::{Change, Store};

use super::records::StoredRequest;
use super::refused;
use crate::Desk;
use crate::disclosure::Disclosure;
use crate::error::{DeskError, Result};

/// An answer on its way to care.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartAnswered {
    /// Which compartment answers.
    pub from: Compartment,
    /// The disclosure with which care asked first.
    pub origin: DisclosureId,
    /// The answer.
    pub answer: PartAnswer,
    /// It was carried out: the answer that went before, which this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completes: Option<DisclosureId>,
}

/// An answer arrives. One for a request that she took back, or that is gone, is not kept.
pub async fn receive(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    answered: &PartAnswered,
) -> Result<()> {
    let change = match request(desk, answered.origin).await? {
        None => change,
        Some((found, org)) => {
            let heard = Heard {
                from: answered.from,
                org: disclosure.by.map(|by| by.org),
                came: disclosure.id,
                answer: answered.answer.clone(),
            };
            let version = found.version;
            let next = match answered.completes {
                Some(before) => found.body.0.hear_done(before, heard),
                None => found.body.0.hear(heard),
            };
            match next {
                Ok(next) => {
                    // No field is named: the journal of care must not tell which compartment had something to tell.
                    change.update(StoredRequest(next).draft(org, &["heard"])?, version)
                }
                Err(RequestError::NotNow(_) | RequestError::Twice) => change,
                Err(error) => return Err(refused(error)),
            }
        }
    };
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// The request that a disclosure of care asked for, with the organisation that keeps it.
async fn request(
    desk: &Desk,
    origin: DisclosureId,
) -> Result<Option<(vault::Opened<StoredRequest>, domain::ids::OrgId)>> {
    let asked = match desk
        .vault
        .load_in::<Disclosure>(Store::K3, &origin.to_string())
        .await
    {
        Ok(found) => found.body,
        Err(vault::VaultError::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let Some(subject) = asked.subject else {
        return Ok(None);
    };
    match desk.vault.load::<StoredRequest>(&subject).await {
        Ok(found) => {
            let org = found.clear.org.as_deref().and_then(|org| org.parse().ok());
            let org = org.ok_or_else(|| {
                DeskError::Setup("a request that no organisation keeps".to_owned())
            })?;
            Ok(Some((found, org)))
        }
        Err(vault::VaultError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
