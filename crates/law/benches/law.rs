//! How long a decision takes with the full matrix, in process, on one core. Target: under 100 µs median, 10,000 a second.
//!
//! Asked are all cells that the policy files give, and some questions that people ask. "decision" is the verdict with grounds, data,
//! reasons, checklist and what would be allowed instead; reading the JSON is measured apart.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints and may stop at a fault"
)]

use std::time::{Duration, Instant};

use law::{Law, Question};

const ROUNDS: usize = 20;

const ASKED: [(&str, &str); 5] = [
    (
        "yes, five categories",
        r#"{"date":"2026-11-21","from":"POL","to":"COM","purpose":"registration","data":["sector","age","sex","origin","region"],"subject":{"age":29,"age_certain":true}}"#,
    ),
    (
        "yes in part, consent",
        r#"{"date":"2026-11-21","from":"ZCO","to":"COM","purpose":"registration","data":["sector","age","identity"],"subject":{"age":16,"age_certain":true},"consent":[{"giver":"self","written":true,"purpose":"registration","recipients":["COM"],"data":["sector","age"],"given":"2026-11-01"}]}"#,
    ),
    (
        "no, three ways shown",
        r#"{"date":"2026-11-21","from":"JZ","to":"POL","purpose":"investigation","data":["identity","observations"],"subject":{"age":16,"age_certain":true}}"#,
    ),
    (
        "unclear",
        r#"{"date":"2026-11-21","from":"IND","to":"ZCO","purpose":"residence","data":["status"]}"#,
    ),
    (
        "never",
        r#"{"date":"2026-11-21","from":"POL","to":"SUSPECTED","purpose":"care","data":["identity"]}"#,
    ),
];

fn main() {
    let start = Instant::now();
    let law = Law::built_in().unwrap();
    println!(
        "reading, checking and building the law: {:.1} ms",
        ms(start.elapsed())
    );
    for (name, json) in ASKED {
        let question = law.read_question(json.as_bytes()).unwrap();
        let taken = measure(&law, &[question], 2_000);
        report(name, taken);
    }
    let cells = law.cells();
    let texts: Vec<String> = cells.iter().map(|cell| cell.question.to_string()).collect();
    let start = Instant::now();
    let questions: Vec<Question> = texts
        .iter()
        .map(|text| law.read_question(text.as_bytes()).unwrap())
        .collect();
    let each = start.elapsed().as_secs_f64() * 1e6 / texts.len() as f64;
    println!("reading a question: {each:.1} µs");
    report(
        &format!("all {} cells", cells.len()),
        measure(&law, &questions, ROUNDS),
    );
}

fn measure(law: &Law, questions: &[Question], rounds: usize) -> Vec<Duration> {
    let mut taken = Vec::with_capacity(questions.len() * rounds);
    for _ in 0..rounds {
        for question in questions {
            let start = Instant::now();
            std::hint::black_box(law.decide(std::hint::black_box(question)));
            taken.push(start.elapsed());
        }
    }
    taken.sort();
    taken
}

fn report(name: &str, taken: Vec<Duration>) {
    let at = |share: f64| {
        let place = (taken.len() as f64 * share) as usize;
        taken[place.min(taken.len() - 1)].as_secs_f64() * 1e6
    };
    let total: Duration = taken.iter().sum();
    println!(
        "{name}: median {:.1} µs, p99 {:.1} µs, {:.0} a second",
        at(0.5),
        at(0.99),
        taken.len() as f64 / total.as_secs_f64()
    );
}

fn ms(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1e3
}
