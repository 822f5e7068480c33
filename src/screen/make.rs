//! Making parts in few words. These are called hundreds of times and write many fields each: compiled into every
//! place that calls them they would make up a good part of the program's bytes, so they are compiled once.

use super::block::{Act, Block, Button, Fact, Icon, Span, Text, Tone, Weight};

impl Span {
    /// Text as it is.
    #[inline(never)]
    pub fn text(text: &str) -> Span {
        Span::Text(text.to_string())
    }
    /// Stressed text.
    #[inline(never)]
    pub fn strong(text: &str) -> Span {
        Span::Strong(text.to_string())
    }
    /// A value as Azure writes it.
    #[inline(never)]
    pub fn code(text: &str) -> Span {
        Span::Code(text.to_string())
    }
    /// Less important text.
    #[inline(never)]
    pub fn quiet(text: &str) -> Span {
        Span::Quiet(text.to_string())
    }
    /// A value to copy, and what it is.
    #[inline(never)]
    pub fn copy(what: &str, value: &str) -> Span {
        Span::Copy { what: what.to_string(), value: value.to_string() }
    }
    /// A link to a place in this program.
    #[inline(never)]
    pub fn link(text: &str, href: String) -> Span {
        Span::Link { text: text.to_string(), more: String::new(), href }
    }
}

/// A text of one run.
#[inline(never)]
pub fn plain(text: &str) -> Text {
    vec![Span::text(text)]
}

impl Button {
    /// A button among others.
    #[inline(never)]
    pub fn new(label: &str, act: Act) -> Button {
        Button { label: label.to_string(), weight: Weight::Plain, icon: None, act, disabled: None, wide: false }
    }
    /// The one thing to do on this page.
    #[inline(never)]
    pub fn primary(label: &str, act: Act) -> Button {
        Button::new(label, act).weight(Weight::Primary)
    }
    /// A button beside something else.
    #[inline(never)]
    pub fn quiet(label: &str, act: Act) -> Button {
        Button::new(label, act).weight(Weight::Quiet)
    }
    /// A button that leads to a place in this program.
    #[inline(never)]
    pub fn go(label: &str, address: String) -> Button {
        Button::new(label, Act::Go(address))
    }
    /// How much it stands out.
    pub fn weight(mut self, weight: Weight) -> Button {
        self.weight = weight;
        self
    }
    /// With an icon.
    #[inline(never)]
    pub fn icon(mut self, icon: Icon) -> Button {
        self.icon = Some(icon);
        self
    }
    /// As wide as its card.
    #[inline(never)]
    pub fn wide(mut self) -> Button {
        self.wide = true;
        self
    }
    /// Not to be pressed now, and why.
    #[inline(never)]
    pub fn disabled(mut self, why: Option<String>) -> Button {
        self.disabled = why;
        self
    }
}

impl Fact {
    /// A name and a value.
    #[inline(never)]
    pub fn new(name: &str, value: Text) -> Fact {
        Fact { name: name.to_string(), value, below: Vec::new(), change: None }
    }
    /// A smaller line below.
    #[inline(never)]
    pub fn below(mut self, line: Text) -> Fact {
        self.below.push(line);
        self
    }
    /// A link at the end of the line.
    #[inline(never)]
    pub fn change(mut self, text: &str, more: &str, href: &str) -> Fact {
        self.change = Some(Span::Link { text: text.to_string(), more: more.to_string(), href: href.to_string() });
        self
    }
}

impl Block {
    /// A paragraph of plain text.
    #[inline(never)]
    pub fn para(text: &str) -> Block {
        Block::Para(plain(text))
    }
    /// A smaller paragraph of plain text.
    #[inline(never)]
    pub fn small(text: &str) -> Block {
        Block::Small(plain(text))
    }
    /// A headed part of the page.
    #[inline(never)]
    pub fn section(id: &str, title: &str, body: Vec<Block>) -> Block {
        Block::Section { id: id.to_string(), title: title.to_string(), body }
    }
    /// A headed card.
    #[inline(never)]
    pub fn card(id: &str, title: &str, body: Vec<Block>) -> Block {
        Block::Card { id: id.to_string(), title: title.to_string(), body }
    }
    /// A message.
    #[inline(never)]
    pub fn note(tone: Tone, icon: Option<Icon>, title: &str, body: Vec<Block>) -> Block {
        Block::Note { tone, icon, title: title.to_string(), body }
    }
    /// What is going on, or how it ended.
    #[inline(never)]
    pub fn status(tone: Tone, title: &str, text: Text) -> Block {
        Block::Status(tone, title.to_string(), text)
    }
    /// Text to copy.
    #[inline(never)]
    pub fn code(what: &str, text: String) -> Block {
        Block::Code { what: what.to_string(), text }
    }
}
