//! One document, from its bytes to bytes that can be shared.
//!
//! [`subrosa_core`] finds values in text and says what becomes of them; [`subrosa_documents`] reads and writes formats. Here the
//! two are put together, for the command line, the browser and programs of your own: an [`Engine`] holds detector, policy and
//! what is known, [`redact()`] gives a redacted copy that was read again and searched, [`plan`] lets a person decide first,
//! [`check`](mod@check) looks into what others redacted. As in the libraries below there are no files, clock, environment or randomness.
//!
//! ```
//! use subrosa::{Automatic, Engine, redact};
//! use subrosa_core::detector::Options;
//! use subrosa_core::policy::Policy;
//! use subrosa_documents::Source;
//!
//! let engine = Engine::new(Policy::preset("redact").unwrap(), &Options::default());
//! let source = Source::new(b"Jane Roe, SSN 219-09-9999", "note.txt");
//! let redacted = redact(&engine, &source, &Automatic(&engine));
//! assert_eq!(redacted.output?.bytes, b"[PERSON-1], SSN [US_SSN]");
//! # Ok::<(), subrosa_documents::Refusal>(())
//! ```

pub mod check;
pub mod engine;
pub mod entities;
pub mod names;
pub mod plan;
pub mod redact;
#[cfg(test)]
#[path = "../../../tests/support/schema.rs"]
mod schema;

pub use engine::{Engine, Unfit};
pub use redact::{Automatic, Decide, Decided, Output, Redacted, redact};
