//! Workbooks: what makes cells of them.
//!
//! A cell's text is not where the cell is. It is an index into the shared strings, a number that a style shows as a date, the
//! cached result of a formula. Each cell is a segment of its own all the same, labelled by its column's header and by the row,
//! and an edit is written to that cell only: a shared string is changed in place where all cells that use it change alike,
//! otherwise the cell gets its own copy, and a string that no cell uses any more is emptied.
//!
//! A formula whose result, literals or names are edited becomes its redacted value ([`write`]); a sheet that is renamed is
//! renamed in all formulas. Everything else in a workbook is markup like in other packages.

mod cells;
mod format;
mod formula;
mod headers;
mod number;
mod parsed;
mod rich;
mod settings;
mod styles;
mod tables;
mod write;

pub(crate) use cells::{At, Book, SheetReader};
pub(crate) use formula::{Formula, sheet_name};
pub(crate) use settings::Settings;
pub(crate) use tables::Table;
pub(crate) use write::{Parts, Renaming, edited, elsewhere, whole};
