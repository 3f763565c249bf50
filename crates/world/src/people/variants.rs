//! How the same name comes out of different mouths and pens.

use jiff::civil::Date;

use crate::dice::Dice;

/// The name as somebody else writes it: unchanged in about half of all cases.
pub(crate) fn spelled(name: &str, dice: &mut Dice) -> String {
    match dice.below(10) {
        0..=4 => name.to_owned(),
        5 => without_marks(name),
        6 => sounds_like(name),
        7 => swapped(name, dice),
        8 => dropped(name, dice),
        _ => name.split(' ').next_back().unwrap_or(name).to_owned(),
    }
}

/// The birth date as somebody else writes it: sometimes day and month change places, or only the year is right.
pub(crate) fn dated(date: Date, dice: &mut Dice) -> Option<Date> {
    match dice.below(10) {
        0..=5 => Some(date),
        6 => Date::new(date.year(), date.day(), date.month())
            .ok()
            .or(Some(date)),
        7 => Date::new(date.year(), 1, 1).ok(),
        _ => None,
    }
}

fn without_marks(name: &str) -> String {
    name.chars().map(plain).collect()
}

fn plain(letter: char) -> char {
    const BARE: [(&str, char); 14] = [
        ("łŁ", 'l'),
        ("áàảãạăâấầậắằ", 'a'),
        ("ą", 'a'),
        ("ęéèệềêếễ", 'e'),
        ("íìỉîị", 'i'),
        ("óòỏôốồộờởợơöő", 'o'),
        ("úùủưừứửữựüű", 'u'),
        ("ýỹỳ", 'y'),
        ("ćçč", 'c'),
        ("śșşŚȘ", 's'),
        ("źżŻŹ", 'z'),
        ("țţ", 't'),
        ("ńñ", 'n'),
        ("đĐ", 'd'),
    ];
    let bare = BARE
        .iter()
        .find(|(marked, _)| marked.contains(letter))
        .map_or(letter, |&(_, bare)| bare);
    if letter.is_uppercase() {
        bare.to_ascii_uppercase()
    } else {
        bare
    }
}

fn sounds_like(name: &str) -> String {
    const PAIRS: [(&str, &str); 14] = [
        ("sz", "sh"),
        ("rz", "zj"),
        ("ou", "u"),
        ("ij", "y"),
        ("ck", "k"),
        ("ph", "f"),
        ("th", "t"),
        ("kh", "ch"),
        ("w", "v"),
        ("ie", "i"),
        ("ss", "s"),
        ("y", "i"),
        ("x", "ks"),
        ("c", "k"),
    ];
    PAIRS
        .iter()
        .find(|(from, _)| name.contains(from))
        .map_or_else(
            || without_marks(name),
            |(from, to)| name.replacen(from, to, 1),
        )
}

fn swapped(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() > 4 {
        let at = 1 + dice.index(letters.len() - 3);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

fn dropped(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() > 4 {
        letters.remove(1 + dice.index(letters.len() - 2));
    }
    letters.into_iter().collect()
}
