//! From lists to an outcome: refuse, choose a model, draw anew, and say what was found.

use crate::average::Average;
use crate::checks;
use crate::exists::Existence;
use crate::limits::{Resampled, acceleration};
use crate::lists::Lists;
use crate::model::{Model, pairs};
use crate::outcome::{
    Check, Estimate, MOST_FAILED, MOST_LISTS_FOR_BIC, MOST_TIMES_SEEN, Method, Outcome, Refusal,
    Resamples, Settings, Warning,
};
use crate::resample::{Draws, shares};
use crate::select::{Chosen, TRIED_AGAIN, Tools};
use crate::table::{Table, as_float};

/// Estimates how many people there are in all, or says why that cannot be known.
#[must_use]
pub fn estimate(lists: &Lists, settings: &Settings) -> Outcome {
    outcome(lists, settings, true)
}

/// As [`estimate`], without the checks that try other methods or leave lists out: the same number and interval, for measurements and
/// for asking "what if".
#[must_use]
pub fn estimate_only(lists: &Lists, settings: &Settings) -> Outcome {
    outcome(lists, settings, false)
}

fn outcome(lists: &Lists, settings: &Settings, compare: bool) -> Outcome {
    match attempt(lists, settings, compare) {
        Ok(estimate) => Outcome::Estimate(Box::new(estimate)),
        Err(refusal) => Outcome::Refused(refusal),
    }
}

fn attempt(lists: &Lists, settings: &Settings, compare: bool) -> Result<Estimate, Refusal> {
    let (table, order) = lists.table();
    plainly(&table)?;
    let mut tools = Tools::default();
    possible(&table, &mut tools)?;
    let answer = match settings.method {
        Method::Best => averaged(&table, &mut tools)?,
        _ => chosen(&table, &mut tools, settings)?,
    };
    let mut warnings = checks::empty_lists(lists);
    warnings.extend(answer.warnings);
    let looked = checks::Looked {
        lists,
        table: &table,
        order: &order,
        chosen: &answer.chosen,
        people: answer.people,
        method: settings.method,
    };
    let (mut checks, more) = looked.at(&mut tools, compare);
    checks.splice(2..2, answer.check.map(|told| told(lists, &order)));
    warnings.extend(more);
    Ok(Estimate {
        observed: lists.observed(),
        estimate: answer.people,
        interval95: answer.intervals.map(|(wide, _)| wide),
        interval80: answer.intervals.map(|(_, narrow)| narrow),
        model: checks::terms(lists, &order, &answer.chosen.model),
        method: settings.method,
        resamples: answer.resamples,
        checks,
        warnings,
    })
}

/// A check that still needs the names of the lists.
pub(crate) type Told = Box<dyn FnOnce(&Lists, &[usize]) -> Check>;

/// A number with its interval, before it is looked at.
struct Answer {
    chosen: Chosen,
    people: f64,
    intervals: Option<([f64; 2], [f64; 2])>,
    resamples: Resamples,
    check: Option<Told>,
    warnings: Vec<Warning>,
}

/// One model, and what drawing anew says of the choice.
fn chosen(table: &Table, tools: &mut Tools, settings: &Settings) -> Result<Answer, Refusal> {
    let (way, chosen, tried) = Way::choose(settings.method, table, tools)?;
    let people = within_reason(table, &chosen).ok_or(Refusal::TooLarge)?;
    let spread = Spread::of(table, tools, &way, people, settings)?;
    Ok(Answer {
        intervals: spread.interval(95, table).zip(spread.interval(80, table)),
        resamples: spread.count,
        warnings: spread.warnings(people),
        check: tried.map(checks::tried),
        chosen,
        people,
    })
}

/// Every model that does well, each by its weight.
fn averaged(table: &Table, tools: &mut Tools) -> Result<Answer, Refusal> {
    let average = Average::of(table, tools).ok_or(Refusal::TooLarge)?;
    let interval = |share: f64| {
        [(1.0 - share) / 2.0, f64::midpoint(1.0, share)].map(|at| average.quantile(at))
    };
    let (wide, narrow) = (interval(0.95), interval(0.8));
    let most = MOST_TIMES_SEEN * as_float(table.seen());
    let first = average.voices.first().ok_or(Refusal::TooLarge)?;
    if wide[1].is_nan() || wide[1] > most {
        return Err(Refusal::NoUpperLimit);
    }
    Ok(Answer {
        people: average.quantile(0.5),
        intervals: Some((wide, narrow)),
        resamples: Resamples { drawn: 0, used: 0 },
        warnings: Vec::new(),
        chosen: first.chosen.clone(),
        check: Some(checks::averaged(table, &average)),
    })
}

/// What can be said without any model.
fn plainly(table: &Table) -> Result<(), Refusal> {
    if table.seen() == 0 {
        return Err(Refusal::Nobody);
    }
    if table.lists() < 3 {
        return Err(Refusal::FewLists(table.lists()));
    }
    if pairs(table.lists())
        .iter()
        .all(|pair| table.on_all(*pair) == 0.0)
    {
        return Err(Refusal::NoOverlap);
    }
    Ok(())
}

/// Whether the model that every choice begins with has an estimate. The published packages ask this of added terms only.
fn possible(table: &Table, tools: &mut Tools) -> Result<(), Refusal> {
    let main = Model::main_effects(table.lists());
    match tools.existing.check(table, &main) {
        Existence::One => Ok(()),
        Existence::None => Err(Refusal::NoMaximum),
        Existence::NotIdentified => Err(Refusal::NotIdentified),
    }
}

/// The people in all by a fitted model, when that is a number to work with.
pub(crate) fn within_reason(table: &Table, chosen: &Chosen) -> Option<f64> {
    let seen = as_float(table.seen());
    let people = seen + chosen.fit.unseen();
    (people.is_finite() && people <= MOST_TIMES_SEEN * seen).then_some(people)
}

/// How a model is chosen on this table and on each that is drawn anew.
#[derive(Debug)]
pub(crate) enum Way {
    Main,
    Stepwise,
    Among(Vec<Model>),
}

impl Way {
    /// Chooses on the table that was seen; with how many models had an estimate, where all were tried.
    fn choose(
        method: Method,
        table: &Table,
        tools: &mut Tools,
    ) -> Result<(Self, Chosen, Option<usize>), Refusal> {
        let way = match method {
            Method::Main => Self::Main,
            Method::Stepwise | Method::Best => Self::Stepwise,
            Method::Bic if table.lists() > MOST_LISTS_FOR_BIC => {
                return Err(Refusal::TooManyForBic(table.lists()));
            }
            Method::Bic => {
                let ranked = tools.ranked(table);
                let tried = ranked.len();
                let mut best = ranked.into_iter().take(TRIED_AGAIN).map(|one| one.chosen);
                let first = best.next().ok_or(Refusal::TooLarge)?;
                let mut models = vec![first.model.clone()];
                models.extend(best.map(|one| one.model));
                return Ok((Self::Among(models), first, Some(tried)));
            }
        };
        let chosen = way.again(table, tools).ok_or(Refusal::TooLarge)?;
        Ok((way, chosen, None))
    }

    /// Chooses in the same way on another table.
    pub(crate) fn again(&self, table: &Table, tools: &mut Tools) -> Option<Chosen> {
        match self {
            Self::Main => tools.main(table),
            Self::Stepwise => tools.stepwise(table),
            Self::Among(models) => tools.best_of(table, models),
        }
    }

    /// The people in all that it comes to.
    pub(crate) fn people(&self, table: &Table, tools: &mut Tools) -> Option<f64> {
        let chosen = self.again(table, tools)?;
        within_reason(table, &chosen)
    }
}

/// What drawing anew showed.
struct Spread {
    count: Resamples,
    resampled: Option<Resampled>,
}

impl Spread {
    fn of(
        table: &Table,
        tools: &mut Tools,
        way: &Way,
        people: f64,
        settings: &Settings,
    ) -> Result<Self, Refusal> {
        let values = resampled(table, tools, way, settings);
        let drawn = settings.resamples;
        let used = u32::try_from(values.len()).unwrap_or(drawn);
        let failed = drawn - used;
        if f64::from(failed) > MOST_FAILED * f64::from(drawn) {
            return Err(Refusal::Unsteady { failed, drawn });
        }
        let skew = if drawn == 0 {
            0.0
        } else {
            acceleration(&left_out(table, tools, way))
        };
        Ok(Self {
            count: Resamples { drawn, used },
            resampled: Resampled::new(values, people, skew),
        })
    }

    fn interval(&self, share: u8, table: &Table) -> Option<[f64; 2]> {
        let interval = self.resampled.as_ref()?.interval(f64::from(share) / 100.0);
        // There are as many people as were seen, whatever a smaller table says.
        let least = as_float(table.seen());
        Some([interval.low.max(least), interval.high.max(least)])
    }

    fn warnings(&self, people: f64) -> Vec<Warning> {
        let Some(resampled) = &self.resampled else {
            return vec![Warning::NoInterval];
        };
        let mut warnings = Vec::new();
        let Resamples { drawn, used } = self.count;
        if used < drawn {
            let failed = drawn - used;
            warnings.push(Warning::Failed { failed, drawn });
        }
        for share in [95, 80] {
            let interval = resampled.interval(f64::from(share) / 100.0);
            if !interval.resolved {
                warnings.push(Warning::NotResolved { share });
            }
            if !(interval.low..=interval.high).contains(&people) {
                warnings.push(Warning::Outside { share });
            }
        }
        warnings
    }
}

/// The estimates of tables drawn anew, each with its own choice of model; those without an estimate are missing.
fn resampled(table: &Table, tools: &mut Tools, way: &Way, settings: &Settings) -> Vec<f64> {
    let cells = shares(table);
    let (mut draws, mut drawn) = (Draws::new(settings.seed), table.clone());
    let mut values = Vec::new();
    for _ in 0..settings.resamples {
        draws.draw(table.seen(), &cells, &mut drawn);
        values.extend(way.people(&drawn, tools));
    }
    values
}

/// The estimate without one person, for each combination, with how many persons are in it.
pub(crate) fn left_out(table: &Table, tools: &mut Tools, way: &Way) -> Vec<(f64, f64)> {
    let mut less = table.clone();
    let mut values = Vec::new();
    for (mask, count) in table.filled() {
        less.refill(|counts| {
            counts.copy_from_slice(table.counts());
            counts[usize::from(mask)] -= 1;
        });
        let people = way.people(&less, tools);
        values.extend(people.map(|people| (people, as_float(count))));
    }
    values
}
