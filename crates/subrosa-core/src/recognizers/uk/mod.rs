//! The United Kingdom.

pub mod nhs;
pub mod nino;
pub mod postcode;
