//! Will it work? The lines of what is known beforehand, each with its cause, who has to do what, the command, and a
//! button where the person may; and what Azure's own check says, beside the line that it is about.

use super::make::{Press, Put, Tell, Write, check};
use super::parts::{refusal_of, told};
use super::{Block, Icon, Span, Text, Tone, plain};
use crate::app::{Event, Model, Session};
use crate::azure::id::ContainerId;
use crate::commands;
use crate::fault::Fault;
use crate::flow::grant::Stage as Granting;
use crate::flow::preflight::{Finding, Identity, Line, Preflight, Topic, Verdict, identity, topic_of};
use crate::flow::restore::{Restore, Stage};
use crate::flow::source::Source;
use crate::link::Place;
use crate::moment::Moment;
use crate::words::{faults, page};

/// What is known of one restore.
pub(super) struct Known<'a> {
    model: &'a Model,
    source: &'a Source,
    restore: &'a Restore,
    lines: Vec<Line>,
}

/// Reads what is known; nothing where the restore is under way, or nothing was asked.
pub(super) fn known<'a>(model: &'a Model, source: &'a Source, restore: &'a Restore) -> Option<Known<'a>> {
    let preflight = model.preflight_of(restore)?;
    let now = preflight.began;
    let granted = model.assigned(restore).filter(|grant| !grant.existed).and_then(|grant| grant.is_new(now));
    let mut lines = preflight.lines(source, granted, now);
    // What Azure has let through works.
    if matches!(restore.stage, Stage::Ready) {
        for line in &mut lines {
            if let (Topic::Role, Finding::RoleNew(_)) = (line.topic, &line.finding) {
                line.verdict = Verdict::Fine;
            }
        }
    }
    Some(Known { model, source, restore, lines })
}

/// Why Azure refuses it, if it does.
pub(super) fn refused(restore: &Restore) -> Option<&Fault> {
    match &restore.stage {
        Stage::Rejected(why) | Stage::Refused(why) | Stage::Failed(why) => Some(why),
        _ => None,
    }
}

impl Known<'_> {
    /// Whether there is a line that Azure's refusal belongs to.
    pub(super) fn places_refusal(&self) -> bool {
        let topic = refused(self.restore).and_then(topic_of);
        topic.is_some_and(|topic| self.lines.iter().any(|line| line.topic == topic))
    }

    /// What was found of this weight, a line each.
    pub(super) fn of(&self, verdict: Verdict) -> Vec<Text> {
        let lines = self.lines.iter().filter(|line| line.verdict == verdict);
        lines.map(|line| plain(page::finding(&line.finding).0)).collect()
    }

    fn count(&self, verdict: Verdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }

    /// What will make it fail, above the buttons.
    pub(super) fn warning(&self, blocks: &mut Vec<Block>) {
        let fails = self.count(Verdict::Fails);
        if fails > 0 && !matches!(self.restore.stage, Stage::Ready) {
            let mut body = Vec::new();
            body.bullets(self.of(Verdict::Fails));
            body.hints(page::SEE_LINES);
            blocks.note(Tone::Bad, None, &page::will_fail(fails), body);
        }
    }

    /// All lines.
    pub(super) fn section(&self, blocks: &mut Vec<Block>) {
        let Some(preflight) = self.model.preflight_of(self.restore) else { return };
        let mut body = Vec::new();
        let mut line = Text::new();
        if preflight.is_reading() {
            line.say(page::LOOKING).say("…");
        } else {
            let [fails, warns, unknown, fine] =
                [Verdict::Fails, Verdict::Warns, Verdict::Unknown, Verdict::Fine].map(|verdict| self.count(verdict));
            line.say(&page::tally(fails, warns, unknown, fine)).say(page::READ_FROM_AZURE);
            line.ago(preflight.began).say(". ");
            line.press(page::READ_AGAIN, Event::ReadAgainPressed);
        }
        body.para(line);
        let mut checks = Vec::new();
        for line in &self.lines {
            self.line(&mut checks, line);
        }
        body.put(Block::Checks(checks));
        blocks.section("checks", page::WILL_IT_WORK, body);
    }

    fn line(&self, checks: &mut Vec<super::Check>, line: &Line) {
        let refusal_here = refused(self.restore).filter(|why| topic_of(why) == Some(line.topic));
        let ready = matches!(self.restore.stage, Stage::Ready);
        let waits = line.topic == Topic::Role && self.model.waits_for_role();
        let (title, more) = page::finding(&line.finding);
        let mut text = Text::new();
        let mut body = Vec::new();
        match &line.finding {
            Finding::Reading => {
                text.quiet(page::topic(line.topic));
            }
            Finding::Unread(fault) => {
                text.strong(page::topic(line.topic)).line();
                text.say(&faults::title(fault)).say(". ").quiet(faults::advice(fault));
            }
            _ if line.verdict == Verdict::Fine && refusal_here.is_none() => {
                text.say(title);
                if let Finding::RoleNew(_) = line.finding {
                    text.line().quiet(page::WORKS_ALREADY);
                } else if !more.is_empty() {
                    text.line().quiet(&more);
                }
            }
            finding => {
                text.strong(title);
                if !more.is_empty() {
                    text.line().quiet(&more);
                }
                if ready && line.verdict == Verdict::Fails {
                    text.line().say(page::AZURE_DISAGREES);
                }
                self.remedy(&mut body, finding);
            }
        }
        if let Some(why) = refusal_here {
            let told = matches!(line.finding, Finding::NoRole | Finding::RoleNew(_));
            let mut said = Vec::new();
            let mut title = Text::new();
            title.state(Tone::Bad, &faults::title(why));
            said.para(title);
            refusal_of(&mut said, why, !told);
            if waits {
                body.put(Block::Fold { id: "last-check".into(), summary: plain(page::LAST_CHECK), body: said });
            } else {
                body.append(&mut said);
            }
        }
        // What is new is refused at first: that is no surprise.
        let (tone, word) = match (refusal_here.filter(|_| !waits), line.verdict) {
            (Some(_), _) => (Tone::Bad, page::AZURE_REFUSES),
            (_, Verdict::Fails) if ready => (Tone::Warn, page::word(Verdict::Warns)),
            (_, verdict) => (tone(verdict), page::word(verdict)),
        };
        check(checks, tone, text, plain(word), body);
    }

    /// What to do about it, as a command and perhaps a button.
    fn remedy(&self, body: &mut Vec<Block>, finding: &Finding) {
        let plan = &self.restore.plan;
        let vault = &plan.point.instance.vault;
        let known = self.model.preflight_of(self.restore).and_then(|preflight| preflight.target.as_ref());
        let target = plan.target.id.as_ref().or(known);
        let command = match (finding, target) {
            (Finding::NoRole | Finding::RoleNew(_) | Finding::RoleConditional | Finding::RoleOther, Some(target)) => {
                return self.role(body, target, finding);
            }
            (Finding::NoContainer, Some(target)) => commands::create_container(target),
            (Finding::NoReplication | Finding::ReplicationUnsaid, Some(target)) => {
                commands::allow_replication(&target.account_id())
            }
            (Finding::NoNetwork | Finding::FirewallShut | Finding::FirewallUntrusting, _) => {
                let tenant = self.source.vault.value.as_ref().and_then(|vault| vault.tenant.as_deref());
                match self.model.preflight_of(self.restore).and_then(Preflight::account) {
                    Some(account) => commands::let_vault_in(account, vault, tenant),
                    None => return,
                }
            }
            (Finding::NoIdentity, _) => commands::give_identity(vault),
            (Finding::SubscriptionForbidden(false), _) => commands::allow_other_subscriptions(vault),
            (Finding::MayNotRestore, _) => match &self.model.session {
                Session::SignedIn(person) => match commands::let_restore(vault, &person.username) {
                    Some(command) => command,
                    None => return,
                },
                _ => return,
            },
            (Finding::Runs(job) | Finding::Recent(job, _), _) => {
                let mut line = Text::new();
                if let Finding::Recent(_, at) = finding {
                    line.say(page::ENDED).time(*at).say(". ");
                }
                line.link(page::THE_JOB, self.model.address(Place::Job(job.clone())));
                body.para(line);
                return;
            }
            _ => return,
        };
        body.source(page::AS_COMMAND, &command);
        if let Finding::NoContainer = finding {
            let mut buttons = Vec::new();
            buttons.go(page::OTHER_TARGET, self.model.address(Place::Target(plan.point.clone())));
            body.buttons(buttons);
        }
    }

    /// Who needs which role where, the command, and the button where the person may.
    fn role(&self, body: &mut Vec<Block>, target: &ContainerId, finding: &Finding) {
        let Some((_, principal)) = self.model.grantee(self.restore) else { return };
        let mut facts = Vec::new();
        let mut who = Text::new();
        let user = self.source.vault.value.as_ref().zip(self.source.instance.value.as_ref());
        match user.map(|(vault, instance)| identity(vault, instance)) {
            Some(Identity::Known(_, Some(id))) => {
                who.say(page::USER_IDENTITY).strong(id.rsplit('/').next().unwrap_or(&id));
            }
            _ => {
                who.say(page::VAULT_IDENTITY).strong(target_vault(self.restore));
            }
        }
        who.say(page::OBJECT).copy("object id", &principal);
        facts.fact(page::WHO, who);
        let mut role = Text::new();
        role.strong(page::THE_ROLE);
        facts.fact(page::NEEDS, role);
        let mut place = plain(page::THE_CONTAINER);
        place.strong(target.name.as_str()).say(page::IN).say(target.account.as_str());
        facts.fact(page::WHERE, place);
        body.facts(facts);
        match finding {
            // Azure takes no second assignment beside one with a condition.
            Finding::RoleConditional => {
                body.hints(page::WITHOUT_CONDITION);
            }
            Finding::RoleNew(at) if self.model.assigned(self.restore).is_none() => unwatched(body, *at),
            Finding::RoleNew(_) => self.grant(body),
            _ => {
                body.source(page::AS_COMMAND, &commands::grant(target, &principal));
                self.grant(body);
            }
        }
    }

    fn grant(&self, body: &mut Vec<Block>) {
        let may = self.model.preflight_of(self.restore).and_then(|preflight| preflight.may_grant());
        let grant = self.model.assigned(self.restore);
        if let Some(grant) = grant {
            match &grant.stage {
                Granting::Asking(..) => {
                    body.status(Tone::Busy, page::ASSIGNING, Text::new()).progress(page::ASSIGNING);
                    return;
                }
                Granting::Granted(at) => {
                    let refused = refused(self.restore).is_some_and(|why| topic_of(why) == Some(Topic::Role));
                    if grant.next().is_none() && refused {
                        body.says(page::STILL_LACKS);
                        return;
                    }
                    // The wait has ended, as with a sign-in that lapsed.
                    if !self.model.waits_for_role() {
                        return unwatched(body, *at);
                    }
                    let mut line = plain(page::ASSIGNED);
                    line.ago(*at).say(page::WAITS);
                    if let Some(next) = grant.next() {
                        line.line().say(page::CHECKS_AGAIN).add(Span::Until(next)).say(".");
                    }
                    body.para(line).progress(page::WAITING);
                    return;
                }
                Granting::Refused(why) => told(body, why),
            }
        }
        let (barred, hint) = match (self.model.grants(), may) {
            (false, _) => (true, page::GRANTS_OFF),
            (_, Some(false)) => (true, page::YOU_MAY_NOT_GRANT),
            (_, Some(true)) => (false, page::YOU_MAY_GRANT),
            (_, None) => (false, page::PERHAPS_YOU_MAY_GRANT),
        };
        if !barred {
            let offline = (!self.model.online).then_some(page::OFFLINE_BUTTON);
            let framed = self.model.framed.then_some(page::FRAMED_MORE);
            let mut buttons = Vec::new();
            buttons.tell(page::GRANT_ROLE, Event::GrantPressed).icon(Icon::Key).unless(framed.or(offline));
            body.buttons(buttons);
        }
        body.hints(hint);
    }
}

/// A role that is new, and nothing is asked about it by itself.
fn unwatched(body: &mut Vec<Block>, since: Moment) {
    let mut line = plain(page::ASSIGNED);
    line.ago(since).say(page::PRESS_CHECK);
    body.para(line);
}

fn target_vault(restore: &Restore) -> &str {
    restore.plan.point.instance.vault.name.as_str()
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Fails => Tone::Bad,
        Verdict::Warns => Tone::Warn,
        Verdict::Unknown => Tone::Plain,
        Verdict::Reading => Tone::Busy,
        Verdict::Fine => Tone::Ok,
    }
}
