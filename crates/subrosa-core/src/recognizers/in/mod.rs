//! India.

pub mod aadhaar;
pub mod gstin;
pub mod pan;
pub mod passport;
pub mod voter;
