//! Runs of text.

use super::{at, drawn, html_in, lines, screen};
use expect_test::{Expect, expect};
use pgflex_restore::app::Event;
use pgflex_restore::screen::{Block, Page, Span, Text, Tone};
use pgflex_restore::view::Local;

fn check(text: Text, expected: Expect) {
    expected.assert_eq(&lines(&drawn(vec![Block::Para(text)])));
}

#[test]
fn an_instant_is_shown_in_utc_on_the_readers_clock_and_by_its_age() {
    check(
        vec![Span::Time(at("2026-11-21T23:04:11Z"))],
        expect![[
            r#"<p><time datetime="2026-11-21T23:04:11Z" class="time"><span class="time__utc">2026-11-21 23:04:11 UTC</span><span class="time__sep"> · </span><span class="time__local">00:04 CET (+01:00) Sun 22 Nov</span><span class="time__sep"> · </span><span class="time__ago">3 h ago</span></time></p>"#
        ]],
    );
}

#[test]
fn where_the_readers_clock_shows_utc_it_is_not_repeated() {
    let page = Page { main: vec![Block::Para(vec![Span::Time(at("2026-11-21T23:04:11Z"))])], ..Page::default() };
    let html = html_in(screen(page), |_| Local { minutes_ahead: 0, name: "UTC".to_string() });
    assert!(html.contains("23:04:11 UTC") && !html.contains("time__local"), "{html}");
}

#[test]
fn a_value_to_copy_has_a_button_that_says_what_it_copies() {
    check(
        vec![Span::Copy { what: "job id".to_string(), value: "c7d1".to_string() }],
        expect![[
            r#"<p><span class="id"><code>c7d1</code><button type="button" aria-label="Copy job id" class="id__copy">[icon]</button></span></p>"#
        ]],
    );
}

#[test]
fn every_other_run() {
    check(
        vec![
            Span::Text("plain ".to_string()),
            Span::Strong("strong".to_string()),
            Span::Quiet("quiet".to_string()),
            Span::Code("code".to_string()),
            Span::Break,
            Span::State(Tone::Warn, "Partial".to_string()),
            Span::Clock(at("2026-11-09T23:03:48Z")),
            Span::Ago(at("2026-11-22T02:12:24Z")),
            Span::Until(at("2026-11-22T02:12:54Z")),
            Span::Lasting(at("2026-11-22T01:59:52Z")),
            Span::Link { text: "Change".to_string(), more: "the server".to_string(), href: "#/find".to_string() },
            Span::Out { text: "Docs".to_string(), href: "https://learn.microsoft.com/".to_string() },
            Span::Press { text: "Ask now".to_string(), more: String::new(), event: Event::AskPressed },
        ],
        expect![[
            r##"<p>plain <b>strong</b><span class="quiet">quiet</span><code>code</code><br><span class="state state--warn">[icon]Partial</span><time datetime="2026-11-09T23:03:48Z" class="time"><span class="time__utc">2026-11-09 23:03:48 UTC</span><span class="time__sep"> · </span><span class="time__local">00:03 CET (+01:00) Tue 10 Nov</span></time><span>16 s ago</span><span>in 14 s</span><span>12 min 48 s</span><a href="#/find">Change<span class="hidden"> the server</span></a><a href="https://learn.microsoft.com/" target="_blank" rel="noopener noreferrer">Docs<span class="hidden"> (opens in a new tab)</span></a><button type="button" class="press">Ask now</button></p>"##
        ]],
    );
}

#[test]
fn what_azure_names_cannot_hide_or_turn_around() {
    let html = drawn(vec![Block::Para(vec![
        Span::Strong("prod\u{202e}gnp.exe".to_string()),
        Span::Copy { what: "name\u{200b}".to_string(), value: "a\u{2066}b".to_string() },
        Span::State(Tone::Ok, "fine\u{200f}".to_string()),
    ])]);
    assert!(html.contains("prod⟨U+202E⟩gnp.exe"), "{html}");
    assert!(html.contains("a⟨U+2066⟩b") && html.contains("name⟨U+200B⟩") && html.contains("fine⟨U+200F⟩"), "{html}");
    assert!(!html.contains(['\u{202e}', '\u{200b}', '\u{2066}', '\u{200f}']), "{html}");
}

#[test]
fn markup_in_a_name_stays_text() {
    let html = drawn(vec![Block::Para(vec![Span::Text("<img src=x onerror=alert(1)>".to_string())])]);
    assert!(html.contains("&lt;img"), "{html}");
}

#[test]
fn an_address_that_is_not_what_it_has_to_be_leads_nowhere() {
    let html = drawn(vec![Block::Para(vec![
        Span::Link { text: "in".to_string(), more: String::new(), href: "javascript:alert(1)".to_string() },
        Span::Out { text: "out".to_string(), href: "http://example.com/".to_string() },
    ])]);
    assert!(!html.contains("<a"), "{html}");
}
