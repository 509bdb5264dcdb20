//! Lithuania.

pub mod asmens_kodas;
