//! The styles of a text document, as far as a view needs them: headings, lists, emphasis.

use std::collections::HashMap;
use std::ops::Range;

use crate::flow::view::Look;
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Family, Name, Tag, TextKind, Visitor, scan};

/// Longest chain of styles that build on each other.
const CHAIN: usize = 24;

/// What is said of the look of a text; nothing where something else decides.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Looks {
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    struck: Option<bool>,
    hidden: Option<bool>,
}

impl Looks {
    /// Takes in an element of the properties of a run.
    pub(super) fn take(&mut self, tag: &Tag<'_>) {
        let value = tag.raw("val");
        let on = Some(!matches!(value, Some("0" | "false" | "off" | "none")));
        match tag.name.local {
            "b" => self.bold = on,
            "i" => self.italic = on,
            "u" => self.underline = on,
            "strike" | "dstrike" => self.struck = on,
            "vanish" | "specVanish" => self.hidden = on,
            _ => {}
        }
    }

    /// Of a drawing's text, where attributes say it.
    pub(super) fn of(bold: Option<bool>, italic: Option<bool>, underline: Option<bool>, struck: Option<bool>) -> Self {
        Self { bold, italic, underline, struck, hidden: None }
    }

    /// These over others.
    pub(super) fn over(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            underline: self.underline.or(other.underline),
            struck: self.struck.or(other.struck),
            hidden: self.hidden.or(other.hidden),
        }
    }

    pub(super) fn look(self) -> Look {
        let on = |look: Option<bool>| look.unwrap_or(false);
        Look {
            bold: on(self.bold),
            italic: on(self.italic),
            underline: on(self.underline),
            struck: on(self.struck),
            hidden: on(self.hidden),
        }
    }
}

/// What a style or a paragraph says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// The style it builds on.
    pub(super) style: Option<String>,
    /// Of a heading, from 0; 9 and more is none.
    pub(super) outline: Option<u8>,
    /// Of an item, from 0, and whether it is in a list at all.
    pub(super) level: Option<u8>,
    pub(super) listed: Option<bool>,
    pub(super) looks: Looks,
}

impl About {
    /// Takes in an element of the properties of a paragraph or a style.
    pub(super) fn take(&mut self, tag: &Tag<'_>) {
        let number = || tag.raw("val").and_then(|value| value.parse::<u8>().ok());
        match tag.name.local {
            "outlineLvl" => self.outline = number(),
            "ilvl" => self.level = number(),
            "numId" => self.listed = Some(tag.raw("val") != Some("0")),
            _ => {}
        }
    }

    /// This over another.
    fn over(&mut self, other: &Self) {
        self.outline = self.outline.or(other.outline);
        self.level = self.level.or(other.level);
        self.listed = self.listed.or(other.listed);
        self.looks = self.looks.over(other.looks);
    }
}

/// The styles by their identifiers.
#[derive(Default)]
pub(super) struct Styles {
    by_id: HashMap<String, About>,
    open: Option<(String, About)>,
}

impl Styles {
    /// Reads the part of the styles; none when it cannot be read.
    pub(super) fn read(text: &str) -> Self {
        let mut styles = Self::default();
        let _ = scan("styles", text, &Limits::default(), &mut styles);
        styles
    }

    /// What a paragraph is with all that its style says.
    pub(super) fn resolve(&self, mut about: About) -> About {
        let mut next = about.style.clone();
        for _ in 0..CHAIN {
            let Some(name) = next.as_deref() else { break };
            let Some(style) = self.by_id.get(name) else {
                about.outline = about.outline.or_else(|| built_in(name));
                break;
            };
            about.over(style);
            next = style.style.clone();
        }
        about
    }

    /// How a style makes text look.
    pub(super) fn looks(&self, style: &str) -> Looks {
        self.resolve(About { style: Some(style.to_owned()), ..About::default() }).looks
    }
}

/// The level of a heading by the identifier of its style, for documents that do not bring the style.
fn built_in(style: &str) -> Option<u8> {
    let level: u8 = style.strip_prefix("Heading")?.trim().parse().ok()?;
    level.checked_sub(1).filter(|level| *level < 9)
}

impl<'a> Visitor<'a> for Styles {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        if tag.name.family != Family::Word {
            return Ok(());
        }
        if tag.name.local == "style" {
            let id = tag.value("styleId").unwrap_or_default();
            let about = About { outline: if id == "Title" { Some(0) } else { None }, ..About::default() };
            self.open = Some((id, about));
        } else if let Some((_, about)) = &mut self.open {
            if tag.name.local == "basedOn" {
                about.style = tag.value("val");
            } else {
                about.take(tag);
                about.looks.take(tag);
            }
        }
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, _: usize) -> Result<(), Refusal> {
        if name.is(Family::Word, "style")
            && let Some((id, mut about)) = self.open.take()
        {
            about.outline = about.outline.or_else(|| built_in(&id));
            self.by_id.insert(id, about);
        }
        Ok(())
    }

    fn text(&mut self, _: Range<usize>, _: TextKind) -> Result<(), Refusal> {
        Ok(())
    }
}
