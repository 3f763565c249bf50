//! S4. "Noa", 14, writes at 23:10; her mother sells her. Anonymous, and in danger when the phone is found.
use anyhow::{Result, ensure};
use system_tests::StoreKind;

use super::country::Country;
use super::steps;

on_both_stores![she_tells_without_a_trace_on_the_phone];

fn she_tells_without_a_trace_on_the_phone(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let noa = country.visitor("Noa")?;
    let front = noa.open("/")?;
    let page = front.page();
    let first = page
        .links()
        .into_iter()
        .find(|link| !link.href.starts_with('#'));
    let leave = first.map(|link| link.text).unwrap_or_default();
    ensure!(
        leave.to_lowercase().contains("verlaat"),
        "the first link is not the way out but {leave:?}"
    );
    steps::tell(
        &noa,
        &[
            ("danger", "yes"),
            ("story", "Mijn moeder verkoopt mij."),
            ("about", "me"),
            ("age", "minor"),
            ("words", "Zwolle"),
            ("wish", "help"),
            ("reach", "mailbox"),
        ],
    )?;
    let vt = country.hire("care_coordinator", "Veilig Thuis IJsselland")?;
    let desk = country.at_work(super::country::DESK)?;
    let report = desk.arrives("/work/reports", &[])?;
    steps::accept(
        &desk,
        &report,
        &steps::Danger {
            answer: "yes",
            because: "x",
            call: Some(("112", "y")),
        },
    )?;
    steps::route(&desk, &report, &["minor-veilig-thuis"], "")?;
    steps::take_on_case(&vt, &[])?;
    Ok(())
}
