//! Chance: one random number from the browser's cryptographic source. All other chance follows from it.

use super::js::window;

/// A random number.
pub fn seed() -> u64 {
    let mut bytes = [0; 8];
    match window().crypto().map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
        Ok(Ok(_)) => u64::from_le_bytes(bytes),
        // No browser that runs this page lacks it. The seed makes names differ; it guards no secret.
        _ => js_sys::Math::random().to_bits() ^ js_sys::Date::now().to_bits(),
    }
}
