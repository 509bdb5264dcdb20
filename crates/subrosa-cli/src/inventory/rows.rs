//! The records of a document, with what their fields are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use subrosa_core::entity::Entity;
use subrosa_core::finding::Finding;
use subrosa_core::segment::Segment;
use subrosa_documents::{Document, Record};

use super::columns::{self, NamePart, Quasi};
use super::tables::Table;

/// What a field is by its name.
#[derive(Default)]
pub struct Label {
    name: String,
    /// Which part of a name it holds.
    part: Option<NamePart>,
    /// The words that say it is about somebody else.
    pub others: Vec<String>,
    /// Whether it tells people apart together with others.
    pub quasi: Option<Quasi>,
    /// Whether it holds a State.
    pub state: bool,
}

/// The labels seen so far: a column gives the same to all its cells.
#[derive(Default)]
pub struct Labels {
    known: HashMap<String, Rc<Label>>,
    none: Rc<Label>,
}

impl Labels {
    fn of(&mut self, segment: &Segment) -> Rc<Label> {
        let Some(name) = segment.labels.first() else { return Rc::clone(&self.none) };
        if let Some(known) = self.known.get(&**name) {
            return Rc::clone(known);
        }
        let label = Rc::new(Label {
            name: name.to_string(),
            part: NamePart::of_label(name),
            others: columns::others(name),
            quasi: Quasi::of_label(name),
            state: columns::is_state(name),
        });
        self.known.insert(name.to_string(), Rc::clone(&label));
        label
    }
}

/// A field of a record.
pub struct Cell {
    /// Its segment.
    pub segment: usize,
    /// What it is.
    pub label: Rc<Label>,
    column: u32,
}

impl Cell {
    /// The column, by its header or its number.
    fn key(&self) -> String {
        if self.label.name.is_empty() { format!("column {}", self.column) } else { self.label.name.clone() }
    }
}

/// A record.
pub struct Row {
    table: usize,
    cells: Vec<Cell>,
}

impl Row {
    /// Its fields.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Whether a segment holds a part of a name that another cell makes whole.
    pub fn is_part_of_name(&self, segment: usize) -> bool {
        let cell = self.cells.iter().find(|cell| cell.segment == segment);
        let Some((own, part)) = cell.and_then(|cell| Some((cell, cell.label.part?))) else { return false };
        self.cells
            .iter()
            .any(|other| other.label.part.is_some_and(|other| other != part) && other.label.others == own.label.others)
    }

    /// The names that two cells make, where something in them was found to be a name, with the words that say they are
    /// somebody else's and their segments.
    pub fn composed(&self, segments: &[Segment], findings: &[Vec<Finding>]) -> Vec<(String, Vec<String>, [usize; 2])> {
        let mut names = Vec::new();
        for family in self.cells.iter().filter(|cell| cell.label.part == Some(NamePart::Family)) {
            let fits = |cell: &&Cell| cell.label.part == Some(NamePart::Given) && cell.label.others == family.label.others;
            let Some(given) = self.cells.iter().find(fits) else { continue };
            let both = [given.segment, family.segment];
            let is_name = |segment: &usize| {
                findings.get(*segment).is_some_and(|found| found.iter().any(|finding| finding.entity == Entity::PERSON))
            };
            if both.iter().any(is_name) {
                let text = both.map(|segment| segments.get(segment).map_or("", |segment| segment.text.trim()));
                names.push((text.join(" "), family.label.others.clone(), both));
            }
        }
        names
    }
}

/// The records of a document or a piece of one.
pub struct Rows {
    tables: Vec<Found>,
    rows: Vec<Row>,
    in_row: Vec<bool>,
    in_name: BTreeSet<usize>,
}

struct Found {
    name: String,
    /// Names to the left of their values: the whole table is about one thing.
    form: bool,
    labelled: bool,
}

impl Rows {
    /// Those of a document.
    pub fn of(document: &Document, labels: &mut Labels) -> Self {
        let mut tables: Vec<Found> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut rows: BTreeMap<(usize, u64), Vec<Cell>> = BTreeMap::new();
        let mut in_row = vec![false; document.segments.len()];
        for (index, segment) in document.segments.iter().enumerate() {
            if segment.structural {
                continue;
            }
            let Some(Record { table, row, column }) = document.body.record(index) else { continue };
            let number = *numbers.entry(table).or_insert_with_key(|name| {
                tables.push(Found { name: name.clone(), form: false, labelled: false });
                tables.len() - 1
            });
            if let Some(found) = tables.get_mut(number) {
                found.labelled |= !segment.labels.is_empty();
            }
            if let Some(slot) = in_row.get_mut(index) {
                *slot = true;
            }
            rows.entry((number, row)).or_default().push(Cell { segment: index, label: labels.of(segment), column });
        }
        mark_forms(&mut tables, &rows, &document.segments);
        let mut all: Vec<Row> = Vec::with_capacity(rows.len());
        for ((table, _), cells) in rows {
            let form = tables.get(table).is_some_and(|found| found.form);
            match all.last_mut().filter(|last| form && last.table == table) {
                Some(last) => last.cells.extend(cells),
                None => all.push(Row { table, cells }),
            }
        }
        let parts = all.iter().flat_map(|row| {
            let cells = row.cells.iter().filter(|cell| cell.label.part.is_some());
            cells.map(|cell| cell.segment).filter(|segment| row.is_part_of_name(*segment))
        });
        let in_name = parts.collect();
        Self { tables, rows: all, in_row, in_name }
    }

    /// The records, in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// Whether a segment belongs to a record.
    pub fn is_in_row(&self, segment: usize) -> bool {
        self.in_row.get(segment).copied().unwrap_or(false)
    }

    /// Whether a segment holds a part of a name that another cell makes whole.
    pub fn is_part_of_name(&self, segment: usize) -> bool {
        self.in_name.contains(&segment)
    }

    /// Adds the rows to the tables of the document. Which columns count is decided by the first piece.
    pub fn tables(&self, segments: &[Segment], findings: &[Vec<Finding>], tables: &mut BTreeMap<String, Table>) {
        for (number, found) in self.tables.iter().enumerate().filter(|(_, found)| !found.form) {
            let from = self.rows.partition_point(|row| row.table < number);
            let to = self.rows.partition_point(|row| row.table <= number);
            let rows = self.rows.get(from..to).unwrap_or_default();
            // A row without labels in a table that has some is its header.
            let data = || rows.iter().filter(|row| !found.labelled || row.cells.iter().any(|cell| !cell.label.name.is_empty()));
            let table = tables.entry(found.name.clone()).or_insert_with(|| Table::new(quasi_columns(data(), segments, findings)));
            let keys: Vec<String> = table.columns().iter().map(|(name, _)| name.clone()).collect();
            if keys.is_empty() {
                continue;
            }
            for row in data() {
                let value = |key: &String| {
                    let cell = row
                        .cells
                        .iter()
                        .find(|cell| if cell.label.name.is_empty() { cell.key() == *key } else { cell.label.name == *key });
                    cell.and_then(|cell| segments.get(cell.segment)).map_or("", |segment| segment.text.as_str())
                };
                table.row(&keys.iter().map(value).collect::<Vec<_>>());
            }
        }
    }
}

/// The columns that tell people apart together: by their names, or because half of their cells hold such values.
fn quasi_columns<'r>(
    rows: impl Iterator<Item = &'r Row>,
    segments: &[Segment],
    findings: &[Vec<Finding>],
) -> Vec<(String, Quasi)> {
    let mut seen: BTreeMap<(u32, String), (Option<Quasi>, u64, BTreeMap<Quasi, u64>)> = BTreeMap::new();
    for cell in rows.flat_map(|row| &row.cells).filter(|cell| cell.label.others.is_empty()) {
        let (by_label, cells, by_value) = seen.entry((cell.column, cell.key())).or_default();
        *by_label = cell.label.quasi;
        *cells += 1;
        let length = segments.get(cell.segment).map_or(0, |segment| segment.text.trim().len());
        let found =
            findings.get(cell.segment).into_iter().flatten().filter(|finding| finding.span.range().len() * 10 >= length * 6);
        if let Some(quasi) = found.filter_map(|finding| Quasi::of_entity(&finding.entity)).next() {
            *by_value.entry(quasi).or_default() += 1;
        }
    }
    let columns = seen.into_iter().filter_map(|((_, name), (by_label, cells, by_value))| {
        let mostly = by_value.into_iter().filter(|(_, count)| count * 2 >= cells).max_by_key(|(_, count)| *count);
        Some((name, by_label.or(mostly.map(|(quasi, _)| quasi))?))
    });
    let mut known = BTreeSet::new();
    columns.filter(|(name, _)| known.insert(name.clone())).collect()
}

/// A table is a form when in most of its rows a cell is the label of the one to its right.
fn mark_forms(tables: &mut [Found], rows: &BTreeMap<(usize, u64), Vec<Cell>>, segments: &[Segment]) {
    let mut counts: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for ((table, _), cells) in rows.iter().filter(|(_, cells)| cells.len() > 1) {
        let names = cells.array_windows().any(|[left, right]| {
            let label = segments.get(left.segment).map_or("", |segment| segment.text.trim().trim_end_matches([':', '*', ' ']));
            right.column > 1 && !label.is_empty() && right.label.name == label
        });
        let (all, naming) = counts.entry(*table).or_default();
        *all += 1;
        *naming += u64::from(names);
    }
    for (table, (all, naming)) in counts {
        if let Some(found) = tables.get_mut(table) {
            found.form = naming * 2 > all;
        }
    }
}
