//! Offsets as JavaScript counts them.

/// Where the characters of a text lie in UTF-16 code units, for offsets that are asked for in any order.
///
/// One entry for every kilobyte, so that a question costs no more than a walk over that many.
pub struct Offsets<'t> {
    text: &'t str,
    /// Code units before the character boundary at or after each multiple of [`STEP`].
    marks: Vec<(usize, usize)>,
    ascii: bool,
}

/// Bytes between marks.
const STEP: usize = 1024;

impl<'t> Offsets<'t> {
    /// Of a text. Linear in its length; a text of ASCII letters needs no marks.
    pub fn new(text: &'t str) -> Self {
        let ascii = text.is_ascii();
        let mut marks = Vec::new();
        let (mut bytes, mut units) = (0, 0);
        if !ascii {
            marks.reserve(text.len() / STEP + 1);
            for character in text.chars() {
                if bytes >= marks.len() * STEP {
                    marks.push((bytes, units));
                }
                bytes += character.len_utf8();
                units += character.len_utf16();
            }
        }
        Self { text, marks, ascii }
    }

    /// Code units before a byte, which lies on a character boundary.
    pub fn of_byte(&self, byte: usize) -> usize {
        if self.ascii {
            return byte;
        }
        let mark = self.marks.partition_point(|(bytes, _)| *bytes <= byte).checked_sub(1);
        let (bytes, units) = mark.and_then(|mark| self.marks.get(mark)).copied().unwrap_or_default();
        units + self.text.get(bytes..byte).unwrap_or_default().chars().map(char::len_utf16).sum::<usize>()
    }

    /// The byte at an offset in code units; nothing when it lies within a character or behind the text.
    pub fn to_byte(&self, offset: usize) -> Option<usize> {
        if self.ascii {
            return (offset <= self.text.len()).then_some(offset);
        }
        let mark = self.marks.partition_point(|(_, units)| *units <= offset).checked_sub(1);
        let (mut byte, mut units) = mark.and_then(|mark| self.marks.get(mark)).copied().unwrap_or_default();
        let mut rest = self.text.get(byte..)?.chars();
        while units < offset {
            let character = rest.next()?;
            byte += character.len_utf8();
            units += character.len_utf16();
        }
        (units == offset).then_some(byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_goes_there_and_back() {
        let long = "aé😀漢\n".repeat(1000);
        for text in ["", "plain", "é", "😀 x", "漢字かな", long.as_str()] {
            let offsets = Offsets::new(text);
            let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for byte in boundaries {
                let units = text[..byte].encode_utf16().count();
                assert_eq!(offsets.of_byte(byte), units, "{byte} of {} bytes", text.len());
                assert_eq!(offsets.to_byte(units), Some(byte), "{units} of {} bytes", text.len());
            }
        }
    }

    #[test]
    fn no_byte_lies_within_a_pair_or_behind_the_text() {
        let offsets = Offsets::new("a😀b");
        assert_eq!([0, 1, 2, 3, 4, 5].map(|offset| offsets.to_byte(offset)), [Some(0), Some(1), None, Some(5), Some(6), None]);
        assert_eq!(Offsets::new("ab").to_byte(3), None);
    }
}
