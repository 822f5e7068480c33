//! Every native test, in one binary.

mod simulator;
