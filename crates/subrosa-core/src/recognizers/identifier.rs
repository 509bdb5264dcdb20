//! The recognizer for identifiers that have a layout of their own: signs in fixed groups, mostly with a check digit.

use crate::confidence::Confidence;
use crate::layout::Layout;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::validators::{Check, Signs};
use crate::verdict::Verdict;

/// What speaks against an identifier with letters that is written in small ones: words and codes are.
const SMALL_LETTERS: i16 = -350;

/// A recognizer whose values have one of a few layouts, and a check.
pub struct IdentifierRecognizer {
    /// What it finds.
    pub info: Info,
    /// [`Trigger::Layouts`] with the layouts, so that the dispatch reads them all at once.
    pub triggers: &'static [Trigger],
    /// What tells a value from other numbers of its layout.
    pub check: Check,
}

impl Recognizer for IdentifierRecognizer {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        self.triggers
    }

    fn check(&self) -> Option<&Check> {
        Some(&self.check)
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let Some((Layout { signs: pattern, confidence }, span)) = site.layout else { return };
        let value = span.of(site.block.text);
        let verdict = self.check.verdict(&Signs::of(value));
        if verdict == Verdict::Invalid {
            return;
        }
        let mut base = Confidence::new(confidence);
        if value.bytes().any(|byte| byte.is_ascii_lowercase()) {
            base = base.shifted(SMALL_LETTERS);
        }
        proposals.push(Proposal { span, base, pattern, verdict });
    }
}
