//! What the office formats of the Open Packaging Conventions share: parts, relationships, content types, and the reading of
//! every text node and attribute value into segments.
//!
//! All members of the container are read, whether a relationship leads to them or not: what nothing points at leaks as well.
//! Markup is edited in place; members without an edit are copied as they are compressed.
//!
//! What the writer takes away from every package, edits or not, because it cannot be inspected, would no longer hold, or was
//! never meant for the reader: preview pictures, printer settings, digital signatures, macros, ActiveX controls, embedded
//! objects that no format here reads (their picture in the document stays), metadata of pictures, data in base64 that programs
//! keep behind fields and shapes, and members that are neither markup nor referred to. The relationship, the content type and the element that refers to the part go with it.
//! File names of pictures, sounds and objects are text: a part is renamed where its name is edited.
//!
//! Pictures are read where a reader of pictures is at hand ([`Aids`](crate::Aids)); otherwise they stay and are not looked into,
//! and [`Body::notes`](crate::document::Body::notes) says so for each.
//!
//! Written to ECMA-376 parts 1, 2 and 4, both the transitional and the strict namespaces.

mod attributes;
mod body;
mod fate;
mod leaf;
mod office;
mod page_header;
mod read;
mod relations;
mod residue;
mod sheets;
mod story;
mod view;

pub(crate) use office::Office;
pub(crate) use residue::{raw_parts, views};
pub(crate) use sheets::Formula;
