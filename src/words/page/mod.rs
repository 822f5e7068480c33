//! The words of the pages, one file a page or kind of page.

mod activity;
mod find;
mod frame;
mod points;
mod preflight;
mod progress;
mod review;
mod shown;
mod start;
mod tab;
mod target;

pub use activity::*;
pub use find::*;
pub use frame::*;
pub use points::*;
pub use preflight::*;
pub use progress::*;
pub use review::*;
pub use shown::*;
pub use start::*;
pub use tab::*;
pub use target::*;
