//! Writes the made-up letter in all formats to a directory, to be looked at: `cargo run -p letter --example show -- DIR`.

#[path = "../tests/letter/support/mod.rs"]
mod support;

use letter::{Lang, Stamp, Styling, docx, html, markdown, pdf};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let stamp = Stamp {
        frozen_at: "2026-12-14T09:00:00Z".parse()?,
    };
    let styling = Styling::Embedded { nonce: "voorbeeld" };
    for (name, letter) in [
        ("brief", support::letter()),
        ("verbeterd", support::corrected()),
        ("groot", support::big(60, 20, 6)),
    ] {
        let path = |end: &str| Path::new(&dir).join(format!("{name}{end}"));
        std::fs::write(path(".html"), html(&letter, Lang::Nl, &styling))?;
        std::fs::write(path(".en.html"), html(&letter, Lang::En, &styling))?;
        std::fs::write(path(".md"), markdown(&letter))?;
        std::fs::write(path(".docx"), docx(&letter, Lang::Nl, stamp)?)?;
        std::fs::write(path(".en.docx"), docx(&letter, Lang::En, stamp)?)?;
        std::fs::write(path(".pdf"), pdf(&letter, Lang::Nl, stamp)?)?;
        std::fs::write(path(".en.pdf"), pdf(&letter, Lang::En, stamp)?)?;
    }
    Ok(())
}
