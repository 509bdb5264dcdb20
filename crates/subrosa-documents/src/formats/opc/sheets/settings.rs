//! The workbook part, as far as cells depend on it.

use std::ops::Range;

use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Family, Name, Tag, TextKind, Visitor, scan};

/// What the workbook part says of all sheets.
#[derive(Default)]
pub(crate) struct Settings {
    /// Days are counted from 1904.
    pub(crate) since_1904: bool,
    /// The relationships of the sheets, in order.
    pub(crate) sheets: Vec<String>,
}

impl Settings {
    /// Reads the workbook part.
    pub(crate) fn read(name: &str, text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let mut settings = Self::default();
        scan(name, text, limits, &mut settings)?;
        Ok(settings)
    }
}

impl<'a> Visitor<'a> for Settings {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        match tag.name.local {
            "workbookPr" => self.since_1904 = tag.raw("date1904").is_some_and(|value| matches!(value, "1" | "true" | "on")),
            "sheet" => {
                let id = tag.attributes.iter().find(|attribute| attribute.name.is(Family::Relation, "id"));
                self.sheets.extend(id.and_then(|id| tag.text.get(id.value.clone())).map(str::to_owned));
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, _: &Name<'a>, _: usize) -> Result<(), Refusal> {
        Ok(())
    }

    fn text(&mut self, _: Range<usize>, _: TextKind) -> Result<(), Refusal> {
        Ok(())
    }
}
