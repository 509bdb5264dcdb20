//! Opens a file and looks at every page of it.

use std::collections::{HashMap, HashSet};

use super::annotations;
use super::canvas::MAX_WORK;
use super::layers::Layers;
use super::view::{PageView, look, unseen_on};
use crate::formats::pdf::admit;
use crate::formats::pdf::budget::Budget;
use crate::formats::pdf::interpreter::Interpreter;
use crate::formats::pdf::store::Store;
use crate::formats::pdf::unit::Place;
use crate::limits::Limits;
use crate::refusal::Refusal;

/// A file, looked at.
pub(crate) struct Inspection {
    pub store: Store,
    pub pages: Vec<PageView>,
    /// Pages that paint too much to be looked at, and why.
    pub unread: Vec<(String, String)>,
}

/// Looks at a file.
///
/// # Errors
/// As for reading it.
pub(crate) fn inspect(bytes: &[u8], passwords: &[String], limits: &Limits) -> Result<Inspection, Refusal> {
    let budget = Budget::new(limits, bytes.len());
    let store = admit::load(bytes, passwords, limits, &budget)?;
    let pages = admit::pages(&store, limits)?;
    let layers = Layers::read(&store);
    let mut interpreter = Interpreter::new(&store, &budget);
    interpreter.recording = Some(layers);
    let mut roots = Vec::with_capacity(pages.len());
    for (index, page) in pages.iter().enumerate() {
        let contents = admit::contents(&store, page, index + 1, &budget)?;
        let root = interpreter.page(index, contents, page.resources)?;
        let drawn = annotations::collect(&store, page, &mut interpreter)?;
        roots.push((root, drawn));
    }
    let units = std::mem::take(&mut interpreter.units);
    drop(interpreter);
    let mut tiles = HashMap::new();
    let mut views = Vec::with_capacity(pages.len());
    let mut work = 0;
    let mut unread = Vec::new();
    for (index, (page, (root, drawn))) in pages.iter().zip(&roots).enumerate() {
        let looked = if work > MAX_WORK {
            Err(Refusal::Limit("the pages before it paint too much".to_owned()))
        } else {
            look(page, page.turn(&store), &units, *root, drawn, &budget, &mut tiles)
        };
        match looked {
            Ok((view, done)) => {
                work += done;
                views.push(view);
            }
            // The rest of the file can be asked about all the same.
            Err(refusal) => {
                work += MAX_WORK / 2;
                unread.push((format!("page {}", index + 1), format!("covered text was not looked for: {refusal}")));
                let turn = page.turn(&store);
                views.push(PageView {
                    area: page.area,
                    turn,
                    hidden: Vec::new(),
                    lines: Vec::new(),
                    covered_pictures: Vec::new(),
                });
            }
        }
    }
    Ok(Inspection { store, pages: views, unread })
}

/// The glyphs of a file's pages and annotations that the eye does not meet. Pages that paint too much to be looked at have none.
pub(in crate::formats::pdf) fn unseen(store: &Store, size: usize) -> HashSet<(Place, u32)> {
    let limits = Limits::default();
    let budget = Budget::new(&limits, size);
    let mut found = HashSet::new();
    let Ok(pages) = admit::pages(store, &limits) else { return found };
    let mut interpreter = Interpreter::new(store, &budget);
    interpreter.recording = Some(Layers::read(store));
    let mut roots = Vec::with_capacity(pages.len());
    for (index, page) in pages.iter().enumerate() {
        let root = admit::contents(store, page, index + 1, &budget)
            .and_then(|contents| interpreter.page(index, contents, page.resources))
            .and_then(|root| Ok((root, annotations::collect(store, page, &mut interpreter)?)));
        let Ok(root) = root else { break };
        roots.push(root);
    }
    let units = std::mem::take(&mut interpreter.units);
    drop(interpreter);
    let (mut tiles, mut work) = (HashMap::new(), 0);
    for (page, (root, drawn)) in pages.iter().zip(&roots) {
        if work > MAX_WORK {
            break;
        }
        match unseen_on(page, &units, *root, drawn, &budget, &mut tiles) {
            Ok((glyphs, done)) => {
                work += done;
                let place = |unit: u32| units.get(unit as usize).map(|unit| unit.place);
                found.extend(glyphs.into_iter().filter_map(|(unit, glyph)| Some((place(unit)?, glyph))));
            }
            Err(_) => work += MAX_WORK / 2,
        }
    }
    found
}
