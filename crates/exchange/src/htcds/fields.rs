//! The fields of HTCDS 2.0 that this program knows.

/// Fields of the templates, with the label of the row below.
pub(crate) const CORE: &[(&str, &str)] = &[
    ("cas_CaseOwner", "Case Owner"),
    ("prs_Salutation", "Salutation"),
    ("prs_FirstName", "First Name"),
    ("prs_SecondName", "Second Name"),
    ("con_Consent", "Consent"),
    ("prs_Birthdate", "Birthdate"),
    ("prs_Gender", "Gender"),
    ("prs_Citizenship", "Citizenship"),
    ("prs_Title", "Title"),
    ("prs_Email", "Email"),
    ("prs_HomePhone", "Home Phone"),
    ("prs_MobilePhone", "Mobile Phone"),
    ("prs_MailingCity", "Mailing City"),
    ("prs_MailingCountry", "Mailing Country"),
    ("prs_MailingState", "Mailing State/Province"),
    ("prs_MailingStreet", "Mailing Street"),
    ("prs_MailingPostalCode", "Mailing Zip/Postal Code"),
    ("vic_TraffickingStatus", "Trafficking Status"),
    (
        "vic_TraffickingStatusDecisionMakingOrg",
        "Trafficking Status Decision Making Organization",
    ),
    ("vic_MethodOfRecruitment", "Method of Recruitment"),
    ("vic_LocationOfRecruitment", "Location of Recruitment"),
    ("vic_MethodsOfControl", "Methods of Control"),
    ("vic_TypeOfExploitation", "Type of Exploitation"),
    ("vic_ForcedLabourIndustry", "Forced Labour Industry"),
    ("vic_TypeOfSexExploitation", "Type of Sex Exploitation"),
    ("vic_LocationOfExploitation", "Location of Exploitation"),
    ("cas_Status", "Status"),
    ("cas_ReferringOrganisation", "Referring Organisation"),
    ("cas_IncomingReferralDate", "Incoming Referral Date"),
    (
        "cas_ReferringPrimaryCaseWorker",
        "Referring Primary Case Worker",
    ),
    (
        "cas_ReasonForIncomingReferral",
        "Reason for Incoming Referral",
    ),
    ("cas_IncomingReferralDetails", "Incoming Referral Details"),
    ("cas_ReferredOrganisation", "Referred Organisation"),
    (
        "cas_ReferredPrimaryCaseWorker",
        "Referred Primary Case Worker",
    ),
    (
        "cas_ReasonForOutgoingReferral",
        "Reason for Outgoing Referral",
    ),
    ("cas_OutgoingReferralDate", "Outgoing Referral Date"),
    ("cas_OutgoingReferralDetails", "Outgoing Referral Details"),
    ("cas_ReasonForCaseClosure", "Reason for Case Closure"),
];

/// Other fields of the standard; their text is kept as it is.
pub(crate) const OTHER: &[&str] = &[
    "prs_MiddleName",
    "prs_Deceased",
    "prs_MaritalStatus",
    "prs_NumberOfChildren",
    "prs_PrimaryLanguage",
    "prs_SecondaryLanguage",
    "prs_HighestLevelOfEducation",
    "prs_IdentityNumber",
    "prs_MailingLongitude",
    "prs_MailingLatitude",
    "vic_AgreementToManagePersonalData",
    "vic_RelationshipToTrafficker",
    "vic_AgeWhenTrafficked",
    "vic_RecruitmentWebsitesAndApps",
    "vic_ExploitationWebsitesAndApps",
    "vic_Vulnerabilities",
    "vic_DetailsOfVulnerabilities",
    "cco_CaseComment",
    "spl_Objectives",
    "spl_ActionPlan",
    "spl_PlannedEndDate",
    "spl_ActualEndDate",
    "spl_Type",
];

/// Our own column beside the standard's: form codes, for what HTCDS has no value for (forced criminality is `CU`).
pub(crate) const OWN_FORMS: &str = "x_form";

/// Spellings in IOM's own files that differ from the standard by more than case and underscores.
const MISSPELT: &[(&str, &str)] = &[(
    "vicTraffickinStatusDecisionMakingOrg",
    "vic_TraffickingStatusDecisionMakingOrg",
)];

use crate::record::plain;

/// The field with this name.
pub(crate) fn by_name(text: &str) -> Option<&'static str> {
    let wanted = plain(text);
    if wanted.is_empty() {
        return None;
    }
    let names = CORE
        .iter()
        .map(|(name, _)| *name)
        .chain(OTHER.iter().copied())
        .chain([OWN_FORMS]);
    let same = |name: &&str| plain(name) == wanted;
    let misspelt = || {
        MISSPELT
            .iter()
            .find(|(wrong, _)| plain(wrong) == wanted)
            .map(|(_, name)| *name)
    };
    names.into_iter().find(same).or_else(misspelt)
}

/// The field with this label.
pub(crate) fn by_label(text: &str) -> Option<&'static str> {
    let wanted = plain(text);
    CORE.iter()
        .find(|(_, label)| plain(label) == wanted)
        .map(|(name, _)| *name)
}
