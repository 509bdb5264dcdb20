//! Denmark.

pub mod cpr;
