//! What the journal's acts are called. An act without a name here shows its code.

use crate::texts::{Key, Say};

#[rustfmt::skip]
const ACTS: &[(&str, Key)] = &[
    ("report.submit", Key::new("act-report-submit")),
    ("report.attach", Key::new("act-report-attach")),
    ("mailbox.read", Key::new("act-mailbox-read")),
    ("mailbox.write", Key::new("act-mailbox-write")),
    ("report.list", Key::new("act-report-list")),
    ("report.read", Key::new("act-report-read")),
    ("report.attachment", Key::new("act-report-attachment")),
    ("report.enter", Key::new("act-report-enter")),
    ("report.acute", Key::new("act-report-acute")),
    ("report.accept", Key::new("act-report-accept")),
    ("report.route", Key::new("act-report-route")),
    ("report.attachment_sent", Key::new("act-report-attachment-sent")),
    ("report.close", Key::new("act-report-close")),
    ("report.message", Key::new("act-report-message")),
    ("report.answer_received", Key::new("act-report-answer-received")),
    ("report.clock", Key::new("act-report-clock")),
    ("attachment.clock", Key::new("act-attachment-clock")),
    ("intake.receive", Key::new("act-intake-receive")),
    ("intake.list", Key::new("act-intake-list")),
    ("intake.read", Key::new("act-intake-read")),
    ("intake.attachment", Key::new("act-intake-attachment")),
    ("intake.open", Key::new("act-intake-open")),
    ("intake.answer", Key::new("act-intake-answer")),
    ("intake.assess", Key::new("act-intake-assess")),
    ("intake.register", Key::new("act-intake-register")),
    ("reflection.offer", Key::new("act-reflection-offer")),
    ("reflection.change", Key::new("act-reflection-change")),
    ("intake.hand_to_care", Key::new("act-intake-hand-to-care")),
    ("intake.close", Key::new("act-intake-close")),
    ("intake.clock", Key::new("act-intake-clock")),
    ("case.receive", Key::new("act-case-receive")),
    ("case.list", Key::new("act-case-list")),
    ("case.read", Key::new("act-case-read")),
    ("case.attachment", Key::new("act-case-attachment")),
    ("case.open", Key::new("act-case-open")),
    ("case.import", Key::new("act-case-import")),
    ("case.answer", Key::new("act-case-answer")),
    ("case.person", Key::new("act-case-person")),
    ("case.indicators", Key::new("act-case-indicators")),
    ("case.consent", Key::new("act-case-consent")),
    ("share.offer", Key::new("act-share-offer")),
    ("share.list", Key::new("act-share-list")),
    ("share.read", Key::new("act-share-read")),
    ("share.answer", Key::new("act-share-answer")),
    ("share.receive", Key::new("act-share-receive")),
    ("case.register", Key::new("act-case-register")),
    ("case.phase", Key::new("act-case-phase")),
    ("case.tasks", Key::new("act-case-tasks")),
    ("case.attachments", Key::new("act-case-attachments")),
    ("case.close", Key::new("act-case-close")),
    ("case.aftercare", Key::new("act-case-aftercare")),
    ("case.person_code", Key::new("act-case-person-code")),
    ("person.page", Key::new("act-person-page")),
    ("case.clock", Key::new("act-case-clock")),
    ("shelter.ask", Key::new("act-shelter-ask")),
    ("shelter.list", Key::new("act-shelter-list")),
    ("shelter.read", Key::new("act-shelter-read")),
    ("shelter.hold", Key::new("act-shelter-hold")),
    ("shelter.withdraw", Key::new("act-shelter-withdraw")),
    ("shelter.client_answer", Key::new("act-shelter-client-answer")),
    ("shelter.address", Key::new("act-shelter-address")),
    ("address.open", Key::new("act-address-open")),
    ("shelter.holds", Key::new("act-shelter-holds")),
    ("shelter.answer", Key::new("act-shelter-answer")),
    ("shelter.stay", Key::new("act-shelter-stay")),
    ("shelter.rooms", Key::new("act-shelter-rooms")),
    ("address.keep", Key::new("act-address-keep")),
    ("shelter.clock", Key::new("act-shelter-clock")),
    ("registration.receive", Key::new("act-registration-receive")),
    ("registration.list", Key::new("act-registration-list")),
    ("registration.read", Key::new("act-registration-read")),
    ("registration.figures", Key::new("act-registration-figures")),
    ("opinion.ask", Key::new("act-opinion-ask")),
    ("opinion.change", Key::new("act-opinion-change")),
    ("opinion.receive", Key::new("act-opinion-receive")),
    ("opinion.list", Key::new("act-opinion-list")),
    ("opinion.read", Key::new("act-opinion-read")),
    ("opinion.prepare", Key::new("act-opinion-prepare")),
    ("opinion.give", Key::new("act-opinion-give")),
    ("opinion.send", Key::new("act-opinion-send")),
    ("opinion.status_received", Key::new("act-opinion-status-received")),
    ("opinion.clock", Key::new("act-opinion-clock")),
    ("plan.list", Key::new("act-plan-list")),
    ("plan.read", Key::new("act-plan-read")),
    ("plan.keep", Key::new("act-plan-keep")),
    ("plan.update", Key::new("act-plan-update")),
    ("figures.receive", Key::new("act-figures-receive")),
    ("figures.list", Key::new("act-figures-list")),
    ("letter.edit", Key::new("act-letter-edit")),
    ("letter.freeze", Key::new("act-letter-freeze")),
    ("account.sign_in", Key::new("act-account-sign-in")),
    ("account.own", Key::new("act-account-own")),
    ("account.keep", Key::new("act-account-keep")),
    ("journal.read", Key::new("act-journal-read")),
    ("oversight.search", Key::new("act-oversight-search")),
    ("oversight.findings", Key::new("act-oversight-findings")),
    ("oversight.judge", Key::new("act-oversight-judge")),
    ("oversight.marks", Key::new("act-oversight-marks")),
    ("oversight.watch", Key::new("act-oversight-watch")),
    ("retention.run", Key::new("act-retention-run")),
    ("retention.hold", Key::new("act-retention-hold")),
    ("sharing.ask", Key::new("act-sharing-ask")),
    ("sharing.ask_signals", Key::new("act-sharing-ask-signals")),
    ("sharing.ask_registration", Key::new("act-sharing-ask-registration")),
    ("sharing.ask_care", Key::new("act-sharing-ask-care")),
    ("sharing.ask_opinion", Key::new("act-sharing-ask-opinion")),
    ("sharing.ask_investigation", Key::new("act-sharing-ask-investigation")),
    ("sharing.ask_programme", Key::new("act-sharing-ask-programme")),
    ("system.health", Key::new("act-system-health")),
    ("record.erase", Key::new("act-record-erase")),
    ("request.own", Key::new("act-request-own")),
    ("request.enter", Key::new("act-request-enter")),
    ("request.handle", Key::new("act-request-handle")),
    ("request.answer_received", Key::new("act-request-answer-received")),
    ("request.part_signals", Key::new("act-request-part-signals")),
    ("request.part_registration", Key::new("act-request-part-registration")),
    ("request.part_care", Key::new("act-request-part-care")),
    ("request.part_opinion", Key::new("act-request-part-opinion")),
    ("request.part_investigation", Key::new("act-request-part-investigation")),
    ("registers.read", Key::new("act-registers-read")),
    ("registers.disclosures", Key::new("act-registers-disclosures")),
    ("registers.retention", Key::new("act-registers-retention")),
    ("breach.search", Key::new("act-breach-search")),
    ("breach.keep", Key::new("act-breach-keep")),
    ("case.team", Key::new("act-case-team")),
    ("case.take_over", Key::new("act-case-take-over")),
    ("case.ask_access", Key::new("act-case-ask-access")),
    ("case.notices", Key::new("act-case-notices")),
    ("case.break_glass", Key::new("act-case-break-glass")),
    ("case.review", Key::new("act-case-review")),
    ("case.clock.glass", Key::new("act-case-clock-glass")),
    ("intake.team", Key::new("act-intake-team")),
    ("intake.take_over", Key::new("act-intake-take-over")),
    ("intake.ask_access", Key::new("act-intake-ask-access")),
    ("intake.notices", Key::new("act-intake-notices")),
    ("intake.break_glass", Key::new("act-intake-break-glass")),
    ("intake.review", Key::new("act-intake-review")),
    ("intake.clock.glass", Key::new("act-intake-clock-glass")),
    ("share.team", Key::new("act-share-team")),
    ("share.take_over", Key::new("act-share-take-over")),
    ("share.ask_access", Key::new("act-share-ask-access")),
    ("opinion.take_over", Key::new("act-opinion-take-over")),
    ("opinion.ask_access", Key::new("act-opinion-ask-access")),
    ("opinion.notices", Key::new("act-opinion-notices")),
    ("opinion.recuse", Key::new("act-opinion-recuse")),
    ("roster.keep", Key::new("act-roster-keep")),
];

/// The name of an act; a variant of an act (`case.answer.missed`) is called as its act, with the code beside it.
pub fn name(code: &str, t: &Say) -> String {
    if let Some(name) = exact(code, t) {
        return name;
    }
    let act = code.rsplit_once('.').map_or(code, |(act, _)| act);
    match exact(act, t) {
        Some(name) => format!("{name} ({code})"),
        None => code.to_owned(),
    }
}

fn exact(code: &str, t: &Say) -> Option<String> {
    ACTS.iter()
        .find(|(act, _)| *act == code)
        .map(|(_, key)| t.key(*key).into_owned())
}

#[cfg(test)]
mod tests {
    use super::ACTS;

    #[test]
    fn each_act_of_the_access_table_has_a_name() {
        for rule in desk::access::RULES {
            assert!(
                ACTS.iter().any(|(act, _)| *act == rule.name),
                "{} has no name: add it to locales/*/acts.ftl and here",
                rule.name
            );
        }
    }
}
