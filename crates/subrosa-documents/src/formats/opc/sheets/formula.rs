//! Formulas, as far as they hold text: string literals, and names of sheets, tables and cells that other parts define.
//!
//! A formula is split into its *code* (everything but the insides of its string literals) and its *literals*. Nothing is
//! calculated. Written to ECMA-376-1, 18.17 (formulas).

use std::collections::BTreeMap;
use std::ops::Range;

/// A formula taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Formula {
    /// The formula with its string literals emptied.
    pub(crate) code: String,
    /// The insides of the string literals, as ranges of the formula.
    pub(crate) literals: Vec<Range<usize>>,
}

impl Formula {
    pub(crate) fn of(text: &str) -> Self {
        let mut formula = Self::default();
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut kept = 0;
        while let Some(found) = memchr::memchr2(b'"', b'\'', bytes.get(at..).unwrap_or_default()) {
            let open = at + found;
            let close = closing(bytes, open);
            if bytes.get(open) == Some(&b'"') {
                formula.code.push_str(text.get(kept..=open).unwrap_or_default());
                kept = close;
                if close > open + 1 {
                    formula.literals.push(open + 1..close);
                }
            }
            at = (close + 1).min(bytes.len());
        }
        formula.code.push_str(text.get(kept..).unwrap_or_default());
        formula
    }
}

/// Where the quote that opens at `open` closes; a doubled quote stands for itself.
fn closing(bytes: &[u8], open: usize) -> usize {
    let quote = bytes.get(open).copied().unwrap_or(b'"');
    let mut at = open + 1;
    while let Some(found) = memchr::memchr(quote, bytes.get(at..).unwrap_or_default()) {
        if bytes.get(at + found + 1) != Some(&quote) {
            return at + found;
        }
        at += found + 2;
    }
    bytes.len()
}

/// New names of sheets, by the old ones in lower case.
pub(crate) type Renames = BTreeMap<String, String>;

/// What `code` is with the sheets renamed, and which ranges of it name one of them. Nothing when it names none.
pub(super) fn rename(code: &str, renames: &Renames) -> Option<(String, Vec<Range<usize>>)> {
    let mut out = String::with_capacity(code.len() + 16);
    let mut named = Vec::new();
    let mut kept = 0;
    for range in sheet_names(code) {
        let raw = code.get(range.clone())?;
        let quoted = raw.starts_with('\'');
        let name = if quoted { raw.trim_matches('\'').replace("''", "'") } else { raw.to_owned() };
        // A span of sheets, `First:Last!A1`, names two.
        let mut any = false;
        let renamed: Vec<String> = name
            .split(':')
            .map(|sheet| {
                renames.get(&sheet.to_lowercase()).map_or_else(
                    || sheet.to_owned(),
                    |new| {
                        any = true;
                        new.clone()
                    },
                )
            })
            .collect();
        if any {
            out.push_str(code.get(kept..range.start)?);
            out.push('\'');
            out.push_str(&renamed.join(":").replace('\'', "''"));
            out.push('\'');
            kept = range.end;
            named.push(range);
        }
    }
    out.push_str(code.get(kept..)?);
    (!named.is_empty()).then_some((out, named))
}

/// The ranges in `code` that name sheets: what stands before `!`.
fn sheet_names(code: &str) -> Vec<Range<usize>> {
    let bytes = code.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => at = closing(bytes, at) + 1,
            b'\'' => {
                let end = closing(bytes, at) + 1;
                if bytes.get(end) == Some(&b'!') {
                    found.push(at..end);
                }
                at = end;
            }
            b'!' => {
                let head = code.get(..at).unwrap_or_default();
                let name = |char: char| char.is_alphanumeric() || matches!(char, '_' | '.' | ':' | '\\' | '?');
                let start = head.trim_end_matches(name).len();
                if start < at && !head.ends_with('\'') && !head.get(..start).is_some_and(|before| before.ends_with(']')) {
                    found.push(start..at);
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether `code` uses one of `names` (lower case): a defined name, a table, a column of one.
pub(super) fn uses(code: &str, names: &[String]) -> bool {
    if names.is_empty() {
        return false;
    }
    let lower = code.to_lowercase();
    names.iter().any(|name| {
        lower.match_indices(name.as_str()).any(|(at, found)| {
            let word = |char: char| char.is_alphanumeric() || matches!(char, '_' | '.');
            let before = lower.get(..at).and_then(|head| head.chars().next_back());
            let after = lower.get(at + found.len()..).and_then(|tail| tail.chars().next());
            !before.is_some_and(word) && !after.is_some_and(word)
        })
    })
}

/// A name for a sheet that programs accept: no more than 31 characters, none of `[]:*?/\`, no quote at an edge.
pub(crate) fn sheet_name(wanted: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let clean: String = wanted
        .chars()
        .map(|char| match char {
            '[' => '(',
            ']' => ')',
            ':' | '*' | '?' | '/' | '\\' => '_',
            _ if char.is_control() => '_',
            _ => char,
        })
        .collect();
    let clean = clean.trim_matches(|char: char| char == '\'' || char.is_whitespace());
    let clean = if clean.is_empty() { "Sheet" } else { clean };
    let cut = |room: usize| clean.chars().take(room).collect::<String>();
    let first = cut(31);
    if !taken(&first) {
        return first;
    }
    (2_u32..).map(|number| format!("{} {number}", cut(31 - 11))).find(|name| !taken(name)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renames() -> Renames {
        Renames::from([("jane doe".to_owned(), "(P 1)".to_owned()), ("jan".to_owned(), "(P)".to_owned())])
    }

    #[test]
    fn literals_are_taken_out() {
        let formula = Formula::of(r#"IF(A1="Jane ""J"" Doe",'O''Neil "x"'!B2,"")"#);
        assert_eq!(formula.code, r#"IF(A1="",'O''Neil "x"'!B2,"")"#);
        assert_eq!(formula.literals.len(), 1);
        assert_eq!(Formula::of("\"open").literals, [1..5]);
        assert_eq!(Formula::of("'open").code, "'open");
    }

    #[test]
    fn sheets_are_renamed_where_they_are_named() {
        let new = |code: &str| rename(code, &renames()).map(|(code, _)| code);
        assert_eq!(new("SUM('Jane Doe'!A1:B2)+Jan!C3").as_deref(), Some("SUM('(P 1)'!A1:B2)+'(P)'!C3"));
        assert_eq!(new("SUM(Jan:Mar!A1)").as_deref(), Some("SUM('(P):Mar'!A1)"));
        assert_eq!(new("JAN!A1").as_deref(), Some("'(P)'!A1"));
        assert_eq!(new("Jan+January!A1"), None);
        assert_eq!(new("'[1]Jan'!A1+[1]Jan!A1"), None, "sheets of another workbook");
        assert_eq!(new("\"Jan!\"&A1"), None);
    }

    #[test]
    fn names_are_whole_words() {
        assert!(uses("SUM(Clients[Name])", &["name".to_owned()]));
        assert!(!uses("SUM(Surname)", &["name".to_owned()]));
    }

    #[test]
    fn sheet_names_are_legal_and_unique() {
        assert_eq!(sheet_name("[PERSON-1] 2024", &|_| false), "(PERSON-1) 2024");
        assert_eq!(sheet_name("[A]", &|name| name == "(A)"), "(A) 2");
        assert_eq!(sheet_name(&"x".repeat(40), &|_| false).len(), 31);
        assert_eq!(sheet_name("''", &|_| false), "Sheet");
    }
}
