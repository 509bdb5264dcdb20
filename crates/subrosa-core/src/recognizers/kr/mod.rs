//! South Korea.

pub mod brn;
pub mod driver_license;
pub mod frn;
pub mod passport;
pub mod rrn;
