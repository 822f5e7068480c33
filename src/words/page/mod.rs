//! The words of the pages, one file a page or kind of page.

mod find;
mod frame;
mod points;
mod progress;
mod review;
mod start;
mod target;

pub use find::*;
pub use frame::*;
pub use points::*;
pub use progress::*;
pub use review::*;
pub use start::*;
pub use target::*;
