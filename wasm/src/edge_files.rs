//! What JavaScript sees of files.

#![allow(unsafe_code, missing_docs, clippy::needless_pass_by_value, reason = "the glue that `wasm-bindgen` makes")]
#![allow(clippy::missing_errors_doc, reason = "everything throws a `Failure`, and nothing else")]

use wasm_bindgen::prelude::*;

use subrosa_documents::formats::elsewhere::was_asked_for;

use crate::edge::{Session, json, thrown};
use crate::failure::Failure;
use crate::{open, record, session};

/// Works on a file. What comes out of it counts for nothing if something in the file is for the module with every format.
fn on_file<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, JsError> {
    was_asked_for();
    let result = work();
    if was_asked_for() {
        let message = "the module with every format is needed for this file".to_owned();
        return Err(thrown(Failure { code: "further", message }));
    }
    result.map_err(thrown)
}

#[wasm_bindgen]
pub fn check(bytes: &[u8], name: &str, passwords: &str) -> Result<String, JsError> {
    on_file(|| crate::check::check(bytes, name, passwords))
}

#[wasm_bindgen]
pub fn restore_file(bytes: &[u8], name: &str, record: &str, passwords: &str) -> Result<Restored, JsError> {
    on_file(|| {
        let passwords: Vec<String> = crate::check::passwords(passwords)?;
        let (bytes, lost) = record::restore_file(bytes, name, record, &passwords)?;
        Ok(Restored { bytes, lost })
    })
}

#[wasm_bindgen]
pub struct Restored {
    bytes: Vec<u8>,
    lost: usize,
}

#[wasm_bindgen]
impl Restored {
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    pub fn lost(&self) -> usize {
        self.lost
    }
}

#[wasm_bindgen]
impl Session {
    pub fn redact_file(&self, bytes: &[u8], name: &str) -> Result<Written, JsError> {
        on_file(|| self.session.redact_file(bytes, name).map(Written))
    }

    pub fn open(&self, bytes: Vec<u8>, name: &str) -> Result<Opened, JsError> {
        on_file(|| open::Opened::new(&self.options, bytes, name).map(Opened))
    }
}

#[wasm_bindgen]
pub struct Written(session::Written);

#[wasm_bindgen]
impl Written {
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0.bytes)
    }

    /// JSON `Report`: the file's part of the run's report.
    pub fn report(&self) -> String {
        self.0.report.files.first().map(json).unwrap_or_default()
    }

    /// The report of the run, as `subrosa redact` writes it.
    pub fn run_report(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.0.report).unwrap_or_default();
        text.push('\n');
        text
    }

    pub fn take_record(&mut self) -> String {
        std::mem::take(&mut self.0.record)
    }
}

#[wasm_bindgen]
pub struct Opened(open::Opened);

#[wasm_bindgen]
impl Opened {
    pub fn format(&self) -> String {
        self.0.format().to_owned()
    }

    pub fn place_count(&self) -> usize {
        self.0.place_count()
    }

    pub fn places(&self, from: usize, count: usize) -> String {
        self.0.places(from, count)
    }

    pub fn unread(&self) -> String {
        self.0.unread()
    }

    pub fn block_count(&self) -> usize {
        self.0.block_count()
    }

    pub fn blocks(&self, from: usize, count: usize) -> String {
        self.0.blocks(from, count)
    }

    pub fn boxes(&self, node: usize, start: usize, end: usize) -> Result<String, JsError> {
        self.0.boxes(node, start, end).map_err(thrown)
    }

    pub fn same(&self, node: usize, start: usize, end: usize) -> Result<String, JsError> {
        self.0.same(node, start, end).map_err(thrown)
    }

    /// Some of the decisions, as JSON; with `first` those that were given before count no more.
    pub fn decide(&mut self, decisions: &str, first: bool) -> Result<(), JsError> {
        self.0.decide(decisions, first).map_err(thrown)
    }

    pub fn finish(&mut self, areas: &str) -> Result<Written, JsError> {
        on_file(|| self.0.finish(areas).map(Written))
    }

    /// Whether nothing but `free` may be called any more: a long document was finished, and its memory was needed.
    pub fn is_spent(&self) -> bool {
        self.0.is_spent()
    }
}
