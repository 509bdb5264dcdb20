//! Ireland.

pub mod ppsn;
