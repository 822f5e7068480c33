//! The points by time.

use super::{at, html, screen, values};
use expect_test::expect;
use pgflex_restore::app::{Event, Field};
use pgflex_restore::flow::series::{gaps, until};
use pgflex_restore::moment::Span;
use pgflex_restore::screen::{Page, Point, PointName, Points, Press, Sign, Timeline};
use std::sync::Arc;

fn point(name: &str, made: &str, what: &str) -> Point {
    Point {
        name: PointName::parse(name).unwrap(),
        made: at(made),
        state: if what == "Partial" { what } else { "Completed" }.to_string(),
        kind: "Full".to_string(),
        stores: vec![if what == "ArchiveStore" { what } else { "VaultStore" }.to_string()],
        tag: if what == "Yearly" { what } else { "Default" }.to_string(),
        expires: None,
    }
}

fn timeline(points: Vec<Point>) -> Timeline {
    let points: Arc<[Point]> = points.into();
    let now = until(&points, super::now());
    let mut buttons = Vec::new();
    buttons.tell("Choose the newest", Event::AskPressed);
    let range = |words: &str, is_it| (words.to_string(), Event::Typed(Field::Range, words.to_string()), is_it);
    Timeline {
        title: "Points, October 2026 to now".to_string(),
        ranges: vec![range("30 days", true), range("All", false)],
        buttons,
        says: vec![],
        legend: vec![(Sign::Point, "Point".to_string()), (Sign::Missing, "Missing".to_string())],
        drawn: points.len(),
        from: points.last().map_or(now, |oldest| oldest.made),
        until: now,
        gaps: gaps(&points, Span::from_secs(7 * 86_400), Some(now)),
        own: Some(at("2026-11-08T02:12:00Z")),
        wish: Some(at("2026-11-11T01:41:07Z")),
        points,
    }
}

fn drawn(timeline: Timeline, chosen: &str) -> String {
    let points = Points { chosen: PointName::parse(chosen), timeline: Some(timeline), ..Points::default() };
    html(screen(Page { title: "psql".to_string(), points: Some(points), ..Page::default() }))
}

fn some() -> Vec<Point> {
    vec![
        point("p4", "2026-11-16T23:04:11Z", ""),
        point("p3", "2026-11-09T23:03:48Z", "Partial"),
        point("p2", "2026-10-26T23:02:05Z", "ArchiveStore"),
        point("p1", "2026-10-19T23:02:00Z", "Yearly"),
    ]
}

#[test]
fn a_month_is_a_group_of_marks_that_say_all_there_is_to_say() {
    let html = drawn(timeline(some()), "p3");
    let from = html.find("<section aria-labelledby=\"timeline\"").unwrap();
    let part = &html[from..from + html[from..].find("</section>").unwrap()];
    let lines = ["<div", "<svg", "<rect", "<path", "<text", "<ul", "<li", "<span", "<button", "<h2", "<pattern"]
        .iter()
        .fold(part.to_string(), |out, tag| out.replace(tag, &format!("\n{tag}")));
    expect![[r#"
        <section aria-labelledby="timeline" class="stack">
        <h2 id="timeline">Points, October 2026 to now</h2>
        <div class="row row--between timeline__tools">
        <div role="group" aria-label="How far back" class="row ranges">
        <button type="button" aria-pressed="true" class="button">30 days</button>
        <button type="button" aria-pressed="false" class="button">All</button></div>
        <div class="row">
        <button type="button" class="button">Choose the newest</button></div></div>
        <div class="stack stack--tight timeline__says"></div>
        <div role="listbox" aria-labelledby="timeline" aria-orientation="horizontal" class="timeline">
        <div role="group" aria-label="October 2026, 2 points" class="timeline__month">
        <span aria-hidden="true" class="timeline__name small quiet">Oct 2026</span>
        <svg role="none" class="timeline__plot">
        <rect y="26" width="1" height="12" class="timeline__edge"></rect>
        <rect y="31.5" height="1" x="61.1%" width="38.9%" class="timeline__axis"></rect>
        <rect x="95.0%" y="20" width="5.0%" height="24" class="timeline__gap"></rect>
        <svg y="32" role="option" x="61.1%" data-point="p1" tabindex="-1" aria-selected="false" aria-label="19 October 2026, 23:02 UTC, Completed, Full, vault tier, Yearly" class="mark">
        <rect x="-12" y="-14" width="24" height="44" class="mark__hit"></rect>
        <path d="M-9 0a9 9 0 1 0 18 0 9 9 0 1 0-18 0" class="mark__ring"></path>
        <path d="M0-10 10 0 0 10-10 0z" class="mark__tag"></path>
        <path d="M-5 0a5 5 0 1 0 10 0 5 5 0 1 0-10 0" class="mark__dot"></path>
        <text y="26">19</text></svg>
        <svg y="32" role="option" x="83.7%" data-point="p2" tabindex="-1" aria-selected="false" aria-label="26 October 2026, 23:02 UTC, Completed, Full, archive tier, Default" class="mark mark--near">
        <rect x="-12" y="-14" width="24" height="44" class="mark__hit"></rect>
        <path d="M-9 0a9 9 0 1 0 18 0 9 9 0 1 0-18 0" class="mark__ring"></path>
        <path d="M-4.5-4.5h9v9h-9z" class="mark__dot"></path>
        <text y="26">26</text></svg></svg></div>
        <div role="group" aria-label="November 2026, 2 points" class="timeline__month">
        <span aria-hidden="true" class="timeline__name small quiet">Nov</span>
        <svg role="none" class="timeline__plot">
        <rect y="26" width="1" height="12" class="timeline__edge"></rect>
        <rect y="31.5" height="1" x="0.0%" width="70.3%" class="timeline__axis"></rect>
        <rect x="0.0%" y="20" width="18.2%" height="24" class="timeline__gap"></rect>
        <text y="12" aria-hidden="true" x="9.1%" class="timeline__missing">1 missing</text>
        <rect x="23.6%" y="66" width="46.7%" height="4" class="timeline__own"></rect>
        <svg y="32" role="option" x="29.8%" data-point="p3" tabindex="0" aria-selected="true" aria-label="9 November 2026, 23:03 UTC, Partial, Full, vault tier, Default, 1 missing before it, chosen" class="mark mark--chosen mark--partial">
        <rect x="-12" y="-14" width="24" height="44" class="mark__hit"></rect>
        <path d="M-9 0a9 9 0 1 0 18 0 9 9 0 1 0-18 0" class="mark__ring"></path>
        <path d="M-5 0a5 5 0 1 0 10 0 5 5 0 1 0-10 0" class="mark__dot"></path>
        <text y="26">9</text></svg>
        <svg y="32" role="option" x="53.2%" data-point="p4" tabindex="-1" aria-selected="false" aria-label="16 November 2026, 23:04 UTC, Completed, Full, vault tier, Default" class="mark mark--near">
        <rect x="-12" y="-14" width="24" height="44" class="mark__hit"></rect>
        <path d="M-9 0a9 9 0 1 0 18 0 9 9 0 1 0-18 0" class="mark__ring"></path>
        <path d="M-5 0a5 5 0 1 0 10 0 5 5 0 1 0-10 0" class="mark__dot"></path>
        <text y="26">16</text></svg>
        <svg y="32" aria-hidden="true" x="33.5%" class="timeline__wish">
        <path d="M0 0v-24m-2-2a2 2 0 1 0 4 0 2 2 0 1 0-4 0"></path>
        <text x="6" y="-22">your time</text></svg></svg></div></div>
        <ul class="row small quiet legend">
        <li class="state">
        <svg viewBox="-10 -10 20 20" aria-hidden="true" class="legend__sign mark">
        <path d="M-9 0a9 9 0 1 0 18 0 9 9 0 1 0-18 0" class="mark__ring"></path>
        <path d="M-5 0a5 5 0 1 0 10 0 5 5 0 1 0-10 0" class="mark__dot"></path></svg>Point</li>
        <li class="state">
        <svg viewBox="-10 -10 20 20" aria-hidden="true" class="legend__sign">
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0v6" class="timeline__hatch"></path></pattern>
        <rect x="-10" y="-7" width="20" height="14" class="timeline__gap"></rect></svg>Missing</li></ul>"#]].assert_eq(&lines);
}

#[test]
fn one_mark_is_a_stop_of_the_tab_key() {
    for (chosen, stop) in [("p2", "p2"), ("p4", "p4"), ("elsewhere", "p4")] {
        let html = drawn(timeline(some()), chosen);
        let stops: Vec<&str> = html.split("tabindex=\"0\"").collect();
        assert_eq!(stops.len(), 2, "{html}");
        assert_eq!(values(stops[0], "data-point=\"").last(), Some(&stop));
        let selected = html.matches("aria-selected=\"true\"").count();
        assert_eq!(selected, usize::from(chosen != "elsewhere"), "{html}");
        assert_eq!(
            html.matches("mark--near").count(),
            if chosen == "elsewhere" { 0 } else { 2 - usize::from(chosen == "p4") }
        );
    }
}

#[test]
fn without_a_mark_there_is_nothing_to_choose_and_no_stop() {
    let html = drawn(timeline(vec![]), "p1");
    assert!(!html.contains("listbox") && !html.contains("tabindex=\"0\""), "{html}");
    assert!(html.contains("aria-hidden=\"true\" class=\"timeline\""), "{html}");
}

#[test]
fn names_from_azure_are_words_and_nothing_else() {
    let mut points = some();
    points[0].tag = "<b>\u{202e}x\"".to_string();
    let html = drawn(timeline(points), "p1");
    assert!(html.contains("vault tier, &lt;b>⟨U+202E⟩x&quot;"), "{html}");
}
