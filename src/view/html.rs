//! What is drawn, as HTML: for tests on the host, where there is no page.

use super::node::{El, Flag, Node, Value};

impl Node {
    /// Writes it, with what is live as it is now.
    pub fn html(self, buf: &mut String) {
        match self {
            Node::Text(text) => buf.push_str(&escaped(&text)),
            Node::Element(element) => element.html(buf),
            Node::List(list) => list.nodes().for_each(|node| node.html(buf)),
            Node::Live(mut draw) => draw().html(buf),
            Node::Nothing => {}
        }
    }
}

impl El {
    /// Attributes, then classes, then properties (`.value`), which no HTML has but a test wants to see.
    fn html(self, buf: &mut String) {
        let (mut class, mut properties) = (String::new(), String::new());
        buf.push_str(&format!("<{}", self.tag));
        for (name, value) in self.attributes {
            match value {
                Value::Attribute(value) if name == "class" => class.push_str(&value),
                Value::Attribute(value) => buf.push_str(&format!(" {name}=\"{}\"", escaped(&value))),
                Value::Property(value) => properties.push_str(&format!(" .{name}=\"{}\"", escaped(&value))),
                Value::Switch(true) => properties.push_str(&format!(" .{name}")),
                Value::Switch(false) => {}
            }
        }
        for (flag, on) in self.flags {
            match flag {
                Flag::Class(name) if on() => class.push_str(&format!(" {name}")),
                Flag::Property(name) if on() => properties.push_str(&format!(" .{name}")),
                _ => {}
            }
        }
        if !class.is_empty() {
            buf.push_str(&format!(" class=\"{}\"", class.trim()));
        }
        buf.push_str(&properties);
        buf.push('>');
        for kid in self.kids {
            kid.html(buf);
        }
        if !matches!(self.tag, "br" | "input") {
            buf.push_str(&format!("</{}>", self.tag));
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
