//! Hong Kong.

pub mod id;
