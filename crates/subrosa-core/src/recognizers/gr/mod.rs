//! Greece.

pub mod afm;
pub mod amka;
