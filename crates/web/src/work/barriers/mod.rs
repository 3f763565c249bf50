//! Barriers against traffickers: the list with the eight steps, one barrier with its history, and the steps it takes.

mod deeds;
mod list;
mod new;
mod page;

use desk::UseCase as U;
use domain::barrier::Place;
use domain::ids::BarrierId;

use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::words::{label, reference as short};
use crate::work::Work;
use crate::work::deed::Said;
use crate::work::form_page::{Ask, FormPage, How, LOOKED};

use self::deeds::Kind;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .get("/work/barriers", U::ListBarriers, list::show)
        .get("/work/barriers/new", U::OpenBarrier, new::ask)
        .post("/work/barriers/new", U::OpenBarrier, new::make)
        .get("/work/barriers/{id}", U::ReadBarrier, page::show);
    let steps = [
        ("/work/barriers/{id}/plan", U::PlanBarrier, Kind::Plan),
        ("/work/barriers/{id}/raise", U::RaiseBarrier, Kind::Raise),
        ("/work/barriers/{id}/result", U::NoteBarrier, Kind::Result),
        ("/work/barriers/{id}/end", U::EndBarrier, Kind::End),
        ("/work/barriers/{id}/drop", U::DropBarrier, Kind::Drop),
    ];
    steps
        .into_iter()
        .fold(routes, |routes, (path, case, kind)| {
            routes
                .get(path, case, move |work, id| deeds::ask(work, id, kind))
                .post(path, case, move |work, id, form| {
                    deeds::take(work, id, form, kind)
                })
        })
}

const DONE: &[(&str, Key)] = &[
    ("opened", Key::new("barriers-done-opened")),
    ("plan", Key::new("barriers-done-plan")),
    ("raise", Key::new("barriers-done-raise")),
    ("result", Key::new("barriers-done-result")),
    ("end", Key::new("barriers-done-end")),
    ("drop", Key::new("barriers-done-drop")),
];

fn id_of(text: &str) -> Result<BarrierId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-barriers"), "/work/barriers")]
}

fn state(code: &str) -> Key {
    match code {
        "planned" => Key::new("barriers-state-planned"),
        "raised" => Key::new("barriers-state-raised"),
        "lifted" => Key::new("barriers-state-lifted"),
        "expired" => Key::new("barriers-state-expired"),
        "overturned" => Key::new("barriers-state-overturned"),
        "dropped" => Key::new("barriers-state-dropped"),
        _ => Key::new("barriers-state-considered"),
    }
}

fn words(key: &str) -> Option<Key> {
    Some(match key {
        "barrier-confirm" => Key::new("barriers-confirm"),
        "barrier-person" => Key::new("barriers-person"),
        "barrier-not-now" => Key::new("barriers-not-now"),
        "barrier-full" => Key::new("barriers-full"),
        "barrier-ahead" => Key::new("barriers-ahead"),
        "barrier-over" => Key::new("barriers-over"),
        "barrier-too-far" => Key::new("barriers-too-far"),
        "barrier-before-raised" => Key::new("barriers-before-raised"),
        "barrier-unfit" => Key::new("barriers-unfit"),
        _ => return None,
    })
}

const SAID: Said = Said {
    fields: &[
        "instrument",
        "target",
        "municipality",
        "forms",
        "what",
        "who",
        "until",
        "on",
        "reason",
    ],
    words,
};

/// The page as it is shown: the summary of faults names its questions, and once something looks like a name or an address it asks whether
/// that is a firm's.
fn guarded(mut page: FormPage) -> FormPage {
    let confirm = Key::new("barriers-confirm");
    let warned = page.f.errors().iter().any(|e| e.message().key() == confirm);
    if warned || !page.f.value(LOOKED).is_empty() {
        let ask = Ask::new(How::Flag, LOOKED, page.t.say("barriers-looked"));
        page.asks.push(ask.hint(page.t.say("barriers-looked-hint")));
    }
    let asks = page.asks.iter();
    let labels = asks.map(|ask| (ask.name, ask.label.clone())).collect();
    page.f = page.f.labelled(labels);
    page
}

/// A place in words: the municipality, or the safety region.
fn place(work: &Work, place: &Place) -> String {
    let list = &work.app.desk.vocabulary;
    match place {
        Place::Region(code) => label(&list.regions, code.as_str(), work.today(), work.lang),
        Place::Municipality(code) => {
            label(&list.municipalities, code.as_str(), work.today(), work.lang)
        }
    }
}

fn step_label(work: &Work, code: &str) -> String {
    let list = &work.app.desk.vocabulary.barrier_steps;
    label(list, code, work.today(), work.lang)
}

fn instrument_label(work: &Work, code: &str) -> String {
    let list = &work.app.desk.vocabulary.barrier_instruments;
    label(list, code, work.today(), work.lang)
}

fn target_label(work: &Work, code: &str) -> String {
    let list = &work.app.desk.vocabulary.barrier_targets;
    label(list, code, work.today(), work.lang)
}
