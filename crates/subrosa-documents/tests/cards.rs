//! vCards and calendars.
#![allow(clippy::unwrap_used)] // helpers of tests

mod common;

use common::{labels, open, read, replace_all, texts};
use proptest::prelude::*;
use subrosa_core::policy::OnUnread;
use subrosa_core::span::Span;
use subrosa_documents::verify::verify;
use subrosa_documents::{Limits, Source};

const CARD: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dr. Jane Roe\r\nN:Roe;Jane;;Dr.;\r\nitem1.ADR;TYPE=home:;;1 Main St\\, Apt 2;Springfield;IL;62701;USA\r\n\
                    TEL;TYPE=cell:555-0100\r\nBDAY:1970-01-02\r\nNOTE:Knows Ja\r\n ne Roe\\, and\\nJohn.\r\nEND:VCARD\r\n";

const EVENT: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1@example.com\nDTSTART;TZID=Europe/Berlin:20260102T100000\nSUMMARY:Visit Jane Roe\n\
                     ATTENDEE;CN=\"Roe, Jane\";RSVP=TRUE:mailto:jane@example.com\nORGANIZER;CN=Jane Roe:mailto:o@example.com\n\
                     LOCATION:Room 1\\; at Jane Roe's\nEND:VEVENT\nEND:VCALENDAR\n";

fn redacted(name: &str, text: &str, value: &str, with: &str) -> String {
    let (format, document) = open(name, text.as_bytes()).unwrap();
    let edits = replace_all(&document, value, with);
    assert!(edits.iter().any(|edits| !edits.is_empty()));
    let written = document.body.write(&edits).unwrap();
    verify(format, &document, &edits, &Source::new(&written, name), &Limits::default()).unwrap();
    String::from_utf8(written).unwrap()
}

#[test]
fn properties_are_segments_under_their_names() {
    let (format, document) = open("a", CARD.as_bytes()).unwrap();
    assert_eq!(format.id(), "vcf");
    assert_eq!(labels(&document, "Dr. Jane Roe"), ["name", "FN"]);
    assert_eq!(labels(&document, "Roe"), ["family name", "N"]);
    assert_eq!(labels(&document, "1 Main St, Apt 2"), ["street address", "ADR"]);
    assert_eq!(labels(&document, "62701"), ["postal code", "ADR"]);
    assert_eq!(labels(&document, "555-0100"), ["phone", "TEL"]);
    assert!(texts(&document).contains(&"Knows Jane Roe, and\nJohn."));
    assert_eq!(document.body.write(&[]).unwrap(), CARD.as_bytes());
    assert_eq!(document.body.place(document.segments.len() - 1, Span::new(0, 1)), "line 8");
    let (format, document) = open("a.txt", EVENT.as_bytes()).unwrap();
    assert_eq!(format.id(), "ics");
    assert_eq!(labels(&document, "Roe, Jane"), ["name", "CN", "attendee", "ATTENDEE"]);
    assert!(texts(&document).contains(&"Room 1; at Jane Roe's"));
}

#[test]
fn names_and_types_of_ones_own_are_texts() {
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.X-ROE-CLINIC:1\r\nTEL;TYPE=HOME,ROE-LINE:555-0100\r\nTEL;TYPE=cell:555-0101\r\nEND:VCARD\r\n";
    let written = redacted("a.vcf", card, "ROE", "[DENIED_TERM]");
    let expected = card.replace("X-ROE-CLINIC", "X-DENIED-TERM-CLINIC").replace("ROE-LINE", "[DENIED_TERM]-LINE");
    assert_eq!(written.replace('"', ""), expected);
    let document = read("a.vcf", card.as_bytes());
    assert!(document.segments.iter().any(|segment| segment.structural && segment.text == "ROE-CLINIC"));
    assert!(!texts(&document).contains(&"cell"));
}

#[test]
fn only_edited_lines_change() {
    let written = redacted("a.vcf", CARD, "Jane Roe", "[P;1]");
    let expected = CARD.replace("FN:Dr. Jane Roe", "FN:Dr. [P\\;1]").replace("Ja\r\n ne Roe", "[P\\;1]");
    assert_eq!(written, expected);
    let written = redacted("a.ics", EVENT, "Jane Roe", "[P:1]");
    let expected = EVENT.replace("CN=Jane Roe", "CN=\"[P:1]\"").replace("Jane Roe", "[P:1]");
    assert_eq!(written, expected);
    let long = format!("BEGIN:VCARD\nNOTE:{}\nEND:VCARD\n", "Jürgen and Jane ".repeat(12));
    let written = redacted("a.vcf", &long, "Jane", "[PERSON-1]");
    assert!(written.lines().all(|line| line.len() <= 75));
}

#[test]
fn old_cards_in_quoted_printable() {
    let card = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=iso-8859-1:R=F6e;Ja=\r\nne\r\n\
                NOTE;QUOTED-PRINTABLE:Line=0D=0AJane\r\nEND:VCARD\r\n";
    let document = read("a.vcf", card.as_bytes());
    assert_eq!(labels(&document, "Röe"), ["family name", "N"]);
    assert!(texts(&document).contains(&"Line\r\nJane"));
    let written = redacted("a.vcf", card, "Jane", "Zoë");
    assert!(written.contains("N;ENCODING=QUOTED-PRINTABLE;CHARSET=iso-8859-1:R=F6e;Zo=EB\r\n"));
    assert!(written.contains("NOTE;QUOTED-PRINTABLE:Line=0D=0AZo=C3=AB\r\n"));
}

#[test]
fn files_in_cards_are_read_or_named() {
    let card = "BEGIN:VCARD\nFN:A\nATTACH;ENCODING=B;FMTTYPE=text/csv:bmFtZQpKYW5lIFJvZQo=\nPHOTO;ENCODING=b;TYPE=X-FOO:AAEC\n AwAA\nEND:VCARD\n";
    let mut document = read("a.vcf", card.as_bytes());
    assert!(texts(&document).contains(&"Jane Roe"));
    assert_eq!(document.unread[0].part, "property 4");
    assert!(document.settle(OnUnread::Fail).is_err());
    document.settle(OnUnread::Remove).unwrap();
    let written = document.body.write(&replace_all(&document, "Jane Roe", "[P]")).unwrap();
    let again = read("a.vcf", &written);
    assert_eq!(texts(&again), ["A", "name", "[P]"]);
    assert!(again.unread.is_empty() && document.body.notes()[0].contains("property 4"));
}

proptest! {
    #[test]
    fn any_lines_survive(text in "(BEGIN|N|ADR|;|:|=|\"|\\\\|,|\n |\n|[a-zü ]|QUOTED-PRINTABLE){0,60}", from in 0..9_usize) {
        let text = format!("BEGIN:VCARD\n{text}\nEND:VCARD\n");
        let Ok((_, document)) = open("a.vcf", text.as_bytes()) else { return Ok(()) };
        prop_assert_eq!(document.body.write(&[]).unwrap(), text.as_bytes());
        for index in 0..document.segments.len() {
            let before = &document.segments[index].text;
            let (start, end) = (before.floor_char_boundary(from), before.ceil_char_boundary(from + 2));
            let mut edits = vec![Vec::new(); index];
            edits.push(vec![common::edit(start, end.max(start), "[x]")]);
            if let Ok(written) = document.body.write(&edits) {
                prop_assert!(open("a.vcf", &written).is_ok());
            }
        }
    }
}
