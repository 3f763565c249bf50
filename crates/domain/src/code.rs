//! The vocabulary's codes under the names that the rules use, with what a rule of law asks of a code itself.
//!
//! Whether a code exists on a given day is the vocabulary's answer. Only codes that a rule of law names have a
//! constant here.

pub use crate::vocabulary::{
    Code, CountryCode, DataCategoryCode as DataCode, FormCode, IndicatorCode, LanguageCode,
    MunicipalityCode, OrganisationKindCode as OrgKind, PurposeCode,
    RefusalReasonCode as ReasonCode, RegionCode,
};

impl<L> Code<L> {
    /// Is this the code `code`?
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.as_str() == code
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

impl FormCode {
    /// The level-1 form: the leading capital letters, so `SU-thuis` belongs to `SU`.
    #[must_use]
    pub fn head(&self) -> &str {
        let text = self.as_str();
        let end = text
            .find(|c: char| !c.is_ascii_uppercase())
            .unwrap_or(text.len());
        &text[..end]
    }

    /// The level-1 form as a code of its own.
    #[must_use]
    pub fn level_1(&self) -> Self {
        Self::new(self.head()).unwrap_or_else(|_| self.clone())
    }

    /// Severe disadvantage at work (`ernstige benadeling`) is a neighbouring offence and never counted as trafficking
    /// (bill 36547).
    #[must_use]
    pub fn is_trafficking(&self) -> bool {
        self.head() != "EB"
    }
}
