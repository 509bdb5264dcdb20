//! Reads statements into segments.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::code::{self, Code};
use crate::formats::Source;
use crate::formats::html::{base64, in_words};
use crate::limits::Limits;
use crate::mapped::{Builder, Inside, Mapped};

/// Words that are the language's; those that begin a definition in `CREATE TABLE` among them.
const WORDS: &[&str] = &[
    "select",
    "insert",
    "into",
    "values",
    "value",
    "update",
    "set",
    "delete",
    "from",
    "where",
    "and",
    "or",
    "not",
    "null",
    "create",
    "table",
    "if",
    "exists",
    "primary",
    "key",
    "foreign",
    "references",
    "constraint",
    "unique",
    "index",
    "check",
    "default",
    "int",
    "integer",
    "bigint",
    "smallint",
    "tinyint",
    "varchar",
    "char",
    "text",
    "date",
    "datetime",
    "timestamp",
    "time",
    "boolean",
    "bool",
    "numeric",
    "decimal",
    "float",
    "double",
    "real",
    "serial",
    "character",
    "varying",
    "without",
    "with",
    "zone",
    "engine",
    "auto_increment",
    "charset",
    "collate",
    "drop",
    "lock",
    "unlock",
    "tables",
    "write",
    "begin",
    "commit",
    "transaction",
    "alter",
    "only",
    "owner",
    "to",
    "copy",
    "stdin",
    "go",
    "replace",
    "ignore",
    "as",
    "on",
    "in",
    "is",
    "like",
    "between",
    "order",
    "by",
    "group",
    "limit",
    "true",
    "false",
    "pragma",
    "off",
    "fulltext",
    "spatial",
    "exclude",
    "identity",
    "nvarchar",
    "dbo",
    "public",
    "add",
    "column",
    "unsigned",
    "longtext",
    "mediumtext",
    "blob",
    "clob",
    "uuid",
    "json",
    "jsonb",
    "bytea",
    "rollback",
    "end",
    "use",
    "database",
    "schema",
    "sequence",
    "view",
    "union",
    "all",
    "distinct",
];

/// Words that begin something else than a column in `CREATE TABLE`.
const NO_COLUMN: &[&str] =
    &["primary", "key", "constraint", "unique", "index", "foreign", "check", "fulltext", "spatial", "like", "exclude", "period"];

/// Bytes of data in hexadecimal up to which it is an identifier or a hash.
const SHORT: usize = 64;

/// Reads one file.
pub(super) struct Reader<'a> {
    text: &'a str,
    source: &'a Source<'a>,
    limits: &'a Limits,
    builder: Builder<Code>,
    /// Whether a backslash escapes in strings.
    backslash: bool,
    at: usize,
    /// The columns of the tables that were created.
    tables: HashMap<String, Vec<Arc<str>>>,
    statement: Statement,
}

/// What is known of the statement that is read.
#[derive(Default)]
struct Statement {
    /// Its first words in lower case.
    words: Vec<String>,
    /// The table it is about.
    table: Option<String>,
    columns: Vec<Arc<str>>,
    /// Open parentheses.
    depth: usize,
    /// Behind `VALUES`.
    values: bool,
    /// The value's number in its parentheses.
    number: usize,
    /// The identifier before an operator.
    last: Option<Arc<str>>,
    /// Whether an operator of comparison stands before.
    compared: bool,
    /// Whether a column's name comes next in `CREATE TABLE`.
    column_next: bool,
    into: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, source: &'a Source<'a>, limits: &'a Limits, builder: Builder<Code>) -> Self {
        let head = text.get(..text.floor_char_boundary(1 << 16)).unwrap_or_default();
        let backslash = ["MySQL dump", "MariaDB dump", "ENGINE=", "phpMyAdmin", "AUTO_INCREMENT", "INSERT INTO `"]
            .iter()
            .any(|mark| head.contains(mark));
        Self { text, source, limits, builder, backslash, at: 0, tables: HashMap::new(), statement: Statement::default() }
    }

    fn rest(&self, at: usize) -> &'a [u8] {
        self.text.as_bytes().get(at..).unwrap_or_default()
    }

    fn raw(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn find(&self, from: usize, what: &[u8]) -> usize {
        memchr::memmem::find(self.rest(from), what).map_or(self.text.len(), |found| from + found)
    }

    pub(super) fn read(mut self) -> Builder<Code> {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            let start = self.at;
            let next = self.text.as_bytes().get(start + 1).copied().unwrap_or(0);
            match byte {
                b'-' if next == b'-' => self.comment(start + 2, b"\n", 0),
                b'#' if self.backslash => self.comment(start + 1, b"\n", 0),
                b'/' if next == b'*' => self.comment(start + 2, b"*/", 2),
                b'\'' => self.string(start, '\'', self.backslash),
                b'"' if self.backslash => self.string(start, '"', true),
                b'"' => self.identifier(start, b'"'),
                b'`' => self.identifier(start, b'`'),
                b'[' if !self.statement.values && (next.is_ascii_alphabetic() || next == b'_') => self.identifier(start, b']'),
                b'$' => self.dollar(start),
                b'0' if matches!(next, b'x' | b'X') => {
                    let digits = self.rest(start + 2).iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
                    self.at = start + 2 + digits;
                    self.hexadecimal(start + 2..self.at);
                }
                b'0'..=b'9' => self.number(start),
                _ if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => self.word(start, next),
                _ => {
                    self.at += 1;
                    self.punctuation(byte);
                }
            }
        }
        self.builder
    }

    fn comment(&mut self, start: usize, end: &[u8], length: usize) {
        let close = self.find(start, end);
        self.at = (close + length).min(self.text.len());
        let raw = self.raw(start..close);
        if raw.chars().any(char::is_alphanumeric) {
            let mut mapped = Mapped::default();
            let text = raw.trim();
            mapped.verbatim(text, start + (raw.len() - raw.trim_start().len()), Code::Line);
            self.builder.add_shared(mapped, None, false);
        }
    }

    /// The end of what begins at `start` behind a quote.
    fn close(&self, start: usize, quote: u8, backslash: bool) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while let Some(found) = memchr::memchr2(quote, b'\\', self.rest(at)) {
            at += found;
            if bytes.get(at) == Some(&b'\\') && quote != b'\\' {
                at += if backslash { 2 } else { 1 };
            } else if bytes.get(at + 1) == Some(&quote) {
                at += 2;
            } else {
                return at;
            }
        }
        self.text.len()
    }

    fn string(&mut self, open: usize, quote: char, backslash: bool) {
        let end = self.close(open + 1, quote as u8, backslash);
        self.at = (end + 1).min(self.text.len());
        let raw = self.raw(open + 1..end);
        let binary = raw.strip_prefix("\\x").or_else(|| raw.strip_prefix("\\\\x"));
        if let Some(digits) = binary.filter(|digits| digits.len() > 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            self.hexadecimal(end - digits.len()..end);
            return;
        }
        let mapped = code::string(raw, open + 1, quote, backslash);
        let labels = self.labels();
        if mapped.text().chars().any(char::is_alphanumeric) {
            self.builder.add(mapped, labels, false);
        }
    }

    /// The names of a value here.
    fn labels(&mut self) -> Vec<Arc<str>> {
        let statement = &mut self.statement;
        if statement.values && statement.depth > 0 {
            return statement.columns.get(statement.number).cloned().into_iter().collect();
        }
        if statement.compared { statement.last.clone().into_iter().collect() } else { Vec::new() }
    }

    /// A name in quotes.
    fn identifier(&mut self, open: usize, quote: u8) {
        let end = self.close(open + 1, quote, false);
        self.at = (end + 1).min(self.text.len());
        self.named(open + 1..end);
    }

    /// A name, which may be a table's or a column's.
    fn named(&mut self, range: Range<usize>) {
        let raw = self.raw(range.clone());
        if raw.chars().any(char::is_alphanumeric) {
            let mut mapped = Mapped::default();
            mapped.verbatim(raw, range.start, Code::Name);
            self.builder.add_shared(mapped, None, true);
        }
        let label = self.builder.label(&in_words(raw));
        let first = self.statement.words.first().map_or("", String::as_str);
        let (creates, inserts) = (first == "create", matches!(first, "insert" | "replace" | "copy"));
        let about = creates || inserts || first == "update";
        let statement = &mut self.statement;
        if creates && statement.depth == 1 && statement.column_next {
            statement.columns.push(Arc::clone(&label));
            statement.column_next = false;
        } else if inserts && statement.depth == 1 && !statement.values {
            statement.columns.push(Arc::clone(&label));
        } else if about && statement.depth == 0 && !statement.values {
            statement.table = Some(raw.to_lowercase());
        }
        statement.last = Some(label);
        statement.compared = false;
    }

    fn dollar(&mut self, start: usize) {
        let length =
            self.rest(start + 1).iter().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        if self.rest(start + 1).get(length) != Some(&b'$') {
            self.at = start + 1;
            return;
        }
        let open = start + length + 2;
        let mark = self.raw(start..open);
        let end = self.find(open, mark.as_bytes());
        self.at = (end + mark.len()).min(self.text.len());
        let mut mapped = Mapped::default();
        mapped.verbatim(self.raw(open..end), open, Code::Line);
        let labels = self.labels();
        if mapped.text().chars().any(char::is_alphanumeric) {
            self.builder.add(mapped, labels, false);
        }
    }

    fn number(&mut self, start: usize) {
        let word = self.rest(start).iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_')).count();
        self.at = start + word;
        let raw = self.raw(start..self.at);
        let numeric = raw.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E'));
        let value = self.statement.values && self.statement.depth > 0 || self.statement.compared;
        if numeric && value && raw.bytes().filter(u8::is_ascii_digit).count() >= 2 {
            let labels = self.labels();
            self.builder.add_whole(raw.to_owned(), labels, false, start..start + raw.len(), Code::Number);
        } else if !numeric {
            self.named(start..start + raw.len());
        }
    }

    /// Data in hexadecimal: text, a document, or what only programs read.
    fn hexadecimal(&mut self, range: Range<usize>) {
        let labels = self.labels();
        let Some(bytes) = code::from_hex(self.raw(range.clone())) else { return };
        let printable = |text: &&str| text.chars().all(|char| !char.is_control() || char.is_whitespace());
        if let Some(text) = std::str::from_utf8(&bytes).ok().filter(printable)
            && text.chars().filter(|char| char.is_alphanumeric()).count() > 2
            && base64::beginning(&bytes).is_none()
        {
            let mut mapped = Mapped::default();
            for (at, char) in text.char_indices() {
                let from = range.start + at * 2;
                mapped.atom(char.encode_utf8(&mut [0; 4]), from..from + char.len_utf8() * 2, Code::Hex);
            }
            self.builder.add(mapped, labels, false);
        } else if let Some(extension) = base64::beginning(&bytes) {
            let name = format!("data.{extension}");
            let part = "a value in hexadecimal".to_owned();
            let inside = Inside { part, name: &name, bytes: &bytes, raw: range, code: Code::Hex, empty: "" };
            self.builder.inside(self.source, self.limits, inside);
        } else if bytes.len() > SHORT {
            let reason = "it is data of an unknown kind";
            self.builder.unread("a value in hexadecimal".to_owned(), reason, range, Code::Hex, "");
        }
    }

    fn word(&mut self, start: usize, next: u8) {
        let length = self
            .rest(start)
            .iter()
            .take_while(|&&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80);
        let end = start + length.count();
        let raw = self.raw(start..end);
        if next == b'\'' && raw.len() == 1 {
            match raw {
                "E" | "e" => return self.string(start + 1, '\'', true),
                "X" | "x" => {
                    let close = self.close(start + 2, b'\'', false);
                    self.at = (close + 1).min(self.text.len());
                    return self.hexadecimal(start + 2..close);
                }
                _ => {}
            }
        }
        self.at = end;
        let lower = raw.to_ascii_lowercase();
        let known = WORDS.contains(&lower.as_str());
        let creates = self.statement.words.first().is_some_and(|first| first == "create");
        if creates && self.statement.depth == 1 && self.statement.column_next {
            if NO_COLUMN.contains(&lower.as_str()) {
                self.statement.column_next = false;
            } else {
                return self.named(start..end);
            }
        } else if !known || self.statement.depth == 1 && !self.statement.values && self.statement.into && lower != "null" {
            if self.statement.words.is_empty() {
                self.statement.words.push(lower);
                return;
            }
            return self.named(start..end);
        }
        match lower.as_str() {
            "values" | "value" if self.statement.depth == 0 => {
                self.statement.values = true;
                if self.statement.columns.is_empty()
                    && let Some(columns) = self.statement.table.as_ref().and_then(|table| self.tables.get(table))
                {
                    self.statement.columns.clone_from(columns);
                }
            }
            "into" => self.statement.into = true,
            "like" | "in" | "between" => self.statement.compared = true,
            "where" | "set" | "and" | "or" => self.statement.compared = false,
            "stdin" if self.statement.words.first().is_some_and(|first| first == "copy") => return self.copy(),
            _ => {}
        }
        if self.statement.words.len() < 2 {
            self.statement.into |= lower == "copy";
            self.statement.words.push(lower);
        }
    }

    fn punctuation(&mut self, byte: u8) {
        let statement = &mut self.statement;
        match byte {
            b'(' => {
                statement.depth += 1;
                if statement.depth == 1 {
                    statement.number = 0;
                    statement.column_next = true;
                }
            }
            b')' => {
                statement.depth = statement.depth.saturating_sub(1);
                statement.compared = false;
            }
            b',' => {
                if statement.depth == 1 {
                    statement.number += 1;
                    statement.column_next = true;
                }
                if statement.depth == 0 {
                    statement.compared = false;
                }
            }
            b'=' | b'<' | b'>' => statement.compared = true,
            b';' => self.end(),
            _ => {}
        }
    }

    fn end(&mut self) {
        let statement = std::mem::take(&mut self.statement);
        if statement.words.first().is_some_and(|first| first == "create")
            && let Some(table) = statement.table
        {
            self.tables.insert(table, statement.columns);
        }
    }

    /// The block of a `COPY … FROM stdin`, up to a line that holds `\.`.
    fn copy(&mut self) {
        let mut start = (self.find(self.at, b"\n") + 1).min(self.text.len());
        let mut columns = std::mem::take(&mut self.statement.columns);
        if columns.is_empty()
            && let Some(known) = self.statement.table.as_ref().and_then(|table| self.tables.get(table))
        {
            columns.clone_from(known);
        }
        while start < self.text.len() {
            let end = self.find(start, b"\n");
            let line = self.raw(start..end).trim_end_matches('\r');
            if line == "\\." {
                start = end;
                break;
            }
            let mut from = start;
            for (number, raw) in line.split('\t').enumerate() {
                if raw != "\\N" && raw.chars().filter(|char| char.is_alphanumeric()).count() > 1 {
                    let labels = columns.get(number).cloned().into_iter().collect();
                    let digits = raw
                        .strip_prefix("\\\\x")
                        .filter(|digits| digits.len() > 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
                    if let Some(digits) = digits {
                        self.hexadecimal(from + raw.len() - digits.len()..from + raw.len());
                    } else {
                        self.builder.add(code::cell(raw, from), labels, false);
                    }
                }
                from += raw.len() + 1;
            }
            start = (end + 1).min(self.text.len());
        }
        self.at = start;
        self.statement = Statement::default();
    }
}
