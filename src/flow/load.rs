//! One paged list, first page to last. What has come so far can be shown while the rest is on its way; a fault
//! never takes away what did come.

use super::ask::{Ask, Heard};
use super::{Context, Told};
use crate::azure::call::Call;
use crate::azure::page::{Next, Page};
use crate::fault::{Code, Fault, Step};

/// More pages than any list here has (10,000 points come in some hundred): a longer one never ends.
const MOST_PAGES: usize = 1000;

/// A list on its way, or whole.
#[derive(Clone, Debug)]
pub struct Load<T> {
    /// What has come so far, in Azure's order.
    pub items: Vec<T>,
    /// How many items could not be read.
    pub skipped: usize,
    /// Why the list is not whole, if it stopped.
    pub fault: Option<Fault>,
    /// How many pages have come.
    pub pages: usize,
    ask: Option<Ask<Page<T>>>,
    step: Step,
}

impl<T> Load<T> {
    /// Begins with the first page.
    pub fn start(call: Call<Page<T>>, step: Step, context: &mut Context<'_>) -> Self {
        let ask = Some(Ask::now(call, step, context));
        Load { items: Vec::new(), skipped: 0, fault: None, pages: 0, ask, step }
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
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if let Some(ask) = &mut self.ask {
            ask.hurry(context);
        }
    }

    /// Asks no more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        if let Some(ask) = &mut self.ask {
            ask.stop(context);
        }
    }

    /// Takes in what happened; says whether anything changed.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> bool {
        let Some(ask) = &mut self.ask else { return false };
        match ask.hear(told, context) {
            Heard::Nothing => return false,
            Heard::Again => {}
            Heard::Refused(fault) => {
                self.fault = Some(fault);
                self.ask = None;
            }
            Heard::Got(page) => {
                self.pages += 1;
                self.items.extend(page.items);
                self.skipped += page.skipped;
                let stop = |code| Some(Fault::of(code, self.step, context.now));
                self.ask = None;
                match page.next {
                    Next::End => {}
                    Next::Cut => self.fault = stop(Code::Cut),
                    Next::Refused(why) => self.fault = Some(Fault::led_away(why, self.step, context.now)),
                    Next::Call(_) if self.pages >= MOST_PAGES => self.fault = stop(Code::Endless),
                    Next::Call(call) => self.ask = Some(Ask::now(call, self.step, context)),
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
