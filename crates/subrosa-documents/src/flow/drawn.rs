//! Text drawn in a metafile, as flows.

use subrosa_core::segment::Segment;

use super::{Piece, Reading};
use crate::image::metafile::MetaText;
use crate::xml::{Kind, Slot};

/// The texts of a metafile that is part number `part`: one line each, and once more with the texts of a line joined, if that
/// differs; and the names of its fonts.
pub(crate) fn drawn(part: usize, texts: &[MetaText], data: &[u8]) -> Vec<(Segment, Vec<Piece>)> {
    let mut out = Vec::new();
    let (fonts, shown): (Vec<&MetaText>, Vec<&MetaText>) = texts.iter().partition(|text| text.names_font);
    for joined in [false, true] {
        let (text, pieces, differs) = lines(part, &shown, data, joined);
        if (differs || !joined) && !text.trim().is_empty() {
            out.push((Segment::new(text), pieces));
        }
    }
    let (text, pieces, _) = lines(part, &fonts, data, false);
    if !text.trim().is_empty() {
        out.push((Segment::structural(text), pieces));
    }
    out
}

/// Texts line by line, and whether some of them stand at one height.
fn lines(part: usize, texts: &[&MetaText], data: &[u8], joined: bool) -> (String, Vec<Piece>, bool) {
    let mut text = String::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<Option<i32>> = None;
    let mut differs = false;
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
    (text, pieces, differs)
}
