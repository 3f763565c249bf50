//! Configuration: flags, then environment `SAMEN_*`, then `samen.toml`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// What `samen.toml` can say. Every member is optional; an unknown one is an error.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    /// Data directory of the embedded store.
    pub data: Option<PathBuf>,
    /// PostgreSQL address.
    pub database: Option<String>,
    /// Key directory.
    pub keys: Option<PathBuf>,
    /// Address to listen on.
    pub listen: Option<String>,
    /// Seconds within which the header of a request must be there; also how long a connection may be idle.
    pub header_seconds: Option<u16>,
    /// Connections at one time.
    pub connections: Option<u32>,
    /// Reached over TLS through a proxy.
    pub behind_tls: Option<bool>,
    /// Style file with the host's own tokens.
    pub theme_css: Option<PathBuf>,
    /// Where people reach this site.
    pub address: Option<String>,
    /// Where "Leave this page" goes.
    pub leave_to: Option<String>,
    /// Who runs this site.
    pub host_name: Option<String>,
    /// How to reach the host.
    pub host_contact: Option<String>,
    /// The host's address in a list of organisations, such as TOOI, for the catalogue of the open figures.
    pub host_uri: Option<String>,
    /// Months between two editions of the progress letter.
    pub letter_cycle_months: Option<u8>,
    /// Minutes that an offered room is held.
    pub hold_minutes: Option<u32>,
    /// Address under which the register of processing activities can be found; records of the logboek refer to it.
    pub register: Option<String>,
    /// Collector that records of the logboek are sent to while serving.
    pub logboek: Option<String>,
    /// Certificates of the collector's own authority (PEM), instead of the public ones.
    pub logboek_ca: Option<PathBuf>,
    /// Folder with the host's own vocabulary files.
    pub vocabulary: Option<PathBuf>,
    /// Folder with the host's own law of sharing.
    pub policies: Option<PathBuf>,
    /// Public keys of the only signers of the law that this host trusts.
    pub law_signers: Option<Vec<String>>,
    /// Number to call when something cannot wait and the program cannot answer.
    pub duty_phone: Option<String>,
}

impl File {
    /// Reads the file at `path`, or `samen.toml` here when there is one.
    pub fn read(path: Option<&Path>) -> Result<File> {
        let found = match path {
            Some(path) => path.to_owned(),
            None if Path::new("samen.toml").exists() => PathBuf::from("samen.toml"),
            None => return Ok(File::default()),
        };
        let text = std::fs::read_to_string(&found).with_context(|| found.display().to_string())?;
        toml::from_str(&text).with_context(|| found.display().to_string())
    }
}

/// A database address without its password.
pub fn masked(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return "***".to_owned();
    };
    match rest.rsplit_once('@') {
        Some((who, place)) => {
            let user = who.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{place}")
        }
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(
            super::masked("postgres://samen:geheim@db:5432/x"),
            "postgres://samen:***@db:5432/x"
        );
        assert_eq!(super::masked("postgres://db/x"), "postgres://db/x");
        assert_eq!(super::masked("geheim"), "***");
    }

    #[test]
    fn an_unknown_setting_is_an_error_that_names_it() {
        let error = toml::from_str::<super::File>("listn = \"x\"")
            .unwrap_err()
            .to_string();
        assert!(error.contains("listn"), "{error}");
    }
}
