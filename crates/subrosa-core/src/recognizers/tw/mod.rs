//! Taiwan.

pub mod id;
