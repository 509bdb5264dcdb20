//! The recognizer for identifiers that have no form of their own: what follows `MRN`, `account no.` or `passport`.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::token::{Gap, Kind, Shape};
use crate::verdict::Verdict;

use super::cue::{Cue, Cues, Words};

/// Fewest and most bytes of an identifier.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=30;
/// Fewest digits: `amd64` and `B12` are no identifiers.
const DIGITS: usize = 3;
/// Most further identifiers in `nos. 1/96, 2/96 and 3/96`.
const LIST: usize = 64;

/// What wakes it: any number that is long enough.
pub const TRIGGERS: &[Trigger] = &[Trigger::Alphanumeric { min: 3, max: 30 }];

/// Units and words after a number that make it a quantity.
static UNITS: Words = Words::new(&[
    "mg", "mcg", "ug", "g", "kg", "ml", "l", "dl", "mm", "cm", "m", "km", "mmol", "units", "iu", "bpm", "hz", "kb", "mb", "gb",
    "ms", "years", "year", "months", "days", "hours", "minutes", "weeks", "times", "people", "patients", "pages", "eur", "usd",
    "gbp", "euros", "dollars", "pounds", "percent", "am", "pm",
]);

/// A recognizer whose values are runs of letters and digits that a cue announces.
pub struct LabelledRecognizer {
    /// What it finds. Its context holds the cues too, for scoring.
    pub info: Info,
    /// What announces a value.
    pub cues: Cues,
    /// Confidence before context, in thousandths.
    pub base: u16,
    /// Checks the value with its separators.
    pub validate: fn(&str) -> Verdict,
}

impl Recognizer for LabelledRecognizer {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        TRIGGERS
    }

    fn cues(&self) -> Vec<&Cues> {
        vec![&self.cues]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        Rule { cues: &self.cues, base: self.base, validate: self.validate }.propose(site, proposals);
    }
}

/// What [`LabelledRecognizer`] does, for recognizers that do more.
pub struct Rule<'a> {
    /// What announces a value.
    pub cues: &'a Cues,
    /// Confidence before context, in thousandths.
    pub base: u16,
    /// Checks the value with its separators.
    pub validate: fn(&str) -> Verdict,
}

impl Rule<'_> {
    /// Proposes the value that the number at the site belongs to, and those that follow in a list.
    pub fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        if block.token(site.token).is_none_or(|token| token.kind != Kind::Number) {
            return;
        }
        let Some((mut first, cue)) = self.start(block, site.token) else { return };
        let mut last = end(block, site.token);
        if !self.accept(block, first, last, cue, "cue", proposals) {
            return;
        }
        // A list goes on with values of the same make.
        for _ in 0..LIST {
            let Some(next) = next_of_list(block, last) else { break };
            let next_last = end(block, next);
            if make(block, first, last) != make(block, next, next_last)
                || !self.accept(block, next, next_last, Cue { marked: true, weak: false, above: false }, "list", proposals)
            {
                break;
            }
            (first, last) = (next, next_last);
        }
    }

    /// The first token of the identifier that the number at `number` belongs to, and its cue.
    fn start(&self, block: &Block<'_>, number: usize) -> Option<(usize, Cue)> {
        let mut first = number;
        while first >= 2 && joins_left(block, first) {
            first -= 2;
            if block.tokens[first].kind == Kind::Number {
                return None; // the first number of the identifier proposes it
            }
            if self.cues.ends_at(block, first) == Some(false) {
                return Some((first + 2, Cue { marked: true, weak: false, above: false }));
            }
        }
        if let Some(cue) = self.cues.of(block, first) {
            return Some((first, cue));
        }
        // `AB 123456`: letters before a blank belong to it when the cue stands before them.
        let letters = block.before(first)?;
        let belongs = letters.kind == Kind::Word && letters.len() <= 3 && letters.shape.is_upper();
        if !belongs || block.tokens[first].gap > Gap::Blank || letters.gap >= Gap::Line {
            return None;
        }
        self.cues.of(block, first - 1).map(|cue| (first - 1, cue))
    }

    fn accept(
        &self,
        block: &Block<'_>,
        first: usize,
        last: usize,
        cue: Cue,
        pattern: &'static str,
        proposals: &mut Vec<Proposal>,
    ) -> bool {
        let span = block.span(first, last);
        let value = span.of(block.text);
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        if digits < DIGITS
            || !LENGTH.contains(&value.len())
            || is_quantity(block, last)
            || is_amount(block, first)
            || is_date(value)
            || is_constant(block, last)
            || is_decimal(value)
            || value.starts_with("ISO-")
            || value.starts_with("UTF-")
        {
            return false;
        }
        // `plan is HP-987654`: an everyday word and a value that is clearly no word or amount.
        if !cue.holds() && (cue.above || !is_code(value)) {
            return false;
        }
        // Under a heading the value is alone: `INSURANCE`, next line `12345 Main Street` is none.
        let alone = block.token(last + 1).is_none_or(|next| next.gap >= Gap::Wide || matches!(next.kind, Kind::Punctuation(_)));
        if cue.above && !alone {
            return false;
        }
        // `case of 1998` names a year; `case no. 1998` a case.
        if !cue.marked && first == last && is_year(value) {
            return false;
        }
        let verdict = (self.validate)(value);
        if verdict == Verdict::Invalid {
            return false;
        }
        proposals.push(Proposal { span, base: Confidence::new(self.base), pattern, verdict });
        true
    }
}

/// Whether the token at `index` and the word or number before it are joined by a character without blanks.
fn joins_left(block: &Block<'_>, index: usize) -> bool {
    let (joint, before) = (&block.tokens[index - 1], &block.tokens[index - 2]);
    if block.tokens[index].gap != Gap::None || joint.gap != Gap::None {
        return false;
    }
    match joint.kind {
        Kind::Punctuation(b'-' | b'/' | b'_') => before.kind == Kind::Number || before.kind == Kind::Word && before.len() <= 6,
        Kind::Punctuation(b'.') => before.kind == Kind::Number,
        _ => false,
    }
}

/// The last token of the identifier that the number at `number` belongs to.
fn end(block: &Block<'_>, number: usize) -> usize {
    let mut last = number;
    loop {
        let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
        if let (Some(joint), Some(next)) = (touching(last + 1), touching(last + 2)) {
            let goes_on = match joint.kind {
                Kind::Punctuation(b'-' | b'/' | b'_') => {
                    next.kind == Kind::Number || next.kind == Kind::Word && (next.shape.is_upper() || next.len() == 1)
                }
                Kind::Punctuation(b'.') => next.kind == Kind::Number,
                _ => false,
            };
            if goes_on {
                last += 2;
                continue;
            }
        }
        // `89 26783467 80.`: further groups, when they are alike or the last of them ends the line or sentence.
        let Some(groups) = blank_groups(block, last) else { return last };
        return groups;
    }
}

/// The last of the groups of digits that follow after single blanks, if the run of them ends what is said.
fn blank_groups(block: &Block<'_>, last: usize) -> Option<usize> {
    let mut at = last;
    while at - last < 6 && block.token(at + 1).is_some_and(|next| next.gap == Gap::Blank && next.is_digits() && next.len() <= 9) {
        at += 1;
    }
    let ends = block.token(at + 1).is_none_or(|next| {
        next.gap >= Gap::Wide
            || next.is_byte(b')')
            || next.is_byte(b'.') && block.token(at + 2).is_none_or(|after| after.gap != Gap::None)
    });
    // `4716 9876 2234 1561`, `12 345 678 903`.
    let digits = |index: usize| block.tokens[index].len();
    let alike = at >= last + 2
        && digits(at) >= 3
        && (last + 1..at).all(|index| digits(index) == digits(at))
        && digits(last) <= digits(at);
    (at > last && (ends || alike)).then_some(at)
}

/// After `, `, ` and ` or the like: the number that continues a list.
fn next_of_list(block: &Block<'_>, last: usize) -> Option<usize> {
    let mut at = last + 1;
    while at <= last + 2 {
        let token = block.token(at)?;
        let joins = matches!(token.kind, Kind::Punctuation(b',' | b';' | b'&'))
            || matches!(block.str(at), "and" | "or" | "und" | "et" | "y" | "e" | "en");
        if !joins {
            break;
        }
        at += 1;
    }
    (at > last + 1 && block.token(at)?.kind == Kind::Number && block.token(at)?.gap <= Gap::Line).then_some(at)
}

/// What a value is made of: the kinds of its tokens.
fn make(block: &Block<'_>, first: usize, last: usize) -> (usize, Option<u8>, bool) {
    let joint = block.token(first + 1).filter(|_| last > first).and_then(|token| match token.kind {
        Kind::Punctuation(byte) => Some(byte),
        _ => None,
    });
    (last - first, joint, block.tokens[first].shape.has(Shape::LETTER))
}

/// Whether a unit, a percent sign or a thousands separator follows.
fn is_quantity(block: &Block<'_>, last: usize) -> bool {
    let Some(next) = block.token(last + 1) else { return false };
    let decimal = next.is_byte(b',')
        && next.gap == Gap::None
        && block.token(last + 2).is_some_and(|after| after.gap == Gap::None && after.is_digits() && after.len() == 3);
    next.is_byte(b'%') || decimal || next.gap <= Gap::Blank && UNITS.has(next)
}

/// `0.4811`: a measure, whatever its column is called.
fn is_decimal(value: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    value.split_once('.').is_some_and(|(whole, rest)| whole.len() <= 3 && digits(whole) && digits(rest))
}

/// Whether it goes on as the name of a constant does: `NL80211_ATTR`.
fn is_constant(block: &Block<'_>, last: usize) -> bool {
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    block.token(last).is_some_and(|token| token.shape.has(Shape::LETTER))
        && touching(last + 1).is_some_and(|sign| sign.is_byte(b'_'))
        && touching(last + 2).is_some_and(|next| next.kind == Kind::Word)
}

/// Whether a currency sign stands before.
fn is_amount(block: &Block<'_>, first: usize) -> bool {
    first > 0 && matches!(block.str(first - 1), "$" | "€" | "£" | "¥" | "+" | "~" | "<")
}

/// Whether the value is a date with a year of four digits; dates are somebody else's.
fn is_date(value: &str) -> bool {
    crate::dates::numeric(value, 0).is_some_and(|(end, form)| end == value.len() && form.is_complete())
}

/// Whether it has letters and at least five digits.
fn is_code(value: &str) -> bool {
    !value.contains(' ')
        && value.bytes().any(|byte| byte.is_ascii_uppercase())
        && value.bytes().filter(u8::is_ascii_digit).count() >= 5
}

fn is_year(value: &str) -> bool {
    value.len() == 4 && (value.starts_with("19") || value.starts_with("20")) && value.bytes().all(|byte| byte.is_ascii_digit())
}
