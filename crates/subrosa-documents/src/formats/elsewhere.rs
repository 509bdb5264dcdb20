//! What a build without the feature `further` leaves to one with it: formats that are told by their bytes and then not read, the
//! pixels of pictures, the character maps of old PDF fonts.
//!
//! A document inside another may be of such a format, where a refusal only makes an unread part. So whoever comes upon one also
//! says so here: what came out counts for nothing if [`was_asked_for`], and another build has to do it.
//!
//! Pictures are formats as ever, and only decoding one asks: most stand in a document that shows them, and are cleaned and kept.

#[cfg(not(feature = "further"))]
pub(crate) use without::{Elsewhere, ask};

/// Whether anything that this build leaves out was come upon since the last time somebody asked. Never where nothing is left out.
pub fn was_asked_for() -> bool {
    #[cfg(not(feature = "further"))]
    return without::ASKED.swap(false, std::sync::atomic::Ordering::Relaxed);
    #[cfg(feature = "further")]
    false
}

#[cfg(not(feature = "further"))]
mod without {
    use std::sync::atomic::{AtomicBool, Ordering};

    use crate::document::{Document, Part};
    use crate::formats::{Format, Source};
    use crate::limits::Limits;
    use crate::refusal::Refusal;

    pub(super) static ASKED: AtomicBool = AtomicBool::new(false);

    /// Something is needed that is not here.
    pub(crate) fn ask() {
        ASKED.store(true, Ordering::Relaxed);
    }

    /// A format that is known, and read elsewhere.
    pub(crate) struct Elsewhere<F: 'static>(pub(crate) &'static F);

    impl<F: Format> Format for Elsewhere<F> {
        fn id(&self) -> &'static str {
            self.0.id()
        }

        fn claims(&self, source: &Source<'_>) -> bool {
            self.0.claims(source)
        }

        fn read(&self, _: &Source<'_>, _: &Limits) -> Result<Document, Refusal> {
            ask();
            Err(Refusal::Unsupported(format!("{} is not read by this build", self.0.id())))
        }

        fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
            self.read(source, limits).map(|_| Vec::new())
        }
    }
}
