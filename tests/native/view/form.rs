//! Fields, forms and buttons.

use super::{at, drawn, lines};
use expect_test::{Expect, expect};
use pgflex_restore::app::{Event, Field};
use pgflex_restore::screen::{Act, Block, Button, Choice, Icon, Input, Press, Span, plain};

fn buttons(write: impl FnOnce(&mut Vec<Button>) -> &mut Vec<Button>) -> Block {
    let mut buttons = Vec::new();
    write(&mut buttons);
    Block::Buttons(buttons)
}

fn check(block: Block, expected: Expect) {
    expected.assert_eq(&lines(&drawn(vec![block])));
}

fn prefix() -> Input {
    Input {
        field: Field::Prefix,
        label: "File prefix".to_string(),
        hint: plain("Letters, digits and dashes."),
        error: None,
        value: "orders".to_string(),
        ending: Some("-k7q2mx".to_string()),
        code: true,
        options: vec![],
    }
}

#[test]
fn a_field_has_its_label_and_its_hint() {
    check(
        Block::Input(prefix()),
        expect![[r#"
            <div class="field"><label for="prefix" class="field__label">File prefix</label>
            <p id="prefix-hint" class="field__hint">Letters, digits and dashes.</p>
            <div class="affix"><input autocomplete="off" autocapitalize="off" spellcheck="false" id="prefix" aria-describedby="prefix-hint prefix-end" class="input input--code" .value="orders"><span id="prefix-end" class="affix__end"><span class="hidden">ending </span>-k7q2mx</span></div></div>"#]],
    );
}

#[test]
fn what_is_wrong_with_a_field_is_said_at_the_field() {
    check(
        Block::Input(Input { error: Some(plain("It has a blank.")), ..prefix() }),
        expect![[r#"
            <div class="field"><label for="prefix" class="field__label">File prefix</label>
            <p id="prefix-hint" class="field__hint">Letters, digits and dashes.</p>
            <p id="prefix-error" class="field__error">[icon]<span>It has a blank.</span></p>
            <div class="affix"><input autocomplete="off" autocapitalize="off" spellcheck="false" id="prefix" aria-invalid="true" aria-describedby="prefix-hint prefix-error prefix-end" class="input input--code" .value="orders"><span id="prefix-end" class="affix__end"><span class="hidden">ending </span>-k7q2mx</span></div></div>"#]],
    );
}

#[test]
fn how_a_time_was_read_stands_below_its_field_and_is_read_out_without_its_age() {
    let hint = vec![Span::Text("Read as ".to_string()), Span::Clock(at("2026-11-11T01:41:07Z"))];
    let value = "2026-11-11 02:41:07 CET".to_string();
    let when = Input { field: Field::When, hint, ending: None, value, ..prefix() };
    check(
        Block::Input(when.clone()),
        expect![[r#"
        <div class="field"><label for="when" class="field__label">File prefix</label><input autocomplete="off" autocapitalize="off" spellcheck="false" id="when" aria-describedby="when-hint" class="input input--code" .value="2026-11-11 02:41:07 CET">
        <p role="status" id="when-hint" class="field__hint">Read as <time datetime="2026-11-11T01:41:07Z" class="time"><span class="time__utc">2026-11-11 01:41:07 UTC</span><span class="time__sep"> · </span><span class="time__local">02:41 CET (+01:00) Wed 11 Nov</span></time></p></div>"#]],
    );
    let error = Some(plain("This may be two dates."));
    check(
        Block::Input(Input { hint: vec![], error, ..when }),
        expect![[r#"
        <div class="field"><label for="when" class="field__label">File prefix</label><input autocomplete="off" autocapitalize="off" spellcheck="false" id="when" aria-invalid="true" aria-describedby="when-hint when-error" class="input input--code" .value="2026-11-11 02:41:07 CET">
        <p role="status" id="when-hint" class="field__hint"></p>
        <p id="when-error" class="field__error">[icon]<span>This may be two dates.</span></p></div>"#]],
    );
}

#[test]
fn a_field_with_choices_is_a_list() {
    let options = vec![("weu".to_string(), "West Europe".to_string()), ("neu".to_string(), "North Europe".to_string())];
    let region =
        Input { field: Field::Region, ending: None, hint: vec![], options, value: "neu".to_string(), ..prefix() };
    check(
        Block::Input(region),
        expect![[
            r#"<div class="field"><label for="region" class="field__label">File prefix</label><select id="region" class="input"><option value="weu">West Europe</option><option value="neu" .selected>North Europe</option></select></div>"#
        ]],
    );
}

#[test]
fn a_choice_is_a_group_of_radio_buttons_that_its_legend_names() {
    let option = |value: &str, words: &str, chosen| (value.to_string(), plain(words), chosen);
    let options = vec![option("a", "stdemoweu", false), option("b", "stzonedweu", true)];
    let (hint, error) = (plain("2 storage accounts."), Some(plain("Choose one.")));
    let choice = Choice { field: Field::Account, label: "Storage account".to_string(), hint, error, options };
    check(
        Block::Choice(choice),
        expect![[r#"
        <fieldset tabindex="-1" id="account" aria-describedby="account-hint account-error" class="field"><legend class="field__label">Storage account</legend>
        <p id="account-hint" class="field__hint">2 storage accounts.</p>
        <p id="account-error" class="field__error">[icon]<span>Choose one.</span></p>
        <div class="choices"><label class="choice"><input type="radio" name="account" value="a"><span>stdemoweu</span></label><label class="choice"><input type="radio" name="account" value="b" .checked><span>stzonedweu</span></label></div></fieldset>"#]],
    );
}

#[test]
fn what_a_choice_leads_to_is_there_before_there_is_anything_to_choose() {
    let label = "Storage account".to_string();
    let choice = Choice { field: Field::Account, label, hint: vec![], error: None, options: vec![] };
    let errors = Block::Errors { title: "One thing".to_string(), lines: vec![(Field::Account, "Choose".to_string())] };
    let html = drawn(vec![errors, Block::Choice(choice)]);
    assert!(html.contains("href=\"#account\"") && html.contains("id=\"account\""), "{html}");
}

#[test]
fn a_form_around_the_search_field_is_a_search() {
    let search = Input { field: Field::Search, ending: None, hint: vec![], code: false, ..prefix() };
    let body = vec![Block::Input(search), buttons(|b| b.act("Open", Act::Submit).primary())];
    check(
        Block::Form(body, Event::OpenPressed),
        expect![[r#"
            <form role="search" novalidate="" class="stack">
            <div class="field"><label for="search" class="field__label">File prefix</label>
            <div class="search">[icon]<input type="search" autocomplete="off" autocapitalize="off" spellcheck="false" id="search" class="input" .value="orders"></div></div>
            <div class="row"><button type="submit" class="button button--primary">Open</button></div></form>"#]],
    );
}

#[test]
fn buttons_and_links_that_look_like_buttons() {
    check(
        buttons(|b| {
            b.go("Choose a target", "#/target".to_string()).primary().icon(Icon::Next);
            b.tell("Copy the link", Event::CopyPressed("x".to_string())).icon(Icon::Copy);
            b.act("Open in the portal", Act::Out("https://portal.azure.com/".to_string()));
            b.act("Print this page", Act::Print).icon(Icon::Print);
            b.tell("Ask now", Event::AskPressed).quiet().icon(Icon::Again)
        }),
        expect![[
            r##"<div class="row"><a href="#/target" class="button button--primary">Choose a target[icon]</a><button type="button" class="button">[icon]Copy the link</button><a href="https://portal.azure.com/" target="_blank" rel="noopener noreferrer" class="button">[icon]Open in the portal<span class="hidden"> (opens in a new tab)</span></a><button type="button" class="button">[icon]Print this page</button><button type="button" class="button button--quiet">[icon]Ask now</button></div>"##
        ]],
    );
}

#[test]
fn a_button_that_cannot_be_pressed_says_why() {
    check(
        buttons(|b| {
            b.tell("Check with Azure", Event::CheckPressed).primary().wide();
            let why = Some("You can start once Azure has checked this request.");
            b.tell("Start restore", Event::StartPressed).wide().unless(why)
        }),
        expect![[r#"
            <div class="stack"><button type="button" class="button button--primary button--wide">Check with Azure</button><button type="button" aria-disabled="true" aria-describedby="why1" class="button button--wide">Start restore</button>
            <p id="why1" class="small quiet">You can start once Azure has checked this request.</p></div>"#]],
    );
}

#[test]
fn a_link_that_cannot_be_followed_is_a_button_that_says_why() {
    let why = Some("Choose a point first.");
    let html = drawn(vec![buttons(|b| b.go("Choose a target", "#/t".to_string()).primary().unless(why))]);
    assert!(!html.contains("<a") && html.contains("aria-disabled=\"true\""), "{html}");
    assert!(html.contains("Choose a point first."), "{html}");
}
