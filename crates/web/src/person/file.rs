//! What a person takes along (AVG 20), as JSON after `schemas/own-data.schema.json` and as CSV. It is made when she fetches it, sent under a
//! name that says nothing, and kept nowhere.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::Response;
use desk::request::{self, OwnData};
use domain::age::Age;
use exchange::neutral;
use serde_json::{Map, Value, json};

use super::code_of;
use crate::app::App;
use crate::form::{Form, FormBody};
use crate::headers::Sandboxed;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::steady::steady;
use crate::words;

#[derive(Clone, Copy)]
enum Kind {
    Json,
    Csv,
}

const KINDS: [(&str, Kind); 2] = [("json", Kind::Json), ("csv", Kind::Csv)];

/// She fetches it, with her code in the form.
pub(super) async fn fetch(
    State(app): State<Arc<App>>,
    body: FormBody,
) -> Result<Response, Problem> {
    steady(fetch_by(&app, body)).await
}

async fn fetch_by(app: &App, body: FormBody) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let code = code_of(&mut form).ok_or_else(Problem::not_found)?;
    let id = form.parsed("request", |text| text.parse().ok()).required();
    let kind = form.one_of("kind", &KINDS).required();
    let (id, kind) = form
        .finish(|| Ok((id?, kind?)))
        .map_err(|_| Problem::bad_request())?;
    let found = request::own_data(&app.desk, app.now(), &code, id)
        .await
        .map_err(refuse)?;
    let value = document(&found);
    match kind {
        Kind::Json => {
            let text = serde_json::to_vec_pretty(&value).map_err(|_| Problem::internal())?;
            given("bestand.json", "application/json", text)
        }
        Kind::Csv => given(
            "bestand.csv",
            "text/csv; charset=utf-8; header=present",
            csv(&value).into_bytes(),
        ),
    }
}

fn given(name: &str, kind: &'static str, bytes: Vec<u8>) -> Result<Response, Problem> {
    let name = format!("attachment; filename=\"{name}\"");
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = HeaderValue::from_str(&name).map_err(|_| Problem::internal())?;
    headers.insert(CONTENT_DISPOSITION, name);
    response.extensions_mut().insert(Sandboxed);
    Ok(response)
}

fn all<T>(items: &[T], text: impl Fn(&T) -> &str) -> Value {
    items.iter().map(|item| json!(text(item))).collect()
}

/// The file: the categories that she gets, in the codes of the vocabulary, and nothing about anybody else.
fn document(found: &OwnData) -> Value {
    let file = &found.file;
    let mut data = Map::new();
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            data.insert(name.to_owned(), value);
        }
    };
    let texts = |texts: &Vec<domain::SafeText>| all(texts, domain::SafeText::as_str);
    add("identity", file.called.as_ref().map(texts));
    add("age", file.age.map(age));
    add("sex", file.sex.map(|sex| json!(words::code_of(&sex))));
    let origin = file.origin.as_ref();
    add("origin", origin.map(|codes| all(codes, |c| c.as_str())));
    let language = file.language.as_ref().map(|(spoken, interpreter)| {
        json!({
            "spoken": all(spoken, |c| c.as_str()),
            "interpreter": words::code_of(interpreter),
        })
    });
    add("language", language);
    let residence = file.residence;
    add("entitlement", residence.map(|r| json!(words::code_of(&r))));
    add("contact", file.contact.as_ref().map(texts));
    let safety = file.safety.as_ref().map(|(areas, people)| {
        json!({"avoid": all(areas, |c| c.as_str()), "people_who_must_not_know": people})
    });
    add("safety", safety);
    add("family", file.children.map(|n| json!({"children": n})));
    let forms = file.forms.as_ref();
    add("form", forms.map(|codes| all(codes, |c| c.as_str())));
    add("care_needs", file.needs.as_ref().map(texts));
    let said = Some(&found.statements).filter(|said| !said.is_empty());
    add("statement", said.map(texts));
    json!({
        "format": "samen-own-data",
        "version": 1,
        "made_on": found.on.to_string(),
        "right": "AVG 20",
        "data": data,
    })
}

fn age(age: Age) -> Value {
    match age {
        Age::Certain { born } => json!({"born": born.to_string()}),
        Age::Estimated { low, high, as_of } => {
            json!({"low": low, "high": high, "as_of": as_of.to_string()})
        }
        Age::Unknown => json!({}),
    }
}

/// The same as lines: category, member, value. No value starts a formula.
fn csv(document: &Value) -> String {
    let mut out = String::from("category,member,value\r\n");
    let categories = document.get("data").and_then(Value::as_object);
    for (category, value) in categories.into_iter().flatten() {
        lines(&mut out, category, "", value);
    }
    out
}

fn lines(out: &mut String, category: &str, member: &str, value: &Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                lines(out, category, name, value);
            }
        }
        Value::Array(items) => {
            for item in items {
                lines(out, category, member, item);
            }
        }
        Value::String(text) => line(out, category, member, text),
        other => line(out, category, member, &other.to_string()),
    }
}

fn line(out: &mut String, category: &str, member: &str, value: &str) {
    let fields = [category, member, value];
    let fields = fields.map(|field| {
        let safe = neutral(field);
        match safe.contains(['"', ',', '\r', '\n']) {
            true => format!("\"{}\"", safe.replace('"', "\"\"")),
            false => safe.into_owned(),
        }
    });
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_a_formula_and_quotes_are_doubled() {
        let document = json!({"data": {"care_needs": ["=1+1", "zij zei \"nee\", twee keer"]}});
        let expected = "category,member,value\r\ncare_needs,,'=1+1\r\ncare_needs,,\"zij zei \"\"nee\"\", twee keer\"\r\n";
        assert_eq!(csv(&document), expected);
    }

    /// The schema that is published names exactly what the file can hold.
    #[test]
    fn the_schema_names_every_category_and_no_other() {
        let schema: Value =
            serde_json::from_str(include_str!("../../../../schemas/own-data.schema.json")).unwrap();
        let found = OwnData {
            data: std::collections::BTreeSet::new(),
            file: domain::request::OwnFile {
                called: Some(Vec::new()),
                age: Some(Age::Unknown),
                sex: Some(domain::person::Sex::Unknown),
                origin: Some(Vec::new()),
                language: Some((Vec::new(), domain::Answer::Unknown)),
                residence: Some(domain::person::Residence::Unknown),
                contact: Some(Vec::new()),
                safety: Some((Vec::new(), 0)),
                children: Some(0),
                forms: Some(Vec::new()),
                needs: Some(Vec::new()),
            },
            statements: vec![domain::SafeText::new("words", "mijn verhaal", 100).unwrap()],
            on: jiff::civil::date(2026, 4, 7),
        };
        let made = document(&found);
        let names = |value: &Value| -> Vec<String> {
            let members = value.as_object().into_iter().flatten();
            let mut names: Vec<String> = members.map(|(name, _)| name.clone()).collect();
            names.sort();
            names
        };
        let of_schema = &schema["properties"];
        assert_eq!(names(&made), names(of_schema));
        assert_eq!(
            names(&made["data"]),
            names(&of_schema["data"]["properties"])
        );
    }
}
