//! What JavaScript sees of files.

#![allow(unsafe_code, missing_docs, clippy::needless_pass_by_value, reason = "the glue that `wasm-bindgen` makes")]
#![allow(clippy::missing_errors_doc, reason = "everything throws a `Failure`, and nothing else")]

use wasm_bindgen::prelude::*;

use crate::edge::{Session, json, thrown};
use crate::{open, record, session};

#[wasm_bindgen]
pub fn check(bytes: &[u8], name: &str, passwords: &str) -> Result<String, JsError> {
    crate::check::check(bytes, name, passwords).map_err(thrown)
}

#[wasm_bindgen]
pub fn restore_file(bytes: &[u8], name: &str, record: &str, passwords: &str) -> Result<Restored, JsError> {
    let passwords: Vec<String> = crate::check::passwords(passwords).map_err(thrown)?;
    let (bytes, lost) = record::restore_file(bytes, name, record, &passwords).map_err(thrown)?;
    Ok(Restored { bytes, lost })
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
        self.session.redact_file(bytes, name).map(Written).map_err(thrown)
    }

    pub fn open(&self, bytes: Vec<u8>, name: &str) -> Result<Opened, JsError> {
        open::Opened::new(&self.options, bytes, name).map(Opened).map_err(thrown)
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

    pub fn record(&self) -> String {
        self.0.record.clone()
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

    pub fn finish(&self, decisions: &str, areas: &str) -> Result<Written, JsError> {
        self.0.finish(decisions, areas).map(Written).map_err(thrown)
    }
}
