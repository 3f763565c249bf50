//! The people who work in the chain: one or more per role, with plain made-up names.

use serde::{Deserialize, Serialize};

use super::names::DUTCH;
use crate::country::organisations::Organisation;
use crate::dice::{Aspect, Dice};
use crate::story::{Code, Sex};

/// Somebody with an account and one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Always true.
    pub made_up: bool,
    /// Identifier, such as `p-zco-VR15`; also the account name.
    pub id: String,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Role code, such as `care_coordinator`.
    pub role: Code,
    /// Gets a password in the demonstration; the others exist as people only, so that every shelter has somebody.
    pub demo_account: bool,
}

/// Care homes whose coordinator gets an account in the demonstration.
const DEMO_REGIONS: [&str; 14] = [
    "VR02", "VR04", "VR05", "VR07", "VR09", "VR12", "VR13", "VR15", "VR16", "VR17", "VR20", "VR22",
    "VR23", "VR25",
];

/// Everybody, in a fixed order.
pub(crate) fn staff(seed: u64, organisations: &[Organisation]) -> Vec<Staff> {
    let mut hall = Hall {
        dice: Dice::new(seed, Aspect::Static, 3),
        people: Vec::with_capacity(140),
    };
    for number in 1..=3 {
        hall.hire(
            format!("p-meldtafel-{number}"),
            "org-com",
            "signal_desk",
            true,
        );
        hall.hire(
            format!("p-plaatsing-{number}"),
            "org-com",
            "placement_officer",
            true,
        );
    }
    for number in 1..=2 {
        hall.hire(
            format!("p-registratie-{number}"),
            "org-com",
            "registrar",
            true,
        );
        hall.hire(
            format!("p-programma-{number}"),
            "org-programma",
            "programme_office",
            true,
        );
    }
    hall.hire("p-secretaris".to_owned(), "org-k4", "panel_secretary", true);
    for number in 1..=5 {
        hall.hire(format!("p-panel-{number}"), "org-k4", "panel_member", true);
    }
    for (short, organisation) in [
        ("jenv", "org-jenv"),
        ("vws", "org-vws"),
        ("szw", "org-szw"),
        ("vng", "org-vng"),
        ("emm", "org-emm"),
        ("com", "org-com"),
        ("om", "org-om"),
    ] {
        hall.hire(
            format!("p-actie-{short}"),
            organisation,
            "action_holder",
            true,
        );
    }
    hall.hire("p-auditor".to_owned(), "org-ap", "auditor", true);
    hall.hire("p-mensen".to_owned(), "org-com", "people_admin", true);
    hall.hire(
        "p-systeem".to_owned(),
        "org-programma",
        "system_admin",
        true,
    );
    for organisation in organisations {
        hall.of(organisation);
    }
    hall.hire("p-fg".to_owned(), "org-programma", "privacy_officer", true);
    hall.hire("p-barriere".to_owned(), "org-riec", "barrier_officer", true);
    hall.hire(
        "p-barriere-gem".to_owned(),
        "org-gem-GM0193",
        "barrier_officer",
        true,
    );
    hall.people
}

struct Hall {
    dice: Dice,
    people: Vec<Staff>,
}

impl Hall {
    fn of(&mut self, organisation: &Organisation) {
        let id = organisation
            .id
            .strip_prefix("org-")
            .unwrap_or(&organisation.id);
        match organisation.kind.as_ref() {
            "POL" | "KMAR" | "NLA" => {
                self.hire(format!("p-{id}"), &organisation.id, "investigator", true)
            }
            "ZCO" => {
                let demo = organisation.id.len() == "org-zco-VR00".len()
                    && DEMO_REGIONS.contains(&organisation.region.as_deref().unwrap_or(""));
                self.hire(
                    format!("p-{id}"),
                    &organisation.id,
                    "care_coordinator",
                    demo,
                );
            }
            "COSM" | "OMM" => self.hire(format!("p-{id}"), &organisation.id, "shelter_staff", true),
            "VO" => {
                let demo = ["GM0080", "GM0363"]
                    .contains(&organisation.municipality.as_deref().unwrap_or(""));
                self.hire(format!("p-{id}"), &organisation.id, "shelter_staff", demo);
            }
            "JZ" => self.hire(
                format!("p-{id}"),
                &organisation.id,
                "shelter_staff",
                id == "jz-1",
            ),
            "NID" => self.hire(format!("p-{id}"), &organisation.id, "shelter_staff", true),
            _ => {}
        }
    }

    fn hire(&mut self, id: String, organisation: &str, role: &'static str, demo_account: bool) {
        let sex = if self.dice.chance(500) {
            Sex::F
        } else {
            Sex::M
        };
        let name = DUTCH.name(&mut self.dice, sex);
        self.people.push(Staff {
            made_up: true,
            id,
            name: format!("{} {}", name.given, name.family),
            organisation: organisation.to_owned(),
            role: role.into(),
            demo_account,
        });
    }
}

/// The account of an organisation's own worker: its identifier with another beginning.
pub(crate) fn worker_of(organisation: &str) -> String {
    format!(
        "p-{}",
        organisation.strip_prefix("org-").unwrap_or(organisation)
    )
}
