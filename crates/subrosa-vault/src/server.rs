//! A PostgreSQL server that a vault is on: its address, how to get in, and what keeps others from listening.
//!
//! The address is the one that PostgreSQL's own programs take, `postgres://user@host:port/database?sslmode=require`, with two
//! differences. `schema=NAME` says in which schema the vault's tables are (`subrosa` when nothing is said), so that a database can
//! hold several vaults. And it cannot hold a password: an address stands in argument lists and histories, where others read it.
//!
//! A connection that leaves the machine is encrypted, and the server has to show a certificate for its name from an authority
//! that the system trusts, or that stands in the file of `sslrootcert=FILE`. `sslmode=disable` asks for less, in so many words.
//! What goes over the line is sealed either way; in the clear others would see who asks how often, and could answer in the
//! server's place.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;
use zeroize::Zeroizing;

use crate::error::{Result, VaultError};

/// Where tables are when the address does not say.
const SCHEMA: &str = "subrosa";
/// How long a server may take to answer at first.
const PATIENCE: Duration = Duration::from_secs(15);

/// A vault's place on a server.
#[derive(Clone)]
pub struct Server {
    shown: String,
    config: Config,
    schema: String,
    authorities: Option<PathBuf>,
    password: Option<Zeroizing<Vec<u8>>>,
}

impl Server {
    /// The server of an address.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] where it is no address, holds a password, or names no database.
    pub fn parse(address: &str) -> Result<Self> {
        let invalid = |why: &str| VaultError::Invalid(format!("the address of the vault's server {why}"));
        let (place, query) = address.split_once('?').unwrap_or((address, ""));
        let (mut schema, mut authorities, mut others) = (SCHEMA.to_owned(), None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("schema", name)) => name.clone_into(&mut schema),
                Some(("sslrootcert", file)) => authorities = Some(PathBuf::from(file)),
                Some(("password", _)) => return Err(invalid(PASSWORD)),
                _ => others.push(pair),
            }
        }
        let fits = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'_';
        if !schema.bytes().all(fits) || !(1..=40).contains(&schema.len()) || schema.starts_with("pg_") {
            return Err(invalid("has a schema that is none: small letters, digits and _, at most 40"));
        }
        // Not the parser's own words, which may hold parts of the address.
        let text = format!("{place}?{}", others.join("&"));
        let mut config = Config::from_str(&text).map_err(|_| invalid("is none: postgres://user@host/database"))?;
        if config.get_password().is_some() {
            return Err(invalid(PASSWORD));
        }
        if config.get_dbname().is_none() {
            return Err(invalid("names no database: postgres://user@host/database"));
        }
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host("/var/run/postgresql");
        }
        config.application_name("subrosa");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        Ok(Self { shown: address.to_owned(), config, schema, authorities, password: None })
    }

    /// Sets the user where the address names none.
    pub fn or_user(&mut self, name: &str) {
        if self.config.get_user().is_none() {
            self.config.user(name);
        }
    }

    /// Sets the password to get in with. The vault's own secrets are other ones.
    pub fn set_password(&mut self, password: &str) {
        self.password = Some(Zeroizing::new(password.as_bytes().to_vec()));
    }

    /// Takes the password from the text of a password file of PostgreSQL: lines `host:port:database:user:password`, where `*`
    /// fits all and `\` stands before a `:` or `\` that is meant. Returns whether a line fits.
    pub fn take_password_from(&mut self, file: &str) -> bool {
        let user = self.config.get_user().unwrap_or_default();
        let database = self.config.get_dbname().unwrap_or_default();
        let port = self.config.get_ports().first().unwrap_or(&5432).to_string();
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.as_str(),
            _ => "localhost",
        };
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let fields = fields(line);
            let [of_host, of_port, of_database, of_user, password] = fields.as_slice() else { continue };
            let fits = |field: &Zeroizing<String>, ours: &str| **field == "*" || field.as_str() == ours;
            if fits(of_host, host) && fits(of_port, &port) && fits(of_database, database) && fits(of_user, user) {
                self.password = Some(Zeroizing::new(password.as_bytes().to_vec()));
                return true;
            }
        }
        false
    }

    /// The schema of the vault's tables.
    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    /// The same server, and another schema.
    pub(crate) fn with_schema(&self, schema: &str) -> Self {
        let (place, query) = self.shown.split_once('?').unwrap_or((&self.shown, ""));
        let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("schema="));
        let query: Vec<String> = others.map(str::to_owned).chain([format!("schema={schema}")]).collect();
        Self { shown: format!("{place}?{}", query.join("&")), schema: schema.to_owned(), ..self.clone() }
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> Result<Client> {
        let mut config = self.config.clone();
        if let Some(password) = &self.password {
            config.password(password.as_slice());
        }
        let encrypted = match config.get_ssl_mode() {
            SslMode::Disable => false,
            // Better than nothing is not enough for a line that others can listen to, and on the machine nothing is needed.
            SslMode::Prefer => !self.is_here(),
            _ => true,
        };
        if !encrypted {
            config.ssl_mode(SslMode::Disable);
            return Ok(config.connect(NoTls)?);
        }
        config.ssl_mode(SslMode::Require);
        Ok(config.connect(MakeRustlsConnect::new(self.tls()?))?)
    }

    /// Whether a connection stays on this machine.
    fn is_here(&self) -> bool {
        let local = |host: &Host| match host {
            Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
            #[cfg(unix)]
            Host::Unix(_) => true,
        };
        self.config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback) && self.config.get_hosts().iter().all(local)
    }

    fn tls(&self) -> Result<ClientConfig> {
        let mut roots = RootCertStore::empty();
        if let Some(path) = &self.authorities {
            let wrong = |_| VaultError::Invalid(format!("{}: no certificates", path.display()));
            for certificate in CertificateDer::pem_file_iter(path).map_err(wrong)? {
                let certificate = certificate.map_err(wrong)?;
                roots.add(certificate).map_err(|_| VaultError::Invalid(format!("{}: no certificates", path.display())))?;
            }
        } else {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.map_err(|_| VaultError::Database("no way to encrypt the connection".to_owned()))?;
        Ok(builder.with_root_certificates(roots).with_no_client_auth())
    }
}

const PASSWORD: &str = "holds a password, which others can read there: use PGPASSFILE or PGPASSWORD";

/// The fields of a line of a password file.
fn fields(line: &str) -> Vec<Zeroizing<String>> {
    let mut fields = vec![Zeroizing::new(String::with_capacity(line.len()))];
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        let sign = match sign {
            ':' => {
                fields.push(Zeroizing::new(String::with_capacity(line.len())));
                continue;
            }
            '\\' => signs.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(last) = fields.last_mut() {
            last.push(sign);
        }
    }
    fields
}

/// The address, as it was given.
impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// The address, not the password.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Server").field(&self.shown).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_database_and_no_password() {
        let server = Server::parse("postgres://ada@db.example.com:5433/cases?schema=ward_7&sslmode=require").unwrap();
        assert_eq!(server.schema(), "ward_7");
        assert_eq!(server.config.get_ports(), [5433]);
        for wrong in [
            "postgres://ada:secret@db.example.com/cases",
            "postgres://ada@db.example.com/cases?password=secret",
            "postgres://ada@db.example.com",
            "postgres://ada@db.example.com/cases?schema=Ward",
            "postgres://ada@db.example.com/cases?schema=",
            "postgres://ada@db.example.com/cases?schema=pg_toast",
            "postgres://ada@db.example.com:many/cases",
            "postgres://ada@db.example.com/cases?secret=1",
        ] {
            let error = Server::parse(wrong).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_connection_is_in_the_clear_on_the_machine_only() {
        let here = |address: &str| Server::parse(address).unwrap().is_here();
        assert!(here("postgres:///cases"));
        assert!(here("postgres:///cases?host=/tmp/socket"));
        assert!(here("postgres://ada@localhost/cases"));
        assert!(!here("postgres://ada@db.example.com/cases"));
        assert!(!here("postgres://ada@localhost,db.example.com/cases"));
        assert!(!here("postgres://ada@localhost/cases?hostaddr=192.0.2.1"));
    }

    #[test]
    fn a_password_is_the_first_that_fits() {
        let mut server = Server::parse("postgres://ada@db.example.com/cases").unwrap();
        assert!(!server.take_password_from("# none\nother:*:*:*:x\ndb.example.com:5433:*:*:y\n*:*:*:max:z\n"));
        assert!(server.take_password_from("*:*:other:*:x\n*:5432:cases:ada:a\\:b\\\\c\n*:*:*:*:later\n"));
        assert_eq!(server.password.as_ref().unwrap().as_slice(), b"a:b\\c");
        assert!(!format!("{server:?} {server}").contains("a:b"));
    }

    #[test]
    fn what_is_set_aside_has_an_address() {
        let server = Server::parse("postgres:///cases?host=/tmp/socket&schema=ward").unwrap();
        let aside = server.with_schema("old");
        assert_eq!(aside.to_string(), "postgres:///cases?host=/tmp/socket&schema=old");
        assert_eq!(Server::parse(&aside.to_string()).unwrap().schema(), "old");
    }
}
