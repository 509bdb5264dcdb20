//! Cyprus.

pub mod tic;
