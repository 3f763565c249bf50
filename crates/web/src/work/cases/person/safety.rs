//! What keeps the person safe, and how to reach her.

use desk::case::PersonChange;
use domain::SafeText;
use domain::code::MunicipalityCode;
use domain::person::{AvoidArea, ContactRules, REMARK_MAX, Safety};

use crate::form::{Form, Read};
use crate::texts::Key;
use crate::words;
use crate::work::Work;
use crate::work::cases::sheet::{Ask, Values, text};
use crate::work::cases::texts;

/// Fields at which the desk can find a fault.
pub(super) const FIELDS: &[&str] = &[
    "safe_channel",
    "safe_times",
    "code_word",
    "who_may_answer",
    "must_not_know",
    "avoid",
];

const AREAS: [(&str, &str, &str); 4] = [
    ("avoid", "avoid_km", "avoid_why"),
    ("avoid2", "avoid2_km", "avoid2_why"),
    ("avoid3", "avoid3_km", "avoid3_why"),
    ("avoid4", "avoid4_km", "avoid4_why"),
];

pub(super) fn asks(work: &Work) -> Vec<Ask> {
    let t = work.say();
    let places = words::sorted_choices(
        &work.app.desk.vocabulary.municipalities,
        work.today(),
        work.lang,
    );
    let mut asks = vec![
        Ask::flag("parent_suspected", t.say("cases-parent-suspected"))
            .hint(t.say("cases-parent-suspected-hint")),
        Ask::heading(t.say("cases-contact")),
        Ask::flag("never_call", t.say("cases-never-call")),
        Ask::line("safe_channel", t.say("cases-safe-channel")).maybe(),
        Ask::line("safe_times", t.say("cases-safe-times")).maybe(),
        Ask::line("code_word", t.say("cases-code-word")).maybe(),
        Ask::line("who_may_answer", t.say("cases-who-may-answer")).maybe(),
        Ask::radios("phone_safe", t.say("cases-phone-safe"), texts::answers(&t)),
        Ask::radios(
            "device_watched",
            t.say("cases-device-watched"),
            texts::answers(&t),
        ),
        Ask::heading(t.say("cases-who-must-not-know")),
        Ask::lines("must_not_know", t.say("cases-must-not-know"))
            .hint(t.say("cases-one-a-line"))
            .maybe(),
        Ask::heading(t.say("cases-avoid")),
    ];
    for (index, (place, km, why)) in AREAS.into_iter().enumerate() {
        let n = index + 1;
        asks.push(Ask::pick(place, t.say_n("cases-avoid-place", n), places.clone()).maybe());
        asks.push(Ask::number(km, t.say_n("cases-avoid-km", n)).maybe());
        asks.push(Ask::line(why, t.say_n("cases-avoid-why", n)).maybe());
    }
    asks
}

pub(super) fn values(values: Values, safety: &Safety) -> Values {
    let contact = &safety.contact;
    let others: Vec<&str> = safety.must_not_know.iter().map(SafeText::as_str).collect();
    let mut values = values
        .ticked("parent_suspected", safety.parent_suspected)
        .ticked("never_call", contact.never_call)
        .text("safe_channel", contact.safe_channel.as_ref())
        .text("safe_times", contact.safe_times.as_ref())
        .text("code_word", contact.code_word.as_ref())
        .text("who_may_answer", contact.who_may_answer.as_ref())
        .with("phone_safe", words::code_of(&safety.phone_safe))
        .with("device_watched", words::code_of(&safety.device_watched))
        .with("must_not_know", others.join("\n"));
    for ((place, km, why), area) in AREAS.iter().zip(&safety.avoid) {
        values = values
            .with(place, &area.municipality)
            .with(km, area.radius_km)
            .text(why, Some(&area.why));
    }
    values
}

pub(super) fn read(form: &mut Form) -> Read<PersonChange> {
    let parent_suspected = form.flag("parent_suspected").read();
    let never_call = form.flag("never_call").read();
    let safe_channel = text(form, "safe_channel", 200).optional();
    let safe_times = text(form, "safe_times", 200).optional();
    let code_word = text(form, "code_word", 200).optional();
    let who_may_answer = text(form, "who_may_answer", 200).optional();
    let phone_safe = form.one_of("phone_safe", texts::ANSWERS).required();
    let device_watched = form.one_of("device_watched", texts::ANSWERS).required();
    let must_not_know = form
        .parsed("must_not_know", |typed| {
            let lines = typed.lines().filter(|line| !line.trim().is_empty());
            lines
                .map(|line| SafeText::new("must_not_know", line, 500).ok())
                .collect::<Option<Vec<SafeText>>>()
        })
        .optional();
    let avoid: Read<Vec<AvoidArea>> = AREAS
        .into_iter()
        .filter_map(|names| area(form, names).transpose())
        .collect();
    Ok(PersonChange::Safety(Box::new(Safety {
        avoid: avoid?,
        must_not_know: must_not_know?.unwrap_or_default(),
        contact: ContactRules {
            never_call: never_call?,
            safe_channel: safe_channel?,
            safe_times: safe_times?,
            code_word: code_word?,
            who_may_answer: who_may_answer?,
        },
        phone_safe: phone_safe?,
        device_watched: device_watched?,
        parent_suspected: parent_suspected?,
    })))
}

/// An area to avoid; without a place there is none, with a place distance and reason are needed.
fn area(
    form: &mut Form,
    (place, km, why): (&'static str, &'static str, &'static str),
) -> Read<Option<AvoidArea>> {
    let municipality = form
        .parsed(place, |code| MunicipalityCode::new(code).ok())
        .optional();
    let radius = form.whole(km).maybe_within(1, 300);
    let reason = text(form, why, REMARK_MAX).optional();
    let Some(municipality) = municipality? else {
        return match (radius?, reason?) {
            (None, None) => Ok(None),
            _ => Err(form.note(place, Key::new("form-error-required"))),
        };
    };
    let radius = match radius? {
        Some(radius) => u16::try_from(radius).unwrap_or(u16::MAX),
        None => return Err(form.note(km, Key::new("form-error-required"))),
    };
    match reason? {
        Some(reason) => Ok(Some(AvoidArea {
            municipality,
            radius_km: radius,
            why: reason,
        })),
        None => Err(form.note(why, Key::new("form-error-required"))),
    }
}
