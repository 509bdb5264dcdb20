//! Images are copied pixel for pixel, but what a camera or a program wrote beside the pixels is left out.

use lopdf::Dictionary;

use super::store::Store;

/// The data of an image without the comments and application segments of a JPEG file. The segment that tells the colour
/// transform and the colour profile stay.
pub(super) fn without_metadata(store: &Store, dict: &Dictionary, data: &[u8]) -> Vec<u8> {
    let jpeg = match store.get(dict, b"Filter") {
        lopdf::Object::Name(name) => name == b"DCTDecode",
        lopdf::Object::Array(names) => {
            matches!(names.as_slice(), [one] if store.resolve(one).as_name().is_ok_and(|name| name == b"DCTDecode"))
        }
        _ => false,
    };
    if jpeg { strip_jpeg(data).unwrap_or_else(|| data.to_vec()) } else { data.to_vec() }
}

fn strip_jpeg(data: &[u8]) -> Option<Vec<u8>> {
    let mut out = data.strip_prefix(&[0xff, 0xd8]).map(|_| vec![0xff, 0xd8])?;
    let mut at = 2;
    loop {
        let &[0xff, marker] = data.get(at..at + 2)? else {
            return None;
        };
        if marker == 0xff {
            at += 1;
            continue;
        }
        if marker == 0xda {
            out.extend_from_slice(&data[at..]);
            return Some(out);
        }
        let &[high, low] = data.get(at + 2..at + 4)? else {
            return None;
        };
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        let segment = data.get(at..end)?;
        let body = segment.get(4..).unwrap_or_default();
        let metadata = marker == 0xfe || (0xe1..=0xef).contains(&marker) && marker != 0xee && !body.starts_with(b"ICC_PROFILE\0");
        if !metadata {
            out.extend_from_slice(segment);
        }
        at = end;
    }
}
