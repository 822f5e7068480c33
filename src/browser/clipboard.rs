//! The clipboard: writing only.

use super::js::{get, outcome, window};

/// Puts a text on the clipboard; says whether it went well.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent outside secure contexts; asking it there for anything would throw.
    if get(&navigator, "clipboard").is_none() {
        return false;
    }
    outcome(Ok(navigator.clipboard().write_text(text))).await.is_ok()
}
