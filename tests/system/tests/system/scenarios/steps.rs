//! What every story does: telling on the public page, receiving and routing at the desk, taking on at the service and at care.

use anyhow::{Context, Result, bail};
use system_tests::Reply;

use super::somebody::Somebody;

/// More pages than the public form has.
const MOST_PAGES: usize = 20;

/// Tells what happens on the public page, one question after the other, and gives the return code. `answers` are names and values of the
/// questions; what is not asked is not answered. A question without an answer is passed as a reader does who presses on.
pub fn tell(who: &Somebody, answers: &[(&str, &str)]) -> Result<String> {
    tell_in(who, "", answers)
}

/// The same on the pages of another language: `/en`.
pub fn tell_in(who: &Somebody, language: &str, answers: &[(&str, &str)]) -> Result<String> {
    let start = who.open(&format!("{language}/start"))?;
    let mut page = who.press(&start, button(&start, "begin")?.as_str(), &[])?;
    for _ in 0..MOST_PAGES {
        if let Some(code) = page.page().words_of_class("samen-code").first() {
            return Ok(code.clone());
        }
        let next = button(&page, "send").or_else(|_| button(&page, "next"))?;
        let asked = page.page();
        let asks = |name: &str| {
            asked.forms().iter().any(|form| {
                form.names.iter().any(|has| has == name)
                    && !form.hidden.iter().any(|has| has == name)
            })
        };
        let here: Vec<_> = answers
            .iter()
            .copied()
            .filter(|(name, _)| asks(name))
            .collect();
        page = who.press(&page, &next, &here)?;
    }
    bail!("the public form has no end: {}", page.page().text())
}

/// The words on the button with this value.
fn button(page: &Reply, value: &str) -> Result<String> {
    let forms = page.page().forms();
    let all = forms.iter().flat_map(|form| &form.buttons);
    all.into_iter()
        .find(|button| button.value == value)
        .map(|button| button.words.clone())
        .with_context(|| format!("{} has no button {value:?}", page.path))
}

/// Opens the messages that belong to a return code.
pub fn read_messages(who: &Somebody, code: &str) -> Result<Reply> {
    try_messages(who, code)?.expect_status(200)
}

/// Tries a return code and takes the answer as it is.
pub fn try_messages(who: &Somebody, code: &str) -> Result<Reply> {
    let front = who.open("/")?;
    let page = who.click(&front, "Mijn berichten")?;
    who.try_press(&page, "Open", &[("code", code)])
}

/// Takes down what is told by telephone or at a counter, and gives the report's address.
pub fn take_down(desk: &Somebody, answers: &[(&str, &str)]) -> Result<String> {
    take_down_with_code(desk, answers).map(|(report, _)| report)
}

/// The same, with the return code that the desk may pass on.
pub fn take_down_with_code(desk: &Somebody, answers: &[(&str, &str)]) -> Result<(String, String)> {
    let list = desk.open("/work/reports")?;
    let form = desk.click(&list, "Melding opnemen")?;
    let done = desk.press(&form, "Neem de melding op", answers)?;
    let links = done.page().links();
    let report = links
        .into_iter()
        .find(|link| link.href.starts_with("/work/reports/") && link.href.len() > 40);
    let report = report.context("the desk is not led to the report that it took down")?;
    let code = done.page().words_of_class("samen-code").pop();
    Ok((report.href, code.context("no return code is shown")?))
}

/// The desk's answer to the question of acute danger, its first deed with any report.
pub struct Danger<'a> {
    /// `yes`, `no` or `unknown`.
    pub answer: &'a str,
    /// On what it rests.
    pub because: &'a str,
    /// Who was called and what was agreed, when somebody was.
    pub call: Option<(&'a str, &'a str)>,
}

/// Nobody is in danger now.
pub const NO_DANGER: Danger<'static> = Danger {
    answer: "no",
    because: "Gevraagd en nagegaan.",
    call: None,
};

/// Answers the question of danger and accepts the report; gives its page.
pub fn accept(desk: &Somebody, report: &str, danger: &Danger<'_>) -> Result<Reply> {
    let page = desk.open(report)?;
    let (call_to, call_result) = danger.call.unwrap_or_default();
    let fields = [
        ("answer", danger.answer),
        ("because", danger.because),
        ("call_to", call_to),
        ("call_result", call_result),
    ];
    let page = desk.press(&page, "Leg het antwoord vast", &fields)?;
    desk.press(&page, "Neem de melding aan", &[])
}

/// Sends an accepted report on by these rules of the proposal; `because` where a rule asks for a weighing or a consent.
pub fn route(desk: &Somebody, report: &str, rules: &[&str], because: &str) -> Result<Reply> {
    let page = desk.open(report)?;
    let page = desk.click(&page, "Zet door")?;
    let mut fields: Vec<(&str, &str)> = rules.iter().map(|rule| ("rule", *rule)).collect();
    if !because.is_empty() {
        fields.push(("because", because));
    }
    desk.press(&page, "Zet de melding door", &fields)
}

/// The rules by which the desk may send this report on, as the page proposes them.
pub fn proposed(desk: &Somebody, report: &str) -> Result<Vec<String>> {
    let page = desk.open(report)?;
    let page = desk.click(&page, "Zet door")?.page();
    let forms = page.forms();
    let offered = forms.iter().flat_map(|form| &form.offered);
    Ok(offered
        .filter(|(name, _)| name == "rule")
        .map(|(_, rule)| rule.clone())
        .collect())
}

/// Waits for the next intake at an investigating service, takes it on and gives its page.
pub fn take_on_intake(service: &Somebody, known: &[String]) -> Result<Reply> {
    let intake = service.arrives("/work/intakes", known)?;
    let page = service.open(&intake)?;
    service.press(&page, "Neem de intake aan", &[])
}

/// Waits for the next case at a care coordinator, takes it on and gives its page.
pub fn take_on_case(coordinator: &Somebody, known: &[String]) -> Result<Reply> {
    let case = coordinator.arrives("/work/cases", known)?;
    let page = coordinator.open(&case)?;
    coordinator.press(&page, "Neem aan", &[])
}

/// The address of a record's page, without what was just done.
pub fn address(page: &Reply) -> String {
    page.path.split('?').next().unwrap_or_default().to_owned()
}

/// Adds a person to an intake file and gives her page. Whoever has authority over her is unknown unless the fields say so.
pub fn add_person(service: &Somebody, intake: &str, fields: &[(&str, &str)]) -> Result<Reply> {
    let page = service.open(intake)?;
    let page = service.click(&page, "Voeg een persoon toe")?;
    let mut all = vec![("authority", "unknown")];
    all.retain(|(name, _)| !fields.iter().any(|(has, _)| has == name));
    all.extend_from_slice(fields);
    service.press(&page, "Voeg een persoon toe", &all)
}

/// Assesses an intake: the slightest indication and the leads, each with its reason. Gives the file.
pub fn assess(service: &Somebody, intake: &str, fields: &[(&str, &str)]) -> Result<Reply> {
    let page = service.open(intake)?;
    let page = service.click(&page, "Beoordeel")?;
    service.press(&page, "Beoordeel", fields)
}

/// Registers a person of an intake at the coordination centre: a duty, without consent. Gives her page.
pub fn register(service: &Somebody, person: &str) -> Result<Reply> {
    let page = service.open(person)?;
    let page = service.click(&page, "Registreer")?;
    service.press(&page, "Registreer", &[])
}

/// Changes a part of what care knows of the person: `Persoon`, `Veiligheid en contact`, `Gezin en gezag`, `Uitbuiting`. Gives the dossier.
pub fn know(
    coordinator: &Somebody,
    case: &str,
    part: &str,
    fields: &[(&str, &str)],
) -> Result<Reply> {
    let page = coordinator.open(case)?;
    let page = coordinator.click(&page, &format!("Wijzig: {part}"))?;
    coordinator.press(&page, "Bewaar", fields)
}

/// Opens a case for somebody who came by herself, and gives the dossier.
pub fn open_case(coordinator: &Somebody, fields: &[(&str, &str)]) -> Result<Reply> {
    let list = coordinator.open("/work/cases")?;
    let page = coordinator.click(&list, "Nieuwe casus")?;
    coordinator.press(&page, "Open de casus", fields)
}

/// Records a consent in a dossier. Gives the dossier.
pub fn consent(coordinator: &Somebody, case: &str, fields: &[(&str, &str)]) -> Result<Reply> {
    let page = coordinator.open(case)?;
    let page = coordinator.click(&page, "Leg toestemming vast")?;
    coordinator.press(&page, "Leg toestemming vast", fields)
}

/// Asks a safe place for the person of a case, and gives the request's page.
pub fn ask_shelter(coordinator: &Somebody, case: &str, fields: &[(&str, &str)]) -> Result<Reply> {
    let page = coordinator.open(case)?;
    let page = coordinator.click(&page, "Vraag een veilige plek")?;
    coordinator.press(&page, "Aanvraag doen", fields)
}

/// Who has her data, as the person's own page lists them.
pub fn holders(page: &Reply) -> Result<String> {
    let text = page.page().text();
    let (_, list) = text
        .split_once("Wie heeft gegevens van u")
        .context("the page does not say who has her data")?;
    let list = list.split("Uw toestemming").next().unwrap_or_default();
    Ok(list.to_owned())
}
