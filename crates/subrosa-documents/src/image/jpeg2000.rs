//! JPEG 2000: boxes are kept when the picture needs them, and comments in its code stream are left out. Written to ITU-T
//! T.800, annexes A and I.

/// First bytes of a file of boxes.
const BOXES: &[u8] = &[0, 0, 0, 12, b'j', b'P', b' ', b' '];
/// First bytes of a bare code stream.
const STREAM: &[u8] = &[0xFF, 0x4F, 0xFF, 0x51];

/// Boxes that decide how the picture looks.
const KEPT: &[&[u8; 4]] = &[b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"rreq"];

pub(super) fn claims(data: &[u8]) -> bool {
    data.starts_with(BOXES) || data.starts_with(STREAM)
}

/// The picture without XML, UUID and rights boxes and without comments.
pub(super) fn clean(data: &[u8]) -> Option<Vec<u8>> {
    if data.starts_with(STREAM) {
        return stream(data);
    }
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    while at < data.len() {
        let number = |from: usize| Some(u32::from_be_bytes(data.get(from..from + 4)?.try_into().ok()?));
        let kind = data.get(at + 4..at + 8)?;
        // A length of 1 says that a longer one follows, one of 0 that the box goes on to the end.
        let (head, length) = match number(at)? {
            0 => (8, data.len() - at),
            1 => (16, usize::try_from((u64::from(number(at + 8)?) << 32) | u64::from(number(at + 12)?)).ok()?),
            length => (8, usize::try_from(length).ok()?),
        };
        let end = at.checked_add(length).filter(|&end| length >= head && end <= data.len())?;
        let body = data.get(at + head..end)?;
        if kind == b"jp2c" {
            let body = stream(body)?;
            out.extend_from_slice(&u32::try_from(body.len() + 8).ok()?.to_be_bytes());
            out.extend_from_slice(kind);
            out.extend_from_slice(&body);
        } else if KEPT.iter().any(|kept| *kept == kind) {
            out.extend_from_slice(&u32::try_from(body.len() + 8).ok()?.to_be_bytes());
            out.extend_from_slice(kind);
            out.extend_from_slice(body);
        }
        at = end;
    }
    Some(out)
}

/// A code stream without the comments of its main header. What follows the first tile is data.
fn stream(data: &[u8]) -> Option<Vec<u8>> {
    let mut out = data.get(..2).filter(|start| *start == [0xFF, 0x4F])?.to_vec();
    let mut at = 2;
    loop {
        let [0xFF, marker] = *data.get(at..at + 2)? else { return None };
        if marker == 0x90 {
            out.extend_from_slice(data.get(at..)?);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes(data.get(at + 2..at + 4)?.try_into().ok()?));
        let segment = data.get(at..at + 2 + length).filter(|_| length >= 2)?;
        if marker != 0x64 {
            out.extend_from_slice(segment);
        }
        at += segment.len();
    }
}

/// What stands before the first tile, boxes of text included, and what follows the end.
pub(super) fn beside_pixels(data: &[u8]) -> Vec<(&'static str, &[u8])> {
    let tile = memchr::memmem::find(data, &[0xFF, 0x90]).unwrap_or(data.len());
    let end = memchr::memmem::rfind(data, &[0xFF, 0xD9]).map_or(data.len(), |end| end + 2);
    vec![("header", data.get(..tile).unwrap_or_default()), ("end of file", data.get(end..).unwrap_or_default())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8], body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
    }

    #[test]
    fn boxes_and_comments_of_people_go() {
        let head = [STREAM, &[0, 4, 1, 2]].concat();
        let comment = [&[0xFF, 0x64, 0, 11, 0, 1][..], b"Roebuck"].concat();
        let tile = [0xFF, 0x90, 0, 10, 1, 2, 3];
        let picture = |xml: &[u8], stream: &[u8]| {
            let start = boxed(b"jP  ", &[0x0D, 0x0A, 0x87, 0x0A]);
            [start, boxed(b"ftyp", b"jp2 "), xml.to_vec(), boxed(b"jp2c", stream)].concat()
        };
        let bare = [&head[..], &tile].concat();
        let told = [&head[..], &comment, &tile].concat();
        let cleaned = clean(&picture(&boxed(b"xml ", b"<by>Roebuck</by>"), &told)).unwrap();
        assert_eq!(cleaned, picture(b"", &bare));
        assert_eq!(clean(&told).unwrap(), bare);
        for length in 0..told.len() {
            let _ = clean(&told[..length]);
            let _ = clean(&picture(b"", &told)[..length]);
        }
    }
}
