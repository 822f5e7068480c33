//! A vault with more servers than anybody scrolls through. It is asked for by its own address alone: neither the list of
//! its subscription nor the resource graph shows it, or every other list would be full of it.

use super::places::vault;
use super::servers::weekly;
use super::text::digits;
use super::world::{Instance, Vault};
use std::sync::OnceLock;

/// The vault.
pub static HUGE: Vault = vault("rg-demo", "bvault-demo-huge", "07c4f9d2-8b35-4e16-a2f0-6d19e5b3c874");

/// So many servers.
const COUNT: i64 = 1500;

/// Its servers, made when they are first asked for, once.
pub fn instances() -> &'static [Instance] {
    static MADE: OnceLock<Vec<Instance>> = OnceLock::new();
    MADE.get_or_init(|| {
        let server = |nth| Box::leak(["psql-tenant-", &digits(nth, 4)].concat().into_boxed_str());
        (1..=COUNT).map(|nth| weekly(HUGE.name, "rg-demo", server(nth), "weekly-12m", (nth % 7, 1), 40)).collect()
    })
}
