//! What a text node outside of running text is, by the elements that it stands in.

use crate::xml::{Family, Kind, Name};

/// A text node.
pub(super) enum Leaf<'a> {
    /// A measure or a reference to cells: nothing that anybody wrote.
    Nothing,
    /// A formula.
    Formula,
    /// The format's own naming, with what it names.
    Structural(&'static str),
    /// A header or footer of printed sheets, with its place.
    PageHeader(&'a str),
    /// A value with its label.
    Value(Kind, &'a str),
}

impl<'a> Leaf<'a> {
    /// The node `text` in the elements `names`, the outermost first, which is `kind` unless they say otherwise.
    pub(super) fn of(names: &(impl DoubleEndedIterator<Item = Name<'a>> + Clone), mut kind: Kind, text: &str) -> Self {
        let Some(name) = names.clone().next_back() else { return Self::Nothing };
        let local = name.local;
        let mut label = local;
        let is_number = || text.parse::<f64>().is_ok();
        match name.family {
            Family::Drawing if MEASURES.contains(&local) => return Self::Nothing,
            Family::Sheet | Family::Chart if FORMULAS.contains(&local) => return Self::Formula,
            Family::Sheet if matches!(local, "sqref" | "ref") => return Self::Nothing,
            Family::Sheet if local == "v" && is_number() => kind = Kind::NumberElement,
            Family::Sheet if PAGE_HEADERS.contains(&local) => return Self::PageHeader(local),
            Family::Vml if names.clone().nth_back(1).is_some_and(|parent| parent.local == "ClientData") => {
                if local.starts_with("Fmla") {
                    return Self::Formula;
                }
                if matches!(local, "Anchor" | "Row" | "Column") || is_number() || matches!(text, "True" | "False") {
                    return Self::Nothing;
                }
            }
            Family::Chart if local == "formatCode" => return Self::Structural("number format"),
            Family::Chart if local == "v" && names.clone().any(|name| matches!(name.local, "numCache" | "numLit")) => {
                kind = Kind::NumberElement;
                label = "value";
            }
            // The program that wrote the file, and its version.
            Family::Property if matches!(local, "Application" | "AppVersion") => return Self::Structural("program"),
            Family::Property => {
                // The field is what stands under the root: a property, or a list of them.
                label = names.clone().nth(1).map_or(local, |name| name.local);
                if matches!(local, "created" | "modified" | "lastPrinted" | "filetime" | "date") {
                    kind = Kind::DateElement;
                } else if NUMBERS.contains(&local) {
                    kind = Kind::NumberElement;
                }
            }
            _ => {}
        }
        Self::Value(kind, label)
    }
}

const PAGE_HEADERS: &[&str] = &["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];

/// Properties of a document that are numbers.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "i1", "i2", "i4", "i8", "int", "ui1", "ui2", "ui4", "ui8", "uint", "r4", "r8", "decimal", "bool", "TotalTime", "Pages", "Words",
    "Characters", "CharactersWithSpaces", "Lines", "Paragraphs", "Slides", "Notes", "HiddenSlides", "MMClips", "DocSecurity",
];

/// Text nodes of drawings that hold a measure or an alignment.
const MEASURES: &[&str] =
    &["posOffset", "align", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "col", "colOff", "row", "rowOff"];

/// Text nodes that are formulas.
const FORMULAS: &[&str] = &["calculatedColumnFormula", "definedName", "f", "formula", "formula1", "formula2", "totalsRowFormula"];
