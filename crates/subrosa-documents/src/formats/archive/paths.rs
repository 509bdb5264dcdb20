//! Paths of members: what their edits make of them.

use std::collections::HashMap;

use subrosa_core::edit::Edit;

/// Extensions of compressed files, before which the extension of what is inside may stand.
const COMPRESSED: &[&str] = &["gz", "bz2", "xz", "zst"];

/// The extension of the last step, where it looks like one.
pub(super) fn extension(path: &str) -> Option<&str> {
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    let plain = (1..=8).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then_some(extension)
}

/// A name that tells a kind as the path does, and nothing else: `member.csv`, `member.csv.gz`.
pub(super) fn kind_name(path: &str) -> String {
    let mut name = "member".to_owned();
    if let Some(last) = extension(path) {
        if COMPRESSED.contains(&last.to_ascii_lowercase().as_str())
            && let Some(inner) = path.get(..path.len() - last.len() - 1).and_then(extension)
        {
            name.push('.');
            name.push_str(inner);
        }
        name.push('.');
        name.push_str(last);
    }
    name
}

/// The name without the extension of the compression: `data.csv` for `data.csv.gz`, `data.tar` for `data.tgz`.
pub(super) fn without_compression(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, last)) if COMPRESSED.contains(&last.to_ascii_lowercase().as_str()) => stem.to_owned(),
        Some((stem, last)) if matches!(last.to_ascii_lowercase().as_str(), "tgz" | "tbz2" | "txz" | "tzst") => {
            format!("{stem}.tar")
        }
        _ => name.to_owned(),
    }
}

/// A path with its edits made: as many steps or fewer, each of them a name, the extension as it was.
pub(super) fn edited(path: &str, edits: &[Edit], is_folder: bool) -> String {
    if edits.is_empty() {
        return path.to_owned();
    }
    let mut out = String::with_capacity(path.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(path.get(done..edit.span.start).unwrap_or_default());
        let safe = |char: char| if char.is_control() || matches!(char, '/' | '\\' | ':') { '_' } else { char };
        out.extend(edit.replacement.chars().map(safe));
        done = edit.span.end;
    }
    out.push_str(path.get(done..).unwrap_or_default());
    // Some archives have `./` before every path.
    let (here, rest) = if path.starts_with("./") { out.split_at(out.strip_prefix("./").map_or(0, |_| 2)) } else { ("", &*out) };
    let steps = rest.split('/').map(|step| if matches!(step.trim(), "" | "." | "..") { "_" } else { step });
    let mut out = format!("{here}{}", steps.collect::<Vec<_>>().join("/"));
    if let Some(extension) = extension(path).filter(|_| !is_folder) {
        let start = path.len() - extension.len();
        let itself = edits.iter().any(|edit| edit.span.start >= start);
        if !itself && self::extension(&out) != Some(extension) {
            out.push('.');
            out.push_str(extension);
        }
    }
    out
}

/// Paths that were given out already, without regard to case, each with the last number that was given to it.
#[derive(Default)]
pub(super) struct Taken(HashMap<String, u32>);

impl Taken {
    /// Takes a path; gives another one like it when it is taken. Nothing for a folder that is there already.
    pub(super) fn take(&mut self, path: String, is_folder: bool) -> Option<String> {
        let mut number = match self.0.get(&path.to_lowercase()) {
            None => {
                self.reserve(&path);
                return Some(path);
            }
            Some(_) if is_folder => return None,
            Some(number) => *number,
        };
        let stem = extension(&path).map_or(path.len(), |extension| path.len() - extension.len() - 1);
        let (stem, rest) = path.split_at(stem);
        loop {
            number += 1;
            let numbered = format!("{stem} ({number}){rest}");
            if !self.0.contains_key(&numbered.to_lowercase()) {
                self.reserve(&numbered);
                self.0.insert(path.to_lowercase(), number);
                return Some(numbered);
            }
        }
    }

    /// Takes a path that must stay as it is.
    pub(super) fn reserve(&mut self, path: &str) {
        self.0.entry(path.to_lowercase()).or_insert(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa_core::entity::Entity;
    use subrosa_core::span::Span;

    fn make(path: &str, value: &str, replacement: &str) -> String {
        let start = path.find(value).unwrap();
        let span = Span::new(start, start + value.len());
        let edit = Edit { span, replacement: replacement.to_owned(), entity: Entity::PERSON, operator: "replace" };
        edited(path, &[edit], false)
    }

    #[test]
    fn edited_paths_are_paths() {
        assert_eq!(make("a/Jane Roe.docx", "Jane Roe", "[P]"), "a/[P].docx");
        assert_eq!(make("a/Jane Roe.docx", "Jane Roe.docx", "[P]"), "a/[P].docx");
        assert_eq!(make("a/x.jane", "jane", "[P]"), "a/x.[P]");
        assert_eq!(make("a/Jane/b", "Jane", ""), "a/_/b");
        assert_eq!(make("a/Jane/b", "Jane", "../x"), "a/.._x/b");
        assert_eq!(make("a/Jane", "a/Jane", ".."), "_");
        assert_eq!(make("./a/Jane", "Jane", "[P]"), "./a/[P]");
    }

    #[test]
    fn taken_paths_get_a_number() {
        let mut taken = Taken::default();
        assert_eq!(taken.take("a/[P].txt".to_owned(), false).unwrap(), "a/[P].txt");
        assert_eq!(taken.take("a/[p].txt".to_owned(), false).unwrap(), "a/[p] (2).txt");
        assert_eq!(taken.take("a/[P].txt".to_owned(), false).unwrap(), "a/[P] (3).txt");
        assert_eq!(taken.take("a".to_owned(), true).unwrap(), "a");
        assert!(taken.take("a".to_owned(), true).is_none());
    }

    #[test]
    fn kinds_are_told_by_extensions() {
        assert_eq!(kind_name("Jane/Roe.csv.gz"), "member.csv.gz");
        assert_eq!(kind_name("Jane.Roe/x"), "member");
        assert_eq!(kind_name("x.txt"), "member.txt");
        assert_eq!(without_compression("a/data.csv.gz"), "data.csv");
        assert_eq!(without_compression("data.TGZ"), "data.tar");
    }
}
