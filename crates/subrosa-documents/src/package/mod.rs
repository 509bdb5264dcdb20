//! ZIP containers as office formats use them: reading without trust, copying members unchanged, writing without traces.
//!
//! The container is read by its central directory alone, as every office program does. What no entry of the directory owns
//! (bytes before, between and after the members, extra fields, comments, timestamps, older versions of a member) is not
//! carried over, so nothing can hide there. A container that two programs could read differently is refused: duplicate
//! names, overlapping members, names that leave the folder, sizes or checksums that do not hold.
//!
//! Archives that no office program wrote are read by the same rules, but for what anybody may write there: see
//! [`Package::open_archive`].
//!
//! Not here: creating archives from folders, split archives, encryption, methods other than *stored* and *deflate*; the
//! generic archive crates resolve duplicates silently and keep extra fields, which is what must not happen here.
//!
//! Written to APPNOTE.TXT 6.3.10 (PKWARE) and ISO/IEC 21320-1 (document container file).

mod dos;
pub(crate) mod part_name;
mod read;
mod write;

pub(crate) use read::{Budget, Member, Method, Package, metered};
pub(crate) use write::{EFFORT, PackageWriter};

/// Signature of a local file header.
const LOCAL: u32 = 0x0403_4b50;
/// Signature of an entry in the central directory.
const CENTRAL: u32 = 0x0201_4b50;
/// Signature of the end of the central directory.
const END: u32 = 0x0605_4b50;
/// Signature of the 64-bit end of the central directory.
const END64: u32 = 0x0606_4b50;
/// Signature of the pointer to the 64-bit end of the central directory.
const LOCATOR64: u32 = 0x0706_4b50;
/// Who made an entry, in its upper byte: a program on Unix.
const UNIX: u16 = 3;
/// The name is UTF-8.
const UTF8: u16 = 1 << 11;
