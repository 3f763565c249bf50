//! How long a letter of 60 actions, 20 figures and 6 pictures takes as PDF and as HTML. Target for the PDF: under one second.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints and may stop at a fault"
)]

#[path = "../tests/letter/support/mod.rs"]
mod support;

use letter::{Lang, Stamp, Styling, html, pdf};
use std::time::Instant;

fn main() {
    let stamp = Stamp {
        frozen_at: jiff::Timestamp::UNIX_EPOCH,
    };
    for round in 1..=5 {
        // Another subject each time, so that nothing is answered from what the typesetter remembers of the very same letter.
        let mut letter = support::big(60, 20, 6);
        letter.head.subject = format!("Voortgang actieplan, ronde {round}");
        let start = Instant::now();
        let bytes = pdf(&letter, Lang::Nl, stamp).unwrap();
        let taken = start.elapsed();
        let start = Instant::now();
        let page = html(&letter, Lang::Nl, &Styling::Plain);
        println!(
            "round {round}: pdf {:.0} ms ({} kB), html {:.2} ms ({} kB)",
            taken.as_secs_f64() * 1e3,
            bytes.len() / 1000,
            start.elapsed().as_secs_f64() * 1e3,
            page.len() / 1000
        );
    }
}
