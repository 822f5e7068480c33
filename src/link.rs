//! Link ⇄ URL fragment: which page, of which source. Versioned; a link made once opens for ever.
//!
//! A link carries source points, or one job to watch; never a target, a host, a login or a secret. Every field is
//! held to its tight pattern, keys that are not known are passed over, a key given twice is refused.
//!
//! ```text
//! #/points?v=1&instance={subscription}/{resource group}/{vault}/{instance}&point={which}
//! #/plan?v=1&points={subscription}/{resource group}/{vault}/{instance}/{which},…
//! ```
//!
//! The four names may be given as the resource id instead (`/subscriptions/…`), so that a runbook can build one. How a
//! point is named: [`Which`]. `docs/links.md` tells it to whoever makes links.

mod specimen;
mod wish;

pub use specimen::Specimen;
pub use wish::{MOST_POINTS, Which, Wish};

use crate::azure::id::{
    Found, GroupName, InstanceId, InstanceName, JobId, JobName, PointId, PointName, SubscriptionId, VaultId, VaultName,
    find, percent_decode, percent_encode,
};

/// The longest fragment that is read: twenty points with the longest names that there can be. One of a single point is
/// well below 1 KB.
const LONGEST: usize = 32_768;

/// Which Azure the link is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum World {
    /// The real one.
    #[default]
    Azure,
    /// The simulated one: addresses of its own, `#/demo/…`.
    Demo,
}

impl World {
    /// The world of an address, even of one that is no link: a broken address of the demo stays in the demo. It decides
    /// who answers and what is kept.
    pub fn of(fragment: &str) -> World {
        let path = fragment.trim_start_matches('#').trim_start_matches('/');
        let first = path.split(['/', '?']).next().unwrap_or_default();
        if first == "demo" { World::Demo } else { World::Azure }
    }
}

/// An address of this program.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Link {
    /// Which Azure.
    pub world: World,
    /// Which page.
    pub place: Place,
}

/// The pages, each with what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Place {
    /// The first page.
    #[default]
    Start,
    /// Finding an instance: all subscriptions.
    Find,
    /// Finding an instance: the vaults of a subscription.
    FindVault(SubscriptionId),
    /// Finding an instance: those of a vault.
    FindInstance(VaultId),
    /// The points of an instance; one of them may be chosen.
    Points(InstanceId, Option<Which>),
    /// A plan: several points, to be restored together. None, for a plan that nothing was put into yet.
    Plan(Vec<Wish>),
    /// Where the files of all points of a plan go.
    PlanTarget(Vec<Wish>),
    /// Where the files of a point go.
    Target(PointId),
    /// Check and start.
    Review(PointId),
    /// A restore that was started and whose job is not known yet: found by its file prefix.
    Restore(PointId, Prefix),
    /// A job.
    Job(JobId),
    /// The restores started in this browser.
    Activity,
    /// This host: its configuration.
    About,
    /// The list of the states that a page can be in; in the demo alone.
    States,
    /// What a page looks like in a state that no made-up Azure can bring about; in the demo alone.
    State(Specimen),
}

/// A file prefix with its ending: letters, digits and dashes, 1 to 63, a letter or digit first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Prefix(String);

impl Prefix {
    /// The prefix, if it follows the pattern.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=63).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !text.starts_with('-');
        fits.then(|| Prefix(text.to_string()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why an address is no link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Longer than any link.
    TooLong,
    /// No page of that name.
    UnknownPage,
    /// Made by a later version of this program.
    Newer,
    /// A key is missing.
    Missing(&'static str),
    /// A key is given twice.
    Twice(String),
    /// A value is not of its form.
    Malformed(&'static str),
    /// A plan of more points than one link may name.
    TooMany,
}

impl Link {
    /// Reads the fragment of an address, with or without its `#`.
    pub fn parse(fragment: &str) -> Result<Link, Problem> {
        if fragment.len() > LONGEST {
            return Err(Problem::TooLong);
        }
        let text = fragment.strip_prefix('#').unwrap_or(fragment);
        let text = text.strip_prefix('/').unwrap_or(text);
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let path = path.trim_end_matches('/');
        let (world, page) = match path.strip_prefix("demo") {
            Some("") => (World::Demo, ""),
            Some(page) if page.starts_with('/') => (World::Demo, page.trim_start_matches('/')),
            _ => (World::Azure, path),
        };
        let keys = Keys::parse(query)?;
        match keys.get("v").map(str::parse::<u32>) {
            None | Some(Ok(1)) => {}
            Some(Ok(2..)) => return Err(Problem::Newer),
            Some(_) => return Err(Problem::Malformed("v")),
        }
        let place = match page {
            "" => Place::Start,
            "find" => match (keys.get("vault"), keys.get("subscription")) {
                (Some(_), _) => Place::FindInstance(keys.vault()?),
                (None, Some(id)) => {
                    Place::FindVault(SubscriptionId::parse(id).ok_or(Problem::Malformed("subscription"))?)
                }
                (None, None) => Place::Find,
            },
            "points" => Place::Points(keys.instance()?, keys.get("point").map(|_| keys.which()).transpose()?),
            "plan" => Place::Plan(keys.wishes()?),
            "plan-target" => Place::PlanTarget(keys.wishes()?),
            "target" => Place::Target(keys.point()?),
            "review" => Place::Review(keys.point()?),
            "restore" => {
                let prefix = keys.need("prefix")?;
                Place::Restore(keys.point()?, Prefix::parse(prefix).ok_or(Problem::Malformed("prefix"))?)
            }
            "job" => Place::Job(keys.job()?),
            "activity" => Place::Activity,
            "about" => Place::About,
            "states" if world == World::Demo => Place::States,
            _ if world == World::Demo && page.starts_with("states/") => {
                page.strip_prefix("states/").and_then(Specimen::named).map(Place::State).ok_or(Problem::UnknownPage)?
            }
            _ => return Err(Problem::UnknownPage),
        };
        Ok(Link { world, place })
    }

    /// The fragment, `#` included.
    pub fn print(&self) -> String {
        let world = match self.world {
            World::Azure => "#/",
            World::Demo => "#/demo/",
        };
        format!("{world}{}", self.place.print())
    }
}

impl Place {
    /// Whether it is about this very point, by its id.
    pub fn names(&self, point: &PointId) -> bool {
        match self {
            Place::Points(instance, Some(which)) => *instance == point.instance && which.name() == Some(&point.name),
            Place::Target(named) | Place::Review(named) => named == point,
            Place::Plan(wishes) | Place::PlanTarget(wishes) => wishes.iter().any(|wish| wish.is(point)),
            _ => false,
        }
    }

    fn print(&self) -> String {
        match self {
            Place::Start => String::new(),
            Place::Find => "find".into(),
            Place::FindVault(id) => format!("find?v=1&subscription={id}"),
            Place::FindInstance(vault) => format!("find?v=1&vault={}", vault_value(vault)),
            Place::Points(instance, None) => format!("points?v=1&{}", instance_key(instance)),
            Place::Points(instance, Some(which)) => {
                format!("points?v=1&{}&point={}", instance_key(instance), which.print())
            }
            Place::Plan(wishes) => with_points("plan", wishes),
            Place::PlanTarget(wishes) => with_points("plan-target", wishes),
            Place::Target(point) => format!("target?v=1&{}", point_keys(point)),
            Place::Review(point) => format!("review?v=1&{}", point_keys(point)),
            Place::Restore(point, prefix) => format!("restore?v=1&{}&prefix={}", point_keys(point), prefix.as_str()),
            Place::Job(job) => format!("job?v=1&job={}/{}", vault_value(&job.vault), job.name),
            Place::Activity => "activity".into(),
            Place::About => "about".into(),
            Place::States => "states".into(),
            Place::State(specimen) => format!("states/{}", specimen.name()),
        }
    }
}

fn with_points(page: &str, wishes: &[Wish]) -> String {
    if wishes.is_empty() { page.into() } else { format!("{page}?v=1&points={}", wish::print(wishes)) }
}

fn vault_value(vault: &VaultId) -> String {
    format!("{}/{}/{}", vault.subscription, percent_encode(vault.group.as_str()), vault.name)
}

fn instance_value(instance: &InstanceId) -> String {
    format!("{}/{}", vault_value(&instance.vault), instance.name)
}

fn instance_key(instance: &InstanceId) -> String {
    format!("instance={}", instance_value(instance))
}

fn point_keys(point: &PointId) -> String {
    format!("{}&point={}", instance_key(&point.instance), point.name)
}

/// The keys of a link, decoded, each once.
struct Keys(Vec<(String, String)>);

impl Keys {
    fn parse(query: &str) -> Result<Self, Problem> {
        let mut keys: Vec<(String, String)> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let key = percent_decode(key).ok_or(Problem::Malformed("query"))?;
            let value = percent_decode(value).ok_or(Problem::Malformed("query"))?;
            if keys.iter().any(|(known, _)| *known == key) {
                return Err(Problem::Twice(key));
            }
            keys.push((key, value));
        }
        Ok(Keys(keys))
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    fn need(&self, key: &'static str) -> Result<&str, Problem> {
        self.get(key).ok_or(Problem::Missing(key))
    }

    /// Four names (or three and a last one) with slashes between, or a resource id.
    fn parts(&self, key: &'static str) -> Result<Vec<&str>, Problem> {
        Ok(self.need(key)?.split('/').collect())
    }

    fn vault(&self) -> Result<VaultId, Problem> {
        let bad = Problem::Malformed("vault");
        if let Some(Found::Vault(vault)) = self.resource("vault") {
            return Ok(vault);
        }
        match self.parts("vault")?.as_slice() {
            [subscription, group, name] => vault_of(subscription, group, name).ok_or(bad),
            _ => Err(bad),
        }
    }

    fn instance(&self) -> Result<InstanceId, Problem> {
        let bad = Problem::Malformed("instance");
        if let Some(Found::Instance(instance)) = self.resource("instance") {
            return Ok(instance);
        }
        match self.parts("instance")?.as_slice() {
            [subscription, group, vault, name] => {
                vault_of(subscription, group, vault).and_then(|vault| instance_of(vault, name)).ok_or(bad)
            }
            _ => Err(bad),
        }
    }

    fn job(&self) -> Result<JobId, Problem> {
        let bad = Problem::Malformed("job");
        if let Some(Found::Job(job)) = self.resource("job") {
            return Ok(job);
        }
        match self.parts("job")?.as_slice() {
            [subscription, group, vault, name] => {
                let vault = vault_of(subscription, group, vault).ok_or(bad.clone())?;
                Ok(JobId { vault, name: JobName::parse(name).ok_or(bad)? })
            }
            _ => Err(bad),
        }
    }

    /// The one point that a page of a single restore is about.
    fn point_name(&self) -> Result<PointName, Problem> {
        self.which()?.name().cloned().ok_or(Problem::Malformed("point"))
    }

    fn which(&self) -> Result<Which, Problem> {
        Which::parse(self.need("point")?).ok_or(Problem::Malformed("point"))
    }

    fn wishes(&self) -> Result<Vec<Wish>, Problem> {
        let Some(text) = self.get("points") else { return Ok(Vec::new()) };
        let wishes = wish::parse(text).ok_or(Problem::Malformed("points"))?;
        if wishes.len() > MOST_POINTS { Err(Problem::TooMany) } else { Ok(wishes) }
    }

    fn point(&self) -> Result<PointId, Problem> {
        Ok(PointId { instance: self.instance()?, name: self.point_name()? })
    }

    /// A value that is a resource id.
    fn resource(&self, key: &str) -> Option<Found> {
        named(self.get(key)?)
    }
}

/// What a resource id names; a longer address with one in it is none.
fn named(id: &str) -> Option<Found> {
    find(Some(id).filter(|id| id.to_ascii_lowercase().starts_with("/subscriptions/"))?)
}

fn instance_of(vault: VaultId, name: &str) -> Option<InstanceId> {
    Some(InstanceId { vault, name: InstanceName::parse(name)? })
}

fn vault_of(subscription: &str, group: &str, name: &str) -> Option<VaultId> {
    Some(VaultId {
        subscription: SubscriptionId::parse(subscription)?,
        group: GroupName::parse(group)?,
        name: VaultName::parse(name)?,
    })
}
