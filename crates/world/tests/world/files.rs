//! Files out and in.

use std::fs;

use world::{FileError, read_static, read_stories, write_files};

use crate::world;

#[test]
fn what_is_written_comes_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = world(3, 300);
    let mut ticks = 0;
    let summary = write_files(dir.path(), &world, |_| ticks += 1).expect("writable");
    assert_eq!((summary.reports, ticks), (300, 300));
    let back: Result<Vec<_>, _> = read_stories(&dir.path().join("stories.jsonl"))
        .expect("readable")
        .collect();
    assert!(back.expect("sound").into_iter().eq(world.reports()));
    let small = read_static(dir.path()).expect("readable");
    assert_eq!(small.organisations, world.organisations());
    assert_eq!(small.people, world.people());
    assert_eq!(small.locations, world.locations());
    assert!(small.addresses == world.addresses());
    assert_eq!(small.plan, *world.plan());
    fs::write(dir.path().join("people.json"), "[{]").expect("writable");
    let error = read_static(dir.path()).expect_err("broken").to_string();
    assert!(
        error.contains("people.json") && error.contains("line 1"),
        "{error}"
    );
    let left: Vec<_> = fs::read_dir(dir.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert!(
        left.iter()
            .all(|name| !name.to_string_lossy().ends_with(".part")),
        "{left:?}"
    );
    assert_eq!(left.len(), 11);
}

#[test]
fn tables_have_the_promised_columns() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = world(3, 300);
    let summary = write_files(dir.path(), &world, |_| ()).expect("writable");
    let rows = |name: &str| {
        let mut reader = csv::Reader::from_path(dir.path().join(name)).expect("readable");
        let header = reader
            .headers()
            .expect("a header")
            .iter()
            .collect::<Vec<_>>()
            .join(",");
        (
            header,
            reader
                .records()
                .map(|row| row.expect("a whole row"))
                .collect::<Vec<_>>(),
        )
    };
    let (header, actions) = rows("actions.csv");
    assert_eq!(
        header,
        "id,line,title,description,goal,holder,involved,forms,ages,result,start,end,status,status_date,budget_eur,indicators,links"
    );
    assert_eq!(actions.len(), 24);
    let (header, edges) = rows("edges.csv");
    assert_eq!(header, "a,b,weight,kind,date,region");
    assert_eq!(edges.len() as u64, summary.edges);
    let (header, persons) = rows("persons.csv");
    assert!(header.starts_with("report_id,person_id,"));
    assert_eq!(persons.len(), 300);
    let addresses = fs::read_to_string(dir.path().join("addresses.json")).expect("readable");
    assert!(addresses.contains("postcode"));
    for name in [
        "stories.jsonl",
        "locations.json",
        "edges.csv",
        "persons.csv",
    ] {
        let text = fs::read_to_string(dir.path().join(name)).expect("readable");
        assert!(world.addresses().iter().all(|address| !text.contains(&address.street) && !text.contains(&address.postcode)), "{name}");
    }
}

#[test]
fn bad_lines_are_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("stories.jsonl");
    let good = serde_json::to_string(&world(3, 2).report(0)).expect("plain data");
    fs::write(&path, format!("{good}\n\n{{\"made_up\": true,\n")).expect("writable");
    let mut stories = read_stories(&path).expect("readable");
    assert!(stories.next().expect("one").is_ok());
    let error = stories.next().expect("another").expect_err("cut off");
    assert!(
        matches!(error, FileError::NotAStory { line: 3, .. }),
        "{error}"
    );
    assert!(
        error.to_string().contains("stories.jsonl` line 3, column"),
        "{error}"
    );
    assert!(stories.next().is_none());

    fs::write(&path, good.replace("\"made_up\":true", "\"made_up\":false")).expect("writable");
    let error = read_stories(&path)
        .expect("readable")
        .next()
        .expect("one")
        .expect_err("not made up");
    assert!(
        matches!(error, FileError::NotMadeUp { line: 1, .. }),
        "{error}"
    );

    fs::write(&path, vec![b'x'; 2 << 20]).expect("writable");
    let error = read_stories(&path)
        .expect("readable")
        .next()
        .expect("one")
        .expect_err("too long");
    assert!(
        matches!(error, FileError::TooLong { line: 1, .. }),
        "{error}"
    );

    fs::write(&path, [b'{', 0xff, 0xfe, b'}']).expect("writable");
    assert!(
        read_stories(&path)
            .expect("readable")
            .next()
            .expect("one")
            .is_err()
    );
    assert!(
        read_stories(&dir.path().join("absent"))
            .err()
            .expect("absent")
            .to_string()
            .contains("cannot open")
    );
}
