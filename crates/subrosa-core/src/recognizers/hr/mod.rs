//! Croatia.

pub mod oib;
