//! The bytes of an input.

use std::io::Read;

use subrosa_documents::Refusal;

use crate::walk::{Input, Item};

/// A file longer than this is worked on in pieces, where its format can be cut. Up to here a name found anywhere is looked for
/// everywhere; beyond, within a piece.
pub const LONG: u64 = 64 << 20;
/// Bytes of a piece.
pub const PIECE: usize = 4 << 20;

/// All bytes of a document.
///
/// # Errors
/// As the system says.
pub fn bytes(item: &Item) -> std::io::Result<Vec<u8>> {
    match &item.input {
        Input::Stdin => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            Ok(bytes)
        }
        #[allow(clippy::disallowed_methods, reason = "the command line opens files")]
        Input::File(path) => std::fs::read(path),
    }
}

/// All of a document. Nothing when it has more than `most` bytes.
///
/// # Errors
/// As the system says.
pub fn whole(item: &Item, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    match open(item, most)? {
        Opened::Whole(bytes) => Ok(Some(bytes)),
        Opened::Long { head, rest } => all(head, rest, most),
    }
}

/// A document that was opened.
pub enum Opened {
    /// All of it.
    Whole(Vec<u8>),
    /// The beginning of a long one, and what follows.
    Long {
        /// The first bytes.
        head: Vec<u8>,
        /// All others.
        rest: Box<dyn Read + Send>,
    },
}

/// All of a long document, of a kind that cannot be cut.
///
/// # Errors
/// As the system says. Nothing when it has more than `most` bytes.
pub fn all(mut head: Vec<u8>, rest: impl Read, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let left = (most + 1).saturating_sub(head.len() as u64);
    rest.take(left).read_to_end(&mut head)?;
    Ok((head.len() as u64 <= most).then_some(head))
}

/// What refuses a document that [`all`] does not give.
pub fn too_long(most: u64) -> Refusal {
    let most = most >> 20;
    Refusal::Limit(format!("a file of its kind is read as a whole, and has more than {most} MiB; --max-file raises that"))
}

/// Reads a document of at most `long` bytes, or the first `long` bytes of a longer one.
///
/// # Errors
/// As the system says.
pub fn open(item: &Item, long: u64) -> std::io::Result<Opened> {
    let mut head = Vec::new();
    let mut rest: Box<dyn Read + Send> = match &item.input {
        Input::Stdin => Box::new(std::io::stdin()),
        Input::File(path) => {
            #[allow(clippy::disallowed_methods, reason = "the command line opens files")]
            let file = std::fs::File::open(path)?;
            // Room for all of it and one more, so that one read finds the end.
            head.reserve(file.metadata().map_or(0, |metadata| metadata.len().min(long)) as usize + 1);
            Box::new(file)
        }
    };
    let read = rest.by_ref().take(long).read_to_end(&mut head)? as u64;
    Ok(if read < long { Opened::Whole(head) } else { Opened::Long { head, rest } })
}
