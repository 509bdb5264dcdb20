//! Sheets for people to read: their names, and which rows and columns are hidden.

use std::collections::HashMap;
use std::ops::Range;

use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::References;
use crate::formats::opc::body::PackageBody;
use crate::formats::opc::sheets::At;
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::view::{Face, Shape, Views};
use crate::xml::{Name, Tag, TextKind, Visitor, scan};

/// A sheet.
pub(super) struct Sheet {
    /// `Sheet Clients`.
    pub(super) section: String,
    pub(super) visible: bool,
    hidden: Hidden,
}

/// The sheets of a workbook, by their parts.
pub(super) struct Sheets {
    by_part: HashMap<usize, (usize, Sheet)>,
}

impl Sheets {
    /// The sheets of a package; none when it is no workbook.
    pub(super) fn read(body: &PackageBody) -> Self {
        let mut by_part = HashMap::new();
        let main = body.main().filter(|_| body.book.sheets().next().is_some());
        let mut names: HashMap<usize, (String, bool)> = HashMap::new();
        if let Some(main) = main {
            let targets = body.targets(main);
            let mut order = References { element: "sheet", found: Vec::new() };
            let _ = scan("view", body.markup(main).unwrap_or_default(), &Limits::default(), &mut order);
            for (id, name, hidden) in order.found {
                if let Some(part) = targets.get(&id) {
                    names.insert(*part, (name, hidden));
                }
            }
        }
        for (part, number) in body.book.sheets() {
            let (name, hidden) = names.remove(&part).unwrap_or_else(|| (number.to_string(), true));
            let section = format!("Sheet {name}");
            let sheet = Sheet { section, visible: !hidden, hidden: Hidden::of(body.markup(part).unwrap_or_default()) };
            by_part.insert(part, (number, sheet));
        }
        Self { by_part }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_part.is_empty()
    }

    /// The number and the sheet of a part.
    pub(super) fn of(&self, part: usize) -> Option<(usize, &Sheet)> {
        self.by_part.get(&part).map(|(number, sheet)| (*number, sheet))
    }
}

impl PackageBody {
    /// Adds the cells: sheet by sheet the values, then the formulas.
    pub(super) fn cells(&self, sheets: &Sheets, segments: &[Segment], views: &mut Views<'_>) {
        let places: Vec<At> = (0..segments.len()).map_while(|segment| self.book.at(segment)).collect();
        let mut first = 0;
        for group in places.chunk_by(|a, b| a.part == b.part) {
            let own = first..first + group.len();
            first = own.end;
            let Some((number, sheet)) = group.first().and_then(|at| sheets.of(at.part)) else { continue };
            let table = views.table(&format!("sheet {number}"));
            let sections = [views.section(&sheet.section), views.section(&format!("{}, formulas", sheet.section))];
            for formulas in [false, true] {
                let face = Face::text(sections[usize::from(formulas)].clone());
                for (number, at) in own.clone().zip(group).filter(|(_, at)| at.formula == formulas) {
                    let Some(segment) = segments.get(number) else { continue };
                    let visible = sheet.visible && !formulas && !sheet.hidden.holds(at.row, at.column);
                    let shape = Shape::Cell { table, row: at.row.max(1), column: at.column.max(1) };
                    let shape = if formulas { Shape::Line } else { shape };
                    let face = Face { label: segment.labels.first().cloned(), visible, shape, ..face.clone() };
                    views.push(number, Span::new(0, segment.text.len()), &face, &[]);
                    if let Some(shown) = self.book.as_shown(number, &segment.text) {
                        views.shown_as(shown);
                    }
                }
            }
        }
    }
}

/// The rows and columns of a sheet that are not shown, both in order of the file.
#[derive(Default)]
struct Hidden {
    rows: Vec<u32>,
    columns: Vec<(u32, u32)>,
    row: u32,
}

impl Hidden {
    fn of(text: &str) -> Self {
        let mut hidden = Self::default();
        // A walk over millions of cells for nothing would be felt.
        let said = [&b"hidden="[..], b"ht=\"0\"", b"width=\"0\""];
        if said.iter().any(|said| memchr::memmem::find(text.as_bytes(), said).is_some()) {
            let _ = scan("view", text, &Limits::default(), &mut hidden);
            hidden.rows.sort_unstable();
        }
        hidden
    }

    fn holds(&self, row: u32, column: u32) -> bool {
        self.rows.binary_search(&row).is_ok() || self.columns.iter().any(|(from, to)| (*from..=*to).contains(&column))
    }
}

impl<'a> Visitor<'a> for Hidden {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let on = |name: &str| matches!(tag.raw(name), Some("1" | "true" | "on"));
        let zero = |name: &str| tag.raw(name).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size == 0.0);
        let number = |name: &str| tag.raw(name).and_then(|number| number.parse::<u32>().ok());
        match tag.name.local {
            "col" if on("hidden") || zero("width") => {
                let from = number("min").unwrap_or(1);
                self.columns.push((from, number("max").unwrap_or(from)));
            }
            "row" => {
                self.row = number("r").unwrap_or(self.row.saturating_add(1));
                if on("hidden") || zero("ht") {
                    self.rows.push(self.row);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, _: &Name<'a>, _: usize) -> Result<(), Refusal> {
        Ok(())
    }

    fn text(&mut self, _: Range<usize>, _: TextKind) -> Result<(), Refusal> {
        Ok(())
    }
}
