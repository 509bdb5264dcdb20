//! Bulgaria.

pub mod egn;
