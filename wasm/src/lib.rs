//! The libraries as a WebAssembly module. The npm package in `wasm/package` is made on top of it.
//!
//! Structured values cross as JSON, documents as bytes, offsets as UTF-16 code units: the words are those of
//! `wasm/package/src/types.ts`. [`edge`] is all that JavaScript sees; every other module is plain Rust and is tested as such.
//! What goes wrong crosses as a [`failure::Failure`] and never as a panic; a bug that panics anyway stops the module with a trap, which
//! the package answers with a fresh one.

pub mod catalogue;
pub mod check;
pub mod edge;
pub mod failure;
pub mod finding;
pub mod open;
pub mod options;
pub mod record;
pub mod session;
pub mod utf16;
pub mod view;
