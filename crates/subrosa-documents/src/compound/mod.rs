//! Compound files: folders (*storages*) and files (*streams*) inside one file, as Outlook messages and OLE objects are kept.
//!
//! Read by the `cfb` crate, which checks that chains of sectors and the tree of entries have no cycles, and held to limits
//! here that it does not have: how deep storages nest, how many entries there are, and that all streams together are no
//! longer than the file, so that one sector cannot be given out many times. Written by our own writer as a fresh file: no
//! sector of the old file is carried over, no time of day is written, and unused space is zero.
//!
//! Not here: streams of property sets, legacy Office documents, files over 2 GiB.
//!
//! Written to [MS-CFB] 12.0.

mod read;
mod write;

use std::borrow::Cow;

pub(crate) use read::read;
pub(crate) use write::write;

/// A folder of a compound file.
#[derive(Default)]
pub(crate) struct Storage<'a> {
    /// Its name; the root's does not matter.
    pub(crate) name: Cow<'a, str>,
    /// The class of the program that owns it, as it stands in the file.
    pub(crate) class: [u8; 16],
    /// Bits that the program set.
    pub(crate) state: u32,
    pub(crate) storages: Vec<Storage<'a>>,
    pub(crate) streams: Vec<Stream<'a>>,
}

/// A file of a compound file.
pub(crate) struct Stream<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) data: Cow<'a, [u8]>,
}
