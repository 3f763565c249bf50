//! The ten acceptance scenarios, each as far as the program reaches. All people are invented.
//!
//! A scenario is a module `sN_name`. Its tests run on both stores and each asserts something that must, or must not, happen; a step that the
//! program cannot take yet is not written down as a passing test.

mod s6_karima;

use anyhow::Result;
use serde_json::{Value, json};
use system_tests::api::{Receipt, Report};
use system_tests::{Client, Server, Store, StoreKind};

/// Sends a report and gives its receipt.
fn tell(client: &Client, key: &str, body: Value) -> Result<Receipt> {
    Receipt::read(
        &Report {
            body,
            key: key.to_owned(),
        }
        .send(client)?,
    )
}

/// S1. "Ilinca", 29, Romanian, works in a greenhouse in Westland. A colleague reports in Romanian.
mod s1_ilinca {
    use super::*;
    use anyhow::ensure;
    use system_tests::api::mailbox;

    on_both_stores![a_colleague_reports_in_romanian_and_can_come_back];

    fn a_colleague_reports_in_romanian_and_can_come_back(kind: StoreKind) -> Result<()> {
        let server = Server::serve(&Store::fresh(kind)?, &[])?;
        let story = "Patronul ne-a luat pașapoartele. Lucrăm 14 ore pe zi pentru 3 euro pe oră. Suntem opt într-o baracă.";
        let body = json!({ "story": story, "language": "ro", "acute": false, "place": "GM1783" });
        let receipt = tell(&server.client(), "s1", body)?;
        let opened = mailbox(&server.client(), &receipt.digits())?.expect_status(200)?;
        ensure!(
            opened.json()?["status"] == "received",
            "the mailbox says {}",
            opened.text()
        );
        // Must not: the story comes back to whoever holds the phone.
        ensure!(
            !opened.text().contains("pașapoartele"),
            "the mailbox repeats the story"
        );
        Ok(())
    }
}

/// S4. "Noa", 14, writes at 23:10; her mother sells her. Anonymous, and in danger when the phone is found.
mod s4_noa {
    use super::*;
    use anyhow::ensure;

    on_both_stores![she_tells_without_a_trace_on_the_phone];

    fn she_tells_without_a_trace_on_the_phone(kind: StoreKind) -> Result<()> {
        let server = Server::serve(&Store::fresh(kind)?, &[])?;
        let client = server.client();
        let front = client.get("/")?.expect_status(200)?;
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
        for word in ["mensenhandel", "uitbuiting", "melding"] {
            ensure!(
                !page.title().to_lowercase().contains(word),
                "the title {:?} tells what the page is",
                page.title()
            );
        }
        tell(
            &client,
            "s4",
            json!({ "story": "Mijn moeder verkoopt mij.", "acute": true }),
        )?;
        ensure!(
            client.cookies().is_empty(),
            "the phone keeps the cookies {:?}",
            client.cookies()
        );
        Ok(())
    }
}
