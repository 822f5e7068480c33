//! Which points a link is about: one by its id, the newest, the last one before a moment; and several of them.
//!
//! ```text
//! 9c41e07b52d84f6ea3b8d50f1e6c7a92                         this point
//! 9c41e07b52d84f6ea3b8d50f1e6c7a92@2026-11-09T23:03:48Z    the same, and when it was made
//! newest                                                   the newest when the link is opened
//! before:2026-11-20T03:10:00Z                              the last one that was made before this moment
//! ```
//!
//! Several are separated by commas. Each is `{subscription}/{resource group}/{vault}/{instance}/{which}`; names that are
//! left out at its front are those of the one that stands before it.

use super::{instance_of, instance_value, named, vault_of};
use crate::azure::id::{Found, InstanceId, PointId, PointName, percent_encode};
use crate::moment::Moment;

/// The most points that one link can name.
pub const MOST_POINTS: usize = 20;

/// Which point of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// This one, and when it was made, if whoever made the link said so: Azure's own time is shown, but should the point
    /// be gone, those next to it are found by this.
    Point(PointName, Option<Moment>),
    /// The newest there is when the link is opened.
    Newest,
    /// The last one that was made before this moment.
    Before(Moment),
}

/// A point that a link asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Of which instance.
    pub instance: InstanceId,
    /// Which one.
    pub which: Which,
}

impl Which {
    /// This point, made at that moment.
    pub fn known(name: PointName, made: Option<Moment>) -> Self {
        Which::Point(name, made.and_then(to_the_second))
    }

    /// Reads one form.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((_, moment)) = text.split_once(':').filter(|(word, _)| word.eq_ignore_ascii_case("before")) {
            return instant(moment).map(Which::Before);
        }
        let (name, made) = match text.split_once('@') {
            Some((name, made)) => (name, Some(instant(made)?)),
            None => (text, None),
        };
        if name.eq_ignore_ascii_case("newest") {
            return made.is_none().then_some(Which::Newest);
        }
        Some(Which::Point(PointName::parse(name)?, made))
    }

    /// As it stands in a link.
    pub fn print(&self) -> String {
        match self {
            Which::Point(name, None) => name.to_string(),
            Which::Point(name, Some(made)) => format!("{name}@{}", made.iso()),
            Which::Newest => "newest".into(),
            Which::Before(moment) => format!("before:{}", moment.iso()),
        }
    }

    /// The point's id, where the link names it.
    pub fn name(&self) -> Option<&PointName> {
        match self {
            Which::Point(name, _) => Some(name),
            Which::Newest | Which::Before(_) => None,
        }
    }
}

impl Wish {
    /// Whether it is for this very point, by its id.
    pub fn is(&self, point: &PointId) -> bool {
        self.instance == point.instance && self.which.name() == Some(&point.name)
    }

    /// Whether it is for the same point: of two that name it, one may also say when it was made.
    fn is_same(&self, other: &Wish) -> bool {
        let named = self.which.name().is_some() && self.which.name() == other.which.name();
        self.instance == other.instance && (named || self.which == other.which)
    }

    /// Takes over when the point was made.
    fn learn(&mut self, which: &Which) {
        if let (Which::Point(_, made @ None), Which::Point(_, known)) = (&mut self.which, which) {
            *made = *known;
        }
    }

    /// The point's id, where the link names it.
    pub fn point(&self) -> Option<PointId> {
        Some(PointId { instance: self.instance.clone(), name: self.which.name()?.clone() })
    }
}

/// A moment with its zone. Without a zone it might be anybody's clock.
fn instant(text: &str) -> Option<Moment> {
    let zoned = text.get(19..).is_some_and(|rest| rest.contains(['Z', 'z', '+', '-'])) && text.trim() == text;
    Moment::parse(text).filter(|_| zoned).and_then(to_the_second)
}

/// In a link a moment is told to the second. One at either end of the calendar cannot be told at all: its zone takes it
/// into a year that has no four digits.
fn to_the_second(moment: Moment) -> Option<Moment> {
    let told = Moment::from_millis(moment.millis().div_euclid(1000) * 1000);
    (Moment::parse(&told.iso()) == Some(told)).then_some(told)
}

/// Reads several, each once; of more than a link may name, no more than tells that they are too many. Nothing where
/// there is none: something was cut off.
pub(super) fn parse(text: &str) -> Option<Vec<Wish>> {
    let mut wishes: Vec<Wish> = Vec::new();
    let mut before = None;
    for item in text.split(',').filter(|item| !item.is_empty()) {
        let wish = one(item, before.as_ref())?;
        // What is left out is said by the one that stands before it, also by one that says nothing new.
        before = Some(wish.instance.clone());
        match wishes.iter_mut().find(|known| known.is_same(&wish)) {
            Some(known) => known.learn(&wish.which),
            None => wishes.push(wish),
        }
        if wishes.len() > MOST_POINTS {
            break;
        }
    }
    Some(wishes).filter(|wishes| !wishes.is_empty())
}

fn one(item: &str, before: Option<&InstanceId>) -> Option<Wish> {
    let (head, last) = item.rsplit_once('/').unwrap_or(("", item));
    let which = Which::parse(last)?;
    if item.starts_with('/') {
        return match named(head)? {
            Found::Instance(instance) => Some(Wish { instance, which }),
            _ => None,
        };
    }
    let mut names: Vec<&str> = head.split('/').filter(|_| !head.is_empty()).collect();
    if names.len() < 4 {
        let before = before?;
        let vault = &before.vault;
        let known = [vault.subscription.as_str(), vault.group.as_str(), vault.name.as_str(), before.name.as_str()];
        let missing = 4 - names.len();
        names.splice(0..0, known.into_iter().take(missing));
    }
    match names.as_slice() {
        [subscription, group, vault, name] => {
            Some(Wish { instance: instance_of(vault_of(subscription, group, vault)?, name)?, which })
        }
        _ => None,
    }
}

/// As they stand in a link: what the one before says is left out.
pub(super) fn print(wishes: &[Wish]) -> String {
    let mut text = String::new();
    let mut before: Option<&InstanceId> = None;
    for Wish { instance, which } in wishes {
        let vault = &instance.vault;
        let head = match before {
            Some(known) if known == instance => String::new(),
            Some(known) if known.vault == *vault => format!("{}/", instance.name),
            Some(known) if known.vault.subscription == vault.subscription && known.vault.group == vault.group => {
                format!("{}/{}/", vault.name, instance.name)
            }
            Some(known) if known.vault.subscription == vault.subscription => {
                let group = percent_encode(vault.group.as_str());
                format!("{group}/{}/{}/", vault.name, instance.name)
            }
            _ => format!("{}/", instance_value(instance)),
        };
        if before.is_some() {
            text.push(',');
        }
        text.push_str(&head);
        text.push_str(&which.print());
        before = Some(instance);
    }
    text
}
