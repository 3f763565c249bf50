//! The codes that rules in the program name themselves, because a law or the plan names them.
//!
//! Everything else is data. A vocabulary that lacks one of these codes on every day is refused when it is loaded, so a
//! host's own files cannot silently disarm a rule.

use super::Vocabulary;
use super::code::Code;
use super::entry::Facts;
use super::list::List;
use super::load::Loader;

/// Kinds of organisation.
pub mod organisation_kind {
    use crate::vocabulary::OrganisationKindCode;

    /// Politie.
    pub const POLICE: OrganisationKindCode = OrganisationKindCode::literal("POL");
    /// Koninklijke Marechaussee.
    pub const MARECHAUSSEE: OrganisationKindCode = OrganisationKindCode::literal("KMAR");
    /// Nederlandse Arbeidsinspectie.
    pub const LABOUR_AUTHORITY: OrganisationKindCode = OrganisationKindCode::literal("NLA");
    /// Openbaar Ministerie.
    pub const PROSECUTION: OrganisationKindCode = OrganisationKindCode::literal("OM");
    /// CoMensha.
    pub const COMENSHA: OrganisationKindCode = OrganisationKindCode::literal("COM");
    /// Zorgcoördinatie.
    pub const CARE_COORDINATION: OrganisationKindCode = OrganisationKindCode::literal("ZCO");
    /// Veilig Thuis, for minors and dependency relations.
    pub const VEILIG_THUIS: OrganisationKindCode = OrganisationKindCode::literal("VT");
    /// Nidos, guardian of unaccompanied minors.
    pub const NIDOS: OrganisationKindCode = OrganisationKindCode::literal("NID");
    /// Immigratie- en Naturalisatiedienst.
    pub const IMMIGRATION: OrganisationKindCode = OrganisationKindCode::literal("IND");
    /// Dienst Terugkeer en Vertrek.
    pub const RETURN: OrganisationKindCode = OrganisationKindCode::literal("DTV");
    /// A municipality's care side.
    pub const CARE_SIDE: OrganisationKindCode = OrganisationKindCode::literal("GEM-WMO");
    /// A municipality's public order side.
    pub const PUBLIC_ORDER_SIDE: OrganisationKindCode = OrganisationKindCode::literal("GEM-OOV");
    /// The opinion panel.
    pub const OPINION_PANEL: OrganisationKindCode = OrganisationKindCode::literal("K4");
    /// The person concerned.
    pub const PERSON: OrganisationKindCode = OrganisationKindCode::literal("VICTIM");
    /// Whoever is under suspicion: never receives anything.
    pub const SUSPECTED: OrganisationKindCode = OrganisationKindCode::literal("SUSPECTED");
    /// Nationaal Rapporteur.
    pub const RAPPORTEUR: OrganisationKindCode = OrganisationKindCode::literal("NRM");

    /// All of them.
    pub const ALL: &[OrganisationKindCode] = &[
        POLICE,
        MARECHAUSSEE,
        LABOUR_AUTHORITY,
        PROSECUTION,
        COMENSHA,
        CARE_COORDINATION,
        VEILIG_THUIS,
        NIDOS,
        IMMIGRATION,
        RETURN,
        CARE_SIDE,
        PUBLIC_ORDER_SIDE,
        OPINION_PANEL,
        PERSON,
        SUSPECTED,
        RAPPORTEUR,
    ];
}

/// Purpose compartments.
pub mod compartment {
    use crate::vocabulary::CompartmentCode;

    /// Signal desk.
    pub const SIGNAL_DESK: CompartmentCode = CompartmentCode::literal("K1");
    /// Registration.
    pub const REGISTRATION: CompartmentCode = CompartmentCode::literal("K2");
    /// Care and shelter.
    pub const CARE: CompartmentCode = CompartmentCode::literal("K3");
    /// Opinion on victimhood.
    pub const OPINION: CompartmentCode = CompartmentCode::literal("K4");
    /// Investigation.
    pub const INVESTIGATION: CompartmentCode = CompartmentCode::literal("K5");
    /// Cooperation and barriers.
    pub const COOPERATION: CompartmentCode = CompartmentCode::literal("K6");
    /// Programme and figures.
    pub const PROGRAMME: CompartmentCode = CompartmentCode::literal("K7");

    /// All of them.
    pub const ALL: &[CompartmentCode] = &[
        SIGNAL_DESK,
        REGISTRATION,
        CARE,
        OPINION,
        INVESTIGATION,
        COOPERATION,
        PROGRAMME,
    ];
}

/// Roles.
pub mod role {
    use crate::vocabulary::RoleCode;

    /// Accepts and routes reports.
    pub const SIGNAL_DESK: RoleCode = RoleCode::literal("signal_desk");
    /// Follows up reports at police, marechaussee or labour authority.
    pub const INVESTIGATOR: RoleCode = RoleCode::literal("investigator");
    /// Zorgcoördinator.
    pub const CARE_COORDINATOR: RoleCode = RoleCode::literal("care_coordinator");
    /// Places at CoMensha.
    pub const PLACEMENT_OFFICER: RoleCode = RoleCode::literal("placement_officer");
    /// Works at one shelter.
    pub const SHELTER_STAFF: RoleCode = RoleCode::literal("shelter_staff");
    /// Registers at CoMensha.
    pub const REGISTRAR: RoleCode = RoleCode::literal("registrar");
    /// Prepares an opinion.
    pub const PANEL_SECRETARY: RoleCode = RoleCode::literal("panel_secretary");
    /// Judges in the panel.
    pub const PANEL_MEMBER: RoleCode = RoleCode::literal("panel_member");
    /// Raises barriers at a municipality, RIEC or labour authority.
    pub const BARRIER_OFFICER: RoleCode = RoleCode::literal("barrier_officer");
    /// Keeps the register of actions.
    pub const PROGRAMME_OFFICE: RoleCode = RoleCode::literal("programme_office");
    /// Holds actions.
    pub const ACTION_HOLDER: RoleCode = RoleCode::literal("action_holder");
    /// Reads the journal, no content.
    pub const AUDITOR: RoleCode = RoleCode::literal("auditor");
    /// Data protection officer (functionaris voor gegevensbescherming), no content.
    pub const PRIVACY_OFFICER: RoleCode = RoleCode::literal("privacy_officer");
    /// Manages organisations and people.
    pub const PEOPLE_ADMIN: RoleCode = RoleCode::literal("people_admin");
    /// Keeps the system healthy.
    pub const SYSTEM_ADMIN: RoleCode = RoleCode::literal("system_admin");

    /// All of them.
    pub const ALL: &[RoleCode] = &[
        SIGNAL_DESK,
        INVESTIGATOR,
        CARE_COORDINATOR,
        PLACEMENT_OFFICER,
        SHELTER_STAFF,
        REGISTRAR,
        PANEL_SECRETARY,
        PANEL_MEMBER,
        BARRIER_OFFICER,
        PROGRAMME_OFFICE,
        ACTION_HOLDER,
        AUDITOR,
        PRIVACY_OFFICER,
        PEOPLE_ADMIN,
        SYSTEM_ADMIN,
    ];
}

/// Forms of exploitation.
pub mod form {
    use crate::vocabulary::FormCode;

    /// Seksuele uitbuiting.
    pub const SEXUAL: FormCode = FormCode::literal("SU");
    /// Arbeidsuitbuiting.
    pub const LABOUR: FormCode = FormCode::literal("AU");
    /// Criminele uitbuiting.
    pub const CRIMINAL: FormCode = FormCode::literal("CU");
    /// Ernstige benadeling: never counted as trafficking.
    pub const SERIOUS_DISADVANTAGE: FormCode = FormCode::literal("EB");
    /// Unknown.
    pub const UNKNOWN: FormCode = FormCode::literal("ON");

    /// All of them.
    pub const ALL: &[FormCode] = &[SEXUAL, LABOUR, CRIMINAL, SERIOUS_DISADVANTAGE, UNKNOWN];
}

/// Clocks.
pub mod clock {
    use crate::vocabulary::ClockCode;

    /// Bedenktijd, at most three calendar months.
    pub const REFLECTION_PERIOD: ClockCode = ClockCode::literal("reflection_period");
    /// From detection to registration.
    pub const REGISTRATION: ClockCode = ClockCode::literal("registration");
    /// First answer to a reporter.
    pub const FIRST_ANSWER: ClockCode = ClockCode::literal("first_answer");
    /// First answer in acute danger.
    pub const FIRST_ANSWER_ACUTE: ClockCode = ClockCode::literal("first_answer_acute");
    /// Outcome of an accepted report.
    pub const REPORT_OUTCOME: ClockCode = ClockCode::literal("report_outcome");
    /// Norm for a stay in categorical shelter.
    pub const COSM_STAY: ClockCode = ClockCode::literal("cosm_stay");
    /// To ask for an opinion after a dismissal.
    pub const OPINION_REQUEST: ClockCode = ClockCode::literal("opinion_request");
    /// How long the client has to decide after a shelter accepted.
    pub const CLIENT_DECISION: ClockCode = ClockCode::literal("client_decision");
    /// How long a provider's figure of a room is fresh.
    pub const CAPACITY_FRESH: ClockCode = ClockCode::literal("capacity_fresh");
    /// Notice before the twelfth birthday.
    pub const TURNS_12_NOTICE: ClockCode = ClockCode::literal("turns_12_notice");
    /// Notice before the sixteenth birthday.
    pub const TURNS_16_NOTICE: ClockCode = ClockCode::literal("turns_16_notice");
    /// Notice before the eighteenth birthday.
    pub const TURNS_18_NOTICE: ClockCode = ClockCode::literal("turns_18_notice");
    /// How long a report without follow-up is kept.
    pub const RETENTION_REPORT: ClockCode = ClockCode::literal("retention_report");
    /// How long a reporter's contact data are kept.
    pub const RETENTION_CONTACT: ClockCode = ClockCode::literal("retention_reporter_contact");
    /// How long a care file is kept.
    pub const RETENTION_CARE: ClockCode = ClockCode::literal("retention_care_file");
    /// How long a file about a minor is kept.
    pub const RETENTION_YOUTH: ClockCode = ClockCode::literal("retention_youth_file");
    /// How long a file of the daily police task is kept.
    pub const RETENTION_POLICE: ClockCode = ClockCode::literal("retention_police_file");
    /// How long a report that was taken up or passed on is kept.
    pub const RETENTION_FOLLOWED: ClockCode = ClockCode::literal("retention_report_followed");
    /// How long a registration is kept before a count without identity takes its place.
    pub const RETENTION_REGISTRATION: ClockCode = ClockCode::literal("retention_registration");
    /// How long the panel keeps a request with its opinion.
    pub const RETENTION_OPINION: ClockCode = ClockCode::literal("retention_opinion");
    /// How long a request is kept after which everything was destroyed.
    pub const RETENTION_REQUEST: ClockCode = ClockCode::literal("retention_request");
    /// How long care keeps the copy of a report that it sent back.
    pub const RETENTION_SENT_BACK: ClockCode = ClockCode::literal("retention_sent_back");
    /// How long a barrier is kept.
    pub const RETENTION_BARRIER: ClockCode = ClockCode::literal("retention_barrier");
    /// Between two progress letters.
    pub const PROGRESS_LETTER: ClockCode = ClockCode::literal("progress_letter");

    /// All of them.
    pub const ALL: &[ClockCode] = &[
        REFLECTION_PERIOD,
        REGISTRATION,
        FIRST_ANSWER,
        FIRST_ANSWER_ACUTE,
        REPORT_OUTCOME,
        COSM_STAY,
        OPINION_REQUEST,
        CLIENT_DECISION,
        CAPACITY_FRESH,
        TURNS_12_NOTICE,
        TURNS_16_NOTICE,
        TURNS_18_NOTICE,
        RETENTION_REPORT,
        RETENTION_CONTACT,
        RETENTION_CARE,
        RETENTION_YOUTH,
        RETENTION_POLICE,
        RETENTION_FOLLOWED,
        RETENTION_REGISTRATION,
        RETENTION_OPINION,
        RETENTION_REQUEST,
        RETENTION_SENT_BACK,
        RETENTION_BARRIER,
        PROGRESS_LETTER,
    ];
}

/// Outcomes of a report.
pub mod report_outcome {
    use crate::vocabulary::ReportOutcomeCode;

    /// Taken up.
    pub const TAKEN_UP: ReportOutcomeCode = ReportOutcomeCode::literal("opgepakt");
    /// Too few leads.
    pub const TOO_FEW_LEADS: ReportOutcomeCode =
        ReportOutcomeCode::literal("onvoldoende_aanknopingspunten");
    /// Passed on.
    pub const PASSED_ON: ReportOutcomeCode = ReportOutcomeCode::literal("doorgezet");
    /// Reported before.
    pub const DUPLICATE: ReportOutcomeCode = ReportOutcomeCode::literal("dubbel");
    /// Not trafficking.
    pub const NOT_TRAFFICKING: ReportOutcomeCode = ReportOutcomeCode::literal("geen_mensenhandel");
    /// Help started.
    pub const HELP_STARTED: ReportOutcomeCode = ReportOutcomeCode::literal("hulp_gestart");

    /// All of them.
    pub const ALL: &[ReportOutcomeCode] = &[
        TAKEN_UP,
        TOO_FEW_LEADS,
        PASSED_ON,
        DUPLICATE,
        NOT_TRAFFICKING,
        HELP_STARTED,
    ];
}

/// Ways a reflection period ends.
pub mod reflection_end {
    use crate::vocabulary::ReflectionEndCode;

    /// The term ran out.
    pub const EXPIRED: ReflectionEndCode = ReflectionEndCode::literal("verstreken");
    /// Aangifte.
    pub const CRIME_REPORT: ReflectionEndCode = ReflectionEndCode::literal("aangifte");
    /// Cooperation in another way.
    pub const COOPERATION: ReflectionEndCode = ReflectionEndCode::literal("medewerking");
    /// Waived.
    pub const WAIVED: ReflectionEndCode = ReflectionEndCode::literal("afstand");
    /// Left with unknown destination.
    pub const LEFT_UNKNOWN: ReflectionEndCode = ReflectionEndCode::literal("vertrek_mob");

    /// All of them.
    pub const ALL: &[ReflectionEndCode] =
        &[EXPIRED, CRIME_REPORT, COOPERATION, WAIVED, LEFT_UNKNOWN];
}

/// Outcomes of an opinion.
pub mod opinion_outcome {
    use crate::vocabulary::OpinionOutcomeCode;

    /// Aannemelijk.
    pub const PLAUSIBLE: OpinionOutcomeCode = OpinionOutcomeCode::literal("aannemelijk");
    /// Niet aannemelijk.
    pub const NOT_PLAUSIBLE: OpinionOutcomeCode = OpinionOutcomeCode::literal("niet_aannemelijk");
    /// Too little information.
    pub const TOO_LITTLE: OpinionOutcomeCode =
        OpinionOutcomeCode::literal("onvoldoende_informatie");
    /// The person withdrew the request.
    pub const WITHDRAWN: OpinionOutcomeCode = OpinionOutcomeCode::literal("ingetrokken");

    /// All of them.
    pub const ALL: &[OpinionOutcomeCode] = &[PLAUSIBLE, NOT_PLAUSIBLE, TOO_LITTLE, WITHDRAWN];
}

/// Statuses of actions.
pub mod action_status {
    use crate::vocabulary::ActionStatusCode;

    /// Not started.
    pub const NOT_STARTED: ActionStatusCode = ActionStatusCode::literal("niet_gestart");
    /// Running.
    pub const RUNNING: ActionStatusCode = ActionStatusCode::literal("loopt");
    /// Delayed.
    pub const DELAYED: ActionStatusCode = ActionStatusCode::literal("vertraagd");
    /// Finished.
    pub const FINISHED: ActionStatusCode = ActionStatusCode::literal("afgerond");
    /// Dropped.
    pub const DROPPED: ActionStatusCode = ActionStatusCode::literal("vervallen");
    /// Taken over into standing policy.
    pub const STANDING_POLICY: ActionStatusCode = ActionStatusCode::literal("structureel_geborgd");

    /// All of them.
    pub const ALL: &[ActionStatusCode] = &[
        NOT_STARTED,
        RUNNING,
        DELAYED,
        FINISHED,
        DROPPED,
        STANDING_POLICY,
    ];
}

/// Reasons to refuse a place.
pub mod refusal_reason {
    use crate::vocabulary::RefusalReasonCode;

    /// No place is free.
    pub const FULL: RefusalReasonCode = RefusalReasonCode::literal("vol");
    /// No entitlement.
    pub const NO_ENTITLEMENT: RefusalReasonCode = RefusalReasonCode::literal("geen_recht");
    /// Not safe.
    pub const SAFETY: RefusalReasonCode = RefusalReasonCode::literal("veiligheid");
    /// Another reason.
    pub const OTHER: RefusalReasonCode = RefusalReasonCode::literal("anders");

    /// All of them.
    pub const ALL: &[RefusalReasonCode] = &[FULL, NO_ENTITLEMENT, SAFETY, OTHER];
}

/// Notes every code named above that its list does not hold.
pub(super) fn check(vocabulary: &Vocabulary, loader: &mut Loader) {
    require(
        &vocabulary.organisation_kinds,
        organisation_kind::ALL,
        loader,
    );
    require(&vocabulary.compartments, compartment::ALL, loader);
    require(&vocabulary.roles, role::ALL, loader);
    require(&vocabulary.forms, form::ALL, loader);
    require(&vocabulary.clocks, clock::ALL, loader);
    require(&vocabulary.report_outcomes, report_outcome::ALL, loader);
    require(&vocabulary.reflection_ends, reflection_end::ALL, loader);
    require(&vocabulary.opinion_outcomes, opinion_outcome::ALL, loader);
    require(&vocabulary.action_statuses, action_status::ALL, loader);
    require(&vocabulary.refusal_reasons, refusal_reason::ALL, loader);
}

fn require<F: Facts>(list: &List<F>, named: &[Code<F>], loader: &mut Loader) {
    for code in named {
        if list.newest(code).is_none() {
            loader.required(F::LIST, code.as_str());
        }
    }
}
