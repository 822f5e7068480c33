//! A place in a text, and what can be read from there on: figures, words, a clock's reading, a zone.

use super::Unread;

/// Zones that a log names: minutes ahead of UTC. As PostgreSQL's set of abbreviations `Default` has them
/// (`src/timezone/tznames/Default`), where the zones of today, from which PostgreSQL takes what it writes, give them one
/// meaning. `WEST` is not in that set, but PostgreSQL writes it.
const ZONES: [(&str, i32); 31] = [
    ("UTC", 0),
    ("GMT", 0),
    ("CET", 60),
    ("CEST", 120),
    ("MEZ", 60),
    ("MESZ", 120),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("EST", -300),
    ("EDT", -240),
    ("MST", -420),
    ("MDT", -360),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
    ("SAST", 120),
    ("WAT", 60),
    ("EAT", 180),
    ("PKT", 300),
    ("HKT", 480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
];
/// Those with more than one meaning, also today: of China, Cuba and America; of India, Israel and Ireland; of America and
/// the Philippines.
const SEVERAL: [&str; 4] = ["CST", "CDT", "IST", "PST"];

/// How the names of zones begin that are places. Which hour it is there is not known here.
const PLACES: [&str; 9] = ["Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific", "Etc"];
const BLANKS: [&str; 4] = [" ", "\t", "\u{a0}", "\u{202f}"];

pub const SECOND: i64 = 1000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;

/// What is left of a text.
#[derive(Clone, Copy)]
pub struct Cursor<'a>(pub &'a [u8]);

impl<'a> Cursor<'a> {
    /// The next byte; nothing is 0.
    pub fn first(&self) -> u8 {
        self.0.first().copied().unwrap_or(0)
    }

    /// Passes over it.
    pub fn skip(&mut self) {
        self.0 = self.0.get(1..).unwrap_or_default();
    }

    /// Passes over it if it is this one.
    pub fn eat(&mut self, byte: u8) -> Option<()> {
        (self.first() == byte).then(|| self.skip())
    }

    /// Passes over it if it is one of these.
    pub fn one_of(&mut self, bytes: &[u8]) -> Option<()> {
        bytes.contains(&self.first()).then(|| self.skip())
    }

    /// Passes over blanks, also those that keep a line together: some write one before `PM`.
    pub fn blanks(&mut self) {
        while let Some(rest) = BLANKS.iter().find_map(|blank| self.0.strip_prefix(blank.as_bytes())) {
            self.0 = rest;
        }
    }

    /// How many digits stand here.
    pub fn digits(&self) -> usize {
        self.0.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// The number that stands here, if it has so many digits.
    pub fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let count = self.digits();
        let (digits, rest) = self.0.split_at_checked(count).filter(|_| (least..=most).contains(&count))?;
        self.0 = rest;
        Some(digits.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
    }

    /// The ASCII letters that stand here.
    pub fn word(&mut self) -> &'a str {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.0.split_at_checked(count).unwrap_or_default();
        self.0 = rest;
        std::str::from_utf8(word).unwrap_or_default()
    }

    /// From a day to the clock behind it.
    pub fn joint(&mut self) {
        if self.one_of(b"Tt:").is_none() {
            let _ = self.eat(b',');
            self.blanks();
            let mut then = *self;
            if then.eat(b'@').is_some() || ["at", "um"].contains(&then.word()) {
                *self = then;
                self.blanks();
            }
        }
    }

    /// `02:41`, `02:41:07.318`, `2:41 pm`, `2:41 p.m.`: milliseconds of the day.
    pub fn clock(&mut self) -> Option<i64> {
        let mut hour = self.number(1, 2)?;
        let mut rest = 0;
        let minutes = self.eat(b':').is_some();
        if minutes {
            rest = self.number(2, 2).filter(|minute| *minute < 60)? * MINUTE;
            if self.eat(b':').is_some() {
                // A leap second is the first one of the next minute.
                rest += self.number(2, 2).filter(|second| *second <= 60)? * SECOND + self.fraction();
            }
        }
        let mut half = *self;
        half.blanks();
        let noon = half.half(b'p');
        if noon || half.half(b'a') {
            *self = half;
            hour = Some(hour % 12).filter(|_| (1..=12).contains(&hour))? + if noon { 12 } else { 0 };
        } else if !minutes || self.first() == b':' {
            return None;
        }
        (hour < 24).then_some(hour * HOUR + rest)
    }

    /// Passes over `pm` or `p.m.`, of this first letter.
    fn half(&mut self, letter: u8) -> bool {
        let mut then = *self;
        let first = then.first() | 32;
        then.skip();
        let dot = then.eat(b'.').is_some();
        let second = then.first() | 32;
        then.skip();
        let ends = if dot { then.eat(b'.').is_some() } else { !then.first().is_ascii_alphabetic() };
        let is_it = (first, second, ends) == (letter, b'm', true);
        if is_it {
            *self = then;
        }
        is_it
    }

    /// `024107`, `0241`: the same without colons.
    pub fn run(&mut self) -> Option<i64> {
        let run = if self.digits() == 4 { self.number(4, 4)? * 100 } else { self.number(6, 6)? };
        let (hour, minute, second) = (run / 10_000, run / 100 % 100, run % 100);
        let sensible = hour < 24 && minute < 60 && second <= 60;
        sensible.then(|| hour * HOUR + minute * MINUTE + second * SECOND + self.fraction())
    }

    /// The milliseconds of a fraction of a second; what is finer is cut.
    pub fn fraction(&mut self) -> i64 {
        let mut then = *self;
        if then.one_of(b".,").is_none() || !then.first().is_ascii_digit() {
            return 0;
        }
        let (mut millis, mut unit) = (0, 100);
        while then.first().is_ascii_digit() {
            millis += i64::from(then.first() - b'0') * unit;
            unit /= 10;
            then.skip();
        }
        *self = then;
        millis
    }

    /// `+01:00`, `+0100`, `+01`; behind a name also `+1`.
    pub fn offset(&mut self, least: usize) -> Option<i32> {
        let mut then = *self;
        let ahead = then.first() == b'+';
        then.one_of(b"+-")?;
        let minutes = if then.digits() == 4 {
            let both = then.number(4, 4)?;
            both / 100 * 60 + Some(both % 100).filter(|minutes| *minutes < 60)?
        } else {
            let hours = then.number(least, 2)?;
            let more = if then.eat(b':').is_some() { then.number(2, 2).filter(|minutes| *minutes < 60)? } else { 0 };
            hours * 60 + more
        };
        // PostgreSQL goes as far; a name may go on behind a dash: `UTC-646b6cbc.1f3c-`, `UTC-1234-`.
        if minutes >= 16 * 60 || then.first().is_ascii_alphanumeric() || (least == 1 && then.first() == b'-') {
            return None;
        }
        *self = then;
        Some(if ahead { minutes as i32 } else { -(minutes as i32) })
    }

    /// The zone behind a clock's reading: minutes ahead of UTC, and its name where it is told by one.
    pub fn zone(&mut self) -> Result<Option<(i32, &'static str)>, Unread> {
        let mut then = *self;
        then.blanks();
        if let Some(ahead) = then.offset(2) {
            *self = then;
            return Ok(Some((ahead, "")));
        }
        // In brackets, or behind a comma, as some logs and lists have it.
        if matches!(then.0, [b'(' | b'[' | b',', first, ..] if first.is_ascii_alphabetic()) {
            let mut inner = Cursor(then.0.get(1..).unwrap_or_default());
            if let Ok(Some((ahead, name))) = inner.zone() {
                *self = inner;
                return Ok(Some((ahead, name)));
            }
            return Ok(None);
        }
        let named = then;
        let word = then.word();
        if then.first() == b'/' && PLACES.contains(&word) {
            let ends = |byte: &u8| !(byte.is_ascii_alphanumeric() || b"/_-+".contains(byte));
            let count = named.0.iter().position(ends).unwrap_or(named.0.len());
            return Err(Unread::Zone(String::from_utf8_lossy(named.0.get(..count).unwrap_or_default()).into_owned()));
        }
        if then.first().is_ascii_alphanumeric() || then.first() == b'_' {
            return Ok(None);
        }
        if word.eq_ignore_ascii_case("z") {
            *self = then;
            return Ok(Some((0, "")));
        }
        if let Some((name, ahead)) = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)) {
            let more = if *name == "UTC" || *name == "GMT" { then.offset(1) } else { None };
            *self = then;
            return Ok(Some(more.map_or((*ahead, *name), |ahead| (ahead, ""))));
        }
        let several = SEVERAL.contains(&word);
        // In capitals, with a T at its end and nothing said behind it: a zone, and no word of a log.
        let zone = || {
            let mut behind = then;
            behind.blanks();
            let ends = behind.0.is_empty() || b"[,-\")]".contains(&behind.first());
            let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase());
            ends && capitals && word.ends_with('T') && (3..=5).contains(&word.len())
        };
        if several || zone() { Err(Unread::Zone(word.to_string())) } else { Ok(None) }
    }
}
