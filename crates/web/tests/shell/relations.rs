//! Every route with every role and every relation to a record: its own worker, a colleague, the same function at another organisation, and nobody.
//! What is found by a path that names a record is a leak unless both the function and the relation allow it; nothing changes a record but its own people.

use std::collections::BTreeSet;

use ::desk::Role;
use axum::http::{Method, StatusCode};
use domain::SafeText;
use domain::ids::UserId;
use vault::{Entry, How, JournalFilter, Store};
use web::routes::Line;

use crate::real::{NO_ID, Real};
use crate::{Answer, matters};

/// How somebody stands to the records of this little country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// Made them, or works on them.
    Own,
    /// Works at the same organisation in the same function.
    Colleague,
    /// Has the same function at another organisation of the same kind.
    Stranger,
    /// Is not signed in.
    Nobody,
}

/// A record with a word that stands in nothing else.
struct Record {
    id: String,
    canary: &'static str,
    /// Functions whose work it is.
    roles: &'static [Role],
    /// Whether a colleague who does not work on it may read it.
    colleague: bool,
    /// Whether the same function at another organisation may read it.
    stranger: bool,
    /// Tried by everybody, also by those who may not ask at all. That a route refuses them is seen at the others.
    by_all: bool,
}

struct Village {
    real: Real,
    records: Vec<Record>,
    colleagues: Vec<(Role, UserId)>,
    strangers: Vec<(Role, UserId)>,
}

fn words(canary: &str) -> SafeText {
    SafeText::new("text", &format!("Zij noemt {canary}"), 1_000).unwrap()
}

impl Village {
    async fn new() -> Village {
        let real = Real::new().await;
        let mut colleagues = Vec::new();
        let mut strangers = Vec::new();
        for role in Role::STAFF {
            colleagues.push((role, real.colleague(role).await));
            strangers.push((role, real.stranger(role).await));
        }
        let of = |(role, _): &&(Role, UserId)| *role == Role::CareCoordinator;
        let abroad = strangers.iter().find(of).unwrap().1;
        let [case, offer] = case(&real, abroad).await;
        let records = vec![
            report(&real).await,
            case,
            intake(&real).await,
            opinion(&real).await,
            share(&real, abroad).await,
            offer,
        ];
        Village {
            real,
            records,
            colleagues,
            strangers,
        }
    }

    fn everybody(&self) -> Vec<(Option<Role>, Relation, Option<UserId>)> {
        let own = Role::STAFF
            .into_iter()
            .map(|role| (Some(role), Relation::Own, Some(self.real.user(role))));
        let named = |all: &[(Role, UserId)], relation| {
            let all = all.to_vec();
            all.into_iter()
                .map(move |(role, user)| (Some(role), relation, Some(user)))
        };
        own.chain(named(&self.colleagues, Relation::Colleague))
            .chain(named(&self.strangers, Relation::Stranger))
            .chain([(None, Relation::Nobody, None)])
            .collect()
    }

    async fn meet(&self, line: &Line, path: &str, who: Option<UserId>) -> Answer {
        let session = match (who, &line.method) {
            (Some(user), &Method::GET) => Some(self.real.reading_session(user).await),
            (Some(user), _) => Some(self.real.session_of(user).await),
            (None, _) => None,
        };
        let pairs: &[(&str, &str)] = match line.method {
            Method::POST => &[("seen", "1")],
            _ => &[],
        };
        self.real
            .ask(&line.method, path, session.as_deref(), true, pairs)
            .await
    }
}

async fn report(real: &Real) -> Record {
    const CANARY: &str = "kanarieblauw";
    let id = real.report(words(CANARY)).await;
    Record {
        id,
        canary: CANARY,
        roles: &[Role::SignalDesk],
        // There is one signal desk for all that comes in at the public door: whoever has that function handles any report.
        colleague: true,
        stranger: true,
        by_all: true,
    }
}

/// A case that is offered to the strangers' organisation, which has not answered: until it accepts it reads nothing of the case, and the offer alone.
async fn case(real: &Real, to: UserId) -> [Record; 2] {
    const CANARY: &str = "kanarierood";
    const WHY: &str = "kanariewit";
    let care = real.actor(Role::CareCoordinator).await;
    let id = matters::adult(real, &care, words(CANARY)).await;
    let there = matters::signed_in(real, to).await;
    let to = there.person().unwrap().org;
    let offered = matters::transfer(real, id, to, words(WHY)).await;
    let case = Record {
        id: id.to_string(),
        canary: CANARY,
        roles: &[Role::CareCoordinator],
        // Care works by assignment: a colleague who is not on the team reads nothing of it. So do the services and the panel.
        colleague: false,
        stranger: false,
        by_all: true,
    };
    let offer = Record {
        id: offered,
        canary: WHY,
        roles: &[Role::CareCoordinator],
        // Whoever coordinates at either of the two organisations may answer it or take it back.
        colleague: true,
        stranger: true,
        by_all: false,
    };
    [case, offer]
}

/// What a stranger shared and one person here accepted. The stranger reads her own case, and never what others hold of it.
async fn share(real: &Real, from: UserId) -> Record {
    const CANARY: &str = "kanariezwart";
    let sender = matters::signed_in(real, from).await;
    Record {
        id: matters::share(real, &sender, words(CANARY)).await,
        canary: CANARY,
        roles: &[Role::CareCoordinator],
        colleague: false,
        stranger: false,
        by_all: false,
    }
}

async fn intake(real: &Real) -> Record {
    const CANARY: &str = "kanariegroen";
    let id = real.intake(words(CANARY)).await;
    Record {
        id,
        canary: CANARY,
        roles: &[Role::Investigator],
        colleague: false,
        stranger: false,
        by_all: true,
    }
}

async fn opinion(real: &Real) -> Record {
    const CANARY: &str = "kanariepaars";
    Record {
        id: matters::opinion(real, words(CANARY)).await.to_string(),
        canary: CANARY,
        // A member of the panel is appointed to a request; her function alone opens none.
        roles: &[Role::PanelSecretary],
        colleague: false,
        stranger: false,
        by_all: true,
    }
}

fn filled(path: &str, id: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { id } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn may_ask(line: &Line, who: Option<Role>) -> bool {
    let roles = line.case.rule().roles;
    roles.contains(&Role::Anyone) || who.is_some_and(|role| roles.contains(&role))
}

/// Whether the function and the relation together allow the content of a record to be seen.
fn may_see(record: &Record, who: Option<Role>, relation: Relation) -> bool {
    let works = who.is_some_and(|role| record.roles.contains(&role));
    works
        && match relation {
            Relation::Own => true,
            Relation::Colleague => record.colleague,
            Relation::Stranger => record.stranger,
            Relation::Nobody => false,
        }
}

/// Deeds that would be done, rightly, by those whose record it is.
fn is_own_deed(line: &Line, record: &Record, who: Option<Role>, relation: Relation) -> bool {
    line.method != Method::GET && may_ask(line, who) && may_see(record, who, relation)
}

#[tokio::test]
async fn no_function_and_no_relation_sees_more_than_both_allow() {
    let village = Village::new().await;
    let before = changes(&village).await;
    let mut cells = 0_u32;
    let mut seen = BTreeSet::new();
    for line in &village.real.table {
        if !line.path.contains('{') {
            cells += lists(&village, line, &mut seen).await;
            continue;
        }
        for (who, relation, user) in village.everybody() {
            for (place, record) in village.records.iter().enumerate() {
                let tried = record.by_all || who.is_none() || may_ask(line, who);
                if !tried || is_own_deed(line, record, who, relation) {
                    continue;
                }
                let path = filled(line.path, &record.id);
                let answer = village.meet(line, &path, user).await;
                cells += 1;
                let what = format!("{} {path} as {relation:?} {who:?}", line.method);
                assert!(!answer.status.is_server_error(), "{what}");
                for (other, told) in village.records.iter().enumerate() {
                    let shown = answer.body.contains(told.canary);
                    let allowed = may_ask(line, who) && may_see(told, who, relation);
                    assert!(!shown || allowed, "{what} tells {}", told.canary);
                    if shown && other == place {
                        seen.insert((place, who));
                    }
                }
                if !may_ask(line, who) {
                    assert_ne!(answer.status, StatusCode::OK, "{what}");
                }
            }
            // A record that is not there looks like one that one may not see.
            let nothing = village.meet(line, &filled(line.path, NO_ID), user).await;
            cells += 1;
            assert!(!nothing.status.is_server_error(), "{} {who:?}", line.path);
        }
    }
    assert!(cells >= 10_000, "only {cells} cells were tried");
    let own = |place: usize| seen.iter().any(|(found, _)| *found == place);
    assert!(
        (0..village.records.len()).all(own),
        "a canary that nobody ever saw proves nothing: {seen:?}"
    );
    assert_eq!(changes(&village).await, before, "somebody changed a record");
}

/// Pages that name no record: what they tell of one is as much a leak as its own page.
async fn lists(village: &Village, line: &Line, seen: &mut BTreeSet<(usize, Option<Role>)>) -> u32 {
    let mut cells = 0;
    if line.method != Method::GET || !line.path.starts_with("/work") {
        return cells;
    }
    for (who, relation, user) in village.everybody() {
        if !may_ask(line, who) {
            continue;
        }
        let answer = village.meet(line, line.path, user).await;
        cells += 1;
        let what = format!("{} as {relation:?} {who:?}", line.path);
        assert!(!answer.status.is_server_error(), "{what}");
        for (place, told) in village.records.iter().enumerate() {
            let shown = answer.body.contains(told.canary);
            let allowed = may_see(told, who, relation);
            assert!(!shown || allowed, "{what} tells {}", told.canary);
            if shown {
                seen.insert((place, who));
            }
        }
    }
    cells
}

/// The entries that did more to a record than read it, for every record.
async fn changes(village: &Village) -> Vec<Vec<i64>> {
    let vault = &village.real.app.desk.vault;
    let stores = [
        Store::K1,
        Store::K3,
        Store::K5,
        Store::K4,
        Store::K3,
        Store::K3,
    ];
    let mut out = Vec::new();
    for (record, store) in village.records.iter().zip(stores) {
        let filter = JournalFilter {
            record: Some(record.id.clone()),
            ..JournalFilter::default()
        };
        let page = vault.journal_page(store, &filter, None, 200).await.unwrap();
        let did = |entry: &&Entry| {
            entry
                .records
                .iter()
                .any(|touched| touched.id == record.id && touched.how != How::Read)
        };
        out.push(page.entries.iter().filter(did).map(|e| e.seq).collect());
    }
    out
}
