//! S10. The half-yearly letter, with a mistake in it. The programme office composes it, holders tell, and a mistake is mended in the open.
//!
//! Not yet: figures per municipality; the letter as .docx.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use system_tests::{Page, Reply, StoreKind};

use super::checks::{MustNot, fact_is, says};
use super::country::{Country, DESK, PROGRAMME, REGISTRAR, care, police};
use super::somebody::Somebody;

on_both_stores![the_letter_is_true_frozen_and_mended_in_the_open];

const PERSONAL: MustNot = MustNot("personal data");
const ONE_SERIES: MustNot = MustNot("two counts in one series");
const TWO_YEARS: MustNot = MustNot("\"every two years\"");
const SILENT: MustNot = MustNot("a silent change of a frozen letter");
const SMALL: MustNot = MustNot("a cell under ten, or one that can be worked out");
/// The people of the stories that were told to this country. None of them is in a letter.
const PEOPLE: [&str; 11] = [
    "ilinca",
    "blessing",
    "daan",
    "noa",
    "minh",
    "karima",
    "grace",
    "nakibirye",
    "sofia",
    "ewa",
    "brzozińska",
];
/// Those of them whose name is no part of an ordinary word.
const NAMES: [&str; 5] = ["Ilinca", "Blessing", "Karima", "Nakibirye", "Brzozińska"];
const WRONG_WORDS: [&str; 5] = [
    "tweejaarlijks",
    "twee-jaarlijks",
    "eens in de twee jaar",
    "every two years",
    "biennial",
];
const MISTAKE: &str = "Van de 24 acties zijn er 20 bijgewerkt.";
const KAMERSTUK: &str = "Kamerstukken II 2025/26, 28 638, nr. 259";
const CO_SIGNS: &str = "de Staatssecretaris van Justitie en Veiligheid";
/// Running actions about which nobody tells anything this time.
const SILENT_ACTIONS: [&str; 5] = ["1.c", "2.d", "3.d", "4.d", "6.b"];
const NOT_BEGUN: &str = "6.b";
const HOLDERS: [&str; 7] = ["jenv", "vws", "szw", "vng", "emm", "com", "om"];

fn the_letter_is_true_frozen_and_mended_in_the_open(kind: StoreKind) -> Result<()> {
    let country = Country::with_reports(kind, "30")?;
    let office = country.at_work(PROGRAMME)?;
    let letter = the_draft(&office)?;
    holders_tell(&country, &office)?;
    a_status_is_proposed_and_taken_over(&country, &office)?;
    a_round_is_asked_and_names_nobody(&country, &office, &letter)?;
    coverage_forecasts_nothing(&office)?;
    figures_are_safe(&country, &office, &letter)?;
    composed(&office, &letter)?;
    what_may_not_be_said(&office, &letter)?;
    the_letter_says(&office, &letter)?;
    let frozen = freeze(&office, &letter)?;
    mended_in_the_open(&country, &office, &letter, &frozen)?;
    no_wrong_word_anywhere(&office, &letter)?;
    only_the_office(&country, &letter)
}

/// The edition that is being written.
fn the_draft(office: &Somebody) -> Result<String> {
    let drafts = office.listed("/work/letters?state=draft")?;
    drafts
        .into_iter()
        .next()
        .context("no edition is being written")
}

/// Numbers and addresses of the actions that the page lists.
fn actions(page: &Page) -> Vec<(String, String)> {
    let links = page.links().into_iter();
    let of_plan = links.filter(|link| link.href.starts_with("/work/plan/0"));
    of_plan.map(|link| (link.text, link.href)).collect()
}

/// 19 of 24 are told about, each by its own holder; five stay silent.
fn holders_tell(country: &Country, office: &Somebody) -> Result<()> {
    let all = actions(&office.open("/work/plan")?.page());
    ensure!(all.len() == 24, "the register has {} actions", all.len());
    let mut told = BTreeSet::new();
    for holder in HOLDERS {
        let holder = country.account(&format!("p-actie-{holder}"))?;
        for (number, path) in actions(&holder.open("/work/plan")?.page()) {
            if SILENT_ACTIONS.contains(&number.as_str()) {
                continue;
            }
            let page = holder.click(&holder.open(&path)?, "Vertel hoe het staat")?;
            let result = format!("Bij actie {number} is dit half jaar een stap gezet.");
            let done = holder.press(&page, "Verstuur", &[("results", result.as_str())])?;
            says(&done, &[result.as_str()])?;
            told.insert(number);
        }
    }
    ensure!(
        told.len() == 19,
        "{} of 24 actions were told about: {told:?}",
        told.len()
    );
    let overdue = actions(&office.open("/work/plan?overdue=yes")?.page());
    let numbers: BTreeSet<&str> = overdue.iter().map(|(number, _)| number.as_str()).collect();
    ensure!(
        numbers == BTreeSet::from(SILENT_ACTIONS),
        "overdue are {numbers:?}"
    );
    Ok(())
}

/// A holder proposes another status; it holds when the office takes it over. No holder changes another's action.
fn a_status_is_proposed_and_taken_over(country: &Country, office: &Somebody) -> Result<()> {
    let all = actions(&office.open("/work/plan")?.page());
    let find = |wanted: &str| {
        all.iter()
            .find(|(number, _)| number == wanted)
            .map(|(_, path)| path.clone())
    };
    let action = find("3.b").context("there is no action 3.b")?;
    let holder = country.account("p-actie-vws")?;
    let page = holder.click(&holder.open(&action)?, "Vertel hoe het staat")?;
    let no_reason = [
        ("status", "vertraagd"),
        ("results", "De proef begint later."),
        ("why", ""),
    ];
    let refused = holder.try_press(&page, "Verstuur", &no_reason)?;
    ensure!(
        refused.status == 422,
        "a delay needs no reason ({})",
        refused.status
    );
    let proposal = [
        ("status", "vertraagd"),
        ("results", "De proef begint later."),
        ("why", "Er is nog geen geld."),
    ];
    holder.press(&page, "Verstuur", &proposal)?;
    let taken = office.press(&office.open(&action)?, "Neem over", &[])?;
    says(
        &taken,
        &[
            "Het voorstel is overgenomen.",
            "Vertraagd",
            "Er is nog geen geld.",
        ],
    )?;
    let other = country.account("p-actie-szw")?;
    let reply = other.try_open(&format!("{action}/update"))?;
    ensure!(
        matches!(reply.status, 403 | 404),
        "another holder gets {} there",
        reply.status
    );
    Ok(())
}

/// The office opens a round; a holder's text with a victim's name is warned for before it is saved; the text without it is accepted.
fn a_round_is_asked_and_names_nobody(
    country: &Country,
    office: &Somebody,
    letter: &str,
) -> Result<()> {
    let form = office.click(&office.open("/work/rounds")?, "Nieuwe ronde")?;
    let title = office.open(letter)?.page().words_of("h1").join(" ");
    let is_name = |word: &&str| word.len() == 6 && word.as_bytes().get(4) == Some(&b'-');
    let edition = title.split(' ').find(is_name);
    let edition = edition.with_context(|| format!("{title:?} names no edition"))?;
    let soon = [("edition", edition), ("cutoff", "2020-01-31")];
    office.press_in_vain(&form, "Open de ronde", &soon, "ten minste een dag vooruit")?;
    let fields = [("edition", edition), ("cutoff", "2099-01-31")];
    let round = office.press(&form, "Open de ronde", &fields)?;
    let asked = |page: &Page| -> Vec<(String, String)> {
        let links = page.links().into_iter();
        links
            .filter(|link| link.href.starts_with("/work/updates/"))
            .map(|link| (link.text, link.href))
            .collect()
    };
    let all = asked(&round.page());
    ensure!(
        all.len() == 21,
        "the round asks about {} actions, three of 24 are done",
        all.len()
    );
    let update = all.iter().find(|(number, _)| number == "3.c");
    let update = update.context("3.c is not asked about")?.1.clone();
    let holder = country.account("p-actie-vws")?;
    let page = holder.open(&update)?;
    says(&page, &["Dit leest de Tweede Kamer"])?;
    let named = [("results", "Slachtoffer Karima kreeg een plek.")];
    let warned = holder.try_press(&page, "Verstuur", &named)?;
    PERSONAL.unless(warned.status == 422, || {
        format!("a victim's name is taken ({})", warned.status)
    })?;
    says(
        &warned,
        &[
            "Hier staat misschien een naam",
            "Slachtoffer Karima kreeg een plek.",
        ],
    )?;
    let sound = [("results", "Er zijn twintig plekken bij.")];
    says(&holder.press(&page, "Verstuur", &sound)?, &["Verstuurd."])?;
    let stranger = country.account("p-actie-om")?;
    PERSONAL.open_for(&stranger, &update, &["Karima"])?;
    let taken = office.press(&office.open(&update)?, "Neem over", &[])?;
    says(
        &taken,
        &[
            "Overgenomen in het register.",
            "Er zijn twintig plekken bij.",
        ],
    )?;
    Ok(())
}

/// Where nothing aims, in words; and a choice that says what would no longer be aimed at, and that this is no forecast.
fn coverage_forecasts_nothing(office: &Somebody) -> Result<()> {
    let map = office.open("/work/coverage")?;
    says(
        &map,
        &[
            "Waar niets op gericht is",
            "bewijst niet dat de actie dat deed",
        ],
    )?;
    let choice = office.open("/work/coverage/choice")?;
    says(&choice, &["Dit is geen voorspelling"])?;
    Ok(())
}

/// Every figure carries what is counted, its definition, source and date; small cells and what would betray them are hidden.
fn figures_are_safe(country: &Country, office: &Somebody, letter: &str) -> Result<()> {
    let registrar = country.at_work(REGISTRAR)?;
    let page = registrar.open("/work/registrations/figures")?;
    // The year before, as proposed, and the year of the letter: wherever in the year this runs, one of them has most of the reports.
    registrar.press(&page, "Maak en verstuur de cijfers", &[])?;
    let title = office.open(letter)?.page().words_of("h1").join(" ");
    let year = title
        .split(['-', ' '])
        .find(|word| word.len() == 4 && word.parse::<u16>().is_ok());
    let year = year.with_context(|| format!("the edition {title:?} names no year"))?;
    registrar.press(&page, "Maak en verstuur de cijfers", &[("year", year)])?;
    let figures = office.listed("/work/figures?state=usable")?;
    ensure!(!figures.is_empty(), "the office has no figure");
    let mut registered = 0;
    for figure in figures {
        let page = office.open(&figure)?;
        let counted = page
            .page()
            .fact("Wat is geteld")
            .with_context(|| format!("on {}", page.path))?;
        if counted.contains("Aanmeldingen") {
            registered += 1;
            fact_is(&page, "Definitie", "Een aanmelding is geen persoon")?;
            fact_is(&page, "Bron", "CoMensha")?;
        }
        for told in ["Definitie", "Bron"] {
            fact_is(&page, told, "")?;
        }
        fact_is(&page, "Peildatum", "20")?;
        // A number of days is about nobody.
        if !counted.contains("Dagen") {
            safe_table(&page)?;
        }
    }
    ensure!(registered > 0, "no figure of the registrations arrived");
    Ok(())
}

/// No number from one to nine; and hidden cells are never alone beside a total, for then one subtraction tells them.
fn safe_table(page: &Reply) -> Result<()> {
    let rows = page.page().rows();
    let (head, body) = rows.split_first().context("a figure without a table")?;
    for column in 1..head.len() {
        let mut hidden = 0;
        let mut total = false;
        for row in body {
            let cell = row.get(column).map_or("", String::as_str);
            let number = cell.replace('.', "").parse::<u64>().ok();
            let small = number.is_some_and(|number| (1..10).contains(&number));
            SMALL.unless(!small, || format!("{} shows {cell} at {row:?}", page.path))?;
            // What was counted earlier says nothing of this count.
            let kept = cell.contains("eerder geteld");
            hidden += usize::from(kept || cell == "afgeschermd");
            total |= number.is_some() && row.first().is_some_and(|name| name == "Totaal");
        }
        let alone = total && hidden == 1;
        SMALL.unless(!alone, || {
            format!("{}: one hidden cell beside a total", page.path)
        })?;
    }
    Ok(())
}

/// The office fills in head, opening (with the mistake) and figures. Who signs along is data, not code.
fn composed(office: &Somebody, letter: &str) -> Result<()> {
    let head = office.click(&office.open(letter)?, "Wijzig kop en ondertekening")?;
    let values = [
        ("co_signatories", CO_SIGNS),
        ("previous", KAMERSTUK),
        ("previous_resolved", "28638-259"),
        ("previous_date", "2025-12-15"),
    ];
    office.press(&head, "Bewaar", &values)?;
    let texts = office.click(&office.open(letter)?, "Wijzig de teksten")?;
    office.press(&texts, "Bewaar", &[("opening", MISTAKE)])?;
    let page = office.click(&office.open(letter)?, "Kies cijfers")?;
    says(
        &page,
        &["Aanmeldingen en slachtoffers zijn twee tellingen. Zij staan nooit in één reeks."],
    )?;
    let form = page.page().form_with(&["figures"])?;
    let all: Vec<(&str, &str)> = form
        .offered
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let chosen = office.press(&page, "Bewaar", &all)?;
    says(&chosen, &["De brief is compleet"])
}

/// Contact data, numbers of people and the wrong word keep a letter from being frozen, by a reason that does not repeat them.
fn what_may_not_be_said(office: &Somebody, letter: &str) -> Result<()> {
    let faults = [
        (
            PERSONAL,
            "Mail karima@voorbeeld.example.",
            "Hier staat een e-mailadres.",
        ),
        (
            PERSONAL,
            "Bel 06-12345678.",
            "Hier staat een telefoonnummer.",
        ),
        (PERSONAL, "Haar nummer is 111222333.", "burgerservicenummer"),
        (
            TWO_YEARS,
            "Dit is een tweejaarlijkse brief.",
            "Schrijf: twee keer per jaar.",
        ),
    ];
    for (clause, text, why) in faults {
        let texts = office.open(&format!("{letter}/texts"))?;
        let saved = office.press(&texts, "Bewaar", &[("opening", text)])?;
        says(&saved, &["Dit moet nog goed komen", why])?;
        let open = saved
            .page()
            .links()
            .iter()
            .any(|link| link.href.ends_with("/freeze"));
        clause.unless(!open, || format!("a letter with {text:?} can be frozen"))?;
        let direct = office.open(&format!("{letter}/freeze"))?;
        let forms = direct.page().forms();
        let freezes = forms.iter().any(|form| form.action.ends_with("/freeze"));
        clause.unless(!freezes, || {
            format!("{text:?} can be frozen by its address")
        })?;
    }
    let texts = office.open(&format!("{letter}/texts"))?;
    let saved = office.press(&texts, "Bewaar", &[("opening", MISTAKE)])?;
    says(&saved, &["De brief is compleet"])
}

/// The letter as the reader gets it: opening, previous letter, co-signatories, the annex of what runs or is done, who stayed silent, figures.
fn the_letter_says(office: &Somebody, letter: &str) -> Result<()> {
    let preview = office.open(&format!("{letter}/preview"))?;
    let text = preview.page().text();
    for said in [
        MISTAKE,
        KAMERSTUK,
        CO_SIGNS,
        "15 december 2025",
        "twee keer per jaar",
        "Bijlage 1",
    ] {
        ensure!(
            text.contains(said),
            "the letter does not say {said:?}: {text}"
        );
    }
    ensure!(
        preview.page().first("html", "lang").as_deref() == Some("nl"),
        "the letter has no language"
    );
    annex(&preview.page())?;
    let silent = text
        .split("Acties zonder nieuwe informatie")
        .nth(1)
        .context("nobody is said to be silent")?;
    // One has not begun, so it stands not in the annex and its state cannot be out of date there.
    let stand_in_it = SILENT_ACTIONS.into_iter().filter(|n| *n != NOT_BEGUN);
    for number in stand_in_it.clone() {
        ensure!(
            silent.contains(&format!("{number} ")),
            "{number} is not said to be silent"
        );
    }
    ensure!(
        !silent.contains(&format!("{NOT_BEGUN} ")),
        "{NOT_BEGUN} is said to be silent, but does not stand in the annex"
    );
    ensure!(
        silent.matches("laatste bericht").count() == stand_in_it.count(),
        "others are said to be silent: {silent}"
    );
    let markdown = office.open(&format!("{letter}/markdown"))?.text();
    nobody_is_named("the letter", &markdown)?;
    nobody_is_named("the preview", &text)?;
    figures_in(&markdown)
}

/// No word of the text is somebody's name.
fn nobody_is_named(place: &str, text: &str) -> Result<()> {
    let small = text.to_lowercase();
    let words: BTreeSet<&str> = small
        .split(|letter: char| !letter.is_alphabetic())
        .collect();
    let named: Vec<&&str> = PEOPLE
        .iter()
        .filter(|name| words.contains(**name))
        .collect();
    PERSONAL.unless(named.is_empty(), || format!("{place} names {named:?}"))
}

/// Only what runs, is late or is done, each action once.
fn annex(page: &Page) -> Result<()> {
    let rows = page.rows();
    let listed: Vec<&Vec<String>> = rows
        .iter()
        .filter(|row| row.len() == 9 && row[0].contains('.') && row[0] != "Nr.")
        .collect();
    ensure!(
        listed.len() == 23,
        "the annex lists {} actions: {listed:?}",
        listed.len()
    );
    for row in listed {
        let state = row[5].as_str();
        ensure!(
            matches!(state, "loopt" | "vertraagd" | "afgerond"),
            "the annex lists {row:?}"
        );
        ensure!(row[0] != "6.b", "the annex lists 6.b, which has not begun");
    }
    Ok(())
}

/// Each table of figures has one count, with its definition, source and date below it.
fn figures_in(markdown: &str) -> Result<()> {
    let part = markdown
        .split("## Cijfers bij deze brief")
        .nth(1)
        .context("the letter has no figures")?;
    let part = part.split("\n## ").next().unwrap_or_default();
    let mut tables = 0;
    for figure in part.split("\n### ").skip(1) {
        tables += 1;
        for said in [
            "- Wat is geteld: ",
            "- Eenheid: ",
            "- Bron: ",
            "- Peildatum: ",
        ] {
            ensure!(figure.contains(said), "a figure without {said:?}: {figure}");
        }
        for line in figure.lines().filter(|line| line.starts_with('|')) {
            let both = line.contains("aanmelding") && line.contains("slachtoffer");
            ONE_SERIES.unless(!both, || format!("a table has the line {line}"))?;
            let of_victims = line.to_lowercase().contains("slachtoffer");
            ONE_SERIES.unless(!of_victims, || {
                format!("victims stand in a table of reports: {line}")
            })?;
            let cells = line
                .split('|')
                .skip(2)
                .map(|cell| cell.replace(['*', '.', ' '], ""));
            for cell in cells {
                let small = cell
                    .parse::<u64>()
                    .is_ok_and(|number| (1..10).contains(&number));
                SMALL.unless(!small, || format!("the letter has the line {line}"))?;
            }
        }
    }
    ensure!(tables > 0, "the letter has no table of figures");
    Ok(())
}

/// Freezing keeps the file as it is, with its check number.
fn freeze(office: &Somebody, letter: &str) -> Result<Vec<u8>> {
    let ask = office.click(&office.open(letter)?, "Bevries de brief")?;
    says(&ask, &["De brief noemt 5 acties zonder nieuws."])?;
    let frozen = office.press(&ask, "Bevries de brief", &[])?;
    says(&frozen, &["Bevroren", "Controlegetal (SHA-256)"])?;
    let pdf = frozen_file(office, letter)?;
    ensure!(pdf.starts_with(b"%PDF-"), "the frozen file is no PDF");
    let has = |words: &[u8]| pdf.windows(words.len()).any(|window| window == words);
    ensure!(
        has(b"pdfuaid") || has(b"/MarkInfo") || has(b"/StructTreeRoot"),
        "the PDF is not tagged for readers"
    );
    Ok(pdf)
}

fn frozen_file(office: &Somebody, letter: &str) -> Result<Vec<u8>> {
    let page = office.open(letter)?;
    Ok(office.click(&page, "PDF zoals bevroren")?.bytes().to_vec())
}

/// The mistake stays where it is; the correction stands beside it. Neither an edit nor later news changes what was frozen.
fn mended_in_the_open(
    country: &Country,
    office: &Somebody,
    letter: &str,
    frozen: &[u8],
) -> Result<()> {
    let texts = office.open(&format!("{letter}/texts"))?;
    let quietly = [("opening", "Van de 24 acties zijn er 19 bijgewerkt.")];
    office.press_in_vain(&texts, "Bewaar", &quietly, "De brief ligt vast.")?;
    let before = office.open(&format!("{letter}/markdown"))?.text();
    let holder = country.account("p-actie-om")?;
    let late = actions(&holder.open("/work/plan")?.page());
    let late = late.first().context("the prosecution holds no action")?;
    let page = holder.click(&holder.open(&late.1)?, "Vertel hoe het staat")?;
    holder.press(&page, "Verstuur", &[("results", "Te laat verteld.")])?;
    let after = office.open(&format!("{letter}/markdown"))?.text();
    SILENT.unless(before == after, || {
        "later news came into the frozen letter".to_owned()
    })?;
    let form = office.click(&office.open(letter)?, "Verbeter een fout")?;
    let correction = [
        ("place", "De opening"),
        ("wrong", "20 bijgewerkte acties"),
        ("right", "19 bijgewerkte acties van 24"),
        ("reason", "Verkeerd geteld."),
    ];
    for (missing, _) in correction {
        let kept: Vec<(&str, &str)> = correction
            .iter()
            .map(|(name, value)| (*name, if *name == missing { "" } else { *value }))
            .collect();
        office.press_in_vain(&form, "Bewaar", &kept, "Vul dit in")?;
    }
    let mended = office.press(&form, "Bewaar", &correction)?;
    says(
        &mended,
        &[
            "De verbetering staat bij de brief.",
            "19 bijgewerkte acties van 24",
            "Verkeerd geteld.",
        ],
    )?;
    let now = frozen_file(office, letter)?;
    SILENT.unless(now == frozen, || "the frozen file changed".to_owned())?;
    let text = office.open(&format!("{letter}/preview"))?.page().text();
    for said in [MISTAKE, "Verbeteringen", "19 bijgewerkte acties van 24"] {
        SILENT.unless(text.contains(said), || {
            format!("the letter no longer says {said:?}")
        })?;
    }
    nobody_is_named("the mended letter", &text)
}

/// Both languages of every page about the letter, and its texts.
fn no_wrong_word_anywhere(office: &Somebody, letter: &str) -> Result<()> {
    for language in ["nl", "en"] {
        let home = office.open("/work/letters")?;
        let form = home.page().forms().into_iter().find(|form| {
            form.action == "/language" && form.buttons.iter().any(|button| button.value == language)
        });
        if let Some(words) =
            form.and_then(|form| form.buttons.first().map(|button| button.words.clone()))
        {
            office.press(&home, &words, &[])?;
        }
        for path in [
            "/work/plan",
            "/work/letters",
            "/work/letters/new",
            letter,
            &format!("{letter}/preview"),
            &format!("{letter}/correct"),
        ] {
            TWO_YEARS.be_on(&office.open(path)?, &WRONG_WORDS)?;
        }
        TWO_YEARS.be_in(
            "the letter",
            &office.open(&format!("{letter}/markdown"))?.text(),
            &WRONG_WORDS,
        )?;
    }
    Ok(())
}

/// A letter is the office's alone until it is sent; nobody else opens it, and nobody in it is found in the log or an address.
fn only_the_office(country: &Country, letter: &str) -> Result<()> {
    let others = [
        country.account("p-actie-jenv")?,
        country.at_work(DESK)?,
        country.at_work(REGISTRAR)?,
        country.at_work(police("Den Haag"))?,
        country.at_work(care("Haaglanden"))?,
    ];
    for other in &others {
        PERSONAL.open_for(other, letter, &[MISTAKE])?;
        PERSONAL.open_for(other, &format!("{letter}/freeze"), &[MISTAKE])?;
        SILENT.open_for(other, &format!("{letter}/correct"), &[MISTAKE])?;
    }
    let office = country.at_work(PROGRAMME)?;
    for page in [
        "/work/reports",
        "/work/cases",
        "/work/registrations",
        "/work/intakes",
    ] {
        PERSONAL.open_for(&office, page, &NAMES)?;
    }
    PERSONAL.leave_a_trace(country, &NAMES)
}
