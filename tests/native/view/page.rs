//! The page as a whole.

use super::{at, html, lines, screen};
use expect_test::expect;
use pgflex_restore::screen::{Block, Page, Press, Span, Steps, Tone, plain};

fn main_part(page: Page) -> String {
    let html = html(screen(page));
    let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_string();
    lines(&format!("<main{main}"))
}

fn steps(current: usize) -> Option<Steps> {
    let items = [
        ("Server", Some("#/find")),
        ("Point", Some("#/points")),
        ("Target", None),
        ("Review", None),
        ("Restore", None),
    ];
    Some(Steps { current, items: items.into_iter().map(|(n, h)| (n.to_string(), h.map(str::to_string))).collect() })
}

#[test]
fn steps_say_what_is_done_and_where_one_is() {
    expect![[r##"
        <main id="main" tabindex="-1" class="page"><nav aria-label="Steps">
        <ol class="steps">
        <li class="steps__item steps__item--done"><span class="steps__mark">[icon:Done]</span><a href="#/find" class="steps__word">Server</a></li>
        <li aria-current="step" class="steps__item"><span class="steps__mark">2</span><span class="steps__word">Point</span></li>
        <li class="steps__item"><span class="steps__mark">3</span><span class="steps__word">Target</span></li>
        <li class="steps__item"><span class="steps__mark">4</span><span class="steps__word">Review</span></li>
        <li class="steps__item"><span class="steps__mark">5</span><span class="steps__word">Restore</span></li></ol></nav>
        <div class="page__head"><h1 id="page-title" tabindex="-1">Points</h1></div>
        <div class="stack stack--loose">
        <div class="stack stack--loose"></div>
        <div class="stack stack--loose"></div></div>"##]].assert_eq(&main_part(Page { steps: steps(2), title: "Points".to_string(), ..Page::default() }));
}

#[test]
fn what_is_beside_stands_between_the_first_part_and_the_rest() {
    let para = |text: &str| vec![Block::Para(plain(text))];
    let page = Page {
        title: "Review".to_string(),
        lead: plain("Nothing has been started."),
        main: para("main"),
        side: para("side"),
        rest: para("rest"),
        ..Page::default()
    };
    expect![[r#"
        <main id="main" tabindex="-1" class="page">
        <div class="page__head"><h1 id="page-title" tabindex="-1">Review</h1>
        <p class="page__lead">Nothing has been started.</p></div>
        <div class="split">
        <div class="stack stack--loose">
        <p>main</p></div><aside class="split__side stack">
        <p>side</p></aside>
        <div class="stack stack--loose">
        <p>rest</p></div></div>"#]]
    .assert_eq(&main_part(page));
}

#[test]
fn a_servers_states_are_a_row_of_items() {
    let lead = vec![
        Span::State(Tone::Ok, "Protected".to_string()),
        Span::Text("bvault".to_string()),
        Span::Text("West Europe".to_string()),
    ];
    let html = main_part(Page { title: "psql".to_string(), lead, ..Page::default() });
    assert!(html.contains("<span>bvault</span><span>West Europe</span>"), "{html}");
    let lead = vec![Span::Text("Point of ".to_string()), Span::Time(at("2026-11-09T23:03:48Z"))];
    let html = main_part(Page { title: "psql".to_string(), lead, ..Page::default() });
    assert!(html.contains("<p class=\"quiet\">Point of <time"), "{html}");
}

#[test]
fn the_start_page_has_its_buttons_below_the_promise() {
    let mut buttons = Vec::new();
    buttons.go("Try it", "#/demo".to_string()).primary();
    let page = Page {
        title: "Get a backup out.".to_string(),
        lead: plain("Your server is not touched."),
        display: true,
        main: vec![Block::Buttons(buttons)],
        rest: vec![Block::Para(plain("How it goes"))],
        ..Page::default()
    };
    expect![[r##"
        <main id="main" tabindex="-1" class="page">
        <div class="promise stack"><h1 id="page-title" tabindex="-1">Get a backup out.</h1>
        <p class="page__lead">Your server is not touched.</p>
        <div class="row"><a href="#/demo" class="button button--primary button--large">Try it</a></div></div>
        <div class="stack stack--loose">
        <p>How it goes</p></div>"##]]
    .assert_eq(&main_part(page));
}
