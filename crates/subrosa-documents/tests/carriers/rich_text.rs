//! Places of RTF that can hold a name.

use super::{Carrier, gone, refused};

const FILE: &str = "file.rtf";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn rtf(body: &str) -> Vec<u8> {
    format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fcharset0 Arial;}}{{\\f1\\fcharset204 Arial;}}}}\n{body}\\par}}"
    )
    .into_bytes()
}

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    let (first, second) = value.split_at(value.len() / 2);
    let coded: String = value.chars().map(|char| format!("\\u{}?", char as u32)).collect();
    let escaped: String = value.bytes().map(|byte| format!("\\'{byte:02x}")).collect();
    let text = hex(value.as_bytes());
    let wide = hex(&value.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    let bodies: Vec<(&'static str, String)> = vec![
        ("text", value.to_owned()),
        ("text over groups", format!("{first}{{\\b {second}}}")),
        ("text over lines", format!("{first}\r\n{second}")),
        ("text in Unicode", coded.clone()),
        ("text in Unicode without a sign for others", format!("{{\\uc0 {}}}", coded.replace('?', " "))),
        ("text in a code page", escaped.clone()),
        ("text of another font", format!("\\f1 {escaped}")),
        ("text in both ways", format!("{{\\upr{{{value}}}{{\\*\\ud{{{coded}}}}}}}")),
        ("hidden text", format!("{{\\v {value}}}")),
        ("inserted text", format!("{{\\revised {value}}}")),
        ("deleted text", format!("{{\\deleted {value}}}")),
        ("an optional hyphen", format!("{first}\\-{second}")),
        (
            "who made it",
            format!("{{\\info{{\\author {value}}}{{\\operator {value}}}{{\\manager {value}}}{{\\company {value}}}}}"),
        ),
        (
            "what it is about",
            format!(
                "{{\\info{{\\title {value}}}{{\\subject {value}}}{{\\keywords {value}}}{{\\category {value}}}{{\\comment {value}}}{{\\doccomm {value}}}{{\\*\\hlinkbase {value}}}}}"
            ),
        ),
        (
            "a property of one's own",
            format!("{{\\*\\userprops{{\\propname {value}}}\\proptype30{{\\staticval {value}}}{{\\linkval {value}}}}}"),
        ),
        ("a variable", format!("{{\\*\\docvar{{{value}}}{{{value}}}}}")),
        ("who changed", format!("{{\\*\\revtbl{{Unknown;}}{{{value};}}}}")),
        (
            "a comment",
            format!(
                "{{\\*\\atrfstart 1}}x{{\\*\\atnid {value}}}{{\\*\\atnauthor {value}}}\\chatn{{\\*\\annotation{{\\*\\atndate 1}}{first}{{\\b {second}}}}}"
            ),
        ),
        ("headers and footers", format!("{{\\header {value}\\par}}{{\\footerf {value}\\par}}{{\\headerl {coded}}}")),
        ("notes", format!("x{{\\footnote {value}}}{{\\footnote\\ftnalt {value}}}")),
        ("a style", format!("{{\\stylesheet{{\\s1 {value};}}}}")),
        ("a font", format!("{{\\fonttbl{{\\f5 {value}{{\\*\\falt {value}}};}}}}")),
        (
            "a list",
            format!(
                "{{\\*\\listtable{{\\list{{\\listlevel{{\\leveltext {value};}}}}{{\\listname {value};}}}}}}{{\\*\\pntext {value}\\tab}}{{\\pntext {value}}}"
            ),
        ),
        ("a template", format!("{{\\*\\template C:\\\\Users\\\\{value}\\\\a.dotm}}{{\\*\\windowcaption {value}}}")),
        ("a bookmark", format!("{{\\*\\bkmkstart {value}}}x{{\\*\\bkmkend {value}}}")),
        (
            "a link",
            format!("{{\\field{{\\*\\fldinst HYPERLINK \"mailto:{first}{{\\b {second}}}@example.com\"}}{{\\fldrslt x}}}}"),
        ),
        ("a field's result", format!("{{\\field{{\\*\\fldinst PAGE}}{{\\fldrslt {value}}}}}")),
        ("a field of a property", format!("{{\\field{{\\*\\fldinst DOCPROPERTY \"{value}\"}}{{\\fldrslt x}}}}")),
        ("data of a field", format!("{{\\field{{\\*\\fldinst X{{\\*\\datafield {text}}}}}{{\\fldrslt x}}}}")),
        (
            "a form field",
            format!(
                "{{\\field{{\\*\\fldinst FORMTEXT{{\\*\\formfield{{\\fftype0{{\\*\\ffname {value}}}{{\\*\\ffdeftext {value}}}{{\\*\\ffhelptext {value}}}{{\\*\\ffstattext {value}}}{{\\*\\ffl {value}}}}}}}}}{{\\fldrslt x}}}}"
            ),
        ),
        ("an entry of an index", format!("{{\\xe\\v {value}}}{{\\tc\\v {value}}}")),
        (
            "a shape's words",
            format!(
                "{{\\shp{{\\*\\shpinst{{\\sp{{\\sn wzDescription}}{{\\sv {value}}}}}{{\\sp{{\\sn pihlShape}}{{\\sv {{\\*\\hl{{\\hlsrc {value}}}{{\\hlfr {value}}}{{\\hlloc {value}}}}}}}}}{{\\shptxt {first}{{\\b {second}}}\\par}}}}}}"
            ),
        ),
        ("an old drawing", format!("{{\\*\\do\\dobxpage{{\\dptxbxtext {value}\\par}}}}")),
        (
            "an embedded object",
            format!(
                "{{\\object\\objemb{{\\*\\objclass {value}}}{{\\*\\objname {value}}}{{\\*\\objdata {text}}}{{\\result {value}}}}}"
            ),
        ),
        ("an embedded object in UTF-16", format!("{{\\object\\objemb{{\\*\\objdata {wide}}}{{\\result x}}}}")),
        ("beside the pixels of a picture", format!("{{\\pict\\pngblip {}}}", hex(&super::picture::png_with_text(value)))),
        (
            "a picture's properties",
            format!(
                "{{\\pict{{\\*\\picprop{{\\sp{{\\sn wzName}}{{\\sv {value}}}}}}}{{\\*\\blipuid 00}}\\pngblip {}}}",
                hex(&super::picture::png())
            ),
        ),
        ("the texts of a drawn picture", format!("{{\\pict\\emfblip {}}}", hex(&super::picture::emf_with_text(value)))),
        (
            "data of one's own",
            format!(
                "{{\\*\\datastore {text}}}{{\\*\\xmlnstbl{{\\xmlns1 urn:{value};}}}}{{\\*\\xmlopen\\xmlns1{{\\xmlname {value}}}{{\\xmlattr{{\\xmlattrname {value}}}{{\\xmlattrvalue {value}}}}}}}"
            ),
        ),
        (
            "a mail merge",
            format!(
                "{{\\*\\mailmerge{{\\mmconnectstr {value}}}{{\\mmquery SELECT {value}}}{{\\mmmailsubject {value}}}{{\\mmodso{{\\mmodsoudl {value}}}}}}}"
            ),
        ),
        ("a file beside", format!("{{\\*\\filetbl{{\\file\\fid0 {value}.doc;}}}}{{\\*\\nextfile {value}}}")),
        ("who may edit", format!("{{\\*\\protusertbl{{{value}}}}}{{\\*\\protstart {value}}}x")),
        ("a group that nobody knows", format!("{{\\*\\quirk {value}}}{{\\*\\quirk2 {text}}}")),
        ("HTML inside", format!("{{\\*\\htmltag64 <a href=\"mailto:{value}\">}}{{\\*\\mhtmltag64 <a href=\"{value}\">}}x")),
        ("a cell", format!("\\trowd\\cellx9\\pard\\intbl {first}{{\\b {second}}}\\cell\\row\\pard ")),
        (
            "a cell in a cell",
            format!(
                "\\trowd\\cellx9\\pard\\intbl\\itap2 {value}\\nestcell{{\\*\\nesttableprops\\trowd\\cellx5\\nestrow}}{{\\nonesttables\\par}}\\pard\\intbl\\cell\\row\\pard "
            ),
        ),
        ("a formula", format!("{{\\mmath{{\\*\\moMath{{\\mr {value}}}}}{{\\mmathPict x}}}}")),
        ("a control word that nobody knows", format!("\\{}text x {value}", "quirk")),
        ("the history of edits", format!("{{\\*\\oldcprops {value}}}{{\\*\\rsidtbl \\rsid1}}{{\\*\\pgptbl {{\\pgp {value}}}}}")),
        (
            "the theme",
            format!(
                "{{\\*\\themedata {text}}}{{\\*\\colorschememapping {text}}}{{\\*\\latentstyles{{\\lsdlockedexcept {value};}}}}"
            ),
        ),
        ("a font's file", format!("{{\\fonttbl{{\\f6{{\\*\\fontemb\\ftruetype{{\\*\\fontfile {value}.ttf}}{text}}}Arial;}}}}")),
        (
            "a shape's properties in digits",
            format!("{{\\shp{{\\*\\shpinst{{\\sp{{\\sn pihlShape}}{{\\sv x}}{{\\*\\svb {wide}}}}}{{\\shptxt x}}}}}}"),
        ),
        ("a password", format!("{{\\*\\passwordhash {text}}}{{\\*\\writereservhash {text}}}")),
    ];
    let mut all: Vec<Carrier> = bodies.into_iter().map(|(name, body)| gone(name, FILE, rtf(&body))).collect();
    let png = super::picture::png_with_text(value);
    let binary =
        [b"{\\rtf1 x{\\pict\\pngblip\\bin".as_slice(), png.len().to_string().as_bytes(), b" ", &png, b"}\\par}"].concat();
    all.push(gone("beside the pixels, in bytes", FILE, binary));
    all.push(gone("text behind the end", FILE, [rtf("x"), value.as_bytes().to_vec()].concat()));
    all.push(refused("a file that breaks off", FILE, format!("{{\\rtf1 {value}").into_bytes(), ""));
    all
}
