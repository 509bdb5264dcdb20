//! Text in, findings out: the detector, and the policies that say what to do with what it finds.
//!
//! Everything here is a pure function of text, configuration and key. No I/O, clock, environment or randomness: the same
//! bytes come out on every platform, at any thread count, and in the browser.
//!
//! The nouns come first ([`segment`], [`span`], [`entity`], [`finding`], [`edit`]), then the stages of detection in the order in
//! which text goes through them ([`token`], [`notable`], [`plain`], [`cells`], [`scan`], [`recognizers`], [`context`],
//! [`scoring`], [`tagger`], [`propagate`], [`placeholder`], [`lists`], [`overlap`]), assembled in [`detector`].

pub mod apply;
pub mod block;
mod by_hash;
pub mod case;
pub mod cells;
pub mod code;
pub mod confidence;
pub mod context;
pub mod data;
pub mod dates;
pub mod detector;
pub mod dictionary;
pub mod edit;
pub mod entity;
pub mod explanation;
pub mod finding;
pub mod fold;
pub mod health;
pub mod hex;
pub mod identity;
pub mod key;
pub mod keyword;
pub mod layout;
pub mod lexicon;
pub mod lists;
pub mod machine;
#[cfg(test)]
mod marked;
pub mod nearby;
pub mod notable;
pub mod operators;
pub mod overlap;
pub mod placeholder;
pub mod plain;
pub mod policy;
pub mod propagate;
pub mod protect;
pub mod recognizer;
pub mod recognizers;
pub mod registry;
pub mod report;
pub mod restore;
pub mod role;
pub mod ruleset;
pub mod scan;
pub mod scoring;
pub mod secrets;
pub mod segment;
pub mod span;
pub mod store;
pub mod tagger;
mod titles;
pub mod token;
pub mod validators;
pub mod verdict;
