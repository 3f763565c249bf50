//! Connections: how many there may be, and how long a client may take to say what it wants.
//!
//! A client that opens connections and sends half a request on each costs nothing to itself and a place to others. So the
//! whole header must be there within a term, also of the second request on a connection that is kept open; a connection
//! over the limit waits in the system's own queue until another is gone. Nothing here knows or keeps an address.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// What a client may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Until the header of a request is there; also how long a connection may stay open without a request.
    pub header: Duration,
    /// Connections at one time.
    pub connections: u32,
    /// How long requests under way may go on after the server was told to stop.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            header: Duration::from_secs(20),
            connections: 4_096,
            farewell: Duration::from_secs(30),
        }
    }
}

/// How long to wait after the system refused a connection, for example because no file handle is left.
const BREATH: Duration = Duration::from_millis(500);

/// Serves the site until `stop`, then lets the requests under way end.
pub async fn serve(
    listener: TcpListener,
    site: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let all = limits.connections.max(1);
    let places = Arc::new(Semaphore::new(usize::try_from(all).unwrap_or(usize::MAX)));
    let (tell, told) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let next = async {
            // A place first: who is over the limit is not even accepted.
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        match (place, accepted) {
            (Ok(place), Ok((stream, _))) => {
                let site = site.clone();
                tokio::spawn(connection(stream, site, limits.header, told.clone(), place));
            }
            (_, Err(error)) if is_of_client(&error) => {}
            (_, Err(error)) => {
                tracing::error!(%error, "no connection could be taken; it is tried again");
                tokio::time::sleep(BREATH).await;
            }
            (Err(_), _) => break,
        }
    }
    drop(listener);
    drop(tell);
    if tokio::time::timeout(limits.farewell, places.acquire_many(all))
        .await
        .is_err()
    {
        tracing::warn!("some requests had not ended when the server stopped");
    }
}

/// The client went away while it was being taken.
fn is_of_client(error: &std::io::Error) -> bool {
    use std::io::ErrorKind;
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

async fn connection(
    stream: TcpStream,
    site: Router,
    header: Duration,
    mut told: watch::Receiver<()>,
    _place: OwnedSemaphorePermit,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(header);
    let service = TowerToHyperService::new(site);
    let mut serving = pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        // The other end of the channel is gone: the server was told to stop.
        _ = told.changed() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended before its request did");
    }
}
