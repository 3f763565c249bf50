//! Pick-lists of HTCDS 2.0: the standard's system names and the labels of the templates. Both are accepted.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

use crate::record::plain;

/// A value picked from a list of the standard, by its system name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Picked(pub(crate) &'static str);

impl Picked {
    /// The standard's system name.
    pub fn name(self) -> &'static str {
        self.0
    }
}

/// A pick-list: system name and label of each value.
#[derive(Debug)]
pub(crate) struct PickList {
    values: &'static [(&'static str, &'static str)],
}

impl PickList {
    /// The value with this name or label, whatever its case, spaces and punctuation.
    pub(crate) fn find(&self, text: &str) -> Option<Picked> {
        let wanted = plain(text);
        let found = self
            .values
            .iter()
            .find(|(name, label)| plain(name) == wanted || plain(label) == wanted);
        found.map(|(name, _)| Picked(name))
    }

    /// The system names, for messages.
    pub(crate) fn expected(&self) -> String {
        let names: Vec<_> = self.values.iter().map(|(name, _)| *name).collect();
        format!("one of {}", names.join(", "))
    }
}

macro_rules! pick_lists {
    ($($list:ident: $($name:literal = $label:literal),+;)+) => {
        $(pub(crate) static $list: PickList = PickList { values: &[$(($name, $label)),+] };)+
    };
}

pick_lists! {
    GENDER:
        "Feminine" = "Feminine", "Masculine" = "Masculine", "TransgenderFeminine" = "Transgender Feminine",
        "TransgenderMasculine" = "Transgender Masculine", "NonConforming" = "Non-Conforming",
        "NonSpecifiedUnknown" = "Not Specified/Unknown";
    TRAFFICKING_STATUS:
        "PossibleVictimOfTrafficking" = "Possible victim of trafficking",
        "ActualVictimOfTrafficking" = "Actual victim of trafficking", "NotAVictimOfTrafficking" = "Not a victim of trafficking";
    DECIDING_ORGANISATION:
        "Police" = "Police", "NGO" = "NGO", "CourtOrProsecution" = "Court or prosecution",
        "NonPoliceGovernmentalOrganization" = "Non-police governmental organization", "Other" = "Other";
    RECRUITMENT:
        "AtAPlaceOfBusiness" = "At a place of business", "AtAnEducationalInstitution" = "At an educational institution",
        "AtWork" = "At work", "ThroughOnlineSocialNetworks" = "Through online social networks",
        "ThroughAnOnlineAdvertisement" = "Through an online advertisement",
        "ThroughATelevisionAdvert" = "Through a television advert", "ThroughANewspaperAdvert" = "Through a newspaper advert",
        "ThroughFamilyOrFamilyEvents" = "Through family or family events",
        "ThroughFriendsOrSocialEvents" = "Through friends or social events", "Other" = "Other";
    CONTROL:
        "PhysicalThreats" = "Physical threats", "ThreatsLawEnforcement" = "Threats of law enforcement",
        "ThreatensChildrenFamily" = "Threatens children/family", "DebtBondage" = "Debt bondage",
        "FalsePromises" = "False promises", "PhysicalAbuse" = "Physical abuse", "SexualAbuse" = "Sexual abuse",
        "TakesEarnings" = "Takes earnings", "RestrictsFinancialAccess" = "Restricts financial access",
        "RestrictsMedicalCare" = "Restricts medical care", "WithholdsNecessities" = "Withholds necessities",
        "PsychologicalAbuse" = "Psychological abuse", "PsychoactiveSubstance" = "Psychoactive substance",
        "ExcessiveWorkingHours" = "Excessive working hours", "WithholdsDocuments" = "Withholds documents", "Other" = "Other";
    EXPLOITATION:
        "ForcedLabour" = "Forced labour", "SexualExploitation" = "Sexual exploitation", "ChildLabour" = "Child labour",
        "ForcedMarriage" = "Forced marriage", "Servitude" = "Servitude",
        "ForcedMilitaryByNonStateActors" = "Forced military (by non-state actors)", "OrganRemoval" = "Organ removal",
        "ForcedBegging" = "Forced begging", "ForcedAdoption" = "Forced adoption", "Surrogacy" = "Surrogacy", "Other" = "Other";
    INDUSTRY:
        "A_AgricultureForestryAndFishing" = "Agriculture, forestry and fishing",
        "B_MiningAndQuarrying" = "Mining and quarrying", "C_Manufacturing" = "Manufacturing",
        "D_ElectricityGasSteamAndAirConditioningSupply" = "Electricity, gas, steam and air conditioning supply",
        "E_WaterSupplySewerageWasteManagement" = "Water supply; sewerage, waste management and remediation",
        "F_Construction" = "Construction",
        "G_WholesaleAndRetailTradeRepairOfMotorVehicles" = "Wholesale and retail trade; repair of motor vehicles and motorcycles",
        "H_TransportationAndStorage" = "Transportation and storage",
        "I_AccommodationAndFoodServiceActivities" = "Accommodation and food service activities",
        "J_InformationAndCommunication" = "Information and communication",
        "K_FinancialAndInsuranceActivities" = "Financial and insurance activities",
        "L_RealEstateActivities" = "Real estate activities",
        "M_ProfessionalScientificAndTechnicalActivities" = "Professional, scientific and technical activities",
        "N_AdministrativeAndSupportServiceActivities" = "Administrative and support service activities",
        "O_PublicAdministrationAndDefence" = "Public administration and defence; compulsory social security",
        "P_Education" = "Education", "Q_HumanHealthAndSocialWorkActivities" = "Human health and social work activities",
        "R_ArtsEntertainmentAndRecreation" = "Arts, entertainment and recreation",
        "S_OtherServiceActivities" = "Other service activities",
        "T_ActivitiesOfHouseholdsAsEmployers" = "Activities of households as employers; undifferentiated goods- and services- producing activities of households for own use",
        "U_ActivitiesOfExtraterritorialOrganizations" = "Activities of extraterritorial organizations and bodies";
    SEX_EXPLOITATION:
        "Prostitution" = "Prostitution", "Pornography" = "Pornography",
        "RemoteInteractiveServices" = "Remote Interactive Services", "PrivateSexualServices" = "Private Sexual Services";
    CASE_STATUS:
        "Active" = "Active", "FollowUp" = "Follow Up", "Closed" = "Closed", "ClosedReferred" = "Closed Referred";
    REFERRAL_REASON:
        "AdditionalServicesRequired" = "Additional Services Required",
        "MigrationOrChangeOfLocation" = "Migration Or Change Of Location", "Other" = "Other";
}

/// Countries by plain code and plain name.
static COUNTRIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("countries.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(' '));
    pairs
        .flat_map(|(code, name)| [(plain(code), code), (plain(name), code)])
        .collect()
});

/// The ISO 3166-1 code of a country given by code or by its English name in the templates.
pub(crate) fn country(text: &str) -> Option<&'static str> {
    COUNTRIES.get(&plain(text)).copied()
}
