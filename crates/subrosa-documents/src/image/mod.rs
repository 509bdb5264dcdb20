//! Takes metadata out of pictures without touching a pixel: segments and chunks are copied or left out.
//!
//! Nothing is decoded. A picture whose structure cannot be followed to its end is not passed: what lies behind the break
//! could be anything.

mod bmp;
mod gif;
mod icc;
mod jpeg;
mod jpeg2000;
pub(crate) mod metafile;
mod png;
mod webp;

/// The picture without metadata; nothing when there is none to take out.
///
/// # Errors
/// Why the picture cannot be cleaned.
pub(crate) fn without_metadata(data: &[u8]) -> Result<Option<Vec<u8>>, &'static str> {
    let cleaned = if data.starts_with(png::SIGNATURE) {
        png::clean(data).ok_or("a PNG picture that breaks off")?
    } else if data.starts_with(&[0xFF, 0xD8, 0xFF]) {
        jpeg::clean(data).ok_or("a JPEG picture that breaks off")?
    } else if gif::claims(data) {
        gif::clean(data).ok_or("a GIF picture that breaks off")?
    } else if webp::claims(data) {
        webp::clean(data).ok_or("a WebP picture that breaks off")?
    } else {
        return Ok(None);
    };
    Ok((cleaned != data).then_some(cleaned))
}

/// The data of a JPEG or JPEG 2000 picture within a document, without metadata, as far as its structure can be followed.
/// Nothing for other data and for a JPEG 2000 picture whose structure cannot be followed.
pub(crate) fn salvaged(data: &[u8]) -> Option<Vec<u8>> {
    // Some programs leave a line end before the data.
    let head = data.get(..data.len().min(16)).unwrap_or_default();
    if let Some(start) = memchr::memmem::find(head, &[0xFF, 0xD8, 0xFF]) {
        data.get(start..).map(jpeg::salvage)
    } else if jpeg2000::claims(data) {
        jpeg2000::clean(data)
    } else {
        None
    }
}

/// A PNG without metadata and with its first picture only, none of its animation.
pub(crate) fn still_png(data: &[u8]) -> Option<Vec<u8>> {
    png::still(data)
}

/// What says how the colours and the size of a PNG or JPEG are meant: chunks or segments to go behind the first of another
/// file of the kind.
pub(crate) fn appearance(data: &[u8]) -> Vec<u8> {
    if data.starts_with(png::SIGNATURE) { png::appearance(data) } else { jpeg::appearance(data) }
}

/// Whether the bytes begin like a BMP.
pub(crate) fn is_bmp(data: &[u8]) -> bool {
    bmp::claims(data)
}

/// Whether a BMP is known to be nothing but headers, colours and pixels.
pub(crate) fn is_plain_bmp(data: &[u8]) -> bool {
    bmp::is_plain(data).unwrap_or(false)
}

/// The parts of a written picture that are no pixels, by name: whatever text were in the file, it would be there. Of kinds
/// that are always written anew from their pixels there are none.
pub(crate) fn beside_pixels(data: &[u8]) -> Vec<(&'static str, &[u8])> {
    if data.starts_with(png::SIGNATURE) {
        png::beside_pixels(data)
    } else if data.starts_with(&[0xFF, 0xD8, 0xFF]) {
        jpeg::beside_pixels(data)
    } else if jpeg2000::claims(data) {
        jpeg2000::beside_pixels(data)
    } else {
        Vec::new()
    }
}
