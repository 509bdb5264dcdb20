//! Slovenia.

pub mod emso;
pub mod tax_number;
