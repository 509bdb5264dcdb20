//! Reads messages into segments of text.

use std::ops::Range;
use std::sync::Arc;

use super::fields::{self, Type};
use crate::formats::Source;
use crate::formats::html::{base64, in_words};
use crate::limits::Limits;
use crate::mapped::{self, Builder, Inside, Mapped};
use crate::refusal::Refusal;

/// The delimiters of a message: field, component, repetition, escape, subcomponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Delimiters {
    field: u8,
    component: u8,
    repetition: u8,
    escape: u8,
    subcomponent: u8,
}

/// How a place of a message writes its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// With these delimiters escaped.
    Text(Delimiters),
    /// A document in base64.
    Base64,
}

impl mapped::Code for Code {
    fn encode(self, text: &str) -> String {
        let Self::Text(delimiters) = self else { return base64::encode(text.as_bytes()) };
        let mut out = String::with_capacity(text.len());
        let escape = char::from(delimiters.escape);
        for char in text.chars() {
            let letter = match u8::try_from(char) {
                Ok(byte) if byte == delimiters.field => "F",
                Ok(byte) if byte == delimiters.component => "S",
                Ok(byte) if byte == delimiters.subcomponent => "T",
                Ok(byte) if byte == delimiters.repetition => "R",
                Ok(byte) if byte == delimiters.escape => "E",
                Ok(b'\n' | b'\r') => ".br",
                _ => {
                    out.push(char);
                    continue;
                }
            };
            out.extend([escape]);
            out.push_str(letter);
            out.push(escape);
        }
        out
    }

    fn document(self, bytes: &[u8]) -> Result<String, Refusal> {
        Ok(base64::encode(bytes))
    }
}

impl Delimiters {
    /// Those that the beginning of a message declares.
    pub(super) fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !["MSH", "FHS", "BHS"].iter().any(|id| text.starts_with(id)) {
            return None;
        }
        let &[field, component, repetition] = bytes.get(3..6)? else { return None };
        let rest = |at: usize, usual: u8| {
            bytes.get(at).copied().filter(|&byte| byte != field && !byte.is_ascii_control()).unwrap_or(usual)
        };
        let escape = rest(6, b'\\');
        let subcomponent = if escape == b'\\' || bytes.get(6) != Some(&field) { rest(7, b'&') } else { b'&' };
        let all = [field, component, repetition, escape, subcomponent];
        let fits = |byte: &u8| byte.is_ascii_punctuation();
        let distinct = all.iter().enumerate().all(|(at, byte)| !all.iter().skip(at + 1).any(|other| other == byte));
        let closed = bytes.iter().skip(5).take(6).any(|&byte| byte == field);
        (all.iter().all(fits) && distinct && closed).then_some(Self { field, component, repetition, escape, subcomponent })
    }
}

/// Reads one file.
pub(super) struct Reader<'a> {
    text: &'a str,
    source: &'a Source<'a>,
    limits: &'a Limits,
    builder: Builder<Code>,
    delimiters: Delimiters,
    /// Text that may run on in the next line: of what, and so far.
    running: Option<(String, Mapped<Code>, Vec<Arc<str>>)>,
    /// People so far, each with what is said of them.
    records: u64,
    /// The record of the message's patient.
    patient: Option<u64>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, source: &'a Source<'a>, limits: &'a Limits, builder: Builder<Code>) -> Self {
        let delimiters = Delimiters { field: b'|', component: b'^', repetition: b'~', escape: b'\\', subcomponent: b'&' };
        Self { text, source, limits, builder, delimiters, running: None, records: 0, patient: None }
    }

    pub(super) fn read(mut self) -> Builder<Code> {
        let mut start = 0;
        let ends = |byte: &u8| matches!(byte, b'\r' | b'\n' | 0x0b | 0x1c);
        while start < self.text.len() {
            let rest = self.text.as_bytes().get(start..).unwrap_or_default();
            let end = rest.iter().position(ends).map_or(self.text.len(), |length| start + length);
            if end > start {
                self.line(start..end);
            }
            start = end + 1;
        }
        self.flush();
        self.builder
    }

    fn raw(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn split(&self, range: &Range<usize>, delimiter: u8) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = range.start;
        for found in memchr::memchr_iter(delimiter, self.raw(range).as_bytes()) {
            parts.push(start..range.start + found);
            start = range.start + found + 1;
        }
        parts.push(start..range.end);
        parts
    }

    fn line(&mut self, line: Range<usize>) {
        let text = self.raw(&line);
        let declares = Delimiters::of(text);
        if let Some(delimiters) = declares {
            self.delimiters = delimiters;
        }
        let mut fields = self.split(&line, self.delimiters.field);
        let id = fields.first().map_or("", |first| self.raw(first));
        let named = id.len() == 3 && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !named {
            // A line that is broken off the one before, or none of a message's: text.
            let mapped = self.value(&line);
            self.flush();
            self.add(mapped, Vec::new());
            return;
        }
        if declares.is_some() {
            // The first field is the delimiter itself, the second the others.
            fields.insert(1, 0..0);
        }
        if !matches!(id, "OBX" | "NTE") {
            self.flush();
        }
        self.record(id);
        for (number, field) in fields.iter().enumerate().skip(if declares.is_some() { 3 } else { 1 }) {
            if field.is_empty() {
                continue;
            }
            if id == "OBX" && number == 5 {
                self.result(&fields, field);
                continue;
            }
            let (label, kind) = fields::field(id, number);
            if kind == Type::Own {
                continue;
            }
            if kind == Type::Text {
                let mapped = self.value(field);
                let labels = self.labels(label);
                self.run("NTE".to_owned(), mapped, labels);
                continue;
            }
            for repetition in self.split(field, self.delimiters.repetition) {
                self.field(&repetition, label, kind);
            }
        }
    }

    /// The segments that begin what is said of a person: patient with visit, results and diagnoses, next of kin, guarantor,
    /// insured. What follows them and is of the patient again goes on with the patient.
    fn record(&mut self, id: &str) {
        match id {
            "PID" => {
                self.records += 1;
                self.patient = Some(self.records);
                self.builder.begin_record(self.patient);
            }
            "NK1" | "GT1" | "IN1" | "STF" => {
                self.records += 1;
                self.builder.begin_record(Some(self.records));
            }
            "MSH" | "FHS" | "BHS" | "BTS" | "FTS" => {
                self.patient = None;
                self.builder.begin_record(None);
            }
            "IN2" | "IN3" | "NTE" => {}
            _ => self.builder.begin_record(self.patient),
        }
    }

    fn labels(&mut self, label: Option<&str>) -> Vec<Arc<str>> {
        label.map(|label| self.builder.label(label)).into_iter().collect()
    }

    /// A line of text that may go on.
    fn run(&mut self, key: String, mapped: Mapped<Code>, labels: Vec<Arc<str>>) {
        if let Some((of, running, _)) = &mut self.running
            && *of == key
        {
            running.gap("\n");
            running.append(&mapped);
            return;
        }
        self.flush();
        self.running = Some((key, mapped, labels));
    }

    fn flush(&mut self) {
        if let Some((_, mapped, labels)) = self.running.take() {
            self.add(mapped, labels);
        }
    }

    fn add(&mut self, mapped: Mapped<Code>, labels: Vec<Arc<str>>) {
        if mapped.text().chars().any(char::is_alphanumeric) {
            self.builder.add(mapped, labels, false);
        }
    }

    /// One repetition of a field.
    fn field(&mut self, range: &Range<usize>, label: Option<&str>, kind: Type) {
        let components = self.split(range, self.delimiters.component);
        let component = |number: usize| components.get(number - 1).filter(|range| !range.is_empty()).cloned();
        let others = |from: usize| components.iter().skip(from).cloned().collect::<Vec<_>>();
        let rest = match kind {
            Type::Name => {
                self.joined([5, 2, 3, 1, 4].map(component), &[" ", " ", " ", " "], label);
                others(5)
            }
            Type::Person => {
                let id = label.map(|label| format!("{} id", label.trim_end_matches(" name")));
                if let Some(range) = component(1) {
                    let labels = self.labels(id.as_deref());
                    let mapped = self.value(&range);
                    self.add(mapped, labels);
                }
                self.joined([6, 3, 4, 2, 5].map(component), &[" ", " ", " ", " "], label);
                others(6)
            }
            Type::Address => {
                self.joined([1, 2, 3, 4, 5, 6].map(component), &[", ", ", ", ", ", " ", ", "], label);
                others(6)
            }
            Type::Phone => {
                self.joined([5, 6, 7, 8].map(component), &[" ", " ", " "], label);
                for (number, label) in [(1, label), (4, Some("email")), (12, label)] {
                    if let Some(range) = component(number) {
                        let labels = self.labels(label);
                        let mapped = self.value(&range);
                        self.add(mapped, labels);
                    }
                }
                [2, 3, 9, 10, 11].into_iter().filter_map(component).collect()
            }
            Type::Id => {
                let of_type = component(5).and_then(|range| fields::id_type(self.raw(&range)));
                if let Some(range) = component(1) {
                    let labels = self.labels(of_type.or(label));
                    let mapped = self.value(&range);
                    self.add(mapped, labels);
                }
                others(1)
            }
            Type::Value | Type::Text | Type::Own => {
                for range in others(0) {
                    let labels = self.labels(label);
                    let mapped = self.value(&range);
                    self.add(mapped, labels);
                }
                return;
            }
        };
        for range in rest {
            let mapped = self.value(&range);
            self.add(mapped, Vec::new());
        }
    }

    /// Components in reading order as one text.
    fn joined<const N: usize>(&mut self, parts: [Option<Range<usize>>; N], between: &[&str], label: Option<&str>) {
        let mut mapped = Mapped::default();
        for (number, range) in parts.into_iter().enumerate() {
            if let Some(range) = range {
                if !mapped.text().is_empty() {
                    mapped.gap(number.checked_sub(1).and_then(|number| between.get(number)).copied().unwrap_or(" "));
                }
                let part = self.value(&range);
                mapped.append(&part);
            }
        }
        let labels = self.labels(label);
        self.add(mapped, labels);
    }

    /// The result of an OBX, named and typed by the fields before it.
    fn result(&mut self, fields: &[Range<usize>], field: &Range<usize>) {
        let kind = fields.get(2).map_or("", |range| self.raw(range));
        let named = fields.get(3).map(|range| self.split(range, self.delimiters.component)).unwrap_or_default();
        let name = named.get(1).filter(|range| !range.is_empty()).or(named.first()).map_or("", |range| self.raw(range));
        let label = in_words(name);
        let label = Some(label.as_str()).filter(|label| !label.is_empty() && label.len() < 80);
        match kind {
            "ED" => return self.encapsulated(field),
            "TX" | "FT" | "ST" => {
                let mapped = self.value(field);
                let labels = self.labels(label);
                let key = format!("OBX {name}");
                return self.run(key, mapped, labels);
            }
            _ => self.flush(),
        }
        let kind = match kind {
            "XPN" | "PN" => Type::Name,
            "XCN" | "CN" => Type::Person,
            "XAD" | "AD" => Type::Address,
            "XTN" | "TN" => Type::Phone,
            "CX" => Type::Id,
            _ => Type::Value,
        };
        for repetition in self.split(field, self.delimiters.repetition) {
            self.field(&repetition, label, kind);
        }
    }

    /// Encapsulated data: application, type, subtype, encoding, data.
    fn encapsulated(&mut self, field: &Range<usize>) {
        self.flush();
        let components = self.split(field, self.delimiters.component);
        let text = |number: usize| components.get(number).map_or("", |range| self.raw(range)).to_ascii_lowercase();
        let (kind, subtype, encoding) = (text(1), text(2), text(3));
        let data = components.get(4).cloned().unwrap_or(field.end..field.end);
        if encoding == "base64" && !data.is_empty() {
            let kind = match kind.as_str() {
                "ap" | "" => "application",
                "im" => "image",
                "tx" => "text",
                "au" => "audio",
                "multipart" => "",
                other => other,
            };
            let media = match subtype.as_str() {
                _ if kind.is_empty() => String::new(),
                "pdf" => "application/pdf".to_owned(),
                "rtf" => "text/rtf".to_owned(),
                "html" | "xml" | "plain" => format!("text/{subtype}"),
                "" => String::new(),
                other => format!("{kind}/{other}"),
            };
            let part = "encapsulated data".to_owned();
            if let Some(document) = base64::document(self.raw(&data), &media) {
                let inside =
                    Inside { part, name: &document.name, bytes: &document.bytes, raw: data, code: Code::Base64, empty: "" };
                self.builder.inside(self.source, self.limits, inside);
            } else {
                self.builder.unread(part, "it is no valid base64", data, Code::Base64, "");
            }
        } else if encoding == "hex" && !data.is_empty() {
            self.builder.unread("encapsulated data".to_owned(), "it is in hexadecimal digits", data, Code::Base64, "");
        } else {
            let mapped = self.value(&data);
            self.add(mapped, Vec::new());
        }
        for range in components.into_iter().take(4) {
            let mapped = self.value(&range);
            self.add(mapped, Vec::new());
        }
    }

    /// The text of a component: escapes resolved, subcomponents and whatever else divides it apart.
    fn value(&self, range: &Range<usize>) -> Mapped<Code> {
        let delimiters = self.delimiters;
        let code = Code::Text(delimiters);
        let raw = self.raw(range);
        let bytes = raw.as_bytes();
        let mut mapped = Mapped::default();
        let (mut run, mut at) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            let verbatim =
                |mapped: &mut Mapped<Code>| mapped.verbatim(raw.get(run..at).unwrap_or_default(), range.start + run, code);
            if byte == delimiters.escape {
                let end = bytes.iter().skip(at + 1).take(200).position(|&byte| byte == delimiters.escape);
                let meant = end.and_then(|length| Some((escape(raw.get(at + 1..at + 1 + length)?, delimiters)?, length + 2)));
                if let Some((meant, length)) = meant {
                    verbatim(&mut mapped);
                    mapped.atom(&meant, range.start + at..range.start + at + length, code);
                    at += length;
                    run = at;
                    continue;
                }
            } else if byte == delimiters.subcomponent || byte == delimiters.component || byte == delimiters.repetition {
                verbatim(&mut mapped);
                mapped.gap(if byte == delimiters.repetition { "\n" } else { " " });
                run = at + 1;
            }
            at += 1;
        }
        mapped.verbatim(raw.get(run..).unwrap_or_default(), range.start + run, code);
        mapped
    }
}

/// What an escape sequence stands for; nothing when it is none.
fn escape(sequence: &str, delimiters: Delimiters) -> Option<String> {
    let char = |byte: u8| Some(char::from(byte).to_string());
    match sequence {
        "F" => char(delimiters.field),
        "S" => char(delimiters.component),
        "T" => char(delimiters.subcomponent),
        "R" => char(delimiters.repetition),
        "E" => char(delimiters.escape),
        "H" | "N" => Some(String::new()),
        _ if sequence.starts_with(".br") || sequence.starts_with(".sp") || sequence.starts_with(".ce") => Some("\n".to_owned()),
        _ if sequence.starts_with('.') && sequence.len() < 6 => Some(" ".to_owned()),
        _ => {
            let digits = sequence
                .strip_prefix('X')
                .filter(|digits| !digits.is_empty() && digits.is_ascii() && digits.len().is_multiple_of(2))?;
            let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
            let bytes: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(byte).collect();
            let bytes = bytes?;
            let latin = || bytes.iter().map(|&byte| char::from(byte)).collect();
            Some(String::from_utf8(bytes.clone()).unwrap_or_else(|_| latin()))
        }
    }
}
