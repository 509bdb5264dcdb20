//! BMP: whether a file is nothing but headers, colours and pixels. Written to [MS-WMF] 2.2.2 and the bitmap headers of GDI.

/// Whether the bytes begin like a BMP.
pub(super) fn claims(data: &[u8]) -> bool {
    let header = data.get(14..18).and_then(|size| size.try_into().ok()).map_or(0, u32::from_le_bytes);
    data.starts_with(b"BM") && matches!(header, 12 | 40 | 52 | 56 | 64 | 108 | 124) && data.get(6..10) == Some(&[0; 4])
}

/// Whether nothing stands between the headers and the pixels, nor after them, nor a colour profile in the header. Of packed
/// pixels, whose end only a decoder finds, this is not known, and so false.
pub(super) fn is_plain(data: &[u8]) -> Option<bool> {
    let long = |at: usize| Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?) as usize);
    let (pixels, header) = (long(10)?, long(14)?);
    if header != 40 {
        return Some(false);
    }
    let (width, height) = (long(18)?, (long(22)? as u32 as i32).unsigned_abs() as usize);
    let (bits, packing, colours) = (usize::from(*data.get(28)?), long(30)?, long(46)?);
    let masks = if packing == 3 { 12 } else { 0 };
    let colours = if bits <= 8 && colours == 0 { 1 << bits } else { colours };
    let row = width.checked_mul(bits)?.div_ceil(32).checked_mul(4)?;
    let end = pixels.checked_add(row.checked_mul(height)?)?;
    Some(matches!(packing, 0 | 3) && pixels == 54 + masks + colours.checked_mul(4)? && data.len() == end)
}
