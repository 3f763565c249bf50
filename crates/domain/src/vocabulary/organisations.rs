//! Kinds of organisation in the chain, the purpose compartments, and the roles people have.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts, Label};
use super::row::Row;

/// A kind of organisation or party, such as the police or a shelter.
pub type OrganisationKind = Entry<OrganisationKindFacts>;
/// The code of an [`OrganisationKind`], such as `POL`.
pub type OrganisationKindCode = Code<OrganisationKindFacts>;
/// One of the seven purpose compartments K1 to K7.
pub type Compartment = Entry<CompartmentFacts>;
/// The code of a [`Compartment`].
pub type CompartmentCode = Code<CompartmentFacts>;
/// What somebody is to the system: the set of things he or she comes to do.
pub type Role = Entry<RoleFacts>;
/// The code of a [`Role`], such as `care_coordinator`.
pub type RoleCode = Code<RoleFacts>;

/// On what footing a party registers a possible victim for the national figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Registers {
    /// Must, and needs no consent: police, Koninklijke Marechaussee, Labour Inspectorate.
    ByDuty,
    /// May, with written consent; without it only an anonymous count.
    WithConsent,
    /// Does not register.
    Never,
}

/// What is known about a kind of organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationKindFacts {
    /// What it does in the chain.
    pub task: Label,
    /// The law or footing on which it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// The compartments in which it may work. Empty: it sends and receives, and reads nothing here.
    pub compartments: Vec<CompartmentCode>,
    /// Its footing for registration.
    pub registers: Registers,
    /// Whether it investigates crimes.
    pub investigates: bool,
    /// False for parties that may report and never read, such as hotels, and for who is under suspicion.
    pub may_read: bool,
    /// Whether a person can name it in a consent as a receiver of data of her care.
    pub receives_care: bool,
    /// Whether a person's help can be handed over to it.
    pub takes_over: bool,
    /// Whether its name says where somebody stays: a shelter, a reception centre. It is told to nobody who asks who looked or who got data.
    pub name_tells_place: bool,
    /// The value of `org_Type` in HTCDS 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub htcds: Option<String>,
}

impl Facts for OrganisationKindFacts {
    const LIST: &'static str = "organisation_kinds";

    fn read(row: &mut Row<'_>) -> Self {
        const FOOTINGS: &[(&str, Registers)] = &[
            ("by_duty", Registers::ByDuty),
            ("with_consent", Registers::WithConsent),
            ("never", Registers::Never),
        ];
        let facts = Self {
            task: row.label_named("task"),
            law: row.text_or_none("law"),
            compartments: row.references("compartments"),
            registers: row.choice("registers", FOOTINGS, Registers::Never),
            investigates: row.yes("investigates"),
            may_read: row.yes_or("may_read", true),
            receives_care: row.yes("receives_care"),
            takes_over: row.yes("takes_over"),
            name_tells_place: row.yes("name_tells_place"),
            htcds: row.text_or_none("htcds"),
        };
        if facts.takes_over && !facts.receives_care {
            row.inconsistent(
                "`takes_over` needs `receives_care`: who goes on with the help gets data of it",
            );
        }
        if !facts.may_read && facts.receives_care {
            row.inconsistent("`may_read = false` contradicts `receives_care`; remove one of them");
        }
        if !facts.may_read && !facts.compartments.is_empty() {
            row.inconsistent("`may_read = false` contradicts `compartments`; remove one of them");
        }
        facts
    }
}

/// What is known about a compartment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompartmentFacts {
    /// What it is for.
    pub purpose: Label,
    /// The legal regime, in Dutch abbreviations.
    pub regime: Label,
    /// Who is controller.
    pub controller: Label,
}

impl Facts for CompartmentFacts {
    const LIST: &'static str = "compartments";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            purpose: row.label_named("purpose"),
            regime: row.label_named("regime"),
            controller: row.label_named("controller"),
        }
    }
}

/// What is known about a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleFacts {
    /// What the role is for.
    pub task: Label,
    /// The compartment it works in; none for roles that look after the system and never see content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compartment: Option<CompartmentCode>,
    /// The kinds of organisation whose people can have it; empty means any.
    pub organisation_kinds: Vec<OrganisationKindCode>,
    /// Whether it reaches only what belongs to the person's own organisation.
    pub own_organisation_only: bool,
    /// Whether it reaches only what is the person's own, such as an action one holds.
    pub own_records_only: bool,
}

impl RoleFacts {
    /// Whether people of this kind of organisation can have the role.
    #[must_use]
    pub fn open_to(&self, kind: &OrganisationKindCode) -> bool {
        self.organisation_kinds.is_empty() || self.organisation_kinds.contains(kind)
    }
}

impl Facts for RoleFacts {
    const LIST: &'static str = "roles";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            task: row.label_named("task"),
            compartment: row.reference_or_none("compartment"),
            organisation_kinds: row.references("organisation_kinds"),
            own_organisation_only: row.yes("own_organisation_only"),
            own_records_only: row.yes("own_records_only"),
        }
    }
}
