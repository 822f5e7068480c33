//! Reading JSON that may say anything: absent, null and mistyped are all "not said".
//!
//! Azure sends a field as null, or leaves it out, or (between api-versions) changes it. A reader that insists on
//! types would lose a whole list for one odd field, so bodies are read as values, field by field.

use crate::moment::Moment;
use serde_json::Value;

/// Reads fields by a path of names with dots between them: `properties.dataSourceInfo.resourceID`.
pub trait At {
    /// The value at a path, or null.
    fn at(&self, path: &str) -> &Value;

    /// The text at a path; an empty one is not said.
    fn text(&self, path: &str) -> Option<&str> {
        self.at(path).as_str().filter(|s| !s.is_empty())
    }

    /// The text at a path, or an empty one.
    fn words(&self, path: &str) -> String {
        self.text(path).unwrap_or_default().to_string()
    }

    /// The moment at a path; Azure's "not yet" (year 1) is none.
    fn moment(&self, path: &str) -> Option<Moment> {
        Moment::parse(self.text(path)?)
    }

    /// The items at a path; none where there is no list.
    fn items(&self, path: &str) -> &[Value] {
        self.at(path).as_array().map_or(&[], Vec::as_slice)
    }
}

impl At for Value {
    fn at(&self, path: &str) -> &Value {
        path.split('.').try_fold(self, |value, name| value.get(name)).unwrap_or(&Value::Null)
    }
}

/// As text. Not by `Display`, which would bring in the standard library's tables of characters that can be printed.
pub fn print(value: &Value) -> String {
    // Writing into memory fails for keys that are no texts alone, and these are.
    serde_json::to_string(value).unwrap_or_default()
}

/// An object of these members. Put in one by one: collecting them would bring in a sort.
pub fn object<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let mut object = serde_json::Map::new();
    for (name, value) in members {
        object.insert(name.to_string(), value);
    }
    Value::Object(object)
}

/// Some members, a text each: `"name": value`. Names have no quote in them.
pub fn members<'a>(all: impl IntoIterator<Item = (&'a str, Value)>) -> Vec<String> {
    let mut out = Vec::new();
    for member in all {
        let text = print(&object([member]));
        let text = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
        out.push(text.replacen("\":", "\": ", 1));
    }
    out
}

/// An object of them, a line each.
pub fn spread(members: Vec<String>) -> String {
    ["{\n  ", &members.join(",\n  "), "\n}"].concat()
}
