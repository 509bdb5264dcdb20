//! Social security numbers: area, group and serial, `ddd-dd-dddd`. There is no check digit.
//!
//! The areas 000, 666 and 900 to 999, group 00 and serial 0000 were never given out; such numbers are found only where a label
//! or context word says what they are, since a mistyped or sample number still stands in a person's record.
//!
//! *Misses by design*: nine digits without hyphens, unless a label or context word stands near.
//! *Confuses with*: other numbers grouped three, two, four; [`super::itin`], which starts with 9.
//! *References*: Social Security Administration, POMS RM 10201.030.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::validators::{Signs, number};
use crate::verdict::Verdict;

/// Social security numbers.
pub static RECOGNIZER: Ssn = Ssn {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_SSN"),
        summary: "Social security number of the United States.",
        context: &["ssn", "social security", "social security number", "soc sec", "ss no", "ss", "social"],
        negative_context: &["routing", "aba", "order", "invoice", "part"],
        hits: &["SSN ⟦987-65-4321⟧", "SSN: ⟦219099999⟧", "social security no. ⟦219 09 9999⟧", "⟦219-09-9999⟧"],
        misses: &["219099999", "987-65-4321", "000-12-3456", "219-00-9999", "219-09-99991", "part 219-09-9999"],
    },
};

/// With hyphens and given out, such a number is hardly anything else.
const HYPHENS: &str = "999-99-9999";
/// What it comes to when it was never given out, or has blanks or points.
const GROUPED: u16 = 200;

const TRIGGERS: &[Trigger] = &[Trigger::Layouts(&[
    Layout::new(HYPHENS, 600),
    Layout::new("999 99 9999", GROUPED),
    Layout::new("999.99.9999", GROUPED),
    Layout::new("9{9}", 150),
])];

/// The recognizer of the entity `US_SSN`.
pub struct Ssn {
    info: Info,
}

impl Recognizer for Ssn {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        TRIGGERS
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let Some((Layout { signs: pattern, confidence }, span)) = site.layout else { return };
        let doubtful = pattern == HYPHENS && !is_given_out(&Signs::of(span.of(site.block.text)));
        let base = Confidence::new(if doubtful { GROUPED } else { confidence });
        proposals.push(Proposal { span, base, pattern, verdict: Verdict::Unknown });
    }
}

/// Whether area, group and serial are in use.
fn is_given_out(digits: &[u8]) -> bool {
    let area = number(digits, 0, 3);
    matches!(area, 1..=665 | 667..=899) && number(digits, 3, 5) > 0 && number(digits, 5, 9) > 0
}
