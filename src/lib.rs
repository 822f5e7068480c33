//! PG Flex Restore: restores backups of Azure Database for PostgreSQL flexible servers, as files, from the browser.
//!
//! The part that decides is plain data in, data out; one thin edge performs. From the bottom to the top:
//!
//! | module | what it is |
//! |---|---|
//! | `moment` | instants and lengths of time |
//! | `when` | a time as a person has it: out of a log, or in words |
//! | `azure` | Azure Resource Manager as data: ids, requests, answers, errors |
//! | `fault` | what went wrong, for code to branch on |
//! | `commands` | the same as a command: for the Azure CLI, PowerShell, curl |
//! | `report` | the record of a restore, to be kept or handed on |
//! | `link`, `config`, `journal` | what comes from, and goes to, addresses, files and storage: as text |
//! | `flow` | what happens: one machine for each thing that takes time |
//! | `app` | the model, and `update`: an event in, commands out |
//! | `words` | every sentence that a person reads |
//! | `screen` | the model → what is on the page |
//! | `sim` | the simulated Azure: not in the page's WebAssembly, but in one of its own |
//! | `view` | the page, drawn with Leptos |
//! | `browser` | the edge: fetch, sign-in, timers, address, storage |
//!
//! `docs/architecture.md` says who may import whom, and why.

pub mod moment;

pub mod when;

pub mod azure;

pub mod commands;
pub mod config;
pub mod fault;
pub mod journal;
pub mod link;
pub mod report;

pub mod app;
pub mod flow;

pub mod screen;
pub mod words;

pub mod sim;

#[cfg(feature = "view")]
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod browser;
