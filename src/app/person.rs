//! What the person did: every press and every keystroke.

use super::{Event, Field, Forgetting, Model, Session};
use crate::azure::cloud::Cloud;
use crate::azure::id::PointId;
use crate::flow::Command;
use crate::flow::draft::{Draft, Pick, Target};
use crate::flow::find::open::Opened;
use crate::flow::restore::Restore;
use crate::flow::token::Token;
use crate::journal::Notes;
use crate::link::{Place, Prefix, Which, World};
use crate::moment::Moment;

impl Model {
    /// Does what the person asked for.
    pub(super) fn obey(&mut self, event: Event, now: Moment, commands: &mut Vec<Command>) {
        match event {
            Event::SignInPressed => self.leave(None, commands),
            Event::ProofPressed(claims) => {
                // The simulated sign-in has no page to come back from.
                if self.world() == World::Demo {
                    self.token = Token::new(Some(now));
                }
                self.leave(Some(claims), commands);
            }
            Event::UseAccountPressed(id) => {
                self.drop_draft(commands);
                commands.push(Command::UseAccount(id));
            }
            Event::SignOutPressed => {
                self.drop_draft(commands);
                self.accounts.clear();
                commands.push(Command::SignOut);
            }
            Event::Typed(field, text) => self.type_into(field, text, now, commands),
            Event::OpenPressed => self.open_typed(now, commands),
            Event::RowShown(id) if self.finds() => {
                self.with(now, commands, |model, context| model.find.shown(&id, context));
            }
            Event::ReadAgainPressed if self.finds() => {
                self.with(now, commands, |model, context| model.find.read_again(context));
            }
            Event::MorePressed if self.place() == Place::Activity => self.recent.limit += crate::flow::recent::ROWS,
            Event::ReadAgainPressed if self.place() == Place::Activity => {
                self.with(now, commands, |model, context| model.recent.ask(context));
            }
            Event::ReadAgainPressed if self.place() == Place::About => {
                self.with(now, commands, |model, context| model.host.ask(model.config.is_ok(), context));
            }
            Event::ReadVaultsPressed if self.place() == Place::Activity => self.read_lists(now, commands),
            Event::MorePressed => self.find.draw_more(),
            Event::ReadVaultsPressed => self.with(now, commands, |model, context| model.find.read_vaults(context)),
            Event::PointChosen(name) => {
                if let Place::Points(instance, _) = self.place() {
                    // Choosing is not a page of its own: Back leads out of the list, not through every choice.
                    self.replace(self.page_of(&PointId { instance, name }), commands);
                    self.opened = None;
                }
            }
            Event::ReadAsPressed(sense) => {
                if let Some(wish) = &mut self.wish {
                    wish.sense = sense;
                }
            }
            Event::GatherPressed(None) => self.begin_plan(now, commands),
            Event::GatherPressed(Some(wish)) => {
                self.gather(wish);
                self.keep(commands);
            }
            Event::LinkPressed(place) => {
                self.go(place.clone(), now, commands);
                self.opened = Some(place);
            }
            Event::LeaveOutPressed(wish) => self.change_plan(&wish, None, commands),
            Event::InsteadPressed(wish, name) => self.change_plan(&wish, Some(name), commands),
            Event::CheckAllPressed => self.check_all(now),
            Event::StartAllPressed => self.start_all(),
            Event::ConfirmPressed(yes) => self.confirm(yes, now),
            Event::DecidePressed(prefix, yes) => self.decide(&prefix, yes, now, commands),
            Event::AgainPressed(point) => self.go_again(&point),
            Event::TargetPressed => self.submit_target(now, commands),
            Event::MakePressed => self.make_container(now, commands),
            Event::CheckPressed => self.with_reviewed(now, commands, |restore, context| restore.check(context)),
            Event::ReadAgainPressed => self.read_beforehand_again(now, commands),
            Event::GrantPressed => self.assign(now, commands),
            Event::StartPressed => self.start(now, commands),
            Event::StartInSpitePressed => {
                let held = self.held();
                self.with_pending(now, commands, |restore, context| restore.start_in_spite(&held, context));
            }
            Event::NotNowPressed => self.with_pending(now, commands, |restore, context| restore.put_back(context)),
            Event::StartAgainPressed => self.start_again(now, commands),
            Event::NewPrefixPressed => self.prepare_again(now, commands),
            Event::AskPressed => self.hurry(now, commands),
            Event::TellMePressed => commands.push(Command::AskToNotify),
            Event::SharePressed(sharing) => commands.push(Command::Share(sharing)),
            Event::ForgetPressed => self.forget_pressed(Forgetting::All, now, commands),
            Event::ForgetOnePressed(prefix) => self.forget_pressed(Forgetting::One(prefix), now, commands),
            Event::ForgetInSpitePressed => self.forget_in_spite(now, commands),
            Event::KeepPressed => self.forgetting = None,
            // What the host tells is dealt with in `update`.
            _ => {}
        }
    }

    /// Leaves for the sign-in page. What was entered is kept first, also what nobody has typed, such as the prefix.
    fn leave(&mut self, claims: Option<String>, commands: &mut Vec<Command>) {
        // Whoever is signed out, or broke a sign-in off, has what the one before has left.
        let owner = Some(self.realm()).filter(|realm| !realm.is_empty()).unwrap_or_else(|| self.owner.clone());
        self.session = Session::Leaving;
        if let Some(notes) = self.notes() {
            commands.push(Command::KeepDraft(Some(Notes::signed(&notes, &owner))));
        }
        commands.push(Command::SignIn { claims });
    }

    /// Another account is not to meet it: its target may be of a tenant that the other one does not see.
    pub(super) fn drop_draft(&mut self, commands: &mut Vec<Command>) {
        self.drafts.clear();
        self.gathered.clear();
        commands.push(Command::KeepDraft(None));
    }

    fn type_into(&mut self, field: Field, text: String, now: Moment, commands: &mut Vec<Command>) {
        match field {
            Field::Search => self.look_for(text, now, commands),
            // What was asked about may be hidden now.
            Field::Jobs => (self.filter, self.forgetting) = (text, None),
            Field::Range | Field::Points | Field::Order => self.look_at_points(field, text),
            Field::When => self.wish_for(text, now),
            Field::Prefix => self.edit(commands, |draft| draft.prefix = text),
            Field::Region => self.edit(commands, |draft| draft.region = text),
            _ if self.type_after(field, &text) => {}
            _ => self.pick(field, text, now, commands),
        }
    }

    fn look_for(&mut self, text: String, now: Moment, commands: &mut Vec<Command>) {
        // The name of a server's host begins with the server's.
        let words = text.split(".postgres.database.").next().unwrap_or(&text).to_string();
        self.with(now, commands, |model, context| model.find.look_for(&words, context));
        self.search = (text, false);
    }

    /// Goes where the text in the search field leads: to what it names, else to the only server that is left.
    fn open_typed(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let opened = self.find.wanted().opened.clone();
        let only = self.find.only().cloned();
        self.search.1 = false;
        match (opened, only) {
            (Opened::Points(instance, point), _) => {
                self.go(Place::Points(instance, point.map(|name| Which::known(name, None))), now, commands);
            }
            (Opened::Vault(vault), _) => {
                // The whole page is about it from now on.
                self.look_for(String::new(), now, commands);
                self.go(Place::FindInstance(vault), now, commands);
            }
            (Opened::Job(job), _) => self.go(Place::Job(job), now, commands),
            (Opened::Server(_) | Opened::Nothing, Some(only)) => self.go(Place::Points(only, None), now, commands),
            (Opened::Server(server), None) if self.find.list().is_none_or(|list| list.rows.matches() == 0) => {
                self.with(now, commands, |model, context| model.find.seek(&server, true, context));
            }
            (Opened::Nothing, None) => self.search.1 = self.search.0.contains('/'),
            // The rows say it, or the field.
            (Opened::Server(_), None) | (Opened::OtherKind(_), _) => {}
        }
    }

    fn submit_target(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let Some(point) = self.form().map(|draft| draft.point.clone()) else { return };
        let together = matches!(self.place(), Place::PlanTarget(_));
        for draft in &mut self.drafts {
            draft.submitted |= together || draft.point == point;
        }
        let region = self.source_of(&point.instance).and_then(|source| source.region());
        let found = self.form().map(|draft| self.problems(draft, region)).unwrap_or_default();
        // A plan's page has no prefix to put right.
        if together && found.container.is_none() && !found.region || found.is_empty() {
            let planned = together || self.is_gathered(&point);
            let place = if planned { Place::Plan(self.gathered.clone()) } else { Place::Review(point) };
            self.go(place, now, commands);
        }
    }

    /// Starts one of the plan though something spoke against it, or does not.
    fn decide(&mut self, prefix: &Prefix, yes: bool, now: Moment, commands: &mut Vec<Command>) {
        let held = self.held();
        let pending = |restore: &Restore| restore.plan.prefix == *prefix && restore.is_pending();
        if self.restores.iter().any(pending) && !(yes && self.framed) {
            self.with_restore(prefix, now, commands, |restore, context| {
                if yes { restore.start_in_spite(&held, context) } else { restore.put_back(context) }
            });
        }
    }

    /// Looks whether anything speaks against it, then starts the restore: see `settle_cleared`.
    fn start(&mut self, now: Moment, commands: &mut Vec<Command>) {
        // A page in a frame can be made to look like something else: what is pressed there was perhaps not meant.
        if !self.framed {
            let held = self.held();
            self.with_reviewed(now, commands, |restore, context| restore.start(&held, context));
        }
    }

    /// Does something with the restore whose start waits for a decision.
    fn with_pending(
        &mut self,
        now: Moment,
        commands: &mut Vec<Command>,
        work: impl FnOnce(&mut Restore, &mut crate::flow::Context<'_>),
    ) {
        self.with(now, commands, |model, context| {
            if let Some(restore) = model.restores.iter_mut().find(|restore| restore.is_pending()) {
                work(restore, context);
            }
        });
    }

    /// A second try with the same prefix, after nobody could tell whether the first one arrived. Noted like the first.
    fn start_again(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let Place::Restore(_, prefix) = self.place() else { return };
        if !self.framed && self.restore_of(&prefix).is_some_and(|restore| self.lets(&restore.plan.target)) {
            let held = self.held();
            self.with_restore(&prefix, now, commands, |restore, context| restore.start_again(&held, context));
        }
    }

    /// What this page has claimed among the tabs.
    pub(super) fn held(&self) -> Vec<String> {
        self.restores.iter().filter_map(Restore::claim).cloned().collect()
    }

    /// Prepares the same restore under a new ending, after Azure refused or failed the one in hand.
    fn prepare_again(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let again = match self.place() {
            Place::Review(point) => self.draft_of(&point).cloned(),
            Place::Restore(_, prefix) => self.restore_of(&prefix).map(|restore| draft_of(restore, self.cloud())),
            Place::Job(_) => self.draft_of_job(),
            _ => None,
        };
        let Some(mut draft) = again else { return };
        draft.submitted = false;
        draft.renew(&mut self.dice);
        let place = Place::Review(draft.point.clone());
        self.drafts.retain(|known| known.point != draft.point);
        self.drafts.push(draft);
        self.keep(commands);
        self.go(place, now, commands);
    }

    /// The draft that would make the job in hand.
    fn draft_of_job(&self) -> Option<Draft> {
        let Place::Job(id) = self.place() else { return None };
        let job = self.watch_of(&id)?.job()?;
        let (instance, point) = (job.instance.clone()?, job.point.clone()?);
        let container = job.destination.clone().unwrap_or_default();
        Some(Draft {
            point: PointId { instance, name: point },
            picked: Pick::Nothing,
            picks: container.is_empty(),
            container,
            new: String::new(),
            prefix: without_ending(job.prefix.as_deref().unwrap_or_default()),
            ending: String::new(),
            region: String::new(),
            submitted: false,
        })
    }

    fn with_reviewed(
        &mut self,
        now: Moment,
        commands: &mut Vec<Command>,
        work: impl FnOnce(&mut Restore, &mut crate::flow::Context<'_>),
    ) {
        let Place::Review(point) = self.place() else { return };
        let Some(prefix) = self.reviewed(&point).map(|restore| restore.plan.prefix.clone()) else { return };
        self.with_restore(&prefix, now, commands, work);
    }
}

fn draft_of(restore: &Restore, cloud: Cloud) -> Draft {
    let plan = &restore.plan;
    let container = plan.target.url.clone();
    // An address that is not of the usual form is kept: the id alone may not lead to it.
    let usual = plan.target.id.clone().filter(|id| Target::of(id.clone(), cloud).url == container);
    Draft {
        point: plan.point.clone(),
        picks: usual.is_some() || container.is_empty(),
        picked: usual.map_or(Pick::Nothing, Pick::Container),
        container,
        new: String::new(),
        prefix: without_ending(plan.prefix.as_str()),
        ending: String::new(),
        region: plan.region.clone(),
        submitted: false,
    }
}

/// A prefix as it was typed: without a dash and six characters at its end, if it has them.
fn without_ending(prefix: &str) -> String {
    let typed = prefix.rsplit_once('-').filter(|(_, ending)| ending.len() == 6).map_or(prefix, |(typed, _)| typed);
    let typed: String = typed.chars().take(crate::flow::draft::LONGEST_PREFIX - 7).collect();
    Prefix::parse(&typed).map_or_else(|| "restore".to_string(), |prefix| prefix.as_str().to_string())
}
