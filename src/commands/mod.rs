//! The same, as a command: for whoever has the rights, or wants to see it in a shell.
//!
//! Safe to paste: a value is one of our typed names, or it is held to a tight pattern, or there is no command. What a
//! shell would read is in quotes.

mod az;
mod powershell;
mod rest;
pub mod runbook;

pub use az::{
    allow_other_subscriptions, allow_replication, create_container, give_identity, grant, let_restore, let_vault_in,
    point_in_time,
};

use crate::azure::call::Arm;
use crate::azure::id::InstanceId;
use crate::azure::restore::RestoreRequest;

/// Begins the next line of a command.
const NEXT: &str = " \\\n  ";

/// A restore that can be said as a command: exactly the request that this program would send.
pub struct Restore<'a> {
    arm: Arm,
    instance: &'a InstanceId,
    request: &'a RestoreRequest,
    /// The request's body.
    body: String,
}

/// What starts something, and what follows it to its end. Both are for the same shell.
pub struct Script {
    /// Has Azure check, and starts only what it would let through.
    pub start: String,
    /// Asks until it has ended.
    pub follow: String,
}

impl<'a> Restore<'a> {
    /// Nothing where the api-version cannot say the request, or where what stands in it is no name of Azure's.
    pub fn of(arm: Arm, instance: &'a InstanceId, request: &'a RestoreRequest) -> Option<Self> {
        let body = request.bare(arm.api, &instance.vault.subscription).ok()?;
        let region = request.region.bytes().all(is_letter);
        let all = [&request.prefix, &request.region, &request.container_url];
        let names = all.into_iter().chain(&request.identity).all(|text| is_plain(text));
        (is_prefix(&request.prefix) && region && names).then_some(Restore { arm, instance, request, body })
    }

    /// For the Azure CLI.
    pub fn az(&self) -> Script {
        az::restore(self)
    }

    /// For Az.DataProtection.
    pub fn powershell(&self) -> Script {
        powershell::restore(self)
    }

    /// For curl.
    pub fn rest(&self) -> Script {
        rest::restore(self)
    }
}

fn is_letter(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'-'
}

/// What files may begin with.
fn is_prefix(text: &str) -> bool {
    !text.starts_with('-') && text.bytes().all(is_letter)
}

/// A login name, or a role's.
fn is_login(text: &str) -> bool {
    !text.starts_with('-') && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._+#@-".contains(&b))
}

/// An id or an address: letters and digits, and what stands between them. Nothing that is a quote to any shell (`’` is
/// one to PowerShell), nothing that is not seen.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-_./:()%".contains(c))
}

/// A command with an option a line.
fn lines(command: &str, options: &[(&str, &str)]) -> String {
    let mut text = command.to_string();
    for (option, value) in options {
        text.push_str(NEXT);
        text.push_str(option);
        // What begins with a dash would be read as the next option.
        text.push(if value.starts_with('-') { '=' } else { ' ' });
        text.push_str(&quoted(value));
    }
    text
}

/// A value as one word for a shell.
fn quoted(value: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./:@".contains(&b);
    match !value.is_empty() && value.bytes().all(plain) {
        true => value.to_string(),
        false => ["'", &value.replace('\'', "'\\''"), "'"].concat(),
    }
}
