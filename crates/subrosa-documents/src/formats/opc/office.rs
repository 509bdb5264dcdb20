//! A format of the Open Packaging Conventions: what tells its packages from others. All the rest is the package's.

use super::read::{claims, read, read_to_compare};
use super::residue::raw_parts;
use crate::document::{Document, Part};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::parallel::both;
use crate::refusal::Refusal;

/// An office format.
pub(crate) struct Office {
    /// Short name, also the usual extension.
    pub(crate) id: &'static str,
    /// Content types of a main part, in lower case.
    pub(crate) types: &'static [&'static str],
    /// Extensions under which a broken package is still this format's to refuse.
    pub(crate) extensions: &'static [&'static str],
}

impl Format for Office {
    fn id(&self) -> &'static str {
        self.id
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        claims(source, self.types, self.extensions)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        read(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        raw_parts(source, limits)
    }

    /// Both at once: they share nothing. The document that is given is not to be written, and so without its markup.
    fn read_again(&self, source: &Source<'_>, limits: &Limits) -> Result<(Document, Vec<Part>), Refusal> {
        let (document, parts) = both(source.bytes.len(), || read_to_compare(source, limits), || raw_parts(source, limits));
        Ok((document?, parts?))
    }
}
