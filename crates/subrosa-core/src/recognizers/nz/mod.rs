//! New Zealand.

pub mod ird;
pub mod nhi;
