//! Canada.

pub mod postal_code;
