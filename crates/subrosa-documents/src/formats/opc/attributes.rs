//! Which attribute values are content, which are names of the format's own, and which are neither.

use crate::xml::{Family, Name};

/// What an attribute's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class<'a> {
    /// A number, an enumeration, an identifier without words.
    Skip,
    /// Text that somebody typed or that names somebody, under this label.
    Content(&'a str),
    /// An optional date and time, under this label.
    Date(&'a str),
    /// A required date and time, under this label.
    RequiredDate(&'a str),
    /// A number, under this label.
    Number(&'a str),
    /// A name of the format's own: a style, a font.
    Structural(&'static str),
    /// The name of a sheet of this workbook.
    SheetName,
    /// A sheet of this workbook.
    SheetReference,
    /// A formula, or the place of a cell.
    Formula,
    /// A name that formulas use.
    Identifier(&'static str),
}

/// Attributes that are content wherever an office vocabulary has them.
const CONTENT: &[&str] = &[
    "alt",
    "altText",
    "anchor",
    "author",
    "caption",
    "column",
    "connection",
    "descr",
    "displayText",
    "docLocation",
    "ed",
    "fontKey",
    "href",
    "initials",
    "instr",
    "macro",
    "phldrT",
    "prefixMappings",
    "providerId",
    "schemaRef",
    "src",
    "string",
    "textlink",
    "title",
    "tooltip",
    "userId",
    "userName",
    "xpath",
    "URI",
];

/// Elements of WordprocessingML whose `val` is content.
const CONTENT_VALUES: &[&str] = &[
    "activeRecord",
    "addressFieldName",
    "alias",
    "aliases",
    "caption",
    "category",
    "column",
    "connectString",
    "dataSource",
    "default",
    "description",
    "docPart",
    "docPartGallery",
    "entryMacro",
    "exitMacro",
    "fieldMapData",
    "format",
    "helpText",
    "linkedToFile",
    "listEntry",
    "mailSubject",
    "mappedName",
    "name",
    "odso",
    "query",
    "sdtTitle",
    "src",
    "statusText",
    "table",
    "tag",
    "tblCaption",
    "tblDescription",
    "text",
    "title",
    "udl",
    "uniqueTag",
];

/// Elements whose `name` is content.
const NAMED: &[&str] =
    &["attr", "bookmarkStart", "cNvPr", "docPr", "docVar", "property", "placeholder", "moveFromRangeStart", "moveToRangeStart"];

/// Elements whose attributes never hold text: languages, protection hashes, compatibility switches, colour maps.
const SILENT: &[&str] = &[
    "lang",
    "themeFontLang",
    "documentProtection",
    "writeProtection",
    "clrSchemeMapping",
    "clrMap",
    "sig",
    "panose1",
    "shapeDefaults",
    "idmap",
];

/// Attributes of drawing vocabularies that hold measures, paths and references.
const SILENT_ATTRIBUTES: &[&str] = &[
    "adj",
    "algorithmName",
    "coordorigin",
    "coordsize",
    "cryptAlgorithmClass",
    "DrawAspect",
    "fmtid",
    "from",
    "hash",
    "ObjectType",
    "panose",
    "path",
    "pid",
    "points",
    "salt",
    "style",
    "to",
    "Type",
    "type",
    "UpdateMode",
    "v",
];

/// Elements that refer to a style by a name the author chose.
const STYLE_REFERENCES: &[&str] = &[
    "basedOn",
    "docPartStyle",
    "link",
    "linkStyle",
    "lsdException",
    "next",
    "numStyleLink",
    "pStyle",
    "rStyle",
    "style",
    "styleLink",
    "tblStyle",
];

/// Classifies an attribute of an element inside `parent`. `value` is decoded.
pub(crate) fn classify<'a>(parent: &str, element: &Name<'a>, attribute: &Name<'a>, value: &str) -> Class<'a> {
    if attribute.prefix == "xsi" && element.own && has_word(value, 3) {
        return Class::Structural("type");
    }
    if attribute.family == Family::Xml && matches!(attribute.local, "base" | "id") && has_word(value, 3) {
        return if attribute.local == "base" { Class::Content("base") } else { Class::Structural("identifier") };
    }
    if value.trim().is_empty()
        || matches!(attribute.family, Family::Xml | Family::Relation | Family::Compatibility | Family::Package)
        || matches!(element.family, Family::Compatibility | Family::Package)
        || attribute.prefix == "xsi"
    {
        return Class::Skip;
    }
    match element.family {
        Family::Other => {
            return if value.len() < 2 || matches!(value, "true" | "false") {
                Class::Skip
            } else {
                Class::Content(attribute.local)
            };
        }
        Family::Property if attribute.local == "name" => return Class::Content("property name"),
        Family::Sheet => return sheet(parent, element.local, attribute.local, value),
        Family::Slide => return slide(element.local, attribute.local, value),
        Family::Drawing if attribute.local == "textlink" => return Class::Formula,
        _ => {}
    }
    let (local, name) = (element.local, attribute.local);
    if matches!(name, "date" | "fullDate" | "dateUtc") && element.family == Family::Word {
        return Class::Date("date");
    }
    if SILENT.contains(&local) {
        return Class::Skip;
    }
    if local == "dataBinding" && (name == "prefixMappings" && are_schemas(value) || name == "xpath" && is_property(value)) {
        return Class::Skip;
    }
    if CONTENT.contains(&name) || (name == "name" && NAMED.contains(&local)) {
        let label = if name == "name" { "object name" } else { name };
        return if is_schema(value) { Class::Skip } else { Class::Content(label) };
    }
    if element.family == Family::Word {
        match (local, name) {
            // In a style's definition `name` is a style, elsewhere it is what a form or a building block is called.
            ("name" | "aliases", "val") if parent == "style" => {
                return Class::Structural("style name");
            }
            (_, "val") if CONTENT_VALUES.contains(&local) => {
                return if has_word(value, 1) { Class::Content(local) } else { Class::Skip };
            }
            ("docVar" | "attr", "val") => return Class::Content("val"),
            ("lvlText", "val") => {
                return if has_word(value, 2) { Class::Content("list label") } else { Class::Skip };
            }
            ("listItem", "value") => return Class::Content("value"),
            ("smartTag" | "customXml", "element" | "uri") => {
                return if is_schema(value) { Class::Skip } else { Class::Content(name) };
            }
            _ => {}
        }
    }
    if SILENT_ATTRIBUTES.contains(&name) && element.family != Family::Word {
        return Class::Skip;
    }
    if STYLE_REFERENCES.contains(&local) && matches!(name, "val" | "styleId" | "name") {
        return if has_word(value, 2) { Class::Structural("style name") } else { Class::Skip };
    }
    if matches!(local, "rFonts" | "font" | "latin" | "ea" | "cs" | "sym" | "buFont") && !is_keyword(value) && has_word(value, 2) {
        return Class::Structural("font name");
    }
    if is_keyword(value) || is_identifier(value) || is_schema(value) || !has_word(value, 3) {
        Class::Skip
    } else {
        Class::Structural("attribute")
    }
}

/// Attributes of SpreadsheetML that are content wherever they stand.
const SHEET_CONTENT: &[&str] = &[
    "altText",
    "altTextSummary",
    "caption",
    "colHeaderCaption",
    "command",
    "comment",
    "connection",
    "customMenu",
    "dataCaption",
    "ddeService",
    "ddeTopic",
    "description",
    "destinationFile",
    "display",
    "displayName",
    "editPage",
    "error",
    "errorCaption",
    "errorTitle",
    "grandTotalCaption",
    "help",
    "link",
    "missingCaption",
    "name",
    "Name",
    "odcFile",
    "path",
    "post",
    "prompt",
    "promptTitle",
    "refersTo",
    "refreshedBy",
    "rowHeaderCaption",
    "securityDescriptor",
    "sourceFile",
    "statusBar",
    "string",
    "subtotalCaption",
    "title",
    "tooltip",
    "totalsRowLabel",
    "uniqueName",
    "url",
    "user",
    "userId",
    "userName",
];

/// Elements of SpreadsheetML whose `name` is a name of the format's own.
const SHEET_STYLES: &[&str] = &["cellStyle", "tableStyle", "tableStyleInfo", "pivotTableStyleInfo", "slicerStyle"];

fn sheet<'a>(parent: &str, element: &str, attribute: &'a str, value: &str) -> Class<'a> {
    match (element, attribute) {
        ("sheet", "name") if parent == "sheets" => Class::SheetName,
        ("worksheetSource", "sheet") => Class::SheetReference,
        ("definedName", "name") if value.starts_with("_xlnm.") => Class::Skip,
        ("definedName", "name") => Class::Identifier("defined name"),
        ("table", "name" | "displayName") | ("worksheetSource", "name") => Class::Identifier("table name"),
        ("hyperlink", "location") => {
            if value.contains('!') {
                Class::Formula
            } else {
                Class::Content(attribute)
            }
        }
        ("s", "v") | ("s" | "n" | "d" | "b" | "e", "c") | ("item", "n") => Class::Content("value"),
        ("n", "v") | ("sharedItems", "minValue" | "maxValue") | ("rangePr", "startNum" | "endNum") => Class::Number("value"),
        ("d", "v") => Class::RequiredDate("date"),
        ("sharedItems", "minDate" | "maxDate") | ("rangePr", "startDate" | "endDate") | (_, "dT" | "dateTime") => {
            Class::Date("date")
        }
        ("filter" | "customFilter", "val") => {
            if has_word(value, 1) || value.len() > 3 {
                Class::Content("value")
            } else {
                Class::Skip
            }
        }
        ("sheetName", "val") => Class::Content("sheet name"),
        ("customPr", _) => Class::Skip,
        (_, "displayName" | "userName" | "refreshedBy" | "user") if element != "table" => Class::Content("author"),
        (_, "name") if SHEET_STYLES.contains(&element) => {
            if has_word(value, 2) {
                Class::Structural("style name")
            } else {
                Class::Skip
            }
        }
        (_, "name" | "Name") => Class::Content("object name"),
        _ if SHEET_CONTENT.contains(&attribute) => Class::Content(attribute),
        ("numFmt", "formatCode") if has_word(value, 3) => Class::Structural("number format"),
        _ if is_keyword(value) || is_identifier(value) || is_schema(value) || is_area(value) || !has_word(value, 3) => {
            Class::Skip
        }
        _ => Class::Structural("attribute"),
    }
}

fn slide<'a>(element: &str, attribute: &'a str, value: &str) -> Class<'a> {
    match (element, attribute) {
        ("cmAuthor" | "author", "name") => Class::Content("author"),
        ("cm", "dt") => Class::Date("date"),
        ("cm" | "reply", "created") => Class::RequiredDate("date"),
        ("tag" | "control" | "oleObj" | "custShow" | "section", "name") => Class::Content("object name"),
        ("cSld", "name") => Class::Structural("layout name"),
        ("tag", "val") => Class::Content("val"),
        (_, "hash" | "hashData" | "salt" | "saltData" | "algorithmName" | "providerId") => Class::Skip,
        _ if CONTENT.contains(&attribute) => Class::Content(attribute),
        _ if is_keyword(value) || is_identifier(value) || is_schema(value) || !has_word(value, 3) => Class::Skip,
        _ => Class::Structural("attribute"),
    }
}

/// Places of cells: `A1:B2 $C$3`.
fn is_area(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'$' | b':' | b' ' | b','))
        && value.bytes().any(|byte| byte.is_ascii_digit())
}

/// A word as vocabularies spell enumerations: letters and digits, a small letter first.
fn is_keyword(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_lowercase()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Hexadecimal numbers and GUIDs.
fn is_identifier(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_hexdigit() || b"{}-#".contains(&byte))
}

/// The name of a published vocabulary.
fn is_schema(value: &str) -> bool {
    [
        "http://schemas.openxmlformats.org/",
        "http://schemas.microsoft.com/",
        "http://purl.oclc.org/ooxml/",
        "urn:schemas-microsoft-com:",
        "http://www.w3.org/",
    ]
    .iter()
    .any(|known| value.starts_with(known))
}

/// Whether prefixes are declared for namespaces of the format only. A binding with another one, or none, does not open.
fn are_schemas(value: &str) -> bool {
    let mut namespaces = value.split(['\'', '"']).skip(1).step_by(2).peekable();
    namespaces.peek().is_some() && namespaces.all(|one| is_schema(one) || one.starts_with("http://purl.org/dc/"))
}

/// Whether a path leads to a property of the document that the format names: `/ns1:coreProperties[1]/ns0:creator[1]`.
fn is_property(path: &str) -> bool {
    const ROOTS: [&str; 3] = ["coreProperties", "CoverPageProperties", "Properties"];
    const NAMES: [&str; 17] = [
        "Abstract",
        "category",
        "Company",
        "CompanyAddress",
        "CompanyEmail",
        "CompanyFax",
        "CompanyPhone",
        "contentStatus",
        "created",
        "creator",
        "description",
        "keywords",
        "lastModifiedBy",
        "Manager",
        "PublishDate",
        "subject",
        "title",
    ];
    let mut steps = path.trim().split('/').map(|step| {
        let step = step.strip_suffix("[1]").unwrap_or(step);
        step.split_once(':').map_or(step, |(_, name)| name)
    });
    let (before, root, name) = (steps.next(), steps.next(), steps.next());
    before == Some("")
        && root.is_some_and(|root| ROOTS.contains(&root))
        && name.is_some_and(|name| NAMES.contains(&name))
        && steps.next().is_none()
}

/// Whether so many letters follow each other.
fn has_word(value: &str, letters: usize) -> bool {
    let mut run = 0;
    value.chars().any(|character| {
        run = if character.is_alphabetic() { run + 1 } else { 0 };
        run >= letters
    })
}
