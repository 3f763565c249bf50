//! Codes of the vocabulary: short stable strings that stand in data files with dates and source.
//!
//! Whether a code exists on a given day is the vocabulary's answer, not this module's.
//! Only codes that a rule of law names have a constant here.

use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt};

/// The longest code, in bytes.
pub const LONGEST_CODE: usize = 64;

/// A text that cannot be a code of any list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` cannot be a code: use 1 to {LONGEST_CODE} letters, digits, `-` or `_`, beginning with a letter or digit"
)]
pub struct MalformedCode(String);

fn well_shaped(text: &str) -> bool {
    text.len() <= LONGEST_CODE
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// A code that stands in the source, such as one that a rule of law names.
            #[must_use]
            pub const fn literal(code: &'static str) -> Self {
                Self(Cow::Borrowed(code))
            }

            /// Reads a code from outside; whether it exists is the vocabulary's answer.
            pub fn new(code: impl Into<String>) -> Result<Self, MalformedCode> {
                let code = code.into();
                if well_shaped(&code) {
                    Ok(Self(Cow::Owned(code)))
                } else {
                    Err(MalformedCode(code.chars().take(LONGEST_CODE).collect()))
                }
            }

            /// The code itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Is this the code `code`?
            #[must_use]
            pub fn is(&self, code: &str) -> bool {
                self.0 == code
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = MalformedCode;

            fn try_from(code: String) -> Result<Self, MalformedCode> {
                Self::new(code)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0.into_owned()
            }
        }
    )+};
}

codes! {
    /// A form of exploitation (`SU`, `AU`, `CU`, …) or one of its sub-forms.
    FormCode,
    /// A kind of organisation (`POL`, `KMAR`, `NLA`, `COM`, `ZCO`, …).
    OrgKind,
    /// A region of some division: police unit, safety region, care region.
    RegionCode,
    /// A municipality by its CBS code, such as `GM0363`.
    MunicipalityCode,
    /// A reason from a list (refusal of a place, for example `vol`).
    ReasonCode,
    /// An indicator of a checklist.
    IndicatorCode,
    /// A country, ISO 3166-1 alpha-2.
    CountryCode,
    /// A language, ISO 639.
    LanguageCode,
    /// A purpose of processing (`registration`, `shelter`, …).
    PurposeCode,
    /// A category of data (`identity`, `care_needs`, …).
    DataCode,
}

impl FormCode {
    /// The level-1 form: the leading capital letters, so `SU-thuis` belongs to `SU`.
    #[must_use]
    pub fn head(&self) -> &str {
        let end = self
            .0
            .find(|c: char| !c.is_ascii_uppercase())
            .unwrap_or(self.0.len());
        &self.0[..end]
    }

    /// The level-1 form as a code of its own.
    #[must_use]
    pub fn level_1(&self) -> Self {
        match self.head() {
            "" => self.clone(),
            head => Self(Cow::Owned(head.to_owned())),
        }
    }

    /// Severe disadvantage at work (`ernstige benadeling`) is a neighbouring offence and never counted as trafficking
    /// (bill 36547).
    #[must_use]
    pub fn is_trafficking(&self) -> bool {
        self.head() != "EB"
    }
}

/// Codes of organisation kinds that a rule of law names.
pub mod org {
    /// Police.
    pub const POL: &str = "POL";
    /// Royal Netherlands Marechaussee.
    pub const KMAR: &str = "KMAR";
    /// Netherlands Labour Authority.
    pub const NLA: &str = "NLA";
    /// Public Prosecution Service.
    pub const OM: &str = "OM";
    /// Expertise centre on trafficking and smuggling (police, KMar, IND, NLA).
    pub const EMM: &str = "EMM";
    /// CoMensha.
    pub const COM: &str = "COM";
    /// Care coordinator.
    pub const ZCO: &str = "ZCO";
    /// Veilig Thuis.
    pub const VT: &str = "VT";
    /// Nidos, guardian of unaccompanied minors.
    pub const NID: &str = "NID";
    /// Certified institution for youth protection.
    pub const GI: &str = "GI";
    /// Immigration and Naturalisation Service.
    pub const IND: &str = "IND";
    /// The opinion panel.
    pub const K4: &str = "K4";
}

impl OrgKind {
    /// Police, KMar and NLA: they receive the slightest indication, may offer the reflection period (Vc B8/3) and must
    /// register at CoMensha.
    #[must_use]
    pub fn is_investigating_service(&self) -> bool {
        matches!(self.as_str(), org::POL | org::KMAR | org::NLA)
    }
}
