//! GIF: blocks are kept when the picture needs them. Written to the GIF89a specification.

/// Application blocks that say how often an animation runs.
const KEPT: &[&[u8]] = &[b"NETSCAPE2.0", b"ANIMEXTS1.0"];

/// Whether the bytes begin like a GIF.
pub(super) fn claims(data: &[u8]) -> bool {
    data.starts_with(b"GIF87a") || data.starts_with(b"GIF89a")
}

/// The picture up to its end, without comments, plain text and application data.
pub(super) fn clean(data: &[u8]) -> Option<Vec<u8>> {
    let mut at = 13 + table(*data.get(10)?);
    let mut out = data.get(..at)?.to_vec();
    loop {
        let start = at;
        match data.get(at)? {
            0x3B => {
                out.push(0x3B);
                return Some(out);
            }
            0x2C => {
                at += 10 + table(*data.get(at + 9)?) + 1;
                at = sub_blocks(data, at)?;
                out.extend_from_slice(data.get(start..at)?);
            }
            0x21 => {
                let label = *data.get(at + 1)?;
                at = sub_blocks(data, at + 2)?;
                let block = data.get(start..at)?;
                let kept = label == 0xF9 || label == 0xFF && block.get(3..14).is_some_and(|name| KEPT.contains(&name));
                if kept {
                    out.extend_from_slice(block);
                }
            }
            _ => return None,
        }
    }
}

/// Bytes of the colour table that a packed field announces.
fn table(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

/// The end of a row of sub-blocks.
fn sub_blocks(data: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*data.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
