//! Lists of people and how many people are on which lists together: what is put in.

use std::collections::BTreeSet;

use crate::table::Table;

/// The most lists that can be estimated with; a table of nine has 511 combinations and no data to fill them.
pub const MOST_LISTS: usize = 8;
/// The most people in all.
pub const MOST_PEOPLE: u64 = 1_000_000_000;
/// The longest name of a list, in characters.
pub const LONGEST_NAME: usize = 60;

/// Who is on which lists: names, and counts of people by combination. Checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    names: Vec<String>,
    counts: Vec<u64>,
}

/// What is wrong with lists, in words that say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{fault}", place(*.line, .column.as_deref()))]
pub struct ListsError {
    /// Line in the file, from 1; none for lists that come from memory.
    pub line: Option<u64>,
    /// Column in the file.
    pub column: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

fn place(line: Option<u64>, column: Option<&str>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}: "),
        (Some(line), None) => format!("line {line}: "),
        (None, Some(column)) => format!("column {column}: "),
        (None, None) => String::new(),
    }
}

/// The faults.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No list is named.
    #[error("there is no list; name one column for each list before the column `count`")]
    NoList,
    /// More than [`MOST_LISTS`].
    #[error(
        "there are {0} lists, and at most {MOST_LISTS} can be reckoned with; merge lists or leave some out"
    )]
    TooMany(usize),
    /// A name that is empty, too long, or means something else in a model or a spreadsheet.
    #[error(
        "`{0}` cannot be the name of a list; expected 1 to {LONGEST_NAME} characters without `:` and control characters, that do not begin with = + - or @"
    )]
    Name(String),
    /// Two lists of one name.
    #[error("two lists are named `{0}`; give each a name of its own")]
    Twice(String),
    /// People that nobody saw cannot have been counted.
    #[error(
        "a count of people on no list; whoever is on no list cannot have been counted, so leave it out"
    )]
    OnNoList,
    /// A combination of lists that are not there.
    #[error("the combination {0:#b} names a list that is not there; there are {1} lists")]
    NoSuchList(u16, usize),
    /// The same combination twice.
    #[error("the combination {0} is there a second time; add the two counts together")]
    Repeated(String),
    /// More than [`MOST_PEOPLE`].
    #[error("more than {MOST_PEOPLE} people; expected a count of people")]
    TooManyPeople,
    /// Not text.
    #[error("not UTF-8 text; save the file as CSV in UTF-8")]
    NotText,
    /// Nothing at all.
    #[error(
        "the file is empty; expected a line with the names of the lists and `count`, and a line for each combination"
    )]
    Empty,
    /// The last column is another.
    #[error("the last column is `{0}`; expected `count`, the number of people in the combination")]
    NoCount(String),
    /// Another character between the columns.
    #[error("the columns are separated by `{0}`; separate them by commas")]
    Separator(char),
    /// A line with more or fewer cells than the first.
    #[error("{found} cells; expected {expected}, as in the first line")]
    Ragged {
        /// Cells of this line.
        found: usize,
        /// Cells of the first line.
        expected: usize,
    },
    /// Neither 0 nor 1.
    #[error("found `{0}`, expected 0 (not on this list) or 1 (on this list)")]
    NotOnOff(String),
    /// No whole number from nought.
    #[error(
        "found `{0}`, expected a whole number of people from 0 to {MOST_PEOPLE}, in digits only"
    )]
    NotCount(String),
    /// The reader gave up.
    #[error("not readable as CSV")]
    Unreadable,
}

impl Fault {
    /// A fault without a place.
    pub(crate) fn anywhere(self) -> ListsError {
        ListsError {
            line: None,
            column: None,
            fault: self,
        }
    }
}

impl Lists {
    /// From names, and for each combination a mask (bit `i` for the list named `i`-th) with how many people are on exactly these lists.
    /// What is not named counts nobody. Fewer than three lists are no fault: the estimate refuses them with its reason.
    ///
    /// # Errors
    /// No list or more than [`MOST_LISTS`]; a name that cannot be one, or twice; a combination of no list, of lists that
    /// are not there, or twice; more than [`MOST_PEOPLE`] people.
    pub fn new(
        names: Vec<String>,
        cells: impl IntoIterator<Item = (u16, u64)>,
    ) -> Result<Self, ListsError> {
        check_names(&names)?;
        let mut lists = Self {
            counts: vec![0; 1 << names.len()],
            names,
        };
        let mut known = BTreeSet::new();
        for (mask, count) in cells {
            if mask == 0 {
                return Err(Fault::OnNoList.anywhere());
            }
            let Some(cell) = lists.counts.get_mut(usize::from(mask)) else {
                return Err(Fault::NoSuchList(mask, lists.names.len()).anywhere());
            };
            *cell = count;
            if !known.insert(mask) {
                return Err(Fault::Repeated(lists.named(mask)).anywhere());
            }
        }
        let total = (lists.counts.iter()).try_fold(0u64, |sum, count| sum.checked_add(*count));
        if total.is_none_or(|total| total > MOST_PEOPLE) {
            return Err(Fault::TooManyPeople.anywhere());
        }
        Ok(lists)
    }

    /// The names, in the order of the bits.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Everybody who is on some list.
    #[must_use]
    pub fn observed(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many people are on exactly these lists.
    #[must_use]
    pub fn on_exactly(&self, mask: u16) -> u64 {
        self.counts.get(usize::from(mask)).copied().unwrap_or(0)
    }

    /// How many people are on a list, whatever else they are on.
    #[must_use]
    pub fn on_list(&self, list: usize) -> u64 {
        let cells = self.counts.iter().enumerate();
        cells
            .filter(|(mask, _)| mask >> list & 1 == 1)
            .map(|(_, count)| count)
            .sum()
    }

    /// A combination or a term in words: `A:B`.
    #[must_use]
    pub fn named(&self, mask: u16) -> String {
        let on = self.names.iter().enumerate();
        let names: Vec<&str> = on
            .filter(|(list, _)| mask >> list & 1 == 1)
            .map(|(_, name)| name.as_str())
            .collect();
        names.join(":")
    }

    /// The table of the lists that somebody is on, ordered by name, so that the order of columns changes no figure; with the
    /// place of each in the order of the names.
    pub(crate) fn table(&self) -> (Table, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.names.len())
            .filter(|list| self.on_list(*list) > 0)
            .collect();
        order.sort_by(|a, b| self.names[*a].cmp(&self.names[*b]));
        let mut counts = vec![0; 1 << order.len()];
        for (mask, count) in self.counts.iter().enumerate().skip(1) {
            let bits = order.iter().enumerate();
            let moved: usize = bits.map(|(to, from)| (mask >> from & 1) << to).sum();
            if moved != 0 {
                counts[moved] += count;
            }
        }
        (Table::new(order.len(), counts), order)
    }
}

fn check_names(names: &[String]) -> Result<(), ListsError> {
    if names.is_empty() {
        return Err(Fault::NoList.anywhere());
    }
    if names.len() > MOST_LISTS {
        return Err(Fault::TooMany(names.len()).anywhere());
    }
    let mut known = BTreeSet::new();
    for name in names {
        if !sound(name) {
            let shown = crate::read::shown(name);
            return Err(Fault::Name(shown).anywhere());
        }
        if !known.insert(name) {
            return Err(Fault::Twice(name.clone()).anywhere());
        }
    }
    Ok(())
}

fn sound(name: &str) -> bool {
    let length = (1..=LONGEST_NAME).contains(&name.chars().count());
    let plain = !name.contains(|c: char| c == ':' || c.is_control()) && name.trim() == name;
    length && plain && !name.starts_with(['=', '+', '-', '@'])
}
