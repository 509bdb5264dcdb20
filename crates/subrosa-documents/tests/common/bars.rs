//! A reader of text that knows four words by heart, each drawn as a bar in a shade of grey, and a picture of them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use subrosa_documents::Aids;
use subrosa_documents::ocr::{Ocr, Word};

/// Each word is a bar in its shade.
pub const WORDS: &[(&str, u8)] = &[("Patient:", 200), ("Quillfeather", 60), ("Osgood", 100), ("seen", 150)];
pub const BAR: (u32, u32) = (60, 24);

pub struct Bars;

impl Ocr for Bars {
    fn words(&self, png: &[u8]) -> Result<Vec<Word>, String> {
        let picture = image::load_from_memory(png).map_err(|_| "no picture")?.to_luma8();
        let mut words = Vec::new();
        for (number, (text, shade)) in WORDS.iter().enumerate() {
            let like = |value: u8| value.abs_diff(*shade) < 8;
            let places: Vec<(u32, u32)> =
                picture.enumerate_pixels().filter(|(_, _, pixel)| like(pixel.0[0])).map(|(x, y, _)| (x, y)).collect();
            if places.len() < (BAR.0 * BAR.1 / 2) as usize {
                continue;
            }
            let (left, right) = (places.iter().map(|at| at.0).min().unwrap(), places.iter().map(|at| at.0).max().unwrap());
            let (top, bottom) = (places.iter().map(|at| at.1).min().unwrap(), places.iter().map(|at| at.1).max().unwrap());
            let (width, height) = (right + 1 - left, bottom + 1 - top);
            let text = (*text).to_owned();
            words.push(Word { text, left, top, width, height, line: number as u32 / 2, paragraph: 0, confidence: 95 });
        }
        Ok(words)
    }
}

pub const LOOKING: Aids<'static> = Aids { ocr: Some(&Bars), passwords: &[] };

/// Two lines of two words each.
pub fn picture() -> DynamicImage {
    let mut picture = RgbImage::from_pixel(200, 120, Rgb([255; 3]));
    for (number, (_, shade)) in WORDS.iter().enumerate() {
        let (left, top) = (20 + 80 * (number as u32 % 2), 20 + 48 * (number as u32 / 2));
        for y in top..top + BAR.1 {
            for x in left..left + BAR.0 {
                picture.put_pixel(x, y, Rgb([*shade; 3]));
            }
        }
    }
    DynamicImage::ImageRgb8(picture)
}

pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}
