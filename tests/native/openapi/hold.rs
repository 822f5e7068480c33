//! Holds a request to the operation that it is, and an answer to what that operation may answer.

use super::file::{File, Named, Operation, segments};
use super::schema::{Side, json_schema};
use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Validator};
use pgflex_restore::azure::http::{Request, Response};
use pgflex_restore::azure::id::percent_decode;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Api-versions that a file of another one stands for: what they have of this program's calls is the same.
const STANDS_FOR: &[(&str, &str)] = &[("2023-11-01", "2024-04-01"), ("2026-03-01", "2024-04-01")];

/// The files, and what was made of them so far.
pub struct Contract {
    files: Vec<File>,
    validators: Mutex<HashMap<(String, Side), Arc<Validator>>>,
}

/// The operation that a request is.
pub struct Meant<'a> {
    file: &'a File,
    pub operation: &'a Operation,
    named: Named,
}

/// Something that is not as the file says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub side: &'static str,
    /// Of which operation.
    pub of: String,
    /// One word for what is wrong: that of JSON Schema, or `null`, `path`, `version`, `query`, `status`, `body`.
    pub what: &'static str,
    /// Where: a member, rows of a list not told apart, or a parameter.
    pub at: String,
    /// All of it, for people.
    pub told: String,
}

impl Contract {
    pub fn new(texts: impl IntoIterator<Item = String>) -> Contract {
        let files = texts.into_iter().map(|text| File::read(&text)).collect();
        Contract { files, validators: Mutex::default() }
    }

    /// What a request is, and what is wrong with it.
    pub fn request(&self, request: &Request) -> (Option<Meant<'_>>, Vec<Finding>) {
        let (path, method) = (request.url.path(), request.method.as_str());
        let query = pairs(request.url.query());
        let version = query.iter().find(|(name, _)| name == "api-version").map_or("", |(_, value)| value.as_str());
        let mut found = Findings { side: "request", of: format!("{method} {path}"), all: Vec::new() };
        let meant = match self.find(path, method, version) {
            Ok(meant) => meant,
            Err(what) => {
                found.of = format!("{method} {}", kind(path));
                found.add(what, "", format!("{method} {path} with api-version {version:?}"));
                return (None, found.all);
            }
        };
        found.of.clone_from(&meant.operation.id);
        self.parameters(&meant, request, &query, &mut found);
        (Some(meant), found.all)
    }

    /// The operation of a path: by its words, then by the api-version.
    fn find(&self, path: &str, method: &str, version: &str) -> Result<Meant<'_>, &'static str> {
        let path = segments(path);
        let all = self.files.iter().flat_map(|file| file.operations.iter().map(move |operation| (file, operation)));
        let of_path: Vec<Meant> = all
            .filter_map(|(file, operation)| Some(Meant { file, operation, named: operation.names(&path)? }))
            .collect();
        let most = of_path.iter().map(|meant| meant.operation.words()).max().ok_or("path")?;
        let mut fit: Vec<Meant> = of_path
            .into_iter()
            .filter(|meant| meant.operation.method == method && meant.operation.words() == most)
            .collect();
        if fit.is_empty() {
            return Err("method");
        }
        let instead = STANDS_FOR.iter().find(|(name, _)| *name == version).map(|(_, instead)| *instead);
        let at = fit.iter().position(|meant| meant.file.version == version);
        let at = at.or_else(|| fit.iter().position(|meant| Some(meant.file.version.as_str()) == instead));
        Ok(fit.swap_remove(at.ok_or("version")?))
    }

    fn parameters(&self, meant: &Meant, request: &Request, query: &[(String, String)], found: &mut Findings) {
        let mut has_body = false;
        for parameter in &meant.operation.parameters {
            let name = parameter["name"].as_str().unwrap();
            let value = match parameter["in"].as_str().unwrap() {
                "body" => {
                    has_body = true;
                    self.body(meant, Side::Request, &parameter["schema"], request.body.as_deref(), found);
                    continue;
                }
                "path" => meant.named.iter().find(|(segment, _)| segment == name).map(|(_, value)| value),
                "query" => query.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value),
                _ => request.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value),
            };
            match value {
                Some(value) => self.text(meant, Side::Request, parameter, name, value, found),
                None if parameter["required"] == true => found.add("required", name, "is not there".into()),
                None => {}
            }
        }
        let of_query = |name: &str| {
            let mut told = meant.operation.parameters.iter().filter(|parameter| parameter["in"] == "query");
            told.any(|parameter| parameter["name"].as_str().unwrap().eq_ignore_ascii_case(name))
        };
        for (name, _) in query.iter().filter(|(name, _)| !of_query(name)) {
            found.add("query", name, "is not told of".into());
        }
        if let Some(body) = &request.body {
            let kind = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            if kind.is_none_or(|(_, kind)| !kind.starts_with("application/json")) {
                found.add("required", "content-type", "is not JSON's".into());
            }
            if !has_body {
                found.add("body", "", format!("is not told of: {body}"));
            }
        }
    }

    /// What is wrong with an answer.
    pub fn answer(&self, meant: &Meant, response: &Response) -> Vec<Finding> {
        let mut found = Findings { side: "answer", of: meant.operation.id.clone(), all: Vec::new() };
        let Some(said) = meant.operation.answer(response.status) else {
            found.add("status", &response.status.to_string(), "is not told of".into());
            return found.all;
        };
        let body = Some(response.body.as_str()).filter(|body| !body.is_empty());
        match said.get("schema") {
            Some(schema) => self.body(meant, Side::Answer, schema, body, &mut found),
            None if body.is_some() => found.add("body", "", format!("is not told of: {}", response.body)),
            None => {}
        }
        // Whoever says how long to wait says it in whole seconds, whether the file tells of it or not.
        let seconds = serde_json::json!({ "Retry-After": { "type": "integer", "format": "int32" } });
        let told = said["headers"].as_object().into_iter().flatten();
        for (name, schema) in told.chain(seconds.as_object().unwrap()) {
            if let Some(value) = response.header(name) {
                self.text(meant, Side::Answer, schema, name, value, &mut found);
            }
        }
        found.all
    }

    /// A value that stands as text in a path, a query or a header.
    fn text(&self, meant: &Meant, side: Side, schema: &Value, name: &str, text: &str, found: &mut Findings) {
        let value = match schema["type"].as_str() {
            Some("string") | None => Value::from(text),
            _ => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
        };
        let validator = self.validator(meant.file, side, schema);
        for error in validator.iter_errors(&value) {
            found.add(keyword(error.kind(), &value), name, error.masked().to_string());
        }
    }

    fn body(&self, meant: &Meant, side: Side, schema: &Value, body: Option<&str>, found: &mut Findings) {
        let Some(text) = body else { return found.add("body", "", "is not there".into()) };
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return found.add("body", "", format!("is no JSON: {text}"));
        };
        let validator = self.validator(meant.file, side, schema);
        let before = found.all.len();
        found.of_value(&validator, &value, |_| true);
        // A null stands for nothing; where there has to be something, that is another matter.
        if found.all[before..].iter().any(|finding| finding.what == "null") {
            found.of_value(&validator, &without_nulls(value), |what| what == "required");
        }
    }

    fn validator(&self, file: &File, side: Side, swagger: &Value) -> Arc<Validator> {
        let key = (format!("{} {swagger}", file.version), side);
        if let Some(made) = self.validators.lock().unwrap().get(&key) {
            return Arc::clone(made);
        }
        let made = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .with_format("arm-id", |text: &str| text.starts_with('/'))
            .build(&json_schema(file, side, swagger))
            .unwrap_or_else(|error| panic!("{swagger}: {error}"));
        let made = Arc::new(made);
        self.validators.lock().unwrap().insert(key, Arc::clone(&made));
        made
    }
}

/// What kind of thing a path is about, without its names: `Microsoft.Storage/storageAccounts`. The path itself where it
/// is about nothing of a provider.
fn kind(path: &str) -> String {
    let Some((_, below)) = path.rsplit_once("/providers/") else { return path.to_string() };
    let mut parts = below.split('/').filter(|part| !part.is_empty());
    let provider = parts.next().unwrap_or_default().to_string();
    parts.step_by(2).fold(provider, |kind, part| format!("{kind}/{part}"))
}

struct Findings {
    side: &'static str,
    of: String,
    all: Vec<Finding>,
}

impl Findings {
    fn add(&mut self, what: &'static str, at: &str, told: String) {
        let told = format!("{} {}: {at} {told}", self.of, self.side);
        self.all.push(Finding { side: self.side, of: self.of.clone(), what, at: at.to_string(), told });
    }

    fn of_value(&mut self, validator: &Validator, value: &Value, wanted: impl Fn(&str) -> bool) {
        for error in validator.iter_errors(value) {
            let at = member(&error.instance_path().to_string());
            let what = keyword(error.kind(), error.instance());
            if !wanted(what) {
                continue;
            }
            match error.kind() {
                // One finding for each, so that one of them can be known.
                ValidationErrorKind::AdditionalProperties { unexpected } => {
                    for name in unexpected {
                        self.add(what, &below(&at, name), "is not told of".into());
                    }
                }
                ValidationErrorKind::Required { property } => {
                    self.add(what, &below(&at, property.as_str().unwrap_or_default()), "is not there".into());
                }
                _ => self.add(what, &at, error.masked().to_string()),
            }
        }
    }
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_string() } else { format!("{at}.{name}") }
}

/// `/value/3/properties/name` as `value[].properties.name`.
fn member(pointer: &str) -> String {
    let mut out = String::new();
    for name in pointer.split('/').skip(1) {
        if name.bytes().all(|b| b.is_ascii_digit()) {
            out.push_str("[]");
        } else {
            out = below(&out, name);
        }
    }
    out
}

/// One word for what is wrong.
fn keyword(kind: &ValidationErrorKind, value: &Value) -> &'static str {
    match kind {
        ValidationErrorKind::AdditionalProperties { .. } => "unknown",
        ValidationErrorKind::Required { .. } => "required",
        ValidationErrorKind::Enum { .. } if !value.is_null() => "enum",
        ValidationErrorKind::Format { .. } => "format",
        ValidationErrorKind::Type { .. } if !value.is_null() => "type",
        ValidationErrorKind::Type { .. } | ValidationErrorKind::Enum { .. } => "null",
        _ => "value",
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            members.into_iter().filter(|(_, v)| !v.is_null()).map(|(n, v)| (n, without_nulls(v))).collect()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (percent_decode(name).unwrap_or_default(), percent_decode(value).unwrap_or_default())
    };
    query.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}
