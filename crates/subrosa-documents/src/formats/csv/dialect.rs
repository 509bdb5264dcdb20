//! How a table is written: its delimiter, and whether `"` quotes.

use super::records::{Event, Records};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// What stands between two cells.
    pub(crate) delimiter: u8,
    /// Whether `"` quotes. In a few tab-separated tables it is a character like any other.
    pub(crate) quotes: bool,
}

/// Text looked at, in bytes.
const SAMPLE: usize = 64 * 1024;

/// Rows looked at.
const ROWS: usize = 200;

/// Delimiters in the order they are believed when they divide the rows equally well: the rarer in prose, the earlier.
const DELIMITERS: [u8; 4] = *b"\t;|,";

/// Line ends in one cell of the sample above which its quotes are taken for text.
const LINES_IN_CELL: usize = 200;

impl Dialect {
    /// The dialect of a table that begins with `text`.
    pub(crate) fn sniff(text: &str, extension: &str) -> Self {
        let cut = text.len() > SAMPLE;
        let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
        if let Some(delimiter) = separator_line(sample) {
            return Self { delimiter, quotes: quotes(sample, delimiter) };
        }
        let usual = match extension {
            "tsv" | "tab" => b'\t',
            "psv" => b'|',
            _ => b',',
        };
        let mut best = (0, usual);
        for delimiter in DELIMITERS {
            let mut score = evenness(sample, delimiter, cut);
            // The extension decides between two that divide about equally well.
            score += if delimiter == usual && score > 0 { 50 } else { 0 };
            if score > best.0 {
                best = (score, delimiter);
            }
        }
        Self { delimiter: best.1, quotes: quotes(sample, best.1) }
    }
}

/// How well a delimiter divides the rows, in thousandths: the share of rows that have the commonest number of cells, with
/// something on top for more cells. 0 when that number is one.
fn evenness(sample: &str, delimiter: u8, cut: bool) -> usize {
    let mut widths = Vec::new();
    let mut width = 0_usize;
    for event in Records::new(sample, Dialect { delimiter, quotes: true }) {
        match event {
            Event::Cell(_) => width += 1,
            Event::End => {
                if width > 0 {
                    widths.push(width);
                }
                width = 0;
            }
        }
        if widths.len() == ROWS {
            break;
        }
    }
    if width > 0 && (!cut || widths.is_empty()) {
        widths.push(width);
    }
    widths.sort_unstable();
    let runs = widths.chunk_by(|a, b| a == b);
    let commonest = runs.max_by_key(|run| run.len()).unwrap_or_default();
    let cells = commonest.first().copied().unwrap_or(0);
    if cells < 2 { 0 } else { commonest.len() * 1000 / widths.len() + cells.min(40) }
}

/// Whether quotes are quotes: not where one opens a cell and is never closed, or closed only after very many lines.
fn quotes(sample: &str, delimiter: u8) -> bool {
    let mut records = Records::new(sample, Dialect { delimiter, quotes: true });
    let long = records.by_ref().any(|event| match event {
        Event::Cell(cell) => cell.raw(sample).bytes().filter(|&byte| byte == b'\n').count() > LINES_IN_CELL,
        Event::End => false,
    });
    !long
}

/// The delimiter that a first line `sep=;` names, as Excel writes and reads it.
pub(super) fn separator_line(text: &str) -> Option<u8> {
    let rest = text.as_bytes().strip_prefix(b"sep=").or_else(|| text.as_bytes().strip_prefix(b"SEP="))?;
    let &delimiter = rest.first()?;
    let ends = matches!(rest.get(1), None | Some(b'\r' | b'\n'));
    (ends && delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric() && !matches!(delimiter, b'"' | b'\r' | b'\n'))
        .then_some(delimiter)
}
