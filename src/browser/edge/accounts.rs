//! Who is signed in: leaving for the sign-in page, signing out, and which of several accounts is in use.

use super::{Azure, Edge};
use crate::app::{Event, Person, Session};
use crate::browser::runtime::Program;
use crate::browser::{demo, sign_in};
use crate::link::World;

impl<P: Program + 'static> Edge<P> {
    pub(super) fn sign_in(&self, claims: Option<String>) {
        match (self.world.get(), self.signing_in()) {
            (World::Demo, _) => self.tell(Event::SessionChanged(demo::person())),
            (World::Azure, None) => self.find_azure(true),
            (World::Azure, Some(sign_in)) => {
                self.leaving.set(true);
                self.tell(Event::SessionChanged(Session::Leaving));
                self.spawn(async move |edge| {
                    let refusal = sign_in.leave(claims.as_deref()).await;
                    // Without a refusal the browser is still leaving, or was brought back: `pageshow` tells.
                    if let Some(refusal) = refusal {
                        edge.leaving.set(false);
                        edge.session_changed(sign_in::failed(refusal));
                    }
                });
            }
        }
    }

    /// Begins anew with another account. What was asked with the one before is dropped as in another world: the
    /// program reads everything with the eyes of one account.
    pub(super) fn use_account(&self, id: &str) {
        let turned = self.signing_in().filter(|sign_in| self.world.get() == World::Azure && sign_in.turn_to(id));
        if let (Some(sign_in), Azure::Known { session, .. }) = (&turned, &mut *self.azure.borrow_mut()) {
            *session = sign_in.session();
        }
        if turned.is_some() {
            self.enter();
        }
    }

    /// Everybody who is signed in in this tab; nobody in the demo.
    pub(super) fn people(&self) -> Vec<Person> {
        let sign_in = self.signing_in().filter(|_| self.world.get() == World::Azure);
        sign_in.map_or_else(Vec::new, |sign_in| sign_in.people())
    }

    pub(super) fn sign_out(&self) {
        match (self.world.get(), self.signing_in()) {
            (World::Azure, Some(sign_in)) => {
                // At once: a Back to this page, as the browser has kept it, shows nothing that Azure has told.
                self.leaving.set(true);
                self.tell(Event::SessionChanged(Session::Leaving));
                self.spawn(async move |edge| {
                    let refusal = sign_in.sign_out().await;
                    // Whoever was brought back knows it already (`pageshow`), and MSAL's patience is over only then.
                    if edge.leaving.replace(false) {
                        edge.session_changed(refusal.map_or(Session::SignedOut, sign_in::failed));
                    }
                });
            }
            _ => self.session_changed(Session::SignedOut),
        }
    }
}
