//! An accepted candidate.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::explanation::Explanation;
use crate::span::Span;

/// A span that holds personal data.
///
/// The findings of a segment are sorted by start and never overlap. No text is kept: the span is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where, in the segment's text.
    pub span: Span,
    /// What it is.
    pub entity: Entity,
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub explanation: Explanation,
}
