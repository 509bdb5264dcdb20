//! The list of a package's parts (`META-INF/manifest.xml`).

use std::ops::Range;

use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Family, Name, Odf, Splice, Tag, TextKind, Visitor, scan};

/// Where the list stands.
pub(super) const NAME: &str = "META-INF/manifest.xml";

/// The list: each entry's place in the markup and the path it names.
#[derive(Default)]
pub(super) struct Manifest {
    entries: Vec<(Range<usize>, String)>,
    /// Comments, which tell nothing about parts.
    comments: Vec<Range<usize>>,
    /// Depth and start of the entry that is open.
    open: Option<(usize, usize, String)>,
    depth: usize,
    encrypted: bool,
}

impl Manifest {
    /// Reads the list.
    ///
    /// # Errors
    /// [`Refusal::Encrypted`] when a part is encrypted, [`Refusal::Damaged`] when it is not well-formed.
    pub(super) fn read(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let mut manifest = Self::default();
        scan(NAME, text, limits, &mut manifest)?;
        if manifest.encrypted {
            return Err(Refusal::Encrypted("an OpenDocument file that needs a password".to_owned()));
        }
        Ok(manifest)
    }

    /// What the list loses when only the members `kept` stay: their entries, those of folders without members, and
    /// comments.
    pub(super) fn cuts(&self, kept: &[&str]) -> Vec<Splice> {
        let mut sorted: Vec<&str> = kept.to_vec();
        sorted.sort_unstable();
        let stays = |path: &str| {
            let first = sorted.partition_point(|name| *name < path);
            sorted.get(first).is_some_and(|name| if path.ends_with('/') { name.starts_with(path) } else { *name == path })
        };
        let gone = self.entries.iter().filter(|(_, path)| path != "/" && !stays(path.trim_start_matches("./")));
        let ranges = gone.map(|(range, _)| range).chain(&self.comments);
        let mut cuts: Vec<Splice> = ranges.map(|range| Splice { range: range.clone(), text: String::new() }).collect();
        cuts.sort_by_key(|cut| cut.range.start);
        cuts
    }
}

impl<'a> Visitor<'a> for Manifest {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        if tag.name.is(Family::Odf(Odf::Manifest), "file-entry") && self.open.is_none() {
            self.open = Some((self.depth, tag.range.start, tag.value("full-path").unwrap_or_default()));
        }
        self.encrypted |= tag.name.local == "encryption-data";
        self.depth += 1;
        Ok(())
    }

    fn close(&mut self, _: &Name<'a>, end: usize) -> Result<(), Refusal> {
        self.depth = self.depth.saturating_sub(1);
        if let Some((_, start, path)) = self.open.take_if(|(depth, ..)| *depth == self.depth) {
            self.entries.push((start..end, path));
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
        if kind == TextKind::Comment && self.open.is_none() {
            self.comments.push(range);
        }
        Ok(())
    }
}
