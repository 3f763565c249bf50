//! The solver, and what is asked of it.

use anyhow::{Result, anyhow};
use cedar_policy::{Policy, PolicySet, Request, RequestEnv, Schema};
use cedar_policy_symcc::solver::LocalSolver;
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicy, CompiledPolicySet};

/// Answers about all requests of one kind.
pub struct Prover<'a> {
    compiler: CedarSymCompiler<LocalSolver>,
    env: RequestEnv,
    schema: &'a Schema,
}

impl<'a> Prover<'a> {
    /// Starts the solver that the environment variable CVC5 names.
    pub fn new(env: RequestEnv, schema: &'a Schema) -> Result<Prover<'a>> {
        let solver = LocalSolver::cvc5().map_err(|error| {
            anyhow!("the solver does not start ({error}); set CVC5 as README.md says")
        })?;
        let compiler = CedarSymCompiler::new(solver).map_err(|error| anyhow!("{error}"))?;
        Ok(Prover {
            compiler,
            env,
            schema,
        })
    }

    /// Compiles a set once, for many questions.
    pub fn compile(&self, set: &PolicySet) -> Result<CompiledPolicySet> {
        CompiledPolicySet::compile(set, &self.env, self.schema).map_err(|error| anyhow!("{error}"))
    }

    /// A request that the first set allows and the second does not; none: proven that there is none.
    pub async fn beyond(
        &mut self,
        first: &CompiledPolicySet,
        second: &CompiledPolicySet,
    ) -> Result<Option<Request>> {
        let found = self
            .compiler
            .check_implies_with_counterexample_opt(first, second)
            .await
            .map_err(|error| anyhow!("{error}"))?;
        Ok(found.map(|env| env.request))
    }

    /// Is there a request that this policy meets?
    pub async fn can_be_met(&mut self, policy: &Policy) -> Result<bool> {
        let compiled = self.compile_one(policy)?;
        let never = self.compiler.check_never_matches_opt(&compiled).await;
        never
            .map(|never| !never)
            .map_err(|error| anyhow!("{error}"))
    }

    /// Is there no request on which this policy fails?
    pub async fn never_errs(&mut self, policy: &Policy) -> Result<bool> {
        let compiled = self.compile_one(policy)?;
        let never = self.compiler.check_never_errors_opt(&compiled).await;
        never.map_err(|error| anyhow!("{error}"))
    }

    fn compile_one(&self, policy: &Policy) -> Result<CompiledPolicy> {
        CompiledPolicy::compile(policy, &self.env, self.schema).map_err(|error| anyhow!("{error}"))
    }
}
