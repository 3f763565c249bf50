//! What an action carries besides what it is, in the form that keeps it and on its page. Milestones, measures and money are a line each, as
//! in a file.

use domain::action::{ActionPlan, DETAIL_MAX, Details, LESSONS_MAX, Milestone};
use domain::code::RegionCode;
use domain::vocabulary::RegionKind;

use crate::form::{Form, Read, Typed};
use crate::page::ui::Choice;
use crate::texts::{Key, Say};
use crate::words::{self, language};
use crate::work::Work;
use crate::work::form_page::{Ask, How, safe_text};

/// The questions.
pub fn asks(work: &Work, t: &Say) -> Vec<Ask> {
    vec![
        Ask::heading(t.say("plan-more")),
        Ask::new(How::Line, "policy", t.say("plan-policy"))
            .hint(t.say("plan-policy-hint"))
            .optional(),
        Ask::new(How::Checks, "regions", t.say("plan-regions"))
            .of(region_choices(work))
            .hint(t.say("plan-regions-hint"))
            .optional(),
        Ask::new(How::Text, "milestones", t.say("plan-milestones"))
            .hint(t.say("plan-milestones-hint"))
            .optional(),
        Ask::new(How::Text, "measures", t.say("plan-measures"))
            .hint(t.say_args("plan-measures-hint", &[("codes", codes(work).into())]))
            .optional(),
        Ask::new(How::Text, "money", t.say("plan-money"))
            .hint(t.say("plan-money-hint"))
            .optional(),
        Ask::new(How::Text, "lessons", t.say("plan-lessons"))
            .hint(t.say("plan-lessons-hint"))
            .optional(),
    ]
}

/// The codes of the indicators that have a definition today.
fn codes(work: &Work) -> String {
    let list = &work.app.desk.vocabulary.measures;
    let codes: Vec<&str> = list
        .valid_on(work.today())
        .map(|measure| measure.code.as_str())
        .collect();
    codes.join(", ")
}

fn region_choices(work: &Work) -> Vec<Choice> {
    let regions = work
        .app
        .desk
        .vocabulary
        .regions_of(RegionKind::PoliceUnit, work.today());
    regions
        .map(|r| Choice::new(r.code.as_str(), r.label(language(work.lang))))
        .collect()
}

/// Codes that can be chosen: the police units, and what the action had.
pub fn regions(work: &Work, before: Option<&ActionPlan>) -> Vec<String> {
    let mut codes: Vec<String> = region_choices(work).into_iter().map(|c| c.value).collect();
    for code in before.into_iter().flat_map(|plan| &plan.details.regions) {
        if !codes.iter().any(|known| known == code.as_str()) {
            codes.push(code.to_string());
        }
    }
    codes
}

/// Fills the form.
pub fn fill(typed: &mut Typed, details: &Details) {
    let lines = |lines: Vec<String>| lines.join("\n");
    let text =
        |text: &Option<domain::SafeText>| text.as_ref().map_or("", |t| t.as_str()).to_owned();
    typed.add("policy", &text(&details.policy));
    typed.add("lessons", &text(&details.lessons));
    typed.add(
        "milestones",
        &lines(details.milestones.iter().map(ToString::to_string).collect()),
    );
    typed.add(
        "measures",
        &lines(details.measures.iter().map(ToString::to_string).collect()),
    );
    typed.add(
        "money",
        &lines(details.money.iter().map(ToString::to_string).collect()),
    );
    for region in &details.regions {
        typed.add("regions", region.as_str());
    }
}

/// One of something a line.
fn each<T: std::str::FromStr>(form: &mut Form, name: &'static str, wrong: Key) -> Read<Vec<T>> {
    let read = form
        .parsed(name, |text| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines
                .map(|line| line.parse().ok())
                .collect::<Option<Vec<T>>>()
        })
        .max(20_000)
        .else_say(wrong)
        .optional()?;
    Ok(read.unwrap_or_default())
}

/// Reads them.
pub fn read(form: &mut Form, known: &[String]) -> Read<Details> {
    let policy = safe_text(form, "policy", DETAIL_MAX).optional();
    let codes: Vec<(&str, usize)> = known
        .iter()
        .enumerate()
        .map(|(at, code)| (code.as_str(), at))
        .collect();
    let regions = form.many_of("regions", &codes).any();
    let milestones = each(form, "milestones", Key::new("plan-milestones-wrong"));
    let measures = each(form, "measures", Key::new("plan-measures-wrong"));
    let money = each(form, "money", Key::new("plan-money-wrong"));
    let lessons = safe_text(form, "lessons", LESSONS_MAX).optional();
    let region = |at: usize| {
        known
            .get(at)
            .and_then(|code| RegionCode::new(code.as_str()).ok())
    };
    Ok(Details {
        policy: policy?,
        regions: regions?.into_iter().filter_map(region).collect(),
        milestones: milestones?,
        measures: measures?,
        money: money?,
        lessons: lessons?,
    })
}

/// A milestone on the page of an action.
pub struct Stone {
    /// The day.
    pub day: String,
    /// What must be there.
    pub what: String,
    /// Reached, late, or still to come.
    pub state: String,
    /// The colour; the words say the same.
    pub tone: &'static str,
    /// Where it can be seen.
    pub evidence: String,
}

/// The milestones as people read them.
pub fn stones(work: &Work, t: &Say, details: &Details) -> Vec<Stone> {
    let stone = |milestone: &Milestone| {
        let (state, tone) = match milestone.reached {
            Some(day) => (
                t.say_with("plan-milestone-reached", "day", t.date(day)),
                "ok",
            ),
            None if milestone.is_late(work.today()) => {
                (t.say("plan-milestone-late").into_owned(), "error")
            }
            None => (t.say("plan-milestone-ahead").into_owned(), "neutral"),
        };
        Stone {
            day: t.date(milestone.day),
            what: milestone.what.as_str().to_owned(),
            state,
            tone,
            evidence: milestone
                .evidence
                .as_ref()
                .map_or_else(String::new, |e| e.as_str().to_owned()),
        }
    };
    details.milestones.iter().map(stone).collect()
}

/// Money of one year on the page of an action: year, budget or spending, euros, source.
pub fn money(t: &Say, details: &Details) -> Vec<[String; 4]> {
    let line = |money: &domain::action::Money| {
        let kind = match money.kind {
            domain::action::MoneyKind::Budget => t.say("plan-money-budget"),
            domain::action::MoneyKind::Spent => t.say("plan-money-spent"),
        };
        let source = money
            .source
            .as_ref()
            .map_or_else(String::new, |s| s.as_str().to_owned());
        let euros = t.say_n("plan-euros", i64::try_from(money.euros).unwrap_or(i64::MAX));
        [money.year.to_string(), kind.into_owned(), euros, source]
    };
    details.money.iter().map(line).collect()
}

/// The facts that are a line each.
pub fn facts(work: &Work, t: &Say, details: &Details) -> Vec<(Key, String)> {
    let text = |text: &Option<domain::SafeText>| {
        text.as_ref()
            .map_or_else(String::new, |t| t.as_str().to_owned())
    };
    let region = |code: &RegionCode| {
        words::label(
            &work.app.desk.vocabulary.regions,
            code.as_str(),
            work.today(),
            work.lang,
        )
    };
    let regions: Vec<String> = details.regions.iter().map(region).collect();
    let measures: Vec<String> = details
        .measures
        .iter()
        .map(|m| measure(work, t, m))
        .collect();
    vec![
        (Key::new("plan-policy"), text(&details.policy)),
        (Key::new("plan-regions"), regions.join(", ")),
        (Key::new("plan-measures"), measures.join("\n")),
        (Key::new("plan-lessons"), text(&details.lessons)),
    ]
}

/// An indicator by its code, in words.
pub fn indicator(work: &Work, code: &str) -> String {
    let list = &work.app.desk.vocabulary.measures;
    let now = list
        .called(code)
        .map_or(code, |measure| measure.code.as_str());
    words::label(list, now, work.today(), work.lang)
}

fn measure(work: &Work, t: &Say, measure: &domain::action::Measure) -> String {
    let name = indicator(work, &measure.code);
    format!("{name}: {}", t.key(way(measure.way)))
}

/// Which way an indicator is to go, in words.
pub fn way(way: domain::action::Way) -> Key {
    match way {
        domain::action::Way::Up => Key::new("plan-way-up"),
        domain::action::Way::Down => Key::new("plan-way-down"),
        domain::action::Way::Same => Key::new("plan-way-same"),
    }
}
