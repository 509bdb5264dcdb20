//! The pixels of one image, as its filters and colour space give them: neither scaled nor turned.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, LumaData, SoftMask, interpret_page,
};
use hayro::kurbo::{Affine, BezPath, Rect};
use image::{DynamicImage, GrayAlphaImage, GrayImage, LumaA, RgbImage, Rgba, RgbaImage, imageops};

/// The image that the one page of a file shows. What can be looked through has an alpha channel; a stencil is black.
///
/// # Errors
/// Why it cannot be had.
pub(super) fn shown(file: Vec<u8>) -> Result<DynamicImage, &'static str> {
    let decoded = catch_unwind(AssertUnwindSafe(|| {
        let pdf = Pdf::new(file).ok()?;
        let page = pdf.pages().first()?;
        let mut only = Only::default();
        let cache = InterpreterCache::new();
        let everything = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context = Context::new(Affine::IDENTITY, everything, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut only);
        only.0
    }));
    decoded.ok().flatten().ok_or("its pixels cannot be decoded")
}

/// Keeps the first image that is drawn.
#[derive(Default)]
struct Only(Option<DynamicImage>);

impl<'a> Device<'a> for Only {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        if self.0.is_some() {
            return;
        }
        match image {
            Image::Raster(image) => image.with_rgba(|pixels, alpha| self.0 = raster(pixels, alpha), None),
            Image::Stencil(image) => image.with_stencil(|stencil, _| self.0 = painted(stencil), None),
        }
    }
}

fn raster(pixels: ImageData, alpha: Option<LumaData>) -> Option<DynamicImage> {
    let picture = match pixels {
        ImageData::Rgb(rgb) => DynamicImage::ImageRgb8(RgbImage::from_raw(rgb.width, rgb.height, rgb.data)?),
        ImageData::Luma(luma) => DynamicImage::ImageLuma8(GrayImage::from_raw(luma.width, luma.height, luma.data)?),
    };
    let Some(alpha) = alpha else { return Some(picture) };
    let mut alpha = GrayImage::from_raw(alpha.width, alpha.height, alpha.data)?;
    let (width, height) = (picture.width(), picture.height());
    if alpha.dimensions() != (width, height) {
        alpha = imageops::resize(&alpha, width, height, imageops::FilterType::Triangle);
    }
    let picture = picture.to_rgb8();
    let both = picture.pixels().zip(alpha.pixels()).flat_map(|(pixel, alpha)| {
        let [red, green, blue] = pixel.0;
        Rgba([red, green, blue, alpha.0[0]]).0
    });
    Some(DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, both.collect())?))
}

fn painted(stencil: LumaData) -> Option<DynamicImage> {
    let both = stencil.data.iter().flat_map(|coverage| LumaA([0, *coverage]).0);
    Some(DynamicImage::ImageLumaA8(GrayAlphaImage::from_raw(stencil.width, stencil.height, both.collect())?))
}
