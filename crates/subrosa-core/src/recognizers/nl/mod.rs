//! The Netherlands.

pub mod bsn;
