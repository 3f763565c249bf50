//! A made-up letter for tests, the example and the benchmark. All people, numbers and papers in it are invented.
#![allow(
    dead_code,
    reason = "each user of this module needs another part of it"
)]

use jiff::civil::{Date, date};
use letter::model::{
    Action, Annex, Cell, Commitment, CommitmentKind, Cycle, Erratum, Figure, Head, Letter, Line,
    Note, Overdue, Paragraph, Picture, PictureKind, PreviousLetter, Reference, Row, Signatory,
    Status, Subject, Unit,
};

/// The six lines of the plan with their goals (Kamerstuk 28 638, nr. 251).
const LINES: [(&str, &str); 6] = [
    (
        "Creëren van brede bewustwording",
        "Meer mensen weten wat mensenhandel is, zodat zij het eerder zien en melden.",
    ),
    (
        "Vergroten van de meldingsbereidheid",
        "Slachtoffers, burgers en professionals weten waar zij terechtkunnen.",
    ),
    (
        "Betere vaststelling van slachtofferschap en bescherming",
        "De aanpak werkt voor het mogelijke slachtoffer, van zorg en opvang tot opsporing en vervolging.",
    ),
    (
        "Verbeteren van de (boven)regionale samenwerking",
        "Een eenduidige werkwijze maakt het makkelijker om over regiogrenzen heen te werken.",
    ),
    (
        "Informatiedeling en gegevensverwerking",
        "Informatie delen draagt bij aan de oplossing en gebeurt rechtmatig en zorgvuldig.",
    ),
    (
        "Versterken van de positie van minderjarige slachtoffers",
        "De praktijk krijgt handvatten voor signaleren, zorg en samenwerking rond minderjarigen.",
    ),
];

pub fn letter() -> Letter {
    Letter {
        edition: "2026-2".into(),
        made_up: true,
        cycle: Cycle::HalfYearly,
        head: head(),
        opening: vec![
            "Mensenhandel is een ernstig misdrijf. Mensen worden gedwongen tot seks, tot werk of tot strafbare feiten. De slachtoffers zijn vrouwen, mannen en kinderen, uit Nederland en uit andere landen.".into(),
        ],
        programme: vec![
            Paragraph::plain("In het actieplan Samen tegen mensenhandel werken meer dan vijftig organisaties samen. Elke actie heeft één actiehouder. Ervaringsdeskundigen denken mee.")
                .note(Note::paper(Reference::found("Kamerstukken II 2023/24, 28 638, nr. 251", "28 638", 251))),
        ],
        previous: Some(PreviousLetter {
            date: date(2026, 7, 1),
            reference: Reference::found("Kamerstukken II 2025/26, 28 638, nr. 262", "28 638", 263),
        }),
        co_signatories: ["Staatssecretaris van Volksgezondheid, Welzijn en Sport", "Minister van Buitenlandse Zaken", "Minister van Sociale Zaken en Werkgelegenheid"]
            .map(|office| Signatory { office: office.into(), name: None })
            .to_vec(),
        reading_guide: Vec::new(),
        lines: lines(),
        subjects: vec![Subject {
            heading: "Onderzoek naar vaste contactpersonen".into(),
            paragraphs: vec!["Een verzonnen onderzoeksbureau bekeek of een vaste contactpersoon helpt. De eerste uitkomsten zijn gunstig, maar de groep was klein. In het voorjaar volgt het hele rapport.".into()],
        }],
        commitments: commitments(),
        figures: figures(),
        annex: Annex {
            as_of: date(2026, 11, 15),
            actions: actions(13),
            overdue: vec![Overdue { number: "4.b".into(), title: "Eén werkwijze voor casusoverleg".into(), last_update: Some(date(2026, 5, 20)), sent: None }],
        },
        other_annexes: vec!["Eerste uitkomsten onderzoek vaste contactpersonen".into()],
        errata: Vec::new(),
    }
}

fn head() -> Head {
    Head {
        dossier: "28 638".into(),
        dossier_title: "Mensenhandel".into(),
        number: None,
        subject: "Voortgang actieplan Samen tegen mensenhandel".into(),
        signatory: Signatory {
            office: "Minister van Justitie en Veiligheid".into(),
            name: Some("A. Verzonnen".into()),
        },
        addressee: "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal".into(),
        place: "Den Haag".into(),
        date: date(2026, 12, 14),
    }
}

fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, (heading, goal)) in (1..).zip(LINES) {
        lines.push(Line {
            number,
            heading: heading.into(),
            goal: goal.into(),
            highlights: Vec::new(),
        });
    }
    lines[0].highlights = vec![
        "De campagne voor jongeren is in zes steden gehouden. Jongerenwerkers vertelden hoe je ziet dat iemand wordt gedwongen om drugs te vervoeren.".into(),
    ];
    lines[1].highlights = vec![
        Paragraph::plain("Wie wil melden, vindt nu op één bladzijde alle meldpunten")
            .note(Note::words("De bladzijde is er in twaalf talen."))
            .then(", met de openingstijden. Het aantal mensen dat na een eerste vraag afhaakt, nam af."),
        "De politie en de Arbeidsinspectie laten melders weten wat er met een melding is gebeurd. Dat lukte in de eerste helft van het jaar nog niet altijd.".into(),
    ];
    lines[2].highlights = vec![
        "Zorgcoördinatoren en opvang gebruiken sinds september dezelfde lijst met vragen voor een plek. Daardoor hoeft iemand zijn verhaal minder vaak te vertellen.".into(),
    ];
    lines[3].highlights = vec![
        "In acht van de tien regio's werkt een ketenregisseur. Twee regio's zoeken nog.".into(),
    ];
    lines[5].highlights = vec![
        "Veilig Thuis en de jeugdzorg oefenden met de nieuwe handreiking voor minderjarigen."
            .into(),
    ];
    lines
}

fn commitments() -> Vec<Commitment> {
    vec![
        Commitment {
            kind: CommitmentKind::Motie,
            text: "Onderzoek of meldpunten ook in het weekend open kunnen zijn".into(),
            reference: Reference::found("Kamerstukken II 2025/26, 28 638, nr. 260", "28 638", 260),
            closed_by: "Actielijn 2 van deze brief".into(),
        },
        Commitment {
            kind: CommitmentKind::Toezegging,
            text: "De Kamer informeren over plekken voor mannen met kinderen".into(),
            reference: Reference {
                as_written: "TZ202606-014".into(),
                resolved: None,
            },
            closed_by: "Actielijn 3 van deze brief".into(),
        },
    ]
}

fn figures() -> Vec<Figure> {
    let year = |label: &str, reports| Row::new(label, vec![reports]);
    let mut course = vec![
        year("2019", Cell::Value(1311)),
        year("2020", Cell::Value(1002)),
        year("2021", Cell::Value(812)),
        year("2022", Cell::Text("niet bekend".into())),
        year("2023", Cell::Value(1031)),
        year("2024", Cell::Value(1068)),
        year("2025", Cell::Value(1124)),
    ];
    course[4].break_before =
        Some("vanaf dit jaar tellen dubbele aanmeldingen van één dag als één.".into());
    let form = |label: &str, a, b| Row::new(label, vec![a, b]);
    let mut forms = vec![
        form("Seksuele uitbuiting", Cell::Value(402), Cell::Value(388)),
        form("Arbeidsuitbuiting", Cell::Value(351), Cell::Value(377)),
        form("Criminele uitbuiting", Cell::Value(96), Cell::Value(118)),
        form("Gedwongen bedelarij", Cell::Suppressed, Cell::Suppressed),
        form(
            "Andere vorm of nog niet bekend",
            Cell::Suppressed,
            Cell::Suppressed,
        ),
        form("Totaal", Cell::Value(868), Cell::Value(903)),
    ];
    forms[5].total = true;
    vec![
        Figure {
            id: "aanmeldingen".into(),
            title: "Aanmeldingen per jaar".into(),
            definition: "Een aanmelding is één bericht over een mogelijk slachtoffer. Eén persoon kan meer dan één keer zijn aangemeld.".into(),
            unit: Unit::Aanmeldingen,
            source: "Verzonnen register, voor dit voorbeeld".into(),
            reference_date: Some(date(2026, 10, 1)),
            row_label: "Jaar".into(),
            columns: vec!["Aanmeldingen".into()],
            rows: course,
            picture: Some(Picture { kind: PictureKind::Line, description: "De lijn daalt van 1.311 in 2019 naar 812 in 2021 en stijgt daarna tot 1.124 in 2025.".into() }),
        },
        Figure {
            id: "slachtoffers-vorm".into(),
            title: "Slachtoffers naar vorm van uitbuiting".into(),
            definition: "Een slachtoffer is één persoon, nadat dubbele aanmeldingen zijn samengevoegd.".into(),
            unit: Unit::Slachtoffers,
            source: "Verzonnen rapporteur, voor dit voorbeeld".into(),
            reference_date: Some(date(2026, 10, 1)),
            row_label: "Vorm".into(),
            columns: vec!["2024".into(), "2025".into()],
            rows: forms,
            picture: Some(Picture { kind: PictureKind::Bar, description: "Seksuele uitbuiting en arbeidsuitbuiting zijn ongeveer even groot; criminele uitbuiting is kleiner.".into() }),
        },
        Figure {
            id: "tijd-tot-plek".into(),
            title: "Tijd tot een plek in de opvang".into(),
            definition: "Het aantal dagen tussen de vraag om een plek en de aankomst. De helft wachtte korter dan de mediaan.".into(),
            unit: Unit::Other("dagen".into()),
            source: "Verzonnen opvangregister, voor dit voorbeeld".into(),
            reference_date: Some(date(2026, 11, 1)),
            row_label: "Halfjaar".into(),
            columns: vec!["Mediaan".into(), "Negen van de tien".into()],
            rows: vec![
                Row::new("2025, tweede helft", vec![Cell::Value(3), Cell::Value(17)]),
                Row::new("2026, eerste helft", vec![Cell::Value(2), Cell::Value(14)]),
            ],
            picture: None,
        },
    ]
}

/// So many actions, spread over the six lines.
pub fn actions(count: usize) -> Vec<Action> {
    const TITLES: [&str; 6] = [
        "Campagne voor jongeren, ouders en arbeidsmigranten in hun eigen taal",
        "Eén overzicht van alle meldpunten",
        "Eén manier om mensen op de juiste plek in de opvang te krijgen",
        "Ketenregisseurs in alle regio's",
        "Praktische handreiking voor het delen van gegevens",
        "Handvatten voor Veilig Thuis, jeugdbescherming en jeugdzorg",
    ];
    const HOLDERS: [&str; 6] = [
        "Ministerie van Justitie en Veiligheid",
        "CoMensha",
        "Ministerie van Volksgezondheid, Welzijn en Sport",
        "VNG",
        "Ministerie van Justitie en Veiligheid",
        "Ministerie van Volksgezondheid, Welzijn en Sport",
    ];
    let action = |n: usize| {
        let line = n * 6 / count.max(1);
        let before = (0..n).filter(|m| m * 6 / count.max(1) == line).count();
        let letter = char::from(b'a' + u8::try_from(before % 26).unwrap_or(0));
        let status = [
            Status::Loopt,
            Status::Loopt,
            Status::Afgerond,
            Status::Vertraagd,
        ][n % 4];
        Action {
            line: u8::try_from(line + 1).unwrap_or(1),
            number: format!("{}.{letter}", line + 1),
            title: TITLES[(line + before) % 6].into(),
            holder: HOLDERS[(line + before) % 6].into(),
            involved: ["politie", "zorgcoördinatoren", "gemeenten"][..=n % 3]
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
            forms: if n.is_multiple_of(2) {
                vec!["alle vormen".into()]
            } else {
                vec!["seksuele uitbuiting".into(), "criminele uitbuiting".into()]
            },
            status,
            status_date: day(2026, n),
            intended_result:
                "Mensen vinden eerder de hulp die bij hen past, en organisaties weten wie wat doet."
                    .into(),
            end: (!n.is_multiple_of(5)).then(|| day(2027, n)),
        }
    };
    (0..count).map(action).collect()
}

fn day(year: i16, n: usize) -> Date {
    date(
        year,
        i8::try_from(n % 12 + 1).unwrap_or(1),
        i8::try_from(n % 28 + 1).unwrap_or(1),
    )
}

/// A letter of the size that the benchmark asks for.
pub fn big(actions_wanted: usize, figures_wanted: usize, pictures_wanted: usize) -> Letter {
    let mut letter = letter();
    letter.annex.actions = actions(actions_wanted);
    let models = figures();
    letter.figures = (0..figures_wanted)
        .map(|n| {
            let mut figure = models[n % 2].clone();
            figure.id = format!("cijfer-{n}");
            if n >= pictures_wanted {
                figure.picture = None;
            }
            figure
        })
        .collect();
    letter
}

/// The same letter after a correction.
pub fn corrected() -> Letter {
    let mut letter = letter();
    letter.head.number = Some(266);
    letter.errata = vec![Erratum {
        date: date(2027, 1, 11),
        place: "Actielijn 4, eerste alinea".into(),
        was: "In acht van de tien regio's".into(),
        becomes: "In zeven van de tien regio's".into(),
        reason: "Een regio was dubbel geteld.".into(),
    }];
    letter
}
