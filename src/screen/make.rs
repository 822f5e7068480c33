//! Writing a page: parts, runs of text, facts, checks and buttons, each put behind the one before.
//!
//! These are called about a thousand times. They are compiled once each, and put what they make where it belongs in
//! place of handing it around: built in every place that needs one, parts would be a good share of the program's bytes.

use super::block::{Act, Block, Button, Check, Choice, Fact, Icon, Input, Span, Text, Tone, Weight};
use super::{Page, Steps};
use crate::app::{Event, Field};
use crate::moment::Moment;

/// A text of one run.
#[inline(never)]
pub fn plain(text: &str) -> Text {
    let mut line = Text::new();
    line.say(text);
    line
}

/// A text of one instant.
#[inline(never)]
pub fn time(at: Moment) -> Text {
    vec![Span::Time(at)]
}

/// A field for a value as Azure writes it.
#[inline(never)]
pub fn input(field: Field, label: &str, hint: Text, error: Option<Text>, value: &str) -> Input {
    let (label, value) = (label.to_string(), value.to_string());
    Input { field, label, hint, error, value, ending: None, code: true, options: Vec::new() }
}

/// A choice.
#[inline(never)]
pub fn choice(field: Field, label: &str, hint: Text, error: Option<Text>, options: Vec<(String, Text, bool)>) -> Block {
    Block::Choice(Choice { field, label: label.to_string(), hint, error, options })
}

impl Page {
    /// A page with its key, its steps and its heading.
    #[inline(never)]
    pub fn new(key: String, steps: Option<Steps>, title: &str) -> Page {
        Page { key, steps, title: title.to_string(), ..Page::default() }
    }
}

/// Writes a text run by run.
pub trait Write {
    /// Puts a run behind the others.
    fn add(&mut self, span: Span) -> &mut Self;
    /// Text as it is.
    fn say(&mut self, text: &str) -> &mut Self;
    /// Stressed text.
    fn strong(&mut self, text: &str) -> &mut Self;
    /// Less important text.
    fn quiet(&mut self, text: &str) -> &mut Self;
    /// A value as Azure writes it.
    fn code(&mut self, text: &str) -> &mut Self;
    /// An icon and a word.
    fn state(&mut self, tone: Tone, word: &str) -> &mut Self;
    /// A value to copy, and what it is.
    fn copy(&mut self, what: &str, value: &str) -> &mut Self;
    /// A link to a place in this program.
    fn link(&mut self, text: &str, href: String) -> &mut Self;
    /// A link to another site.
    fn out(&mut self, text: &str, href: &str) -> &mut Self;
    /// An instant.
    fn time(&mut self, at: Moment) -> &mut Self;
    /// How long ago a moment was.
    fn ago(&mut self, at: Moment) -> &mut Self;
    /// A button that looks like a link.
    fn press(&mut self, text: &str, event: Event) -> &mut Self;
    /// The next line.
    fn line(&mut self) -> &mut Self;
    /// "Asks again in 10 s.", if it rests.
    fn asks_again(&mut self, at: Option<Moment>) -> &mut Self;
}

impl Write for Text {
    #[inline(never)]
    fn add(&mut self, span: Span) -> &mut Self {
        self.push(span);
        self
    }
    #[inline(never)]
    fn say(&mut self, text: &str) -> &mut Self {
        self.add(Span::Text(text.to_string()))
    }
    #[inline(never)]
    fn strong(&mut self, text: &str) -> &mut Self {
        self.add(Span::Strong(text.to_string()))
    }
    #[inline(never)]
    fn quiet(&mut self, text: &str) -> &mut Self {
        self.add(Span::Quiet(text.to_string()))
    }
    #[inline(never)]
    fn code(&mut self, text: &str) -> &mut Self {
        self.add(Span::Code(text.to_string()))
    }
    #[inline(never)]
    fn state(&mut self, tone: Tone, word: &str) -> &mut Self {
        self.add(Span::State(tone, word.to_string()))
    }
    #[inline(never)]
    fn copy(&mut self, what: &str, value: &str) -> &mut Self {
        self.add(Span::Copy { what: what.to_string(), value: value.to_string() })
    }
    #[inline(never)]
    fn link(&mut self, text: &str, href: String) -> &mut Self {
        self.add(Span::Link { text: text.to_string(), more: String::new(), href })
    }
    fn out(&mut self, text: &str, href: &str) -> &mut Self {
        self.add(Span::Out { text: text.to_string(), href: href.to_string() })
    }
    #[inline(never)]
    fn time(&mut self, at: Moment) -> &mut Self {
        self.add(Span::Time(at))
    }
    #[inline(never)]
    fn ago(&mut self, at: Moment) -> &mut Self {
        self.add(Span::Ago(at))
    }
    #[inline(never)]
    fn press(&mut self, text: &str, event: Event) -> &mut Self {
        self.add(Span::Press { text: text.to_string(), more: String::new(), event })
    }
    #[inline(never)]
    fn line(&mut self) -> &mut Self {
        self.add(Span::Break)
    }
    #[inline(never)]
    fn asks_again(&mut self, at: Option<Moment>) -> &mut Self {
        if let Some(at) = at {
            self.say(crate::words::page::ASKS_AGAIN).add(Span::Until(at)).say(".");
        }
        self
    }
}

/// Puts buttons beside one another. What follows a button is about that button.
pub trait Press {
    /// A button that leads to a place in this program.
    fn go(&mut self, label: &str, address: String) -> &mut Self;
    /// A button that tells the application.
    fn tell(&mut self, label: &str, event: Event) -> &mut Self;
    /// A button that does something else.
    fn act(&mut self, label: &str, act: Act) -> &mut Self;
    /// It is the one thing to do on this page.
    fn primary(&mut self) -> &mut Self;
    /// It stands beside something else.
    fn quiet(&mut self) -> &mut Self;
    /// It has an icon.
    fn icon(&mut self, icon: Icon) -> &mut Self;
    /// It is as wide as its card.
    fn wide(&mut self) -> &mut Self;
    /// It cannot be pressed now, and why; nothing where it can.
    fn unless(&mut self, why: Option<&str>) -> &mut Self;
}

impl Press for Vec<Button> {
    #[inline(never)]
    fn go(&mut self, label: &str, address: String) -> &mut Self {
        self.act(label, Act::Go(address))
    }
    #[inline(never)]
    fn tell(&mut self, label: &str, event: Event) -> &mut Self {
        self.act(label, Act::Do(event))
    }
    #[inline(never)]
    fn act(&mut self, label: &str, act: Act) -> &mut Self {
        let label = label.to_string();
        self.push(Button { label, weight: Weight::Plain, icon: None, act, disabled: None, wide: false });
        self
    }
    #[inline(never)]
    fn primary(&mut self) -> &mut Self {
        if let Some(button) = self.last_mut() {
            button.weight = Weight::Primary;
        }
        self
    }
    #[inline(never)]
    fn quiet(&mut self) -> &mut Self {
        if let Some(button) = self.last_mut() {
            button.weight = Weight::Quiet;
        }
        self
    }
    #[inline(never)]
    fn icon(&mut self, icon: Icon) -> &mut Self {
        if let Some(button) = self.last_mut() {
            button.icon = Some(icon);
        }
        self
    }
    #[inline(never)]
    fn wide(&mut self) -> &mut Self {
        if let Some(button) = self.last_mut() {
            button.wide = true;
        }
        self
    }
    #[inline(never)]
    fn unless(&mut self, why: Option<&str>) -> &mut Self {
        if let Some(button) = self.last_mut() {
            button.disabled = why.map(str::to_string);
        }
        self
    }
}

/// Puts names and values below one another. What follows a fact is about that fact.
pub trait Tell {
    /// A name and a value.
    fn fact(&mut self, name: &str, value: Text) -> &mut Self;
    /// A name and a value in plain text.
    fn named(&mut self, name: &str, value: &str) -> &mut Self;
    /// A name and a value to copy, and what it is.
    fn id(&mut self, name: &str, what: &str, value: &str) -> &mut Self;
    /// A smaller line below the value.
    fn below(&mut self, line: Text) -> &mut Self;
    /// A link at the end of the line that changes it.
    fn change(&mut self, more: &str, href: &str) -> &mut Self;
}

impl Tell for Vec<Fact> {
    #[inline(never)]
    fn fact(&mut self, name: &str, value: Text) -> &mut Self {
        self.push(Fact { name: name.to_string(), value, below: Vec::new(), change: None });
        self
    }
    #[inline(never)]
    fn named(&mut self, name: &str, value: &str) -> &mut Self {
        self.fact(name, plain(value))
    }
    #[inline(never)]
    fn id(&mut self, name: &str, what: &str, value: &str) -> &mut Self {
        let mut text = Text::new();
        text.copy(what, value);
        self.fact(name, text)
    }
    #[inline(never)]
    fn below(&mut self, line: Text) -> &mut Self {
        if let Some(fact) = self.last_mut() {
            fact.below.push(line);
        }
        self
    }
    #[inline(never)]
    fn change(&mut self, more: &str, href: &str) -> &mut Self {
        let text = crate::words::page::CHANGE.to_string();
        let link = Span::Link { text, more: more.to_string(), href: href.to_string() };
        if let Some(fact) = self.last_mut() {
            fact.change = Some(link);
        }
        self
    }
}

/// A line of checks.
#[inline(never)]
pub fn check(checks: &mut Vec<Check>, tone: Tone, text: Text, word: Text, more: Vec<Block>) {
    checks.push(Check { tone, text, word, more });
}

/// Puts parts below one another.
pub trait Put {
    /// Puts a part behind the others.
    fn put(&mut self, block: Block) -> &mut Self;
    /// A paragraph.
    fn para(&mut self, text: Text) -> &mut Self;
    /// A paragraph of plain text.
    fn says(&mut self, text: &str) -> &mut Self;
    /// A smaller paragraph.
    fn small(&mut self, text: Text) -> &mut Self;
    /// A smaller paragraph of plain text.
    fn hints(&mut self, text: &str) -> &mut Self;
    /// A headed part of the page.
    fn section(&mut self, id: &str, title: &str, body: Vec<Block>) -> &mut Self;
    /// A headed card.
    fn card(&mut self, id: &str, title: &str, body: Vec<Block>) -> &mut Self;
    /// A message.
    fn note(&mut self, tone: Tone, icon: Option<Icon>, title: &str, body: Vec<Block>) -> &mut Self;
    /// A message of one sentence below its heading.
    fn notice(&mut self, tone: Tone, icon: Option<Icon>, title: &str, text: &str) -> &mut Self;
    /// What is going on, or how it ended.
    fn status(&mut self, tone: Tone, title: &str, text: Text) -> &mut Self;
    /// Something goes on; how far it is, nobody knows.
    fn progress(&mut self, words: &str) -> &mut Self;
    /// The page is being read, and nothing of it has come.
    fn coming(&mut self, words: &str) -> &mut Self;
    /// Buttons beside one another.
    fn buttons(&mut self, buttons: Vec<Button>) -> &mut Self;
    /// Names and values.
    fn facts(&mut self, facts: Vec<Fact>) -> &mut Self;
    /// Items in no order.
    fn bullets(&mut self, items: Vec<Text>) -> &mut Self;
    /// Details that can be opened.
    fn fold(&mut self, id: &str, summary: &str, body: Vec<Block>) -> &mut Self;
    /// Text to copy.
    fn source(&mut self, what: &str, text: &str) -> &mut Self;
}

impl Put for Vec<Block> {
    #[inline(never)]
    fn put(&mut self, block: Block) -> &mut Self {
        self.push(block);
        self
    }
    #[inline(never)]
    fn para(&mut self, text: Text) -> &mut Self {
        self.put(Block::Para(text))
    }
    #[inline(never)]
    fn says(&mut self, text: &str) -> &mut Self {
        self.para(plain(text))
    }
    #[inline(never)]
    fn small(&mut self, text: Text) -> &mut Self {
        self.put(Block::Small(text))
    }
    #[inline(never)]
    fn hints(&mut self, text: &str) -> &mut Self {
        self.small(plain(text))
    }
    #[inline(never)]
    fn section(&mut self, id: &str, title: &str, body: Vec<Block>) -> &mut Self {
        self.put(Block::Section { id: id.to_string(), title: title.to_string(), body })
    }
    #[inline(never)]
    fn card(&mut self, id: &str, title: &str, body: Vec<Block>) -> &mut Self {
        self.put(Block::Card { id: id.to_string(), title: title.to_string(), body })
    }
    #[inline(never)]
    fn note(&mut self, tone: Tone, icon: Option<Icon>, title: &str, body: Vec<Block>) -> &mut Self {
        self.put(Block::Note { tone, icon, title: title.to_string(), body })
    }
    #[inline(never)]
    fn notice(&mut self, tone: Tone, icon: Option<Icon>, title: &str, text: &str) -> &mut Self {
        let mut body = Vec::new();
        body.says(text);
        self.note(tone, icon, title, body)
    }
    #[inline(never)]
    fn status(&mut self, tone: Tone, title: &str, text: Text) -> &mut Self {
        self.put(Block::Status(tone, title.to_string(), text))
    }
    #[inline(never)]
    fn progress(&mut self, words: &str) -> &mut Self {
        self.put(Block::Progress(words.to_string()))
    }
    #[inline(never)]
    fn coming(&mut self, words: &str) -> &mut Self {
        self.progress(words).put(Block::Room)
    }
    #[inline(never)]
    fn buttons(&mut self, buttons: Vec<Button>) -> &mut Self {
        self.put(Block::Buttons(buttons))
    }
    #[inline(never)]
    fn facts(&mut self, facts: Vec<Fact>) -> &mut Self {
        self.put(Block::Facts(facts))
    }
    #[inline(never)]
    fn bullets(&mut self, items: Vec<Text>) -> &mut Self {
        self.put(Block::Bullets(items))
    }
    #[inline(never)]
    fn fold(&mut self, id: &str, summary: &str, body: Vec<Block>) -> &mut Self {
        self.put(Block::Fold { id: id.to_string(), summary: plain(summary), body })
    }
    #[inline(never)]
    fn source(&mut self, what: &str, text: &str) -> &mut Self {
        self.put(Block::Code { what: what.to_string(), text: text.to_string() })
    }
}
