//! Blanks removed values in streams that are not shown but hold names: font programs, character maps, colour profiles.

use aho_corasick::AhoCorasick;

/// Shortest value that is looked for: shorter ones occur in binary data by chance.
const SHORTEST: usize = 4;

/// Looks for removed values, all at once.
#[derive(Default)]
pub(super) struct Scrubber {
    values: Option<AhoCorasick>,
}

impl Scrubber {
    /// A scrubber for values in lower case. Those that are short or not ASCII are left out: names in font programs are ASCII.
    pub(super) fn new(values: &[String]) -> Self {
        let folded = values.iter().map(|value| value.bytes().filter(|&byte| !is_skipped(byte)).collect::<Vec<u8>>());
        let patterns: Vec<Vec<u8>> = folded.filter(|letters| letters.len() >= SHORTEST && letters.is_ascii()).collect();
        Self { values: if patterns.is_empty() { None } else { AhoCorasick::new(patterns).ok() } }
    }

    /// Overwrites each value with `x`, whatever its case, as bytes and as UTF-16. White space, hyphens and zero bytes inside it
    /// do not matter, nor are they changed.
    /// Says whether there was any.
    pub(super) fn blank(&self, data: &mut [u8]) -> bool {
        let Some(values) = &self.values else { return false };
        let (places, letters): (Vec<usize>, Vec<u8>) = data
            .iter()
            .enumerate()
            .filter(|(_, byte)| !is_skipped(**byte))
            .map(|(at, byte)| (at, byte.to_ascii_lowercase()))
            .unzip();
        let mut any = false;
        for found in values.find_overlapping_iter(&letters) {
            any = true;
            for place in places.get(found.range()).unwrap_or_default() {
                if let Some(byte) = data.get_mut(*place) {
                    *byte = b'x';
                }
            }
        }
        any
    }
}

fn is_skipped(byte: u8) -> bool {
    byte == 0 || byte == b'-' || byte.is_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::Scrubber;

    #[test]
    fn values_go_as_bytes_and_as_utf_16() {
        let scrubber = Scrubber::new(&["quill feather".to_owned(), "abc".to_owned()]);
        let mut data = b"font of Quill-Feather, abc, \0Q\0u\0i\0l\0l\0f\0e\0a\0t\0h\0e\0r!".to_vec();
        scrubber.blank(&mut data);
        assert_eq!(data, b"font of xxxxx-xxxxxxx, abc, \0x\0x\0x\0x\0x\0x\0x\0x\0x\0x\0x\0x!".to_vec());
    }
}
