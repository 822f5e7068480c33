//! Sharing: what stands on the three pages, where it leads, and what it never tells.

use super::journey::{DRILLS, PRODUCTION, started, to_review};
use super::print;
use super::story::{Story, person};
use expect_test::expect;
use pgflex_restore::app::{Event, Sharing};
use pgflex_restore::azure::http::Method;
use pgflex_restore::screen::{Block, Screen, Span};
use pgflex_restore::sim::Azure;
use pgflex_restore::words::time;

fn to_points(story: &mut Story) {
    story.wait_for("psql-orders-prod");
    story.follow("psql-orders-prod");
    story.wait_for("latest");
    story.wait_for("# psql-orders-prod\n");
}

/// What somebody whose clock is Berlin's copies from a page, in winter: the address, the text, the Markdown line.
fn offered(screen: &Screen) -> Vec<(Sharing, String)> {
    let of = |block| match block {
        Block::Share { title, url, text, markdown, sheet: true } => {
            let text = text.iter().map(|span| match span {
                Span::Text(text) => text.clone(),
                Span::Time(at) => time::written(*at, 60, "CET"),
                Span::Break => "\n".into(),
                other => panic!("not to be shared: {other:?}"),
            });
            Some((Sharing { title, text: text.collect(), url }, markdown))
        }
        _ => None,
    };
    print::blocks(screen).into_iter().filter_map(of).collect()
}

fn only(story: &Story) -> (Sharing, String) {
    let mut all = offered(&story.screen());
    assert_eq!(all.len(), 1, "one way to share:\n{}", story.text());
    all.remove(0)
}

/// All that is shared from a page, as it would be read.
fn told(story: &Story) -> String {
    let (Sharing { title, text, url }, markdown) = only(story);
    format!("{title}\n{text}\n{url}\n{markdown}\n")
}

/// Fails if what is shared names any of what a link never carries.
#[track_caller]
fn holds_nothing_else(story: &Story) {
    let told = told(story);
    let draft = story.model.drafts.last();
    let ending = draft.map_or("no draft", |draft| draft.ending.as_str());
    let never = [
        "storders",
        "blob.core",
        "pg-restore-drills",
        "oncall-dba",
        "contoso.onmicrosoft",
        "3c0d5a7e",
        "1b4e28ba",
        ending,
    ];
    for word in never {
        assert!(!told.contains(word), "“{word}” is shared:\n{told}");
    }
}

/// Somebody else opens the address.
#[track_caller]
fn opens_the_same(story: &Story) -> Story {
    let (sharing, _) = only(story);
    let fragment = sharing.url.strip_prefix("https://restore.contoso.com/").expect("the page's own folder");
    let mut other = Story::closed(fragment);
    other.azure = Azure::new(Some(&story.azure.ledger()));
    other.now = story.now;
    other.start(person());
    other.wait(5);
    assert!(other.sent.iter().all(|request| request.method == Method::Get), "opening a link writes nothing");
    assert_eq!(other.screen().page.key, story.screen().page.key);
    assert_eq!(other.model.link, story.model.link);
    other
}

#[test]
fn the_points_of_a_server_are_shared_and_then_the_chosen_one() {
    let mut story = Story::demo(PRODUCTION);
    to_points(&mut story);
    expect![[r#"
        Recovery points: psql-orders-prod
        Recovery points: psql-orders-prod, vault bvault-prod-weu
        https://restore.contoso.com/#/demo/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19
        [Recovery points: psql-orders-prod](https://restore.contoso.com/#/demo/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19)
    "#]].assert_eq(&told(&story));
    opens_the_same(&story);
    story.choose(1);
    expect![[r#"
        psql-orders-prod
        psql-orders-prod, point of 2026-11-09 23:05:03 UTC (00:05 CET, +01:00, Tue 10 Nov), vault bvault-prod-weu
        https://restore.contoso.com/#/demo/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19&point=15d0a1b5072718f1e4284c7b80f08086@2026-11-09T23:05:03Z
        [psql-orders-prod, point of 2026-11-09 23:05 UTC](https://restore.contoso.com/#/demo/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19&point=15d0a1b5072718f1e4284c7b80f08086@2026-11-09T23:05:03Z)
    "#]].assert_eq(&told(&story));
    let mut other = opens_the_same(&story);
    other.wait_for("(*)");
    holds_nothing_else(&story);
}

#[test]
fn a_review_is_shared_without_its_target() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    expect![[r#"
        Restore to review: psql-orders-prod
        Restore to review: psql-orders-prod, point of 2026-11-09 23:05:03 UTC (00:05 CET, +01:00, Tue 10 Nov), vault bvault-prod-weu
        https://restore.contoso.com/#/demo/review?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19&point=15d0a1b5072718f1e4284c7b80f08086
        [Restore to review: psql-orders-prod, point of 2026-11-09 23:05 UTC](https://restore.contoso.com/#/demo/review?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19&point=15d0a1b5072718f1e4284c7b80f08086)
    "#]].assert_eq(&told(&story));
    holds_nothing_else(&story);
    opens_the_same(&story).sees("Say where the files go");
    story.check();
    holds_nothing_else(&story);
}

#[test]
fn a_job_is_shared_while_it_runs_and_when_it_has_ended() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    expect![[r#"
        Restore job: psql-orders-prod
        Restore job: psql-orders-prod, point of 2026-11-09 23:05:03 UTC (00:05 CET, +01:00, Tue 10 Nov), vault bvault-prod-weu
        https://restore.contoso.com/#/demo/job?v=1&job=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/0a983149-2d5d-426d-a348-67cb1292b671
        [Restore job: psql-orders-prod, point of 2026-11-09 23:05 UTC](https://restore.contoso.com/#/demo/job?v=1&job=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/0a983149-2d5d-426d-a348-67cb1292b671)
    "#]].assert_eq(&told(&story));
    holds_nothing_else(&story);
    story.sees("You can close this tab");
    opens_the_same(&story).sees("psql-orders-prod");
    story.wait_for("The files of psql-orders-prod are in the container");
    holds_nothing_else(&story);
    opens_the_same(&story).sees("The files of psql-orders-prod");
}

#[test]
fn a_point_that_is_gone_is_not_shared() {
    let mut story = Story::demo(PRODUCTION);
    to_points(&mut story);
    let list = only(&story).0;
    story.go(&format!("{}&point=00000000000000000000000000000000", story.address()));
    story.wait_for("This point no longer exists");
    assert_eq!(only(&story).0, list);
}

#[test]
fn a_server_with_a_hostile_name_neither_breaks_the_markdown_nor_makes_a_line_of_its_own() {
    let mut story = Story::demo(PRODUCTION);
    story.after = Box::new(|_, outcome| {
        if let Ok(response) = outcome {
            response.body = response.body.replace(
                r#""dataSourceName":"psql-orders-prod""#,
                r#""dataSourceName":"x](https://evil.example) ![y]\n<b>_*`\\ \u202eod""#,
            );
        }
    });
    started(&mut story);
    let (sharing, markdown) = only(&story);
    assert_eq!(sharing.text.lines().count(), 1, "{}", sharing.text);
    assert_eq!(sharing.title.lines().count(), 1, "{}", sharing.title);
    expect![[r#"
        Restore job: x](https://evil.example) ![y] <b>_*`\ ⟨U+202E⟩od, point of 2026-11-09 23:05:03 UTC (00:05 CET, +01:00, Tue 10 Nov), vault bvault-prod-weu
        [Restore job: x\](https://evil.example) \!\[y\] \<b\>\_\*\`\\ ⟨U+202E⟩od, point of 2026-11-09 23:05 UTC](https://restore.contoso.com/#/demo/job?v=1&job=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/0a983149-2d5d-426d-a348-67cb1292b671)"#]].assert_eq(&format!("{}\n{markdown}", sharing.text));
}

#[test]
fn what_the_system_does_not_share_is_told() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    let (sharing, _) = only(&story);
    story.tell(Event::SharePressed(sharing.clone()));
    assert_eq!(story.shared, Some(sharing));
    assert_eq!(story.screen().frame.said, None);
    story.tell(Event::NotShared);
    let said = story.screen().frame.said.map(|(_, words)| words);
    assert_eq!(said.as_deref(), Some("This browser did not share it. The texts are there to be copied."));
}

#[test]
fn where_the_browser_cannot_share_the_texts_are_all_there_is() {
    let mut story = Story::closed(PRODUCTION);
    story.can_share = false;
    story.start(person());
    to_points(&mut story);
    let blocks = print::blocks(&story.screen());
    assert!(blocks.iter().any(|block| matches!(block, Block::Share { sheet: false, .. })));
}
