//! JSON and JSON Lines.

mod common;

use common::{edit, labels, open, read, refusal, replace_all, replaced, texts};
use proptest::prelude::*;
use subrosa_core::span::Span;

const PATIENT: &str = r#"{
  "patient" : {"name": "Jane \u0052oe", "birthDate": "1970-01-02", "tags":["ward 7", "Z\u00fcrich \ud83d\ude00 Jane"] },
  "account":12345678901234567890, "ratio": 1.50e3, "age":93, "n": 7, "ok": true, "none": null, "empty": "",
  "Jane Roe": {"k": "v"}
}
"#;

#[test]
fn strings_and_numbers_are_segments_under_their_keys() {
    let document = read("a.json", PATIENT.as_bytes());
    assert_eq!(labels(&document, "1970-01-02"), ["birthDate"]);
    assert_eq!(labels(&document, "ward 7"), ["tags"]);
    assert_eq!(labels(&document, "12345678901234567890"), ["account"]);
    assert_eq!(labels(&document, "93"), ["age"]);
    assert_eq!(labels(&document, "v"), ["k"]);
    assert_eq!(labels(&document, "Zürich 😀 Jane"), ["tags"]);
    assert!(labels(&document, "birthDate").is_empty());
    assert!(!texts(&document).contains(&"7"));
}

#[test]
fn keys_that_say_nothing_let_the_key_around_them_speak() {
    let document = read("a.json", br#"{"patient": {"mrn": {"value": "A-77120"}, "status": "active"}}"#);
    assert_eq!(labels(&document, "A-77120"), ["value", "mrn"]);
    assert_eq!(labels(&document, "active"), ["status"]);
}

#[test]
fn edits_keep_every_other_byte() {
    let edited = |value: &str, with: &str| String::from_utf8(replaced("a.json", PATIENT.as_bytes(), value, with)).unwrap();
    assert_eq!(
        edited("Jane Roe", "[PERSON-1]"),
        PATIENT.replace(r"Jane \u0052oe", "[PERSON-1]").replace("Jane Roe", "[PERSON-1]")
    );
    assert_eq!(edited("12345678901234567890", "[ID]"), PATIENT.replace("12345678901234567890", "\"[ID]\""));
    assert_eq!(edited("93", "90+"), PATIENT.replace("93", "\"90+\""));
    assert_eq!(edited("1970", "\"\\\n\u{1}ä"), PATIENT.replace("1970", r#"\"\\\n\u0001ä"#));
    assert_eq!(edited("Jane", ""), PATIENT.replace("Jane", ""));
    assert_eq!(edited(" 😀 ", "-"), PATIENT.replace(r" \ud83d\ude00 ", "-"));
}

#[test]
fn a_key_is_edited_wherever_it_stands() {
    let lines = "{\"Jane\": 1, \"b\": \"x\"}\n\n{\"b\": \"y\", \"J\\u0061ne\": {\"Jane\": \"z\"}}\r\n";
    let document = read("a.jsonl", lines.as_bytes());
    assert_eq!(texts(&document), ["Jane", "b", "x", "y", "z"]);
    let written = document.body.write(&replace_all(&document, "Jane", "[P]")).unwrap();
    assert_eq!(written, lines.replace("J\\u0061ne", "[P]").replace("Jane", "[P]").into_bytes());
}

#[test]
fn a_bad_line_is_named() {
    let refused = refusal("a.jsonl", b"{\"a\": 1}\n\n{\"a\": nope}\n{\"a\": 2}\n");
    assert_eq!(refused.to_string(), "damaged: line 3: expected a value");
    let cases: [(&[u8], &str); 9] = [
        (b"{\"a\":\n1,}", "line 2"),
        (b"[1 2]", "comma"),
        (b"{\"a\" 1}", "colon"),
        (b"[\"x", "never closed"),
        (b"[\"\\x\"]", "escape"),
        (b"[01234]", "value"),
        (b"[1]]", "value"),
        (b"[{]}", "key"),
        (b"{\"a\":1", "ends inside"),
    ];
    for (bytes, reason) in cases {
        let refused = refusal("a.json", bytes).to_string();
        assert!(refused.contains(reason), "{refused}");
    }
    assert_eq!(refusal("a.jsonl", b"{} {}\n").kind(), "damaged");
    assert_eq!(refusal("a.json", &b"[".repeat(100_000)).kind(), "limit");
}

#[test]
fn kinds_are_told_by_content_where_the_name_tells_nothing() {
    let id = |name, bytes: &str| open(name, bytes.as_bytes()).unwrap().0.id();
    assert_eq!(id("a", "{\"a\": [1]}\n"), "json");
    assert_eq!(id("a.log", "{\"a\": \"J\\u0061ne\"}\n{\"a\": 2}\n"), "jsonl");
    assert_eq!(id("a.log", "{\"a\": 1}\nnot json\n"), "txt");
    assert_eq!(id("a.txt", "[PERSON-1] came"), "txt");
    assert_eq!(id("a.json", "{\"a\": 1}\n{\"a\": 2}\n"), "json");
}

#[test]
fn places_are_lines_and_bytes() {
    let document = read("a.json", PATIENT.as_bytes());
    let at = document.segments.iter().position(|segment| segment.text == "Jane Roe").unwrap();
    let line = PATIENT.lines().nth(1).unwrap();
    let expected = format!("line 2, byte {}", line.find("\\u0052").unwrap() + 1);
    assert_eq!(document.body.place(at, Span::new(5, 8)), expected);
}

#[test]
fn halves_of_surrogate_pairs_are_kept() {
    let text = r#"["\ud800 Jane \udc00\ud800"]"#;
    assert_eq!(texts(&read("a.json", text.as_bytes())), ["\u{fffd} Jane \u{fffd}\u{fffd}"]);
    assert_eq!(replaced("a.json", text.as_bytes(), "Jane", "[P]"), text.replace("Jane", "[P]").into_bytes());
}

/// A JSON text with odd layout, and the strings in it.
fn json() -> impl Strategy<Value = String> {
    let string =
        "([a-cä 😀]|\\\\u00e4|\\\\ud83d\\\\ude00|\\\\n|\\\\\"|\\\\\\\\){0,5}".prop_map(|content| format!("\"{content}\""));
    let leaf = prop_oneof![string.clone(), "-?[1-9][0-9]{0,6}(\\.[0-9]{1,3})?(e[+-]?[0-9])?", "true|null"];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[ {}\n]", items.join(" ,\t"))),
            proptest::collection::vec((string.clone(), inner), 0..4).prop_map(|items| {
                format!("{{{}}}", items.iter().map(|(key, value)| format!("{key} : {value}")).collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_read_is_written_back(text in json()) {
        let document = read("a.json", text.as_bytes());
        prop_assert_eq!(document.body.write(&[]).unwrap(), text.as_bytes());
    }

    #[test]
    fn edited_strings_are_read_as_they_were_edited(text in json(), which in 0..30_usize, from in 0..8_usize, with in "[x\"\\\\\n\u{1}ä]{0,4}") {
        let document = read("a.json", text.as_bytes());
        if document.segments.is_empty() { return Ok(()); }
        let which = which % document.segments.len();
        let before = &document.segments[which].text;
        let (from, to) = (before.floor_char_boundary(from), before.ceil_char_boundary(from + 2));
        let mut edits = vec![Vec::new(); which];
        edits.push(vec![edit(from, to.max(from), &with)]);
        let written = document.body.write(&edits).unwrap();
        let after = read("a.json", &written);
        let expected = format!("{}{with}{}", &before[..from], &before[to.max(from)..]);
        // Keys may fall together, and what became empty or a single digit is no segment: look for the edited text only.
        prop_assert!(expected.is_empty() || texts(&after).contains(&expected.as_str()));
        prop_assert_eq!(after.body.write(&[]).unwrap(), written);
    }

    #[test]
    fn other_bytes_never_panic(text in "[\\[\\]{},:\"\\\\u0-9a-fe.+ \n-]{0,60}") {
        let _ = open("a.json", text.as_bytes()).map(|(_, document)| document.body.write(&[]));
        let _ = open("a.jsonl", text.as_bytes());
        let _ = open("a.log", text.as_bytes());
    }
}
