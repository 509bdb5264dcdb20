//! What a store has to be able to do to hold a vault, and how values get into statements and out of rows.
//!
//! Statements are written once, in the SQL that SQLite and PostgreSQL share, with `?1` for parameters; numbers are signed and of
//! 64 bits, everything else is text or bytes. An engine sees sealed rows only and knows no key.

use std::path::Path;

use crate::error::{Result, VaultError};

/// A store of rows with transactions.
pub(crate) trait Engine: Send {
    /// Runs a statement. Returns how many rows it changed.
    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64>;

    /// Runs a query and shows every row.
    fn query(&self, sql: &str, values: &[Value<'_>], each: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()>;

    /// Whether every statement is a question to another machine, so that it is worth the while to ask for much at once.
    fn is_far(&self) -> bool {
        false
    }

    /// Adds rows to a table in a transaction that is open: all of them, or an error.
    fn add_rows(&self, table: &str, columns: &[&str], rows: &[Vec<Value<'_>>]) -> Result<()> {
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
        rows.iter().try_for_each(|row| self.execute(&sql, row).map(drop))
    }

    /// Begins a transaction as the only writer.
    fn begin(&self) -> Result<()>;

    /// Begins a transaction on one unchanging state.
    fn begin_reading(&self) -> Result<()>;

    /// Ends a transaction: all of it happened, or nothing.
    fn commit(&self) -> Result<()>;

    /// Takes a transaction back, where there is one still.
    fn roll_back(&self);

    /// Whether a transaction is open.
    fn is_writing(&self) -> bool;

    /// Whether the disk has to have a transaction, with everything before, when `commit` returns.
    fn set_durable(&self, durable: bool) -> Result<()>;

    /// Rewrites the tables without what was deleted.
    fn scrub(&self) -> Result<()>;

    /// Whether the store is sound, as far as it can tell.
    fn check(&self) -> Result<()>;

    /// Copies the vault, as it is at this moment, into an empty file.
    fn copy_to(&self, path: &Path) -> Result<()>;

    /// Makes what was copied whole without anything beside it, for a file that is to be moved.
    fn unshare(&self) -> Result<()>;

    /// Sees to it that the next rows get numbers behind those that were copied.
    #[cfg(feature = "postgres")]
    fn renumber(&self) -> Result<()> {
        Ok(())
    }

    /// Runs SQL as somebody does who has the store and not the keys. Returns how many rows it changed, at least.
    #[cfg(test)]
    fn tamper(&self, sql: &str) -> u64;

    /// Sets the most pages that the store may have beyond those it has.
    #[cfg(test)]
    fn leave_room(&self, pages: i64);
}

/// A parameter of a statement.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    Number(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// Not what it is.
impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Value(..)")
    }
}

/// What stands in a column of a row.
pub(crate) enum Cell {
    Null,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row, however the engine has it.
pub(crate) trait Columns {
    fn cell(&self, at: usize) -> Result<Cell>;
}

/// A row of a query.
pub(crate) struct Row<'a>(pub(crate) &'a dyn Columns);

impl Row<'_> {
    /// The column at a place, as what it has to be.
    pub(crate) fn get<T: FromCell>(&self, at: usize) -> Result<T> {
        T::from_cell(self.0.cell(at)?).ok_or_else(|| VaultError::Database("a column holds what cannot be there".to_owned()))
    }
}

#[cfg(feature = "postgres")]
impl Cell {
    /// The same as a parameter; nothing for an empty column.
    pub(crate) fn value(&self) -> Option<Value<'_>> {
        Some(match self {
            Self::Null => return None,
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        })
    }
}

/// What a column can be read as.
pub(crate) trait FromCell: Sized {
    fn from_cell(cell: Cell) -> Option<Self>;
}

impl FromCell for Cell {
    fn from_cell(cell: Cell) -> Option<Self> {
        Some(cell)
    }
}

impl FromCell for String {
    fn from_cell(cell: Cell) -> Option<Self> {
        if let Cell::Text(text) = cell { Some(text) } else { None }
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell) -> Option<Self> {
        if let Cell::Bytes(bytes) = cell { Some(bytes) } else { None }
    }
}

impl<const N: usize> FromCell for [u8; N] {
    fn from_cell(cell: Cell) -> Option<Self> {
        Vec::from_cell(cell)?.try_into().ok()
    }
}

impl FromCell for bool {
    fn from_cell(cell: Cell) -> Option<Self> {
        i64::from_cell(cell).map(|number| number != 0)
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell) -> Option<Self> {
        if let Cell::Null = cell { Some(None) } else { T::from_cell(cell).map(Some) }
    }
}

macro_rules! numbers {
    ($($number:ty),*) => { $(
        impl FromCell for $number {
            fn from_cell(cell: Cell) -> Option<Self> {
                if let Cell::Number(number) = cell { number.try_into().ok() } else { None }
            }
        }
    )* };
}
numbers!(i64, u32, u64);

/// What can be a parameter.
pub(crate) trait AsValue {
    fn value(&self) -> Value<'_>;
}

/// Parameters of a statement.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::database::engine::AsValue::value(&$value)),*] };
}
pub(crate) use values;

impl<T: AsValue + ?Sized> AsValue for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl AsValue for i64 {
    fn value(&self) -> Value<'_> {
        Value::Number(*self)
    }
}

impl AsValue for u32 {
    fn value(&self) -> Value<'_> {
        Value::Number((*self).into())
    }
}

impl AsValue for bool {
    fn value(&self) -> Value<'_> {
        Value::Number((*self).into())
    }
}

impl AsValue for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl AsValue for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl AsValue for [u8] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl AsValue for Vec<u8> {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<const N: usize> AsValue for [u8; N] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
