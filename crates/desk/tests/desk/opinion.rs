//! Opinions on victimhood: asked at care, given by a panel on what the person releases, told to the person only.

mod who;

use desk::access::{RULES, Role};
use desk::case::{self, NewCase, NewConsent};
use desk::disclosure::{Disclosure, OpinionStatus, Payload};
use desk::opinion::{self, Admission, Given, MemberChoice, NewAsk, NotAdmitted, SendTo};
use desk::{Actor, DeskError, UseCase, accounts};
use domain::code::{DataCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Recipient};
use domain::ids::{AttachmentId, CaseId, ConsentId, DisclosureId, OpinionId, UserId};
use domain::minors::Giver;
use domain::opinion::{Ground, Obstacle, OpinionState, Released, Verdict};
use jiff::civil::date;
use vault::{Filter, Kind, Order, Store, Stored};

use crate::case::{consent, own_case};
use crate::support::{World, days, hours, start, text};

const SECRET: &str = "wat ik alleen aan de coördinator vertelde";

/// A world with a panel of four.
struct Panel {
    world: World,
    secretary: Actor,
    coordinator: Actor,
    members: Vec<Actor>,
    /// The case for whose person is asked, with the consent to it.
    case: CaseId,
    consent: ConsentId,
}

impl Panel {
    async fn new() -> Panel {
        let world = World::new().await;
        let mut members = Vec::new();
        for n in 1..=4 {
            members.push(member(&world, n).await);
        }
        let coordinator = world.coordinator();
        let case = own_case(&world, &coordinator, NewCase::default()).await;
        let to_panel = NewConsent {
            purpose: PurposeCode::new("opinion").unwrap(),
            recipients: vec![Recipient::Kind {
                kind: OrgKind::new("K4").unwrap(),
            }],
            data: vec![DataCode::new("statement").unwrap()],
            ..consent(Giver::Person, ConsentForm::Written)
        };
        let given = case::give_consent(&world.desk, &coordinator, start(), case, to_panel);
        let consent = given.await.unwrap();
        Panel {
            secretary: world.actor(world.panel, &[Role::PanelSecretary]),
            coordinator,
            members,
            case,
            consent,
            world,
        }
    }

    fn request(&self, ground: Ground, released: Vec<Released>) -> NewAsk {
        NewAsk {
            case: self.case,
            released,
            ground,
            consent: self.consent,
            looked: false,
        }
    }

    async fn try_ask(&self, new: NewAsk) -> Result<DisclosureId, DeskError> {
        opinion::ask(&self.world.desk, &self.coordinator, start(), new).await
    }

    async fn ask(&self, ground: Ground, items: Vec<Released>) -> DisclosureId {
        let asked = self.try_ask(self.request(ground, items)).await.unwrap();
        self.world.settle(start()).await;
        asked
    }

    async fn asked(&self) -> Vec<opinion::Asked> {
        opinion::asked(&self.world.desk, &self.coordinator, start(), self.case)
            .await
            .unwrap()
    }

    /// The one request that the secretary finds.
    async fn only(&self) -> (OpinionId, i64) {
        let (page, _) = opinion::list(&self.world.desk, &self.secretary, &[], None)
            .await
            .unwrap();
        assert_eq!(page.rows.len(), 1);
        (page.rows[0].id.parse().unwrap(), page.rows[0].version)
    }

    async fn admit(
        &self,
        id: OpinionId,
        seen: i64,
        exception: Option<&str>,
    ) -> Result<(), DeskError> {
        let input = Admission {
            exception: exception.map(text),
        };
        opinion::admit(&self.world.desk, &self.secretary, hours(2), id, seen, input).await
    }

    fn choices(&self, members: &[Actor]) -> Vec<MemberChoice> {
        let fields = [
            "strafrecht",
            "medische antropologie",
            "hulpverlening",
            "criminologie",
        ];
        members
            .iter()
            .zip(fields)
            .map(|(m, expertise)| MemberChoice {
                user: user(m),
                expertise: text(expertise),
            })
            .collect()
    }

    async fn compose(&self, id: OpinionId, seen: i64, members: &[Actor]) -> Result<(), DeskError> {
        opinion::compose(
            &self.world.desk,
            &self.secretary,
            hours(3),
            id,
            seen,
            self.choices(members),
        )
        .await
    }

    async fn before_panel(&self) -> (OpinionId, i64) {
        self.ask(in_time(), vec![statement("mijn verhaal")]).await;
        let (id, seen) = self.only().await;
        self.admit(id, seen, None).await.unwrap();
        self.compose(id, seen + 1, &self.members[..3])
            .await
            .unwrap();
        (id, seen + 2)
    }

    /// Every word that left the panel, oldest first.
    async fn words(&self) -> Vec<(Store, OpinionStatus, Disclosure)> {
        let mut out = Vec::new();
        for one in self.disclosures(Store::K4).await {
            let Payload::OpinionStatus(status) = one.payload.clone() else {
                panic!("the panel sent {}", one.payload.name());
            };
            out.push((one.to, status, one));
        }
        out
    }

    async fn disclosures(&self, store: Store) -> Vec<Disclosure> {
        let vault = &self.world.desk.vault;
        let kind = Kind {
            store,
            ..Disclosure::KIND
        };
        let page = vault
            .list(&kind, &Filter::default(), Order::Newest, None, 100)
            .await
            .unwrap();
        let mut out = Vec::new();
        for row in page.rows.iter().rev() {
            out.push(
                vault
                    .load_in::<Disclosure>(store, &row.id)
                    .await
                    .unwrap()
                    .body,
            );
        }
        out
    }
}

async fn member(world: &World, n: u8) -> Actor {
    let made = accounts::add(
        &world.desk,
        &Actor::System,
        start(),
        accounts::NewAccount {
            name: format!("Lid {n}"),
            user_name: format!("lid{n}"),
            org: world.panel,
            roles: vec![Role::PanelMember],
            password: "een lang wachtwoord 1".to_owned().into(),
        },
    )
    .await
    .unwrap();
    match world.actor(world.panel, &[Role::PanelMember]) {
        Actor::Person(mut person) => {
            person.user = made.id;
            Actor::Person(person)
        }
        _ => unreachable!(),
    }
}

fn user(actor: &Actor) -> UserId {
    actor.person().unwrap().user
}

pub fn statement(words: &str) -> Released {
    Released::Statement { text: text(words) }
}

/// Dismissed three weeks before, reported to the police: within the rule of the pilot.
pub fn in_time() -> Ground {
    Ground {
        ended_on: Some(date(2026, 11, 2)),
        aangifte: true,
    }
}

fn plausible() -> Given {
    Given {
        verdict: Verdict::Aannemelijk,
        reasons: text("De verklaring is samenhangend en past bij de stukken."),
        valid_until: Some(date(2027, 11, 23)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s7_the_panel_sees_only_what_is_released_and_the_person_hears_it() {
    let panel = Panel::new().await;
    let desk = &panel.world.desk;
    let thread = panel
        .ask(
            in_time(),
            vec![statement("mijn verhaal"), statement(SECRET)],
        )
        .await;
    let (id, _) = panel.only().await;

    // Before the panel sits the person thinks better of the second item.
    let kept = panel.asked().await;
    assert_eq!(kept[0].asked.items.len(), 2);
    opinion::take_back(
        desk,
        &panel.coordinator,
        hours(1),
        &kept[0].id,
        kept[0].version,
        2,
    )
    .await
    .unwrap();
    panel.world.settle(hours(1)).await;

    let seen = opinion::read(desk, &panel.secretary, hours(1), id)
        .await
        .unwrap();
    assert!(seen.secretary.as_ref().unwrap().obstacles.is_empty());
    panel.admit(id, seen.version, None).await.unwrap();
    panel
        .compose(id, seen.version + 1, &panel.members[..3])
        .await
        .unwrap();

    let member = &panel.members[0];
    let view = opinion::read(desk, member, hours(3), id).await.unwrap();
    assert!(
        view.secretary.is_none(),
        "the panel does not need who asked and under which rule"
    );
    assert!(view.items[0].item.is_some());
    assert!(
        view.items[1].item.is_none(),
        "what was taken back is not shown"
    );
    assert!(!format!("{view:?}").contains(SECRET));

    // To who is not on this panel it is closed.
    let outsider = opinion::read(desk, &panel.members[3], hours(3), id).await;
    assert!(
        matches!(outsider, Err(DeskError::NeedToKnow { .. })),
        "{outsider:?}"
    );
    let (theirs, _) = opinion::list(desk, &panel.members[3], &[], None)
        .await
        .unwrap();
    assert!(theirs.rows.is_empty());

    opinion::give(desk, member, days(30), id, view.version, plausible())
        .await
        .unwrap();

    let words = panel.words().await;
    let states: Vec<&str> = words
        .iter()
        .map(|(_, status, _)| status.state.as_str())
        .collect();
    assert_eq!(
        states,
        ["requested", "requested", "admitted", "in_panel", "outcome"]
    );
    for (to, status, word) in &words {
        assert_eq!(*to, Store::K3, "a word goes to care and nowhere else");
        assert_eq!(word.thread, Some(thread));
        assert_eq!(status.outcome.is_some(), status.state == "outcome");
    }
    let outcome = words[4].1.outcome.clone().unwrap();
    assert_eq!(outcome.verdict, Verdict::Aannemelijk);
    assert_eq!(
        outcome.based_on,
        [1],
        "it rests on what the panel could see"
    );
    assert_eq!(outcome.members.len(), 3);

    // The person hears it through the case that asked.
    panel.world.settle(days(30)).await;
    let dossier = case::read(desk, &panel.coordinator, days(30), panel.case)
        .await
        .unwrap();
    let news: Vec<&str> = dossier
        .file
        .opinions
        .iter()
        .map(|n| n.status.state.as_str())
        .collect();
    assert_eq!(news, states);
    assert_eq!(dossier.file.opinions[4].status.outcome, Some(outcome));

    // Must not: police or prosecution hear of it by themselves.
    assert!(panel.disclosures(Store::K5).await.is_empty());
    let mut to_police = panel.disclosures(Store::K3).await;
    to_police.extend(panel.disclosures(Store::K4).await);
    assert!(to_police.iter().all(|d| d.to != Store::K5));
}

#[tokio::test(flavor = "multi_thread")]
async fn s7_no_role_outside_the_panel_reaches_it() {
    for rule in RULES.iter().filter(|rule| rule.store == Store::K4) {
        for role in rule.roles {
            let own = matches!(
                role,
                Role::PanelSecretary | Role::PanelMember | Role::System
            );
            assert!(own, "{} is open to {}", rule.name, role.code());
        }
    }
    let panel = Panel::new().await;
    let (id, _) = panel.before_panel().await;
    for actor in [
        panel.world.investigator(),
        panel.coordinator.clone(),
        panel.world.signal_desk(),
    ] {
        let refused = opinion::read(&panel.world.desk, &actor, hours(3), id).await;
        assert!(matches!(
            refused,
            Err(DeskError::Forbidden {
                case: UseCase::ReadOpinion
            })
        ));
    }
    // A panel of another organisation does not find it either.
    let elsewhere = panel
        .world
        .actor(panel.world.programme, &[Role::PanelSecretary]);
    let refused = opinion::read(&panel.world.desk, &elsewhere, hours(3), id).await;
    assert!(matches!(refused, Err(DeskError::NotFound { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_without_aangifte_the_obstacle_is_explained_and_an_exception_needs_its_reason() {
    let panel = Panel::new().await;
    let ground = Ground {
        ended_on: None,
        aangifte: false,
    };
    panel
        .ask(ground, vec![statement("ik wil niet naar de politie")])
        .await;
    let (id, seen) = panel.only().await;
    let view = opinion::read(&panel.world.desk, &panel.secretary, hours(1), id)
        .await
        .unwrap();
    assert_eq!(
        view.secretary.unwrap().obstacles,
        [Obstacle::NotEnded, Obstacle::NoAangifte]
    );

    let refused = panel.admit(id, seen, None).await;
    assert!(
        matches!(&refused, Err(DeskError::Rule { key, .. }) if key == "opinion-obstacle"),
        "{refused:?}"
    );
    panel
        .admit(
            id,
            seen,
            Some("aangifte is te gevaarlijk voor haar familie"),
        )
        .await
        .unwrap();

    let view = opinion::read(&panel.world.desk, &panel.secretary, hours(2), id)
        .await
        .unwrap();
    assert!(matches!(
        view.state,
        OpinionState::Admitted {
            exception: Some(_),
            ..
        }
    ));
    // The reason stays on record after the next step.
    panel
        .compose(id, view.version, &panel.members[1..])
        .await
        .unwrap();
    let view = opinion::read(&panel.world.desk, &panel.secretary, hours(3), id)
        .await
        .unwrap();
    let steps = view.secretary.unwrap().steps;
    assert!(
        steps
            .iter()
            .any(|s| s.what == "admitted" && s.why.is_some())
    );
    // Must not: anything of it to the police.
    assert!(panel.disclosures(Store::K5).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_travels_with_its_reason() {
    let panel = Panel::new().await;
    let late = Ground {
        ended_on: Some(date(2026, 9, 1)),
        aangifte: true,
    };
    panel.ask(late, vec![statement("mijn verhaal")]).await;
    let (id, seen) = panel.only().await;
    let input = NotAdmitted {
        why: text("De termijn van vier weken is voorbij."),
    };
    opinion::not_admit(
        &panel.world.desk,
        &panel.secretary,
        hours(1),
        id,
        seen,
        input,
    )
    .await
    .unwrap();
    let last = panel.words().await.pop().unwrap().1;
    assert_eq!(last.state, "not_admitted");
    assert_eq!(
        last.reason,
        Some(text("De termijn van vier weken is voorbij."))
    );
    assert!(last.outcome.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panel_has_three_different_members_of_this_organisation() {
    let panel = Panel::new().await;
    panel.ask(in_time(), vec![statement("mijn verhaal")]).await;
    let (id, seen) = panel.only().await;
    let early = panel.compose(id, seen, &panel.members[..3]).await;
    assert!(
        matches!(&early, Err(DeskError::Rule { key, .. }) if key == "opinion-state"),
        "{early:?}"
    );
    panel.admit(id, seen, None).await.unwrap();
    let key_of = |result: Result<(), DeskError>| match result {
        Err(DeskError::Rule { key, .. }) => key,
        other => panic!("{other:?}"),
    };
    let two = panel.compose(id, seen + 1, &panel.members[..2]).await;
    assert_eq!(key_of(two), "opinion-panel-too-small");
    let same = [0, 0, 1].map(|n: usize| panel.members[n].clone());
    assert_eq!(
        key_of(panel.compose(id, seen + 1, &same).await),
        "opinion-panel-too-small"
    );
    let stranger = [
        panel.members[0].clone(),
        panel.members[1].clone(),
        panel.secretary.clone(),
    ];
    assert_eq!(
        key_of(panel.compose(id, seen + 1, &stranger).await),
        "opinion-no-member"
    );
    panel.compose(id, seen + 1, &panel.members).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_at_once_and_the_second_is_told() {
    let panel = Panel::new().await;
    let (id, seen) = panel.before_panel().await;
    let desk = &panel.world.desk;
    opinion::give(desk, &panel.members[0], hours(5), id, seen, plausible())
        .await
        .unwrap();
    let second = opinion::give(desk, &panel.members[1], hours(5), id, seen, plausible()).await;
    assert!(matches!(second, Err(DeskError::Conflict)), "{second:?}");
    let again = opinion::give(desk, &panel.members[1], hours(5), id, seen + 1, plausible()).await;
    assert!(
        matches!(&again, Err(DeskError::Rule { key, .. }) if key == "opinion-state"),
        "{again:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_withdraws_and_what_comes_too_late_changes_nothing() {
    let panel = Panel::new().await;
    let (id, seen) = panel.before_panel().await;
    let desk = &panel.world.desk;
    opinion::give(desk, &panel.members[0], hours(5), id, seen, plausible())
        .await
        .unwrap();
    let kept = panel.asked().await;
    let late = vec![statement("nog iets")];
    opinion::release(
        desk,
        &panel.coordinator,
        hours(6),
        &kept[0].id,
        kept[0].version,
        late,
        false,
    )
    .await
    .unwrap();
    panel.world.settle(hours(6)).await;
    let view = opinion::read(desk, &panel.secretary, hours(7), id)
        .await
        .unwrap();
    assert_eq!(
        view.items.len(),
        1,
        "an opinion does not change under its feet"
    );
    assert_eq!(
        panel.words().await.pop().unwrap().1.state,
        "outcome",
        "care hears how it stands"
    );

    // Another request, taken back by the person at care.
    panel.world.settle(hours(8)).await;
    let new = panel.request(in_time(), vec![statement("opnieuw")]);
    opinion::ask(desk, &panel.coordinator, hours(8), new)
        .await
        .unwrap();
    panel.world.settle(hours(8)).await;
    let kept = panel.asked().await;
    opinion::withdraw_ask(
        desk,
        &panel.coordinator,
        hours(9),
        &kept[0].id,
        kept[0].version,
    )
    .await
    .unwrap();
    panel.world.settle(hours(9)).await;
    let (page, _) = opinion::list(desk, &panel.secretary, &["ingetrokken".to_owned()], None)
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1);
    let twice = opinion::withdraw_ask(
        desk,
        &panel.coordinator,
        hours(9),
        &kept[0].id,
        kept[0].version + 1,
    )
    .await;
    assert!(matches!(&twice, Err(DeskError::Rule { key, .. }) if key == "opinion-withdrawn"));
    // Another care organisation does not find the request.
    let other = panel
        .world
        .actor(panel.world.care_ijsselland, &[Role::CareCoordinator]);
    let refused =
        opinion::withdraw_ask(desk, &other, hours(9), &kept[0].id, kept[0].version + 1).await;
    assert!(matches!(refused, Err(DeskError::NotFound { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn s7_the_person_decides_who_gets_it() {
    let panel = Panel::new().await;
    let (id, seen) = panel.before_panel().await;
    let desk = &panel.world.desk;
    let to_ind = || SendTo {
        kind: OrgKind::new("IND").unwrap(),
        org: None,
        wish: text("Stuur het naar de IND, gezegd op 24 november."),
    };
    let early = opinion::send(desk, &panel.secretary, hours(4), id, seen, to_ind()).await;
    assert!(matches!(&early, Err(DeskError::Rule { key, .. }) if key == "opinion-state"));
    opinion::give(desk, &panel.members[0], hours(5), id, seen, plausible())
        .await
        .unwrap();
    let words = panel.words().await.len();
    opinion::send(desk, &panel.secretary, hours(6), id, seen + 1, to_ind())
        .await
        .unwrap();
    let view = opinion::read(desk, &panel.secretary, hours(7), id)
        .await
        .unwrap();
    let sent = view.secretary.unwrap().sent_to;
    assert_eq!(sent.len(), 1);
    assert!(sent[0].kind.is("IND"));
    assert_eq!(
        panel.words().await.len(),
        words,
        "the record of a wish moves no data by itself"
    );
    let not_hers = opinion::send(desk, &panel.members[0], hours(6), id, seen + 2, to_ind()).await;
    assert!(matches!(not_hers, Err(DeskError::Forbidden { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_without_consent_content_or_mandate() {
    let panel = Panel::new().await;
    let desk = &panel.world.desk;
    let key = |result: Result<DisclosureId, DeskError>| match result {
        Err(DeskError::Rule { key, .. }) => key,
        Err(DeskError::Invalid(fields)) => fields[0].key.clone(),
        other => panic!("{other:?}"),
    };
    let new = |released| panel.request(in_time(), released);
    let no_consent = NewAsk {
        consent: ConsentId::new(desk.vault.new_id(start())),
        ..new(vec![statement("x")])
    };
    assert_eq!(key(panel.try_ask(no_consent).await), "opinion-no-consent");
    let empty = panel.try_ask(new(Vec::new())).await;
    assert_eq!(key(empty), "opinion-nothing-released");
    let medical = |mandate| Released::Document {
        attachment: AttachmentId::new(desk.vault.new_id(start())),
        title: text("brief van de huisarts"),
        medical: true,
        mandate,
    };
    let refused = panel.try_ask(new(vec![medical(None)])).await;
    assert_eq!(key(refused), "opinion-no-mandate");
    // Her consent covers her statement, not her medical file.
    let mandate = Some(AttachmentId::new(desk.vault.new_id(start())));
    let refused = panel.try_ask(new(vec![medical(mandate)])).await;
    assert_eq!(key(refused), "opinion-no-consent");
    let place = vec![statement("ik woon nu Kerkstraat 12, 1234 AB")];
    assert_eq!(key(panel.try_ask(new(place)).await), "looks_like_address");
    let elsewhere = panel
        .world
        .actor(panel.world.care_ijsselland, &[Role::CareCoordinator]);
    let refused = opinion::ask(desk, &elsewhere, start(), new(vec![statement("x")])).await;
    assert!(matches!(refused, Err(DeskError::NotFound { .. })));
    let police = opinion::ask(
        desk,
        &panel.world.investigator(),
        start(),
        new(vec![statement("x")]),
    )
    .await;
    assert!(matches!(
        police,
        Err(DeskError::Forbidden {
            case: UseCase::AskOpinion
        })
    ));
    assert!(
        panel.disclosures(Store::K3).await.is_empty(),
        "nothing left care"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opinion_ends_and_every_reading_is_in_the_journal() {
    let panel = Panel::new().await;
    let (id, seen) = panel.before_panel().await;
    let desk = &panel.world.desk;
    let short = Given {
        valid_until: Some(date(2026, 12, 31)),
        ..plausible()
    };
    opinion::give(desk, &panel.members[0], hours(5), id, seen, short)
        .await
        .unwrap();
    let head = |world: &World| {
        let vault = world.desk.vault.clone();
        async move {
            let signed = vault.signed_head(start()).await.unwrap();
            signed
                .heads
                .iter()
                .find(|h| h.store == Store::K4)
                .unwrap()
                .seq
        }
    };
    let before = head(&panel.world).await;
    opinion::read(desk, &panel.secretary, hours(6), id)
        .await
        .unwrap();
    assert_eq!(head(&panel.world).await, before + 1);
    let fired = desk::tick::tick(desk, days(60)).await.unwrap().fired;
    assert_eq!(fired, 1, "its validity ended");
    assert_eq!(
        desk::tick::tick(desk, days(61)).await.unwrap().fired,
        0,
        "once"
    );
    let wrong = Given {
        valid_until: Some(date(2020, 1, 1)),
        ..plausible()
    };
    let refused = opinion::give(desk, &panel.members[1], hours(7), id, seen + 1, wrong).await;
    assert!(refused.is_err());
}
