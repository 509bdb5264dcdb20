//! Text in, findings out: the detector, and the policies that say what to do with what it finds.
//!
//! Everything here is a pure function of text, configuration and key. No I/O, clock, environment or randomness: the same
//! bytes come out on every platform, at any thread count, and in the browser.

pub mod candidate;
pub mod confidence;
pub mod detector;
pub mod edit;
pub mod entity;
pub mod explanation;
pub mod finding;
pub mod fold;
pub mod segment;
pub mod span;
