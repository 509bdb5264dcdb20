//! The United Kingdom.

pub mod chi;
pub mod driving_licence;
pub mod nhs;
pub mod nino;
pub mod passport;
pub mod postcode;
pub mod utr;
