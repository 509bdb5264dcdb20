//! The rows of a vault in its store: one function for each statement. The statements are the same for every store; what is
//! different stands in [`sqlite`] and [`postgres`].

mod engine;
#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;
#[cfg(any(feature = "postgres", test))]
mod tables;

use std::path::Path;

use crate::error::{Result, VaultError};
use crate::location::Location;
use crate::lock::{Kind, Locked};
use crate::rows::{CategoryRow, Entry, LockRow, OutputRow, RemovedRow, RoleRow, SealRow, Tag};
use engine::{Engine, Row, Value, values};
use sqlite::Sqlite;

/// An open database.
pub(crate) struct Database {
    engine: Box<dyn Engine>,
}

impl Database {
    /// Makes a vault in a new file, with what `fill` puts there: all of it, or none.
    pub(crate) fn create_file<T>(path: &Path, fill: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        Self::filled(Box::new(Sqlite::create(path)?), fill)
    }

    /// The same on a server. What stands there is set aside when `replace`; returns where to.
    #[cfg(feature = "postgres")]
    pub(crate) fn create_on<T>(
        server: &crate::server::Server,
        replace: bool,
        fill: impl FnOnce(&Self) -> Result<T>,
    ) -> Result<(T, Option<crate::server::Server>)> {
        let (engine, aside) = postgres::Postgres::create(server, replace)?;
        Ok((Self::filled(Box::new(engine), fill)?, aside))
    }

    /// Runs `fill` in the transaction that the engine has open.
    fn filled<T>(engine: Box<dyn Engine>, fill: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let database = Self { engine };
        let ended = fill(&database).and_then(|done| database.commit().map(|()| done));
        if ended.is_err() {
            database.roll_back();
        }
        ended
    }

    /// Opens what has to be a vault.
    pub(crate) fn open(location: &Location) -> Result<Self> {
        match location {
            Location::File(path) => Self::open_file(path),
            #[cfg(feature = "postgres")]
            Location::Server(server) => Ok(Self { engine: Box::new(postgres::Postgres::open(server)?) }),
        }
    }

    /// Opens a file that has to be a vault.
    pub(crate) fn open_file(path: &Path) -> Result<Self> {
        Ok(Self { engine: Box::new(Sqlite::open(path)?) })
    }

    /// Whether every statement is a question to another machine.
    pub(crate) fn is_far(&self) -> bool {
        self.engine.is_far()
    }

    /// Begins a transaction as the only writer.
    pub(crate) fn begin(&self) -> Result<()> {
        self.engine.begin()
    }

    /// Ends it: all of it happened, or nothing.
    pub(crate) fn commit(&self) -> Result<()> {
        self.engine.commit()
    }

    /// Takes it back, where the store did not do so by itself.
    pub(crate) fn roll_back(&self) {
        self.engine.roll_back();
    }

    /// Whether a transaction is open.
    pub(crate) fn is_writing(&self) -> bool {
        self.engine.is_writing()
    }

    /// Runs `work` in a transaction of the only writer: all of it happens, or nothing.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.begin()?;
        let ended = work(self).and_then(|done| self.commit().map(|()| done));
        if ended.is_err() {
            self.roll_back();
        }
        ended
    }

    /// Runs `work` on one unchanging state of the vault.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.engine.begin_reading()?;
        let ended = work(self);
        self.engine.roll_back();
        ended
    }

    /// As [`write`](Self::write), and the disk has it, with everything written before, when this returns.
    pub(crate) fn write_durably<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.engine.set_durable(true)?;
        let ended = self.write(work);
        self.engine.set_durable(false)?;
        ended
    }

    /// Rewrites the store without what was deleted, and empties the journal, on the disk.
    pub(crate) fn scrub(&self) -> Result<()> {
        let scrubbed = self.write_durably(|rows| rows.set_meta("flushed", &[])).and_then(|()| self.engine.scrub());
        scrubbed.map_err(|error| VaultError::Traces(Box::new(error)))
    }

    /// Whether the store is sound, as far as it can tell.
    pub(crate) fn check(&self) -> Result<()> {
        self.engine.check()
    }

    /// Copies the vault, as it is at this moment, into a new file.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<()> {
        self.engine.copy_to(path)
    }

    /// Takes all rows of another vault over, into one without any.
    #[cfg(feature = "postgres")]
    pub(crate) fn take_over(&self, other: &Self) -> Result<()> {
        tables::copy(other.engine.as_ref(), self.engine.as_ref())
    }

    /// Makes the file whole without a journal beside it, for a copy that is to be moved.
    pub(crate) fn unshare(&self) -> Result<()> {
        self.engine.unshare()
    }

    /// Runs SQL as somebody does who has the store and not the keys.
    #[cfg(test)]
    pub(crate) fn tamper(&self, sql: &str) {
        assert!(self.engine.tamper(sql) > 0, "{sql} changes nothing");
    }

    /// The same with several statements.
    #[cfg(test)]
    pub(crate) fn tamper_all(&self, sql: &str) {
        self.engine.tamper(sql);
    }

    /// Leaves room for so many pages, for tests of a full disk.
    #[cfg(test)]
    pub(crate) fn leave_room(&self, pages: i64) {
        self.engine.leave_room(pages);
    }

    /// All texts and bytes of all rows.
    #[cfg(test)]
    pub(crate) fn dump(&self) -> Vec<u8> {
        tables::dump(self.engine.as_ref())
    }

    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        self.engine.execute(sql, values)
    }

    fn one<T>(&self, sql: &str, values: &[Value<'_>], mut read: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        let mut found = None;
        self.engine.query(sql, values, &mut |row| {
            found = Some(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    fn all<T>(&self, sql: &str, values: &[Value<'_>], mut read: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.engine.query(sql, values, &mut |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The number that a statement returns.
    fn number(&self, sql: &str, values: &[Value<'_>]) -> Result<i64> {
        self.one(sql, values, |row| row.get(0))?.ok_or_else(|| VaultError::Database("a row was not written".to_owned()))
    }

    // Meta

    pub(crate) fn meta(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.one("SELECT value FROM meta WHERE name = ?1", values![name], |row| row.get(0))
    }

    pub(crate) fn set_meta(&self, name: &str, value: &[u8]) -> Result<()> {
        self.execute(
            "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            values![name, value],
        )
        .map(drop)
    }

    // Roles

    pub(crate) fn role(&self, name: &str) -> Result<Option<RoleRow>> {
        self.one(&format!("SELECT {ROLE} FROM roles WHERE name = ?1"), values![name], role)
    }

    pub(crate) fn roles(&self) -> Result<Vec<RoleRow>> {
        self.all(&format!("SELECT {ROLE} FROM roles ORDER BY name"), values![], role)
    }

    pub(crate) fn set_role(&self, row: &RoleRow) -> Result<()> {
        let sql = format!(
            "INSERT INTO roles ({ROLE}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (name) DO UPDATE SET \
             abilities = excluded.abilities, categories = excluded.categories, slot = excluded.slot, \
             verifying_key = excluded.verifying_key, keyring = excluded.keyring, revoked = excluded.revoked, \
             day = excluded.day, signature = excluded.signature"
        );
        let values = values![
            row.name,
            row.abilities,
            row.categories,
            row.slot,
            row.verifying_key,
            row.keyring,
            row.revoked,
            row.day,
            row.signature
        ];
        self.execute(&sql, values).map(drop)
    }

    pub(crate) fn locks(&self, role: &str) -> Result<Vec<Locked>> {
        self.all("SELECT kind, parameters, sealed FROM locks WHERE role = ?1 ORDER BY id", values![role], |row| {
            let kind = if row.get::<i64>(0)? == Kind::Age as i64 { Kind::Age } else { Kind::Passphrase };
            Ok(Locked { kind, parameters: row.get(1)?, sealed: row.get(2)? })
        })
    }

    pub(crate) fn add_lock(&self, row: &LockRow) -> Result<()> {
        let sql = "INSERT INTO locks (role, kind, parameters, sealed) VALUES (?1, ?2, ?3, ?4)";
        let locked = &row.locked;
        self.execute(sql, values![row.role, locked.kind as i64, locked.parameters, locked.sealed]).map(drop)
    }

    pub(crate) fn remove_locks(&self, role: &str) -> Result<()> {
        self.execute("DELETE FROM locks WHERE role = ?1", values![role]).map(drop)
    }

    // Categories and seals

    pub(crate) fn category(&self, epoch: u32, name: &str) -> Result<Option<CategoryRow>> {
        let sql = "SELECT epoch, name, slot, signature FROM categories WHERE epoch = ?1 AND name = ?2";
        self.one(sql, values![epoch, name], category)
    }

    pub(crate) fn categories(&self, epoch: u32) -> Result<Vec<CategoryRow>> {
        self.all("SELECT epoch, name, slot, signature FROM categories WHERE epoch = ?1 ORDER BY name", values![epoch], category)
    }

    pub(crate) fn set_category(&self, row: &CategoryRow) -> Result<()> {
        let sql = "INSERT INTO categories (epoch, name, slot, signature) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (epoch, name) DO UPDATE SET slot = excluded.slot, signature = excluded.signature";
        self.execute(sql, values![row.epoch, row.name, row.slot, row.signature]).map(drop)
    }

    pub(crate) fn seal(&self, id: i64) -> Result<Option<SealRow>> {
        self.one("SELECT epoch, category, half FROM seals WHERE id = ?1", values![id], |row| {
            Ok(SealRow { epoch: row.get(0)?, category: row.get(1)?, half: row.get(2)? })
        })
    }

    pub(crate) fn add_seal(&self, row: &SealRow) -> Result<i64> {
        let sql = "INSERT INTO seals (epoch, category, half) VALUES (?1, ?2, ?3) RETURNING id";
        self.number(sql, values![row.epoch, row.category, row.half])
    }

    /// Removes what belongs to epochs that are over.
    pub(crate) fn remove_epochs_before(&self, epoch: u32) -> Result<()> {
        self.execute("DELETE FROM categories WHERE epoch < ?1", values![epoch])?;
        self.execute("DELETE FROM seals WHERE epoch < ?1", values![epoch]).map(drop)
    }

    /// Removes seals that nothing is under any more.
    pub(crate) fn remove_idle_seals(&self) -> Result<()> {
        let sql = "DELETE FROM seals WHERE id NOT IN (SELECT seal FROM entries UNION SELECT seal FROM removed)";
        self.execute(sql, values![]).map(drop)
    }

    // Entries

    pub(crate) fn entry_by_tag(&self, tag: &Tag) -> Result<Option<Entry>> {
        self.one(&format!("SELECT {ENTRY} FROM entries WHERE tag = ?1"), values![tag], entry)
    }

    pub(crate) fn entry_by_code(&self, code: &str) -> Result<Option<Entry>> {
        self.one(&format!("SELECT {ENTRY} FROM entries WHERE code = ?1"), values![code], entry)
    }

    /// The entries behind `id`, in order.
    pub(crate) fn entries_after(&self, id: i64, most: u32) -> Result<Vec<Entry>> {
        self.all(&format!("SELECT {ENTRY} FROM entries WHERE id > ?1 ORDER BY id LIMIT ?2"), values![id, most], entry)
    }

    /// Whether the code was free and the entry is in.
    pub(crate) fn add_entry(&self, entry: &Entry) -> Result<bool> {
        let sql = "INSERT INTO entries (category, epoch, tag, code, day, seal, sealed, proof) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (code) DO NOTHING";
        let Entry { category, epoch, tag, code, day, seal, sealed, proof, .. } = entry;
        Ok(self.execute(sql, values![category, epoch, tag, code, day, seal, sealed, proof])? == 1)
    }

    /// Adds entries whose tags and codes are known to be free: all of them, or an error.
    pub(crate) fn add_entries(&self, entries: &[Entry]) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let columns = ["category", "epoch", "tag", "code", "day", "seal", "sealed", "proof"];
        let rows: Vec<Vec<Value<'_>>> = entries.iter().map(new_entry).collect();
        self.engine.add_rows("entries", &columns, &rows)
    }

    /// The entries behind `id`, in order, without what is sealed in them.
    pub(crate) fn bare_entries_after(&self, id: i64, most: usize) -> Result<Vec<Entry>> {
        let columns = ENTRY.replace("sealed", "substr(sealed, 1, 0)");
        let sql = format!("SELECT {columns} FROM entries WHERE id > ?1 ORDER BY id LIMIT ?2");
        self.all(&sql, values![id, most as i64], entry)
    }

    /// Gives an entry its row of a new epoch.
    pub(crate) fn reseal_entry(&self, entry: &Entry) -> Result<()> {
        let sql = "UPDATE entries SET epoch = ?2, tag = ?3, seal = ?4, sealed = ?5, proof = ?6 WHERE id = ?1";
        let Entry { id, epoch, tag, seal, sealed, proof, .. } = entry;
        self.execute(sql, values![id, epoch, tag, seal, sealed, proof]).map(drop)
    }

    pub(crate) fn remove_entry(&self, id: i64) -> Result<()> {
        self.execute("DELETE FROM entries WHERE id = ?1", values![id]).map(drop)
    }

    pub(crate) fn remove_entries_before(&self, day: u32) -> Result<u64> {
        self.execute("DELETE FROM entries WHERE day < ?1", values![day])
    }

    /// The highest id there ever was below which all entries are; says how long codes have to be.
    pub(crate) fn last_entry(&self) -> Result<u64> {
        let last = self.one("SELECT max(id) FROM entries", values![], |row| row.get::<Option<u64>>(0))?;
        Ok(last.flatten().unwrap_or(0))
    }

    /// Entries by category.
    pub(crate) fn count_entries(&self) -> Result<Vec<(String, u64)>> {
        self.all("SELECT category, count(*) FROM entries GROUP BY category ORDER BY category", values![], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// The earliest and latest day of an entry.
    pub(crate) fn entry_days(&self) -> Result<Option<(u32, u32)>> {
        let days = self.one("SELECT min(day), max(day) FROM entries", values![], |row| {
            Ok((row.get::<Option<u32>>(0)?, row.get::<Option<u32>>(1)?))
        })?;
        Ok(days.and_then(|(first, last)| Some((first?, last?))))
    }

    /// How many rows of any kind are of another epoch.
    pub(crate) fn rows_of_epoch(&self, epoch: u32) -> Result<u64> {
        let sql = "SELECT (SELECT count(*) FROM entries WHERE epoch = ?1) + (SELECT count(*) FROM outputs WHERE epoch = ?1) \
                   + (SELECT count(*) FROM removed WHERE epoch = ?1)";
        Ok(self.one(sql, values![epoch], |row| row.get(0))?.unwrap_or(0))
    }

    /// The next number of a word.
    pub(crate) fn count_up(&self, word: &str) -> Result<u64> {
        let sql = "INSERT INTO counters (word, last) VALUES (?1, 1) ON CONFLICT (word) DO UPDATE SET last = counters.last + 1 RETURNING last";
        self.one(sql, values![word], |row| row.get(0))?.ok_or_else(|| VaultError::Database("a counter is broken".to_owned()))
    }

    // Outputs and what was removed from them

    pub(crate) fn output_by_tag(&self, tag: &Tag) -> Result<Option<OutputRow>> {
        self.one("SELECT id, tag, epoch, day, sealed FROM outputs WHERE tag = ?1", values![tag], output)
    }

    pub(crate) fn outputs_after(&self, id: i64, most: u32) -> Result<Vec<OutputRow>> {
        let sql = "SELECT id, tag, epoch, day, sealed FROM outputs WHERE id > ?1 ORDER BY id LIMIT ?2";
        self.all(sql, values![id, most], output)
    }

    pub(crate) fn add_output(&self, row: &OutputRow) -> Result<i64> {
        let sql = "INSERT INTO outputs (tag, epoch, day, sealed) VALUES (?1, ?2, ?3, ?4) RETURNING id";
        self.number(sql, values![row.tag, row.epoch, row.day, row.sealed])
    }

    pub(crate) fn set_output(&self, row: &OutputRow) -> Result<()> {
        let sql = "UPDATE outputs SET tag = ?2, epoch = ?3, day = ?4, sealed = ?5 WHERE id = ?1";
        self.execute(sql, values![row.id, row.tag, row.epoch, row.day, row.sealed]).map(drop)
    }

    pub(crate) fn remove_output(&self, id: i64) -> Result<()> {
        self.execute("DELETE FROM removed WHERE output = ?1", values![id])?;
        self.execute("DELETE FROM outputs WHERE id = ?1", values![id]).map(drop)
    }

    pub(crate) fn remove_outputs_before(&self, day: u32) -> Result<u64> {
        self.execute("DELETE FROM removed WHERE output IN (SELECT id FROM outputs WHERE day < ?1)", values![day])?;
        self.execute("DELETE FROM outputs WHERE day < ?1", values![day])
    }

    pub(crate) fn count_outputs(&self) -> Result<u64> {
        Ok(self.one("SELECT count(*) FROM outputs", values![], |row| row.get(0))?.unwrap_or(0))
    }

    pub(crate) fn removed_of(&self, output: i64) -> Result<Vec<RemovedRow>> {
        self.all(
            "SELECT id, output, category, epoch, seal, sealed FROM removed WHERE output = ?1 ORDER BY category",
            values![output],
            removed,
        )
    }

    pub(crate) fn add_removed(&self, row: &RemovedRow) -> Result<()> {
        let sql = "INSERT INTO removed (output, category, epoch, seal, sealed) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.execute(sql, values![row.output, row.category, row.epoch, row.seal, row.sealed]).map(drop)
    }

    pub(crate) fn set_removed(&self, row: &RemovedRow) -> Result<()> {
        let sql = "UPDATE removed SET epoch = ?2, seal = ?3, sealed = ?4 WHERE id = ?1";
        self.execute(sql, values![row.id, row.epoch, row.seal, row.sealed]).map(drop)
    }

    pub(crate) fn remove_removed(&self, id: i64) -> Result<()> {
        self.execute("DELETE FROM removed WHERE id = ?1", values![id]).map(drop)
    }
}

const ROLE: &str = "name, abilities, categories, slot, verifying_key, keyring, revoked, day, signature";

fn role(row: &Row<'_>) -> Result<RoleRow> {
    Ok(RoleRow {
        name: row.get(0)?,
        abilities: row.get(1)?,
        categories: row.get(2)?,
        slot: row.get(3)?,
        verifying_key: row.get(4)?,
        keyring: row.get(5)?,
        revoked: row.get(6)?,
        day: row.get(7)?,
        signature: row.get(8)?,
    })
}

fn category(row: &Row<'_>) -> Result<CategoryRow> {
    Ok(CategoryRow { epoch: row.get(0)?, name: row.get(1)?, slot: row.get(2)?, signature: row.get(3)? })
}

const ENTRY: &str = "id, category, epoch, tag, code, day, seal, sealed, proof";

fn entry(row: &Row<'_>) -> Result<Entry> {
    Ok(Entry {
        id: row.get(0)?,
        category: row.get(1)?,
        epoch: row.get(2)?,
        tag: row.get(3)?,
        code: row.get(4)?,
        day: row.get(5)?,
        seal: row.get(6)?,
        sealed: row.get(7)?,
        proof: row.get(8)?,
    })
}

/// All but the id, which the store gives.
fn new_entry(entry: &Entry) -> Vec<Value<'_>> {
    let values: &[Value<'_>] =
        values![entry.category, entry.epoch, entry.tag, entry.code, entry.day, entry.seal, entry.sealed, entry.proof];
    values.to_vec()
}

fn output(row: &Row<'_>) -> Result<OutputRow> {
    Ok(OutputRow { id: row.get(0)?, tag: row.get(1)?, epoch: row.get(2)?, day: row.get(3)?, sealed: row.get(4)? })
}

fn removed(row: &Row<'_>) -> Result<RemovedRow> {
    Ok(RemovedRow {
        id: row.get(0)?,
        output: row.get(1)?,
        category: row.get(2)?,
        epoch: row.get(3)?,
        seal: row.get(4)?,
        sealed: row.get(5)?,
    })
}
