//! The program begins, or begins anew with another account or world: what the host knows, and what of it is taken over.

use super::{Model, Said, Start, specimen};
use crate::flow::draft::Draft;
use crate::flow::token::Token;
use crate::flow::{Command, Dice};
use crate::journal::{Journal, Notes};
use crate::link::{Link, Place, World};
use crate::moment::Moment;

impl Model {
    /// What the host knows is taken over; whatever was before is forgotten.
    pub(super) fn begin(&mut self, start: Start, now: Moment, commands: &mut Vec<Command>) {
        // Whatever the tab shows of another world is shown no more.
        if self.mark.is_some() {
            commands.push(Command::Mark(None));
        }
        let world = World::of(&start.address);
        let link = Link::parse(&start.address);
        let notes = start.draft.as_deref().map(Notes::parse).unwrap_or_default();
        // Another account begins anew, whichever tenant it is of: what was read, checked or asked for with the eyes of the
        // one before is worth nothing with its own. What was started stays in the journal, and is followed again by the
        // next account of its realm.
        let switched = self.started && self.is_another(&start.session);
        let said = switched.then(|| (self.said.map_or(1, |(count, _)| count + 1), Said::Switched));
        // What a link asks for is told to whoever opens it as somebody else.
        let asked = switched && self.opened.is_some();
        let place = link.as_ref().ok().filter(|_| start.opened || asked).map(|link| link.place.clone());
        // Whoever has prepared something of it comes back to that, from a sign-in.
        let begun = |place: &Place| notes.drafts.iter().any(|note| place.names(&note.point));
        *self = Model {
            opened: place.filter(|place| !begun(place)),
            link,
            config: start.config,
            session: start.session,
            accounts: start.accounts,
            online: start.online,
            folder: start.folder,
            framed: start.framed,
            insecure: start.insecure,
            shares: start.shares,
            keys: start.keys,
            browser: start.browser,
            msal: start.msal,
            zone: start.zone,
            drafts: notes.drafts.into_iter().map(Draft::from_note).collect(),
            gathered: notes.gathered,
            storage_refused: start.journal.is_err(),
            journal: start.journal.map(|rows| Journal::read(&rows)).unwrap_or_default(),
            notices: start.notices,
            said,
            incident: (world == World::Demo).then(|| specimen::last_night(now)),
            world,
            started: true,
            dice: Dice::new(start.seed),
            // Tickets go on, so that an answer to what was asked before is stale.
            tickets: self.tickets,
            token: Token::new(start.proved.then_some(now)),
            owner: start.draft.as_deref().map(Notes::signer).unwrap_or_default(),
            ..Model::new()
        };
        // Somebody of another tenant has signed in: as after a switch, what was prepared before is not for them.
        let realm = self.realm();
        if !realm.is_empty() && !self.owner.is_empty() && self.owner != realm {
            self.drop_draft(commands);
        }
        self.enter(now, commands);
    }
}
