//! Labels of cells: the header of the column, the name at the left of the row.
//!
//! Tables (list objects) say what their headers are. Elsewhere a sheet is cut into blocks by its empty rows, and the first
//! rows of each block are asked whether they look like a header, as in [`csv`](crate::formats::csv).

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use subrosa_core::segment::Segment;

use super::cells::{Book, Cell, Content, Header};
use super::tables::Table;
use crate::formats::csv::header;

use crate::flow::tables::label_in;

/// A title may stand so many rows above the header.
const TITLE_ROWS: usize = 8;
/// Rows and columns of a block that are looked at.
const SAMPLE_ROWS: usize = 60;
const SAMPLE_COLUMNS: u32 = 512;
/// Longest header that is taken for a field name.
const HEADER_BYTES: usize = 200;

/// Labels the cells of the sheet whose segments begin at `first`. The attributes (part and offset) of table
/// columns whose name is the text of a header cell are claimed: they follow it.
pub(super) fn label(
    book: &mut Book,
    segments: &mut [Segment],
    first: usize,
    tables: &[(usize, &Table)],
    shared: &mut dyn FnMut(&str) -> Arc<str>,
    claimed: &mut HashSet<(usize, usize)>,
) {
    let cells = book.cells.get(first..).unwrap_or_default();
    let Some(segments) = segments.get_mut(first..) else { return };
    let rows = rows(cells);
    let mut headers: HashMap<u32, Arc<str>> = HashMap::new();
    for block in blocks(&rows, cells) {
        let in_block = rows.get(block).unwrap_or_default();
        let found = header_row(in_block, cells, segments);
        let body = match found {
            Some(index) => {
                let (before, rest) = in_block.split_at(index);
                label_rows(before, cells, segments, &HashMap::new(), shared);
                headers = named(rest.first().cloned().unwrap_or(0..0), cells, segments, shared);
                rest.get(1..).unwrap_or_default()
            }
            None => in_block,
        };
        label_rows(body, cells, segments, &headers, shared);
    }
    let mut found = Vec::new();
    for (number, table) in tables {
        label_table(*number, table, cells, segments, first, &mut found, claimed, shared);
    }
    book.headers.extend(found);
}

/// The ranges of the cells of each row that has any.
fn rows(cells: &[Cell]) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for group in cells.chunk_by(|a, b| a.row == b.row) {
        rows.push(start..start + group.len());
        start += group.len();
    }
    rows
}

/// Rows that follow each other without an empty one between.
fn blocks(rows: &[Range<usize>], cells: &[Cell]) -> Vec<Range<usize>> {
    let number = |row: &Range<usize>| cells.get(row.start).map_or(0, |cell| cell.row);
    let mut blocks = Vec::new();
    let mut start = 0;
    for group in rows.chunk_by(|a, b| number(b).checked_sub(number(a)).is_some_and(|gap| gap <= 1)) {
        blocks.push(start..start + group.len());
        start += group.len();
    }
    blocks
}

/// Which of the first rows is a header.
fn header_row(rows: &[Range<usize>], cells: &[Cell], segments: &[Segment]) -> Option<usize> {
    let sample = rows.get(..rows.len().min(SAMPLE_ROWS))?;
    for (index, row) in sample.iter().take(TITLE_ROWS).enumerate() {
        let values = cells.get(row.clone())?.iter().filter(|cell| is_value(**cell));
        let (mut from, mut to, mut count) = (u32::MAX, 0, 0);
        for cell in values {
            from = from.min(cell.column);
            to = to.max(cell.column);
            count += 1;
        }
        if count < 2 || to - from >= SAMPLE_COLUMNS {
            continue;
        }
        let dense: Vec<Vec<String>> = sample
            .get(index..)?
            .iter()
            .map(|row| {
                let mut dense = vec![String::new(); (to - from + 1) as usize];
                for at in row.clone() {
                    if let (Some(cell), Some(segment)) = (cells.get(at), segments.get(at))
                        && is_value(*cell)
                        && let Some(place) = cell.column.checked_sub(from).and_then(|column| dense.get_mut(column as usize))
                    {
                        place.clone_from(&segment.text);
                    }
                }
                dense
            })
            .collect();
        let dense: Vec<&[String]> = dense.iter().map(Vec::as_slice).collect();
        if is_form(&dense) {
            return None;
        }
        if header::present(&dense) {
            return Some(index);
        }
    }
    None
}

/// Whether names of fields stand under one another at the left, the first row's among them.
fn is_form(rows: &[&[String]]) -> bool {
    let names: Vec<&str> =
        rows.iter().filter_map(|row| row.first()).map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let is_name = |name: &&&str| name.ends_with(':') || (label_in(name).is_some() && header::field_like(name));
    let fields = names.iter().filter(is_name).count();
    names.len() > 1 && fields * 2 > names.len() && names.first().is_some_and(|first| is_name(&first))
}

fn is_value(cell: Cell) -> bool {
    !matches!(cell.content, Content::Code | Content::Literals)
}

/// The headers that a row gives, by column.
fn named(
    row: Range<usize>,
    cells: &[Cell],
    segments: &[Segment],
    shared: &mut dyn FnMut(&str) -> Arc<str>,
) -> HashMap<u32, Arc<str>> {
    let mut headers = HashMap::new();
    for at in row {
        if let (Some(cell), Some(segment)) = (cells.get(at), segments.get(at)) {
            let name = segment.text.trim();
            if is_value(*cell) && !name.is_empty() && name.len() <= HEADER_BYTES {
                headers.insert(cell.column, shared(name));
            }
        }
    }
    headers
}

fn label_rows(
    rows: &[Range<usize>],
    cells: &[Cell],
    segments: &mut [Segment],
    headers: &HashMap<u32, Arc<str>>,
    shared: &mut dyn FnMut(&str) -> Arc<str>,
) {
    for row in rows {
        // Under headers only what is certainly the name of a field labels the row.
        let mut name: Option<Arc<str>> = None;
        let mut left: Option<Arc<str>> = None;
        for at in row.clone() {
            let (Some(cell), Some(segment)) = (cells.get(at), segments.get_mut(at)) else { continue };
            if !is_value(*cell) {
                continue;
            }
            let header = headers.get(&cell.column);
            let near = left.take().or_else(|| name.clone());
            segment.labels.reserve_exact(usize::from(header.is_some()) + usize::from(near.is_some()));
            segment.labels.extend(header.cloned());
            segment.labels.extend(near);
            if !matches!(cell.content, Content::Number(_))
                && (headers.is_empty() || at == row.start || segment.text.ends_with(':'))
                && segment.text.len() <= HEADER_BYTES
                && let Some(label) = label_in(&segment.text)
            {
                let certain = segment.text.ends_with(':') || (at == row.start && header::field_like(&label));
                if certain || headers.is_empty() {
                    let label = shared(&label);
                    if certain && at == row.start {
                        name = Some(Arc::clone(&label));
                    }
                    left = Some(label);
                }
            }
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "one step of `label`, apart for its length")]
fn label_table(
    number: usize,
    table: &Table,
    cells: &[Cell],
    segments: &mut [Segment],
    first: usize,
    found: &mut Vec<Header>,
    claimed: &mut HashSet<(usize, usize)>,
    shared: &mut dyn FnMut(&str) -> Arc<str>,
) {
    let names: Vec<Arc<str>> = table.names.iter().map(|(name, _)| shared(name.trim())).collect();
    let from = cells.partition_point(|cell| cell.row < table.rows.0);
    for at in from..cells.len() {
        let (Some(cell), Some(segment)) = (cells.get(at), segments.get_mut(at)) else { break };
        if cell.row > table.rows.1 {
            break;
        }
        if cell.column < table.columns.0 || cell.column > table.columns.1 || !is_value(*cell) {
            continue;
        }
        let column = (cell.column - table.columns.0) as usize;
        let (Some(label), Some((name, slot))) = (names.get(column), table.names.get(column)) else { continue };
        if table.has_header && cell.row == table.rows.0 {
            segment.labels.clear();
            if segment.text == *name && !matches!(cell.content, Content::Number(_)) && claimed.insert((slot.part, slot.start)) {
                found.push(Header { segment: first + at, table: number, slot: *slot });
            }
        } else if !label.is_empty() && label.len() <= HEADER_BYTES && segment.labels.first() != Some(label) {
            segment.labels.retain(|other| other != label);
            segment.labels.insert(0, Arc::clone(label));
        }
    }
}
