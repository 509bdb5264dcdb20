//! The compression of RTF bodies.
//!
//! Expanded here; written back uncompressed, which the format allows and every reader knows. Checksums are not looked at: a
//! body with a wrong one is still shown by mail programs.
//!
//! Written to [MS-OXRTFCP] 9.0.

use crate::refusal::Refusal;

/// What the dictionary holds at first. A constant of the format.
const DICTIONARY: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \
\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Bytes of the dictionary.
const RING: usize = 4096;

/// Bytes of the header.
const HEADER: usize = 16;

/// A reference of two bytes brings at most 17, so no body can be longer than this many times its bytes.
const RATIO: usize = 9;

/// Expands a body.
///
/// # Errors
/// [`Refusal::Damaged`] when it is cut off or of an unknown kind.
pub(super) fn expand(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let broken = |reason: &str| Refusal::damaged("RTF body", reason);
    let word = |at: usize| bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map(u32::from_le_bytes);
    let (Some(size), Some(kind)) = (word(4), bytes.get(8..12)) else { return Err(broken("its header is cut off")) };
    let size = size as usize;
    let data = bytes.get(HEADER..).unwrap_or_default();
    match kind {
        b"MELA" => data.get(..size).map(<[u8]>::to_vec).ok_or_else(|| broken("it is cut off")),
        b"LZFu" => {
            if size > data.len().saturating_mul(RATIO) {
                return Err(broken("it claims to expand to more than it can"));
            }
            let out = inflate(data, size).ok_or_else(|| broken("it is cut off"))?;
            if out.len() < size { Err(broken("it ends before its length")) } else { Ok(out) }
        }
        _ => Err(broken("its compression is unknown")),
    }
}

fn inflate(data: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut ring = [0_u8; RING];
    ring.get_mut(..DICTIONARY.len())?.copy_from_slice(DICTIONARY);
    let mut end = DICTIONARY.len();
    let mut out = Vec::with_capacity(size);
    let mut input = data.iter().copied();
    while out.len() < size {
        let control = input.next()?;
        for bit in 0..8 {
            if control >> bit & 1 == 0 {
                let byte = input.next()?;
                out.push(byte);
                ring[end] = byte;
                end = (end + 1) % RING;
            } else {
                let reference = u16::from_be_bytes([input.next()?, input.next()?]);
                let (mut from, length) = (usize::from(reference >> 4), usize::from(reference & 0xF) + 2);
                if from == end {
                    return Some(out);
                }
                for _ in 0..length {
                    let byte = ring[from];
                    out.push(byte);
                    ring[end] = byte;
                    (from, end) = ((from + 1) % RING, (end + 1) % RING);
                }
            }
            if out.len() >= size {
                break;
            }
        }
    }
    out.truncate(size);
    Some(out)
}

/// Whether bytes behind the end of the body stand in its stream, where nothing would find them.
pub(super) fn has_more(bytes: &[u8]) -> bool {
    let claimed = bytes.first_chunk::<4>().map_or(0, |word| u32::from_le_bytes(*word) as usize);
    claimed.saturating_add(4) != bytes.len()
}

/// A body, uncompressed.
///
/// # Errors
/// [`Refusal::Limit`] above 4 GiB.
pub(super) fn wrap(rtf: &[u8]) -> Result<Vec<u8>, Refusal> {
    let size = u32::try_from(rtf.len()).ok().filter(|size| *size < u32::MAX - 12);
    let size = size.ok_or_else(|| Refusal::Limit("an RTF body is over 4 GiB".to_owned()))?;
    let mut out = Vec::with_capacity(HEADER + rtf.len());
    out.extend_from_slice(&(size + 12).to_le_bytes());
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(b"MELA\0\0\0\0");
    out.extend_from_slice(rtf);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body as a compressor would write it: the dictionary's first words by reference, then literals.
    fn compressed(reference: u16, literals: [u8; 6], size: u32) -> Vec<u8> {
        let end = ((DICTIONARY.len() + 17 + 6) as u16) << 4;
        let mut data = vec![0b1000_0001];
        data.extend_from_slice(&reference.to_be_bytes());
        data.extend_from_slice(&literals);
        data.extend_from_slice(&end.to_be_bytes());
        let mut out = (data.len() as u32 + 12).to_le_bytes().to_vec();
        out.extend_from_slice(&size.to_le_bytes());
        out.extend_from_slice(b"LZFu\0\0\0\0");
        out.extend_from_slice(&data);
        out
    }

    #[test]
    fn bodies_expand() {
        assert_eq!(DICTIONARY.len(), 207);
        let bytes = compressed(0x000F, *b"0 Jane", 23);
        assert_eq!(expand(&bytes).unwrap(), b"{\\rtf1\\ansi\\mac\\d0 Jane");
        assert!(!has_more(&bytes) && has_more(&[bytes.clone(), vec![0]].concat()));
        let plain = wrap(b"{\\rtf1 Jane}").unwrap();
        assert_eq!(expand(&plain).unwrap(), b"{\\rtf1 Jane}");
        assert!(!has_more(&plain));
    }

    #[test]
    fn broken_bodies_are_named() {
        let bytes = compressed(0x000F, *b"0 Jane", 23);
        for length in 0..bytes.len() - 2 {
            assert!(expand(&bytes[..length]).is_err(), "{length}");
        }
        assert!(expand(&compressed(0x000F, *b"0 Jane", u32::MAX)).is_err());
        assert!(expand(&compressed(0x000F, *b"0 Jane", 24)).is_err());
    }
}
