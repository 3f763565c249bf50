//! A request of a person about her own data: to see them, to have them corrected or erased, to object (AVG 15, 16, 17 and 21;
//! Wpg 25 and 28).
//!
//! The request is kept by the care organisation that she knows, and is answered in sections: always the same ones, in the same order,
//! each of which opens at a moment that is fixed when the request comes in. Whether a section has something to tell shows at that moment
//! and not before, and a compartment that may tell nothing (Wpg 27) sends nothing: so the request of somebody about whom there is hidden
//! processing looks like every other, at every moment.

mod answer;
mod carry;
mod own_file;
mod part;

pub use answer::{Looked, Outcome, PartAnswer, Refusal};
pub use carry::{Done, Owner, Reach, Told, Way};
pub use own_file::OwnFile;
pub use part::{PART_MOVES, PART_STATES, Part, PartState};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::answer::{By, Compartment};
use crate::ids::{CaseId, DisclosureId, OrgId, RequestId};
use crate::share::{Confirmation, Portion};
use crate::text::SafeText;

/// Longest text of a request or an answer, in characters.
pub const WORDS_MAX: usize = 4_000;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// To see the data (AVG 15; Wpg 25).
    Access,
    /// To have them corrected (AVG 16; Wpg 28).
    Correction,
    /// To have them erased (AVG 17; Wpg 28).
    Erasure,
    /// To object to the processing (AVG 21).
    Objection,
}

impl Right {
    /// All of them.
    pub const ALL: [Right; 4] = [
        Right::Access,
        Right::Correction,
        Right::Erasure,
        Right::Objection,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Right::Access => "access",
            Right::Correction => "correction",
            Right::Erasure => "erasure",
            Right::Objection => "objection",
        }
    }

    /// The right with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Right> {
        Right::ALL.into_iter().find(|right| right.code() == code)
    }

    /// Whether others need her words to answer: what is wrong, or why she objects. Else they stay where she wrote them.
    #[must_use]
    pub fn needs_words(self) -> bool {
        matches!(self, Right::Correction | Right::Objection)
    }
}

/// Who put the request down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case", deny_unknown_fields)]
pub enum Asked {
    /// The person, on her own page.
    Herself,
    /// A care coordinator, to whom she said it.
    Aloud {
        /// Who, and when.
        by: By,
    },
}

/// How it was settled that it is she who asks (AVG 12(6)). No copy of a document is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityBy {
    /// A worker who knows her spoke with her, alone.
    InPerson,
    /// With her own code, and the code word or channel that was agreed with her.
    OwnCode,
    /// She showed a document.
    Document,
}

impl IdentityBy {
    /// All of them.
    pub const ALL: [IdentityBy; 3] = [
        IdentityBy::InPerson,
        IdentityBy::OwnCode,
        IdentityBy::Document,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            IdentityBy::InPerson => "in_person",
            IdentityBy::OwnCode => "own_code",
            IdentityBy::Document => "document",
        }
    }
}

/// The moments of a request, worked out from the vocabulary when it comes in and when it is extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Last moment at law of the compartments under the AVG (art. 12(3)).
    pub due: Timestamp,
    /// When the sections under the AVG open, whoever answered before.
    pub release: Timestamp,
    /// When the section of investigation opens: its last moment at law (Wpg).
    pub police: Timestamp,
}

/// The one extension (AVG 12(3)): by two further months, with the reason told within the first month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Who, and when.
    pub by: By,
    /// Why; the person reads it.
    pub reason: SafeText,
}

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum RequestState {
    /// Came in; nobody has settled yet that it is she who asks.
    Received,
    /// It could not be settled.
    NotSettled {
        /// Who, and when.
        by: By,
        /// Why; the person reads it.
        reason: SafeText,
    },
    /// It is she.
    Settled {
        /// Who, and when.
        by: By,
        /// How.
        how: IdentityBy,
    },
    /// It is she, and the term was extended.
    Extended {
        /// Who settled it, and when.
        by: By,
        /// How.
        how: IdentityBy,
        /// The extension.
        extension: Extension,
    },
    /// Care has answered; what others answer can still come.
    Answered {
        /// Who answered, and when.
        by: By,
        /// How it was settled that it is she.
        how: IdentityBy,
        /// The extension, if there was one.
        extension: Option<Extension>,
        /// The answer of care.
        answer: PartAnswer,
    },
    /// Care has granted it; it has still to be carried out.
    Granted {
        /// Who answered, and when.
        by: By,
        /// How it was settled that it is she.
        how: IdentityBy,
        /// The extension, if there was one.
        extension: Option<Extension>,
        /// The answer of care.
        answer: PartAnswer,
        /// Who carries it out; none: whoever coordinates the case now.
        owner: Option<Owner>,
        /// What stood in the categories that are to be corrected, so that Samen can see that they were changed.
        before: Option<Box<Portion>>,
    },
    /// Care has granted it and carried it out.
    CarriedOut {
        /// Who carried it out, and when.
        by: By,
        /// How it was settled that it is she.
        how: IdentityBy,
        /// The extension, if there was one.
        extension: Option<Extension>,
        /// The answer of care, with what was done.
        answer: PartAnswer,
    },
    /// She took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// The section of an answer, one for each compartment that can hold data of a person, in the order in which it is shown.
pub const SECTIONS: [Compartment; 5] = [
    Compartment::K3,
    Compartment::K1,
    Compartment::K2,
    Compartment::K4,
    Compartment::K5,
];

/// What another compartment or organisation answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// From which compartment.
    pub from: Compartment,
    /// From which organisation, where it is one.
    pub org: Option<OrgId>,
    /// The disclosure that brought it.
    pub came: DisclosureId,
    /// What it answered.
    pub answer: PartAnswer,
}

/// A section of the answer as it may be shown now.
#[derive(Debug, Clone, PartialEq)]
pub struct Section<'a> {
    /// The compartment.
    pub of: Compartment,
    /// When it opens.
    pub opens: Timestamp,
    /// Whether it is open.
    pub open: bool,
    /// What is told; empty before it opens, and afterwards when there is nothing that may be told.
    pub answers: Vec<&'a PartAnswer>,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataRequest {
    /// Identity.
    pub id: RequestId,
    /// The case of the person.
    pub case: CaseId,
    /// What is asked.
    pub right: Right,
    /// In her own words.
    pub words: Option<SafeText>,
    /// Who put it down.
    pub asked: Asked,
    /// When it came in: the terms run from here.
    pub received: Timestamp,
    /// Its moments.
    pub terms: Terms,
    state: RequestState,
    heard: Vec<Heard>,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Not in this state.
    #[error("this request is {0}: the step is not possible now")]
    NotNow(&'static str),
    /// Extended after the moment at which the answer opens.
    #[error(
        "the answer opened on {0}: it can be extended only before (AVG 12(3): within one month, with the reason)"
    )]
    TooLate(Timestamp),
    /// A refusal without its reason or ground, or a full answer with one.
    #[error("a refusal names its reason and its ground in law; a full answer has neither")]
    Refusal,
    /// Nothing is told.
    #[error("an answer says something: fill in what the person reads")]
    Empty,
    /// Only investigation may keep silent (Wpg 27).
    #[error("only investigation may keep silent: others refuse with the reason and the ground")]
    Silence,
    /// The same answer came before.
    #[error("this answer came before")]
    Twice,
    /// A way that ends another right.
    #[error("this is no way to carry out what was asked")]
    Way,
    /// More, less or something else than was granted.
    #[error("what is carried out is what was granted: no more and no less")]
    Reach,
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &[
    "received",
    "not_settled",
    "settled",
    "extended",
    "answered",
    "granted",
    "carried_out",
    "withdrawn",
];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("received", "not_settled"),
    ("received", "settled"),
    ("received", "withdrawn"),
    ("settled", "extended"),
    ("settled", "answered"),
    ("settled", "granted"),
    ("settled", "withdrawn"),
    ("extended", "answered"),
    ("extended", "granted"),
    ("extended", "withdrawn"),
    ("granted", "carried_out"),
    ("granted", "withdrawn"),
];

impl DataRequest {
    /// A request that comes in.
    #[must_use]
    pub fn receive(
        id: RequestId,
        case: CaseId,
        right: Right,
        words: Option<SafeText>,
        asked: Asked,
        received: Timestamp,
        terms: Terms,
    ) -> DataRequest {
        DataRequest {
            id,
            case,
            right,
            words,
            asked,
            received,
            terms,
            state: RequestState::Received,
            heard: Vec::new(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &RequestState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            RequestState::Received => "received",
            RequestState::NotSettled { .. } => "not_settled",
            RequestState::Settled { .. } => "settled",
            RequestState::Extended { .. } => "extended",
            RequestState::Answered { .. } => "answered",
            RequestState::Granted { .. } => "granted",
            RequestState::CarriedOut { .. } => "carried_out",
            RequestState::Withdrawn { .. } => "withdrawn",
        }
    }

    /// What others answered, in the order in which it came.
    #[must_use]
    pub fn heard(&self) -> &[Heard] {
        &self.heard
    }

    /// Why the term was extended, if it was.
    #[must_use]
    pub fn extension(&self) -> Option<&Extension> {
        match &self.state {
            RequestState::Extended { extension, .. } => Some(extension),
            RequestState::Answered { extension, .. }
            | RequestState::Granted { extension, .. }
            | RequestState::CarriedOut { extension, .. } => extension.as_ref(),
            _ => None,
        }
    }

    /// What care answered, once it did.
    #[must_use]
    pub fn own_answer(&self) -> Option<&PartAnswer> {
        match &self.state {
            RequestState::Answered { answer, .. }
            | RequestState::Granted { answer, .. }
            | RequestState::CarriedOut { answer, .. } => Some(answer),
            _ => None,
        }
    }

    /// Who carries it out, as long as it waits for that.
    #[must_use]
    pub fn owner(&self) -> Option<&Owner> {
        match &self.state {
            RequestState::Granted { owner, .. } => owner.as_ref(),
            _ => None,
        }
    }

    /// Everything that care kept is gone, and the case with it.
    #[must_use]
    pub fn left_nothing(&self) -> bool {
        let done = self.own_answer().and_then(|answer| answer.done.as_ref());
        done.is_some_and(Done::left_nothing)
    }

    /// What is owed next by care: an answer, or to carry out what was granted; nothing once that was done, or when nothing is owed.
    #[must_use]
    pub fn owed(&self) -> Option<Timestamp> {
        match self.state {
            RequestState::Received
            | RequestState::Settled { .. }
            | RequestState::Extended { .. }
            | RequestState::Granted { .. } => Some(self.terms.due),
            _ => None,
        }
    }

    /// Whether it is she, as far as was settled: only then others are asked and sections open.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        matches!(
            self.state,
            RequestState::Settled { .. }
                | RequestState::Extended { .. }
                | RequestState::Answered { .. }
                | RequestState::Granted { .. }
                | RequestState::CarriedOut { .. }
        )
    }

    /// Whether care is late: its section is open and it has not answered.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.owed().is_some() && self.own_answer().is_none() && now >= self.terms.release
    }

    /// When the section of a compartment opens: fixed, whatever is answered and by whom.
    #[must_use]
    pub fn opens(&self, of: Compartment) -> Timestamp {
        match of {
            Compartment::K5 => self.terms.police.max(self.terms.release),
            _ => self.terms.release,
        }
    }

    /// The answer as it may be shown at this moment: the same sections for everybody.
    #[must_use]
    pub fn sections(&self, now: Timestamp) -> Vec<Section<'_>> {
        SECTIONS
            .into_iter()
            .map(|of| {
                let opens = self.opens(of);
                let open = self.is_settled() && now >= opens;
                Section {
                    of,
                    opens,
                    open,
                    answers: if open { self.told(of) } else { Vec::new() },
                }
            })
            .collect()
    }

    fn told(&self, of: Compartment) -> Vec<&PartAnswer> {
        let own = self.own_answer().filter(|_| of == Compartment::K3);
        let others = self.heard.iter().filter(|heard| heard.from == of);
        own.into_iter()
            .chain(others.map(|heard| &heard.answer))
            .collect()
    }

    fn with(self, state: RequestState) -> DataRequest {
        DataRequest { state, ..self }
    }

    fn not_now(&self) -> RequestError {
        RequestError::NotNow(self.state_name())
    }

    /// It is settled that it is she who asks.
    pub fn settle(self, by: By, how: IdentityBy) -> Result<DataRequest, RequestError> {
        match self.state {
            RequestState::Received => Ok(self.with(RequestState::Settled { by, how })),
            _ => Err(self.not_now()),
        }
    }

    /// It cannot be settled, with the reason for the person (AVG 12(2), 12(6)).
    pub fn turn_away(self, by: By, reason: SafeText) -> Result<DataRequest, RequestError> {
        match self.state {
            RequestState::Received => Ok(self.with(RequestState::NotSettled { by, reason })),
            _ => Err(self.not_now()),
        }
    }

    /// Extends the term, once, with the reason. `due` and `release` are the extended moments.
    pub fn extend(
        self,
        extension: Extension,
        due: Timestamp,
        release: Timestamp,
    ) -> Result<DataRequest, RequestError> {
        let RequestState::Settled { by, how } = self.state else {
            return Err(self.not_now());
        };
        if extension.by.at >= self.terms.release {
            return Err(RequestError::TooLate(self.terms.release));
        }
        let terms = Terms {
            due,
            release,
            ..self.terms
        };
        let state = RequestState::Extended { by, how, extension };
        Ok(DataRequest {
            terms,
            state,
            ..self
        })
    }

    /// Care answers. It opens at its moment, not before. What is granted and has to be carried out stays with `owner` until it is;
    /// `before` is what stands now in the categories that are to be corrected.
    pub fn answer(
        self,
        by: By,
        answer: PartAnswer,
        owner: Owner,
        before: Option<Portion>,
    ) -> Result<DataRequest, RequestError> {
        let (how, extension) = match &self.state {
            RequestState::Settled { how, .. } => (*how, None),
            RequestState::Extended { how, extension, .. } => (*how, Some(extension.clone())),
            _ => return Err(self.not_now()),
        };
        let state = match answer.is_to_be_carried_out(self.right) {
            true => RequestState::Granted {
                by,
                how,
                extension,
                answer,
                owner: Some(owner),
                before: before.map(Box::new),
            },
            false => RequestState::Answered {
                by,
                how,
                extension,
                answer,
            },
        };
        Ok(self.with(state))
    }

    /// What was granted was carried out. When everything is gone, her own words go too.
    pub fn carry_out(self, by: By, done: Done) -> Result<DataRequest, RequestError> {
        let RequestState::Granted {
            how,
            extension,
            answer,
            ..
        } = &self.state
        else {
            return Err(self.not_now());
        };
        let state = RequestState::CarriedOut {
            by,
            how: *how,
            extension: extension.clone(),
            answer: answer.clone().carried_out(self.right, done)?,
        };
        let next = self.with(state);
        let words = next.words.clone().filter(|_| !next.left_nothing());
        Ok(DataRequest { words, ..next })
    }

    /// The case went to another organisation: whoever coordinates it there carries it out.
    #[must_use]
    pub fn without_owner(mut self) -> DataRequest {
        if let RequestState::Granted { owner, .. } = &mut self.state {
            *owner = None;
        }
        self
    }

    /// Somebody who was told of it confirms; false: nobody was told by this share.
    pub fn told_back(&mut self, share: DisclosureId, confirmation: Confirmation) -> bool {
        match &mut self.state {
            RequestState::CarriedOut { answer, .. } => answer.confirmed(share, confirmation),
            _ => false,
        }
    }

    /// She takes it back.
    pub fn withdraw(self, at: Timestamp) -> Result<DataRequest, RequestError> {
        match self.state {
            RequestState::Received
            | RequestState::Settled { .. }
            | RequestState::Extended { .. }
            | RequestState::Granted { .. } => Ok(self.with(RequestState::Withdrawn { at })),
            _ => Err(self.not_now()),
        }
    }

    /// An answer of another compartment came in. It changes nothing that shows before its section opens.
    pub fn hear(mut self, heard: Heard) -> Result<DataRequest, RequestError> {
        if !self.is_settled() {
            return Err(self.not_now());
        }
        if self.heard.iter().any(|known| known.came == heard.came) {
            return Err(RequestError::Twice);
        }
        self.heard.push(heard);
        Ok(self)
    }

    /// Another compartment carried out what it had answered with `answer`. Either may come first; the later word has both.
    pub fn hear_done(
        mut self,
        answer: DisclosureId,
        heard: Heard,
    ) -> Result<DataRequest, RequestError> {
        if !self.is_settled() {
            return Err(self.not_now());
        }
        let done = Heard {
            came: answer,
            ..heard
        };
        match self.heard.iter_mut().find(|known| known.came == answer) {
            Some(known) => *known = done,
            None => self.heard.push(done),
        }
        Ok(self)
    }
}
