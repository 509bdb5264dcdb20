//! Mexico.

pub mod curp;
pub mod rfc;
