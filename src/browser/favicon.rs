//! The tab's icon: the program's own, or how a restore stands, told by shape as well as by colour.
//!
//! Drawn here and not kept in files: four shapes are shorter than one more request. They are those of the page's own
//! icons, and their colours stand out from light and dark tab bars alike.

use super::js::document;
use crate::flow::standing::Standing;
use std::cell::OnceCell;

thread_local! {
    /// The address of the program's own icon.
    static OWN: OnceCell<String> = const { OnceCell::new() };
}

/// Shows how a restore stands; without one, the program's own icon.
pub fn show(standing: Option<Standing>) {
    let Ok(Some(icon)) = document().query_selector("link[rel=icon]") else { return };
    let (colour, shape) = match standing {
        None => ("", ""),
        Some(Standing::Going) => ("2f80d8", "M8 2a6 6 0 1 1-6 6"),
        Some(Standing::Done) => ("23934f", "M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8m3.3.2 1.9 1.9 3.6-3.9"),
        Some(Standing::Warned | Standing::Waiting) => ("c27400", "M8 2.2 14.3 13.3H1.7zM8 6.5v3m0 1.9h.01"),
        Some(Standing::Cancelled | Standing::Failed) => {
            ("d94343", "M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM6 6l4 4m0-4-4 4")
        }
    };
    OWN.with(|own| {
        let own = own.get_or_init(|| icon.get_attribute("href").unwrap_or_default());
        let drawn = [
            "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke-width='2' \
             stroke-linecap='round' stroke-linejoin='round' stroke='%23",
            colour,
            "'><path d='",
            shape,
            "'/></svg>",
        ]
        .concat();
        let _ = icon.set_attribute("href", if shape.is_empty() { own } else { &drawn });
    });
}
