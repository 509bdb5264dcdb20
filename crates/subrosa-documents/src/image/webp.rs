//! WebP: chunks are kept when the picture needs them. Written to RFC 9649.

const KEPT: &[&[u8]] = &[b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// The flags of the extended header that announce EXIF and XMP.
const ANNOUNCED: u8 = 0b0000_1100;

/// Whether the bytes begin like a WebP.
pub(super) fn claims(data: &[u8]) -> bool {
    data.starts_with(b"RIFF") && data.get(8..12) == Some(b"WEBP")
}

/// The picture without EXIF, XMP, unknown chunks, and what follows its end.
pub(super) fn clean(data: &[u8]) -> Option<Vec<u8>> {
    let size = u32::from_le_bytes(data.get(4..8)?.try_into().ok()?) as usize;
    let end = size.checked_add(8)?;
    let data = data.get(..end)?;
    let mut out = data.get(..12)?.to_vec();
    let mut at = 12;
    while at < end {
        let kind = data.get(at..at + 4)?;
        let length = u32::from_le_bytes(data.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let until = at.checked_add(8)?.checked_add(length)?;
        let chunk = data.get(at..until)?;
        if KEPT.contains(&kind) {
            let start = out.len();
            out.extend_from_slice(chunk);
            if length % 2 == 1 {
                out.push(0);
            }
            if kind == b"VP8X"
                && let Some(flags) = out.get_mut(start + 8)
            {
                *flags &= !ANNOUNCED;
            }
            if kind == b"ICCP" {
                super::icc::blank_text(out.get_mut(start + 8..start + 8 + length)?);
            }
        }
        at = until + length % 2;
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    Some(out)
}
