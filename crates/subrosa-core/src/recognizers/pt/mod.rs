//! Portugal.

pub mod nif;
