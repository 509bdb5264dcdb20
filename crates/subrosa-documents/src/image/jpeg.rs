//! JPEG: marker segments are kept when the picture needs them. Written to ITU-T T.81 annex B and T.871 (JFIF).

/// The picture up to its end, without comments and application segments but colour (JFIF, ICC, Adobe) and orientation.
pub(super) fn clean(data: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(data.len());
    copy(data, &mut out, false)?;
    Some(out)
}

/// As [`clean`], as far as the structure of the picture can be followed, and without bytes between segments: a viewer skips
/// those, and shows what it finds up to the break.
pub(super) fn salvage(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    if copy(data, &mut out, true).is_none() {
        out.extend_from_slice(&[0xFF, 0xD9]);
    }
    out
}

fn copy(data: &[u8], out: &mut Vec<u8>, skips: bool) -> Option<()> {
    out.extend_from_slice(data.get(..2)?);
    let mut at = 2;
    loop {
        if *data.get(at)? != 0xFF {
            at += memchr::memchr(0xFF, data.get(at..)?).filter(|_| skips)?;
        }
        let marker = *data.get(at + 1)?;
        match marker {
            0xFF => at += 1, // fill byte
            0xD9 => {
                out.extend_from_slice(&[0xFF, 0xD9]);
                return Some(());
            }
            0x01 | 0xD0..=0xD7 => {
                out.extend_from_slice(&[0xFF, marker]);
                at += 2;
            }
            _ => {
                let length = usize::from(u16::from_be_bytes([*data.get(at + 2)?, *data.get(at + 3)?]));
                let end = at.checked_add(2)?.checked_add(length)?;
                let segment = data.get(at..end)?;
                let payload = segment.get(4..)?;
                match marker {
                    0xE0 if payload.starts_with(b"JFIF\0") => out.extend_from_slice(&without_thumbnail(segment)?),
                    0xE1 if payload.starts_with(b"Exif\0\0") => out.extend_from_slice(&orientation_only(payload.get(6..)?)),
                    0xE2 if payload.starts_with(b"ICC_PROFILE\0") => out.extend_from_slice(&profile(segment)),
                    0xEE if payload.starts_with(b"Adobe") => out.extend_from_slice(segment),
                    0xE0..=0xEF | 0xFE => {}
                    _ => out.extend_from_slice(segment),
                }
                at = end;
                if marker == 0xDA {
                    let rest = data.get(at..)?;
                    let scan = scan_length(rest);
                    out.extend_from_slice(rest.get(..scan.unwrap_or(rest.len()))?);
                    at += scan?;
                }
            }
        }
    }
}

/// Bytes of entropy-coded data up to the next marker that is no restart.
fn scan_length(data: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr(0xFF, data.get(at..)?)?;
        match data.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}

/// The JFIF segment with its thumbnail taken out.
fn without_thumbnail(segment: &[u8]) -> Option<Vec<u8>> {
    let mut short = segment.get(..18)?.to_vec();
    (short[2], short[3]) = (0, 16);
    (short[16], short[17]) = (0, 0);
    Some(short)
}

/// An EXIF segment that says nothing but how the picture is turned; empty when it is not turned.
fn orientation_only(tiff: &[u8]) -> Vec<u8> {
    match orientation(tiff) {
        Some(turned @ 2..=8) => {
            let mut segment = vec![0xFF, 0xE1, 0, 34];
            segment.extend_from_slice(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
            segment.push(turned);
            segment.extend_from_slice(&[0, 0, 0, 0, 0, 0]);
            segment
        }
        _ => Vec::new(),
    }
}

/// The orientation tag (0x0112) of the first directory.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = [*tiff.get(at)?, *tiff.get(at.checked_add(1)?)?];
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let (high, low) = if little { (short(6)?, short(4)?) } else { (short(4)?, short(6)?) };
    let directory = (usize::from(high) << 16) | usize::from(low);
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map(|entry| directory + 2 + 12 * entry)
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at + 8)?.try_into().ok())
}

/// The colour profile, or a part of it, without its texts. Parts after the first hold curves and tables.
fn profile(segment: &[u8]) -> Vec<u8> {
    let mut segment = segment.to_vec();
    if let Some(profile) = segment.get_mut(18..) {
        super::icc::blank_text(profile);
    }
    segment
}

/// The segments that say how the colours of a picture in grey or three colours are meant.
pub(super) fn appearance(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 2;
    while let Some(&[0xFF, marker]) = data.get(at..at + 2) {
        let Some(length) = data.get(at + 2..at + 4).map(|pair| usize::from(u16::from_be_bytes([pair[0], pair[1]]))) else {
            break;
        };
        let Some(segment) = data.get(at..at + 2 + length) else { break };
        match marker {
            0xE2 if segment.get(4..).is_some_and(|payload| payload.starts_with(b"ICC_PROFILE\0")) => {
                out.extend_from_slice(&profile(segment));
            }
            // Four colours become three, and their profile is of no use.
            0xC0..=0xC2 if segment.get(9) == Some(&4) => return Vec::new(),
            0xDA => break,
            _ => {}
        }
        at += 2 + length;
    }
    out
}

/// Every segment before the pixels but tables, and what follows the end.
pub(super) fn beside_pixels(data: &[u8]) -> Vec<(&'static str, &[u8])> {
    let mut parts = Vec::new();
    let mut at = 2;
    while let Some(&[0xFF, marker, high, low]) = data.get(at..at + 4) {
        let Some(segment) = data.get(at..at + 2 + usize::from(u16::from_be_bytes([high, low]))) else { break };
        if matches!(marker, 0xE0..=0xEF | 0xFE) {
            parts.push(("segment", segment));
        }
        if marker == 0xDA {
            break;
        }
        at += segment.len();
    }
    let end = memchr::memmem::rfind(data, &[0xFF, 0xD9]).map_or(data.len(), |end| end + 2);
    parts.push(("end of file", data.get(end..).unwrap_or_default()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_followed_of_a_broken_picture_stays_clean() {
        let whole =
            [&[0xFF, 0xD8, 0xFF, 0xFE, 0, 9][..], b"Roebuck", &[0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9], b"Roebuck"].concat();
        let cleaned = [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9];
        assert_eq!(clean(&whole).unwrap(), cleaned);
        assert_eq!(salvage(&whole), cleaned);
        let open = &whole[..whole.len() - 9];
        assert_eq!(clean(open), None);
        assert_eq!(salvage(open), cleaned);
        let padded = [&whole[..13], b"Roe", &whole[13..]].concat();
        assert_eq!(clean(&padded), None);
        assert_eq!(salvage(&padded), cleaned);
        assert_eq!(salvage(&[&whole[..6], b"Roe"].concat()), [0xFF, 0xD8, 0xFF, 0xD9]);
    }
}
