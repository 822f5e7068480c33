//! Where the files go.

pub const WHERE_TO: &str = "Where should the files go?";
pub const WHERE_TO_MORE: &str =
    "Azure Backup writes them into a storage container. Nothing that is there is overwritten.";
pub const CONTAINER_MORE: &str = "Its URL, its resource id, or its address in the portal. Such as ";
pub const FILE_PREFIX_MORE: &str = "Letters, digits and dashes, at most 63 with the ending. The ending is ours: it makes the prefix unique, so that a restore can be found again and never meets older files.";
pub const TAKE_THAT: &str = "Take that";
pub const REGION_MORE: &str = "Where the vault is. Azure restores there; the storage account may be elsewhere.";
pub const REGION_UNKNOWN: &str = "You may not read the vault, so write the region it is in, such as westeurope.";
pub const REVIEW: &str = "Review";
pub const BACK_TO_POINT: &str = "Back to the point";
pub const WILL_BE_WRITTEN: &str = "What will be written";
pub const NAME: &str = "name";

/// The heading of what is wrong.
pub fn to_put_right(count: usize) -> String {
    match count {
        1 => "One thing to put right".into(),
        2 => "Two things to put right".into(),
        count => format!("{count} things to put right"),
    }
}
