//! One OpenAPI file of Microsoft's (Swagger 2.0): its operations, and which of them a request is.

use super::common;
use pgflex_restore::azure::id::percent_decode;
use serde_json::Value;

/// A file, read.
pub struct File {
    /// The api-version it is of.
    pub version: String,
    pub operations: Vec<Operation>,
    root: Value,
}

/// One operation: a verb at a path.
pub struct Operation {
    /// Such as `RecoveryPoints_List`.
    pub id: String,
    pub method: String,
    template: Vec<String>,
    /// What it takes, references followed.
    pub parameters: Vec<Value>,
    /// What it may answer, by status.
    pub responses: Value,
}

/// The segments that stand for parameters, by the parameter's name.
pub type Named = Vec<(String, String)>;

impl File {
    pub fn read(text: &str) -> File {
        let root: Value = serde_json::from_str(text).unwrap();
        let version = root["info"]["version"].as_str().unwrap().to_string();
        let mut file = File { version, operations: Vec::new(), root };
        file.operations = file.list();
        file
    }

    fn list(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, verbs) in self.root["paths"].as_object().unwrap() {
            let shared = verbs["parameters"].as_array().into_iter().flatten();
            for (verb, said) in verbs.as_object().unwrap().iter().filter(|(verb, _)| *verb != "parameters") {
                let own = said["parameters"].as_array().into_iter().flatten();
                operations.push(Operation {
                    id: said["operationId"].as_str().unwrap().to_string(),
                    method: verb.to_ascii_uppercase(),
                    template: segments(path),
                    parameters: shared.clone().chain(own).map(|parameter| self.followed(parameter)).collect(),
                    responses: said["responses"].clone(),
                });
            }
        }
        operations
    }

    /// A value, or what it refers to.
    pub fn followed(&self, value: &Value) -> Value {
        value["$ref"].as_str().map_or_else(|| value.clone(), |reference| self.resolve(reference))
    }

    /// What a reference leads to, in this file or in one that it shares with others.
    pub fn resolve(&self, reference: &str) -> Value {
        match reference.strip_prefix('#') {
            Some(pointer) => self.root.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere")).clone(),
            None => common::shared(reference),
        }
    }

    /// The definitions that are of this one: those that say so, and those that are of these.
    pub fn subtypes(&self, name: &str) -> Vec<String> {
        let wanted = format!("#/definitions/{name}");
        let mut found = Vec::new();
        for (sub, said) in self.root["definitions"].as_object().into_iter().flatten() {
            if said["allOf"].as_array().into_iter().flatten().any(|part| part["$ref"] == wanted.as_str()) {
                found.push(sub.clone());
                found.extend(self.subtypes(sub));
            }
        }
        found
    }
}

impl Operation {
    /// What the segments of a path are called, if it is a path of this operation. What Azure Resource Manager takes
    /// in any letter case is taken so.
    pub fn names(&self, path: &[String]) -> Option<Named> {
        let (mut template, mut rest, mut named) = (self.template.as_slice(), path, Named::new());
        // A template that begins with a parameter begins with a whole resource id.
        if let Some(name) = template.first().and_then(|first| parameter(first)) {
            template = &template[1..];
            let head = rest.len().checked_sub(template.len()).filter(|head| *head > 0 && !template.is_empty())?;
            named.push((name.to_string(), rest[..head].join("/")));
            rest = &rest[head..];
        }
        if template.len() != rest.len() {
            return None;
        }
        for (wanted, segment) in template.iter().zip(rest) {
            match parameter(wanted) {
                Some(name) => named.push((name.to_string(), percent_decode(segment)?)),
                None if wanted.eq_ignore_ascii_case(segment) => {}
                None => return None,
            }
        }
        Some(named)
    }

    /// How many of its segments are words: of two operations that a path may be, the one with more is meant.
    pub fn words(&self) -> usize {
        self.template.iter().filter(|segment| parameter(segment).is_none()).count()
    }

    /// What is said of an answer with this status: of this one, or of all others.
    pub fn answer(&self, status: u16) -> Option<&Value> {
        let said = |name: &str| self.responses.get(name);
        // An error is what the file tells errors to be, never a success that it does not know.
        said(&status.to_string()).or_else(|| said("default").filter(|_| status >= 400))
    }
}

/// The segments of a path or a template.
pub fn segments(path: &str) -> Vec<String> {
    path.split('/').filter(|segment| !segment.is_empty()).map(str::to_string).collect()
}

fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}
