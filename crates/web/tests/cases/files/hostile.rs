//! What is not a report with files: each gets a clear word, nothing is kept, and what was typed is still there.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};

use super::{
    FORM, STORY, answers, cleaned, file_head, kept, multipart, pdf, photo, reports, send, upload,
};
use crate::{Answer, Site};

/// Refused, with this word at the files; the answers stand on the page, and nothing was kept.
async fn refused(site: &Site, answer: &Answer, status: StatusCode, word: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert!(answer.body.contains(word), "{word}: {}", answer.body);
    assert!(
        answer.body.contains(&STORY.replace('&', "&#38;")),
        "what was typed is lost"
    );
    assert!(!answer.body.contains('⟦') && !answer.body.contains("Anna"));
    assert_eq!((reports(site).await, kept(site).await.len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_taken_takes_nothing_along() {
    let site = Site::new().await;
    let good = photo();
    let cut = cleaned()[..1_000].to_vec();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let bomb = [b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(), vec![0; 5_000]].concat();
    let large = [b"%PDF-1.7".to_vec(), vec![b' '; 10 * 1024 * 1024]].concat();
    let program = b"\x7FELF\x02\x01\x01\0\0\0\0\0".to_vec();
    let cases: [(&[u8], StatusCode, &str); 6] = [
        (b"", StatusCode::UNPROCESSABLE_ENTITY, "Bestand 2 is leeg"),
        (
            &cut,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Bestand 2 is beschadigd of niet heel",
        ),
        (
            &heic,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Bestand 2 is een soort foto (HEIC",
        ),
        (
            &bomb,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Bestand 2 is geen foto",
        ),
        (
            &program,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Bestand 2 is geen foto",
        ),
        (
            &large,
            StatusCode::PAYLOAD_TOO_LARGE,
            "Bestand 2 is te groot",
        ),
    ];
    for (file, status, word) in cases {
        let answer = send(&site, "/start", multipart(&answers(FORM), &[&good, file])).await;
        refused(&site, &answer, status, word).await;
    }
    let six: Vec<&[u8]> = vec![b"tekst"; 6];
    let answer = send(&site, "/start", multipart(&answers(FORM), &six)).await;
    let (status, word) = (
        StatusCode::UNPROCESSABLE_ENTITY,
        "Dit zijn te veel bestanden",
    );
    refused(&site, &answer, status, word).await;
    // The same form, with what can be taken, is a report all the same.
    let answer = send(&site, "/start", multipart(&answers(FORM), &[&good])).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!((reports(&site).await, kept(&site).await.len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_another_file_too_is_kept_as_the_picture_only() {
    let site = Site::new().await;
    let both = [cleaned(), b"PK\x03\x04<script>alert(1)</script>".to_vec()].concat();
    let answer = send(&site, "/start", multipart(&answers(FORM), &[&both])).await;
    assert_eq!(answer.status, StatusCode::OK);
    let desk::attachment::StoredAttachment::Kept(file) = kept(&site).await.remove(0) else {
        panic!("it belongs to nothing");
    };
    assert_eq!(file.bytes, u64::try_from(cleaned().len()).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_cut_off_keeps_nothing_and_loses_no_answer() {
    let site = Site::new().await;
    let whole = multipart(&answers(FORM), &[&photo(), &pdf()]);
    let text = multipart(&answers(FORM), &[]).len() - 40;
    for end in [text + 100, text + 60_000, whole.len() - 30, whole.len() - 4] {
        let answer = send(&site, "/start", whole[..end].to_vec()).await;
        let word = "De bestanden zijn niet heel aangekomen";
        refused(&site, &answer, StatusCode::BAD_REQUEST, word).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_none_is_refused() {
    let site = Site::new().await;
    for kind in [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=een andere grens",
    ] {
        let body = multipart(&answers(FORM), &[&photo()]);
        let request = Request::post("/start")
            .header("content-type", kind)
            .header("sec-fetch-site", "same-origin");
        let answer = site.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kind}");
    }
    // A thousand fields, a file under another name, a field behind the files, a file that is not for this page.
    let many: Vec<(&str, &str)> = vec![("situation", "debt"); 1_000];
    let answer = send(&site, "/start", multipart(&many, &[])).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    let thousand: Vec<&[u8]> = vec![b"x"; 1_000];
    let answer = send(&site, "/start", multipart(&answers(FORM), &thousand)).await;
    let (status, word) = (StatusCode::UNPROCESSABLE_ENTITY, "te veel bestanden");
    refused(&site, &answer, status, word).await;
    let text = |body: Vec<u8>| String::from_utf8(body).unwrap();
    let named =
        text(multipart(&answers(FORM), &[b"tekst"])).replace("name=\"file\"", "name=\"id\"");
    let answer = send(&site, "/start", named).await;
    let word = "niet heel aangekomen";
    refused(&site, &answer, StatusCode::BAD_REQUEST, word).await;
    let behind = text(multipart(&answers(FORM), &[b"tekst"])).replace(
        "--\r\n",
        "\r\nContent-Disposition: form-data; name=\"danger\"\r\n\r\nyes\r\n",
    );
    let answer = send(&site, "/start", behind).await;
    refused(&site, &answer, StatusCode::BAD_REQUEST, word).await;
    // From another site's page.
    let request = upload("/start")
        .header("sec-fetch-site", "cross-site")
        .body(Body::from(multipart(&answers(FORM), &[b"tekst"])));
    let mut request = request.unwrap();
    request
        .headers_mut()
        .insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(site.send(request).await.status, StatusCode::FORBIDDEN);
    assert_eq!((reports(&site).await, kept(&site).await.len()), (0, 0));
}

/// A body that makes its bytes while it is read.
struct Endless {
    first: Option<Bytes>,
    left: usize,
}

impl hyper::body::Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(hyper::body::Frame::data(first))));
        }
        let now = self.left.min(64 * 1024);
        self.left -= now;
        Poll::Ready((now > 0).then(|| Ok(hyper::body::Frame::data(vec![b' '; now].into()))))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_megabytes_are_refused_with_the_answers_still_there() {
    let site = Site::new().await;
    let fields = multipart(&answers(FORM), &[]);
    let head = [
        &fields[..fields.len() - super::BOUNDARY.len() - 6],
        file_head().as_bytes(),
        b"%PDF-1.7",
    ]
    .concat();
    let body = Endless {
        first: Some(Bytes::from(head)),
        left: 100_000_000,
    };
    let answer = send(&site, "/start", Body::new(body)).await;
    let (status, word) = (StatusCode::PAYLOAD_TOO_LARGE, "Bestand 1 is te groot");
    refused(&site, &answer, status, word).await;
    // One that says beforehand that it is larger than anything that is read.
    let request = upload("/start").header("content-length", "1000000000");
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}
