//! All tables and their columns, to take a vault from one store to another.

use super::engine::{Cell, Engine};
#[cfg(feature = "postgres")]
use crate::error::{Result, VaultError};

/// Names, columns, and by what rows are told apart.
pub(super) const TABLES: &[(&str, &str, &str)] = &[
    ("meta", "name, value", "name"),
    ("roles", "name, abilities, categories, slot, verifying_key, keyring, revoked, day, signature", "name"),
    ("locks", "id, role, kind, parameters, sealed", "id"),
    ("categories", "epoch, name, slot, signature", "epoch, name"),
    ("seals", "id, epoch, category, half", "id"),
    ("entries", "id, category, epoch, tag, code, day, seal, sealed, proof", "id"),
    ("counters", "word, last", "word"),
    ("outputs", "id, tag, epoch, day, sealed", "id"),
    ("removed", "id, output, category, epoch, seal, sealed", "id"),
];

/// Copies all rows from one store into another that has none, both in transactions of their own. What numbers seals and rows
/// have is part of what their seals are bound to, and stays.
#[cfg(feature = "postgres")]
pub(super) fn copy(from: &dyn Engine, to: &dyn Engine) -> Result<()> {
    for (table, columns, order) in TABLES {
        let count = columns.split(',').count();
        let places: Vec<String> = (1..=count).map(|place| format!("?{place}")).collect();
        let insert = format!("INSERT INTO {table} ({columns}) VALUES ({})", places.join(", "));
        from.query(&format!("SELECT {columns} FROM {table} ORDER BY {order}"), &[], &mut |row| {
            let cells = (0..count).map(|at| row.get::<Cell>(at)).collect::<Result<Vec<_>>>()?;
            let values: Option<Vec<_>> = cells.iter().map(Cell::value).collect();
            let values = values.ok_or_else(|| VaultError::Database(format!("a row of {table} has an empty column")))?;
            to.execute(&insert, &values).map(drop)
        })?;
    }
    to.renumber()
}

/// All texts and bytes of all rows.
#[cfg(test)]
pub(super) fn dump(store: &dyn Engine) -> Vec<u8> {
    let mut all = Vec::new();
    for (table, columns, _) in TABLES {
        let each = &mut |row: &super::Row<'_>| {
            for at in 0..columns.split(',').count() {
                match row.get::<Cell>(at)? {
                    Cell::Text(text) => all.extend_from_slice(text.as_bytes()),
                    Cell::Bytes(bytes) => all.extend_from_slice(&bytes),
                    _ => {}
                }
            }
            Ok(())
        };
        store.query(&format!("SELECT {columns} FROM {table}"), &[], each).unwrap();
    }
    all
}
