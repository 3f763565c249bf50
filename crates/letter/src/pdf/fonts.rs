//! The fonts in the PDF and what they can write.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The letter is set in Libertinus Serif; DejaVu Sans Mono stands in for scripts that it lacks, such as Arabic.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// Which characters may be printed as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// Those of any of our fonts.
    AllFonts,
    /// Those of the text font, without marks that need a letter before them.
    TextFont,
}

pub(super) struct Fonts {
    pub all: Vec<Font>,
    pub book: LazyHash<FontBook>,
}

/// Read once; the fonts are part of the program.
pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let all = typst_assets::fonts()
        .flat_map(|data| Font::iter(Bytes::new(data)))
        .filter(|font| FAMILIES.contains(&font.info().family.as_str()))
        .collect::<Vec<_>>();
    let book = LazyHash::new(FontBook::from_fonts(&all));
    Fonts { all, book }
});

impl Cover {
    /// True when the character has a picture in our fonts.
    pub fn has(self, c: char) -> bool {
        if c.is_ascii() || c == '\u{a0}' {
            return !c.is_control();
        }
        let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
        let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe2f}');
        let text_only = self == Self::TextFont;
        if private || (text_only && mark) {
            return false;
        }
        let families = if text_only {
            &FAMILIES[..1]
        } else {
            &FAMILIES[..]
        };
        let mut fonts = FONTS
            .all
            .iter()
            .filter(|font| families.contains(&font.info().family.as_str()));
        fonts.any(|font| font.info().coverage.contains(u32::from(c)))
    }
}
