//! France.

pub mod nif;
pub mod nir;
pub mod passport;
pub mod siren;
