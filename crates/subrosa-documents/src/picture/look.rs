//! Reads the text of a picture: prepares it for the reader of text, tries again where little was read, and keeps where each
//! word stands.
//!
//! Small letters are enlarged, a picture that says little is tried turned, what is transparent is looked at on white and on
//! black. The words come back as one text: words of a line with blanks between them, a tab where a column begins.

use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageEncoder as _, Luma};
use subrosa_core::edit::Edit;

use super::can_hold_text;
use crate::ocr::{Ocr, Word};

/// Letters lower than this many pixels are enlarged.
const SMALL: u32 = 14;
/// How much.
const ENLARGED: u32 = 3;
/// A picture is not enlarged beyond this many pixels.
const MOST_ENLARGED: u64 = 16_000_000;
/// A larger picture is made smaller before it is read.
const MOST_READ: u64 = 36_000_000;
/// How many pixels a picture has at most when it is tried turned.
const TRIED: u64 = 2_000_000;
/// Sureness from which a word counts as read.
const SURE: u8 = 70;
/// Letters and digits of sure words that make a picture read.
const ENOUGH: usize = 12;

/// So many letters are no play of light as a rule: if most of them are not sure, there is text that was not read.
const MUCH: usize = 60;

/// A part of a picture, in pixels. The right and lower edge are outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: u32,
    pub(crate) top: u32,
    pub(crate) right: u32,
    pub(crate) bottom: u32,
}

/// The text of a picture, and where its words stand in it.
#[derive(Default)]
pub(crate) struct Seen {
    /// All words, line by line.
    pub(crate) text: String,
    /// How many letters and digits of it were read for sure.
    pub(crate) sure: usize,
    /// There is text that was not read for sure, in another script, say, or none at all but a play of light.
    pub(crate) doubtful: bool,
    words: Vec<Placed>,
}

/// A word: its place in the text and in the picture.
struct Placed {
    start: usize,
    end: usize,
    line: usize,
    area: Area,
}

/// Why a picture with a doubtful reading counts as unread.
pub(crate) const DOUBTFUL: &str = "its text cannot be read with any certainty";

/// Reads the text of a picture.
///
/// # Errors
/// Why it could not be read.
pub(crate) fn look(ocr: &dyn Ocr, picture: &DynamicImage) -> Result<Seen, String> {
    let (width, height) = (picture.width(), picture.height());
    if !can_hold_text(width, height) {
        return Ok(Seen::default());
    }
    let mut words = turned(ocr, &flat(picture, 255))?;
    if picture.has_alpha() && transparent(picture) {
        let dark = turned(ocr, &flat(picture, 0))?;
        add_missed(&mut words, dark);
    }
    let (sure, all) = (sure(&words), words.iter().map(|word| letters(&word.text)).sum::<usize>());
    Ok(Seen { sure, doubtful: all >= MUCH && sure * 2 < all, ..assemble(&words, width, height) })
}

/// Whether any of it can be looked through.
fn transparent(picture: &DynamicImage) -> bool {
    picture.to_luma_alpha8().pixels().any(|pixel| pixel.0[1] < 255)
}

/// In shades of grey, on a ground of one.
fn flat(picture: &DynamicImage, ground: u8) -> GrayImage {
    if !picture.has_alpha() {
        return picture.to_luma8();
    }
    let picture = picture.to_luma_alpha8();
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [value, alpha] = picture.get_pixel(x, y).0.map(u32::from);
        Luma([((value * alpha + u32::from(ground) * (255 - alpha)) / 255) as u8])
    })
}

/// The words of a picture as it stands, or as it stands turned, where that reads better.
fn turned(ocr: &dyn Ocr, picture: &GrayImage) -> Result<Vec<Word>, String> {
    let upright = enlarged(ocr, picture)?;
    if !is_weak(&upright) {
        return Ok(upright);
    }
    let small = shrunk(picture, TRIED);
    let small = small.as_ref().unwrap_or(picture);
    let mut best = (sure(&upright), 0);
    for quarter in [2, 1, 3] {
        let read = words(ocr, &rotated(small, quarter))?;
        let read = sure(&read).max(if small.width() * 3 < picture.width() { 2 * sure(&read) } else { 0 });
        if read >= ENOUGH && read > 2 * best.0 {
            best = (read, quarter);
        }
    }
    if best.1 == 0 {
        return Ok(upright);
    }
    let read = enlarged(ocr, &rotated(picture, best.1))?;
    Ok(read.into_iter().filter_map(|word| back(word, best.1, picture.width(), picture.height())).collect())
}

/// A picture turned clockwise.
fn rotated(picture: &GrayImage, quarters: u8) -> GrayImage {
    match quarters {
        1 => imageops::rotate90(picture),
        2 => imageops::rotate180(picture),
        _ => imageops::rotate270(picture),
    }
}

/// A word of a turned picture, where it stands in the picture of this size.
fn back(word: Word, quarters: u8, width: u32, height: u32) -> Option<Word> {
    let (right, bottom) = (word.left.checked_add(word.width)?, word.top.checked_add(word.height)?);
    let (left, top, wide, high) = match quarters {
        1 => (word.top, height.checked_sub(right)?, word.height, word.width),
        2 => (width.checked_sub(right)?, height.checked_sub(bottom)?, word.width, word.height),
        _ => (width.checked_sub(bottom)?, word.left, word.height, word.width),
    };
    Some(Word { left, top, width: wide, height: high, ..word })
}

/// The words of a picture, read enlarged if its letters are small.
fn enlarged(ocr: &dyn Ocr, picture: &GrayImage) -> Result<Vec<Word>, String> {
    let first = words(ocr, picture)?;
    let pixels = u64::from(picture.width()) * u64::from(picture.height());
    let small = letter_height(&first).map_or(pixels < 1_000_000, |height| height < SMALL);
    let factor = (1..=ENLARGED).rev().find(|factor| pixels * u64::from(factor * factor) <= MOST_ENLARGED).unwrap_or(1);
    if !small || factor == 1 {
        return Ok(first);
    }
    let large = imageops::resize(picture, picture.width() * factor, picture.height() * factor, FilterType::CatmullRom);
    let second = words(ocr, &large)?;
    if sure(&second) <= sure(&first) {
        return Ok(first);
    }
    let smaller = |word: Word| {
        let (right, bottom) = (word.left.saturating_add(word.width), word.top.saturating_add(word.height));
        let (left, top) = (word.left / factor, word.top / factor);
        Word { left, top, width: right.div_ceil(factor) - left, height: bottom.div_ceil(factor) - top, ..word }
    };
    Ok(second.into_iter().map(smaller).collect())
}

/// A smaller copy of at most so many pixels; nothing when it is no larger.
fn shrunk(picture: &GrayImage, pixels: u64) -> Option<GrayImage> {
    let (width, height) = picture.dimensions();
    let has = u64::from(width) * u64::from(height);
    if has <= pixels {
        return None;
    }
    let scale = (pixels as f64 / has as f64).sqrt();
    let size = |edge: u32| ((f64::from(edge) * scale) as u32).max(1);
    Some(imageops::resize(picture, size(width), size(height), FilterType::Triangle))
}

/// What the reader of text says of a picture.
fn words(ocr: &dyn Ocr, picture: &GrayImage) -> Result<Vec<Word>, String> {
    let smaller = shrunk(picture, MOST_READ);
    let given = smaller.as_ref().unwrap_or(picture);
    let mut words = ocr.words(&png(given).ok_or("the picture cannot be passed on")?)?;
    if smaller.is_some() {
        let scale = |at: u32, from: u32, to: u32| (u64::from(at) * u64::from(to)).div_ceil(u64::from(from.max(1))) as u32;
        for word in &mut words {
            (word.left, word.width) =
                (scale(word.left, given.width(), picture.width()), scale(word.width, given.width(), picture.width()));
            (word.top, word.height) =
                (scale(word.top, given.height(), picture.height()), scale(word.height, given.height(), picture.height()));
        }
    }
    Ok(words)
}

fn png(picture: &GrayImage) -> Option<Vec<u8>> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Sub);
    let (width, height) = picture.dimensions();
    encoder.write_image(picture.as_raw(), width, height, image::ExtendedColorType::L8).ok()?;
    Some(bytes)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|char| char.is_alphanumeric()).count()
}

/// Letters and digits of the words that were read for sure.
fn sure(words: &[Word]) -> usize {
    let sure = words.iter().filter(|word| word.confidence >= SURE).map(|word| letters(&word.text));
    sure.filter(|letters| *letters > 1).sum()
}

/// Whether too little was read for sure to believe that the picture stands upright.
fn is_weak(words: &[Word]) -> bool {
    let (sure, all) = (sure(words), words.iter().map(|word| letters(&word.text)).sum::<usize>());
    sure < ENOUGH || sure * 2 < all
}

/// How high words are, usually.
fn letter_height(words: &[Word]) -> Option<u32> {
    let mut heights: Vec<u32> = words.iter().filter(|word| letters(&word.text) > 1).map(|word| word.height).collect();
    heights.sort_unstable();
    heights.get(heights.len() / 2).copied()
}

/// Adds the words that stand where none was read before.
fn add_missed(words: &mut Vec<Word>, more: Vec<Word>) {
    let line = words.iter().map(|word| word.line).max().unwrap_or(0);
    let paragraph = words.iter().map(|word| word.paragraph).max().unwrap_or(0);
    let missed = |new: &Word| {
        let (x, y) = (new.left.saturating_add(new.width / 2), new.top.saturating_add(new.height / 2));
        let holds = |word: &Word| {
            (word.left..word.left.saturating_add(word.width)).contains(&x)
                && (word.top..word.top.saturating_add(word.height)).contains(&y)
        };
        !words.iter().any(holds)
    };
    let missed: Vec<Word> = more.into_iter().filter(missed).collect();
    words.extend(missed.into_iter().map(|word| Word {
        line: word.line.saturating_add(line).saturating_add(1),
        paragraph: word.paragraph.saturating_add(paragraph).saturating_add(1),
        ..word
    }));
}

/// Joins the words to a text.
fn assemble(words: &[Word], width: u32, height: u32) -> Seen {
    let mut seen = Seen::default();
    let mut line = 0;
    let mut last: Option<&Word> = None;
    for word in words {
        let text = word.text.trim();
        let right = word.left.saturating_add(word.width).min(width);
        let bottom = word.top.saturating_add(word.height).min(height);
        if text.is_empty() || word.left >= right || word.top >= bottom {
            continue;
        }
        if let Some(last) = last {
            if last.line == word.line {
                let gap = word.left.saturating_sub(last.left.saturating_add(last.width));
                seen.text.push(if gap > word.height.max(last.height).saturating_mul(2) { '\t' } else { ' ' });
            } else {
                seen.text.push('\n');
                line += 1;
            }
        }
        let start = seen.text.len();
        seen.text.push_str(text);
        let area = Area { left: word.left, top: word.top, right, bottom };
        seen.words.push(Placed { start, end: seen.text.len(), line, area });
        last = Some(word);
    }
    seen
}

impl Seen {
    /// What has to be painted over so that none of the edited text can be read: every word that an edit touches, whole, with
    /// a margin, and what is between two of them.
    pub(crate) fn under(&self, edits: &[Edit]) -> Vec<Area> {
        let mut areas = Vec::new();
        for edit in edits {
            let first = self.words.partition_point(|word| word.end <= edit.span.start);
            let words = self.words.get(first..).unwrap_or_default();
            let mut last: Option<(usize, Area)> = None;
            for word in words.iter().take_while(|word| word.start < edit.span.end) {
                let area = widened(word.area);
                match (&mut last, areas.last_mut()) {
                    (Some((line, before)), Some(joined)) if *line == word.line && before.right <= area.right => {
                        *joined = joined_with(*joined, area);
                        *before = area;
                    }
                    _ => {
                        areas.push(area);
                        last = Some((word.line, area));
                    }
                }
            }
        }
        areas
    }
}

fn joined_with(a: Area, b: Area) -> Area {
    Area { left: a.left.min(b.left), top: a.top.min(b.top), right: a.right.max(b.right), bottom: a.bottom.max(b.bottom) }
}

/// Readers of text give boxes that cut off ascenders, accents and edges of letters.
fn widened(area: Area) -> Area {
    let margin = ((area.bottom - area.top).min(area.right - area.left) / 5).max(2);
    Area {
        left: area.left.saturating_sub(margin),
        top: area.top.saturating_sub(margin),
        right: area.right.saturating_add(margin),
        bottom: area.bottom.saturating_add(margin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa_core::entity::Entity;
    use subrosa_core::span::Span;

    fn word(text: &str, left: u32, top: u32, line: u32) -> Word {
        let width = 10 * text.len() as u32;
        Word { text: text.to_owned(), left, top, width, height: 12, line, paragraph: 1, confidence: 90 }
    }

    #[test]
    fn words_become_lines_with_tabs_between_columns() {
        let words = [word("Jane", 10, 10, 1), word("Doe", 55, 10, 1), word("DOB", 200, 10, 1), word("x", 10, 30, 2)];
        let seen = assemble(&words, 400, 100);
        assert_eq!(seen.text, "Jane Doe\tDOB\nx");
        let edit = |start, end| Edit {
            span: Span::new(start, end),
            replacement: String::new(),
            entity: Entity::PERSON,
            operator: "replace",
        };
        assert_eq!(seen.under(&[edit(0, 8)]), [Area { left: 8, top: 8, right: 87, bottom: 24 }]);
        assert_eq!(seen.under(&[edit(10, 14)]).len(), 2, "two lines are two boxes");
        assert!(seen.under(&[]).is_empty());
    }

    #[test]
    fn words_of_turned_pictures_go_back_to_their_places() {
        let picture = GrayImage::from_fn(40, 20, |x, y| Luma([if (5..9).contains(&x) && (2..5).contains(&y) { 0 } else { 255 }]));
        for quarters in 1..=3 {
            let turned = rotated(&picture, quarters);
            let dark: Vec<(u32, u32)> =
                turned.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[0] == 0).map(|(x, y, _)| (x, y)).collect();
            let (left, top) = (dark.iter().map(|at| at.0).min().unwrap(), dark.iter().map(|at| at.1).min().unwrap());
            let (right, bottom) = (dark.iter().map(|at| at.0).max().unwrap(), dark.iter().map(|at| at.1).max().unwrap());
            let found = Word { left, top, width: right + 1 - left, height: bottom + 1 - top, ..word("x", 0, 0, 1) };
            let found = back(found, quarters, 40, 20).unwrap();
            assert_eq!((found.left, found.top, found.width, found.height), (5, 2, 4, 3), "{quarters} quarters");
        }
    }
}
