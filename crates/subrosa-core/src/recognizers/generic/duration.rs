//! Lengths of time: `five years`, `18 months`, `three years and nine months`, `zwei Wochen`, `dos meses`.
//!
//! A length of time says something of a person when it is a fact of their life: a sentence served, a marriage, an
//! employment. The course of an illness (`for 3 days`), a deadline and a dose say nothing, and texts are full of them. So a
//! length of time is sure only where such a fact stands in the same sentence; elsewhere it stays below what policies act on,
//! for those who lower the threshold.
//!
//! *Misses by design*: lengths without a number (`for many years`).
//! *Confuses with*: ages, which [`super::age`] finds.
//! *References*: hand-written words of seven languages; the identifier is this project's.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::keyword::{Classes, classes};
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::amounts;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Lengths of time.
pub static RECOGNIZER: Duration = Duration {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DURATION"),
        summary: "Length of time that is a fact of somebody's life, such as a sentence or an employment.",
        context: &[],
        negative_context: &[],
        hits: &[
            "sentenced to ⟦five years⟧’ imprisonment",
            "The sentence of ⟦14 years⟧ was reduced.",
            "⟦three years and nine months⟧ in prison",
            "a ⟦two-year⟧ suspended sentence",
            "condenado a ⟦dos años y seis meses⟧ de prisión",
            "zu ⟦achtzehn Monaten⟧ Freiheitsstrafe verurteilt",
            "They were married for ⟦twenty-two years⟧.",
        ],
        misses: &[
            "cough for 3 days",
            "a 45 years old man in prison",
            "within three months. He was married.",
            "in recent years, imprisonment",
        ],
    },
};

/// Sure, yet not so sure that the same words are looked for all over the document.
const TELLING: u16 = 540;
/// A length of time without a word that makes it a fact of a life.
const PLAIN: u16 = 300;
/// How far around such a word may stand.
const AROUND: usize = 12;

/// See [`RECOGNIZER`].
pub struct Duration {
    info: Info,
}

impl Recognizer for Duration {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        let mut done = 0;
        for keyword in block.keywords(Classes::UNIT.and(Classes::SHORT_UNIT)) {
            let unit = keyword.token;
            if unit < done {
                continue;
            }
            let Some(first) = amounts::before(block, unit) else { continue };
            let last = whole(block, unit);
            done = last + 1;
            if is_age(block, last) {
                continue;
            }
            let base = Confidence::new(if tells(block, first, last) { TELLING } else { PLAIN });
            proposals.push(Proposal { span: block.span(first, last), base, pattern: "number-unit", verdict: Verdict::Unknown });
        }
    }
}

/// The last unit of `three years and nine months`.
fn whole(block: &Block<'_>, unit: usize) -> usize {
    let mut last = unit;
    for _ in 0..3 {
        let mut next = last + 1;
        next += usize::from(block.token(next).is_some_and(|token| token.is_byte(b',')));
        next += usize::from(matches!(block.str(next), "and" | "y" | "et" | "und" | "e" | "en"));
        let more = (next..next + 4).find(|index| {
            block
                .token(*index)
                .is_some_and(|token| token.gap <= Gap::Line && classes(token).any(Classes::UNIT.and(Classes::SHORT_UNIT)))
        });
        match more.filter(|more| amounts::before(block, *more) == Some(next)) {
            Some(more) => last = more,
            None => break,
        }
    }
    last
}

/// Whether `old`, `of age`, `de edad` follow.
fn is_age(block: &Block<'_>, last: usize) -> bool {
    (last + 1..last + 4)
        .take_while(|index| {
            block
                .token(*index)
                .is_some_and(|token| token.gap <= Gap::Line && !matches!(token.kind, Kind::Punctuation(b'.' | b',' | b';')))
        })
        .any(|index| block.token(index).is_some_and(|token| classes(token).any(Classes::AGE)))
}

/// Whether a word in the sentence makes it a fact of a life.
fn tells(block: &Block<'_>, first: usize, last: usize) -> bool {
    let stops = |index: &usize| {
        let token = &block.tokens[*index];
        token.gap >= Gap::Paragraph
            || matches!(token.kind, Kind::Punctuation(b'.' | b'!' | b'?'))
                && block.token(index + 1).is_none_or(|next| next.gap > Gap::None)
    };
    let telling = |index: usize| classes(&block.tokens[index]).any(Classes::LIFE);
    (first.saturating_sub(AROUND)..first).rev().take_while(|index| !stops(index)).any(telling)
        || (last + 1..block.tokens.len().min(last + AROUND)).take_while(|index| !stops(index)).any(telling)
}
