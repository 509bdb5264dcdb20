//! Spain.

pub mod cif;
pub mod nie;
pub mod nif;
pub mod nuss;
pub mod passport;
