//! The servers of one scope: asked of the resource graph in one question, or read vault by vault where it refuses, knows
//! none or lags behind. What is there stays on screen while it is read anew, and what cannot be read takes nothing else
//! with it.

use super::Scope;
use super::rows::Rows;
use super::walk::{Part, Walk};
use crate::azure::graph::{Protected, protected};
use crate::fault::{Code, Fault, Step};
use crate::flow::load::{Load, revive};
use crate::flow::{Context, Told};
use crate::moment::{Moment, Span};

/// What is older is read anew when somebody comes back to the page.
const OLD: Span = Span::from_secs(300);

/// The servers of one scope.
#[derive(Clone, Debug)]
pub struct List {
    /// Which.
    pub scope: Scope,
    /// Those that have come.
    pub rows: Rows,
    /// The question to the resource graph. A vault is read itself.
    pub graph: Option<Load<Protected>>,
    /// The vaults that are read one by one.
    pub walk: Option<Walk>,
    /// When a reading ended last, whole or not.
    pub read: Option<Moment>,
}

impl List {
    /// Nothing has been asked yet.
    pub fn new(scope: Scope) -> Self {
        List { scope, rows: Rows::default(), graph: None, walk: None, read: None }
    }

    /// What another list knows of this scope is shown until it has been read.
    pub fn begin_with(&mut self, known: &Rows) {
        let scope = &self.scope;
        self.rows.begin_with(known, |id| match scope {
            Scope::All => true,
            Scope::Subscription(subscription) => id.vault.subscription == *subscription,
            Scope::Vault(vault) => id.vault == *vault,
        });
    }

    /// Reads all of it, in the way in which it was read last.
    #[inline(never)]
    pub fn read(&mut self, context: &mut Context<'_>) {
        self.rows.begin();
        if self.walk.is_some() || matches!(self.scope, Scope::Vault(_)) {
            self.walk(context);
        } else {
            self.ask_graph(context);
        }
    }

    /// Reads all of it after a while: the graph has caught up by then, unless it refuses.
    pub fn read_anew(&mut self, context: &mut Context<'_>) {
        if self.refusal().is_none()
            && let Some(mut walk) = self.walk.take()
        {
            walk.stop(context);
        }
        self.read(context);
    }

    fn ask_graph(&mut self, context: &mut Context<'_>) {
        if let Some(graph) = &mut self.graph {
            graph.stop(context);
        }
        self.graph =
            Some(Load::start(protected(context.arm, self.scope.subscription(), None), Step::Protected, context));
    }

    /// Reads every vault.
    #[inline(never)]
    pub fn walk(&mut self, context: &mut Context<'_>) {
        if let Some(graph) = self.graph.as_mut().filter(|graph| graph.is_loading()) {
            graph.stop(context);
            self.graph = None;
        }
        if let Some(walk) = &mut self.walk {
            walk.stop(context);
        }
        self.walk = Some(Walk::start(&self.scope, context));
    }

    /// Whether more is on its way.
    pub fn is_reading(&self) -> bool {
        self.graph.as_ref().is_some_and(|graph| graph.is_loading()) || self.walk.as_ref().is_some_and(Walk::is_reading)
    }

    /// Whether it is so old that it is read anew when it is looked at again; or could not be read at all.
    pub fn is_old(&self, now: Moment) -> bool {
        // Either way: the clock may have been put back meanwhile.
        !self.is_reading() && self.read.is_none_or(|read| now.since(read).millis().abs() > OLD.millis())
    }

    /// Why the graph did not answer, where every vault is read instead.
    pub fn refusal(&self) -> Option<&Fault> {
        self.graph.as_ref()?.fault.as_ref().filter(|fault| leads_to_a_walk(fault))
    }

    /// What keeps the list from coming, or from being whole: told once for all of it. And when it is asked again.
    pub fn trouble(&self) -> Option<(&Fault, Option<Moment>)> {
        let graph = self.graph.as_ref().filter(|_| self.walk.is_none());
        let of_graph = graph.and_then(|graph| {
            let now = graph.fault.as_ref().filter(|fault| !leads_to_a_walk(fault)).map(|fault| (fault, None));
            now.or(graph.trouble().map(|fault| (fault, graph.next())))
        });
        of_graph.or_else(|| self.walk.as_ref()?.trouble())
    }

    /// What could not be read.
    pub fn unread(&self) -> &[(Part, Fault)] {
        self.walk.as_ref().map_or(&[], |walk| walk.faults.as_slice())
    }

    /// Takes in what happened; says whether anything came.
    #[inline(never)]
    pub fn hear(&mut self, told: Told<'_>, shown: bool, context: &mut Context<'_>) -> bool {
        let mut came = false;
        if let Some(graph) = &mut self.graph
            && graph.hear(told, context)
        {
            came = true;
            let within = self.scope.subscription();
            for mut new in std::mem::take(&mut graph.items) {
                // Asked within one subscription, the graph sees no server of another.
                if within.is_some() && new.server.as_ref().map(|server| &server.subscription) != within {
                    new.exists = None;
                }
                self.rows.add(new);
            }
            if !graph.is_loading() {
                match &graph.fault {
                    None if self.rows.renewed() > 0 => self.end(context.now),
                    // What came is shown, and what was there stays.
                    Some(fault) if fault.is_of_sign_in() => {}
                    Some(fault) if !leads_to_a_walk(fault) => self.read = Some(context.now),
                    _ => self.walk(context),
                }
            }
        }
        if let Some(walk) = &mut self.walk {
            let was_reading = walk.is_reading();
            came |= walk.hear(told, &mut self.rows, shown, context);
            if was_reading && !walk.is_reading() && walk.halt().is_none() {
                self.end(context.now);
            }
        }
        came
    }

    /// A reading has ended.
    fn end(&mut self, now: Moment) {
        self.read = Some(now);
        let walk = &self.walk;
        self.rows.end(|id| walk.as_ref().is_some_and(|walk| walk.could_not_read(id)));
    }

    /// Asks at once for what rests, and once more for what failed.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if let Some(walk) = &mut self.walk {
            walk.hurry(context);
        } else if let Some(graph) = &mut self.graph {
            let (within, arm) = (self.scope.subscription(), context.arm);
            revive(graph, || protected(arm, within, None), Step::Protected, context);
        }
    }

    /// Asks no more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        if let Some(graph) = &mut self.graph {
            graph.stop(context);
        }
        if let Some(walk) = &mut self.walk {
            walk.stop(context);
        }
    }
}

/// Whether the vaults are read where the graph meets this. Without a valid sign-in they could not be either; and where
/// the graph leaves its list unfinished, what came is mostly enough: then a person decides.
fn leads_to_a_walk(fault: &Fault) -> bool {
    !fault.is_of_sign_in() && !fault.passes() && !matches!(fault.code, Code::Cut | Code::Endless)
}
