//! Which style shows numbers in which way. Written to ECMA-376-1, 18.8.

use std::collections::HashMap;
use std::ops::Range;

use super::number::{self, Display};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Name, Tag, TextKind, Visitor, scan};

/// The displays of the cell styles, by their number.
#[derive(Default)]
pub(super) struct Styles {
    formats: HashMap<u32, Display>,
    cells: Vec<Display>,
    in_cells: bool,
}

impl Styles {
    /// Reads the styles part.
    pub(super) fn read(part: &str, text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        scan(part, text, limits, &mut styles)?;
        Ok(styles)
    }

    /// How a cell of style `style` (the raw attribute) shows a number.
    pub(super) fn display(&self, style: Option<&str>) -> &Display {
        let number: usize = style.and_then(|style| style.parse().ok()).unwrap_or(0);
        self.cells.get(number).unwrap_or(&Display::Plain)
    }
}

impl<'a> Visitor<'a> for Styles {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let id = || tag.raw("numFmtId").and_then(|id| id.parse::<u32>().ok());
        match tag.name.local {
            "numFmt" => {
                if let (Some(id), Some(code)) = (id(), tag.value("formatCode")) {
                    self.formats.insert(id, number::of_code(&code));
                }
            }
            "cellXfs" => self.in_cells = true,
            "xf" if self.in_cells => {
                let id = id().unwrap_or(0);
                let display = self.formats.get(&id).cloned().unwrap_or_else(|| number::built_in(id));
                self.cells.push(display);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, _: usize) -> Result<(), Refusal> {
        if name.local == "cellXfs" {
            self.in_cells = false;
        }
        Ok(())
    }

    fn text(&mut self, _: Range<usize>, _: TextKind) -> Result<(), Refusal> {
        Ok(())
    }
}
