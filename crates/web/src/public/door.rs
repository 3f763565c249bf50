//! The public pages' door to the signal desk: what a person ticked in everyday words becomes the field's words, never the other way round.

use std::sync::Arc;

use ::desk::DeskError;
use ::desk::attachment::Arrived;
use ::desk::kept::VaultError;
use ::desk::report::{self, NewContact, NewReport};
use domain::attachment::FileKind;
use domain::code::{FormCode, IndicatorCode, LanguageCode, MunicipalityCode};
use domain::mailbox::Sender;
use domain::report::{
    Channel as Through, HelpWish, MinorsInvolved, PublicStatus, ReportContent, ReporterKind,
};
use domain::time::dutch_date;
use domain::{Answer, SafeText};

use super::desk::{
    About, Ages, Channel, Contact, Danger, FormId, Mailbox, MailboxMessage, MailboxStatus,
    MessageInput, PublicDesk, PublicError, Receipt, Reply, ReportInput, ReturnCode, SentFile,
    Situation, Where, Wish,
};
use super::places::{Municipality, Places};
use crate::app::App;
use crate::upload::{NotTaken, Trouble, Upload};

/// The door of this application.
pub fn of(app: &Arc<App>) -> Arc<dyn PublicDesk> {
    Arc::new(Door { app: app.clone() })
}

/// The municipalities that count today.
pub fn places(app: &App) -> Places {
    let today = dutch_date(app.now());
    Places::new(
        app.desk
            .vocabulary
            .municipalities
            .valid_on(today)
            .map(|m| Municipality {
                code: m.code.to_string(),
                name: m.label.nl.clone(),
            }),
    )
}

struct Door {
    app: Arc<App>,
}

impl PublicDesk for Door {
    fn submit(&self, input: ReportInput) -> Reply<'_, Receipt> {
        Box::pin(async move {
            let now = self.app.now();
            let id = input.id.clone();
            let new = understand(&self.app, &input).map_err(|_| PublicError::Unavailable)?;
            // The body under the key is what the person told, so that the same form with other words is noticed.
            let body = format!("{input:?}");
            let key = format!("form {}", id.as_str());
            let receipt = report::submit(&self.app.desk, now, Some((&key, body.as_bytes())), new)
                .await
                .map_err(public)?;
            Ok(given(&receipt, Vec::new()))
        })
    }

    fn submit_with(&self, input: ReportInput, files: Upload) -> Reply<'_, Receipt> {
        Box::pin(async move {
            let now = self.app.now();
            let id = input.id.clone();
            let new = understand(&self.app, &input).map_err(|_| PublicError::Unavailable)?;
            let body = format!("{input:?}");
            let key = format!("form {}", id.as_str());
            let arriving = report::receive_files(&self.app.desk, now).map_err(public)?;
            let arriving = files.pour(arriving).await.map_err(not_taken)?;
            let sent = sent(arriving.whole());
            let receipt =
                report::submit_with(&self.app.desk, now, (&key, body.as_bytes()), new, arriving)
                    .await
                    .map_err(public)?;
            Ok(given(&receipt, sent))
        })
    }

    fn write_with(&self, message: MessageInput, files: Upload) -> Reply<'_, Option<Mailbox>> {
        Box::pin(async move {
            let (desk, now) = (&self.app.desk, self.app.now());
            let code = readable(&message.code);
            // Before a file is taken in: whoever has no code fills no disk.
            match report::may_attach(desk, now, &code).await {
                Ok(()) => {}
                Err(DeskError::NotFound { .. }) => {
                    files.read_on().await;
                    return Ok(None);
                }
                Err(error) => return Err(public(error)),
            }
            let arriving = report::receive_files(desk, now).map_err(public)?;
            let arriving = files.pour(arriving).await.map_err(not_taken)?;
            let (id, text) = match (message.text, arriving.whole().is_empty()) {
                (Some(text), true) => return self.write(message.code, message.id, text).await,
                (None, true) => return Err(PublicError::Nothing),
                (text, false) => (message.id, text.unwrap_or(message.silent)),
            };
            let text = SafeText::new("message", &text, domain::mailbox::MESSAGE_MAX)
                .map_err(|_| PublicError::Unavailable)?;
            let key = format!("files {}", id.as_str());
            match report::attach(desk, now, &code, &key, text, arriving).await {
                Ok(()) => self.open(message.code).await,
                Err(DeskError::NotFound { .. }) => Ok(None),
                Err(error) => Err(public(error)),
            }
        })
    }

    fn open(&self, code: ReturnCode) -> Reply<'_, Option<Mailbox>> {
        Box::pin(async move {
            match report::read_mailbox(&self.app.desk, self.app.now(), &readable(&code)).await {
                Ok(post) => Ok(Some(shown(post))),
                Err(DeskError::NotFound { .. }) => Ok(None),
                Err(error) => Err(public(error)),
            }
        })
    }

    fn write(&self, code: ReturnCode, id: FormId, text: String) -> Reply<'_, Option<Mailbox>> {
        Box::pin(async move {
            let now = self.app.now();
            let readable = readable(&code);
            let text = SafeText::new("message", &text, domain::mailbox::MESSAGE_MAX)
                .map_err(|_| PublicError::Unavailable)?;
            let key = format!("message {}", id.as_str());
            match report::write_mailbox(&self.app.desk, now, &readable, Some(&key), text).await {
                Ok(()) => self.open(code).await,
                Err(DeskError::NotFound { .. }) => Ok(None),
                Err(error) => Err(public(error)),
            }
        })
    }
}

/// An unreadable code is searched for like any other, so that the time tells nothing.
fn readable(code: &ReturnCode) -> domain::mailbox::ReturnCode {
    domain::mailbox::ReturnCode::parse(code.secret())
        .unwrap_or_else(|_| domain::mailbox::ReturnCode::from_digits([0; 16]))
}

fn given(receipt: &report::Receipt, files: Vec<SentFile>) -> Receipt {
    Receipt {
        code: receipt.code.grouped(),
        received_at: receipt.received_at,
        files,
    }
}

fn sent(files: &[Arrived]) -> Vec<SentFile> {
    let sent = |file: &Arrived| SentFile {
        kind: file.kind,
        bytes: file.bytes,
    };
    files.iter().map(sent).collect()
}

fn not_taken(why: NotTaken) -> PublicError {
    match why {
        NotTaken::Trouble(trouble) => PublicError::Files(trouble),
        NotTaken::Desk(error) => public(error),
    }
}

fn shown(post: report::Post) -> Mailbox {
    Mailbox {
        status: match post.status {
            PublicStatus::Received => MailboxStatus::Received,
            PublicStatus::BeingRead => MailboxStatus::Reading,
            PublicStatus::PassedOn => MailboxStatus::PassedOn,
            PublicStatus::Closed => MailboxStatus::Closed,
        },
        received_at: post.received_at,
        files: post
            .files
            .iter()
            .filter_map(|file| {
                Some(SentFile {
                    kind: FileKind::of_media_type(&file.media_type)?,
                    bytes: file.bytes,
                })
            })
            .collect(),
        messages: post
            .messages
            .iter()
            .map(|message| MailboxMessage {
                yours: matches!(message.sender, Sender::Reporter { .. }),
                at: message.sender.at(),
                text: message.text.as_str().to_owned(),
            })
            .collect(),
    }
}

fn public(error: DeskError) -> PublicError {
    match error {
        DeskError::Vault(VaultError::DiskFull { .. }) => PublicError::Full,
        DeskError::KeyReused => PublicError::OtherWords,
        DeskError::TooManyAttempts { seconds } => PublicError::TooMany {
            seconds: u32::try_from(seconds).unwrap_or(900),
        },
        DeskError::Conflict => PublicError::Busy,
        // A report has a place for so many files and no more.
        DeskError::Invalid(faults) if faults.iter().any(|f| f.field == "attachments") => {
            PublicError::Files(Trouble::TooMany)
        }
        error => {
            tracing::error!(%error, "the public door could not do its work");
            PublicError::Unavailable
        }
    }
}

/// The field's words for what a person told.
fn understand(app: &App, input: &ReportInput) -> Result<NewReport, domain::text::TextError> {
    let today = dutch_date(app.now());
    let words = &app.desk.vocabulary;
    let language = LanguageCode::new(input.language.code()).unwrap_or(LanguageCode::literal("nl"));
    let mut content = ReportContent::empty(Through::Web, reporter(input), language);
    content.story = Some(SafeText::new(
        "story",
        &input.story,
        domain::report::STORY_MAX,
    )?);
    content.acute = match input.danger {
        Danger::Yes => Answer::Yes,
        Danger::No => Answer::No,
        Danger::Unknown => Answer::Unknown,
    };
    content.minors = match input.ages {
        Ages::Minor | Ages::Mixed => MinorsInvolved::Yes,
        Ages::Adult => MinorsInvolved::No,
        Ages::Unknown => MinorsInvolved::Unknown,
    };
    content.help = match (input.wish, input.about) {
        (Wish::Help, About::Me) => HelpWish::ForSelf,
        (Wish::Help, About::Other | About::Place) => HelpWish::VictimNotAsked,
        (Wish::Contact | Wish::Nothing, _) => HelpWish::NotAsked,
    };
    match &input.place {
        Where::Municipality { code } => {
            content.municipality = MunicipalityCode::new(code.as_str()).ok()
        }
        Where::Words(place) => {
            content.place = SafeText::optional("place", place, domain::report::ANSWER_MAX)?;
        }
        Where::Unknown => {}
    }
    for situation in &input.situations {
        let (form, indicator) = meaning(*situation);
        if let Some(form) = form.map(FormCode::literal)
            && words.form(&form, today).is_ok()
            && !content.forms.contains(&form)
        {
            content.forms.push(form);
        }
        if let Some(indicator) = indicator.map(IndicatorCode::literal)
            && words.indicator(&indicator, today).is_ok()
            && !content.indicators.contains(&indicator)
        {
            content.indicators.push(indicator);
        }
    }
    Ok(NewReport {
        content,
        contact: contact(&input.contact)?,
    })
}

fn reporter(input: &ReportInput) -> ReporterKind {
    match (input.about, &input.contact) {
        (About::Me, _) => ReporterKind::VictimSelf,
        (_, Contact::Reach { .. }) => ReporterKind::Citizen,
        _ => ReporterKind::Anonymous,
    }
}

/// The form of exploitation and the operational indicator (ILO and European Commission, 2009) that a ticked situation
/// points to. A pointer for the desk, never a verdict, and never shown to the reporter.
fn meaning(situation: Situation) -> (Option<&'static str>, Option<&'static str>) {
    match situation {
        Situation::LittlePay => (Some("AU"), Some("ec_salary")),
        Situation::LongHours => (Some("AU"), Some("ec_hours")),
        Situation::PapersTaken => (None, Some("cd_documents")),
        Situation::Debt => (None, Some("cd_debt_bondage")),
        Situation::Watched => (None, Some("cd_isolation")),
        Situation::Threatened => (None, Some("cd_threats")),
        Situation::BadHousing => (Some("AU"), Some("ec_living")),
        Situation::ForcedSex => (Some("SU"), Some("cd_tasks")),
        Situation::ForcedImages => (Some("SU"), Some("cd_tasks")),
        Situation::ForcedCrime => (Some("CU"), Some("cd_crime")),
        Situation::BankAccount => (Some("CU"), Some("cd_crime")),
        Situation::Begging => (Some("BE"), None),
        Situation::ForcedMarriage => (Some("GH"), None),
        Situation::Organ => (Some("OR"), None),
        Situation::Child | Situation::SomethingElse => (None, None),
    }
}

fn contact(told: &Contact) -> Result<Option<NewContact>, domain::text::TextError> {
    let Contact::Reach {
        channel,
        at,
        when,
        never_call,
        code_word,
        others,
    } = told
    else {
        return Ok(None);
    };
    let kind = match channel {
        Channel::Phone => "phone",
        Channel::Text => "sms",
        Channel::Email => "e-mail",
        Channel::Person => "person",
    };
    let how = match others {
        Some(others) => format!("{kind}: {at} ({others})"),
        None => format!("{kind}: {at}"),
    };
    let line = |field, text: Option<&str>| SafeText::optional(field, text.unwrap_or_default(), 500);
    Ok(Some(NewContact {
        name: None,
        organisation: None,
        channel: line("contact", Some(&how))?,
        safe_times: line("when", when.as_deref())?,
        code_word: line("code_word", code_word.as_deref())?,
        never_call: *never_call,
    }))
}
