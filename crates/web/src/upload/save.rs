//! A file given out: to be saved under a name that says nothing, never shown in a page, whatever its content is.

use std::pin::Pin;
use std::task::{Context, Poll};

use ::desk::attachment::Content;
use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use tokio::sync::mpsc;

use crate::headers::Sandboxed;
use crate::problem::Problem;

/// So many parts wait for a slow reader.
const AHEAD: usize = 2;

/// The answer with a file's content, part by part as it is opened.
pub fn save(content: Content) -> Result<Response, Problem> {
    let name = format!("attachment; filename=\"{}\"", content.name());
    let name = HeaderValue::from_str(&name).map_err(|_| Problem::internal())?;
    let left = content.bytes;
    let (give, parts) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let mut number = 0;
        loop {
            let part = match content.part(number).await {
                Ok(None) => return,
                Ok(Some(part)) => Ok(Bytes::from(part)),
                Err(error) => {
                    tracing::error!(%error, "a file could not be given out to its end");
                    Err(BrokenOff)
                }
            };
            let broken = part.is_err();
            if give.send(part).await.is_err() || broken {
                return;
            }
            number += 1;
        }
    });
    let mut response = Response::new(Body::new(Saved { parts, left }));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    headers.insert(CONTENT_DISPOSITION, name);
    response.extensions_mut().insert(Sandboxed);
    Ok(response)
}

/// The content could not be read to its end; the connection is broken off, so that no half file passes for a whole one.
#[derive(Debug, thiserror::Error)]
#[error("the file could not be read to its end")]
struct BrokenOff;

struct Saved {
    parts: mpsc::Receiver<Result<Bytes, BrokenOff>>,
    left: u64,
}

impl hyper::body::Body for Saved {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        let next = self.parts.poll_recv(context);
        if let Poll::Ready(Some(Ok(part))) = &next {
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            self.left = self.left.saturating_sub(length);
        }
        next.map(|part| part.map(|part| part.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
