//! The fixed phrases of a letter, in Dutch and in English, and how dates and numbers are written.
//!
//! The letter itself is Dutch; the English phrases are a courtesy preview for readers who don't know the order of a Dutch letter.

use crate::model::{CommitmentKind, Cycle, Reference, Status};
use jiff::civil::Date;

/// The language of the fixed phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Dutch: the letter as it is sent.
    Nl,
    /// English: a courtesy preview, the text of people stays Dutch.
    En,
}

/// Every phrase that takes no argument.
pub(crate) struct Phrases {
    pub made_up: &'static str,
    pub made_up_short: &'static str,
    pub courtesy: &'static str,
    pub draft: &'static str,
    pub corrected: &'static str,
    pub edition: &'static str,
    pub introduction: &'static str,
    pub reading_guide: &'static str,
    pub lines: &'static str,
    pub line: &'static str,
    pub goal: &'static str,
    pub no_highlights: &'static str,
    pub subjects: &'static str,
    pub subjects_intro: &'static str,
    pub commitments: &'static str,
    pub commitments_caption: &'static str,
    pub commitment_columns: [&'static str; 4],
    pub figures: &'static str,
    pub figures_intro: &'static str,
    pub definition: &'static str,
    pub unit: &'static str,
    pub source: &'static str,
    pub reference_date: &'static str,
    pub missing: &'static str,
    pub table_of: &'static str,
    pub picture_of: &'static str,
    pub suppressed: &'static str,
    pub suppressed_explained: &'static str,
    pub not_drawn: &'static str,
    pub no_number_on_map: &'static str,
    pub break_in_series: &'static str,
    pub signed: &'static str,
    pub errata: &'static str,
    pub errata_caption: &'static str,
    pub errata_intro: &'static str,
    pub erratum_columns: [&'static str; 5],
    pub annex: &'static str,
    pub annex_title: &'static str,
    pub action_columns: [&'static str; 9],
    pub overdue: &'static str,
    pub overdue_intro: &'static str,
    pub sent: &'static str,
    pub sent_intro: &'static str,
    pub never: &'static str,
    pub annexes: &'static str,
    pub notes: &'static str,
    pub back_to_text: &'static str,
    pub note: &'static str,
    pub page: &'static str,
    pub page_of: &'static str,
    pub not_set: &'static str,
    pub description: &'static str,
}

const NL: Phrases = Phrases {
    made_up: "Dit is een voorbeeld met verzonnen gegevens. Deze brief is niet verstuurd en de cijfers zijn niet echt.",
    made_up_short: "Verzonnen gegevens – geen echte brief",
    courtesy: "",
    draft: "Dit is een concept. De brief kan nog niet worden verstuurd, want er klopt nog iets niet:",
    corrected: "Deze brief is na het versturen verbeterd. De brief zelf is niet veranderd. Wat er fout was, staat bij Verbeteringen.",
    edition: "Editie",
    introduction: "Inleiding",
    reading_guide: "In deze brief leest u per actielijn wat er is gedaan en wat dat heeft opgeleverd. Ik beschrijf alleen het belangrijkste. In bijlage 1 staat hoe het gaat met alle acties die lopen, die vertraagd zijn of die zijn afgerond.",
    lines: "Voortgang per actielijn",
    line: "Actielijn",
    goal: "Doel",
    no_highlights: "Over deze actielijn is in deze periode geen bijzondere ontwikkeling te melden. Hoe het gaat met de acties, staat in bijlage 1.",
    subjects: "Andere onderwerpen",
    subjects_intro: "Naast de voortgang van het actieplan informeer ik uw Kamer over het volgende.",
    commitments: "Moties en toezeggingen die met deze brief zijn afgedaan",
    commitments_caption: "Afgedane moties en toezeggingen",
    commitment_columns: [
        "Soort",
        "Wat is gevraagd of beloofd",
        "Kamerstuk",
        "Waarmee afgedaan",
    ],
    figures: "Cijfers bij deze brief",
    figures_intro: "Bij elk cijfer staat wat er is geteld, wie dat heeft geteld en op welke datum het klopte. Een aanmelding is iets anders dan een slachtoffer: één persoon kan vaker zijn aangemeld. Daarom staan die twee nooit in één reeks.",
    definition: "Wat is geteld",
    unit: "Eenheid",
    source: "Bron",
    reference_date: "Peildatum",
    missing: "ontbreekt nog",
    table_of: "Tabel",
    picture_of: "Figuur",
    suppressed: "afgeschermd",
    suppressed_explained: "Afgeschermd: dit getal staat er niet, omdat het klein is of omdat een klein getal ermee uit te rekenen is. Zo is niemand te herkennen.",
    not_drawn: "Afgeschermde getallen en onbekende getallen zijn niet getekend.",
    no_number_on_map: "Een vak met een streepjesrand heeft geen getal: het is afgeschermd of niet bekend.",
    break_in_series: "Breuk in de reeks vanaf",
    signed: "De",
    errata: "Verbeteringen",
    errata_caption: "Verbeteringen op editie",
    errata_intro: "Deze fouten zijn gevonden nadat de brief was verstuurd.",
    erratum_columns: [
        "Datum",
        "Plaats in de brief",
        "Er stond",
        "Dit moet zijn",
        "Reden",
    ],
    annex: "Bijlage",
    annex_title: "stand van zaken van alle acties die lopen, vertraagd zijn of zijn afgerond",
    action_columns: [
        "Nr.",
        "Actie",
        "Actiehouder",
        "Betrokken organisaties",
        "Vormen van uitbuiting",
        "Stand",
        "Sinds",
        "Beoogd resultaat",
        "Einde",
    ],
    overdue: "Acties zonder nieuwe informatie",
    overdue_intro: "Over deze acties kwam voor deze brief geen nieuwe informatie binnen. De stand hierboven kan verouderd zijn.",
    sent: "Nieuwe informatie die nog niet is overgenomen",
    sent_intro: "Over deze acties is voor deze brief nieuwe informatie gestuurd. Die is nog niet beoordeeld en staat daarom niet hierboven.",
    never: "nog nooit",
    annexes: "Bijlagen bij deze brief",
    notes: "Noten",
    back_to_text: "Terug naar de tekst",
    note: "Noot",
    page: "Bladzijde",
    page_of: "van",
    not_set: "niet bepaald",
    description: "Beschrijving",
};

const EN: Phrases = Phrases {
    made_up: "This is an example with made-up data. This letter was not sent and its figures are not real.",
    made_up_short: "Made-up data – not a real letter",
    courtesy: "Courtesy preview with English headings. The letter itself is in Dutch; only the Dutch version counts.",
    draft: "This is a draft. The letter can't be sent yet, because something is not right:",
    corrected: "This letter was corrected after it was sent. The letter itself is unchanged. What was wrong is listed under Corrections.",
    edition: "Edition",
    introduction: "Introduction",
    reading_guide: "This letter tells per action line what was done and what it yielded. Only the main points are described. Annex 1 shows the state of all actions that run, are late or are finished.",
    lines: "Progress per action line",
    line: "Action line",
    goal: "Goal",
    no_highlights: "There is no particular development to report on this action line. Annex 1 shows the state of its actions.",
    subjects: "Other subjects",
    subjects_intro: "Besides the progress of the action plan, the House is informed about the following.",
    commitments: "Motions and promises closed by this letter",
    commitments_caption: "Closed motions and promises",
    commitment_columns: [
        "Kind",
        "What was asked or promised",
        "Parliamentary paper",
        "Closed by",
    ],
    figures: "Figures with this letter",
    figures_intro: "Each figure says what was counted, who counted and at what date it was true. A report is not the same as a victim: one person can be reported more than once. So the two never stand in one series.",
    definition: "What was counted",
    unit: "Unit",
    source: "Source",
    reference_date: "Reference date",
    missing: "still missing",
    table_of: "Table",
    picture_of: "Picture",
    suppressed: "suppressed",
    suppressed_explained: "Suppressed: this number is not printed, because it is small or because a small number could be computed from it. So nobody can be recognised.",
    not_drawn: "Suppressed and unknown numbers are not drawn.",
    no_number_on_map: "A square with a dashed edge has no number: it is suppressed or not known.",
    break_in_series: "Break in the series from",
    signed: "The",
    errata: "Corrections",
    errata_caption: "Corrections to edition",
    errata_intro: "These mistakes were found after the letter had been sent.",
    erratum_columns: [
        "Date",
        "Place in the letter",
        "It said",
        "It must say",
        "Reason",
    ],
    annex: "Annex",
    annex_title: "state of all actions that run, are late or are finished",
    action_columns: [
        "No.",
        "Action",
        "Action holder",
        "Organisations involved",
        "Forms of exploitation",
        "Status",
        "Since",
        "Intended result",
        "End",
    ],
    overdue: "Actions without fresh news",
    overdue_intro: "No new information came in about these actions for this letter. The state above may be out of date.",
    sent: "News that was not taken over yet",
    sent_intro: "News on these actions was sent for this letter. It was not reviewed yet and so does not stand above.",
    never: "never",
    annexes: "Annexes to this letter",
    notes: "Notes",
    back_to_text: "Back to the text",
    note: "Note",
    page: "Page",
    page_of: "of",
    not_set: "not set",
    description: "Description",
};

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Lang {
    /// The tag for `lang` attributes.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    pub(crate) fn phrases(self) -> &'static Phrases {
        match self {
            Self::Nl => &NL,
            Self::En => &EN,
        }
    }

    /// A date in words: `15 december 2025`.
    #[must_use]
    pub fn date(self, date: Date) -> String {
        let months = match self {
            Self::Nl => &MONTHS_NL,
            Self::En => &MONTHS_EN,
        };
        let month = usize::try_from(date.month())
            .ok()
            .and_then(|month| months.get(month.checked_sub(1)?));
        format!(
            "{} {} {}",
            date.day(),
            month.copied().unwrap_or_default(),
            date.year()
        )
    }

    /// A date for a narrow column: `15-12-2025`.
    pub(crate) fn short_date(date: Date) -> String {
        date.strftime("%d-%m-%Y").to_string()
    }

    /// A number with its thousands apart: `1.044` in Dutch, `1,044` in English.
    #[must_use]
    pub fn number(self, number: u64) -> String {
        let mark = match self {
            Self::Nl => '.',
            Self::En => ',',
        };
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }

    pub(crate) fn status(self, status: Status) -> &'static str {
        match (self, status) {
            (Self::Nl, Status::NietGestart) => "niet gestart",
            (Self::Nl, Status::Loopt) => "loopt",
            (Self::Nl, Status::Vertraagd) => "vertraagd",
            (Self::Nl, Status::Afgerond) => "afgerond",
            (Self::Nl, Status::Vervallen) => "vervallen",
            (Self::Nl, Status::StructureelGeborgd) => "structureel geborgd",
            (Self::En, Status::NietGestart) => "not started",
            (Self::En, Status::Loopt) => "running",
            (Self::En, Status::Vertraagd) => "late",
            (Self::En, Status::Afgerond) => "finished",
            (Self::En, Status::Vervallen) => "dropped",
            (Self::En, Status::StructureelGeborgd) => "standing policy",
        }
    }

    pub(crate) fn commitment(self, kind: CommitmentKind) -> &'static str {
        match (self, kind) {
            (Self::Nl, CommitmentKind::Motie) => "motie",
            (Self::Nl, CommitmentKind::Toezegging) => "toezegging",
            (Self::En, CommitmentKind::Motie) => "motion",
            (Self::En, CommitmentKind::Toezegging) => "promise",
        }
    }

    pub(crate) fn cycle(self, cycle: Cycle) -> String {
        match (self, cycle) {
            (Self::Nl, Cycle::HalfYearly) => {
                "Uw Kamer krijgt twee keer per jaar een brief over de voortgang.".into()
            }
            (Self::Nl, Cycle::Yearly) => {
                "Uw Kamer krijgt één keer per jaar een brief over de voortgang.".into()
            }
            (Self::Nl, Cycle::EveryMonths(1)) => {
                "Uw Kamer krijgt elke maand een brief over de voortgang.".into()
            }
            (Self::Nl, Cycle::EveryMonths(n)) => {
                format!("Uw Kamer krijgt elke {n} maanden een brief over de voortgang.")
            }
            (Self::En, Cycle::HalfYearly) => {
                "The House receives a progress letter twice a year.".into()
            }
            (Self::En, Cycle::Yearly) => "The House receives a progress letter once a year.".into(),
            (Self::En, Cycle::EveryMonths(1)) => {
                "The House receives a progress letter every month.".into()
            }
            (Self::En, Cycle::EveryMonths(n)) => {
                format!("The House receives a progress letter every {n} months.")
            }
        }
    }

    pub(crate) fn previous(self, date: Date) -> String {
        let date = self.date(date);
        match self {
            Self::Nl => format!("De vorige brief over de voortgang is van {date}."),
            Self::En => format!("The previous progress letter is dated {date}."),
        }
    }

    /// The reference as printed; when the found number differs from the written one, both are shown.
    pub(crate) fn reference(self, reference: &Reference) -> String {
        let written = reference.as_written.trim();
        match &reference.resolved {
            Some(found) if written.is_empty() => found.to_string(),
            Some(found) if !reference.agrees() => match self {
                Self::Nl => format!("{found} (elders geschreven als: {written})"),
                Self::En => format!("{found} (elsewhere written as: {written})"),
            },
            _ => written.to_owned(),
        }
    }

    pub(crate) fn on_behalf(self, offices: &[String]) -> String {
        let listed = self.list(offices);
        match self {
            Self::Nl => format!("Ik stuur u deze brief mede namens {listed}."),
            Self::En => format!("This letter is sent on behalf of {listed} as well."),
        }
    }

    /// `a, b en c`.
    pub(crate) fn list(self, items: &[String]) -> String {
        let and = match self {
            Self::Nl => "en",
            Self::En => "and",
        };
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
        }
    }

    pub(crate) fn actions_counted(self, as_of: Date, all: usize, counts: [usize; 3]) -> String {
        let date = self.date(as_of);
        let [running, late, finished] = counts;
        match self {
            Self::Nl => format!(
                "Stand op {date}. In deze bijlage staan {all} acties. Daarvan {} {running}, {} {late} vertraagd en {} {finished} afgerond.",
                if running == 1 { "loopt er" } else { "lopen er" },
                if late == 1 { "is er" } else { "zijn er" },
                if finished == 1 { "is er" } else { "zijn er" },
            ),
            Self::En => format!(
                "State on {date}. This annex holds {all} actions: {running} running, {late} late and {finished} finished."
            ),
        }
    }

    pub(crate) fn actions_of_line(self, line: u8, count: usize) -> String {
        match (self, count) {
            (Self::Nl, 1) => format!("Actielijn {line}: één actie"),
            (Self::Nl, _) => format!("Actielijn {line}: {count} acties"),
            (Self::En, 1) => format!("Action line {line}: one action"),
            (Self::En, _) => format!("Action line {line}: {count} actions"),
        }
    }

    pub(crate) fn numbers_of_picture(self, picture: usize) -> String {
        match self {
            Self::Nl => format!("De getallen bij figuur {picture}"),
            Self::En => format!("The numbers of picture {picture}"),
        }
    }

    pub(crate) fn sent_item(self, title: &str, sent: Date) -> String {
        let when = self.date(sent);
        match self {
            Self::Nl => format!("{title} (gestuurd op {when}, nog niet overgenomen)"),
            Self::En => format!("{title} (sent on {when}, not accepted yet)"),
        }
    }

    pub(crate) fn overdue_item(self, title: &str, last: Option<Date>) -> String {
        let when = last.map_or_else(|| self.phrases().never.to_owned(), |date| self.date(date));
        match self {
            Self::Nl => format!("{title} (laatste bericht: {when})"),
            Self::En => format!("{title} (last news: {when})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn numbers_are_written_in_groups() {
        for (number, nl) in [
            (0, "0"),
            (999, "999"),
            (1044, "1.044"),
            (1_234_567, "1.234.567"),
        ] {
            assert_eq!(Lang::Nl.number(number), nl);
        }
        assert_eq!(Lang::En.number(1044), "1,044");
    }

    #[test]
    fn lists_end_with_and() {
        let items = ["a", "b", "c"].map(String::from);
        assert_eq!(Lang::Nl.list(&items), "a, b en c");
        assert_eq!(Lang::Nl.list(&items[..1]), "a");
    }
}
