//! Canada.

pub mod bc_phn;
pub mod health_card;
pub mod ohip;
pub mod passport;
pub mod postal_code;
pub mod ramq;
pub mod sin;
