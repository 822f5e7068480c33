//! Several accounts: how they are called, and what to do where the one in use does not see what the address names.

use super::make::{Press, Put};
use super::{Icon, Page, Tone};
use crate::app::{Event, Model, Person, Session, Unseen};
use crate::fault::Code;
use crate::words::page as words;

/// What an account is called: two tenants may know the same login name.
pub(super) fn name(model: &Model, person: &Person) -> String {
    let same = model.accounts.iter().filter(|other| other.username == person.username).count();
    words::account(&person.username, (same > 1).then_some(person.tenant.as_str()))
}

/// What is to be done about what the page cannot show, below what went wrong.
pub(super) fn sight(page: &mut Page, model: &Model) {
    // What is looked at with other eyes is another page: it is read out from its heading on.
    if let (Session::SignedIn(person), true) = (&model.session, model.accounts.len() > 1) {
        let at = model.accounts.iter().position(|other| other.id == person.id).unwrap_or_default();
        page.key.push_str(&["/as/", &at.to_string()].concat());
    }
    let blocks = &mut page.main;
    let fault = match model.unseen() {
        None => return,
        Some(Unseen::Gone) => {
            blocks.says(words::GONE);
            return;
        }
        Some(Unseen::Hidden(fault, _)) => fault,
    };
    let (mut body, mut buttons) = (Vec::new(), Vec::new());
    let sight = model.sight.as_ref();
    if sight.is_some_and(|sight| sight.is_asking()) {
        blocks.progress(words::ASKING_OTHERS);
        return;
    }
    let seen = sight.and_then(|sight| model.accounts.iter().find(|other| sight.seen.as_ref() == Some(&other.id)));
    let title = match (seen, sight) {
        (Some(person), _) => {
            let name = name(model, person);
            body.says(words::SEEN_MORE);
            buttons.tell(&words::open_as(&name), Event::UseAccountPressed(person.id.clone())).primary();
            buttons.icon(Icon::Person);
            words::can_see(&name)
        }
        (_, Some(sight)) if sight.unsure => {
            body.says(words::NOBODY_KNOWS_MORE);
            words::NOBODY_KNOWS.to_string()
        }
        (_, Some(_)) => words::NOBODY_SEES.to_string(),
        (_, None) => words::ANOTHER_MAY.to_string(),
    };
    if let (None, Session::SignedIn(person)) = (seen, &model.session) {
        body.says(&words::looked_as(&name(model, person), &person.tenant));
        // There the note above has the button.
        if fault.code != Code::OtherTenant {
            buttons.tell(words::SIGN_IN_OTHER, Event::SignInPressed).icon(Icon::Person);
        }
    }
    if !buttons.is_empty() {
        body.buttons(buttons);
    }
    blocks.note(Tone::Plain, Some(Icon::Person), &title, body);
}
