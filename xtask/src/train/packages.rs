//! Text of software packages: manuals, change logs, code, settings. Few people are named in it, and much is written like a name.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use flate2::read::GzDecoder;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subrosa_core::hex::hex;

use crate::project::succeed;

/// Endings of the files that are read.
const PROSE: &[&str] = &["md", "rst", "txt", "1", "help"];
const CODE: &[&str] = &["py", "rs", "js", "ts", "c", "h", "sh", "json", "toml", "yml", "ini", "conf", "html", "sql"];
/// Files of each ending in a package, and bytes of each.
const PROSE_TAKEN: (usize, usize) = (8, 8000);
const CODE_TAKEN: (usize, usize) = (3, 4000);
/// Files shorter than this say little.
const LEAST: usize = 400;
/// What a file may hold at most to be looked at.
const LARGEST: u64 = 1 << 20;

#[derive(Deserialize)]
struct Manifest {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    url: String,
    sha256: String,
}

/// Pieces of the files of all packages, which are fetched into `folder` where they are not there yet.
pub(super) fn texts(folder: &Path) -> anyhow::Result<Vec<String>> {
    let manifest: Manifest = toml::from_str(include_str!("packages.toml"))?;
    let mut texts = Vec::new();
    for package in &manifest.package {
        let archive = package.fetch(folder)?;
        pieces(&archive, &mut texts).with_context(|| package.name.clone())?;
    }
    Ok(texts)
}

impl Package {
    fn fetch(&self, folder: &Path) -> anyhow::Result<Vec<u8>> {
        let path: PathBuf = folder.join(format!("{}-{}.tar.gz", self.name, self.version));
        if !path.exists() {
            std::fs::create_dir_all(folder)?;
            let part = path.with_extension("part");
            succeed(
                Command::new("curl")
                    .args(["--fail", "--silent", "--show-error", "--location", "--output"])
                    .arg(&part)
                    .arg(&self.url),
            )?;
            std::fs::rename(&part, &path)?;
        }
        let bytes = std::fs::read(&path)?;
        let sum = hex(Sha256::digest(&bytes));
        ensure!(sum == self.sha256, "{} is not the file that was pinned: SHA-256 {sum}", path.display());
        Ok(bytes)
    }
}

/// A few files of each kind, drawn by the hash of their paths.
fn pieces(archive: &[u8], texts: &mut Vec<String>) -> anyhow::Result<()> {
    let mut kinds: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for entry in tar::Archive::new(GzDecoder::new(archive)).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let Some(kind) = PROSE.iter().chain(CODE).find(|kind| **kind == ending) else { continue };
        if entry.size() > LARGEST {
            continue;
        }
        let mut text = String::new();
        if entry.read_to_string(&mut text).is_ok() && text.len() >= LEAST {
            kinds.entry(kind).or_default().insert(hex(Sha256::digest(path.as_bytes())), text);
        }
    }
    for (kind, files) in kinds {
        let prose = PROSE.contains(&kind);
        let (count, size) = if prose { PROSE_TAKEN } else { CODE_TAKEN };
        // Code begins with notices of copyright, which name people.
        texts.extend(files.values().take(count).map(|text| piece(text, if prose { 0 } else { text.len() / 3 }, size).to_owned()));
    }
    Ok(())
}

/// The whole lines of `text` from about `start`, `size` bytes at most.
fn piece(text: &str, start: usize, size: usize) -> &str {
    let start = text.as_bytes()[start..].iter().position(|byte| *byte == b'\n').map_or(0, |line| start + line + 1);
    let end = (start + size).min(text.len());
    let end = text.as_bytes()[..end].iter().rposition(|byte| *byte == b'\n').unwrap_or(text.len()).max(start);
    &text[start..end]
}
