//! Takes metadata out of pictures without touching a pixel: segments and chunks are copied or left out.
//!
//! Nothing is decoded. A picture whose structure cannot be followed to its end is not passed: what lies behind the break
//! could be anything.

mod jpeg;
pub(crate) mod metafile;
mod png;

/// The picture without metadata; nothing when there is none to take out.
///
/// # Errors
/// Why the picture cannot be cleaned.
pub(crate) fn without_metadata(data: &[u8]) -> Result<Option<Vec<u8>>, &'static str> {
    let cleaned = if data.starts_with(png::SIGNATURE) {
        png::clean(data).ok_or("a PNG picture that breaks off")?
    } else if data.starts_with(&[0xFF, 0xD8, 0xFF]) {
        jpeg::clean(data).ok_or("a JPEG picture that breaks off")?
    } else {
        return Ok(None);
    };
    Ok((cleaned != data).then_some(cleaned))
}
