//! Indonesia.

pub mod nik;
