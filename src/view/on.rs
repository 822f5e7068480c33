//! What a person does, as data: a listener that holds nothing of its own is one piece of code for all elements.

use super::focus;
use super::marks;
use crate::app::{Event, Field};
use crate::screen::PointName;
use leptos::web_sys;

/// What happens when a person acts on an element.
pub enum On {
    /// A press tells this.
    Press(Event),
    /// A press does nothing. Return in a field presses the form's button too: this holds that back as well.
    Hold,
    /// A press moves the focus to this id. The fragment is the router's: it stays as it is.
    Focus(&'static str),
    /// What is typed or chosen is told.
    Type(Field),
    /// Submitting tells this; if that finds errors, their list gets the focus.
    Submit(Event),
    /// A press anywhere in a row of a table chooses its radio button.
    Row,
    /// The point whose radio button is chosen is told.
    Choose,
    /// A dialog that is closed tells this.
    Close(Event),
    /// A switch that is turned tells what it is turned to.
    Switch(fn(bool) -> Event),
    /// A press prints the page.
    Print,
    /// The point whose mark is pressed is told.
    Mark,
    /// Arrow keys move along the marks; Return or the space bar presses one.
    Along,
    /// Coming on screen tells this, once.
    Shown(Event),
}

impl On {
    /// What is listened to.
    pub fn name(&self) -> &'static str {
        match self {
            On::Press(_) | On::Hold | On::Focus(_) | On::Row | On::Print | On::Mark => "click",
            On::Along => "keydown",
            On::Type(_) => "input",
            On::Submit(_) => "submit",
            On::Choose | On::Switch(_) => "change",
            On::Close(_) => "close",
            // No event of the browser's: whoever listens watches the element instead.
            On::Shown(_) => "",
        }
    }

    /// Does what is done in the page itself; what is to be told comes back.
    pub fn hear(&self, event: &web_sys::Event) -> Option<Event> {
        match self {
            On::Press(told) => {
                // A copy button stays.
                if !matches!(told, Event::CopyPressed(_)) {
                    focus::stay_near(event);
                }
                return Some(told.clone());
            }
            On::Hold => event.prevent_default(),
            On::Focus(id) => {
                event.prevent_default();
                focus::to(id);
            }
            On::Type(field) => return Some(Event::Typed(*field, focus::value(event)?)),
            On::Submit(told) => {
                event.prevent_default();
                // What is wrong with the form around it is another matter than a container that is made on the way.
                if *told != Event::MakePressed {
                    focus::later_to(focus::ERRORS);
                }
                return Some(told.clone());
            }
            On::Row => focus::choose_in_row(event),
            On::Print => focus::print(),
            On::Shown(_) => {}
            On::Close(told) => return Some(told.clone()),
            On::Switch(told) => return Some(told(focus::is_on(event))),
            On::Choose => return PointName::parse(&focus::chosen(event)?).map(Event::PointChosen),
            On::Mark => return PointName::parse(&marks::pressed(event)?).map(Event::PointChosen),
            On::Along => return PointName::parse(&marks::along(event)?).map(Event::PointChosen),
        }
        None
    }
}
