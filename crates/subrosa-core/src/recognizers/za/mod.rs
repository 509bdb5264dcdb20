//! South Africa.

pub mod id_number;
