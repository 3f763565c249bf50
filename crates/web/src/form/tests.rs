//! Tests of this subject through its public face.

use axum::http::StatusCode;

use super::*;

fn form(text: &str) -> Form {
    Form::of(Typed::read(text.as_bytes()).unwrap())
}

fn keys(filled: &Filled) -> Vec<(&'static str, &'static str)> {
    filled
        .errors()
        .iter()
        .map(|error| (error.field(), error.message().key().as_str()))
        .collect()
}

#[test]
fn a_sound_form_becomes_a_typed_input() {
    let mut form = form(
        "story=Wat+er%0D%0Agebeurt&age=17&place=a&sign=x&sign=y&yes=yes&day=2026-11-22&_token=t",
    );
    let story = form.text("story").required();
    let age = form.whole("age").within(0, 120);
    let place = form.one_of("place", &[("a", 'A'), ("b", 'B')]).required();
    let signs = form.many_of("sign", &[("y", 2), ("x", 1)]).any();
    let yes = form.flag("yes").read();
    let day = form.date("day").required();
    let read = form
        .finish(|| Ok((story?, age?, place?, signs?, yes?, day?)))
        .unwrap();
    assert_eq!(read.0, "Wat er\ngebeurt");
    assert_eq!(
        (read.1, read.2, read.3, read.4),
        (17, 'A', vec![2, 1], true)
    );
    assert_eq!(read.5, jiff::civil::date(2026, 11, 22));
}

#[test]
fn all_faults_come_at_once_and_nothing_typed_is_lost() {
    let mut form = form("story=&age=seventeen&place=q&name=abcdef&day=31-02-2026&extra=1");
    let story = form
        .text("story")
        .or_say(Key::new("form-error-required"))
        .required();
    let age = form.whole("age").within(0, 120);
    let place = form.one_of("place", &[("a", ())]).required();
    let name = form.line("name").max(3).required();
    let day = form.date("day").optional();
    let filled = form
        .finish(|| Ok((story?, age?, place?, name?, day?)))
        .unwrap_err();
    assert_eq!(
        keys(&filled),
        [
            ("story", "form-error-required"),
            ("age", "form-error-range"),
            ("place", "form-error-choice"),
            ("name", "form-error-too-long"),
            ("day", "form-error-date"),
            ("", "form-error-unknown-field"),
        ]
    );
    assert_eq!(filled.value("name"), "abcdef");
    assert_eq!(filled.value("age"), "seventeen");
}

#[test]
fn a_value_sent_twice_is_refused() {
    let mut form = form("name=a&name=b");
    let name = form.line("name").required();
    let filled = form.finish(|| name).unwrap_err();
    assert_eq!(keys(&filled), [("name", "form-error-twice")]);
}

#[test]
fn bytes_that_are_no_utf8_form_are_refused() {
    for bad in ["a=%ff", "a=%0", "a=%zz", "a=%00", "=x"] {
        assert_eq!(
            Typed::read(bad.as_bytes()).unwrap_err().status(),
            StatusCode::BAD_REQUEST,
            "{bad}"
        );
    }
    assert_eq!(
        Typed::read("a=1&".repeat(501).as_bytes())
            .unwrap_err()
            .status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(Typed::read(b"").unwrap(), Typed::default());
    assert_eq!(
        Typed::read("a=%e2%82%ac+b".as_bytes()).unwrap().first("a"),
        "€ b"
    );
}
