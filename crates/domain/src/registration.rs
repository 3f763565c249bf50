//! Registration of possible victims for the national figures (K2): on which ground, with which data, or only a count.

use std::collections::BTreeSet;

use crate::{
    age::AgeInYears,
    code::{CountryCode, DataCode, FormCode, OrgKind, RegionCode, org},
    consent::{Consent, ConsentForm, Recipient},
    ids::{ConsentId, RegistrationId},
    minors::{NobodySigns, Signer, SignerFacts, who_signs},
    person::Sex,
    time::YearMonth,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The purpose code of registration.
pub const PURPOSE: &str = "registration";

/// Ground of police and KMar.
pub const ARTICLE_POLICE: &str = "art. 4:2 lid 1 onder b sub 3 Besluit politiegegevens";
/// Ground of the Labour Authority.
pub const ARTICLE_NLA: &str = "art. 2 lid 2 Besluit politiegegevens bijzondere opsporingsdiensten";

/// Why only an anonymous count may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountWhy {
    /// No consent was given.
    NoConsent,
    /// There is consent, but not in writing.
    NotWritten,
    /// There is consent, but not for registration at CoMensha.
    OtherPurposeOrReceiver,
    /// The consent is over or withdrawn.
    NotInForce,
    /// Somebody signed who may not sign alone.
    WrongSigner,
    /// A parent is suspected and no guardian has been appointed yet.
    ParentSuspectedNoGuardian,
    /// It is not known who has authority over the minor.
    AuthorityUnknown,
}

/// On which ground a person may be registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "basis", rename_all = "snake_case", deny_unknown_fields)]
pub enum Basis {
    /// A duty of law: no consent is asked, the person is informed.
    LegalDuty {
        /// The article.
        article: String,
    },
    /// Written consent by the one who may sign.
    WrittenConsent {
        /// Which consent.
        consent: ConsentId,
    },
    /// No registration; an anonymous count only.
    CountOnly {
        /// Why.
        why: CountWhy,
    },
}

/// On which ground may `by` register this person on a day?
///
/// Police, KMar and NLA have a duty. Everybody else needs written consent to CoMensha, signed by whom [`who_signs`]
/// names. The reason given for a mere count is that of the consent that came nearest.
#[must_use]
pub fn may_register(by: &OrgKind, person: &SignerFacts, consents: &[Consent], on: Date) -> Basis {
    match by.as_str() {
        org::POL | org::KMAR => {
            return Basis::LegalDuty {
                article: ARTICLE_POLICE.to_owned(),
            };
        }
        org::NLA => {
            return Basis::LegalDuty {
                article: ARTICLE_NLA.to_owned(),
            };
        }
        _ => {}
    }
    let signer = match who_signs(person, on) {
        Signer::Nobody {
            why: NobodySigns::ParentSuspectedNoGuardian,
        } => {
            return Basis::CountOnly {
                why: CountWhy::ParentSuspectedNoGuardian,
            };
        }
        Signer::Nobody {
            why: NobodySigns::AuthorityUnknown,
        } => {
            return Basis::CountOnly {
                why: CountWhy::AuthorityUnknown,
            };
        }
        signer => signer,
    };
    let mut nearest = (0, CountWhy::NoConsent);
    for consent in consents {
        match check(consent, signer, on) {
            Ok(()) => {
                return Basis::WrittenConsent {
                    consent: consent.id,
                };
            }
            Err(found) if found.0 > nearest.0 => nearest = found,
            Err(_) => {}
        }
    }
    Basis::CountOnly { why: nearest.1 }
}

/// The first thing that is wrong, with how near the consent came.
fn check(consent: &Consent, signer: Signer, on: Date) -> Result<(), (u8, CountWhy)> {
    let to_comensha = consent
        .terms
        .recipients
        .iter()
        .any(|r| matches!(r, Recipient::Kind { kind } if kind.is(org::COM)));
    if consent.terms.purpose.as_str() != PURPOSE || !to_comensha {
        Err((1, CountWhy::OtherPurposeOrReceiver))
    } else if !consent.holds_on(on) {
        Err((2, CountWhy::NotInForce))
    } else if consent.form != ConsentForm::Written {
        Err((3, CountWhy::NotWritten))
    } else if !signer.accepts(consent.giver) {
        Err((4, CountWhy::WrongSigner))
    } else {
        Ok(())
    }
}

/// What CoMensha registers, and nothing else (Besluit politiegegevens 4:2; CoMensha, registratie).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationData {
    /// Form of exploitation.
    pub form: FormCode,
    /// Sector, a sub-form.
    pub sector: Option<FormCode>,
    /// Age in years; never the date of birth.
    pub age: AgeInYears,
    /// Sex.
    pub sex: Sex,
    /// Country of origin.
    pub origin: Option<CountryCode>,
    /// Region of the report.
    pub region: Option<RegionCode>,
    /// Kind of organisation that reports.
    pub reporter: OrgKind,
}

/// The categories of data of a registration.
#[must_use]
pub fn categories() -> BTreeSet<DataCode> {
    let codes = ["form", "sector", "age", "sex", "origin", "region"];
    codes.into_iter().map(DataCode::literal).collect()
}

/// A registered possible victim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Identity.
    pub id: RegistrationId,
    /// The data.
    pub data: RegistrationData,
    /// On which ground.
    pub basis: Basis,
    /// The day of first detection.
    pub detected: Date,
    /// The day of registration.
    pub registered: Date,
    /// The anonymous count that was made of this person before, which the registration replaces: one fewer such count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<AnonymousCount>,
}

/// One more, without anything that points to a person: no identity, no day, no age, no origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnonymousCount {
    /// Form of exploitation.
    pub form: FormCode,
    /// Region of the report.
    pub region: Option<RegionCode>,
    /// Month of detection.
    pub month: YearMonth,
    /// Kind of organisation that reports.
    pub reporter: OrgKind,
}

/// Why no registration could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistrationError {
    /// Only a count is allowed.
    #[error("registration is not allowed ({why:?}): only an anonymous count may be made")]
    OnlyCount {
        /// Why.
        why: CountWhy,
    },
    /// Registered before detected.
    #[error("registered on {registered}, before detection on {detected}")]
    BeforeDetection {
        /// Day of detection.
        detected: Date,
        /// Day of registration.
        registered: Date,
    },
    /// Severe disadvantage at work is not trafficking.
    #[error("form {form} is not trafficking and is not counted as such")]
    NotTrafficking {
        /// The form.
        form: FormCode,
    },
}

impl Registration {
    /// Registers, if the ground allows it.
    pub fn new(
        id: RegistrationId,
        data: RegistrationData,
        basis: Basis,
        detected: Date,
        registered: Date,
    ) -> Result<Self, RegistrationError> {
        if let Basis::CountOnly { why } = basis {
            return Err(RegistrationError::OnlyCount { why });
        }
        if !data.form.is_trafficking() {
            return Err(RegistrationError::NotTrafficking { form: data.form });
        }
        if registered < detected {
            return Err(RegistrationError::BeforeDetection {
                detected,
                registered,
            });
        }
        Ok(Self {
            id,
            data,
            basis,
            detected,
            registered,
            replaces: None,
        })
    }

    /// The same registration, replacing an anonymous count.
    #[must_use]
    pub fn replacing(self, count: Option<AnonymousCount>) -> Self {
        Self {
            replaces: count,
            ..self
        }
    }

    /// Days from detection to registration: measured for each body that has the duty.
    #[must_use]
    pub fn days_from_detection(&self) -> i32 {
        days_between(self.detected, self.registered)
    }
}

impl AnonymousCount {
    /// Takes from the data only what a count may hold.
    pub fn from_data(data: &RegistrationData, detected: Date) -> Result<Self, RegistrationError> {
        if !data.form.is_trafficking() {
            return Err(RegistrationError::NotTrafficking {
                form: data.form.clone(),
            });
        }
        Ok(Self {
            form: data.form.level_1(),
            region: data.region.clone(),
            month: YearMonth::of(detected),
            reporter: data.reporter.clone(),
        })
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.duration_until(to)
        .as_hours()
        .checked_div(24)
        .and_then(|days| i32::try_from(days).ok())
        .unwrap_or(i32::MAX)
}
