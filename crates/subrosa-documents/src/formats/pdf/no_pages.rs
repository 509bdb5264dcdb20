//! In the place of [`pages`](super::pages) where drawing is left out: no page can be drawn.

use super::raster::Drawn;
use crate::ocr::Ocr;
use crate::picture::look::Seen;

/// The pages of no file.
pub(super) enum Pages {}

impl Pages {
    /// Nothing.
    pub(super) fn new(_: &[u8], _: usize) -> Option<Self> {
        None
    }

    /// Never called: there are none.
    pub(super) fn draw(&self, _: usize) -> Result<Drawn, &'static str> {
        match *self {}
    }

    /// Never called: there are none.
    pub(super) fn read(&self, _: usize, _: &dyn Ocr) -> Result<Seen, String> {
        match *self {}
    }
}
