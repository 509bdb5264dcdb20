//! Finland.

pub mod personal_identity_code;
