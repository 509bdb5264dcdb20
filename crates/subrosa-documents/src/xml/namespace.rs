//! The namespaces that decide what an element means, as families: transitional, strict and extension namespaces of one
//! vocabulary are one family.

/// A family of namespaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    /// No namespace or one that is not listed: foreign data.
    #[default]
    Other,
    /// The reserved prefix `xml`.
    Xml,
    /// WordprocessingML with Microsoft's extensions.
    Word,
    /// SpreadsheetML with Microsoft's extensions.
    Sheet,
    /// PresentationML with Microsoft's extensions.
    Slide,
    /// DrawingML but charts, with its extensions.
    Drawing,
    /// DrawingML charts.
    Chart,
    /// VML and its Office extensions.
    Vml,
    /// Office mathematics.
    Math,
    /// Relationship identifiers (`r:id`).
    Relation,
    /// Markup compatibility.
    Compatibility,
    /// Package relationships, content types.
    Package,
    /// Core, extended and custom properties, Dublin Core, variant types.
    Property,
    /// XLink: where a reference leads.
    Link,
    /// OpenDocument.
    Odf(Odf),
}

/// The vocabularies of OpenDocument that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Odf {
    /// Documents, their bodies, values.
    Office,
    /// Text and fields.
    Text,
    /// Tables and spreadsheets.
    Table,
    /// Drawings.
    Draw,
    /// Presentations.
    Presentation,
    /// Styles.
    Style,
    /// Number formats.
    Number,
    /// Metadata.
    Meta,
    /// Forms.
    Form,
    /// Scripts and events.
    Script,
    /// Charts.
    Chart,
    /// Settings.
    Config,
    /// What SVG brought in.
    Svg,
    /// What XSL brought in.
    Format,
    /// The list of a package's parts.
    Manifest,
    /// Animations, three-dimensional drawings, databases.
    Other,
}

impl Odf {
    /// The vocabulary that a namespace name of OpenDocument ends with.
    fn of(name: &str) -> Self {
        match name.split(':').next().unwrap_or_default() {
            "office" => Self::Office,
            "text" => Self::Text,
            "table" => Self::Table,
            "drawing" => Self::Draw,
            "presentation" => Self::Presentation,
            "style" => Self::Style,
            "datastyle" => Self::Number,
            "meta" => Self::Meta,
            "form" => Self::Form,
            "script" => Self::Script,
            "chart" => Self::Chart,
            "config" => Self::Config,
            "svg-compatible" => Self::Svg,
            "xsl-fo-compatible" => Self::Format,
            "manifest" => Self::Manifest,
            _ => Self::Other,
        }
    }
}

/// What names of published vocabularies begin with, besides those that are a family.
const PUBLISHED: &[&str] = &[
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/",
    "http://purl.oclc.org/ooxml/",
    "http://purl.org/dc/",
    "http://docs.oasis-open.org/",
    "http://openoffice.org/",
    "http://www.w3.org/",
    "urn:oasis:names:tc:",
    "urn:openoffice:names:",
    "urn:org:documentfoundation:names:",
    "urn:schemas-microsoft-com:",
];

/// Whether a namespace is of no published vocabulary, so that its names may be anybody's.
pub(crate) fn is_own(uri: &str) -> bool {
    !PUBLISHED.iter().any(|start| uri.starts_with(start))
}

impl Family {
    /// The family of a namespace name.
    pub(crate) fn of(uri: &str) -> Self {
        let has = |part: &str| uri.contains(part);
        if uri == "http://www.w3.org/XML/1998/namespace" {
            Self::Xml
        } else if uri == "http://www.w3.org/1999/xlink" {
            Self::Link
        } else if let Some(name) = uri.strip_prefix("urn:oasis:names:tc:opendocument:xmlns:") {
            Self::Odf(Odf::of(name))
        } else if has("markup-compatibility") {
            Self::Compatibility
        } else if uri.starts_with("urn:schemas-microsoft-com:") {
            if has(":vml") || has("office:") { Self::Vml } else { Self::Other }
        } else if uri.starts_with("http://purl.org/dc/") {
            Self::Property
        } else if !uri.starts_with("http://schemas.openxmlformats.org/")
            && !uri.starts_with("http://purl.oclc.org/ooxml/")
            && !uri.starts_with("http://schemas.microsoft.com/office/")
        {
            Self::Other
        } else if has("/package/") && (has("/relationships") || has("/content-types")) {
            Self::Package
        } else if has("properties") || has("Properties") || has("docPropsVTypes") {
            Self::Property
        } else if has("/relationships") {
            Self::Relation
        } else if has("/math") {
            Self::Math
        } else if has("/wordprocessingml") || has("microsoft.com/office/word/") {
            // The drawing extensions of Word are named under word: wps, wpg, wpc, wp14.
            if has("/wordprocessingDrawing")
                || has("/wordprocessingShape")
                || has("/wordprocessingGroup")
                || has("/wordprocessingCanvas")
            {
                Self::Drawing
            } else {
                Self::Word
            }
        } else if has("/chart") {
            Self::Chart
        } else if has("/drawing") || has("/spreadsheetDrawing") {
            Self::Drawing
        } else if has("/spreadsheetml") || has("microsoft.com/office/excel/") {
            Self::Sheet
        } else if has("/presentationml") || has("microsoft.com/office/powerpoint/") {
            Self::Slide
        } else {
            Self::Other
        }
    }
}
