//! Parameters of `Content-Type` and `Content-Disposition`: plain, in pieces, and in extended notation.
//!
//! References: RFC 2045, section 5.1; RFC 2183; RFC 2231. Read beyond them: encoded words in values, values without quotes
//! that hold spaces.

use std::fmt::Write as _;
use std::ops::Range;

use super::words;
use crate::percent;

/// A header's value with parameters.
pub(super) struct Parameters {
    /// What stands before the first semicolon.
    pub(super) main: Range<usize>,
    list: Vec<Parameter>,
}

/// A parameter, or a piece of one.
struct Parameter {
    /// In lower case, without the marks of pieces.
    name: String,
    section: u32,
    extended: bool,
    /// The semicolon before it.
    lead: usize,
    /// From its name to the end of its value, quotes included.
    whole: Range<usize>,
    /// The value, quotes left out.
    value: Range<usize>,
}

/// Reads the parameters in `range` of `bytes`.
pub(super) fn read(bytes: &[u8], range: Range<usize>) -> Parameters {
    let text = bytes.get(..range.end).unwrap_or(bytes);
    let mut at = semicolon(text, range.start);
    let main = trimmed(text, range.start..at);
    let mut list = Vec::new();
    while at < text.len() {
        let lead = at;
        at = blank(text, at + 1);
        let start = at;
        while text.get(at).is_some_and(|byte| !matches!(byte, b'=' | b';' | b' ' | b'\t' | b'\r' | b'\n')) {
            at += 1;
        }
        let name = String::from_utf8_lossy(text.get(start..at).unwrap_or_default()).to_ascii_lowercase();
        at = blank(text, at);
        if text.get(at) != Some(&b'=') {
            at = semicolon(text, at);
            continue;
        }
        at = blank(text, at + 1);
        let (value, end) = if text.get(at) == Some(&b'"') {
            let close = closing(text, at + 1);
            (at + 1..close, (close + 1).min(text.len()))
        } else {
            let place = trimmed(text, at..semicolon(text, at));
            (place.clone(), place.end)
        };
        let mut marks = name.split('*');
        let base = marks.next().unwrap_or_default().to_owned();
        let (mut section, mut extended) = (0, false);
        for mark in marks {
            match mark.parse() {
                Ok(number) => section = number,
                Err(_) => extended = true,
            }
        }
        if !base.is_empty() {
            list.push(Parameter { name: base, section, extended, lead, whole: start..end, value });
        }
        at = semicolon(text, end);
    }
    Parameters { main, list }
}

/// The next semicolon that stands in no quotes, or the end.
fn semicolon(text: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = text.get(at) {
        match byte {
            b';' => return at,
            b'"' => at = closing(text, at + 1),
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The quote that ends a quoted string, or the end.
fn closing(text: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

fn blank(text: &[u8], mut at: usize) -> usize {
    while text.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let content = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (content.len() - content.trim_ascii_start().len());
    start..start + content.trim_ascii().len()
}

impl Parameters {
    /// The names, each once, in order.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for parameter in &self.list {
            if !names.contains(&parameter.name.as_str()) {
                names.push(&parameter.name);
            }
        }
        names
    }

    fn sections(&self, name: &str) -> Vec<&Parameter> {
        let mut sections: Vec<&Parameter> = self.list.iter().filter(|parameter| parameter.name == name).collect();
        // A program that writes both `filename` and `filename*` means the same with both.
        if sections.iter().any(|section| section.section > 0) || sections.len() < 2 {
            sections.sort_by_key(|section| section.section);
        }
        sections
    }

    /// The texts of a parameter: one, or more when it is given in several ways.
    pub(super) fn texts(&self, bytes: &[u8], name: &str) -> Vec<String> {
        self.groups(name).iter().map(|group| text(bytes, group)).collect()
    }

    /// The text of a parameter; of several, the last, which is the one in extended notation.
    pub(super) fn text(&self, bytes: &[u8], name: &str) -> Option<String> {
        self.texts(bytes, name).pop()
    }

    fn groups(&self, name: &str) -> Vec<Vec<&Parameter>> {
        let sections = self.sections(name);
        if sections.iter().any(|section| section.section > 0) {
            // Pieces in the order of their numbers; a whole value besides them has number 0, too, and stands first.
            let mut groups: Vec<Vec<&Parameter>> = Vec::new();
            let zeros = sections.iter().filter(|section| section.section == 0).count();
            let (alone, pieces) = sections.split_at(zeros.saturating_sub(1).min(sections.len()));
            groups.extend(alone.iter().map(|section| vec![*section]));
            groups.push(pieces.to_vec());
            return groups;
        }
        sections.into_iter().map(|section| vec![section]).collect()
    }

    /// Where a parameter stands, with the semicolons before it.
    pub(super) fn dropped(&self, name: &str) -> Vec<Range<usize>> {
        self.sections(name).iter().map(|section| section.lead..section.whole.end).collect()
    }

    /// The changes that give a parameter other texts, one for each of [`Parameters::texts`].
    pub(super) fn write(&self, name: &str, texts: &[Option<String>], splices: &mut Vec<(Range<usize>, Vec<u8>)>) {
        for (group, text) in self.groups(name).into_iter().zip(texts) {
            let (Some(text), Some((first, others))) = (text, group.split_first()) else { continue };
            splices.push((first.whole.clone(), written(name, text).into_bytes()));
            splices.extend(others.iter().map(|section| (section.lead..section.whole.end, Vec::new())));
        }
    }
}

fn text(bytes: &[u8], sections: &[&Parameter]) -> String {
    let mut decoded = Vec::new();
    let mut charset = String::new();
    let mut extended = false;
    for (number, section) in sections.iter().enumerate() {
        let raw = bytes.get(section.value.clone()).unwrap_or_default();
        let mut raw = unescaped(raw);
        if section.extended {
            if number == 0 {
                let mut quotes = memchr::memchr_iter(b'\'', &raw);
                if let (Some(first), Some(second)) = (quotes.next(), quotes.next()) {
                    charset = String::from_utf8_lossy(raw.get(..first).unwrap_or_default()).into_owned();
                    raw.drain(..=second);
                }
            }
            extended = true;
            decoded.extend(percent::decode(&raw));
        } else {
            decoded.extend_from_slice(&raw);
        }
    }
    if extended {
        return words::text_in(&charset, &decoded).into_owned();
    }
    words::plain(&decoded)
}

/// Without the backslashes of quoted pairs and without folding. A backslash that is no escape (in a path of Windows) stays.
fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        match (byte, raw.get(at + 1)) {
            (b'\\', Some(&next @ (b'"' | b'\\'))) => {
                out.push(next);
                at += 1;
            }
            (b'\r' | b'\n', _) => {}
            _ => out.push(byte),
        }
        at += 1;
    }
    out
}

/// A parameter as it is written.
fn written(name: &str, text: &str) -> String {
    if text.chars().all(|char| matches!(char, ' '..='~')) {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("{name}=\"{escaped}\"");
    }
    let mut out = format!("{name}*=utf-8''");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(value: &str, name: &str) -> Vec<String> {
        read(value.as_bytes(), 0..value.len()).texts(value.as_bytes(), name)
    }

    #[test]
    fn values_in_every_notation() {
        let value = "attachment; FileName = \"a\\\"b;c.txt\"; size=12;\r\n\tname*0*=utf-8''J%C3%BC;name*1=rgen; \
                     x=Neues Dokument.txt; y==?utf-8?Q?J=C3=BCrgen?=; z=\"C:\\TEMP\\a.png";
        assert_eq!(texts(value, "filename"), ["a\"b;c.txt"]);
        assert_eq!(texts(value, "size"), ["12"]);
        assert_eq!(texts(value, "name"), ["Jürgen"]);
        assert_eq!(texts(value, "x"), ["Neues Dokument.txt"]);
        assert_eq!(texts(value, "y"), ["Jürgen"]);
        assert_eq!(texts(value, "z"), ["C:\\TEMP\\a.png"]);
        assert_eq!(texts("a; filename=b.txt; filename*=utf-8''%C3%BC.txt", "filename"), ["b.txt", "ü.txt"]);
    }

    #[test]
    fn pieces_become_one() {
        let value = "a; n*0=\"Jane \"; n*1=\"Roe\"; b=1";
        let parameters = read(value.as_bytes(), 0..value.len());
        let mut splices = Vec::new();
        parameters.write("n", &[Some("[P] ü".to_owned())], &mut splices);
        assert_eq!(splices[0], (3..14, b"n*=utf-8''%5BP%5D%20%C3%BC".to_vec()));
        assert_eq!(splices[1], (14..25, Vec::new()));
    }
}
