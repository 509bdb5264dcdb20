//! Draws the pages of a file, so that their pictures can be read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::{InterpreterSettings, RenderContent};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::{DynamicImage, RgbImage};

use super::geometry::Matrix;
use super::raster::{Drawn, scale};
use crate::ocr::Ocr;
use crate::picture::look::{DOUBTFUL, Seen, look};

/// Draws the pages of a file.
pub(super) struct Pages {
    pdf: Pdf,
    settings: InterpreterSettings,
    failed: Arc<AtomicBool>,
}

impl Pages {
    /// The pages of a file that has this many; nothing when it cannot be drawn.
    pub(super) fn new(bytes: &[u8], count: usize) -> Option<Self> {
        let data = bytes.to_vec();
        let pdf = catch_unwind(AssertUnwindSafe(|| Pdf::new(data).ok())).ok()??;
        let failed = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&failed);
        let settings = InterpreterSettings {
            // A viewer may show what cannot be drawn here.
            warning_sink: Arc::new(move |_| flag.store(true, Ordering::Relaxed)),
            render_content: RenderContent::PAGE,
            ..InterpreterSettings::default()
        };
        let same = catch_unwind(AssertUnwindSafe(|| pdf.pages().len() == count)).unwrap_or(false);
        same.then_some(Self { pdf, settings, failed })
    }

    /// Draws a page, without its annotations.
    ///
    /// # Errors
    /// Why it cannot be drawn.
    pub(super) fn draw(&self, index: usize) -> Result<Drawn, &'static str> {
        self.failed.store(false, Ordering::Relaxed);
        let drawn = catch_unwind(AssertUnwindSafe(|| self.drawn(index))).ok().flatten();
        match drawn {
            Some(drawn) if !self.failed.load(Ordering::Relaxed) => Ok(drawn),
            _ => Err("it cannot be drawn"),
        }
    }

    fn drawn(&self, index: usize) -> Option<Drawn> {
        let page = self.pdf.pages().get(index)?;
        let (width, height) = page.render_dimensions();
        let longest = f64::from(width.max(height));
        if !(longest.is_finite() && longest > 0.0) {
            return None;
        }
        let scale = scale(longest);
        let pixels = PixmapSettings { x_scale: scale as f32, y_scale: scale as f32, bg_color: WHITE };
        let pixmap = hayro::render(page, &RenderCache::new(), &self.settings, &RenderSettings::default(), &pixels);
        let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
        let colors: Vec<u8> = pixmap.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        let picture = RgbImage::from_raw(width, height, colors)?;
        let to_pixels = Matrix(page.initial_transform(true).as_coeffs()).then(Matrix([scale, 0.0, 0.0, scale, 0.0, 0.0]));
        Some(Drawn { picture: DynamicImage::ImageRgb8(picture), to_pixels })
    }

    /// Draws a page and reads its text.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn read(&self, index: usize, ocr: &dyn Ocr) -> Result<Seen, String> {
        let seen = look(ocr, &self.draw(index)?.picture)?;
        if seen.doubtful { Err(DOUBTFUL.to_owned()) } else { Ok(seen) }
    }
}
