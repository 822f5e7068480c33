//! The restore being prepared: what is typed, and the plan that it makes, or what is wrong with it field by field.

mod container;

pub use container::{ContainerProblem, Pick, Target, read_container};

use crate::azure::cloud::Cloud;
use crate::azure::id::PointId;
use crate::azure::restore::RestoreRequest;
use crate::flow::Dice;
use crate::journal::Note;
use crate::link::Prefix;
use crate::moment::Moment;

/// How long a prefix may be with its ending. The specification sets no limit; blob names may be far longer.
pub const LONGEST_PREFIX: usize = 63;

/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// What has been typed for one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The point.
    pub point: PointId,
    /// The container as typed: URL, resource id or portal address.
    pub container: String,
    /// The container as picked from what Azure lists, or how far it was picked.
    pub picked: Pick,
    /// Whether what was picked counts, and not what was typed. Both are kept.
    pub picks: bool,
    /// The name typed for a new container.
    pub new: String,
    /// The prefix, without its ending.
    pub prefix: String,
    /// The ending that makes it unique, with its dash.
    pub ending: String,
    /// The region, where Azure did not say it.
    pub region: String,
    /// Whether "Review" was pressed: problems are shown from then on.
    pub submitted: bool,
}

/// A restore, ready to be checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The point.
    pub point: PointId,
    /// When it was made.
    pub made: Moment,
    /// The server's name.
    pub server: String,
    /// Where the files go.
    pub target: Target,
    /// What their names begin with.
    pub prefix: Prefix,
    /// The vault's region.
    pub region: String,
    /// The user-assigned identity that the vault uses for the instance. Empty where the vault uses one, and the
    /// api-version in use has no field in which Azure could say which.
    pub identity: Option<String>,
}

/// What is wrong with a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrefixProblem {
    /// Nothing was typed.
    Empty,
    /// It is too long by so many.
    TooLong(usize),
    /// It holds what is not a letter, a digit or a dash; what it could be instead.
    BadCharacters(String),
    /// It begins with a dash; what it could be instead.
    BeginsWithDash(String),
}

/// What is wrong with a draft, field by field.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Problems {
    /// The container.
    pub container: Option<ContainerProblem>,
    /// The prefix.
    pub prefix: Option<PrefixProblem>,
    /// The region is not known and was not typed, or is not a region's name.
    pub region: bool,
}

impl Problems {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Problems::default()
    }
}

impl Draft {
    /// A new draft with a proposed prefix and a new ending.
    pub fn new(point: PointId, server: &str, made: Option<Moment>, dice: &mut Dice) -> Self {
        let prefix = propose(server, made);
        Draft {
            point,
            container: String::new(),
            picked: Pick::Nothing,
            picks: true,
            new: String::new(),
            prefix,
            ending: ending(dice),
            region: String::new(),
            submitted: false,
        }
    }

    /// As it was kept.
    pub fn from_note(note: Note) -> Self {
        let Note { point, container, picked, picks, new, prefix, ending, region } = note;
        Draft { point, container, picked: Pick::parse(&picked), picks, new, prefix, ending, region, submitted: false }
    }

    /// To be kept.
    pub fn note(&self) -> Note {
        Note {
            point: self.point.clone(),
            container: container::unsigned(&self.container).to_string(),
            picked: self.picked.path(),
            picks: self.picks,
            new: self.new.clone(),
            prefix: self.prefix.clone(),
            ending: self.ending.clone(),
            region: self.region.clone(),
        }
    }

    /// Gives it an ending that no restore has used.
    pub fn renew(&mut self, dice: &mut Dice) {
        self.ending = ending(dice);
    }

    /// What its files' names begin with, if it is well formed.
    pub fn full_prefix(&self) -> Result<Prefix, PrefixProblem> {
        let typed = self.prefix.trim();
        if typed.is_empty() {
            return Err(PrefixProblem::Empty);
        }
        if !typed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(PrefixProblem::BadCharacters(tidy(typed)));
        }
        if typed.starts_with('-') {
            return Err(PrefixProblem::BeginsWithDash(tidy(typed)));
        }
        let full = format!("{typed}{}", self.ending);
        Prefix::parse(&full).ok_or(PrefixProblem::TooLong(full.len().saturating_sub(LONGEST_PREFIX)))
    }

    /// The target that was picked or typed.
    pub fn target(&self, cloud: Cloud) -> Result<Target, ContainerProblem> {
        match &self.picked {
            _ if !self.picks => read_container(&self.container, cloud),
            Pick::Container(id) => Ok(Target::of(id.clone(), cloud)),
            Pick::Account(_) => Err(ContainerProblem::NotPicked),
            _ => Err(ContainerProblem::Empty),
        }
    }

    /// The target of a restore prepared before, as the likely one.
    pub fn goes_where(&mut self, other: &Draft) {
        self.container.clone_from(&other.container);
        self.picked.clone_from(&other.picked);
        self.picks = other.picks;
    }

    /// What is wrong with it; `region` is what Azure said of the vault.
    pub fn problems(&self, cloud: Cloud, region: Option<&str>) -> Problems {
        Problems {
            container: self.target(cloud).err(),
            prefix: self.full_prefix().err(),
            region: region.is_none() && !is_region(&self.region),
        }
    }
}

impl Plan {
    /// Whether all that the request says is known: not after a link to somebody else's restore.
    pub fn is_whole(&self) -> bool {
        !self.region.is_empty() && !self.target.url.is_empty()
    }

    /// The request that it makes.
    pub fn request(&self) -> RestoreRequest {
        RestoreRequest {
            point: self.point.name.clone(),
            container_url: self.target.url.clone(),
            container: self.target.id.clone(),
            prefix: self.prefix.as_str().to_string(),
            region: self.region.clone(),
            identity: self.identity.clone(),
        }
    }
}

/// A region's name as Azure writes it in requests: lower-case letters and digits.
fn is_region(text: &str) -> bool {
    let text = text.trim();
    (3..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

fn ending(dice: &mut Dice) -> String {
    let mut roll = dice.roll();
    let mut ending = String::from("-");
    for _ in 0..6 {
        let letter = ALPHABET.get((roll % 32) as usize).copied().unwrap_or(b'a');
        ending.push(char::from(letter));
        roll /= 32;
    }
    ending
}

/// `orders-prod-20261109`: the server's name and the point's day.
fn propose(server: &str, made: Option<Moment>) -> String {
    let name = tidy(server);
    let name = name.strip_prefix("psql-").unwrap_or(&name);
    let name: String = name.chars().take(40).collect();
    let name = name.trim_end_matches('-');
    match made.map(|made| made.civil(0)) {
        Some(c) => format!("{name}-{:04}{:02}{:02}", c.year, c.month, c.day),
        None => name.to_string(),
    }
}

/// The nearest text that a prefix may be.
fn tidy(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out: String = out.chars().take(LONGEST_PREFIX - 7).collect();
    let out = out.trim_end_matches('-');
    if out.is_empty() { "restore".into() } else { out.into() }
}
