//! Italy.

pub mod driver_license;
pub mod fiscal_code;
pub mod identity_card;
pub mod passport;
pub mod vat_code;
