//! Names for what Azure calls otherwise: regions, states, tiers, tasks.

/// A region's name for people: `West Europe` for `westeurope`; as it came where it is not known.
pub fn region(name: &str) -> String {
    // Compared letter by letter: lists of servers ask for it thousands of times.
    let same = |known: &str| {
        let mut letters = known.bytes().filter(|letter| *letter != b' ');
        name.bytes().all(|letter| letters.next().is_some_and(|known| known.eq_ignore_ascii_case(&letter)))
            && letters.next().is_none()
    };
    let known = REGIONS.iter().find(|known| same(known));
    known.map_or_else(|| name.to_string(), |known| (*known).to_string())
}

/// The regions of the public cloud and of the others, as the portal names them.
const REGIONS: [&str; 61] = [
    "Australia Central",
    "Australia East",
    "Australia Southeast",
    "Austria East",
    "Belgium Central",
    "Brazil South",
    "Canada Central",
    "Canada East",
    "Central India",
    "Central US",
    "Chile Central",
    "China East 2",
    "China East 3",
    "China North 2",
    "China North 3",
    "East Asia",
    "East US",
    "East US 2",
    "France Central",
    "France South",
    "Germany North",
    "Germany West Central",
    "Indonesia Central",
    "Israel Central",
    "Italy North",
    "Japan East",
    "Japan West",
    "Korea Central",
    "Korea South",
    "Malaysia West",
    "Mexico Central",
    "New Zealand North",
    "North Central US",
    "North Europe",
    "Norway East",
    "Norway West",
    "Poland Central",
    "Qatar Central",
    "South Africa North",
    "South Africa West",
    "South Central US",
    "South India",
    "Southeast Asia",
    "Spain Central",
    "Sweden Central",
    "Sweden South",
    "Switzerland North",
    "Switzerland West",
    "UAE Central",
    "UAE North",
    "UK South",
    "UK West",
    "US Gov Arizona",
    "US Gov Texas",
    "US Gov Virginia",
    "West Central US",
    "West Europe",
    "West India",
    "West US",
    "West US 2",
    "West US 3",
];

/// The protection state of an instance (`currentProtectionState`).
pub fn protection(state: &str) -> String {
    match state {
        "ProtectionConfigured" => "Protected",
        "ProtectionStopped" => "Stopped, points kept",
        "BackupSchedulesSuspended" => "Backups suspended",
        "RetentionSchedulesSuspended" => "Retention suspended",
        "ConfiguringProtection" => "Being configured",
        "ConfiguringProtectionFailed" => "Could not be configured",
        "UpdatingProtection" => "Being changed",
        "ProtectionError" => "Protection error",
        "SoftDeleting" => "Being deleted",
        "SoftDeleted" => "Soft-deleted",
        "NotProtected" => "Not protected",
        "" => "State unknown",
        other => return other.to_string(),
    }
    .to_string()
}

/// A tier (`VaultStore`), as a word.
pub fn tier(store: &str) -> &str {
    store.strip_suffix("Store").unwrap_or(store)
}

/// The tiers that a point is in, as words.
pub fn tiers(stores: &[String]) -> String {
    let mut tiers = String::new();
    for store in stores {
        if !tiers.is_empty() {
            tiers.push_str(", ");
        }
        tiers.push_str(tier(store));
    }
    tiers
}

/// The state of a point: Azure's word, where it says one.
pub fn point_state(state: &str) -> &str {
    if state.is_empty() { "Available" } else { state }
}
