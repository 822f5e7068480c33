//! Anything that a property is to hold for: names, ids, moments, hostile texts and hostile JSON.

use arbtest::arbitrary::{Result, Unstructured};
use pgflex_restore::azure::id::{
    AccountName, ContainerId, ContainerName, GroupName, InstanceId, InstanceName, JobId, JobName, PointId, PointName,
    PolicyId, PolicyName, ServerId, ServerName, SubscriptionId, VaultId, VaultName,
};
use pgflex_restore::link::{MOST_POINTS, Prefix, Which, Wish};
use pgflex_restore::moment::Moment;
use serde_json::{Map, Value};

const WORD: &str = "abcxyzABCXYZ0189-";
const LOOSE: &str = "abzAZ019-_";

/// A text of `least` to `most` letters of an alphabet.
pub fn text(u: &mut Unstructured<'_>, alphabet: &str, least: usize, most: usize) -> Result<String> {
    let letters: Vec<char> = alphabet.chars().collect();
    let length = u.int_in_range(least..=most)?;
    (0..length).map(|_| u.choose(&letters).copied()).collect()
}

/// What `parse` makes of a text of an alphabet that begins with one letter of `first`.
fn name<T>(
    u: &mut Unstructured<'_>,
    first: &str,
    alphabet: &str,
    most: usize,
    parse: fn(&str) -> Option<T>,
) -> Result<T> {
    let head = text(u, first, 1, 1)?;
    let tail = text(u, alphabet, 2, most - 1)?;
    // What an alphabet cannot say (no dot at the end, no two dashes) is mended by a plain ending.
    Ok(parse(&format!("{head}{tail}")).or_else(|| parse(&format!("{head}xyz"))).expect("a name"))
}

pub fn guid(u: &mut Unstructured<'_>) -> Result<String> {
    let groups: Vec<String> =
        [8, 4, 4, 4, 12].into_iter().map(|n| text(u, "0123456789abcdefABCDEF", n, n)).collect::<Result<_>>()?;
    Ok(groups.join("-"))
}

pub fn subscription(u: &mut Unstructured<'_>) -> Result<SubscriptionId> {
    Ok(SubscriptionId::parse(&guid(u)?).unwrap())
}

/// A resource group: letters of any script, and letters whose casing is odd.
pub fn group(u: &mut Unstructured<'_>) -> Result<GroupName> {
    name(u, "abAZ09_(", "abzAZ019_-.()éßKkİiıſsΣσς資源", 90, GroupName::parse)
}

pub fn vault(u: &mut Unstructured<'_>) -> Result<VaultId> {
    let name = name(u, "abAZ", WORD, 50, VaultName::parse)?;
    Ok(VaultId { subscription: subscription(u)?, group: group(u)?, name })
}

pub fn instance(u: &mut Unstructured<'_>) -> Result<InstanceId> {
    Ok(InstanceId { vault: vault(u)?, name: name(u, WORD, "abzAZ019-_.", 260, InstanceName::parse)? })
}

pub fn point(u: &mut Unstructured<'_>) -> Result<PointId> {
    Ok(PointId { instance: instance(u)?, name: name(u, LOOSE, LOOSE, 128, PointName::parse)? })
}

pub fn job(u: &mut Unstructured<'_>) -> Result<JobId> {
    Ok(JobId { vault: vault(u)?, name: JobName::parse(&guid(u)?).unwrap() })
}

pub fn policy(u: &mut Unstructured<'_>) -> Result<PolicyId> {
    Ok(PolicyId { vault: vault(u)?, name: name(u, WORD, LOOSE, 150, PolicyName::parse)? })
}

pub fn server(u: &mut Unstructured<'_>) -> Result<ServerId> {
    let name = name(u, WORD, WORD, 63, ServerName::parse)?;
    Ok(ServerId { subscription: subscription(u)?, group: group(u)?, name })
}

pub fn container(u: &mut Unstructured<'_>) -> Result<ContainerId> {
    let account = name(u, "abz09", "abz09", 24, AccountName::parse)?;
    let name = name(u, "abz09", "abz09-", 63, ContainerName::parse)?;
    Ok(ContainerId { subscription: subscription(u)?, group: group(u)?, account, name })
}

pub fn prefix(u: &mut Unstructured<'_>) -> Result<Prefix> {
    name(u, "abAZ09", WORD, 63, Prefix::parse)
}

/// A moment between the years 2 and 9999.
pub fn moment(u: &mut Unstructured<'_>) -> Result<Moment> {
    Ok(Moment::from_millis(u.int_in_range(-62_104_060_800_000..=253_402_300_799_999)?))
}

/// A point that a link asks for, in any form.
pub fn wish(u: &mut Unstructured<'_>) -> Result<Wish> {
    let point = point(u)?;
    let which = match u.int_in_range(0..=3)? {
        0 => Which::Newest,
        1 => Which::Before(second(u)?),
        2 => Which::known(point.name, Some(second(u)?)),
        _ => Which::known(point.name, None),
    };
    Ok(Wish { instance: point.instance, which })
}

/// What a plan holds: some of one instance, of one vault, of one subscription, each once.
pub fn wishes(u: &mut Unstructured<'_>) -> Result<Vec<Wish>> {
    let mut wishes: Vec<Wish> = Vec::new();
    for _ in 0..u.int_in_range(0..=MOST_POINTS)? {
        let mut wish = wish(u)?;
        if let Some(before) = wishes.last().map(|wish| &wish.instance) {
            match u.int_in_range(0..=3)? {
                0 => wish.instance = before.clone(),
                1 => wish.instance.vault = before.vault.clone(),
                2 => wish.instance.vault.subscription = before.vault.subscription.clone(),
                _ => {}
            }
        }
        if !wishes.contains(&wish) {
            wishes.push(wish);
        }
    }
    Ok(wishes)
}

/// A whole second, as links tell moments.
fn second(u: &mut Unstructured<'_>) -> Result<Moment> {
    Ok(Moment::from_millis(moment(u)?.millis().div_euclid(1000) * 1000))
}

/// The same text, each ASCII letter in either case.
pub fn recased(u: &mut Unstructured<'_>, text: &str) -> Result<String> {
    text.chars()
        .map(|c| Ok(if u.arbitrary()? { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }))
        .collect::<Result<_>>()
}

/// Texts that something hostile, or merely broken, might send.
pub const HOSTILE: [&str; 18] = [
    "",
    " ",
    "\0",
    "\n",
    "\\",
    "../..",
    "%2e%2e%2f",
    "%",
    "%zz",
    "$(id)",
    "`id`",
    "'\";--",
    "<script>",
    "\u{202e}gpj.exe",
    "\u{200b}",
    "𝓂𝒶𝓃𝒶𝑔𝑒",
    "perform action '",
    "over scope ''' with object id '",
];

/// A text: hostile, arbitrary, or one of those that are given.
pub fn words(u: &mut Unstructured<'_>, known: &[&str]) -> Result<String> {
    Ok(match u.int_in_range(0..=3)? {
        0 => (*u.choose(&HOSTILE)?).to_string(),
        1 => u.arbitrary()?,
        _ => (*u.choose(known)?).to_string(),
    })
}

/// Any JSON, built of the given names and texts so that readers find their way into it.
pub fn json(u: &mut Unstructured<'_>, names: &[&str], texts: &[&str], deepest: usize) -> Result<Value> {
    let most = if deepest == 0 { 4 } else { 9 };
    Ok(match u.int_in_range(0..=most)? {
        0 => Value::Null,
        1 => Value::Bool(u.arbitrary()?),
        2 => Value::from(u.arbitrary::<i64>()?),
        3 | 4 => Value::from(words(u, texts)?),
        5 | 6 => {
            let length = u.int_in_range(0..=3)?;
            Value::Array((0..length).map(|_| json(u, names, texts, deepest - 1)).collect::<Result<_>>()?)
        }
        _ => {
            let length = u.int_in_range(0..=6)?;
            let members = (0..length).map(|_| {
                let name = (*u.choose(names)?).to_string();
                Ok((name, json(u, names, texts, deepest - 1)?))
            });
            Value::Object(members.collect::<Result<Map<String, Value>>>()?)
        }
    })
}
