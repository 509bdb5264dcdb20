//! A file of mapped texts for people to read.

use subrosa_core::segment::Segment;

use super::Code;
use super::body::{Spliced, Way};
use crate::document::Body;
use crate::flow::view::{Ordered, Paragraph, Stretch};
use crate::view::{Block, Face, Views};

/// What stands aside comes after the text.
const ASIDE: u8 = 1;

impl<C: Code> Spliced<C> {
    pub(super) fn view(&self, segments: &[Segment]) -> Vec<Block> {
        let Some(marks) = self.marks.map(|marks| marks(&self.decoded.text)) else {
            return self.children.among(segments, &mut |number, views| views.plain(number, self.record(number)));
        };
        let mut views = Views::of(segments);
        let mut ordered = Ordered::default();
        let mut last = None;
        for entry in &self.entries {
            let number = entry.segment as usize;
            let Some(segment) = segments.get(number) else { continue };
            // A text that stands in the file several times is shown where it stands first.
            if last == Some(number) || self.children.of(number).is_some() {
                continue;
            }
            last = Some(number);
            if segment.structural {
                continue;
            }
            let pieces: Vec<Stretch> = match &entry.way {
                Way::Whole { raw, .. } => {
                    vec![Stretch { start: 0, end: segment.text.len(), at: raw.start as usize, deleted: false }]
                }
                Way::Pieces(range) => {
                    let pieces = self.pieces.get(range.start as usize..range.end as usize).unwrap_or_default().iter();
                    let stretch = |piece: &super::Piece<C>| Stretch {
                        start: piece.text as usize,
                        end: piece.text_end as usize,
                        at: piece.raw as usize,
                        deleted: false,
                    };
                    pieces.map(stretch).collect()
                }
            };
            let first = pieces.first().and_then(|piece| marks.at(piece.at));
            let aside = u8::from(first.is_some_and(|(_, paragraph, _)| paragraph.section.is_some())) * ASIDE;
            let label = segment.labels.first().cloned();
            let mut face = |paragraph: Paragraph| {
                let face = Face::text(views.section(paragraph.section.unwrap_or("Text"))).shaped(paragraph.shape);
                if paragraph.shape == crate::view::Shape::Paragraph {
                    face.field(label.clone())
                } else {
                    Face { label: label.clone(), ..face }
                }
            };
            ordered.flow((0, 0, aside), (number, segment), pieces.into_iter(), Some(&marks), &mut face);
        }
        ordered.into_views(&mut views);
        self.children.view_all(&mut views);
        for (number, _) in segments.iter().enumerate().filter(|(_, segment)| segment.structural) {
            if self.children.of(number).is_none() {
                views.name(number);
            }
        }
        views.finish()
    }
}
