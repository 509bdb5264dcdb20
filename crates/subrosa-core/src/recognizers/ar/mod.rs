//! Argentina.

pub mod cuit;
pub mod dni;
