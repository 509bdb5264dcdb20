//! The members of a tar archive, with what extended headers say of them.

use std::collections::HashSet;
use std::ops::Range;

use super::header::{BLOCK, Header, Kind, text};
use crate::limits::Limits;
use crate::refusal::Refusal;

/// A member.
#[derive(Clone)]
pub(super) struct Member {
    /// Its path; a folder's ends in a slash.
    pub(super) path: String,
    /// Where it links to.
    pub(super) link: Option<String>,
    pub(super) mode: u32,
    pub(super) kind: Kind,
    /// Where its data lies.
    pub(super) data: Range<usize>,
    /// It has holes, so that its data is not what it holds.
    pub(super) sparse: bool,
    /// Whether path and link are certain.
    pub(super) named: bool,
}

/// What extended headers say of the next member.
#[derive(Default)]
struct Extended {
    path: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
}

/// Reads all headers.
///
/// # Errors
/// [`Refusal::Damaged`] naming the member, [`Refusal::Limit`] for too many.
pub(super) fn members(bytes: &[u8], limits: &Limits) -> Result<Vec<Member>, Refusal> {
    let mut members: Vec<Member> = Vec::new();
    let mut paths = HashSet::new();
    let mut extended = Extended::default();
    let mut at = 0;
    while let Some(block) = bytes.get(at..at + BLOCK).filter(|block| block.iter().any(|byte| *byte != 0)) {
        let part = format!("member {}", members.len() + 1);
        let damaged = |reason: &str| Refusal::damaged(part.as_str(), reason);
        let header = Header::read(block).ok_or_else(|| damaged("its header is broken"))?;
        let special = matches!(header.letter, b'x' | b'g' | b'L' | b'K');
        let size = extended.size.filter(|_| !special).unwrap_or(header.size);
        let start = at + BLOCK;
        let end = usize::try_from(size).ok().and_then(|size| start.checked_add(size)).filter(|end| *end <= bytes.len());
        let data = start..end.ok_or_else(|| damaged("it is cut off"))?;
        at = data.end.checked_next_multiple_of(BLOCK).ok_or_else(|| damaged("it is cut off"))?;
        let content = bytes.get(data.clone()).unwrap_or_default();
        match header.letter {
            b'x' => records(content, &mut extended).ok_or_else(|| damaged("its extended header is broken"))?,
            b'g' => {
                let mut all = Extended::default();
                records(content, &mut all).ok_or_else(|| damaged("an extended header is broken"))?;
                if all.path.is_some() || all.link.is_some() || all.size.is_some() {
                    return Err(damaged("a header gives one path or size to all members"));
                }
            }
            b'L' => extended.path = Some(text(content).to_vec()),
            b'K' => extended.link = Some(text(content).to_vec()),
            _ => {
                if members.len() >= limits.parts {
                    return Err(Refusal::Limit(format!("more than {} members", limits.parts)));
                }
                let member = member(header, data, std::mem::take(&mut extended));
                if !is_safe(&member.path) {
                    return Err(damaged("its path leaves the archive's folder"));
                }
                if !paths.insert(member.path.clone()) && member.kind != Kind::Folder {
                    return Err(damaged("another member has the same path"));
                }
                members.push(member);
            }
        }
    }
    Ok(members)
}

fn member(header: Header, data: Range<usize>, extended: Extended) -> Member {
    let kind = header.kind();
    let sparse = extended.sparse || header.letter == b'S';
    let (path, link) = (extended.path.unwrap_or(header.path), extended.link.unwrap_or(header.link));
    let named = std::str::from_utf8(&path).is_ok() && std::str::from_utf8(&link).is_ok();
    let mut path = String::from_utf8_lossy(&path).into_owned();
    if kind == Kind::Folder && !path.ends_with('/') {
        path.push('/');
    }
    let link = matches!(kind, Kind::HardLink | Kind::Symlink).then(|| String::from_utf8_lossy(&link).into_owned());
    Member { path, link, mode: header.mode, kind, data, sparse, named }
}

/// Reads the records of an extended header.
fn records(mut rest: &[u8], extended: &mut Extended) -> Option<()> {
    while !rest.is_empty() && rest.first() != Some(&0) {
        let space = memchr::memchr(b' ', rest)?;
        let length: usize = std::str::from_utf8(rest.get(..space)?).ok()?.parse().ok()?;
        let record = rest.get(space + 1..length)?.strip_suffix(b"\n")?;
        let (key, value) = record.split_at(memchr::memchr(b'=', record)?);
        let value = value.get(1..)?;
        match key {
            b"path" => extended.path = Some(value.to_vec()),
            b"linkpath" => extended.link = Some(value.to_vec()),
            b"size" => extended.size = Some(std::str::from_utf8(value).ok()?.parse().ok()?),
            _ => extended.sparse |= key.starts_with(b"GNU.sparse."),
        }
        rest = rest.get(length..)?;
    }
    Some(())
}

fn is_safe(path: &str) -> bool {
    !path.is_empty() && !path.starts_with('/') && !path.chars().any(char::is_control) && path.split('/').all(|step| step != "..")
}
