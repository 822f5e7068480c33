//! A person who does anything that the page offers, and a browser to which anything happens.

use super::network::Trouble;
use super::promises::{Kept, hold};
use super::seen::Sight;
use super::walk::{Walk, of};
use crate::any::HOSTILE;
use pgflex_restore::app::{Event, Field, Forgetting};
use pgflex_restore::flow::Sharing;
use pgflex_restore::link::{Link, Place, World};
use pgflex_restore::moment::Span;
use pgflex_restore::screen::{Act, Block, Screen, Span as Run, Text, Weight};

/// Something on the page that can be used.
#[derive(Clone, Debug)]
pub enum Thing {
    /// A link, or a button that is one.
    Go(String),
    /// A button that tells the application.
    Do(Event),
    /// A field to type into.
    Type(Field),
    /// One of several.
    Choose(Field, String),
    /// The list of points.
    Points,
}

pub const CONTAINERS: [&str; 9] = [
    "https://stgiteabackupweu.blob.core.windows.net/repositories",
    "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills",
    "https://stdemoweu.blob.core.windows.net/drill-2026-11",
    "https://stdemoweu.blob.core.windows.net/drill-2026-11",
    "https://stdemoweu.blob.core.windows.net/job-fails",
    "https://stdemoweu.blob.core.windows.net/restore-refused",
    "https://stdemoweu.blob.core.windows.net/hidden-headers",
    "https://stdemoweu.blob.core.windows.net/no-role",
    "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-restore-weu/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu/blobServices/default/containers/pg-restore-drills",
];

/// Of every kind: in a zone, in none, to come, of more than one meaning, none at all.
const TIMES: [&str; 7] = [
    "2026-11-11 02:41:07.318 CET [48211] LOG:  statement: DROP TABLE shop.order_lines CASCADE;",
    "2026-10-25 02:30",
    "yesterday 14:00",
    "2039-01-01T00:00:00Z",
    "11/10/2026",
    "2016-01-01",
    "",
];

const STRAY: [Event; 10] = [
    Event::CheckAllPressed,
    Event::StartAllPressed,
    Event::ConfirmPressed(true),
    Event::MakePressed,
    Event::StartPressed,
    Event::StartAgainPressed,
    Event::CheckPressed,
    Event::NewPrefixPressed,
    Event::TargetPressed,
    Event::AskPressed,
];

const ADDRESSES: [&str; 6] = ["#/", "#/demo", "#/activity", "#/nowhere", "#/job?v=1&job=x", "#/find?v=2"];

impl Walk {
    /// One more step of a walk.
    pub fn wander(&mut self) -> Kept {
        let at = self.front;
        match self.chance.below(1000) {
            0..=499 => self.use_something(at),
            500..=699 => {
                let most = 1 + self.chance.below(10);
                self.pass(Span::from_secs(3600), most)
            }
            700..=789 => {
                let time = self.chance.millis(100, 120_000);
                self.pass(time, 200)
            }
            790..=819 => {
                let time = self.chance.millis(600_000, 4 * 3_600_000);
                self.note(|| format!("waits {} min", time.secs() / 60));
                self.pass(time, 200)
            }
            820..=824 => {
                let time = self.chance.millis(86_400_000, 2 * 86_400_000);
                self.note(|| format!("waits {} h", time.secs() / 3600));
                self.pass(time, 200)
            }
            825..=864 => self.back_or_forward(at),
            865..=889 => self.reload(at),
            890..=909 => {
                self.falls = true;
                Ok(())
            }
            910..=919 => self.close_and_open(),
            920..=934 => self.another_tab(),
            935..=954 => self.turn(),
            955..=964 => {
                let online = !self.online;
                self.online = online;
                self.note(|| format!("is {}", if online { "online" } else { "offline" }));
                (0..self.tabs.len()).try_for_each(|tab| self.act(tab, Event::OnlineChanged(online)))
            }
            965..=969 => {
                self.full = !self.full;
                Ok(())
            }
            970..=989 => {
                self.note(|| "looks at the page again".into());
                self.act(at, Event::Resumed)
            }
            990..=994 => {
                self.note(|| "the sign-in lapses".into());
                self.tabs[at].lapsed = true;
                Ok(())
            }
            _ => {
                let address = *self.chance.one(&ADDRESSES);
                self.note(|| format!("types the address {address}"));
                self.tabs[at].acts += 1;
                self.go(at, address)
            }
        }
    }

    /// Tells a tab something that may set something off.
    fn act(&mut self, at: usize, event: Event) -> Kept {
        self.tabs[at].acts += 1;
        self.tell(at, event)
    }

    /// Uses one of the things on the page, and more likely the one that leads on.
    fn use_something(&mut self, at: usize) -> Kept {
        // Whoever sees that something goes on mostly waits for it.
        if is_busy(&self.tabs[at].screen) && self.chance.happens(850) {
            let most = 1 + self.chance.below(12);
            return self.pass(Span::from_secs(600), most);
        }
        // A click that was meant for a page that is gone, or one that is drawn over this page in a frame.
        let stray = if self.tabs[at].framed { 100 } else { 15 };
        if self.chance.happens(stray) {
            let event = self.chance.one(&STRAY).clone();
            return self.press(at, event);
        }
        let mut things = things(&self.tabs[at].screen);
        // Every server of the simulated Azure is a link away: not those whose answers are spoilt whoever asks.
        things.retain(|(_, thing)| !matches!(thing, Thing::Go(address) if is_of_a_drill(address)));
        // The demo's list of states shows what a broken link leads to.
        let broken: &[&str] = match self.tabs[at].screen.page.key.as_str() {
            "states" => &["#/demo/points?v=1&instance=nothing", "#/demo/find?v=2"],
            _ => &[],
        };
        for (_, thing) in &things {
            if let Thing::Go(address) = thing {
                let leads = Link::parse(address).is_ok() || broken.contains(&address.as_str());
                hold("every link leads to a page", leads, || address.clone())?;
            }
        }
        let Some(thing) = self.chance.weighed(&things).cloned() else { return Ok(()) };
        match thing {
            Thing::Go(address) => {
                self.note(|| format!("follows {address}"));
                self.tabs[at].acts += 1;
                self.go(at, &address)
            }
            Thing::Do(event) => self.press(at, event),
            Thing::Type(field) => {
                let text = self.words_for(field);
                self.note(|| format!("types {text:?} into {field:?}"));
                self.act(at, Event::Typed(field, text))
            }
            Thing::Choose(field, value) => {
                self.note(|| format!("chooses {value:?} for {field:?}"));
                self.act(at, Event::Typed(field, value))
            }
            Thing::Points => {
                let name = self.tabs[at].screen.page.points.as_ref().and_then(|points| {
                    let most = points.points.len().min(3);
                    points.points.get(self.chance.below(most.max(1))).map(|point| point.name.clone())
                });
                name.map_or(Ok(()), |name| self.act(at, Event::PointChosen(name)))
            }
        }
    }

    fn press(&mut self, at: usize, event: Event) -> Kept {
        self.note(|| format!("presses {event:?}"));
        let starts = matches!(event, Event::StartPressed | Event::StartInSpitePressed | Event::StartAgainPressed);
        let tab = &self.tabs[at];
        let forgets = match &event {
            Event::ForgetPressed => Some(Forgetting::All),
            Event::ForgetOnePressed(prefix) => Some(Forgetting::One(prefix.clone())),
            Event::ForgetInSpitePressed => tab.model.forgetting.clone(),
            _ => None,
        };
        if let Some(what) = forgets {
            let open = tab.model.to_forget(&what).any(|entry| entry.outcome.is_none());
            let (realm, world) = (tab.model.realm(), of(tab.world));
            let meant = |prefix: &str| match &what {
                Forgetting::All => true,
                Forgetting::One(one) => one.as_str() == prefix,
            };
            // What has not ended is asked about first.
            if !open || event == Event::ForgetInSpitePressed {
                for ((of, prefix), known) in &mut self.heard.restores {
                    known.forgotten |= *of == world && known.realm == realm && meant(prefix);
                }
            }
        }
        self.named(at, &event);
        if starts {
            let tab = &mut self.tabs[at];
            tab.presses += 1;
            tab.pressed = true;
            tab.last_press = usize::from(event != Event::StartPressed);
        }
        let makes = event == Event::MakePressed;
        let tab = &mut self.tabs[at];
        tab.making |= makes;
        tab.granting |= event == Event::GrantPressed;
        let twice = (starts || makes) && self.chance.happens(100);
        let visit = self.tabs[at].visit;
        self.act(at, event.clone())?;
        if twice && makes && self.tabs[at].visit == visit {
            self.note(|| "    and once more".into());
            // A double click is one press.
            self.act(at, event)?;
        } else if twice && self.tabs[at].visit == visit {
            self.seen.see(Sight::DoubleClick);
            self.note(|| "    and once more".into());
            self.act(at, event)?;
        }
        Ok(())
    }

    /// What a plan's question has named may leave, each once; and one of which something was found, after a second word.
    fn named(&mut self, at: usize, event: &Event) {
        let tab = &mut self.tabs[at];
        match event {
            Event::ConfirmPressed(true) => {
                let points = tab.model.confirming.clone().unwrap_or_default();
                let prefixes =
                    points.iter().filter_map(|point| Some(tab.model.reviewed(point)?.plan.prefix.as_str().to_string()));
                tab.named = prefixes.map(|prefix| (prefix, 0)).collect();
                if tab.named.len() > 1 {
                    self.seen.see(Sight::PlanConfirmed);
                }
            }
            Event::DecidePressed(prefix, true) => {
                tab.named.insert(prefix.as_str().to_string(), 1);
            }
            _ => {}
        }
    }

    fn words_for(&mut self, field: Field) -> String {
        if self.chance.happens(150) {
            return (*self.chance.one(&HOSTILE)).to_string();
        }
        match field {
            Field::Container => (*self.chance.one(&CONTAINERS)).to_string(),
            Field::NewContainer => (*self.chance.one(&["drill-new", "pg-restore", "Drill", "a--b"])).to_string(),
            Field::AccountFilter | Field::ContainerFilter => (*self.chance.one(&["", "st", "nothing"])).to_string(),
            Field::Points => (*self.chance.one(&["", "2026-1", "partial", "nothing"])).to_string(),
            Field::Range | Field::Order => (*self.chance.one(&["", "30", "365", "all", "oldest"])).to_string(),
            Field::When => (*self.chance.one(&TIMES)).to_string(),
            Field::Jobs => (*self.chance.one(&["", "psql", "completed", "nothing"])).to_string(),
            Field::IntoServer | Field::IntoLogin | Field::IntoDatabases | Field::IntoTable => {
                (*self.chance.one(&["", "psql-orders-drill", "orders, billing", "public.orders"])).to_string()
            }
            Field::How | Field::Subscription | Field::Account | Field::Picked => String::new(),
            Field::Prefix => {
                (*self.chance.one(&["drill", "orders-2026", "a b", "-x", "x-", "restore-abc234"])).to_string()
            }
            Field::Region => (*self.chance.one(&["westeurope", "West Europe"])).to_string(),
            Field::Search => {
                let point = self.chance.one(super::scenes::points());
                if self.chance.happens(500) { point.path() } else { point.instance.vault.path() }
            }
        }
    }

    fn back_or_forward(&mut self, at: usize) -> Kept {
        let forward = self.chance.happens(300);
        let tab = &mut self.tabs[at];
        match (forward, tab.at) {
            (true, now) if now + 1 < tab.history.len() => tab.at += 1,
            (false, 1..) => tab.at -= 1,
            _ => return Ok(()),
        }
        tab.acts += 1;
        self.note(|| if forward { "goes forward".into() } else { "goes back".into() });
        self.arrive(at)
    }

    fn reload(&mut self, at: usize) -> Kept {
        self.note(|| "reloads".into());
        self.load(at)
    }

    /// Closes the tab in front and opens a new one where the old one was, or on the list of restores.
    fn close_and_open(&mut self) -> Kept {
        let tab = &mut self.tabs[self.front];
        let address = tab.history[tab.at].clone();
        (tab.history, tab.at, tab.drafts) = (vec![address], 0, [None, None]);
        if self.chance.happens(500) {
            let tab = &mut self.tabs[self.front];
            tab.history = vec![if tab.world == World::Demo { "#/demo/activity".into() } else { "#/activity".into() }];
        }
        self.note(|| "closes the tab and opens a new one".into());
        self.load(self.front)
    }

    /// Opens the same page in another tab, which begins with a copy of the session storage.
    fn another_tab(&mut self) -> Kept {
        if self.tabs.len() > 1 {
            return self.turn();
        }
        let tab = &self.tabs[self.front];
        let (address, session, framed) = (tab.history[tab.at].clone(), tab.session.clone(), tab.framed);
        let drafts = if self.chance.happens(500) { tab.drafts.clone() } else { [None, None] };
        self.open(&address, drafts, session, framed)
    }

    /// Turns to the other tab.
    fn turn(&mut self) -> Kept {
        if self.tabs.len() < 2 {
            return Ok(());
        }
        self.front = (self.front + 1) % self.tabs.len();
        let front = self.front;
        self.note(|| format!("turns to tab {front}"));
        self.act(front, Event::Resumed)
    }

    /// From now on all goes well.
    pub fn calm(&mut self) {
        self.note(|| "from now on all goes well".into());
        self.trouble = Trouble { any: 0, start: 0 };
        (self.full, self.online, self.falls) = (false, true, false);
    }

    /// What the browser keeps of a world's journal.
    pub fn journal(&self, world: World) -> String {
        format!("{:?}", self.journals[of(world)])
    }
}

/// Whether an address leads to the points of another server than those at which walks begin.
fn is_of_a_drill(address: &str) -> bool {
    let Ok(Link { place: Place::Points(instance, _), .. }) = Link::parse(address) else { return false };
    !super::scenes::points().iter().any(|point| point.instance.vault == instance.vault)
}

/// Whether the page says that something goes on.
fn is_busy(screen: &Screen) -> bool {
    let page = &screen.page;
    page.main.iter().chain(&page.side).any(|block| match block {
        Block::Progress(_) => true,
        Block::Card { body, .. } => body.iter().any(|block| matches!(block, Block::Progress(_))),
        _ => false,
    })
}

/// What can be used on a page, each with how likely it is.
pub fn things(screen: &Screen) -> Vec<(u32, Thing)> {
    let mut things = Vec::new();
    let page = &screen.page;
    for block in page.main.iter().chain(&page.side).chain(&page.rest) {
        of_block(block, None, &mut things);
    }
    of_text(&page.lead, &mut things);
    if let Some(points) = &page.points {
        things.push((60, Thing::Points));
        // What only changes what is listed is worth a look now and then.
        let mut beside = Vec::new();
        points.above.iter().for_each(|block| of_block(block, None, &mut beside));
        if let Some(by_time) = &points.timeline {
            by_time.says.iter().for_each(|block| of_block(block, None, &mut beside));
            beside.extend(by_time.ranges.iter().map(|(_, event, _)| (1, Thing::Do(event.clone()))));
            of_block(&Block::Buttons(by_time.buttons.clone()), None, &mut beside);
        }
        things.extend(beside.into_iter().map(|(_, thing)| (2, thing)));
    }
    for (_, address, _) in &screen.frame.nav {
        things.push((5, Thing::Go(address.clone())));
    }
    for (_, event) in screen.frame.account.iter().flat_map(|account| &account.actions) {
        things.push((1, Thing::Do(event.clone())));
    }
    for (_, address) in page.steps.iter().flat_map(|steps| &steps.items) {
        things.extend(address.clone().map(|address| (5, Thing::Go(address))));
    }
    things
}

fn of_block(block: &Block, form: Option<&Event>, things: &mut Vec<(u32, Thing)>) {
    let mut all =
        |blocks: &[Block], form: Option<&Event>| blocks.iter().for_each(|block| of_block(block, form, things));
    match block {
        Block::Section { body, .. }
        | Block::Card { body, .. }
        | Block::Note { body, .. }
        | Block::Fold { body, .. }
        | Block::Pair(body) => all(body, form),
        Block::Tabs(_, tabs) => tabs.iter().for_each(|(_, body)| all(body, form)),
        Block::Form(body, event) => all(body, Some(event)),
        Block::Buttons(buttons) => {
            for button in buttons.iter().filter(|button| button.disabled.is_none()) {
                let weight = match button.weight {
                    Weight::Primary => 300,
                    Weight::Plain => 40,
                    Weight::Quiet => 15,
                };
                match (&button.act, form) {
                    (Act::Go(address), _) => things.push((weight, Thing::Go(address.clone()))),
                    // The rarest chance of all is taken when it comes.
                    (Act::Do(Event::StartAgainPressed), _) => things.push((300, Thing::Do(Event::StartAgainPressed))),
                    (Act::Do(event), _) => things.push((weight, Thing::Do(event.clone()))),
                    (Act::Submit, Some(Event::MakePressed)) => things.push((150, Thing::Do(Event::MakePressed))),
                    (Act::Submit, Some(event)) => things.push((weight, Thing::Do(event.clone()))),
                    (Act::Submit, None) | (Act::Out(_) | Act::Print, _) => {}
                }
            }
        }
        // What can be typed into invites to, the emptier the more.
        Block::Input(input) => {
            let weight = if input.value.is_empty() { 200 } else { 15 };
            things.push((weight, Thing::Type(input.field)));
            of_text(&input.hint, things);
            input.error.iter().for_each(|text| of_text(text, things));
        }
        Block::Choice(choice) => {
            for (value, _, chosen) in &choice.options {
                // The rows of a long list together are as likely as a button.
                let weight = if *chosen { 1 } else { 1 + 120 / choice.options.len() as u32 };
                things.push((weight, Thing::Choose(choice.field, value.clone())));
            }
        }
        Block::Para(text) | Block::Small(text) | Block::Status(_, _, text) => of_text(text, things),
        Block::Facts(facts) | Block::Lined(facts) => {
            for fact in facts {
                of_text(&fact.value, things);
                fact.below.iter().for_each(|text| of_text(text, things));
                fact.change.iter().for_each(|run| of_run(run, things));
            }
        }
        Block::Checks(checks) => {
            for check in checks {
                of_text(&check.text, things);
                of_text(&check.word, things);
                check.more.iter().for_each(|block| of_block(block, None, things));
            }
        }
        Block::Table { rows, .. } => {
            for row in rows {
                row.cells.iter().for_each(|text| of_text(text, things));
                // It may come on screen.
                things.extend(row.shown.clone().map(|event| (10, Thing::Do(event))));
            }
        }
        Block::Count(says, since, buttons) => {
            of_text(says, things);
            of_text(since, things);
            of_block(&Block::Buttons(buttons.clone()), None, things);
        }
        Block::Steps(lines) | Block::Bullets(lines) => lines.iter().for_each(|text| of_text(text, things)),
        Block::Share { title, url, .. } => {
            let sharing = Sharing { title: title.clone(), text: String::new(), url: url.clone() };
            things.push((3, Thing::Do(Event::SharePressed(sharing))));
        }
        Block::Errors { .. } | Block::Outline(_) | Block::Code { .. } | Block::Progress(_) | Block::Room => {}
    }
}

fn of_text(text: &Text, things: &mut Vec<(u32, Thing)>) {
    text.iter().for_each(|run| of_run(run, things));
}

fn of_run(run: &Run, things: &mut Vec<(u32, Thing)>) {
    match run {
        Run::Link { href, .. } => things.push((20, Thing::Go(href.clone()))),
        Run::Press { event, .. } => things.push((60, Thing::Do(event.clone()))),
        Run::Copy { value, .. } => things.push((3, Thing::Do(Event::CopyPressed(value.clone())))),
        _ => {}
    }
}
