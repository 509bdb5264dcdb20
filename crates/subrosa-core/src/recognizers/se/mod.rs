//! Sweden.

pub mod organisationsnummer;
pub mod personnummer;
