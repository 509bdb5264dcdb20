//! The European Union.

pub mod ehic;
