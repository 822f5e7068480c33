//! As much of the resource graph's language as a projection needs: a table, and step by step what becomes of it. What
//! is not understood is refused, for an answer to something else would be worse.
//!
//! ```text
//! table | where value =~ 'text' and value contains 'text' … | extend name = value
//!       | join kind=leftouter (…) on name | project name, name = value | order by name asc (or desc)
//! ```
//!
//! A value is a path into a row (`a.b['c d']`), a text, `true` or `false`, or `tolower(…)` or `tostring(…)` of one.

use super::text::{array, join, quoted};
use serde_json::Value;
use std::rc::Rc;

/// Where rows come from: those of a table that are of a type, as JSON.
pub type Source<'a> = dyn Fn(&str, &str) -> Vec<String> + 'a;

/// The columns that every resource has.
const COLUMNS: &str = " id name type tenantId kind location resourceGroup subscriptionId managedBy sku plan properties tags \
                       identity zones ";

/// Something, or the words at which a query is not understood.
type Known<'q, T> = Result<T, &'q str>;

/// A row: what it came from, and the values that were put beside it or in its place. Values are JSON texts: two are the
/// same if their texts are.
#[derive(Clone)]
struct Row {
    source: Rc<Value>,
    own: Vec<String>,
}

struct Table {
    /// Whether the columns that every resource has are still there.
    whole: bool,
    /// The names of a row's own values.
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// The rows that a query asks for, with the columns in their order, as JSON; or the words at which it is not understood.
pub fn run(query: &str, source: &Source) -> Result<Vec<String>, String> {
    let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
    let table = table(&query, source, true).map_err(str::to_string)?;
    let mut told = Vec::new();
    for row in &table.rows {
        let mut object = String::new();
        for (name, value) in table.columns.iter().zip(&row.own) {
            object = join(&[&object, if object.is_empty() { "{" } else { "," }, &quoted(name), ":", value]);
        }
        told.push(join(&[&object, "}"]));
    }
    Ok(told)
}

/// Whether the columns of a query's answer are chosen.
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
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(text.get(from..).unwrap_or_default().trim());
    all
}

fn table<'q>(query: &'q str, source: &Source, may_join: bool) -> Known<'q, Table> {
    let steps = parts(query, '|');
    let (name, steps) = steps.split_first().ok_or("")?;
    // Nobody here asks for resources of every type: the first step says which.
    let first = steps.first().and_then(|step| step.strip_prefix("where type =~ '"));
    let kind = first.and_then(|rest| rest.split('\'').next()).ok_or(*name)?;
    let table = name.to_ascii_lowercase();
    if !["recoveryservicesresources", "resources", "resourcecontainers"].contains(&table.as_str()) {
        return Err(name);
    }
    let rows = source(&table, &kind.to_ascii_lowercase());
    let mut table = Table { whole: true, columns: Vec::new(), rows: Vec::new() };
    for row in rows {
        let source = Rc::new(serde_json::from_str(&row).unwrap_or_default());
        table.rows.push(Row { source, own: Vec::new() });
    }
    for step in steps {
        table = table.step(step, source, may_join)?;
    }
    Ok(table)
}

impl Table {
    fn step<'q>(mut self, step: &'q str, source: &Source, may_join: bool) -> Known<'q, Table> {
        let (verb, rest) = step.split_once(' ').ok_or(step)?;
        match verb {
            "where" => {
                for condition in rest.split(" and ") {
                    let equal = condition.split_once(" =~ ");
                    let (left, right) = equal.or_else(|| condition.split_once(" contains ")).ok_or(condition)?;
                    let (found, wanted) = (self.values(left)?, self.values(right)?);
                    let mut keep = found.iter().zip(&wanted).map(|(a, b)| match equal {
                        Some(_) => is_text(a) && a.eq_ignore_ascii_case(b),
                        None => {
                            is_text(a) && a.to_ascii_lowercase().contains(&b.trim_matches('"').to_ascii_lowercase())
                        }
                    });
                    self.rows.retain(|_| keep.next().unwrap_or_default());
                }
            }
            "extend" => {
                let (name, value) = named(rest)?;
                let values = self.values(value)?;
                self.put(name, values);
            }
            "project" => {
                let mut chosen = Vec::new();
                for item in parts(rest, ',') {
                    let (name, value) = if item.contains('=') { named(item)? } else { named_so(item)? };
                    chosen.push((name, self.values(value)?));
                }
                self.whole = false;
                self.columns.clear();
                self.rows.iter_mut().for_each(|row| row.own.clear());
                for (name, values) in chosen {
                    self.put(name, values);
                }
            }
            "order" => {
                let (name, way) = rest.strip_prefix("by ").and_then(|by| by.split_once(' ')).ok_or(rest)?;
                let down = way == "desc";
                if !down && way != "asc" {
                    return Err(rest);
                }
                self.order(name, down)?;
            }
            "join" if may_join => {
                let inner = rest.strip_prefix("kind=leftouter (").ok_or(rest)?;
                let (inner, on) = inner.split_once(") on ").ok_or(rest)?;
                let other = table(inner, source, false)?;
                self.join(&other, on)?;
            }
            _ => return Err(verb),
        }
        Ok(self)
    }

    /// The value of an expression in each row.
    fn values<'q>(&self, text: &'q str) -> Known<'q, Vec<String>> {
        let text = text.trim();
        let of = |function: &str| text.strip_prefix(function)?.strip_suffix(')');
        let lower = of("tolower(");
        if let Some(inner) = lower.or_else(|| of("tostring(")) {
            let mut values = self.values(inner)?;
            for value in &mut values {
                if value == "null" {
                    value.clear();
                }
                if !is_text(value) {
                    *value = quoted(value);
                }
                if lower.is_some() {
                    value.make_ascii_lowercase();
                }
            }
            return Ok(values);
        }
        let literal = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        let literal = literal.filter(|inner| !inner.contains('\'')).map(quoted);
        if let Some(literal) = literal.or_else(|| ["true", "false"].contains(&text).then(|| text.to_string())) {
            return Ok(vec![literal; self.rows.len()]);
        }
        if let Some(at) = self.columns.iter().position(|c| c == text) {
            return Ok(self.rows.iter().filter_map(|row| row.own.get(at)).cloned().collect());
        }
        let path = path(text).ok_or(text)?;
        let column = path.first().copied().unwrap_or_default();
        if !self.whole || !COLUMNS.contains(&join(&[" ", column, " "])) {
            return Err(text);
        }
        let mut values = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let found = path.iter().try_fold(&*row.source, |value, name| value.get(*name));
            values.push(found.map_or_else(|| "null".to_string(), json));
        }
        Ok(values)
    }

    fn put(&mut self, name: &str, values: Vec<String>) {
        let at = self.columns.iter().position(|c| c == name);
        if at.is_none() {
            self.columns.push(name.to_string());
        }
        for (row, value) in self.rows.iter_mut().zip(values) {
            match at.and_then(|at| row.own.get_mut(at)) {
                Some(there) => *there = value,
                None => row.own.push(value),
            }
        }
    }

    /// By a column, from A to Z or from Z to A; put in place one by one, as the jobs of a vault are.
    fn order<'q>(&mut self, name: &'q str, down: bool) -> Known<'q, ()> {
        let (keys, mut sorted) = (self.values(name)?, Vec::<(String, Row)>::new());
        for (key, row) in keys.into_iter().zip(std::mem::take(&mut self.rows)) {
            let after = |(other, _): &(String, Row)| if down { *other < key } else { *other > key };
            let place = sorted.iter().position(after).unwrap_or(sorted.len());
            sorted.insert(place, (key, row));
        }
        self.rows = sorted.into_iter().map(|(_, row)| row).collect();
        Ok(())
    }

    /// With the columns of another table beside its own, of the row there that is the same in one column; null where there
    /// is none. A name that both have gets a 1, as in Kusto.
    fn join<'q>(&mut self, other: &Table, on: &'q str) -> Known<'q, ()> {
        let (mine, theirs) = (self.values(on)?, other.values(on)?);
        let mut rows = Vec::with_capacity(mine.len());
        for (mut row, key) in std::mem::take(&mut self.rows).into_iter().zip(&mine) {
            let before = rows.len();
            for (found, _) in other.rows.iter().zip(&theirs).filter(|(_, their)| *their == key && is_text(key)) {
                let mut row = row.clone();
                row.own.extend_from_slice(&found.own);
                rows.push(row);
            }
            if rows.len() == before {
                row.own.resize(self.columns.len() + other.columns.len(), "null".to_string());
                rows.push(row);
            }
        }
        self.rows = rows;
        for name in &other.columns {
            let there = self.columns.contains(name) || (self.whole && COLUMNS.contains(&join(&[" ", name, " "])));
            self.columns.push(if there { join(&[name, "1"]) } else { name.clone() });
        }
        Ok(())
    }
}

/// `name = value`.
fn named(text: &str) -> Known<'_, (&str, &str)> {
    let (name, value) = text.split_once('=').ok_or(text)?;
    Ok((named_so(name.trim())?.0, value))
}

/// A name that is a value's as well.
fn named_so(text: &str) -> Known<'_, (&str, &str)> {
    if is_name(text) { Ok((text, text)) } else { Err(text) }
}

/// The names of a path: `a.b`, and `['b c']` for one that is no word.
fn path(text: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for part in text.split('.') {
        let (name, inner) = part.split_once("['").map_or((part, None), |(name, rest)| (name, Some(rest)));
        if !is_name(name) {
            return None;
        }
        names.push(name);
        if let Some(inner) = inner {
            names.push(inner.strip_suffix("']").filter(|inner| !inner.contains('\''))?);
        }
    }
    Some(names)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn is_text(json: &str) -> bool {
    json.starts_with('"')
}

/// A value as JSON: written here, since the library's way brings all of its formatting of numbers along.
fn json(value: &Value) -> String {
    match value {
        Value::Null => "null".to_string(),
        Value::Bool(truth) => if *truth { "true" } else { "false" }.to_string(),
        Value::Number(number) => number.as_f64().map_or(0, |number| number as i64).to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => array(&items.iter().map(json).collect::<Vec<_>>()),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| join(&[&quoted(name), ":", &json(value)]);
            join(&["{", &members.iter().map(member).collect::<Vec<_>>().join(","), "}"])
        }
    }
}
