//! What the secretary does: admit or not, compose the panel, record that the person withdraws.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::opinion::{self, Admission, MemberChoice, NotAdmitted, OpinionView};
use domain::ids::{OpinionId, UserId};
use domain::need::REASON_MAX;

use super::page::crumbs;
use super::{id, reference, texts};
use crate::form::{Filled, Form, Read};
use crate::page::confirm::ConfirmPage;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::deed::{Said, deed, pressed};
use crate::work::form_page::{Ask, FormPage, How, looked, refused_page, safe_text, seen};
use crate::work::{Work, WorkForm};

/// Where a request's own page is.
pub(super) fn address(id: OpinionId) -> String {
    format!("/work/opinions/{id}")
}

pub(super) fn back(id: OpinionId, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", address(id))).into_response()
}

/// The common part of a deed's page.
pub(super) fn form_page(
    work: &Work,
    id: OpinionId,
    version: i64,
    f: Filled,
    title: Key,
    deed: &str,
    button: Key,
) -> Result<FormPage, Problem> {
    let t = work.say();
    let mut above = crumbs(&t);
    above.push(Crumb::new(reference(id), address(id)));
    // A form that is shown again keeps the version that the person saw.
    let seen = match f.value("seen") {
        "" => version.to_string(),
        typed => typed.to_owned(),
    };
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: above,
        title: t.key(title).into_owned(),
        know: Vec::new(),
        action: format!("{}/{deed}", address(id)),
        hidden: vec![("seen", seen)],
        asks: Vec::new(),
        button: t.key(button).into_owned(),
        cancel: address(id),
        t,
    })
}

pub(super) async fn read(work: &Work, id: OpinionId) -> Result<OpinionView, Problem> {
    Ok(opinion::read(&work.app.desk, &work.actor, work.now, id).await?)
}

/// How what the desk refuses is said at these fields.
pub(super) fn said(fields: &'static [&'static str]) -> Said {
    Said {
        fields,
        words: texts::refusal,
    }
}

pub(super) fn again(page: &FormPage) -> Result<Response, Problem> {
    html_as(StatusCode::UNPROCESSABLE_ENTITY, page)
}

fn admit_page(
    work: &Work,
    id: OpinionId,
    view: &OpinionView,
    f: Filled,
) -> Result<FormPage, Problem> {
    let title = Key::new("opinion-admit-title");
    let mut page = form_page(
        work,
        id,
        view.version,
        f,
        title,
        "admit",
        Key::new("opinion-admit"),
    )?;
    let obstacles = view.secretary.as_ref().map_or(&[][..], |s| &s.obstacles);
    if obstacles.is_empty() {
        page.know = vec![page.t.say("opinion-admit-fits").into_owned()];
        return Ok(page);
    }
    page.know = vec![page.t.say("opinion-admit-obstacles").into_owned()];
    page.know
        .extend(obstacles.iter().map(|o| texts::obstacle(&page.t, o)));
    let label = page.t.say("opinion-exception").into_owned();
    let hint = page.t.say("opinion-exception-hint").into_owned();
    page.asks = vec![Ask::new(How::Text, "exception", label).hint(hint)];
    Ok(page)
}

/// Asks for admission.
pub async fn show_admit(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let view = read(&work, id).await?;
    html(&admit_page(&work, id, &view, Filled::blank())?)
}

/// Admits.
pub async fn admit(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let read_form = |form: &mut Form| {
        let seen = seen(form);
        let exception = safe_text(form, "exception", 5_000).optional();
        let input = Admission {
            exception: exception?,
        };
        Ok((seen?, input))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| opinion::admit(desk, &work.actor, now, id, seen, input);
    match deed(body, said(&["exception"]), read_form, act).await? {
        Ok(()) => Ok(back(id, "admitted")),
        Err(f) => {
            let view = read(&work, id).await?;
            again(&admit_page(&work, id, &view, f)?)
        }
    }
}

fn refuse_page(work: &Work, id: OpinionId, version: i64, f: Filled) -> Result<FormPage, Problem> {
    let title = Key::new("opinion-refuse-title");
    let button = Key::new("opinion-refuse");
    let mut page = form_page(work, id, version, f, title, "refuse", button)?;
    page.know = vec![page.t.say("opinion-refuse-know").into_owned()];
    let label = page.t.say("opinion-refuse-why").into_owned();
    let hint = page.t.say("opinion-refuse-why-hint").into_owned();
    page.asks = vec![Ask::new(How::Text, "why", label).hint(hint)];
    Ok(page)
}

/// Asks why it is not admitted.
pub async fn show_refuse(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let view = read(&work, id).await?;
    html(&refuse_page(&work, id, view.version, Filled::blank())?)
}

/// Does not admit.
pub async fn refuse_it(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let read = |form: &mut Form| {
        let seen = seen(form);
        let why = safe_text(form, "why", 5_000).required();
        Ok((seen?, NotAdmitted { why: why? }))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| opinion::not_admit(desk, &work.actor, now, id, seen, input);
    match deed(body, said(&["why"]), read, act).await? {
        Ok(()) => Ok(back(id, "refused")),
        Err(f) => again(&refuse_page(&work, id, 0, f)?),
    }
}

/// The places on a panel that one form offers: who, and in which expertise.
const PLACES: [(&str, &str); 5] = [
    ("member1", "expertise1"),
    ("member2", "expertise2"),
    ("member3", "expertise3"),
    ("member4", "expertise4"),
    ("member5", "expertise5"),
];

async fn panel_page(
    work: &Work,
    id: OpinionId,
    version: i64,
    f: Filled,
) -> Result<FormPage, Problem> {
    let title = Key::new("opinion-panel-title");
    let button = Key::new("opinion-compose");
    let known = opinion::candidates(&work.app.desk, &work.actor).await?;
    let choices: Vec<Choice> = known
        .into_iter()
        .map(|k| Choice::new(k.user.to_string(), k.name))
        .collect();
    let mut page = form_page(work, id, version, f, title, "panel", button)?;
    page.know = vec![page.t.say("opinion-panel-know").into_owned()];
    for (n, (member, expertise)) in (1_usize..).zip(PLACES) {
        let who = page.t.say_n("opinion-member", n);
        let what = page.t.say_n("opinion-expertise", n);
        let who = Ask::new(How::Select, member, who).of(choices.clone());
        let what = Ask::new(How::Line, expertise, what);
        if n > domain::opinion::PANEL_MIN {
            page.asks.extend([who.optional(), what.optional()]);
        } else {
            page.asks.extend([who, what]);
        }
    }
    Ok(page)
}

/// Asks for the panel.
pub async fn show_panel(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let view = read(&work, id).await?;
    html(&panel_page(&work, id, view.version, Filled::blank()).await?)
}

fn read_panel(form: &mut Form) -> Read<(i64, Vec<MemberChoice>)> {
    let seen = seen(form);
    let mut members = Vec::new();
    for (member, expertise) in PLACES {
        let who = form
            .parsed(member, |text| text.parse::<UserId>().ok())
            .optional();
        let what = safe_text(form, expertise, 200).optional();
        match (who, what) {
            (Ok(Some(user)), Ok(Some(expertise))) => {
                members.push(MemberChoice { user, expertise });
            }
            (Ok(Some(_)), Ok(None)) => {
                form.note(expertise, Key::new("form-error-required"));
            }
            (Ok(None), Ok(Some(_))) => {
                form.note(member, Key::new("form-error-required"));
            }
            _ => {}
        }
    }
    Ok((seen?, members))
}

/// Puts it before the panel.
pub async fn compose(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, members)| opinion::compose(desk, &work.actor, now, id, seen, members);
    match deed(body, said(&[]), read_panel, act).await? {
        Ok(()) => Ok(back(id, "panel")),
        Err(f) => again(&panel_page(&work, id, 0, f).await?),
    }
}

/// Asks before recording that the person withdraws.
pub async fn ask_withdraw(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let view = read(&work, id).await?;
    let t = work.say();
    let mut above = crumbs(&t);
    above.push(Crumb::new(reference(id), address(id)));
    html(&ConfirmPage {
        frame: work.frame()?,
        crumbs: above,
        title: t.say("opinion-withdraw-title").into_owned(),
        consequences: vec![
            t.say("opinion-withdraw-ends").into_owned(),
            t.say("opinion-withdraw-told").into_owned(),
        ],
        action: format!("{}/withdraw", address(id)),
        button: t.say("opinion-withdraw").into_owned(),
        danger: true,
        cancel: address(id),
        hidden: vec![("seen", view.version.to_string())],
        t,
    })
}

/// Records that the person withdraws.
pub async fn withdraw(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let seen = pressed(body)?;
    opinion::withdraw(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(|error| refused_page(error, texts::refusal))?;
    Ok(back(id, "withdrawn"))
}

/// Asks who has a conflict of interest, and why: a member answers for herself, the secretary for anybody of the panel's organisation.
pub async fn show_recuse(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let page = recuse_page(&work, id, Filled::blank()).await?;
    html(&page.guarded())
}

async fn recuse_page(work: &Work, id: OpinionId, f: Filled) -> Result<FormPage, Problem> {
    let view = read(work, id).await?;
    let t = work.say();
    let me = work.actor.person()?;
    let mut choices = vec![Choice::new(me.user.to_string(), me.name.clone())];
    if view.secretary.is_some() {
        let members = opinion::candidates(&work.app.desk, &work.actor).await?;
        let others = members.into_iter().filter(|one| one.user != me.user);
        choices.extend(others.map(|one| Choice::new(one.user.to_string(), one.name)));
    }
    let mut above = crumbs(&t);
    above.push(Crumb::new(reference(id), address(id)));
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: above,
        title: t.say("opinion-recuse").into_owned(),
        know: vec![
            t.say("opinion-recuse-lead").into_owned(),
            t.say("opinion-recuse-after").into_owned(),
        ],
        action: format!("{}/recuse", address(id)),
        hidden: vec![("seen", view.version.to_string())],
        asks: vec![
            Ask::new(How::Select, "user", t.say("opinion-recuse-who")).of(choices),
            Ask::new(How::Text, "why", t.say("opinion-recuse-why"))
                .hint(t.say("opinion-recuse-why-hint")),
        ],
        button: t.say("opinion-recuse-button").into_owned(),
        cancel: address(id),
        t,
    })
}

/// Records the conflict of interest.
pub async fn recuse(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let read = |form: &mut Form| {
        let seen = seen(form);
        let user = form
            .parsed("user", |text| text.parse::<UserId>().ok())
            .required();
        let why = safe_text(form, "why", REASON_MAX).required();
        let looked = looked(form);
        Ok((seen?, user?, why?, looked?))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, user, why, looked)| {
        opinion::recuse(desk, &work.actor, now, id, seen, user, why, looked)
    };
    match deed(body, said(&["user", "why"]), read, act).await? {
        // Whoever recused herself meets the closed door from now on: she goes back to the list.
        Ok(()) => Ok(Redirect::to("/work/opinions?done=recused").into_response()),
        Err(f) => again(&recuse_page(&work, id, f).await?.guarded()),
    }
}
