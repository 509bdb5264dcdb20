//! SQL: dumps of databases and scripts.
//!
//! Segments are: each string and each number of two or more digits among values, labelled by its column, which is told from
//! the list of an `INSERT`, from the `CREATE TABLE` before it, or from a comparison (`name = 'Roe'`); the cells of a `COPY …
//! FROM stdin` block; strings in hexadecimal that hold text; comments; bodies in dollar quotes; identifiers (structural).
//!
//! An edit changes its own characters with the escapes of the place; a number that is edited becomes a string.
//!
//! Backslashes escape in `'…'` where the file is a dump of MySQL or MariaDB, and in `E'…'`. Not here: a parser of statements,
//! `DELIMITER`, text that an expression puts together (`'Ja' || 'ne'`).
//!
//! References: ISO 9075-2, section 5.3; the manuals of PostgreSQL (4.1, `COPY`), MySQL (9.1), SQLite and Transact-SQL on
//! literals.

mod code;
mod reader;

use crate::document::{Document, Part};
use crate::encoding;
use crate::formats::{Format, Source, looks};
use crate::limits::Limits;
use crate::mapped::Builder;
use crate::refusal::Refusal;

use reader::Reader;

/// The reader and writer of SQL.
pub(crate) struct Sql;

/// How dumps begin, whatever they are called.
const DUMPS: &[&str] = &[
    "-- MySQL dump",
    "-- MariaDB dump",
    "-- PostgreSQL database dump",
    "--\n-- PostgreSQL database dump",
    "PRAGMA foreign_keys=OFF;",
];

impl Format for Sql {
    fn id(&self) -> &'static str {
        "sql"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        let told = || matches!(source.extension().as_str(), "sql" | "psql" | "pgsql" | "mysql");
        let dump = || {
            let head = looks::head_text(source.bytes.get(..512).unwrap_or(source.bytes));
            let head = head.trim_start_matches('\u{feff}');
            DUMPS.iter().any(|start| head.starts_with(start))
                || head.contains("-- MySQL dump")
                || head.contains("-- MariaDB dump")
        };
        looks::unsupported(source).is_none() && (told() || dump())
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let decoded = encoding::decode(source.bytes)?;
        let builder = Reader::new(&decoded.text, source, limits, Builder::new(limits)).read();
        Ok(builder.finish(decoded, 1))
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        let decoded = encoding::decode(source.bytes)?;
        let mut parts = Reader::new(&decoded.text, source, limits, Builder::for_raw_parts(limits)).read().into_raw_parts();
        parts.push(Part { name: "the text of the file".to_owned(), text: decoded.text });
        Ok(parts)
    }
}
