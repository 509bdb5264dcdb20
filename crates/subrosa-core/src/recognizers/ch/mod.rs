//! Switzerland.

pub mod ahv;
