//! Requests and answers, held to Microsoft's own OpenAPI files.
//!
//! The files are third-party material and stand outside the project, in the folder that `fidelity` tells of; where it
//! is absent nothing is checked, and the tests of this module say so. Every story checks what it sends and what the
//! simulated Azure answers (`hold`); `tour` asks the simulated Azure for everything that there is a file for, and holds
//! recorded traffic to the files as well. Where real traffic is not as the files say, `known` says so.

mod common;
mod file;
mod hold;
mod known;
mod made_up;
mod schema;
mod tour;

use crate::fidelity::{files, text};
use hold::{Contract, Finding};
use pgflex_restore::azure::http::{Request, Response};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, OnceLock};

/// The files that are at hand.
fn contract() -> Option<&'static Contract> {
    static CONTRACT: OnceLock<Option<Contract>> = OnceLock::new();
    let read = || {
        let texts: Vec<String> =
            files("openapi", ".json").iter().filter_map(|name| text(&format!("openapi/{name}"))).collect();
        (!texts.is_empty()).then(|| Contract::new(texts))
    };
    CONTRACT.get_or_init(read).as_ref()
}

/// All that is not as the files say in a request and, if there is one, in the answer to it.
fn findings(contract: &Contract, request: &Request, answer: Option<&Response>) -> BTreeSet<Finding> {
    let (meant, found) = contract.request(request);
    let mut found: BTreeSet<Finding> = found.into_iter().collect();
    if let (Some(meant), Some(answer)) = (meant, answer.filter(|_| !known::is_spoilt(request))) {
        found.extend(contract.answer(&meant, answer));
    }
    found
}

/// Fails if a request of the application, or the answer of the simulated Azure to it, is not as the files say and is
/// not known to be so in life.
pub fn hold(request: &Request, answer: Option<&Response>) {
    let Some(contract) = contract() else { return };
    if !is_new(request, answer) {
        return;
    }
    let found = findings(contract, request, answer);
    let unknown: Vec<&str> =
        found.iter().filter(|finding| known::of(finding).is_none()).map(|finding| finding.told.as_str()).collect();
    assert!(unknown.is_empty(), "{request:?} is not as the OpenAPI says:\n  {}", unknown.join("\n  "));
}

/// Whether this was not held to the files yet: what is polled is asked, and answers the same, many thousand times. What
/// fails, fails where it is first met.
fn is_new(request: &Request, answer: Option<&Response>) -> bool {
    static SEEN: Mutex<BTreeSet<u64>> = Mutex::new(BTreeSet::new());
    let mut hasher = DefaultHasher::new();
    (request.method.as_str(), &request.url, &request.body).hash(&mut hasher);
    answer.map(|answer| (answer.status, answer.header("Retry-After"), &answer.body)).hash(&mut hasher);
    SEEN.lock().unwrap().insert(hasher.finish())
}
