//! Asks Cedar. The only module that names `cedar-policy`.
//!
//! Cedar is given the slice: the acts that name this sender, this category and this purpose. Categories with the same slice and the
//! same consents get the same answer and are asked once.

mod slices;

use std::collections::HashMap;
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityId, EntityTypeName, EntityUid, Policy, PolicyId,
    PolicySet, Request, RestrictedExpression, Schema, ValidationMode, Validator,
};
use domain::vocabulary::Facts;

use crate::cedar;
use crate::codes::{Bits, Index};
use crate::fault::{Fault, PolicyError, Wrong};
use crate::model::{Act, Policies};
use crate::question::Question;

use self::slices::Slices;

/// The engine over one version of the law.
pub(crate) struct Engine {
    authorizer: Authorizer,
    entities: Entities,
    slices: Slices,
    act_of: HashMap<PolicyId, usize>,
    share: EntityUid,
    consult: EntityUid,
    orgs: Vec<EntityUid>,
    data: Vec<EntityUid>,
    purposes: Vec<EntityUid>,
    circumstances: Vec<EntityUid>,
    givers: Vec<EntityUid>,
    bands: Vec<EntityUid>,
}

/// The engine could not answer. Whoever asked hears no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the policy engine failed: {0}")]
pub(crate) struct EngineFailed(String);

/// What the engine says of one group of categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// May go, by these acts.
    Permitted(Vec<usize>),
    /// Forbidden by these acts, whatever else permits.
    Forbidden(Vec<usize>),
    /// Uncertain: these acts of grade C would cover it.
    Unclear(Vec<usize>),
    /// Nothing covers it.
    Silent,
}

/// The consents that stand behind a category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Consented {
    pub(crate) given: Bits,
    pub(crate) written: Bits,
    pub(crate) withdrawn: bool,
}

impl Consented {
    /// Consents that name this purpose, this receiver and this category: in force, on paper, taken back.
    pub(crate) fn of(question: &Question, category: u8) -> Consented {
        let mut out = Consented::default();
        let naming = question.consents.iter().filter(|consent| {
            consent.purpose == question.purpose
                && consent.recipients.has(question.to)
                && consent.data.has(category)
        });
        for consent in naming {
            out.withdrawn |= consent.withdrawn_on(question.date);
            if consent.holds_on(question.date) {
                out.given = out.given.with(consent.giver);
                if consent.written {
                    out.written = out.written.with(consent.giver);
                }
            }
        }
        out
    }
}

impl Engine {
    /// Builds the engine: every policy is parsed and passes the strict validation, or the law is refused.
    pub(crate) fn build(policies: &Policies) -> Result<Engine, PolicyError> {
        let texts = policies.acts.iter().map(|act| cedar::policy(policies, act));
        Engine::over(policies, texts.collect())
    }

    /// The same over given policy texts, one an act.
    fn over(policies: &Policies, texts: Vec<String>) -> Result<Engine, PolicyError> {
        let schema = schema(policies)?;
        let mut faults = Vec::new();
        let mut made = Vec::new();
        for (act, text) in policies.acts.iter().zip(&texts) {
            match Policy::parse(Some(PolicyId::new(act.key())), text) {
                Ok(policy) => made.push(policy),
                Err(error) => faults.push(fault(act, error.to_string())),
            }
        }
        if faults.is_empty() {
            validate(policies, &schema, &made, &mut faults);
        }
        if !faults.is_empty() {
            return Err(PolicyError::new(faults));
        }
        Engine::assemble(policies, &made)
    }

    fn assemble(policies: &Policies, made: &[Policy]) -> Result<Engine, PolicyError> {
        let codes = &policies.codes;
        let mut engine = Engine {
            authorizer: Authorizer::new(),
            entities: Entities::empty(),
            slices: Slices::cut(policies, made)?,
            act_of: HashMap::new(),
            share: uid("Action", "share")?,
            consult: uid("Action", "consult")?,
            orgs: uids("Organisation", &codes.orgs)?,
            data: uids("Data", &codes.data)?,
            purposes: uids("Purpose", &codes.purposes)?,
            circumstances: uids("Circumstance", &codes.circumstances)?,
            givers: uids("Giver", &codes.givers)?,
            bands: policies
                .bands
                .iter()
                .map(|band| uid("AgeBand", &band.code))
                .collect::<Result<_, _>>()?,
        };
        for (place, act) in policies.acts.iter().enumerate() {
            engine.act_of.insert(PolicyId::new(act.key()), place);
        }
        Ok(engine)
    }

    /// What makes two categories of a question alike: their slice and their consents.
    pub(crate) fn group(&self, question: &Question, category: u8) -> Option<(usize, Consented)> {
        let slice = self
            .slices
            .place(question.from, category, question.purpose)?;
        Some((slice, Consented::of(question, category)))
    }

    /// The engine's word on one category.
    pub(crate) fn rule(
        &self,
        question: &Question,
        category: u8,
        consented: Consented,
    ) -> Result<Ruling, EngineFailed> {
        let slice = self
            .slices
            .place(question.from, category, question.purpose)
            .and_then(|place| self.slices.get(place))
            .ok_or_else(|| EngineFailed("a code that the engine does not know".to_owned()))?;
        if !slice.to.has(question.to) {
            return Ok(Ruling::Silent);
        }
        let context = self.context(question, consented)?;
        let (allowed, acts) = self.ask(
            &slice.share,
            &self.share,
            question,
            category,
            context.clone(),
        )?;
        match (allowed, acts.is_empty()) {
            (true, false) => return Ok(Ruling::Permitted(acts)),
            // A permit without a policy that carries it would be a permit without a ground.
            (true, true) => return Err(EngineFailed("a permit without a policy".to_owned())),
            (false, false) => return Ok(Ruling::Forbidden(acts)),
            (false, true) => {}
        }
        let Some(consult) = &slice.consult else {
            return Ok(Ruling::Silent);
        };
        let (unclear, acts) = self.ask(consult, &self.consult, question, category, context)?;
        Ok(if unclear {
            Ruling::Unclear(acts)
        } else {
            Ruling::Silent
        })
    }

    fn ask(
        &self,
        set: &PolicySet,
        action: &EntityUid,
        question: &Question,
        category: u8,
        context: Context,
    ) -> Result<(bool, Vec<usize>), EngineFailed> {
        let request = Request::new(
            at(&self.orgs, question.from)?,
            action.clone(),
            at(&self.data, category)?,
            context,
            None,
        )
        .map_err(|error| EngineFailed(error.to_string()))?;
        let response = self.authorizer.is_authorized(&request, set, &self.entities);
        // Cedar passes over a policy that fails. If that is one that forbids, its silence would permit.
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(EngineFailed(error.to_string()));
        }
        let mut acts: Vec<usize> = response
            .diagnostics()
            .reason()
            .filter_map(|id| self.act_of.get(id).copied())
            .collect();
        acts.sort_unstable();
        Ok((response.decision() == Decision::Allow, acts))
    }

    fn context(&self, question: &Question, consented: Consented) -> Result<Context, EngineFailed> {
        let entity = |list: &[EntityUid], place: u8| {
            at(list, place).map(RestrictedExpression::new_entity_uid)
        };
        let set = |list: &[EntityUid], bits: Bits| {
            let all: Result<Vec<_>, _> = bits.iter().map(|place| entity(list, place)).collect();
            all.map(RestrictedExpression::new_set)
        };
        let flag = RestrictedExpression::new_bool;
        let pairs = [
            ("to", entity(&self.orgs, question.to)?),
            ("purpose", entity(&self.purposes, question.purpose)?),
            (
                "day",
                RestrictedExpression::new_long(cedar::day_number(question.date)),
            ),
            (
                "circumstances",
                set(&self.circumstances, question.circumstances)?,
            ),
            ("age", entity(&self.bands, question.band)?),
            ("parent_suspected", flag(question.parent_suspected)),
            ("given", set(&self.givers, consented.given)?),
            ("written", set(&self.givers, consented.written)?),
            ("withdrawn", flag(consented.withdrawn)),
        ];
        Context::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)))
            .map_err(|error| EngineFailed(error.to_string()))
    }
}

fn schema(policies: &Policies) -> Result<Schema, PolicyError> {
    let (schema, _) = Schema::from_cedarschema_str(&cedar::schema(policies)).map_err(whole)?;
    Ok(schema)
}

fn validate(policies: &Policies, schema: &Schema, made: &[Policy], faults: &mut Vec<Fault>) {
    let set = match PolicySet::from_policies(made.iter().cloned()) {
        Ok(set) => set,
        Err(error) => {
            faults.extend(whole(error).faults().to_vec());
            return;
        }
    };
    let result = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
    let errors = result
        .validation_errors()
        .map(|e| (e.policy_id(), e.to_string()));
    // A warning is a policy that can never count, or a code that looks like another: a fault of ours as well.
    let warnings = result
        .validation_warnings()
        .map(|w| (w.policy_id(), w.to_string()));
    for (id, words) in errors.chain(warnings) {
        let act = policies
            .acts
            .iter()
            .find(|act| PolicyId::new(act.key()) == *id);
        if let Some(act) = act {
            faults.push(fault(act, words));
        }
    }
}

fn fault(act: &Act, words: String) -> Fault {
    Fault {
        file: act.file.clone(),
        line: act.line,
        id: Some(act.id.clone()),
        what: Wrong::Cedar(words),
    }
}

fn whole(error: impl std::fmt::Display) -> PolicyError {
    PolicyError::new(vec![Fault {
        file: "policies".to_owned(),
        line: 0,
        id: None,
        what: Wrong::Cedar(error.to_string()),
    }])
}

fn uids<F: Facts>(kind: &str, index: &Index<F>) -> Result<Vec<EntityUid>, PolicyError> {
    index
        .codes(index.all())
        .iter()
        .map(|code| uid(kind, code))
        .collect()
}

fn uid(kind: &str, id: &str) -> Result<EntityUid, PolicyError> {
    let kind = EntityTypeName::from_str(kind).map_err(whole)?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

fn at(list: &[EntityUid], place: u8) -> Result<EntityUid, EngineFailed> {
    list.get(usize::from(place))
        .cloned()
        .ok_or_else(|| EngineFailed("a code that the engine does not know".to_owned()))
}

#[cfg(test)]
mod tests;
