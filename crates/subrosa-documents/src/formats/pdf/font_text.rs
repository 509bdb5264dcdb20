//! Where a font program holds text rather than outlines: the ranges in which a name may be blanked without harm to a letter.
//!
//! TrueType and OpenType: the tables `name`, `post`, `meta` and `DSIG` (OpenType 1.9, chapter "The OpenType font file"). CFF: the Name and
//! String INDEX (Adobe Technical Note 5176, sections 5, 7 and 10). Type 1: the strings and comments before `eexec` (Adobe Type 1
//! Font Format, chapter 2.3). A program that breaks its format has no range: then verification finds what is left, and refuses.

use std::ops::Range;

/// Tables of an sfnt that hold names; the signature names its makers.
const TEXT_TABLES: &[&[u8]] = &[b"name", b"post", b"meta", b"DSIG"];

/// The ranges of `program` that hold text.
pub(super) fn ranges(program: &[u8]) -> Vec<Range<usize>> {
    match program.get(..4) {
        Some([0, 1, 0, 0] | b"true" | b"OTTO" | b"typ1") => sfnt(program),
        Some([1, 0, header, 1..=4]) if *header >= 4 => cff(program, 0).unwrap_or_default(),
        Some(b"%!PS" | b"%!Fo") => {
            let clear = memchr::memmem::find(program, b"eexec").unwrap_or(program.len());
            strings(&program[..clear])
        }
        _ => Vec::new(),
    }
}

/// The strings in brackets and the comments of a PostScript text, where licences and their holders stand; its names and
/// operators are what makes it a program, and the first word tells its kind.
pub(super) fn strings(text: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = if text.starts_with(b"%!") { text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len()) } else { 0 };
    if at > 0 {
        let end = line_end(text, at);
        found.push(at..end);
        at = end;
    }
    while let Some(open) = memchr::memchr2(b'(', b'%', &text[at..]).map(|open| at + open + 1) {
        let end = if text[open - 1] == b'%' {
            line_end(text, open)
        } else {
            let Some(close) = string_end(&text[open..]) else { break };
            open + close
        };
        found.push(open..end);
        at = (end + 1).min(text.len());
    }
    found
}

/// Takes from a character map what its makers wrote in it: comments, strings that are none of the published collections, and
/// its name. Nothing of that maps a character. Says whether there was any.
pub(super) fn blank_map(map: &mut [u8]) -> bool {
    const KNOWN: &[&[u8]] = &[b"Adobe", b"Identity", b"UCS", b"UCS2", b"Japan1", b"GB1", b"CNS1", b"Korea1", b"KR"];
    let mut texts = strings(map);
    if let Some(name) = map_name(map) {
        texts.push(name);
    }
    texts.retain(|range| {
        let text = map.get(range.clone()).unwrap_or_default();
        !text.starts_with(b"Adobe-") && !KNOWN.contains(&text) && text.iter().any(u8::is_ascii_alphanumeric)
    });
    for range in &texts {
        map.get_mut(range.clone()).unwrap_or_default().fill(b'x');
    }
    !texts.is_empty()
}

/// The name of a character map, where it is defined.
fn map_name(map: &[u8]) -> Option<Range<usize>> {
    const KEY: &[u8] = b"/CMapName";
    let start = memchr::memmem::find(map, KEY)? + KEY.len();
    let slash = start + map.get(start..)?.iter().position(|byte| !byte.is_ascii_whitespace())?;
    (map.get(slash) == Some(&b'/')).then_some(())?;
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/[]<>()%".contains(byte);
    let length = map.get(slash + 1..)?.iter().position(ends)?;
    Some(slash + 1..slash + 1 + length)
}

/// Blanks the comments of a PostScript function.
pub(super) fn blank_comments(text: &mut [u8]) -> bool {
    let mut any = false;
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| memchr::memchr(b'%', rest)).map(|start| at + start) {
        at = line_end(text, start);
        text.get_mut(start..at).unwrap_or_default().fill(b' ');
        any = true;
    }
    any
}

/// Where a string ends that began before `text`; brackets in pairs and those behind a backslash are of the string.
fn string_end(text: &[u8]) -> Option<usize> {
    let mut open = 0_usize;
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'(', b')', b'\\', text.get(at..)?)?;
        match text.get(at)? {
            b'(' => open += 1,
            b')' if open == 0 => return Some(at),
            b')' => open -= 1,
            _ => at += 1,
        }
        at += 1;
    }
}

fn line_end(text: &[u8], from: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text[from..]).map_or(text.len(), |end| from + end)
}

fn sfnt(program: &[u8]) -> Vec<Range<usize>> {
    let tables = u16_at(program, 4).unwrap_or(0);
    let mut found = Vec::new();
    for table in 0..tables {
        let Some(record) = program.get(12 + 16 * table..28 + 16 * table) else { break };
        let (Some(start), Some(length)) = (u32_at(record, 8), u32_at(record, 12)) else { break };
        let end = start.saturating_add(length).min(program.len());
        if start >= end {
            continue;
        }
        if TEXT_TABLES.contains(&&record[..4]) {
            found.push(start..end);
        } else if &record[..4] == b"CFF " {
            found.extend(cff(&program[..end], start).unwrap_or_default());
        }
    }
    found
}

/// The Name INDEX and the String INDEX of the CFF data that start at `start`.
fn cff(program: &[u8], start: usize) -> Option<Vec<Range<usize>>> {
    let names = start + usize::from(*program.get(start + 2)?);
    let (name_data, dictionaries) = index(program, names)?;
    let (_, strings) = index(program, dictionaries)?;
    let (string_data, _) = index(program, strings)?;
    Some(vec![name_data, string_data])
}

/// The data of the INDEX at `at`, and where the INDEX ends.
fn index(program: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    let count = u16_at(program, at)?;
    if count == 0 {
        return Some((at + 2..at + 2, at + 2));
    }
    let width = usize::from(*program.get(at + 2)?);
    let offsets = at + 3;
    let last = program.get(offsets + count * width..offsets + (count + 1) * width)?;
    let length = last.iter().fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
    let data = offsets + (count + 1) * width;
    let end = data.checked_add(length.checked_sub(1)?)?;
    (end <= program.len() && (1..=4).contains(&width)).then_some((data..end, end))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 2).map(|pair| usize::from(u16::from_be_bytes([pair[0], pair[1]])))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 4).map(|four| u32::from_be_bytes([four[0], four[1], four[2], four[3]]) as usize)
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn names_of_a_truetype_font_and_no_outline() {
        let mut font = vec![0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0];
        for (tag, start, length) in [(b"glyf", 44_u32, 8_u32), (b"name", 52, 4)] {
            font.extend(tag);
            font.extend([0; 4]);
            font.extend(start.to_be_bytes());
            font.extend(length.to_be_bytes());
        }
        font.extend(b"outlinesname");
        assert_eq!(ranges(&font), vec![52..56]);
    }

    #[test]
    fn names_of_a_compact_font() {
        let mut font = vec![1, 0, 4, 1];
        for data in [b"Name".as_slice(), b"dict", b"strings"] {
            font.extend([0, 1, 1, 1, data.len() as u8 + 1]);
            font.extend(data);
        }
        let texts: Vec<_> = ranges(&font).into_iter().map(|range| font[range].to_vec()).collect();
        assert_eq!(texts, [b"Name".to_vec(), b"strings".to_vec()]);
    }

    #[test]
    fn strings_and_comments_of_a_type_1_font_and_no_operator() {
        let font = b"%!PS-AdobeFont-1.0: Kind\n%Of (Roebuck\n/FamilyName (Name) readonly def\ncurrentfile eexec (not)";
        let texts: Vec<_> = ranges(font).into_iter().map(|range| font[range].to_vec()).collect();
        assert_eq!(texts, [b" Kind".to_vec(), b"Of (Roebuck".to_vec(), b"Name".to_vec()]);
        let bounds = |data: &[u8]| super::strings(data).into_iter().map(|range| (range.start, range.end)).collect::<Vec<_>>();
        assert_eq!(bounds(b"%!"), [(2, 2)]);
        assert_eq!(bounds(b"a %"), [(3, 3)]);
        assert_eq!(bounds(b"(a)%b"), [(1, 2), (4, 5)]);
        assert_eq!(bounds(b"(a(b)\\)c)d(e"), [(1, 8)]);
    }

    #[test]
    fn broken_programs_have_no_range() {
        assert!(ranges(&[0, 1, 0, 0, 255, 255]).is_empty());
        assert!(ranges(&[1, 0, 4, 1, 255]).is_empty());
        assert!(ranges(b"").is_empty());
    }
}
