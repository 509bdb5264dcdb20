//! A written message as the residue search sees it: every stream read as text in every way that mail programs write it.
//! Shares with the reader the compound file, the compression of RTF bodies and the words that are syntax.

use super::object::{id, kind, value_name};
use super::{names, rtf};
use crate::compound::{self, Storage};
use crate::document::Part;
use crate::formats::Source;
use crate::limits::Limits;
use crate::nested;
use crate::refusal::Refusal;

/// All streams, those of documents inside as their formats give them.
pub(super) fn raw_parts(source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
    let root = compound::read(source.bytes, limits)?;
    let mut walk = Walk { source, limits, parts: Vec::new(), names: String::new() };
    walk.storage(&root);
    walk.parts.push(Part { name: "names of streams".to_owned(), text: walk.names });
    Ok(walk.parts)
}

struct Walk<'a> {
    source: &'a Source<'a>,
    limits: &'a Limits,
    parts: Vec<Part>,
    names: String,
}

impl Walk<'_> {
    fn storage(&mut self, storage: &Storage<'_>) {
        let extension = storage.streams.iter().find_map(|stream| {
            let (found, ..) = value_name(&stream.name)?;
            (found == id::LONG_FILE_NAME || found == id::FILE_NAME || found == id::EXTENSION).then(|| extension(&stream.data))?
        });
        for stream in &storage.streams {
            let (name, data) = (&*stream.name, &*stream.data);
            let Some((id, kind, _)) = value_name(name) else {
                if !name.starts_with("__") {
                    self.names.push_str(name);
                    self.names.push('\n');
                }
                self.views(name, data);
                continue;
            };
            match (id, kind) {
                (id::RTF, kind::BINARY) if !data.is_empty() => match rtf::expand(data) {
                    Ok(rtf) => self.inner(name, "body.rtf", &rtf),
                    Err(_) => self.views(name, data),
                },
                (id::HTML, kind::BINARY) => self.inner(name, "body.html", data),
                (id::DATA, kind::BINARY) => {
                    let file = extension.as_deref().map_or_else(|| "attachment".to_owned(), |end| format!("attachment.{end}"));
                    self.inner(name, &file, data);
                }
                _ if names::structural(id) && is_syntax(data) => {}
                _ => self.views(name, data),
            }
        }
        for inner in &storage.storages {
            if !inner.name.starts_with("__") {
                self.names.push_str(&inner.name);
                self.names.push('\n');
            }
            self.storage(inner);
        }
    }

    /// A document inside as its format gives it; bytes where no format knows it.
    fn inner(&mut self, name: &str, file: &str, data: &[u8]) {
        nested::raw_parts_or_views(self.source, name, file, data, self.limits, &mut self.parts);
    }

    fn views(&mut self, name: &str, data: &[u8]) {
        nested::views(name, data, &mut self.parts);
    }
}

/// The extension in a file name of either encoding.
fn extension(name: &[u8]) -> Option<String> {
    let plain: Vec<u8> = name.iter().copied().filter(|byte| *byte != 0).collect();
    let dot = plain.iter().rposition(|byte| *byte == b'.')?;
    let extension = plain.get(dot + 1..)?;
    let known = (1..=8).contains(&extension.len()) && extension.iter().all(u8::is_ascii_alphanumeric);
    known.then(|| String::from_utf8_lossy(extension).to_ascii_lowercase())
}

fn is_syntax(data: &[u8]) -> bool {
    let plain: Vec<u8> = data.iter().copied().filter(|byte| *byte != 0).collect();
    std::str::from_utf8(&plain).is_ok_and(names::is_syntax)
}
