//! Reads the tokens into flows: groups, destinations, control words. What characters mean is in [`characters`], what becomes of
//! pictures in [`pictures`].

mod characters;
mod pictures;

use std::collections::HashMap;
use std::ops::Range;

use subrosa_core::segment::Segment;

use super::body::{Picture, Place, RtfBody, UNIT};
use super::charset;
use super::destination::{self, Destination};
use super::tokens::{Token, Tokens};
use crate::document::{Document, UnreadPart};
use crate::flow::{Carrier, Collector, Flow, Piece, Reading, Table, readings};
use crate::formats::Source;
use crate::limits::Limits;
use crate::nested::Children;
use crate::refusal::Refusal;

/// Reads a file.
///
/// # Errors
/// [`Refusal::Damaged`] when a group is not closed or a token breaks off, [`Refusal::Limit`] when groups nest too deeply.
pub(super) fn read(source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
    let bytes = source.bytes;
    let damaged = |reason: &str| Refusal::damaged("document", reason);
    let start = super::start(bytes).ok_or_else(|| damaged("it does not begin as RTF does"))?;
    let mut reader = Reader::new(*source, limits);
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

/// Hexadecimal digits from which on a text of nothing else is data.
const LEAST_DATA: usize = 8;

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

struct Reader<'s> {
    source: Source<'s>,
    limits: &'s Limits,
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
    /// Pictures that are documents of their own: how they are called, their digits or bytes, what was read.
    looked: Vec<(String, Range<usize>, Document)>,
    drawn: Vec<(Segment, Vec<Piece>)>,
    seen_pictures: usize,
    cuts: Vec<Range<usize>>,
    notes: Vec<String>,
    unread: Vec<UnreadPart>,
    unknown_page: bool,
}

impl<'s> Reader<'s> {
    fn new(source: Source<'s>, limits: &'s Limits) -> Self {
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
            source,
            limits,
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
            looked: Vec::new(),
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
                Destination::Field(destination::UNKNOWN) if self.is_data() => {
                    self.cuts.push(group.start..end);
                    if let Some(flow) = self.flows.get_mut(self.state.flow) {
                        flow.text.clear();
                        flow.pieces.clear();
                    }
                    let note = "removed: data of a kind that is not known".to_owned();
                    if !self.notes.contains(&note) {
                        self.notes.push(note);
                    }
                }
                Destination::Name => {
                    self.name = self.flows.get(self.state.flow).map(|flow| flow.text.trim().to_owned()).unwrap_or_default();
                }
                _ => {}
            }
        }
        self.state = group.outer;
    }

    /// Whether the text of the open flow is bytes in hexadecimal digits, which nobody wrote.
    fn is_data(&self) -> bool {
        let text = self.flows.get(self.state.flow).map_or("", |flow| flow.text.as_str());
        let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
        digits >= LEAST_DATA && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace())
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
        for (segment, pieces) in self.drawn {
            let flow = Flow { text: segment.text, pieces, ..Flow::at("picture, drawn text") };
            if segment.structural { naming.push(flow) } else { runs.push(flow) }
        }
        let named = runs.len();
        let mut segments = Vec::new();
        let mut places = Vec::new();
        for (number, flow) in runs.into_iter().chain(naming).enumerate() {
            let lines = memchr::memchr_iter(b'\n', flow.text.as_bytes()).collect();
            places.push(Place { detail: flow.place, carrier: Carrier::Run(flow.pieces), lines });
            segments.push(Segment { text: flow.text, labels: flow.labels, structural: number >= named });
        }
        let mut children = Children::default();
        let mut looked = Vec::new();
        for (name, range, document) in self.looked {
            looked.push((range, children.adopt(&name, document, &mut segments, &mut self.unread)));
        }
        let body = RtfBody { bytes, places, pictures: self.pictures, looked, children, cuts: self.cuts, notes: self.notes };
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
