//! Reads a page of HTML the way a text browser does: forms, links, tables and the words.
//!
//! It is tolerant and small on purpose. It is no validator; the browser tests see the page as Chromium does.

use anyhow::{Context, Result};

/// A page as it arrived.
#[derive(Debug, Clone)]
pub struct Page {
    html: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Open {
        name: String,
        attributes: Vec<(String, String)>,
    },
    Close(String),
    Text(String),
}

/// A form, with the fields that a browser would send when nothing is filled in.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// The `action`; empty means the page's own address.
    pub action: String,
    /// `get` or `post`, in small letters.
    pub method: String,
    /// The `id`, or nothing.
    pub id: Option<String>,
    /// Names and values: hidden fields, preset texts, chosen options, ticked boxes.
    pub fields: Vec<(String, String)>,
    /// Every name that can be filled in, including unticked boxes and empty texts.
    pub names: Vec<String>,
    /// The names that are hidden: what the page itself carries along.
    pub hidden: Vec<String>,
    /// The values that boxes, radio buttons and lists offer, by name.
    pub offered: Vec<(String, String)>,
    /// The options of lists: name, value and the words that one chooses by.
    pub options: Vec<(String, String, String)>,
    /// The buttons that send the form.
    pub buttons: Vec<Button>,
    /// The names that take a file.
    pub files: Vec<String>,
    /// Whether it is sent as `multipart/form-data`.
    pub multipart: bool,
}

/// A button that sends a form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Button {
    /// What it sends along: the name, which may be empty.
    pub name: String,
    /// And the value.
    pub value: String,
    /// The words on it.
    pub words: String,
    /// Where it sends the form, when that is not where the form goes (`formaction`).
    pub action: Option<String>,
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where it goes.
    pub href: String,
    /// What it says, white space made single.
    pub text: String,
}

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "param",
];

impl Page {
    /// Reads `html`.
    #[must_use]
    pub fn read(html: &str) -> Self {
        Self {
            html: html.to_owned(),
            pieces: pieces(html),
        }
    }

    /// The page as it came over the wire.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The words a reader sees, white space made single; scripts and styles left out.
    #[must_use]
    pub fn text(&self) -> String {
        words(&self.pieces)
    }

    /// The content of `<title>`.
    #[must_use]
    pub fn title(&self) -> String {
        self.inside("title")
            .first()
            .map(|piece| words(piece))
            .unwrap_or_default()
    }

    /// The words of each element of this name, outermost ones, in order: `headings("h1")`.
    #[must_use]
    pub fn words_of(&self, element: &str) -> Vec<String> {
        self.inside(element)
            .iter()
            .map(|piece| words(piece))
            .collect()
    }

    /// The words of the element with this `id`.
    #[must_use]
    pub fn words_of_id(&self, id: &str) -> Option<String> {
        let at = self
            .pieces
            .iter()
            .position(|piece| attribute(piece, "id") == Some(id))?;
        let Piece::Open { name, .. } = &self.pieces[at] else {
            return None;
        };
        Some(words(&self.pieces[at..closing(&self.pieces, at, name)]))
    }

    /// The words of each element of this class, in order.
    #[must_use]
    pub fn words_of_class(&self, class: &str) -> Vec<String> {
        let has = |piece: &Piece| {
            attribute(piece, "class").is_some_and(|all| all.split(' ').any(|one| one == class))
        };
        let mut found = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            if let (Piece::Open { name, .. }, true) = (piece, has(piece)) {
                found.push(words(&self.pieces[at..closing(&self.pieces, at, name)]));
            }
        }
        found
    }

    /// The value of `attribute` on the first element of this name that has it: `first("html", "lang")`.
    #[must_use]
    pub fn first(&self, element: &str, wanted: &str) -> Option<String> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Open { name, .. } if name == element => {
                attribute(piece, wanted).map(str::to_owned)
            }
            _ => None,
        })
    }

    /// Every link with an address.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            if !matches!(piece, Piece::Open { name, .. } if name == "a") {
                continue;
            }
            if let Some(href) = attribute(piece, "href") {
                let text = words(&self.pieces[at..closing(&self.pieces, at, "a")]);
                links.push(Link {
                    href: href.to_owned(),
                    text,
                });
            }
        }
        links
    }

    /// The first link whose words contain `text`.
    ///
    /// # Errors
    /// When there is none; the message lists the links that are there.
    pub fn link(&self, text: &str) -> Result<Link> {
        let links = self.links();
        let found = links.iter().find(|link| link.text.contains(text)).cloned();
        found.with_context(|| format!("no link says {text:?}; the links are {links:?}"))
    }

    /// Rows of all tables: the words of each cell. Heading rows included.
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<String>> {
        self.inside("tr").iter().map(|row| cells(row)).collect()
    }

    /// What the page tells as pairs of a term and what holds for it (`dt` and `dd`), in order. A term may come more than once.
    #[must_use]
    pub fn facts(&self) -> Vec<(String, String)> {
        let mut facts: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let end = match &self.pieces[at] {
                Piece::Open { name, .. } if name == "dt" || name == "dd" => {
                    closing(&self.pieces, at, name)
                }
                _ => at,
            };
            if let Piece::Open { name, .. } = &self.pieces[at] {
                let said = words(&self.pieces[at..end]);
                match (name.as_str(), facts.last_mut()) {
                    ("dt", _) => facts.push((said, String::new())),
                    ("dd", Some((_, value))) => {
                        *value = format!("{value} {said}").trim().to_owned()
                    }
                    _ => {}
                }
            }
            at = end.max(at + 1);
        }
        facts
    }

    /// What holds for the first term with these words.
    ///
    /// # Errors
    /// When the page has no such term; the message lists those that are there.
    pub fn fact(&self, term: &str) -> Result<String> {
        let facts = self.facts();
        let found = facts.iter().find(|(has, _)| has == term);
        found
            .map(|(_, value)| value.clone())
            .with_context(|| format!("the page tells nothing of {term:?}, only {facts:?}"))
    }

    /// Every form of the page.
    #[must_use]
    pub fn forms(&self) -> Vec<Form> {
        self.inside("form")
            .iter()
            .map(|piece| form(piece))
            .collect()
    }

    /// The first form that can take all of these names.
    ///
    /// # Errors
    /// When there is none; the message lists the names of the forms that are there.
    pub fn form_with(&self, names: &[&str]) -> Result<Form> {
        let forms = self.forms();
        let fits = |form: &&Form| {
            names
                .iter()
                .all(|name| form.names.iter().any(|has| has == name))
        };
        let seen: Vec<_> = forms.iter().map(|form| &form.names).collect();
        forms
            .iter()
            .find(fits)
            .cloned()
            .with_context(|| format!("no form takes {names:?}; the forms take {seen:?}"))
    }

    /// The first form that is sent to this path.
    ///
    /// # Errors
    /// When there is none; the message lists where the forms go.
    pub fn form_to(&self, path: &str) -> Result<Form> {
        let forms = self.forms();
        let seen: Vec<_> = forms.iter().map(|form| form.action.as_str()).collect();
        forms
            .iter()
            .find(|form| form.action == path)
            .cloned()
            .with_context(|| format!("no form goes to {path}; they go to {seen:?}"))
    }

    /// The insides of each element of this name, nested ones not again.
    fn inside(&self, element: &str) -> Vec<&[Piece]> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            if matches!(&self.pieces[at], Piece::Open { name, .. } if name == element) {
                let end = closing(&self.pieces, at, element);
                found.push(&self.pieces[at..end]);
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }
}

impl Form {
    /// Sets a field to one value, in place of what stood there.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(has, _)| has != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a value to a field that may have several, such as tick boxes.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Presses the button with these words: its name and value are sent along.
    ///
    /// # Errors
    /// When no button says so.
    pub fn press(mut self, text: &str) -> Result<Self> {
        let button = self
            .buttons
            .iter()
            .find(|button| button.words.contains(text))
            .cloned();
        let button = button
            .with_context(|| format!("no button says {text:?}; there are {:?}", self.buttons))?;
        if !button.name.is_empty() {
            self.fields.push((button.name, button.value));
        }
        if let Some(action) = button.action {
            self.action = action;
        }
        Ok(self)
    }

    /// The value of the option of a list whose words contain `text`.
    ///
    /// # Errors
    /// When the list has no such option; the message lists the words that are there.
    pub fn option(&self, name: &str, text: &str) -> Result<String> {
        let of_list = || self.options.iter().filter(|(has, _, _)| has == name);
        let found = of_list().find(|(_, _, words)| words.contains(text));
        let all: Vec<_> = of_list().map(|(_, _, words)| words.as_str()).collect();
        found
            .map(|(_, value, _)| value.clone())
            .with_context(|| format!("{name} offers nothing like {text:?}, only {all:?}"))
    }

    /// The value that would be sent under `name`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(has, _)| has == name)
            .map(|(_, value)| value.as_str())
    }
}

fn form(pieces: &[Piece]) -> Form {
    let mut form = Form {
        method: "get".to_owned(),
        ..Form::default()
    };
    let mut choosing: Option<(String, bool)> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Open { name, .. } = piece else {
            continue;
        };
        let named = attribute(piece, "name").unwrap_or_default().to_owned();
        let value = attribute(piece, "value").unwrap_or_default().to_owned();
        match name.as_str() {
            "form" => {
                form.action = attribute(piece, "action").unwrap_or_default().to_owned();
                form.method = attribute(piece, "method").unwrap_or("get").to_lowercase();
                form.id = attribute(piece, "id").map(str::to_owned);
                form.multipart = attribute(piece, "enctype") == Some("multipart/form-data");
            }
            "input" => input(&mut form, piece, named, value),
            "textarea" => {
                let text = raw_text(&pieces[at..closing(pieces, at, "textarea")]);
                form.fields.push((named.clone(), text));
                form.names.push(named);
            }
            "select" => {
                choosing = Some((named.clone(), false));
                form.names.push(named);
            }
            "option" => option(
                &mut form,
                piece,
                &mut choosing,
                &words(&pieces[at..closing(pieces, at, "option")]),
            ),
            "button" if attribute(piece, "type").unwrap_or("submit") == "submit" => {
                form.buttons.push(Button {
                    name: named,
                    value,
                    words: words(&pieces[at..closing(pieces, at, "button")]),
                    action: attribute(piece, "formaction").map(str::to_owned),
                });
            }
            _ => {}
        }
    }
    form.fields.retain(|(name, _)| !name.is_empty());
    form
}

fn input(form: &mut Form, piece: &Piece, name: String, value: String) {
    if attribute(piece, "disabled").is_some() {
        return;
    }
    match attribute(piece, "type").unwrap_or("text") {
        "submit" => form.buttons.push(Button {
            name,
            words: value.clone(),
            value,
            action: attribute(piece, "formaction").map(str::to_owned),
        }),
        "file" => {
            form.files.push(name.clone());
            form.names.push(name);
        }
        "button" | "reset" | "image" => {}
        "hidden" => {
            form.fields.push((name.clone(), value));
            form.hidden.push(name.clone());
            form.names.push(name);
        }
        "checkbox" | "radio" => {
            let value = if attribute(piece, "value").is_some() {
                value
            } else {
                "on".to_owned()
            };
            form.offered.push((name.clone(), value.clone()));
            if attribute(piece, "checked").is_some() {
                form.fields.push((name.clone(), value));
            }
            form.names.push(name);
        }
        _ => {
            form.fields.push((name.clone(), value));
            form.names.push(name);
        }
    }
}

/// A list without a chosen option sends its first one, as browsers do.
fn option(form: &mut Form, piece: &Piece, choosing: &mut Option<(String, bool)>, text: &str) {
    let Some((name, decided)) = choosing else {
        return;
    };
    let value = attribute(piece, "value").unwrap_or(text).to_owned();
    form.offered.push((name.clone(), value.clone()));
    form.options
        .push((name.clone(), value.clone(), text.to_owned()));
    let chosen = attribute(piece, "selected").is_some();
    let first = !form.fields.iter().any(|(has, _)| has == name);
    if chosen && !*decided {
        form.fields.retain(|(has, _)| has != name);
        *decided = true;
    }
    if chosen || first {
        form.fields.push((name.clone(), value));
    }
}

fn cells(row: &[Piece]) -> Vec<String> {
    let is_cell =
        |piece: &Piece| matches!(piece, Piece::Open { name, .. } if name == "td" || name == "th");
    let starts: Vec<usize> = (0..row.len()).filter(|at| is_cell(&row[*at])).collect();
    let ends = starts.iter().skip(1).copied().chain([row.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| words(&row[*start..end]))
        .collect()
}

fn attribute<'a>(piece: &'a Piece, wanted: &str) -> Option<&'a str> {
    let Piece::Open { attributes, .. } = piece else {
        return None;
    };
    attributes
        .iter()
        .find(|(name, _)| name == wanted)
        .map(|(_, value)| value.as_str())
}

/// One past the piece that closes the element opened at `at`; the end of the page when nothing does.
fn closing(pieces: &[Piece], at: usize, element: &str) -> usize {
    if VOID.contains(&element) {
        return at + 1;
    }
    let mut depth = 0_usize;
    for (index, piece) in pieces.iter().enumerate().skip(at) {
        match piece {
            Piece::Open { name, .. } if name == element => depth += 1,
            Piece::Close(name) if name == element => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index + 1;
                }
            }
            _ => {}
        }
    }
    pieces.len()
}

fn raw_text(pieces: &[Piece]) -> String {
    let texts: String = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    texts.strip_prefix('\n').map(str::to_owned).unwrap_or(texts)
}

fn words(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Open { name, .. } | Piece::Close(name) if !inline(name) => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn inline(element: &str) -> bool {
    matches!(
        element,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "code"
            | "em"
            | "i"
            | "mark"
            | "small"
            | "span"
            | "strong"
            | "time"
    )
}

fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, tail)| tail);
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = rest.split_once('>').map_or("", |(_, tail)| tail);
        } else if let Some((name, tail)) = rest
            .strip_prefix("</")
            .and_then(|after| after.split_once('>'))
        {
            pieces.push(Piece::Close(name.trim().to_lowercase()));
            rest = tail;
        } else if rest.starts_with('<')
            && rest[1..].starts_with(|letter: char| letter.is_ascii_alphabetic())
        {
            rest = open(&rest[1..], &mut pieces);
        } else {
            // A lone `<` is text; whatever stands first is passed over, so that every round takes something.
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(rest.len(), |at| at + first);
            pieces.push(Piece::Text(decode(&rest[..end])));
            rest = &rest[end..];
        }
    }
    pieces
}

/// Reads one opening tag after its `<`, and the raw content of scripts and styles; gives what follows.
fn open<'a>(text: &'a str, pieces: &mut Vec<Piece>) -> &'a str {
    let end = text
        .find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/')
        .unwrap_or(text.len());
    let name = text[..end].to_lowercase();
    let (attributes, rest) = attributes(&text[end..]);
    pieces.push(Piece::Open {
        name: name.clone(),
        attributes,
    });
    if name != "script" && name != "style" {
        return rest;
    }
    let close = format!("</{name}");
    let Some(at) = rest.to_ascii_lowercase().find(&close) else {
        return "";
    };
    pieces.push(Piece::Close(name));
    rest[at..].split_once('>').map_or("", |(_, tail)| tail)
}

fn attributes(text: &str) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if rest.is_empty() {
            return (found, rest);
        }
        if let Some(tail) = rest.strip_prefix('>') {
            return (found, tail);
        }
        let end = rest
            .find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '>' | '/'))
            .unwrap_or(rest.len())
            .max(1);
        let end = (end..=rest.len())
            .find(|at| rest.is_char_boundary(*at))
            .unwrap_or(rest.len());
        let name = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(tail) = rest.strip_prefix('=') {
            (value, rest) = attribute_value(tail.trim_start());
        }
        found.push((name, value));
    }
}

fn attribute_value(text: &str) -> (String, &str) {
    for quote in ['"', '\''] {
        if let Some(tail) = text.strip_prefix(quote) {
            let (value, rest) = tail.split_once(quote).unwrap_or((tail, ""));
            return (decode(value), rest);
        }
    }
    let end = text
        .find(|letter: char| letter.is_whitespace() || letter == '>')
        .unwrap_or(text.len());
    (decode(&text[..end]), &text[end..])
}

/// Turns the character references that our pages use back into characters.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after
            .split_once(';')
            .and_then(|(name, tail)| Some((reference(name)?, tail)))
        {
            Some((letter, tail)) => {
                out.push(letter);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    const PAGE: &str = r##"<!doctype html><html lang="nl"><head><title>Werk &amp; lijst</title>
        <style>p > a { color: red }</style></head><body>
        <a class=exit href="/weg?a=1&amp;b=2">Verlaat <b>deze</b> pagina</a><br>
        <form id="aanmelden" method="POST" action="/work/sign-in">
          <input type="hidden" name="token" value="a&#39;b"><input name="user"><input type=password name=password>
          <input type=checkbox name=blijf value=ja><input type=radio name=taal value=nl checked><input type=radio name=taal value=en>
          <select name=rol><option value="x">X</option><option value="y" selected>Y</option></select>
          <textarea name="verhaal">
regel 1
regel 2</textarea>
          <button name="doe" value="in">Meld aan</button></form>
        <form method=post action=/bewaar enctype="multipart/form-data"><input type=file name=bijlage><button>Bewaar</button>
          <button formaction="/verstuur">Verstuur</button></form>
        <dl><div><dt>Leeftijd</dt><dd>29</dd></div><div><dt>Talen</dt><dd>Roemeens</dd><dd>Engels</dd></div></dl>
        <table><tr><th>Naam<th>Dagen</tr><tr><td>R-1</td><td>3 &lt; 4</td></tr></table>
        <script>document.write("<form><input name=nep></form>")</script><p id="slot">Eén <em>ding</em></p></body></html>"##;

    #[test]
    fn a_form_sends_what_a_browser_would_send() {
        let form = Page::read(PAGE)
            .form_with(&["user", "password"])
            .expect("the form is there");
        assert_eq!(form.method, "post");
        assert_eq!(form.action, "/work/sign-in");
        assert_eq!(form.value("token"), Some("a'b"));
        assert_eq!(form.value("taal"), Some("nl"));
        assert_eq!(form.value("rol"), Some("y"));
        assert_eq!(form.option("rol", "X").ok().as_deref(), Some("x"));
        assert!(form.option("rol", "Z").is_err());
        assert_eq!(form.value("verhaal"), Some("regel 1\nregel 2"));
        assert_eq!(form.value("blijf"), None);
        assert_eq!(form.hidden, ["token"]);
        let pressed = form
            .with("user", "an")
            .press("Meld")
            .expect("the button is there");
        assert_eq!(pressed.value("doe"), Some("in"));
        assert_eq!(pressed.value("user"), Some("an"));
    }

    #[test]
    fn a_button_may_send_its_form_elsewhere_and_a_file_is_no_text() {
        let form = Page::read(PAGE)
            .form_with(&["bijlage"])
            .expect("the form is there");
        assert!(form.multipart);
        assert_eq!(form.files, ["bijlage"]);
        assert_eq!(form.value("bijlage"), None);
        let kept = form.clone().press("Bewaar").expect("the button is there");
        assert_eq!(kept.action, "/bewaar");
        let sent = form.press("Verstuur").expect("the button is there");
        assert_eq!(sent.action, "/verstuur");
    }

    #[test]
    fn words_links_and_rows_are_read() {
        let page = Page::read(PAGE);
        assert_eq!(page.title(), "Werk & lijst");
        assert_eq!(page.first("html", "lang").as_deref(), Some("nl"));
        let exit = page.link("Verlaat").expect("the link is there");
        assert_eq!(
            (exit.href.as_str(), exit.text.as_str()),
            ("/weg?a=1&b=2", "Verlaat deze pagina")
        );
        assert_eq!(page.rows(), [["Naam", "Dagen"], ["R-1", "3 < 4"]]);
        assert_eq!(page.fact("Talen").ok().as_deref(), Some("Roemeens Engels"));
        assert_eq!(page.facts().len(), 2);
        assert!(page.fact("Naam").is_err());
        assert_eq!(page.words_of_id("slot").as_deref(), Some("Eén ding"));
        assert_eq!(
            page.forms().len(),
            2,
            "what a script would write is not on the page"
        );
        assert_eq!(page.words_of_class("exit"), ["Verlaat deze pagina"]);
        assert!(!page.text().contains("color"));
    }

    #[test]
    fn broken_pages_are_read_as_far_as_they_go() {
        for broken in [
            "<",
            "<a",
            "<a href",
            "<a href=\"",
            "<!--",
            "&#xZZ;",
            "<é>",
            "a<",
            "<script>",
            "</",
            "<p é=1",
        ] {
            let page = Page::read(broken);
            assert_eq!(page.html(), broken);
            let _ = (page.text(), page.forms(), page.links());
        }
    }
}
