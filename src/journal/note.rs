//! The restores being prepared, as session storage keeps them across a sign-in and a reload.

use super::{point, string};
use crate::azure::id::PointId;
use crate::azure::json::{At, object, print};
use crate::link::{Link, Place, Wish, World};
use serde_json::Value;

/// All that is kept of the restores being prepared.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Notes {
    /// What was typed for each.
    pub drafts: Vec<Note>,
    /// The points that were gathered into a plan.
    pub gathered: Vec<Wish>,
}

/// What was typed into the target's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The point it is about.
    pub point: PointId,
    /// The container, as typed.
    pub container: String,
    /// How far it was picked: the id of the subscription, the account or the container; empty for not at all.
    pub picked: String,
    /// Whether what was picked counts, and not what was typed.
    pub picks: bool,
    /// The name typed for a new container.
    pub new: String,
    /// The prefix, as typed.
    pub prefix: String,
    /// The ending that makes it unique.
    pub ending: String,
    /// The region, where it had to be typed.
    pub region: String,
}

impl Notes {
    /// Reads them; what is damaged is left out. A text of before there were plans is one draft.
    pub fn parse(text: &str) -> Self {
        let Ok(value) = serde_json::from_str::<Value>(text) else { return Notes::default() };
        let Some(drafts) = value.at("drafts").as_array() else {
            return Notes { drafts: Note::read(&value).into_iter().collect(), gathered: Vec::new() };
        };
        let plan = value.text("plan").and_then(|plan| Link::parse(plan).ok());
        Notes {
            drafts: drafts.iter().filter_map(Note::read).collect(),
            gathered: match plan.map(|link| link.place) {
                Some(Place::Plan(wishes)) => wishes,
                _ => Vec::new(),
            },
        }
    }

    /// As text; nothing where there is nothing to keep.
    pub fn print(&self) -> Option<String> {
        let plan = Link { world: World::Azure, place: Place::Plan(self.gathered.clone()) }.print();
        let drafts: Vec<Value> = self.drafts.iter().map(Note::value).collect();
        let any = !drafts.is_empty() || !self.gathered.is_empty();
        any.then(|| print(&object([("drafts", drafts.into()), ("plan", plan.into())])))
    }

    /// The same text, which also says whose they are: a sign-in may come back as somebody of another tenant.
    pub fn signed(text: &str, realm: &str) -> String {
        let mut value = serde_json::from_str::<Value>(text).unwrap_or_default();
        if let Value::Object(fields) = &mut value {
            fields.insert("realm".to_string(), realm.into());
        }
        print(&value)
    }

    /// Whose they are; empty where the text does not say it.
    pub fn signer(text: &str) -> String {
        let value = serde_json::from_str::<Value>(text).unwrap_or_default();
        string(&value, "realm").unwrap_or_default()
    }
}

impl Note {
    fn read(value: &Value) -> Option<Self> {
        let container = string(value, "container")?;
        Some(Note {
            point: point(value.text("point")?)?,
            // A note of before containers could be picked has none of these: what was typed counts.
            picked: string(value, "picked").unwrap_or_default(),
            picks: value.at("picks").as_bool().unwrap_or(container.is_empty()),
            new: string(value, "new").unwrap_or_default(),
            container,
            prefix: string(value, "prefix")?,
            ending: string(value, "ending")?,
            region: string(value, "region")?,
        })
    }

    fn value(&self) -> Value {
        object([
            ("point", self.point.path().into()),
            ("container", self.container.as_str().into()),
            ("picked", self.picked.as_str().into()),
            ("picks", self.picks.into()),
            ("new", self.new.as_str().into()),
            ("prefix", self.prefix.as_str().into()),
            ("ending", self.ending.as_str().into()),
            ("region", self.region.as_str().into()),
        ])
    }
}
