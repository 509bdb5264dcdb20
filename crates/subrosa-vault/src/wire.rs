//! How small structures are written as bytes before they are sealed or signed. Lengths stand before what has one, so no two
//! structures look alike.

use subrosa_core::key::Key;
use zeroize::Zeroizing;

/// Writes; the buffer is overwritten when dropped.
#[derive(Default)]
pub(crate) struct Writer(Zeroizing<Vec<u8>>);

impl Writer {
    /// An empty one with room, so that secrets are not left behind where a growing buffer was.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(bytes)))
    }

    pub(crate) fn number(mut self, number: u64) -> Self {
        self.0.extend_from_slice(&number.to_be_bytes());
        self
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// Zeros up to the next multiple of `block`, so that the length tells less.
    pub(crate) fn padded(mut self, block: usize) -> Zeroizing<Vec<u8>> {
        let whole = self.0.len().next_multiple_of(block);
        self.0.resize(whole, 0);
        self.0
    }

    pub(crate) fn done(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}

/// The parts, each behind its length: what a seal or signature is bound to.
pub(crate) fn bind(parts: &[&[u8]]) -> Vec<u8> {
    let mut bound = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        bound.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bound.extend_from_slice(part);
    }
    bound
}

/// Reads what [`Writer`] wrote; nothing where the bytes are something else.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        Some(u64::from_be_bytes(self.take(8)?.try_into().ok()?))
    }

    pub(crate) fn small(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes()?.try_into().ok()
    }

    pub(crate) fn key(&mut self) -> Option<Key> {
        self.array().map(Key::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let written = Writer::default().number(7).text("Zoë").bytes(&[1; 32]).padded(64);
        assert_eq!(written.len() % 64, 0);
        let mut reader = Reader(&written);
        assert_eq!((reader.number(), reader.text(), reader.array()), (Some(7), Some("Zoë"), Some([1; 32])));
        for end in 0..59 {
            let mut reader = Reader(&written[..end]);
            assert!(reader.number().is_none() || reader.text().is_none() || reader.array::<32>().is_none(), "{end}");
        }
        assert!(Reader(&[255; 16]).bytes().is_none(), "a length beyond the end");
    }
}
