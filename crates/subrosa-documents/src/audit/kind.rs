//! Kinds of observation.

/// How grave an observation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look: it may name people.
    Low,
    /// It often holds what was to be removed.
    Medium,
    /// Somebody meant it to be gone, and it is there.
    High,
}

impl Severity {
    /// `low`, `medium`, `high`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A kind of observation: its name in reports, and what a person is told.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Short name with hyphens, stable.
    pub id: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub advice: &'static str,
}
