//! All that JavaScript sees. What fails throws an `Error` whose message is a [`Failure`] as JSON.

#![allow(unsafe_code, missing_docs, clippy::needless_pass_by_value, reason = "the glue that `wasm-bindgen` makes")]
#![allow(clippy::missing_errors_doc, reason = "everything throws a `Failure`, and nothing else")]

use wasm_bindgen::prelude::*;

use crate::failure::Failure;
use crate::{record, session};

pub(crate) fn thrown(failure: Failure) -> JsError {
    JsError::new(&failure.json())
}

pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// JSON `Catalogue`.
#[wasm_bindgen]
pub fn catalogue() -> String {
    json(&crate::catalogue::catalogue())
}

/// Hands over the dictionaries and weights: the bytes of `subrosa.dat`. Before anything else; a second time changes nothing.
#[wasm_bindgen]
pub fn provide(data: Vec<u8>) -> Result<(), JsError> {
    subrosa_core::data::provide(data).map_err(|error| thrown(Failure { code: "load", message: error.to_string() }))
}

/// JSON `{ leaks, unread }`.
/// JSON `{ text, lost }`.
#[wasm_bindgen]
pub fn restore_text(text: &str, record: &str) -> Result<String, JsError> {
    let (text, lost) = record::restore_text(text, record).map_err(thrown)?;
    Ok(serde_json::json!({ "text": text, "lost": lost }).to_string())
}

/// One set of options.
#[wasm_bindgen]
pub struct Session {
    /// For documents, each of which has a session of its own.
    #[cfg(feature = "documents")]
    pub(crate) options: String,
    pub(crate) session: session::Session,
}

#[wasm_bindgen]
impl Session {
    #[wasm_bindgen(constructor)]
    pub fn new(options: String) -> Result<Session, JsError> {
        if !subrosa_core::data::is_provided() {
            return Err(thrown(Failure { code: "load", message: "the data is not loaded".to_owned() }));
        }
        let session = session::Session::new(&options).map_err(thrown)?;
        Ok(Self {
            #[cfg(feature = "documents")]
            options,
            session,
        })
    }

    /// JSON `Finding[]`.
    pub fn scan(&self, text: &str) -> Result<String, JsError> {
        self.session.scan(text).map(|found| json(&found)).map_err(thrown)
    }

    /// JSON `TextResult`.
    pub fn redact(&self, text: &str) -> Result<String, JsError> {
        self.session.redact(text).map(|result| json(&result)).map_err(thrown)
    }
}
