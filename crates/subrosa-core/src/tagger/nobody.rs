//! What the tagger may take for the name of somebody and is nobody's, whatever stands around.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::context;
use crate::dictionary::{self, WordClass, word_hash};
use crate::registry;

use super::boilerplate::is_boilerplate;

/// Whether a name, the whole of it, is boilerplate, a credential, a short title, a label or a series of law reports.
pub(crate) fn is_nobody(name: &str) -> bool {
    REPORTS.contains(&name.trim_end_matches('.'))
        || is_boilerplate(name)
        || !name.contains(' ') && (is_credential(name) || is_title(name) || is_label(name))
}

/// Law reports as they are cited: `412 F. Supp. 3d 118`.
#[rustfmt::skip]
const REPORTS: &[&str] = &[
    "A.C", "All E.R", "All ER", "Cal. App", "Cal. Rptr", "Cr. App. R", "F. App'x", "F. Supp", "Fed. Appx", "Fed. Cl", "L. Ed",
    "Misc. 2d", "N.E", "N.W", "N.Y.S", "S. Ct", "S.E", "S.W", "So. 2d", "So. 3d", "W.L.R",
];

/// What stands behind names: `M.D`. Without full stops it may be one: `Do`.
fn is_credential(name: &str) -> bool {
    let letters: String = name.chars().filter(|letter| *letter != '.').collect();
    name.contains('.') && letters.len() <= 4 && is(word_hash(&letters), WordClass::NameSuffix)
}

/// An abbreviation that stands before names: `Mr`, or `MR` for a medical record. Who is called `the President` may be told by
/// that.
fn is_title(name: &str) -> bool {
    let word = name.trim_end_matches('.');
    let hash = word_hash(word);
    word.len() <= 3 && is(hash, WordClass::Honorific) && dictionary::names().get(hash).is_none_or(|name| name.given < 2)
}

fn is(hash: u64, class: WordClass) -> bool {
    dictionary::classes().get(hash).is_some_and(|info| info.is(class))
}

/// A word that announces some value, such as `NHS` or `Telefon`.
fn is_label(name: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<u64>> = LazyLock::new(|| {
        let words = registry::all().iter().flat_map(|recognizer| recognizer.info().context);
        let words = words.map(|word| word.trim_start_matches(context::LABEL_ONLY)).filter(|word| !word.contains(' '));
        let is_name = |hash: u64| dictionary::names().get(hash).is_some_and(|name| name.given.max(name.surname) >= 2);
        words.map(word_hash).filter(|hash| !is_name(*hash)).collect()
    });
    // `ID` is also Idaho; where it stands alone it is a label, and a state's name tells little.
    name == "ID" || WORDS.contains(&word_hash(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_and_somebody() {
        for nobody in ["M.D", "M.D.", "MR", "Mr.", "NHS", "Telefon", "ID", "F. Supp", "S. Ct."] {
            assert!(is_nobody(nobody), "{nobody}");
        }
        for somebody in ["Do", "Dean", "President", "Mr Do", "Roe"] {
            assert!(!is_nobody(somebody), "{somebody}");
        }
    }
}
