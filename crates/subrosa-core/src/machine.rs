//! Text that was written for or by machines: identifiers and lines of source code, paths, lines of logs.
//!
//! `StringBuilder` is no person and `2026-11-21T10:00:00Z INFO` no day of somebody's life, but both look so to a recognizer
//! that sees only the words. Recognizers ask here; the answer is `true` only where signs say so that prose does not use, since
//! a name taken for code stays in the text. What stands in quotation marks, in comments and between tags is never code: there
//! programs hold the names of people.
//!
//! *Not done*: languages with hardly any signs (BASIC, COBOL), code in lines of more than 128 tokens.

mod code;
mod identifier;
mod log;

pub use code::{CodeLines, is_of_source, is_source};
pub use identifier::{is_identifier, is_path};
pub use log::is_nobodys_date;
