//! Names of files inside a package that people gave: pictures, sounds and objects keep the name that they were inserted with.
//!
//! Only the stem is anybody's. A part is renamed in the container and wherever it is referred to.

use std::ops::Range;

/// The folder of pictures in an OpenDocument file.
pub(crate) const PICTURES: &str = "Pictures/";

/// The folder of a part with its slash, the stem of its file name, and the extension with its point.
pub(crate) fn cut(name: &str) -> (&str, &str, &str) {
    let file = name.rfind('/').map_or(0, |slash| slash + 1);
    let point = name.get(file..).and_then(|file| file.rfind('.')).map_or(name.len(), |point| file + point);
    (name.get(..file).unwrap_or_default(), name.get(file..point).unwrap_or_default(), name.get(point..).unwrap_or_default())
}

/// Where the stem stands in a reference to a part, written out; nothing where it is written otherwise.
pub(crate) fn stem_in(text: &str, value: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let (_, stem, extension) = cut(name);
    let head = text.get(value.clone())?.strip_suffix(extension)?.strip_suffix(stem)?;
    let start = value.start + head.len();
    (head.is_empty() || head.ends_with('/')).then_some(start..start + stem.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_in_three() {
        assert_eq!(cut("word/media/Jane Roe.v2.png"), ("word/media/", "Jane Roe.v2", ".png"));
        assert_eq!(cut("a"), ("", "a", ""));
        let text = "<R Target=\"../media/Jane.png\"/>";
        assert_eq!(stem_in(text, &(11..28), "ppt/media/Jane.png"), Some(20..24));
        assert_eq!(stem_in(text, &(11..28), "ppt/media/ane.png"), None);
    }
}
