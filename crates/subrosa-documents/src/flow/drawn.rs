//! Text drawn in a metafile, as flows.

use super::{Piece, Reading};
use crate::image::metafile::MetaText;
use crate::xml::{Kind, Slot};

/// The texts of a metafile that is part number `part`: one line each, and once more with the texts of a line joined, if that
/// differs.
pub(crate) fn drawn(part: usize, texts: &[MetaText], data: &[u8]) -> Vec<(String, Vec<Piece>)> {
    let mut out = Vec::new();
    for joined in [false, true] {
        let mut text = String::new();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut last: Option<Option<i32>> = None;
        let mut differs = !joined;
        for drawn in texts {
            let same_line = last.is_some_and(|line| line.is_some() && line == drawn.line);
            differs |= same_line;
            if last.is_some() && !(joined && same_line) {
                text.push('\n');
            }
            last = Some(drawn.line);
            let start = text.len();
            text.push_str(&drawn.decode(data));
            let kind = Kind::Fixed { wide: drawn.wide };
            let slot = Slot { part, start: drawn.range.start, end: drawn.range.end, kind };
            pieces.push(Piece { start, end: text.len(), slot, reading: Reading::Every });
        }
        if differs && !text.trim().is_empty() {
            out.push((text, pieces));
        }
    }
    out
}
