//! ZIP archives that are no package of an office format.
//!
//! Read by the rules of office packages ([`crate::package`]): by the directory alone, refused where two programs could read
//! something different. Beyond them: members with a password or another compression are unread parts; names in the encoding
//! of DOS are read where they can be nothing else; kinds and rights of Unix stay; links are text.
//!
//! Not here: passwords, split archives, archives behind a program (self-extracting), archives over 4 GiB on writing.
//!
//! Written to APPNOTE.TXT 6.3.10 (PKWARE).

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::contents::{self, Contents, Reader, Written};
use crate::document::{Body, Document, Part, Record};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::package::{Budget, Member, Method, Package, PackageWriter};
use crate::refusal::Refusal;
use crate::view::Block;

/// The reader and writer of ZIP archives.
pub(crate) struct Zip;

/// Members that say that the archive is a package of some program, whose other members depend on each other.
const PACKAGES: &[&str] = &["[Content_Types].xml", "mimetype"];

/// What of the archive is not carried over.
const NOTE: &str = "times, comments and extra fields of the archive's members are not carried over";

impl Format for Zip {
    fn id(&self) -> &'static str {
        "zip"
    }

    /// All archives that no office format has claimed before and that are no package of another program.
    fn claims(&self, source: &Source<'_>) -> bool {
        let begins = source.bytes.starts_with(b"PK\x03\x04") || source.bytes.starts_with(b"PK\x05\x06");
        let is_package = |package: Package<'_>| package.members().iter().any(|member| PACKAGES.contains(&&*member.name));
        let package = || Package::open_archive(source.bytes, &Limits::default()).map(is_package);
        begins && (source.extension() == "zip" || package() == Ok(false))
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let package = Package::open_archive(source.bytes, limits)?;
        let mut reader = Reader::new(source, limits);
        let mut members = Vec::with_capacity(package.members().len());
        for member in package.members() {
            reader.member(&member.name);
            // Refusals name it as places do.
            let member = Member { name: reader.part(), ..member.clone() };
            read_member(&package, &member, &mut reader)?;
            members.push(member);
        }
        let (segments, unread, contents) = reader.finish(NOTE);
        let folders = package.members().iter().map(Member::is_folder).collect();
        Ok(Document { segments, unread, body: Box::new(ZipBody { bytes: source.bytes.to_vec(), members, folders, contents }) })
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        let package = Package::open_archive(source.bytes, limits)?;
        let mut budget = Budget::new(limits, source.bytes.len());
        let mut parts = Vec::new();
        let mut names = String::new();
        for (number, member) in package.members().iter().enumerate() {
            names.push_str(&member.name);
            names.push('\n');
            if !member.encrypted && !matches!(member.method, Method::Other(_)) {
                let data = package.expand(member, &mut budget)?;
                contents::raw_parts(source, number + 1, &member.name, &data, limits, &mut parts);
            }
        }
        parts.push(Part { name: "paths of the members".to_owned(), text: names });
        Ok(parts)
    }
}

fn read_member(package: &Package<'_>, member: &Member, reader: &mut Reader<'_>) -> Result<(), Refusal> {
    if !member.named {
        reader.unread("its name is in an unknown encoding", false);
        return Ok(());
    }
    if member.encrypted {
        reader.unread("it needs a password", false);
        return Ok(());
    }
    if let Method::Other(method) = member.method {
        reader.unread(&format!("compression method {method} is not supported"), true);
        return Ok(());
    }
    if member.size == 0 {
        return Ok(());
    }
    let data = match package.expand(member, &mut reader.budget) {
        Ok(data) => data,
        // A member that is broken can be left out, but not copied.
        Err(Refusal::Damaged { reason, .. }) => {
            reader.unread(&reason, false);
            return Ok(());
        }
        Err(refusal) => return Err(refusal),
    };
    if member.mode.is_some_and(is_link)
        && let Ok(target) = std::str::from_utf8(&data)
    {
        reader.link(target);
        return Ok(());
    }
    reader.content(&data)
}

/// Whether Unix calls a file of this mode a symbolic link.
fn is_link(mode: u32) -> bool {
    mode & 0o170_000 == 0o120_000
}

struct ZipBody {
    bytes: Vec<u8>,
    members: Vec<Member>,
    folders: Vec<bool>,
    contents: Contents,
}

impl Body for ZipBody {
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
        let mut writer = PackageWriter::with_capacity(self.bytes.len());
        let paths = self.contents.paths(edits).into_iter();
        for (number, ((member, folder), path)) in self.members.iter().zip(&self.folders).zip(paths).enumerate() {
            let Some(mut path) = path else { continue };
            if *folder {
                path.push('/');
            }
            if let Some(target) = self.contents.link(number, edits) {
                writer.add_as(&path, member.mode, target.as_bytes(), Method::Stored)?;
                continue;
            }
            match self.contents.write(number, edits)? {
                Written::Gone => {}
                Written::Same if member.encrypted => {
                    return Err(Refusal::Encrypted(format!("{} needs a password", member.name)));
                }
                Written::Same => writer.copy_as(&path, member.mode, member, &self.bytes)?,
                Written::Data(data) => writer.add_as(&path, member.mode, &data, member.method)?,
            }
        }
        writer.finish()
    }

    fn notes(&self) -> Vec<String> {
        self.contents.notes()
    }
}
