//! The colours of `style/tokens.css` against the grounds that they stand on, in both schemes, by WCAG 2.2: text 4.5 to 1
//! (1.4.3), what tells a state, marks or borders something that can be operated 3 to 1 (1.4.11).

use super::none;
use super::source::root;
use std::collections::BTreeMap;

/// Colour, ground, the least contrast.
const PAIRS: &[(&str, &[&str], f64)] = &[
    ("ink", &["page", "card", "sunk", "hover", "accent-soft", "ok-soft", "warn-soft", "bad-soft"], 4.5),
    ("ink-quiet", &["page", "card", "sunk", "hover", "accent-soft", "warn-soft", "bad-soft"], 4.5),
    ("accent", &["page", "card", "sunk", "hover", "accent-soft"], 4.5),
    ("on-accent", &["accent-fill", "accent-fill-hover"], 4.5),
    ("ok", &["page", "card", "hover", "ok-soft", "accent-soft"], 4.5),
    ("warn", &["page", "card", "hover", "warn-soft", "accent-soft"], 4.5),
    ("bad", &["page", "card", "hover", "bad-soft", "accent-soft"], 4.5),
    ("edge", &["page", "card", "sunk"], 3.0),
    ("accent-fill", &["page", "card"], 3.0),
    ("focus", &["page", "card", "sunk", "accent-soft", "warn-soft"], 3.0),
];

/// The names and their colours, light and dark.
fn tokens() -> BTreeMap<String, [String; 2]> {
    let sheet = std::fs::read_to_string(root().join("style/tokens.css")).unwrap();
    let mut tokens = BTreeMap::new();
    for line in sheet.lines() {
        let Some((name, value)) = line.trim().strip_prefix("--").and_then(|line| line.split_once(": ")) else {
            continue;
        };
        let value = value.trim_end_matches(';');
        let both = match value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) {
            Some(both) => both.split_once(", ").unwrap(),
            None if value.starts_with('#') => (value, value),
            None => continue,
        };
        tokens.insert(name.to_string(), [both.0.to_string(), both.1.to_string()]);
    }
    tokens
}

/// Relative luminance (WCAG 2.2, definitions).
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_colour_can_be_told_from_what_it_stands_on() {
    let tokens = tokens();
    let mut weak = Vec::new();
    for (colour, grounds, least) in PAIRS {
        for ground in *grounds {
            for (scheme, name) in ["light", "dark"].into_iter().enumerate() {
                let found = contrast(&tokens[*colour][scheme], &tokens[*ground][scheme]);
                if found < *least {
                    weak.push(format!("--{colour} on --{ground}, {name}: {found:.2} to 1, less than {least}"));
                }
            }
        }
    }
    none(weak);
}

#[test]
fn contrast_is_what_wcag_says_it_is() {
    assert_eq!(contrast("#000000", "#ffffff"), 21.0);
    assert_eq!(format!("{:.2}", contrast("#767676", "#ffffff")), "4.54");
}
