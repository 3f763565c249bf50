//! A report's whole life, made from its number.

mod care;
mod desk;
mod links;
mod opinion;
mod placement;
mod report;
pub(crate) mod timing;

use jiff::civil::Date;

pub(crate) use links::Links;

use crate::World;
use crate::calibration::course::{MOVERS, NOT_TAKEN_UP};
use crate::calibration::who::{Group, PARTIES, Party, groups_of};
use crate::dice::{Aspect, Dice};
use crate::people::staff::worker_of;
use crate::people::truth::{self, Truth};
use crate::places::{MUNICIPALITIES, Municipality, POLICE_UNITS};
use crate::story::{Event, Story};

/// What the parts of a life need to know about the report.
struct Context<'w> {
    world: &'w World,
    index: u64,
    day: Date,
    person: Truth,
    /// A later report about somebody already reported.
    again: bool,
    moved: bool,
    party: Party,
    organisation: String,
    town: &'static Municipality,
    /// Found worth following up.
    taken_up: bool,
}

impl Context<'_> {
    /// Years on the day of this report, as far as anybody knows.
    fn age(&self) -> Option<u8> {
        let birth = self.person.birth?;
        let years = i32::from(self.day.year()) - i32::from(birth.year());
        let had_birthday = (self.day.month(), self.day.day()) >= (birth.month(), birth.day());
        u8::try_from(years - i32::from(!had_birthday)).ok()
    }

    fn minor(&self) -> bool {
        self.age().is_some_and(|years| years < 18)
    }

    /// Has the duty to register, without consent.
    fn duty(&self) -> bool {
        matches!(self.party, Party::Pol | Party::Kmar | Party::Nla)
    }

    /// Identifier of the coordinator's organisation in the region.
    fn care_home(&self) -> String {
        care_home(self.town, self.age())
    }

    /// The investigating service for this report.
    fn investigator(&self) -> String {
        match self.party {
            Party::Kmar => "org-kmar".to_owned(),
            Party::Nla => "org-nla".to_owned(),
            Party::Fw | Party::Zco | Party::Other if self.person.group == Group::Labour => {
                "org-nla".to_owned()
            }
            _ => police(self.town),
        }
    }
}

/// The police unit of a municipality.
pub(crate) fn police(town: &Municipality) -> String {
    format!("org-pol-{}", POLICE_UNITS[town.unit()].code)
}

/// The care coordination home of a municipality for somebody of this age.
pub(crate) fn care_home(town: &Municipality, age: Option<u8>) -> String {
    let region = town.region().code;
    let home = crate::country::organisations::care_home(region);
    // Noord- en Oost-Gelderland has a home of its own for people under 23.
    if region == "VR06" && age.is_some_and(|years| years < 23) {
        format!("{home}-jong")
    } else {
        home
    }
}

/// The identifier of report `index`.
pub(crate) fn report_id(index: u64) -> String {
    format!("R{index:07}")
}

/// The life of generated report `index`.
pub(crate) fn story(world: &World, index: u64) -> Story {
    let context = context(world, index);
    let mut chance = Dice::new(world.settings().seed, Aspect::Life, index);
    let mut story = Story {
        made_up: true,
        index,
        id: report_id(index),
        person: context.person.id(),
        duplicate_of: context.again.then(|| report_id(context.person.root)),
        moved: context.moved,
        network: context
            .person
            .network
            .as_ref()
            .map(|network| network.id.clone()),
        ..Story::default()
    };
    story.report = report::report(&context);
    story.intake = care::intake(&context, &mut chance);
    story.case = care::case(&context, &story, &mut chance);
    story.reflection = care::reflection(&context, &story, &mut chance);
    story.registration = care::registration(&context, &story, &mut chance);
    story.shelter = placement::shelter(&context, &story, &mut chance);
    story.opinion = opinion::opinion(&context, &story, &mut chance);
    story.closing = opinion::closing(&context, &story, &mut chance);
    if let Some(case) = &mut story.case {
        case.phases = care::phases(
            case.day,
            story.shelter.as_ref(),
            story.reflection.as_ref(),
            story.closing.as_ref(),
        );
    }
    story.report.consent = care::consent(&story);
    story.desk = desk::desk(&context, &story, &mut chance);
    story.events = events(&context, &story);
    story
}

fn context(world: &World, index: u64) -> Context<'_> {
    let settings = world.settings();
    let root = world.links().root(index);
    let again = root != index;
    let mut dice = Dice::new(settings.seed, Aspect::Report, index);
    let person = Truth::new(settings.seed, root, settings.day(root));
    let party = if again {
        other_party(&person, &mut dice)
    } else {
        person.first_party
    };
    let moved = again && dice.chance(MOVERS.value);
    let town = &MUNICIPALITIES[town(&person, again, moved, &mut dice)];
    let taken_up = !dice.chance(NOT_TAKEN_UP.value);
    let mut context = Context {
        world,
        index,
        day: settings.day(index),
        person,
        again,
        moved,
        party,
        organisation: String::new(),
        town,
        taken_up,
    };
    context.organisation = organisation(&context, &mut dice);
    context
}

/// Somebody else than the first reporter, as likely as they see this form.
fn other_party(person: &Truth, dice: &mut Dice) -> Party {
    let weight = |party: Party| {
        groups_of(party)
            .rows
            .iter()
            .find(|row| row.0 == person.group)
            .map_or(0, |row| u64::from(row.1))
    };
    let weights = PARTIES.rows.iter().map(|&(party, share)| {
        if party == person.first_party {
            0
        } else {
            u64::from(share) * weight(party)
        }
    });
    PARTIES.rows[dice.weighted(weights)].0
}

fn town(person: &Truth, again: bool, moved: bool, dice: &mut Dice) -> usize {
    let home = &MUNICIPALITIES[person.town];
    if moved {
        // INVARIANT: there are ten units, so another one always exists.
        let unit = (home.unit() + 1 + dice.index(POLICE_UNITS.len() - 1)) % POLICE_UNITS.len();
        return truth::in_unit(unit, dice);
    }
    if again && dice.chance(400) {
        truth::in_unit(home.unit(), dice)
    } else {
        person.town
    }
}

fn organisation(context: &Context<'_>, dice: &mut Dice) -> String {
    match context.party {
        Party::Pol => police(context.town),
        Party::Kmar => "org-kmar".to_owned(),
        Party::Nla => "org-nla".to_owned(),
        Party::Fw => "org-fw".to_owned(),
        Party::Zco => context.care_home(),
        Party::Other if context.minor() && !context.person.european() => "org-nid".to_owned(),
        Party::Other if context.minor() => format!("org-vt-{}", context.town.region().code),
        Party::Other => (*dice.pick(&[
            "org-adv", "org-coa", "org-ngo", "org-ggd", "org-com", "org-fier",
        ]))
        .to_owned(),
    }
}

fn events(context: &Context<'_>, story: &Story) -> Vec<Event> {
    let mut events = Vec::new();
    let mut add = |day: i32, compartment: &'static str, kind: &'static str, text: String| {
        events.push(Event {
            day,
            compartment: compartment.into(),
            kind: kind.into(),
            text,
        });
    };
    if context.again && context.moved {
        add(
            1,
            "K1",
            "link_notice",
            "Eerder gemeld in een andere eenheid; beide dossierhouders zijn ingelicht.".to_owned(),
        );
    }
    if let Some(network) = &context.person.network {
        let towns = network.municipalities.len();
        add(
            2,
            "K5",
            "link_notice",
            format!(
                "Een kenmerk komt ook voor in meldingen uit andere gemeenten (netwerk over {towns} gemeenten)."
            ),
        );
    }
    if let Some(day) = story.intake.as_ref().and_then(|intake| intake.aangifte_day) {
        add(
            day,
            "K5",
            "aangifte",
            format!(
                "Aangifte opgenomen door {}.",
                worker_of(&context.investigator())
            ),
        );
    }
    if context.age() == Some(17) && story.case.is_some() {
        add(
            30,
            "K3",
            "transition_18",
            "Taak gezet voor de overgang op de achttiende verjaardag.".to_owned(),
        );
    }
    if let Some(day) = story
        .closing
        .as_ref()
        .filter(|closing| closing.reason == "mob")
        .map(|closing| closing.day)
    {
        add(
            day,
            "K3",
            "missing",
            "Met onbekende bestemming vertrokken; melding gedaan en vervolgtaak gezet.".to_owned(),
        );
    }
    events.sort_by_key(|event| event.day);
    events
}
