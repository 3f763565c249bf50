//! Editions of the progress letter: composed, checked, frozen, corrected beside the text.

use desk::letter::{
    self, ActionChange, Correction, Edit, Field, Format, HeadInput, LetterFault, TextsInput, Which,
};
use desk::plan::{self, Tell};
use desk::{Actor, Desk, DeskError, Settings, UseCase};
use domain::SafeText;
use domain::action::{Line, Status};
use domain::edition::{EditionName, EditionState};
use domain::figure::{Counted, Figure, Source};
use domain::ids::{ActionId, EditionId};
use domain::person_guard::Looks;
use jiff::Timestamp;
use jiff::civil::date;
use sha2::{Digest, Sha256};

use crate::plan::{action, figure, holder, office, publish};
use crate::support::{World, start, text};

/// 1 July 2027, when the letter about the first half of the year is composed.
fn first_of_july() -> Timestamp {
    "2027-07-01T09:00:00+02:00".parse().unwrap()
}

/// A day in the period of edition 2027-1.
fn may() -> Timestamp {
    "2027-05-20T09:00:00+02:00".parse().unwrap()
}

struct Letters {
    world: World,
    office: Actor,
    actions: Vec<ActionId>,
}

impl Letters {
    /// S10: 24 actions over six lines; 19 holders told something in May, 5 did not.
    async fn s10() -> Letters {
        let world = World::new().await;
        let office = office(&world);
        let mut actions = Vec::new();
        for n in 0..24_usize {
            let line = Line::ALL[n % 6];
            let number = format!(
                "{}.{}",
                line.number(),
                char::from(b'a' + u8::try_from(n / 6).unwrap())
            );
            let id = plan::create(&world.desk, &office, start(), action(&world, line, &number))
                .await
                .unwrap();
            plan::tell(
                &world.desk,
                &office,
                start(),
                id,
                1,
                told(Status::Loopt, "begonnen"),
            )
            .await
            .unwrap();
            if n < 19 {
                let words = format!("Actie {number} loopt in drie regio's.");
                let mine = holder(&world, world.coordination);
                plan::tell(
                    &world.desk,
                    &mine,
                    may(),
                    id,
                    2,
                    told(Status::Loopt, &words),
                )
                .await
                .unwrap();
            }
            actions.push(id);
        }
        Letters {
            world,
            office,
            actions,
        }
    }

    /// A world with three actions: one runs, one has not begun, one was dropped.
    async fn small() -> Letters {
        let world = World::new().await;
        let office = office(&world);
        let mut actions = Vec::new();
        for (number, status) in [
            ("3.a", Status::Loopt),
            ("3.b", Status::NietGestart),
            ("3.c", Status::Vervallen),
        ] {
            let id = plan::create(
                &world.desk,
                &office,
                may(),
                action(&world, Line::Victimhood, number),
            )
            .await
            .unwrap();
            let tell = Tell {
                why: Some(text("zo besloten wij")),
                ..told(status, "Wat er is bereikt.")
            };
            plan::tell(&world.desk, &office, may(), id, 1, tell)
                .await
                .unwrap();
            actions.push(id);
        }
        Letters {
            world,
            office,
            actions,
        }
    }

    async fn begin(&self) -> EditionId {
        let name: EditionName = "2027-1".parse().unwrap();
        letter::begin(&self.world.desk, &self.office, first_of_july(), Some(name))
            .await
            .unwrap()
    }

    async fn view(&self, id: EditionId) -> letter::EditionView {
        letter::read(&self.world.desk, &self.office, first_of_july(), id)
            .await
            .unwrap()
    }

    async fn edit(&self, id: EditionId, edit: Edit) -> Result<(), DeskError> {
        let seen = self.view(id).await.version;
        letter::edit(
            &self.world.desk,
            &self.office,
            first_of_july(),
            id,
            seen,
            edit,
        )
        .await
    }

    /// A draft with everything that a letter needs.
    async fn complete(&self) -> EditionId {
        let id = self.begin().await;
        self.edit(id, Edit::Head(Box::new(head()))).await.unwrap();
        self.edit(
            id,
            Edit::Texts(Box::new(opening("Mensenhandel is een ernstig misdrijf."))),
        )
        .await
        .unwrap();
        self.edit(
            id,
            Edit::Pick {
                action: self.actions[0],
            },
        )
        .await
        .unwrap();
        id
    }

    async fn freeze(&self, id: EditionId) -> Result<letter::FrozenLetter, DeskError> {
        let seen = self.view(id).await.version;
        letter::freeze(&self.world.desk, &self.office, first_of_july(), id, seen).await
    }

    async fn render(&self, id: EditionId, format: Format, which: Which) -> letter::Rendered {
        letter::render(
            &self.world.desk,
            &self.office,
            first_of_july(),
            id,
            format,
            which,
        )
        .await
        .unwrap()
    }

    async fn words(&self, id: EditionId) -> String {
        let html = self
            .render(id, Format::Article(letter::Lang::Nl), Which::Corrected)
            .await;
        String::from_utf8(html.bytes).unwrap()
    }
}

fn told(status: Status, results: &str) -> Tell {
    Tell {
        status,
        results: Some(text(results)),
        why: None,
    }
}

fn head() -> HeadInput {
    HeadInput {
        office: Some(text("De Minister van Justitie en Veiligheid")),
        name: Some(text("A. Verzonnen")),
        co_signatories: vec![text(
            "de Staatssecretaris van Volksgezondheid, Welzijn en Sport",
        )],
        previous: Some(text("Kamerstukken II 2026/27, 28 638, nr. 258")),
        previous_resolved: Some("28638-259".to_owned()),
        previous_date: Some(date(2026, 12, 15)),
        ..HeadInput::default()
    }
}

fn opening(words: &str) -> TextsInput {
    TextsInput {
        opening: Some(text(words)),
        programme: Some(text("Meer dan vijftig organisaties werken samen.")),
        reading_guide: Some(text(
            "Lees eerst bijlage 1^[Zij staat achteraan [en is lang]]. Daarna ^[de rest.",
        )),
        other_subjects: vec![text(
            "Een onderzoek\nHet onderzoek is in het voorjaar klaar.",
        )],
    }
}

fn rule_key<T: std::fmt::Debug>(result: Result<T, DeskError>) -> String {
    match result {
        Err(DeskError::Rule { key, .. }) => key,
        Err(DeskError::Invalid(fields)) => fields[0].key.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s10_the_half_yearly_letter_is_composed_frozen_and_corrected() {
    let letters = Letters::s10().await;
    let cells: &[(&[&str], u64)] = &[
        (&["Amsterdam"], 61),
        (&["Rotterdam"], 35),
        (&["Totaal"], 120),
    ];
    let hidden: &[&[&str]] = &[&["Westland"], &["Den Haag"]];
    let reports = publish(
        &letters.world,
        figure("Aanmeldingen per gemeente", Counted::Aanmeldingen, cells),
        hidden,
    )
    .await;
    let id = letters.complete().await;
    letters
        .edit(id, Edit::Figures(vec![reports]))
        .await
        .unwrap();

    let view = letters.view(id).await;
    assert_eq!(view.faults, [], "a whole letter has no faults");
    assert_eq!(view.overdue.len(), 5, "five holders told nothing");
    let draft = letters.words(id).await;
    assert!(draft.contains("28 638"), "dossier");
    assert!(
        draft.contains("Zij staat achteraan"),
        "the editor's footnote"
    );
    assert!(!draft.contains("bijlage 1^["), "is one, and no longer text");
    assert!(draft.contains("Daarna"), "what does not end stays: {draft}");
    assert!(
        !draft.contains("In deze brief leest u per actielijn"),
        "an own guide in its place"
    );
    assert!(
        draft.contains("nr. 258"),
        "the previous letter as it was written"
    );
    assert!(draft.contains("259"), "and as it was found");
    assert!(
        draft.contains("mede namens") || draft.contains("Mede namens"),
        "co-signatories from data"
    );
    assert!(draft.contains("twee keer per jaar"), "the promise");
    assert!(draft.contains("Verzonnen register"), "the figure's source");
    assert!(draft.contains("1 oktober 2026"), "its reference date");
    assert!(
        draft.contains("afgeschermd"),
        "hidden cells are shown as hidden"
    );
    // Must not.
    assert!(!draft.to_lowercase().contains("tweejaarlijks"));
    assert!(!draft.contains("eens in de twee jaar"));

    let frozen = letters.freeze(id).await.unwrap();
    assert_eq!(frozen.letter.annex.actions.len(), 24);
    let late: Vec<&str> = frozen
        .letter
        .annex
        .overdue
        .iter()
        .map(|o| o.number.as_str())
        .collect();
    assert_eq!(
        late,
        ["2.d", "3.d", "4.d", "5.d", "6.d"],
        "frozen with the names of what is overdue"
    );

    // Frozen: the register moves on, the letter does not.
    let pdf = letters.render(id, Format::Pdf, Which::AsFrozen).await;
    assert_eq!(pdf.sha256, frozen.pdf_sha256);
    assert_eq!(hex::encode(Sha256::digest(&pdf.bytes)), frozen.pdf_sha256);
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    assert_eq!(pdf.file_name, "voortgangsbrief-2027-1.pdf");
    let before = letters.words(id).await;
    let action = letters.actions[0];
    let finished = Tell {
        status: Status::Afgerond,
        results: Some(text("klaar")),
        why: None,
    };
    plan::tell(
        &letters.world.desk,
        &letters.office,
        first_of_july(),
        action,
        3,
        finished,
    )
    .await
    .unwrap();
    assert_eq!(letters.words(id).await, before);
    assert_eq!(
        rule_key(letters.edit(id, Edit::Figures(Vec::new())).await),
        "letter-is-frozen"
    );
    assert_eq!(rule_key(letters.freeze(id).await), "letter-is-frozen");

    // A mistake becomes a correction beside the text.
    let seen = letters.view(id).await.version;
    let correction = Correction {
        place: text("Actielijn 3, eerste alinea"),
        wrong: text("20 bijgewerkte acties"),
        right: text("19 van 24 acties"),
        reason: text("Een actie was dubbel geteld."),
    };
    let desk = &letters.world.desk;
    letter::correct(
        desk,
        &letters.office,
        first_of_july(),
        id,
        seen,
        correction.clone(),
    )
    .await
    .unwrap();
    let second =
        letter::correct(desk, &letters.office, first_of_july(), id, seen, correction).await;
    assert!(matches!(second, Err(DeskError::Conflict)));
    let after = letters.words(id).await;
    assert!(after.contains("19 van 24 acties") && after.contains("Een actie was dubbel geteld."));
    let same = letters.render(id, Format::Pdf, Which::AsFrozen).await;
    assert_eq!(same.bytes, pdf.bytes, "what was frozen stays byte for byte");
    the_files_are_signed(&letters, id, &frozen).await;
    let markdown = letters.render(id, Format::Markdown, Which::Corrected).await;
    assert!(
        String::from_utf8(markdown.bytes)
            .unwrap()
            .contains("19 van 24 acties")
    );
    assert_eq!(markdown.file_name, "voortgangsbrief-2027-1-verbeterd.md");

    letter::sent(
        desk,
        &letters.office,
        first_of_july(),
        id,
        seen + 1,
        date(2027, 7, 1),
        Some("28638-266".to_owned()),
    )
    .await
    .unwrap();
    let view = letters.view(id).await;
    assert!(matches!(view.edition.state(), EditionState::Sent { .. }));
    assert_eq!(view.frozen.unwrap().pdf_sha256, frozen.pdf_sha256);
}

/// Every file is the one that was signed, on any later day, and nothing else passes for it.
async fn the_files_are_signed(letters: &Letters, id: EditionId, frozen: &letter::FrozenLetter) {
    let desk = &letters.world.desk;
    let next_year: Timestamp = "2028-03-01T09:00:00+01:00".parse().unwrap();
    let manifest = letter::manifest(desk, &letters.office, next_year, id)
        .await
        .unwrap();
    let named: Vec<&str> = manifest.forms.iter().map(|f| f.form.as_str()).collect();
    assert_eq!(named, ["pdf", "docx", "html", "md"]);
    assert_eq!(frozen.forms, manifest.forms);
    let signed = manifest.signature.clone().unwrap();
    assert!(letter::genuine(&manifest.text, &signed));
    assert!(!letter::genuine(
        &manifest.text.replace("2027-1", "2027-2"),
        &signed
    ));
    let formats = [Format::Pdf, Format::Docx, Format::Html, Format::Markdown];
    for (format, form) in formats.into_iter().zip(&manifest.forms) {
        let kept = letter::render(
            desk,
            &letters.office,
            next_year,
            id,
            format,
            Which::AsFrozen,
        )
        .await
        .unwrap();
        assert_eq!(kept.sha256, form.sha256, "{}", form.form);
        assert_eq!(kept.bytes.len() as u64, form.bytes);
        assert!(manifest.text.contains(&kept.sha256));
    }
    // Printed again from the frozen letter, on whichever day: the same bytes as those that were kept.
    let stamp = ::letter::Stamp {
        frozen_at: manifest.frozen_at,
    };
    let again = [
        ::letter::pdf(&frozen.letter, letter::Lang::Nl, stamp).unwrap(),
        ::letter::docx(&frozen.letter, letter::Lang::Nl, stamp).unwrap(),
    ];
    for (bytes, form) in again.iter().zip(&manifest.forms) {
        assert_eq!(
            hex::encode(Sha256::digest(bytes)),
            form.sha256,
            "{}",
            form.form
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_edition_takes_over_who_signs_and_tells_what_changed() {
    let letters = Letters::s10().await;
    let desk = &letters.world.desk;
    let office = &letters.office;
    let first = letters.complete().await;
    letters.freeze(first).await.unwrap();
    let seen = letters.view(first).await.version;
    let sent = date(2027, 7, 1);
    let number = Some("28638-266".to_owned());
    letter::sent(desk, office, first_of_july(), first, seen, sent, number)
        .await
        .unwrap();

    // In the autumn one action ends, one stops, and the rest stays.
    let autumn: Timestamp = "2027-10-01T09:00:00+02:00".parse().unwrap();
    for (n, status) in [(0, Status::Afgerond), (1, Status::Vervallen)] {
        let tell = Tell {
            why: Some(text("zo besloten wij")),
            ..told(status, "Wat er kwam.")
        };
        plan::tell(desk, office, autumn, letters.actions[n], 3, tell)
            .await
            .unwrap();
    }
    let name: EditionName = "2027-2".parse().unwrap();
    let second = letter::begin(desk, office, autumn, Some(name))
        .await
        .unwrap();
    let content = letters.view(second).await.edition.content().clone();
    assert_eq!(content.signatory.unwrap().name.as_str(), "A. Verzonnen");
    assert_eq!(content.co_signatories.len(), 1);
    let previous = content.previous.unwrap();
    assert_eq!(
        previous.as_written.as_str(),
        "Kamerstukken II, 28 638, nr. 266"
    );
    assert_eq!(previous.date, Some(sent));
    assert!(content.opening.is_none(), "words are written anew");

    let all = letter::diff(desk, office, autumn, first, second)
        .await
        .unwrap();
    assert_eq!(all.len(), 24);
    let of = |n: usize| {
        let mut found = all.iter().filter(|d| d.action == letters.actions[n]);
        found.next().unwrap().change.clone()
    };
    let ActionChange::Changed { fields } = of(0) else {
        panic!("{:?}", of(0));
    };
    let status = fields.iter().find(|f| f.field == Field::Status).unwrap();
    assert_eq!(
        (status.was.as_str(), status.is.as_str()),
        ("loopt", "afgerond")
    );
    assert_eq!(of(1), ActionChange::Gone);
    assert_eq!(of(2), ActionChange::Same);
    let back = letter::diff(desk, office, autumn, second, first)
        .await
        .unwrap();
    let added = back
        .iter()
        .filter(|d| d.change == ActionChange::Added)
        .count();
    assert_eq!(added, 1, "seen from behind, what is gone is new");
}

#[tokio::test(flavor = "multi_thread")]
async fn s10_the_annex_holds_only_what_runs_is_delayed_or_finished() {
    let letters = Letters::small().await;
    let id = letters.complete().await;
    let words = letters.words(id).await;
    let annex = words.split("id=\"bijlage-1\"").nth(1).unwrap();
    assert!(annex.contains("3.a"));
    assert!(!annex.contains("3.b"), "not begun");
    assert!(!annex.contains("3.c"), "dropped");
}

#[tokio::test(flavor = "multi_thread")]
async fn s10_a_letter_with_faults_is_not_frozen_and_says_what_is_wrong() {
    let letters = Letters::small().await;
    let id = letters.begin().await;
    assert_eq!(rule_key(letters.freeze(id).await), "letter-no-signatory");
    letters
        .edit(id, Edit::Head(Box::new(head())))
        .await
        .unwrap();
    let places = |view: &letter::EditionView| -> Vec<String> {
        view.faults
            .iter()
            .map(|fault| fault.place().to_owned())
            .collect()
    };
    assert_eq!(places(&letters.view(id).await), ["opening"]);
    assert_eq!(rule_key(letters.freeze(id).await), "letter-faults");

    // The word that means every two years.
    letters
        .edit(
            id,
            Edit::Texts(Box::new(opening("Ik informeer u tweejaarlijks."))),
        )
        .await
        .unwrap();
    assert_eq!(rule_key(letters.freeze(id).await), "letter-faults");

    // Personal data.
    for (words, looks) in [
        ("Mail naar j.bedacht@voorbeeld.nl.", Looks::Email),
        ("Zij is bereikbaar op 06 1234 5678.", Looks::Phone),
        ("Haar nummer is 111222333.", Looks::Bsn),
        ("Zij woont op Kerkstraat 12.", Looks::Address),
    ] {
        letters
            .edit(id, Edit::Texts(Box::new(opening(words))))
            .await
            .unwrap();
        let fault = LetterFault::Personal {
            place: "opening/1".to_owned(),
            looks,
        };
        assert_eq!(letters.view(id).await.faults, [fault]);
        assert_eq!(rule_key(letters.freeze(id).await), "letter-faults");
    }

    // Two counts in one series.
    let mixed = figure(
        "Slachtoffers per jaar",
        Counted::Aanmeldingen,
        &[(&["2025"], 1124), (&["2026"], 1068)],
    );
    let mixed = publish(&letters.world, mixed, &[]).await;
    letters
        .edit(
            id,
            Edit::Texts(Box::new(opening("Mensenhandel is ernstig."))),
        )
        .await
        .unwrap();
    letters.edit(id, Edit::Figures(vec![mixed])).await.unwrap();
    let view = letters.view(id).await;
    assert_eq!(view.faults.len(), 1);
    assert!(
        view.faults[0].place().ends_with("/title"),
        "{:?}",
        view.faults
    );
    assert_eq!(rule_key(letters.freeze(id).await), "letter-faults");

    // A figure that may not be used.
    let small = figure("Onbeschermd", Counted::Aanmeldingen, &[(&["Westland"], 3)]);
    let small = publish(&letters.world, small, &[]).await;
    letters.edit(id, Edit::Figures(vec![small])).await.unwrap();
    assert!(matches!(
        &letters.view(id).await.faults[..],
        [LetterFault::Figure { .. }]
    ));
    letters.edit(id, Edit::Figures(Vec::new())).await.unwrap();
    assert_eq!(letters.view(id).await.faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn developments_are_the_holders_words_in_the_editors_order() {
    let letters = Letters::small().await;
    let id = letters.begin().await;
    letters
        .edit(
            id,
            Edit::Pick {
                action: letters.actions[0],
            },
        )
        .await
        .unwrap();
    letters
        .edit(
            id,
            Edit::Pick {
                action: letters.actions[2],
            },
        )
        .await
        .unwrap();
    letters
        .edit(
            id,
            Edit::Reword {
                at: 1,
                text: text("In onze eigen woorden."),
            },
        )
        .await
        .unwrap();
    letters.edit(id, Edit::Up { at: 1 }).await.unwrap();
    let view = letters.view(id).await;
    let words: Vec<&SafeText> = view
        .edition
        .highlights(Line::Victimhood)
        .map(|h| &h.text)
        .collect();
    assert_eq!(
        words,
        [&text("In onze eigen woorden."), &text("Wat er is bereikt.")]
    );
    assert!(matches!(
        letters.edit(id, Edit::Up { at: 0 }).await,
        Err(DeskError::NotFound { .. })
    ));
    assert!(matches!(
        letters.edit(id, Edit::Drop { at: 9 }).await,
        Err(DeskError::NotFound { .. })
    ));
    letters.edit(id, Edit::Drop { at: 0 }).await.unwrap();
    assert_eq!(letters.view(id).await.edition.content().highlights.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn editions_are_named_by_their_half_year_and_stand_once() {
    let letters = Letters::small().await;
    let desk = &letters.world.desk;
    let id = letter::begin(desk, &letters.office, may(), None)
        .await
        .unwrap();
    let view = letters.view(id).await;
    assert_eq!(view.edition.name.to_string(), "2027-1");
    assert_eq!(view.edition.period.until, date(2027, 6, 30));
    assert_eq!(
        rule_key(letter::begin(desk, &letters.office, may(), None).await),
        "letter-name-taken"
    );
    let third: EditionName = "2027-3".parse().unwrap();
    assert_eq!(
        rule_key(letter::begin(desk, &letters.office, may(), Some(third)).await),
        "letter-no-such-edition"
    );
    assert_eq!(
        letter::by_name(desk, &letters.office, view.edition.name)
            .await
            .unwrap(),
        id
    );
    let mine = holder(&letters.world, letters.world.coordination);
    let refused = letter::read(desk, &mine, may(), id).await;
    assert!(matches!(
        refused,
        Err(DeskError::Forbidden {
            case: UseCase::EditLetter
        })
    ));
    let wrong = HeadInput {
        previous_resolved: Some("nr. 259".to_owned()),
        ..head()
    };
    assert_eq!(
        rule_key(letters.edit(id, Edit::Head(Box::new(wrong))).await),
        "letter-not-a-kamerstuk"
    );
    let undated = HeadInput {
        previous_date: None,
        ..head()
    };
    assert_eq!(
        rule_key(letters.edit(id, Edit::Head(Box::new(undated))).await),
        "required"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn made_up_figures_stand_in_no_real_letter() {
    let letters = Letters::small().await;
    let made_up = figure("Dagen tot een plek", Counted::Dagen, &[(&["2026"], 3)]);
    let real = Source {
        made_up: false,
        ..made_up.source.clone()
    };
    let real = Figure {
        source: real,
        ..figure("Dagen van echte mensen", Counted::Dagen, &[(&["2026"], 4)])
    };
    let id = letters.complete().await;
    let chosen = vec![
        publish(&letters.world, made_up, &[]).await,
        publish(&letters.world, real, &[]).await,
    ];
    letters
        .edit(id, Edit::Figures(chosen.clone()))
        .await
        .unwrap();
    assert_eq!(
        letters.view(id).await.faults,
        [],
        "in a made-up country everything is"
    );
    assert!(
        letters.words(id).await.contains("verzonnen"),
        "and the letter says so"
    );

    let desk = &letters.world.desk;
    let real = Desk::open(
        desk.vault.clone(),
        desk.vocabulary.clone(),
        Settings::default(),
    )
    .await
    .unwrap();
    let view = letter::read(&real, &letters.office, first_of_july(), id)
        .await
        .unwrap();
    let place = format!("figures/{}", chosen[0]);
    assert_eq!(view.faults, [LetterFault::MadeUp { place }]);
}
