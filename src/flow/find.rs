//! Finding a server: every one that is backed up in a vault this account may read, with a search over what has come,
//! and the newest point of what is on screen.

pub mod list;
pub mod newest;
pub mod open;
pub mod rows;
pub mod walk;

use super::load::{Load, revive};
use super::{Context, Told};
use crate::azure::calls;
use crate::azure::id::{InstanceId, ServerId, SubscriptionId, VaultId};
use crate::azure::wire::Instance;
use crate::fault::Step;
use crate::link::Place;
use list::List;
use newest::Newest;
use open::{Opened, open};
use rows::{Row, Rows};

/// So many rows are drawn at once; more on demand.
pub const ROWS: usize = 100;

/// What is searched.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Scope {
    /// Every subscription that the account can see.
    #[default]
    All,
    /// One subscription.
    Subscription(SubscriptionId),
    /// One vault.
    Vault(VaultId),
}

impl Scope {
    /// The one subscription that it is, if it is one.
    fn subscription(&self) -> Option<&SubscriptionId> {
        match self {
            Scope::Subscription(id) => Some(id),
            _ => None,
        }
    }

    /// What a page is about.
    pub fn of(place: &Place) -> Scope {
        match place {
            Place::FindVault(id) => Scope::Subscription(id.clone()),
            Place::FindInstance(id) => Scope::Vault(id.clone()),
            _ => Scope::All,
        }
    }
}

/// What is known of the servers, and what is looked for.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// The newest points, as far as they were asked for.
    pub newest: Newest,
    /// A server that no list has: its instances, asked for by its id.
    pub sought: Option<Sought>,
    /// Every server.
    all: Option<List>,
    /// Those of one subscription or one vault.
    narrow: Option<List>,
    narrowed: bool,
    /// What the text in the search field names, and its words.
    wanted: Wanted,
    /// How many rows are drawn at most.
    limit: usize,
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What the text names.
    pub opened: Opened,
    /// Its words in lower case, where it names nothing.
    pub words: Vec<String>,
}

/// The instances of one server.
#[derive(Clone, Debug)]
pub struct Sought {
    /// Which.
    pub server: ServerId,
    /// Its instances, on their way.
    pub load: Load<Instance>,
    /// Those that have come.
    pub rows: Rows,
    /// Whether the one instance, if there is one alone, is to be opened.
    opens: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Wanted { opened: Opened::Nothing, words: Vec::new() }
    }
}

impl Wanted {
    fn read(text: &str) -> Self {
        let opened = open(text);
        let mut words = Vec::new();
        if opened == Opened::Nothing {
            words.extend(text.split_ascii_whitespace().map(str::to_ascii_lowercase));
        }
        Wanted { opened, words }
    }

    /// Whether anything is looked for.
    pub fn is_nothing(&self) -> bool {
        self.opened == Opened::Nothing && self.words.is_empty()
    }
}

impl Find {
    /// The list on the page.
    pub fn list(&self) -> Option<&List> {
        if self.narrowed { self.narrow.as_ref() } else { self.all.as_ref() }
    }

    fn list_mut(&mut self) -> Option<&mut List> {
        if self.narrowed { self.narrow.as_mut() } else { self.all.as_mut() }
    }

    /// What is looked for.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The rows that are drawn, of those that match.
    pub fn drawn(&self) -> impl Iterator<Item = &Row> {
        self.list().into_iter().flat_map(|list| list.rows.matching().take(self.limit))
    }

    /// The vaults of the servers that have come; a vault may come more than once.
    pub fn vaults(&self) -> impl Iterator<Item = &VaultId> {
        [&self.all, &self.narrow].into_iter().flatten().flat_map(|list| list.rows.all()).map(|row| &row.of.id.vault)
    }

    /// Whether the resource graph has told of servers: then it answers for this account.
    pub fn graph_tells(&self) -> bool {
        let tells = |list: &List| list.walk.is_none() && list.read.is_some() && !list.rows.is_empty();
        self.all.as_ref().is_some_and(tells)
    }

    /// A name for a subscription: its own, once that is known, else its id.
    pub fn name_of<'a>(&'a self, id: &'a SubscriptionId) -> &'a str {
        let lists = [&self.narrow, &self.all];
        let name = lists.into_iter().flatten().find_map(|list| list.rows.name_of(id));
        name.unwrap_or(id.as_str())
    }

    /// The page is opened: what is known is shown at once, and read anew if it is old.
    pub fn see(&mut self, scope: &Scope, context: &mut Context<'_>) {
        let narrowed = *scope != Scope::All;
        if std::mem::replace(&mut self.narrowed, narrowed) != narrowed {
            self.limit = ROWS;
        }
        let slot = if self.narrowed { &mut self.narrow } else { &mut self.all };
        match slot {
            Some(list) if list.scope == *scope => {
                if list.is_old(context.now) {
                    list.read_anew(context);
                    self.newest_again();
                }
            }
            _ => {
                if let Some(list) = slot {
                    list.stop(context);
                }
                let mut list = List::new(scope.clone());
                if let Some(all) = self.all.as_ref().filter(|_| self.narrowed) {
                    list.begin_with(&all.rows);
                }
                list.read(context);
                *if self.narrowed { &mut self.narrow } else { &mut self.all } = Some(list);
            }
        }
        self.limit = self.limit.max(ROWS);
        self.search(true, context);
    }

    /// Something else is looked for.
    pub fn look_for(&mut self, text: &str, context: &mut Context<'_>) {
        self.wanted = Wanted::read(text);
        self.limit = ROWS;
        if let Some(sought) = &mut self.sought
            && self.wanted.opened != Opened::Server(sought.server.clone())
        {
            sought.load.stop(context);
            self.sought = None;
        }
        self.search(true, context);
    }

    /// The rows that match are found anew, and what follows from it.
    fn search(&mut self, shown: bool, context: &mut Context<'_>) {
        let wanted = std::mem::take(&mut self.wanted);
        if let Some(list) = self.list_mut() {
            list.rows.search(&wanted);
        }
        self.wanted = wanted;
        // A server's id that no list has: Azure is asked for it alone.
        if let (Opened::Server(server), Some(list)) = (&self.wanted.opened, self.list())
            && !list.is_reading()
            && list.trouble().is_none()
            && list.rows.is_empty_of_matches()
            && self.sought.is_none()
            && shown
        {
            let server = server.clone();
            self.seek(&server, false, context);
        }
        self.keep_to_what_is_drawn();
        if shown {
            self.newest.fill(context);
        }
    }

    /// Reads the instances of a server; `opens`: the only one is then to be opened.
    pub fn seek(&mut self, server: &ServerId, opens: bool, context: &mut Context<'_>) {
        match &mut self.sought {
            Some(sought) if sought.server == *server && sought.load.fault.is_none() => sought.opens |= opens,
            other => {
                if let Some(sought) = other {
                    sought.load.stop(context);
                }
                let load = Load::start(calls::instances_of(context.arm, server), Step::Instances, context);
                *other = Some(Sought { server: server.clone(), load, rows: Rows::default(), opens });
            }
        }
    }

    /// The one instance that is to be opened, once it is known.
    pub fn found(&self) -> Option<&InstanceId> {
        let sought = self.sought.as_ref().filter(|sought| sought.opens && sought.load.is_whole())?;
        sought.rows.only()
    }

    /// The one instance that matches.
    pub fn only(&self) -> Option<&InstanceId> {
        self.list().filter(|_| !self.wanted.is_nothing())?.rows.only()
    }

    /// The page was left: nothing more is asked for it.
    pub fn leave(&mut self, context: &mut Context<'_>) {
        self.newest.keep(&[]);
        if let Some(mut sought) = self.sought.take_if(|sought| !sought.load.is_whole()) {
            sought.load.stop(context);
        }
    }

    /// More rows are drawn.
    pub fn draw_more(&mut self) {
        self.limit += ROWS;
    }

    /// A row came on screen: its newest point is wanted.
    pub fn shown(&mut self, id: &InstanceId, context: &mut Context<'_>) {
        self.newest.want(id);
        self.keep_to_what_is_drawn();
        self.newest.fill(context);
    }

    /// Everything is read anew; what is known stays until it is known better.
    pub fn read_again(&mut self, context: &mut Context<'_>) {
        if let Some(list) = self.list_mut() {
            list.read(context);
        }
        self.newest_again();
        self.newest.fill(context);
    }

    /// Every vault is read, in place of the one question for all.
    pub fn read_vaults(&mut self, context: &mut Context<'_>) {
        if let Some(list) = self.list_mut() {
            list.walk(context);
        }
    }

    fn drawn_keys(&self) -> Vec<&str> {
        let sought = self.sought.iter().flat_map(|sought| sought.rows.all());
        self.drawn().chain(sought).map(|row| row.key.as_str()).collect()
    }

    fn newest_again(&mut self) {
        let mut newest = std::mem::take(&mut self.newest);
        newest.again(&self.drawn_keys());
        self.newest = newest;
    }

    fn keep_to_what_is_drawn(&mut self) {
        if self.newest.is_waiting() {
            let mut newest = std::mem::take(&mut self.newest);
            newest.keep(&self.drawn_keys());
            self.newest = newest;
        }
    }

    /// Takes in what happened. What is not shown takes in its answers, and asks for nothing new.
    pub fn hear(&mut self, told: Told<'_>, shown: bool, context: &mut Context<'_>) {
        let mut came = false;
        for list in [&mut self.all, &mut self.narrow].into_iter().flatten() {
            let here = shown && (list.scope != Scope::All) == self.narrowed;
            // What rests for a list that is not shown rests on.
            if here || matches!(told, Told::Answered(..)) {
                came |= list.hear(told, here, context);
            }
        }
        if let Some(sought) = &mut self.sought
            && sought.load.hear(told, context)
        {
            for instance in std::mem::take(&mut sought.load.items) {
                sought.rows.add_instance(instance);
            }
            sought.rows.search(&Wanted::default());
        }
        self.newest.hear(told, context);
        if came {
            self.search(shown, context);
        } else if shown {
            self.newest.fill(context);
        }
    }

    /// Asks at once for what rests, and once more for what failed.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if let Some(list) = self.list_mut() {
            list.hurry(context);
        }
        if let Some(Sought { server, load, .. }) = &mut self.sought {
            let arm = context.arm;
            revive(load, || calls::instances_of(arm, server), Step::Instances, context);
        }
        let mut newest = std::mem::take(&mut self.newest);
        newest.hurry(&self.drawn_keys(), context);
        self.newest = newest;
        self.newest.fill(context);
    }
}
