//! Named check digits and structure rules. Each says how often a random value passes.

pub mod aba;
pub mod dea;
pub mod keccak;
pub mod luhn;
pub mod mod97;
pub mod nhs;
pub mod npi;
pub mod parcel;
pub mod vin;
pub mod wallet;
