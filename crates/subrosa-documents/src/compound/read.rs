//! The reading side: a tree in memory, within limits.

use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use cfb::CompoundFile;

use super::{Storage, Stream};
use crate::limits::Limits;
use crate::refusal::Refusal;

/// One storage inside another costs this much of [`Limits::depth`].
const COST: usize = 8;

/// What parts of the compound file as such are called in refusals.
const PART: &str = "compound file";

/// Reads a whole compound file.
///
/// # Errors
/// [`Refusal::Damaged`] when its tables do not hold together, [`Refusal::Limit`] for too many or too deep entries.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Storage<'static>, Refusal> {
    let file = CompoundFile::open(Cursor::new(bytes));
    let file = file.map_err(|_| Refusal::damaged(PART, "its tables of sectors or entries do not hold together"))?;
    let entry = file.root_entry();
    let mut root = Storage { class: entry.clsid().to_bytes_le(), state: entry.state_bits(), ..Storage::default() };
    let mut reader = Reader { file, bytes_left: bytes.len() as u64, entries_left: limits.parts };
    reader.fill(&mut root, &PathBuf::from("/"), limits.depth / COST)?;
    Ok(root)
}

struct Reader<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    bytes_left: u64,
    entries_left: usize,
}

impl Reader<'_> {
    fn fill(&mut self, storage: &mut Storage<'static>, path: &Path, depth: usize) -> Result<(), Refusal> {
        if depth == 0 {
            return Err(Refusal::Limit("storages are nested too deep".to_owned()));
        }
        let broken = |_| Refusal::damaged(PART, "an entry cannot be opened");
        let mut entries = Vec::new();
        for entry in self.file.read_storage(path).map_err(broken)? {
            let left = self.entries_left.checked_sub(1);
            self.entries_left = left.ok_or_else(|| Refusal::Limit("too many entries in a compound file".to_owned()))?;
            entries.push((entry.name().to_owned(), entry.is_stream(), entry.len(), *entry.clsid(), entry.state_bits()));
        }
        let mut names = HashSet::new();
        for (name, is_stream, length, class, state) in entries {
            // Names that would be steps of a path and no names.
            if matches!(name.as_str(), "" | "." | "..") || name.contains(['/', '\\', ':']) {
                return Err(Refusal::damaged(PART, "an entry has a name that is not allowed"));
            }
            if !names.insert(name.to_uppercase()) {
                return Err(Refusal::damaged(PART, "two entries have the same name"));
            }
            let path = path.join(&name);
            if is_stream {
                let left = self.bytes_left.checked_sub(length);
                self.bytes_left = left.ok_or_else(|| Refusal::damaged(PART, "its streams are longer than the file"))?;
                let mut data = Vec::with_capacity(length as usize);
                let stream = self.file.open_stream(&path).map_err(broken)?;
                stream.take(length).read_to_end(&mut data).map_err(|_| Refusal::damaged(PART, "a stream is cut off"))?;
                if data.len() as u64 != length {
                    return Err(Refusal::damaged(PART, "a stream is shorter than its entry says"));
                }
                storage.streams.push(Stream { name: name.into(), data: data.into() });
            } else {
                let class = class.to_bytes_le();
                let mut inner = Storage { name: name.into(), class, state, ..Storage::default() };
                self.fill(&mut inner, &path, depth - 1)?;
                storage.storages.push(inner);
            }
        }
        Ok(())
    }
}
