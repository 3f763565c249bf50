//! Sessions end, and no token is stored.

use vault::Session;

use crate::place::Place;
use crate::types::at;

on_both!(sessions_live_and_end);

async fn sessions_live_and_end(place: Place) {
    let vault = place.open().await;
    let session = |person: &str| Session {
        person: person.to_owned(),
        created: at(0),
        seen: at(0),
        expires: at(1000),
        strong: at(0),
    };
    for (token, person) in [("t1", "anna"), ("t2", "anna"), ("t3", "bert")] {
        vault.keep_session(token, &session(person)).await.unwrap();
    }
    assert_eq!(vault.session("t1").await.unwrap(), Some(session("anna")));
    assert_eq!(vault.session("t9").await.unwrap(), None);
    vault.touch_session("t1", at(60)).await.unwrap();
    vault.strengthen_session("t1", at(70)).await.unwrap();
    let seen = vault.session("t1").await.unwrap().unwrap();
    assert_eq!((seen.seen, seen.strong), (at(60), at(70)));
    vault.end_session("t1").await.unwrap();
    assert_eq!(vault.session("t1").await.unwrap(), None);
    assert_eq!(vault.end_sessions(Some("anna"), at(80)).await.unwrap(), 1);
    assert_eq!(vault.end_sessions(None, at(999)).await.unwrap(), 0);
    assert_eq!(vault.end_sessions(None, at(1000)).await.unwrap(), 1);
    vault.close().await;
}
