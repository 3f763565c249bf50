//! Identifiers of traces and actions, and the header with which W3C Trace Context carries them between applications.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Fault;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $bytes:literal, $field:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// An identifier of these bytes; all zero stands for none (W3C Trace Context) and is refused.
            ///
            /// # Errors
            /// [`Fault::Identifier`] when all bytes are zero.
            pub fn new(bytes: [u8; $bytes]) -> Result<Self, Fault> {
                match bytes.iter().all(|byte| *byte == 0) {
                    true => Err(Fault::Identifier { field: $field, bytes: $bytes }),
                    false => Ok(Self(bytes)),
                }
            }

            /// From a digest, which in practice is never all zero; if it ever is, its last bit is set.
            pub(crate) fn of_digest(digest: &[u8; 32]) -> Self {
                let mut bytes = [0; $bytes];
                for (to, from) in bytes.iter_mut().zip(digest) {
                    *to = *from;
                }
                if let (true, Some(last)) = (bytes.iter().all(|byte| *byte == 0), bytes.last_mut()) {
                    *last = 1;
                }
                Self(bytes)
            }

            /// The bytes.
            #[must_use]
            pub fn bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = Fault;

            fn from_str(text: &str) -> Result<Self, Fault> {
                let fault = || Fault::Identifier { field: $field, bytes: $bytes };
                if !is_lower_hex(text, $bytes * 2) {
                    return Err(fault());
                }
                let bytes = hex::decode(text).map_err(|_| fault())?;
                Self::new(bytes.try_into().map_err(|_| fault())?)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Fault;

            fn try_from(text: String) -> Result<Self, Fault> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    };
}

identifier!(
    /// `trace_id`: the processing that an action belongs to.
    TraceId,
    16,
    "trace_id"
);
identifier!(
    /// `span_id`: one action within a processing.
    SpanId,
    8,
    "span_id"
);

pub(crate) fn is_lower_hex(text: &str, length: usize) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == length && text.bytes().all(digit)
}

/// The header `traceparent` of W3C Trace Context, with which a calling application names its own trace and action. The standard
/// asks that an application accepts it, keeps the `trace_id` as it is and takes the action as its `parent_span_id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceParent {
    /// The trace, kept unchanged.
    pub trace_id: TraceId,
    /// The caller's action.
    pub parent: SpanId,
    /// The flags. The bit `sampled` says nothing about these records: they are never sampled.
    pub flags: u8,
}

impl FromStr for TraceParent {
    type Err = Fault;

    /// A later version may have more parts behind these; they are ignored, as W3C Trace Context says.
    fn from_str(text: &str) -> Result<Self, Fault> {
        let mut parts = text.split('-');
        let mut part = |length| match parts.next() {
            Some(part) if is_lower_hex(part, length) => Ok(part),
            _ => Err(Fault::TraceParent),
        };
        let (version, trace, parent, flags) = (part(2)?, part(32)?, part(16)?, part(2)?);
        let more = parts.next().is_some();
        if version == "ff" || (version == "00" && more) {
            return Err(Fault::TraceParent);
        }
        Ok(TraceParent {
            trace_id: trace.parse().map_err(|_| Fault::TraceParent)?,
            parent: parent.parse().map_err(|_| Fault::TraceParent)?,
            flags: u8::from_str_radix(flags, 16).map_err(|_| Fault::TraceParent)?,
        })
    }
}

impl fmt::Display for TraceParent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "00-{}-{}-{:02x}",
            self.trace_id, self.parent, self.flags
        )
    }
}
