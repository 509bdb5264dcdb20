//! Reads documents into text segments, writes edits back in the same format, and verifies the result.
//!
//! Bytes in, [`Document`] out; edits in, bytes out. A format is one file or folder under [`formats`] and one line in its
//! list. This crate knows places in files and encodings; it knows no entity and no threshold.

pub mod audit;
mod compound;
pub mod document;
pub mod encoding;
mod flow;
pub mod formats;
#[cfg_attr(not(feature = "further"), allow(dead_code, reason = "without it no pixels are written"))]
mod image;
pub mod limits;
mod lines;
mod mapped;
mod nested;
pub mod ocr;
mod ole;
mod package;
mod parallel;
mod percent;
mod picture;
mod readable;
pub mod refusal;
pub mod stream;
pub mod verify;
pub mod view;
mod xml;

pub use audit::{Audit, audit};
pub use document::{Body, Document, Part, Record, UnreadPart};
pub use formats::{Aids, Format, Source};
pub use limits::Limits;
pub use refusal::Refusal;
pub use view::{Block, Rectangle, Run, Shape};
