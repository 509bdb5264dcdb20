//! Characters: bytes of a code page, `\'hh`, `\u` with what stands for it in older readers.

use super::{Pending, Reader};
use crate::flow::{Piece, Reading, Table};
use crate::formats::rtf::body::{PLAIN, UNIT};
use crate::formats::rtf::charset;
use crate::formats::rtf::destination::Destination;
use crate::xml::{Kind, Slot};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn hex(&mut self, byte: u8, range: Range<usize>) {
        if self.skipped(&range, 1) == 0 {
            self.bytes_of(byte, range);
        }
    }

    pub(super) fn text(&mut self, text: &[u8], start: usize) {
        if let Some(group) = self.stack.last_mut() {
            group.fresh = false;
        }
        match self.state.destination {
            Destination::Gone(_) | Destination::Silent => return,
            Destination::Picture => return self.digits(text, start),
            _ => {}
        }
        let mut at = self.skipped(&(start..start + text.len()), text.len());
        while at < text.len() {
            let rest = text.get(at..).unwrap_or_default();
            let plain = if self.pending.is_some() {
                0
            } else {
                rest.iter().take_while(|byte| matches!(byte, b' '..=b'~' | b'\t')).count()
            };
            if plain > 0 {
                let run = rest.get(..plain).and_then(|run| std::str::from_utf8(run).ok()).unwrap_or_default();
                self.push(run, start + at..start + at + plain, PLAIN);
                at += plain;
            } else if let Some(byte) = rest.first() {
                self.bytes_of(*byte, start + at..start + at + 1);
                at += 1;
            }
        }
    }

    /// Takes characters behind a `\u` that stand in for it: how many of `length` that were.
    pub(super) fn skipped(&mut self, range: &Range<usize>, length: usize) -> usize {
        let Some((left, flow)) = self.skipping else { return 0 };
        let taken = left.min(length);
        let end = if length == 1 { range.end } else { range.start + taken };
        let piece = self.flows.get_mut(flow).and_then(|flow| flow.pieces.last_mut());
        match &mut self.pending {
            Some(Pending::Surrogate(_, open)) => open.end = end,
            _ => {
                if let Some(piece) = piece {
                    piece.slot.end = end;
                }
            }
        }
        self.skipping = (left > taken).then_some((left - taken, flow));
        taken
    }

    pub(super) fn unicode(&mut self, code: i32, range: Range<usize>) {
        let unit = code as u16;
        self.skipping = None;
        let flow = self.target();
        match (self.pending.take(), unit) {
            (Some(Pending::Surrogate(high, open)), 0xDC00..=0xDFFF) => {
                let code = 0x1_0000 + ((u32::from(high) - 0xD800) << 10) + (u32::from(unit) - 0xDC00);
                let char = char::from_u32(code).unwrap_or('\u{FFFD}');
                self.push(char.encode_utf8(&mut [0; 4]), open.start..range.end, UNIT);
            }
            (pending, _) => {
                if let Some(Pending::Lead(_, open) | Pending::Surrogate(_, open)) = pending {
                    self.push("\u{FFFD}", open, UNIT);
                }
                if matches!(unit, 0xD800..=0xDBFF) {
                    self.pending = Some(Pending::Surrogate(unit, range));
                } else {
                    // Symbol fonts stand in the private area with the code of the key in the low byte.
                    let unit = if matches!(unit, 0xF020..=0xF0FF) { unit - 0xF000 } else { unit };
                    let char = char::from_u32(u32::from(unit)).filter(|char| *char != '\0').unwrap_or('\u{FFFD}');
                    self.push(char.encode_utf8(&mut [0; 4]), range, UNIT);
                }
            }
        }
        if self.state.skip > 0 {
            self.skipping = Some((self.state.skip, flow));
        }
    }

    /// The encoding of bytes at this place.
    pub(super) fn encoding(&mut self) -> &'static Encoding {
        let font = match self.state.far_east_font.filter(|_| self.state.far_east) {
            _ if self.state.destination == Destination::Fonts => self.font,
            Some(font) => Some(font),
            None => self.state.font,
        };
        let of_font = font.and_then(|font| self.fonts.get(&font).copied().flatten());
        let page = of_font.or(self.code_page).unwrap_or(1252);
        charset::of_code_page(page).unwrap_or_else(|| {
            self.unknown_page = true;
            WINDOWS_1252
        })
    }

    /// A byte of text.
    pub(super) fn bytes_of(&mut self, byte: u8, range: Range<usize>) {
        if let Some(group) = self.stack.last_mut() {
            group.fresh = false;
        }
        if matches!(self.state.destination, Destination::Gone(_) | Destination::Silent | Destination::Picture) {
            return;
        }
        match self.pending.take() {
            Some(Pending::Lead(lead, open)) => {
                let encoding = self.encoding();
                let text = charset::decode(encoding, &[lead, byte]);
                return self.push(&text, open.start..range.end, UNIT);
            }
            Some(Pending::Surrogate(_, open)) => self.push("\u{FFFD}", open, UNIT),
            None => {}
        }
        if byte < 0x80 {
            if byte >= 0x20 || byte == b'\t' {
                self.push_char(char::from(byte), range);
            }
            return;
        }
        let encoding = self.encoding();
        if charset::is_lead(encoding, byte) {
            self.pending = Some(Pending::Lead(byte, range));
        } else {
            self.push(&charset::decode(encoding, &[byte]), range, UNIT);
        }
    }

    pub(super) fn push_char(&mut self, char: char, range: Range<usize>) {
        self.push(char.encode_utf8(&mut [0; 4]), range, UNIT);
    }

    /// The flow that text goes to: in a table the cell that is open.
    pub(super) fn target(&mut self) -> usize {
        if !self.state.body {
            return self.state.flow;
        }
        if !self.state.in_table && !self.row_open {
            self.end_table();
            return self.state.flow;
        }
        if let Some(cell) = self.cell {
            return cell;
        }
        if self.table.is_none() {
            self.tables += 1;
            self.table = Some(Table::new(self.tables));
        }
        let place = self.table.as_ref().map_or_else(String::new, Table::next_place);
        let cell = self.begin(&place, None, false);
        self.cell = Some(cell);
        cell
    }

    pub(super) fn push(&mut self, text: &str, range: Range<usize>, kind: Kind) {
        if matches!(self.state.destination, Destination::Gone(_) | Destination::Silent | Destination::Picture) {
            return;
        }
        let reading = match (self.state.deleted, self.state.revised) {
            (true, _) => Reading::Before,
            (false, true) => Reading::After,
            _ => Reading::Every,
        };
        let flow = self.target();
        let Some(flow) = self.flows.get_mut(flow) else { return };
        let start = flow.text.len();
        flow.text.push_str(text);
        let end = flow.text.len();
        // Characters that follow each other in both places are one piece.
        if kind == PLAIN
            && let Some(last) = flow.pieces.last_mut()
            && last.slot.kind == PLAIN
            && last.slot.end == range.start
            && last.end == start
            && last.reading == reading
        {
            (last.slot.end, last.end) = (range.end, end);
            return;
        }
        let slot = Slot { part: 0, start: range.start, end: range.end, kind };
        flow.pieces.push(Piece { start, end, slot, reading });
    }

    pub(super) fn add_bare(&mut self, text: &str) {
        let flow = self.target();
        if let Some(flow) = self.flows.get_mut(flow) {
            flow.text.push_str(text);
        }
    }
}
