//! The body of OTLP, and what counts as an acknowledgement.

use logboek::otlp::{Answer, answer, body};

use crate::records::records;

#[test]
fn the_body_is_that_of_otlp_with_every_attribute_of_the_standard() {
    let made = records(b"entry", &["a", "b"]);
    let body = body(&made);
    let system = &body["resourceSpans"][0];
    assert_eq!(body["resourceSpans"].as_array().unwrap().len(), 1);
    assert_eq!(system["resource"]["attributes"][0]["key"], "service.name");
    let spans = system["scopeSpans"][0]["spans"].as_array().unwrap();
    assert_eq!(spans.len(), 3);
    assert!(spans[0].get("parentSpanId").is_none());
    let span = &spans[1];
    assert_eq!(
        span["traceId"].as_str().unwrap(),
        made[1].trace_id.to_string()
    );
    assert_eq!(span["parentSpanId"], spans[0]["spanId"]);
    assert_eq!(span["startTimeUnixNano"], "1795000000000000000");
    assert_eq!(span["endTimeUnixNano"], "1795000000005000000");
    assert_eq!(span["status"]["code"], 1);
    let keys: Vec<&str> = span["attributes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| pair["key"].as_str().unwrap())
        .collect();
    assert_eq!(
        keys,
        [
            "dpl.core.processing_activity_id",
            "dpl.core.data_subject_id",
            "dpl.core.data_subject_id_type"
        ]
    );
}

#[test]
fn only_an_answer_of_a_log_is_an_acknowledgement() {
    let refused = |status| Answer::Refused {
        status,
        rejected: 0,
    };
    for (status, text, expected) in [
        (200, "", Answer::Acknowledged),
        (200, "{}", Answer::Acknowledged),
        (200, r#"{"partialSuccess":{}}"#, Answer::Acknowledged),
        (
            200,
            r#"{"partialSuccess":{"rejectedSpans":"0","errorMessage":"slow down"}}"#,
            Answer::Acknowledged,
        ),
        (
            200,
            r#"{"partialSuccess":{"rejectedSpans":"2"}}"#,
            Answer::Refused {
                status: 200,
                rejected: 2,
            },
        ),
        (
            200,
            r#"{"partialSuccess":{"rejectedSpans":3}}"#,
            Answer::Refused {
                status: 200,
                rejected: 3,
            },
        ),
        (200, "<html>Welcome</html>", refused(200)),
        (200, r#"{"login":"please"}"#, refused(200)),
        (301, "", refused(301)),
        (400, "", refused(400)),
        (401, "", refused(401)),
        (429, "", Answer::Later),
        (503, "", Answer::Later),
        (500, "", refused(500)),
    ] {
        assert_eq!(answer(status, text.as_bytes()), expected, "{status} {text}");
    }
}
