use pgflex_restore::browser::chance::seed;
use pgflex_restore::browser::zone::Zone;
use pgflex_restore::moment::Moment;
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

#[wasm_bindgen_test]
fn no_two_starts_draw_the_same_number() {
    assert_ne!(seed(), seed());
}
