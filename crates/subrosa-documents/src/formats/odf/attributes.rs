//! Which attribute values of OpenDocument are content, which are names of the format's own, and which are neither.
//!
//! What is listed nowhere is skipped: measures, colours, enumerations, identifiers. The residue search reads the markup
//! itself, so a removed value in an attribute that should have been listed refuses the document.

use crate::xml::{Family, Name, Odf};

/// What an attribute's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class<'a> {
    /// A number, an enumeration, an identifier without words.
    Skip,
    /// Text that somebody typed or that names somebody, under this label.
    Content(&'a str),
    /// An optional date, time or number that goes whole when it is edited, under this label.
    Optional(&'a str),
    /// Where a reference leads.
    Target,
    /// A name of the format's own: a style, a font, the address of a cell.
    Structural(&'static str),
}

const TEXT: &[&str] = &[
    "address",
    "annote",
    "author",
    "bibliography-type",
    "booktitle",
    "chapter",
    "column-name",
    "condition",
    "connection-name",
    "current-value",
    "custom1",
    "custom2",
    "custom3",
    "custom4",
    "custom5",
    "database-name",
    "description",
    "edition",
    "editor",
    "formula",
    "help",
    "hint",
    "howpublished",
    "identifier",
    "institution",
    "isbn",
    "issn",
    "journal",
    "key1",
    "key1-phonetic",
    "key2",
    "key2-phonetic",
    "label",
    "month",
    "note",
    "number",
    "organizations",
    "pages",
    "prefix",
    "publisher",
    "ref-name",
    "report-type",
    "row-number",
    "school",
    "section-name",
    "series",
    "string-value",
    "string-value-if-false",
    "string-value-if-true",
    "string-value-phonetic",
    "suffix",
    "table-name",
    "title",
    "url",
    "value",
    "volume",
    "year",
];

const TABLE: &[&str] = &[
    "comment",
    "condition",
    "database-name",
    "database-table-name",
    "display-name",
    "expression",
    "field-name",
    "filter-name",
    "filter-options",
    "group-name",
    "member-name",
    "name",
    "password",
    "query-name",
    "selected-page",
    "source-field-name",
    "sql-statement",
    "string-value",
    "table-name",
    "target-name",
    "title",
    "user-name",
    "value",
];

/// Attributes of tables that hold addresses, which name sheets.
const ADDRESSES: &[&str] = &[
    "base-cell-address",
    "cell-address",
    "cell-range",
    "cell-range-address",
    "content-validation-name",
    "data-pilot-table-name",
    "database-range-name",
    "end-cell-address",
    "label-cell-range-address",
    "last-column-spanned",
    "linked-cell",
    "print-ranges",
    "scenario-ranges",
    "source-cell-range",
    "source-cell-range-addresses",
    "source-range-address",
    "target-cell-address",
    "target-range-address",
    "values-cell-range-address",
    "label-cell-address",
];

const FORM: &[&str] = &[
    "command",
    "current-value",
    "data-field",
    "datasource",
    "default-value",
    "filter",
    "image-data",
    "label",
    "list-source",
    "name",
    "order",
    "string-value",
    "target-frame",
    "text",
    "title",
    "value",
    "property-name",
    "xforms-list-source",
    "xforms-submission",
    "bind",
];

const SCRIPT: &[&str] = &["location", "macro-name"];

/// Elements of forms whose `property-name` and values are only what the program's dialogues call things.
const DEFAULT_PROPERTIES: &[&str] = &["ControlTypeinMSO", "ObjIDinMSO", "DefaultControl", "Class", "ImagePosition", "ImageAlign"];

/// Attributes of namespaces that are not OpenDocument's which never hold text.
const FOREIGN: &[&str] = &[
    "actuate",
    "class",
    "d",
    "display",
    "fill",
    "height",
    "id",
    "paragraph-rsid",
    "rsid",
    "stroke",
    "style",
    "transform",
    "transformation",
    "type",
    "value-type",
    "viewBox",
    "width",
    "x",
    "y",
];

/// Classifies an attribute of an element. `value` is decoded.
pub(super) fn classify<'a>(element: &Name<'a>, attribute: &Name<'a>, value: &str) -> Class<'a> {
    let name = attribute.local;
    if value.trim().is_empty() {
        return Class::Skip;
    }
    match attribute.family {
        Family::Xml | Family::Relation | Family::Compatibility | Family::Package => Class::Skip,
        Family::Link => match name {
            "href" => Class::Target,
            "title" => Class::Content("title"),
            _ => Class::Skip,
        },
        Family::Odf(family) => own(family, element, name, value),
        _ if FOREIGN.contains(&name) || is_measure(value) => Class::Skip,
        Family::Property => Class::Content(name),
        _ if matches!(name, "style-name" | "font-name") || name.ends_with("-style-name") => structural("style name", value),
        _ => Class::Content(name),
    }
}

#[expect(clippy::match_same_arms, reason = "one vocabulary after the other")]
fn own<'a>(family: Odf, element: &Name<'a>, name: &'a str, value: &str) -> Class<'a> {
    if name == "style-name" || name.ends_with("-style-name") || matches!(name, "class-names" | "style-names" | "page-layout-name")
    {
        return structural("style name", value);
    }
    match (family, name) {
        (Odf::Office, "string-value" | "value") if element.family == Family::Odf(Odf::Form) => Class::Content("value"),
        (Odf::Office, "string-value" | "title" | "target-frame-name") => Class::Content(name),
        (Odf::Office, "name") if value.starts_with("__Annotation__") => Class::Skip,
        (Odf::Office, "name") => Class::Content("name"),
        (Odf::Office, "value" | "date-value" | "time-value") => Class::Optional("value"),
        (Odf::Text, "date-value" | "time-value") => Class::Optional("date"),
        (Odf::Text, "name") if is_list(element) => structural("style name", value),
        (Odf::Text, "name" | "ref-name") if is_generated(value) => Class::Skip,
        (Odf::Text, "name") => Class::Content("object name"),
        (Odf::Text, "formula" | "condition") | (Odf::Table, "formula" | "condition" | "expression") => formula(value),
        (Odf::Table, "date-value" | "time-value" | "date-start" | "date-end" | "start" | "end") => Class::Optional("date"),
        (Odf::Table, "name") if element.is(Family::Odf(Odf::Table), "table-template") => structural("style name", value),
        (Odf::Table, _) if ADDRESSES.contains(&name) => structural("cell address", value),
        (Odf::Chart, "values-cell-range-address" | "label-cell-address") => structural("cell address", value),
        (Odf::Form, "property-name") if DEFAULT_PROPERTIES.contains(&value) => Class::Skip,
        (Odf::Draw, "name") if is_definition(element) => structural("style name", value),
        (Odf::Draw, "name" | "frame-name" | "display-name") => Class::Content("object name"),
        (Odf::Draw, "code" | "archive" | "object" | "value" | "applet-name" | "fill-image-name") => Class::Content(name),
        (Odf::Draw, "master-page-name" | "layer") | (Odf::Presentation, "presentation-page-layout-name") => {
            structural("page name", value)
        }
        (Odf::Presentation, "name" | "pages" | "show") => Class::Content("object name"),
        (Odf::Presentation, "use-header-name" | "use-footer-name" | "use-date-time-name") => structural("field name", value),
        (Odf::Style, "name" | "display-name" | "font-name" | "font-name-asian" | "font-name-complex") => {
            structural("style name", value)
        }
        (Odf::Style, "font-family-asian" | "font-family-complex") | (Odf::Format | Odf::Svg, "font-family") => {
            structural("font name", value)
        }
        (Odf::Style, "num-prefix" | "num-suffix" | "condition") => {
            if has_word(value, 2) {
                Class::Content(name)
            } else {
                Class::Skip
            }
        }
        (Odf::Number, "title") => structural("number format", value),
        (Odf::Meta, "name") => Class::Content("property name"),
        (Odf::Meta, "date") => Class::Optional("date"),
        (Odf::Config, "name") if element.local == "config-item-map-entry" => structural("sheet or view name", value),
        (Odf::Other, "formula" | "command" | "schema-name" | "catalog-name") => Class::Content(name),
        (Odf::Text, _) if TEXT.contains(&name) => worded(name, value),
        (Odf::Table, _) if TABLE.contains(&name) => Class::Content(if name == "name" { "object name" } else { name }),
        (Odf::Form, _) if FORM.contains(&name) => Class::Content(name),
        (Odf::Script, _) if SCRIPT.contains(&name) => Class::Content(name),
        _ => Class::Skip,
    }
}

/// A list's or an outline's style, where `text:name` is no name of content.
fn is_list(element: &Name<'_>) -> bool {
    element.family == Family::Odf(Odf::Text)
        && matches!(element.local, "list-style" | "outline-style" | "alphabetical-index-auto-mark-file")
}

/// A gradient, a hatching and the like, which are named where they are defined and where they are used.
fn is_definition(element: &Name<'_>) -> bool {
    element.family == Family::Odf(Odf::Draw)
        && matches!(element.local, "gradient" | "hatch" | "fill-image" | "marker" | "opacity" | "stroke-dash" | "layer")
}

/// The names that programs give sequences and reference marks by themselves.
fn is_generated(value: &str) -> bool {
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    ["_Toc", "_Ref", "__RefHeading__", "__DdeLink__"].iter().any(|prefix| value.strip_prefix(prefix).is_some_and(digits))
        || matches!(value, "Illustration" | "Table" | "Text" | "Drawing" | "Figure")
}

/// A formula: its literals are content; one that only names sheets is structural; others hold nothing.
fn formula(value: &str) -> Class<'static> {
    if value.contains('"') || longest_number(value) > 4 {
        Class::Content("formula")
    } else if value.contains(['\'', '$']) || value.contains("[.") || has_word(value, 4) {
        structural("formula", value)
    } else {
        Class::Skip
    }
}

fn structural(label: &'static str, value: &str) -> Class<'static> {
    if has_word(value, 3) { Class::Structural(label) } else { Class::Skip }
}

fn worded<'a>(label: &'a str, value: &str) -> Class<'a> {
    if has_word(value, 2) || longest_number(value) > 3 { Class::Content(label) } else { Class::Skip }
}

/// Whether a run of so many letters stands in the text.
fn has_word(text: &str, letters: usize) -> bool {
    text.split(|character: char| !character.is_alphabetic()).any(|word| word.chars().count() >= letters)
}

fn longest_number(text: &str) -> usize {
    text.split(|character: char| !character.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

/// A truth value, or a number of few digits with an optional unit.
fn is_measure(value: &str) -> bool {
    let number = value.trim_end_matches(|character: char| character.is_ascii_alphabetic() || character == '%');
    value.len() < 2
        || matches!(value, "true" | "false")
        || (value.len() - number.len() <= 2
            && longest_number(number) <= 5
            && number.bytes().all(|byte| byte.is_ascii_digit() || b".-+#".contains(&byte)))
}
