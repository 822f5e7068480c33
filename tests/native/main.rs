//! Every native test in one binary: it links once.

#[cfg(feature = "view")]
mod view;
mod words;
