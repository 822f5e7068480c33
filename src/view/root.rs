//! The page as something that Leptos can mount: drawn again when the screen changes, going on when the clock does.

use super::Host;
use super::ctx::Ctx;
use super::drawn;
use super::focus;
use super::frame;
use super::html;
use super::node::Node;
use super::page::page;
use super::pen::Pen;
use crate::app::Field;
use crate::screen::{Block, Input, Page, Screen, Span, Tone};
use crate::words::visible::visible;
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use std::rc::Rc;

/// The whole page.
pub struct Root(pub Host);

/// The page, mounted or not yet.
pub struct Mounted {
    host: Host,
    /// What keeps it as it should be, and where.
    living: Option<(types::Element, [RenderEffect<()>; 2])>,
}

fn draw(ctx: &Rc<Ctx>, screen: &Screen) -> Vec<Node> {
    let mut pen = Pen::new(ctx);
    frame::above(&mut pen, &screen.frame, &read_out(&screen.page));
    page(&mut pen, &screen.page);
    frame::below(&mut pen, &screen.frame);
    pen.done()
}

/// What of a screen has effects outside of what is drawn.
struct Seen {
    title: String,
    key: String,
    errors: bool,
    help: bool,
    led_to: Option<(u64, Field)>,
}

impl Seen {
    fn new(screen: &Screen) -> Seen {
        let mut errors = false;
        each(&screen.page, &mut |block| errors |= matches!(block, Block::Errors { .. }));
        let help = screen.frame.help.open;
        Seen { title: screen.title.clone(), key: screen.page.key.clone(), errors, help, led_to: screen.led_to }
    }

    /// The first page leaves the focus where the browser put it.
    fn follow(&self, before: Option<&Seen>, host: &Host) {
        if before.is_none_or(|before| before.title != self.title) {
            (host.title)(visible(&self.title).into_owned());
        }
        let Some(before) = before else { return };
        if before.key != self.key {
            focus::to_new_page();
        }
        if self.errors && !before.errors {
            focus::later_to(focus::ERRORS);
        }
        if self.help != before.help {
            focus::help(self.help);
        }
        if let Some((_, field)) = self.led_to.filter(|_| self.led_to != before.led_to) {
            focus::later_to(field.id());
        }
    }
}

/// Every part of a page in the order in which it is read, and the parts in those that hold others.
fn each<'a>(page: &'a Page, seen: &mut dyn FnMut(&'a Block)) {
    let mut parts: Vec<&Block> = page.main.iter().chain(&page.side).chain(&page.rest).rev().collect();
    while let Some(part) = parts.pop() {
        seen(part);
        if let Block::Form(body, _)
        | Block::Section { body, .. }
        | Block::Card { body, .. }
        | Block::Note { body, .. }
        | Block::Pair(body) = part
        {
            parts.extend(body.iter().rev());
        }
    }
}

/// What is read out to whoever does not see it come up: that something went wrong, that what was to be opened is
/// nothing to open, and why a time is not understood. As long as that stays so the words stay the same, and are read out once.
fn read_out(page: &Page) -> String {
    let mut words = Vec::new();
    each(page, &mut |block| match block {
        Block::Note { tone, title, .. } if *tone != Tone::Plain => words.push(title.as_str()),
        Block::Input(Input { field: Field::Search | Field::When, error: Some(error), .. }) => {
            words.extend(
                error.iter().filter_map(|span| if let Span::Text(text) = span { Some(text.as_str()) } else { None }),
            );
        }
        _ => {}
    });
    words.join(". ")
}

impl Mountable for Mounted {
    fn mount(&mut self, parent: &types::Element, _marker: Option<&types::Node>) {
        let ctx = Rc::new(Ctx::new(&self.host));
        let (place, host, clock) = (parent.clone(), self.host.clone(), Rc::clone(&ctx));
        let now = self.host.now.clone();
        let (mut kids, mut seen) = (Vec::new(), None);
        let drawing = RenderEffect::new(move |_| {
            host.screen.with(|screen| {
                drawn::kids(&ctx, &place, &mut kids, draw(&ctx, screen));
                let seeing = Seen::new(screen);
                seeing.follow(seen.as_ref(), &host);
                seen = Some(seeing);
            });
        });
        let ticking = RenderEffect::new(move |_| clock.go_on(now.get()));
        self.living = Some((parent.clone(), [drawing, ticking]));
    }

    fn unmount(&mut self) {
        if let Some((parent, _)) = self.living.take() {
            Rndr::clear_children(&parent);
        }
    }

    fn insert_before_this(&self, _child: &mut dyn Mountable) -> bool {
        false
    }

    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}

impl Render for Root {
    type State = Mounted;

    fn build(self) -> Mounted {
        Mounted { host: self.0, living: None }
    }

    /// The page is the whole program's: nobody draws another one in its place.
    fn rebuild(self, _state: &mut Mounted) {}
}

impl AddAnyAttr for Root {
    type Output<A: Attribute> = Root;

    /// Nothing is spread onto a page's parts from outside.
    fn add_any_attr<A: Attribute>(self, _attr: A) -> Self::Output<A> {
        self
    }
}

impl RenderHtml for Root {
    type AsyncOutput = Root;
    type Owned = Root;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Root {
        self
    }

    fn to_html_with_buf(self, buf: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        let ctx = Rc::new(Ctx::new(&self.0));
        html::write(&ctx, draw(&ctx, &self.0.screen.get_untracked()), buf);
    }

    /// Pages are never made by a server, so there is nothing to take over.
    fn hydrate<const FROM_SERVER: bool>(self, _cursor: &Cursor, _position: &PositionState) -> Mounted {
        self.build()
    }

    fn into_owned(self) -> Root {
        self
    }
}
