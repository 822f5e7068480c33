//! The words of the pages, one file a page or kind of page.

mod activity;
mod before;
mod find;
mod frame;
mod link;
mod plan;
mod points;
mod preflight;
mod progress;
mod review;
mod share;
mod shown;
mod sight;
mod start;
mod tab;
mod target;

pub use activity::*;
pub use before::*;
pub use find::*;
pub use frame::*;
pub use link::*;
pub use plan::*;
pub use points::*;
pub use preflight::*;
pub use progress::*;
pub use review::*;
pub use share::*;
pub use shown::*;
pub use sight::*;
pub use start::*;
pub use tab::*;
pub use target::*;
