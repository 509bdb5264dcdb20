//! Finds the triggers in a block and calls the recognizers that wait for them.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::layout::{Layout, Layouts};
use crate::nearby::Speakers;
use crate::recognizer::{Proposal, Recognizer, Site, Trigger, ends_alone, is_unspaced, starts_alone};
use crate::scoring;
use crate::span::Span;
use crate::token::{Gap, Kind, Shape, Token};

/// Most groups of one number: an IBAN in fours has nine.
const GROUPS: usize = 10;

/// How many tokens before a number a word that speaks for a recognizer can stand: a cue phrase, a chain such as `A-B-12`, or what
/// [`crate::context`] looks at.
const BEFORE: usize = 24;
/// How many after it: the longest number in groups and the words that follow.
const AFTER: usize = 28;

/// Which recognizers wait for which trigger, by their index in the detector.
#[derive(Default)]
pub struct Dispatch {
    totals: Vec<Totals>,
    layouts: Layouts<Waiting>,
    /// The words without which some of them are not called.
    speakers: Speakers,
    bytes: Vec<(u8, u16)>,
    labels: Vec<u16>,
    blocks: Vec<u16>,
}

/// Recognizers that wait for groups of a total length, at most 128: a bit for each.
struct Totals {
    /// By the total of digits.
    digits: [u128; 64],
    /// By the total of letters and digits.
    alphanumeric: [u128; 64],
    /// The same where there are letters.
    mixed: [u128; 64],
    /// Only where one of their words is near.
    spoken_for: u128,
    recognizers: Vec<u16>,
}

impl Totals {
    const MOST: usize = u128::BITS as usize;

    fn new() -> Self {
        Self { digits: [0; 64], alphanumeric: [0; 64], mixed: [0; 64], spoken_for: 0, recognizers: Vec::new() }
    }

    /// Adds a recognizer that waits for the lengths of which `lengths` has the bits.
    fn add(&mut self, recognizer: u16, spoken_for: bool, lengths: &Reach) {
        let bit = 1 << self.recognizers.len();
        self.recognizers.push(recognizer);
        if spoken_for {
            self.spoken_for |= bit;
        }
        let all = [
            (&mut self.digits, lengths.digits),
            (&mut self.alphanumeric, lengths.alphanumeric),
            (&mut self.mixed, lengths.mixed),
        ];
        for (waiting, lengths) in all {
            bits(lengths).for_each(|length| waiting[length] |= bit);
        }
    }

    /// Those that wait for one of the lengths in `reach`.
    fn woken(&self, reach: &Reach) -> u128 {
        let digits = bits(reach.digits).fold(0, |woken, length| woken | self.digits[length]);
        let alphanumeric = bits(reach.alphanumeric).fold(digits, |woken, length| woken | self.alphanumeric[length]);
        bits(reach.mixed).fold(alphanumeric, |woken, length| woken | self.mixed[length])
    }
}

/// The indices of the bits that are set.
fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(bit)
    })
}

/// The totals that groups of a number come to: bit `n` when some leading groups come to `n`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reach {
    /// Digits, where there are no letters.
    digits: u64,
    /// Letters and digits.
    alphanumeric: u64,
    /// Letters and digits, where there is at least one of each.
    mixed: u64,
}

/// A recognizer that waits for a layout.
#[derive(Clone, Copy)]
struct Waiting {
    layout: Layout,
    /// Only where one of its words is near.
    spoken_for: bool,
    recognizer: u16,
}

impl Dispatch {
    /// The table for `recognizers`, when nothing below `minimum` is looked for.
    pub fn new(recognizers: &[&'static dyn Recognizer], minimum: Confidence) -> Self {
        let mut dispatch = Self::default();
        let mut layouts = Vec::new();
        for (index, recognizer) in (0..).zip(recognizers) {
            let mut lengths = Reach::default();
            for trigger in recognizer.triggers() {
                match *trigger {
                    Trigger::Digits { min, max } => lengths.digits |= mask(min, max),
                    Trigger::Alphanumeric { min, max } => lengths.alphanumeric |= mask(min, max),
                    Trigger::Mixed { min, max } => lengths.mixed |= mask(min, max),
                    Trigger::Layouts(all) => layouts.extend(all.iter().map(|layout| {
                        let alone = scoring::alone(Confidence::new(layout.confidence), recognizer.check());
                        (*layout, Waiting { layout: *layout, spoken_for: alone < minimum, recognizer: index })
                    })),
                    Trigger::Byte(byte) => dispatch.bytes.push((byte, index)),
                    Trigger::Label => dispatch.labels.push(index),
                    Trigger::Block => dispatch.blocks.push(index),
                }
            }
            let cues = recognizer.cues();
            if lengths != Reach::default() {
                if dispatch.totals.last().is_none_or(|totals| totals.recognizers.len() == Totals::MOST) {
                    dispatch.totals.push(Totals::new());
                }
                dispatch
                    .totals
                    .iter_mut()
                    .next_back()
                    .into_iter()
                    .for_each(|totals| totals.add(index, !cues.is_empty(), &lengths));
            }
            let phrases = cues.iter().flat_map(|cues| cues.phrases_shown());
            phrases.for_each(|phrase| dispatch.speakers.add(phrase, index));
            let layout = layouts.iter().any(|(_, waiting)| waiting.recognizer == index && waiting.spoken_for);
            if layout || !cues.is_empty() {
                recognizer.info().context.iter().for_each(|phrase| dispatch.speakers.add(phrase, index));
            }
        }
        dispatch.layouts = Layouts::new(&layouts);
        dispatch
    }

    /// Calls every recognizer at each of its triggers in `block`. `accept` takes each proposal with its recognizer's index.
    pub fn run(&self, recognizers: &[&'static dyn Recognizer], block: &Block<'_>, mut accept: impl FnMut(u16, Proposal)) {
        let mut proposals = Vec::new();
        let mut call = |index: u16, token: usize, layout: Option<(Layout, Span)>| {
            recognizers[usize::from(index)].propose(&Site { block, token, layout }, &mut proposals);
            for proposal in proposals.drain(..) {
                accept(index, proposal);
            }
        };
        for index in &self.blocks {
            call(*index, 0, None);
        }
        if !block.labels.is_empty() && !block.tokens.is_empty() {
            self.labels.iter().for_each(|index| call(*index, 0, None));
        }
        let mut nearby = self.speakers.listen(block);
        let mut speaking = Vec::new();
        for at in block.notable().standing_out.iter().map(|at| *at as usize) {
            let token = &block.tokens[at];
            match token.kind {
                Kind::Punctuation(byte) => {
                    if self.bytes.iter().any(|(wanted, _)| *wanted == byte) {
                        self.bytes.iter().filter(|(wanted, _)| *wanted == byte).for_each(|(_, index)| call(*index, at, None));
                    }
                    if byte == b':' && is_label_end(block, at) {
                        self.labels.iter().for_each(|index| call(*index, at + 1, None));
                    }
                }
                Kind::Word if !begins_number(block, at) => {}
                Kind::Number | Kind::Word => {
                    nearby.collect(at.saturating_sub(BEFORE), at + AFTER, &mut speaking);
                    self.call_layouts(block, at, &speaking, &mut call);
                    if token.kind == Kind::Number || token.len() <= 4 {
                        self.call_totals(block, at, &speaking, &mut call);
                    }
                }
            }
        }
    }

    fn call_layouts(
        &self,
        block: &Block<'_>,
        at: usize,
        speaking: &[u16],
        call: &mut impl FnMut(u16, usize, Option<(Layout, Span)>),
    ) {
        let start = number_start(block, at);
        let mut alone = None;
        self.layouts.read(block.text, start, |end, fitting| {
            let heard = |waiting: &Waiting| !waiting.spoken_for || speaking.binary_search(&waiting.recognizer).is_ok();
            if fitting.iter().any(heard)
                && ends_alone(block.text, end)
                && *alone.get_or_insert_with(|| starts_alone(block.text, start))
            {
                for waiting in fitting.iter().filter(|waiting| heard(waiting)) {
                    call(waiting.recognizer, at, Some((waiting.layout, Span::new(start, end))));
                }
            }
        });
    }

    fn call_totals(
        &self,
        block: &Block<'_>,
        at: usize,
        speaking: &[u16],
        call: &mut impl FnMut(u16, usize, Option<(Layout, Span)>),
    ) {
        let reach = reach(block.tokens, at);
        for totals in &self.totals {
            let mut woken = totals.woken(&reach);
            while woken != 0 {
                let index = woken.trailing_zeros();
                let recognizer = totals.recognizers[index as usize];
                let spoken_for = totals.spoken_for >> index & 1 == 1;
                if !spoken_for || speaking.binary_search(&recognizer).is_ok() {
                    call(recognizer, at, None);
                }
                woken &= woken - 1;
            }
        }
    }
}

/// Where the number of a token starts: behind the letters of a script without blanks, which the token then starts with.
fn number_start(block: &Block<'_>, at: usize) -> usize {
    let token = &block.tokens[at];
    let start = token.start as usize;
    if !token.shape.has(Shape::NON_ASCII) {
        return start;
    }
    let text = block.str(at);
    start + text.find(|sign: char| !is_unspaced(Some(sign))).unwrap_or_default()
}

/// Whether the word at `at` is the letters before a number that can belong to it: `AB 12 34 56 C`, `CHE-123`.
fn begins_number(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    if token.len() > 6 || !token.shape.is_upper() {
        return false;
    }
    let number = |index: usize, gap: Gap| block.token(index).is_some_and(|next| next.kind == Kind::Number && next.gap <= gap);
    let joint = block.token(at + 1).is_some_and(|joint| is_joint(joint) && joint.gap == Gap::None);
    number(at + 1, Gap::Blank) || joint && number(at + 2, Gap::None)
}

const fn mask(min: u8, max: u8) -> u64 {
    let max = if max > 63 { 63 } else { max };
    (u64::MAX >> (63 - max)) & (u64::MAX << if min > 63 { 63 } else { min })
}

/// The totals that groups starting at token `at` come to.
fn reach(tokens: &[Token], at: usize) -> Reach {
    let (mut reach, mut total, mut letters, mut digit_seen) = (Reach::default(), 0_usize, false, false);
    let mut index = at;
    for _ in 0..GROUPS {
        let Some(token) = tokens.get(index) else { break };
        let is_group = token.kind == Kind::Number || token.kind == Kind::Word && token.len() <= 6 && token.shape.is_upper();
        if !is_group {
            break;
        }
        total += token.len();
        letters |= token.shape.has(Shape::LETTER);
        digit_seen |= token.kind == Kind::Number;
        if total > 63 {
            break;
        }
        if digit_seen {
            reach.alphanumeric |= 1 << total;
            if letters {
                reach.mixed |= 1 << total;
            } else {
                reach.digits |= 1 << total;
            }
        }
        // At most two joining characters, and no more than one blank, up to the next group.
        let mut joins = 0;
        index += 1;
        while joins < 2 && tokens.get(index).is_some_and(is_joint) {
            joins += 1;
            index += 1;
        }
        if tokens.get(index).is_none_or(|token| token.gap > Gap::Blank) {
            break;
        }
    }
    reach
}

fn is_joint(token: &Token) -> bool {
    matches!(token.kind, Kind::Punctuation(b'-' | b'.' | b'/' | b'(' | b')' | b'+' | b':' | b'_' | b',' | b'\''))
        && token.gap <= Gap::Blank
}

/// Whether the colon at `at` ends a label: a word before it and a value after.
fn is_label_end(block: &Block<'_>, at: usize) -> bool {
    let word_before =
        block.before(at).is_some_and(|before| before.kind == Kind::Word || before.is_byte(b')') || before.is_byte(b'"'));
    word_before
        && block.token(at + 1).is_some_and(|next| next.gap != Gap::None || matches!(next.kind, Kind::Punctuation(b'"' | b'\'')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenise;

    fn totals(text: &str) -> (Vec<usize>, Vec<usize>) {
        let mut tokens = Vec::new();
        tokenise(text, &mut tokens);
        let reach = reach(&tokens, 0);
        (bits(reach.digits).collect(), bits(reach.alphanumeric).collect())
    }

    #[test]
    fn groups_are_summed() {
        assert_eq!(totals("4111 1111-1111 1111").0, [4, 8, 12, 16]);
        assert_eq!(totals("555) 555-0100 then").0, [3, 6, 10]);
        assert_eq!(totals("AB 12 34 56 C"), (vec![], vec![4, 6, 8, 9]));
        assert_eq!(totals("12  34").0, [2]);
    }

    #[test]
    fn masks() {
        assert_eq!(mask(1, 3), 0b1110);
        assert_eq!(mask(9, 9), 1 << 9);
        assert_eq!(mask(60, 200), 0xf << 60);
    }
}
