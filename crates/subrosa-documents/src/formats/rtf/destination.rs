//! Destinations: what the text of a group is.

/// What the text of a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// Reads on in the flow around it.
    Inline,
    /// A flow of its own, at this place.
    Story(&'static str),
    /// A field with a label.
    Field(&'static str),
    /// Fields with a label, one in each group.
    List(&'static str),
    /// Names of the format's own.
    Structural(&'static str),
    /// The list of fonts.
    Fonts,
    /// The name of a property, which labels the value that follows.
    Name,
    /// The value under the name before it.
    Value,
    /// A picture in hexadecimal digits.
    Picture,
    /// Goes as a whole; why.
    Gone(&'static str),
    /// Numbers and identifiers without text.
    Silent,
}

/// The label of a group that is not known, which readers may pass over.
pub(super) const UNKNOWN: &str = "field";

/// The destination that a control word begins, as far as it is one. `starred` says that `\*` stands before it.
pub(super) fn of(word: &str, starred: bool) -> Option<Destination> {
    use Destination::{Field, Fonts, Gone, Inline, List, Name, Picture, Silent, Story, Structural, Value};
    Some(match word {
        "header" | "headerl" | "headerr" | "headerf" => Story("header"),
        "footer" | "footerl" | "footerr" | "footerf" => Story("footer"),
        "footnote" => Story("note"),
        "annotation" => Story("comment"),
        "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" => Story("note separator"),
        "shptxt" | "dptxbxtext" | "textbox" => Story("text box"),
        "fldinst" => Story("field code"),
        "xe" | "tc" | "tcn" | "rxe" => Story("index entry"),
        "listtext" | "pntext" => Story("list label"),
        "htmltag" | "mhtmltag" => Story("HTML tag"),
        "nonesttables" => Story("table"),
        "falt" => Structural("font name"),
        "fldrslt" | "shprslt" | "result" | "shppict" | "field" | "shp" | "shpinst" | "object" | "sp" | "upr" | "moMath"
        | "listpicture" => Inline,
        "title" | "subject" | "author" | "manager" | "company" | "operator" | "category" | "keywords" | "comment" | "doccomm"
        | "hlinkbase" => Field(field(word)),
        "atnauthor" => Field("author"),
        "atnid" => Field("initials"),
        "revtbl" => List("author"),
        "bkmkstart" | "bkmkend" | "objname" | "objalias" | "objsect" => Field("object name"),
        "docvar" => List("variable"),
        "template" => Field("template"),
        "propname" | "sn" => Name,
        "staticval" | "linkval" | "sv" => Value,
        "fonttbl" => Fonts,
        "stylesheet" | "latentstyles" | "lsdlockedexcept" | "keycode" => Structural("style name"),
        "listtable" | "listoverridetable" | "listname" | "leveltext" | "levelnumbers" | "pntxta" | "pntxtb" => {
            Structural("list name")
        }
        "generator" => Structural("program"),
        "objclass" => Structural("kind of object"),
        "pict" => Picture,
        "objdata" => Gone("embedded object that cannot be inspected; its picture stays"),
        "datastore" => Gone("stored data behind the text"),
        "datafield" => Gone("data that a program keeps behind a field"),
        "fontemb" => Gone("embedded font"),
        "svb" => Gone("property of a drawing in a form that is not known"),
        "themedata" | "colorschememapping" => Gone("theme that programs make again"),
        "nonshppict" => Gone("second copy of a picture, for older programs"),
        "creatim" | "revtim" | "printim" | "buptim" => Gone("when the file was made, changed, printed and saved"),
        "password" | "passwordhash" => Gone("hash of the password against changes"),
        "atndate" | "atntime" => Gone("when a comment was written"),
        "oleclsid" | "blipuid" | "panose" | "colortbl" | "rsidtbl" | "blipupi" | "atnref" | "atrfstart" | "atrfend" => Silent,
        _ if starred => Field(UNKNOWN),
        _ => return None,
    })
}

fn field(word: &str) -> &'static str {
    match word {
        "title" => "title",
        "subject" => "subject",
        "author" | "operator" => "author",
        "manager" => "manager",
        "company" => "company",
        "category" => "category",
        "keywords" => "keywords",
        "hlinkbase" => "link target",
        _ => "comment",
    }
}
