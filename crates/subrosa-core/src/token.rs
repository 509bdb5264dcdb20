//! Words, numbers and punctuation of a text.

use crate::dictionary::{letters_hash, short_letters_hash, word_hash};
use crate::span::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters only.
    Word,
    /// Letters and digits, at least one digit.
    Number,
    /// One other character. ASCII punctuation is kept as its byte, all else is 0.
    Punctuation(u8),
}

/// A run of letters and digits, or one punctuation character. White space is no token; [`Token::gap`] tells what stood before.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte, in the block's text.
    pub start: u32,
    /// First byte after.
    pub end: u32,
    /// What it is made of.
    pub kind: Kind,
    /// Letter case and what characters occur.
    pub shape: Shape,
    /// White space before it.
    pub gap: Gap,
    /// [`word_hash`] of a word; 0 for numbers and punctuation.
    pub hash: u64,
}

impl Token {
    /// Where it stands.
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Bytes of text.
    pub const fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Never: a token has at least one byte.
    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether it is a single letter. Those outside ASCII that names are written with take two bytes.
    pub const fn is_one_letter(&self) -> bool {
        matches!(self.kind, Kind::Word) && (self.len() == 1 || self.len() == 2 && self.shape.has(Shape::NON_ASCII))
    }

    /// Whether it is a word that starts with a capital.
    pub fn is_capitalised(&self) -> bool {
        self.kind == Kind::Word && self.shape.has(Shape::CAPITAL_FIRST)
    }

    /// Whether it is this ASCII punctuation character.
    pub fn is_byte(&self, byte: u8) -> bool {
        self.kind == Kind::Punctuation(byte)
    }

    /// Whether it is a number without letters.
    pub fn is_digits(&self) -> bool {
        self.kind == Kind::Number && !self.shape.has(Shape::LETTER)
    }
}

/// A set of facts about the characters of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u8);

impl Shape {
    /// The first character is an upper-case letter.
    pub const CAPITAL_FIRST: Self = Self(1);
    /// Some character is an upper-case letter.
    pub const UPPER: Self = Self(1 << 1);
    /// Some character is a lower-case letter.
    pub const LOWER: Self = Self(1 << 2);
    /// Some character is a digit.
    pub const DIGIT: Self = Self(1 << 3);
    /// Some character is a letter.
    pub const LETTER: Self = Self(1 << 4);
    /// Some character is outside ASCII.
    pub const NON_ASCII: Self = Self(1 << 5);

    /// Whether all facts of `other` hold.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there are letters and all are capitals.
    pub const fn is_upper(self) -> bool {
        self.has(Self::UPPER) && !self.has(Self::LOWER)
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// White space before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// None: the token touches the one before.
    None,
    /// One blank.
    Blank,
    /// Several blanks, or a tab: a column of a table or form.
    Wide,
    /// A line break.
    Line,
    /// An empty line, or the start of the text.
    Paragraph,
}

const LOWER: u8 = Shape::LOWER.0 | Shape::LETTER.0;
const UPPER: u8 = Shape::UPPER.0 | Shape::LETTER.0;
const DIGIT: u8 = Shape::DIGIT.0;
const HIGH: u8 = 0x80;
const WORD: u8 = LOWER | UPPER | DIGIT;

/// For each byte its [`Shape`] bits, or [`HIGH`] for parts of characters outside ASCII, or 0.
static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            0x80.. => HIGH,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// Appends the tokens of `text` to `tokens`. One pass, no allocation but the vector's growth.
pub fn tokenise(text: &str, tokens: &mut Vec<Token>) {
    read(text, tokens, |_, _| {});
}

/// [`tokenise`], which shows every token with its index to `see`.
#[inline]
pub(crate) fn read(text: &str, tokens: &mut Vec<Token>, mut see: impl FnMut(usize, &Token)) {
    let bytes = text.as_bytes();
    // As many as prose has, so that the vector seldom grows.
    tokens.reserve(bytes.len() / 5);
    let mut at = 0;
    let mut gap = Gap::Paragraph;
    let mut push = |token: Token| {
        see(tokens.len(), &token);
        tokens.push(token);
    };
    while at < bytes.len() {
        let class = CLASS[bytes[at] as usize];
        if class & WORD != 0 {
            let token = run(text, at, gap);
            at = token.end as usize;
            push(token);
            gap = Gap::None;
        } else if class == HIGH {
            let (character, width) = char_at(text, at);
            if character.is_alphanumeric() {
                let token = run(text, at, gap);
                at = token.end as usize;
                push(token);
                gap = Gap::None;
            } else if character.is_whitespace() {
                gap = gap.max(if matches!(character, '\u{2028}' | '\u{2029}' | '\u{85}') { Gap::Line } else { Gap::Blank });
                at += width;
            } else if is_ignorable(character) {
                at += width;
            } else {
                push(punctuation(at, at + width, ascii_like(character), gap));
                at += width;
                gap = Gap::None;
            }
        } else {
            match bytes[at] {
                b' ' => gap = if gap == Gap::Blank { Gap::Wide } else { gap.max(Gap::Blank) },
                b'\n' => gap = if gap >= Gap::Line { Gap::Paragraph } else { Gap::Line },
                b'\r' if bytes.get(at + 1) != Some(&b'\n') => gap = if gap >= Gap::Line { Gap::Paragraph } else { Gap::Line },
                b'\t' | 0x0b | 0x0c => gap = gap.max(Gap::Wide),
                b'\r' => {}
                byte => {
                    push(punctuation(at, at + 1, byte, gap));
                    gap = Gap::None;
                }
            }
            at += 1;
        }
    }
}

/// The run of letters and digits that starts at `start`.
#[inline]
fn run(text: &str, start: usize, gap: Gap) -> Token {
    if let Some(chunk) = text.as_bytes()[start..].first_chunk::<8>()
        && let Some(token) = short_run(u64::from_le_bytes(*chunk), start, gap)
    {
        return token;
    }
    long_run(text, start, gap)
}

/// A byte of eight ones, eight times.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The bit of each byte that parts small letters from capitals.
const SMALL: u64 = 0x20 * ONES;
/// The highest bit of each byte.
const TOPS: u64 = 0x80 * ONES;

/// The highest bit of each byte of `chunk`, which are ASCII, that is `low` or more and below `end`.
const fn between(chunk: u64, low: u8, end: u8) -> u64 {
    (chunk + (0x80 - low as u64) * ONES) & !(chunk + (0x80 - end as u64) * ONES) & TOPS
}

/// The run of ASCII letters and digits that the eight bytes of `chunk` begin with, if it ends within them: all of them at once,
/// since a loop over the letters of a word ends where no processor expects it to.
#[inline]
fn short_run(chunk: u64, start: usize, gap: Gap) -> Option<Token> {
    let ascii = chunk & !TOPS;
    let letters = between(ascii | SMALL, b'a', b'z' + 1) & !chunk;
    let digits = between(ascii, b'0', b'9' + 1) & !chunk;
    let ends = !(letters | digits) & TOPS;
    let len = ends.trailing_zeros() / 8;
    // Nothing ends within them, or what ends there is a character that may go on with the word.
    if len == 8 || ends & chunk & ends.wrapping_neg() != 0 {
        return None;
    }
    let inside = (1 << (8 * len)) - 1;
    let (letters, digits) = (letters & inside, digits & inside);
    // The bit of small letters, moved to the top of its byte.
    let small = letters & chunk << 2;
    let capitals = letters & !small;
    let fact = |found: u64, fact: Shape| if found == 0 { 0 } else { fact.0 };
    let shape = Shape(
        fact(letters, Shape::LETTER)
            | fact(small, Shape::LOWER)
            | fact(capitals, Shape::UPPER)
            | fact(digits, Shape::DIGIT)
            | fact(capitals & 0x80, Shape::CAPITAL_FIRST),
    );
    let (kind, hash) = if digits == 0 { (Kind::Word, short_letters_hash(chunk & inside, len)) } else { (Kind::Number, 0) };
    Some(Token { start: start as u32, end: start as u32 + len, kind, shape, gap, hash })
}

/// A run of any length, with characters outside ASCII or without.
fn long_run(text: &str, start: usize, gap: Gap) -> Token {
    let bytes = text.as_bytes();
    // Nothing outside ASCII is in it, not even what nobody sees.
    let mut ascii = true;
    let mut bits = 0_u8;
    let mut at = start;
    loop {
        for byte in &bytes[at..] {
            let class = CLASS[*byte as usize] & WORD;
            if class == 0 {
                break;
            }
            bits |= class;
            at += 1;
        }
        if at >= bytes.len() || CLASS[bytes[at] as usize] != HIGH {
            break;
        }
        let (character, width) = char_at(text, at);
        if character.is_uppercase() {
            bits |= UPPER | Shape::NON_ASCII.0;
        } else if character.is_numeric() {
            bits |= DIGIT | Shape::NON_ASCII.0;
        } else if character.is_alphabetic() || is_combining(character) {
            bits |= LOWER | Shape::NON_ASCII.0;
        } else if !is_ignorable(character) {
            break;
        }
        ascii = false;
        at += width;
    }
    let mut shape = Shape(bits);
    let first = CLASS[bytes[start] as usize];
    if first == UPPER || (first == HIGH && char_at(text, start).0.is_uppercase()) {
        shape = shape.with(Shape::CAPITAL_FIRST);
    }
    let (kind, hash) = if shape.has(Shape::DIGIT) {
        (Kind::Number, 0)
    } else if ascii {
        (Kind::Word, letters_hash(&bytes[start..at]))
    } else {
        (Kind::Word, word_hash(&text[start..at]))
    };
    Token { start: start as u32, end: at as u32, kind, shape, gap, hash }
}

fn punctuation(start: usize, end: usize, byte: u8, gap: Gap) -> Token {
    Token { start: start as u32, end: end as u32, kind: Kind::Punctuation(byte), shape: Shape::default(), gap, hash: 0 }
}

fn char_at(text: &str, at: usize) -> (char, usize) {
    text[at..].chars().next().map_or(('\0', 1), |character| (character, character.len_utf8()))
}

fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}')
}

/// Invisible characters that may stand inside a word without parting it.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The ASCII character that a typographic one stands for, else 0.
fn ascii_like(character: char) -> u8 {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' => b'\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => b'"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => b'-',
        '\u{2026}' => b'.',
        '\u{ff1a}' => b':',
        '\u{ff20}' => b'@',
        '\u{b7}' | '\u{2022}' => b'*',
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        tokenise(text, &mut tokens);
        tokens.iter().map(|token| format!("{:?} {:?}", token.gap, token.span().of(text))).collect()
    }

    #[test]
    fn words_numbers_and_punctuation() {
        assert_eq!(
            shown("Dr. O’Neil, 4B"),
            ["Paragraph \"Dr\"", "None \".\"", "Blank \"O\"", "None \"’\"", "None \"Neil\"", "None \",\"", "Blank \"4B\"",]
        );
    }

    #[test]
    fn gaps() {
        assert_eq!(
            shown("a b  c\td\ne\n\nf\r\ng"),
            ["Paragraph \"a\"", "Blank \"b\"", "Wide \"c\"", "Wide \"d\"", "Line \"e\"", "Paragraph \"f\"", "Line \"g\"",]
        );
    }

    #[test]
    fn invisible_characters_do_not_part_words() {
        assert_eq!(shown("Jo\u{ad}hn \u{200b}Zoe\u{301}").len(), 2);
    }

    proptest! {
        #[test]
        fn short_runs_are_as_long_ones(text in "[ -~é\u{200b}]{0,24}") {
            let mut tokens = Vec::new();
            tokenise(&text, &mut tokens);
            for token in tokens.iter().filter(|token| !matches!(token.kind, Kind::Punctuation(_))) {
                let long = long_run(&text, token.start as usize, token.gap);
                prop_assert_eq!(format!("{token:?}"), format!("{long:?}"));
            }
        }
    }

    #[test]
    fn shapes() {
        let mut tokens = Vec::new();
        tokenise("Éva IBM iPod x9 42", &mut tokens);
        let facts: Vec<_> =
            tokens.iter().map(|token| (token.is_capitalised(), token.shape.is_upper(), token.is_digits())).collect();
        assert_eq!(
            facts,
            [(true, false, false), (true, true, false), (false, false, false), (false, false, false), (false, false, true)]
        );
    }
}
