//! Tables.

mod common;

use common::{edit, labels, open, read, replaced, texts};
use proptest::prelude::*;
use subrosa_core::span::Span;

const PATIENTS: &str = "id,First name,Last name,birth_date,note\r\n1,Jane,Roe,1970-01-02,\"says \"\"hello\"\", twice\"\r\n2,Ann,\"Roe, née Doe\",1980-03-04,\"two\nlines\"\r\n";

#[test]
fn cells_are_segments_under_their_header() {
    let document = read("a.csv", PATIENTS.as_bytes());
    assert_eq!(labels(&document, "Jane"), ["First name"]);
    assert_eq!(labels(&document, "1980-03-04"), ["birth_date"]);
    assert_eq!(labels(&document, "says \"hello\", twice"), ["note"]);
    assert_eq!(labels(&document, "two\nlines"), ["note"]);
    assert!(labels(&document, "First name").is_empty(), "a header is not under itself");
}

#[test]
fn dialects_are_told() {
    for (name, delimiter) in
        [("a.csv", ';'), ("a.tsv", '\t'), ("a.csv", '|'), ("a.csv", ','), ("a.csv", '\t'), ("a.txt", '\t'), ("a", ';')]
    {
        let table = "Vorname,Nachname,Geburtsdatum\nJana,Muster,01.02.1970\nOle,Muster,03.04.1980\nPia,Muster,05.06.1990\n";
        let table = table.replace(',', &delimiter.to_string());
        let document = read(name, table.as_bytes());
        assert_eq!(labels(&document, "Pia"), ["Vorname"], "{name} {delimiter:?}");
    }
    let decimal = "Name;Größe;Gewicht\nJana;1,78;70,5\nOle;1,90;80,5\n";
    assert_eq!(labels(&read("a.csv", decimal.as_bytes()), "1,78"), ["Größe"]);
    let hinted = "sep=^\nname^city\nJane^Springfield\n";
    assert_eq!(labels(&read("a.csv", hinted.as_bytes()), "Jane"), ["name"]);
}

#[test]
fn a_first_row_of_data_is_no_header() {
    let rows = "Jane,Roe,Springfield\nAnn,Doe,Shelbyville\nJane,Doe,Springfield\n";
    let document = read("a.csv", rows.as_bytes());
    assert!(document.segments.iter().all(|segment| segment.labels.is_empty()));
    assert_eq!(document.body.place(0, Span::new(0, 4)), "row 1, column 1");
}

#[test]
fn places_name_row_and_column() {
    let document = read("a.csv", PATIENTS.as_bytes());
    let at = |text: &str| document.segments.iter().position(|segment| segment.text == text).unwrap();
    assert_eq!(document.body.place(at("Ann"), Span::new(0, 3)), "row 3, column \"First name\"");
    assert_eq!(document.body.place(at("Last name"), Span::new(0, 3)), "row 1, column 3");
}

#[test]
fn an_edit_keeps_every_other_byte() {
    let written = replaced("a.csv", PATIENTS.as_bytes(), "Jane", "[PERSON-1]");
    assert_eq!(written, PATIENTS.replace("Jane", "[PERSON-1]").into_bytes());
    let written = replaced("a.csv", PATIENTS.as_bytes(), "hello", "\"x\"");
    assert_eq!(written, PATIENTS.replace("hello", "\"\"x\"\"").into_bytes());
    let written = replaced("a.csv", PATIENTS.as_bytes(), "Roe, née Doe", "[P]");
    assert_eq!(written, PATIENTS.replace("Roe, née Doe", "[P]").into_bytes());
}

#[test]
fn cells_are_quoted_when_they_must_be() {
    for (with, cell) in [("a, b", "\"a, b\""), ("a\nb", "\"a\nb\""), ("a\"b", "\"a\"\"b\""), ("\"", "\"\"\"\""), ("", "")] {
        assert_eq!(replaced("a.csv", b"x,Jane,y\n", "Jane", with), format!("x,{cell},y\n").into_bytes());
    }
    // A quote that an edit moves to the front of its cell.
    assert_eq!(replaced("a.csv", b"x,Jane\"s,y\n", "Jane", ""), b"x,\"\"\"s\",y\n");
}

#[test]
fn no_edit_makes_a_formula() {
    assert_eq!(replaced("a.csv", b"x,Jane=1+1,y\n", "Jane", ""), b"x,'=1+1,y\n");
    assert_eq!(replaced("a.csv", b"x,Jane,y\n", "Jane", "@1"), b"x,'@1,y\n");
    assert_eq!(replaced("a.csv", b"x,\"Jane\",y\n", "Jane", "=\"1"), b"x,\"'=\"\"1\",y\n");
    assert_eq!(replaced("a.csv", b"x,+1 555-0100,y\n", "1 555-0100", "*"), b"x,+*,y\n");
}

#[test]
fn loose_tables_are_read() {
    let loose = "a,\"he said \"hi\" twice\", \"b, c\" ,d\r\rshort\n,,\nlong,1,2,3,4,5,6\n\"never closed, x\ny";
    let document = read("a.csv", loose.as_bytes());
    assert_eq!(texts(&document)[..5], ["a", "he said \"hi\" twice", "b, c", "d", "short"]);
    assert!(document.body.write(&[]).unwrap() == loose.as_bytes());
    assert_eq!(replaced("a.csv", b"a,\"x \"Jane\", y\"\n", "Jane", ""), b"a,\"x \"\"\", y\"\n");
}

#[test]
fn prose_is_no_table() {
    for (name, bytes) in [
        ("a.txt", "Dear Jane, dear Ann,\nhow are you, all of you?\n"),
        ("a", "one, two, three\n"),
        ("a.md", "a|b\n-|-\nc|d\ne|f\n"),
    ] {
        assert_eq!(open(name, bytes.as_bytes()).unwrap().0.id(), "txt");
    }
}

/// Cells of all kinds, with quotes and line breaks.
fn cells() -> impl Strategy<Value = Vec<Vec<String>>> {
    proptest::collection::vec(proptest::collection::vec("[a-c,;\"\n\r ä=-]{0,6}", 1..5), 0..6)
}

fn table(rows: &[Vec<String>]) -> String {
    let row =
        |row: &Vec<String>| row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",");
    rows.iter().map(|cells| row(cells) + "\r\n").collect()
}

proptest! {
    #[test]
    fn what_is_read_is_written_back(text in "[a-c,;\t\"\n\r |ä]{0,80}") {
        let document = read("a.csv", text.as_bytes());
        prop_assert_eq!(document.body.write(&[]).unwrap(), text.as_bytes());
    }

    #[test]
    fn quoted_cells_are_read_as_they_were_written(rows in cells()) {
        let document = read("a.csv", format!("sep=,\n{}", table(&rows)).as_bytes());
        let expected: Vec<&str> = rows.iter().flatten().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        prop_assert_eq!(&texts(&document)[1..], &expected[..]);
    }

    #[test]
    fn edited_cells_are_read_as_they_were_edited(text in "[a-c,;\t\"\n\r |ä]{0,60}", cell in 0..20_usize, from in 0..8_usize, with in "[x,\"\n ]{0,4}") {
        let text = format!("sep=,\n{text}");
        let document = read("a.csv", text.as_bytes());
        let cell = cell % document.segments.len().max(1);
        if cell == 0 { return Ok(()); }
        let before = &document.segments[cell].text;
        let from = before.floor_char_boundary(from);
        let to = before.ceil_char_boundary((from + 2).min(before.len()));
        let mut edits = vec![Vec::new(); cell];
        edits.push(vec![edit(from, to, &with)]);
        let written = document.body.write(&edits);
        // Behind a quote that is never closed, nothing can be quoted.
        let Ok(written) = written else { return Ok(()) };
        let after = read("a.csv", &written);
        let formula = |cell: &str| cell.starts_with(['-', '=', '\t', '\r']);
        let mut expected = format!("{}{with}{}", &before[..from], &before[to..]);
        if formula(&expected) && !formula(before) {
            expected.insert(0, '\'');
        }
        let mut expected_cells: Vec<String> = document.segments.iter().map(|segment| segment.text.clone()).collect();
        expected_cells[cell] = expected;
        expected_cells.retain(|cell| !cell.is_empty());
        prop_assert_eq!(texts(&after), expected_cells);
    }
}
