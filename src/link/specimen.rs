//! The states that the demo shows as examples, and their names in an address.

/// States that a browser, a host or an account brings about: the demo shows an example of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Specimen {
    /// The host has no configuration.
    NotSetUp,
    /// Signing in failed.
    NotSignedIn,
    /// Another page shows this one in a frame.
    Framed,
    /// The connection is not encrypted.
    NotEncrypted,
    /// The account sees no subscription.
    NoSubscription,
    /// There is no network.
    Offline,
    /// The sign-in has ended while a job is watched.
    SignedOut,
    /// The browser keeps nothing.
    NotKept,
    /// The host gives every protection.
    Protected,
    /// The host gives none.
    Bare,
}

impl Specimen {
    /// Every one of them, with its name in an address.
    pub const ALL: [(Specimen, &'static str); 10] = [
        (Specimen::NotSetUp, "not-set-up"),
        (Specimen::NotSignedIn, "not-signed-in"),
        (Specimen::Framed, "framed"),
        (Specimen::NotEncrypted, "not-encrypted"),
        (Specimen::NoSubscription, "no-subscription"),
        (Specimen::Offline, "offline"),
        (Specimen::SignedOut, "signed-out"),
        (Specimen::NotKept, "not-kept"),
        (Specimen::Protected, "protected"),
        (Specimen::Bare, "bare"),
    ];

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(specimen, _)| specimen)
    }

    pub(super) fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }
}
