//! Where walks begin: addresses and drafts of the simulated Azure's own servers and points.

use super::chance::Chance;
use super::network::Trouble;
use super::promises::Kept;
use super::walk::{Log, Walk, person};
use crate::stories::story::NIGHT;
use pgflex_restore::app::Session;
use pgflex_restore::azure::call::Arm;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::id::{Found, PointId, VaultId, find};
use pgflex_restore::journal::{Note, Notes};
use pgflex_restore::link::{Link, Place, Which, Wish, World};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::sim::Azure;
use std::sync::LazyLock;

/// Vaults whose servers are small, so that their restores take minutes and not hours.
const VAULTS: [&str; 3] = [
    "/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.DataProtection/backupVaults/bvault-demo-weu",
    "/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.DataProtection/backupVaults/bvault-demo-role-missing",
    "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu",
];

/// Two points of each server in these vaults.
pub fn points() -> &'static [PointId] {
    static POINTS: LazyLock<Vec<PointId>> = LazyLock::new(|| VAULTS.iter().flat_map(|vault| of_vault(vault)).collect());
    &POINTS
}

fn of_vault(path: &str) -> Vec<PointId> {
    let Some(Found::Vault(vault)) = find(path) else { panic!("{path} is no vault") };
    instances(&vault)
}

fn instances(vault: &VaultId) -> Vec<PointId> {
    let (mut azure, now, arm) = (Azure::new(None), Moment::parse(NIGHT).unwrap(), Arm::default());
    let list = calls::instances(arm, vault);
    let page = list.read(&azure.answer(now, &list.request).outcome.unwrap()).unwrap();
    let mut points = Vec::new();
    for instance in page.items {
        let list = calls::points(arm, &instance.id, None, None);
        let Ok(page) = list.read(&azure.answer(now, &list.request).outcome.unwrap()) else { continue };
        let of = |name| PointId { instance: instance.id.clone(), name };
        points.extend(page.items.into_iter().take(2).map(|point| of(point.name)));
    }
    assert!(!points.is_empty(), "{vault} has no points");
    points
}

/// A walk at its beginning.
pub fn begin(seed: u64, log: Option<Log>) -> Kept<Walk> {
    let mut chance = Chance::new(seed);
    let trouble = *chance.one(&[
        Trouble { any: 0, start: 0 },
        Trouble { any: 0, start: 700 },
        Trouble { any: 60, start: 500 },
        Trouble { any: 60, start: 0 },
        Trouble { any: 350, start: 700 },
    ]);
    let skew = Span::from_secs(*chance.one(&[0, 0, 0, 1, -1, 45, -70, 500, -500, 260_000, -260_000]));
    let mut walk = Walk::new(chance, trouble, skew);
    walk.log = log;
    let chance = &mut walk.chance;
    let world = if chance.happens(120) { World::Demo } else { World::Azure };
    let point = chance.one(points()).clone();
    // Some walks are about several points together.
    let planned: Vec<PointId> =
        if chance.happens(150) { (0..3).map(|_| chance.one(points()).clone()).collect() } else { Vec::new() };
    let gathered = planned
        .iter()
        .map(|point| Wish { instance: point.instance.clone(), which: Which::known(point.name.clone(), None) });
    let gathered: Vec<Wish> = gathered.collect();
    let place = match chance.below(12) {
        _ if !gathered.is_empty() => Place::Plan(gathered),
        0 => Place::Start,
        1 => Place::Find,
        2 => Place::FindInstance(point.instance.vault.clone()),
        3 => Place::Points(point.instance.clone(), None),
        4 => Place::Target(point.clone()),
        _ => Place::Review(point.clone()),
    };
    let container = chance.one(&super::person::CONTAINERS).to_string();
    // The one that is named by its id was picked.
    let mut picked = if container.starts_with('/') { container.clone() } else { String::new() };
    let mut new = String::new();
    if matches!(place, Place::Target(_)) && chance.happens(700) {
        // One press away from another container in the same account.
        (picked, new) = (super::person::CONTAINERS[8].to_string(), "walk-new".into());
    }
    let note = Note {
        point,
        picks: !picked.is_empty(),
        picked,
        container,
        new,
        prefix: "walk-20261122".into(),
        ending: format!("-{:06}", chance.below(1_000_000)),
        region: String::new(),
    };
    let mut drafts = Vec::new();
    for (at, point) in planned.into_iter().enumerate() {
        drafts.push(Note { point, ending: format!("-{at}{:05}", chance.below(100_000)), ..note.clone() });
    }
    if drafts.is_empty() {
        drafts.push(note);
    }
    let draft = chance.happens(950).then(|| Notes { drafts, gathered: Vec::new() }.print().unwrap());
    let drafts = if world == World::Demo { [None, draft] } else { [draft, None] };
    let session = if chance.happens(20) { Session::SignedOut } else { person(0) };
    let framed = chance.happens(20);
    if framed {
        walk.seen.see(super::seen::Sight::Framed);
    }
    walk.open(&Link { world, place }.print(), drafts, session, framed)?;
    Ok(walk)
}
