//! One file for each recognizer; folders are countries, `generic` for those that belong to none, `health` for health care.
//!
//! To add one: write the file, add its `mod` line in the folder and its line in [`ALL`]. `cargo xtask new-recognizer` does it.

use crate::recognizer::Recognizer;

pub mod generic;
pub mod health;

/// Every recognizer.
pub static ALL: &[&dyn Recognizer] = &[&generic::credit_card::RECOGNIZER];

#[cfg(test)]
mod walker;
