//! Malaysia.

pub mod nric;
