//! Reads the tokens into flows.

use std::collections::HashMap;
use std::ops::Range;

use encoding_rs::{Encoding, WINDOWS_1252};
use subrosa_core::segment::Segment;

use super::body::{PLAIN, Picture, Place, RtfBody, UNIT};
use super::charset;
use super::destination::{self, Destination};
use super::tokens::{Token, Tokens};
use crate::document::{Document, UnreadPart};
use crate::flow::{Carrier, Collector, Flow, Piece, Reading, Table, drawn, readings};
use crate::image::{self, metafile};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Kind, Slot};

/// Reads a file.
///
/// # Errors
/// [`Refusal::Damaged`] when a group is not closed or a token breaks off, [`Refusal::Limit`] when groups nest too deeply.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let damaged = |reason: &str| Refusal::damaged("document", reason);
    let start = super::start(bytes).ok_or_else(|| damaged("it does not begin as RTF does"))?;
    let mut reader = Reader::new();
    let mut tokens = Tokens::new(bytes.get(start..).unwrap_or_default());
    let mut end = None;
    while let Some((token, range)) = tokens.next().map_err(damaged)? {
        let range = range.start + start..range.end + start;
        match token {
            Token::Open => {
                if reader.stack.len() >= limits.depth {
                    return Err(Refusal::Limit(format!("groups nest deeper than {}", limits.depth)));
                }
                reader.open(range.start);
            }
            Token::Close => {
                reader.close(range.end);
                if reader.stack.is_empty() {
                    end = Some(range.end);
                    break;
                }
            }
            Token::Word(word, parameter) => reader.word(word, parameter, range),
            Token::Symbol(symbol) => reader.symbol(symbol, range),
            Token::Hex(byte) => reader.hex(byte, range),
            Token::Text(text) => reader.text(text, range.start),
            Token::Binary(data) => reader.binary(data, range),
        }
    }
    let end = end.ok_or_else(|| damaged("a group is not closed; the file is cut off"))?;
    if bytes.get(end..).is_some_and(|rest| rest.iter().any(|byte| !byte.is_ascii_whitespace() && *byte != 0)) {
        reader.notes.push("removed: what follows the end of the document".to_owned());
    }
    Ok(reader.finish(bytes.get(..end).unwrap_or_default().to_vec()))
}

/// What a group inherits.
#[derive(Clone)]
struct State {
    destination: Destination,
    flow: usize,
    /// Whether a cell's text may replace the flow.
    body: bool,
    font: Option<i32>,
    far_east_font: Option<i32>,
    /// Which of the two the last selector of a run named.
    far_east: bool,
    skip: usize,
    deleted: bool,
    revised: bool,
    in_table: bool,
}

/// An open group.
struct Group {
    outer: State,
    start: usize,
    /// Whether no control word has come yet, and whether `\*` has.
    fresh: bool,
    starred: bool,
    /// Whether the group began its destination.
    own: bool,
}

/// A character of which the first byte has come, or the first half.
enum Pending {
    Lead(u8, Range<usize>),
    Surrogate(u16, Range<usize>),
}

struct PictureData {
    digits: Range<usize>,
    data: Vec<u8>,
    nibble: Option<u8>,
    kind: &'static str,
}

struct Reader {
    stack: Vec<Group>,
    state: State,
    flows: Vec<Flow>,
    structural: Vec<bool>,
    pending: Option<Pending>,
    /// Characters still to be skipped behind a `\u`, and the flow and piece they belong to.
    skipping: Option<(usize, usize)>,
    code_page: Option<i32>,
    fonts: HashMap<i32, Option<i32>>,
    font: Option<i32>,
    table: Option<Table>,
    tables: usize,
    row_open: bool,
    cell: Option<usize>,
    collector: Collector,
    name: String,
    picture: Option<PictureData>,
    pictures: Vec<Picture>,
    drawn: Vec<(String, Vec<Piece>)>,
    seen_pictures: usize,
    cuts: Vec<Range<usize>>,
    notes: Vec<String>,
    unread: Vec<UnreadPart>,
    unknown_page: bool,
}

impl Reader {
    fn new() -> Self {
        let state = State {
            destination: Destination::Inline,
            flow: 0,
            body: true,
            font: None,
            far_east_font: None,
            far_east: false,
            skip: 1,
            deleted: false,
            revised: false,
            in_table: false,
        };
        Self {
            stack: Vec::new(),
            state,
            flows: vec![Flow::default()],
            structural: vec![false],
            pending: None,
            skipping: None,
            code_page: None,
            fonts: HashMap::new(),
            font: None,
            table: None,
            tables: 0,
            row_open: false,
            cell: None,
            collector: Collector::default(),
            name: String::new(),
            picture: None,
            pictures: Vec::new(),
            drawn: Vec::new(),
            seen_pictures: 0,
            cuts: Vec::new(),
            notes: Vec::new(),
            unread: Vec::new(),
            unknown_page: false,
        }
    }

    fn begin(&mut self, place: &str, label: Option<&str>, structural: bool) -> usize {
        let labels = label.map(|label| self.collector.label(label)).into_iter().collect();
        self.flows.push(Flow { labels, ..Flow::at(place) });
        self.structural.push(structural);
        self.flows.len() - 1
    }

    fn open(&mut self, start: usize) {
        self.interrupt();
        self.stack.push(Group { outer: self.state.clone(), start, fresh: true, starred: false, own: false });
        // Names in lists stand in groups of their own.
        match self.state.destination {
            Destination::List(label) => self.state.flow = self.begin(label, Some(label), false),
            Destination::Structural(label) => self.state.flow = self.begin(label, None, true),
            Destination::Fonts => self.state.flow = self.begin("font name", None, true),
            _ => {}
        }
    }

    fn close(&mut self, end: usize) {
        self.interrupt();
        let Some(group) = self.stack.pop() else { return };
        if group.own {
            match self.state.destination {
                Destination::Gone(what) => {
                    self.cuts.push(group.start..end);
                    let note = format!("removed: {what}");
                    if !self.notes.contains(&note) {
                        self.notes.push(note);
                    }
                }
                Destination::Picture => self.end_picture(),
                Destination::Name => {
                    self.name = self.flows.get(self.state.flow).map(|flow| flow.text.trim().to_owned()).unwrap_or_default();
                }
                _ => {}
            }
        }
        self.state = group.outer;
    }

    /// Ends what a character may span.
    fn interrupt(&mut self) {
        self.skipping = None;
        match self.pending.take() {
            Some(Pending::Lead(_, range) | Pending::Surrogate(_, range)) => self.push("\u{FFFD}", range, UNIT),
            None => {}
        }
    }

    fn begin_destination(&mut self, destination: Destination) {
        let place = match destination {
            Destination::Inline => return,
            Destination::Story(place) => Some((place, None, false)),
            Destination::Field(label) | Destination::List(label) => Some((label, Some(label), false)),
            Destination::Structural(label) => Some((label, None, true)),
            Destination::Fonts => Some(("font name", None, true)),
            Destination::Name => Some(("property name", None, true)),
            Destination::Value => Some(("property", None, false)),
            Destination::Picture | Destination::Gone(_) | Destination::Silent => None,
        };
        if let Some((place, label, structural)) = place {
            let name = std::mem::take(&mut self.name);
            let label = if destination == Destination::Value && !name.is_empty() { Some(name.as_str()) } else { label };
            self.state.flow = self.begin(place, label, structural);
        }
        if destination == Destination::Picture {
            self.picture = Some(PictureData { digits: 0..0, data: Vec::new(), nibble: None, kind: "" });
        }
        self.state.body = false;
        self.state.in_table = false;
        self.state.destination = destination;
        if let Some(group) = self.stack.last_mut() {
            group.own = true;
        }
    }

    fn word(&mut self, word: &str, parameter: Option<i32>, range: Range<usize>) {
        if self.skipped(&range, 1) > 0 {
            return;
        }
        if word != "u" {
            self.interrupt();
        }
        let (fresh, starred) = self.stack.last_mut().map_or((false, false), |group| {
            let was = (group.fresh, group.starred);
            (group.fresh, group.starred) = (false, false);
            was
        });
        if matches!(self.state.destination, Destination::Gone(_)) {
            return;
        }
        if fresh && let Some(destination) = destination::of(word, starred) {
            self.begin_destination(destination);
            return;
        }
        let on = parameter != Some(0);
        match word {
            "par" | "sect" | "line" | "softline" | "lbr" | "page" | "column" | "nestrow" => self.end_line(),
            "tab" => self.push_char('\t', range),
            "emdash" => self.push_char('\u{2014}', range),
            "endash" => self.push_char('\u{2013}', range),
            "lquote" => self.push_char('\u{2018}', range),
            "rquote" => self.push_char('\u{2019}', range),
            "ldblquote" => self.push_char('\u{201C}', range),
            "rdblquote" => self.push_char('\u{201D}', range),
            "bullet" => self.push_char('\u{2022}', range),
            "emspace" | "enspace" | "qmspace" => self.push_char(' ', range),
            "cell" => self.end_cell(),
            "nestcell" => self.add_bare("\t"),
            "trowd" => self.row_open = true,
            "row" => {
                self.row_open = false;
                self.cell = None;
                if let Some(table) = &mut self.table {
                    table.row();
                }
            }
            "intbl" => self.state.in_table = true,
            "pard" => self.state.in_table = false,
            "u" => self.unicode(parameter.unwrap_or(0), range),
            "uc" => self.state.skip = usize::try_from(parameter.unwrap_or(1)).unwrap_or(0).min(255),
            "ansi" if self.code_page.is_none() => self.code_page = Some(1252),
            "mac" => self.code_page = Some(10000),
            "pc" => self.code_page = Some(437),
            "pca" => self.code_page = Some(850),
            "ansicpg" => self.code_page = parameter.filter(|page| *page != 0).or(self.code_page),
            "deff" if self.state.font.is_none() => self.state.font = parameter,
            "f" if self.state.destination == Destination::Fonts => {
                self.font = parameter;
                if let Some(font) = parameter {
                    self.fonts.entry(font).or_insert(None);
                }
            }
            "f" | "af" if self.state.far_east => self.state.far_east_font = parameter,
            "f" => self.state.font = parameter,
            "loch" | "hich" => self.state.far_east = false,
            "dbch" => self.state.far_east = true,
            "fcharset" | "cpg" => {
                let page = if word == "cpg" { parameter } else { parameter.and_then(charset::of_font) };
                if let Some(entry) = self.font.and_then(|font| self.fonts.get_mut(&font)) {
                    *entry = page;
                }
            }
            "plain" => {
                (self.state.deleted, self.state.revised, self.state.far_east) = (false, false, false);
            }
            "deleted" => self.state.deleted = on,
            "revised" => self.state.revised = on,
            _ => {
                if let (Destination::Picture, Some(picture)) = (self.state.destination, &mut self.picture) {
                    match word {
                        "pngblip" | "jpegblip" => picture.kind = "bitmap",
                        "emfblip" | "wmetafile" => picture.kind = "metafile",
                        "dibitmap" | "wbitmap" => picture.kind = "pixels",
                        "macpict" | "pmmetafile" => picture.kind = "other",
                        _ => {}
                    }
                }
            }
        }
    }

    fn symbol(&mut self, symbol: u8, range: Range<usize>) {
        if symbol == b'*' {
            if let Some(group) = self.stack.last_mut() {
                group.starred = group.fresh;
            }
            return;
        }
        if self.skipped(&range, 1) > 0 {
            return;
        }
        match symbol {
            b'\\' | b'{' | b'}' => self.bytes_of(symbol, range),
            b'~' => self.push_char('\u{A0}', range),
            b'-' => self.push_char('\u{AD}', range),
            b'_' => self.push_char('\u{2011}', range),
            b'\r' | b'\n' => self.end_line(),
            b'\t' => self.push_char('\t', range),
            _ => {}
        }
    }

    fn hex(&mut self, byte: u8, range: Range<usize>) {
        if self.skipped(&range, 1) == 0 {
            self.bytes_of(byte, range);
        }
    }

    fn text(&mut self, text: &[u8], start: usize) {
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
    fn skipped(&mut self, range: &Range<usize>, length: usize) -> usize {
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

    fn unicode(&mut self, code: i32, range: Range<usize>) {
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
    fn encoding(&mut self) -> &'static Encoding {
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
    fn bytes_of(&mut self, byte: u8, range: Range<usize>) {
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

    fn push_char(&mut self, char: char, range: Range<usize>) {
        self.push(char.encode_utf8(&mut [0; 4]), range, UNIT);
    }

    /// The flow that text goes to: in a table the cell that is open.
    fn target(&mut self) -> usize {
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

    fn push(&mut self, text: &str, range: Range<usize>, kind: Kind) {
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

    fn add_bare(&mut self, text: &str) {
        let flow = self.target();
        if let Some(flow) = self.flows.get_mut(flow) {
            flow.text.push_str(text);
        }
    }

    fn end_line(&mut self) {
        if matches!(self.state.destination, Destination::Gone(_) | Destination::Silent | Destination::Picture) {
            return;
        }
        let reading = match (self.state.deleted, self.state.revised) {
            (true, _) => Reading::Before,
            (false, true) => Reading::After,
            _ => Reading::Every,
        };
        let flow = self.target();
        if let Some(flow) = self.flows.get_mut(flow) {
            flow.end_line(reading);
        }
    }

    fn end_cell(&mut self) {
        if !self.state.body {
            return self.add_bare("\t");
        }
        let was = std::mem::replace(&mut self.state.in_table, true);
        let cell = self.target();
        self.state.in_table = was;
        if let Some(flow) = self.flows.get_mut(cell) {
            flow.end_line(Reading::Every);
        }
        if let Some(table) = &mut self.table {
            table.cell(cell);
        }
        self.cell = None;
    }

    fn end_table(&mut self) {
        self.cell = None;
        if let Some(table) = self.table.take() {
            table.label(&mut self.flows, &mut self.collector);
        }
    }

    fn digits(&mut self, text: &[u8], start: usize) {
        let Some(picture) = &mut self.picture else { return };
        for (offset, byte) in text.iter().enumerate() {
            let Some(digit) = char::from(*byte).to_digit(16) else { continue };
            if picture.digits.is_empty() {
                picture.digits = start + offset..start + offset;
            }
            picture.digits.end = start + offset + 1;
            match picture.nibble.take() {
                Some(high) => picture.data.push(high << 4 | digit as u8),
                None => picture.nibble = Some(digit as u8),
            }
        }
    }

    fn binary(&mut self, data: &[u8], range: Range<usize>) {
        if self.skipped(&range, 1) > 0 {
            return;
        }
        match (self.state.destination, &mut self.picture) {
            (Destination::Picture, Some(picture)) => {
                picture.data = data.to_vec();
                picture.digits = range;
            }
            (Destination::Gone(_), _) => {}
            _ => {
                self.cuts.push(range);
                self.notes.push("removed: binary data outside pictures and objects".to_owned());
            }
        }
    }

    fn end_picture(&mut self) {
        let Some(mut picture) = self.picture.take() else { return };
        if picture.data.is_empty() {
            return;
        }
        self.seen_pictures += 1;
        let name = format!("picture {}", self.seen_pictures);
        if metafile::is_metafile(&picture.data) {
            let Some(read) = metafile::read(&picture.data) else {
                self.unread.push(UnreadPart { part: name, reason: "a metafile whose records cannot be followed".to_owned() });
                return;
            };
            self.notes.push(format!("{name}: only its text records were looked into"));
            let before = picture.data.len();
            picture.data.truncate(read.end);
            let mut changed = before != read.end;
            for range in read.blank {
                if let Some(blank) = picture.data.get_mut(range) {
                    changed |= blank.iter().any(|byte| *byte != 0);
                    blank.fill(0);
                }
            }
            self.drawn.extend(drawn(self.pictures.len() + 1, &read.texts, &picture.data));
            self.pictures.push(Picture { range: picture.digits, data: picture.data, changed });
            return;
        }
        if picture.kind == "other" {
            self.unread.push(UnreadPart { part: name, reason: "a Macintosh or OS/2 picture".to_owned() });
            return;
        }
        match image::without_metadata(&picture.data) {
            Ok(cleaned) => {
                self.notes.push(format!("{name}: not looked into"));
                if let Some(data) = cleaned {
                    self.pictures.push(Picture { range: picture.digits, data, changed: true });
                }
            }
            Err(reason) => self.unread.push(UnreadPart { part: name, reason: reason.to_owned() }),
        }
    }

    fn finish(mut self, bytes: Vec<u8>) -> Document {
        self.interrupt();
        self.end_table();
        if self.unknown_page {
            let reason = "characters of a code page that is not known here".to_owned();
            self.unread.push(UnreadPart { part: "document".to_owned(), reason });
        }
        let mut runs = Vec::new();
        let mut naming = Vec::new();
        for (flow, structural) in std::mem::take(&mut self.flows).into_iter().zip(&self.structural) {
            if flow.pieces.is_empty() || flow.text.trim().is_empty() || is_bare_tag(&flow) {
                continue;
            }
            if *structural {
                naming.push(flow);
            } else {
                let others = readings::of(&flow);
                runs.extend(std::iter::once(flow).chain(others));
            }
        }
        let drawn = self.drawn.into_iter().map(|(text, pieces)| Flow { text, pieces, ..Flow::at("picture, drawn text") });
        runs.extend(drawn);
        let named = runs.len();
        let mut segments = Vec::new();
        let mut places = Vec::new();
        for (number, flow) in runs.into_iter().chain(naming).enumerate() {
            let lines = memchr::memchr_iter(b'\n', flow.text.as_bytes()).collect();
            places.push(Place { detail: flow.place, carrier: Carrier::Run(flow.pieces), lines });
            segments.push(Segment { text: flow.text, labels: flow.labels, structural: number >= named });
        }
        let body = RtfBody { bytes, places, pictures: self.pictures, cuts: self.cuts, notes: self.notes };
        Document { segments, unread: self.unread, body: Box::new(body) }
    }
}

/// A tag of encapsulated HTML without attributes holds nothing of anybody's.
fn is_bare_tag(flow: &Flow) -> bool {
    let text = flow.text.trim();
    flow.place == "HTML tag"
        && text
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'))
            .is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b':' | b'!')))
}
