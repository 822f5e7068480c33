//! Where the files go.

use super::thousands;

pub const WHERE_TO: &str = "Where should the files go?";
pub const WHERE_TO_MORE: &str =
    "Azure Backup writes them into a storage container. Nothing that is there is overwritten.";
pub const HOW: &str = "Which container?";
pub const PICK_IT: &str = "Pick it from what Azure lists";
pub const TYPE_IT: &str = "Type its URL";
pub const ACCOUNT: &str = "Storage account";
pub const FILTER_ACCOUNTS: &str = "Find a storage account by its name";
pub const FILTER_CONTAINERS: &str = "Find a container by its name";
pub const OF_ACCOUNTS: &str = "storage accounts";
pub const OF_CONTAINERS: &str = "containers";
pub const NO_ACCOUNTS: &str =
    "Your account sees no storage account in this subscription. Choose another one, or type the container’s URL.";
pub const NO_CONTAINERS: &str = "There is no container in this storage account yet.";
pub const NONE_FITS: &str = "None has this in its name.";
pub const NOT_OURS: &str = "Azure’s own containers, such as $logs, cannot be chosen and are not listed.";
pub const WITHOUT_BLOBS: &str = "Not listed, since they cannot hold blobs";
pub const BARRED: &str = "Not listed, since this page’s administrator does not allow them";
pub const CHECKED_LATER: &str = "Whether the vault may write there is checked in the review.";
pub const LOOKING_UP: &str = "Looking up which subscription this storage account is in…";
pub const ACCOUNT_NOT_SEEN: &str = "Your account sees no storage account of this name. Check the spelling. The restore can go on: Azure’s own check will tell.";
/// A line with nothing in it.
pub const NOTHING_YET: &str = "\u{a0}";
pub const NOT_LOOKED_UP: &str = "Which subscription this storage account is in could not be looked up. The restore can go on: Azure’s own check will tell.";
pub const NEW_CONTAINER: &str = "Create a new container";
pub const NEW_NAME: &str = "Name of the new container";
pub const NEW_NAME_MORE: &str = "3 to 63 lower-case letters, digits and single dashes, with a letter or digit at both ends. Nobody can read it without having signed in.";
pub const MAKE: &str = "Create this container";
pub const MAKING: &str = "The container is being created.";
pub const LOOKING_FOR_IT: &str = "No answer came. Looking for the container…";
pub const NAME_FIRST: &str = "Write a name for it first.";
pub const NAME_WRONG: &str = "Azure does not allow this name.";
pub const UNSURE_MADE: &str =
    "It is not in the list of containers. Try again: creating one that exists changes nothing.";
pub const MAKE_COMMAND: &str = "the command";
pub const MAKE_COMMAND_MORE: &str =
    "Somebody who is allowed to create it can use this command. Then read the list again.";
pub const LIST_AGAIN: &str = "Read the list again";
pub const NO_MAKING: &str = "This page’s administrator has switched off creating containers.";
pub const NOT_LET: &str = "This page’s administrator no longer allows restores into this storage account.";
pub const CONTAINER_MORE: &str = "Its URL, its resource id, or its address in the portal. Example: ";
pub const FILE_PREFIX_MORE: &str = "Letters, digits and dashes, at most 63 with the ending. The ending is ours: it makes the prefix unique, so that a restore can be found again and never meets older files.";
pub const TAKE_THAT: &str = "Use that";
pub const REGION_MORE: &str = "Where the vault is. Azure restores there; the storage account may be elsewhere.";
pub const REGION_UNKNOWN: &str =
    "You are not allowed to read the vault, so enter the region it is in, such as westeurope.";
pub const REVIEW: &str = "Review";
pub const BACK_TO_POINT: &str = "Back to the point";
pub const WILL_BE_WRITTEN: &str = "What will be written";
pub const NAME: &str = "name";

/// How many of a list are shown; `fit`: how many the filter lets through.
pub fn shown(shown: usize, fit: usize, all: usize, what: &str) -> String {
    let what = if all == 1 { what.trim_end_matches('s') } else { what };
    let count = |count: usize| thousands(count as u64);
    match (shown == fit, fit == all) {
        (true, true) => format!("{} {what}.", count(all)),
        (true, false) => format!("{} of {} {what}.", count(fit), count(all)),
        (false, _) => format!(
            "The likeliest {} of {} {what}. Write a part of the name to find the others.",
            count(shown),
            count(fit)
        ),
    }
}

/// Where a container was made.
pub fn made(name: &str) -> String {
    format!("{name} is there, and chosen.")
}

/// Where a container is that was typed.
pub fn is_in(group: &str, subscription: &str) -> String {
    format!("This storage account is in {group}, subscription {subscription}.")
}

/// How many are left out of a list, and why.
pub fn left_out(count: usize, why: &str) -> String {
    format!("{why}: {}.", thousands(count as u64))
}

/// The heading of what is wrong.
pub fn to_put_right(count: usize) -> String {
    match count {
        1 => "One thing to put right".into(),
        2 => "Two things to put right".into(),
        count => format!("{count} things to put right"),
    }
}
