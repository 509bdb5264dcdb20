//! Opens a file and looks at every page of it.

use std::collections::HashMap;

use super::annotations;
use super::canvas::MAX_WORK;
use super::layers::Layers;
use super::view::{PageView, look};
use crate::formats::pdf::admit::{self, Page};
use crate::formats::pdf::budget::Budget;
use crate::formats::pdf::interpreter::Interpreter;
use crate::formats::pdf::store::Store;
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
            look(page, turn(&store, page), &units, *root, drawn, &budget, &mut tiles)
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
                let turn = turn(&store, page);
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

/// The rotation of a page, its own or inherited.
fn turn(store: &Store, page: &Page<'_>) -> u16 {
    let mut dict = page.dict;
    for _ in 0..32 {
        if let Some(turn) = store.number(dict, b"Rotate") {
            return (turn as i64).rem_euclid(360) as u16;
        }
        let Some(parent) = store.dict(dict, b"Parent") else { break };
        dict = parent;
    }
    0
}
