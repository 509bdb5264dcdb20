//! What the names of elements and attributes mean for reading. Lists of the HTML Standard, sections 4, 13.1.2 and 15.3.

/// Elements that begin and end a line, by the standard's style sheet; sorted.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "link",
    "listing",
    "main",
    "menu",
    "meta",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "script",
    "search",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "xmp",
];

/// Elements that stand in a line like a large letter; sorted.
const BOXES: &[&str] =
    &["audio", "button", "canvas", "embed", "iframe", "input", "meter", "object", "progress", "select", "textarea", "video"];

/// Elements without an end tag; sorted.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr", "image", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];

/// Elements in a line, and others without a meaning for lines; sorted.
const OTHERS: &[&str] = &[
    "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "basefont", "bdi", "bdo", "bgsound", "big", "blink", "br",
    "canvas", "cite", "code", "col", "data", "datalist", "del", "dfn", "em", "font", "i", "image", "img", "ins", "kbd", "keygen",
    "label", "map", "mark", "marquee", "math", "nobr", "noembed", "noscript", "output", "param", "picture", "q", "rb", "rp",
    "rt", "rtc", "ruby", "s", "samp", "slot", "small", "source", "spacer", "span", "strike", "strong", "sub", "sup", "svg",
    "time", "track", "tt", "u", "var", "wbr",
];

/// Attributes of text that are the standard's; sorted.
const STANDARD: &[&str] = &[
    "abbr",
    "alt",
    "aria-label",
    "async",
    "autofocus",
    "autoplay",
    "checked",
    "compact",
    "content",
    "controls",
    "datetime",
    "defer",
    "disabled",
    "download",
    "draggable",
    "hidden",
    "ismap",
    "itemscope",
    "label",
    "loop",
    "multiple",
    "muted",
    "noshade",
    "novalidate",
    "open",
    "placeholder",
    "prompt",
    "readonly",
    "required",
    "reversed",
    "selected",
    "spellcheck",
    "standby",
    "summary",
    "title",
    "translate",
    "value",
];

/// Attributes that hold an address; sorted.
const ADDRESSES: &[&str] = &[
    "action",
    "archive",
    "background",
    "cite",
    "classid",
    "codebase",
    "data",
    "dynsrc",
    "formaction",
    "href",
    "imagesrcset",
    "itemid",
    "longdesc",
    "lowsrc",
    "manifest",
    "ping",
    "poster",
    "profile",
    "src",
    "srcset",
    "usemap",
    "xlink:href",
];

/// Attributes of the format's own making, in which names of the author's choice may stand; sorted.
const NAMING: &[&str] = &[
    "accept",
    "accept-charset",
    "allow",
    "as",
    "autocomplete",
    "charset",
    "class",
    "color",
    "content-type",
    "coords",
    "crossorigin",
    "d",
    "dir",
    "encoding",
    "enctype",
    "face",
    "fill",
    "font-family",
    "for",
    "form",
    "frame",
    "framename",
    "headers",
    "http-equiv",
    "id",
    "inputmode",
    "integrity",
    "is",
    "itemprop",
    "itemref",
    "itemscope",
    "itemtype",
    "kind",
    "lang",
    "language",
    "list",
    "media",
    "method",
    "name",
    "nonce",
    "part",
    "pattern",
    "property",
    "referrerpolicy",
    "rel",
    "rev",
    "role",
    "rules",
    "sandbox",
    "scheme",
    "scope",
    "shape",
    "sizes",
    "slot",
    "srclang",
    "stroke",
    "target",
    "transform",
    "type",
    "typeof",
    "valuetype",
    "version",
    "viewbox",
    "vocab",
    "wrap",
    "xml:lang",
    "xml:space",
    "xmlns",
    "points",
    "clip-path",
    "mask",
    "filter",
    "prefix",
];

/// Attributes that hold measures only, as long as they do; sorted.
const MEASURES: &[&str] = &[
    "align",
    "bgcolor",
    "border",
    "bordercolor",
    "cellpadding",
    "cellspacing",
    "clear",
    "cols",
    "colspan",
    "cx",
    "cy",
    "dx",
    "dy",
    "frameborder",
    "height",
    "high",
    "hspace",
    "low",
    "marginheight",
    "marginwidth",
    "maxlength",
    "minlength",
    "nowrap",
    "opacity",
    "optimum",
    "r",
    "rows",
    "rowspan",
    "rx",
    "ry",
    "scrolling",
    "size",
    "span",
    "start",
    "stroke-width",
    "tabindex",
    "text-align",
    "valign",
    "vspace",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

/// Names of `meta` whose content is for programs.
const TECHNICAL_META: &[&str] = &[
    "viewport",
    "robots",
    "googlebot",
    "charset",
    "content-type",
    "x-ua-compatible",
    "theme-color",
    "format-detection",
    "referrer",
    "color-scheme",
    "progid",
    "handheldfriendly",
    "mobileoptimized",
    "content-style-type",
    "content-script-type",
    "pragma",
    "cache-control",
    "expires",
    "imagetoolbar",
    "csrf-param",
    "og:type",
    "og:locale",
    "twitter:card",
];

pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

pub(crate) fn is_box(name: &str) -> bool {
    BOXES.binary_search(&name).is_ok()
}

pub(crate) fn is_void(name: &str) -> bool {
    VOID.binary_search(&name).is_ok()
}

/// Whether a name is the format's own, and nobody's.
pub(crate) fn is_known_element(name: &str) -> bool {
    is_block(name) || is_box(name) || is_void(name) || OTHERS.binary_search(&name).is_ok()
}

/// Whether the name of an attribute is the format's own.
pub(crate) fn is_known_attribute(name: &str) -> bool {
    STANDARD.binary_search(&name).is_ok() || (kind(name) != Kind::Text && !name.starts_with("xmlns:"))
}

pub(crate) fn is_technical_meta(name: &str) -> bool {
    TECHNICAL_META.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// How the content of an element is cut into tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// As mark-up.
    Markup,
    /// As text with references.
    Escaped,
    /// As text without references.
    Raw,
    /// As a script.
    Script,
    /// As a style sheet.
    Style,
}

pub(crate) fn content(element: &str) -> Content {
    match element {
        "title" | "textarea" => Content::Escaped,
        "xmp" | "iframe" | "noembed" | "noframes" => Content::Raw,
        "script" => Content::Script,
        "style" => Content::Style,
        _ => Content::Markup,
    }
}

/// What the value of an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text.
    Text,
    /// An address, or a list of them.
    Address,
    /// A script.
    Script,
    /// Style declarations.
    Style,
    /// Names and words of the format's making.
    Naming,
    /// Measures.
    Measure,
    /// A document in mark-up.
    Document,
}

pub(crate) fn kind(attribute: &str) -> Kind {
    match attribute {
        "srcdoc" => Kind::Document,
        "style" => Kind::Style,
        _ if attribute.len() > 2 && attribute.starts_with("on") && attribute.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Kind::Script
        }
        _ if ADDRESSES.contains(&attribute) => Kind::Address,
        _ if NAMING.contains(&attribute) || attribute.starts_with("xmlns:") => Kind::Naming,
        _ if MEASURES.binary_search(&attribute).is_ok() => Kind::Measure,
        "aria-labelledby" | "aria-describedby" | "aria-controls" | "aria-owns" | "aria-hidden" | "aria-live"
        | "aria-expanded" | "aria-haspopup" | "aria-current" | "aria-selected" | "aria-checked" | "aria-disabled"
        | "aria-level" => Kind::Naming,
        _ => Kind::Text,
    }
}

/// A name as a person says it: `data-birth-date`, `birthDate` and `birth_date` are "birth date".
pub(crate) fn in_words(name: &str) -> String {
    let name = name.strip_prefix("data-").or_else(|| name.strip_prefix("aria-")).unwrap_or(name);
    let mut out = String::with_capacity(name.len() + 4);
    let mut lower = false;
    for char in name.chars() {
        if char.is_alphanumeric() {
            if char.is_uppercase() && lower {
                out.push(' ');
            }
            lower = char.is_lowercase();
            out.extend(char.to_lowercase());
        } else {
            lower = false;
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_that_are_searched_are_sorted() {
        assert!([BLOCKS, BOXES, VOID, MEASURES, OTHERS, STANDARD].iter().all(|list| list.is_sorted()));
    }

    #[test]
    fn names_are_said_in_words() {
        assert_eq!(in_words("data-birth-date"), "birth date");
        assert_eq!(in_words("birthDate"), "birth date");
        assert_eq!(in_words("DC.Creator"), "dc creator");
        assert_eq!(in_words("user[first_name]"), "user first name");
    }
}
