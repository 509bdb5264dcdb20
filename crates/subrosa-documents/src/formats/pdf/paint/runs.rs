//! From glyphs to runs of hidden text, to lines of seen text, and to boxes on scans.

use std::collections::HashSet;

use super::view::{HiddenRun, PageView, Painting, SCAN, Walk, Why, union};
use crate::formats::pdf::geometry::Point;

/// Most boxes on the scans of a page.
const MAX_BOXES: usize = 300;
/// Most comparisons of a hidden run with a seen letter.
const MAX_COMPARED: usize = 50_000_000;
/// Most runs of seen text that are kept of a page.
const MAX_LINES: usize = 4_000;

impl Walk<'_> {
    /// What the page shows and hides, once all of it is painted.
    pub(super) fn finish(self, area: [f64; 4], turn: u16) -> PageView {
        let reasons = self.reasons();
        // A text that stands twice in one place is seen when one of the two is.
        let key = |painting: &Painting<'_>| {
            (painting.at.x.round() as i64, painting.at.y.round() as i64, painting.glyph.reading.first())
        };
        let near = |(x, y, sign): (i64, i64, Option<char>)| {
            [-1, 0, 1].into_iter().flat_map(move |dx| [-1, 0, 1].map(|dy| (x + dx, y + dy, sign)))
        };
        let seen: HashSet<_> =
            self.glyphs.iter().zip(&reasons).filter(|(_, why)| why.is_none()).flat_map(|(one, _)| near(key(one))).collect();
        let letters = self.glyphs.iter().zip(&reasons).filter(|(_, why)| why.is_none());
        let visible: Vec<(Point, char)> = letters
            .filter_map(|(one, _)| Some((one.at.plus(one.along.times(0.5)).plus(one.up.times(0.3)), one.glyph.reading.first()?)))
            .filter(|(_, sign)| sign.is_alphanumeric())
            .collect();
        let mut hidden: Vec<HiddenRun> = Vec::new();
        let lines = self.seen_lines(&reasons);
        let mut open: Option<(Point, f64)> = None;
        for (painting, why) in self.glyphs.iter().zip(reasons) {
            let sign = painting.glyph.reading.first();
            let letter = sign.is_some_and(char::is_alphanumeric);
            let why = why.filter(|_| !letter || !seen.contains(&key(painting)));
            let size = painting.up.length().max(0.1);
            let near = open.is_some_and(|(end, size)| {
                let gap = painting.at.minus(end);
                gap.length() < 4.0 * size.max(1.0)
            });
            match (&why, letter, hidden.last_mut()) {
                (Some(why), _, Some(run)) if near && run.why == *why => {
                    painting.glyph.reading.push_to(&mut run.text);
                    run.letters += usize::from(letter);
                    if letter {
                        run.area = union(run.area, painting.area());
                    }
                    open = Some((painting.at.plus(painting.along), size));
                }
                (Some(why), true, _) => {
                    let mut text = String::new();
                    painting.glyph.reading.push_to(&mut text);
                    hidden.push(HiddenRun { why: why.clone(), area: painting.area(), letters: 1, text });
                    open = Some((painting.at.plus(painting.along), size));
                }
                // A blank may stand between two hidden words, whatever lies on it.
                (None, false, _) if near => {}
                (_, false, _) => {}
                _ => open = None,
            }
        }
        if hidden.len().saturating_mul(visible.len()) < MAX_COMPARED {
            hidden.retain(|run| !is_repeated(run, &visible));
        }
        let covered_pictures = self.covered_pictures();
        PageView { area, turn, hidden, lines, covered_pictures }
    }

    /// Why each glyph is not seen.
    fn reasons(&self) -> Vec<Option<Why>> {
        let scanned = self.covers.iter().any(|cover| cover.kind == Why::UnderPicture && cover.share >= SCAN);
        self.glyphs.iter().map(|painting| self.reason(painting, scanned)).collect()
    }

    /// The glyphs that are not seen, once all of the page is painted. One that is seen elsewhere on it is not among them.
    pub(super) fn unseen(self) -> Vec<(u32, u32)> {
        let reasons = self.reasons();
        let places = || self.glyphs.iter().zip(&reasons);
        let seen: HashSet<(u32, u32)> = places().filter(|(_, why)| why.is_none()).map(|(one, _)| one.place).collect();
        let unseen = places().filter(|(one, why)| why.is_some() && !seen.contains(&one.place));
        unseen.map(|(one, _)| one.place).collect()
    }

    /// Where text is seen, glyphs beside each other as one.
    fn seen_lines(&self, reasons: &[Option<Why>]) -> Vec<[f64; 4]> {
        let mut lines: Vec<[f64; 4]> = Vec::new();
        let mut end: Option<Point> = None;
        for (painting, _) in self.glyphs.iter().zip(reasons).filter(|(_, why)| why.is_none()) {
            let size = painting.up.length().max(0.1);
            let near = end.is_some_and(|end| painting.at.minus(end).length() < size);
            let full = lines.len() >= MAX_LINES;
            match lines.last_mut() {
                Some(line) if near => *line = union(*line, painting.area()),
                _ if full => break,
                _ => lines.push(painting.area()),
            }
            end = Some(painting.at.plus(painting.along));
        }
        lines
    }

    /// Boxes on scans that are still seen at the end and that nobody has written on.
    fn covered_pictures(&self) -> Vec<[f64; 4]> {
        let holds = |area: &[f64; 4], point: Point| {
            let [left, bottom, right, top] = *area;
            (left..=right).contains(&point.x) && (bottom..=top).contains(&point.y)
        };
        let written_on = |number: u32, area: &[f64; 4]| {
            self.glyphs.iter().any(|painting| painting.number >= number && painting.early.is_none() && holds(area, painting.at))
        };
        let still_seen = |number: u32, [left, bottom, right, top]: [f64; 4]| {
            let middle = Point { x: f64::midpoint(left, right), y: f64::midpoint(bottom, top) };
            let at = self.canvas.grid.to_cells.apply(middle.x, middle.y);
            self.canvas.at(at).is_some_and(|(found, _)| found == number)
        };
        let kept =
            self.boxes.iter().take(MAX_BOXES).filter(|(number, area)| still_seen(*number, *area) && !written_on(*number, area));
        kept.map(|(_, area)| *area).collect()
    }
}

/// Whether the words of a hidden run are seen in the same place, as where a program draws a text anew over its old self.
fn is_repeated(run: &HiddenRun, visible: &[(Point, char)]) -> bool {
    let [left, bottom, right, top] = run.area;
    let inside = |at: &Point| (left - 2.0..=right + 2.0).contains(&at.x) && (bottom - 2.0..=top + 2.0).contains(&at.y);
    let wanted: String = run.text.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let shown: String = visible.iter().filter(|(at, _)| inside(at)).map(|(_, sign)| *sign).collect();
    run.letters > 0 && shown.contains(&wanted)
}
