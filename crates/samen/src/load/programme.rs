//! The programme office (K7): the register of actions as its holders told it, the figures, and the half-yearly letter with
//! its mistake and the correction of it.

use std::collections::{BTreeMap, VecDeque};

use desk::letter::{self, Correction, Edit, HeadInput, TextsInput};
use desk::plan::{self, Tell};
use desk::{Actor, DeskError, Result};
use domain::action::{ActionPlan, AgeGroup, Details, Line};
use domain::code::{FormCode, OrgKind, RegionCode};
use domain::edition::EditionName;
use domain::ids::{ActionId, EditionId, FigureId, OrgId};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use vault::Store;
use world::{Action, Plan};

use super::moment::clock;
use super::stage::Stage;
use super::tally::{Tally, Went};
use super::telling::{maybe, text, word};

/// The office, its account in the stories.
const OFFICE: &str = "p-programma-1";
const REGISTRAR: &str = "p-registratie-1";
/// Developments in a letter.
const HIGHLIGHTS: usize = 6;
/// Tables of the registration in a letter, and indicators.
const TABLES: usize = 3;
const MEASURES: usize = 6;

/// One thing that the office, a holder or the registrar does.
#[derive(Debug, Clone, Copy)]
enum Step {
    Enter(usize),
    /// A holder tells how an action stands.
    Tell(usize, usize),
    /// A holder tells how far an action is that goes on as it went.
    News(usize),
    Confirm(usize),
    /// Protected tables of what was registered until now.
    Figures,
    Begin(Edition),
    Write(Edition),
    Choose(Edition),
    Freeze,
    Send,
    Correct,
}

/// The letter of the scenario, and the one that is being written now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edition {
    Scenario,
    Next,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Step::Enter(_) => "plan.enter",
            Step::Tell(..) | Step::News(_) => "plan.tell",
            Step::Confirm(_) => "plan.confirm",
            Step::Figures => "figures.make",
            Step::Begin(_) => "letter.begin",
            Step::Write(_) => "letter.write",
            Step::Choose(_) => "letter.choose",
            Step::Freeze => "letter.freeze",
            Step::Send => "letter.send",
            Step::Correct => "letter.correct",
        }
    }
}

/// The programme's own work beside the stories, in order of time.
pub(super) struct Programme {
    plan: Plan,
    steps: VecDeque<(Timestamp, Step)>,
    actions: BTreeMap<usize, ActionId>,
    editions: BTreeMap<Edition, EditionId>,
}

impl Programme {
    pub(super) fn new(plan: Plan, until: Timestamp) -> Programme {
        let mut steps: Vec<(Timestamp, Step)> = Vec::new();
        for (index, action) in plan.actions.iter().enumerate() {
            steps.push((clock(action.start, 9, 0), Step::Enter(index)));
            for (at, change) in action.history.iter().enumerate() {
                steps.push((clock(change.day, 10, 0), Step::Tell(index, at)));
                let next = change.day.saturating_add(1.day());
                steps.push((clock(next, 9, 30), Step::Confirm(index)));
            }
            if goes_on(action) {
                steps.push((clock(action.status_date, 10, 0), Step::News(index)));
            }
        }
        letter_steps(plan.letter.date, until, &mut steps);
        steps.retain(|(at, _)| *at <= until);
        steps.sort_by_key(|(at, _)| *at);
        Programme {
            plan,
            steps: steps.into(),
            actions: BTreeMap::new(),
            editions: BTreeMap::new(),
        }
    }

    /// Does everything that lies before a moment.
    pub(super) async fn work(&mut self, stage: &Stage, before: Timestamp) -> Result<Tally> {
        let mut tally = Tally::default();
        while let Some((at, step)) = self.steps.front().copied() {
            if at >= before {
                break;
            }
            self.steps.pop_front();
            let went = self.take(stage, step, at).await;
            if matches!(went, Ok(Went::Sent)) {
                // Figures must have arrived before a letter can use them.
                desk::deliver::run(&stage.desk, at).await?;
            }
            tally.count("of the programme", step.name(), &went)?;
        }
        Ok(tally)
    }

    async fn take(&mut self, stage: &Stage, step: Step, at: Timestamp) -> Result<Went> {
        match step {
            Step::Enter(index) => self.enter(stage, index, at).await,
            Step::Tell(index, change) => self.tell(stage, index, change, at).await,
            Step::News(index) => self.news(stage, index, at).await,
            Step::Confirm(index) => self.confirm(stage, index, at).await,
            Step::Figures => figures(stage, at).await,
            Step::Begin(edition) => self.begin(stage, edition, at).await,
            Step::Write(edition) => self.write(stage, edition, at).await,
            Step::Choose(edition) => self.choose(stage, edition, at).await,
            Step::Freeze => self.freeze(stage, at).await,
            Step::Send => self.send(stage, at).await,
            Step::Correct => self.correct(stage, at).await,
        }
    }

    async fn enter(&mut self, stage: &Stage, index: usize, at: Timestamp) -> Result<Went> {
        let Some(action) = self.plan.actions.get(index) else {
            return Ok(Went::LeftOut);
        };
        let office = stage.cast.actor(OFFICE, at)?;
        let made = plan::create(&stage.desk, &office, at, action_plan(stage, action, at)?).await?;
        self.actions.insert(index, made);
        Ok(Went::Done)
    }

    /// The holder tells; what the register knows already is not told again.
    async fn tell(
        &mut self,
        stage: &Stage,
        index: usize,
        change: usize,
        at: Timestamp,
    ) -> Result<Went> {
        let (Some(id), Some(action)) = (self.actions.get(&index), self.plan.actions.get(index))
        else {
            return Ok(Went::LeftOut);
        };
        let Some(told) = action.history.get(change) else {
            return Ok(Went::LeftOut);
        };
        let last = change + 1 == action.history.len() && !goes_on(action);
        let why = match told.status.as_ref() {
            "vertraagd" => Some("Er is meer tijd nodig voor overleg met de uitvoerders."),
            "vervallen" => Some("Opgegaan in een andere actie."),
            _ => None,
        };
        let holder = holder(stage, action, &told.by, at)?;
        let seen = stage.version(Store::K7, id).await?;
        let input = Tell {
            status: word("status", &told.status)?,
            results: maybe("results", last.then_some(action.result.as_str()))?,
            why: maybe("why", why)?,
        };
        plan::tell(&stage.desk, &holder, at, *id, seen, input).await?;
        Ok(Went::Done)
    }

    async fn news(&mut self, stage: &Stage, index: usize, at: Timestamp) -> Result<Went> {
        let (Some(id), Some(action)) = (self.actions.get(&index), self.plan.actions.get(index))
        else {
            return Ok(Went::LeftOut);
        };
        let Some(by) = action.history.last().map(|change| change.by.clone()) else {
            return Ok(Went::LeftOut);
        };
        let holder = holder(stage, action, &by, at)?;
        let seen = stage.version(Store::K7, id).await?;
        let input = Tell {
            status: word("status", &action.status)?,
            results: maybe("results", Some(action.result.as_str()))?,
            why: None,
        };
        plan::tell(&stage.desk, &holder, at, *id, seen, input).await?;
        Ok(Went::Done)
    }

    /// The office takes a proposal over; results under the same status counted at once.
    async fn confirm(&mut self, stage: &Stage, index: usize, at: Timestamp) -> Result<Went> {
        let Some(id) = self.actions.get(&index) else {
            return Ok(Went::LeftOut);
        };
        let found = stage
            .desk
            .vault
            .load::<plan::StoredAction>(&id.to_string())
            .await?;
        if found.body.0.proposal().is_none() {
            return Ok(Went::LeftOut);
        }
        let office = stage.cast.actor(OFFICE, at)?;
        plan::confirm(&stage.desk, &office, at, *id, found.version).await?;
        Ok(Went::Done)
    }

    async fn begin(&mut self, stage: &Stage, edition: Edition, at: Timestamp) -> Result<Went> {
        let office = stage.cast.actor(OFFICE, at)?;
        let name: Option<EditionName> = match edition {
            Edition::Scenario => self.plan.letter.edition.parse().ok(),
            Edition::Next => None,
        };
        let made = letter::begin(&stage.desk, &office, at, name).await?;
        self.editions.insert(edition, made);
        Ok(Went::Done)
    }

    async fn edit(
        &self,
        stage: &Stage,
        edition: Edition,
        at: Timestamp,
        edit: Edit,
    ) -> Result<Went> {
        let Some(id) = self.editions.get(&edition) else {
            return Ok(Went::LeftOut);
        };
        let office = stage.cast.actor(OFFICE, at)?;
        let seen = stage.version(Store::K7, id).await?;
        letter::edit(&stage.desk, &office, at, *id, seen, edit).await?;
        Ok(Went::Done)
    }

    /// Head, texts, and the developments that holders told of.
    async fn write(&mut self, stage: &Stage, edition: Edition, at: Timestamp) -> Result<Went> {
        let head = self.head(edition)?;
        self.edit(stage, edition, at, Edit::Head(Box::new(head)))
            .await?;
        let texts = self.texts(edition)?;
        self.edit(stage, edition, at, Edit::Texts(Box::new(texts)))
            .await?;
        let mut lines: Vec<u8> = Vec::new();
        for (index, action) in self.plan.actions.iter().enumerate() {
            let told = !action.result.is_empty() && !lines.contains(&action.line);
            let Some(id) = self.actions.get(&index).filter(|_| told) else {
                continue;
            };
            lines.push(action.line);
            self.edit(stage, edition, at, Edit::Pick { action: *id })
                .await?;
            if lines.len() == HIGHLIGHTS {
                break;
            }
        }
        Ok(Went::Done)
    }

    fn head(&self, edition: Edition) -> Result<HeadInput> {
        let signs = self.plan.signatories.iter().find(|s| s.signs);
        let others = self.plan.signatories.iter().filter(|s| !s.signs);
        let letter = &self.plan.letter;
        let before = self.plan.letters.iter().rev();
        let mut before = before.filter(|document| document.date < letter.date);
        let (written, resolved, date) = match edition {
            Edition::Scenario => {
                let date = before.next().map(|document| document.date);
                (letter.previous.clone(), Some(letter.previous.clone()), date)
            }
            Edition::Next => (letter.edition.clone(), None, Some(letter.date)),
        };
        Ok(HeadInput {
            office: maybe("office", signs.map(|s| s.office.as_str()))?,
            co_signatories: others
                .map(|s| text("office", &s.office))
                .collect::<Result<_>>()?,
            previous: date.map(|_| text("previous", &written)).transpose()?,
            previous_resolved: resolved.filter(|_| date.is_some()),
            previous_date: date,
            dated: (edition == Edition::Scenario).then_some(letter.date),
            ..HeadInput::default()
        })
    }

    /// The scenario's letter goes out with a mistake in it; the next one is a draft.
    fn texts(&self, edition: Edition) -> Result<TextsInput> {
        let opening = match edition {
            Edition::Scenario => {
                "Met deze brief informeer ik uw Kamer over de voortgang van het programma Samen tegen mensenhandel. Van de 24 acties zijn er 20 bijgewerkt."
            }
            Edition::Next => {
                "Met deze brief informeer ik uw Kamer over de voortgang van het programma Samen tegen mensenhandel in het afgelopen half jaar."
            }
        };
        Ok(TextsInput {
            opening: Some(text("opening", opening)?),
            programme: Some(text(
                "programme",
                "Het programma kent zes actielijnen. Alles in deze brief is verzonnen, voor een demonstratie.",
            )?),
            reading_guide: None,
            other_subjects: Vec::new(),
        })
    }

    /// The figures that reached the programme by then.
    async fn choose(&mut self, stage: &Stage, edition: Edition, at: Timestamp) -> Result<Went> {
        let known = stage
            .desk
            .vault
            .load_all::<desk::figures::StoredFigure>(&[])
            .await?;
        let usable = known.iter().map(|f| &f.body);
        let usable = usable.filter(|f| f.held_back.is_none()).map(|f| &f.figure);
        let (measured, tables): (Vec<_>, Vec<_>) = usable.partition(|f| f.measure.is_some());
        let chosen: Vec<FigureId> = tables
            .iter()
            .take(TABLES)
            .chain(measured.iter().take(MEASURES))
            .map(|figure| figure.id)
            .collect();
        if chosen.is_empty() {
            return Ok(Went::LeftOut);
        }
        self.edit(stage, edition, at, Edit::Figures(chosen)).await
    }

    async fn freeze(&mut self, stage: &Stage, at: Timestamp) -> Result<Went> {
        let Some(id) = self.editions.get(&Edition::Scenario) else {
            return Ok(Went::LeftOut);
        };
        let office = stage.cast.actor(OFFICE, at)?;
        let seen = stage.version(Store::K7, id).await?;
        letter::freeze(&stage.desk, &office, at, *id, seen).await?;
        Ok(Went::Done)
    }

    async fn send(&mut self, stage: &Stage, at: Timestamp) -> Result<Went> {
        let Some(id) = self.editions.get(&Edition::Scenario) else {
            return Ok(Went::LeftOut);
        };
        let office = stage.cast.actor(OFFICE, at)?;
        let seen = stage.version(Store::K7, id).await?;
        let day = self.plan.letter.date;
        letter::sent(&stage.desk, &office, at, *id, seen, day, None).await?;
        Ok(Went::Done)
    }

    async fn correct(&mut self, stage: &Stage, at: Timestamp) -> Result<Went> {
        let Some(id) = self.editions.get(&Edition::Scenario) else {
            return Ok(Went::LeftOut);
        };
        let office = stage.cast.actor(OFFICE, at)?;
        let seen = stage.version(Store::K7, id).await?;
        let input = Correction {
            place: text("place", "De opening van de brief")?,
            wrong: text("wrong", "20 bijgewerkte acties")?,
            right: text("right", "19 bijgewerkte acties van 24")?,
            reason: text("reason", "Een actie was dubbel geteld.")?,
        };
        letter::correct(&stage.desk, &office, at, *id, seen, input).await?;
        Ok(Went::Done)
    }
}

/// Still in the state in which it began: what its holder tells later is how far it is.
fn goes_on(action: &Action) -> bool {
    action.history.len() == 1 && action.status_date > action.start && !action.result.is_empty()
}

fn letter_steps(date: Date, until: Timestamp, steps: &mut Vec<(Timestamp, Step)>) {
    let before = |days: i64| date.saturating_sub(days.days());
    steps.extend([
        (clock(before(24), 11, 0), Step::Figures),
        (clock(before(21), 10, 0), Step::Begin(Edition::Scenario)),
        (clock(before(20), 10, 0), Step::Write(Edition::Scenario)),
        (clock(before(14), 10, 0), Step::Choose(Edition::Scenario)),
        (clock(before(1), 15, 0), Step::Freeze),
        (clock(date, 12, 0), Step::Send),
        (clock(date.saturating_add(6.days()), 10, 0), Step::Correct),
    ]);
    // The next letter is being written in these days.
    let today = domain::time::dutch_date(until);
    if today > date.saturating_add(30.days()) {
        let ago = |days: i64| today.saturating_sub(days.days());
        steps.extend([
            (clock(ago(9), 11, 0), Step::Figures),
            (clock(ago(6), 10, 0), Step::Begin(Edition::Next)),
            (clock(ago(5), 10, 0), Step::Write(Edition::Next)),
            (clock(ago(4), 10, 0), Step::Choose(Edition::Next)),
        ]);
    }
}

/// The registrar makes the protected tables of the year; they go to the programme by themselves.
async fn figures(stage: &Stage, at: Timestamp) -> Result<Went> {
    let registrar = stage.cast.actor(REGISTRAR, at)?;
    let year = domain::time::dutch_date(at).year();
    let again = desk::registration::Again::No;
    desk::registration::figures(&stage.desk, &registrar, at, year, again).await?;
    // Every compartment counts the last period that is over, for itself.
    let cycle = plan::cycle(&stage.desk);
    let closed = EditionName::of(domain::time::dutch_date(at), cycle).previous(cycle);
    desk::measures::count(&stage.desk, at, closed).await?;
    Ok(Went::Sent)
}

/// Who answers for an action: its holder's account in the stories.
fn holder(stage: &Stage, action: &Action, account: &str, at: Timestamp) -> Result<Actor> {
    let found = stage.cast.actor(account, at)?;
    let org = organisation(stage, &action.holder)?;
    match found.person()?.org == org {
        true => Ok(found),
        false => stage.cast.worker(org, desk::Role::ActionHolder, at),
    }
}

/// An organisation by its kind: the one whose people hold actions, else the national one.
fn organisation(stage: &Stage, kind: &str) -> Result<OrgId> {
    let code =
        OrgKind::new(kind.to_owned()).map_err(|e| DeskError::field("holder", "unknown", e))?;
    let directory = stage.desk.directory();
    let mut holders = directory.of_kind(&code).map(|(id, _)| id);
    let role = desk::Role::ActionHolder;
    let holds = |id: &OrgId| stage.cast.worker(*id, role, Timestamp::UNIX_EPOCH).is_ok();
    holders
        .find(holds)
        .or_else(|| directory.for_region(&code, None))
        .ok_or(DeskError::NotFound {
            what: "organisation",
        })
}

fn action_plan(stage: &Stage, action: &Action, at: Timestamp) -> Result<ActionPlan> {
    let holder = organisation(stage, &action.holder)?;
    let today = domain::time::dutch_date(at);
    let form = |code: &world::story::Code| FormCode::new(code.to_string()).ok();
    let counts = |form: &FormCode| stage.desk.vocabulary.form(form, today).is_ok();
    let mut involved: Vec<OrgId> = Vec::new();
    for kind in &action.involved {
        if let Ok(org) = organisation(stage, kind)
            && org != holder
            && !involved.contains(&org)
        {
            involved.push(org);
        }
    }
    let words = |field: &'static str, all: &[String]| {
        let all = all.iter().map(|one| text(field, one));
        all.collect::<Result<Vec<_>>>()
    };
    Ok(ActionPlan {
        line: Line::try_from(action.line).map_err(|e| DeskError::field("line", "unknown", e))?,
        number: action.id.clone(),
        title: text("title", &action.title)?,
        description: maybe("description", Some(&action.description))?,
        goals: action.goals.clone(),
        goal: maybe("goal", Some(&action.goal))?,
        holder,
        involved,
        forms: action
            .forms
            .iter()
            .filter_map(form)
            .filter(counts)
            .collect(),
        ages: action
            .ages
            .iter()
            .filter_map(|code| AgeGroup::of_code(code.as_ref()))
            .flatten()
            .copied()
            .collect(),
        intended_result: None,
        start: Some(action.start),
        end: Some(action.end),
        budget_eur: Some(u64::from(action.budget_eur)),
        indicators: words("indicators", &action.indicators)?,
        links: words("links", &action.links)?,
        details: details(action)?,
    })
}

/// What the made-up action carries besides; a line that cannot be read is a fault of the world.
fn details(action: &Action) -> Result<Details> {
    fn each<T: std::str::FromStr<Err = domain::action::LineError>>(
        field: &'static str,
        lines: &[String],
    ) -> Result<Vec<T>> {
        let read = |line: &String| {
            line.parse()
                .map_err(|e| DeskError::field(field, "unknown", e))
        };
        lines.iter().map(read).collect()
    }
    let region = |code: &world::story::Code| RegionCode::new(code.to_string()).ok();
    Ok(Details {
        policy: maybe("policy", Some(&action.policy))?,
        regions: action.regions.iter().filter_map(region).collect(),
        milestones: each("milestones", &action.milestones)?,
        measures: each("measures", &action.measures)?,
        money: each("money", &action.money)?,
        lessons: None,
    })
}
