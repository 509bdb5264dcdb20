//! Base64 as mail writes it: in lines, with anything that is white space between.
//!
//! Reference: RFC 2045, section 6.8; RFC 4648. Characters outside the alphabet, which the standard lets a reader skip, are
//! refused: what a reader skips is where readers differ, and text behind the last group would be read by nobody.

/// The alphabet.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value of each character, [`NONE`] for those that are none of the alphabet.
const VALUES: [u8; 256] = values();
const NONE: u8 = 0xFF;
const PAD: u8 = 0xFE;
const BLANK: u8 = 0xFD;

const fn values() -> [u8; 256] {
    let mut values = [NONE; 256];
    let mut at = 0;
    while at < 64 {
        values[ALPHABET[at] as usize] = at as u8;
        at += 1;
    }
    values[b'=' as usize] = PAD;
    values[b' ' as usize] = BLANK;
    values[b'\t' as usize] = BLANK;
    values[b'\r' as usize] = BLANK;
    values[b'\n' as usize] = BLANK;
    values
}

/// The bytes that a text in base64 stands for; nothing when it is broken. Padding may be missing at the end, and texts may
/// follow one another, each with its padding, as some programs write them.
pub(in crate::formats) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held, mut pads) = (0_u32, 0_u32, 0_u32);
    for &byte in text {
        match VALUES[byte as usize] {
            BLANK => {}
            PAD => {
                pads += 1;
                match (held, pads) {
                    (2, 1) | (3, 1) | (2, 2) => {}
                    // A pad too much after whole groups is a habit of some programs.
                    (0, _) => {}
                    _ => return None,
                }
                if held > 0 && held + pads == 4 {
                    flush(bits, held, &mut out);
                    (bits, held, pads) = (0, 0, 0);
                }
            }
            NONE => return None,
            value => {
                if held > 0 && pads > 0 {
                    return None;
                }
                pads = 0;
                bits = bits << 6 | u32::from(value);
                held += 1;
                if held == 4 {
                    flush(bits, held, &mut out);
                    (bits, held) = (0, 0);
                }
            }
        }
    }
    match held {
        0 => {}
        1 => return None,
        _ => flush(bits, held, &mut out),
    }
    Some(out)
}

fn flush(bits: u32, held: u32, out: &mut Vec<u8>) {
    let bytes = (bits << (6 * (4 - held))).to_be_bytes();
    out.extend(bytes.iter().skip(1).take(held as usize - 1));
}

/// The bytes in base64, without line ends.
pub(in crate::formats) fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4_usize {
            let value = bits >> (18 - 6 * at) & 0x3F;
            out.push(if at <= group.len() { ALPHABET[value as usize] } else { b'=' });
        }
    }
    out
}

/// The bytes in base64, in lines like those of `before`.
pub(super) fn encode_like(bytes: &[u8], before: &[u8]) -> Vec<u8> {
    let content = before.trim_ascii_start();
    let lead = before.len() - content.len();
    let first = memchr::memchr(b'\n', content);
    let eol: &[u8] = match first {
        Some(at) if content.get(..at).is_some_and(|line| line.ends_with(b"\r")) => b"\r\n",
        Some(_) => b"\n",
        None => b"\r\n",
    };
    let length = first.map_or(76, |at| content.get(..at).unwrap_or_default().trim_ascii_end().len());
    let length = if first.is_none() && content.len() > 998 { content.len() } else { (length / 4 * 4).clamp(4, 996) };
    let tail = before.get(before.trim_ascii_end().len().max(lead)..).unwrap_or_default();
    let encoded = encode(bytes);
    let mut out = Vec::with_capacity(encoded.len() + encoded.len() / length * eol.len() + lead + tail.len());
    out.extend_from_slice(before.get(..lead).unwrap_or_default());
    for (number, line) in encoded.chunks(length).enumerate() {
        if number > 0 {
            out.extend_from_slice(eol);
        }
        out.extend_from_slice(line);
    }
    out.extend_from_slice(tail);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for text in ["", "a", "ab", "abc", "abcd", "Jane Roe\r\n\u{e9}"] {
            assert_eq!(decode(&encode(text.as_bytes())).unwrap(), text.as_bytes());
        }
        assert_eq!(encode(b"ab"), b"YWI=");
        assert_eq!(decode(b"YW Jj\r\nYQ").unwrap(), b"abca");
        assert_eq!(decode(b"YQ==YWI=").unwrap(), b"aab");
        for broken in [&b"Y"[..], b"YQ=a", b"YQ==!", b"Y===", b"Jane_Roe"] {
            assert!(decode(broken).is_none());
        }
    }

    #[test]
    fn lines_are_like_before() {
        assert_eq!(encode_like(b"abcdefg", b"\r\nYWJjZGVm\r\nYWJj\r\n\r\n"), b"\r\nYWJjZGVm\r\nZw==\r\n\r\n");
        assert_eq!(encode_like(b"abc", b""), b"YWJj");
    }
}
