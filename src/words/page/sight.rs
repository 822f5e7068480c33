//! Several accounts, and what one of them does not see.

pub const ASKING_OTHERS: &str = "Asking whether another account that is signed in here can see it…";
pub const NOBODY_SEES: &str = "None of the accounts signed in here can see it";
pub const NOBODY_KNOWS: &str = "It is not known yet whether another account signed in here can see it";
pub const NOBODY_KNOWS_MORE: &str =
    "Not every one of them could be asked: its sign-in may have ended, or Azure did not answer.";
pub const ANOTHER_MAY: &str = "Another account may see it";
pub const SEEN_MORE: &str = "The address stays as it is. A target that was entered is dropped.";
pub const GONE: &str = "The vault is there and your account can read it. So this was deleted or moved, or the address is wrong: another account will not see it either.";
pub const SIGN_OUT_ALL: &str = "Sign out of all accounts here";
pub const OTHERS_GO_ON: &str = " A restore that was started as another account still goes on.";

/// An account by its login name; with the beginning of its tenant's id where two tenants know that name.
pub fn account(username: &str, tenant: Option<&str>) -> String {
    let first = tenant.and_then(|tenant| tenant.split('-').next());
    first.map_or_else(|| username.to_string(), |first| format!("{username} (tenant {first})"))
}

pub fn switch_to(account: &str) -> String {
    format!("Switch to {account}")
}

pub fn open_as(account: &str) -> String {
    format!("Open it as {account}")
}

pub fn can_see(account: &str) -> String {
    format!("{account} can see it")
}

/// After a switch.
pub fn switched(account: &str) -> String {
    format!("You are {account} now.")
}

/// Whose eyes do not see it.
pub fn looked_as(account: &str, tenant: &str) -> String {
    format!("This page looked for it as {account}, signed in to the tenant {tenant}.")
}
