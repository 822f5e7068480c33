//! The parts of a page.

use super::{at, drawn, lines};
use expect_test::{Expect, expect};
use pgflex_restore::app::{Event, Field};
use pgflex_restore::screen::{Block, Check, Icon, Press, Row, Span, Tell, Tone, plain};

fn check(block: Block, expected: Expect) {
    expected.assert_eq(&lines(&drawn(vec![block])));
}

#[test]
fn a_section_is_named_by_its_heading() {
    let body = vec![
        Block::Para(plain("Text.")),
        Block::Note {
            tone: Tone::Bad,
            icon: None,
            title: "It fails".to_string(),
            body: vec![Block::Small(plain("So."))],
        },
    ];
    check(
        Block::Section { id: "checks".to_string(), title: "Will it work?".to_string(), body },
        expect![[r#"
        <section aria-labelledby="checks" class="stack">
        <h2 id="checks">Will it work?</h2>
        <p>Text.</p>
        <div class="note note--bad">[icon]
        <div>
        <h3>It fails</h3>
        <p class="small quiet">So.</p></div></div></section>"#]],
    );
}

#[test]
fn a_card_without_a_heading_is_no_landmark() {
    let body = vec![Block::Card { id: String::new(), title: String::new(), body: vec![Block::Para(plain("Text."))] }];
    check(
        Block::Card { id: "ids".to_string(), title: "Ids".to_string(), body },
        expect![[r#"
        <section aria-labelledby="ids" class="card stack">
        <h2 id="ids">Ids</h2>
        <div class="card stack">
        <p>Text.</p></div></section>"#]],
    );
}

#[test]
fn tabs_are_radio_buttons_each_followed_by_its_part() {
    let tab = |name: &str, text: &str| (name.to_string(), vec![Block::Para(plain(text))]);
    let tabs = Block::Tabs("as".to_string(), vec![tab("az", "For bash."), tab("PowerShell", "For Windows.")]);
    check(
        Block::Section { id: "as".to_string(), title: "As a command".to_string(), body: vec![tabs] },
        expect![[r#"
            <section aria-labelledby="as" class="stack">
            <h2 id="as">As a command</h2>
            <div role="group" aria-labelledby="as" class="tabs"><label class="tabs__tab"><input type="radio" checked="" name="as">az</label>
            <div class="tabs__part stack">
            <p>For bash.</p></div><label class="tabs__tab"><input type="radio" name="as">PowerShell</label>
            <div class="tabs__part stack">
            <p>For Windows.</p></div></div></section>"#]],
    );
}

#[test]
fn names_and_values() {
    let facts = || {
        let mut facts = Vec::new();
        facts.fact("Server", vec![Span::Strong("psql-orders-prod".to_string())]).below(plain("rg-orders-prod"));
        facts.change("the server", "#/find");
        facts.fact("Point", vec![Span::Time(at("2026-11-09T23:03:48Z"))]);
        facts
    };
    check(
        Block::Facts(facts()),
        expect![[r##"
        <dl class="facts">
        <dt>Server</dt>
        <dd><b>psql-orders-prod</b>
        <div class="small quiet">rg-orders-prod</div><a href="#/find">Change<span class="hidden"> the server</span></a></dd>
        <dt>Point</dt>
        <dd><time datetime="2026-11-09T23:03:48Z" class="time time--stack"><span class="time__utc">2026-11-09 23:03:48 UTC</span><span class="time__sep"> · </span><span class="time__local">00:03 CET (+01:00) Tue 10 Nov</span><span class="time__sep"> · </span><span class="time__ago">12 d 3 h ago</span></time></dd></dl>"##]],
    );
    check(
        Block::Lined(facts()),
        expect![[r##"
        <dl class="facts facts--lined">
        <div class="facts__line">
        <dt>Server</dt>
        <dd><b>psql-orders-prod</b>
        <div class="small quiet">rg-orders-prod</div></dd>
        <dd><a href="#/find">Change<span class="hidden"> the server</span></a></dd></div>
        <div class="facts__line">
        <dt>Point</dt>
        <dd><time datetime="2026-11-09T23:03:48Z" class="time time--stack"><span class="time__utc">2026-11-09 23:03:48 UTC</span><span class="time__sep"> · </span><span class="time__local">00:03 CET (+01:00) Tue 10 Nov</span><span class="time__sep"> · </span><span class="time__ago">12 d 3 h ago</span></time></dd></div></dl>"##]],
    );
}

#[test]
fn checks_have_a_mark_a_text_and_a_word() {
    let lines = vec![
        Check {
            tone: Tone::Bad,
            text: vec![Span::Strong("The vault may not write".to_string())],
            word: plain("Will fail"),
            more: vec![Block::Code {
                what: "the az command".to_string(),
                text: "az role \\\n  assignment".to_string(),
            }],
        },
        Check { tone: Tone::Plain, text: plain("The files are there"), word: plain("Not yet"), more: vec![] },
    ];
    check(
        Block::Checks(lines),
        expect![[r#"
        <ul class="checks">
        <li class="checks__item checks__item--bad">[icon]
        <div><b>The vault may not write</b></div><span class="checks__word">Will fail</span>
        <div class="stack">
        <div class="code"><pre><code>az role \
          assignment</code></pre><button type="button" aria-label="Copy the az command" class="id__copy">[icon]</button></div></div></li>
        <li class="checks__item">[icon]
        <div>The files are there</div><span class="checks__word">Not yet</span></li></ul>"#]],
    );
}

#[test]
fn a_table_stays_one_where_its_rows_become_blocks() {
    let cells = vec![
        vec![
            Span::Link { text: "psql-gitea".to_string(), more: String::new(), href: "#/p".to_string() },
            Span::Quiet("rg".to_string()),
        ],
        vec![Span::State(Tone::Ok, "Protected".to_string())],
    ];
    check(
        Block::Table {
            label: "Protected servers".to_string(),
            columns: vec!["Server".to_string(), "State".to_string()],
            rows: vec![Row { key: "1".to_string(), cells, head: false, shown: None }],
        },
        expect![[r##"
            <table role="table" aria-label="Protected servers" class="table table--stack">
            <thead role="rowgroup">
            <tr role="row">
            <th scope="col" role="columnheader">Server</th>
            <th scope="col" role="columnheader">State</th></tr></thead>
            <tbody role="rowgroup">
            <tr role="row">
            <th scope="row" role="rowheader"><a href="#/p">psql-gitea</a><small>rg</small></th>
            <td role="cell" data-label="State">
            <div><span class="state state--ok">[icon]Protected</span></div></td></tr></tbody></table>"##]],
    );
}

#[test]
fn a_head_stands_above_a_group_of_rows_of_its_own() {
    let head = |key: &str| Row {
        key: key.to_string(),
        cells: vec![vec![Span::Text(key.to_string()), Span::Quiet("1 server".to_string())]],
        head: true,
        shown: None,
    };
    let row = |key: &str| Row { key: key.to_string(), cells: vec![plain(key), plain("x")], head: false, shown: None };
    check(
        Block::Table {
            label: "Servers".to_string(),
            columns: vec!["Server".to_string(), "Vault".to_string()],
            rows: vec![head("A"), row("a"), head("B"), row("b")],
        },
        expect![[r#"
            <table role="table" aria-label="Servers" class="table table--stack">
            <thead role="rowgroup">
            <tr role="row">
            <th scope="col" role="columnheader">Server</th>
            <th scope="col" role="columnheader">Vault</th></tr></thead>
            <tbody role="rowgroup">
            <tr role="row" class="table__group">
            <th scope="rowgroup" role="rowheader" colspan="2">A<span class="quiet">1 server</span></th></tr>
            <tr role="row">
            <th scope="row" role="rowheader">a</th>
            <td role="cell" data-label="Vault">
            <div>x</div></td></tr></tbody>
            <tbody role="rowgroup">
            <tr role="row" class="table__group">
            <th scope="rowgroup" role="rowheader" colspan="2">B<span class="quiet">1 server</span></th></tr>
            <tr role="row">
            <th scope="row" role="rowheader">b</th>
            <td role="cell" data-label="Vault">
            <div>x</div></td></tr></tbody></table>"#]],
    );
}

/// Whether a row is on screen is found out by watching it: nothing of that is written into the page.
#[test]
fn a_row_that_tells_when_it_is_on_screen_looks_like_any_other() {
    let table = |shown: Option<Event>| Block::Table {
        label: "Servers".to_string(),
        columns: vec!["Server".to_string()],
        rows: vec![Row { key: "1".to_string(), cells: vec![plain("a")], head: false, shown }],
    };
    let html = |shown| drawn(vec![table(shown)]);
    assert_eq!(html(Some(Event::MorePressed)), html(None));
}

#[test]
fn a_count_is_read_out_and_its_age_is_not() {
    let mut buttons = Vec::new();
    buttons.tell("Read again", Event::ReadAgainPressed).quiet().icon(Icon::Again);
    let since = vec![Span::Text("Read ".to_string()), Span::Ago(at("2026-11-22T02:12:28Z"))];
    check(
        Block::Count(vec![Span::Strong("14 servers".to_string())], since, buttons),
        expect![[r#"
        <div class="row row--between">
        <p role="status"><b>14 servers</b></p>
        <div class="row small quiet"><span>Read <span>12 s ago</span></span>
        <div class="row"><button type="button" class="button button--quiet">[icon]Read again</button></div></div></div>"#]],
    );
}

#[test]
fn lists_in_order_and_in_none() {
    check(
        Block::Steps(vec![plain("One"), plain("Two")]),
        expect![[r#"
        <ol class="list stack stack--tight">
        <li>One</li>
        <li>Two</li></ol>"#]],
    );
    check(
        Block::Bullets(vec![plain("One"), plain("Two")]),
        expect![[r#"
        <ul class="list stack stack--tight">
        <li>One</li>
        <li>Two</li></ul>"#]],
    );
    let step = (Icon::Wait, "1. Choose a point".to_string(), "Find the server.".to_string());
    let body = vec![Block::Outline(vec![step])];
    check(
        Block::Section { id: "how".to_string(), title: "How it goes".to_string(), body },
        expect![[r#"
        <section aria-labelledby="how" class="stack">
        <h2 id="how">How it goes</h2>
        <ol class="flow">
        <li class="flow__step stack stack--tight">[icon]
        <h3>1. Choose a point</h3>
        <p>Find the server.</p></li></ol></section>"#]],
    );
}

#[test]
fn what_is_going_on_is_read_out_but_not_its_ticking() {
    let since = at("2026-11-22T01:59:52Z");
    check(
        Block::Status(Tone::Busy, "Azure is writing".to_string(), vec![Span::Lasting(since)]),
        expect![[r#"
        <div class="row row--between">
        <div role="status">
        <h2><span class="state state--busy">[icon]Azure is writing</span></h2></div><b><span>12 min 48 s</span></b></div>"#]],
    );
    check(
        Block::Progress("Restore in progress".to_string()),
        expect![[r#"<progress aria-label="Restore in progress" class="progress"></progress>"#]],
    );
}

#[test]
fn details_and_blocks_side_by_side() {
    let body = vec![Block::Para(plain("Raw."))];
    check(
        Block::Fold { id: "raw".to_string(), summary: plain("Raw status"), body: body.clone() },
        expect![[r#"
        <details class="fold"><summary>Raw status</summary>
        <div class="stack">
        <p>Raw.</p></div></details>"#]],
    );
    check(
        Block::Pair(body),
        expect![[r#"
        <div class="pair">
        <p>Raw.</p></div>"#]],
    );
}

#[test]
fn each_error_leads_to_its_field() {
    let title = "One thing to put right".to_string();
    check(
        Block::Errors { title, lines: vec![(Field::Search, "Type a name".to_string())] },
        expect![[r##"
        <div id="errors" role="alert" tabindex="-1" aria-labelledby="errors-title" class="note note--bad">[icon]
        <div>
        <h2 id="errors-title">One thing to put right</h2>
        <ul class="stack stack--tight">
        <li><a href="#search">Type a name</a></li></ul></div></div>"##]],
    );
}

fn shared(sheet: bool) -> Block {
    Block::Share {
        title: "psql-orders-prod".to_string(),
        url: "https://restore.contoso.com/#/points".to_string(),
        text: vec![
            Span::Text("psql-orders-prod, point of ".to_string()),
            Span::Time(at("2026-11-09T23:03:48Z")),
            Span::Break,
            Span::Text("vault bvault-prod-weu".to_string()),
        ],
        markdown: "[psql-orders-prod](https://restore.contoso.com/#/points)".to_string(),
        sheet,
    }
}

#[test]
fn what_is_shared_stands_there_to_be_copied_with_the_readers_clock_in_it() {
    check(
        shared(true),
        expect![[r#"
        <details class="share"><summary class="button">[icon]Share</summary>
        <div class="stack stack--tight">
        <p class="small quiet">Address</p>
        <div class="code"><pre><code>https://restore.contoso.com/#/points</code></pre><button type="button" aria-label="Copy the address" class="id__copy">[icon]</button></div>
        <p class="small quiet">Text</p>
        <div class="code"><pre><code>psql-orders-prod, point of 2026-11-09 23:03:48 UTC (00:03 CET, +01:00, Tue 10 Nov)
        vault bvault-prod-weu
        https://restore.contoso.com/#/points</code></pre><button type="button" aria-label="Copy the text" class="id__copy">[icon]</button></div>
        <p class="small quiet">Markdown</p>
        <div class="code"><pre><code>[psql-orders-prod](https://restore.contoso.com/#/points)</code></pre><button type="button" aria-label="Copy the Markdown line" class="id__copy">[icon]</button></div>
        <div class="row"><button type="button" class="button">Share…</button></div></div></details>"#]],
    );
}

#[test]
fn where_the_browser_cannot_share_there_is_no_button_for_it() {
    let html = drawn(vec![shared(false)]);
    assert!(html.contains("Copy the Markdown line") && !html.contains("Share…"), "{html}");
}
