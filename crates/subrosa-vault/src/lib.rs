//! The encrypted store of values and pseudonyms, and the audit log.

pub mod audit;
