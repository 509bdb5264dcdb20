//! The European Union.

pub mod ehic;
pub mod vat;
