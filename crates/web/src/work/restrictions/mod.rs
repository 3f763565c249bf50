//! Restricted processing: what a file says about it, and the page where its people write down a ground, or decide that it ends.

mod page;
mod texts;

use ::desk::kept::Store;
use desk::UseCase as U;
use desk::access::permit;
use desk::restriction::{Notice, restriction_case};

use crate::routes::Routes;
use crate::texts::{Arg, Key, Say};
use crate::work::Work;

/// The routes of this subject. Each compartment has its own: who works in one gets no other's.
pub fn routes(routes: Routes) -> Routes {
    let (k1, k2) = ("/work/restrictions/k1/{id}", "/work/restrictions/k2/{id}");
    let (k3, k4) = ("/work/restrictions/k3/{id}", "/work/restrictions/k4/{id}");
    let k5 = "/work/restrictions/k5/{id}";
    routes
        .get(k1, U::KeepRestrictionSignals, page::show_k1)
        .post(k1, U::KeepRestrictionSignals, page::step_k1)
        .get(k2, U::KeepRestrictionRegistration, page::show_k2)
        .post(k2, U::KeepRestrictionRegistration, page::step_k2)
        .get(k3, U::KeepRestrictionCare, page::show_k3)
        .post(k3, U::KeepRestrictionCare, page::step_k3)
        .get(k4, U::KeepRestrictionOpinion, page::show_k4)
        .post(k4, U::KeepRestrictionOpinion, page::step_k4)
        .get(k5, U::KeepRestrictionInvestigation, page::show_k5)
        .post(k5, U::KeepRestrictionInvestigation, page::step_k5)
}

/// What a file says about a restriction.
pub struct OnlyKept {
    /// What may only be kept, and why.
    pub text: String,
    /// Where it is kept up, for whoever may; else empty.
    pub href: String,
}

/// The restrictions of a file in words.
pub fn only_kept(work: &Work, t: &Say, store: Store, notices: &[Notice]) -> Vec<OnlyKept> {
    let may = restriction_case(store).is_some_and(|case| permit(&work.actor, case).is_ok());
    let line = |notice: &Notice| {
        let what = match notice.data.is_empty() {
            true => t.say("restriction-all").into_owned(),
            false => super::requests::data(work, t, &notice.data),
        };
        let values = [
            ("what", Arg::Text(what)),
            (
                "ground",
                Arg::Text(t.key(texts::ground(notice.ground)).into_owned()),
            ),
            ("article", Arg::Text(notice.article.to_owned())),
            ("date", Arg::Text(t.date(notice.since))),
        ];
        let mut text = t.say_args("restriction-notice", &values);
        if let Some(last) = notice.last {
            text.push(' ');
            text.push_str(&t.say_with("restriction-notice-last", "date", t.date(last)));
        }
        OnlyKept {
            text,
            href: match may {
                true => format!("/work/restrictions/{store}/{}", notice.id),
                false => String::new(),
            },
        }
    };
    notices.iter().map(line).collect()
}

/// Where a record of a compartment has its page; none: it has no page of its own.
pub fn file_of(store: Store, kind: &str, id: &str, above: Option<&str>) -> Option<String> {
    Some(match (store, kind, above) {
        (Store::K1, "report", _) => format!("/work/reports/{id}"),
        (Store::K2, "registration", _) => format!("/work/registrations/{id}"),
        (Store::K3, "case", _) => format!("/work/cases/{id}"),
        (Store::K3, "share_received", _) => format!("/work/shares/{id}"),
        (Store::K4, "opinion", _) => format!("/work/opinions/{id}"),
        (Store::K5, "intake", _) => format!("/work/intakes/{id}"),
        (Store::K5, "intake_person", Some(above)) => format!("/work/intakes/{above}/people/{id}"),
        (Store::K5, "share_received", _) => format!("/work/service-shares/{id}"),
        _ => return None,
    })
}

/// A ground of a restriction in words.
pub fn ground(ground: domain::restriction::Ground) -> Key {
    texts::ground(ground)
}
