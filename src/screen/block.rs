//! The parts that every page is made of, as plain data: what is there, in which tone, and what pressing it means.
//!
//! A part holds finished sentences and finished events. The view draws parts and decides nothing; a test prints
//! them as text.

use crate::app::{Event, Field};
use crate::moment::Moment;

/// What a state means. Always shown by an icon *and* a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad: information, waiting, idle.
    Plain,
    /// Good, done.
    Ok,
    /// Look at this before going on.
    Warn,
    /// Failed, or will.
    Bad,
    /// Going on right now.
    Busy,
}

/// The icons, drawn by the view on a grid of 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// The program's mark.
    Brand,
    /// A person: the account.
    Person,
    /// A tick in a circle.
    Ok,
    /// An exclamation mark in a triangle.
    Warn,
    /// A cross in an octagon.
    Bad,
    /// An open circle, turning.
    Busy,
    /// A dash in a circle: not yet.
    Idle,
    /// An i in a circle.
    Info,
    /// A clock.
    Wait,
    /// Two sheets.
    Copy,
    /// An arrow to the right.
    Next,
    /// An arrow in a circle: once more.
    Again,
    /// A chain.
    Link,
    /// An arrow out of a box: leads to another site.
    Out,
    /// A key: permission, sign-in.
    Key,
    /// A server.
    Server,
    /// A vault.
    Vault,
    /// A container.
    Container,
    /// A file.
    File,
    /// A cross: not done by this program.
    Cross,
    /// A magnifying glass.
    Search,
    /// A flask: the simulation.
    Flask,
    /// A printer.
    Print,
}

/// A run of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// As it is.
    Text(String),
    /// Stressed: a name, a role.
    Strong(String),
    /// Less important.
    Quiet(String),
    /// A value as Azure writes it.
    Code(String),
    /// An instant: UTC, the reader's clock, how long ago.
    Time(Moment),
    /// An instant without its age, where changes are read out: UTC, the reader's clock.
    Clock(Moment),
    /// How long ago a moment was, ticking.
    Ago(Moment),
    /// How long from now a moment is, ticking; "now" once it has come.
    Until(Moment),
    /// How long something has been going on since a moment, ticking.
    Lasting(Moment),
    /// Keeps the room of an instant that is coming.
    Coming,
    /// An icon and a word.
    State(Tone, String),
    /// A value to copy, with the name of what it is for the button's label.
    Copy {
        /// What it is: "job id".
        what: String,
        /// The value, shown and copied.
        value: String,
    },
    /// A link to a place in this program (a fragment).
    Link {
        /// The words.
        text: String,
        /// What a screen reader hears besides: "Change *the server*".
        more: String,
        /// `#/…`
        href: String,
    },
    /// A link to another site, in a new tab.
    Out {
        /// The words.
        text: String,
        /// An https address that this program made itself.
        href: String,
    },
    /// A button that looks like a link.
    Press {
        /// The words.
        text: String,
        /// What a screen reader hears besides: "Forget *the restore*".
        more: String,
        /// What pressing it means.
        event: Event,
    },
    /// The next line.
    Break,
}

/// Runs of text that follow one another.
pub type Text = Vec<Span>;

/// What pressing a button does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Goes to a place in this program (a fragment): drawn as a link.
    Go(String),
    /// Opens another site in a new tab: drawn as a link.
    Out(String),
    /// Tells the application: drawn as a button.
    Do(Event),
    /// Submits the form around it.
    Submit,
    /// Prints the page.
    Print,
}

/// How much a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do on this page.
    Primary,
    /// One of several.
    Plain,
    /// Beside something else.
    Quiet,
}

/// A button, or a link that looks like one.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    /// Its words.
    pub label: String,
    /// How much it stands out.
    pub weight: Weight,
    /// An icon after (`Next`) or before the words.
    pub icon: Option<Icon>,
    /// What it does.
    pub act: Act,
    /// Why it cannot be pressed now, in words that are shown beside it.
    pub disabled: Option<String>,
    /// As wide as its card.
    pub wide: bool,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Which field: its id in the page, and what is told when it is typed into.
    pub field: Field,
    /// Its label.
    pub label: String,
    /// What may be typed.
    pub hint: Text,
    /// What is wrong with what was typed, and how to put it right.
    pub error: Option<Text>,
    /// What stands in it.
    pub value: String,
    /// What stands fixed behind it, with what it is for a screen reader.
    pub ending: Option<String>,
    /// A value as Azure writes it: drawn in the code font, without spell-checking.
    pub code: bool,
    /// Choices in place of free text: value and words.
    pub options: Vec<(String, String)>,
}

/// A choice among what is all in sight.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Which field: its id in the page, and what is told when something is chosen.
    pub field: Field,
    /// What is chosen.
    pub label: String,
    /// About what there is to choose from.
    pub hint: Text,
    /// What is wrong, and how to put it right.
    pub error: Option<Text>,
    /// Value, words, and whether it is the chosen one.
    pub options: Vec<(String, Text, bool)>,
}

/// One line of checks, of causes, of what has happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its tone: decides icon and colour.
    pub tone: Tone,
    /// What it says.
    pub text: Text,
    /// The word at its end.
    pub word: Text,
    /// What follows below it.
    pub more: Vec<Block>,
}

/// A name and its value, with a link to change it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// The value.
    pub value: Text,
    /// Smaller lines below the value.
    pub below: Vec<Text>,
    /// A link at the end of the line.
    pub change: Option<Span>,
}

/// One row of a small table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Tells rows apart over redraws.
    pub key: String,
    /// A cell for each column; a head has one.
    pub cells: Vec<Text>,
    /// Whether it is the head of the rows that follow it.
    pub head: bool,
    /// What is told once it comes on screen.
    pub shown: Option<Event>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Para(Text),
    /// A smaller, quieter paragraph.
    Small(Text),
    /// A headed part of the page.
    Section {
        /// Its id, unique in the page.
        id: String,
        /// Its heading (level 2).
        title: String,
        /// What is in it.
        body: Vec<Block>,
    },
    /// A headed card.
    Card {
        /// Its id, unique in the page.
        id: String,
        /// Its heading (level 2); empty for a card without one.
        title: String,
        /// What is in it.
        body: Vec<Block>,
    },
    /// A message beside what it is about; also an empty state.
    Note {
        /// Its tone.
        tone: Tone,
        /// An icon other than the tone's own.
        icon: Option<Icon>,
        /// Its heading.
        title: String,
        /// What is in it.
        body: Vec<Block>,
    },
    /// What is wrong with a form: focused when it appears, each line leading to its field.
    Errors {
        /// Its heading.
        title: String,
        /// The field and what to do there.
        lines: Vec<(Field, String)>,
    },
    /// Names and values.
    Facts(Vec<Fact>),
    /// Names and values, a line each, with links to change them.
    Lined(Vec<Fact>),
    /// Lines with a mark, a text and a word.
    Checks(Vec<Check>),
    /// A small table: column heads, rows. Long lists have their own slot in the page.
    Table {
        /// What the table holds, for a screen reader.
        label: String,
        /// The heads of its columns.
        columns: Vec<String>,
        /// Its rows.
        rows: Vec<Row>,
    },
    /// Items in order.
    Steps(Vec<Text>),
    /// Items in no order.
    Bullets(Vec<Text>),
    /// Large steps with an icon, a heading and a sentence each.
    Outline(Vec<(Icon, String, String)>),
    /// Buttons beside one another.
    Buttons(Vec<Button>),
    /// A field.
    Input(Input),
    /// A choice.
    Choice(Choice),
    /// A form: its fields and buttons, and what submitting it means.
    Form(Vec<Block>, Event),
    /// Text to copy.
    Code {
        /// What it is, for the copy button's label: "the request".
        what: String,
        /// The text.
        text: String,
    },
    /// Something is going on; how far it is, nobody knows.
    Progress(String),
    /// Keeps the room of what is coming, so that nothing below it moves when it is there.
    Room,
    /// Details that can be opened.
    Fold {
        /// Tells it apart over redraws.
        id: String,
        /// What it holds.
        summary: Text,
        /// What is in it.
        body: Vec<Block>,
    },
    /// Several of which one is in sight at a time, each below its name; the first one to begin with.
    Tabs(String, Vec<(String, Vec<Block>)>),
    /// A button that opens to texts to copy, and to pass on where the browser can.
    Share {
        /// What it is about: the subject of a mail.
        title: String,
        /// The address.
        url: String,
        /// A short text: words, instants, line breaks. The reader's clock finishes it.
        text: Text,
        /// The address as a link in Markdown.
        markdown: String,
        /// Whether the browser can hand it to the system.
        sheet: bool,
    },
    /// Blocks beside one another where there is room.
    Pair(Vec<Block>),
    /// A heading of level 2 whose changes are read out politely: what is happening now.
    Status(Tone, String, Text),
    /// How many there are, read out politely where it changes; since when that is known; what can be done about it.
    Count(Text, Text, Vec<Button>),
}
