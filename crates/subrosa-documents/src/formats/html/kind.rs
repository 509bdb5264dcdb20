//! Which files are mark-up, and of which kind.

use crate::formats::{Source, looks};

/// A kind of mark-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// HTML by its own rules.
    Html,
    /// HTML by the rules of XML.
    Xhtml,
    /// A drawing.
    Svg,
    /// Any other XML.
    Xml,
}

/// Extensions of pages and of templates for them.
const HTML: &[&str] =
    &["html", "htm", "shtml", "hta", "vue", "hbs", "ejs", "jsp", "asp", "aspx", "cshtml", "erb", "njk", "twig", "mustache"];

/// Extensions of XML vocabularies, which say no more than `xml`.
const XML: &[&str] = &[
    "xml", "xsl", "xslt", "xsd", "rss", "atom", "gpx", "kml", "tcx", "plist", "opf", "ncx", "rdf", "owl", "wsdl", "cda", "ccd",
    "ccda", "fodt", "fods", "fodp", "tei", "dita", "ditamap", "xmp", "mets", "ead", "musicxml", "hl7v3", "config", "resx",
    "xaml", "csproj", "iml",
];

/// Names that say nothing of the content.
const UNTOLD: &[&str] = &["", "txt", "text", "dat", "data", "log", "bin", "tmp", "bak", "body", "message", "download"];

/// The kind of a file, where it is mark-up beyond doubt.
pub(crate) fn of(source: &Source<'_>) -> Option<Kind> {
    let extension = source.extension();
    let extension = extension.as_str();
    if looks::unsupported(source).is_some() || matches!(extension, "md" | "markdown" | "mdx" | "rmd" | "qmd") {
        return None;
    }
    let head = looks::head_text(source.bytes);
    let start = head.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    match extension {
        "xhtml" | "xht" => return Some(Kind::Xhtml),
        "svg" => return Some(Kind::Svg),
        _ if HTML.contains(&extension) && !starts(start, "<?xml") => return Some(Kind::Html),
        _ => {}
    }
    if !start.starts_with('<') {
        return if XML.contains(&extension) { Some(Kind::Xml) } else { None };
    }
    let (root, declared) = root(start);
    let told = starts(start, "<!doctype html") || declared.eq_ignore_ascii_case("html");
    let told = told || matches!(root.to_ascii_lowercase().as_str(), "html" | "head" | "body");
    let xml = starts(start, "<?xml ");
    Some(match () {
        () if root == "svg" || root.ends_with(":svg") => Kind::Svg,
        () if told && xml && !matches!(extension, "html" | "htm") => Kind::Xhtml,
        () if told || HTML.contains(&extension) => Kind::Html,
        () if xml || XML.contains(&extension) => Kind::Xml,
        () if !UNTOLD.contains(&extension) => return None,
        // A page without its frame, or a document without its declaration: it must begin with an element and close one.
        () if root.is_empty() || !(head.contains("</") || head.contains("/>")) => return None,
        () if known(&root) || !head.contains("xmlns") && !closes(source.bytes, &root) => Kind::Html,
        () => Kind::Xml,
    })
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn known(root: &str) -> bool {
    super::names::is_known_element(&root.to_ascii_lowercase())
}

/// Whether the file ends with the end tag of its first element, as a document without a declaration does.
fn closes(bytes: &[u8], root: &str) -> bool {
    let tail = String::from_utf8_lossy(bytes.get(bytes.len().saturating_sub(512)..).unwrap_or(bytes)).replace('\0', "");
    let tail = tail.trim_end().trim_end_matches("-->");
    tail.strip_suffix('>').map(str::trim_end).is_some_and(|tail| tail.ends_with(&format!("</{root}")) || tail.ends_with('/'))
}

/// The name of the first element, and the name that a document type declaration gives.
fn root(start: &str) -> (String, String) {
    let mut rest = start;
    let mut declared = String::new();
    let word = |text: &str| -> String {
        text.chars().take_while(|char| char.is_alphanumeric() || matches!(char, ':' | '-' | '_' | '.')).collect()
    };
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if starts(rest, "<!doctype") {
            declared = word(rest.get(9..).unwrap_or_default().trim_start());
            let subset = rest.find('[').filter(|&open| rest.find('>').is_none_or(|close| open < close));
            subset
                .map_or_else(|| rest.find('>').map(|end| end + 1), |open| rest.get(open..)?.find("]>").map(|end| open + end + 2))
        } else if rest.starts_with("<?") {
            rest.find('>').map(|end| end + 1)
        } else {
            let name = rest.strip_prefix('<').map(word).unwrap_or_default();
            return (name, declared);
        };
        let Some(end) = end else { return (String::new(), declared) };
        rest = rest.get(end..).unwrap_or_default();
    }
}
