//! Malta.

pub mod identity_card;
