//! A desk in memory that can refuse.

use std::sync::Mutex;

use web::public::desk::{
    FormId, Mailbox, MailboxMessage, MailboxStatus, MessageInput, PublicDesk, PublicError, Receipt,
    Reply, ReportInput, ReturnCode,
};
use web::upload::Upload;

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) reports: Mutex<Vec<ReportInput>>,
    pub(crate) refuse: Mutex<Option<PublicError>>,
    pub(crate) written: Mutex<Vec<(FormId, String)>>,
}

pub(crate) const CODE: &str = "4711 0815 1234 5678";

fn now() -> jiff::Timestamp {
    "2026-11-22T13:03:00Z".parse().unwrap()
}

impl Memory {
    fn mailbox(&self, code: &ReturnCode) -> Option<Mailbox> {
        (code.secret() == CODE.replace(' ', "")).then(|| Mailbox {
            status: MailboxStatus::Received,
            received_at: now(),
            messages: self
                .written
                .lock()
                .unwrap()
                .iter()
                .map(|(_, text)| MailboxMessage {
                    yours: true,
                    at: now(),
                    text: text.clone(),
                })
                .collect(),
            files: Vec::new(),
        })
    }
}

impl PublicDesk for Memory {
    fn submit(&self, report: ReportInput) -> Reply<'_, Receipt> {
        Box::pin(async move {
            if let Some(error) = *self.refuse.lock().unwrap() {
                return Err(error);
            }
            let mut reports = self.reports.lock().unwrap();
            if !reports.iter().any(|known| known.id == report.id) {
                reports.push(report);
            }
            Ok(Receipt {
                code: CODE.to_owned(),
                received_at: now(),
                files: Vec::new(),
            })
        })
    }

    fn open(&self, code: ReturnCode) -> Reply<'_, Option<Mailbox>> {
        Box::pin(async move { Ok(self.mailbox(&code)) })
    }

    fn write(&self, code: ReturnCode, id: FormId, text: String) -> Reply<'_, Option<Mailbox>> {
        Box::pin(async move {
            if self.mailbox(&code).is_some() {
                let mut written = self.written.lock().unwrap();
                if !written.iter().any(|(known, _)| *known == id) {
                    written.push((id, text));
                }
            }
            Ok(self.mailbox(&code))
        })
    }

    /// This desk keeps no files.
    fn submit_with(&self, report: ReportInput, files: Upload) -> Reply<'_, Receipt> {
        Box::pin(async move {
            files.read_on().await;
            self.submit(report).await
        })
    }

    fn write_with(&self, message: MessageInput, files: Upload) -> Reply<'_, Option<Mailbox>> {
        Box::pin(async move {
            files.read_on().await;
            let text = message.text.unwrap_or(message.silent);
            self.write(message.code, message.id, text).await
        })
    }
}
