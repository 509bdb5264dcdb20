//! Luxembourg.

pub mod matricule;
