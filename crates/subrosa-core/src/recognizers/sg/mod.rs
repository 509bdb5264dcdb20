//! Singapore.

pub mod nric_fin;
pub mod uen;
