//! What a recognizer is, and the recognizer that most entities need: patterns with a check.

use std::sync::OnceLock;

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizers::cue::Cues;
use crate::span::Span;
use crate::token::Gap;
use crate::validators::Check;
use crate::verdict::Verdict;

/// Proposes spans of one entity. Implementations keep no state, see no policy and do not look at each other's proposals.
///
/// A recognizer is called once for each of its triggers in the text, so its cost is in proportion to what might be found.
pub trait Recognizer: Sync {
    /// What it finds, for people and for scoring.
    fn info(&self) -> &Info;

    /// What in the text wakes it.
    fn triggers(&self) -> &'static [Trigger];

    /// Words one of which stands before every number it finds, or in the label of the segment, unless a context word is near.
    /// When there are any it is called only at numbers near one of them.
    fn cues(&self) -> Vec<&Cues> {
        Vec::new()
    }

    /// What tells a value from other numbers, when that is a check of its own.
    fn check(&self) -> Option<&Check> {
        None
    }

    /// Proposes what starts at, or lies around, the site. Proposals may overlap and repeat.
    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>);
}

/// What a recognizer finds. The text here makes the docs page and `subrosa list`; the walker test runs the examples.
pub struct Info {
    /// `module_path!()` of the recognizer's file. Path and entity are one: `uk/nhs.rs` is `UK_NHS`.
    pub module: &'static str,
    /// What it finds.
    pub entity: Entity,
    /// One sentence for people.
    pub summary: &'static str,
    /// Words and phrases that speak for it when they stand near or in the label; lower case. One that starts with
    /// [`LABEL_ONLY`](crate::context::LABEL_ONLY) counts in a label only.
    pub context: &'static [&'static str],
    /// Words and phrases that speak against it.
    pub negative_context: &'static [&'static str],
    /// Texts in which the part between `⟦` and `⟧` has to be found with this recognizer alone.
    pub hits: &'static [&'static str],
    /// Texts in which this recognizer must find nothing.
    pub misses: &'static [&'static str],
}

/// What in a text wakes a recognizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// Groups of digits, parted by at most two characters of punctuation or blanks, of together `min` to `max` digits start here.
    Digits {
        /// Fewest digits.
        min: u8,
        /// Most digits, at most 63.
        max: u8,
    },
    /// The same with capital or small letters among the digits: together `min` to `max` letters and digits, at least one a digit.
    Alphanumeric {
        /// Fewest letters and digits.
        min: u8,
        /// Most letters and digits, at most 63.
        max: u8,
    },
    /// The same with at least one letter and one digit.
    Mixed {
        /// Fewest letters and digits.
        min: u8,
        /// Most letters and digits, at most 63.
        max: u8,
    },
    /// A number written in one of these layouts, which no further letter or digit touches. The site tells the layout. When a
    /// layout and a passed check come to less than what is looked for, only a context word nearby wakes the recognizer.
    Layouts(&'static [Layout]),
    /// This punctuation character. The site's token is the character.
    Byte(u8),
    /// A value follows a label: the site's token is the first after `Name:`, or the first of a segment that has a label.
    Label,
    /// Once for each block; the site's token is 0. For recognizers that read running text.
    Block,
}

/// Where a recognizer is called.
pub struct Site<'a> {
    /// The text around.
    pub block: &'a Block<'a>,
    /// The token that triggered.
    pub token: usize,
    /// The layout that a number has and where it stands, if that triggered.
    pub layout: Option<(Layout, Span)>,
}

/// A span proposed, before scoring.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Where, in the block.
    pub span: Span,
    /// Before context.
    pub base: Confidence,
    /// Name of the pattern or rule.
    pub pattern: &'static str,
    /// What the check said. An invalid one may be proposed and is dropped.
    pub verdict: Verdict,
}

/// A named regular expression with the confidence that a match has before check and context.
pub struct Pattern {
    /// Name within the recognizer.
    pub id: &'static str,
    /// Tried at the trigger's token only. ASCII classes; `.` does not match a line end.
    pub regex: &'static str,
    /// Thousandths.
    pub confidence: u16,
    /// The byte that every match starts with, where the expression shows it: no need to try elsewhere.
    first: Option<u8>,
}

impl Pattern {
    /// A pattern.
    pub const fn new(id: &'static str, regex: &'static str, confidence: u16) -> Self {
        Self { id, regex, confidence, first: first_byte(regex) }
    }
}

/// The literal that an expression starts with. `None` when it starts with anything else, or has alternatives outside brackets.
const fn first_byte(regex: &str) -> Option<u8> {
    let bytes = regex.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b'|' if depth == 0 => return None,
            _ => {}
        }
        at += 1;
    }
    match bytes {
        [_, b'?' | b'*' | b'{', ..] | [b'\\', _, b'?' | b'*' | b'{', ..] => None,
        [b'\\', literal @ (b'+' | b'('), ..] | [literal @ b'0'..=b'9', ..] => Some(*literal),
        _ => None,
    }
}

/// A regular expression that is compiled when it is first needed, which keeps start-up short.
pub struct LazyRegex {
    compiled: OnceLock<Option<Regex>>,
}

impl LazyRegex {
    /// Not compiled yet.
    pub const fn new() -> Self {
        Self { compiled: OnceLock::new() }
    }

    /// The end of the match of `regex` that starts at `start`, looking at most `window` bytes ahead. Always call it with the
    /// same expression. An invalid one never matches; the walker test makes sure that there is none.
    pub fn match_at(&self, regex: &str, text: &str, start: usize, window: usize) -> Option<usize> {
        let input = self::window(text, start, window);
        let regex = self.compiled.get_or_init(|| compile(regex)).as_ref()?;
        regex.search(&input).map(|found| found.end()).filter(|end| text.is_char_boundary(*end))
    }
}

/// The text from `start` to at most `bytes` bytes further, for a match that begins there.
fn window(text: &str, start: usize, bytes: usize) -> Input<'_> {
    let end = text.floor_char_boundary(start + bytes);
    Input::new(text).span(start..end).anchored(Anchored::Yes)
}

impl Default for LazyRegex {
    fn default() -> Self {
        Self::new()
    }
}

/// Compiles with ASCII classes.
pub(crate) fn compile(regex: &str) -> Option<Regex> {
    let syntax = regex_automata::util::syntax::Config::new().unicode(false).utf8(false);
    Regex::builder().syntax(syntax).configure(Regex::config().utf8_empty(false)).build(regex).ok()
}

/// Most patterns of one recognizer.
pub const MOST_PATTERNS: usize = 12;

/// A recognizer made of patterns and a check: what most identifiers need.
pub struct PatternRecognizer {
    /// What it finds.
    pub info: Info,
    /// What wakes it.
    pub triggers: &'static [Trigger],
    /// Tried in order; each that matches proposes.
    pub patterns: &'static [Pattern],
    /// Checks the matched text. Separators are still in it.
    pub validate: fn(&str) -> Verdict,
    /// Whether the match may touch further letters or digits through `-`, `.`, `/`, `_` or `:`.
    pub inside_longer: bool,
    /// The patterns compiled; start with [`Compiled::new`].
    pub compiled: Compiled,
}

/// Room for the compiled patterns of a recognizer.
pub struct Compiled {
    each: [LazyRegex; MOST_PATTERNS],
    /// All of them as alternatives: most numbers match none, and this tells with one search.
    any: OnceLock<Option<Regex>>,
}

impl Compiled {
    /// Nothing compiled yet.
    pub const fn new() -> Self {
        Self { each: [const { LazyRegex::new() }; MOST_PATTERNS], any: OnceLock::new() }
    }

    /// Whether one of `patterns` matches at `start`.
    fn any_at(&self, patterns: &[Pattern], text: &str, start: usize) -> bool {
        let alternatives = || {
            let all: Vec<_> = patterns.iter().map(|pattern| format!("(?:{})", pattern.regex)).collect();
            compile(&all.join("|"))
        };
        let Some(any) = self.any.get_or_init(alternatives) else { return true };
        any.is_match(window(text, start, WINDOW).earliest(true))
    }
}

impl Default for Compiled {
    fn default() -> Self {
        Self::new()
    }
}

/// Longest identifier with its separators, in bytes.
const WINDOW: usize = 96;

impl Recognizer for PatternRecognizer {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        self.triggers
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let Some(token) = site.block.token(site.token) else { return };
        let text = site.block.text;
        let mut start = token.start as usize;
        // An opening bracket or plus sign belongs to a telephone number; the patterns say whether they want it.
        let lead = text[..start].bytes().rev().take_while(|byte| matches!(byte, b'(' | b'+')).count();
        start -= lead;
        let plain = token.start as usize;
        // One pattern alone is as well tried as asked for.
        let likely = |from: &usize| {
            starts_alone(text, *from) && (self.patterns.len() == 1 || self.compiled.any_at(self.patterns, text, *from))
        };
        let starts = [Some(start).filter(|start| *start != plain), Some(plain)].map(|from| from.filter(likely));
        if starts == [None, None] {
            return;
        }
        for (pattern, lazy, from) in self
            .patterns
            .iter()
            .zip(&self.compiled.each)
            .flat_map(|(pattern, lazy)| starts.into_iter().flatten().map(move |from| (pattern, lazy, from)))
        {
            let first = text.as_bytes().get(from);
            if pattern.first.is_some_and(|wanted| first != Some(&wanted)) {
                continue;
            }
            let Some(end) = lazy.match_at(pattern.regex, text, from, WINDOW) else { continue };
            if end <= from || !ends_alone(text, end) {
                continue;
            }
            let span = Span::new(from, end);
            let verdict = (self.validate)(span.of(text));
            if verdict != Verdict::Invalid {
                proposals.push(Proposal { span, base: Confidence::new(pattern.confidence), pattern: pattern.id, verdict });
            }
        }
    }
}

/// Whether no letter or digit touches what starts at `start` from before, not through a joining character either.
pub(crate) fn starts_alone(text: &str, start: usize) -> bool {
    let joins = |byte: u8| matches!(byte, b'-' | b'.' | b'/' | b'@' | b'\\');
    match &text.as_bytes()[..start] {
        [.., last] if is_word_byte(*last) => !last.is_ascii() && !is_word(text[..start].chars().next_back()),
        [.., first, last] if joins(*last) => !first.is_ascii_alphanumeric(),
        [.., first, b','] => !first.is_ascii_digit(),
        _ => true,
    }
}

/// The same for what follows `end`.
pub(crate) fn ends_alone(text: &str, end: usize) -> bool {
    match &text.as_bytes()[end..] {
        [first, ..] if is_word_byte(*first) => !first.is_ascii() && !is_word(text[end..].chars().next()),
        [b'-' | b'.' | b'/' | b':' | b',' | b'@', second, ..] => !second.is_ascii_digit(),
        _ => true,
    }
}

/// Whether the character is of a script in which words and numbers stand without blanks: Thai, Chinese, Japanese, Korean.
pub(crate) fn is_unspaced(character: Option<char>) -> bool {
    character
        .is_some_and(|character| matches!(character, '\u{e00}'..='\u{e7f}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}

/// Whether the character outside ASCII belongs to a word that would take in a number beside it.
fn is_word(character: Option<char>) -> bool {
    character.is_some_and(char::is_alphanumeric) && !is_unspaced(character)
}

/// Whether the byte is a letter, a digit or part of a character that may be one.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 && !is_separator_lead(byte) || byte == b'_'
}

/// First bytes of the typographic quotes, dashes and blanks (U+2000 to U+206F, U+00A0, U+00AB, U+00BB).
fn is_separator_lead(byte: u8) -> bool {
    matches!(byte, 0xe2 | 0xc2)
}

/// The check of recognizers that have none.
pub fn unchecked(_: &str) -> Verdict {
    Verdict::Unknown
}

/// Whether no line break lies between the token and the one before it.
pub fn same_line(block: &Block<'_>, token: usize) -> bool {
    block.token(token).is_some_and(|token| token.gap < Gap::Line)
}

#[cfg(test)]
mod tests {
    use super::first_byte;

    #[test]
    fn the_first_byte_of_an_expression() {
        assert_eq!(
            [first_byte(r"\+1"), first_byte(r"\(0\d"), first_byte("00[1-9]|"), first_byte("0(a|b)")].map(|b| b.unwrap_or(b'-')),
            *b"+(-0"
        );
        for open in [r"\d", "[12]", "(?:1)?2", "0?1", r"\+?1", "0{2}", "0|1", "a", ""] {
            assert_eq!(first_byte(open), None, "{open}");
        }
    }
}
