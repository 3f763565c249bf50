//! A shelter's own rooms: the grid, the file and the interface for programs.

use ::desk::Role;
use ::desk::placement::{LocationInput, RoomInput, add_location, add_room};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::SafeText;
use domain::code::{FormCode, MunicipalityCode};
use domain::ids::{LocationId, RoomId};
use domain::person::Sex;
use domain::room::{Admits, RoomKind, ShelterKind};
use domain::shelter_request::{Entitlement, Security};
use serde_json::{Value, json};

use crate::Answer;
use crate::real::Real;

fn text(words: &str) -> SafeText {
    SafeText::new("label", words, 100).unwrap()
}

/// A house with a room of three places.
async fn house(real: &Real) -> (LocationId, RoomId) {
    let (desk, staff) = (&real.app.desk, real.actor(Role::ShelterStaff).await);
    let input = LocationInput {
        label: text("Huis Linde"),
        kind: ShelterKind::Cosm,
        municipality: MunicipalityCode::new("GM0193").unwrap(),
        security: Security::SecretAddress,
        admits: Admits {
            sexes: vec![Sex::Female],
            min_age: Some(18),
            max_age: None,
            forms: vec![FormCode::new("SU").unwrap()],
            entitlements: vec![Entitlement::ReflectionPeriod],
            care: vec![],
            wheelchair: false,
            pets: false,
            languages: vec![],
        },
        answer_within_hours: None,
    };
    let location = add_location(desk, &staff, real.now(), input).await.unwrap();
    let room = RoomInput {
        label: text("Kamer 1"),
        kind: RoomKind::Stay,
        places: 3,
        max_stay_days: None,
        foreign: None,
    };
    let room = add_room(desk, &staff, real.now(), location, room).await;
    (location, room.unwrap())
}

#[tokio::test]
async fn the_grid_asks_whether_an_old_figure_is_still_so_and_one_button_answers() {
    let real = Real::new().await;
    let (location, room) = house(&real).await;
    let page = real.see(Role::ShelterStaff, "/work/rooms").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.body.matches("samen-grid__cell--free").count(), 14);
    assert!(!page.body.contains("Klopt dit nog?"));
    real.pass(24 * 60);
    let page = real.see(Role::ShelterStaff, "/work/rooms").await;
    assert!(page.body.contains("Klopt dit nog?") && page.body.contains("samen-grid--stale"));
    let seen = page.hidden("seen").unwrap();
    let confirm = format!("/work/rooms/locations/{location}/confirm");
    let sent = real
        .send(Role::ShelterStaff, &confirm, &[("seen", &seen)])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = real.see(Role::ShelterStaff, "/work/rooms").await;
    assert!(!page.body.contains("Klopt dit nog?"));
    let late = real
        .send(Role::ShelterStaff, &confirm, &[("seen", &seen)])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);

    let day = format!("/work/rooms/{room}/day");
    let page = real.see(Role::ShelterStaff, &day).await;
    let seen = page.hidden("seen").unwrap();
    let from = domain::time::dutch_date(real.now()).to_string();
    let fields = |places| {
        [
            ("seen", seen.as_str()),
            ("from", from.as_str()),
            ("places", places),
            ("reason", "schade"),
            ("until", ""),
            ("day", from.as_str()),
            ("other", "0"),
            ("note", ""),
        ]
    };
    let refused = real.send(Role::ShelterStaff, &day, &fields("4")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains("Zo veel plekken heeft deze kamer niet."),
        "{}",
        refused.body
    );
    let told = real.send(Role::ShelterStaff, &day, &fields("2")).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let page = real.see(Role::ShelterStaff, &day).await;
    assert!(page.body.contains("2 plekken buiten gebruik"));

    let seen = page.hidden("seen").unwrap();
    let (now, others) = (from.as_str(), format!("/work/rooms/{room}/others"));
    let fields = |n| {
        [
            ("seen", seen.as_str()),
            ("day", now),
            ("from", now),
            ("other", n),
        ]
    };
    let refused = real.send(Role::ShelterStaff, &others, &fields("2")).await;
    assert!(
        refused.body.contains("hoogstens 1 plekken gebruiken"),
        "{}",
        refused.body
    );
    let told = real.send(Role::ShelterStaff, &others, &fields("1")).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let back = format!("/work/rooms/{room}/in");
    let seen = real
        .see(Role::ShelterStaff, &day)
        .await
        .hidden("seen")
        .unwrap();
    let sent = real
        .send(Role::ShelterStaff, &back, &[("seen", &seen), ("day", now)])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
}

fn unescaped(answer: &Answer, name: &str) -> String {
    let value = answer.hidden(name).unwrap();
    value
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

#[tokio::test]
async fn a_file_with_half_its_rows_wrong_is_shown_first_and_taken_for_the_other_half() {
    let real = Real::new().await;
    let (_, room) = house(&real).await;
    let given = real.see(Role::ShelterStaff, "/work/rooms/file/csv").await;
    assert!(given.body.contains(&room.to_string()) && given.body.contains("Huis Linde"));
    assert!(
        given
            .header("content-disposition")
            .starts_with("attachment")
    );

    let file = format!(
        "kamer_id;locatie;kamer;plekken;buiten_gebruik;reden;in_gebruik_door_anderen\n\
         {room};;;;1;onderhoud;1\n;Huis Linde;Kamer 9;;;;\n;Huis Linde;Kamer 1;veel;;;\n"
    );
    let shown = real
        .upload(Role::ShelterStaff, "/work/rooms/file", &file)
        .await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    for words in [
        "Dit verandert er",
        "U heeft geen kamer met dit nummer",
        "Een getal van 1 tot en met 200",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let before = real.see(Role::ShelterStaff, "/work/rooms").await;
    assert!(
        before.body.contains("3 vrij"),
        "nothing was changed by looking"
    );

    let (rows, refused) = (unescaped(&shown, "rows"), unescaped(&shown, "refused"));
    let fields = [("rows", rows.as_str()), ("refused", refused.as_str())];
    let done = real
        .send(Role::ShelterStaff, "/work/rooms/file/take", &fields)
        .await;
    assert!(
        done.body.contains("Het bestand is verwerkt"),
        "{}",
        done.body
    );
    let after = real.see(Role::ShelterStaff, "/work/rooms").await;
    assert!(after.body.contains("1 vrij") && after.body.contains("1 dicht"));
    let again = real
        .send(Role::ShelterStaff, "/work/rooms/file/take", &fields)
        .await;
    assert!(
        again
            .body
            .contains("Iemand heeft intussen iets anders opgegeven"),
        "{}",
        again.body
    );

    let back = real
        .send(
            Role::ShelterStaff,
            "/work/rooms/file/refused",
            &[("refused", &refused)],
        )
        .await;
    assert_eq!(back.body.lines().count(), 3, "{}", back.body);
    assert!(back.header("content-type").starts_with("text/csv"));
}

async fn put(real: &Real, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    let session = real.session(Role::ShelterStaff).await;
    let mut request = Request::builder()
        .method(Method::PUT)
        .uri(path)
        .header("authorization", format!("Bearer {session}"))
        .header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_string())).unwrap();
    real.site.send(request).await
}

#[tokio::test]
async fn a_program_tells_a_room_on_the_version_that_it_read_and_never_twice() {
    let real = Real::new().await;
    let (_, room) = house(&real).await;
    let list = real.see(Role::ShelterStaff, "/api/v1/rooms").await;
    let list: Value = serde_json::from_str(&list.body).unwrap();
    assert_eq!(list["rooms"][0]["id"], room.to_string());
    let at = format!("/api/v1/rooms/{room}/capacity");
    let seen = real.see(Role::ShelterStaff, &at).await;
    assert_eq!(seen.header("etag"), "\"1\"");
    assert!(!seen.body.contains("Linde"), "no name of a location");

    let body = json!({"places": 3, "free": 1, "out_of_service": {"scope": "places", "places": 1, "reason": "personeel"}});
    let needed = put(&real, &at, &[], &body).await;
    assert_eq!(needed.status, StatusCode::PRECONDITION_REQUIRED);
    let headers = [("if-match", "\"1\""), ("idempotency-key", "k1")];
    for _ in 0..2 {
        let done = put(&real, &at, &headers, &body).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert_eq!(done.header("etag"), "\"2\"");
        let told: Value = serde_json::from_str(&done.body).unwrap();
        assert_eq!(
            (&told["free"], &told["closed"], &told["used_by_others"]),
            (&json!(1), &json!(1), &json!(1))
        );
    }
    let late = put(&real, &at, &[("if-match", "\"1\"")], &body).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
    let other = json!({"places": 3, "free": 3, "out_of_service": null});
    let reused = put(&real, &at, &headers, &other).await;
    assert_eq!(reused.status, StatusCode::CONFLICT, "{}", reused.body);

    let now = [("if-match", "\"2\"")];
    for (wrong, member) in [
        (
            json!({"places": 3, "free": 4, "out_of_service": null}),
            "free",
        ),
        (
            json!({"places": 3, "out_of_service": null}),
            "used_by_others",
        ),
        (json!({"places": 3, "free": 1}), "out_of_service"),
        (
            json!({"places": 3, "free": 1, "out_of_service": {"scope": "places", "reason": "schade"}}),
            "out_of_service.places",
        ),
        (
            json!({"places": 0, "free": 0, "out_of_service": null}),
            "places",
        ),
    ] {
        let refused = put(&real, &at, &now, &wrong).await;
        assert_eq!(
            refused.status,
            StatusCode::BAD_REQUEST,
            "{wrong}: {}",
            refused.body
        );
        assert!(refused.body.contains(member), "{wrong}: {}", refused.body);
    }
    let fits = put(&real, &at, &now, &other).await;
    assert_eq!(fits.status, StatusCode::OK, "{}", fits.body);
}
