//! What is drawn, as HTML: for tests on the host, where there is no page.

use super::ctx::Ctx;
use super::node::{El, Node, fixed};
use super::slot;
use std::rc::Rc;

/// Writes it, with what ticks as it is now.
pub fn write(ctx: &Rc<Ctx>, nodes: Vec<Node>, buf: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => buf.push_str(&escaped(&text)),
            Node::Tick(tick, at) => buf.push_str(&escaped(&tick.says(at, ctx.now()))),
            Node::Element(element) => write_element(ctx, *element, buf),
        }
    }
}

/// Attributes, then classes, then properties (`.value`), which no HTML has but a test wants to see.
fn write_element(ctx: &Rc<Ctx>, element: El, buf: &mut String) {
    let fixed = fixed(element.spec);
    let (mut class, mut properties) = (fixed.class, String::new());
    buf.push_str(&format!("<{}", fixed.tag));
    for (name, value) in fixed.attributes {
        buf.push_str(&format!(" {name}=\"{}\"", escaped(value)));
    }
    for (name, value) in element.attributes {
        match name {
            "class" => class = value,
            ".value" => properties.push_str(&format!(" .value=\"{}\"", escaped(&value))),
            _ if !name.starts_with('.') => buf.push_str(&format!(" {name}=\"{}\"", escaped(&value))),
            _ if value.is_empty() => {}
            _ => properties.push_str(&format!(" {name}")),
        }
    }
    if !class.is_empty() {
        buf.push_str(&format!(" class=\"{class}\""));
    }
    buf.push_str(&properties);
    buf.push('>');
    write(ctx, element.slot.map_or(element.kids, |slot| slot::kids(ctx, &slot)), buf);
    if !matches!(fixed.tag, "br" | "input") {
        buf.push_str(&format!("</{}>", fixed.tag));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
