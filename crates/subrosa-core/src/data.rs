//! The compiled dictionaries and the tagger's weights: where they come from.
//!
//! They are part of the program, or, without the feature `embedded-data`, are handed over once before the first text: a web page
//! loads them as a file of its own, which several modules share and a browser keeps. The file is what [`pack`] makes. Only the
//! data that the program was built with is taken: with other data it would find other things.

#[cfg(not(feature = "embedded-data"))]
use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};

use crate::hex::hex;

/// The SHA-256 of every table and of the weights, made by `cargo xtask gen`.
pub(crate) const SUMS: &str = include_str!("../data/sums.txt");

/// The names of the files in `data/`, in the order in which they are packed.
pub const FILES: [&str; 6] = ["classes", "health", "names", "places", "tagger", "words"];

/// Why data is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the data is not that of this version")]
pub struct ForeignData;

/// One file of all: each with its length in bytes before it (32 bits, the least significant byte first).
pub fn pack(files: [&[u8]; FILES.len()]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(files.iter().map(|file| file.len() + 4).sum());
    for file in files {
        packed.extend((file.len() as u32).to_le_bytes());
        packed.extend(file);
    }
    packed
}

/// Takes a packed file apart.
///
/// # Errors
/// [`ForeignData`] when it is anything but the data of this version.
pub fn unpack(mut packed: &[u8]) -> Result<[&[u8]; FILES.len()], ForeignData> {
    let mut files = [&[][..]; FILES.len()];
    for ((file, name), sum) in files.iter_mut().zip(FILES).zip(SUMS.lines()) {
        let (length, rest) = packed.split_first_chunk::<4>().ok_or(ForeignData)?;
        (*file, packed) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(ForeignData)?;
        if sum != format!("{}  {name}.bin", hex(Sha256::digest(*file))) {
            return Err(ForeignData);
        }
    }
    if packed.is_empty() { Ok(files) } else { Err(ForeignData) }
}

#[cfg(not(feature = "embedded-data"))]
static PROVIDED: OnceLock<[&'static [u8]; FILES.len()]> = OnceLock::new();

/// Hands over the data; what comes after the first time changes nothing. It stays in memory to the end. Where data is compiled in
/// it is only compared.
///
/// # Errors
/// [`ForeignData`].
#[cfg_attr(feature = "embedded-data", allow(clippy::needless_pass_by_value, reason = "it is kept where it is needed"))]
pub fn provide(packed: Vec<u8>) -> Result<(), ForeignData> {
    #[cfg(not(feature = "embedded-data"))]
    if PROVIDED.get().is_none() {
        let packed: &'static [u8] = packed.leak();
        // Somebody else may have been faster with the same.
        let _ = PROVIDED.set(unpack(packed)?);
    }
    #[cfg(feature = "embedded-data")]
    unpack(&packed)?;
    Ok(())
}

/// Whether the data is there.
pub fn is_provided() -> bool {
    #[cfg(not(feature = "embedded-data"))]
    return PROVIDED.get().is_some();
    #[cfg(feature = "embedded-data")]
    true
}

/// The bytes of a file of [`FILES`].
///
/// # Panics
/// When nobody has handed over the data: nothing would be found, and that must not pass for a clean text.
#[cfg(not(feature = "embedded-data"))]
pub(crate) fn file(name: &str) -> &'static [u8] {
    let at = FILES.iter().position(|file| *file == name);
    match (PROVIDED.get(), at) {
        (Some(files), Some(at)) => files[at],
        _ => panic!("data::provide was not called"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_versions_data_is_taken() {
        let files = [
            &include_bytes!("../data/classes.bin")[..],
            include_bytes!("../data/health.bin"),
            include_bytes!("../data/names.bin"),
            include_bytes!("../data/places.bin"),
            include_bytes!("../data/tagger.bin"),
            include_bytes!("../data/words.bin"),
        ];
        let packed = pack(files);
        assert!(unpack(&packed) == Ok(files), "a table is not the one that sums.txt names");
        let mut other = packed.clone();
        other[5000] ^= 1;
        // Not `assert_eq`, which would print megabytes.
        for foreign in [other, packed[..packed.len() - 1].to_vec(), [packed, vec![0]].concat(), Vec::new()] {
            assert!(unpack(&foreign) == Err(ForeignData));
        }
    }
}
