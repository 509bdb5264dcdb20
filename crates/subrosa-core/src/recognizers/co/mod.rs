//! Colombia.

pub mod cedula;
pub mod nit;
