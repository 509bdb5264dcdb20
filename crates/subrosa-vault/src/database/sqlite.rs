//! A vault in a file: SQLite.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};

use super::engine::{Cell, Columns, Engine, Row, Value};
use crate::error::{Result, VaultError};
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

/// An open file.
pub(crate) struct Sqlite {
    connection: Connection,
    turn: Turn,
}

impl Sqlite {
    /// Makes a new file a vault without content, in a transaction that stays open for what is to be in it.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let connection = Connection::open_with_flags(path, flags())?;
        connection.pragma_update(None, "application_id", APPLICATION)?;
        let file = Self::set_up(connection, path)?;
        file.set_durable(true)?;
        file.begin()?;
        for (_, sql) in TABLES {
            file.connection.execute_batch(sql)?;
        }
        file.connection.pragma_update(None, "user_version", VERSION)?;
        Ok(file)
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
        let file = Self::set_up(connection, path)?;
        file.check_tables()?;
        Ok(file)
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
}

impl Engine for Sqlite {
    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        Ok(self.connection.prepare_cached(sql)?.execute(params_from_iter(values))? as u64)
    }

    fn query(&self, sql: &str, values: &[Value<'_>], each: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            each(&Row(row))?;
        }
        Ok(())
    }

    fn begin(&self) -> Result<()> {
        let _place = self.turn.take()?;
        self.execute("BEGIN IMMEDIATE", &[]).map(drop)
    }

    fn begin_reading(&self) -> Result<()> {
        self.execute("BEGIN DEFERRED", &[]).map(drop)
    }

    fn commit(&self) -> Result<()> {
        self.execute("COMMIT", &[]).map(drop)
    }

    fn roll_back(&self) {
        // SQLite may have done so by itself.
        if self.is_writing() {
            // Where this fails the next process that opens the file does it.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    fn is_writing(&self) -> bool {
        !self.connection.is_autocommit()
    }

    fn set_durable(&self, durable: bool) -> Result<()> {
        Ok(self.connection.pragma_update(None, "synchronous", if durable { "FULL" } else { "NORMAL" })?)
    }

    fn scrub(&self) -> Result<()> {
        let rewritten = self.connection.execute_batch("VACUUM");
        // Also where there was no room to rewrite it: what was deleted is overwritten with zeros by this.
        let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        rewritten?;
        if busy == 0 { Ok(()) } else { Err(VaultError::Busy) }
    }

    fn check(&self) -> Result<()> {
        let verdict: String = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if verdict == "ok" { Ok(()) } else { Err(VaultError::Database("the file is damaged; use a backup".to_owned())) }
    }

    fn copy_to(&self, path: &Path) -> Result<()> {
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

    fn unshare(&self) -> Result<()> {
        let mode: String = self.connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
        if mode == "delete" { Ok(()) } else { Err(VaultError::Busy) }
    }

    #[cfg(test)]
    fn tamper(&self, sql: &str) -> u64 {
        self.connection.execute_batch(sql).unwrap();
        self.connection.changes()
    }

    #[cfg(test)]
    fn leave_room(&self, pages: i64) {
        let now: i64 = self.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        self.connection.pragma_update_and_check(None, "max_page_count", now + pages, |_| Ok(())).unwrap();
    }
}

impl Columns for rusqlite::Row<'_> {
    fn cell(&self, at: usize) -> Result<Cell> {
        let broken = |_| VaultError::Database("a text is not UTF-8".to_owned());
        Ok(match self.get_ref(at)? {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Number(number),
            ValueRef::Real(_) => return Err(VaultError::Database("a column holds what cannot be there".to_owned())),
            ValueRef::Text(text) => Cell::Text(std::str::from_utf8(text).map_err(broken)?.to_owned()),
            ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
        })
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Number(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn flags() -> OpenFlags {
    // The file is made by whoever sets its mode, and one connection is behind a lock of its own.
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}
