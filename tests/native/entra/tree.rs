//! Bicep and Terraform as trees: what stands where, as their grammars read it.

use serde_json::{Map, Value};
use tree_sitter::{Language, Node, Parser};

/// A file, read whole: a syntax error is told with its line.
pub struct Source {
    text: String,
    language: Language,
}

impl Source {
    pub fn new(text: String, language: impl Into<Language>) -> Source {
        Source { text, language: language.into() }
    }

    /// What is made of the top of the tree.
    #[track_caller]
    pub fn read<T>(&self, read: impl Fn(Node, &str) -> T) -> T {
        let mut parser = Parser::new();
        parser.set_language(&self.language).unwrap();
        let tree = parser.parse(&self.text, None).unwrap();
        let wrong = first_error(tree.root_node());
        assert!(wrong.is_none(), "a syntax error in line {}", wrong.unwrap().start_position().row + 1);
        read(tree.root_node(), &self.text)
    }
}

fn first_error(node: Node) -> Option<Node> {
    if node.is_error() || node.is_missing() {
        return Some(node);
    }
    children(node).into_iter().find_map(first_error)
}

pub fn children(node: Node) -> Vec<Node> {
    let mut cursor = node.walk();
    node.children(&mut cursor).collect()
}

pub fn named(node: Node) -> Vec<Node> {
    children(node).into_iter().filter(|child| child.is_named() && child.kind() != "comment").collect()
}

pub fn said<'a>(node: Node, text: &'a str) -> &'a str {
    node.utf8_text(text.as_bytes()).unwrap()
}

/// Puts a value at a name; what is there several times becomes a list.
pub fn put(into: &mut Map<String, Value>, name: &str, value: Value) {
    match into.get_mut(name) {
        Some(Value::Array(all)) => all.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
        None => {
            into.insert(name.to_string(), value);
        }
    }
}

/// A literal, or the words of whatever else stands there.
pub fn literal(text: &str) -> Value {
    let quoted = |mark: char| text.strip_prefix(mark)?.strip_suffix(mark).map(str::to_string);
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => Value::String(quoted('"').or(quoted('\'')).unwrap_or_else(|| text.to_string())),
    }
}
