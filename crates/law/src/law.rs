//! One version of the law, ready to be asked.

use std::sync::{Arc, OnceLock};

use domain::Bilingual;
use domain::vocabulary::Vocabulary;
use jiff::civil::Date;
use serde::Serialize;

use crate::answer::Answer;
use crate::cedar;
use crate::decide::Case;
use crate::engine::Engine;
use crate::fault::{Fault, PolicyError, Wrong};
use crate::files::Files;
use crate::json::Node;
use crate::model::{AgeRuleKind, Grade, Policies, Version};
use crate::question::{self, Question, QuestionError};
use crate::read;

/// One version of the law: read, checked, and built into an engine.
pub struct Law {
    pub(crate) policies: Policies,
    engine: Engine,
    vocabulary: Arc<Vocabulary>,
    files: Files,
}

impl std::fmt::Debug for Law {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Law")
            .field("version", &self.policies.version.tag())
            .finish_non_exhaustive()
    }
}

/// What the age rules say of one age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeSays {
    /// The band: `under_12`, `12_15`, `16_17`, `adult`, `uncertain`.
    pub band: String,
    /// Its words.
    pub label: Bilingual,
    /// Treated as a minor.
    pub minor: bool,
    /// Alternatives, each the givers that are needed together. Empty: nobody, for now.
    pub who: Vec<Vec<String>>,
}

/// One cell of the table of ages: what a rule says of a band, before a suspected parent is taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgeRow {
    /// Code of the rule.
    pub rule: String,
    /// Consent, access or notice.
    pub kind: AgeRuleKind,
    /// What it is about.
    pub label: Bilingual,
    /// Band.
    pub band: String,
    /// Alternatives, each the givers needed together.
    pub who: Vec<Vec<String>>,
    /// A remark.
    pub note: Option<Bilingual>,
    /// What it rests on.
    pub source: String,
    /// How certain.
    pub certainty: Grade,
}

/// A duty beside a permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutySays {
    /// Code.
    pub code: String,
    /// In words.
    pub words: Bilingual,
    /// Whose duty.
    pub from: Vec<String>,
    /// Towards whom.
    pub to: Vec<String>,
    /// The clock of the vocabulary that counts its days.
    pub clock: Option<String>,
    /// What it rests on.
    pub source: String,
    /// How certain.
    pub certainty: Grade,
}

impl Law {
    /// The law that comes with the program, with the built-in vocabulary; read once.
    pub fn built_in() -> Result<Arc<Law>, PolicyError> {
        static BUILT_IN: OnceLock<Result<Arc<Law>, PolicyError>> = OnceLock::new();
        BUILT_IN
            .get_or_init(|| {
                let vocabulary = Vocabulary::builtin().map_err(words_fault)?;
                Law::open(&Files::built_in(), &Arc::new(vocabulary.clone()), None).map(Arc::new)
            })
            .clone()
    }

    /// Reads, checks and builds. `trusted`: when given, only signatures under these public keys count.
    ///
    /// # Errors
    /// [`PolicyError`] with every fault: a file that cannot be read, an unknown code, a missing or wrong signature, a policy that
    /// Cedar's strict validation refuses. Nothing is half-loaded.
    pub fn open(
        files: &Files,
        vocabulary: &Arc<Vocabulary>,
        trusted: Option<&[String]>,
    ) -> Result<Law, PolicyError> {
        Law::over(
            read::policies(files, vocabulary, trusted)?,
            vocabulary,
            files,
        )
    }

    /// The same without looking at signatures: for comparing and for whoever is about to sign. Never to decide for others.
    ///
    /// # Errors
    /// As [`Law::open`].
    pub fn open_unsigned(files: &Files, vocabulary: &Arc<Vocabulary>) -> Result<Law, PolicyError> {
        Law::over(read::unsigned(files, vocabulary)?, vocabulary, files)
    }

    fn over(
        policies: Policies,
        vocabulary: &Arc<Vocabulary>,
        files: &Files,
    ) -> Result<Law, PolicyError> {
        let engine = Engine::build(&policies)?;
        Ok(Law {
            policies,
            engine,
            vocabulary: vocabulary.clone(),
            files: files.clone(),
        })
    }

    /// Which version this is, and who signed it.
    #[must_use]
    pub fn version(&self) -> &Version {
        &self.policies.version
    }

    /// The files that it was read from: kept by whoever must decide by this version again.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Reads a question from JSON.
    ///
    /// # Errors
    /// [`QuestionError`] with every fault and the member it is in: unknown members and codes, members that stand twice, dates that
    /// cannot be, consents that contradict each other. Never a permit.
    pub fn read_question(&self, json: &[u8]) -> Result<Question, QuestionError> {
        question::read(json, &self.policies, &self.vocabulary)
    }

    pub(crate) fn understand(&self, node: Node) -> Result<Question, QuestionError> {
        question::understand(node, &self.policies, &self.vocabulary)
    }

    /// Answers. Never fails: when the engine does, the answer is no and says so.
    #[must_use]
    pub fn decide(&self, question: &Question) -> Answer {
        self.case(question).answer()
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(crate) fn case<'a>(&'a self, question: &'a Question) -> Case<'a> {
        Case {
            policies: &self.policies,
            engine: &self.engine,
            question,
        }
    }

    /// Sender, receiver and purpose of a question, as codes: `POL-COM-registration`.
    #[must_use]
    pub fn route(&self, question: &Question) -> String {
        let codes = &self.policies.codes;
        let from = codes.orgs.code(question.from);
        let to = codes.orgs.code(question.to);
        format!("{from}-{to}-{}", codes.purposes.code(question.purpose))
    }

    /// The day of a question.
    #[must_use]
    pub fn day(&self, question: &Question) -> Date {
        question.date
    }

    /// Everything that decided, for a journal: the version, the facts as codes, what may go, the acts. With these the same
    /// question can be asked again.
    #[must_use]
    pub fn facts(&self, question: &Question, answer: &Answer) -> Vec<String> {
        let codes = &self.policies.codes;
        let band = self.policies.bands.get(usize::from(question.band));
        let mut out = vec![
            format!("law:{}", answer.policy_version),
            format!("age:{}", band.map_or("", |band| band.code.as_str())),
        ];
        if question.parent_suspected {
            out.push("parent_suspected".to_owned());
        }
        if answer.engine_failed {
            out.push("engine_failed".to_owned());
        }
        let so = codes.circumstances.codes(question.circumstances);
        out.extend(so.into_iter().map(|code| format!("so:{code}")));
        for seen in answer.consents.iter().filter(|seen| seen.counts) {
            if let Some(consent) = question.consents.get(seen.place) {
                let written = if consent.written { "written" } else { "spoken" };
                let giver = codes.givers.code(consent.giver);
                out.push(format!("consent:{giver}:{written}"));
            }
        }
        let asked = question
            .data
            .iter()
            .map(|category| codes.data.code(*category));
        for code in asked {
            let goes = answer.data.iter().any(|data| data == code);
            out.push(format!("{}:{code}", if goes { "goes" } else { "stays" }));
        }
        out.extend(answer.acts.iter().map(|act| format!("act:{act}")));
        out
    }

    /// The generated policies and the schema, as Cedar text.
    #[must_use]
    pub fn cedar(&self) -> (String, String) {
        (
            cedar::policies(&self.policies),
            cedar::schema(&self.policies),
        )
    }

    /// What the codes of the schema are called, by kind and code.
    #[must_use]
    pub fn cedar_words(&self) -> serde_json::Value {
        cedar::words(&self.policies)
    }

    /// What an age rule says: who consents, who may see, who is told. None when there is no such rule.
    #[must_use]
    pub fn age_rule(
        &self,
        rule: &str,
        age: Option<u8>,
        certain: bool,
        parent_suspected: bool,
    ) -> Option<AgeSays> {
        let place = self.policies.rules.iter().position(|r| r.code == rule)?;
        let band = self.policies.band_of(age, certain);
        let found = self.policies.bands.get(usize::from(band))?;
        let who = self.policies.who(place, band, parent_suspected);
        Some(AgeSays {
            band: found.code.clone(),
            label: found.label.clone(),
            minor: found.minor,
            who: who
                .into_iter()
                .map(|givers| self.policies.codes.givers.codes(givers))
                .collect(),
        })
    }

    /// The age rules by code, with what each is about.
    pub fn age_rules(&self) -> impl Iterator<Item = (&str, AgeRuleKind, &Bilingual)> {
        let rules = self.policies.rules.iter();
        rules.map(|rule| (rule.code.as_str(), rule.kind, &rule.label))
    }

    /// The duties that stand beside permissions.
    pub fn duties(&self) -> impl Iterator<Item = DutySays> {
        let codes = &self.policies.codes;
        self.policies.duties.iter().map(|duty| DutySays {
            code: duty.code.clone(),
            words: duty.words.clone(),
            from: codes.orgs.codes(duty.from),
            to: codes.orgs.codes(duty.to),
            clock: duty.clock.clone(),
            source: duty.source.clone(),
            certainty: duty.grade,
        })
    }

    /// The whole table of ages: each rule in each band.
    #[must_use]
    pub fn ages(&self) -> Vec<AgeRow> {
        let policies = &self.policies;
        let rows = policies.rules.iter().flat_map(|rule| {
            rule.at.iter().filter_map(|line| {
                let band = policies.bands.get(usize::from(line.band))?;
                let who = line
                    .who
                    .iter()
                    .map(|givers| policies.codes.givers.codes(*givers));
                Some(AgeRow {
                    rule: rule.code.clone(),
                    kind: rule.kind,
                    label: rule.label.clone(),
                    band: band.code.clone(),
                    who: who.collect(),
                    note: line.note.clone(),
                    source: rule.source.clone(),
                    certainty: rule.grade,
                })
            })
        });
        rows.collect()
    }

    /// What a consent must be, with whether the program checks it itself.
    pub fn consent_requirements(&self) -> impl Iterator<Item = (&str, &Bilingual, bool)> {
        let all = self.policies.requirements.iter();
        all.map(|one| (one.code.as_str(), &one.words, one.checked))
    }
}

fn words_fault(error: impl std::fmt::Display) -> PolicyError {
    PolicyError::new(vec![Fault {
        file: "vocabulary".to_owned(),
        line: 0,
        id: None,
        what: Wrong::Rule(error.to_string()),
    }])
}
