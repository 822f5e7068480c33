//! One paged list, first page to last. What has come so far can be shown while the rest is on its way; a fault
//! never takes away what did come.

use super::ask::{Asking, Heard};
use super::{Context, Told};
use crate::azure::call::{Answer, Call, Reader, Sending};
use crate::azure::page::{Next, Page};
use crate::azure::problem::ArmProblem;
use crate::fault::{Code, Fault, Step};
use std::ops::{Deref, DerefMut};

/// More pages than any list here has (10,000 points come in some hundred): a longer one never ends.
const MOST_PAGES: usize = 1000;

/// A list on its way, or whole.
#[derive(Clone, Debug)]
pub struct Load<T> {
    /// What has come so far, in Azure's order.
    pub items: Vec<T>,
    loading: Loading,
    reader: Reader<Page<T>>,
}

/// All of a list but its items: it is compiled once, not once for each type.
#[derive(Clone, Debug)]
pub struct Loading {
    /// How many items could not be read.
    pub skipped: usize,
    /// Why the list is not whole, if it stopped.
    pub fault: Option<Fault>,
    /// How many pages have come.
    pub pages: usize,
    ask: Option<Asking>,
    step: Step,
}

impl<T> Load<T> {
    /// Begins with the first page.
    pub fn start(call: Call<Page<T>>, step: Step, context: &mut Context<'_>) -> Self {
        let (sending, reader) = call.apart();
        Load { items: Vec::new(), loading: Loading::start(sending, step, context), reader }
    }

    /// Takes in what happened; says whether anything changed.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> bool {
        let Load { items, loading, reader } = self;
        let mut read = |answer: &Answer<'_>| {
            let page = reader(answer)?;
            items.extend(page.items);
            Ok((page.skipped, page.next))
        };
        loading.hear(told, &mut read, context)
    }
}

impl<T> Deref for Load<T> {
    type Target = Loading;

    fn deref(&self) -> &Loading {
        &self.loading
    }
}

impl<T> DerefMut for Load<T> {
    fn deref_mut(&mut self) -> &mut Loading {
        &mut self.loading
    }
}

/// Reads a page and keeps its items; says how many could not be read, and what follows.
type Read<'a> = &'a mut dyn FnMut(&Answer<'_>) -> Result<(usize, Next), Box<ArmProblem>>;

impl Loading {
    #[inline(never)]
    fn start(sending: Sending, step: Step, context: &mut Context<'_>) -> Self {
        let ask = Some(Asking::now(sending, step, context));
        Loading { skipped: 0, fault: None, pages: 0, ask, step }
    }

    /// Whether more is on its way.
    pub fn is_loading(&self) -> bool {
        self.ask.is_some()
    }

    /// Whether every page has come.
    pub fn is_whole(&self) -> bool {
        self.ask.is_none() && self.fault.is_none()
    }

    /// What keeps the next page from coming, though it is tried again.
    pub fn trouble(&self) -> Option<&Fault> {
        self.ask.as_ref()?.trouble()
    }

    /// When the next page is asked for again, after trouble.
    pub fn next(&self) -> Option<crate::moment::Moment> {
        self.ask.as_ref()?.next()
    }

    /// Asks at once for what is being waited for.
    #[inline(never)]
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if let Some(ask) = &mut self.ask {
            ask.hurry(context);
        }
    }

    /// Asks no more.
    #[inline(never)]
    pub fn stop(&mut self, context: &mut Context<'_>) {
        if let Some(ask) = &mut self.ask {
            ask.stop(context);
        }
    }

    #[inline(never)]
    fn hear(&mut self, told: Told<'_>, read: Read<'_>, context: &mut Context<'_>) -> bool {
        let Some(ask) = &mut self.ask else { return false };
        let mut came = None;
        let mut keep = |answer: &Answer<'_>| {
            came = Some(read(answer)?);
            Ok(())
        };
        match ask.hear(told, &mut keep, context) {
            Heard::Nothing => return false,
            Heard::Again => {}
            Heard::Refused(fault) => {
                self.fault = Some(fault);
                self.ask = None;
            }
            Heard::Got(()) => {
                let Some((skipped, next)) = came else { return false };
                self.pages += 1;
                self.skipped += skipped;
                let stop = |code| Some(Fault::of(code, self.step, context.now));
                let round = matches!(&next, Next::Call(sending) if ask.asks(sending));
                self.ask = None;
                match next {
                    Next::End => {}
                    Next::Cut => self.fault = stop(Code::Cut),
                    Next::Refused(why) => self.fault = Some(Fault::led_away(why, self.step, context.now)),
                    // A page that names itself as the next one says the same again, however often it is asked for.
                    Next::Call(_) if round || self.pages >= MOST_PAGES => self.fault = stop(Code::Endless),
                    Next::Call(sending) => self.ask = Some(Asking::now(sending, self.step, context)),
                }
            }
        }
        true
    }
}

/// Asks at once for what rests, and from the beginning for what failed.
pub fn revive<T>(load: &mut Load<T>, call: impl FnOnce() -> Call<Page<T>>, step: Step, context: &mut Context<'_>) {
    if load.fault.is_some() {
        *load = Load::start(call(), step, context);
    } else {
        load.hurry(context);
    }
}
