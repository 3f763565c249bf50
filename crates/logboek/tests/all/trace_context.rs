//! The header of W3C Trace Context.

use logboek::{Fault, TraceParent};

const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[test]
fn a_header_is_read_and_written_the_same() {
    let read: TraceParent = GOOD.parse().unwrap();
    assert_eq!(read.to_string(), GOOD);
    assert_eq!(read.flags, 1);
    let later = format!("cc{}-what-comes-later", &GOOD[2..]);
    assert_eq!(later.parse::<TraceParent>().unwrap(), read);
}

#[test]
fn what_is_no_header_is_refused() {
    let zero_trace = format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32));
    let upper = GOOD.to_uppercase();
    let behind = format!("{GOOD}-more");
    let future = format!("ff{}", &GOOD[2..]);
    for bad in ["", "00", &zero_trace, &upper, &behind, &future, &GOOD[..54]] {
        assert_eq!(bad.parse::<TraceParent>(), Err(Fault::TraceParent), "{bad}");
    }
}
