//! The words of the field as dated data: codes with Dutch and English labels, validity, source and certainty.
//!
//! The files stand in `vocabulary/` at the root of the workspace and are built into the program; a host can replace
//! any of them. Rules name only the codes that a law names; everything else asks here, on a date: yesterday's case
//! keeps yesterday's words.
//!
//! ```
//! use domain::vocabulary::{FormCode, Lang, Vocabulary};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let vocabulary = Vocabulary::builtin()?;
//! let today = jiff::civil::date(2026, 11, 21);
//! let form = vocabulary.form(&FormCode::literal("EB"), today)?;
//! assert_eq!(form.label(Lang::Nl), "Ernstige benadeling");
//! assert!(!form.facts.counts_as_trafficking);
//! # Ok(())
//! # }
//! ```

mod activities;
mod barriers;
mod builtin;
pub mod calendar;
mod cases;
mod clocks;
mod code;
mod consistency;
mod entry;
mod file;
mod forms;
pub mod indicators;
pub mod known;
mod list;
mod load;
mod measures;
mod organisations;
mod places;
mod problem;
mod programme;
mod raw;
mod reports;
mod row;
mod sharing;
mod shelter;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::Serialize;

pub use self::activities::*;
pub use self::barriers::*;
pub use self::cases::*;
pub use self::clocks::*;
pub use self::code::{Code, LONGEST_CODE, MalformedCode};
pub use self::entry::{Certainty, Entry, Facts, Label, Lang, Validity};
pub use self::forms::*;
pub use self::indicators::{
    AssessmentRule, AssessmentRuleCode, AssessmentRuleFacts, Checklist, ChecklistCode,
    ChecklistFacts, Indicator, IndicatorCode, IndicatorFacts, IndicatorGroup, IndicatorGroupCode,
    IndicatorGroupFacts, Strength,
};
pub use self::list::{List, ListSource, UnknownCode, WhyUnknown};
pub use self::measures::*;
pub use self::organisations::*;
pub use self::places::*;
pub use self::problem::{Fault, Problem, VocabularyError};
pub use self::programme::*;
pub use self::reports::*;
pub use self::row::Row;
pub use self::sharing::*;
pub use self::shelter::*;

use self::load::Loader;

/// Every list of the field. Each is read with [`List::get`] (a code on a date) or [`List::valid_on`] (all of a date).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Vocabulary {
    /// Forms of exploitation.
    pub forms: List<FormFacts>,
    /// Kinds of organisation in the chain.
    pub organisation_kinds: List<OrganisationKindFacts>,
    /// Purpose compartments K1 to K7.
    pub compartments: List<CompartmentFacts>,
    /// Roles of people.
    pub roles: List<RoleFacts>,
    /// Police units, safety regions, provinces.
    pub regions: List<RegionFacts>,
    /// Municipalities.
    pub municipalities: List<MunicipalityFacts>,
    /// Centre municipalities for women's shelter.
    pub centre_municipalities: List<CentreMunicipalityFacts>,
    /// Homes of care coordination; for demonstration only.
    pub care_regions: List<CareRegionFacts>,
    /// Countries.
    pub countries: List<CountryFacts>,
    /// Clocks.
    pub clocks: List<ClockFacts>,
    /// Checklists of indicators.
    pub checklists: List<ChecklistFacts>,
    /// Headings within the checklists.
    pub indicator_groups: List<IndicatorGroupFacts>,
    /// Indicators of all checklists.
    pub indicators: List<IndicatorFacts>,
    /// When a Delphi dimension is positive.
    pub assessment_rules: List<AssessmentRuleFacts>,
    /// Purposes of sharing.
    pub purposes: List<PurposeFacts>,
    /// Categories of data.
    pub data_categories: List<DataCategoryFacts>,
    /// Circumstances of sharing.
    pub circumstances: List<CircumstanceFacts>,
    /// Who can give consent.
    pub consent_givers: List<ConsentGiverFacts>,
    /// Whom data is about.
    pub subject_kinds: List<SubjectKindFacts>,
    /// Channels of reports.
    pub channels: List<ChannelFacts>,
    /// Kinds of reporter.
    pub reporter_kinds: List<ReporterKindFacts>,
    /// Outcomes of reports.
    pub report_outcomes: List<ReportOutcomeFacts>,
    /// Languages.
    pub languages: List<LanguageFacts>,
    /// Phases of a case.
    pub case_phases: List<CasePhaseFacts>,
    /// Reasons to close a case.
    pub closing_reasons: List<ClosingReasonFacts>,
    /// Ways a reflection period ends.
    pub reflection_ends: List<ReflectionEndFacts>,
    /// Outcomes of an opinion on victimhood.
    pub opinion_outcomes: List<OpinionOutcomeFacts>,
    /// Residence statuses.
    pub residence_statuses: List<ResidenceStatusFacts>,
    /// Values of the field sex.
    pub sexes: List<SexFacts>,
    /// Types of shelter.
    pub shelter_types: List<ShelterTypeFacts>,
    /// Levels of security.
    pub security_levels: List<SecurityLevelFacts>,
    /// Kinds of care.
    pub care_kinds: List<CareKindFacts>,
    /// Entitlements to shelter.
    pub entitlements: List<EntitlementFacts>,
    /// Reasons to refuse a shelter request or offer.
    pub refusal_reasons: List<RefusalReasonFacts>,
    /// Reasons why somebody left a shelter place.
    pub leaving_reasons: List<LeavingReasonFacts>,
    /// Reasons to take a request or a placement back.
    pub withdrawal_reasons: List<WithdrawalReasonFacts>,
    /// Reasons why a room cannot be used for now.
    pub out_of_service_reasons: List<OutOfServiceReasonFacts>,
    /// Steps of an offender at which a barrier can be raised.
    pub barrier_steps: List<BarrierStepFacts>,
    /// Instruments: what is done at a step.
    pub barrier_instruments: List<BarrierInstrumentFacts>,
    /// Kinds of place or firm that a barrier is aimed at.
    pub barrier_targets: List<BarrierTargetFacts>,
    /// Strategic goals of the plan.
    pub strategic_goals: List<StrategicGoalFacts>,
    /// Action lines of the plan.
    pub action_lines: List<ActionLineFacts>,
    /// Statuses of actions.
    pub action_statuses: List<ActionStatusFacts>,
    /// Purposes of the program's own work.
    pub own_purposes: List<OwnPurposeFacts>,
    /// Processing activities: the register of art. 30 AVG.
    pub processing_activities: List<ProcessingActivityFacts>,
    /// What the programme measures.
    pub measures: List<MeasureFacts>,
    /// Figures that others published.
    pub published_figures: List<PublishedFigureFacts>,
}

impl Vocabulary {
    /// The vocabulary that comes with the program, read once.
    ///
    /// # Errors
    /// Never in a released program: a test proves the built-in files good. The error is there because a program that
    /// stops with a message is better than one that goes on with half a vocabulary.
    pub fn builtin() -> Result<&'static Self, &'static VocabularyError> {
        builtin::vocabulary()
    }

    /// The vocabulary with a host's own files: a file replaces the built-in one of the same name, a file with a new
    /// name adds to the list it names.
    ///
    /// # Errors
    /// [`VocabularyError`] with every fault found.
    pub fn builtin_with<N, T>(
        overrides: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Self, VocabularyError>
    where
        N: Into<String>,
        T: Into<String>,
    {
        let mut files = builtin::files();
        for (name, text) in overrides {
            files.insert(name.into(), text.into().into());
        }
        Self::from_files(files)
    }

    /// The vocabulary from pairs of file name and text, and nothing else. Names end in `.toml` or `.csv`.
    ///
    /// # Errors
    /// [`VocabularyError`] with every fault found, each with file, line, code and what to do.
    pub fn from_files<N, T>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Self, VocabularyError>
    where
        N: AsRef<str>,
        T: AsRef<str>,
    {
        let mut loader = Loader::new(files);
        let vocabulary = Self {
            forms: loader.list(),
            organisation_kinds: loader.list(),
            compartments: loader.list(),
            roles: loader.list(),
            regions: loader.list(),
            municipalities: loader.list(),
            centre_municipalities: loader.list(),
            care_regions: loader.list(),
            countries: loader.list(),
            clocks: loader.list(),
            checklists: loader.list(),
            indicator_groups: loader.list(),
            indicators: loader.list(),
            assessment_rules: loader.list(),
            purposes: loader.list(),
            data_categories: loader.list(),
            circumstances: loader.list(),
            consent_givers: loader.list(),
            subject_kinds: loader.list(),
            channels: loader.list(),
            reporter_kinds: loader.list(),
            report_outcomes: loader.list(),
            languages: loader.list(),
            case_phases: loader.list(),
            closing_reasons: loader.list(),
            reflection_ends: loader.list(),
            opinion_outcomes: loader.list(),
            residence_statuses: loader.list(),
            sexes: loader.list(),
            shelter_types: loader.list(),
            security_levels: loader.list(),
            care_kinds: loader.list(),
            entitlements: loader.list(),
            refusal_reasons: loader.list(),
            leaving_reasons: loader.list(),
            withdrawal_reasons: loader.list(),
            out_of_service_reasons: loader.list(),
            barrier_steps: loader.list(),
            barrier_instruments: loader.list(),
            barrier_targets: loader.list(),
            strategic_goals: loader.list(),
            action_lines: loader.list(),
            action_statuses: loader.list(),
            own_purposes: loader.list(),
            processing_activities: loader.list(),
            measures: loader.list(),
            published_figures: loader.list(),
        };
        loader.check_references();
        if loader.is_sound() {
            consistency::check(&vocabulary, &mut loader);
            known::check(&vocabulary, &mut loader);
        }
        if loader.is_sound() {
            Ok(vocabulary)
        } else {
            Err(VocabularyError::new(loader.into_problems()))
        }
    }

    /// The form of exploitation with this code on this day.
    ///
    /// # Errors
    /// [`UnknownCode`] when the code does not count on that day.
    pub fn form(&self, code: &FormCode, on: Date) -> Result<&Form, UnknownCode> {
        self.forms.get(code, on)
    }

    /// The kind of organisation with this code on this day.
    ///
    /// # Errors
    /// [`UnknownCode`] when the code does not count on that day.
    pub fn organisation_kind(
        &self,
        code: &OrganisationKindCode,
        on: Date,
    ) -> Result<&OrganisationKind, UnknownCode> {
        self.organisation_kinds.get(code, on)
    }

    /// The role with this code on this day.
    ///
    /// # Errors
    /// [`UnknownCode`] when the code does not count on that day.
    pub fn role(&self, code: &RoleCode, on: Date) -> Result<&Role, UnknownCode> {
        self.roles.get(code, on)
    }

    /// The region with this code on this day.
    ///
    /// # Errors
    /// [`UnknownCode`] when the code does not count on that day.
    pub fn region(&self, code: &RegionCode, on: Date) -> Result<&Region, UnknownCode> {
        self.regions.get(code, on)
    }

    /// The municipality with this code on this day.
    ///
    /// # Errors
    /// [`UnknownCode`] when the code does not count on that day.
    pub fn municipality(
        &self,
        code: &MunicipalityCode,
        on: Date,
    ) -> Result<&Municipality, UnknownCode> {
        self.municipalities.get(code, on)
    }

    /// The clock with this code on this day.
    ///
    /// # Errors
    /// [`UnknownCode`] when the code does not count on that day.
    pub fn clock(&self, code: &ClockCode, on: Date) -> Result<&Clock, UnknownCode> {
        self.clocks.get(code, on)
    }

    /// The indicator with this code on this day.
    ///
    /// # Errors
    /// [`UnknownCode`] when the code does not count on that day.
    pub fn indicator(&self, code: &IndicatorCode, on: Date) -> Result<&Indicator, UnknownCode> {
        self.indicators.get(code, on)
    }

    /// The regions of one kind that count on a day, in order.
    pub fn regions_of(&self, kind: RegionKind, on: Date) -> impl Iterator<Item = &Region> {
        self.regions
            .valid_on(on)
            .filter(move |region| region.facts.kind == kind)
    }

    /// The home of care coordination for somebody of this age in years found in this safety region; none when the
    /// list names none. An unknown age is taken as a minor's.
    #[must_use]
    pub fn care_region(
        &self,
        safety_region: &RegionCode,
        age: Option<u16>,
        on: Date,
    ) -> Option<&CareRegion> {
        self.care_regions
            .valid_on(on)
            .find(|home| home.facts.serves(safety_region, age))
    }
}
