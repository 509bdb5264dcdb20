//! What somebody else's redaction left in a file.

use serde::Serialize;
use subrosa::check;
use subrosa_documents::Source;

use crate::failure::Failure;
use crate::options::Options;

#[derive(Serialize)]
struct Answer {
    leaks: Vec<Leak>,
    unread: Vec<Unread>,
}

/// As `Leak` in `types.ts`.
#[derive(Serialize)]
struct Leak {
    kind: &'static str,
    title: &'static str,
    why: &'static str,
    advice: &'static str,
    severity: &'static str,
    place: String,
    detail: String,
    count: usize,
}

#[derive(Serialize)]
struct Unread {
    part: String,
    reason: String,
}

/// What is left, as JSON.
///
/// # Errors
/// A refusal.
pub fn check(bytes: &[u8], name: &str, passwords: &str) -> Result<String, Failure> {
    let mut engine = Options::parse("{}")?.engine()?;
    engine.passwords = self::passwords(passwords)?;
    let checked = check::check(&engine, &Source::new(bytes, name), false)?;
    let leak = |leak: check::Leak| Leak {
        kind: leak.kind.id,
        title: leak.kind.title,
        why: leak.kind.why,
        advice: leak.kind.advice,
        severity: leak.kind.severity.name(),
        place: leak.place,
        detail: leak.detail,
        count: leak.count,
    };
    let answer = Answer {
        leaks: checked.leaks.into_iter().map(leak).collect(),
        unread: checked.unread.into_iter().map(|unread| Unread { part: unread.part, reason: unread.reason }).collect(),
    };
    Ok(serde_json::to_string(&answer).unwrap_or_default())
}

/// A JSON list of passwords, or nothing.
///
/// # Errors
/// Something else.
pub fn passwords(json: &str) -> Result<Vec<String>, Failure> {
    if json.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(json).map_err(|_| Failure::options("passwords: a list of texts"))
}
