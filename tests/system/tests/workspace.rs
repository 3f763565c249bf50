//! The rules of the house, read from the workspace itself: which crate may know which, how long a file may be, which papers must be there.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on stops and says why"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use system_tests::binary::workspace_root;

/// Who may know whom: ARCHITECTURE.md draws the same arrows. A crate that is not named here may not exist.
const ARROWS: [(&str, &[&str]); 18] = [
    (
        "samen",
        &[
            "web", "desk", "vault", "domain", "letter", "world", "exchange", "law", "linkage",
            "shelter", "figures", "hidden", "logboek",
        ],
    ),
    ("web", &["desk", "domain", "exchange"]),
    (
        "desk",
        &[
            "vault",
            "law",
            "linkage",
            "shelter",
            "figures",
            "letter",
            "files",
            "domain",
            "logboek",
            "decision-log",
        ],
    ),
    ("vault", &["domain"]),
    ("law", &["domain"]),
    ("linkage", &["domain"]),
    ("shelter", &["domain"]),
    ("figures", &["domain"]),
    ("hidden", &[]),
    ("letter", &["domain"]),
    ("files", &["domain"]),
    ("logboek", &[]),
    ("decision-log", &["logboek"]),
    ("world", &["domain"]),
    ("exchange", &["domain"]),
    ("domain", &[]),
    ("system-tests", &[]),
    (
        "benches",
        &["web", "desk", "vault", "domain", "letter", "world"],
    ),
];

/// What only the tests of a crate may know besides: `web`'s tests open stores for a desk of their own.
const TEST_ARROWS: [(&str, &[&str]); 1] = [("web", &["vault"])];

/// Libraries that stay in one room, because they are heavy or because they are a kind of access that the others must not have.
const ROOMS: [(&str, &[&str]); 12] = [
    ("typst", &["letter"]),
    ("sqlx", &["vault"]),
    ("cedar-policy", &["law"]),
    ("axum", &["web", "samen"]),
    ("hyper", &["web", "samen"]),
    ("askama", &["web"]),
    ("clap", &["samen"]),
    ("calamine", &["exchange"]),
    ("ureq", &["system-tests"]),
    ("highs", &["shelter"]),
    ("microlp", &["hidden"]),
    ("statrs", &["hidden"]),
];

/// What the engines may not touch: storage, HTTP, threads of execution that wait, the log.
const NOT_IN_ENGINES: [&str; 5] = ["tokio", "tracing", "sqlx", "axum", "getrandom"];
const ENGINES: [&str; 10] = [
    "domain",
    "law",
    "linkage",
    "shelter",
    "figures",
    "hidden",
    "letter",
    "files",
    "logboek",
    "decision-log",
];

const LONGEST_FILE: usize = 800;

const CODE: [&str; 7] = ["rs", "mjs", "js", "css", "html", "sh", "py"];
const TEXT: [&str; 15] = [
    "rs", "mjs", "js", "css", "html", "sh", "py", "md", "toml", "yml", "yaml", "ftl", "json",
    "csv", "txt",
];

/// Files that may name the mistaken word, in order to warn against it.
const MAY_NAME_THE_MISTAKE: [&str; 12] = [
    "tests/browser/tests/chain.test.mjs",
    "tests/system/tests/system/scenarios/s10_letter.rs",
    "tests/system/tests/workspace.rs",
    "docs/glossary.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "crates/desk/tests/desk/letter.rs",
    "crates/domain/tests/rules/programme.rs",
    "crates/letter/src/check.rs",
    "crates/letter/tests/letter/faults.rs",
    "crates/letter/tests/letter/reading.rs",
    "docs/letter.md",
];

#[test]
fn crates_know_only_those_that_the_drawing_allows() {
    let allowed: BTreeMap<_, _> = ARROWS.into_iter().collect();
    let in_tests: BTreeMap<_, _> = TEST_ARROWS.into_iter().collect();
    let packages = packages();
    let ours: BTreeSet<&str> = packages.keys().map(String::as_str).collect();
    let mut wrong = Vec::new();
    for (name, uses) in &packages {
        match allowed.get(name.as_str()) {
            None => wrong.push(format!(
                "{name} is not in the drawing; add it here and in ARCHITECTURE.md, with its arrows"
            )),
            Some(may) => {
                let tests = in_tests.get(name.as_str()).copied().unwrap_or_default();
                let arrows = uses.iter().filter(|used| {
                    let used_name = used.name.as_str();
                    let drawn =
                        may.contains(&used_name) || (used.in_tests && tests.contains(&used_name));
                    ours.contains(used_name) && !drawn
                });
                wrong.extend(arrows.map(|used| format!("{name} → {} is not drawn", used.name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn heavy_libraries_stay_in_their_room() {
    let mut wrong = Vec::new();
    for (name, uses) in packages() {
        for (library, rooms) in ROOMS {
            let used = uses
                .iter()
                .any(|used| used.name == library || used.name.starts_with(&format!("{library}-")));
            if used && !rooms.contains(&name.as_str()) {
                wrong.push(format!("{name} uses {library}, which belongs in {rooms:?}"));
            }
        }
        for library in NOT_IN_ENGINES {
            if ENGINES.contains(&name.as_str()) && uses.iter().any(|used| used.name == library) {
                wrong.push(format!(
                    "{name} is arithmetic and law; it may not use {library}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_of_code_is_longer_than_one_subject() {
    let long: Vec<String> = files(&CODE)
        .into_iter()
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            (lines > LONGEST_FILE).then(|| format!("{path} has {lines} lines; split it by subject"))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_source_file_says_what_it_is() {
    let silent: Vec<String> = files(&["rs"])
        .into_iter()
        .filter(|(path, _)| path.starts_with("crates/") && path.contains("/src/"))
        .filter(|(_, text)| !text.trim_start().starts_with("//!"))
        .map(|(path, _)| format!("{path} does not begin with a `//!` line"))
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn no_file_holds_what_does_not_belong_in_the_project() {
    // Written in parts, so that this file does not hold them either.
    let paths = [
        "/wor|k/trees",
        "/wor|k/main",
        "/wor|k/shared",
        "/fa|rm/",
        "/ro|ot/",
        "/ho|me/",
    ];
    let marks = [
        "to|do!(",
        "unimple|mented!(",
        "FIX|ME",
        "#[ign|ore]",
        "db|g!(",
    ];
    let mistake = "tweejaar|lijks".replace('|', "");
    let mut wrong = Vec::new();
    for (path, text) in files(&TEXT) {
        let found = paths
            .iter()
            .map(|word| word.replace('|', ""))
            .find(|word| text.contains(word.as_str()));
        wrong.extend(found.map(|word| format!("{path} names a machine's own path: {word}")));
        if path.ends_with(".rs") {
            let found = marks
                .iter()
                .map(|word| word.replace('|', ""))
                .find(|word| text.contains(word.as_str()));
            wrong.extend(found.map(|word| format!("{path} holds {word}")));
        }
        if text.to_lowercase().contains(&mistake) && !MAY_NAME_THE_MISTAKE.contains(&path.as_str())
        {
            wrong.push(format!(
                "{path} says \"{mistake}\"; the letter comes twice a year: halfjaarlijks"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_licence_is_whole_and_the_same_everywhere() {
    let licence = read("LICENSE");
    for part in [
        "EUROPEAN UNION PUBLIC LICENCE v. 1.2",
        "15. Applicable Law",
        "Appendix",
        "CeCILL v. 2.0, v. 2.1",
    ] {
        assert!(licence.contains(part), "LICENSE lacks {part:?}");
    }
    for (name, package) in metadata() {
        assert_eq!(
            package["license"], "EUPL-1.2",
            "{name} names another licence"
        );
    }
}

#[test]
fn lock_files_name_versions_and_no_addresses() {
    for folder in ["tests/api", "tests/browser"] {
        // A funding page of a package's author is an address too, but no place that is fetched from.
        let lock: Vec<String> = read(&format!("{folder}/package-lock.json"))
            .lines()
            .filter(|line| !line.trim_start().starts_with("\"url\":"))
            .map(str::to_owned)
            .collect();
        let lock = lock.join("\n");
        for address in ["\"resolved\"", "http:", "https:"] {
            assert!(
                !lock.contains(address),
                "{folder}/package-lock.json holds {address}; run npm with {folder}/.npmrc in force"
            );
        }
    }
}

#[test]
fn the_papers_are_there() {
    let missing: Vec<_> = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "LICENSE",
        "publiccode.yml",
        "docs/hosting.md",
    ]
    .into_iter()
    .filter(|name| !workspace_root().join(name).is_file())
    .collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
}

#[test]
fn publiccode_says_what_a_catalogue_needs() {
    let values = yaml(&read("publiccode.yml"));
    let value = |key: &str| values.get(key).map(String::as_str).unwrap_or_default();
    let version = value("publiccodeYmlVersion");
    assert!(
        version.starts_with("0.") && version.len() == 3 && version >= "0.4",
        "the version is {version:?}"
    );
    for key in [
        "name",
        "url",
        "platforms",
        "categories",
        "description",
        "legal/license",
        "maintenance/contacts",
    ] {
        assert!(
            values.contains_key(key),
            "{key} is missing; there are {:?}",
            values.keys()
        );
    }
    assert_eq!(value("legal/license"), "EUPL-1.2");
    assert!(
        ["concept", "development", "beta", "stable", "obsolete"]
            .contains(&value("developmentStatus"))
    );
    assert!(["standalone/web", "standalone/backend"].contains(&value("softwareType")));
    assert!(["internal", "contract", "community", "none"].contains(&value("maintenance/type")));
    assert_eq!(value("localisation/localisationReady"), "true");
    for language in ["nl", "en"] {
        let (short, long) = (
            format!("description/{language}/shortDescription"),
            format!("description/{language}/longDescription"),
        );
        let (short, long) = (value(&short).chars().count(), value(&long).chars().count());
        assert!(
            (10..=150).contains(&short),
            "the short description in {language} has {short} characters"
        );
        assert!(
            (150..=10_000).contains(&long),
            "the long description in {language} has {long} characters"
        );
        assert!(
            values.contains_key(&format!("description/{language}/features")),
            "{language} lists no features"
        );
    }
}

/// Each of our packages with the names of everything it depends on directly, also for its tests.
/// One crate that another uses, in its own code or in its tests alone.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Used {
    name: String,
    in_tests: bool,
}

fn packages() -> BTreeMap<String, BTreeSet<Used>> {
    metadata()
        .into_iter()
        .map(|(name, package)| {
            let uses = package["dependencies"].as_array().into_iter().flatten();
            (
                name,
                uses.filter_map(|used| {
                    Some(Used {
                        name: used["name"].as_str()?.to_owned(),
                        in_tests: used["kind"].as_str() == Some("dev"),
                    })
                })
                .collect(),
            )
        })
        .collect()
}

fn metadata() -> BTreeMap<String, Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = [
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
        "--offline",
    ];
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(workspace_root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"]
        .as_array()
        .expect("there are packages")
        .clone();
    packages
        .into_iter()
        .map(|package| {
            (
                package["name"].as_str().unwrap_or_default().to_owned(),
                package,
            )
        })
        .collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(workspace_root().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file of the project with one of these endings, by its path from the root, with its text.
fn files(endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&workspace_root(), endings, &mut found);
    assert!(!found.is_empty(), "no file of the project was found");
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<(String, String)>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let made = name == "target"
            || name == "node_modules"
            || name == "package-lock.json"
            || name.starts_with("samen-data");
        if made || (name.starts_with('.') && name != ".ci" && name != ".config") {
            continue;
        }
        if path.is_dir() {
            collect(&path, endings, found);
        } else if path
            .extension()
            .is_some_and(|ending| endings.iter().any(|one| ending == *one))
        {
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let shown = path
                .strip_prefix(workspace_root())
                .unwrap_or(&path)
                .to_string_lossy()
                .into_owned();
            found.push((shown, text));
        }
    }
}

/// The part of YAML that publiccode.yml uses: maps by indentation, lists as the value "list", plain, quoted and folded texts.
fn yaml(text: &str) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let mut path: Vec<(usize, String)> = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
    {
        let indent = line.len() - line.trim_start().len();
        let inner = path.last().is_some_and(|(parent, _)| indent > *parent);
        let key = path
            .iter()
            .map(|(_, name)| name.as_str())
            .collect::<Vec<_>>()
            .join("/");
        if inner && values.get(&key).is_some_and(|value| value.starts_with('>')) {
            let value = values.entry(key).or_default();
            value.push_str(line.trim());
            value.push(' ');
            continue;
        }
        if line.trim_start().starts_with('-') {
            while path.last().is_some_and(|(parent, _)| *parent > indent) {
                path.pop();
            }
            let key = path
                .iter()
                .map(|(_, name)| name.as_str())
                .collect::<Vec<_>>()
                .join("/");
            values.insert(key, "list".to_owned());
            continue;
        }
        let Some((name, value)) = line.trim().split_once(':') else {
            panic!("publiccode.yml: cannot read {line:?}")
        };
        while path.last().is_some_and(|(parent, _)| *parent >= indent) {
            path.pop();
        }
        path.push((indent, name.to_owned()));
        let key = path
            .iter()
            .map(|(_, name)| name.as_str())
            .collect::<Vec<_>>()
            .join("/");
        values.insert(key, value.trim().trim_matches('"').to_owned());
    }
    values
        .into_iter()
        .map(|(key, value)| (key, value.trim_start_matches(['>', '-']).trim().to_owned()))
        .collect()
}
