//! The entities that the recognizers know.

use std::collections::BTreeMap;

use subrosa_core::registry;

/// The ids of all entities, sorted.
pub fn known() -> Vec<&'static str> {
    let mut ids: Vec<&str> = registry::all().iter().map(|recognizer| recognizer.info().entity.id()).collect();
    ids.push("DENIED_TERM");
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What each entity is, in one sentence.
pub fn summaries() -> BTreeMap<&'static str, &'static str> {
    let recognized = registry::all().iter().map(|recognizer| (recognizer.info().entity.id(), recognizer.info().summary));
    recognized.chain([("DENIED_TERM", "A term that the user said must go.")]).collect()
}
