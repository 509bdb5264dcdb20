//! Nigeria.

pub mod nin;
