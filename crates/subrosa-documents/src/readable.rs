//! What may be text in bytes of which nobody knows what they are: fonts, private elements, objects of other programs.
//!
//! The search for residue reads all of it, so only runs that can hold a value are given: four letters or digits of one
//! writing, without control characters. That leaves out nearly all of compressed data, and is what keeps the search from
//! chance hits: four given letters in one byte each, of either case, stand by chance once in 270 million places, in two bytes
//! each practically never. Shorter values are not looked for in raw parts at all.
//!
//! Three writings are read: one byte a letter (Windows-1252, which holds ASCII and Latin-1), UTF-8 beyond ASCII, and UTF-16 in
//! both byte orders at odd and even places.

use encoding_rs::WINDOWS_1252;

/// Letters or digits of a run from which on it is given.
const LEAST: usize = 4;

/// What stands between two runs: no value goes across it.
const BORDER: char = '\u{1}';

/// The names of the writings.
const WRITINGS: [&str; 6] = ["one byte", "utf-8", "utf-16le", "utf-16le+1", "utf-16be", "utf-16be+1"];

/// A part's name that tells in which writing it was read.
pub(crate) fn named(part: &str, writing: &str) -> String {
    format!("{part} ({writing})")
}

/// Whether a part of this name is a reading of bytes.
pub(crate) fn is_reading(part: &str) -> bool {
    WRITINGS.iter().any(|writing| {
        part.strip_suffix(')').and_then(|part| part.strip_suffix(writing)).is_some_and(|part| part.ends_with(" ("))
    })
}

/// The texts in `bytes`, each with the name of its writing; those without any are left out.
pub(crate) fn texts(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let mut texts = vec![("one byte", narrow(bytes)), ("utf-8", utf_8(bytes))];
    // What reads as text in one way to its end is that text.
    let text = !bytes.iter().any(|&byte| control(byte)) && std::str::from_utf8(bytes).is_ok();
    for (name, shift, unit) in [
        ("utf-16le", 0, u16::from_le_bytes as fn([u8; 2]) -> u16),
        ("utf-16le+1", 1, u16::from_le_bytes),
        ("utf-16be", 0, u16::from_be_bytes),
        ("utf-16be+1", 1, u16::from_be_bytes),
    ] {
        if text {
            break;
        }
        let pairs = bytes.get(shift..).unwrap_or_default().as_chunks::<2>().0;
        texts.push((name, utf_16(pairs.iter().map(|&pair| unit(pair)))));
    }
    texts.retain(|(_, text)| !text.is_empty());
    texts
}

fn control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=31 | 0x7f)
}

/// Letters of Windows-1252 beyond ASCII, and the marks of it that stand in names.
fn western(byte: u8) -> bool {
    matches!(byte, 0x8a | 0x8c | 0x8e | 0x92 | 0x96 | 0x97 | 0x9a | 0x9c | 0x9e..=0xa0 | 0xaa | 0xad | 0xb7 | 0xba | 0xc0..)
}

/// Bytes read as one letter each. Text without control characters is given whole; of other data runs in which most letters
/// are ASCII, as in all that is written in one byte a letter and can be read so.
fn narrow(bytes: &[u8]) -> String {
    if !bytes.iter().any(|&byte| control(byte)) {
        return WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    }
    let mut kept = Vec::with_capacity(bytes.len() / 2);
    for run in bytes.split(|&byte| control(byte) || !byte.is_ascii() && !western(byte)).filter(|run| run.len() >= LEAST) {
        let plain = run.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
        let others = run.iter().filter(|byte| !byte.is_ascii()).count();
        if plain + others >= LEAST && plain >= others {
            kept.extend_from_slice(run);
            kept.push(BORDER as u8);
        }
    }
    WINDOWS_1252.decode_without_bom_handling(&kept).0.into_owned()
}

/// Runs of UTF-8 that hold more than ASCII, and those of ASCII beside bytes that are none, which [`narrow`] may take for letters
/// of the same word.
fn utf_8(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut broken = false;
    for chunk in bytes.utf8_chunks() {
        let beside = broken || !chunk.invalid().is_empty();
        broken = !chunk.invalid().is_empty();
        for run in chunk.valid().split(|char: char| char.is_ascii_control() && !char.is_ascii_whitespace()) {
            let wanted = beside || !run.is_ascii();
            if wanted && run.chars().filter(|char| char.is_alphanumeric()).take(LEAST).count() == LEAST {
                out.push_str(run);
                out.push(BORDER);
            }
        }
    }
    out
}

/// Which letters go together in a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// ASCII and the letters of western Europe, in all texts.
    Any,
    /// Letters of an alphabet.
    Alphabet,
    /// Signs of China and Japan.
    Han,
    /// Syllables of Korea.
    Hangul,
}

fn writing(unit: u16) -> Option<Writing> {
    match unit {
        0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0x17f => Some(Writing::Any),
        0x180..=0x2e7f => Some(Writing::Alphabet),
        0x3000..=0x30ff | 0x4e00..=0x9fff | 0xff00..=0xffef => Some(Writing::Han),
        0xac00..=0xd7a3 => Some(Writing::Hangul),
        _ => None,
    }
}

/// Runs of UTF-16 in one writing, with ASCII in it or alone.
fn utf_16(units: impl Iterator<Item = u16>) -> String {
    let mut out = String::new();
    let mut run: Vec<u16> = Vec::new();
    let mut of_run = Writing::Any;
    for unit in units {
        let found = writing(unit);
        if found.is_none_or(|found| found != Writing::Any && of_run != Writing::Any && found != of_run) {
            push(&run, &mut out);
            run.clear();
            of_run = Writing::Any;
        }
        if let Some(found) = found {
            if found != Writing::Any {
                of_run = found;
            }
            run.push(unit);
        }
    }
    push(&run, &mut out);
    out
}

fn push(run: &[u16], out: &mut String) {
    if run.len() < LEAST {
        return;
    }
    let text = String::from_utf16_lossy(run);
    if text.chars().filter(|char| char.is_alphanumeric()).take(LEAST).count() == LEAST {
        out.push_str(&text);
        out.push(BORDER);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn readings_are_known_by_their_names() {
        for (writing, _) in super::texts("Jane Roe came home \u{e9}\0J\0a\0n\0e\0 \0".as_bytes()) {
            assert!(super::is_reading(&super::named("object 7: stream", writing)), "{writing}");
        }
        assert!(!super::is_reading("stream (one byte) 2") && !super::is_reading("utf-8)"));
    }

    use super::*;

    /// Bytes that follow no rule, the same each time.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let step = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        };
        (0..length).map(step).collect()
    }

    fn holds(bytes: &[u8], value: &str) -> bool {
        texts(bytes).iter().any(|(_, text)| text.contains(value))
    }

    #[test]
    fn text_in_noise_is_given_in_every_writing() {
        for value in ["김철수민", "Roebuck", "Müller", "Škoda", "Ελένη", "Иванова", "山田太郎", "山田Roe"]
        {
            let wide = |bytes: fn(u16) -> [u8; 2]| value.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
            let writings = [value.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
            for (index, writing) in writings.iter().enumerate() {
                for shift in [100, 101] {
                    let mut bytes = noise(shift);
                    bytes.extend([0, 0, 0]);
                    bytes.extend(writing);
                    bytes.extend([0, 0, 0]);
                    bytes.extend(noise(100));
                    assert!(holds(&bytes, value), "{value}, writing {index}, {shift}");
                }
            }
        }
        assert!(holds(b"\0\x01\x8akoda\0", "Škoda"), "Windows-1252");
    }

    #[test]
    fn noise_is_mostly_left_out() {
        let bytes = noise(1 << 20);
        let given: usize = texts(&bytes).iter().map(|(_, text)| text.len()).sum();
        assert!(given < bytes.len(), "{given}");
        assert!(texts(&[0; 1000]).is_empty());
    }

    #[test]
    fn text_is_given_whole() {
        assert_eq!(texts(b"Jane\nRoe, 7"), [("one byte", "Jane\nRoe, 7".to_owned())]);
    }
}
