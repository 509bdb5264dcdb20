//! The SQLite file: tables, settings, and one function for each statement.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row, params};

use crate::error::{Result, VaultError};
use crate::lock::{Kind, Locked};
use crate::rows::{CategoryRow, Entry, LockRow, OutputRow, RemovedRow, RoleRow, SealRow, Tag};
use crate::turn::Turn;

/// `SRVt`: tells other programs what the file is.
const APPLICATION: i32 = 0x5352_5674;
const VERSION: i64 = 1;
/// How long to wait for other processes.
const PATIENCE: Duration = Duration::from_secs(30);

const TABLES: &[(&str, &str)] = &[
    ("meta", "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID"),
    (
        "roles",
        "CREATE TABLE roles (name TEXT PRIMARY KEY, abilities INTEGER NOT NULL, categories TEXT NOT NULL, slot BLOB NOT NULL, \
         verifying_key BLOB NOT NULL, keyring BLOB NOT NULL, revoked INTEGER NOT NULL, day INTEGER NOT NULL, \
         signature BLOB NOT NULL) STRICT",
    ),
    (
        "locks",
        "CREATE TABLE locks (id INTEGER PRIMARY KEY, role TEXT NOT NULL, kind INTEGER NOT NULL, parameters BLOB NOT NULL, \
         sealed BLOB NOT NULL) STRICT",
    ),
    (
        "categories",
        "CREATE TABLE categories (epoch INTEGER NOT NULL, name TEXT NOT NULL, slot BLOB NOT NULL, signature BLOB NOT NULL, \
         PRIMARY KEY (epoch, name)) STRICT, WITHOUT ROWID",
    ),
    (
        "seals",
        "CREATE TABLE seals (id INTEGER PRIMARY KEY AUTOINCREMENT, epoch INTEGER NOT NULL, category TEXT NOT NULL, \
         half BLOB NOT NULL) STRICT",
    ),
    (
        "entries",
        "CREATE TABLE entries (id INTEGER PRIMARY KEY, category TEXT NOT NULL, epoch INTEGER NOT NULL, tag BLOB NOT NULL UNIQUE, \
         code TEXT NOT NULL UNIQUE, day INTEGER NOT NULL, seal INTEGER NOT NULL, sealed BLOB NOT NULL, proof BLOB NOT NULL) STRICT",
    ),
    ("counters", "CREATE TABLE counters (word TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID"),
    (
        "outputs",
        "CREATE TABLE outputs (id INTEGER PRIMARY KEY, tag BLOB NOT NULL UNIQUE, epoch INTEGER NOT NULL, day INTEGER NOT NULL, \
         sealed BLOB NOT NULL) STRICT",
    ),
    (
        "removed",
        "CREATE TABLE removed (id INTEGER PRIMARY KEY, output INTEGER NOT NULL, category TEXT NOT NULL, epoch INTEGER NOT NULL, \
         seal INTEGER NOT NULL, sealed BLOB NOT NULL, UNIQUE (output, category)) STRICT",
    ),
];

/// An open database.
pub(crate) struct Database {
    connection: Connection,
    turn: Turn,
}

impl Database {
    /// Makes the tables in a new file.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let connection = Connection::open_with_flags(path, flags())?;
        connection.pragma_update(None, "application_id", APPLICATION)?;
        let database = Self::set_up(connection, path)?;
        database.write(|rows| {
            for (_, sql) in TABLES {
                rows.connection.execute_batch(sql)?;
            }
            rows.connection.pragma_update(None, "user_version", VERSION)?;
            Ok(())
        })?;
        Ok(database)
    }

    /// Opens a file that has to be a vault.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let connection = Connection::open_with_flags(path, flags())?;
        connection.busy_timeout(PATIENCE)?;
        let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if application != APPLICATION {
            return Err(VaultError::NotAVault("the file is something else"));
        }
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            0 => return Err(VaultError::NotAVault("its making was interrupted")),
            VERSION => {}
            other => return Err(VaultError::Version(other)),
        }
        let database = Self::set_up(connection, path)?;
        database.check_tables()?;
        Ok(database)
    }

    fn set_up(connection: Connection, path: &Path) -> Result<Self> {
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(64);
        // A schema from a hostile file runs no functions.
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        // What is deleted is overwritten, and nothing goes to temporary files.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
        if mode != "wal" {
            return Err(VaultError::Database("the disk does not allow several processes to share the file".to_owned()));
        }
        // A crash of the process loses nothing; of the machine, nothing before the last `flush`.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
        Ok(Self { connection, turn: Turn::of(path) })
    }

    /// Tables, and no triggers or views that somebody slipped in.
    fn check_tables(&self) -> Result<()> {
        let mut statement =
            self.connection.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")?;
        let found: Vec<(String, Option<String>)> =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let known = |name: &str, sql: Option<&str>| TABLES.iter().any(|table| table.0 == name && Some(table.1) == sql);
        if found.len() == TABLES.len() && found.iter().all(|(name, sql)| known(name, sql.as_deref())) {
            return Ok(());
        }
        Err(VaultError::NotAVault("its tables are not those of one"))
    }

    /// Begins a transaction as the only writer.
    pub(crate) fn begin(&self) -> Result<()> {
        let _place = self.turn.take()?;
        self.execute("BEGIN IMMEDIATE", []).map(drop)
    }

    /// Ends it: all of it happened, or nothing.
    pub(crate) fn commit(&self) -> Result<()> {
        self.execute("COMMIT", []).map(drop)
    }

    /// Takes it back, where SQLite did not do so by itself.
    pub(crate) fn roll_back(&self) {
        if self.is_writing() {
            // Where this fails the next process that opens the file does it.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    /// Whether a transaction is open.
    pub(crate) fn is_writing(&self) -> bool {
        !self.connection.is_autocommit()
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

    /// Runs `work` on one unchanging state of the file.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.connection.prepare_cached("BEGIN DEFERRED")?.execute([])?;
        let ended = work(self);
        let _ = self.connection.execute_batch("ROLLBACK");
        ended
    }

    /// As [`write`](Self::write), and the disk has it, with everything written before, when this returns.
    pub(crate) fn write_durably<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        let ended = self.write(work);
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        ended
    }

    /// Rewrites the file without what was deleted, and empties the journal, on the disk.
    pub(crate) fn scrub(&self) -> Result<()> {
        let scrubbed = self.write_durably(|rows| rows.set_meta("flushed", &[])).and_then(|()| {
            let rewritten = self.connection.execute_batch("VACUUM");
            // Also where there was no room to rewrite it: what was deleted is overwritten with zeros by this.
            let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            rewritten?;
            if busy == 0 { Ok(()) } else { Err(VaultError::Busy) }
        });
        scrubbed.map_err(|error| VaultError::Traces(Box::new(error)))
    }

    /// Whether the file is sound, as far as SQLite can tell.
    pub(crate) fn check(&self) -> Result<()> {
        let verdict: String = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if verdict == "ok" { Ok(()) } else { Err(VaultError::Database("the file is damaged; use a backup".to_owned())) }
    }

    /// Copies the vault, as it is at this moment, into a new file.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<()> {
        let mut copy = Connection::open_with_flags(path, flags())?;
        let backup = rusqlite::backup::Backup::new(&self.connection, &mut copy)?;
        // All at once: other writers cannot make it start again.
        match backup.step(-1)? {
            rusqlite::backup::StepResult::Done => {}
            _ => return Err(VaultError::Busy),
        }
        drop(backup);
        copy.close().map_err(|(_, error)| error.into())
    }

    /// Makes the file whole without a journal beside it, for a copy that is to be moved.
    pub(crate) fn unshare(&self) -> Result<()> {
        let mode: String = self.connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
        if mode == "delete" { Ok(()) } else { Err(VaultError::Busy) }
    }

    /// Sets the most pages the file may have, for tests of a full disk.
    #[cfg(test)]
    pub(crate) fn limit_pages(&self, pages: i64) {
        self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    }

    /// Runs SQL as somebody does who has the file and not the keys.
    #[cfg(test)]
    pub(crate) fn tamper(&self, sql: &str) {
        assert!(self.connection.execute(sql, []).unwrap() > 0, "{sql} changes nothing");
    }

    /// The same with several statements.
    #[cfg(test)]
    pub(crate) fn tamper_all(&self, sql: &str) {
        self.connection.execute_batch(sql).unwrap();
    }

    /// How many pages the file has.
    #[cfg(test)]
    pub(crate) fn pages(&self) -> i64 {
        self.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap()
    }

    fn execute(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<usize> {
        Ok(self.connection.prepare_cached(sql)?.execute(parameters)?)
    }

    fn one<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.connection.prepare_cached(sql)?.query_row(parameters, read).optional()?)
    }

    fn all<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    // Meta

    pub(crate) fn meta(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.one("SELECT value FROM meta WHERE name = ?1", [name], |row| row.get(0))
    }

    pub(crate) fn set_meta(&self, name: &str, value: &[u8]) -> Result<()> {
        self.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", params![name, value]).map(drop)
    }

    // Roles

    pub(crate) fn role(&self, name: &str) -> Result<Option<RoleRow>> {
        self.one(&format!("SELECT {ROLE} FROM roles WHERE name = ?1"), [name], role)
    }

    pub(crate) fn roles(&self) -> Result<Vec<RoleRow>> {
        self.all(&format!("SELECT {ROLE} FROM roles ORDER BY name"), [], role)
    }

    pub(crate) fn set_role(&self, row: &RoleRow) -> Result<()> {
        let sql = format!("INSERT OR REPLACE INTO roles ({ROLE}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        let values = params![
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
        self.all("SELECT kind, parameters, sealed FROM locks WHERE role = ?1 ORDER BY id", [role], |row| {
            let kind = if row.get::<_, i64>(0)? == Kind::Age as i64 { Kind::Age } else { Kind::Passphrase };
            Ok(Locked { kind, parameters: row.get(1)?, sealed: row.get(2)? })
        })
    }

    pub(crate) fn add_lock(&self, row: &LockRow) -> Result<()> {
        let sql = "INSERT INTO locks (role, kind, parameters, sealed) VALUES (?1, ?2, ?3, ?4)";
        let locked = &row.locked;
        self.execute(sql, params![row.role, locked.kind as i64, locked.parameters, locked.sealed]).map(drop)
    }

    pub(crate) fn remove_locks(&self, role: &str) -> Result<()> {
        self.execute("DELETE FROM locks WHERE role = ?1", [role]).map(drop)
    }

    // Categories and seals

    pub(crate) fn category(&self, epoch: u32, name: &str) -> Result<Option<CategoryRow>> {
        let sql = "SELECT epoch, name, slot, signature FROM categories WHERE epoch = ?1 AND name = ?2";
        self.one(sql, params![epoch, name], category)
    }

    pub(crate) fn categories(&self, epoch: u32) -> Result<Vec<CategoryRow>> {
        self.all("SELECT epoch, name, slot, signature FROM categories WHERE epoch = ?1 ORDER BY name", [epoch], category)
    }

    pub(crate) fn set_category(&self, row: &CategoryRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO categories (epoch, name, slot, signature) VALUES (?1, ?2, ?3, ?4)";
        self.execute(sql, params![row.epoch, row.name, row.slot, row.signature]).map(drop)
    }

    pub(crate) fn seal(&self, id: i64) -> Result<Option<SealRow>> {
        self.one("SELECT epoch, category, half FROM seals WHERE id = ?1", [id], |row| {
            Ok(SealRow { epoch: row.get(0)?, category: row.get(1)?, half: row.get(2)? })
        })
    }

    pub(crate) fn add_seal(&self, row: &SealRow) -> Result<i64> {
        let sql = "INSERT INTO seals (epoch, category, half) VALUES (?1, ?2, ?3)";
        self.execute(sql, params![row.epoch, row.category, row.half])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Removes what belongs to epochs that are over.
    pub(crate) fn remove_epochs_before(&self, epoch: u32) -> Result<()> {
        self.execute("DELETE FROM categories WHERE epoch < ?1", [epoch])?;
        self.execute("DELETE FROM seals WHERE epoch < ?1", [epoch]).map(drop)
    }

    /// Removes seals that nothing is under any more.
    pub(crate) fn remove_idle_seals(&self) -> Result<()> {
        let sql = "DELETE FROM seals WHERE id NOT IN (SELECT seal FROM entries UNION SELECT seal FROM removed)";
        self.execute(sql, []).map(drop)
    }

    // Entries

    pub(crate) fn entry_by_tag(&self, tag: &Tag) -> Result<Option<Entry>> {
        self.one(&format!("SELECT {ENTRY} FROM entries WHERE tag = ?1"), [tag], entry)
    }

    pub(crate) fn entry_by_code(&self, code: &str) -> Result<Option<Entry>> {
        self.one(&format!("SELECT {ENTRY} FROM entries WHERE code = ?1"), [code], entry)
    }

    /// The entries behind `id`, in order.
    pub(crate) fn entries_after(&self, id: i64, most: u32) -> Result<Vec<Entry>> {
        self.all(&format!("SELECT {ENTRY} FROM entries WHERE id > ?1 ORDER BY id LIMIT ?2"), params![id, most], entry)
    }

    /// Whether the code was free and the entry is in.
    pub(crate) fn add_entry(&self, entry: &Entry) -> Result<bool> {
        let sql = "INSERT INTO entries (category, epoch, tag, code, day, seal, sealed, proof) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (code) DO NOTHING";
        let Entry { category, epoch, tag, code, day, seal, sealed, proof, .. } = entry;
        Ok(self.execute(sql, params![category, epoch, tag, code, day, seal, sealed, proof])? == 1)
    }

    /// Gives an entry its row of a new epoch.
    pub(crate) fn reseal_entry(&self, entry: &Entry) -> Result<()> {
        let sql = "UPDATE entries SET epoch = ?2, tag = ?3, seal = ?4, sealed = ?5, proof = ?6 WHERE id = ?1";
        let Entry { id, epoch, tag, seal, sealed, proof, .. } = entry;
        self.execute(sql, params![id, epoch, tag, seal, sealed, proof]).map(drop)
    }

    pub(crate) fn remove_entry(&self, id: i64) -> Result<()> {
        self.execute("DELETE FROM entries WHERE id = ?1", [id]).map(drop)
    }

    pub(crate) fn remove_entries_before(&self, day: u32) -> Result<u64> {
        Ok(self.execute("DELETE FROM entries WHERE day < ?1", [day])? as u64)
    }

    /// The highest id there ever was below which all entries are; says how long codes have to be.
    pub(crate) fn last_entry(&self) -> Result<u64> {
        let last = self.one("SELECT max(id) FROM entries", [], |row| row.get::<_, Option<i64>>(0))?;
        Ok(last.flatten().and_then(|last| u64::try_from(last).ok()).unwrap_or(0))
    }

    /// Entries by category.
    pub(crate) fn count_entries(&self) -> Result<Vec<(String, u64)>> {
        self.all("SELECT category, count(*) FROM entries GROUP BY category ORDER BY category", [], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)? as u64))
        })
    }

    /// The earliest and latest day of an entry.
    pub(crate) fn entry_days(&self) -> Result<Option<(u32, u32)>> {
        let days = self.one("SELECT min(day), max(day) FROM entries", [], |row| {
            Ok((row.get::<_, Option<u32>>(0)?, row.get::<_, Option<u32>>(1)?))
        })?;
        Ok(days.and_then(|(first, last)| Some((first?, last?))))
    }

    /// How many rows of any kind are of another epoch.
    pub(crate) fn rows_of_epoch(&self, epoch: u32) -> Result<u64> {
        let sql = "SELECT (SELECT count(*) FROM entries WHERE epoch = ?1) + (SELECT count(*) FROM outputs WHERE epoch = ?1) \
                   + (SELECT count(*) FROM removed WHERE epoch = ?1)";
        Ok(self.one(sql, [epoch], |row| row.get::<_, i64>(0))?.unwrap_or(0) as u64)
    }

    /// The next number of a word.
    pub(crate) fn count_up(&self, word: &str) -> Result<u64> {
        let sql =
            "INSERT INTO counters (word, last) VALUES (?1, 1) ON CONFLICT (word) DO UPDATE SET last = last + 1 RETURNING last";
        let last = self.one(sql, [word], |row| row.get::<_, i64>(0))?;
        last.and_then(|last| u64::try_from(last).ok()).ok_or_else(|| VaultError::Database("a counter is broken".to_owned()))
    }

    // Outputs and what was removed from them

    pub(crate) fn output_by_tag(&self, tag: &Tag) -> Result<Option<OutputRow>> {
        self.one("SELECT id, tag, epoch, day, sealed FROM outputs WHERE tag = ?1", [tag], output)
    }

    pub(crate) fn outputs_after(&self, id: i64, most: u32) -> Result<Vec<OutputRow>> {
        let sql = "SELECT id, tag, epoch, day, sealed FROM outputs WHERE id > ?1 ORDER BY id LIMIT ?2";
        self.all(sql, params![id, most], output)
    }

    pub(crate) fn add_output(&self, row: &OutputRow) -> Result<i64> {
        let sql = "INSERT INTO outputs (tag, epoch, day, sealed) VALUES (?1, ?2, ?3, ?4)";
        self.execute(sql, params![row.tag, row.epoch, row.day, row.sealed])?;
        Ok(self.connection.last_insert_rowid())
    }

    pub(crate) fn set_output(&self, row: &OutputRow) -> Result<()> {
        let sql = "UPDATE outputs SET tag = ?2, epoch = ?3, day = ?4, sealed = ?5 WHERE id = ?1";
        self.execute(sql, params![row.id, row.tag, row.epoch, row.day, row.sealed]).map(drop)
    }

    pub(crate) fn remove_output(&self, id: i64) -> Result<()> {
        self.execute("DELETE FROM removed WHERE output = ?1", [id])?;
        self.execute("DELETE FROM outputs WHERE id = ?1", [id]).map(drop)
    }

    pub(crate) fn remove_outputs_before(&self, day: u32) -> Result<u64> {
        self.execute("DELETE FROM removed WHERE output IN (SELECT id FROM outputs WHERE day < ?1)", [day])?;
        Ok(self.execute("DELETE FROM outputs WHERE day < ?1", [day])? as u64)
    }

    pub(crate) fn count_outputs(&self) -> Result<u64> {
        Ok(self.one("SELECT count(*) FROM outputs", [], |row| row.get::<_, i64>(0))?.unwrap_or(0) as u64)
    }

    pub(crate) fn removed_of(&self, output: i64) -> Result<Vec<RemovedRow>> {
        self.all(
            "SELECT id, output, category, epoch, seal, sealed FROM removed WHERE output = ?1 ORDER BY category",
            [output],
            removed,
        )
    }

    pub(crate) fn add_removed(&self, row: &RemovedRow) -> Result<()> {
        let sql = "INSERT INTO removed (output, category, epoch, seal, sealed) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.execute(sql, params![row.output, row.category, row.epoch, row.seal, row.sealed]).map(drop)
    }

    pub(crate) fn set_removed(&self, row: &RemovedRow) -> Result<()> {
        let sql = "UPDATE removed SET epoch = ?2, seal = ?3, sealed = ?4 WHERE id = ?1";
        self.execute(sql, params![row.id, row.epoch, row.seal, row.sealed]).map(drop)
    }

    pub(crate) fn remove_removed(&self, id: i64) -> Result<()> {
        self.execute("DELETE FROM removed WHERE id = ?1", [id]).map(drop)
    }
}

fn flags() -> OpenFlags {
    // The file is made by whoever sets its mode, and one connection is behind a lock of its own.
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

const ROLE: &str = "name, abilities, categories, slot, verifying_key, keyring, revoked, day, signature";

fn role(row: &Row<'_>) -> rusqlite::Result<RoleRow> {
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

fn category(row: &Row<'_>) -> rusqlite::Result<CategoryRow> {
    Ok(CategoryRow { epoch: row.get(0)?, name: row.get(1)?, slot: row.get(2)?, signature: row.get(3)? })
}

const ENTRY: &str = "id, category, epoch, tag, code, day, seal, sealed, proof";

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
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

fn output(row: &Row<'_>) -> rusqlite::Result<OutputRow> {
    Ok(OutputRow { id: row.get(0)?, tag: row.get(1)?, epoch: row.get(2)?, day: row.get(3)?, sealed: row.get(4)? })
}

fn removed(row: &Row<'_>) -> rusqlite::Result<RemovedRow> {
    Ok(RemovedRow {
        id: row.get(0)?,
        output: row.get(1)?,
        category: row.get(2)?,
        epoch: row.get(3)?,
        seal: row.get(4)?,
        sealed: row.get(5)?,
    })
}
