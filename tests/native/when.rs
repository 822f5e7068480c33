//! Times out of logs, and in words: every form, how its zone is known, and what is refused.

use crate::any;
use crate::zones::{apia, at, berlin, kolkata, lord_howe, new_york};
use arbtest::arbtest;
use expect_test::{Expect, expect};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::when::{By, Open, Reading, Sense, Unread, Wall, Zone, read};

/// The night of the mock-ups: a Sunday.
fn now() -> Moment {
    at("2026-11-22T02:12:00Z")
}

fn millis(at: Moment) -> String {
    at.iso_ticks().replace("0000Z", "Z").replace(".000Z", "Z")
}

/// A reading in one line.
fn line(reading: &Result<Reading, Unread>) -> String {
    let reading = match reading {
        Ok(reading) => reading,
        Err(why) => return format!("{why:?}"),
    };
    let mut line = format!("{} {:?}", millis(reading.at), reading.by);
    if reading.open != Open::Nothing {
        line.push_str(&format!(", no {:?}", reading.open).to_lowercase());
    }
    if let Some(second) = reading.second {
        line.push_str(&format!(", again {}", millis(second)));
    }
    if reading.skipped {
        line.push_str(", never");
    }
    if let Some(utc) = reading.utc {
        line.push_str(&format!(", or {}", millis(utc)));
    }
    if reading.is_ahead(reading.at) {
        line.push_str(", to come");
    }
    line
}

fn table(zone: &Zone, texts: &[&str], expected: Expect) {
    let lines: Vec<String> =
        texts.iter().map(|text| format!("{text}\n    {}\n", line(&read(text, now(), zone)))).collect();
    expected.assert_eq(&lines.concat());
}

#[test]
fn iso_8601_is_read_in_all_its_forms() {
    table(
        &berlin(),
        &[
            "2026-11-11T02:41:07Z",
            "2026-11-11t02:41:07z",
            "2026-11-11T02:41:07.318+01:00",
            "2026-11-11T02:41:07,318+0100",
            "2026-11-11 02:41:07.318456789+01",
            "2026-11-11 02:41:07 +01:00",
            "2026-11-11 02:41:07 -0330",
            "2026-11-11 02:41",
            "2026-11-11 02:41Z",
            "20261111T024107Z",
            "20261111T024107.5+0100",
            "20261111T0241",
            "2026/11/11 02:41:07",
            "2026-11-11",
            "2026-11-11 25:00",
            "2026-07-11",
            "20261111T",
            "2026-11-11T23:59:60Z",
            "2027-01-01T00:00:00Z",
        ],
        expect![[r#"
            2026-11-11T02:41:07Z
                2026-11-11T02:41:07Z Offset
            2026-11-11t02:41:07z
                2026-11-11T02:41:07Z Offset
            2026-11-11T02:41:07.318+01:00
                2026-11-11T01:41:07.318Z Offset
            2026-11-11T02:41:07,318+0100
                2026-11-11T01:41:07.318Z Offset
            2026-11-11 02:41:07.318456789+01
                2026-11-11T01:41:07.318Z Offset
            2026-11-11 02:41:07 +01:00
                2026-11-11T01:41:07Z Offset
            2026-11-11 02:41:07 -0330
                2026-11-11T06:11:07Z Offset
            2026-11-11 02:41
                2026-11-11T01:41:00Z Reader, or 2026-11-11T02:41:00Z
            2026-11-11 02:41Z
                2026-11-11T02:41:00Z Offset
            20261111T024107Z
                2026-11-11T02:41:07Z Offset
            20261111T024107.5+0100
                2026-11-11T01:41:07.500Z Offset
            20261111T0241
                2026-11-11T01:41:00Z Reader, or 2026-11-11T02:41:00Z
            2026/11/11 02:41:07
                2026-11-11T01:41:07Z Reader, or 2026-11-11T02:41:07Z
            2026-11-11
                2026-11-10T23:00:00Z Reader, no time, or 2026-11-11T00:00:00Z
            2026-11-11 25:00
                Nothing
            2026-07-11
                2026-07-10T22:00:00Z Reader, no time, or 2026-07-11T00:00:00Z
            20261111T
                2026-11-10T23:00:00Z Reader, no time, or 2026-11-11T00:00:00Z
            2026-11-11T23:59:60Z
                2026-11-12T00:00:00Z Offset
            2027-01-01T00:00:00Z
                2027-01-01T00:00:00Z Offset, to come
        "#]],
    );
}

#[test]
fn the_lines_of_logs_are_read_with_all_that_stands_behind_the_time() {
    table(
        &berlin(),
        &[
            "2026-11-11 02:41:07.318 CET [48211] LOG:  statement: DROP TABLE shop.order_lines CASCADE;",
            "2026-11-11 01:41:07.318 UTC [48211] app@shop ERROR:  relation \"x\" does not exist at character 15",
            "2026-11-11 01:41:07 UTC-6911c0c3.bc53-LOG:  connection received: host=10.2.0.4 port=5432",
            "2026-11-11 02:41:07.318 +03 [48211] LOG:  checkpoint starting: time",
            "2026-11-11 02:41:07.318 CET,\"app\",\"shop\",48211,\"10.2.0.4:51234\",6911c0c3.bc53,1,\"DROP TABLE\",2026-11-11 01:02:03 CET,3/42,0,LOG,00000",
            "1794361267.318 [48211] LOG:  statement: DELETE FROM orders",
            "Nov 11 02:41:07 db1 postgres[48211]: [3-1] LOG:  statement: DROP TABLE x",
            "Dec 24 18:00:00 db1 postgres[1]: LOG:  x",
            "Nov  1 02:41:07 db1 postgres[1]: x",
            "Nov 11 02:41:07 db1 postgres[48211]: [3-1] 2026-11-11 01:41:07.318 UTC [48211] LOG:  x",
            "<134>1 2026-11-11T02:41:07.318456+01:00 db1 postgres 48211 - - DROP TABLE",
            "<134>Nov 11 02:41:07 db1 postgres: x",
            "10.2.0.4 - - [11/Nov/2026:02:41:07 +0100] \"POST /orders HTTP/1.1\" 500 12",
            "[Wed Nov 11 02:41:07.318 2026] [error] x",
            "Wed Nov 11 02:41:07 CET 2026",
            "2026/11/11 02:41:07 [error] 48211#0: *1 upstream timed out",
            "2026-11-11 02:41:07,318 ERROR [main] com.contoso.Shop - failed",
            "2026-11-11 02:41:07 POST /orders",
            "2026-11-11 02:41:07 LOG:  x",
            "{\"time\":\"2026-11-11T01:41:07.318Z\",\"level\":\"error\",\"msg\":\"at 12:00\"}",
            "ts=2026-11-11T01:41:07Z level=error",
            "11-Nov-2026 02:41:07.318 query failed",
            "2026-11-09 23:03:48 UTC · 00:03 CET (+01:00) Tue 10 Nov · 12 d 3 h ago",
        ],
        expect![[r#"
            2026-11-11 02:41:07.318 CET [48211] LOG:  statement: DROP TABLE shop.order_lines CASCADE;
                2026-11-11T01:41:07.318Z Name("CET", 60), or 2026-11-11T02:41:07.318Z
            2026-11-11 01:41:07.318 UTC [48211] app@shop ERROR:  relation "x" does not exist at character 15
                2026-11-11T01:41:07.318Z Name("UTC", 0)
            2026-11-11 01:41:07 UTC-6911c0c3.bc53-LOG:  connection received: host=10.2.0.4 port=5432
                2026-11-11T01:41:07Z Name("UTC", 0)
            2026-11-11 02:41:07.318 +03 [48211] LOG:  checkpoint starting: time
                2026-11-10T23:41:07.318Z Offset
            2026-11-11 02:41:07.318 CET,"app","shop",48211,"10.2.0.4:51234",6911c0c3.bc53,1,"DROP TABLE",2026-11-11 01:02:03 CET,3/42,0,LOG,00000
                2026-11-11T01:41:07.318Z Name("CET", 60), or 2026-11-11T02:41:07.318Z
            1794361267.318 [48211] LOG:  statement: DELETE FROM orders
                2026-11-11T01:41:07.318Z Epoch
            Nov 11 02:41:07 db1 postgres[48211]: [3-1] LOG:  statement: DROP TABLE x
                2026-11-11T01:41:07Z Reader, no year, or 2026-11-11T02:41:07Z
            Dec 24 18:00:00 db1 postgres[1]: LOG:  x
                2025-12-24T17:00:00Z Reader, no year, or 2025-12-24T18:00:00Z
            Nov  1 02:41:07 db1 postgres[1]: x
                2026-11-01T01:41:07Z Reader, no year, or 2026-11-01T02:41:07Z
            Nov 11 02:41:07 db1 postgres[48211]: [3-1] 2026-11-11 01:41:07.318 UTC [48211] LOG:  x
                2026-11-11T01:41:07.318Z Name("UTC", 0)
            <134>1 2026-11-11T02:41:07.318456+01:00 db1 postgres 48211 - - DROP TABLE
                2026-11-11T01:41:07.318Z Offset
            <134>Nov 11 02:41:07 db1 postgres: x
                2026-11-11T01:41:07Z Reader, no year, or 2026-11-11T02:41:07Z
            10.2.0.4 - - [11/Nov/2026:02:41:07 +0100] "POST /orders HTTP/1.1" 500 12
                2026-11-11T01:41:07Z Offset
            [Wed Nov 11 02:41:07.318 2026] [error] x
                2026-11-11T01:41:07.318Z Reader, or 2026-11-11T02:41:07.318Z
            Wed Nov 11 02:41:07 CET 2026
                2026-11-11T01:41:07Z Name("CET", 60), or 2026-11-11T02:41:07Z
            2026/11/11 02:41:07 [error] 48211#0: *1 upstream timed out
                2026-11-11T01:41:07Z Reader, or 2026-11-11T02:41:07Z
            2026-11-11 02:41:07,318 ERROR [main] com.contoso.Shop - failed
                2026-11-11T01:41:07.318Z Reader, or 2026-11-11T02:41:07.318Z
            2026-11-11 02:41:07 POST /orders
                2026-11-11T01:41:07Z Reader, or 2026-11-11T02:41:07Z
            2026-11-11 02:41:07 LOG:  x
                2026-11-11T01:41:07Z Reader, or 2026-11-11T02:41:07Z
            {"time":"2026-11-11T01:41:07.318Z","level":"error","msg":"at 12:00"}
                2026-11-11T01:41:07.318Z Offset
            ts=2026-11-11T01:41:07Z level=error
                2026-11-11T01:41:07Z Offset
            11-Nov-2026 02:41:07.318 query failed
                2026-11-11T01:41:07.318Z Reader, or 2026-11-11T02:41:07.318Z
            2026-11-09 23:03:48 UTC · 00:03 CET (+01:00) Tue 10 Nov · 12 d 3 h ago
                2026-11-09T23:03:48Z Name("UTC", 0)
        "#]],
    );
}

#[test]
fn dates_of_mails_and_of_people_are_read() {
    table(
        &berlin(),
        &[
            "Wed, 11 Nov 2026 02:41:07 +0100",
            "Wed, 11 Nov 2026 01:41:07 GMT",
            "11 Nov 2026 02:41",
            "11 November 2026, 02:41",
            "Mi, 11. Nov. 2026 um 02:41",
            "Nov 11, 2026 2:41 PM",
            "November 11 2026 at 14:41",
            "11.11.2026 02:41",
            "1.2.2026 14:00",
            "11.11.2026",
            "13/11/2026 02:41",
            "11/13/2026 2:41 am",
            "11/11/2026, 1:41:07.318 AM",
            "11/10/2026 02:41",
            "11/10/2026 02:41 or 2026-11-10 02:41",
            "2026-11-11 12:00 am",
            "2026-11-11 12:00 pm",
        ],
        expect![[r#"
            Wed, 11 Nov 2026 02:41:07 +0100
                2026-11-11T01:41:07Z Offset
            Wed, 11 Nov 2026 01:41:07 GMT
                2026-11-11T01:41:07Z Name("GMT", 0)
            11 Nov 2026 02:41
                2026-11-11T01:41:00Z Reader, or 2026-11-11T02:41:00Z
            11 November 2026, 02:41
                2026-11-11T01:41:00Z Reader, or 2026-11-11T02:41:00Z
            Mi, 11. Nov. 2026 um 02:41
                2026-11-11T01:41:00Z Reader, or 2026-11-11T02:41:00Z
            Nov 11, 2026 2:41 PM
                2026-11-11T13:41:00Z Reader, or 2026-11-11T14:41:00Z
            November 11 2026 at 14:41
                2026-11-11T13:41:00Z Reader, or 2026-11-11T14:41:00Z
            11.11.2026 02:41
                2026-11-11T01:41:00Z Reader, or 2026-11-11T02:41:00Z
            1.2.2026 14:00
                2026-02-01T13:00:00Z Reader, or 2026-02-01T14:00:00Z
            11.11.2026
                2026-11-10T23:00:00Z Reader, no time, or 2026-11-11T00:00:00Z
            13/11/2026 02:41
                2026-11-13T01:41:00Z Reader, or 2026-11-13T02:41:00Z
            11/13/2026 2:41 am
                2026-11-13T01:41:00Z Reader, or 2026-11-13T02:41:00Z
            11/11/2026, 1:41:07.318 AM
                2026-11-11T00:41:07.318Z Reader, or 2026-11-11T01:41:07.318Z
            11/10/2026 02:41
                Order
            11/10/2026 02:41 or 2026-11-10 02:41
                2026-11-10T01:41:00Z Reader, or 2026-11-10T02:41:00Z
            2026-11-11 12:00 am
                2026-11-10T23:00:00Z Reader, or 2026-11-11T00:00:00Z
            2026-11-11 12:00 pm
                2026-11-11T11:00:00Z Reader, or 2026-11-11T12:00:00Z
        "#]],
    );
}

#[test]
fn seconds_and_milliseconds_since_1970_are_read() {
    table(
        &berlin(),
        &[
            "1794361267",
            "1794361267318",
            "1794361267.318456",
            "{\"ts\":1794361267318}",
            "at=1794361267,",
            "17943612670",
            "0794361267",
            "id 1794361267-4",
            "a1794361267",
        ],
        expect![[r#"
            1794361267
                2026-11-11T01:41:07Z Epoch
            1794361267318
                2026-11-11T01:41:07.318Z Epoch
            1794361267.318456
                2026-11-11T01:41:07.318Z Epoch
            {"ts":1794361267318}
                2026-11-11T01:41:07.318Z Epoch
            at=1794361267,
                2026-11-11T01:41:07Z Epoch
            17943612670
                Nothing
            0794361267
                Nothing
            id 1794361267-4
                Nothing
            a1794361267
                Nothing
        "#]],
    );
}

#[test]
fn words_are_read_from_now() {
    table(
        &berlin(),
        &[
            "yesterday 14:00",
            "Yesterday at 2 pm",
            "today 9:05",
            "today 02:00",
            "yesterday",
            "yesterday 14:00 UTC",
            "14:00",
            "03:12",
            "03:14",
            "3:00 am",
            "14:00 utc",
            "3 hours ago",
            "2 d ago",
            "5 d 3 h ago",
            "90 min ago",
            "about 1 week ago",
            "3 parsecs ago",
            "Monday 14:00",
            "Sun 01:00",
            "Sunday 14:00",
            "sat, 23:30",
        ],
        expect![[r#"
            yesterday 14:00
                2026-11-21T13:00:00Z Reader, or 2026-11-21T14:00:00Z
            Yesterday at 2 pm
                2026-11-21T13:00:00Z Reader, or 2026-11-21T14:00:00Z
            today 9:05
                2026-11-22T08:05:00Z Reader, or 2026-11-22T09:05:00Z, to come
            today 02:00
                2026-11-22T01:00:00Z Reader, or 2026-11-22T02:00:00Z
            yesterday
                2026-11-20T23:00:00Z Reader, no time, or 2026-11-21T00:00:00Z
            yesterday 14:00 UTC
                2026-11-21T14:00:00Z Name("UTC", 0)
            14:00
                2026-11-21T13:00:00Z Reader, no day, or 2026-11-21T14:00:00Z
            03:12
                2026-11-22T02:12:00Z Reader, no day
            03:14
                2026-11-21T02:14:00Z Reader, no day, or 2026-11-21T03:14:00Z
            3:00 am
                2026-11-22T02:00:00Z Reader, no day
            14:00 utc
                2026-11-21T14:00:00Z Name("UTC", 0), no day
            3 hours ago
                2026-11-21T23:12:00Z Ago
            2 d ago
                2026-11-20T02:12:00Z Ago
            5 d 3 h ago
                2026-11-16T23:12:00Z Ago
            90 min ago
                2026-11-22T00:42:00Z Ago
            about 1 week ago
                2026-11-15T02:12:00Z Ago
            3 parsecs ago
                Nothing
            Monday 14:00
                2026-11-16T13:00:00Z Reader, no day, or 2026-11-16T14:00:00Z
            Sun 01:00
                2026-11-22T00:00:00Z Reader, no day, or 2026-11-22T01:00:00Z
            Sunday 14:00
                2026-11-15T13:00:00Z Reader, no day, or 2026-11-15T14:00:00Z
            sat, 23:30
                2026-11-21T22:30:00Z Reader, no day, or 2026-11-21T23:30:00Z
        "#]],
    );
}

#[test]
fn a_zone_is_known_by_its_abbreviation_only_if_it_means_one() {
    table(
        &berlin(),
        &[
            "2026-11-11 02:41:07 EST",
            "2026-07-11 02:41:07 EDT",
            "2026-07-11 02:41:07 MESZ",
            "2026-07-11 02:41:07 MSK [1]",
            "2026-07-11 02:41:07 GMT+5:30",
            "2026-07-11 02:41:07 UTC+02:00",
            "2026-07-11 02:41:07 IST",
            "2026-07-11 02:41:07 CST [12] LOG:  x",
            "2026-07-11 02:41:07 VOLT [12] LOG:  x",
            "2026-07-11 02:41:07 HINT: x",
            "2026-07-11 02:41:07 +16:00",
            "2026-07-11 02:41:07+0160",
            "14:00 PST",
        ],
        expect![[r#"
            2026-11-11 02:41:07 EST
                2026-11-11T07:41:07Z Name("EST", -300), or 2026-11-11T02:41:07Z
            2026-07-11 02:41:07 EDT
                2026-07-11T06:41:07Z Name("EDT", -240), or 2026-07-11T02:41:07Z
            2026-07-11 02:41:07 MESZ
                2026-07-11T00:41:07Z Name("MESZ", 120), or 2026-07-11T02:41:07Z
            2026-07-11 02:41:07 MSK [1]
                2026-07-10T23:41:07Z Name("MSK", 180), or 2026-07-11T02:41:07Z
            2026-07-11 02:41:07 GMT+5:30
                2026-07-10T21:11:07Z Offset
            2026-07-11 02:41:07 UTC+02:00
                2026-07-11T00:41:07Z Offset
            2026-07-11 02:41:07 IST
                Zone("IST")
            2026-07-11 02:41:07 CST [12] LOG:  x
                Zone("CST")
            2026-07-11 02:41:07 VOLT [12] LOG:  x
                Zone("VOLT")
            2026-07-11 02:41:07 HINT: x
                2026-07-11T00:41:07Z Reader, or 2026-07-11T02:41:07Z
            2026-07-11 02:41:07 +16:00
                2026-07-11T00:41:07Z Reader, or 2026-07-11T02:41:07Z
            2026-07-11 02:41:07+0160
                2026-07-11T00:41:07Z Reader, or 2026-07-11T02:41:07Z
            14:00 PST
                Zone("PST")
        "#]],
    );
}

#[test]
fn what_has_no_time_in_it_is_not_read() {
    table(
        &berlin(),
        &[
            "",
            "DROP TABLE shop.order_lines",
            "2026-02-30 10:00",
            "2026-13-01 10:00",
            "29 Feb 2026",
            "Feb 29 10:00:00 db1 x",
            "Feb 30 10:00:00 db1 x",
            "Nov 11",
            "Monday",
            "11/10/26 02:41",
            "I1111 02:41:07.318456 48211 shop.cc:12] x",
            "00:1A:2b:3c:4d:5e",
            "12:34:56:78:90:12",
            "+01:00",
            "10.2.0.4:5432",
            "11111111-2222-2026-11-11",
            "v16.4-2026-11-11",
            "２０２６-11-11 02:41",
            "２026-11-11 02:41",
        ],
        expect![[r#"

                Nothing
            DROP TABLE shop.order_lines
                Nothing
            2026-02-30 10:00
                NoSuchDay
            2026-13-01 10:00
                NoSuchDay
            29 Feb 2026
                NoSuchDay
            Feb 29 10:00:00 db1 x
                2024-02-29T09:00:00Z Reader, no year, or 2024-02-29T10:00:00Z
            Feb 30 10:00:00 db1 x
                NoSuchDay
            Nov 11
                Nothing
            Monday
                Nothing
            11/10/26 02:41
                Nothing
            I1111 02:41:07.318456 48211 shop.cc:12] x
                Nothing
            00:1A:2b:3c:4d:5e
                Nothing
            12:34:56:78:90:12
                Nothing
            +01:00
                Nothing
            10.2.0.4:5432
                Nothing
            11111111-2222-2026-11-11
                Nothing
            v16.4-2026-11-11
                Nothing
            ２０２６-11-11 02:41
                Nothing
            ２026-11-11 02:41
                Nothing
        "#]],
    );
}

#[test]
fn a_time_that_clocks_showed_twice_is_the_first_and_tells_the_second() {
    table(
        &berlin(),
        &[
            "2026-10-25 01:59:59",
            "2026-10-25 02:00:00",
            "2026-10-25 02:59:59",
            "2026-10-25 03:00:00",
            "2026-10-25 02:30 CET",
            "2026-10-25 02:30 CEST",
            "2026-03-29 01:59:59",
            "2026-03-29 02:00",
            "2026-03-29 02:59:59",
            "2026-03-29 03:00",
        ],
        expect![[r#"
            2026-10-25 01:59:59
                2026-10-24T23:59:59Z Reader, or 2026-10-25T01:59:59Z
            2026-10-25 02:00:00
                2026-10-25T00:00:00Z Reader, again 2026-10-25T01:00:00Z, or 2026-10-25T02:00:00Z
            2026-10-25 02:59:59
                2026-10-25T00:59:59Z Reader, again 2026-10-25T01:59:59Z, or 2026-10-25T02:59:59Z
            2026-10-25 03:00:00
                2026-10-25T02:00:00Z Reader, or 2026-10-25T03:00:00Z
            2026-10-25 02:30 CET
                2026-10-25T01:30:00Z Name("CET", 60), or 2026-10-25T02:30:00Z
            2026-10-25 02:30 CEST
                2026-10-25T00:30:00Z Name("CEST", 120), or 2026-10-25T02:30:00Z
            2026-03-29 01:59:59
                2026-03-29T00:59:59Z Reader, or 2026-03-29T01:59:59Z
            2026-03-29 02:00
                2026-03-29T01:00:00Z Reader, never, or 2026-03-29T02:00:00Z
            2026-03-29 02:59:59
                2026-03-29T01:59:59Z Reader, never, or 2026-03-29T02:59:59Z
            2026-03-29 03:00
                2026-03-29T01:00:00Z Reader, or 2026-03-29T03:00:00Z
        "#]],
    );
    table(
        &new_york(),
        &[
            "2026-11-01 00:59",
            "2026-11-01 01:30",
            "2026-11-01 02:00",
            "2026-03-08 01:59",
            "2026-03-08 02:30",
            "2026-03-08 03:00",
        ],
        expect![[r#"
            2026-11-01 00:59
                2026-11-01T04:59:00Z Reader, or 2026-11-01T00:59:00Z
            2026-11-01 01:30
                2026-11-01T05:30:00Z Reader, again 2026-11-01T06:30:00Z, or 2026-11-01T01:30:00Z
            2026-11-01 02:00
                2026-11-01T07:00:00Z Reader, or 2026-11-01T02:00:00Z
            2026-03-08 01:59
                2026-03-08T06:59:00Z Reader, or 2026-03-08T01:59:00Z
            2026-03-08 02:30
                2026-03-08T07:30:00Z Reader, never, or 2026-03-08T02:30:00Z
            2026-03-08 03:00
                2026-03-08T07:00:00Z Reader, or 2026-03-08T03:00:00Z
        "#]],
    );
    table(
        &lord_howe(),
        &[
            "2026-04-05 01:29",
            "2026-04-05 01:45",
            "2026-04-05 02:00",
            "2026-10-04 01:59",
            "2026-10-04 02:15",
            "2026-10-04 02:30",
        ],
        expect![[r#"
            2026-04-05 01:29
                2026-04-04T14:29:00Z Reader, or 2026-04-05T01:29:00Z
            2026-04-05 01:45
                2026-04-04T14:45:00Z Reader, again 2026-04-04T15:15:00Z, or 2026-04-05T01:45:00Z
            2026-04-05 02:00
                2026-04-04T15:30:00Z Reader, or 2026-04-05T02:00:00Z
            2026-10-04 01:59
                2026-10-03T15:29:00Z Reader, or 2026-10-04T01:59:00Z
            2026-10-04 02:15
                2026-10-03T15:45:00Z Reader, never, or 2026-10-04T02:15:00Z
            2026-10-04 02:30
                2026-10-03T15:30:00Z Reader, or 2026-10-04T02:30:00Z
        "#]],
    );
    table(
        &apia(),
        &["2011-12-29 23:59", "2011-12-30 12:00", "2011-12-31 00:00"],
        expect![[r#"
        2011-12-29 23:59
            2011-12-30T09:59:00Z Reader, or 2011-12-29T23:59:00Z
        2011-12-30 12:00
            2011-12-30T22:00:00Z Reader, never, or 2011-12-30T12:00:00Z
        2011-12-31 00:00
            2011-12-30T10:00:00Z Reader, or 2011-12-31T00:00:00Z
    "#]],
    );
    table(
        &kolkata(),
        &["2026-11-11 02:41", "yesterday 14:00"],
        expect![[r#"
        2026-11-11 02:41
            2026-11-10T21:11:00Z Reader, or 2026-11-11T02:41:00Z
        yesterday 14:00
            2026-11-21T08:30:00Z Reader, or 2026-11-21T14:00:00Z
    "#]],
    );
    table(
        &Zone::default(),
        &["2026-11-11 02:41", "2026-11-11 02:41 CET"],
        expect![[r#"
        2026-11-11 02:41
            2026-11-11T02:41:00Z Reader
        2026-11-11 02:41 CET
            2026-11-11T01:41:00Z Name("CET", 60), or 2026-11-11T02:41:00Z
    "#]],
    );
}

#[test]
fn a_sense_that_a_reading_does_not_have_is_the_one_that_it_has() {
    let twice = read("2026-10-25 02:30", now(), &berlin()).unwrap();
    let taken = [Sense::Read, Sense::Second, Sense::Utc].map(|sense| twice.taken(sense));
    assert_eq!(taken, [at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"), at("2026-10-25T02:30:00Z")]);
    let plain = read("2026-10-25 02:30Z", now(), &berlin()).unwrap();
    assert_eq!([Sense::Read, Sense::Second, Sense::Utc].map(|sense| plain.taken(sense)), [plain.at; 3]);
}

#[test]
fn a_clock_that_is_three_days_wrong_reads_dates_as_they_are() {
    for wrong in [-3, 3] {
        let now = now() + Span::from_secs(wrong * 86_400);
        let reading = read("2026-11-21 02:41:07 UTC", now, &berlin()).unwrap();
        assert_eq!(reading.at, at("2026-11-21T02:41:07Z"));
        assert_eq!(reading.is_ahead(reading.at), wrong < 0, "whether it is still to come is by that clock");
    }
}

#[test]
fn a_zone_that_is_asked_at_moments_is_the_table_that_it_was_made_of() {
    for zone in [berlin(), new_york(), lord_howe(), kolkata()] {
        let (from, to) = (at("2014-01-01T00:00:00Z"), at("2028-12-31T00:00:00Z"));
        let probed = Zone::probe(from, to, &|at| zone.ahead(at));
        assert_eq!(probed.changes(), zone.changes());
    }
    // A month without summer time, as in Morocco's Ramadan.
    let zone = Zone::new(vec![
        (at("2026-01-01T00:00:00Z"), 60),
        (at("2026-02-15T02:00:00Z"), 0),
        (at("2026-03-22T02:00:00Z"), 60),
    ]);
    assert_eq!(Zone::probe(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"), &|at| zone.ahead(at)), zone);
}

#[test]
fn whatever_clocks_show_leads_back_to_when_they_showed_it() {
    arbtest(|u| {
        for zone in [berlin(), new_york(), lord_howe(), kolkata(), apia(), Zone::default()] {
            let at = at("2010-01-01T00:00:00Z") + Span::from_millis(u.int_in_range(0..=19 * 365 * 86_400_000)?);
            let ahead = zone.ahead(at);
            let shown = at + Span::from_millis(i64::from(ahead) * 60_000);
            match zone.when(shown) {
                Wall::Once(found) => assert_eq!(found, at),
                Wall::Twice(first, second) => {
                    assert!(first < second && (first == at || second == at), "{at:?}: {first:?}, {second:?}");
                }
                Wall::Never(_) => panic!("{at:?} was shown by {zone:?}"),
            }
        }
        Ok(())
    });
}

const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

#[test]
fn a_moment_is_read_back_from_every_form_whatever_stands_around_it() {
    const BEFORE: [&str; 6] = ["", "[", "<134>1 ", "\"", "msg=", "at "];
    const BEHIND: [&str; 6] = ["", "]", " [48211] LOG:  x", "\",3", ": failed at 12:00", " 2001-01-01 00:00:00Z"];
    arbtest(|u| {
        let seconds = u.int_in_range(1_000_000_000..=3_999_999_999_i64)?;
        let at = Moment::from_millis(seconds * 1000);
        let ahead = u.int_in_range(-14 * 4..=14 * 4)? * 15;
        let c = at.civil(ahead);
        let (hours, minutes) = (ahead.abs() / 60, ahead.abs() % 60);
        let sign = if ahead < 0 { '-' } else { '+' };
        let zones = [format!("{sign}{hours:02}:{minutes:02}"), format!("{sign}{hours:02}{minutes:02}")];
        let zone = u.choose(&zones)?;
        let (y, mo, d, h, mi, s) = (c.year, c.month, c.day, c.hour, c.minute, c.second);
        let (name, week) = (NAMES[usize::from(mo) - 1], DAYS[usize::from(c.weekday)]);
        let forms = [
            format!("{y}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}{zone}"),
            format!("{y}-{mo:02}-{d:02} {h:02}:{mi:02}:{s:02} {zone}"),
            format!("{y}{mo:02}{d:02}T{h:02}{mi:02}{s:02}{zone}"),
            format!("{y}/{mo:02}/{d:02} {h:02}:{mi:02}:{s:02} {zone}"),
            format!("{week}, {d:02} {name} {y} {h:02}:{mi:02}:{s:02} {zone}"),
            format!("{d:02}/{name}/{y}:{h:02}:{mi:02}:{s:02} {zone}"),
            format!("{d}.{mo}.{y} {h}:{mi:02}:{s:02} {zone}"),
            format!("{name} {d}, {y} {h:02}:{mi:02}:{s:02} {zone}"),
            format!("{week} {name} {d:2} {h:02}:{mi:02}:{s:02} {zone} {y}"),
        ];
        let form = u.choose(&forms)?;
        let text = [*u.choose(&BEFORE)?, form, *u.choose(&BEHIND)?].concat();
        let reading = read(&text, now(), &berlin()).unwrap_or_else(|why| panic!("{text}: {why:?}"));
        assert_eq!((reading.at, &reading.by), (at, &By::Offset), "{text}");
        Ok(())
    });
}

#[test]
fn any_text_is_read_or_is_not() {
    arbtest(|u| {
        let known = [
            "2026-11-11 02:41:07",
            "Nov 11",
            "yesterday ",
            "14:00",
            "9999-12-31T23:59:60-15:59",
            "999999 weeks ago",
            "é",
        ];
        let text = [any::words(u, &known)?, any::words(u, &known)?].concat();
        let now = any::moment(u)?;
        if let Ok(reading) = read(&text, now, &new_york()) {
            for sense in [Sense::Read, Sense::Second, Sense::Utc] {
                let _ = reading.taken(sense).iso();
            }
        }
        Ok(())
    });
}

#[test]
fn half_of_the_day_is_read_however_it_is_written() {
    for text in [
        "2026-11-11 1:41:07 pm UTC",
        "2026-11-11 1:41:07 p.m. UTC",
        "2026-11-11, 1:41:07 P.M. UTC",
        // As browsers and other programs with new tables of languages print it.
        "11/11/2026, 1:41:07\u{202f}PM UTC",
        "11/11/2026, 1:41:07\u{a0}PM\u{a0}UTC",
    ] {
        assert_eq!(line(&read(text, now(), &berlin())), "2026-11-11T13:41:07Z Name(\"UTC\", 0)", "{text}");
    }
}

#[test]
fn a_time_behind_a_tab_or_an_at_sign_is_no_bare_day() {
    for text in ["2026-11-11\t01:41:07\tUTC", "Nov 11, 2026 @ 01:41:07 UTC"] {
        assert_eq!(line(&read(text, now(), &berlin())), "2026-11-11T01:41:07Z Name(\"UTC\", 0)", "{text}");
    }
}

#[test]
fn the_number_of_a_process_behind_utc_is_no_offset() {
    for text in ["2026-11-11 01:41:07 UTC-1234-LOG:  x", "2026-11-11 01:41:07 UTC-12-LOG:  x"] {
        assert_eq!(line(&read(text, now(), &new_york())), "2026-11-11T01:41:07Z Name(\"UTC\", 0)", "{text}");
    }
}

#[test]
fn a_zone_that_is_told_by_a_place_is_not_taken_for_the_reader_s() {
    for place in ["America/New_York", "Europe/Berlin", "Etc/GMT+5", "America/Argentina/Buenos_Aires"] {
        let text = format!("2026-11-11 02:41:07 {place} [12] LOG:  x");
        assert_eq!(read(&text, now(), &berlin()), Err(Unread::Zone(place.into())));
    }
}

#[test]
fn a_long_text_of_figures_and_units_is_read_without_an_overflow() {
    assert_eq!(read(&"1 s ".repeat(50_000), now(), &berlin()), Err(Unread::Nothing));
    assert_eq!(read(&"999999w".repeat(20_000), now(), &berlin()), Err(Unread::Nothing));
}

#[test]
fn a_zone_in_brackets_or_behind_a_comma_is_found() {
    let berlin = berlin();
    for text in ["2026-11-11 02:41:07 (UTC)", "2026-11-11 02:41:07 [UTC] LOG", "2026-11-11 02:41:07,UTC,x"] {
        let read = read(text, now(), &berlin).unwrap();
        assert_eq!(millis(read.at), "2026-11-11T02:41:07Z", "{text}");
    }
    // What is no zone is none in brackets either, however many there are.
    for text in ["2026-11-11 02:41:07 [abc]".to_string(), ["2026-11-11 02:41:07 ", &"(".repeat(100_000)].concat()] {
        assert_eq!(millis(read(&text, now(), &berlin).unwrap().at), "2026-11-11T01:41:07Z");
    }
}

#[test]
fn what_is_not_understood_behind_a_day_is_not_passed_over() {
    for text in [
        "2026-11-11 25:61",
        "2026-11-11-01.41.07.000000",
        "2026-11-11T01.41.07",
        "yesterday noon",
        "the day before yesterday 14:00",
        "tomorrow 10:00",
        "2 days ago 14:00",
    ] {
        assert_eq!(read(text, now(), &berlin()), Err(Unread::Nothing), "{text}");
    }
    // The message of a log may say what it likes.
    let line = "2026-11-11 01:41:07 UTC [1] LOG:  the day before yesterday, 3 days ago: tomorrow";
    assert_eq!(millis(read(line, now(), &berlin()).unwrap().at), "2026-11-11T01:41:07Z");
}
