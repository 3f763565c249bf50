//! Need to know on the screen, one set of pages for every matter that opens by assignment: the closed door with its ways, the team, word
//! to colleagues, and why a reader sees what she sees. A matter's own pages call `closed_door` when the desk says no.

mod door;
mod notices;
mod seeing;
mod team;
mod ways;

pub(crate) use door::closed_door;
pub(crate) use seeing::{MemberRow, Seeing, events, seeing, team};

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::UseCase as U;
use domain::ids::{CaseId, IntakeId, OpinionId};
use domain::need::{MatterId, MatterKind};

use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::work::{Work, WorkForm};

/// The routes around every matter.
pub fn routes(routes: Routes) -> Routes {
    notices(opinions(service_shares(shares(intakes(cases(routes))))))
}

/// Handlers for one kind of matter: the record is the first part of the path.
macro_rules! of {
    ($kind:ident, $page:path) => {
        |work: Work, Path(id): Path<String>| async move {
            $page(work, matter(MatterKind::$kind, &id)?).await
        }
    };
    ($kind:ident, $deed:path, form) => {
        |work: Work, Path(id): Path<String>, WorkForm(body): WorkForm| async move {
            $deed(work, matter(MatterKind::$kind, &id)?, body).await
        }
    };
    ($kind:ident, $page:path, member) => {
        |work: Work, Path((id, which)): Path<(String, String)>| async move {
            $page(work, matter(MatterKind::$kind, &id)?, which).await
        }
    };
    ($kind:ident, $deed:path, member form) => {
        |work: Work, Path((id, which)): Path<(String, String)>, WorkForm(body): WorkForm| async move {
            $deed(work, matter(MatterKind::$kind, &id)?, which, body).await
        }
    };
}

fn cases(routes: Routes) -> Routes {
    let (over, ask) = ("/work/cases/{id}/take-over", "/work/cases/{id}/ask");
    let glass = "/work/cases/{id}/break-glass";
    let end = "/work/cases/{id}/break-glass/{which}/end";
    let (team, one) = ("/work/cases/{id}/team", "/work/cases/{id}/team/{member}");
    routes
        .get(over, U::TakeOverCase, of!(Case, ways::ask_take_over))
        .post(over, U::TakeOverCase, of!(Case, ways::take_over, form))
        .get(ask, U::AskAccess, of!(Case, ways::ask_join))
        .post(ask, U::AskAccess, of!(Case, ways::join, form))
        .get(glass, U::BreakGlass, of!(Case, ways::ask_glass))
        .post(glass, U::BreakGlass, of!(Case, ways::break_glass, form))
        .post(end, U::BreakGlass, of!(Case, ways::end_glass, member form))
        .get(team, U::KeepTeam, of!(Case, team::ask_member))
        .post(team, U::KeepTeam, of!(Case, team::add_member, form))
        .get(one, U::KeepTeam, of!(Case, team::ask_removal, member))
        .post(
            one,
            U::KeepTeam,
            of!(Case, team::remove_member, member form),
        )
}

fn intakes(routes: Routes) -> Routes {
    let (over, ask) = ("/work/intakes/{id}/take-over", "/work/intakes/{id}/ask");
    let glass = "/work/intakes/{id}/break-glass";
    let end = "/work/intakes/{id}/break-glass/{which}/end";
    let team = "/work/intakes/{id}/team";
    let one = "/work/intakes/{id}/team/{member}";
    routes
        .get(over, U::TakeOverIntake, of!(Intake, ways::ask_take_over))
        .post(over, U::TakeOverIntake, of!(Intake, ways::take_over, form))
        .get(ask, U::AskIntakeAccess, of!(Intake, ways::ask_join))
        .post(ask, U::AskIntakeAccess, of!(Intake, ways::join, form))
        .get(glass, U::BreakIntakeGlass, of!(Intake, ways::ask_glass))
        .post(
            glass,
            U::BreakIntakeGlass,
            of!(Intake, ways::break_glass, form),
        )
        .post(
            end,
            U::BreakIntakeGlass,
            of!(Intake, ways::end_glass, member form),
        )
        .get(team, U::KeepIntakeTeam, of!(Intake, team::ask_member))
        .post(team, U::KeepIntakeTeam, of!(Intake, team::add_member, form))
        .get(
            one,
            U::KeepIntakeTeam,
            of!(Intake, team::ask_removal, member),
        )
        .post(
            one,
            U::KeepIntakeTeam,
            of!(Intake, team::remove_member, member form),
        )
}

fn shares(routes: Routes) -> Routes {
    let (over, ask) = ("/work/shares/{id}/take-over", "/work/shares/{id}/ask");
    let (team, one) = ("/work/shares/{id}/team", "/work/shares/{id}/team/{member}");
    routes
        .get(over, U::TakeOverShare, of!(Share, ways::ask_take_over))
        .post(over, U::TakeOverShare, of!(Share, ways::take_over, form))
        .get(ask, U::AskShareAccess, of!(Share, ways::ask_join))
        .post(ask, U::AskShareAccess, of!(Share, ways::join, form))
        .get(team, U::KeepShareTeam, of!(Share, team::ask_member))
        .post(team, U::KeepShareTeam, of!(Share, team::add_member, form))
        .get(one, U::KeepShareTeam, of!(Share, team::ask_removal, member))
        .post(
            one,
            U::KeepShareTeam,
            of!(Share, team::remove_member, member form),
        )
}

fn service_shares(routes: Routes) -> Routes {
    let over = "/work/service-shares/{id}/take-over";
    let ask = "/work/service-shares/{id}/ask";
    let team = "/work/service-shares/{id}/team";
    let one = "/work/service-shares/{id}/team/{member}";
    let (take_over, join) = (U::TakeOverServiceShare, U::AskServiceShareAccess);
    let keep = U::KeepServiceShareTeam;
    routes
        .get(over, take_over, of!(ServiceShare, ways::ask_take_over))
        .post(over, take_over, of!(ServiceShare, ways::take_over, form))
        .get(ask, join, of!(ServiceShare, ways::ask_join))
        .post(ask, join, of!(ServiceShare, ways::join, form))
        .get(team, keep, of!(ServiceShare, team::ask_member))
        .post(team, keep, of!(ServiceShare, team::add_member, form))
        .get(one, keep, of!(ServiceShare, team::ask_removal, member))
        .post(
            one,
            keep,
            of!(ServiceShare, team::remove_member, member form),
        )
}

fn opinions(routes: Routes) -> Routes {
    let (over, ask) = ("/work/opinions/{id}/take-over", "/work/opinions/{id}/ask");
    routes
        .get(over, U::TakeOverOpinion, of!(Opinion, ways::ask_take_over))
        .post(
            over,
            U::TakeOverOpinion,
            of!(Opinion, ways::take_over, form),
        )
        .get(ask, U::AskOpinionAccess, of!(Opinion, ways::ask_join))
        .post(ask, U::AskOpinionAccess, of!(Opinion, ways::join, form))
}

fn notices(routes: Routes) -> Routes {
    let intakes = "/work/notices/intakes/{id}/seen";
    let opinions = "/work/notices/opinions/{id}/seen";
    routes
        .get("/work/notices", U::ReadNotices, |work: Work| {
            notices::show(work, MatterKind::Case)
        })
        .post(
            "/work/notices/{id}/seen",
            U::ReadNotices,
            |work: Work, Path(id): Path<String>, WorkForm(body): WorkForm| {
                notices::seen(work, MatterKind::Case, id, body)
            },
        )
        .get(
            "/work/notices/intakes",
            U::ReadIntakeNotices,
            |work: Work| notices::show(work, MatterKind::Intake),
        )
        .post(
            intakes,
            U::ReadIntakeNotices,
            |work: Work, Path(id): Path<String>, WorkForm(body): WorkForm| {
                notices::seen(work, MatterKind::Intake, id, body)
            },
        )
        .get(
            "/work/notices/opinions",
            U::ReadOpinionNotices,
            |work: Work| notices::show(work, MatterKind::Opinion),
        )
        .post(
            opinions,
            U::ReadOpinionNotices,
            |work: Work, Path(id): Path<String>, WorkForm(body): WorkForm| {
                notices::seen(work, MatterKind::Opinion, id, body)
            },
        )
}

/// The matter in an address. Anything that is no identity is not found.
fn matter(kind: MatterKind, text: &str) -> Result<MatterId, Problem> {
    let record: CaseId = text.parse().map_err(|_| Problem::not_found())?;
    let record = record.uuid();
    Ok(match kind {
        MatterKind::Case => CaseId::new(record).into(),
        MatterKind::Intake => IntakeId::new(record).into(),
        MatterKind::Opinion => OpinionId::new(record).into(),
        MatterKind::Share => MatterId::share(record),
        MatterKind::ServiceShare => MatterId::service_share(record),
    })
}

/// Where the list of a kind of matter is.
fn list_of(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Case => "/work/cases",
        MatterKind::Intake => "/work/intakes",
        MatterKind::Opinion => "/work/opinions",
        MatterKind::Share => "/work/shares",
        MatterKind::ServiceShare => "/work/service-shares",
    }
}

/// Where a matter's own page is.
pub(crate) fn page_of(id: MatterId) -> String {
    format!("{}/{}", list_of(id.kind), id.record())
}

/// Where word about a kind of matter is read.
pub(crate) fn notices_of(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Case | MatterKind::Share => "/work/notices",
        MatterKind::Intake | MatterKind::ServiceShare => "/work/notices/intakes",
        MatterKind::Opinion => "/work/notices/opinions",
    }
}

/// What colleagues call a matter: the reference of its record, never a name.
pub(crate) fn reference(id: MatterId) -> String {
    crate::words::reference(id.record())
}

/// What stands above its page.
pub(crate) fn title(t: &Say, id: MatterId) -> String {
    let reference = reference(id);
    match id.kind {
        MatterKind::Case => t.say_with("cases-case", "reference", reference),
        MatterKind::Intake => t.say_with("intakes-title", "ref", reference),
        MatterKind::Opinion => t.say_with("opinion-title", "reference", reference),
        MatterKind::Share | MatterKind::ServiceShare => {
            t.say_with("need-share", "reference", reference)
        }
    }
}

fn list_crumb(t: &Say, kind: MatterKind) -> Vec<Crumb> {
    let name = match kind {
        MatterKind::Case => t.say("cases-title"),
        MatterKind::Intake => t.say("nav-intakes"),
        MatterKind::Opinion => t.say("nav-opinions"),
        MatterKind::Share | MatterKind::ServiceShare => t.say("nav-shares"),
    };
    vec![Crumb::new(name, list_of(kind))]
}

/// Back to the matter, telling what was done.
fn back(id: MatterId, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", page_of(id))).into_response()
}

/// What a redirect to a matter's page can tell.
pub(crate) const DONE: &[(&str, Key)] = &[
    ("asked", Key::new("need-done-asked")),
    ("taken-over", Key::new("need-done-taken-over")),
    ("team-added", Key::new("need-done-team-added")),
    ("team-removed", Key::new("need-done-team-removed")),
    ("glass-broken", Key::new("need-done-glass-broken")),
];

/// The page of a matter, or its closed door when the desk says that it is not open.
pub(crate) async fn open_or_door<T>(
    work: &Work,
    id: MatterId,
    read: Result<T, DeskError>,
) -> Result<Result<T, Response>, Problem> {
    match read {
        Ok(found) => Ok(Ok(found)),
        Err(DeskError::NeedToKnow { .. }) => Ok(Err(closed_door(work, id).await?)),
        Err(error) => Err(error.into()),
    }
}
