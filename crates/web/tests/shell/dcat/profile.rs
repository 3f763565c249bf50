//! The profile, class by class.

use std::collections::{BTreeMap, BTreeSet};

use super::triples::{AUTHORITY, TYPE, Term, Triple, XSD, has_class, long, typed, values};

/// What the values of a property must be.
enum Range {
    /// A text; with a language, at most one of each.
    Text,
    /// An address.
    Address,
    /// A node of this class, which the catalogue says itself.
    Class(&'static str),
    /// A day or a moment, typed.
    Moment,
    /// One of these codes of an EU vocabulary [Waardelijsten].
    Code(&'static str, &'static [&'static str]),
    /// A media type of IANA [Waardelijsten].
    MediaType,
    /// A licence of Creative Commons [Distribution, licence].
    CreativeCommons,
}

/// Class, property, least, most (none: any number), range.
type Rule = (&'static str, &'static str, usize, Option<usize>, Range);

const THEMES: &[&str] = &[
    "AGRI",
    "ECON",
    "EDUC",
    "ENER",
    "ENVI",
    "GOVE",
    "HEAL",
    "INTR",
    "JUST",
    "OP_DATPRO",
    "REGI",
    "SOCI",
    "TECH",
    "TRAN",
];
const FREQUENCIES: &[&str] = &[
    "ANNUAL",
    "ANNUAL_2",
    "ANNUAL_3",
    "BIENNIAL",
    "TRIENNIAL",
    "QUARTERLY",
    "MONTHLY",
    "WEEKLY",
    "DAILY",
    "IRREG",
    "NEVER",
    "UNKNOWN",
];
const LANGUAGES: &[&str] = &["NLD", "ENG", "FRY"];
const FORMATS: &[&str] = &["CSV", "JSON", "JSON_LD", "RDF_TURTLE", "XML", "PDF"];
/// Of the EU list the profile allows these three [Waardelijsten, dct:accessRights].
const RIGHTS: &[&str] = &["PUBLIC", "RESTRICTED", "NON_PUBLIC"];

fn rules() -> Vec<Rule> {
    use Range::{Address, Class, Code, CreativeCommons, MediaType, Moment, Text};
    let any = None;
    let one = Some(1);
    let (agent, kind) = ("foaf:Agent", "vcard:Kind");
    vec![
        // [Klassen, Catalog]; title, description and publisher are mandatory in DCAT-AP 3.0.
        ("dcat:Catalog", "dct:title", 1, any, Text),
        ("dcat:Catalog", "dct:description", 1, any, Text),
        ("dcat:Catalog", "dct:publisher", 1, one, Class(agent)),
        ("dcat:Catalog", "dcat:contactPoint", 1, one, Class(kind)),
        (
            "dcat:Catalog",
            "dcat:dataset",
            1,
            any,
            Class("dcat:Dataset"),
        ),
        ("dcat:Catalog", "dct:creator", 0, one, Class(agent)),
        ("dcat:Catalog", "dct:license", 0, one, CreativeCommons),
        (
            "dcat:Catalog",
            "dct:language",
            0,
            any,
            Code("language", LANGUAGES),
        ),
        ("dcat:Catalog", "dct:issued", 0, one, Moment),
        ("dcat:Catalog", "dct:modified", 0, one, Moment),
        (
            "dcat:Catalog",
            "foaf:homepage",
            0,
            one,
            Class("foaf:Document"),
        ),
        // [Klassen, Dataset]
        ("dcat:Dataset", "dct:title", 1, any, Text),
        ("dcat:Dataset", "dct:description", 1, any, Text),
        ("dcat:Dataset", "dct:identifier", 1, one, Text),
        ("dcat:Dataset", "dct:publisher", 1, one, Class(agent)),
        ("dcat:Dataset", "dct:creator", 1, any, Class(agent)),
        ("dcat:Dataset", "dcat:contactPoint", 1, one, Class(kind)),
        (
            "dcat:Dataset",
            "dct:accessRights",
            1,
            one,
            Code("access-right", RIGHTS),
        ),
        (
            "dcat:Dataset",
            "dcat:theme",
            1,
            any,
            Code("data-theme", THEMES),
        ),
        (
            "dcat:Dataset",
            "dct:accrualPeriodicity",
            0,
            one,
            Code("frequency", FREQUENCIES),
        ),
        (
            "dcat:Dataset",
            "dct:language",
            0,
            any,
            Code("language", LANGUAGES),
        ),
        (
            "dcat:Dataset",
            "dct:provenance",
            0,
            any,
            Class("dct:ProvenanceStatement"),
        ),
        (
            "dcat:Dataset",
            "dct:temporal",
            0,
            any,
            Class("dct:PeriodOfTime"),
        ),
        ("dcat:Dataset", "dct:issued", 0, one, Moment),
        ("dcat:Dataset", "dct:modified", 0, one, Moment),
        ("dcat:Dataset", "dcat:version", 0, one, Text),
        ("dcat:Dataset", "dcat:keyword", 0, any, Text),
        (
            "dcat:Dataset",
            "dcat:landingPage",
            0,
            any,
            Class("foaf:Document"),
        ),
        (
            "dcat:Dataset",
            "dcat:distribution",
            0,
            any,
            Class("dcat:Distribution"),
        ),
        // [Klassen, Distribution]
        ("dcat:Distribution", "dcat:accessURL", 1, one, Address),
        ("dcat:Distribution", "dcat:downloadURL", 0, one, Address),
        ("dcat:Distribution", "dct:license", 1, one, CreativeCommons),
        ("dcat:Distribution", "dct:title", 0, any, Text),
        (
            "dcat:Distribution",
            "dct:rights",
            0,
            one,
            Code("access-right", RIGHTS),
        ),
        (
            "dcat:Distribution",
            "dct:format",
            0,
            one,
            Code("file-type", FORMATS),
        ),
        ("dcat:Distribution", "dcat:mediaType", 0, one, MediaType),
        // [Ondersteunende klassen]
        ("foaf:Agent", "foaf:name", 1, any, Text),
        ("vcard:Kind", "vcard:fn", 1, any, Text),
        ("vcard:Kind", "vcard:hasEmail", 0, any, Address),
        ("vcard:Kind", "vcard:hasURL", 0, any, Address),
        ("dct:PeriodOfTime", "dcat:startDate", 0, one, Moment),
        ("dct:PeriodOfTime", "dcat:endDate", 0, one, Moment),
        ("dct:ProvenanceStatement", "dct:description", 1, any, Text),
    ]
}

/// The classes without rules of their own: nothing is said about them but what they are.
const PLAIN: [&str; 2] = ["foaf:Document", "vcard:Organization"];

/// Everything that does not hold, in words.
pub(super) fn faults(triples: &BTreeSet<Triple>) -> Vec<String> {
    let rules = rules();
    let mut out = Vec::new();
    for (subject, class) in typed(triples) {
        let of_class: Vec<&Rule> = rules.iter().filter(|rule| long(rule.0) == class).collect();
        let plain = PLAIN.iter().any(|plain| long(plain) == class);
        if of_class.is_empty() && !plain {
            out.push(format!(
                "{class}: no class that the profile was held against"
            ));
        }
        for (_, property, least, most, range) in &of_class {
            let values = values(triples, subject, &long(property));
            let (n, of) = (values.len(), format!("{subject:?} {property}"));
            // Titles in two languages are one title.
            let counted = if matches!(range, Range::Text) {
                languages(&values, &of, &mut out)
            } else {
                n
            };
            if counted < *least || most.is_some_and(|most| counted > most) {
                out.push(format!("{of}: {n} values"));
            }
            for value in values {
                if !fits(triples, value, range) {
                    out.push(format!("{of}: {value:?} is not what it should be"));
                }
            }
        }
    }
    out.extend(unruled(triples, &rules));
    out.extend(further(triples));
    out
}

/// How often something is said: the most times in one language. Twice in one language is a fault of its own.
fn languages(values: &[&Term], of: &str, out: &mut Vec<String>) -> usize {
    let mut seen: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for value in values {
        if let Term::Literal { lang, .. } = value {
            *seen.entry(lang.clone()).or_default() += 1;
        }
    }
    let twice = seen.iter().find(|(lang, n)| lang.is_some() && **n > 1);
    if let Some((lang, _)) = twice {
        out.push(format!("{of}: twice in {lang:?}"));
    }
    seen.values().max().copied().unwrap_or(0)
}

fn is_address(term: &Term) -> bool {
    let Term::Iri(iri) = term else { return false };
    let web =
        iri.starts_with("https://") || iri.starts_with("http://") || iri.starts_with("mailto:");
    web && !iri.contains(|c: char| c.is_whitespace() || "<>\"{}|^`\\".contains(c))
}

fn fits(triples: &BTreeSet<Triple>, value: &Term, range: &Range) -> bool {
    let below = |space: &str| match value {
        Term::Iri(iri) => iri.strip_prefix(space).map(str::to_owned),
        _ => None,
    };
    match range {
        Range::Text => matches!(value, Term::Literal { text, .. } if !text.trim().is_empty()),
        Range::Address => is_address(value),
        Range::Class(class) => {
            has_class(triples, value, class)
                && (matches!(value, Term::Blank(_)) || is_address(value))
        }
        Range::Moment => match value {
            Term::Literal {
                text,
                kind: Some(kind),
                ..
            } => match kind.strip_prefix(XSD) {
                Some("date") => text.parse::<jiff::civil::Date>().is_ok(),
                Some("dateTime") => text.parse::<jiff::Timestamp>().is_ok(),
                _ => false,
            },
            _ => false,
        },
        Range::Code(list, codes) => below(&format!("{AUTHORITY}/{list}/"))
            .is_some_and(|code| codes.contains(&code.as_str())),
        Range::MediaType => {
            below("https://www.iana.org/assignments/media-types/").is_some_and(|kind| {
                kind.split_once('/')
                    .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
            })
        }
        Range::CreativeCommons => below(&format!("{AUTHORITY}/licence/"))
            .is_some_and(|code| code == "CC0" || code.starts_with("CC_BY")),
    }
}

/// Properties about which no rule says anything: a slip of the pen would be taken for an extension.
fn unruled(triples: &BTreeSet<Triple>, rules: &[Rule]) -> Vec<String> {
    let known = |subject: &Term, property: &str| {
        let mut rules = rules.iter().filter(|rule| long(rule.1) == property);
        property == TYPE || rules.any(|rule| has_class(triples, subject, rule.0))
    };
    let odd = triples
        .iter()
        .filter(|(subject, property, _)| !known(subject, property));
    odd.map(|(subject, property, _)| format!("{subject:?} {property}: no such property there"))
        .collect()
}

/// What the profile says in words.
fn further(triples: &BTreeSet<Triple>) -> Vec<String> {
    let of = |class: &str| -> BTreeSet<&Term> {
        let all = typed(triples).filter(|(_, own)| *own == long(class));
        all.map(|(subject, _)| subject).collect()
    };
    let mut out = Vec::new();
    // [Klassen, Catalog]: one catalogue, and each data set in it.
    if of("dcat:Catalog").len() != 1 {
        out.push("not one catalogue".to_owned());
    }
    let listed: BTreeSet<&Term> = of("dcat:Catalog")
        .into_iter()
        .flat_map(|catalog| values(triples, catalog, &long("dcat:dataset")))
        .collect();
    if listed != of("dcat:Dataset") {
        out.push("a data set that is not in the catalogue".to_owned());
    }
    // [Klassen, Dataset, identifier]: it names one data set.
    let mut names = BTreeSet::new();
    for set in of("dcat:Dataset") {
        let identifier = values(triples, set, &long("dct:identifier"));
        if !names.insert(format!("{identifier:?}")) {
            out.push(format!("{set:?}: the identifier of another"));
        }
        // A page about a data set is not the data set.
        if has_class(triples, set, "foaf:Document") {
            out.push(format!("{set:?} is a page and a data set"));
        }
        // [Dataset, dataset distribution]: conditional, where the data can be had; ours can.
        if values(triples, set, &long("dcat:distribution")).is_empty() {
            out.push(format!("{set:?}: nowhere to be had"));
        }
    }
    // [Dataset, contact point]: an e-mail address or an address on the web.
    for kind in of("vcard:Kind") {
        let ways = ["vcard:hasEmail", "vcard:hasURL"];
        if ways
            .iter()
            .all(|way| values(triples, kind, &long(way)).is_empty())
        {
            out.push(format!("{kind:?}: no way to reach it"));
        }
    }
    // [Ondersteunende klassen, PeriodOfTime]: a period without a day is none.
    for period in of("dct:PeriodOfTime") {
        let days = ["dcat:startDate", "dcat:endDate"];
        if days
            .iter()
            .all(|day| values(triples, period, &long(day)).is_empty())
        {
            out.push(format!("{period:?}: a period without a day"));
        }
    }
    out
}
