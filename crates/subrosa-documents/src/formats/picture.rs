//! Pictures: PNG, JPEG, GIF, BMP, WebP and TIFF, every frame and page of them.
//!
//! With a reader of text at hand ([`Aids`](crate::Aids)) the text of each frame or page is a segment. Writing fills the words
//! that an edit touches with black, whole and with a margin, in all channels, and encodes the pictures again: PNG, BMP, GIF,
//! WebP and TIFF without loss (GIF in at most 256 colours a frame), JPEG in high quality. A file without edits keeps its pixels
//! bit for bit.
//!
//! Left out in any case: EXIF, XMP, IPTC, comments and text chunks, previews, texts in colour profiles, private chunks, what
//! follows the end, the animation of PNG files, colours under full transparency. How a picture is turned is kept.
//!
//! Without a reader of text a picture is an unread part, which the policy may let stay (without its metadata) or have painted
//! over. Areas that a person marks are painted over in any case ([`Body::cover`]). With one, what it does not read is not found: handwriting, very small or slanted letters, faces. The notes say so.
//!
//! Written to the PNG specification (third edition), ITU-T T.81, GIF89a, RFC 9649, TIFF revision 6.0.

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use crate::document::{Body, Document, Part, UnreadPart};
use crate::formats::{Format, Source};
use crate::image as container;
use crate::limits::Limits;
use crate::nested::{self, in_words};
use crate::picture::codec::{self, Decoded};
use crate::picture::look::{Area, DOUBTFUL, Seen, look};
use crate::picture::{Kind, can_hold_text, paint};
use crate::refusal::Refusal;
use crate::view::{Block, Face, Rectangle, Shape, Views};

/// A kind of picture file as a format.
pub(super) struct Picture(Kind);

pub(super) static PNG: Picture = Picture(Kind::Png);
pub(super) static JPEG: Picture = Picture(Kind::Jpeg);
pub(super) static GIF: Picture = Picture(Kind::Gif);
pub(super) static BMP: Picture = Picture(Kind::Bmp);
pub(super) static WEBP: Picture = Picture(Kind::Webp);
pub(super) static TIFF: Picture = Picture(Kind::Tiff);

impl Format for Picture {
    fn id(&self) -> &'static str {
        match self.0 {
            Kind::Png => "png",
            Kind::Jpeg => "jpg",
            Kind::Gif => "gif",
            Kind::Bmp => "bmp",
            Kind::Webp => "webp",
            Kind::Tiff => "tiff",
        }
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        Kind::of(source.bytes) == Some(self.0)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        read(self.0, source, limits)
    }

    /// What stands beside the pixels.
    fn raw_parts(&self, source: &Source<'_>, _: &Limits) -> Result<Vec<Part>, Refusal> {
        // A file that was written has none of it: whatever else were there would be found here.
        let mut parts = Vec::new();
        for (name, bytes) in container::beside_pixels(source.bytes) {
            nested::views(name, bytes, &mut parts);
        }
        Ok(parts)
    }
}

/// The file without metadata, pixels untouched. Nothing when that can only be had by encoding the pixels again.
fn cleaned(kind: Kind, bytes: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
    let broken = |reason: &'static str| Refusal::damaged("picture", reason);
    match kind {
        Kind::Png => container::still_png(bytes).map(Some).ok_or_else(|| broken("it breaks off")),
        Kind::Jpeg | Kind::Gif | Kind::Webp => {
            let cleaned = container::without_metadata(bytes).map_err(broken)?;
            Ok(Some(cleaned.unwrap_or_else(|| bytes.to_vec())))
        }
        Kind::Bmp => Ok(container::is_plain_bmp(bytes).then(|| bytes.to_vec())),
        Kind::Tiff => Ok(None),
    }
}

/// A picture of the same kind and size with everything painted over; of a kind that cannot be painted, a black dot.
pub(crate) fn blanked(bytes: &[u8], limits: &Limits) -> Vec<u8> {
    let painted = Kind::of(bytes).and_then(|kind| {
        let mut decoded = codec::decode(kind, bytes, limits).ok()?;
        decoded.frames.iter_mut().for_each(|frame| paint::all(&mut frame.picture));
        codec::encode(kind, &decoded, bytes).ok()
    });
    painted.unwrap_or_else(|| DOT.to_vec())
}

/// One black pixel as PNG.
const DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\x0aIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";

fn read(kind: Kind, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
    let mut body = PictureBody {
        kind,
        bytes: source.bytes.to_vec(),
        limits: *limits,
        cleaned: cleaned(kind, source.bytes)?,
        frames: 0,
        seen: Vec::new(),
        covered: Vec::new(),
        looked: false,
        doubtful: false,
        blank: false,
        left_out: false,
    };
    let unread = |reason: String| vec![UnreadPart { part: "picture".to_owned(), reason }];
    let mut decoded = match codec::decode(kind, source.bytes, limits) {
        Ok(decoded) => decoded,
        // Pixels that no one here can decode stay as they are, if the policy says so and there is a way.
        Err(reason) if body.cleaned.is_some() => {
            body.left_out = body.cleaned.as_deref() != Some(source.bytes);
            return Ok(Document { segments: Vec::new(), unread: unread(reason.to_owned()), body: Box::new(body) });
        }
        Err(reason) => return Err(Refusal::uninspectable("picture", reason)),
    };
    body.frames = decoded.frames.len();
    body.left_out = body.cleaned.as_deref() != Some(source.bytes) && kind != Kind::Tiff;
    if decoded.turned {
        body.cleaned = None;
    }
    let (mut problem, mut doubtful) = (None, false);
    let mut segments = Vec::new();
    for (number, frame) in decoded.frames.iter_mut().enumerate() {
        if paint::clear_unseen(&mut frame.picture) && matches!(kind, Kind::Png | Kind::Webp | Kind::Tiff | Kind::Bmp) {
            body.cleaned = None;
        }
        if !can_hold_text(frame.picture.width(), frame.picture.height()) {
            continue;
        }
        match source.aids.ocr.map(|ocr| look(ocr, &frame.picture)) {
            None => problem = Some("text in pictures cannot be read: there is no program for it".to_owned()),
            Some(Err(reason)) => problem = Some(reason),
            Some(Ok(seen)) if !seen.text.is_empty() => {
                doubtful |= seen.doubtful;
                segments.push(Segment::new(seen.text.clone()));
                body.seen.push((number, seen));
            }
            Some(Ok(_)) => {}
        }
        if problem.is_some() {
            break;
        }
    }
    body.looked = problem.is_none();
    body.doubtful = doubtful;
    if problem.is_some() {
        segments.clear();
        body.seen.clear();
    }
    // What was read of it stays known: should the picture stay, that is painted over at least.
    let problem = problem.or_else(|| doubtful.then(|| DOUBTFUL.to_owned()));
    Ok(Document { segments, unread: problem.map(unread).unwrap_or_default(), body: Box::new(body) })
}

struct PictureBody {
    kind: Kind,
    bytes: Vec<u8>,
    limits: Limits,
    /// The file without metadata, where that needs no new encoding.
    cleaned: Option<Vec<u8>>,
    /// How many frames or pages there are.
    frames: usize,
    /// For each segment, the number of its frame, and its words.
    seen: Vec<(usize, Seen)>,
    /// What a person wants painted over: numbers of frames and areas.
    covered: Vec<(usize, Area)>,
    /// Whether the pixels were read.
    looked: bool,
    /// Whether some of what was read is not sure.
    doubtful: bool,
    /// Whether all of it is to be painted over.
    blank: bool,
    /// Whether there is anything beside the pixels that does not stay.
    left_out: bool,
}

impl Body for PictureBody {
    fn place(&self, segment: usize, _: Span) -> String {
        let Some((number, _)) = self.seen.get(segment) else { return String::new() };
        match self.kind {
            Kind::Tiff if self.frames > 1 => format!("page {}", number + 1),
            _ if self.frames > 1 => format!("frame {}", number + 1),
            _ => "picture".to_owned(),
        }
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        let mut views = Views::of(segments);
        for number in 0..segments.len() {
            let section = views.section(&in_words(&self.place(number, Span::default())));
            views.whole(number, &Face::text(section).shaped(Shape::Line));
        }
        views.finish()
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        let unread = !self.looked || self.doubtful;
        self.blank = unread && on_unread == OnUnread::Blank && self.frames > 0;
        self.blank || on_unread == OnUnread::Keep
    }

    /// In pixels of the upright picture, rounded outwards. Only a TIFF has pages; of a moving picture an area is painted over from
    /// beginning to end.
    fn cover(&mut self, areas: &[Rectangle]) -> bool {
        let edge = |at: f32| at.clamp(0.0, u32::MAX as f32) as u32;
        for area in areas {
            let finite = [area.x, area.y, area.width, area.height].iter().all(|number| number.is_finite());
            let (right, bottom) = (edge((area.x + area.width).ceil()), edge((area.y + area.height).ceil()));
            let painted = Area { left: edge(area.x), top: edge(area.y), right, bottom };
            let frames = match ((area.page as usize).checked_sub(1), self.kind) {
                (Some(page), Kind::Tiff) if page < self.frames => page..page + 1,
                (Some(0), kind) if kind != Kind::Tiff => 0..self.frames,
                _ => return false,
            };
            if !finite || frames.is_empty() || painted.left >= painted.right || painted.top >= painted.bottom {
                return false;
            }
            self.covered.extend(frames.map(|frame| (frame, painted)));
        }
        true
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let edited = !self.covered.is_empty() || edits.iter().any(|edits| !edits.is_empty());
        if let (Some(cleaned), false, false) = (&self.cleaned, edited, self.blank) {
            return Ok(cleaned.clone());
        }
        let broken = |reason: &'static str| Refusal::uninspectable("picture", reason);
        let mut decoded = codec::decode(self.kind, &self.bytes, &self.limits).map_err(broken)?;
        for frame in &mut decoded.frames {
            if self.blank {
                paint::all(&mut frame.picture);
            } else {
                paint::clear_unseen(&mut frame.picture);
            }
        }
        self.paint(&mut decoded, edits)?;
        codec::encode(self.kind, &decoded, &self.bytes).map_err(broken)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.left_out {
            notes.push("What stood beside the pixels (metadata, comments, previews, animation of a PNG) is left out.".to_owned());
        }
        if self.blank {
            notes.push("The picture is painted over, as its text could not be read.".to_owned());
        } else if !self.looked && !self.covered.is_empty() {
            notes.push("Picture: painted over where somebody marked it; the rest was not looked into by the program.".to_owned());
        } else if self.doubtful {
            notes.push("Picture: not all of its text could be read with certainty; what could not stays.".to_owned());
        } else if self.looked {
            let text = if self.seen.is_empty() { "no text was found in it" } else { "its printed text was looked into" };
            notes.push(format!("Picture: {text}; handwriting, faces and what cannot be read by a program stay."));
        } else {
            notes.push("Picture: not looked into.".to_owned());
        }
        notes
    }
}

impl PictureBody {
    fn paint(&self, decoded: &mut Decoded, edits: &[Vec<Edit>]) -> Result<(), Refusal> {
        for (number, area) in &self.covered {
            let missing = || Refusal::Internal("an area in a picture that is not there".to_owned());
            let frame = decoded.frames.get_mut(*number).ok_or_else(missing)?;
            paint::over(&mut frame.picture, &[*area]);
        }
        for (index, edits) in edits.iter().enumerate().filter(|(_, edits)| !edits.is_empty()) {
            let missing = || Refusal::Internal("an edit in a picture that is not there".to_owned());
            let (number, seen) = self.seen.get(index).ok_or_else(missing)?;
            let frame = decoded.frames.get_mut(*number).ok_or_else(missing)?;
            paint::over(&mut frame.picture, &seen.under(edits));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_painted_becomes_a_dot() {
        let dot = blanked(b"no picture at all", &Limits::default());
        let decoded = codec::decode(Kind::Png, &dot, &Limits::default()).unwrap();
        let pixels: Vec<u8> = decoded.frames.iter().flat_map(|frame| frame.picture.to_luma8().into_raw()).collect();
        assert_eq!(pixels, [0]);
    }
}
