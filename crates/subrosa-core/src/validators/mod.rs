//! Named check digits and structure rules. Each says how often a random value passes.

pub mod luhn;
