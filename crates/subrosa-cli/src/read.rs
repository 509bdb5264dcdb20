//! The bytes of an input.

use std::io::Read as _;

use crate::walk::{Input, Item};

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
