//! What is asked, who may place by which rule, and who pays.

use desk::placement::{AVOID_MARGIN_KM, StoredRequest};
use domain::By;
use domain::placing::Uncertain;
use domain::shelter_request::{Entitlement, Relaxing};

use crate::texts::{Arg, Key, Lang};
use crate::work::Work;
use crate::work::shelter::ask::why;
use crate::work::shelter::words;

pub(super) struct RouteView {
    pub(super) because: String,
    pub(super) kinds: String,
    pub(super) authority: String,
    pub(super) exclusive: bool,
    pub(super) entitlement: String,
    pub(super) source: String,
}

pub(super) fn uncertain(one: Uncertain) -> Key {
    match one {
        Uncertain::RightToShelter => Key::new("shelter-uncertain-right"),
        Uncertain::ResidenceUnknown => Key::new("shelter-uncertain-residence"),
        Uncertain::ResponsibleMunicipality => Key::new("shelter-uncertain-municipality"),
    }
}

pub(super) fn facts(work: &Work, stored: &StoredRequest) -> Vec<(String, String)> {
    let t = work.say();
    let v = &work.app.desk.vocabulary;
    let needs = &stored.request.needs;
    let avoid: Vec<String> = stored
        .avoid
        .iter()
        .map(|place| {
            t.say_args(
                "shelter-avoid-line",
                &[
                    (
                        "place",
                        Arg::Text(words::word(
                            work,
                            &v.municipalities,
                            place.municipality.as_str(),
                        )),
                    ),
                    ("km", i64::from(place.radius_km).into()),
                    ("margin", i64::from(AVOID_MARGIN_KM).into()),
                    ("why", Arg::Text(why(&t, &place.why))),
                ],
            )
        })
        .collect();
    let mut out = vec![
        (
            t.say("shelter-case").into_owned(),
            words::reference(stored.request.case),
        ),
        (
            t.say("shelter-asked-by").into_owned(),
            work.app
                .desk
                .directory()
                .name(stored.request.requested.org)
                .to_owned(),
        ),
        (
            t.say("shelter-asked-at").into_owned(),
            t.moment(stored.request.requested.at),
        ),
        (
            t.say("shelter-persons").into_owned(),
            words::persons(work, needs.persons.iter().map(|p| (p.age, p.sex))),
        ),
        (
            t.say("shelter-form").into_owned(),
            words::word(work, &v.forms, needs.form.as_str()),
        ),
        (
            t.say("shelter-entitlement").into_owned(),
            words::word(work, &v.entitlements, &words::code_of(&needs.entitlement)),
        ),
        (
            t.say("shelter-security").into_owned(),
            words::word(work, &v.security_levels, &words::code_of(&needs.security)),
        ),
        (
            t.say("shelter-care").into_owned(),
            words::word_list(work, &v.care_kinds, needs.care.iter().map(words::code_of)),
        ),
        (
            t.say("shelter-wheelchair").into_owned(),
            words::yes_no(&t, needs.wheelchair),
        ),
        (
            t.say("shelter-pets").into_owned(),
            words::yes_no(&t, needs.pets),
        ),
        (
            t.say("shelter-languages").into_owned(),
            words::word_list(
                work,
                &v.languages,
                needs.languages.iter().map(ToString::to_string),
            ),
        ),
        (t.say("shelter-avoid").into_owned(), avoid.join("\n")),
    ];
    out.retain(|(_, value)| !value.is_empty());
    out
}

pub(super) fn routes(work: &Work, stored: &StoredRequest) -> Vec<RouteView> {
    let v = &work.app.desk.vocabulary;
    stored
        .placing
        .routes
        .iter()
        .map(|route| RouteView {
            because: if work.lang == Lang::DUTCH {
                route.because.nl.clone()
            } else {
                route.because.en.clone()
            },
            kinds: words::word_list(work, &v.shelter_types, route.kinds.iter().map(|k| k.code())),
            authority: words::word_list(
                work,
                &v.organisation_kinds,
                route.authority.iter().map(ToString::to_string),
            ),
            exclusive: route.exclusive,
            entitlement: words::word(work, &v.entitlements, &words::code_of(&route.entitlement)),
            source: route.source.clone(),
        })
        .collect()
}

/// That she turned eighteen since she was asked for, or proved to be a minor, and on which right it was asked.
pub(super) fn asked_as(work: &Work, right: Entitlement) -> String {
    let v = &work.app.desk.vocabulary;
    let right = words::word(work, &v.entitlements, &words::code_of(&right));
    (work.say()).say_args("shelter-ways-again", &[("right", Arg::Text(right))])
}

/// "Registered" and "found" are both shown; the choice between them is a person's, with the reason.
pub(super) fn payer_facts(work: &Work, stored: &StoredRequest) -> Vec<(String, String)> {
    let t = work.say();
    let v = &work.app.desk.vocabulary;
    let name = |code: Option<&domain::code::MunicipalityCode>| match code {
        Some(code) => words::word(work, &v.municipalities, code.as_str()),
        None => t.say("shelter-not-known").into_owned(),
    };
    let responsible = &stored.placing.responsible;
    let mut out = vec![
        (
            t.say("shelter-registered-in").into_owned(),
            name(responsible.registered_in.as_ref()),
        ),
        (
            t.say("shelter-found-in").into_owned(),
            name(responsible.found_in.as_ref()),
        ),
    ];
    if let Some(choice) = &stored.payer {
        let chosen = t.say_args(
            "shelter-payer-chosen",
            &[
                ("place", Arg::Text(name(Some(&choice.municipality)))),
                (
                    "org",
                    Arg::Text(work.app.desk.directory().name(choice.by.org).to_owned()),
                ),
                ("at", Arg::Text(t.moment(choice.by.at))),
            ],
        );
        out.push((
            t.say("shelter-payer").into_owned(),
            format!("{chosen}\n{}", choice.because.as_str()),
        ));
    }
    out
}

/// What people decided about what is asked: less strictly, kept apart; who, when and why.
pub(super) fn decisions(work: &Work, stored: &StoredRequest) -> Vec<(String, String)> {
    let t = work.say();
    let signed = |because: &str, by: &By| {
        let org = work.app.desk.directory().name(by.org).to_owned();
        t.say_args(
            "shelter-decision-by",
            &[
                ("because", Arg::Text(because.to_owned())),
                ("org", Arg::Text(org)),
                ("at", Arg::Text(t.moment(by.at))),
            ],
        )
    };
    let mut out: Vec<(String, String)> = (stored.request.relaxed.iter())
        .map(|one| {
            (
                relaxed(work, one.what),
                signed(one.because.as_str(), &one.by),
            )
        })
        .collect();
    if let Some(apart) = &stored.apart {
        let word = t.say("shelter-apart-fact").into_owned();
        out.push((word, signed(apart.because.as_str(), &apart.by)));
    }
    out
}

fn relaxed(work: &Work, what: Relaxing) -> String {
    let t = work.say();
    match what {
        Relaxing::Circle { from_km, to_km, .. } => {
            let asked = |km: u16| i64::from(km.saturating_sub(AVOID_MARGIN_KM));
            t.say_args(
                "shelter-decision-avoid",
                &[("from", asked(from_km).into()), ("to", asked(to_km).into())],
            )
        }
        Relaxing::Security { from, to } => {
            let word = |level| {
                let levels = &work.app.desk.vocabulary.security_levels;
                words::word(work, levels, &words::code_of(level))
            };
            t.say_args(
                "shelter-decision-security",
                &[
                    ("from", Arg::Text(word(&from))),
                    ("to", Arg::Text(word(&to))),
                ],
            )
        }
    }
}
