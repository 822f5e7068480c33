use pgflex_restore::browser::chance::seed;
use pgflex_restore::browser::zone::{Zone, table};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::when;
use pgflex_restore::words::time::local;
use wasm_bindgen_test::wasm_bindgen_test;

fn at(zone: &str, moment: &str) -> (i32, String) {
    Zone::new(Some(zone)).at(Moment::parse(moment).expect("a moment"))
}

fn is(minutes: i32, name: &str) -> (i32, String) {
    (minutes, name.to_string())
}

#[wasm_bindgen_test]
fn the_offset_is_that_of_the_date_shown_and_not_of_today() {
    // Europe/Berlin, 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
    assert_eq!(at("Europe/Berlin", "2026-03-29T00:59:59Z"), is(60, "CET"));
    assert_eq!(at("Europe/Berlin", "2026-03-29T01:00:00Z"), is(120, "CEST"));
    assert_eq!(at("Europe/Berlin", "2026-10-25T00:59:59Z"), is(120, "CEST"));
    assert_eq!(at("Europe/Berlin", "2026-10-25T01:00:00Z"), is(60, "CET"));
}

#[wasm_bindgen_test]
fn zones_have_the_names_that_people_there_use_or_their_offset() {
    assert_eq!(at("America/New_York", "2026-11-21T12:00:00Z"), is(-300, "EST"));
    assert_eq!(at("Europe/London", "2026-11-21T12:00:00Z"), is(0, "GMT"));
    assert_eq!(at("Asia/Kolkata", "2026-11-21T12:00:00Z"), is(330, "GMT+5:30"));
    assert_eq!(at("America/St_Johns", "2026-11-21T12:00:00Z").0, -210);
    assert_eq!(at("UTC", "2026-11-21T12:00:00Z"), is(0, "UTC"));
}

/// What an instant says of the reader's clock, as it stands on the page.
fn shown(zone: &str, moment: &str) -> String {
    let (minutes, name) = at(zone, moment);
    local(Moment::parse(moment).expect("a moment"), minutes, &name).unwrap_or_default()
}

#[wasm_bindgen_test]
fn an_instant_is_right_on_both_days_on_which_clocks_change() {
    assert_eq!(shown("Europe/Berlin", "2026-03-29T00:59:59Z"), "01:59 CET (+01:00) Sun 29 Mar");
    assert_eq!(shown("Europe/Berlin", "2026-03-29T01:00:00Z"), "03:00 CEST (+02:00) Sun 29 Mar");
    assert_eq!(shown("Europe/Berlin", "2026-10-25T00:59:59Z"), "02:59 CEST (+02:00) Sun 25 Oct");
    assert_eq!(shown("Europe/Berlin", "2026-10-25T01:00:00Z"), "02:00 CET (+01:00) Sun 25 Oct");
    assert_eq!(shown("America/New_York", "2026-03-08T06:59:59Z"), "01:59 EST (-05:00) Sun 8 Mar");
    assert_eq!(shown("America/New_York", "2026-03-08T07:00:00Z"), "03:00 EDT (-04:00) Sun 8 Mar");
    assert_eq!(shown("America/New_York", "2026-11-01T05:59:59Z"), "01:59 EDT (-04:00) Sun 1 Nov");
    assert_eq!(shown("America/New_York", "2026-11-01T06:00:00Z"), "01:00 EST (-05:00) Sun 1 Nov");
    // By half an hour.
    assert_eq!(shown("Australia/Lord_Howe", "2026-04-04T14:59:59Z"), "01:59 (+11:00) Sun 5 Apr");
    assert_eq!(shown("Australia/Lord_Howe", "2026-04-04T15:00:00Z"), "01:30 (+10:30) Sun 5 Apr");
    assert_eq!(shown("Australia/Lord_Howe", "2026-10-03T15:29:59Z"), "01:59 (+10:30) Sun 4 Oct");
    assert_eq!(shown("Australia/Lord_Howe", "2026-10-03T15:30:00Z"), "02:30 (+11:00) Sun 4 Oct");
    assert_eq!(shown("Asia/Kolkata", "2026-10-25T18:30:00Z"), "00:00 (+05:30) Mon 26 Oct");
    assert_eq!(shown("UTC", "2026-10-25T18:30:00Z"), "");
}

/// Some years before and after the mock-ups' night, at each fortnight and around each change.
fn is_that_of_the_formatter(table: &when::Zone, zone: &Zone, what: &str) {
    let day = |days: i64| Moment::parse("2026-11-22T02:12:00Z").expect("a moment") + Span::from_secs(days * 86_400);
    let mut at: Vec<Moment> = (-150..30).map(|fortnight| day(fortnight * 14)).collect();
    for (from, _) in table.changes() {
        at.extend([*from, *from - Span::from_millis(1)]);
    }
    at.retain(|at| *at >= day(-2_100));
    for at in at {
        assert_eq!(table.ahead(at), zone.at(at).0, "{what}, {}", at.iso());
    }
}

#[wasm_bindgen_test]
fn a_table_of_a_zone_says_what_the_browsers_formatter_says() {
    let now = Moment::parse("2026-11-22T02:12:00Z").expect("a moment");
    is_that_of_the_formatter(&table(now), &Zone::new(None), "the browser's own");
    // By the same way, zones that the browser has, but is not in.
    for name in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca"] {
        let zone = Zone::new(Some(name));
        let from = now - Span::from_secs(2_150 * 86_400);
        let table = when::Zone::probe(from, now + Span::from_secs(400 * 86_400), &|at| zone.at(at).0);
        is_that_of_the_formatter(&table, &zone, name);
        let changes = table.changes().len() - 1;
        assert_eq!(changes > 10, name != "Asia/Kolkata", "{name} has {changes}");
    }
}

#[wasm_bindgen_test]
fn no_two_starts_draw_the_same_number() {
    assert_ne!(seed(), seed());
}
