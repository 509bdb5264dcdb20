//! What a policy wants changed.

use crate::entity::Entity;
use crate::span::Span;

/// One replacement in one segment. The edits of a segment are sorted by start and never overlap.
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes, in the segment's text.
    pub span: Span,
    /// What comes in its place; empty to leave nothing.
    pub replacement: String,
    /// What the removed text was.
    pub entity: Entity,
    /// The operator that made the replacement, for the report.
    pub operator: &'static str,
}

/// Without the replacement, which may hold part of the value (a mask) or stand for a person.
impl std::fmt::Debug for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Edit({}..{} {} by {})", self.span.start, self.span.end, self.entity, self.operator)
    }
}
