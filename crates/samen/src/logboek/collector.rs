//! The collector that takes records: OTLP over HTTP with JSON. Plain HTTP goes to this machine only; everything else goes over TLS.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::body::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use logboek::otlp::{self, Answer};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long the whole exchange may take.
const EXCHANGE: Duration = Duration::from_secs(60);
/// The longest answer that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// Where records go.
pub struct Collector {
    host: String,
    port: u16,
    path: String,
    tls: Option<TlsConnector>,
}

impl Collector {
    /// Reads an address. `ca` names a file with the certificates (PEM) of a host's own authority, instead of the public ones.
    pub fn at(address: &str, ca: Option<&Path>) -> Result<Collector> {
        let uri: Uri = address
            .parse()
            .with_context(|| format!("`{address}` is no address of a collector"))?;
        let host = uri.host().unwrap_or_default().to_owned();
        if host.is_empty() {
            bail!("`{address}` names no host; write http://127.0.0.1:4318 or https://…");
        }
        if uri
            .authority()
            .is_some_and(|authority| authority.as_str().contains('@'))
        {
            bail!("the address of a collector holds no name and password");
        }
        let (tls, port) = match uri.scheme_str() {
            Some("https") => (Some(connector(ca)?), 443),
            Some("http") if is_loopback(&host) => (None, 4318),
            Some("http") => bail!(
                "plain http goes to this machine only: run a collector beside Samen (http://127.0.0.1:4318), or use https"
            ),
            _ => bail!("`{address}` begins with neither http:// nor https://"),
        };
        let path = match uri.path() {
            "" | "/" => otlp::PATH.to_owned(),
            path => path.to_owned(),
        };
        Ok(Collector {
            port: uri.port_u16().unwrap_or(port),
            host,
            path,
            tls,
        })
    }

    /// Sends one body and reads the answer. An error means that no answer came: the records may be there or not, so they are sent
    /// again.
    pub async fn send(&self, body: Vec<u8>) -> Result<Answer> {
        let connected = TcpStream::connect((bare(&self.host), self.port));
        let stream = tokio::time::timeout(CONNECT, connected)
            .await
            .context("the collector does not answer")?
            .context("the collector cannot be reached")?;
        let exchange = async {
            match &self.tls {
                None => self.exchange(stream, body).await,
                Some(tls) => {
                    let name = ServerName::try_from(bare(&self.host).to_owned())?;
                    let stream = tls.connect(name, stream).await;
                    self.exchange(stream.context("no TLS with the collector")?, body)
                        .await
                }
            }
        };
        tokio::time::timeout(EXCHANGE, exchange)
            .await
            .context("the collector does not answer")?
    }

    async fn exchange<S>(&self, stream: S, body: Vec<u8>) -> Result<Answer>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let carried = tokio::spawn(connection);
        let request = Request::post(&self.path)
            .header(HOST, format!("{}:{}", self.host, self.port))
            .header(CONTENT_TYPE, otlp::CONTENT_TYPE)
            .body(Full::new(Bytes::from(body)))?;
        let reply = async {
            let response = sender.send_request(request).await?;
            let status = response.status().as_u16();
            let body = Limited::new(response.into_body(), LONGEST).collect().await;
            let body =
                body.map_err(|_| anyhow::anyhow!("the collector's answer is cut off or too long"))?;
            Ok(otlp::answer(status, &body.to_bytes()))
        };
        let reply = reply.await;
        carried.abort();
        reply
    }
}

/// A host as it is connected to: an address of IP version 6 stands without its brackets.
fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

fn is_loopback(host: &str) -> bool {
    let address = bare(host).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn connector(ca: Option<&Path>) -> Result<TlsConnector> {
    let mut roots = RootCertStore::empty();
    match ca {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            let name = || file.display().to_string();
            for certificate in CertificateDer::pem_file_iter(file).with_context(name)? {
                roots
                    .add(certificate.with_context(name)?)
                    .with_context(name)?;
            }
            if roots.is_empty() {
                bail!("{}: holds no certificate", name());
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::Collector;

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for good in [
            "http://127.0.0.1:4318",
            "http://localhost",
            "http://[::1]:4318/v1/traces",
            "https://log.example.nl",
        ] {
            assert!(Collector::at(good, None).is_ok(), "{good}");
        }
        for bad in [
            "http://log.example.nl",
            "http://10.0.0.1:4318",
            "http://localhost.example.nl",
            "ftp://127.0.0.1",
            "127.0.0.1:4318",
            "https://name:word@log.example.nl",
            "",
            "http://",
        ] {
            assert!(Collector::at(bad, None).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_path_of_otlp_is_added_when_none_is_named() {
        let path = |address| Collector::at(address, None).unwrap().path;
        assert_eq!(path("http://127.0.0.1:4318"), "/v1/traces");
        assert_eq!(path("http://127.0.0.1:4318/"), "/v1/traces");
        assert_eq!(path("https://log.example.nl/in"), "/in");
        assert_eq!(
            Collector::at("https://log.example.nl/in", None)
                .unwrap()
                .port,
            443
        );
    }
}
