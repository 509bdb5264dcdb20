//! What a view of a page needs: headings, items, cells, emphasis, and what a browser does not show.

use std::ops::Range;

use super::names::{self, Content};
use super::styles::Rules;
use super::tokens::{Tag, Token, Tokens};
use crate::flow::view::{Look, Marks, Paragraph};
use crate::view::Shape;

/// Elements that may be open; deeper ones are passed over.
const DEEPEST: usize = 512;
/// Deepest level of an item that is told apart.
const LEVELS: u8 = 9;
/// Most rows or columns of a table.
const MOST: u32 = 1 << 20;

/// What stands outside of the text.
const ATTRIBUTES: Paragraph = Paragraph { shape: Shape::Paragraph, section: Some("Attributes"), hidden: true };
const INPUTS: Paragraph = Paragraph { shape: Shape::Paragraph, section: None, hidden: false };
const COMMENTS: Paragraph = Paragraph { shape: Shape::Paragraph, section: Some("Comments"), hidden: true };
const SCRIPTS: Paragraph = Paragraph { shape: Shape::Line, section: Some("Scripts and styles"), hidden: true };
const TITLE: Paragraph = Paragraph { shape: Shape::Paragraph, section: None, hidden: false };

/// The marks of a page of HTML.
pub(super) fn of_html(text: &str) -> Marks {
    marks(text, false)
}

/// The marks of a page of XHTML, or of a drawing.
pub(super) fn of_xml(text: &str) -> Marks {
    marks(text, true)
}

fn marks(text: &str, xml: bool) -> Marks {
    let mut walk = Walk {
        text,
        xml,
        marks: Marks::default(),
        open: Vec::new(),
        tables: Vec::new(),
        count: 0,
        paragraph: 0,
        rules: Rules::default(),
    };
    walk.begin();
    let mut tokens = Tokens::new(text, 0..text.len(), xml);
    while let Some(token) = tokens.next(xml || walk.in_foreign()) {
        match token {
            Token::Text(range) | Token::Cdata(range) => walk.characters(&range),
            Token::Start(tag) => walk.start(&tag, &mut tokens),
            Token::End(tag) => walk.end(&tag),
            Token::Comment(range) | Token::Bogus(range) | Token::Doctype(range) => walk.aside(range.start, COMMENTS),
        }
    }
    walk.marks
}

/// What decides the shape of a paragraph.
#[derive(Clone, Copy, Default)]
enum Kind {
    #[default]
    Plain,
    Cell,
    Item,
    Line,
    Heading(u8),
}

/// An open element, with what those around it give it.
#[derive(Clone, Copy, Default)]
struct Element<'a> {
    name: &'a str,
    kind: Kind,
    look: Look,
    /// Lists that it lies in.
    lists: u8,
    is_list: bool,
    foreign: bool,
}

impl<'a> Element<'a> {
    /// The element `name`, which `lower` is in small letters, in this one.
    fn inner(self, name: &'a str, lower: &str, hidden: bool) -> Self {
        let mut inner = Self { name, is_list: false, ..self };
        match lower {
            "b" | "strong" => inner.look.bold = true,
            "i" | "em" | "cite" | "dfn" | "var" => inner.look.italic = true,
            "u" | "ins" => inner.look.underline = true,
            "s" | "strike" | "del" => inner.look.struck = true,
            "ul" | "ol" | "menu" | "dir" => (inner.lists, inner.is_list) = (self.lists.saturating_add(1), true),
            "svg" | "math" => inner.foreign = true,
            "td" | "th" => inner.kind = Kind::Cell,
            "li" => inner.kind = Kind::Item,
            "pre" | "listing" | "xmp" | "plaintext" => inner.kind = Kind::Line,
            _ => {
                if let [b'h', level @ b'1'..=b'6'] = lower.as_bytes() {
                    inner.kind = Kind::Heading(level - b'0');
                }
            }
        }
        inner.look.hidden |= hidden;
        inner
    }
}

/// An open table: its number, and the place of the cell that is open.
struct Table {
    number: u32,
    row: u32,
    column: u32,
    columns: u32,
    /// Elements that were open when it began.
    floor: usize,
}

struct Walk<'a> {
    text: &'a str,
    xml: bool,
    marks: Marks,
    open: Vec<Element<'a>>,
    tables: Vec<Table>,
    /// Tables so far.
    count: u32,
    paragraph: usize,
    rules: Rules,
}

impl<'a> Walk<'a> {
    fn raw(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn attribute(&self, tag: &Tag, name: &str) -> Option<&'a str> {
        let found = tag.attributes.iter().find(|attribute| self.raw(&attribute.name).eq_ignore_ascii_case(name))?;
        Some(self.raw(&found.value))
    }

    /// The innermost open element.
    fn around(&self) -> Element<'a> {
        self.open.last().copied().unwrap_or_default()
    }

    fn in_foreign(&self) -> bool {
        self.around().foreign
    }

    /// A paragraph begins here, of the shape that the open elements give it.
    fn begin(&mut self) {
        let around = self.around();
        let shape = match (around.kind, self.tables.last()) {
            (Kind::Cell, Some(table)) => Shape::Cell { table: table.number, row: table.row.max(1), column: table.column.max(1) },
            (Kind::Item, _) => Shape::Item(around.lists.clamp(1, LEVELS)),
            (Kind::Line, _) => Shape::Line,
            (Kind::Heading(level), _) => Shape::Heading(level),
            _ => Shape::Paragraph,
        };
        self.paragraph = self.marks.begin(Paragraph { shape, section: None, hidden: around.look.hidden });
    }

    fn characters(&mut self, range: &Range<usize>) {
        let around = self.around();
        // In XML a style sheet is text like any other.
        if self.xml && around.name.eq_ignore_ascii_case("style") {
            self.rules.read(self.raw(range));
        }
        self.marks.mark(range.start, self.paragraph, around.look);
    }

    /// What stands from `at` on is no text of the page.
    fn aside(&mut self, at: usize, paragraph: Paragraph) {
        let number = self.marks.begin(paragraph);
        self.marks.mark(at, number, Look { hidden: paragraph.hidden, ..Look::default() });
    }

    fn start(&mut self, tag: &Tag, tokens: &mut Tokens<'_>) {
        let name = self.raw(&tag.name);
        let lower = lower(name);
        self.attributes(&lower, tag);
        let style: String =
            self.attribute(tag, "style").unwrap_or_default().chars().filter(|char| !char.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        let hidden = self.attribute(tag, "hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden")
            || self.hidden_by_sheet(&lower, tag)
            || matches!(lower.as_str(), "template" | "head") && !self.xml;
        self.arrange(&lower, tag);
        let content = if self.xml || self.in_foreign() { Content::Markup } else { names::content(&lower) };
        let paragraph = match (content, lower.as_str()) {
            (Content::Markup, _) | (Content::Raw, "xmp") => None,
            (Content::Escaped, "title") => Some(TITLE),
            (Content::Escaped, _) => Some(INPUTS),
            _ => Some(SCRIPTS),
        };
        if let Some(paragraph) = paragraph {
            let range = tokens.raw(lower.as_bytes());
            if lower == "style" {
                self.rules.read(self.raw(&range));
            }
            self.aside(range.start, paragraph);
            return;
        }
        let empty = if self.xml || self.in_foreign() { tag.closed } else { names::is_void(&lower) };
        let hidden = hidden || self.xml && matches!(lower.as_str(), "script" | "style" | "metadata");
        if !empty && self.open.len() < DEEPEST {
            let inner = self.around().inner(name, &lower, hidden);
            self.open.push(inner);
        }
        if names::is_block(&lower) || hidden {
            self.begin();
        }
    }

    fn hidden_by_sheet(&self, name: &str, tag: &Tag) -> bool {
        let own = |what| self.attribute(tag, what).unwrap_or_default();
        !self.rules.is_empty() && self.rules.hide(name, own("id"), own("class"))
    }

    /// Ends what a start tag ends, and counts tables, rows and cells.
    fn arrange(&mut self, name: &str, tag: &Tag) {
        let floor = self.tables.last().map_or(0, |table| table.floor);
        let close = |open: &mut Vec<Element<'a>>, name: &str, floor: usize| {
            let found = open.iter().rposition(|element| element.name.eq_ignore_ascii_case(name));
            if let Some(found) = found.filter(|found| *found >= floor) {
                open.truncate(found);
            }
        };
        match name {
            "table" => {
                self.count = self.count.saturating_add(1);
                self.tables.push(Table { number: self.count, row: 0, column: 0, columns: 1, floor: self.open.len() });
            }
            "tr" => {
                self.open.truncate(floor.max(usize::from(floor > 0)));
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.column, table.columns) = ((table.row + 1).min(MOST), 0, 1);
                }
            }
            "td" | "th" => {
                let columns = self.attribute(tag, "colspan").and_then(|columns| columns.trim().parse().ok()).unwrap_or(1_u32);
                close(&mut self.open, "td", floor);
                close(&mut self.open, "th", floor);
                if let Some(table) = self.tables.last_mut() {
                    table.column = table.column.saturating_add(if table.column == 0 { 1 } else { table.columns }).min(MOST);
                    table.columns = columns.clamp(1, 1000);
                }
            }
            "li" => {
                let list = self.open.iter().rposition(|element| element.is_list);
                close(&mut self.open, "li", list.map_or(floor, |list| (list + 1).max(floor)));
            }
            _ if names::is_block(name) => close(&mut self.open, "p", floor),
            _ => {}
        }
    }

    fn end(&mut self, tag: &Tag) {
        let name = self.raw(&tag.name);
        let lower = lower(name);
        self.attributes(&lower, tag);
        if lower == "table"
            && let Some(table) = self.tables.pop()
        {
            self.open.truncate(table.floor);
        } else {
            let floor = self.tables.last().map_or(0, |table| table.floor);
            let found = self.open.iter().rposition(|element| element.name.eq_ignore_ascii_case(name));
            if let Some(found) = found.filter(|found| *found >= floor) {
                let hidden = self.around().look.hidden;
                self.open.truncate(found);
                if hidden {
                    self.begin();
                    return;
                }
            }
        }
        if names::is_block(&lower) {
            self.begin();
        }
    }

    /// Attributes are not shown, but what stands in the fields of a form.
    fn attributes(&mut self, name: &str, tag: &Tag) {
        self.aside(tag.name.start, ATTRIBUTES);
        let kind = lower(self.attribute(tag, "type").unwrap_or_default());
        let shown = match name {
            "input" if !matches!(kind.as_str(), "hidden" | "password") => ["value", "placeholder"],
            "textarea" => ["placeholder", "placeholder"],
            "option" | "optgroup" => ["label", "label"],
            _ => return,
        };
        for attribute in &tag.attributes {
            let own = lower(self.raw(&attribute.name));
            let seen = shown.contains(&own.as_str()) && !self.around().look.hidden;
            self.aside(attribute.name.start, if seen { INPUTS } else { ATTRIBUTES });
        }
    }
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}
