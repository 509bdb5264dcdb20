//! XLSX, XLSM, XLTX and XLTM: SpreadsheetML packages, transitional and strict.
//!
//! One segment per cell that is not empty, labelled by the header of its column and the name of its row; one for the code of
//! each formula and one for its literals; one per comment, page header, text box, name, list item of a validation, item of a
//! pivot cache, cached value of another workbook or a chart, and per other attribute or text with content. Hidden sheets, rows
//! and columns are read like others. Numbers read without exponents and in the digits of their mask, dates as `1980-05-03`.
//! How cells are written is said in `opc/sheets`; what the package layer removes and keeps, in [`opc`](crate::formats::opc).
//!
//! Redacted sheets keep legal names, and what refers to them follows. A name or a column of a table that is redacted takes the
//! formulas that use it along: cells keep their values, other formulas become `#REF!`. The list of calculations (`calcChain`) is left out
//! when a formula goes; programs make it anew.
//!
//! Deliberately not here: calculation, currencies and percentages (the number itself is read), the binary workbook `.xlsb`,
//! legacy `.xls`, password-protected workbooks (refused), what pictures show (unless the caller brings OCR).
//!
//! Written to ECMA-376-1 (SpreadsheetML, 18) and [MS-XLSX].

use crate::formats::opc::Office;

/// The format.
pub(super) static XLSX: Office = Office {
    id: "xlsx",
    types: &[
        "spreadsheetml.sheet.main+xml",
        "spreadsheetml.template.main+xml",
        "ms-excel.sheet.macroenabled.main+xml",
        "ms-excel.template.macroenabled.main+xml",
        "ms-excel.addin.macroenabled.main+xml",
    ],
    extensions: &["xlsx", "xlsm", "xltx", "xltm", "xlam"],
};
