//! Data of the components in `templates/ui.html`. What needs no data is a macro alone.

use jiff::civil::Date;

use crate::texts::dates::days_between;
use crate::texts::{Key, Say};

/// How an alert, badge or flash is meant. Its words say so too: colour is never the only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// To know.
    Info,
    /// It worked.
    Ok,
    /// Look out.
    Warning,
    /// It is wrong or urgent.
    Error,
}

impl Tone {
    /// The last part of the class name.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Info => "info",
            Tone::Ok => "ok",
            Tone::Warning => "warning",
            Tone::Error => "error",
        }
    }

    /// The word before the text, for people who do not see the colour.
    pub fn word(self) -> Key {
        match self {
            Tone::Info => Key::new("tone-info"),
            Tone::Ok => Key::new("tone-ok"),
            Tone::Warning => Key::new("tone-warning"),
            Tone::Error => Key::new("tone-error"),
        }
    }
}

/// An option of a select, radio group or checkbox group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The code that is sent.
    pub value: String,
    /// What people read.
    pub label: String,
    /// A second line, or empty.
    pub hint: String,
}

impl Choice {
    /// An option without a second line.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
        }
    }

    /// The same with a second line.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = hint.into();
        self
    }
}

/// When something must be done, seen from today. Civil dates in Europe/Amsterdam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    due: Date,
    today: Date,
}

impl Deadline {
    /// Due on a day.
    pub fn new(due: Date, today: Date) -> Deadline {
        Deadline { due, today }
    }

    /// The last part of the class name.
    pub fn class(self) -> &'static str {
        match days_between(self.today, self.due) {
            ..0 => "overdue",
            0 => "today",
            1..=3 => "soon",
            _ => "on-time",
        }
    }

    /// `2 dagen te laat`, `vandaag`, `nog 5 dagen`.
    pub fn text(self, t: &Say) -> String {
        match days_between(self.today, self.due) {
            late @ ..0 => t.say_n("deadline-overdue", -late),
            0 => t.say("deadline-today").into_owned(),
            left => t.say_n("deadline-left", left),
        }
    }

    /// The day itself, in words.
    pub fn day(self, t: &Say) -> String {
        t.date(self.due)
    }
}

/// A step above the page in the breadcrumbs.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
}

impl Crumb {
    /// A step with its address.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Crumb {
        Crumb {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// One value of a filter, as a link. Addresses hold codes only, never a name or a number of a person.
#[derive(Clone, Debug)]
pub struct FilterOption {
    /// What people read.
    pub label: String,
    /// The list with this filter.
    pub href: String,
    /// How many rows it leaves.
    pub count: i64,
    /// It is in force.
    pub current: bool,
}

/// A filter with its values.
#[derive(Clone, Debug)]
pub struct Filter {
    /// What it filters on.
    pub label: String,
    /// Its values, "all" first.
    pub options: Vec<FilterOption>,
}

/// A filter with more values than this folds away those that leave nothing.
const FOLDS_ABOVE: usize = 8;

impl Filter {
    /// The first value takes the choice back and the current one says what was chosen: both stay.
    fn split(&self, folded: bool) -> impl Iterator<Item = &FilterOption> {
        let many = self.options.len() > FOLDS_ABOVE;
        let all = self.options.iter().enumerate();
        all.filter(move |(place, option)| {
            folded == (many && *place > 0 && option.count == 0 && !option.current)
        })
        .map(|(_, option)| option)
    }

    /// The values that are shown at once.
    pub fn shown(&self) -> impl Iterator<Item = &FilterOption> {
        self.split(false)
    }

    /// The values behind "show all": they leave nothing.
    pub fn folded(&self) -> Vec<&FilterOption> {
        self.split(true).collect()
    }
}

/// A number in the pagination, or a gap between numbers.
#[derive(Clone, Debug)]
pub struct PageLink {
    /// The page.
    pub number: i64,
    /// Its address.
    pub href: String,
    /// We are there.
    pub current: bool,
    /// Only a gap; the other members mean nothing.
    pub gap: bool,
}

/// Which page of a list, and how to get to the others.
#[derive(Clone, Debug)]
pub struct Pages {
    current: i64,
    last: i64,
    address: String,
}

impl Pages {
    /// Page `current` (from 1) of `last`; `address` is the list's address up to the number, such as `/work/cases?status=open&page=`.
    pub fn new(current: i64, last: i64, address: impl Into<String>) -> Pages {
        Pages {
            current: current.clamp(1, last.max(1)),
            last: last.max(1),
            address: address.into(),
        }
    }

    /// How many pages a list of `rows` has.
    pub fn count(rows: i64, per_page: i64) -> i64 {
        rows.max(0).div_euclid(per_page.max(1))
            + i64::from(rows.max(0).rem_euclid(per_page.max(1)) > 0)
    }

    /// More than one page?
    pub fn many(&self) -> bool {
        self.last > 1
    }

    /// The current page.
    pub fn current(&self) -> i64 {
        self.current
    }

    /// The last page.
    pub fn last(&self) -> i64 {
        self.last
    }

    /// Address of the page before, if any.
    pub fn previous(&self) -> Option<String> {
        (self.current > 1).then(|| self.href(self.current - 1))
    }

    /// Address of the page after, if any.
    pub fn next(&self) -> Option<String> {
        (self.current < self.last).then(|| self.href(self.current + 1))
    }

    /// Address of a page.
    pub fn href(&self, page: i64) -> String {
        format!("{}{page}", self.address)
    }

    /// The pages to show, with gaps.
    pub fn links(&self) -> Vec<PageLink> {
        self.numbers()
            .into_iter()
            .map(|number| {
                let gap = number.is_none();
                let number = number.unwrap_or_default();
                PageLink {
                    number,
                    href: self.href(number),
                    current: number == self.current,
                    gap,
                }
            })
            .collect()
    }

    /// The numbers to show: first, last, and two around the current; `None` stands for a gap.
    fn numbers(&self) -> Vec<Option<i64>> {
        let mut out: Vec<Option<i64>> = Vec::new();
        for page in 1..=self.last {
            let near = (page - self.current).abs() <= 2;
            if near || page == 1 || page == self.last {
                out.push(Some(page));
            } else if out.last().is_some_and(Option::is_some) {
                out.push(None);
            }
            // A long list must not cost a step per page.
            if page > self.current + 2 && page + 1 < self.last {
                out.push(Some(self.last));
                break;
            }
        }
        out
    }
}

/// Something that happened, in a timeline.
#[derive(Clone, Debug)]
pub struct Event {
    /// When, in words.
    pub when: String,
    /// What.
    pub title: String,
    /// Who did it, or empty.
    pub who: String,
    /// More, or empty.
    pub body: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_show_the_neighbourhood() {
        let numbers = |current, last| Pages::new(current, last, "?page=").numbers();
        assert_eq!(numbers(1, 1), [Some(1)]);
        assert_eq!(numbers(1, 9), [Some(1), Some(2), Some(3), None, Some(9)]);
        assert_eq!(
            numbers(5, 2000),
            [
                Some(1),
                None,
                Some(3),
                Some(4),
                Some(5),
                Some(6),
                Some(7),
                None,
                Some(2000)
            ]
        );
        assert_eq!(numbers(9, 9), [Some(1), None, Some(7), Some(8), Some(9)]);
        assert_eq!(Pages::count(0, 50), 0);
        assert_eq!(Pages::count(101, 50), 3);
        assert_eq!(Pages::new(7, 3, "?page=").current(), 3);
    }
}
