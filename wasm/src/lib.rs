//! The libraries as a WebAssembly module. The npm package in `wasm/package` is made on top of it.
//!
//! Structured values cross as JSON, documents as bytes, offsets as UTF-16 code units: the words are those of
//! `wasm/package/src/types.ts`. [`edge`] and `edge_files` are all that JavaScript sees; every other module is plain Rust and is tested as such.
//! What goes wrong crosses as a [`failure::Failure`] and never as a panic; a bug that panics anyway stops the module with a trap, which
//! the package answers with a fresh one.

pub mod catalogue;
#[cfg(feature = "documents")]
pub mod check;
pub mod edge;
#[cfg(feature = "documents")]
pub mod edge_files;
pub mod failure;
pub mod finding;
#[cfg(feature = "documents")]
pub mod found;
#[cfg(feature = "documents")]
pub mod open;
pub mod options;
#[cfg(feature = "documents")]
pub mod progress;
pub mod record;
pub mod session;
pub mod utf16;
#[cfg(feature = "documents")]
pub mod view;
