//! Pictures: their digits or bytes gathered, and at the end cleaned, or looked into.

use super::Reader;
use crate::document::UnreadPart;
use crate::flow::drawn;
use crate::formats::rtf::body::Picture;
use crate::formats::rtf::destination::Destination;
use crate::image;
use crate::image::metafile;
use crate::nested;
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn digits(&mut self, text: &[u8], start: usize) {
        let Some(picture) = &mut self.picture else { return };
        for (offset, byte) in text.iter().enumerate() {
            let Some(digit) = char::from(*byte).to_digit(16) else { continue };
            if picture.digits.is_empty() {
                picture.digits = start + offset..start + offset;
            }
            picture.digits.end = start + offset + 1;
            match picture.nibble.take() {
                Some(high) => picture.data.push(high << 4 | digit as u8),
                None => picture.nibble = Some(digit as u8),
            }
        }
    }

    pub(super) fn binary(&mut self, data: &[u8], range: Range<usize>) {
        if self.skipped(&range, 1) > 0 {
            return;
        }
        match (self.state.destination, &mut self.picture) {
            (Destination::Picture, Some(picture)) => {
                picture.data = data.to_vec();
                picture.digits = range;
            }
            (Destination::Gone(_), _) => {}
            _ => {
                self.cuts.push(range);
                self.notes.push("removed: binary data outside pictures and objects".to_owned());
            }
        }
    }

    pub(super) fn end_picture(&mut self) {
        let Some(mut picture) = self.picture.take() else { return };
        if picture.data.is_empty() {
            return;
        }
        self.seen_pictures += 1;
        let name = format!("picture {}", self.seen_pictures);
        if metafile::is_metafile(&picture.data) {
            let Some(read) = metafile::read(&picture.data) else {
                self.unread.push(UnreadPart { part: name, reason: "a metafile whose records cannot be followed".to_owned() });
                return;
            };
            self.notes.push(format!("{name}: only its text records were looked into"));
            let before = picture.data.len();
            picture.data.truncate(read.end);
            let mut changed = before != read.end;
            for range in read.blank {
                if let Some(blank) = picture.data.get_mut(range) {
                    changed |= blank.iter().any(|byte| *byte != 0);
                    blank.fill(0);
                }
            }
            self.drawn.extend(drawn(self.pictures.len() + 1, &read.texts, &picture.data));
            self.pictures.push(Picture { range: picture.digits, data: picture.data, changed });
            return;
        }
        if picture.kind == "other" {
            self.unread.push(UnreadPart { part: name, reason: "a Macintosh or OS/2 picture".to_owned() });
            return;
        }
        if let Some(document) = nested::picture(&self.source, &name, &picture.data, self.limits, self.limits.expanded_bytes) {
            self.looked.push((name, picture.digits, document));
            return;
        }
        match image::without_metadata(&picture.data) {
            Ok(cleaned) => {
                self.notes.push(format!("{name}: not looked into"));
                if let Some(data) = cleaned {
                    self.pictures.push(Picture { range: picture.digits, data, changed: true });
                }
            }
            Err(reason) => self.unread.push(UnreadPart { part: name, reason: reason.to_owned() }),
        }
    }
}
