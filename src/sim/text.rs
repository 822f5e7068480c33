//! Text for answers: templates filled in, and ids, times and base64 as Azure writes them.
//!
//! Nothing is random: every id is a hash of what it names, so the same world has the same ids after a reload.

use crate::moment::{Moment, Span};

/// Fills a JSON template. `{name}` takes the value as JSON string content (escaped), `{!name}` takes it as it is.
/// Line breaks and the blanks that follow them are layout, and dropped.
///
/// A brace followed by anything but a name is JSON's own: an object begins with `{"` or is `{}`.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '\n']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some(line) = from.strip_prefix('\n') {
            rest = line.trim_start_matches(' ');
            continue;
        }
        let inner = from.get(1..).unwrap_or_default();
        let name = inner.split('}').next().unwrap_or_default();
        let (raw, name_alone) = match name.strip_prefix('!') {
            Some(name) => (true, name),
            None => (false, name),
        };
        let is_name = !name_alone.is_empty() && name_alone.bytes().all(|b| b.is_ascii_lowercase());
        if !is_name {
            out.push('{');
            rest = inner;
            continue;
        }
        let value = values.iter().find(|(n, _)| *n == name_alone).map_or("", |(_, v)| *v);
        if raw {
            out.push_str(value);
        } else {
            escape(&mut out, value);
        }
        rest = inner.get(name.len() + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => {
                out.push_str("\\u00");
                push_hex(out, c as u8);
            }
            c => out.push(c),
        }
    }
}

/// A JSON string.
pub fn quoted(text: &str) -> String {
    fill("\"{t}\"", &[("t", text)])
}

/// Joins texts.
pub fn join(parts: &[&str]) -> String {
    parts.concat()
}

/// A JSON array of texts that are JSON already.
pub fn array(items: &[String]) -> String {
    join(&["[", &items.join(","), "]"])
}

/// A 64-bit hash of some texts (FNV-1a, then mixed so that close texts are far apart).
pub fn hash(parts: &[&str]) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0]) {
            h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    mix(h)
}

fn mix(h: u64) -> u64 {
    let h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

fn push_hex(out: &mut String, byte: u8) {
    for nibble in [byte >> 4, byte & 15] {
        out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
    }
}

/// 32 hexadecimal digits, as recovery points are named.
pub fn hex32(parts: &[&str]) -> String {
    let first = hash(parts);
    let mut out = String::with_capacity(32);
    for byte in first.to_be_bytes().into_iter().chain(mix(first.wrapping_add(1)).to_be_bytes()) {
        push_hex(&mut out, byte);
    }
    out
}

/// A GUID of the random kind (version 4), as Azure makes them.
pub fn guid(parts: &[&str]) -> String {
    let mut out = String::with_capacity(36);
    for (i, digit) in hex32(parts).chars().enumerate() {
        if matches!(i, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(match i {
            12 => '4',
            16 => 'a',
            _ => digit,
        });
    }
    out
}

/// The digits of base64.
pub const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn digit(six_bits: u32) -> char {
    ALPHABET.get(six_bits as usize & 63).map_or('A', |b| char::from(*b))
}

/// Base64 with padding.
pub fn base64(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 4 / 3 + 4);
    for chunk in text.as_bytes().chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            out.push(if i > chunk.len() as u32 { '=' } else { digit(bits >> (18 - 6 * i)) });
        }
    }
    out
}

/// Letters, digits, `-` and `_` that look like base64url of something signed or random.
pub fn noise(seed: u64, length: usize) -> String {
    let mut state = seed;
    let mut out = String::with_capacity(length);
    for _ in 0..length {
        state = mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15));
        out.push(match digit((state >> 32) as u32) {
            '+' => '-',
            '/' => '_',
            c => c,
        });
    }
    out
}

/// A number with at least so many digits.
pub fn digits(number: i64, at_least: usize) -> String {
    let text = number.to_string();
    join(&["0000000".get(..at_least.saturating_sub(text.len())).unwrap_or_default(), &text])
}

/// Ticks (tenths of a microsecond) since 1970. Azure's times are finer than ours: the last four digits are made up,
/// always the same for the same millisecond.
pub fn ticks(at: Moment) -> i64 {
    let fine = hash(&[&at.millis().to_string()]) % 10_000;
    at.millis().saturating_mul(10_000).saturating_add(fine as i64)
}

/// `.4471906`: a fraction of a second; JSON.NET leaves out zeros at the end and an empty fraction.
fn fraction(ticks: i64) -> String {
    let seven = digits(ticks.rem_euclid(10_000_000), 7);
    let shortest = seven.trim_end_matches('0');
    if shortest.is_empty() { String::new() } else { join(&[".", shortest]) }
}

/// `2024-02-20T12:15:05.0382898Z`.
pub fn time(at: Moment) -> String {
    let whole = at.iso();
    join(&[whole.trim_end_matches('Z'), &fraction(ticks(at)), "Z"])
}

/// How .NET writes a date that is not set.
pub const NEVER: &str = "0001-01-01T00:00:00Z";

fn length(from: Moment, to: Moment) -> i64 {
    (ticks(to) - ticks(from)).max(0)
}

/// `PT2M5.5726414S`, the form of a job's duration where one job is read.
pub fn duration_iso(from: Moment, to: Moment) -> String {
    let ticks = length(from, to);
    let seconds = ticks / 10_000_000;
    let mut out = String::from("PT");
    for (number, unit) in [(seconds / 3600, "H"), (seconds / 60 % 60, "M")] {
        if number > 0 {
            out.push_str(&number.to_string());
            out.push_str(unit);
        }
    }
    let rest = join(&[&(seconds % 60).to_string(), &fraction(ticks), "S"]);
    if rest != "0S" || out.len() == 2 {
        out.push_str(&rest);
    }
    out
}

/// `00:03:12.7189058`, the form of a job's duration in a list.
pub fn duration_net(from: Moment, to: Moment) -> String {
    let ticks = length(from, to);
    let seconds = ticks / 10_000_000;
    let days = match seconds / 86_400 {
        0 => String::new(),
        days => join(&[&days.to_string(), "."]),
    };
    let [h, m, s] = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(|n| digits(n, 2));
    join(&[&days, &h, ":", &m, ":", &s, &fraction(ticks)])
}

/// `Tue, 20 Feb 2024 12:11:32 GMT`.
pub fn http_date(at: Moment) -> String {
    let c = at.civil(0);
    let of = |names: &'static str, i: u8| names.split(' ').nth(usize::from(i)).unwrap_or_default();
    let day = of("Mon Tue Wed Thu Fri Sat Sun", c.weekday);
    let month = of("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", c.month.saturating_sub(1));
    let clock = at.iso();
    let clock = clock.split('T').nth(1).unwrap_or_default().trim_end_matches('Z');
    join(&[day, ", ", &digits(i64::from(c.day), 2), " ", month, " ", &c.year.to_string(), " ", clock, " GMT"])
}

/// `20240220T121132Z`, as in `x-ms-routing-request-id`.
pub fn compact(at: Moment) -> String {
    at.iso().replace(['-', ':'], "")
}

/// So many milliseconds, from `least` up to some `spread` more, chosen by a hash.
pub fn between(hash: u64, least: i64, spread: u64) -> Span {
    Span::from_millis(least + (hash % spread) as i64)
}
