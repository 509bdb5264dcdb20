//! Hungary.

pub mod taj;
pub mod tax_id;
