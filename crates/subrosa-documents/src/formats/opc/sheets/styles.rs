//! Which style shows numbers in which way. Written to ECMA-376-1, 18.8.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::format::Format;
use super::number::{self, Display};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Name, Tag, TextKind, Visitor, scan};

/// The displays of the cell styles, by their number.
#[derive(Default)]
pub(super) struct Styles {
    formats: HashMap<u32, Style>,
    cells: Vec<Style>,
    in_cells: bool,
}

/// How cells of one style show numbers: what they are, and what the sheet makes of them for the eye.
#[derive(Clone, Default)]
struct Style {
    display: Display,
    format: Option<Arc<Format>>,
}

impl Styles {
    /// Reads the styles part.
    pub(super) fn read(part: &str, text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        scan(part, text, limits, &mut styles)?;
        Ok(styles)
    }

    /// The number of a style, from the raw attribute.
    pub(super) fn number(style: Option<&str>) -> u32 {
        style.and_then(|style| style.parse().ok()).unwrap_or(0)
    }

    /// How a cell of style `style` (the raw attribute) shows a number.
    pub(super) fn display(&self, style: Option<&str>) -> &Display {
        self.cells.get(Self::number(style) as usize).map_or(&Display::Plain, |style| &style.display)
    }

    /// What the sheet shows where a cell of this style has the text `text`, if that is something else.
    pub(super) fn shown(&self, style: u32, text: &str, since_1904: bool) -> Option<String> {
        let Style { display, format } = self.cells.get(style as usize)?;
        format.as_ref()?.show(text, display, since_1904)
    }
}

impl<'a> Visitor<'a> for Styles {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let id = || tag.raw("numFmtId").and_then(|id| id.parse::<u32>().ok());
        match tag.name.local {
            "numFmt" => {
                if let (Some(id), Some(code)) = (id(), tag.value("formatCode")) {
                    let format = Format::of_code(&code).map(Arc::new);
                    self.formats.insert(id, Style { display: number::of_code(&code), format });
                }
            }
            "cellXfs" => self.in_cells = true,
            "xf" if self.in_cells => {
                let id = id().unwrap_or(0);
                let built_in = || Style { display: number::built_in(id), format: Format::built_in(id).map(Arc::new) };
                let style = self.formats.get(&id).cloned().unwrap_or_else(built_in);
                self.cells.push(style);
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
