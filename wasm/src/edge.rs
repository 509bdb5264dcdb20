//! All that JavaScript sees. What fails throws an `Error` whose message is a [`Failure`] as JSON.

#![allow(unsafe_code, missing_docs, clippy::needless_pass_by_value, reason = "the glue that `wasm-bindgen` makes")]

use wasm_bindgen::prelude::*;

use crate::failure::Failure;
use crate::{open, record, session};

fn thrown(failure: Failure) -> JsError {
    JsError::new(&failure.json())
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// JSON `Catalogue`.
#[wasm_bindgen]
pub fn catalogue() -> String {
    json(&crate::catalogue::catalogue())
}

/// JSON `{ leaks, unread }`.
#[wasm_bindgen]
pub fn check(bytes: &[u8], name: &str, passwords: &str) -> Result<String, JsError> {
    crate::check::check(bytes, name, passwords).map_err(thrown)
}

/// JSON `{ text, lost }`.
#[wasm_bindgen]
pub fn restore_text(text: &str, record: &str) -> Result<String, JsError> {
    let (text, lost) = record::restore_text(text, record).map_err(thrown)?;
    Ok(serde_json::json!({ "text": text, "lost": lost }).to_string())
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

/// One set of options.
#[wasm_bindgen]
pub struct Session {
    options: String,
    session: session::Session,
}

#[wasm_bindgen]
impl Session {
    #[wasm_bindgen(constructor)]
    pub fn new(options: String) -> Result<Session, JsError> {
        let session = session::Session::new(&options).map_err(thrown)?;
        Ok(Self { options, session })
    }

    /// JSON `Finding[]`.
    pub fn scan(&self, text: &str) -> Result<String, JsError> {
        self.session.scan(text).map(|found| json(&found)).map_err(thrown)
    }

    /// JSON `TextResult`.
    pub fn redact(&self, text: &str) -> Result<String, JsError> {
        self.session.redact(text).map(|result| json(&result)).map_err(thrown)
    }

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

    pub fn places(&self) -> String {
        self.0.places()
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

    pub fn finish(&self, decisions: &str) -> Result<Written, JsError> {
        self.0.finish(decisions).map(Written).map_err(thrown)
    }
}
