//! What the pages of the PDF say, read from the set pages themselves.

use super::{Cover, Paper, pdf, words, world};
use crate::compose::compose;
use crate::model::Letter;
use crate::{Lang, Stamp};
use typst::layout::{Frame, FrameItem};

#[path = "../../tests/letter/support/mod.rs"]
mod support;

/// The text of every page, without spaces, so that line ends don't matter.
fn pages(letter: &Letter, lang: Lang) -> Vec<String> {
    let document = compose(letter, lang);
    let data = serde_json::to_value(Paper {
        words: words(lang),
        document: &document,
    })
    .unwrap();
    let world = world(&data, Cover::AllFonts).unwrap();
    let set = typst::compile(&world).output.unwrap();
    // Only so that the compiler knows what kind of document is meant.
    let _ = |options| typst_pdf::pdf(&set, options);
    set.pages()
        .iter()
        .map(|page| squeezed(&text_of(&page.frame)))
        .collect()
}

fn text_of(frame: &Frame) -> String {
    let texts = frame.items().map(|(_, item)| match item {
        FrameItem::Group(group) => text_of(&group.frame),
        FrameItem::Text(text) => text.text.to_string(),
        _ => String::new(),
    });
    texts.collect()
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}' && *c != '\u{ad}')
        .collect()
}

#[test]
fn every_page_of_a_made_up_letter_says_so() {
    let mut letter = support::letter();
    let mark = squeezed("Verzonnen gegevens – geen echte brief");
    assert!(
        pages(&letter, Lang::Nl)
            .iter()
            .all(|page| page.contains(&mark))
    );
    letter.made_up = false;
    assert!(
        !pages(&letter, Lang::Nl)
            .iter()
            .any(|page| page.contains("erzonnengegevens"))
    );
}

#[test]
fn hostile_text_is_set_as_it_was_typed() {
    let texts = [
        "#import \"@preview/x:1.0.0\": *",
        "#panic(\"x\") #eval(\"1+1\")",
        "$ sum_(i=0)^n i $",
        "*vet* _schuin_ `code` @bron <label>",
        "= Kop",
        "</text><script>alert(1)</script>",
        "\"aanhaling\" 'enkel' \\ // geen /* noot */",
        "~ -- --- ... \\\u{41}",
        "x\u{202e}om\u{202c}x\u{0}\u{7}x",
    ];
    let mut letter = support::letter();
    for (text, action) in texts.iter().zip(&mut letter.annex.actions) {
        letter.opening.push((*text).into());
        letter.lines[0].highlights.push((*text).into());
        action.title = (*text).into();
    }
    letter.head.subject = texts[0].into();
    letter.lines[0].heading = texts[1].into();
    letter.figures[0].definition = texts[2].into();
    let all = pages(&letter, Lang::Nl).concat();
    for text in texts {
        let wanted = squeezed(&crate::clean(text));
        assert!(all.matches(&wanted).count() >= 3, "{text}: {all}");
    }
}

#[test]
fn scripts_and_signs_of_all_kinds_still_give_an_accessible_pdf() {
    let texts = [
        "مرحبا بالعالم",
        "שלום עולם",
        "Привіт",
        "ሰላም 你好 🙂",
        "e\u{301}\u{302}\u{303} ا\u{64b}\u{301} \u{301}x",
        "\u{e000}\u{f8ff}\u{10fffd}",
        "a\u{200d}b\u{200c}c\u{34f}",
        "\u{fe0f}\u{20e3}1",
        "\u{1f1f3}\u{1f1f1}",
        "ﬁ ﷽ ꙮ",
        "\u{fffd}\u{fffc}",
    ];
    let stamp = Stamp {
        frozen_at: jiff::Timestamp::UNIX_EPOCH,
    };
    let mut letter = support::letter();
    for (text, action) in texts.iter().zip(&mut letter.annex.actions) {
        letter.opening.push((*text).into());
        letter.figures[0].rows[0].label.push_str(text);
        action.title = (*text).into();
    }
    letter.head.subject = texts.concat();
    letter.figures[0].title = texts.concat();
    let made = pdf(&letter, Lang::Nl, stamp);
    assert!(made.is_ok(), "{:?}", made.err());
}

#[test]
fn a_letter_of_long_words_still_ends() {
    let mut letter = support::letter();
    for text in ["w".repeat(800), "1".repeat(800), "a/b?c=".repeat(100)] {
        letter.opening.push(text.as_str().into());
        letter.annex.actions[0].title = text;
    }
    assert!(pages(&letter, Lang::Nl).len() < 60);
}
