//! Are there rows, columns or sheets that are hidden?

use std::collections::HashSet;

use super::Question;
use super::answers::{Answers, counted};
use super::kind::{Kind, Severity};
use super::markup::{Event, is_on, walk, within};
use super::subject::{Office, Parts, Subject};

static SHEET: Kind = Kind {
    id: "hidden-sheet",
    severity: Severity::High,
    title: "A sheet is hidden",
    why: "A hidden sheet is one click away; one that is very hidden takes a script, and every program reads both.",
    advice: "Delete the sheet, or copy what is to be shared into a new workbook.",
};
static CELLS: Kind = Kind {
    id: "hidden-cells",
    severity: Severity::High,
    title: "Rows or columns are hidden",
    why: "Hidden and filtered rows and columns are in the file with all their values.",
    advice: "Delete them instead of hiding them.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&SHEET, &CELLS], ask };

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(parts) = subject.office(Office::Workbook) {
        let mut number = 0;
        if let Some(text) = parts.find("xl/workbook.xml") {
            let _ = walk("xl/workbook.xml", text, subject.limits, |_, event| {
                if let Event::Open("sheet", attribute) = event {
                    number += 1;
                    let detail = match attribute("state").as_deref() {
                        Some("hidden") => "a hidden sheet",
                        Some("veryHidden") => "a very hidden sheet, which no menu shows",
                        _ => return,
                    };
                    answers.see(&SHEET, format!("sheet {number}"), detail);
                }
            });
        }
        for (name, text) in parts.xml("xl/worksheets/sheet") {
            worksheet(subject, name, text, answers);
        }
    }
    if let Some(parts) = subject.office(Office::OpenDocument) {
        tables(subject, parts, answers);
    }
}

fn worksheet(subject: &Subject<'_>, name: &str, text: &str, answers: &mut Answers) {
    let mut hidden_columns: Vec<(usize, usize)> = Vec::new();
    let mut hidden_row = false;
    let (mut rows, mut cells) = (HashSet::new(), HashSet::new());
    let mut row = 0_usize;
    let mut column = 0;
    let _ = walk(name, text, subject.limits, |open, event| match event {
        Event::Open("col", attribute) if attribute("hidden").is_some() && is_on(attribute("hidden").as_deref()) => {
            let number = |key: &str| attribute(key).and_then(|value| value.parse().ok()).unwrap_or(0);
            hidden_columns.push((number("min"), number("max")));
        }
        Event::Open("row", attribute) => {
            row = attribute("r").and_then(|value| value.parse().ok()).unwrap_or(row + 1);
            let flat = attribute("ht").and_then(|height| height.parse::<f64>().ok()).is_some_and(|height| height == 0.0);
            hidden_row = flat || attribute("hidden").is_some() && is_on(attribute("hidden").as_deref());
            column = 0;
        }
        Event::Open("c", attribute) => column = attribute("r").map_or(column + 1, |cell| column_of(&cell)),
        Event::Text(text) if (within(open, "v") || within(open, "t")) && !text.trim().is_empty() => {
            if hidden_row {
                rows.insert(row);
            }
            if let Some(range) = hidden_columns.iter().find(|(from, to)| (*from..=*to).contains(&column)) {
                cells.insert((range.0, column));
            }
        }
        _ => {}
    });
    if !rows.is_empty() {
        answers.see_many(&CELLS, name, counted(rows.len(), "hidden row") + " with values", rows.len());
    }
    if !cells.is_empty() {
        answers.see_many(&CELLS, name, counted(cells.len(), "hidden column") + " with values", cells.len());
    }
}

/// The column of a cell's name: `AB12` is 28.
fn column_of(cell: &str) -> usize {
    let letters = cell.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    letters.fold(0, |column, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1)
}

fn tables(subject: &Subject<'_>, parts: &Parts, answers: &mut Answers) {
    let name = "content.xml";
    let Some(text) = parts.find(name) else { return };
    let mut style = String::new();
    let mut hidden_styles = HashSet::new();
    let mut sheet = 0;
    let (mut rows, mut columns) = (0_usize, 0_usize);
    let mut found: Vec<(usize, usize, usize, bool)> = Vec::new();
    let mut hidden_sheet = false;
    let _ = walk(name, text, subject.limits, |open, event| match event {
        Event::Open("style", attribute) => style = attribute("name").unwrap_or_default(),
        Event::Open("table-properties", attribute) if attribute("display").as_deref() == Some("false") => {
            hidden_styles.insert(style.clone());
        }
        Event::Open("table", attribute) if !within(open, "table") => {
            sheet += 1;
            (rows, columns) = (0, 0);
            hidden_sheet = attribute("style-name").is_some_and(|style| hidden_styles.contains(&style));
        }
        Event::Open("table-row", attribute) if is_hidden(attribute("visibility").as_deref()) => rows += 1,
        Event::Open("table-column", attribute) if is_hidden(attribute("visibility").as_deref()) => {
            columns +=
                attribute("number-columns-repeated").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1).min(16_384);
        }
        Event::Close("table") if !within(open, "table") => found.push((sheet, rows, columns, hidden_sheet)),
        _ => {}
    });
    for (sheet, rows, columns, hidden) in found {
        let place = format!("table {sheet}");
        if hidden {
            answers.see(&SHEET, &*place, "a hidden sheet");
        }
        if rows > 0 {
            answers.see_many(&CELLS, &*place, counted(rows, "hidden row"), rows);
        }
        if columns > 0 {
            answers.see_many(&CELLS, &*place, counted(columns, "hidden column"), columns);
        }
    }
}

fn is_hidden(visibility: Option<&str>) -> bool {
    matches!(visibility, Some("collapse" | "filter"))
}

#[cfg(test)]
mod tests {
    use super::column_of;

    #[test]
    fn columns_are_counted_from_their_letters() {
        assert_eq!(["A1", "Z9", "AA10", "XFD1"].map(column_of), [1, 26, 27, 16_384]);
    }
}
