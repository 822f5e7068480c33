//! As much of the resource graph's language as a projection needs: a table, and step by step what becomes of it. What
//! is not understood is refused, for an answer to something else would be worse.
//!
//! ```text
//! table | where path =~ 'text' and … | extend name = value | join kind=leftouter (…) on name
//!       | project name, name = value | order by name asc
//! ```
//!
//! A value is a path into a row, a text, `true` or `false`, or `tolower(…)` or `tostring(…)` of one.

use super::text::{join, quoted};
use serde_json::{Map, Value};

/// Where rows come from: those of a table that are of a type, as JSON.
pub type Source<'a> = dyn Fn(&str, &str) -> Vec<String> + 'a;

/// The columns that every resource has.
const COLUMNS: [&str; 15] = [
    "id",
    "name",
    "type",
    "tenantId",
    "kind",
    "location",
    "resourceGroup",
    "subscriptionId",
    "managedBy",
    "sku",
    "plan",
    "properties",
    "tags",
    "identity",
    "zones",
];

type Row = Map<String, Value>;

/// The word at which a query is not understood.
type Stuck = String;

struct Table {
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// The rows that a query asks for, with the columns in their order, as JSON; or the words at which it is not understood.
pub fn run(query: &str, source: &Source) -> Result<Vec<String>, Stuck> {
    let query: Vec<&str> = query.split_whitespace().collect();
    let table = table(&query.join(" "), source, true)?;
    let member = |row: &Row, name: &String| {
        let value = row.get(name).map_or_else(|| "null".to_string(), Value::to_string);
        join(&[&quoted(name), ":", &value])
    };
    let told = |row: &Row| {
        let members: Vec<String> = table.columns.iter().map(|name| member(row, name)).collect();
        join(&["{", &members.join(","), "}"])
    };
    Ok(table.rows.iter().map(told).collect())
}

/// Whether the columns of a query's answer are chosen, by its last step that does so.
pub fn projects(query: &str) -> bool {
    parts(query, '|').iter().any(|step| step.starts_with("project "))
}

/// The parts of a text between marks that stand neither in a text nor in parentheses.
fn parts(text: &str, mark: char) -> Vec<&str> {
    let (mut all, mut from, mut depth, mut quoted) = (Vec::new(), 0, 0_usize, false);
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            _ if quoted => {}
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if c == mark && depth == 0 => {
                all.push(text.get(from..at).unwrap_or_default().trim());
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    all.push(text.get(from..).unwrap_or_default().trim());
    all
}

fn table(query: &str, source: &Source, may_join: bool) -> Result<Table, Stuck> {
    let steps = parts(query, '|');
    let (name, steps) = steps.split_first().ok_or_else(String::new)?;
    // Nobody here asks for resources of every type: the first step says which.
    let first = steps.first().and_then(|step| step.strip_prefix("where type =~ '"));
    let kind = first.and_then(|rest| rest.split('\'').next()).ok_or_else(|| name.to_string())?;
    let name = name.to_ascii_lowercase();
    if !["recoveryservicesresources", "resources", "resourcecontainers"].contains(&name.as_str()) {
        return Err(name);
    }
    let rows = source(&name, &kind.to_ascii_lowercase());
    let read = |row: &String| match serde_json::from_str(row) {
        Ok(Value::Object(row)) => Some(row),
        _ => None,
    };
    let mut table =
        Table { columns: COLUMNS.map(str::to_string).to_vec(), rows: rows.iter().filter_map(read).collect() };
    for step in steps {
        table = table.step(step, source, may_join)?;
    }
    Ok(table)
}

impl Table {
    fn step(mut self, step: &str, source: &Source, may_join: bool) -> Result<Table, Stuck> {
        let (verb, rest) = step.split_once(' ').ok_or(step)?;
        match verb {
            "where" => {
                for condition in rest.split(" and ") {
                    let (left, right) = condition.split_once(" =~ ").ok_or(condition)?;
                    let wanted = self.values(right)?;
                    let found = self.values(left)?;
                    let same = |(a, b): (&Value, &Value)| match (a, b) {
                        (Value::String(a), Value::String(b)) => a.eq_ignore_ascii_case(b),
                        _ => false,
                    };
                    let mut keep = found.iter().zip(&wanted).map(same);
                    self.rows.retain(|_| keep.next().unwrap_or_default());
                }
            }
            "extend" => {
                let (name, value) = named(rest)?;
                self.set(name, value)?;
            }
            "project" => {
                let mut chosen = Table { columns: Vec::new(), rows: vec![Row::new(); self.rows.len()] };
                for item in parts(rest, ',') {
                    let (name, value) = if item.contains('=') { named(item)? } else { (item, item) };
                    is_name(name).then_some(()).ok_or(item)?;
                    chosen.put(name, self.values(value)?);
                }
                return Ok(chosen);
            }
            "order" => {
                let name = rest.strip_prefix("by ").and_then(|rest| rest.strip_suffix(" asc")).ok_or(rest)?;
                self.order(name)?;
            }
            "join" if may_join => {
                let inner = rest.strip_prefix("kind=leftouter (").ok_or(rest)?;
                let (inner, on) = inner.rsplit_once(") on ").ok_or(rest)?;
                self = self.joined(table(inner, source, false)?, on)?;
            }
            _ => return Err(verb.to_string()),
        }
        Ok(self)
    }

    /// The value of an expression in each row.
    fn values(&self, text: &str) -> Result<Vec<Value>, Stuck> {
        let text = text.trim();
        let of = |function: &str| text.strip_prefix(function)?.strip_suffix(')');
        if let Some(inner) = of("tolower(") {
            return Ok(self.values(inner)?.iter().map(|v| Value::String(word(v).to_ascii_lowercase())).collect());
        }
        if let Some(inner) = of("tostring(") {
            return Ok(self.values(inner)?.iter().map(|v| Value::String(word(v))).collect());
        }
        let same = |value: Value| Ok(vec![value; self.rows.len()]);
        if let Some(literal) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
            return if literal.contains('\'') { Err(text.to_string()) } else { same(Value::from(literal)) };
        }
        if let Ok(truth) = text.parse::<bool>() {
            return same(Value::Bool(truth));
        }
        let mut path = text.split('.');
        let column = path.next().unwrap_or_default();
        if !self.columns.iter().any(|c| c == column) || !path.clone().all(is_name) {
            return Err(text.to_string());
        }
        let below = |row: &Row| path.clone().fold(row.get(column), |value, name| value?.get(name)).cloned();
        Ok(self.rows.iter().map(|row| below(row).unwrap_or_default()).collect())
    }

    fn set(&mut self, name: &str, text: &str) -> Result<(), Stuck> {
        let values = self.values(text)?;
        self.put(name, values);
        Ok(())
    }

    fn put(&mut self, name: &str, values: Vec<Value>) {
        if !self.columns.iter().any(|c| c == name) {
            self.columns.push(name.to_string());
        }
        for (row, value) in self.rows.iter_mut().zip(values) {
            row.insert(name.to_string(), value);
        }
    }

    /// By a column, from A to Z; put in place one by one, as the jobs of a vault are.
    fn order(&mut self, name: &str) -> Result<(), Stuck> {
        let keys = self.values(name)?;
        let mut sorted: Vec<(String, Row)> = Vec::with_capacity(keys.len());
        for (key, row) in keys.iter().map(word).zip(std::mem::take(&mut self.rows)) {
            let place = sorted.iter().position(|(other, _)| *other > key).unwrap_or(sorted.len());
            sorted.insert(place, (key, row));
        }
        self.rows = sorted.into_iter().map(|(_, row)| row).collect();
        Ok(())
    }

    /// With the columns of another table, of its row that is the same in one column; null where there is none. A name
    /// that both have gets a 1, as in Kusto.
    fn joined(self, other: Table, on: &str) -> Result<Table, Stuck> {
        let (mine, theirs) = (self.values(on)?, other.values(on)?);
        let fresh = |name: &String| if self.columns.contains(name) { join(&[name, "1"]) } else { name.clone() };
        let columns = self.columns.iter().cloned().chain(other.columns.iter().map(fresh)).collect();
        let mut rows = Vec::with_capacity(self.rows.len());
        for (row, key) in self.rows.iter().zip(&mine) {
            let before = rows.len();
            for (found, _) in other.rows.iter().zip(&theirs).filter(|(_, their)| *their == key && !key.is_null()) {
                let mut row = row.clone();
                row.extend(found.iter().map(|(name, value)| (fresh(name), value.clone())));
                rows.push(row);
            }
            if rows.len() == before {
                rows.push(row.clone());
            }
        }
        Ok(Table { columns, rows })
    }
}

/// `name = value`.
fn named(text: &str) -> Result<(&str, &str), Stuck> {
    let (name, value) = text.split_once('=').ok_or(text)?;
    let name = name.trim();
    if is_name(name) { Ok((name, value.trim())) } else { Err(text.to_string()) }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A value as a text: nothing where there is none.
fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
