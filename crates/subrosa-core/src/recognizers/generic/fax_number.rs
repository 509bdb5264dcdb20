//! Telephone numbers that the text says to be a fax: `Fax: 555-555-0123`, `555-555-0123 (fax)`.
//!
//! *Misses by design*: a fax number that is not called one, which [`super::phone_number`] finds.
//! *Confuses with*: nothing much.
//! *References*: 45 CFR 164.514(b)(2)(i)(E).

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::{Cues, Words};
use crate::span::Span;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Fax numbers.
pub static RECOGNIZER: FaxNumber = FaxNumber {
    info: Info {
        module: module_path!(),
        entity: Entity::FAX_NUMBER,
        summary: "Telephone number of a fax machine.",
        context: &["fax", "telefax", "facsimile", "télécopie", "faxnummer"],
        negative_context: &[],
        hits: &["Fax: ⟦555-555-0123⟧", "fax records to ⟦(555) 555-0100⟧", "⟦+44 20 7946 0000⟧-Fax", "FAX: + ⟦34 93 567 22 28⟧"],
        misses: &["Tel. 555-555-0123", "Fax 12 pages", "phone 555-555-0123, fax 555-0100x"],
    },
};

static BEFORE: Cues = Cues::new(
    &[
        "fax",
        "telefax",
        "facsimile",
        "télécopie",
        "faxnummer",
        "fax to",
        "fax records to",
        "fax it to",
        "faxed to",
        "fax results to",
    ],
    &[],
);
static AFTER: Words = Words::new(&["fax", "telefax"]);

/// Tokens of the longest number and of what may stand between it and `fax`.
const NEAR: usize = 16;

/// The recognizer of [`Entity::FAX_NUMBER`].
pub struct FaxNumber {
    info: Info,
}

impl Recognizer for FaxNumber {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Digits { min: 7, max: 20 }]
    }

    fn cues(&self) -> Vec<&Cues> {
        vec![&BEFORE]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        if block.token(site.token).is_none_or(|token| token.kind != Kind::Number) {
            return;
        }
        let before = is_announced(block, site.token);
        if !before && !(site.token..site.token + NEAR).any(|token| AFTER.at(block, token)) {
            return;
        }
        for span in super::phone_number::RECOGNIZER.spans(site) {
            if before || is_called(block, span) {
                let base = Confidence::new(700);
                proposals.push(Proposal { span, base, pattern: "cue", verdict: Verdict::Unknown });
            }
        }
    }
}

fn is_announced(block: &Block<'_>, number: usize) -> bool {
    BEFORE.of(block, super::phone_number::before_plus(block, number)).is_some()
}

/// Whether `fax` follows: `(fax)`, `-Fax`, ` fax`.
fn is_called(block: &Block<'_>, span: Span) -> bool {
    let mut next = block.token_at(span.end);
    if block.token(next).is_some_and(|token| matches!(token.kind, Kind::Punctuation(b'(' | b'-' | b'['))) {
        next += 1;
    }
    // `555-0100 Fax: 555-0123` is the label of the next number.
    let label = block.token(next + 1).is_some_and(|after| after.is_byte(b':') || after.kind == Kind::Number);
    !label && block.token(next).is_some_and(|token| token.gap <= Gap::Blank) && AFTER.at(block, next)
}
