//! The data set of a DICOM file as a tree, both ways (PS3.5, chapter 7; PS3.10, chapter 7).
//!
//! Little-endian only, with the kind of value written out or implied. Files that are deflated or big-endian are refused.

use crate::refusal::Refusal;

/// Length that says: until the delimiter.
const UNTIL_DELIMITED: u32 = 0xFFFF_FFFF;
const ITEM: u32 = 0xFFFE_E000;
const ITEM_END: u32 = 0xFFFE_E00D;
const SEQUENCE_END: u32 = 0xFFFE_E0DD;
const DEEPEST: usize = 32;
/// Pixels of the picture.
pub(super) const PIXELS: u32 = 0x7FE0_0010;

/// One element: a tag, the kind of its value where it is known, and the value.
pub(super) struct Element {
    pub(super) tag: u32,
    pub(super) kind: [u8; 2],
    pub(super) value: Value,
}

/// A value.
pub(super) enum Value {
    Plain(Vec<u8>),
    Items(Vec<Vec<Element>>),
    /// Packed pixels: the table of offsets, and the fragments.
    Fragments(Vec<Vec<u8>>),
}

/// How values are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    Written,
    Implied,
}

/// Reads a data set.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    elements: usize,
    most: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, most: usize) -> Self {
        Self { bytes, at, elements: 0, most }
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    fn damaged(&self) -> Refusal {
        Refusal::damaged(format!("byte {}", self.at), "the data set breaks off")
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Refusal> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.bytes.len()).ok_or_else(|| self.damaged())?;
        let taken = self.bytes.get(self.at..end).ok_or_else(|| self.damaged())?;
        self.at = end;
        Ok(taken)
    }

    fn short(&mut self) -> Result<u16, Refusal> {
        Ok(self.take(2)?.try_into().map_or(0, u16::from_le_bytes))
    }

    fn long(&mut self) -> Result<u32, Refusal> {
        Ok(self.take(4)?.try_into().map_or(0, u32::from_le_bytes))
    }

    fn tag(&mut self) -> Result<u32, Refusal> {
        Ok(u32::from(self.short()?) << 16 | u32::from(self.short()?))
    }

    /// The elements up to `end`, or up to the end of the item, or those of the first group only.
    pub(super) fn elements(
        &mut self,
        kinds: Kinds,
        end: Option<usize>,
        group: Option<u16>,
        depth: usize,
    ) -> Result<Vec<Element>, Refusal> {
        if depth > DEEPEST {
            return Err(Refusal::Limit("sequences are nested too deep".to_owned()));
        }
        let mut elements = Vec::new();
        while end.map_or(self.at < self.bytes.len() || depth > 0, |end| self.at < end) {
            let start = self.at;
            let tag = self.tag()?;
            if tag == ITEM_END && end.is_none() && depth > 0 {
                self.long()?;
                return Ok(elements);
            }
            if group.is_some_and(|group| tag >> 16 != u32::from(group)) {
                self.at = start;
                return Ok(elements);
            }
            self.elements += 1;
            if self.elements > self.most {
                return Err(Refusal::Limit("too many elements".to_owned()));
            }
            elements.push(self.element(tag, kinds, depth)?);
        }
        Ok(elements)
    }

    fn element(&mut self, tag: u32, kinds: Kinds, depth: usize) -> Result<Element, Refusal> {
        let mut kind = *b"  ";
        let mut inner = kinds;
        let length = if kinds == Kinds::Written {
            kind = self.take(2)?.try_into().map_err(|_| self.damaged())?;
            if is_long(kind) {
                self.take(2)?;
                self.long()?
            } else {
                u32::from(self.short()?)
            }
        } else {
            self.long()?
        };
        if length == UNTIL_DELIMITED && tag == PIXELS {
            return Ok(Element { tag, kind, value: Value::Fragments(self.fragments()?) });
        }
        if length == UNTIL_DELIMITED && &kind == b"UN" {
            inner = Kinds::Implied;
        }
        if &kind == b"SQ" || length == UNTIL_DELIMITED || kinds == Kinds::Implied && self.begins_item(length) {
            return Ok(Element { tag, kind: *b"SQ", value: Value::Items(self.items(inner, length, depth)?) });
        }
        Ok(Element { tag, kind, value: Value::Plain(self.take(length as usize)?.to_vec()) })
    }

    /// Whether a value of an unknown kind is a sequence: it begins with an item that ends within it.
    fn begins_item(&self, length: u32) -> bool {
        let head = self.bytes.get(self.at..self.at.saturating_add(8)).unwrap_or_default();
        let Some(inner) = head.get(4..8).and_then(|inner| inner.try_into().ok()).map(u32::from_le_bytes) else { return false };
        length >= 8 && head.starts_with(&[0xFE, 0xFF, 0x00, 0xE0]) && (inner == UNTIL_DELIMITED || inner <= length - 8)
    }

    fn items(&mut self, kinds: Kinds, length: u32, depth: usize) -> Result<Vec<Vec<Element>>, Refusal> {
        let end = if length == UNTIL_DELIMITED {
            None
        } else {
            Some(self.at.checked_add(length as usize).filter(|end| *end <= self.bytes.len()).ok_or_else(|| self.damaged())?)
        };
        let mut items = Vec::new();
        while end.is_none_or(|end| self.at < end) {
            match (self.tag()?, self.long()?) {
                (SEQUENCE_END, _) if end.is_none() => break,
                (ITEM, UNTIL_DELIMITED) => items.push(self.elements(kinds, None, None, depth + 1)?),
                (ITEM, length) => {
                    let item = self.at.checked_add(length as usize).filter(|item| *item <= self.bytes.len());
                    let item = item.ok_or_else(|| self.damaged())?;
                    items.push(self.elements(kinds, Some(item), None, depth + 1)?);
                }
                _ => return Err(self.damaged()),
            }
        }
        Ok(items)
    }

    fn fragments(&mut self) -> Result<Vec<Vec<u8>>, Refusal> {
        let mut fragments = Vec::new();
        loop {
            match (self.tag()?, self.long()?) {
                (SEQUENCE_END, _) => return Ok(fragments),
                (ITEM, length) if fragments.len() < self.most => fragments.push(self.take(length as usize)?.to_vec()),
                _ => return Err(self.damaged()),
            }
        }
    }
}

/// Kinds whose length takes four bytes.
fn is_long(kind: [u8; 2]) -> bool {
    matches!(&kind, b"OB" | b"OD" | b"OF" | b"OL" | b"OV" | b"OW" | b"SQ" | b"SV" | b"UC" | b"UN" | b"UR" | b"UT" | b"UV")
}

/// Writes elements. Nothing when a value is longer than its kind allows.
pub(super) fn write(elements: &[Element], kinds: Kinds, out: &mut Vec<u8>) -> Option<()> {
    for element in elements {
        let mut body = Vec::new();
        let mut length = None;
        match &element.value {
            Value::Plain(bytes) => {
                body.extend_from_slice(bytes);
                if body.len() % 2 == 1 {
                    body.push(if is_text(element.kind) { b' ' } else { 0 });
                }
            }
            Value::Items(items) => {
                for item in items {
                    let mut inner = Vec::new();
                    write(item, kinds, &mut inner)?;
                    header(ITEM, u32::try_from(inner.len()).ok()?, &mut body);
                    body.extend_from_slice(&inner);
                }
            }
            Value::Fragments(fragments) => {
                for fragment in fragments {
                    let length = u32::try_from(fragment.len().next_multiple_of(2)).ok()?;
                    header(ITEM, length, &mut body);
                    body.extend_from_slice(fragment);
                    body.extend((fragment.len() % 2 == 1).then_some(0));
                }
                header(SEQUENCE_END, 0, &mut body);
                length = Some(UNTIL_DELIMITED);
            }
        }
        let length = length.map_or_else(|| u32::try_from(body.len()).ok(), Some)?;
        if kinds == Kinds::Implied {
            header(element.tag, length, out);
        } else {
            tag(element.tag, out);
            out.extend_from_slice(&element.kind);
            if is_long(element.kind) {
                out.extend_from_slice(&[0, 0]);
                out.extend_from_slice(&length.to_le_bytes());
            } else {
                out.extend_from_slice(&u16::try_from(length).ok()?.to_le_bytes());
            }
        }
        out.extend_from_slice(&body);
    }
    Some(())
}

fn tag(tag: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&((tag >> 16) as u16).to_le_bytes());
    out.extend_from_slice(&(tag as u16).to_le_bytes());
}

fn header(tag_: u32, length: u32, out: &mut Vec<u8>) {
    tag(tag_, out);
    out.extend_from_slice(&length.to_le_bytes());
}

/// Kinds that are text.
pub(super) fn is_text(kind: [u8; 2]) -> bool {
    matches!(
        &kind,
        b"AE"
            | b"AS"
            | b"CS"
            | b"DA"
            | b"DS"
            | b"DT"
            | b"IS"
            | b"LO"
            | b"LT"
            | b"PN"
            | b"SH"
            | b"ST"
            | b"TM"
            | b"UC"
            | b"UR"
            | b"UT"
    )
}
