//! Why there is no result.

use serde::Serialize;
use subrosa_core::apply::Untreated;
use subrosa_documents::Refusal;

/// Said to the caller. Holds no text of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The kind of a refusal, or `options` for a mistake of the caller.
    pub code: &'static str,
    /// In words.
    pub message: String,
}

impl Failure {
    /// A mistake in what the caller gave.
    pub fn options(message: impl Into<String>) -> Self {
        Self { code: "options", message: message.into() }
    }

    /// What crosses to JavaScript.
    pub fn json(&self) -> String {
        serde_json::json!({ "code": self.code, "message": self.message }).to_string()
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.kind(), message: refusal.to_string() }
    }
}

impl From<Untreated> for Failure {
    fn from(error: Untreated) -> Self {
        Self { code: "untreated", message: error.to_string() }
    }
}
