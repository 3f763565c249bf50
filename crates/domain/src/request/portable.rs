//! What a person may take along (AVG 20): what she gave herself, and what is processed on her consent. The rest is not hers to take by this
//! right, each category with the reason.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::code::DataCode;
use crate::consent::Consent;

/// Why a category cannot be taken along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyNot {
    /// Others gave it, or it was concluded here (AVG 20(1)).
    NotFromHer,
    /// It is held under a task of law, and no consent or contract (AVG 20(1)(a), 20(3)).
    Task,
}

impl WhyNot {
    /// The article.
    #[must_use]
    pub fn article(self) -> &'static str {
        match self {
            WhyNot::NotFromHer => "AVG 20(1)",
            WhyNot::Task => "AVG 20(1)(a), 20(3)",
        }
    }
}

/// What goes and what stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portable {
    /// What she takes along.
    pub goes: BTreeSet<DataCode>,
    /// What she does not, and why.
    pub stays: BTreeMap<DataCode, WhyNot>,
}

/// Categories that nobody gives about herself: others decide them.
const DECIDED: [&str; 2] = ["region", "status"];

/// Sorts the categories that a file holds. `hers` are those that she gave herself, `consents` those of her file.
#[must_use]
pub fn portable(
    held: &BTreeSet<DataCode>,
    hers: &BTreeSet<DataCode>,
    consents: &[Consent],
    on: Date,
) -> Portable {
    let mut out = Portable::default();
    let consented = |code: &DataCode| {
        let mut all = consents.iter();
        all.any(|consent| consent.holds_on(on) && consent.terms.data.contains(code))
    };
    for code in held {
        let decided = DECIDED.iter().any(|one| code.is(one));
        if decided || !hers.contains(code) {
            out.stays.insert(code.clone(), WhyNot::NotFromHer);
        } else if !consented(code) {
            out.stays.insert(code.clone(), WhyNot::Task);
        } else {
            out.goes.insert(code.clone());
        }
    }
    out
}
