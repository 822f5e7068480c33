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
    expect![[""]].assert_eq(&lines);
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
        assert_eq!(html.matches("mark--near").count(), if chosen == "elsewhere" { 0 } else { 2 - usize::from(chosen == "p4") });
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
