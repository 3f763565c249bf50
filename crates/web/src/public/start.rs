//! The report, page after page by POST to one address; the answers so far travel in hidden fields.

use askama::Template;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::Public;
use super::answers::{self, Answers};
use super::desk::{About, FormId, PublicError, Receipt, SentFile, Where};
use super::flow::Step;
use super::places::{Found, Municipality};
use super::step_page::StepPage;
use super::summary;
use crate::form::{FieldError, Filled, Form, FormBody, Typed};
use crate::page;
use crate::page::frame::PublicFrame;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::upload::{self, Upload};

const PATH: &str = "/start";

#[derive(Template)]
#[template(path = "public/before.html")]
struct Before {
    t: Say,
    frame: PublicFrame,
    for_me: bool,
}

/// `GET /start`: what happens, before the first question.
pub(super) async fn before_report(State(public): State<Public>) -> Result<Response, Problem> {
    before(&public, false)
}

/// `GET /start/1`: the same for somebody who needs help.
pub(super) async fn before_help(State(public): State<Public>) -> Result<Response, Problem> {
    before(&public, true)
}

fn before(public: &Public, for_me: bool) -> Result<Response, Problem> {
    let path = if for_me { "/start/1" } else { PATH };
    page::html(&Before {
        t: public.shell.say(public.lang),
        frame: public.shell.public_frame(public.lang, path),
        for_me,
    })
}

/// What the page must do, from the button that was pressed.
enum Go {
    Begin,
    Next,
    NotKnown,
    Back,
    Show,
    Change(Step),
    Send,
}

impl Go {
    fn read(button: &str) -> Option<Go> {
        Some(match button {
            "begin" => Go::Begin,
            "" | "next" => Go::Next,
            "not-known" => Go::NotKnown,
            "back" => Go::Back,
            "show" => Go::Show,
            "send" => Go::Send,
            other => Go::Change(other.strip_prefix("change-").and_then(Step::from_code)?),
        })
    }
}

/// `POST /start`: reads the answers so far and shows the page that follows; the last page can bring files.
pub(super) async fn answer(
    State(public): State<Public>,
    request: Request,
) -> Result<Response, Problem> {
    if upload::is_upload(&request) {
        let files = Upload::of(request, &public.shell)?;
        return upload::to_the_end(send_with_files(public, files)).await;
    }
    let body = FormBody::from_request(request, &()).await?;
    let Asked {
        go,
        step,
        searched,
        mut sheet,
    } = Asked::read(&public, Form::new(body))?;
    match go {
        Go::Begin => sheet.show(Step::Danger),
        Go::Show => sheet.show(step),
        Go::Change(to) => {
            sheet.returning = true;
            sheet.show(to)
        }
        Go::Back => match step.previous(&sheet.answers) {
            Some(before) => sheet.show(before),
            None => before(&public, sheet.answers.about == Some(About::Me)),
        },
        Go::NotKnown => {
            sheet.settle_place(answers::PLACE_UNKNOWN, Where::Unknown);
            sheet.go_on(Step::Place)
        }
        Go::Next if step == Step::Place && sheet.answers.place.is_none() => {
            sheet.look_up_place(&searched)
        }
        Go::Next => sheet.go_on(step),
        Go::Send => sheet.send(None).await,
    }
}

/// The last page with its files: everything is sent, or nothing is kept and the page comes back with every answer in it.
async fn send_with_files(public: Public, mut files: Upload) -> Result<Response, Problem> {
    let (typed, came) = files.fields().await;
    let asked = match Asked::read(&public, Form::of(typed)) {
        Ok(asked) => asked,
        Err(problem) => {
            files.read_on().await;
            return Err(problem);
        }
    };
    match (came, asked.go) {
        (Ok(()), Go::Send) => asked.sheet.send(Some(files)).await,
        (Err(trouble), _) => {
            files.read_on().await;
            asked.sheet.not_sent(Step::Files, trouble.into())
        }
        (Ok(()), _) => {
            files.read_on().await;
            Err(Problem::bad_request())
        }
    }
}

/// What was sent from a page.
struct Asked<'a> {
    go: Go,
    step: Step,
    searched: String,
    sheet: Sheet<'a>,
}

impl<'a> Asked<'a> {
    fn read(public: &'a Public, mut form: Form) -> Result<Asked<'a>, Problem> {
        let go = Go::read(form.raw("go")).ok_or_else(Problem::bad_request)?;
        let step = Step::from_code(form.raw("step")).unwrap_or(Step::Danger);
        let returning = form.raw("returning") == "yes";
        let searched = form.raw("searched").to_owned();
        let answers = Answers::read(&mut form, &public.places);
        let id = match &answers.id {
            Some(id) => id.clone(),
            None => FormId::parse(&public.shell.chance.id()?).ok_or_else(Problem::internal)?,
        };
        let filled = form.into_filled();
        if filled.errors().iter().any(|error| error.field().is_empty()) {
            return Err(Problem::bad_request());
        }
        let sheet = Sheet {
            public,
            typed: filled.typed().clone(),
            faults: filled.errors().to_vec(),
            answers,
            id,
            returning,
        };
        Ok(Asked {
            go,
            step,
            searched,
            sheet,
        })
    }
}

/// The form with all answers so far.
struct Sheet<'a> {
    public: &'a Public,
    typed: Typed,
    faults: Vec<FieldError>,
    answers: Answers,
    id: FormId,
    returning: bool,
}

impl Sheet<'_> {
    /// The page after `step`, or the same page with what is wrong on it.
    fn go_on(&self, step: Step) -> Result<Response, Problem> {
        let wrong = self.faults_of(step);
        if !wrong.is_empty() {
            return self.render(step, wrong, None, StatusCode::UNPROCESSABLE_ENTITY);
        }
        // After a change one goes back to the check page, unless the change raised a new question.
        if self.returning && Step::first_open(&self.answers) == Step::Check {
            return self.show(Step::Check);
        }
        self.show(step.next(&self.answers))
    }

    /// A page without complaints about it: one that is come back to is not wrong yet.
    fn show(&self, step: Step) -> Result<Response, Problem> {
        self.render(step, Vec::new(), None, StatusCode::OK)
    }

    fn faults_of(&self, step: Step) -> Vec<FieldError> {
        let mut wrong: Vec<FieldError> = self
            .faults
            .iter()
            .filter(|fault| step.fields().contains(&fault.field()))
            .cloned()
            .collect();
        if wrong.is_empty() {
            wrong.extend(self.answers.missing(step));
        }
        wrong
    }

    fn settle_place(&mut self, code: &str, place: Where) {
        self.typed.remove("place");
        self.typed.add("place", code);
        self.answers.place = Some(place);
        self.faults.retain(|fault| fault.field() != "place");
    }

    /// A typed name becomes a municipality, or a choice between the ones it may mean. `searched`: the name that the shown choice was for.
    fn look_up_place(&mut self, searched: &str) -> Result<Response, Problem> {
        let Some(words) = self.answers.words.clone() else {
            return self.go_on(Step::Place);
        };
        match self.public.places.find(&words) {
            Found::One(place) => {
                self.settle_place(
                    &place.code,
                    Where::Municipality {
                        code: place.code.clone(),
                    },
                );
                self.go_on(Step::Place)
            }
            Found::Perhaps(alike) if searched == words => {
                let choose = vec![FieldError::new("place", Key::new("report-place-choose"))];
                self.render(
                    Step::Place,
                    choose,
                    Some(alike),
                    StatusCode::UNPROCESSABLE_ENTITY,
                )
            }
            Found::Perhaps(alike) => {
                self.render(Step::Place, Vec::new(), Some(alike), StatusCode::OK)
            }
        }
    }

    async fn send(&self, files: Option<Upload>) -> Result<Response, Problem> {
        let from = match files {
            Some(_) => Step::Files,
            None => Step::Check,
        };
        let complete = match self.first_faulty() {
            Some(step) => Err(step),
            None => self
                .answers
                .clone()
                .complete(self.id.clone(), self.public.lang),
        };
        let report = match complete {
            Ok(report) => report,
            Err(step) => {
                if let Some(files) = files {
                    files.read_on().await;
                }
                return self.go_on(step);
            }
        };
        let sent = match files {
            Some(files) => self.public.desk.submit_with(report, files).await,
            None => self.public.desk.submit(report).await,
        };
        match sent {
            Ok(receipt) => thanks(self.public, &receipt),
            Err(error) => self.not_sent(from, error),
        }
    }

    fn first_faulty(&self) -> Option<Step> {
        let mut step = Step::Danger;
        while step != Step::Check {
            if !self.faults_of(step).is_empty() {
                return Some(step);
            }
            step = step.next(&self.answers);
        }
        None
    }

    /// The page again from which it was sent, with every answer still in it: what was not accepted is not lost. Files must be
    /// chosen again; a browser does not let a page do that.
    fn not_sent(&self, from: Step, error: PublicError) -> Result<Response, Problem> {
        if let PublicError::Files(trouble) = error {
            let wrong = vec![FieldError::new(upload::FILE, trouble.message())];
            return page::html_as(trouble.status(), &self.files_page(wrong));
        }
        let problem = Problem::from(error);
        if from == Step::Files {
            let mut page = self.files_page(Vec::new());
            page.trouble = Some(problem.words(&page.t));
            return page::html_as(problem.status(), &page);
        }
        let mut page = self.page(Step::Check, Vec::new(), None);
        page.trouble = Some(problem.words(&page.t));
        page::html_as(problem.status(), &page)
    }

    fn files_page(&self, wrong: Vec<FieldError>) -> FilesPage {
        FilesPage {
            frame: self.public.shell.public_frame(self.public.lang, PATH),
            f: Filled::new(self.typed.clone(), wrong),
            hidden: self.carried(Step::Files),
            trouble: None,
            t: self.public.shell.say(self.public.lang),
        }
    }

    fn render(
        &self,
        step: Step,
        wrong: Vec<FieldError>,
        alike: Option<Vec<Municipality>>,
        status: StatusCode,
    ) -> Result<Response, Problem> {
        if step == Step::Files {
            return page::html_as(status, &self.files_page(wrong));
        }
        page::html_as(status, &self.page(step, wrong, alike))
    }

    fn page(
        &self,
        step: Step,
        wrong: Vec<FieldError>,
        alike: Option<Vec<Municipality>>,
    ) -> StepPage {
        let t = self.public.shell.say(self.public.lang);
        StepPage {
            frame: self.public.shell.public_frame(self.public.lang, PATH),
            f: Filled::new(self.typed.clone(), wrong),
            hidden: self.carried(step),
            for_me: self.answers.about == Some(About::Me),
            number: step.number(&self.answers),
            alike: alike.map(|alike| {
                alike
                    .into_iter()
                    .map(|place| Choice::new(place.code, place.name))
                    .collect()
            }),
            rows: if step == Step::Check {
                summary::rows(&t, &self.answers, &self.public.places)
            } else {
                Vec::new()
            },
            trouble: None,
            step,
            t,
        }
    }

    /// Everything answered elsewhere, for hidden fields.
    fn carried(&self, step: Step) -> Vec<(String, String)> {
        let control = ["id", "step", "go", "returning", "searched"];
        let mut carried: Vec<(String, String)> = self
            .typed
            .pairs()
            .filter(|(name, value)| {
                !step.fields().contains(name) && !control.contains(name) && !value.is_empty()
            })
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        carried.push(("id".to_owned(), self.id.as_str().to_owned()));
        carried.push(("step".to_owned(), step.code().to_owned()));
        if self.returning {
            carried.push(("returning".to_owned(), "yes".to_owned()));
        }
        carried
    }
}

#[derive(Template)]
#[template(path = "public/files.html")]
struct FilesPage {
    t: Say,
    frame: PublicFrame,
    f: Filled,
    hidden: Vec<(String, String)>,
    trouble: Option<String>,
}

#[derive(Template)]
#[template(path = "public/receipt.html")]
struct Thanks {
    t: Say,
    frame: PublicFrame,
    code: String,
    received: String,
    files: Vec<String>,
    /// Some of them were kept as they are, with whatever their makers wrote in them.
    uncleaned: bool,
}

fn thanks(public: &Public, receipt: &Receipt) -> Result<Response, Problem> {
    let t = public.shell.say(public.lang);
    page::html(&Thanks {
        frame: public.shell.public_frame(public.lang, PATH),
        code: receipt.code.clone(),
        received: t.moment(receipt.received_at),
        files: described(&t, &receipt.files),
        uncleaned: receipt.files.iter().any(|file| !file.kind.is_cleaned()),
        t,
    })
}

/// What each file is, in words.
pub(super) fn described(t: &Say, files: &[SentFile]) -> Vec<String> {
    let words = |file: &SentFile| upload::described(t, file.kind, file.bytes);
    files.iter().map(words).collect()
}
