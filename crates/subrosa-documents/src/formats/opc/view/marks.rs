//! Walks a part once more for what a view needs: paragraphs, headings, items, emphasis, what is not seen.

use std::ops::Range;

use super::styles::{About, Looks, Styles};
use crate::flow::view::{Look, Marks, Paragraph};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::view::Shape;
use crate::xml::{Family, Name, Tag, TextKind, Visitor, scan};

/// Deepest level of a heading or an item that is told apart.
const DEEPEST: u8 = 9;

/// The marks of a part; those up to where it cannot be read.
pub(super) fn of(text: &str, styles: &Styles) -> Marks {
    let mut walk = Walk { styles, marks: Marks::default(), open: Vec::new(), frames: Vec::new(), unseen: 0, placeholder: None };
    walk.marks.begin(Paragraph::default());
    let _ = scan("view", text, &Limits::default(), &mut walk);
    walk.marks
}

/// What is open where text stands.
#[derive(Clone, Default)]
struct Open {
    /// The paragraph's number.
    number: usize,
    about: About,
    /// The look that the paragraph's style gives, once its properties have been read.
    base: Option<Looks>,
    run: Looks,
}

/// What an element began.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Began {
    Nothing,
    Paragraph,
    Run,
    Unseen,
    Section,
}

struct Frame<'a> {
    name: Name<'a>,
    began: Began,
    section: Option<&'static str>,
}

struct Walk<'a, 's> {
    styles: &'s Styles,
    marks: Marks,
    open: Vec<Open>,
    frames: Vec<Frame<'a>>,
    /// Open elements whose text is not seen.
    unseen: usize,
    /// The kind of the placeholder that a shape of a slide is.
    placeholder: Option<String>,
}

impl Walk<'_, '_> {
    fn parent(&self) -> &str {
        self.frames.last().map_or("", |frame| frame.name.local)
    }

    fn section(&self) -> Option<&'static str> {
        self.frames.iter().rev().find_map(|frame| frame.section)
    }

    /// Text begins at `at`.
    fn mark(&mut self, at: usize) {
        let unseen = self.unseen > 0;
        let Some(open) = self.open.last_mut() else {
            self.marks.mark(at, 0, Look { hidden: unseen, ..Look::default() });
            return;
        };
        let (styles, about) = (self.styles, &open.about);
        let base = *open.base.get_or_insert_with(|| {
            let about = styles.resolve(about.clone());
            let shape = match (about.outline, about.listed) {
                (Some(level), _) if level < DEEPEST => Shape::Heading(level + 1),
                (_, Some(true)) => Shape::Item(about.level.unwrap_or(0).min(DEEPEST - 1) + 1),
                _ => Shape::Paragraph,
            };
            if let Some(paragraph) = self.marks.paragraph(open.number)
                && paragraph.shape == Shape::Paragraph
            {
                paragraph.shape = shape;
            }
            about.looks
        });
        let mut look = open.run.over(base).look();
        look.hidden |= unseen;
        self.marks.mark(at, open.number, look);
    }

    fn word(&mut self, tag: &Tag<'_>) -> Began {
        let parent = self.parent().to_owned();
        let Some(open) = self.open.last_mut().filter(|_| !matches!(tag.name.local, "p" | "del" | "moveFrom" | "txbxContent"))
        else {
            return match tag.name.local {
                "p" => Began::Paragraph,
                "del" | "moveFrom" if parent != "rPr" && parent != "trPr" => Began::Unseen,
                "txbxContent" => Began::Section,
                _ => Began::Nothing,
            };
        };
        match (parent.as_str(), tag.name.local) {
            (_, "r") => {
                open.run = Looks::default();
                return Began::Run;
            }
            ("pPr", "pStyle") => open.about.style = tag.value("val"),
            ("pPr" | "numPr", _) => open.about.take(tag),
            ("rPr", "rStyle") => {
                let looks = tag.value("val").map(|style| self.styles.looks(&style)).unwrap_or_default();
                open.run = open.run.over(looks);
            }
            ("rPr", _) if self.frames.iter().rev().nth(1).is_some_and(|frame| frame.name.local == "r") => {
                let mut looks = Looks::default();
                looks.take(tag);
                open.run = looks.over(open.run);
            }
            (_, "sym" | "noBreakHyphen") => self.mark(tag.range.start),
            _ => {}
        }
        Began::Nothing
    }

    fn drawing(&mut self, tag: &Tag<'_>) -> Began {
        match tag.name.local {
            "p" => return Began::Paragraph,
            "pPr" => {
                if let Some(open) = self.open.last_mut() {
                    open.about.level = tag.raw("lvl").and_then(|level| level.parse().ok());
                }
            }
            "buNone" | "buChar" | "buAutoNum" | "buBlip" if self.parent() == "pPr" => {
                if let Some(open) = self.open.last_mut() {
                    open.about.listed = Some(tag.name.local != "buNone");
                }
            }
            "r" | "fld" | "br" => {
                if let Some(open) = self.open.last_mut() {
                    open.run = Looks::default();
                    return Began::Run;
                }
            }
            "rPr" => {
                if let Some(open) = self.open.last_mut() {
                    let on = |name: &str, off: &str| tag.raw(name).map(|value| !matches!(value, "0" | "false") && value != off);
                    open.run = Looks::of(on("b", "0"), on("i", "0"), on("u", "none"), on("strike", "noStrike"));
                }
            }
            _ => {}
        }
        Began::Nothing
    }
}

impl<'a> Visitor<'a> for Walk<'a, '_> {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let mut section = None;
        let began = match (tag.name.family, tag.name.local) {
            (Family::Word, local) => {
                section = (local == "txbxContent").then_some("Text box");
                self.word(tag)
            }
            (Family::Drawing, _) => self.drawing(tag),
            (Family::Slide, "sp") => {
                self.placeholder = None;
                Began::Nothing
            }
            (Family::Slide, "ph") => {
                self.placeholder = Some(tag.value("type").unwrap_or_default());
                Began::Nothing
            }
            (Family::Slide, "sld") if matches!(tag.raw("show"), Some("0" | "false")) => Began::Unseen,
            (Family::Sheet, "rPh") | (Family::Compatibility, "Fallback") => Began::Unseen,
            _ => Began::Nothing,
        };
        match began {
            Began::Paragraph => {
                let paragraph = Paragraph { section: section.or_else(|| self.section()), ..Paragraph::default() };
                let number = self.marks.begin(paragraph);
                let mut about = About::default();
                if tag.name.family == Family::Drawing {
                    match self.placeholder.as_deref() {
                        Some("title" | "ctrTitle") => about.outline = Some(0),
                        Some("" | "body" | "obj") => about.listed = Some(true),
                        _ => {}
                    }
                }
                self.open.push(Open { number, about, ..Open::default() });
            }
            Began::Unseen => self.unseen += 1,
            Began::Nothing | Began::Run | Began::Section => {}
        }
        self.frames.push(Frame { name: tag.name, began, section });
        Ok(())
    }

    fn close(&mut self, _: &Name<'a>, _: usize) -> Result<(), Refusal> {
        match self.frames.pop().map(|frame| frame.began) {
            Some(Began::Paragraph) => {
                self.open.pop();
            }
            Some(Began::Unseen) => self.unseen = self.unseen.saturating_sub(1),
            Some(Began::Run) => {
                if let Some(open) = self.open.last_mut() {
                    open.run = Looks::default();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
        if matches!(kind, TextKind::Plain | TextKind::Cdata) {
            self.mark(range.start);
        }
        Ok(())
    }
}
