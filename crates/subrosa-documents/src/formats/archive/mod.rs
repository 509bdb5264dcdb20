//! Archives and compressed files: many files, or one, in another.
//!
//! Every member is a document of its own kind; its path is a segment, too. What cannot be read (an unknown kind, a password,
//! a compression that is not read here) is an unread part by itself, which can be left out or emptied. Members are called by
//! their number and the extension of their name, as their names are text of somebody.
//!
//! Paths stay safe and different from each other when they are edited, and keep their extension. Not carried over: times,
//! owners, comments, extra fields; bytes that belong to no member. Members without edits are copied as they are.
//!
//! Expanding is bounded: all members at any depth together by [`Limits::expanded_bytes`](crate::Limits) and
//! [`Limits::expansion_ratio`](crate::Limits), archives inside archives by [`Limits::depth`](crate::Limits). What is kept
//! in memory is the archive, and of each member what its own format keeps: for text, about three times its size.

#[cfg(feature = "archives")]
mod compressed;
mod contents;
mod gzip;
mod paths;
mod single;
mod tar;
mod zip;

#[cfg(feature = "archives")]
pub(crate) use compressed::{BZIP2, XZ, ZSTD};
pub(crate) use gzip::GZIP;
pub(crate) use tar::Tar;
pub(crate) use zip::Zip;
