//! What frames every page.

use super::{html, lines, now, screen};
use expect_test::expect;
use pgflex_restore::app::{Event, Field};
use pgflex_restore::screen::{Account, Block, Input, Page, Screen, Span, Tone, plain};

fn framed() -> Screen {
    let mut screen = screen(Page { title: "Find a server".to_string(), ..Page::default() });
    screen.frame.nav = vec![
        ("Find".to_string(), "#/find".to_string(), true),
        ("Activity".to_string(), "#/activity".to_string(), false),
    ];
    screen.frame.account = Some(Account {
        name: "oncall-dba@contoso.com".to_string(),
        actions: vec![("Sign out".to_string(), Event::SignOutPressed)],
    });
    screen.frame.foot = ("Public Azure".to_string(), plain("Version 1.0.0"));
    screen
}

#[test]
fn a_page_has_its_landmarks_in_order() {
    expect![[r##"
        <div><a href="#main" class="hidden">Skip to the content</a><header class="topbar"><a href="#/" class="topbar__brand">[icon]PG Flex Restore</a><nav aria-label="Main" class="topbar__nav"><a href="#/find" aria-current="page" class="topbar__link">Find</a><a href="#/activity" class="topbar__link">Activity</a></nav><details class="menu topbar__end"><summary>[icon]<span class="topbar__who">oncall-dba@contoso.com</span>[icon]</summary>
        <div class="menu__list"><button type="button" class="button button--quiet">Sign out</button></div></details></header>
        <p role="status" class="said"></p>
        <p role="status" class="hidden"></p><dialog id="help" class="dialog card stack"></dialog></div><main id="main" tabindex="-1" class="page">
        <div class="page__head"><h1 id="page-title" tabindex="-1">Find a server</h1></div>
        <div class="stack stack--loose">
        <div class="stack stack--loose"></div>
        <div class="stack stack--loose"></div></div></main><footer class="foot small quiet row row--between"><span>Public Azure</span><span>Version 1.0.0</span></footer>"##]].assert_eq(&lines(&html(framed())));
}

#[test]
fn the_simulation_says_that_it_is_one() {
    let mut screen = framed();
    let leave = Span::Link { text: "Leave".to_string(), more: String::new(), href: "#/".to_string() };
    screen.frame.banner = Some(vec![
        Span::Strong("This is a simulated Azure.".to_string()),
        Span::Text("Nothing is real.".to_string()),
        leave,
    ]);
    let html = lines(&html(screen));
    let banner = html.lines().find(|line| line.contains("\"sim\"")).unwrap();
    expect![[r##"<div role="region" aria-label="Simulation" class="sim">[icon]<b>This is a simulated Azure.</b><span>Nothing is real.</span><a href="#/">Leave</a></div>"##]].assert_eq(banner);
}

#[test]
fn nobody_signed_in_has_no_menu() {
    let mut screen = framed();
    screen.frame.account = Some(Account { name: "Signed out".to_string(), actions: vec![] });
    let html = html(screen);
    assert!(!html.contains("<details") && html.contains("Signed out"), "{html}");
}

/// What is read out on a page with these parts.
fn read_out(main: Vec<Block>, side: Vec<Block>) -> String {
    let mut screen = framed();
    (screen.page.main, screen.page.side) = (main, side);
    let html = html(screen);
    html.split("<p role=\"status\" class=\"hidden\">").nth(1).unwrap().split("</p>").next().unwrap().to_string()
}

fn note(tone: Tone, title: &str, body: Vec<Block>) -> Block {
    Block::Note { tone, icon: None, title: title.to_string(), body }
}

#[test]
fn what_goes_wrong_is_read_out_wherever_it_stands() {
    let asks_again = Block::Para(vec![Span::Text("Asks again ".to_string()), Span::Until(now())]);
    let inner = note(Tone::Bad, "Azure did not answer", vec![]);
    let main = vec![note(Tone::Warn, "We do not know whether Azure heard us", vec![asks_again, inner])];
    let trouble = note(Tone::Warn, "Azure has a problem of its own", vec![]);
    let side = vec![Block::Card { id: "check".to_string(), title: "Check".to_string(), body: vec![trouble] }];
    assert_eq!(
        read_out(main, side),
        "We do not know whether Azure heard us. Azure did not answer. Azure has a problem of its own"
    );
    assert_eq!(read_out(vec![note(Tone::Plain, "You can close this tab", vec![])], vec![]), "");
}

#[test]
fn a_text_that_leads_nowhere_or_is_no_time_is_read_out_and_a_field_that_is_being_typed_is_not() {
    let field = |field, error: &str| {
        Block::Form(
            vec![Block::Input(Input {
                field,
                label: "Field".to_string(),
                hint: vec![],
                error: Some(plain(error)),
                value: "x".to_string(),
                ending: None,
                code: true,
                options: vec![],
            })],
            Event::OpenPressed,
        )
    };
    assert_eq!(read_out(vec![field(Field::Search, "This is not a resource id")], vec![]), "This is not a resource id");
    assert_eq!(read_out(vec![field(Field::When, "This may be two dates")], vec![]), "This may be two dates");
    assert_eq!(read_out(vec![field(Field::Prefix, "Too long by 1")], vec![]), "");
}

#[test]
fn the_same_words_said_again_are_new_words() {
    let said = |nth| {
        let mut screen = framed();
        screen.frame.said = Some((nth, "Copied".to_string()));
        html(screen).split("class=\"said__words\">").nth(1).unwrap().split('<').next().unwrap().to_string()
    };
    assert_eq!(said(2), "Copied");
    assert_ne!(said(3), said(2));
}
