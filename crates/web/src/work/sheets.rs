//! A page of facts, tables and small forms: one template for registers and lists that have nothing of their own to draw.

use askama::Template;

use crate::form::Filled;
use crate::page::frame::WorkFrame;
use crate::page::ui::{Crumb, Filter};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;
use crate::work::form_page::Ask;

/// A cell of a table: text, with a link or without.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Where it leads, or empty.
    pub href: String,
}

impl Cell {
    /// Text alone.
    pub fn new(text: impl Into<String>) -> Cell {
        Cell {
            text: text.into(),
            href: String::new(),
        }
    }

    /// Text that leads somewhere.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Cell {
        Cell {
            text: text.into(),
            href: href.into(),
        }
    }
}

/// A part of the page: a heading, lines, facts, a table. What is empty is left out.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Heading.
    pub title: String,
    /// Lines below it.
    pub lead: Vec<String>,
    /// Facts.
    pub facts: Vec<(String, String)>,
    /// What the table is called.
    pub caption: String,
    /// Its columns; none: no table.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// What to say when it has no rows.
    pub empty: String,
}

impl Block {
    /// A part with a heading.
    pub fn new(title: impl Into<String>) -> Block {
        Block {
            title: title.into(),
            ..Block::default()
        }
    }

    /// With a line.
    #[must_use]
    pub fn line(mut self, line: impl Into<String>) -> Block {
        self.lead.push(line.into());
        self
    }

    /// With a fact.
    #[must_use]
    pub fn fact(mut self, label: impl Into<String>, value: impl Into<String>) -> Block {
        self.facts.push((label.into(), value.into()));
        self
    }

    /// With a table.
    #[must_use]
    pub fn table(
        mut self,
        columns: Vec<String>,
        rows: Vec<Vec<Cell>>,
        empty: impl Into<String>,
    ) -> Block {
        self.caption = self.title.clone();
        self.columns = columns;
        self.rows = rows;
        self.empty = empty.into();
        self
    }

    /// The name of a column, for a narrow screen.
    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands in a reference"
    )]
    pub fn column(&self, at: &usize) -> &str {
        self.columns.get(*at).map_or("", String::as_str)
    }
}

/// A small form.
#[derive(Debug, Clone)]
pub struct Small {
    /// `get` or `post`.
    pub method: &'static str,
    /// Where it goes.
    pub action: String,
    /// Hidden fields.
    pub hidden: Vec<(&'static str, String)>,
    /// Its questions.
    pub asks: Vec<Ask>,
    /// What the button is called.
    pub button: String,
    /// How the button looks.
    pub kind: &'static str,
}

/// A way to the same page of something else.
pub struct Tab {
    /// What it is called.
    pub label: String,
    /// Where it goes.
    pub href: String,
    /// It is the one that is shown.
    pub current: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "work/sheets/page.html")]
pub struct SheetPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    title: String,
    lead: Vec<String>,
    filters: Vec<Filter>,
    tabs: Vec<Tab>,
    links: Vec<(String, String)>,
    forms: Vec<Small>,
    blocks: Vec<Block>,
    next: Option<String>,
}

impl SheetPage {
    /// A page with a title; `known` says what was just done.
    pub fn new(
        work: &Work,
        title: impl Into<String>,
        known: &[(&str, Key)],
    ) -> Result<SheetPage, Problem> {
        Ok(SheetPage {
            t: work.say(),
            frame: work.frame_after(known)?,
            crumbs: Vec::new(),
            f: Filled::blank(),
            title: title.into(),
            lead: Vec::new(),
            filters: Vec::new(),
            tabs: Vec::new(),
            links: Vec::new(),
            forms: Vec::new(),
            blocks: Vec::new(),
            next: None,
        })
    }

    /// With steps above it.
    #[must_use]
    pub fn under(mut self, crumbs: Vec<Crumb>) -> SheetPage {
        self.crumbs = crumbs;
        self
    }

    /// With a line below the title.
    #[must_use]
    pub fn lead(mut self, line: impl Into<String>) -> SheetPage {
        self.lead.push(line.into());
        self
    }

    /// With a filter.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> SheetPage {
        self.filters.push(filter);
        self
    }

    /// With the ways to the same page of something else; nothing is counted.
    #[must_use]
    pub fn tabs(mut self, tabs: Vec<Tab>) -> SheetPage {
        self.tabs = tabs;
        self
    }

    /// With a link.
    #[must_use]
    pub fn link(mut self, label: impl Into<String>, href: impl Into<String>) -> SheetPage {
        self.links.push((label.into(), href.into()));
        self
    }

    /// With a form, and what was filled in.
    #[must_use]
    pub fn form(mut self, form: Small, filled: Filled) -> SheetPage {
        self.forms.push(form);
        self.f = filled;
        self
    }

    /// With a part.
    #[must_use]
    pub fn block(mut self, block: Block) -> SheetPage {
        self.blocks.push(block);
        self
    }

    /// With the next page of a list.
    #[must_use]
    pub fn next(mut self, next: Option<String>) -> SheetPage {
        self.next = next;
        self
    }
}
