//! Stories: what a person does, from the first click to the files, against the simulated Azure.

mod failures;
mod journey;
mod links;
pub mod print;
pub mod story;
