//! Text in Windows metafiles (EMF and WMF), which office programs keep as the picture of an embedded object.
//!
//! Texts are overwritten in place, so that no record changes its length. Descriptions and private comments are blanked.
//! Not here: text drawn as glyph numbers or outlines, which is a picture like any other.
//!
//! Written to [MS-EMF] 2.3, [MS-EMFPLUS] 2.3.4 and [MS-WMF] 2.3.

use std::ops::Range;

/// A text in a metafile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MetaText {
    /// Where its characters stand.
    pub(crate) range: Range<usize>,
    /// Two bytes a character (UTF-16, little-endian) or one (taken as Latin-1).
    pub(crate) wide: bool,
    /// The height at which it is drawn, where the record says so.
    pub(crate) line: Option<i32>,
    /// It is not drawn but names a font.
    pub(crate) names_font: bool,
}

/// A metafile looked through.
#[derive(Debug, Default)]
pub(crate) struct Metafile {
    /// The texts in the order they are drawn.
    pub(crate) texts: Vec<MetaText>,
    /// Bytes that no program draws: to be set to zero.
    pub(crate) blank: Vec<Range<usize>>,
    /// Where the last record ends.
    pub(crate) end: usize,
}

/// Whether the bytes are a metafile.
pub(crate) fn is_metafile(data: &[u8]) -> bool {
    is_emf(data) || wmf_start(data).is_some()
}

fn is_emf(data: &[u8]) -> bool {
    data.starts_with(&[1, 0, 0, 0]) && data.get(40..44) == Some(b" EMF")
}

/// Where the header of a WMF begins, after the placeable header if there is one.
fn wmf_start(data: &[u8]) -> Option<usize> {
    let start = if data.starts_with(&[0xD7, 0xCD, 0xC6, 0x9A]) { 22 } else { 0 };
    let header = data.get(start..start + 6)?;
    (matches!(header[0], 1 | 2) && header[1] == 0 && header[2..4] == [9, 0] && matches!(header[5], 1 | 3)).then_some(start)
}

/// Looks through a metafile. Nothing when its records cannot be followed to their end.
pub(crate) fn read(data: &[u8]) -> Option<Metafile> {
    let mut metafile = Metafile::default();
    if is_emf(data) {
        emf(data, &mut metafile)?;
    } else {
        wmf(data, wmf_start(data)?, &mut metafile)?;
    }
    Some(metafile)
}

impl MetaText {
    /// The text, one character for each unit.
    pub(crate) fn decode(&self, data: &[u8]) -> String {
        let bytes = data.get(self.range.clone()).unwrap_or_default();
        if self.wide {
            let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            units.map(|unit| char::from_u32(u32::from(unit)).filter(|unit| *unit != '\0').unwrap_or('\u{FFFD}')).collect()
        } else {
            bytes.iter().map(|byte| char::from(*byte)).collect()
        }
    }

    /// Overwrites the characters of `decoded` (byte offsets of the decoded text) with the replacement if it fits, and spaces.
    pub(crate) fn overwrite(&self, data: &mut [u8], decoded: Range<usize>, replacement: &str) {
        let text = self.decode(data);
        let unit = if self.wide { 2 } else { 1 };
        let places: Vec<usize> =
            text.char_indices().enumerate().filter(|(_, (at, _))| decoded.contains(at)).map(|(number, _)| number).collect();
        let fits = replacement.encode_utf16().count() <= places.len() && (self.wide || replacement.is_ascii());
        let mut units = replacement.encode_utf16().filter(|_| fits);
        for place in places {
            let at = self.range.start + place * unit;
            let bytes = units.next().unwrap_or(u16::from(b' ')).to_le_bytes();
            if let Some(target) = data.get_mut(at..at + unit) {
                target.copy_from_slice(&bytes[..unit]);
            }
        }
    }
}

/// `ETO_GLYPH_INDEX`: numbers of glyphs instead of characters.
const GLYPHS: u32 = 0x10;

fn emf(data: &[u8], out: &mut Metafile) -> Option<()> {
    let mut at = 0;
    loop {
        let (kind, size) = (u32_at(data, at)?, u32_at(data, at + 4)? as usize);
        let end = at.checked_add(size).filter(|end| size >= 8 && *end <= data.len())?;
        let record = &data[at..end];
        let within = |from: usize, length: usize| {
            let from = at.checked_add(from)?;
            let until = from.checked_add(length)?;
            (until <= end).then_some(from..until)
        };
        let word = |offset| u32_at(record, offset);
        match kind {
            1 => {
                // The name of the program and of the picture.
                let (length, offset) = (word(60)? as usize, word(64)? as usize);
                out.blank.extend(within(offset, length.checked_mul(2)?));
            }
            14 => {
                out.end = end;
                return Some(());
            }
            // A font: its name, and behind that what it is called for people, which nothing needs.
            82 => {
                if let Some(field) = within(40, 64) {
                    let (face, rest) = face(data, field, true);
                    out.texts.extend(face);
                    out.blank.push(rest);
                    out.blank.extend(within(104, (size - 104).min(192)));
                }
            }
            70 => comment(data, at + 12..(at + 12).checked_add(word(8)? as usize)?.min(end), out),
            83 | 84 if word(52)? & GLYPHS == 0 => {
                let wide = kind == 84;
                let bytes = (word(44)? as usize).checked_mul(if wide { 2 } else { 1 })?;
                let range = within(word(48)? as usize, bytes)?;
                out.texts.push(MetaText { range, wide, line: word(40).map(|line| line as i32), names_font: false });
            }
            96 | 97 => {
                let wide = kind == 97;
                for entry in 0..word(36)? as usize {
                    let text = 40_usize.checked_add(entry.checked_mul(40)?)?;
                    let bytes = (word(text.checked_add(8)?)? as usize).checked_mul(if wide { 2 } else { 1 })?;
                    let range = within(word(text + 12)? as usize, bytes)?;
                    out.texts.push(MetaText { range, wide, line: word(text + 4).map(|line| line as i32), names_font: false });
                }
            }
            108 if word(20)? & GLYPHS == 0 => {
                let options = word(20)?;
                let wide = options & 0x200 == 0;
                let start = if options & 0x100 == 0 { 52 } else { 36 };
                let range = within(start, (word(16)? as usize).checked_mul(if wide { 2 } else { 1 })?)?;
                out.texts.push(MetaText { range, wide, line: word(12).map(|line| line as i32), names_font: false });
            }
            _ => {}
        }
        at = end;
    }
}

/// A comment: EMF+ records are drawn, public comments arrange the picture, anything else is private.
fn comment(data: &[u8], range: Range<usize>, out: &mut Metafile) {
    match data.get(range.start..range.start + 4) {
        Some(b"EMF+") => {
            let mut at = range.start + 4;
            while let Some(size) =
                u32_at(data, at + 4).map(|size| size as usize).filter(|size| *size >= 12 && *size <= range.end - at)
            {
                let kind = u32_at(data, at).unwrap_or(0) & 0xFFFF;
                let (length, start) = match kind {
                    0x401C => (u32_at(data, at + 20), at + 40),
                    // The first flag says that these are characters, not glyphs.
                    0x4036 if u32_at(data, at + 16).is_some_and(|flags| flags & 1 != 0) => (u32_at(data, at + 24), at + 28),
                    _ => (None, 0),
                };
                if let Some(length) = length.and_then(|length| (length as usize).checked_mul(2)).filter(|length| *length <= size)
                {
                    out.texts.push(MetaText { range: start..start + length, wide: true, line: None, names_font: false });
                }
                at += size;
                if at + 12 > range.end {
                    break;
                }
            }
        }
        Some(b"GDIC") => {}
        _ => out.blank.push(range),
    }
}

fn wmf(data: &[u8], start: usize, out: &mut Metafile) -> Option<()> {
    let mut at = start + usize::from(u16_at(data, start + 2)?) * 2;
    loop {
        let size = (u32_at(data, at)? as usize).checked_mul(2)?;
        let end = at.checked_add(size).filter(|end| size >= 6 && *end <= data.len())?;
        let short = |offset: usize| u16_at(data, at + offset).filter(|_| at + offset + 2 <= end);
        match short(4)? {
            0 => {
                out.end = end;
                return Some(());
            }
            0x0521 => {
                let from = at + 8;
                let until = from + usize::from(short(6)?);
                out.texts.push(MetaText { range: from..until.min(end), wide: false, line: None, names_font: false });
            }
            0x0A32 if short(12)? & GLYPHS as u16 == 0 => {
                let from = at + if short(12)? & 6 == 0 { 14 } else { 22 };
                let until = from + usize::from(short(10)?);
                out.texts.push(MetaText {
                    range: from.min(end)..until.min(end),
                    wide: false,
                    line: short(6).map(i32::from),
                    names_font: false,
                });
            }
            0x02FB => {
                let (face, rest) = face(data, (at + 24).min(end)..end, false);
                out.texts.extend(face);
                out.blank.push(rest);
            }
            // A comment escape; equation editors keep their source there.
            0x0626 if short(6)? == 15 => out.blank.push((at + 10).min(end)..end),
            _ => {}
        }
        at = end;
    }
}

/// The name of a font in a field that a zero ends, and what stands behind it.
fn face(data: &[u8], field: Range<usize>, wide: bool) -> (Option<MetaText>, Range<usize>) {
    let unit = if wide { 2 } else { 1 };
    let units = data.get(field.clone()).unwrap_or_default().chunks_exact(unit);
    let length = units.take_while(|unit| unit.iter().any(|byte| *byte != 0)).count() * unit;
    let range = field.start..field.start + length;
    let rest = range.end..field.end;
    ((length > 0).then_some(MetaText { range, wide, line: None, names_font: true }), rest)
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u32, body: &[u8]) -> Vec<u8> {
        [kind.to_le_bytes().as_slice(), &(8 + body.len() as u32).to_le_bytes(), body].concat()
    }

    fn sample() -> Vec<u8> {
        let text: Vec<u8> = "Jane Doe".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut header = vec![0; 80];
        header[32..36].copy_from_slice(b" EMF");
        let mut body = vec![0; 68];
        body[36..40].copy_from_slice(&8_u32.to_le_bytes());
        body[40..44].copy_from_slice(&76_u32.to_le_bytes());
        body.extend(text);
        [record(1, &header), record(84, &body), record(70, b"\x06\0\0\0secret\0\0"), record(14, &[0; 12]), b"tail".to_vec()]
            .concat()
    }

    #[test]
    fn texts_are_found_and_overwritten() {
        let mut data = sample();
        let metafile = read(&data).unwrap();
        let [text] = metafile.texts.as_slice() else { panic!("one text") };
        assert_eq!(text.decode(&data), "Jane Doe");
        assert_eq!(metafile.end, data.len() - 4);
        assert!(metafile.blank.iter().any(|range| &data[range.clone()] == b"secret"));
        text.overwrite(&mut data, 0..4, "[A]");
        assert_eq!(text.decode(&data), "[A]  Doe");
        text.overwrite(&mut data, 5..8, "[PERSON-1]");
        assert_eq!(text.decode(&data), "[A]     ");
    }

    #[test]
    fn names_of_fonts_are_told_from_what_is_drawn() {
        let wide = |text: &str, units: usize| {
            let mut units: Vec<u16> = text.encode_utf16().chain(std::iter::repeat(0)).take(units).collect();
            units.drain(..).flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
        };
        let font = [vec![0; 32], wide("Doe Sans", 32), wide("Doe Sans of Jane", 64), wide("Jane", 32), vec![0; 24]].concat();
        let mut header = vec![0; 80];
        header[32..36].copy_from_slice(b" EMF");
        let data = [record(1, &header), record(82, &font), record(14, &[0; 12])].concat();
        let metafile = read(&data).unwrap();
        let [text] = metafile.texts.as_slice() else { panic!("one text") };
        assert!(text.names_font);
        assert_eq!(text.decode(&data), "Doe Sans");
        let mut blanked = data.clone();
        metafile.blank.iter().for_each(|range| blanked[range.clone()].fill(0));
        assert!(memchr::memmem::find(&blanked, &wide("Jane", 4)).is_none());
        assert!(read(&[record(1, &header), record(82, &font[..20]), record(14, &[0; 12])].concat()).unwrap().texts.is_empty());
    }

    #[test]
    fn cut_or_changed_files_never_panic() {
        let data = sample();
        for length in 0..data.len() {
            let _ = read(&data[..length]);
            let mut changed = data.clone();
            changed[length] ^= 0xFF;
            let _ = read(&changed);
        }
    }
}
