//! What goes on while nobody looks: who is told what, and how the restores stand for whoever looks from elsewhere.
//!
//! A restore that was started in this browser is followed on every page (`memory`). A job that was merely opened, and
//! the lists that a page needs, are asked for only while they are shown.

use super::memory::outcome;
use super::{Model, Said};
use crate::flow::ask::waits_for_sign_in;
use crate::flow::restore::{Restore, Stage};
use crate::flow::standing::{News, Standing};
use crate::flow::{Command, Told};
use crate::link::Place;
use crate::moment::Moment;

/// How one restore stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// Of which server, and how.
    pub news: News,
    /// Whether its page is the one that is shown.
    pub here: bool,
    /// Whether its page was shown since it stands so.
    seen: bool,
}

impl Model {
    /// Tells every machine; each knows by its tickets what concerns it. Reads that rest for a page that is not shown
    /// rest on.
    pub(super) fn tell(&mut self, told: Told<'_>, now: Moment, commands: &mut Vec<Command>) {
        let answered = matches!(told, Told::Answered(..));
        self.tell_lists(told, answered, now, commands);
        self.tell_beforehand(told, now, commands);
        self.with(now, commands, |model, context| {
            for restore in &mut model.restores {
                restore.hear(told, context);
            }
            for watch in &mut model.watches {
                watch.hear(told, context);
            }
            if let Some(sight) = &mut model.sight {
                sight.hear(told, context);
            }
            model.host.hear(told);
        });
    }

    /// A passing message.
    pub(super) fn say(&mut self, said: Said) {
        self.said = Some((self.said.map_or(1, |(count, _)| count + 1), said));
    }

    /// Somebody has signed in again: what waited for that goes on, whichever page is shown.
    pub(super) fn hurry_signed_out(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.with(now, commands, |model, context| {
            for restore in model.restores.iter_mut().filter(|restore| restore.waits_for_sign_in()) {
                restore.hurry(context);
            }
            for watch in model.watches.iter_mut().filter(|watch| waits_for_sign_in(watch.fault.as_ref())) {
                watch.hurry(context);
            }
        });
    }

    /// Goes on with what rested since the page was left.
    pub(super) fn wake_lists(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.tell_lists(Told::Resumed, false, now, commands);
    }

    /// Whether the page is one on which a server is looked for.
    pub(super) fn finds(&self) -> bool {
        matches!(self.place(), Place::Find | Place::FindVault(_) | Place::FindInstance(_))
    }

    fn tell_lists(&mut self, told: Told<'_>, all: bool, now: Moment, commands: &mut Vec<Command>) {
        let place = self.place();
        let finds = self.finds();
        let places = matches!(place, Place::Target(_) | Place::Review(_) | Place::Plan(_) | Place::PlanTarget(_));
        let sources = places || matches!(place, Place::Points(..));
        let recent = place == Place::Activity;
        let mut lists = false;
        self.with(now, commands, |model, context| {
            if finds || all {
                model.find.hear(told, finds, context);
            }
            if sources || all {
                model.sources.iter_mut().for_each(|source| source.hear(told, context));
            }
            if places || all {
                model.places.hear(told, context);
            }
            if recent || all {
                lists = model.recent.hear(told, recent, context);
            }
        });
        if lists {
            self.read_lists_instead(now, commands);
        }
    }

    /// Tells what has changed of how the restores stand. Doing it twice changes nothing.
    pub(super) fn settle_standings(&mut self, commands: &mut Vec<Command>) {
        let mut stands = self.standings();
        for stand in &mut stands {
            let known = self.stands.iter().find(|known| known.news.key == stand.news.key);
            let standing = stand.news.standing;
            // What was not known before is no news: a link may lead to a job that ended long ago. A decision is.
            if known.map_or(standing != Standing::Waiting, |known| known.news.standing == standing) {
                stand.seen |= known.is_some_and(|known| known.seen);
            } else if standing > Standing::Going {
                self.news = Some(stand.news.clone());
                commands.push(Command::Notify(stand.news.clone()));
                // Whoever has the decision in front of them need not be told of it.
                if !(stand.here && standing == Standing::Waiting) {
                    self.say(Said::News);
                }
            }
        }
        // What was told is no longer so.
        let past = |news: &News| !stands.iter().any(|stand| stand.news == *news);
        if matches!(self.said, Some((_, Said::News))) && self.news.as_ref().is_some_and(past) {
            self.said = None;
        }
        self.stands = stands;
        let mark = self.urgent().map(|stand| stand.news.standing);
        if self.mark != mark {
            self.mark = mark;
            commands.push(Command::Mark(mark));
        }
    }

    /// The restore that matters most to whoever looks from elsewhere: of those whose page is shown, whose end was not
    /// seen yet, that go on or wait for a person.
    pub fn urgent(&self) -> Option<&Stand> {
        let open = |standing| matches!(standing, Standing::Going | Standing::Waiting);
        let matters = self.stands.iter().filter(|stand| stand.here || !stand.seen || open(stand.news.standing));
        matters.max_by_key(|stand| (stand.news.standing, stand.here))
    }

    /// The restores started here that have not ended, or have ended since the program began; and the job that is shown.
    fn standings(&self) -> Vec<Stand> {
        let place = self.place();
        let mut stands = Vec::new();
        let mut add = |server: &str, key: &str, standing, here| {
            let news = News { standing, server: server.to_string(), key: key.to_string() };
            stands.push(Stand { news, here, seen: here });
        };
        let mut shown = match &place {
            Place::Job(job) => self.watch_of(job),
            _ => None,
        };
        let together = matches!(place, Place::Plan(_));
        // Of a plan's the journal tells, but of one that has not left and waits for a word.
        let waits = |restore: &&Restore| {
            if together { matches!(restore.stage, Stage::Doubtful(_)) } else { needs_somebody(restore) }
        };
        let points = self.reviewed_points();
        let reviewed: Vec<&Restore> = points.iter().filter_map(|point| self.reviewed(point)).filter(waits).collect();
        for entry in self.journal.of(&self.realm()) {
            let key = entry.prefix.as_str();
            // Told below.
            if reviewed.iter().any(|restore| restore.plan.prefix == entry.prefix) {
                continue;
            }
            let restore = self.restore_of(&entry.prefix).filter(|_| entry.job.is_none());
            let refused = restore.is_some_and(Restore::came_to_nothing);
            let waits = match &entry.job {
                Some(job) => self.watch_of(job).is_some_and(|watch| watch.fault.is_some()),
                None => restore.is_some_and(needs_somebody),
            };
            let here = place == entry.place()
                || (together && self.is_gathered(&entry.point) && self.entry_of(&entry.point) == Some(entry));
            let standing = match entry.outcome {
                None if refused => Some(Standing::Failed),
                None => Some(if waits { Standing::Waiting } else { Standing::Going }),
                Some(outcome) => {
                    Standing::of(outcome).filter(|_| self.stands.iter().any(|known| known.news.key == key))
                }
            };
            if let Some(standing) = standing {
                add(&entry.server, key, standing, here);
                shown = shown.filter(|_| !here);
            }
        }
        for restore in reviewed {
            add(&restore.plan.server, restore.plan.prefix.as_str(), Standing::Waiting, true);
        }
        if let Some(watch) = shown
            && let Some(job) = watch.job().filter(|job| job.is_restore())
        {
            let going = if watch.fault.is_some() { Standing::Waiting } else { Standing::Going };
            let standing = outcome(job.status).map_or(Some(going), Standing::of);
            add(&job.server_name, watch.id.name.as_str(), standing.unwrap_or(going), true);
        }
        stands
    }
}

/// Whether a restore whose job is not known waits for a decision, or for somebody to sign in.
fn needs_somebody(restore: &Restore) -> bool {
    match &restore.stage {
        Stage::Doubtful(_) => true,
        Stage::Searching { search, .. } => search.over,
        Stage::Refused(_) | Stage::Failed(_) => restore.may_have_come_to_something(),
        _ => restore.waits_for_sign_in(),
    }
}
