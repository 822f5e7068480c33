//! The list of recovery points.

use super::{at, html, lines, screen};
use expect_test::expect;
use pgflex_restore::screen::{Page, Point, PointName, Points};

fn row(name: &str, made: &str) -> Point {
    Point {
        name: PointName::parse(name).unwrap(),
        made: at(made),
        state: "Completed".to_string(),
        kind: "Full".to_string(),
        stores: vec!["VaultStore".to_string()],
        tag: "Default".to_string(),
        expires: None,
    }
}

fn list(rows: Vec<Point>) -> String {
    let points = Points {
        title: "All points".to_string(),
        lead: "3, newest first".to_string(),
        newest: rows.first().map(|row| row.name.clone()),
        points: rows.into(),
        chosen: PointName::parse("p2"),
        ..Points::default()
    };
    let html = html(screen(Page { title: "psql".to_string(), points: Some(points), ..Page::default() }));
    let table = html.split("<table").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(html.contains("<h2 id=\"points\">All points</h2>"), "{html}");
    lines(&format!("<table{table}"))
}

fn three() -> Vec<Point> {
    vec![row("p3", "2026-11-16T23:04:11Z"), row("p2", "2026-11-09T23:03:48Z"), row("p1", "2026-10-26T23:02:05Z")]
}

#[test]
fn points_stand_under_their_month_and_one_is_marked() {
    expect![[r#"
        <table role="table" aria-labelledby="points" class="table table--stack table--points">
        <thead role="rowgroup">
        <tr role="row">
        <th scope="col" role="columnheader">Made</th>
        <th scope="col" role="columnheader">State</th>
        <th scope="col" role="columnheader">Type</th>
        <th scope="col" role="columnheader">Tier</th>
        <th scope="col" role="columnheader">Tag</th></tr></thead>
        <tbody role="rowgroup">
        <tr role="row" class="table__group">
        <th scope="rowgroup" role="rowheader" colspan="5">November 2026 <span class="small quiet">2 points</span></th></tr>
        <tr role="row">
        <td role="cell"><label class="choice"><input type="radio" name="point" value="p3"><span><time datetime="2026-11-16T23:04:11Z" class="time"><span class="time__utc">2026-11-16 23:04:11 UTC</span><span class="time__sep"> · </span><span class="time__local">00:04 CET (+01:00) Tue 17 Nov</span><span class="time__sep"> · </span><span class="time__ago">5 d 3 h ago</span></time> <b class="small">latest</b></span></label></td>
        <td role="cell"><span class="state state--ok">[icon]Completed</span></td>
        <td role="cell">Full</td>
        <td role="cell">Vault</td>
        <td role="cell">Default</td></tr>
        <tr role="row" class="table__chosen">
        <td role="cell"><label class="choice"><input type="radio" name="point" value="p2" .checked><span><time datetime="2026-11-09T23:03:48Z" class="time"><span class="time__utc">2026-11-09 23:03:48 UTC</span><span class="time__sep"> · </span><span class="time__local">00:03 CET (+01:00) Tue 10 Nov</span><span class="time__sep"> · </span><span class="time__ago">12 d 3 h ago</span></time></span></label></td>
        <td role="cell"><span class="state state--ok">[icon]Completed</span></td>
        <td role="cell">Full</td>
        <td role="cell">Vault</td>
        <td role="cell">Default</td></tr></tbody>
        <tbody role="rowgroup">
        <tr role="row" class="table__group">
        <th scope="rowgroup" role="rowheader" colspan="5">October 2026 <span class="small quiet">1 point</span></th></tr>
        <tr role="row">
        <td role="cell"><label class="choice"><input type="radio" name="point" value="p1"><span><time datetime="2026-10-26T23:02:05Z" class="time"><span class="time__utc">2026-10-26 23:02:05 UTC</span><span class="time__sep"> · </span><span class="time__local">00:02 CET (+01:00) Tue 27 Oct</span><span class="time__sep"> · </span><span class="time__ago">26 d 3 h ago</span></time></span></label></td>
        <td role="cell"><span class="state state--ok">[icon]Completed</span></td>
        <td role="cell">Full</td>
        <td role="cell">Vault</td>
        <td role="cell">Default</td></tr></tbody>"#]].assert_eq(&list(three()));
}

#[test]
fn exactly_one_row_is_marked_as_chosen() {
    assert_eq!(list(three()).matches("table__chosen").count(), 1);
}

#[test]
fn a_column_for_expiry_stands_only_where_azure_says_it() {
    assert!(!list(three()).contains("Expires"));
    let mut rows = three();
    rows[1].expires = Some(at("2026-12-09T23:03:48Z"));
    let html = list(rows);
    assert!(html.contains("Expires") && html.contains("in 17 d 20 h"), "{html}");
    assert!(html.contains("colspan=\"6\""), "{html}");
}
