//! The generated policies of one version, as `samen law cedar` wrote them.

use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result, anyhow, bail};
use cedar_policy::{Policy, PolicyId, PolicySet, RequestEnv, Schema};

use crate::words::Words;

/// One version: policies, schema, words.
pub struct Law {
    /// Every act, under the id that it has in answers and in the journal.
    pub acts: Vec<Policy>,
    /// What can be asked.
    pub schema: Schema,
    /// The same as text, to compare versions.
    pub schema_text: String,
    /// What codes are called.
    pub words: Words,
}

impl Law {
    /// Reads a folder.
    pub fn read(folder: &Path) -> Result<Law> {
        let text = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        let schema_text = text("samen.cedarschema")?;
        let (schema, _) = Schema::from_cedarschema_str(&schema_text)
            .map_err(|error| anyhow!("{}: {error}", folder.join("samen.cedarschema").display()))?;
        let set = PolicySet::from_str(&text("samen.cedar")?)
            .map_err(|error| anyhow!("{}: {error}", folder.join("samen.cedar").display()))?;
        let mut acts = Vec::new();
        for policy in set.policies() {
            let Some(id) = policy.annotation("id") else {
                bail!(
                    "{}: a policy without @id",
                    folder.join("samen.cedar").display()
                );
            };
            acts.push(policy.new_id(PolicyId::new(id)));
        }
        acts.sort_by_key(|policy| policy.id().to_string());
        let words = Words::read(&text("samen.words.json")?)?;
        Ok(Law {
            acts,
            schema,
            schema_text,
            words,
        })
    }

    /// Every act together.
    pub fn whole(&self) -> Result<PolicySet> {
        set(self.acts.iter().cloned())
    }

    /// One act with everything that forbids: what it permits in the whole.
    pub fn alone(&self, act: &Policy) -> Result<PolicySet> {
        let forbids = self
            .acts
            .iter()
            .filter(|other| is_forbid(other) && other.id() != act.id());
        set(forbids.chain([act]).cloned())
    }

    /// The two kinds of request: may it go, and would an uncertain act cover it.
    pub fn asked(&self, action: &str) -> Result<RequestEnv> {
        self.schema
            .request_envs()
            .find(|env| env.action().id().unescaped() == action)
            .with_context(|| format!("the schema has no action `{action}`"))
    }
}

/// A set of policies.
pub fn set(policies: impl IntoIterator<Item = Policy>) -> Result<PolicySet> {
    PolicySet::from_policies(policies).map_err(|error| anyhow!("{error}"))
}

/// Does it forbid?
pub fn is_forbid(policy: &Policy) -> bool {
    policy.effect() == cedar_policy::Effect::Forbid
}

/// Does it permit somebody to share, rather than to ask?
pub fn is_share(policy: &Policy) -> bool {
    !is_forbid(policy) && policy.to_string().contains("Action::\"share\"")
}
