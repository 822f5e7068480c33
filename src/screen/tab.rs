//! What is seen from elsewhere: the title, notifications, and the line that offers them.

use super::make::{Press, Put};
use super::{Block, Button, Page};
use crate::app::{Event, Model, Notices};
use crate::flow::standing::{News, Standing};
use crate::link::World;
use crate::words::{labels, page};

/// The document's title: first how the restore stands that matters most, then the page if it is another one.
pub(super) fn title(model: &Model, page: &Page) -> String {
    let urgent = model.urgent();
    let mut title = urgent.map_or_else(String::new, |stand| stands(&stand.news));
    if !page.display && urgent.is_none_or(|stand| !stand.here) {
        separate(&mut title);
        title.push_str(&page.title);
    }
    separate(&mut title);
    title.push_str(labels::PROGRAM);
    title
}

fn separate(title: &mut String) {
    if !title.is_empty() {
        title.push_str(" · ");
    }
}

/// `Failed: psql-orders-prod`
pub(super) fn stands(news: &News) -> String {
    let how = match news.standing {
        Standing::Going => return page::in_progress(&news.server),
        Standing::Done => page::DONE,
        Standing::Warned => page::DONE_WITH_WARNINGS,
        Standing::Cancelled => page::CANCELLED,
        Standing::Failed => page::FAILED,
        Standing::Waiting => page::NEEDS_YOU,
    };
    page::stands(how, &news.server)
}

/// A notification's title and text. Names the server and nothing else.
pub fn notice(world: World, news: &News) -> (String, &'static str) {
    let text = match (world, news.standing) {
        (World::Demo, _) => page::SIMULATION,
        (_, Standing::Done) => page::DONE_MORE,
        _ => page::SEE_PAGE,
    };
    (stands(news), text)
}

/// Offers to tell the end, beside the other buttons; or says that it is told, or why not.
pub(super) fn offer(body: &mut Vec<Block>, mut buttons: Vec<Button>, model: &Model) {
    if model.notices == Notices::Askable {
        buttons.tell(page::TELL_ME, Event::TellMePressed);
    }
    if !buttons.is_empty() {
        body.buttons(buttons);
    }
    match model.notices {
        Notices::Allowed => body.hints(page::WILL_TELL),
        Notices::Blocked => body.hints(page::MAY_NOT_TELL),
        Notices::Askable | Notices::Absent => body,
    };
}
