//! Texts of tests in which what has to be found is marked `⟦so⟧`.

/// The text without the marks, and what they mark, in order.
pub(crate) fn read(marked: &str) -> (String, Vec<&str>) {
    let values = marked.split('⟦').skip(1).filter_map(|part| part.split_once('⟧')).map(|(value, _)| value);
    (marked.replace(['⟦', '⟧'], ""), values.collect())
}
