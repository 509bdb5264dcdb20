//! What in a raw part is no residue although it reads like a removed value, and how else a value may be written there.
//!
//! A false alarm refuses a good file; a false excuse publishes a name. So an excuse needs a reason that holds for every
//! document of the format alike, whatever it says:
//!
//! - a word of the format's own vocabulary (`Title`, `Courier`) *in a place of syntax*: a PDF name behind `/`, the name of an
//!   XML element or attribute, the value of an attribute that holds no text. The same word as content is residue.
//! - the whole value of an attribute that holds no text, when schemas list it: `type="blank"`.
//! - the whole name of an XML element in several humps (`CoverPageProperties`), as no name of a person or place is written.
//! - a piece of a longer word that a PDF shows in several strings with small moves between them, `[(ma)-0.8(king)] TJ`.
//! - a part of a constant of the format: a namespace, a media type, the usual path of a part of a package.
//! - a part of the date that stands for a removed one where a schema demands a date.
//! - a part of the name of an element or attribute of a vocabulary that is nobody's: see the module `vocabulary`.
//! - a number without letters that only appears by joining numbers of the raw part (`90 210` as coordinates, `90210`
//!   removed): numbers must stand there as one, or with the separators they had.
//! - a number of five digits or fewer with nothing but numbers and syntax around it: offsets, lengths, widths, coordinates.
//!   In text (a letter, a quote or a bracket of a string next to it) it is residue.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::words::{CONSTANTS, FONT_TAGS, PATHS, VALUES, WORDS};

use crate::xml::NO_DATE;

/// Digits from which on a number is residue wherever it stands.
const LONG_NUMBER: usize = 6;

/// Whether a match in a raw part is the format's own.
pub(super) fn excused(text: &str, place: &Range<usize>, folded: &str, writings: &BTreeSet<String>) -> bool {
    if constant(text, place) || kerned(text, place) || setting(text, place) {
        return true;
    }
    if !writings.is_empty() {
        return number(text, place, writings);
    }
    WORDS.binary_search(&folded).is_ok() && in_syntax(text, place)
        || enumerated(text, place).is_some_and(|value| VALUES.binary_search(&value.as_str()).is_ok())
        || element_name(text, place)
}

/// Whether a match in bytes of which nobody knows what they are is a tag of a font.
pub(super) fn font_tag(text: &str, place: &Range<usize>) -> bool {
    text.get(place.clone()).is_some_and(|found| FONT_TAGS.binary_search(&found).is_ok())
}

/// Whether a match lies in the name of a setting of an OpenDocument program: `PrintPageBackground`.
fn setting(text: &str, place: &Range<usize>) -> bool {
    let head = text.get(..place.start).unwrap_or_default();
    let head = head.trim_end_matches(|char: char| char.is_ascii_alphanumeric());
    let tail = text.get(place.end..).unwrap_or_default();
    let tail = tail.trim_start_matches(|char: char| char.is_ascii_alphanumeric());
    head.ends_with("<config:config-item config:name=\"") && tail.starts_with('"')
}

/// Whether a match lies within the date that is written for a removed one where a schema demands a date.
pub(super) fn no_date(text: &str, place: &Range<usize>) -> bool {
    let digit = text.as_bytes().get(place.start).is_some_and(|byte| byte.is_ascii_digit() || b"-:TZ".contains(byte));
    if !digit || place.len() > NO_DATE.len() {
        return false;
    }
    let from = text.floor_char_boundary(place.start.saturating_sub(NO_DATE.len()));
    let to = text.ceil_char_boundary((place.end + NO_DATE.len()).min(text.len()));
    let around = text.get(from..to).unwrap_or_default();
    around.match_indices(NO_DATE).any(|(at, _)| from + at <= place.start && place.end <= from + at + NO_DATE.len())
}

/// Moves of the pen, in thousandths of the font size, that a reader takes for a space: a fifth of it or more, backwards being
/// positive.
const SPACE: f64 = -180.0;

/// Whether a match is a piece of a longer word that a PDF content stream shows in several strings, `[(ma)-0.8(king)] TJ`.
fn kerned(text: &str, place: &Range<usize>) -> bool {
    // What stands between the strings, without the parenthesis at either end: a small move of the pen.
    let narrow = |between: &str| between.trim().parse::<f64>().is_ok_and(|number| number > SPACE);
    let letter_before = || {
        let head = text.get(..place.start)?.strip_suffix('(')?;
        let (string, between) = head.rsplit_once(')')?;
        Some(narrow(between) && string.ends_with(char::is_alphabetic))
    };
    let letter_after = || {
        let tail = text.get(place.end..)?.strip_prefix(')')?;
        let (between, string) = tail.split_once('(')?;
        Some(narrow(between) && string.starts_with(char::is_alphabetic))
    };
    letter_before().unwrap_or(false) || letter_after().unwrap_or(false)
}

/// Whether a match is the whole name of an element, written as only vocabularies write: `CoverPageProperties`.
fn element_name(text: &str, place: &Range<usize>) -> bool {
    let (head, found, tail) = (text.get(..place.start), text.get(place.clone()), text.get(place.end..));
    let (Some(head), Some(found), Some(tail)) = (head, found, tail) else { return false };
    let opened = head.ends_with('<') || head.ends_with("</");
    let closed = tail.starts_with(|after: char| after.is_whitespace() || matches!(after, '>' | '/'));
    let humps =
        found.bytes().zip(found.bytes().skip(1)).filter(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase()).count();
    opened && closed && humps >= 2 && found.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Longest constant or path looked at.
const LONGEST_CONSTANT: usize = 300;

/// Whether the word around a match, up to white space, quotes and angle brackets, is a constant or the path of a part.
fn constant(text: &str, place: &Range<usize>) -> bool {
    let ends = |char: char| char.is_whitespace() || matches!(char, '"' | '\'' | '<' | '>');
    let from = text.floor_char_boundary(place.start.saturating_sub(LONGEST_CONSTANT));
    let to = text.ceil_char_boundary((place.end + LONGEST_CONSTANT).min(text.len()));
    let start = text.get(from..place.start).and_then(|head| Some(from + head.rfind(ends)? + 1)).unwrap_or(from);
    let end = text.get(place.end..to).and_then(|tail| Some(place.end + tail.find(ends)?)).unwrap_or(to);
    let Some(word) = text.get(start..end) else { return false };
    let path = || {
        let known = |step: &str| {
            let stem = step.split('.').next().unwrap_or_default().trim_end_matches(|char: char| char.is_ascii_digit());
            PATHS.binary_search(&stem.to_ascii_lowercase().as_str()).is_ok()
        };
        word.contains(['/', '.']) && word.split('/').all(known)
    };
    CONSTANTS.iter().any(|constant| word.starts_with(constant)) || path()
}

fn number(text: &str, place: &Range<usize>, writings: &BTreeSet<String>) -> bool {
    let Some(found) = text.get(place.clone()) else { return false };
    if found.chars().any(char::is_whitespace) && !writings.iter().any(|writing| writing == found) {
        return true;
    }
    if found.chars().filter(|char| char.is_numeric()).count() >= LONG_NUMBER {
        return false;
    }
    let head = text.get(..place.start).unwrap_or_default();
    let tail = text.get(place.end..).unwrap_or_default();
    let (before, after) = (head.trim_end_matches(' '), tail.trim_start_matches(' '));
    if (before.is_empty() && after.is_empty()) || measure(head, tail) {
        return !before.is_empty();
    }
    let textual = |char: char| char.is_alphabetic() || matches!(char, '(' | ')' | '"' | '\'' | '>' | '<' | ',' | ':' | ';');
    let value_of_name = before.len() < head.len() && pdf_name(before.trim_end_matches(|char: char| char.is_ascii_alphanumeric()));
    let before = !value_of_name && before.ends_with(textual);
    let after = after.starts_with(textual) && !after.starts_with(">>");
    !before && !after
}

/// Names of attributes that hold text, where a number may be somebody's.
const TEXT_ATTRIBUTES: &[&str] =
    &["title", "descr", "alt", "name", "value", "displaytext", "text", "author", "initials", "target", "tooltip", "label"];

/// The value of an XML attribute that holds no text, in small letters, if a match is all of it or a word of it and it is
/// written as schemas write: `even`, `lessThan`.
fn enumerated(text: &str, place: &Range<usize>) -> Option<String> {
    let letter = |char: &char| char.is_ascii_alphabetic();
    let before = text.get(..place.start)?.chars().rev().take_while(letter).count();
    let after = text.get(place.end..)?.chars().take_while(letter).count();
    let value = place.start - before..place.end + after;
    let (head, tail, value) = (text.get(..value.start)?, text.get(value.end..)?, text.get(value)?);
    let schema =
        value.starts_with(|char: char| char.is_ascii_lowercase()) && value.bytes().all(|byte| byte.is_ascii_alphabetic());
    (schema && measure(head, tail)).then(|| value.to_ascii_lowercase())
}

/// Whether a number is the whole value of an XML attribute that holds measures, not text.
fn measure(head: &str, tail: &str) -> bool {
    tail.starts_with('"') && head.strip_suffix("=\"").is_some_and(attribute_without_text)
}

/// Whether `head` ends with the name of an XML attribute that holds no text.
fn attribute_without_text(head: &str) -> bool {
    let name = head.trim_end_matches(|char: char| char.is_ascii_alphanumeric());
    let name = head.get(name.len()..).unwrap_or_default().to_ascii_lowercase();
    head.rfind('<') > head.rfind('>') && !name.is_empty() && !TEXT_ATTRIBUTES.contains(&name.as_str())
}

/// Whether a name that begins behind `before` is one of PDF, and no end of a path.
fn pdf_name(before: &str) -> bool {
    before
        .strip_suffix('/')
        .is_some_and(|before| !before.ends_with(|char: char| char.is_alphanumeric() || matches!(char, '/' | '<')))
        || before.ends_with("<</")
}

/// A PDF name, or the name of an XML element or attribute.
fn in_syntax(text: &str, place: &Range<usize>) -> bool {
    let head = text.get(..place.start).unwrap_or_default();
    let tail = text.get(place.end..).unwrap_or_default();
    let word = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.');
    let before = head.trim_end_matches(word);
    let after = tail.trim_start_matches(word);
    let named = pdf_name(before) && after.starts_with([' ', '/', '\n', '\r', '<', '>', '[', ']', '(']);
    let element = before.trim_end_matches(|char: char| char.is_ascii_alphanumeric() || char == ':');
    let element = element.ends_with('<') || element.ends_with("</");
    // An attribute: a name between white space and `="`, inside a tag that is open.
    let attribute = after.starts_with("=\"") && {
        let start = before.trim_end_matches(|char: char| char.is_ascii_alphanumeric() || char == ':');
        start.ends_with([' ', '\n']) && start.rfind('<') > start.rfind('>')
    };
    // The value of an attribute: from its opening quote to its end no tag begins or ends.
    let value = head.rfind("=\"").is_some_and(|opens| {
        let value = head.get(opens + 2..).unwrap_or_default();
        !value.contains(['"', '<', '>']) && head.get(..opens).is_some_and(attribute_without_text)
    });
    named || element || attribute || value
}

/// The text, and the text with its escapes undone where it has any.
pub(super) fn views(text: &str) -> Vec<Cow<'_, str>> {
    let mut views = vec![Cow::from(text)];
    let percents = memchr::memchr_iter(b'%', text.as_bytes()).filter(|at| hex(text, at + 1, 2).is_some());
    views.extend(around(text, percents).map(|text| percent(&text).into()));
    if memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let escape = text.as_bytes().get(at + 1..).unwrap_or_default();
        [b"#".as_slice(), b"amp;", b"lt;", b"quot;", b"apos;"].iter().any(|name| escape.starts_with(name))
    }) {
        views.push(entities(text).into());
    }
    if memchr::memmem::find(text.as_bytes(), b"\\u").is_some() {
        views.push(unicode(text).into());
    }
    views
}

/// Characters before and after an escape that are looked at again with it undone: more than any value is long.
const NEAR: usize = 2048;

/// The text near these places, nothing when there are none. In binary data every hundred thousandth byte begins what looks
/// like an escape, and all of it would be looked at twice.
fn around(text: &str, places: impl Iterator<Item = usize>) -> Option<Cow<'_, str>> {
    let mut near: Vec<Range<usize>> = Vec::new();
    for place in places {
        let (start, end) = (place.saturating_sub(NEAR), (place + NEAR).min(text.len()));
        match near.last_mut() {
            Some(last) if start <= last.end => last.end = end,
            _ => near.push(text.floor_char_boundary(start)..end),
        }
    }
    let length: usize = near.iter().map(Range::len).sum();
    if length == 0 || length * 2 > text.len() {
        return (length > 0).then(|| text.into());
    }
    let mut out = String::with_capacity(length + 4 * near.len());
    for range in near {
        out.push_str(text.get(range.start..text.ceil_char_boundary(range.end)).unwrap_or_default());
        out.push('\u{1}');
    }
    Some(out.into())
}

fn hex(text: &str, at: usize, digits: usize) -> Option<u32> {
    let digits = text.get(at..at + digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, hex(text, at + 1, 2)) {
            (b'%', Some(code)) => {
                out.push(code as u8);
                at += 3;
            }
            (b'+', _) => {
                out.push(b' ');
                at += 1;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn entities(text: &str) -> String {
    let named = |name: &str| match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)
        }
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = memchr::memchr(b'&', rest.as_bytes()) {
        let (plain, entity) = rest.split_at(start);
        out.push_str(plain);
        let end = entity.bytes().take(12).position(|byte| byte == b';');
        let decoded = end.and_then(|end| Some((named(entity.get(1..end)?)?, end + 1)));
        let (char, length) = decoded.unwrap_or(('&', 1));
        out.push(char);
        rest = entity.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn unicode(text: &str) -> String {
    let mut units = Vec::new();
    let mut out = String::with_capacity(text.len());
    let flush = |units: &mut Vec<u16>, out: &mut String| {
        out.extend(char::decode_utf16(units.drain(..)).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)));
    };
    let mut rest = text;
    while let Some(start) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (plain, escape) = rest.split_at(start);
        if !plain.is_empty() {
            flush(&mut units, &mut out);
            out.push_str(plain);
        }
        if let Some(unit) = hex(escape, 2, 4).filter(|_| escape.starts_with("\\u")) {
            units.push(unit as u16);
            rest = escape.get(6..).unwrap_or_default();
        } else {
            flush(&mut units, &mut out);
            out.push('\\');
            rest = escape.get(1..).unwrap_or_default();
        }
    }
    flush(&mut units, &mut out);
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excuse(text: &str, value: &str, writings: &[&str]) -> bool {
        let at = text.find(value).unwrap();
        let writings = writings.iter().map(|&writing| writing.to_owned()).collect();
        excused(text, &(at..at + value.len()), &value.to_lowercase(), &writings)
    }

    #[test]
    fn the_words_are_sorted() {
        assert!(WORDS.is_sorted() && VALUES.is_sorted() && PATHS.is_sorted() && FONT_TAGS.is_sorted());
    }

    #[test]
    fn vocabulary_is_excused_only_as_syntax() {
        for text in
            ["<< /Title (x) >>", "<</Title (x)>>", "<dc:Title>", "</w:Title>", "<a x=\"1\" w:Title=\"2\">", "/Font /Title/X"]
        {
            assert!(excuse(text, "Title", &[]), "{text}");
        }
        for text in ["(Title)", ">Title<", "https://example.com/Title ", "a=\"Title\"", "x Title=\"", "Title"] {
            assert!(!excuse(text, "Title", &[]), "{text}");
        }
        assert!(excuse("<w:jc w:val=\"Table Title\"/>", "Title", &[]));
        assert!(!excuse("<w:docPr descr=\"Table Title\"/>", "Title", &[]));
        assert!(!excuse("<< /Dest /Roebuck >>", "Roebuck", &[]), "a name that is no syntax word");
    }

    #[test]
    fn values_of_schemas_are_excused_as_whole_values_only() {
        assert!(excuse("<p:sldLayout type=\"blank\">", "blank", &[]));
        assert!(excuse("<a:prstClr val=\"peru\"/>", "peru", &[]));
        for text in ["<p:cSld name=\"peru\">", "<a val=\"peru lima\"/>", "val=\"peru\"", "<a>peru</a>", "<x alt=\"peru\"/>"] {
            assert!(!excuse(text, "peru", &[]), "{text}");
        }
        assert!(!excuse("<a val=\"Peru\"/>", "Peru", &[]), "not as schemas write it");
        assert!(!excuse("<a val=\"roebuck\"/>", "roebuck", &[]), "in no schema");
    }

    #[test]
    fn pieces_of_words_set_apart_are_excused_and_words_set_apart_are_not() {
        for text in ["[(ma)-0.8(King the)]TJ", "[(ma) 8 (King)]TJ", "[(a King)-20(dom)]TJ"] {
            assert!(excuse(text, "King", &[]), "{text}");
        }
        for text in ["[(ma)-250(King)]TJ", "[(Mr )-8(King)]TJ", "(ma)Tj 0 -12 Td (King)Tj", "[(King)-300(George)]TJ", "(King)"] {
            assert!(!excuse(text, "King", &[]), "{text}");
        }
    }

    #[test]
    fn settings_and_values_of_schemas_are_excused_and_other_words_are_not() {
        assert!(excuse("<config:config-item config:name=\"PrintPageBackground\" config:type", "Page", &[]));
        assert!(!excuse("<config:config-item-map-entry config:name=\"Page\">", "Page", &[]));
        assert!(excuse("<cfRule operator=\"lessThan\">", "less", &[]));
        assert!(excuse("<config:config-item config:name=\"Zoom\" config:type=\"long\">", "long", &[]));
        assert!(!excuse("<a title=\"long\">", "long", &[]));
        assert!(!excuse("<cfRule text=\"less than\">", "less", &[]));
        assert!(font_tag("x mark y", &(2..6)) && !font_tag("x Mark y", &(2..6)));
    }

    #[test]
    fn constants_are_excused_and_other_addresses_are_not() {
        assert!(excuse("<a xmlns:a=\"http://schemas.openxmlformats.org/x/2006/roebuck\">", "roebuck", &[]));
        assert!(excuse("<a xmlns:a=\"http://schemas.openxmlformats.org/x/2006/main\">", "2006", &["2006"]));
        assert!(excuse("word/theme/theme1.xml\n", "theme", &[]));
        assert!(!excuse("word/media/roebuck1.xml\n", "roebuck", &[]));
        assert!(!excuse("<a href=\"http://example.com/roebuck\">", "roebuck", &[]));
    }

    #[test]
    fn short_numbers_are_excused_among_numbers_only() {
        assert!(excuse("1 0 0 1 90 210 cm", "90 210", &["90210"]));
        assert!(excuse("0 0 90210 12 re", "90210", &["90210"]));
        assert!(excuse("<</Length 90210>>", "90210", &["90210"]));
        assert!(excuse("<w:w x=\"1\" w:w=\"90210\"/>", "90210", &["90210"]));
        assert!(!excuse("<w:item w:value=\"90210\"/>", "90210", &["90210"]));
        assert!(!excuse("90210", "90210", &["90210"]));
        assert!(!excuse("Springfield 90210", "90210", &["90210"]));
        assert!(!excuse("(90210)Tj", "90210", &["90210"]));
        assert!(!excuse("1 2 123456 3", "123456", &["123456"]));
        assert!(!excuse("1 2 555 0100 3", "555 0100", &["555 0100"]));
    }

    #[test]
    fn the_date_for_removed_dates_is_excused_alone() {
        let inside = |text: &str, value: &str| {
            let at = text.find(value).unwrap();
            no_date(text, &(at..at + value.len()))
        };
        assert!(inside("<d v=\"1970-01-01T00:00:00Z\"/>", "00:00"));
        assert!(inside("1970-01-01T00:00:00Z", "1970-01-01"));
        assert!(!inside("1970-01-01T00:00:01Z", "00:00"));
        assert!(!inside("at 00:00, 1970-01-01T00:00:00Z", "00:00"));
        assert!(!inside("11970-01-01T00:00:00Z", "11970"));
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(percent("J%61ne+R%C3%B6e%"), "Jane Röe%");
        assert_eq!(entities("J&#97;ne &amp; R&#xF6;e &; &nope"), "Jane & Röe &; &nope");
        assert_eq!(unicode("\\u004aane \\ud83d\\ude00\\n"), "Jane 😀\\n");
    }
}
