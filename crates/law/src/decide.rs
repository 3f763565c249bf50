//! From a question to its answer.

use domain::Bilingual;

use crate::answer::{Answer, GroundGiven, Said, Verdict, Withheld};
use crate::codes::Bits;
use crate::engine::{Consented, Engine, EngineFailed, Ruling};
use crate::instead;
use crate::model::{Act, Effect, Grade, Policies};
use crate::question::Question;
use crate::why;
use crate::words::{day, fill, within};

/// A question before the law.
pub(crate) struct Case<'a> {
    pub(crate) policies: &'a Policies,
    pub(crate) engine: &'a Engine,
    pub(crate) question: &'a Question,
}

/// What the engine said of each category, in the order asked.
pub(crate) type Rulings = Vec<(u8, Ruling)>;

impl Case<'_> {
    /// The answer with everything that belongs to it.
    pub(crate) fn answer(&self) -> Answer {
        if self.question.date < self.policies.version.knows_from {
            return self.before_the_table();
        }
        match self.rulings() {
            Ok(rulings) => self.compose(&rulings),
            Err(_) => self.failed(),
        }
    }

    /// The engine's word on every category. Categories that are alike are asked once.
    pub(crate) fn rulings(&self) -> Result<Rulings, EngineFailed> {
        let mut known: Vec<((usize, Consented), Ruling)> = Vec::new();
        let mut out = Vec::with_capacity(self.question.data.len());
        for category in &self.question.data {
            let ruling = self.ruling(*category, &mut known)?;
            out.push((*category, ruling));
        }
        Ok(out)
    }

    fn ruling(
        &self,
        category: u8,
        known: &mut Vec<((usize, Consented), Ruling)>,
    ) -> Result<Ruling, EngineFailed> {
        // LAW: row 35. Said here too, so that no file and no engine stands between.
        if self.question.to == self.policies.suspected {
            return Ok(Ruling::Forbidden(self.never()));
        }
        let group = self.engine.group(self.question, category);
        if let Some((_, ruling)) = known.iter().find(|(key, _)| Some(*key) == group) {
            return Ok(ruling.clone());
        }
        let consented = Consented::of(self.question, category);
        let ruling = self.engine.rule(self.question, category, consented)?;
        if let Some(group) = group {
            known.push((group, ruling.clone()));
        }
        Ok(ruling)
    }

    /// The acts that forbid everything to whoever is under suspicion.
    fn never(&self) -> Vec<usize> {
        let acts = self.policies.acts.iter().enumerate();
        acts.filter(|(_, act)| {
            act.effect == Effect::Forbid
                && act.to == Bits::one(self.policies.suspected)
                && act.data == self.policies.codes.data.all()
        })
        .map(|(place, _)| place)
        .collect()
    }

    pub(crate) fn act(&self, place: usize) -> Option<&Act> {
        self.policies.acts.get(place)
    }

    fn compose(&self, rulings: &Rulings) -> Answer {
        let permitted: Vec<u8> = categories(rulings, |r| matches!(r, Ruling::Permitted(_)));
        let unclear: Vec<u8> = categories(rulings, |r| matches!(r, Ruling::Unclear(_)));
        let verdict = match (permitted.is_empty(), unclear.is_empty()) {
            (false, _) => Verdict::Yes,
            (true, false) => Verdict::Unclear,
            (true, true) => Verdict::No,
        };
        let acts = match verdict {
            Verdict::Yes => chosen(self, rulings, |r| match r {
                Ruling::Permitted(acts) => Some(acts),
                _ => None,
            }),
            Verdict::Unclear => chosen(self, rulings, |r| match r {
                Ruling::Unclear(acts) => Some(acts),
                _ => None,
            }),
            Verdict::No => chosen(self, rulings, |r| match r {
                Ruling::Forbidden(acts) => Some(acts),
                _ => None,
            }),
        };
        let mut answer = self.blank(verdict);
        let whole = permitted.len() == rulings.len();
        answer.headline = self.headline(verdict, whole);
        answer.explanation = self.explanation(verdict, whole, rulings);
        answer.withheld = self.withheld(rulings);
        answer.who_decides = self.who_decides(rulings);
        answer.data_labels = permitted
            .iter()
            .map(|place| self.policies.codes.data.label(*place))
            .collect();
        answer.data = self.codes_of(&permitted);
        let named: Vec<&Act> = acts.iter().filter_map(|place| self.act(*place)).collect();
        self.name_acts(&mut answer, &named);
        if verdict == Verdict::Yes {
            answer.conditions = self.conditions(&named);
            answer.obligations = self.obligations(&named);
        }
        answer.consents = why::consents(self, rulings);
        answer.instead = instead::find(self, rulings);
        answer
    }

    fn codes_of(&self, places: &[u8]) -> Vec<String> {
        let data = &self.policies.codes.data;
        places
            .iter()
            .map(|place| data.code(*place).to_owned())
            .collect()
    }

    fn name_acts(&self, answer: &mut Answer, acts: &[&Act]) {
        for act in acts {
            for ground in &act.grounds {
                let given = GroundGiven {
                    law: self.policies.law_name(&ground.law),
                    article: ground.article.clone(),
                    row: act.row,
                    certainty: act.grade,
                    act: act.id.clone(),
                };
                let known = answer.grounds.iter().any(|g| {
                    g.law == given.law && g.article == given.article && g.row == given.row
                });
                if !known {
                    answer.grounds.push(given);
                }
            }
            answer.acts.push(act.key());
            if let Some(activity) = &act.activity {
                let name = format!("{}:{}", activity.id, activity.version);
                if !answer.activities.contains(&name) {
                    answer.activities.push(name);
                }
            }
        }
    }

    fn headline(&self, verdict: Verdict, whole: bool) -> Bilingual {
        self.policies.text(match (verdict, whole) {
            (Verdict::Yes, true) => "answer_yes",
            (Verdict::Yes, false) => "answer_yes_part",
            (Verdict::No, _) => "answer_no",
            (Verdict::Unclear, _) => "answer_unclear",
        })
    }

    fn explanation(&self, verdict: Verdict, whole: bool, rulings: &Rulings) -> Said {
        let code = match (verdict, whole) {
            (Verdict::Yes, true) => "explain_yes",
            (Verdict::Yes, false) => "explain_yes_part",
            (Verdict::Unclear, _) => "explain_unclear",
            (Verdict::No, _) => match self.all_forbidden(rulings) {
                Some(said) => return said,
                None => "explain_no",
            },
        };
        self.said(code, &[])
    }

    /// When one prohibition covers everything asked, its own words explain the answer.
    fn all_forbidden(&self, rulings: &Rulings) -> Option<Said> {
        let mut acts = rulings.iter().map(|(_, ruling)| match ruling {
            Ruling::Forbidden(acts) => acts.first().copied(),
            _ => None,
        });
        let first = acts.next()??;
        acts.all(|act| act == Some(first)).then_some(())?;
        let act = self.act(first)?;
        Some(Said {
            code: "forbidden".to_owned(),
            words: act.why.clone()?,
        })
    }

    /// A text of the law with the names of this question filled in.
    pub(crate) fn said(&self, code: &str, more: &[(&str, Bilingual)]) -> Said {
        let codes = &self.policies.codes;
        let mut names = vec![
            ("from", codes.orgs.label(self.question.from)),
            ("to", codes.orgs.label(self.question.to)),
            (
                "purpose",
                within(&codes.purposes.label(self.question.purpose)),
            ),
            ("date", day(self.question.date)),
        ];
        names.extend(more.iter().map(|(name, text)| (*name, text.clone())));
        Said {
            code: code.to_owned(),
            words: fill(&self.policies.text(code), &names),
        }
    }

    fn withheld(&self, rulings: &Rulings) -> Vec<Withheld> {
        let data = &self.policies.codes.data;
        rulings
            .iter()
            .filter(|(_, ruling)| !matches!(ruling, Ruling::Permitted(_)))
            .map(|(category, ruling)| Withheld {
                data: data.code(*category).to_owned(),
                label: data.label(*category),
                why: why::withheld(self, *category, ruling),
            })
            .collect()
    }

    fn who_decides(&self, rulings: &Rulings) -> Vec<Bilingual> {
        let mut out: Vec<Bilingual> = Vec::new();
        for (_, ruling) in rulings {
            let Ruling::Unclear(acts) = ruling else {
                continue;
            };
            for who in acts
                .iter()
                .filter_map(|act| self.act(*act)?.who_decides.clone())
            {
                if !out.contains(&who) {
                    out.push(who);
                }
            }
        }
        out
    }

    fn conditions(&self, acts: &[&Act]) -> Vec<Said> {
        let minor = self
            .policies
            .bands
            .get(usize::from(self.question.band))
            .is_none_or(|band| band.minor);
        let mut codes: Vec<&str> = Vec::new();
        if minor && self.question.parent_suspected {
            codes.push("parents_excluded");
        }
        for code in acts.iter().flat_map(|act| &act.conditions) {
            if !codes.contains(&code.as_str()) {
                codes.push(code);
            }
        }
        let parents_told = minor && !self.question.parent_suspected && self.parents_are_told();
        codes
            .into_iter()
            .filter_map(|code| {
                let condition = self.policies.conditions.get(code)?;
                (!condition.parents || parents_told).then(|| Said {
                    code: code.to_owned(),
                    words: condition.words.clone(),
                })
            })
            .collect()
    }

    /// Whether the age rule of notice gives the parents a part in this band.
    fn parents_are_told(&self) -> bool {
        let rule = self
            .policies
            .rules
            .iter()
            .position(|rule| rule.code == "notice");
        let who = rule.map(|rule| self.policies.who(rule, self.question.band, false));
        who.is_some_and(|ways| ways.iter().any(|way| way.meets(self.policies.parents)))
    }

    fn obligations(&self, acts: &[&Act]) -> Vec<Said> {
        let named = |code: &str| acts.iter().any(|act| act.duty.as_deref() == Some(code));
        let duties = self.policies.duties.iter();
        duties
            .filter(|duty| named(&duty.code))
            .map(|duty| Said {
                code: duty.code.clone(),
                words: duty.words.clone(),
            })
            .collect()
    }

    fn blank(&self, verdict: Verdict) -> Answer {
        Answer {
            verdict,
            headline: self.headline(verdict, true),
            explanation: self.said("explain_no", &[]),
            grounds: Vec::new(),
            data: Vec::new(),
            data_labels: Vec::new(),
            withheld: Vec::new(),
            conditions: Vec::new(),
            obligations: Vec::new(),
            instead: Vec::new(),
            who_decides: Vec::new(),
            consents: Vec::new(),
            acts: Vec::new(),
            activities: Vec::new(),
            policy_version: self.policies.version.tag(),
            trial: self.policies.version.is_trial(),
            engine_failed: false,
        }
    }

    /// Everything stays, with one reason.
    fn nothing(&self, verdict: Verdict, explanation: Said, why: &Said) -> Answer {
        let data = &self.policies.codes.data;
        let withheld = self.question.data.iter().map(|category| Withheld {
            data: data.code(*category).to_owned(),
            label: data.label(*category),
            why: why.clone(),
        });
        Answer {
            explanation,
            withheld: withheld.collect(),
            ..self.blank(verdict)
        }
    }

    fn before_the_table(&self) -> Answer {
        let from = day(self.policies.version.knows_from);
        let said = self.said("explain_before_table", &[("date", from.clone())]);
        let said = Said {
            words: fill(
                &self.policies.text("explain_before_table"),
                &[("date", from)],
            ),
            ..said
        };
        let mut answer = self.nothing(Verdict::Unclear, said.clone(), &said);
        answer.who_decides = vec![self.policies.text("who_before_table")];
        if self.question.to == self.policies.suspected {
            answer.verdict = Verdict::No;
            answer.headline = self.headline(Verdict::No, true);
            answer.who_decides.clear();
        }
        answer
    }

    /// The answer when the engine failed: no, and whoever called journals it and shows the duty number.
    fn failed(&self) -> Answer {
        let explanation = Said {
            code: "engine_failed".to_owned(),
            ..self.said("explain_engine_failed", &[])
        };
        let why = Said {
            code: "engine_failed".to_owned(),
            ..self.said("why_engine_failed", &[])
        };
        Answer {
            engine_failed: true,
            ..self.nothing(Verdict::No, explanation, &why)
        }
    }
}

fn categories(rulings: &Rulings, wanted: impl Fn(&Ruling) -> bool) -> Vec<u8> {
    rulings
        .iter()
        .filter(|(_, ruling)| wanted(ruling))
        .map(|(category, _)| *category)
        .collect()
}

/// The fewest acts that carry the categories, best first: the one that carries most, then the surer one, then the one that needs
/// no consent. Whoever may choose between two grounds need not meet the conditions of both.
fn chosen<'r>(
    case: &Case<'_>,
    rulings: &'r Rulings,
    wanted: impl Fn(&'r Ruling) -> Option<&'r Vec<usize>>,
) -> Vec<usize> {
    let mut open: Vec<&Vec<usize>> = rulings
        .iter()
        .filter_map(|(_, ruling)| wanted(ruling))
        .collect();
    let mut out = Vec::new();
    while !open.is_empty() {
        let all = open.iter().flat_map(|acts| acts.iter().copied());
        let best = all.max_by_key(|act| {
            let carried = open.iter().filter(|acts| acts.contains(act)).count();
            let act_read = case.act(*act);
            let surer = act_read.map_or(0, |act| match act.grade {
                Grade::A => 2,
                Grade::B => 1,
                Grade::C => 0,
            });
            let free = act_read.is_some_and(|act| act.consent.is_none());
            // Of two equal ones, the one that was written for this sender.
            let senders = act_read.map_or(u32::MAX, |act| act.from.count());
            let rest = std::cmp::Reverse((senders, *act));
            (carried, surer, free, rest)
        });
        let Some(best) = best else { break };
        out.push(best);
        open.retain(|acts| !acts.contains(&best));
    }
    out.sort_unstable();
    out
}
