//! Romania.

pub mod cnp;
