//! What is wrong with what a person, a link or a configuration says, and how to put it right.

use crate::azure::cloud::Cloud;
use crate::config;
use crate::flow::draft::{ContainerProblem, PrefixProblem};
use crate::link;

/// What the URL of a container looks like.
pub fn example(cloud: Cloud) -> String {
    format!("https://account.blob.{}/container", cloud.storage_suffix())
}

/// A container that cannot be read: what is wrong, and what to do.
pub fn container(problem: ContainerProblem, cloud: Cloud) -> String {
    match problem {
        ContainerProblem::Empty => "Say which container: pick it, or give its URL or its resource id.".into(),
        ContainerProblem::NotPicked => "Choose a container in this storage account.".into(),
        ContainerProblem::NotAllowed => "This page’s administrator does not allow restores into this storage account.".into(),
        ContainerProblem::LookedUp => "Looking up which subscription this storage account is in, since this page’s administrator does not allow every one. Try again in a moment.".into(),
        ContainerProblem::NotKnown => "This page’s administrator does not allow restores into every subscription, and it is not known which one this storage account is in.".into(),
        ContainerProblem::Signed => {
            "This address carries a signature or a query. Take away everything from “?” on: Azure Backup uses the vault’s own identity, and a signature is a secret.".into()
        }
        ContainerProblem::NotHttps => "Only https is possible. Write https:// at the beginning.".into(),
        ContainerProblem::DataLake => "This is the Data Lake endpoint. Write .blob. in place of .dfs.".into(),
        ContainerProblem::NoContainer => "This names a storage account. Add a slash and the container’s name.".into(),
        ContainerProblem::Deeper => {
            "This leads to a file or a folder. Azure Backup writes into the container itself: take away what follows its name.".into()
        }
        ContainerProblem::BadName => {
            "A container’s name has 3 to 63 lower-case letters, digits and single dashes, with a letter or digit at both ends.".into()
        }
        ContainerProblem::BadAccount => "A storage account’s name has 3 to 24 lower-case letters and digits.".into(),
        ContainerProblem::OtherHost => format!("This is not a blob container of {}. It should look like {}", cloud.title(), example(cloud)),
        ContainerProblem::OtherResource => "This resource id names something other than a blob container.".into(),
        ContainerProblem::NoUrl => format!("This is not an address. It should look like {}", example(cloud)),
    }
}

/// Where an administrator lets files go, in one line.
pub fn allowed(targets: &[config::Target]) -> String {
    let mut line = "This page’s administrator allows only ".to_string();
    for (at, target) in targets.iter().enumerate() {
        line.push_str(if at == 0 { "" } else { ", " });
        match target {
            config::Target::Subscription(id) => line.push_str(&format!("the subscription {id}")),
            config::Target::Account(name) => line.push_str(&format!("the storage account {name}")),
        }
    }
    line.push('.');
    line
}

/// A prefix that Azure would refuse: what is wrong, and what to do.
pub fn prefix(problem: &PrefixProblem) -> String {
    match problem {
        PrefixProblem::Empty => "Say what the names of the files should begin with.".into(),
        PrefixProblem::TooLong(by) => format!("Too long by {by}: at most 56 characters before the ending."),
        PrefixProblem::BadCharacters(instead) => {
            format!("Only letters, digits and dashes are possible, no spaces. Use {instead}")
        }
        PrefixProblem::BeginsWithDash(instead) => format!("It cannot begin with a dash. Use {instead}"),
    }
}

/// The region that was typed is none.
pub const REGION: &str =
    "Write the region as Azure does in requests, such as westeurope: lower-case letters and digits.";

/// A link that is not valid: what is wrong with it.
pub fn link(problem: &link::Problem) -> String {
    match problem {
        link::Problem::TooLong => "It is longer than any link of this program.".into(),
        link::Problem::UnknownPage => "It names a page that this program does not have.".into(),
        link::Problem::Newer => "It was made by a newer version of this program than this host has.".into(),
        link::Problem::Missing(key) => {
            format!("It does not say which {}. Some of it may have been cut off.", key_words(key))
        }
        link::Problem::Twice(key) => format!("It says “{key}” twice."),
        link::Problem::Malformed("query") => "It is damaged: a “%” is not followed by two digits.".into(),
        link::Problem::Malformed("v") => "Its version (v) is not a number that a link has.".into(),
        link::Problem::TooMany => format!("It names more than {} points.", link::MOST_POINTS),
        link::Problem::Malformed(key @ ("point" | "points")) => format!(
            "The {} in it is not well formed: an id, “newest”, or “before:” and a moment with its zone, such as before:2026-11-20T03:10:00Z.",
            key_words(key)
        ),
        link::Problem::Malformed(key) => {
            format!("The {} in it is not well formed. Some of it may have been cut off.", key_words(key))
        }
    }
}

fn key_words(key: &str) -> &str {
    match key {
        "instance" => "backup instance",
        "point" | "points" => "recovery point",
        "prefix" => "file prefix",
        other => other,
    }
}

/// What is wrong with `config.json`, and how to mend it.
pub fn config(kind: &config::Kind) -> (String, String) {
    let (what, mend) = match kind {
        config::Kind::Absent => ("There is no config.json beside index.html.", "Write one as shown below."),
        config::Kind::Unreadable => {
            ("config.json could not be fetched.", "Look at the host’s log, then load this page again.")
        }
        config::Kind::NotJson => {
            ("This is not JSON.", "A comma, a quote or a bracket is missing or too many near here.")
        }
        config::Kind::NotAnObject => ("The file has to hold one object.", "Begin it with { and end it with }."),
        config::Kind::Placeholder => (
            "clientId is the placeholder of the sample.",
            "Put the application (client) id of your registration there.",
        ),
        config::Kind::Missing(key) => return (format!("{key} is missing."), mend_key(key).to_string()),
        config::Kind::NotText(key) => return (format!("{key} has to be a text in quotes."), mend_key(key).to_string()),
        config::Kind::NotFlag(key) => {
            return (format!("{key} has to be true or false, without quotes."), mend_key(key).to_string());
        }
        config::Kind::NotList(key) => {
            return (format!("{key} has to be a list of texts in brackets."), mend_key(key).to_string());
        }
        config::Kind::Malformed(key) => return (format!("{key} is not well formed."), mend_key(key).to_string()),
        config::Kind::Twice(key) => {
            return (format!("{key} is there twice."), "Take one away: which of them counts would be a guess.".into());
        }
        config::Kind::Unknown(key) => {
            return (
                format!("{key} is not a known key."),
                format!(
                    "Known keys: {}. Unknown ones are refused, so that a spelling mistake cannot pass.",
                    config::KEYS.join(", ")
                ),
            );
        }
    };
    (what.into(), mend.into())
}

fn mend_key(key: &str) -> &'static str {
    match key {
        "clientId" => {
            "It is the application (client) id of your app registration: 36 characters such as 1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f."
        }
        "tenant" => "It is your tenant’s id or one of its domains, such as contoso.onmicrosoft.com; or organizations.",
        "cloud" => "It is one of public, usgovernment, china, bleu.",
        "apiVersion" => "It is one of 2021-07-01, 2024-04-01, 2026-03-01.",
        "grantRoles" => "With false, this page never assigns a role.",
        "createContainers" => "With false, this page never creates a container.",
        "targets" => {
            "It names the subscriptions (by id) and storage accounts (by name) that files may go to, at least one. Leave the key out to allow all."
        }
        "supportText" => "It is one line of at most 200 characters, such as: Questions? Write to dba@contoso.com",
        "supportUrl" => "It is a web address that begins with https://, such as https://wiki.contoso.com/restore",
        "$schema" => "It is for editors alone, such as \"config.schema.json\". It can be left out.",
        _ => "",
    }
}

/// Why signing in failed: a heading, and what to do. By Entra's code ("Microsoft Entra authentication and
/// authorization error codes") or MSAL's, which ships no texts.
pub fn sign_in(code: &str) -> (&'static str, &'static str) {
    match code {
        "AADSTS50011" => (
            "This address is not registered for the app",
            "An administrator has to add the redirect URI below to the app registration, as a single-page application.",
        ),
        "AADSTS700016" => (
            "The app is not known in this tenant",
            "clientId or tenant in config.json is not right, or an administrator has not yet added the app to your tenant.",
        ),
        "AADSTS9002326" => (
            "The redirect URI is registered for another kind of app",
            "An administrator has to register the redirect URI below under “Single-page application”, not “Web”.",
        ),
        "AADSTS65001" => (
            "Nobody has consented to the app yet",
            "Ask an administrator of your tenant to consent: the app asks for one permission, to call Azure Resource Manager as you.",
        ),
        "AADSTS50105" => (
            "You are not assigned to the app",
            "Your organisation lets only assigned people use it. Ask an administrator to assign you.",
        ),
        "AADSTS50076" | "AADSTS50079" | "AADSTS50158" => (
            "Your organisation asks for more proof of who you are",
            "A second factor, for instance. Sign in again and provide it there.",
        ),
        "AADSTS53000" | "AADSTS53001" | "AADSTS53002" | "AADSTS53003" => (
            "A rule of your organisation blocks this sign-in",
            "Conditional Access refuses it from this device, location or network. Try a managed device, or ask an administrator.",
        ),
        "access_denied" | "user_cancelled" => {
            ("The sign-in was not finished", "Nothing was changed by that. Sign in again to go on.")
        }
        "AADSTS65004" => (
            "You did not consent",
            "Signing in asks for one permission: to call Azure Resource Manager as you. Sign in again to give it.",
        ),
        "AADSTS700082" | "invalid_grant" | "interaction_required" | "login_required" | "no_tokens_found" => {
            ("Your sign-in has lapsed", "It was not used for too long. Sign in again.")
        }
        "AADSTS50058" => ("Nobody is signed in to Microsoft in this browser", "Sign in again."),
        "AADSTS50020" | "AADSTS90072" => (
            "This account does not belong to this tenant",
            "Sign in with an account of the tenant that this page is set up for.",
        ),
        "AADSTS7000218" => (
            "The app is registered as a confidential client",
            "An administrator has to register the redirect URI below under “Single-page application”.",
        ),
        "state_mismatch"
        | "state_not_found"
        | "invalid_state"
        | "no_state_in_hash"
        | "nonce_mismatch"
        | "state_interaction_type_mismatch" => (
            "The answer to the sign-in does not belong to this page",
            "It was not used, and you are not signed in. Close other tabs of this page and sign in again.",
        ),
        "no_token_request_cache_error" | "no_cached_authority_error" | "hash_empty_error" => {
            ("The sign-in was begun in another tab or too long ago", "Sign in again.")
        }
        "network_error"
        | "endpoints_resolution_error"
        | "openid_config_error"
        | "server_error"
        | "temporarily_unavailable"
        | "timed_out" => (
            "The sign-in service did not answer",
            "It could not be reached, or took too long. Check the network, then sign in again. If nobody can sign in, this host may keep the page from it: “About this host” tells.",
        ),
        "msal_not_loaded" => (
            "The sign-in library could not be loaded",
            "A file of this page is missing or was changed. Load the page again; if that does not help, tell this page’s administrator.",
        ),
        _ => ("Signing in did not work", "Try again. If it persists, give the code below to an administrator."),
    }
}
