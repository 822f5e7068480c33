//! The newest point of each server that is on screen, asked for some at a time. Weekly backups are the rule, so that the
//! points of fifteen days have the newest one; only where there is none is the whole list's first page read.

use crate::azure::calls;
use crate::azure::id::InstanceId;
use crate::azure::page::Page;
use crate::azure::wire::Point;
use crate::fault::{Fault, Step};
use crate::flow::ask::{Ask, Heard};
use crate::flow::{Context, Told};
use crate::moment::{Moment, Span};

/// So many are asked for at once: a page of rows is there in a second or two, and what the person does next is not kept
/// waiting behind it.
const SIDE_BY_SIDE: usize = 4;

/// After so many tries in vain a place is free for the next: whatever keeps one from being told keeps no other.
const TRIES: usize = 3;

/// How far back the newest point is looked for first.
const RECENT: Span = Span::from_secs(15 * 86_400);

/// What is known of the newest points.
#[derive(Clone, Debug, Default)]
pub struct Newest {
    /// By key.
    entries: Vec<Entry>,
    /// The keys of those that are to be asked for, the first first.
    waiting: Vec<String>,
    asked: Vec<Asked>,
}

/// What is known of one server's.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What Azure said, or why it did not.
    pub known: Option<Known>,
    /// Whether it is being read, or waits to be.
    pub reading: bool,
    key: String,
    id: InstanceId,
}

/// The newest point of a server.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// It was made then.
    Made(Moment),
    /// There is none.
    None,
    /// It cannot be told.
    Untold(Fault),
}

#[derive(Clone, Debug)]
struct Asked {
    key: String,
    id: InstanceId,
    /// Whether all points are asked for.
    all: bool,
    /// How often in a row it came to nothing.
    tries: usize,
    ask: Ask<Page<Point>>,
}

impl Newest {
    /// What is known of an instance's, by its id in lower case.
    pub fn of(&self, key: &str) -> Option<&Entry> {
        self.entries.get(self.place(key)).filter(|entry| entry.key == key)
    }

    fn place(&self, key: &str) -> usize {
        self.entries.partition_point(|entry| entry.key.as_str() < key)
    }

    fn entry(&mut self, key: &str) -> Option<&mut Entry> {
        let place = self.place(key);
        self.entries.get_mut(place).filter(|entry| entry.key == key)
    }

    /// Whether any waits to be asked for.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// It is on screen. What was asked for once is not asked for again.
    pub fn want(&mut self, id: &InstanceId) {
        let mut key = id.path();
        key.make_ascii_lowercase();
        let place = self.place(&key);
        if self.entries.get(place).is_none_or(|entry| entry.key != key) {
            self.waiting.push(key.clone());
            self.entries.insert(place, Entry { known: None, reading: true, key, id: id.clone() });
        }
    }

    /// Those that are drawn are asked for anew, and shown as they were until then; others once they are seen again.
    pub fn again(&mut self, drawn: &[&str]) {
        self.entries.retain(|entry| entry.reading || drawn.contains(&entry.key.as_str()));
        for entry in self.entries.iter_mut().filter(|entry| !entry.reading) {
            entry.reading = true;
            self.waiting.push(entry.key.clone());
        }
    }

    /// What is not drawn any more is asked for no more, until it is seen again.
    pub fn keep(&mut self, drawn: &[&str]) {
        let gone = |key: &String| !drawn.contains(&key.as_str());
        if self.waiting.iter().any(gone) {
            let Newest { entries, waiting, .. } = self;
            entries.retain(|entry| !(waiting.contains(&entry.key) && gone(&entry.key)));
            waiting.retain(|key| !gone(key));
        }
    }

    /// Asks for as many as may be asked for at once.
    pub fn fill(&mut self, context: &mut Context<'_>) {
        while self.asked.len() < SIDE_BY_SIDE && !self.waiting.is_empty() {
            let key = self.waiting.remove(0);
            let Some(id) = self.entry(&key).map(|entry| entry.id.clone()) else { continue };
            let ask = ask(&id, false, context);
            self.asked.push(Asked { key, id, all: false, tries: 0, ask });
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        for mut asked in std::mem::take(&mut self.asked) {
            let (known, over) = match asked.ask.hear(told, context) {
                Heard::Nothing => (None, false),
                Heard::Again => {
                    asked.tries += usize::from(asked.ask.trouble().is_some_and(|fault| !fault.is_general()));
                    let over = asked.tries >= TRIES;
                    if over {
                        asked.ask.stop(context);
                    }
                    (asked.ask.trouble().cloned().map(Known::Untold), over)
                }
                Heard::Refused(fault) => (Some(Known::Untold(fault)), true),
                Heard::Got(page) => match page.items.iter().map(|point| point.made).max() {
                    Some(made) => (Some(Known::Made(made)), true),
                    None if asked.all => (Some(Known::None), true),
                    None => {
                        asked.all = true;
                        asked.ask = ask(&asked.id, true, context);
                        (None, false)
                    }
                },
            };
            if let Some(entry) = self.entry(&asked.key) {
                // What was known stays while it is asked for again.
                if known.is_some() && (over || !matches!(entry.known, Some(Known::Made(_) | Known::None))) {
                    entry.known = known;
                }
                entry.reading = !over;
            }
            if !over {
                self.asked.push(asked);
            }
        }
    }

    /// Asks at once for what rests, and once more for what could not be told and is drawn.
    pub fn hurry(&mut self, drawn: &[&str], context: &mut Context<'_>) {
        self.asked.iter_mut().for_each(|asked| asked.ask.hurry(context));
        let untold = |entry: &&mut Entry| !entry.reading && matches!(entry.known, Some(Known::Untold(_)));
        for entry in self.entries.iter_mut().filter(untold) {
            if drawn.contains(&entry.key.as_str()) {
                entry.reading = true;
                self.waiting.push(entry.key.clone());
            }
        }
    }
}

fn ask(id: &InstanceId, all: bool, context: &mut Context<'_>) -> Ask<Page<Point>> {
    let from = if all { None } else { Some(context.now - RECENT) };
    Ask::now(calls::points(context.arm, id, from, None), Step::Points, context)
}
