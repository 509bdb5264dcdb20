//! France.

pub mod nif;
pub mod nir;
pub mod siren;
