//! The Philippines.

pub mod tin;
