//! Poland.

pub mod identity_card;
pub mod nip;
pub mod pesel;
pub mod regon;
