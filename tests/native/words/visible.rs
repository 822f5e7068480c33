//! Characters that do not show are made visible.

use pgflex_restore::words::visible::visible;

fn check(text: &str, expected: &str) {
    assert_eq!(visible(text), expected);
}

#[test]
fn a_plain_name_is_left_as_it_is() {
    check("psql-orders-prod", "psql-orders-prod");
    check("Überwachung 東京", "Überwachung 東京");
}

#[test]
fn a_name_cannot_turn_what_follows_around() {
    check("backup\u{202e}dorp", "backup⟨U+202E⟩dorp");
    check("a\u{2066}b\u{2069}", "a⟨U+2066⟩b⟨U+2069⟩");
}

#[test]
fn a_name_cannot_hide_characters() {
    check("prod\u{200b}", "prod⟨U+200B⟩");
    check("prod\u{feff}\u{ad}", "prod⟨U+FEFF⟩⟨U+00AD⟩");
    check("prod\u{e0041}", "prod⟨U+E0041⟩");
}

#[test]
fn controls_are_shown_but_line_breaks_stay() {
    check("one\ntwo\tthree", "one\ntwo\tthree");
    check("red \u{1b}[31m\r\0", "red ⟨U+001B⟩[31m⟨U+000D⟩⟨U+0000⟩");
}
