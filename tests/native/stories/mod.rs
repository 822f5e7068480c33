//! Stories: what a person does, from the first click to the files, against the simulated Azure.

mod answers;
mod beforehand;
mod drills;
mod elsewhere;
mod every_vault;
mod failures;
mod figures;
mod find;
mod headers;
pub mod journey;
mod links;
mod lookups;
mod lost;
mod never;
mod opened;
pub mod print;
mod refused;
mod reliability;
mod replay;
mod safety;
mod sign_in;
pub mod story;
mod tabs;
mod target;
mod told;
