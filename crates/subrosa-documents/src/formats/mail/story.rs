//! The text of a plain text part as it is meant: replies without their quote marks, flowed lines joined, encoded files
//! left out, with the way back to the text as it stands.
//!
//! Quote marks would stand in the middle of a name that goes over a line. References: RFC 3676 (`format=flowed`, `delsp`).

use std::ops::Range;

use subrosa_core::edit::Edit;

use super::uuencode;
use crate::encoding::Splice;
use crate::refusal::Refusal;

/// How lines follow each other.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flow {
    /// Lines that end in a space go on in the next.
    pub(super) flowed: bool,
    /// That space is no text.
    pub(super) delsp: bool,
}

/// The text as it is meant.
pub(super) struct Story {
    /// The text.
    pub(super) text: String,
    /// (offset in the text, range of what stands for it), in order; what lies between is left out.
    pieces: Vec<(usize, Range<usize>)>,
    /// Uuencoded files: the name, and the lines of data.
    pub(super) files: Vec<uuencode::Block>,
    /// Something else that is left out and cannot be read, by what it is.
    pub(super) unread: Vec<(Range<usize>, &'static str)>,
}

/// Armours and encodings that are not read: first line, last line, what they are.
const UNREAD: &[(&str, &str, &str)] = &[
    ("-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----", "an encrypted PGP message"),
    ("=ybegin ", "=yend ", "a file in yEnc"),
];

impl Story {
    /// Reads a text.
    pub(super) fn read(source: &str, flow: Flow) -> Self {
        let mut story =
            Self { text: String::with_capacity(source.len()), pieces: Vec::new(), files: Vec::new(), unread: Vec::new() };
        let left_out = story.encoded(source);
        let mut start = 0;
        for place in left_out {
            story.lines(source, start..place.start, flow);
            start = place.end;
        }
        story.lines(source, start..source.len(), flow);
        story
    }

    /// What is no text, in order.
    fn encoded(&mut self, source: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut at = 0;
        while let Some(block) = uuencode::find(source.as_bytes(), at) {
            at = block.end;
            places.push(block.data.clone());
            self.files.push(block);
        }
        for &(first, last, what) in UNREAD {
            let mut at = 0;
            while let Some(found) = source.get(at..).and_then(|rest| rest.find(first)) {
                let start = at + found;
                at = start + first.len();
                let line_start = start == 0 || source.as_bytes().get(start - 1) == Some(&b'\n');
                if !line_start || places.iter().any(|place| place.contains(&start)) {
                    continue;
                }
                let rest = source.get(start..).unwrap_or_default();
                let end = rest.find(last).map_or(source.len(), |end| start + end);
                let end = source.get(end..).and_then(|rest| rest.find('\n')).map_or(source.len(), |line| end + line + 1);
                places.push(start..end);
                self.unread.push((start..end, what));
                at = end;
            }
        }
        places.sort_by_key(|place| place.start);
        // Of overlapping ones the first holds the others.
        let mut end = 0;
        places.retain(|place| {
            let apart = place.start >= end;
            end = end.max(place.end);
            apart
        });
        places
    }

    fn lines(&mut self, source: &str, range: Range<usize>, flow: Flow) {
        let text = source.get(range.clone()).unwrap_or_default();
        let quoted = text.starts_with('>') || memchr::memmem::find(text.as_bytes(), b"\n>").is_some();
        if !quoted && !flow.flowed {
            return self.keep(source, range);
        }
        let mut at = range.start;
        // How deep the line before was quoted, when it goes on.
        let mut going_on: Option<usize> = None;
        for line in text.split_inclusive('\n') {
            let (depth, mark) = quote(line, flow.flowed);
            if let Some(before) = going_on.take()
                && before != depth
            {
                // No line goes on in one that is quoted otherwise: what was taken for a soft break is one.
                self.restore_break(source, at);
            }
            let content = at + mark;
            let next = at + line.len();
            let body = line.trim_end_matches(['\n', '\r']);
            let soft = flow.flowed && body.len() < line.len() && body.ends_with(' ') && body.get(mark..) != Some("-- ");
            if soft && body.len() > mark {
                let end = at + body.len() - usize::from(flow.delsp);
                self.keep(source, content..end);
                going_on = Some(depth);
            } else {
                self.keep(source, content..next);
            }
            at = next;
        }
        if going_on.is_some() {
            self.restore_break(source, at);
        }
    }

    /// Takes in what was left out since the last piece, up to `end`.
    fn restore_break(&mut self, source: &str, end: usize) {
        let start = self.pieces.last().map_or(end, |(_, place)| place.end);
        self.keep(source, start..end);
    }

    fn keep(&mut self, source: &str, range: Range<usize>) {
        let Some(text) = source.get(range.clone()).filter(|text| !text.is_empty()) else { return };
        let start = self.text.len();
        self.text.push_str(text);
        match self.pieces.last_mut() {
            Some((_, last)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push((start, range)),
        }
    }

    /// Where a character of the text stands in the source.
    pub(super) fn place(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.pieces.get(index).map_or(0, |(start, place)| (place.start + at.saturating_sub(*start)).min(place.end))
    }

    /// The changes of the source that make the edits.
    ///
    /// # Errors
    /// [`Refusal::Internal`] when an edit does not lie in the text.
    pub(super) fn write(&self, edits: &[Edit]) -> Result<Vec<Splice>, Refusal> {
        let splices = edits.iter().map(|edit| {
            if edit.span.end > self.text.len() {
                return Err(Refusal::Internal("an edit lies outside its part".to_owned()));
            }
            let start = self.place(edit.span.start);
            // Up to the end of the last character that goes, not up to the place of the next, which may stand lines below.
            let end = if edit.span.is_empty() { start } else { self.place(edit.span.end - 1) + 1 };
            Ok(Splice { range: start..end, text: edit.replacement.clone() })
        });
        splices.collect()
    }
}

/// How deep a line is quoted, and the bytes of its quote marks.
fn quote(line: &str, flowed: bool) -> (usize, usize) {
    let bytes = line.as_bytes();
    let (mut depth, mut mark, mut at) = (0, 0, 0);
    while bytes.get(at) == Some(&b'>') {
        depth += 1;
        at += 1;
        mark = at;
        if !flowed && bytes.get(at) == Some(&b' ') && bytes.get(at + 1) == Some(&b'>') {
            at += 1;
        }
    }
    // The blank behind the marks, and in flowed text the one that keeps a line from looking quoted.
    if bytes.get(mark) == Some(&b' ') && (depth > 0 || flowed) && bytes.get(mark..mark + 3) != Some(b"-- ") {
        mark += 1;
    }
    (depth, mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa_core::entity::Entity;
    use subrosa_core::span::Span;

    fn edited(source: &str, flow: Flow, from: &str, to: &str) -> String {
        let story = Story::read(source, flow);
        let at = story.text.find(from).unwrap();
        let edit = Edit {
            span: Span::new(at, at + from.len()),
            replacement: to.to_owned(),
            entity: Entity::PERSON,
            operator: "replace",
        };
        let mut out = source.to_owned();
        for splice in story.write(&[edit]).unwrap() {
            out.replace_range(splice.range, &splice.text);
        }
        out
    }

    #[test]
    fn quotes_are_read_without_their_marks() {
        let source = "Hi\n> Dear Jane\n> Roe,\n> > all >well\n\n>>x\nend > 3\n";
        assert_eq!(Story::read(source, Flow::default()).text, "Hi\nDear Jane\nRoe,\nall >well\n\nx\nend > 3\n");
        let written = edited(source, Flow::default(), "Jane\nRoe", "[P]");
        assert_eq!(written, "Hi\n> Dear [P],\n> > all >well\n\n>>x\nend > 3\n");
    }

    #[test]
    fn flowed_lines_are_joined() {
        let flow = Flow { flowed: true, delsp: false };
        let source = "Dear Jane \r\nRoe, \r\n> quoted \r\n> on\r\n \u{e9} stuffed\r\n-- \r\nJ \r\n";
        let text = "Dear Jane Roe, \r\nquoted on\r\n\u{e9} stuffed\r\n-- \r\nJ \r\n";
        assert_eq!(Story::read(source, flow).text, text);
        assert_eq!(edited(source, flow, "Jane Roe", "[P]"), source.replace("Jane \r\nRoe", "[P]"));
        assert_eq!(Story::read("a \nb", Flow { flowed: true, delsp: true }).text, "ab");
        assert_eq!(Story::read("a \n", Flow { flowed: true, delsp: true }).text, "a \n");
    }

    #[test]
    fn files_in_the_text_are_no_text() {
        let data = uuencode::encode(b"Jane Roe", "\n");
        let source = format!(
            "see\nbegin 644 notes.txt\n{data}`\nend\nbye\n-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----\n."
        );
        let story = Story::read(&source, Flow::default());
        assert_eq!(story.text, "see\nbegin 644 notes.txt\n`\nend\nbye\n.");
        assert_eq!((story.files.len(), story.unread.len()), (1, 1));
    }
}
