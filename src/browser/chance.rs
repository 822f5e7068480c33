//! Chance: one random number from the browser's cryptographic source. All other chance follows from it: the ids of
//! requests, and the endings that make file prefixes unique.

use super::js::window;

/// A random number.
pub fn seed() -> u64 {
    let mut bytes = [0; 8];
    match window().crypto().map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
        Ok(Ok(_)) => u64::from_le_bytes(bytes),
        // No browser that runs this page lacks it; one that refuses it all the same still gets endings that differ.
        // They keep restores apart and guard no secret: what they may never meet, `FailIfExists` refuses.
        _ => js_sys::Math::random().to_bits() ^ js_sys::Date::now().to_bits(),
    }
}
