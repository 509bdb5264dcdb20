//! Germany.

pub mod bsnr;
pub mod health_insurance;
pub mod id_card;
pub mod lanr;
pub mod passport;
pub mod social_security;
pub mod tax_id;
pub mod tax_number;
pub mod vat_id;
