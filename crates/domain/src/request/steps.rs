//! The steps of a request: settled, extended, answered, carried out, taken back; and what comes in from others.

use jiff::Timestamp;

use super::{
    DataRequest, Done, Extension, Heard, IdentityBy, Owner, PartAnswer, RequestError, RequestState,
    Terms,
};
use crate::answer::By;
use crate::ids::DisclosureId;
use crate::restriction::Ending;
use crate::share::{Confirmation, Portion};
use crate::text::SafeText;

impl DataRequest {
    fn with(self, state: RequestState) -> DataRequest {
        DataRequest { state, ..self }
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

    /// What was restricted ends, or does not end after all.
    pub fn restriction_ends(mut self, ending: Option<Ending>) -> Result<DataRequest, RequestError> {
        let ended = match &mut self.state {
            RequestState::CarriedOut { answer, .. } => answer.ending(ending),
            _ => false,
        };
        match ended {
            true => Ok(self),
            false => Err(self.not_now()),
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
