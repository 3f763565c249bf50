//! A change: everything that one use case does to one store, with its reason, in one transaction.

use jiff::Timestamp;

use crate::Store;
use crate::journal::Context;
use crate::record::{Draft, Raw};

/// A clock to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// Unique name of this effect: record, clock and occurrence.
    pub id: String,
    /// When it is due.
    pub due: Timestamp,
    /// Which handler runs.
    pub kind: String,
    /// The record it belongs to.
    pub record: String,
}

/// One step of a change.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    Create(Draft),
    Update {
        draft: Draft,
        seen: i64,
    },
    Read {
        id: String,
        fields: Vec<String>,
    },
    Seek {
        kind: String,
        value: String,
    },
    Look {
        what: String,
        at: String,
        fields: Vec<String>,
    },
    SetTimer(Timer),
    ClearTimers {
        record: String,
    },
    Fire {
        id: String,
        record: String,
    },
    Send {
        disclosure: String,
        target: Store,
    },
    Receive {
        disclosure: String,
    },
    Delivered {
        disclosure: String,
    },
    Receipt {
        key: String,
        body: Vec<u8>,
        answer: Vec<u8>,
        expires: Timestamp,
    },
    Part {
        record: String,
        number: i64,
        bytes: Vec<u8>,
    },
    Erase {
        id: String,
    },
}

/// What one use case does to one store. It is built step by step and applied whole or not at all; the journal
/// entry is written from the steps themselves, so that no effect can be without its entry.
#[derive(Debug, Clone)]
pub struct Change {
    pub(crate) context: Context,
    pub(crate) ops: Vec<Op>,
}

impl Change {
    /// Begins a change for this reason.
    pub fn new(context: Context) -> Change {
        Change {
            context,
            ops: Vec::new(),
        }
    }

    /// Makes a record.
    pub fn create(mut self, draft: Draft) -> Change {
        self.ops.push(Op::Create(draft));
        self
    }

    /// Changes a record that was seen at version `seen`; refused when somebody else changed it since.
    pub fn update(mut self, draft: Draft, seen: i64) -> Change {
        self.ops.push(Op::Update { draft, seen });
        self
    }

    /// Reads a record to show it; `fields` names what will be shown. Comes back in [`Applied::reads`] in order.
    pub fn read(mut self, id: impl Into<String>, fields: &[&str]) -> Change {
        self.ops.push(Op::Read {
            id: id.into(),
            fields: fields.iter().map(|f| (*f).to_owned()).collect(),
        });
        self
    }

    /// Searches for records by an equal value; they come back in [`Applied::reads`] like read ones.
    pub fn seek(mut self, kind: &str, value: impl Into<String>) -> Change {
        self.ops.push(Op::Seek {
            kind: kind.to_owned(),
            value: value.into(),
        });
        self
    }

    /// Says that something was looked at that is no record, such as a journal: only the entry is written.
    pub fn look(mut self, what: &str, at: impl Into<String>, fields: &[&str]) -> Change {
        self.ops.push(Op::Look {
            what: what.to_owned(),
            at: at.into(),
            fields: fields.iter().map(|f| (*f).to_owned()).collect(),
        });
        self
    }

    /// Sets a clock; setting it again moves it.
    pub fn timer(mut self, timer: Timer) -> Change {
        self.ops.push(Op::SetTimer(timer));
        self
    }

    /// Stops all clocks of a record.
    pub fn clear_timers(mut self, record: impl Into<String>) -> Change {
        self.ops.push(Op::ClearTimers {
            record: record.into(),
        });
        self
    }

    /// Says that a due clock has had its effect: the change is refused if it had it before.
    pub fn fire(mut self, timer: &Timer) -> Change {
        self.ops.push(Op::Fire {
            id: timer.id.clone(),
            record: timer.record.clone(),
        });
        self
    }

    /// Sends a disclosure, itself a record of this store, to another store.
    pub fn send(mut self, disclosure: impl Into<String>, target: Store) -> Change {
        self.ops.push(Op::Send {
            disclosure: disclosure.into(),
            target,
        });
        self
    }

    /// Says that a disclosure was received here: the change is refused if it was received before.
    pub fn receive(mut self, disclosure: impl Into<String>) -> Change {
        self.ops.push(Op::Receive {
            disclosure: disclosure.into(),
        });
        self
    }

    /// Says in the sending store that a disclosure has arrived.
    pub fn delivered(mut self, disclosure: impl Into<String>) -> Change {
        self.ops.push(Op::Delivered {
            disclosure: disclosure.into(),
        });
        self
    }

    /// Keeps the answer under an idempotency key until `expires`. When the key was used before with the same
    /// body the whole change is skipped and the earlier answer comes back in [`Applied::replayed`].
    pub fn receipt(
        mut self,
        key: &str,
        body: &[u8],
        answer: Vec<u8>,
        expires: Timestamp,
    ) -> Change {
        self.ops.push(Op::Receipt {
            key: key.to_owned(),
            body: body.to_vec(),
            answer,
            expires,
        });
        self
    }

    /// Stores a part of an attachment, sealed with the key of `record`, which must exist.
    pub fn part(mut self, record: impl Into<String>, number: i64, bytes: Vec<u8>) -> Change {
        self.ops.push(Op::Part {
            record: record.into(),
            number,
            bytes,
        });
        self
    }

    /// Erases a record: its key is destroyed, here and in every backup.
    pub fn erase(mut self, id: impl Into<String>) -> Change {
        self.ops.push(Op::Erase { id: id.into() });
        self
    }

    /// Whether nothing would be done.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }
}

/// What came of a change.
#[derive(Debug)]
pub struct Applied {
    /// Position of its entry in the store's journal; 0 when the change was a repetition.
    pub seq: i64,
    /// The records asked for, in the order asked; a search adds all it found.
    pub reads: Vec<Raw>,
    /// The earlier answer, when the change was a repetition under the same idempotency key.
    pub replayed: Option<Vec<u8>>,
}
