//! Which text belongs to a code of this subject.

use domain::action::{AgeGroup, Line, Status};
use domain::code::FormCode;
use domain::vocabulary::ActionLineCode;

use crate::app::App;
use crate::page::ui::Choice;
use crate::texts::{Key, Say};
use crate::words::language;

/// All statuses, in the order of an action's life.
pub const STATUSES: [(&str, Status); 6] = [
    ("niet_gestart", Status::NietGestart),
    ("loopt", Status::Loopt),
    ("vertraagd", Status::Vertraagd),
    ("afgerond", Status::Afgerond),
    ("vervallen", Status::Vervallen),
    ("structureel_geborgd", Status::StructureelGeborgd),
];

/// All age groups.
pub const AGES: [(&str, AgeGroup); 3] = [
    ("minors", AgeGroup::Minors),
    ("young_adults", AgeGroup::YoungAdults),
    ("adults", AgeGroup::Adults),
];

/// A status, as people read it.
pub fn status(status: Status) -> Key {
    match status {
        Status::NietGestart => Key::new("plan-status-niet-gestart"),
        Status::Loopt => Key::new("plan-status-loopt"),
        Status::Vertraagd => Key::new("plan-status-vertraagd"),
        Status::Afgerond => Key::new("plan-status-afgerond"),
        Status::Vervallen => Key::new("plan-status-vervallen"),
        Status::StructureelGeborgd => Key::new("plan-status-geborgd"),
    }
}

/// The colour of a status; its words say the same.
pub fn tone(status: Status) -> &'static str {
    match status {
        Status::Loopt => "info",
        Status::Vertraagd => "warning",
        Status::Afgerond | Status::StructureelGeborgd => "ok",
        Status::NietGestart | Status::Vervallen => "neutral",
    }
}

/// An age group, as people read it.
pub fn age(age: AgeGroup) -> Key {
    match age {
        AgeGroup::Minors => Key::new("plan-age-minors"),
        AgeGroup::YoungAdults => Key::new("plan-age-young-adults"),
        AgeGroup::Adults => Key::new("plan-age-adults"),
    }
}

/// A line's name in the plan.
pub fn line(app: &App, t: &Say, line: Line) -> String {
    let known = ActionLineCode::new(line.number().to_string())
        .ok()
        .and_then(|code| app.desk.vocabulary.action_lines.newest(&code));
    known.map_or_else(String::new, |l| l.label(language(t.lang())).to_owned())
}

/// The forms that an action aims at, in words; none named: all.
pub fn forms(app: &App, t: &Say, forms: &[FormCode]) -> String {
    if forms.is_empty() {
        return t.say("plan-forms-all").into_owned();
    }
    let names = forms.iter().map(|code| {
        let known = app.desk.vocabulary.forms.newest(code);
        known.map_or_else(
            || code.to_string(),
            |f| f.label(language(t.lang())).to_owned(),
        )
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The main forms that can be chosen on a day.
pub fn form_choices(app: &App, t: &Say, on: jiff::civil::Date) -> Vec<Choice> {
    let main = app.desk.vocabulary.forms.valid_on(on);
    main.filter(|form| form.facts.parent().is_none())
        .map(|form| Choice::new(form.code.as_str(), form.label(language(t.lang()))))
        .collect()
}

/// The text of what the desk refused.
pub fn refusal(key: &str) -> Option<Key> {
    Some(match key {
        "plan-no-number" => Key::new("plan-no-number"),
        "plan-other-line" => Key::new("plan-other-line"),
        "plan-no-such-goal" => Key::new("plan-no-such-goal"),
        "plan-holder-involved" => Key::new("plan-holder-involved"),
        "plan-ends-before-start" => Key::new("plan-ends-before-start"),
        "plan-no-reason" => Key::new("plan-no-reason"),
        "plan-no-such-move" => Key::new("plan-no-such-move"),
        "plan-no-proposal" => Key::new("plan-no-proposal"),
        "plan-no-such-organisation" => Key::new("plan-no-such-organisation"),
        "plan-no-such-form" => Key::new("plan-no-such-form"),
        "plan-number-taken" => Key::new("plan-number-taken"),
        "plan-money-twice" => Key::new("plan-money-twice"),
        "plan-budget-not-the-sum" => Key::new("plan-budget-not-the-sum"),
        "plan-no-such-region" => Key::new("plan-no-such-region"),
        _ => return None,
    })
}
