//! Matters that take several people to make: a request for an opinion that somebody leads, a share that somebody accepted, a case that is offered.

use std::collections::BTreeSet;

use ::desk::case::{self, NewCase, NewConsent, NewTransfer};
use ::desk::opinion::{self, NewAsk};
use ::desk::share::{self, Offering, ShareInput, Side};
use ::desk::{Actor, Role};
use domain::SafeText;
use domain::age::Age;
use domain::code::{DataCode, LanguageCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Explained, Recipient};
use domain::ids::{CaseId, OpinionId, OrgId, UserId};
use domain::minors::Giver;
use domain::opinion::{Ground, Released};
use jiff::ToSpan;

use crate::real::Real;

/// Somebody of the little country, signed in.
pub(crate) async fn signed_in(real: &Real, user: UserId) -> Actor {
    let session = real.session_of(user).await;
    let found = ::desk::sign_in::actor_of(&real.app.desk, real.now(), &session).await;
    found.unwrap().unwrap()
}

async fn settle(real: &Real) {
    let desk = &real.app.desk;
    while !::desk::tick::tick(desk, real.now())
        .await
        .unwrap()
        .is_idle()
    {}
}

/// A consent of the person herself to a kind of receiver.
fn consent(real: &Real, purpose: &str, kind: &str, data: &[&'static str]) -> NewConsent {
    NewConsent {
        giver: Giver::Person,
        purpose: PurposeCode::new(purpose).unwrap(),
        recipients: vec![Recipient::Kind {
            kind: OrgKind::new(kind).unwrap(),
        }],
        data: data.iter().map(|code| DataCode::literal(code)).collect(),
        given: domain::time::dutch_date(real.now()),
        until: None,
        explained: Explained {
            language: LanguageCode::new("nl").unwrap(),
            interpreter: false,
            how: SafeText::new("how", "rustig verteld", 100).unwrap(),
            help_does_not_depend: true,
        },
        form: ConsentForm::Written,
        looked: false,
    }
}

/// A case of an adult, who says these words.
pub(crate) async fn adult(real: &Real, care: &Actor, words: SafeText) -> CaseId {
    let today = domain::time::dutch_date(real.now());
    let new = NewCase {
        alias: Some(words.clone()),
        need: Some(words),
        age: Age::certain(jiff::civil::date(1992, 5, 1), today).unwrap(),
        ..NewCase::default()
    };
    let opened = case::open(&real.app.desk, care, real.now(), new).await;
    opened.unwrap()
}

/// A request for an opinion that the secretary took up, from a case of its own: care reads what it asked there.
pub(crate) async fn opinion(real: &Real, words: SafeText) -> OpinionId {
    let (desk, now) = (&real.app.desk, real.now());
    let care = real.actor(Role::CareCoordinator).await;
    let case = case::open(desk, &care, now, NewCase::default());
    let case = case.await.unwrap();
    let given = consent(real, "opinion", "K4", &["statement"]);
    let given = case::give_consent(desk, &care, now, case, given);
    let new = NewAsk {
        case,
        released: vec![Released::Statement { text: words }],
        ground: Ground {
            ended_on: Some(domain::time::dutch_date(now)),
            aangifte: true,
        },
        consent: given.await.unwrap(),
        looked: false,
    };
    opinion::ask(desk, &care, now, new).await.unwrap();
    settle(real).await;
    let secretary = real.actor(Role::PanelSecretary).await;
    let (page, _) = opinion::list(desk, &secretary, &[], None).await.unwrap();
    let row = &page.rows[0];
    let id: OpinionId = row.id.parse().unwrap();
    ::desk::need::take_over(desk, &secretary, now, id, row.version, None, false)
        .await
        .unwrap();
    id
}

/// What a coordinator of another organisation shares, accepted by the coordinator of this one; by the name under which this one has it.
pub(crate) async fn share(real: &Real, sender: &Actor, words: SafeText) -> String {
    let (desk, now) = (&real.app.desk, real.now());
    let id = adult(real, sender, words).await;
    let given = consent(real, "care", "ZCO", &["care_needs"]);
    case::give_consent(desk, sender, now, id, given)
        .await
        .unwrap();
    let input = ShareInput {
        to: real.org("ZCO"),
        purpose: PurposeCode::new("care").unwrap(),
        data: BTreeSet::from([DataCode::literal("care_needs")]),
        circumstances: BTreeSet::new(),
    };
    let seen = share::preview(desk, sender, now, id, &input).await.unwrap();
    let conditions = seen.answer.conditions.iter();
    let offering = Offering {
        mark: seen.mark().unwrap(),
        confirmed: conditions.map(|c| c.code.clone()).collect(),
        until: domain::time::dutch_date(now).saturating_add(90.days()),
        why: SafeText::new("why", "de hulp gaat daar verder", 100).unwrap(),
        looked: false,
        input,
    };
    share::offer(desk, sender, now, id, offering).await.unwrap();
    settle(real).await;
    let receiver = real.actor(Role::CareCoordinator).await;
    let came = share::list(desk, &receiver, Side::Care, Vec::new(), None);
    let row = came.await.unwrap().page.rows.remove(0);
    share::accept(desk, &receiver, now, (Side::Care, &row.id), row.version)
        .await
        .unwrap();
    settle(real).await;
    row.id
}

/// The offer of a case to another organisation, which has not answered; with these words as the reason.
pub(crate) async fn transfer(real: &Real, id: CaseId, to: OrgId, why: SafeText) -> String {
    let (desk, now) = (&real.app.desk, real.now());
    let care = real.actor(Role::CareCoordinator).await;
    let given = consent(real, "care", "ZCO", &case::SUMMARY);
    case::give_consent(desk, &care, now, id, given)
        .await
        .unwrap();
    let seen = case::read(desk, &care, now, id).await.unwrap().version;
    let new = NewTransfer {
        to,
        why,
        looked: false,
    };
    let offered = case::offer_transfer(desk, &care, now, id, seen, new).await;
    offered.unwrap().to_string()
}
