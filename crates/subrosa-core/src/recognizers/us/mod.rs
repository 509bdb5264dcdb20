//! The United States.

pub mod bank_routing;
pub mod dea;
pub mod driver_license;
pub mod ein;
pub mod hicn;
pub mod itin;
pub mod mbi;
pub mod npi;
pub mod passport;
pub mod ssn;
