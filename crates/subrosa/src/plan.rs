//! What was found in one document, for a person to decide, and what they decided.
//!
//! [`plan()`] makes a [`PlanFile`]; somebody changes its decisions; [`Decisions`] carries them out when it is given to
//! [`redact`](crate::redact()) in place of [`Automatic`](crate::Automatic), and leaves a [`Log`] of them.

mod decide;
mod file;
mod log;
mod make;

pub use decide::Decisions;
pub use file::{Action, Decision, InputFile, Origin, PlanFile, Planned, PolicyOf, SCHEMA, text_hash};
pub use log::{Counts, Log};
pub use make::{Wishes, beginning, each, empty, ending, plan};
