//! tar archives in all dialects: the old one, POSIX with and without extended headers, GNU.
//!
//! Written in the POSIX dialect: members in their order with kind and rights; owners are 0 without names, times are 0, extra
//! attributes are gone. Links are text. Files with holes and kinds that nobody knows are unread parts.
//!
//! Not here: archives in several volumes; two members of one path, of which programs would unpack different ones.
//!
//! Written to POSIX.1-2017 (pax, "ustar Interchange Format" and "pax Interchange Format") and the manual of GNU tar.

mod header;
mod read;

use std::borrow::Cow;

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::contents::{self, Contents, Reader, Written};
use crate::document::{Body, Document, Part, Record};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::view::Block;
use header::{BLOCK, Header, Kind};
use read::{Member, members};

/// The reader and writer of tar archives.
pub(crate) struct Tar;

/// What of the archive is not carried over.
const NOTE: &str = "times, owners and extra attributes of the archive's members are not carried over";

impl Format for Tar {
    fn id(&self) -> &'static str {
        "tar"
    }

    /// By the checksum of the first header, which no other kind of file has; an empty archive by its name.
    fn claims(&self, source: &Source<'_>) -> bool {
        let blank = || source.bytes.len() >= BLOCK && source.bytes.iter().take(2 * BLOCK).all(|byte| *byte == 0);
        Header::read(source.bytes).is_some() || source.extension() == "tar" && blank()
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let members = members(source.bytes, limits)?;
        let mut reader = Reader::new(source, limits);
        for member in &members {
            reader.member(&member.path);
            if !member.named {
                reader.unread("its path or link is in an unknown encoding", false);
                continue;
            }
            if let Some(link) = &member.link {
                reader.link(link);
            }
            match member.kind {
                Kind::File if member.sparse => reader.unread("it is a file with holes", false),
                Kind::File => reader.content(source.bytes.get(member.data.clone()).unwrap_or_default())?,
                Kind::Other(_) => reader.unread("it is of an unknown kind", false),
                Kind::HardLink | Kind::Symlink | Kind::Special(_) | Kind::Folder => {}
            }
        }
        let (segments, unread, contents) = reader.finish(NOTE);
        Ok(Document { segments, unread, body: Box::new(TarBody { bytes: source.bytes.to_vec(), members, contents }) })
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        let mut parts = Vec::new();
        let mut names = String::new();
        let mut at = 0;
        for (number, member) in members(source.bytes, limits)?.into_iter().enumerate() {
            // Everything that is no data is header.
            let headers = source.bytes.get(at..member.data.start).unwrap_or_default();
            names.push_str(&String::from_utf8_lossy(headers).replace('\0', "\n"));
            let data = source.bytes.get(member.data.clone()).unwrap_or_default();
            contents::raw_parts(source, number + 1, &member.path, data, limits, &mut parts);
            at = member.data.end;
        }
        let end = source.bytes.get(at..).unwrap_or_default();
        names.push_str(&String::from_utf8_lossy(end).replace('\0', "\n"));
        parts.push(Part { name: "headers of the members".to_owned(), text: names });
        Ok(parts)
    }
}

struct TarBody {
    bytes: Vec<u8>,
    members: Vec<Member>,
    contents: Contents,
}

impl Body for TarBody {
    fn place(&self, segment: usize, span: Span) -> String {
        self.contents.place(segment, span)
    }

    fn record(&self, segment: usize) -> Option<Record> {
        self.contents.record(segment)
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        self.contents.blocks(segments)
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        self.contents.settle(on_unread)
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let mut out = Vec::with_capacity(self.bytes.len());
        let paths = self.contents.paths(edits).into_iter();
        for (number, (member, path)) in self.members.iter().zip(paths).enumerate() {
            let Some(mut path) = path else { continue };
            let link = self.contents.link(number, edits).unwrap_or_default();
            let data = match self.contents.write(number, edits)? {
                Written::Gone => continue,
                Written::Same => Cow::from(self.bytes.get(member.data.clone()).unwrap_or_default()),
                Written::Data(data) => data.into(),
            };
            let data = if member.kind == Kind::File { data } else { Cow::default() };
            let letter = match member.kind {
                Kind::File | Kind::Other(_) => b'0',
                Kind::HardLink => b'1',
                Kind::Symlink => b'2',
                Kind::Special(letter) => letter,
                Kind::Folder => b'5',
            };
            if member.kind == Kind::Folder {
                path.push('/');
            }
            header::write(&mut out, &path, &link, member.mode, letter, &data)?;
        }
        out.resize(out.len() + 2 * BLOCK, 0);
        Ok(out)
    }

    fn notes(&self) -> Vec<String> {
        self.contents.notes()
    }
}
