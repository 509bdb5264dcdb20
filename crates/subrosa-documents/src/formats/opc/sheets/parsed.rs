//! One cell taken apart once more, to be written anew.

use std::ops::Range;

use super::rich::{Rich, RichReader};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Name, Tag, TextKind, Visitor, escape, scan};

/// The prefix of the element that `markup` begins with, with its colon.
pub(super) fn prefix(markup: &str) -> &str {
    let name = markup.trim_start_matches('<');
    let end = name.find(|char: char| char.is_whitespace() || matches!(char, '>' | '/')).unwrap_or(name.len());
    name.get(..end).and_then(|name| name.find(':').and_then(|colon| name.get(..=colon))).unwrap_or_default()
}

/// The value of a cell as it is written.
pub(super) struct Value {
    pub(super) kind: &'static str,
    pub(super) markup: String,
}

pub(super) struct ParsedFormula {
    /// Where its text stands in the part.
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// A cell taken apart once more.
pub(super) struct Parsed<'s> {
    pub(super) prefix: &'s str,
    /// `r`, `s` and `ph` as they are written.
    attributes: String,
    pub(super) style: Option<&'s str>,
    kind: &'s str,
    pub(super) value: String,
    pub(super) formula: Option<ParsedFormula>,
    rich: Rich,
}

impl<'s> Parsed<'s> {
    pub(super) fn read(part: usize, text: &'s str, range: Range<usize>) -> Result<Self, Refusal> {
        let broken = || Refusal::Internal("a cell that cannot be read again".to_owned());
        let source = text.get(range.clone()).ok_or_else(broken)?;
        let mut reader =
            CellReader { part, source, depth: 0, inside: "", parsed: None, rich: RichReader::default(), formula: None };
        scan("cell", source, &Limits::default(), &mut reader)?;
        let mut parsed = reader.parsed.ok_or_else(broken)?;
        parsed.rich = reader.rich.rich;
        parsed.formula = reader.formula.map(|formula| ParsedFormula {
            range: formula.range.start + range.start..formula.range.end + range.start,
            text: formula.text,
        });
        Ok(parsed)
    }

    pub(super) fn text(&self) -> String {
        if self.rich.pieces.is_empty() { self.value.clone() } else { self.rich.text.clone() }
    }

    /// An inline string.
    pub(super) fn inline(&self, text: &str) -> Value {
        let prefix = self.prefix;
        let edge = |char: Option<char>| char.is_some_and(char::is_whitespace);
        let space = if edge(text.chars().next()) || edge(text.chars().next_back()) { " xml:space=\"preserve\"" } else { "" };
        let text = escape::element(text);
        Value { kind: "inlineStr", markup: format!("<{prefix}is><{prefix}t{space}>{text}</{prefix}t></{prefix}is>") }
    }

    /// The value as it is, for a cell that loses its formula.
    pub(super) fn kept(&self) -> Value {
        let kind = match self.kind {
            "b" => "b",
            "e" => "e",
            "s" => "s",
            "" | "n" => "",
            _ => return self.inline(&self.text()),
        };
        let prefix = self.prefix;
        let value = escape::element(&self.value);
        let markup = if value.is_empty() { value } else { format!("<{prefix}v>{value}</{prefix}v>") };
        Value { kind, markup }
    }

    /// The cell with this value and no formula.
    pub(super) fn with(&self, value: &Value) -> String {
        let kind = if value.kind.is_empty() { String::new() } else { format!(" t=\"{}\"", value.kind) };
        format!("<{0}c{1}{kind}>{2}</{0}c>", self.prefix, self.attributes, value.markup)
    }
}

struct CellReader<'s> {
    part: usize,
    source: &'s str,
    depth: usize,
    inside: &'static str,
    parsed: Option<Parsed<'s>>,
    rich: RichReader,
    formula: Option<ParsedFormula>,
}

impl<'a> Visitor<'a> for CellReader<'a> {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        if self.depth == 0 {
            let mut attributes = String::new();
            for attribute in tag.attributes.iter().filter(|attribute| matches!(attribute.name.local, "r" | "s" | "ph")) {
                attributes.push_str(self.source.get(attribute.range.clone()).unwrap_or_default());
            }
            self.parsed = Some(Parsed {
                prefix: prefix(self.source),
                attributes,
                style: tag.raw("s"),
                kind: tag.raw("t").unwrap_or_default(),
                value: String::new(),
                formula: None,
                rich: Rich::default(),
            });
        } else if self.depth == 1 {
            self.inside = match tag.name.local {
                "v" => "v",
                "is" => "is",
                "f" => {
                    self.formula = Some(ParsedFormula { range: tag.range.end..tag.range.end, text: String::new() });
                    "f"
                }
                _ => "",
            };
        } else if self.inside == "is" {
            self.rich.open(tag);
        }
        self.depth += 1;
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, end: usize) -> Result<(), Refusal> {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 1 {
            self.inside = "";
        } else if self.inside == "is" {
            self.rich.close(name, end);
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
        let raw = self.source.get(range.clone()).unwrap_or_default();
        let decoded = || if kind == TextKind::Cdata { raw.into() } else { escape::decode(raw).unwrap_or_default() };
        if !matches!(kind, TextKind::Plain | TextKind::Cdata) {
            return Ok(());
        }
        match self.inside {
            "v" => {
                if let Some(parsed) = &mut self.parsed {
                    parsed.value = decoded().into_owned();
                }
            }
            "f" => self.formula = Some(ParsedFormula { text: decoded().into_owned(), range }),
            "is" => self.rich.text(self.part, raw, &range, kind),
            _ => {}
        }
        Ok(())
    }
}
