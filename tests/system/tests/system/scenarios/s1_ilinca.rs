//! S1. "Ilinca", 29, Romanian, works in a greenhouse in Westland. A colleague reports in Romanian.

use anyhow::Result;
use system_tests::StoreKind;

use super::country::Country;
use super::steps;

on_both_stores![a_colleague_reports_and_can_come_back];

fn a_colleague_reports_and_can_come_back(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let colleague = country.visitor("the colleague")?;
    let answers = [
        ("danger", "no"),
        ("story", "Patronul ne-a luat pașapoartele."),
        ("about", "other"),
        ("age", "adult"),
        ("words", "Westland"),
        ("situation", "papers_taken"),
        ("wish", "help"),
        ("reach", "mailbox"),
    ];
    steps::tell(&colleague, &answers)?;
    Ok(())
}
