//! The register's rows. Titles of lines are verified (Kamerstuk 28638-251); of the actions only what carries [`Basis::Sourced`].

use jiff::civil::{Date, date};

use crate::calibration::Basis;

pub(super) struct Row {
    pub id: &'static str,
    pub line: u8,
    pub title: &'static str,
    pub description: &'static str,
    pub goal: &'static str,
    pub holder: &'static str,
    pub involved: &'static str,
    pub forms: &'static str,
    pub result: &'static str,
    pub measure: &'static str,
    pub status: &'static str,
    pub basis: Basis,
}

impl Row {
    /// The account of the holder.
    pub(super) fn account(&self) -> &'static str {
        match self.holder {
            "VWS" => "p-actie-vws",
            "SZW" => "p-actie-szw",
            "VNG" => "p-actie-vng",
            "EMM" => "p-actie-emm",
            "COM" => "p-actie-com",
            "OM" => "p-actie-om",
            _ => "p-actie-jenv",
        }
    }
}

pub(super) const LINES: [(u8, &str, &str); 6] = [
    (
        1,
        "Creëren van brede bewustwording",
        "Meer mensen kennen mensenhandel, zodat het eerder wordt gesignaleerd en voorkomen.",
    ),
    (
        2,
        "Vergroten van de meldingsbereidheid",
        "Slachtoffers, burgers en professionals weten waar zij terechtkunnen.",
    ),
    (
        3,
        "Betere vaststelling van slachtofferschap en bescherming",
        "De aanpak werkt voor het (mogelijke) slachtoffer, van zorg en opvang tot opsporing.",
    ),
    (
        4,
        "Verbeteren van de (boven)regionale samenwerking",
        "Een meer uniforme werkwijze maakt werken over regio's heen makkelijker.",
    ),
    (
        5,
        "Informatiedeling en gegevensverwerking",
        "Delen draagt bij aan de oplossing en is rechtmatig en zorgvuldig.",
    ),
    (
        6,
        "Versterken van de positie van minderjarige slachtoffers",
        "Handvatten voor signaleren, zorg en samenwerking rond minderjarigen.",
    ),
];

pub(super) type LetterRow = (Date, &'static str, &'static str, Option<&'static str>);

/// Letters and debates in the dossier, oldest first (Tweede Kamer, officielebekendmakingen.nl).
pub(super) const LETTERS: [LetterRow; 12] = [
    (
        date(2018, 11, 13),
        "Programma Samen tegen mensenhandel",
        "164",
        None,
    ),
    (
        date(2020, 11, 18),
        "Voortgangsbrief met overzicht van alle onderdelen",
        "",
        None,
    ),
    (date(2023, 9, 22), "Brief over de herijking", "223", None),
    (date(2023, 10, 18), "Actieplan, eerste versie", "233", None),
    (date(2023, 12, 21), "Commissiedebat", "246", None),
    (
        date(2024, 2, 2),
        "Brief over voorstellen van partners en kosten",
        "247",
        None,
    ),
    (
        date(2024, 4, 23),
        "Brief over middelen en herziening",
        "249",
        Some("248"),
    ),
    (date(2024, 6, 7), "Schriftelijk overleg", "250", None),
    (date(2024, 6, 17), "Versterkt actieplan", "251", None),
    (date(2024, 11, 19), "Brief over toezeggingen", "254", None),
    (date(2025, 7, 4), "Voortgangsbrief", "257", None),
    (date(2025, 12, 15), "Voortgangsbrief", "259", None),
];

const fn row(id: &'static str, line: u8, title: &'static str, description: &'static str) -> Row {
    Row {
        id,
        line,
        title,
        description,
        goal: "Bijdragen aan het doel van de actielijn.",
        holder: "JENV",
        involved: "",
        forms: "AL",
        result: "Eerste resultaten zijn besproken met de betrokken organisaties (bedacht).",
        measure: "voortgang op mijlpalen",
        status: "loopt",
        basis: Basis::Reconstructed,
    }
}

pub(super) const ACTIONS: [Row; 24] = [
    Row {
        holder: "JENV",
        involved: "COM FW CKM FIER",
        goal: "Jongeren, ouders, arbeidsmigranten en klanten herkennen signalen.",
        measure: "bereik per doelgroep",
        ..row(
            "1.a",
            1,
            "Landelijke bewustwording per doelgroep",
            "communicatie voor jongeren, ouders, arbeidsmigranten en klanten.",
        )
    },
    Row {
        holder: "VNG",
        involved: "COM JENV",
        goal: "Eerstelijnsprofessionals herkennen signalen en weten wat te doen.",
        measure: "aantal opgeleide professionals",
        ..row(
            "1.b",
            1,
            "Training en e-learning voor professionals",
            "scholing voor zorg, onderwijs, gemeenten en horeca.",
        )
    },
    Row {
        holder: "VWS",
        involved: "CKM FIER HALT",
        forms: "SU CU",
        measure: "aantal scholen",
        ..row(
            "1.c",
            1,
            "Weerbaarheid op school en in het jongerenwerk",
            "voorlichting over seksuele en criminele uitbuiting.",
        )
    },
    Row {
        holder: "SZW",
        involved: "FW NLA BZ",
        forms: "AU",
        measure: "bereik per taal",
        ..row(
            "1.d",
            1,
            "Informatie voor arbeidsmigranten in eigen taal",
            "ook in landen van herkomst.",
        )
    },
    Row {
        holder: "OM",
        involved: "JENV POL",
        forms: "SU",
        basis: Basis::Sourced,
        measure: "aantal zaken art. 273g Sr",
        ..row(
            "1.e",
            1,
            "Klantaanpak",
            "bewustwording en handhaving rond art. 273g Sr.",
        )
    },
    Row {
        involved: "COM POL NLA M VT",
        status: "afgerond",
        result: "Het overzicht is gepubliceerd (bedacht).",
        measure: "gebruik van het overzicht",
        ..row(
            "2.a",
            2,
            "Eén overzicht van meldpunten",
            "per doelgroep duidelijk waar men terechtkan.",
        )
    },
    Row {
        involved: "COM VNG",
        measure: "bezoek en waardering",
        ..row(
            "2.b",
            2,
            "Vernieuwing van het portaal voor professionals",
            "actuele informatie voor wie verder wil helpen.",
        )
    },
    Row {
        holder: "VWS",
        involved: "CKM FIER",
        forms: "SU CU",
        measure: "aantal gesprekken",
        ..row(
            "2.c",
            2,
            "Laagdrempelig en anoniem digitaal contact",
            "voor jonge slachtoffers.",
        )
    },
    Row {
        holder: "EMM",
        involved: "POL NLA KMAR",
        status: "vertraagd",
        measure: "aandeel meldingen met terugkoppeling",
        ..row(
            "2.d",
            2,
            "Duidelijkere terugkoppeling aan melders",
            "wat er met een melding is gedaan.",
        )
    },
    Row {
        involved: "COM POL OM IND SGM",
        basis: Basis::Sourced,
        goal: "Toegang tot bescherming hangt niet af van de opsporing.",
        measure: "aantal deskundigenberichten",
        ..row(
            "3.a",
            3,
            "Vaststelling van slachtofferschap los van de opsporing",
            "onderzoek naar een aparte vaststelling.",
        )
    },
    Row {
        holder: "VWS",
        involved: "COM VNG ZCO",
        basis: Basis::Sourced,
        goal: "Elk slachtoffer op de juiste plek, zonder rondbellen.",
        measure: "dagen van aanvraag tot plek",
        ..row(
            "3.b",
            3,
            "Eenduidige plaatsing in de juiste opvang",
            "één manier van plaatsen.",
        )
    },
    Row {
        holder: "VWS",
        involved: "JENV VNG GEM",
        basis: Basis::Sourced,
        measure: "aantal plekken",
        ..row(
            "3.c",
            3,
            "Meer en beter passende opvang en zorg",
            "uitbreiding en spreiding.",
        )
    },
    Row {
        holder: "VNG",
        involved: "COM GEM ZCO",
        measure: "uren per regio",
        ..row(
            "3.d",
            3,
            "Kwaliteit en dekking van zorgcoördinatie",
            "in alle regio's genoeg uren en dezelfde taken.",
        )
    },
    Row {
        involved: "RECL",
        forms: "SU",
        basis: Basis::Sourced,
        status: "vertraagd",
        measure: "aantal toezichten",
        ..row(
            "3.f",
            3,
            "Resocialisatie van daders",
            "passend toezicht na seksuele uitbuiting in Nederland.",
        )
    },
    Row {
        holder: "VNG",
        involved: "RIEC GEM KET",
        status: "afgerond",
        result: "Elke regio heeft een aangewezen ketenregisseur (bedacht).",
        measure: "regio's met ketenregisseur",
        ..row(
            "4.a",
            4,
            "Ketenregisseurs in alle regio's",
            "met een gedeeld taakprofiel.",
        )
    },
    Row {
        holder: "VNG",
        involved: "COM ZVH RIEC POL",
        measure: "regio's die het proces volgen",
        ..row(
            "4.b",
            4,
            "Uniform casusoverleg",
            "één proces voor casus- en tactisch overleg.",
        )
    },
    Row {
        holder: "EMM",
        involved: "POL KMAR NLA RIEC",
        basis: Basis::Sourced,
        measure: "bovenregionale koppelingen",
        ..row(
            "4.c",
            4,
            "Bovenregionaal verbinden van signalen",
            "en van verplaatste slachtoffers.",
        )
    },
    Row {
        involved: "RIEC KVK PRV",
        measure: "afspraken per branche",
        ..row(
            "4.d",
            4,
            "Barrières met private partijen",
            "hotels, verhuurders, platforms en KvK.",
        )
    },
    Row {
        involved: "AP VNG COM",
        status: "afgerond",
        result: "De verkenning is aangeboden (bedacht).",
        measure: "opgeleverd",
        ..row(
            "5.a",
            5,
            "Juridische verkenning van gegevensdeling",
            "grondslagen in de keten.",
        )
    },
    Row {
        involved: "COM NRM",
        basis: Basis::Sourced,
        measure: "wetsvoorstel",
        ..row(
            "5.b",
            5,
            "Grondslag voor registratie bij CoMensha",
            "door niet-opsporende organisaties.",
        )
    },
    Row {
        holder: "VNG",
        involved: "JENV ZVH RIEC",
        measure: "aantal deelnemers",
        ..row(
            "5.c",
            5,
            "Handreiking en training gegevensdeling",
            "praktisch, met voorbeelden.",
        )
    },
    Row {
        holder: "VWS",
        involved: "VT GI JZ",
        forms: "SU CU",
        measure: "organisaties die de handvatten gebruiken",
        ..row(
            "6.a",
            6,
            "Handvatten voor Veilig Thuis, jeugdbescherming en jeugdzorg",
            "signaleren en handelen.",
        )
    },
    Row {
        holder: "VWS",
        involved: "VNG CKM FIER",
        forms: "SU CU",
        status: "niet_gestart",
        measure: "aantal plekken",
        ..row(
            "6.b",
            6,
            "Gespecialiseerde zorg en opvang voor minderjarigen",
            "dekkend in het land.",
        )
    },
    Row {
        involved: "POL OM HALT RVDK",
        forms: "CU",
        measure: "herkende jongeren",
        ..row(
            "6.c",
            6,
            "Herkennen van criminele uitbuiting bij jonge verdachten",
            "slachtoffer naast verdachte.",
        )
    },
];
