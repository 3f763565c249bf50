//! What the desk found of two reports: they belong together, or they do not.
//!
//! The program only finds that two reports name the same telephone, plate, account, firm or e-mail address. That says nothing of the
//! people in them, so whether they belong together is judged by somebody, with the reason, and can be judged anew; every judgement is
//! kept. It stands in both reports and goes with each.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Report, ReportContent, ReportError};
use crate::answer::By;
use crate::ids::ReportId;
use crate::objects::ObjectKind;
use crate::text::SafeText;

/// Most reports that one can be judged against.
pub const LINKS_MAX: usize = 500;
/// Most judgements of one pair.
pub const JUDGEMENTS_MAX: usize = 50;

/// What was found of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// They belong together.
    Together,
    /// They do not: the same thing, but another matter.
    Apart,
}

/// One judgement of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// What was found.
    pub finding: Finding,
    /// What both named when it was judged; nothing when somebody saw it without that.
    pub shared: Vec<ObjectKind>,
    /// Why.
    pub because: SafeText,
    /// Who and when.
    pub by: By,
}

/// A report that this one was judged against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The other report.
    pub other: ReportId,
    /// The judgement that stands.
    pub stands: Judgement,
    /// The ones before it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Judgement>,
}

impl Report {
    /// The reports that it was judged against, in the order of the first judgement.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// What was found of it and another one.
    #[must_use]
    pub fn link(&self, other: ReportId) -> Option<&Link> {
        self.links.iter().find(|link| link.other == other)
    }

    /// Writes down whether it belongs together with another one, in whatever state it is. The other one gets the same.
    ///
    /// # Errors
    /// [`ReportError::LinkToItself`]; [`ReportError::LinkStandsSo`] when this is what stands already; [`ReportError::TooManyLinks`].
    pub fn judge(mut self, other: ReportId, judgement: Judgement) -> Result<Self, ReportError> {
        if other == self.id {
            return Err(ReportError::LinkToItself);
        }
        let full = self.links.len() >= LINKS_MAX;
        match self.links.iter_mut().find(|link| link.other == other) {
            Some(link) if link.stands.finding == judgement.finding => {
                return Err(ReportError::LinkStandsSo);
            }
            Some(link) if link.before.len() + 1 >= JUDGEMENTS_MAX => {
                return Err(ReportError::TooManyLinks {
                    max: JUDGEMENTS_MAX,
                });
            }
            Some(link) => {
                let before = std::mem::replace(&mut link.stands, judgement);
                link.before.push(before);
            }
            None if full => return Err(ReportError::TooManyLinks { max: LINKS_MAX }),
            None => self.links.push(Link {
                other,
                stands: judgement,
                before: Vec::new(),
            }),
        }
        Ok(self)
    }
}

/// The kinds of thing of which both name the same one, in normal form. What could not be brought into normal form is never the same.
#[must_use]
pub fn shared(one: &ReportContent, other: &ReportContent) -> Vec<ObjectKind> {
    let named = |content: &ReportContent| -> BTreeSet<(ObjectKind, String)> {
        let objects = content.objects.iter();
        objects
            .filter_map(|object| Some((object.kind(), object.normal()?.to_owned())))
            .collect()
    };
    let (one, other) = (named(one), named(other));
    let kinds: BTreeSet<ObjectKind> = one.intersection(&other).map(|(kind, _)| *kind).collect();
    kinds.into_iter().collect()
}
