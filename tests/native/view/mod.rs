//! Screens drawn to HTML on the host: what a browser is given, and what a person with a screen reader hears.

mod blocks;
mod form;
mod frame;
mod page;
mod points;
mod text;
mod timeline;

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use leptos::prelude::*;
use pgflex_restore::app::Event;
use pgflex_restore::moment::Moment;
use pgflex_restore::screen::{Block, Frame, Help, Page, Screen};
use pgflex_restore::view::{App, AppProps, Host, Local};
use std::sync::Arc;

/// Nothing is ever run later: a page is drawn once.
struct Never;

impl CustomExecutor for Never {
    fn spawn(&self, _: PinnedFuture<()>) {}
    fn spawn_local(&self, _: PinnedLocalFuture<()>) {}
    fn poll_local(&self) {}
}

pub fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

/// The moment at which all these pages are looked at.
pub fn now() -> Moment {
    at("2026-11-22T02:12:40Z")
}

fn central_europe(_: Moment) -> Local {
    Local { minutes_ahead: 60, name: "CET".to_string() }
}

pub fn screen(page: Page) -> Screen {
    let frame = Frame {
        home: "#/".to_string(),
        nav: vec![],
        account: None,
        banner: None,
        foot: (String::new(), vec![]),
        said: None,
        help: Help { open: false, keys: Vec::new(), on: true },
    };
    Screen { title: "Test".to_string(), frame, page, led_to: None }
}

/// The page as HTML, one element on a line.
pub fn html(screen: Screen) -> String {
    html_in(screen, central_europe)
}

pub fn html_in(screen: Screen, zone: fn(Moment) -> Local) -> String {
    let _ = Executor::init_custom_executor(Never);
    let owner = Owner::new();
    let raw = owner.with(|| {
        let host = Host {
            screen: ArcRwSignal::new(screen).read_only(),
            now: ArcRwSignal::new(now()).read_only(),
            dispatch: Arc::new(|_: Event| {}),
            zone: Arc::new(zone),
            title: Arc::new(|_| {}),
        };
        App(AppProps { host }).to_html()
    });
    let raw = raw.replace("<!>", "").replace("<!--<() />-->", "");
    check_every_page(&raw);
    raw
}

/// What holds for whatever is drawn.
fn check_every_page(html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "one heading of level 1: {html}");
    assert!(!html.contains("style="), "no inline style: {html}");
    let mut ids: Vec<&str> = values(html, " id=\"");
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "every id once: {html}");
    for name in [" aria-describedby=\"", " aria-labelledby=\"", " for=\""] {
        for list in values(html, name) {
            for id in list.split(' ') {
                assert!(ids.contains(&id), "{name} leads to {id}: {html}");
            }
        }
    }
    let mut level = 1;
    for digit in html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)) {
        assert!(digit <= level + 1, "headings in order: {html}");
        level = digit;
    }
}

fn values<'a>(html: &'a str, before: &str) -> Vec<&'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Blocks drawn in a page's first part.
pub fn drawn(blocks: Vec<Block>) -> String {
    drawn_on(Page { title: "Page".to_string(), main: blocks, ..Page::default() })
}

pub fn drawn_on(page: Page) -> String {
    let all = html(screen(page));
    let start = all.find("<div class=\"stack stack--loose\"><div class=\"stack stack--loose\">");
    let main = start.map_or(all.as_str(), |start| &all[start + 64..]);
    main.split("</div><div class=\"stack stack--loose\"></div></div></main>").next().unwrap().to_string()
}

/// Drawings are compared without the paths of their icons, a line for each element.
pub fn lines(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<svg") {
        let end = rest[start..].find("</svg>").unwrap() + start + 6;
        out.push_str(&rest[..start]);
        let named = values(&rest[start..end], "aria-label=\"").first().map(|name| format!(":{name}"));
        out.push_str(&format!("[icon{}]", named.unwrap_or_default()));
        rest = &rest[end..];
    }
    out.push_str(rest);
    for tag in ["li", "p", "div", "section", "h2", "h3", "tr", "td", "th", "tbody", "thead", "dt", "dd", "ol", "ul"] {
        out =
            out.replace(&format!("<{tag}>"), &format!("\n<{tag}>")).replace(&format!("<{tag} "), &format!("\n<{tag} "));
    }
    out.trim_start().to_string()
}
