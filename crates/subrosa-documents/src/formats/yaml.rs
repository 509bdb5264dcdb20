//! YAML: configuration, records, front matter of its own.
//!
//! Segments are: each scalar that is a string or a number of two or more digits, labelled by its key as in JSON; each
//! *distinct* key once; comments; anchors and tags (structural). Plain, quoted and block scalars are read with their escapes
//! and folds resolved, of all documents of a stream.
//!
//! An edit changes its own characters in quoted and block scalars and comments. A plain scalar that is edited is written anew
//! in double quotes, since what comes (`[PERSON-1]`) would often mean something else without. A key is edited wherever it
//! stands.
//!
//! A file that is no valid YAML (a template) is one text, as in a plain text file.
//!
//! Reference: YAML 1.2.2; events and their places come from `saphyr-parser`.

use std::ops::Range;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::document::{Document, Part};
use crate::encoding;
use crate::formats::{Format, Source, looks};
use crate::limits::Limits;
use crate::mapped::{self, Builder, Mapped};
use crate::refusal::Refusal;

/// The reader and writer of YAML.
pub(crate) struct Yaml;

/// Keys that say nothing of their value, so that the key around them counts too.
const SAYS_NOTHING: &[&str] = &["value", "values", "text", "display", "content", "data", "string", "_"];

/// How a place writes its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    /// Without quotes; written anew in double quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// In a block, a comment, or a file that is no YAML.
    Line,
    /// An anchor, an alias or a tag.
    Name,
}

impl mapped::Code for Code {
    fn encode(self, text: &str) -> String {
        match self {
            Self::Single => text.replace('\'', "''").replace(['\n', '\r'], " "),
            Self::Plain | Self::Double => {
                let mut out = String::with_capacity(text.len() + 2);
                for char in text.chars() {
                    match char {
                        '"' => out.push_str("\\\""),
                        '\\' => out.push_str("\\\\"),
                        '\n' => out.push_str("\\n"),
                        '\r' => out.push_str("\\r"),
                        '\t' => out.push_str("\\t"),
                        control if control.is_control() => out.push(' '),
                        _ => out.push(char),
                    }
                }
                out
            }
            Self::Line => text.replace(['\n', '\r'], " "),
            Self::Name => text.chars().map(|char| if char.is_ascii_alphanumeric() || char == '-' { char } else { '_' }).collect(),
        }
    }

    fn whole(self, text: &str) -> String {
        format!("\"{}\"", self.encode(text))
    }
}

impl Format for Yaml {
    fn id(&self) -> &'static str {
        "yaml"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        let told = matches!(source.extension().as_str(), "yaml" | "yml");
        looks::unsupported(source).is_none() && (told || source.bytes.starts_with(b"%YAML "))
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let decoded = encoding::decode(source.bytes)?;
        let builder = Reader::new(&decoded.text, limits).read().unwrap_or_else(|| {
            let mut mapped = Mapped::default();
            mapped.verbatim(&decoded.text, 0, Code::Line);
            let mut builder = Builder::new(limits);
            builder.add(mapped, Vec::new(), false);
            builder
        });
        Ok(builder.finish(decoded, 1))
    }

    fn raw_parts(&self, source: &Source<'_>, _: &Limits) -> Result<Vec<Part>, Refusal> {
        let decoded = encoding::decode(source.bytes)?;
        Ok(vec![Part { name: "the text of the file".to_owned(), text: decoded.text }])
    }
}

struct Reader<'a> {
    text: &'a str,
    limits: &'a Limits,
    builder: Builder<Code>,
    /// Bytes and characters of the text that were walked.
    walked: (usize, usize),
    /// Byte behind the last scalar.
    behind: usize,
    open: Vec<Open>,
}

/// A mapping or a sequence.
struct Open {
    mapping: bool,
    /// The key under which it stands.
    key: Option<Arc<str>>,
    /// The key that waits for its value.
    waiting: Option<Arc<str>>,
    /// Whether the next scalar is a key.
    at_key: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, limits: &'a Limits) -> Self {
        Self { text, limits, builder: Builder::new(limits), walked: (0, 0), behind: 0, open: Vec::new() }
    }

    /// The byte of a character; characters must not decrease.
    fn byte(&mut self, character: usize) -> usize {
        let (byte, walked) = self.walked;
        let more = character.saturating_sub(walked);
        let rest = self.text.get(byte..).unwrap_or_default();
        let step = rest.char_indices().nth(more).map_or(rest.len(), |(at, _)| at);
        self.walked = (byte + step, walked + more);
        byte + step
    }

    /// Nothing when the text is no valid YAML.
    fn read(mut self) -> Option<Builder<Code>> {
        for event in Parser::new_from_str(self.text) {
            let (event, span) = event.ok()?;
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => {
                    if self.open.len() >= self.limits.depth {
                        return None;
                    }
                    let mapping = matches!(event, Event::MappingStart(..));
                    let key = self.take_key();
                    self.open.push(Open { mapping, key, waiting: None, at_key: mapping });
                }
                Event::MappingEnd | Event::SequenceEnd => {
                    self.open.pop();
                    self.value_ends();
                }
                Event::Alias(_) => {
                    self.take_key();
                    self.value_ends();
                }
                Event::Scalar(meant, style, ..) => {
                    if span.start.index() < self.walked.1 {
                        return None;
                    }
                    let start = self.byte(span.start.index());
                    let end = self.byte(span.end.index());
                    if start < end {
                        self.scalar(start..end, style, span.start.col(), &meant);
                    } else {
                        self.empty();
                    }
                }
                _ => {}
            }
        }
        self.between(self.behind..self.text.len());
        Some(self.builder)
    }

    /// The key of the value that begins.
    fn take_key(&mut self) -> Option<Arc<str>> {
        let open = self.open.last_mut()?;
        // A collection may be a key itself.
        if open.mapping && open.at_key { None } else { open.waiting.take() }
    }

    fn value_ends(&mut self) {
        if let Some(open) = self.open.last_mut().filter(|open| open.mapping) {
            open.at_key = !open.at_key;
        }
    }

    fn empty(&mut self) {
        self.take_key();
        self.value_ends();
    }

    fn scalar(&mut self, mut range: Range<usize>, style: ScalarStyle, column: usize, meant: &str) {
        // Anchors and tags belong to the span.
        let mut start = range.start;
        while style != ScalarStyle::Literal
            && style != ScalarStyle::Folded
            && let Some(rest) = self.text.get(start..range.end).filter(|rest| rest.starts_with(['&', '!']))
            && let Some(length) = rest.find(char::is_whitespace)
        {
            let white = rest.get(length..).unwrap_or_default();
            start += length + (white.len() - white.trim_start().len());
        }
        self.between(self.behind..start);
        self.behind = range.end;
        range.start = start;
        let is_key = self.open.last().is_some_and(|open| open.mapping && open.at_key);
        let labels = if is_key { Vec::new() } else { self.labels() };
        let raw = self.text.get(range.clone()).unwrap_or_default();
        if style == ScalarStyle::Plain && plain_holds(raw)
            || style != ScalarStyle::Plain && meant.chars().any(char::is_alphanumeric)
        {
            match style {
                ScalarStyle::Plain if is_key => self.builder.add_shared_whole(folded(raw), None, false, range, Code::Plain),
                ScalarStyle::Plain => {
                    self.builder.add_whole(folded(raw), labels, false, range, Code::Plain);
                }
                _ => {
                    let mapped = match style {
                        ScalarStyle::SingleQuoted => quoted(raw, range.start, '\''),
                        ScalarStyle::DoubleQuoted => quoted(raw, range.start, '"'),
                        _ => block(raw, range.start, column, style == ScalarStyle::Folded),
                    };
                    if is_key {
                        self.builder.add_shared(mapped, None, false);
                    } else {
                        self.builder.add(mapped, labels, false);
                    }
                }
            }
        }
        if is_key {
            let key = self.builder.label(meant);
            if let Some(open) = self.open.last_mut() {
                open.waiting = Some(key);
            }
        }
        self.value_ends();
    }

    /// The nearest key that says something, and those before it.
    fn labels(&mut self) -> Vec<Arc<str>> {
        let own = self.take_key();
        let mut labels = Vec::with_capacity(1);
        for key in own.iter().chain(self.open.iter().rev().filter_map(|open| open.key.as_ref())) {
            labels.push(Arc::clone(key));
            if !SAYS_NOTHING.contains(&&**key) {
                break;
            }
        }
        labels
    }

    /// What stands between scalars: comments, anchors, tags, indicators.
    fn between(&mut self, range: Range<usize>) {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let mut at = range.start;
        for line in raw.split_inclusive('\n') {
            let comment = line
                .match_indices('#')
                .find(|&(at, _)| line.get(..at).is_none_or(|head| head.is_empty() || head.ends_with([' ', '\t'])));
            let comment = comment.map_or(line.len(), |(at, _)| at);
            let (code, text) = line.split_at(comment);
            if text.chars().any(char::is_alphanumeric) {
                let mut mapped = Mapped::default();
                mapped.verbatim(text.trim_end(), at + comment, Code::Line);
                self.builder.add(mapped, Vec::new(), false);
            }
            let mut from = 0;
            for word in code.split_inclusive([' ', '\t', '\n', ',', '[', ']', '{', '}']) {
                let name = word.trim_end_matches([' ', '\t', '\n', '\r', ',', '[', ']', '{', '}', ':']);
                let inner = name.trim_start_matches(['&', '*', '!', '%', '"']);
                if inner.chars().any(char::is_alphanumeric) {
                    let mut mapped = Mapped::default();
                    mapped.verbatim(inner, at + from + (name.len() - inner.len()), Code::Name);
                    self.builder.add_shared(mapped, None, true);
                }
                from += word.len();
            }
            at += line.len();
        }
    }
}

/// Whether a plain scalar may hold something of somebody's: no truth value, no null, no single digit.
fn plain_holds(raw: &str) -> bool {
    let digits = raw.bytes().filter(u8::is_ascii_digit).count();
    let letters = raw.chars().any(char::is_alphabetic);
    let words = ["true", "false", "null", "yes", "no", "on", "off"];
    digits > 1 || letters && !words.iter().any(|word| raw.eq_ignore_ascii_case(word))
}

/// Lines of a plain scalar as one.
fn folded(raw: &str) -> String {
    if !raw.contains('\n') {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    for line in raw.lines().map(str::trim) {
        if line.is_empty() {
            out.push('\n');
        } else {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push(' ');
            }
            out.push_str(line);
        }
    }
    out
}

/// The content of a quoted scalar that begins at `start` with its quote.
fn quoted(raw: &str, start: usize, quote: char) -> Mapped<Code> {
    let code = if quote == '"' { Code::Double } else { Code::Single };
    let end = raw.len() - usize::from(raw.len() > 1 && raw.ends_with(quote));
    let mut mapped = Mapped::default();
    let (mut run, mut at) = (1, 1);
    while let Some(char) = raw.get(at..end).and_then(|rest| rest.chars().next()) {
        let rest = raw.get(at..end).unwrap_or_default();
        let special: Option<(String, usize)> = match char {
            '\'' if quote == '\'' => Some(("'".to_owned(), 2)),
            '\\' if quote == '"' => Some(escape(rest)),
            '\n' | '\r' => {
                let white = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
                let lines = rest.get(..white).unwrap_or_default().matches('\n').count();
                Some((if lines > 1 { "\n".to_owned() } else { " ".to_owned() }, white))
            }
            _ => None,
        };
        if let Some((meant, length)) = special {
            mapped.verbatim(raw.get(run..at).unwrap_or_default(), start + run, code);
            let length = length.min(end - at).max(1);
            mapped.atom(&meant, start + at..start + at + length, code);
            at += length;
            run = at;
        } else {
            at += char.len_utf8();
        }
    }
    mapped.verbatim(raw.get(run..end).unwrap_or_default(), start + run, code);
    mapped
}

/// The character of an escape in double quotes, and the bytes it takes.
fn escape(raw: &str) -> (String, usize) {
    let Some(kind) = raw.chars().nth(1) else { return (String::new(), 1) };
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let code = raw.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        return (code.unwrap_or(char::REPLACEMENT_CHARACTER).to_string(), 2 + digits);
    }
    let meant = match kind {
        '0' => "\0",
        'a' => "\u{7}",
        'b' => "\u{8}",
        't' | '\t' => "\t",
        'n' => "\n",
        'v' => "\u{b}",
        'f' => "\u{c}",
        'r' => "\r",
        'e' => "\u{1b}",
        'N' => "\u{85}",
        '_' => "\u{a0}",
        'L' | 'P' => "\n",
        '\n' | '\r' => {
            let rest = raw.get(1..).unwrap_or_default();
            return (String::new(), 1 + rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len());
        }
        _ => return (kind.to_string(), 1 + kind.len_utf8()),
    };
    (meant.to_owned(), 2)
}

/// The lines of a block scalar, without their indentation.
fn block(raw: &str, start: usize, indentation: usize, folded: bool) -> Mapped<Code> {
    let mut mapped = Mapped::default();
    let mut at = 0;
    for (number, line) in raw.split_inclusive('\n').enumerate() {
        let content = line.trim_end_matches(['\n', '\r']);
        let leading = content.len() - content.trim_start_matches(' ').len();
        let skip = if number == 0 { 0 } else { leading.min(indentation) };
        if number > 0 {
            let joins = folded && !content.trim().is_empty() && !mapped.text().ends_with('\n') && leading <= indentation;
            mapped.gap(if joins { " " } else { "\n" });
        }
        mapped.verbatim(content.get(skip..).unwrap_or_default(), start + at + skip, Code::Line);
        at += line.len();
    }
    mapped.trim_end();
    mapped
}
