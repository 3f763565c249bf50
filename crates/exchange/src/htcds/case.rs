//! A case as HTCDS tells it.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::lists::Picked;

/// One case with one person. Nothing is more certain than in the file: a status is what somebody said, not what is so.
///
/// `Debug` shows nothing, because it would show a person.
#[derive(Clone, PartialEq, Serialize)]
pub struct HtcdsCase {
    /// The case worker who manages the case.
    pub case_owner: Option<String>,
    /// Salutation.
    pub salutation: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub second_name: Option<String>,
    /// The one consent box of the standard; it names no purpose and no recipient, so that it permits nothing by itself.
    pub consent: Option<bool>,
    /// Day of birth.
    pub birthdate: Option<Date>,
    /// Gender.
    pub gender: Option<Picked>,
    /// Citizenships, ISO 3166-1 alpha-2.
    pub citizenship: Vec<String>,
    /// Position in an organisation.
    pub title: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone at home.
    pub home_phone: Option<String>,
    /// Mobile telephone.
    pub mobile_phone: Option<String>,
    /// Mailing address.
    pub mailing: Address,
    /// Possible, actual or not a victim, in the eyes of `status_by`.
    pub trafficking_status: Option<Picked>,
    /// Kind of organisation that gave the status.
    pub status_by: Option<Picked>,
    /// Recruitment.
    pub recruitment: Vec<Picked>,
    /// Where the person was recruited.
    pub recruitment_place: Option<String>,
    /// Means of control.
    pub control: Vec<Control>,
    /// Exploitation in the standard's words.
    pub exploitation: Vec<Picked>,
    /// Exploitation as our form codes, those of the column `x_form` included.
    pub forms: Vec<String>,
    /// Industry of forced labour.
    pub industry: Vec<Picked>,
    /// Kinds of sexual exploitation.
    pub sex_exploitation: Vec<Picked>,
    /// Where the person was exploited.
    pub exploitation_place: Option<String>,
    /// Status of the case.
    pub case_status: Option<Picked>,
    /// How the case came in.
    pub incoming: Referral,
    /// Where the case went.
    pub outgoing: Referral,
    /// Why the case was closed.
    pub closure_reason: Option<String>,
    /// Other fields of the standard, by their name, as text.
    pub other: BTreeMap<&'static str, String>,
}

/// A means of control; the standard's list.
pub type Control = Picked;

/// A mailing address.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Address {
    /// Street and number.
    pub street: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or province.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 where the country was recognised, otherwise as written.
    pub country: Option<String>,
}

/// A referral to or from another organisation.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Referral {
    /// The other organisation.
    pub organisation: Option<String>,
    /// Day of the referral.
    pub date: Option<Date>,
    /// Case worker there.
    pub case_worker: Option<String>,
    /// Reason.
    pub reason: Option<Picked>,
    /// Details.
    pub details: Option<String>,
}

impl fmt::Debug for HtcdsCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HtcdsCase").finish_non_exhaustive()
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").finish_non_exhaustive()
    }
}

impl fmt::Debug for Referral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Referral").finish_non_exhaustive()
    }
}
