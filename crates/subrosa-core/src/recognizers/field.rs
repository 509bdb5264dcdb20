//! Recognizers of names that only a label gives away; in running text the [tagger](crate::tagger) finds them.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::WordClass;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::token::{Gap, Token};
use crate::verdict::Verdict;

/// Proposes the capitalised words after a label, or of a segment that has one. The base is low: the label has to lift it.
pub struct FieldRecognizer {
    /// What it finds; only context that begins with `:` counts much.
    pub info: Info,
    /// Most tokens of a value.
    pub most: usize,
    /// What may stand between capitalised words.
    pub joints: &'static [&'static str],
}

const BASE: Confidence = Confidence::new(150);

impl Recognizer for FieldRecognizer {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Label]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, first) = (site.block, site.token);
        let capitalised = |index: usize| block.token(index).is_some_and(Token::is_capitalised);
        if !capitalised(first) || block.lexeme(first).is(WordClass::Honorific) {
            return;
        }
        let near = |index: usize| block.token(index).is_some_and(|token| token.gap <= Gap::Blank);
        let mut last = first;
        let mut next = first + 1;
        while next - first < self.most && near(next) && (capitalised(next) || self.is_joint(block, next)) {
            if capitalised(next) {
                last = next;
            }
            next += 1;
        }
        proposals.push(Proposal { span: block.span(first, last), base: BASE, pattern: "labelled", verdict: Verdict::Unknown });
    }
}

impl FieldRecognizer {
    fn is_joint(&self, block: &Block<'_>, index: usize) -> bool {
        self.joints.contains(&block.str(index))
    }
}
