//! Who a person really is, made from the number of the first report about them alone.

use jiff::ToSpan;
use jiff::civil::Date;

use super::identifiers;
use super::names::{NICKNAMES, Name, culture};
use crate::calibration::course::OWN_PHONE;
use crate::calibration::who::{
    AGE_BANDS, FIRST_PARTIES, Group, KMAR_AT_SCHIPHOL, MINORS_DUTCH, OTHER_FORMS, Party,
    SECOND_FORM, SECTORS_CRIMINAL, SECTORS_LABOUR, SECTORS_SEXUAL, UNITS, UNITS_DOMESTIC, ages_of,
    groups_of, origins_of, sexes_of,
};
use crate::country::networks::{Network, membership, network};
use crate::dice::{Aspect, Dice};
use crate::places::{MUNICIPALITIES, municipality, of_unit};
use crate::story::Sex;

/// A person of the made-up country, as nobody in it knows them completely.
#[derive(Debug, Clone)]
pub(crate) struct Truth {
    pub root: u64,
    pub first_party: Party,
    pub group: Group,
    pub form: &'static str,
    pub second_form: Option<&'static str>,
    pub sector: Option<&'static str>,
    pub sex: Sex,
    /// `None` when nobody knows how old the person is.
    pub birth: Option<Date>,
    /// ISO 3166-1 alpha-2; `ZZ` when nobody knows.
    pub origin: &'static str,
    pub name: Name,
    pub nickname: Option<&'static str>,
    pub phone: Option<String>,
    /// Position in [`MUNICIPALITIES`].
    pub town: usize,
    pub network: Option<Network>,
}

impl Truth {
    /// The person first reported in report `root`, on `day`.
    pub(crate) fn new(seed: u64, root: u64, day: Date) -> Self {
        let mut dice = Dice::new(seed, Aspect::Person, root);
        let first_party = dice.share(FIRST_PARTIES.rows);
        let group = dice.share(groups_of(first_party).rows);
        let form = form(group, &mut dice);
        let second_form = if dice.chance(SECOND_FORM.value) {
            Some(second(group))
        } else {
            None
        };
        let sector = sector(group, &mut dice);
        let sex = dice.share(sexes_of(group).rows);
        let age = age(group, &mut dice);
        let birth = age.and_then(|years| {
            day.checked_sub(i64::from(years).years().days(dice.between(1, 360)))
                .ok()
        });
        let origin = origin(group, age, &mut dice);
        let network = membership(root, group, &mut dice).map(|number| network(seed, number));
        let town = town(first_party, group, origin, network.as_ref(), &mut dice);
        let mut names = Dice::new(seed, Aspect::Names, root);
        let name = culture(origin).name(&mut names, sex);
        let nickname = names
            .chance(if group == Group::Labour { 40 } else { 280 })
            .then(|| *names.pick(&NICKNAMES));
        let phone = names
            .chance(OWN_PHONE.value)
            .then(|| identifiers::phone_of_person(root));
        Self {
            root,
            first_party,
            group,
            form,
            second_form,
            sector,
            sex,
            birth,
            origin,
            name,
            nickname,
            phone,
            town,
            network,
        }
    }

    /// The identifier in truth files, `P0000123`.
    pub(crate) fn id(&self) -> String {
        id(self.root)
    }

    /// Citizen of the European Union.
    pub(crate) fn european(&self) -> bool {
        ["NL", "PL", "RO", "BG", "HU", "LT"].contains(&self.origin)
    }

    /// Languages, best first.
    pub(crate) fn languages(&self) -> &'static [&'static str] {
        match self.origin {
            "NL" => &["nl"],
            "PL" => &["pl"],
            "RO" => &["ro"],
            "BG" => &["bg"],
            "HU" => &["hu"],
            "LT" => &["lt", "ru"],
            "UA" => &["uk", "ru"],
            "VN" => &["vi"],
            "MA" => &["ar", "fr"],
            "CN" => &["zh"],
            "IN" => &["hi", "en"],
            "PH" => &["tl", "en"],
            "ID" => &["id"],
            "SY" => &["ar"],
            "ER" => &["ti"],
            "CO" | "VE" | "DO" => &["es"],
            "BR" => &["pt"],
            "AL" => &["sq"],
            _ => &["en"],
        }
    }
}

/// The truth identifier of the person first reported in report `root`.
pub(crate) fn id(root: u64) -> String {
    format!("P{root:07}")
}

fn form(group: Group, dice: &mut Dice) -> &'static str {
    match group {
        Group::Sexual => "SU",
        Group::Labour => "AU",
        Group::Criminal => "CU",
        Group::Other => dice.share(OTHER_FORMS.rows),
    }
}

fn second(group: Group) -> &'static str {
    match group {
        Group::Sexual => "CU",
        Group::Labour => "DI",
        Group::Criminal => "SU",
        Group::Other => "AU",
    }
}

fn sector(group: Group, dice: &mut Dice) -> Option<&'static str> {
    match group {
        Group::Sexual => Some(dice.share(SECTORS_SEXUAL.rows)),
        Group::Labour => Some(dice.share(SECTORS_LABOUR.rows)),
        Group::Criminal => Some(dice.share(SECTORS_CRIMINAL.rows)),
        Group::Other => None,
    }
}

fn age(group: Group, dice: &mut Dice) -> Option<u8> {
    let table = ages_of(group).value;
    let (_, bounds) = AGE_BANDS[dice.weighted(table.iter().map(|&weight| u64::from(weight)))];
    bounds.map(|(low, high)| {
        let one = dice.between(i32::from(low), i32::from(high));
        let other = dice.between(i32::from(low), i32::from(high));
        // The oldest band thins out with age; the others are even.
        (if low >= 40 { one.min(other) } else { one }) as u8
    })
}

fn origin(group: Group, age: Option<u8>, dice: &mut Dice) -> &'static str {
    let minor = age.is_some_and(|years| years < 18);
    if minor && dice.chance(MINORS_DUTCH.value) {
        "NL"
    } else {
        dice.share(origins_of(group).rows)
    }
}

fn town(
    party: Party,
    group: Group,
    origin: &str,
    network: Option<&Network>,
    dice: &mut Dice,
) -> usize {
    if party == Party::Kmar && dice.chance(KMAR_AT_SCHIPHOL.value) {
        return position("GM0394");
    }
    if let Some(network) = network {
        return position(&network.municipalities[dice.index(network.municipalities.len())]);
    }
    let units = if group == Group::Sexual && origin == "NL" {
        UNITS_DOMESTIC.value
    } else {
        UNITS.value
    };
    let unit = dice.weighted(units.iter().map(|&weight| u64::from(weight)));
    in_unit(unit, dice)
}

/// A municipality of this unit, larger ones more often.
pub(crate) fn in_unit(unit: usize, dice: &mut Dice) -> usize {
    let here: Vec<usize> = of_unit(unit).collect();
    here[dice.weighted(here.iter().map(|&at| u64::from(MUNICIPALITIES[at].weight)))]
}

/// Position of a municipality in [`MUNICIPALITIES`]; the first one for a code that is not used here.
pub(crate) fn position(code: &str) -> usize {
    municipality(code)
        .and_then(|found| MUNICIPALITIES.iter().position(|place| place == found))
        .unwrap_or(0)
}
