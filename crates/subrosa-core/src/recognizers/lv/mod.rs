//! Latvia.

pub mod personas_kods;
