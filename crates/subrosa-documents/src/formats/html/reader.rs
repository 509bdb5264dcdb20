//! Reads mark-up into segments: which texts flow together, and what names them.

use std::ops::Range;
use std::sync::Arc;

use super::characters::{self, FLOW, KEPT, Manner, RAW};
use super::code::Code;
use super::controls::Controls;
use super::names::{self, Content};
use super::tables::{self, Table};
use super::tokens::{Tag, Token, Tokens};
use crate::formats::Source;
use crate::limits::Limits;
use crate::mapped::{Builder, Mapped};
use crate::refusal::Refusal;

/// Mark-up in comments and frames that is read as mark-up, this deep; deeper it is read as text.
const DEEPEST: usize = 16;

/// Reads the mark-up of one file.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    pub(crate) source: &'a Source<'a>,
    pub(crate) limits: &'a Limits,
    pub(crate) xml: bool,
    pub(crate) builder: Builder<Code>,
    pub(crate) controls: Controls,
    frames: Vec<Frame>,
    tables: Vec<Table>,
    /// The term that stands before the next description, one for each open list.
    terms: Vec<Option<Arc<str>>>,
    /// Open elements that decide whether names are HTML's, and whether they are not.
    foreign: Vec<(&'static str, bool)>,
    /// Open elements that keep their white space.
    kept: usize,
    depth: usize,
    refused: Option<Refusal>,
}

/// Text that flows together.
struct Frame {
    kind: Kind,
    segment: usize,
    mapped: Mapped<Code>,
    labels: Vec<Arc<str>>,
    structural: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The whole, or the whole of a comment.
    Base,
    /// A cell of a table.
    Cell,
    /// A term of a list of descriptions.
    Term,
    /// A description.
    Description,
    /// An element that is a field of its own, ended by its end tag.
    Field(&'static str),
}

/// Elements that are fields of their own.
fn field(name: &str, foreign: bool) -> Option<&'static str> {
    match name {
        "select" if !foreign => Some("select"),
        "button" if !foreign => Some("button"),
        "title" if foreign => Some("title"),
        "desc" if foreign => Some("desc"),
        "script" if foreign => Some("script"),
        "style" if foreign => Some("style"),
        "metadata" if foreign => Some("metadata"),
        _ => None,
    }
}

/// Whether a document type declaration has entities that are more than an address.
pub(crate) fn composes(declaration: &str) -> bool {
    declaration.split("<!ENTITY").skip(1).any(|entity| {
        let value = entity.split(['"', '\'']).nth(1).unwrap_or_default();
        !["http://", "https://", "urn:"].iter().any(|scheme| value.starts_with(scheme)) || value.contains(['&', '<', ' '])
    })
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str, source: &'a Source<'a>, limits: &'a Limits, xml: bool, builder: Builder<Code>) -> Self {
        Self {
            text,
            source,
            limits,
            xml,
            builder,
            controls: Controls::default(),
            frames: Vec::new(),
            tables: Vec::new(),
            terms: Vec::new(),
            foreign: Vec::new(),
            kept: 0,
            depth: 0,
            refused: None,
        }
    }

    /// Reads everything.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when XML declares entities that text is made of.
    pub(crate) fn read(mut self) -> Result<Builder<Code>, Refusal> {
        self.run(0..self.text.len());
        self.finish()
    }

    /// The segments of what was read.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub(crate) fn finish(mut self) -> Result<Builder<Code>, Refusal> {
        if let Some(refused) = self.refused {
            return Err(refused);
        }
        let controls = std::mem::take(&mut self.controls);
        controls.label(&mut self.builder);
        Ok(self.builder)
    }

    /// Reads a stretch of mark-up whose texts flow with no others.
    pub(crate) fn run(&mut self, range: Range<usize>) {
        if self.depth == DEEPEST {
            let mapped = characters::mapped(self.text, range, RAW);
            self.builder.add(mapped, Vec::new(), false);
            return;
        }
        self.depth += 1;
        // What is open outside is not open here.
        let outside = (std::mem::take(&mut self.tables), std::mem::take(&mut self.terms), std::mem::take(&mut self.foreign));
        let kept = std::mem::take(&mut self.kept);
        let base = self.frames.len();
        self.open(Kind::Base, Vec::new());
        let mut tokens = Tokens::new(self.text, range, self.xml);
        while let Some(token) = tokens.next(self.xml || self.in_foreign()) {
            match token {
                Token::Text(range) => self.characters(range),
                Token::Start(tag) => self.start(&tag, &mut tokens),
                Token::End(tag) => self.end(&tag),
                Token::Comment(range) => self.comment(range),
                Token::Bogus(range) => self.bogus(range),
                Token::Doctype(range) => self.doctype(range),
                Token::Cdata(range) => self.cdata(range),
            }
        }
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.close_to(base);
        (self.tables, self.terms, self.foreign) = outside;
        self.kept = kept;
        self.depth -= 1;
    }

    fn in_foreign(&self) -> bool {
        self.foreign.last().is_some_and(|&(_, foreign)| foreign)
    }

    fn open(&mut self, kind: Kind, labels: Vec<Arc<str>>) {
        let segment = self.builder.reserve();
        self.frames.push(Frame { kind, segment, mapped: Mapped::default(), labels, structural: false });
    }

    /// Ends the frames above the first `open`.
    fn close_to(&mut self, open: usize) {
        while self.frames.len() > open {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let Frame { kind, segment, mut mapped, labels, structural } = frame;
        mapped.trim_end();
        if kind == Kind::Cell
            && let Some(table) = self.tables.last_mut()
        {
            let (end, builder) = (self.builder.segments.len(), &mut self.builder);
            table.close(end, mapped.text(), |label| builder.label(label));
        }
        if kind == Kind::Term {
            let label = tables::label(mapped.text(), true).map(|label| self.builder.label(label.trim_end_matches([':', ' '])));
            if let Some(term) = self.terms.last_mut() {
                *term = label;
            }
        }
        if mapped.text().trim().is_empty() {
            return;
        }
        let mapped = if kind == Kind::Field("script") {
            let escapes = characters::script_escapes(mapped.text());
            mapped.recoded(&escapes, Code::Script)
        } else {
            mapped
        };
        self.builder.fill(segment, mapped, labels);
        if let Some(segment) = self.builder.segments.get_mut(segment) {
            segment.structural = structural;
        }
    }

    /// Frames above which nothing of the current table is open.
    fn floor(&self) -> usize {
        self.tables.last().map_or(0, |table| table.frames)
    }

    /// Ends the innermost frame of one of the kinds, unless it is outside the current table.
    fn close_kind(&mut self, closes: impl Fn(Kind) -> bool) -> bool {
        let found = self.frames.iter().rposition(|frame| closes(frame.kind) || matches!(frame.kind, Kind::Base | Kind::Cell));
        let Some(found) = found.filter(|&found| found >= self.floor()) else { return false };
        if self.frames.get(found).is_some_and(|frame| closes(frame.kind)) {
            self.close_to(found);
            return true;
        }
        false
    }

    fn line(&mut self) {
        if let Some(frame) = self.frames.last_mut()
            && !frame.mapped.text().is_empty()
        {
            frame.mapped.trim_end();
            if !frame.mapped.text().is_empty() {
                frame.mapped.gap("\n");
            }
        }
    }

    fn gap(&mut self, text: &str) {
        if let Some(frame) = self.frames.last_mut()
            && !frame.mapped.text().is_empty()
            && (text == "\n" || !frame.mapped.text().ends_with(char::is_whitespace))
        {
            frame.mapped.gap(text);
        }
    }

    fn characters(&mut self, range: Range<usize>) {
        let manner = if self.kept > 0 { KEPT } else { FLOW };
        if let Some(frame) = self.frames.last_mut() {
            characters::push(self.text, range, manner, &mut frame.mapped);
        }
    }

    fn cdata(&mut self, range: Range<usize>) {
        let manner = Manner { references: false, code: Code::Cdata, ..if self.kept > 0 { KEPT } else { FLOW } };
        if let Some(frame) = self.frames.last_mut() {
            characters::push(self.text, range, manner, &mut frame.mapped);
        }
    }

    pub(crate) fn raw_text(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// A comment; mark-up in it is read as such.
    pub(crate) fn comment(&mut self, range: Range<usize>) {
        let inside = self.raw_text(range.clone());
        let markup = |text: &str| {
            text.match_indices('<').any(|(at, _)| {
                text.get(at + 1..)
                    .unwrap_or_default()
                    .starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!'))
            })
        };
        let condition = inside.trim_start().starts_with("[if").then(|| inside.find("]>")).flatten();
        if let Some(condition) = condition {
            let start = range.start + condition + 2;
            let mapped = characters::mapped(self.text, range.start..start, RAW);
            self.builder.add_shared(mapped, None, true);
            self.run(start..range.end);
        } else if markup(inside) {
            self.run(range);
        } else if !inside.trim().is_empty() {
            let mapped = characters::mapped(self.text, range, RAW);
            self.builder.add_shared(mapped, None, false);
        }
    }

    /// What is read like a comment: conditions, processing instructions, stray end tags.
    pub(crate) fn bogus(&mut self, range: Range<usize>) {
        let inside = self.raw_text(range.clone());
        let structural = ["[if", "[endif", "xml ", "xml-stylesheet", "import "].iter().any(|start| inside.starts_with(start));
        if inside.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            self.builder.add_shared(characters::mapped(self.text, range, RAW), None, structural);
        }
    }

    /// A document type declaration.
    pub(crate) fn doctype(&mut self, range: Range<usize>) {
        let inside = self.raw_text(range.clone());
        if inside.trim().eq_ignore_ascii_case("html") || inside.trim().is_empty() {
            return;
        }
        if self.xml && composes(inside) {
            let reason = "it declares entities, of which its text may be made";
            self.refused = Some(Refusal::damaged("document type declaration", reason));
        }
        let structural = !inside.contains('[');
        self.builder.add_shared(characters::mapped(self.text, range, RAW), None, structural);
    }

    fn start(&mut self, tag: &Tag, tokens: &mut Tokens<'_>) {
        let name = self.raw_text(tag.name.clone()).to_ascii_lowercase();
        let name = name.as_str();
        let foreign = self.in_foreign();
        self.name(tag.name.clone(), name);
        if let Some(field) = field(name, foreign).filter(|_| !tag.closed) {
            self.line();
            self.attributes(name, tag);
            self.open_field(field, tag);
            return;
        }
        match name {
            "svg" | "math" if !tag.closed => self.foreign.push((if name == "svg" { "svg" } else { "math" }, true)),
            "foreignobject" if foreign && !tag.closed => self.foreign.push(("foreignobject", false)),
            "table" => {
                self.line();
                self.tables.push(Table::new(self.frames.len()));
            }
            "tr" if !self.tables.is_empty() => self.row(),
            "td" | "th" if !self.tables.is_empty() => self.cell(name == "th", tag),
            "dl" => {
                self.line();
                self.terms.push(None);
            }
            "dt" => {
                self.close_kind(|kind| matches!(kind, Kind::Term | Kind::Description));
                self.frame(Kind::Term, Vec::new());
            }
            "dd" => {
                self.close_kind(|kind| matches!(kind, Kind::Term | Kind::Description));
                let labels = self.terms.last().cloned().flatten().into_iter().collect();
                self.frame(Kind::Description, labels);
            }
            "label" => {
                let id =
                    tag.attributes.iter().find(|attribute| self.raw_text(attribute.name.clone()).eq_ignore_ascii_case("for"));
                let id = id.map(|attribute| self.raw_text(attribute.value.clone()).to_owned());
                let (frame, at) = (self.frames.len(), self.frames.last().map_or(0, |frame| frame.mapped.text().len()));
                self.controls.open(id, frame, at);
            }
            "br" => self.gap("\n"),
            "pre" | "listing" if !tag.closed => {
                self.line();
                self.kept += 1;
            }
            _ if names::is_block(name) => self.line(),
            _ if names::is_box(name) => self.gap(" "),
            // Fields that office programs put into a page: `<o:Author>`.
            _ if name.starts_with("o:") && name != "o:p" => self.line(),
            _ => {}
        }
        self.attributes(name, tag);
        let closed = tag.closed && (self.xml || foreign);
        if !foreign && !closed {
            self.content(name, tag, tokens);
        }
    }

    /// The content of elements in which tags are text.
    fn content(&mut self, name: &str, tag: &Tag, tokens: &mut Tokens<'_>) {
        match names::content(name) {
            Content::Markup if name == "plaintext" => {
                let range = tokens.raw(b"\0");
                self.kept += 1;
                self.cdata(range);
            }
            Content::Markup => {}
            Content::Escaped if self.xml => {}
            Content::Escaped => {
                let range = tokens.raw(name.as_bytes());
                let mapped = characters::mapped(self.text, range, if name == "title" { FLOW } else { KEPT });
                if name == "title" {
                    let label = self.builder.label("title");
                    self.builder.add(mapped, vec![label], false);
                } else {
                    let segment = self.builder.add(mapped, Vec::new(), false);
                    self.control(segment, tag);
                }
            }
            Content::Raw if name == "xmp" => {
                let range = tokens.raw(name.as_bytes());
                self.kept += 1;
                self.cdata(range);
                self.kept -= 1;
            }
            Content::Raw => {
                let range = tokens.raw(name.as_bytes());
                if !self.raw_text(range.clone()).trim().is_empty() {
                    self.run(range);
                }
            }
            Content::Script if self.xml => self.open_field("script", tag),
            Content::Style if self.xml => self.open_field("style", tag),
            Content::Script => {
                let range = tokens.raw(name.as_bytes());
                self.script(range, tag);
            }
            Content::Style => {
                let range = tokens.raw(name.as_bytes());
                self.style(range);
            }
        }
    }

    fn end(&mut self, tag: &Tag) {
        let name = self.raw_text(tag.name.clone()).to_ascii_lowercase();
        let name = name.as_str();
        self.name(tag.name.clone(), name);
        self.attributes(name, tag);
        match name {
            "svg" | "math" | "foreignobject" => {
                if let Some(open) = self.foreign.iter().rposition(|&(open, _)| open == name) {
                    self.foreign.truncate(open);
                }
                self.line();
            }
            "table" => {
                if !self.tables.is_empty() {
                    self.end_table();
                }
            }
            "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" if !self.tables.is_empty() => self.close_to(self.floor()),
            "dt" | "dd" => {
                let kind = if name == "dt" { Kind::Term } else { Kind::Description };
                self.close_kind(|open| open == kind);
            }
            "dl" => {
                self.close_kind(|kind| matches!(kind, Kind::Term | Kind::Description));
                self.terms.pop();
                self.line();
            }
            "label" => {
                let (depth, text) = (self.frames.len(), self.frames.last().map_or("", |frame| frame.mapped.text()));
                self.controls.close(depth, text);
            }
            "pre" | "listing" => {
                self.kept = self.kept.saturating_sub(1);
                self.line();
            }
            "br" => self.gap("\n"),
            _ => {
                let field = self.frames.iter().rev().find_map(|frame| match frame.kind {
                    Kind::Field(field) if field == name => Some(field),
                    _ => None,
                });
                if let Some(field) = field {
                    self.close_kind(|kind| kind == Kind::Field(field));
                } else if names::is_block(name) || name.starts_with("o:") && name != "o:p" {
                    self.line();
                }
            }
        }
    }

    /// Opens a frame, unless too many are.
    fn frame(&mut self, kind: Kind, labels: Vec<Arc<str>>) -> bool {
        self.line();
        if self.frames.len() >= self.limits.depth {
            return false;
        }
        self.open(kind, labels);
        true
    }

    fn open_field(&mut self, name: &'static str, tag: &Tag) {
        if !self.frame(Kind::Field(name), Vec::new()) {
            return;
        }
        let label = (name == "title").then(|| self.builder.label("title"));
        let mut segment = None;
        if let Some(frame) = self.frames.last_mut() {
            frame.labels.extend(label);
            frame.structural = name == "style";
            segment = Some(frame.segment);
        }
        if let Some(segment) = segment.filter(|_| name == "select") {
            self.control(segment, tag);
        }
    }

    fn end_table(&mut self) {
        self.close_to(self.floor());
        if let Some(table) = self.tables.pop() {
            table.label(&mut self.builder.segments);
        }
        self.line();
    }

    fn row(&mut self) {
        self.close_to(self.floor());
        if let Some(table) = self.tables.last_mut() {
            table.row();
        }
    }

    fn cell(&mut self, heading: bool, tag: &Tag) {
        self.close_to(self.floor());
        let number = |wanted: &str| {
            let attribute =
                tag.attributes.iter().find(|attribute| self.raw_text(attribute.name.clone()).eq_ignore_ascii_case(wanted));
            attribute.and_then(|attribute| self.raw_text(attribute.value.clone()).trim().parse::<usize>().ok()).unwrap_or(1)
        };
        let (columns, rows) = (number("colspan"), number("rowspan"));
        if self.frame(Kind::Cell, Vec::new()) {
            let segment = self.frames.last().map_or(0, |frame| frame.segment);
            if let Some(table) = self.tables.last_mut() {
                table.cell(segment, heading, columns, rows);
            }
        }
    }
}
