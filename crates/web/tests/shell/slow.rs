//! Clients that are slow on purpose: they lose their place, and others get it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, spawn_blocking};
use web::listen::{self, Limits};

/// What a test waits for at most; never reached when the server keeps its word.
const PATIENCE: Duration = Duration::from_secs(30);
const WHOLE: &str = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

async fn server(connections: u32) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let limits = Limits {
        header: Duration::from_millis(150),
        connections,
        ..Limits::default()
    };
    let site = Router::new().route("/", get(async || "welcome"));
    let ended = tokio::spawn(async move {
        let stop = async {
            let _ = stopped.await;
        };
        listen::serve(listener, site, limits, stop).await;
    });
    Server {
        address,
        stop,
        ended,
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Everything that comes until the server closes the connection.
fn to_the_end(stream: &mut TcpStream) -> String {
    let mut said = String::new();
    stream
        .read_to_string(&mut said)
        .unwrap_or_else(|error| panic!("the server does not let go of the connection: {error}"));
    said
}

fn ask(address: SocketAddr, words: &str) -> String {
    let mut stream = connect(address);
    stream.write_all(words.as_bytes()).unwrap();
    to_the_end(&mut stream)
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_header_is_let_go_of() {
    let server = server(10).await;
    let address = server.address;
    for half in ["GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", "G", ""] {
        let said = spawn_blocking(move || ask(address, half)).await.unwrap();
        assert!(!said.contains("welcome"), "{half:?}: {said}");
    }
    let said = spawn_blocking(move || ask(address, WHOLE)).await.unwrap();
    assert!(said.ends_with("welcome"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_kept_open_without_a_request_is_let_go_of() {
    let server = server(10).await;
    let address = server.address;
    let keep = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    let said = spawn_blocking(move || ask(address, keep)).await.unwrap();
    assert!(said.ends_with("welcome"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_over_the_limit_waits_until_a_slow_one_is_gone() {
    let server = server(1).await;
    let address = server.address;
    let (slow, said) = spawn_blocking(move || {
        let mut slow = connect(address);
        slow.write_all(b"GET / HTTP/1.1\r\n").unwrap();
        let said = ask(address, WHOLE);
        (to_the_end(&mut slow), said)
    })
    .await
    .unwrap();
    assert!(said.ends_with("welcome"), "{said}");
    assert!(!slow.contains("welcome"), "{slow}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_stops_although_somebody_says_nothing() {
    let server = server(10).await;
    let address = server.address;
    let mut silent = spawn_blocking(move || connect(address)).await.unwrap();
    let served = spawn_blocking(move || ask(address, WHOLE)).await.unwrap();
    assert!(served.ends_with("welcome"), "{served}");
    server.stop.send(()).unwrap();
    server.ended.await.unwrap();
    let said = spawn_blocking(move || to_the_end(&mut silent))
        .await
        .unwrap();
    assert_eq!(said, "");
}
