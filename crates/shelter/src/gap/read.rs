//! The text of OR-Library: whole numbers with blanks between.

use super::Gap;

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what} is `{value}`, expected {expected}")]
pub struct GapFault {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// Which number, such as `problem 2: capacity of agent 3`.
    pub what: String,
    /// What was read.
    pub value: String,
    /// What it should be.
    pub expected: &'static str,
}

const LARGEST: i64 = 1_000_000_000;

/// Reads a file of generalised assignment problems, or one assignment problem (a number n and n × n costs), which is known by
/// its length.
pub fn read(text: &str) -> Result<Vec<Gap>, GapFault> {
    let mut words = Words::new(text);
    let count = words.all.len();
    let first = words.whole("the number of problems or of jobs", 0, 1_000_000)?;
    let n = usize::try_from(first).unwrap_or(0);
    if n.checked_mul(n).and_then(|cells| cells.checked_add(1)) == Some(count) && n > 0 {
        let value = words.table("cost", n, n, -LARGEST)?;
        return Ok(vec![Gap {
            need: Vec::new(),
            capacity: Vec::new(),
            value,
            square: true,
        }]);
    }
    let mut problems = Vec::new();
    for problem in 1..=n {
        problems.push(words.problem(problem)?);
    }
    match words.all.get(words.at) {
        None => Ok(problems),
        Some(_) => Err(words.fault("what follows the last problem", "nothing more")),
    }
}

struct Words<'a> {
    all: Vec<(usize, usize, &'a str)>,
    at: usize,
    end: (usize, usize),
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        let mut all = Vec::new();
        let mut lines = 1;
        for (n, line) in text.lines().enumerate() {
            lines = n + 1;
            let mut from = 0;
            for word in line.split_ascii_whitespace() {
                let at = line[from..].find(word).unwrap_or(0) + from;
                all.push((n + 1, line[..at].chars().count() + 1, word));
                from = at + word.len();
            }
        }
        Self {
            all,
            at: 0,
            end: (
                lines,
                text.lines().last().map_or(0, |l| l.chars().count()) + 1,
            ),
        }
    }

    fn fault(&self, what: &str, expected: &'static str) -> GapFault {
        let found = self.all.get(self.at).copied();
        let (line, column, value) =
            found.unwrap_or((self.end.0, self.end.1, "the end of the file"));
        GapFault {
            line,
            column,
            what: what.to_owned(),
            value: value.chars().take(40).collect(),
            expected,
        }
    }

    fn whole(&mut self, what: &str, least: i64, most: i64) -> Result<i64, GapFault> {
        let number = (self.all.get(self.at))
            .and_then(|word| word.2.parse::<i64>().ok())
            .filter(|number| (least..=most).contains(number));
        match number {
            Some(number) => {
                self.at += 1;
                Ok(number)
            }
            None => Err(self.fault(
                what,
                match (least, most) {
                    (0, LARGEST) => "a whole number from 0 to 1000000000",
                    (1, _) => "a whole number from 1 to 10000",
                    (0, _) => "a whole number from 0 to 1000000",
                    _ => "a whole number from -1000000000 to 1000000000",
                },
            )),
        }
    }

    fn problem(&mut self, problem: usize) -> Result<Gap, GapFault> {
        let agents = self.whole(
            &format!("problem {problem}: the number of agents"),
            1,
            10_000,
        )?;
        let jobs = self.whole(&format!("problem {problem}: the number of jobs"), 1, 10_000)?;
        let (agents, jobs) = (
            usize::try_from(agents).unwrap_or(0),
            usize::try_from(jobs).unwrap_or(0),
        );
        let value = self.table(&format!("problem {problem}: value"), agents, jobs, -LARGEST)?;
        let need = self.table(&format!("problem {problem}: need"), agents, jobs, 0)?;
        let mut capacity = Vec::new();
        for agent in 1..=agents {
            let what = format!("problem {problem}: capacity of agent {agent}");
            capacity.push(self.whole(&what, 0, LARGEST)?);
        }
        Ok(Gap {
            value,
            need,
            capacity,
            square: false,
        })
    }

    fn table(
        &mut self,
        what: &str,
        rows: usize,
        columns: usize,
        least: i64,
    ) -> Result<Vec<Vec<i64>>, GapFault> {
        let mut table = Vec::new();
        for row in 1..=rows {
            let mut numbers = Vec::new();
            for column in 1..=columns {
                let number = self.whole(what, least, LARGEST).map_err(|mut fault| {
                    fault.what = format!("{what} in row {row}, place {column}");
                    fault
                })?;
                numbers.push(number);
            }
            table.push(numbers);
        }
        Ok(table)
    }
}
