//! From a Swagger 2.0 schema to a JSON Schema (2020-12) that says the same, and what Swagger leaves to its reader:
//! a value's subtype is what its discriminator says, and a member that nobody has told of may not be there.

use super::file::File;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Whose body it is. What is read-only may not be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    Request,
    Answer,
}

/// The JSON Schema of a schema of a file.
pub fn json_schema(file: &File, side: Side, swagger: &Value) -> Value {
    let mut translation = Translation { file, side, defs: Map::new() };
    let mut root = translation.schema(swagger);
    root["$defs"] = Value::Object(translation.defs);
    root
}

struct Translation<'a> {
    file: &'a File,
    side: Side,
    defs: Map<String, Value>,
}

/// What the parts of a type come to.
#[derive(Default)]
struct Members {
    properties: Map<String, Value>,
    required: BTreeSet<String>,
    others: Option<Value>,
}

impl Translation<'_> {
    fn schema(&mut self, swagger: &Value) -> Value {
        if let Some(reference) = swagger["$ref"].as_str() {
            return json!({ "$ref": self.define(reference) });
        }
        let of_members = ["properties", "allOf", "additionalProperties"].iter().any(|word| swagger.get(word).is_some());
        if of_members {
            return self.closed(swagger);
        }
        let mut schema = Map::new();
        for word in ["type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"]
        {
            if let Some(said) = swagger.get(word) {
                schema.insert(word.into(), said.clone());
            }
        }
        if let Some(items) = swagger.get("items") {
            schema.insert("items".into(), self.schema(items));
        }
        match swagger["format"].as_str() {
            Some("int32") => {
                schema.insert("minimum".into(), i32::MIN.into());
                schema.insert("maximum".into(), i32::MAX.into());
            }
            // Of 64 bits is every whole number, and every number, that serde_json reads.
            None | Some("int64" | "double") => {}
            Some(format) => {
                schema.insert("format".into(), format.into());
            }
        }
        Value::Object(schema)
    }

    /// Where the JSON Schema of a definition stands.
    fn define(&mut self, reference: &str) -> String {
        let name = reference.replace(['/', '#', '.'], "_");
        if !self.defs.contains_key(&name) {
            // First its place, then itself: errors hold errors.
            self.defs.insert(name.clone(), Value::Null);
            let swagger = self.file.resolve(reference);
            let schema = match swagger["discriminator"].as_str() {
                Some(tag) => self.by_subtype(reference, &swagger, tag),
                None => self.schema(&swagger),
            };
            self.defs.insert(name.clone(), schema);
        }
        format!("#/$defs/{name}")
    }

    /// A value that is of the subtype which its discriminator says.
    fn by_subtype(&mut self, reference: &str, swagger: &Value, tag: &str) -> Value {
        let name = reference.rsplit('/').next().unwrap();
        let (mut values, mut cases) = (vec![json!(name)], vec![case(tag, &json!(name), self.closed(swagger))]);
        for sub in self.file.subtypes(name) {
            let reference = format!("#/definitions/{sub}");
            let said = self.file.resolve(&reference);
            let value = said["x-ms-discriminator-value"].as_str().map_or(json!(sub), |value| json!(value));
            let place = match said["discriminator"].is_null() {
                true => json!({ "$ref": self.define(&reference) }),
                // It decides about subtypes of its own, which are in this list as well.
                false => self.closed(&said),
            };
            cases.push(case(tag, &value, place));
            values.push(value);
        }
        json!({ "type": "object", "required": [tag], "properties": { tag: { "enum": values } }, "allOf": cases })
    }

    /// An object with these members and no others.
    fn closed(&mut self, swagger: &Value) -> Value {
        let mut members = Members::default();
        self.collect(swagger, &mut members);
        json!({
            "type": "object",
            "properties": members.properties,
            "required": members.required,
            "additionalProperties": members.others.unwrap_or(Value::Bool(false)),
        })
    }

    fn collect(&mut self, swagger: &Value, members: &mut Members) {
        for part in swagger["allOf"].as_array().into_iter().flatten() {
            let part = self.file.followed(part);
            self.collect(&part, members);
        }
        let may = |said: &Value| self.side == Side::Answer || said["readOnly"] != true;
        let own = swagger["properties"].as_object();
        let required = swagger["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let asked_for = |name: &&str| own.and_then(|own| own.get(*name)).is_none_or(may);
        members.required.extend(required.filter(asked_for).map(str::to_string));
        let own: Vec<(String, Value)> =
            own.into_iter().flatten().filter(|(_, said)| may(said)).map(|(n, s)| (n.clone(), s.clone())).collect();
        for (name, said) in own {
            let schema = self.schema(&said);
            members.properties.insert(name, schema);
        }
        if let Some(others) = swagger.get("additionalProperties") {
            members.others = Some(if others.is_boolean() { others.clone() } else { self.schema(others) });
        }
    }
}

fn case(tag: &str, value: &Value, schema: Value) -> Value {
    let is = json!({ "type": "object", "required": [tag], "properties": { tag: { "const": value } } });
    json!({ "if": is, "then": schema })
}
