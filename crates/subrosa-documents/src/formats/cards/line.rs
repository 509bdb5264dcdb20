//! Lines of vCards and calendars: unfolded, taken apart into name, parameters and value, and folded again.

use std::ops::Range;

/// Octets of a line that is written.
const FOLD: usize = 75;

/// A line as it stands in the file, however many it is folded over.
pub(super) struct Line {
    /// Where it stands, without its last line end.
    pub(super) place: Range<usize>,
    /// Its text in one.
    pub(super) raw: String,
}

/// Whether a line begins a card, or what stands by itself in a calendar.
pub(super) fn begins_record(raw: &str) -> bool {
    let what = raw.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case("begin")).map(|(_, what)| what.trim());
    what.is_some_and(|what| ["vcard", "vevent", "vtodo", "vjournal"].iter().any(|kind| what.eq_ignore_ascii_case(kind)))
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    // Quoted-printable of old vCards goes on behind an `=`.
    let mut soft = false;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let content = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        let folded = content.starts_with([' ', '\t']) && !lines.is_empty();
        match lines.last_mut() {
            Some(last) if folded || soft => {
                let more = if soft {
                    last.raw.pop();
                    content
                } else {
                    content.get(1..).unwrap_or_default()
                };
                last.raw.push_str(more);
                last.place.end = start + content.len();
            }
            _ => lines.push(Line { place: start..start + content.len(), raw: content.to_owned() }),
        }
        soft = content.ends_with('=') && lines.last().is_some_and(|line| is_quoted_printable(&line.raw));
        start = end;
    }
    lines
}

fn is_quoted_printable(raw: &str) -> bool {
    let head = raw.split(':').next().unwrap_or_default();
    head.len() < raw.len() && head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

/// A line in pieces as long as lines may be. Those of quoted-printable are parted by soft breaks.
pub(super) fn fold(raw: &str, eol: &str) -> String {
    let soft = is_quoted_printable(raw);
    let mut out = String::with_capacity(raw.len() + raw.len() / 20);
    let mut column = 0;
    for (at, char) in raw.char_indices() {
        // An escape is not cut.
        let inside = soft && raw.get(at.saturating_sub(2)..at).is_some_and(|before| before.contains('='));
        if column + char.len_utf8() + usize::from(soft) * 3 > FOLD && !inside {
            if soft {
                out.push('=');
            }
            out.push_str(eol);
            column = 0;
            if !soft {
                out.push(' ');
                column = 1;
            }
        }
        out.push(char);
        column += char.len_utf8();
    }
    out
}

/// How a text is written in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// With backslashes.
    Escaped,
    /// As it is: a parameter.
    Parameter,
    /// As it is: what somebody calls a property.
    Name,
    /// In quoted-printable, in a charset.
    QuotedPrintable(String),
    /// A file in base64, of a type.
    Base64(String),
    /// HTML, with backslashes.
    Html,
}

/// A text in a line.
pub(super) struct Item {
    /// What it is, nearest first.
    pub(super) labels: Vec<String>,
    /// Where it stands in the unfolded line.
    pub(super) place: Range<usize>,
    /// How it is written.
    pub(super) form: Form,
}

/// What properties are for people.
const LABELS: &[(&str, &str)] = &[
    ("FN", "name"),
    ("N", "name"),
    ("NICKNAME", "nickname"),
    ("TEL", "phone"),
    ("BDAY", "date of birth"),
    ("DEATHDATE", "date of death"),
    ("ADR", "address"),
    ("LABEL", "address"),
    ("ORG", "organization"),
    ("TITLE", "job title"),
    ("CN", "name"),
    ("ATTENDEE", "attendee"),
    ("ORGANIZER", "organizer"),
    ("CONTACT", "contact"),
    ("GEO", "coordinates"),
    ("DTSTART", "start date"),
    ("DTEND", "end date"),
];

/// The components of structured values.
const NAME: &[&str] = &["family name", "given name", "middle name", "name prefix", "name suffix"];
const ADDRESS: &[&str] = &["post office box", "address", "street address", "city", "state", "postal code", "country"];
const ORGANIZATION: &[&str] = &["organization", "department", "unit"];

/// Parameters whose values are the format's own.
const TECHNICAL: &[&str] = &[
    "TYPE",
    "ENCODING",
    "CHARSET",
    "VALUE",
    "LANGUAGE",
    "PREF",
    "ROLE",
    "PARTSTAT",
    "CUTYPE",
    "RSVP",
    "FMTTYPE",
    "ALTID",
    "PID",
    "MEDIATYPE",
    "INDEX",
    "LEVEL",
    "RANGE",
    "RELATED",
    "RELTYPE",
    "FBTYPE",
    "CALSCALE",
    "VERSION",
    "SCHEDULE-STATUS",
    "SCHEDULE-AGENT",
    "X-NUM-GUESTS",
    "TZID",
];

/// Types that the formats or usual programs know (RFC 2426, RFC 6350).
const TYPES: &[&str] = &[
    "home",
    "work",
    "cell",
    "voice",
    "fax",
    "pref",
    "internet",
    "msg",
    "pager",
    "text",
    "textphone",
    "video",
    "car",
    "isdn",
    "bbs",
    "modem",
    "pcs",
    "dom",
    "intl",
    "postal",
    "parcel",
    "iphone",
    "main",
    "other",
    "main-number",
    "x509",
    "pgp",
];

/// Whether a value of `TYPE` is a kind of file or of number, and no word of somebody's own.
fn is_type(value: &str) -> bool {
    value.split(',').all(|one| {
        let one = one.trim_matches('"').to_ascii_lowercase();
        one.len() <= 4 || one.contains('/') || TYPES.contains(&one.as_str())
    })
}

/// Properties whose values are the format's own.
const STRUCTURE: &[&str] = &["BEGIN", "END", "VERSION", "CALSCALE", "METHOD"];

/// The texts of an unfolded line.
pub(super) fn items(raw: &str) -> Vec<Item> {
    let Some(colon) = unquoted(raw, 0, ':') else {
        // No property at all: text.
        return vec![Item { labels: Vec::new(), place: 0..raw.len(), form: Form::Escaped }];
    };
    let mut items = Vec::new();
    let head_end = unquoted(raw, 0, ';').filter(|end| *end < colon).unwrap_or(colon);
    let name = raw.get(..head_end).unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default().trim().to_ascii_uppercase();
    if STRUCTURE.contains(&name.as_str()) {
        return items;
    }
    let called = raw.get(..head_end).unwrap_or_default();
    let start = called.rfind('.').map_or(0, |dot| dot + 1);
    if called.get(start..start + 2).is_some_and(|mark| mark.eq_ignore_ascii_case("x-")) {
        items.push(Item { labels: Vec::new(), place: start + 2..head_end, form: Form::Name });
    }
    let (mut encoding, mut charset, mut media) = (String::new(), String::new(), String::new());
    let mut at = head_end;
    while at < colon {
        let start = at + 1;
        let end = unquoted(raw, start, ';').unwrap_or(colon).min(colon);
        let parameter = raw.get(start..end).unwrap_or_default();
        let (key, value) = parameter.split_once('=').unwrap_or(("", parameter));
        let upper = key.trim().to_ascii_uppercase();
        let bare = value.trim_matches('"');
        match (upper.as_str(), bare.to_ascii_uppercase().as_str()) {
            ("ENCODING", _) | ("", "QUOTED-PRINTABLE" | "BASE64") => encoding = bare.to_ascii_uppercase(),
            ("CHARSET", _) => bare.clone_into(&mut charset),
            ("TYPE" | "FMTTYPE" | "MEDIATYPE", _) => media = bare.to_ascii_lowercase(),
            _ => {}
        }
        let technical = TECHNICAL.contains(&upper.as_str()) && (upper != "TYPE" || is_type(bare));
        if !upper.is_empty() && !technical {
            let mut place = end - value.len()..end;
            if value.len() >= 2 && value.starts_with('"') && value.ends_with('"') {
                place = place.start + 1..place.end - 1;
            }
            items.push(Item { labels: labels(&[&upper, &name]), place, form: Form::Parameter });
        }
        at = end;
    }
    let value = raw.get(colon + 1..).unwrap_or_default();
    let place = colon + 1..raw.len();
    if let Some((kind, data)) = data_address(value) {
        items.push(Item { labels: labels(&[&name]), place: raw.len() - data.len()..raw.len(), form: Form::Base64(kind) });
        return items;
    }
    match encoding.as_str() {
        "B" | "BASE64" => items.push(Item { labels: labels(&[&name]), place, form: Form::Base64(media) }),
        _ if media == "text/html" => items.push(Item { labels: labels(&[&name]), place, form: Form::Html }),
        _ => {
            let form = if encoding == "QUOTED-PRINTABLE" { Form::QuotedPrintable(charset) } else { Form::Escaped };
            let components: &[&str] = match name.as_str() {
                "N" => NAME,
                "ADR" => ADDRESS,
                "ORG" => ORGANIZATION,
                _ => &[],
            };
            if components.is_empty() {
                items.push(Item { labels: labels(&[&name]), place, form });
                return items;
            }
            let mut start = place.start;
            for index in 0.. {
                let end = component_end(raw, start);
                let component = components.get(index).or(components.last()).copied().unwrap_or_default();
                items.push(Item { labels: vec![component.to_owned(), name.clone()], place: start..end, form: form.clone() });
                if end >= raw.len() {
                    break;
                }
                start = end + 1;
            }
        }
    }
    items
}

fn labels(names: &[&str]) -> Vec<String> {
    let mut labels = Vec::new();
    for name in names {
        labels.extend(LABELS.iter().find(|(known, _)| known == name).map(|(_, label)| (*label).to_owned()));
        labels.push((*name).to_owned());
    }
    labels
}

/// The media type and data of an address that holds a file.
fn data_address(value: &str) -> Option<(String, &str)> {
    let rest = value.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("data:")).and_then(|_| value.get(5..))?;
    let (head, data) = rest.split_once(',')?;
    let media = head.strip_suffix(";base64")?;
    Some((media.split(';').next().unwrap_or_default().to_ascii_lowercase(), data))
}

/// The next such character outside of quotes.
fn unquoted(raw: &str, from: usize, wanted: char) -> Option<usize> {
    let mut quoted = false;
    for (at, byte) in raw.bytes().enumerate().skip(from) {
        match byte {
            b'"' => quoted = !quoted,
            _ if !quoted && char::from(byte) == wanted => return Some(at),
            _ => {}
        }
    }
    None
}

/// The next semicolon that is not escaped, or the end.
fn component_end(raw: &str, from: usize) -> usize {
    let mut escaped = false;
    for (at, byte) in raw.bytes().enumerate().skip(from) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b';' => return at,
            _ => {}
        }
    }
    raw.len()
}

/// A text without its backslashes, and where they were.
pub(super) struct Unescaped {
    pub(super) text: String,
    /// (offset in the text, offset in the source) of each escape.
    escapes: Vec<(usize, usize)>,
}

impl Unescaped {
    pub(super) fn read(source: &str) -> Self {
        let mut read = Self { text: String::with_capacity(source.len()), escapes: Vec::new() };
        let mut at = 0;
        while let Some(found) = source.get(at..).and_then(|rest| rest.find('\\')) {
            read.text.push_str(source.get(at..at + found).unwrap_or_default());
            at += found;
            let escaped = match source.as_bytes().get(at + 1) {
                Some(b'n' | b'N') => Some('\n'),
                Some(&byte @ (b',' | b';' | b'\\' | b':' | b'"')) => Some(char::from(byte)),
                _ => None,
            };
            if let Some(char) = escaped {
                read.escapes.push((read.text.len(), at));
                read.text.push(char);
                at += 2;
            } else {
                read.text.push('\\');
                at += 1;
            }
        }
        read.text.push_str(source.get(at..).unwrap_or_default());
        read
    }

    /// Where the character at an offset of the text begins in the source.
    pub(super) fn place(&self, at: usize) -> usize {
        let index = self.escapes.partition_point(|(text, _)| *text < at);
        let before = index.checked_sub(1).and_then(|index| self.escapes.get(index));
        before.map_or(at, |(text, source)| source + 2 + (at - text - 1))
    }
}

/// A text with backslashes where it needs them.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' => out.push_str("\\n"),
            '\r' => {}
            ',' | ';' | '\\' => {
                out.push('\\');
                out.push(char);
            }
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_are_one() {
        let text = "NOTE:Ja\r\n ne\r\n\tRoe\r\nN;ENCODING=QUOTED-PRINTABLE:Ja=\r\nne=\r\n;x\r\nEND:VCARD";
        let lines = lines(text);
        let raws: Vec<&str> = lines.iter().map(|line| line.raw.as_str()).collect();
        assert_eq!(raws, ["NOTE:JaneRoe", "N;ENCODING=QUOTED-PRINTABLE:Jane;x", "END:VCARD"]);
        assert_eq!(&text[lines[0].place.clone()], "NOTE:Ja\r\n ne\r\n\tRoe");
    }

    #[test]
    fn folding_comes_back() {
        let raw = format!("NOTE:{}", "Jürgen, ".repeat(40));
        let folded = fold(&raw, "\r\n");
        assert!(folded.split("\r\n").all(|line| line.len() <= FOLD));
        assert_eq!(lines(&folded)[0].raw, raw);
        let raw = format!("NOTE;ENCODING=QUOTED-PRINTABLE:{}", "J=C3=BCrgen ".repeat(20));
        assert_eq!(lines(&fold(&raw, "\n"))[0].raw, raw);
    }

    #[test]
    fn texts_of_a_line() {
        let read = |raw: &str| -> Vec<(String, String)> {
            items(raw).into_iter().map(|item| (item.labels.join("/"), raw[item.place].to_owned())).collect()
        };
        let pair = |label: &str, text: &str| (label.to_owned(), text.to_owned());
        assert_eq!(read("item1.N;CHARSET=utf-8:Roe;Ja\\;ne"), [pair("family name/N", "Roe"), pair("given name/N", "Ja\\;ne")]);
        assert_eq!(
            read("ATTENDEE;CN=\"Roe; Jane\";ROLE=CHAIR:mailto:j@example.com"),
            [pair("name/CN/attendee/ATTENDEE", "Roe; Jane"), pair("attendee/ATTENDEE", "mailto:j@example.com")]
        );
        assert!(read("BEGIN:VCARD").is_empty());
    }

    #[test]
    fn escapes_have_a_way_back() {
        let source = "a\\, b\\nc\\\\d\\x";
        let read = Unescaped::read(source);
        assert_eq!(read.text, "a, b\nc\\d\\x");
        for (at, char) in read.text.char_indices() {
            let raw = &source[read.place(at)..read.place(at + char.len_utf8())];
            assert!(raw == char.to_string() || raw.len() == 2, "{raw}");
        }
    }
}
