//! Which tokens the tagger looks at.

use crate::block::Block;
use crate::dictionary::{self, ClassInfo};
use crate::lexicon::Lexeme;
use crate::machine::CodeLines;
use crate::token::{Gap, Kind, Token};

use super::technical::is_technical;

/// A token that can begin or continue a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its index in the block.
    pub token: usize,
    /// It can only continue a name: `of`, `-`, `&`, a number.
    pub connector: bool,
    /// It stands right behind the site before, so that a name can go on over both.
    pub joined: bool,
}

/// Most connectors between two words of a name: `of the`, `- '`.
const MOST_CONNECTORS: usize = 3;

/// Appends the sites of a block, in order.
pub fn find(block: &Block<'_>, sites: &mut Vec<Site>) {
    let tokens = block.tokens;
    let mut next_free = 0;
    let mut code = CodeLines::default();
    let notable = block.notable();
    let small = block.is_without_capitals();
    // In a text without capitals every word is looked at, else those that have one and the names in small letters.
    let mut words = if small { 0..tokens.len() } else { 0..0 };
    let mut standing_out = notable.standing_out.iter().map(|index| *index as usize).filter(|_| !small).peekable();
    let mut small_names = notable.small_names.iter().map(|index| *index as usize).filter(|_| !small).peekable();
    let likely = std::iter::from_fn(|| match (standing_out.peek(), small_names.peek()) {
        (Some(one), Some(other)) if other < one => small_names.next(),
        (None, _) => small_names.next().or_else(|| words.next()),
        _ => standing_out.next(),
    });
    for index in likely {
        let token = &tokens[index];
        if index < next_free
            || token.kind != Kind::Word
            || !can_begin(block, index, token)
            || is_chaff(tokens, index)
            || is_technical(block, index)
            || code.has(block, index)
        {
            continue;
        }
        let joined =
            sites.last().is_some_and(|site| site.token + 1 == index) && (token.gap < Gap::Line || is_wrapped(block, index));
        sites.push(Site { token: index, connector: false, joined });
        next_free = index + 1;
        // What may tie this word to the next.
        let mut reach = 0;
        for offset in 1..=MOST_CONNECTORS {
            match tokens.get(index + offset) {
                Some(after) if after.kind == Kind::Word && can_begin(block, index + offset, after) => {
                    reach = offset - 1;
                    break;
                }
                Some(_) if offset == 1 && is_small_surname(block, index + 1) => {
                    reach = 1;
                    break;
                }
                Some(after) if is_connector(block, index + offset, after) => {
                    let number = after.kind == Kind::Number && (offset == 1 || tokens[index + offset - 1].is_byte(b'.'));
                    let stop = offset == 1 && after.is_byte(b'.') && after.gap == Gap::None;
                    if number || stop || is_second_half(block, index + offset) {
                        reach = offset;
                    }
                }
                _ => break,
            }
        }
        for offset in 1..=reach {
            sites.push(Site { token: index + offset, connector: true, joined: true });
        }
        next_free += reach;
    }
}

/// Whether a single letter stands in an unbroken row of single letters and signs, as in `A-A-A-`, far too long for a name that is
/// spelled out. A site costs a hundred times its byte there.
fn is_chaff(tokens: &[Token], index: usize) -> bool {
    const ROW: usize = 64;
    let row = || tokens.get(index.checked_sub(ROW)?..=index);
    tokens[index].is_one_letter()
        && row().is_some_and(|row| row[1..].iter().all(|token| token.len() <= 2 && token.gap == Gap::None))
}

/// Whether a name can begin with this word.
fn can_begin(block: &Block<'_>, index: usize, token: &Token) -> bool {
    if !token.is_capitalised() {
        let unknown = || {
            token.len() > 3
                && block.is_without_capitals()
                && !block.is_health_term(index)
                && block.lexeme_in_any_case(index).is_unknown()
        };
        return token.len() > 2
            && !block.is_all_capitals()
            && (block.is_small_name(index) || unknown())
            && !is_second_half(block, index);
    }
    let capital_after = block.token(index + 1).is_some_and(|next| next.is_capitalised() && next.gap <= Gap::Blank);
    capital_after
        || token.shape.is_upper() && !token.is_one_letter()
        || !is_plain(&block.lexeme(index))
        || !block.begins_sentence(index)
}

/// An everyday word that is in no other list: as first word of a sentence it has its capital from there.
fn is_plain(lexeme: &Lexeme) -> bool {
    lexeme.word.is_some_and(|word| word.mostly_lower_case && word.frequency >= 2)
        && lexeme.name.given.max(lexeme.name.surname) == 0
        && lexeme.place.is_none_or(|place| place.kind.is_none())
}

fn is_connector(block: &Block<'_>, index: usize, token: &Token) -> bool {
    if token.gap > Gap::Line {
        return false;
    }
    match token.kind {
        Kind::Punctuation(b'.') => token.gap == Gap::None && block.is_abbreviation(index),
        Kind::Punctuation(byte) => matches!(byte, b'-' | b'\'' | b'&' | b'/'),
        Kind::Number => token.gap <= Gap::Blank,
        Kind::Word if is_second_half(block, index) => true,
        Kind::Word => token.len() <= 3 || block.str(index).len() <= 5 && block.word(index).class != ClassInfo::default(),
    }
}

/// Shortest line, in bytes, that its writer broke because it was full.
const FULL_LINE: usize = 45;

/// Whether the line break before the token is one of running text, so that a name can go on behind it.
fn is_wrapped(block: &Block<'_>, index: usize) -> bool {
    let tokens = block.tokens;
    index > 0
        && tokens[index].gap == Gap::Line
        && (tokens[index - 1].end - tokens[block.line_start(index - 1)].start) as usize >= FULL_LINE
}

/// A surname in small letters behind a given name: `Donald trump`.
pub(super) fn is_small_surname(block: &Block<'_>, index: usize) -> bool {
    let Some(token) = block.token(index).filter(|token| token.kind == Kind::Word && token.gap == Gap::Blank) else {
        return false;
    };
    let given = index.checked_sub(1).is_some_and(|before| {
        let name = block.lexeme_in_any_case(before);
        name.name.given >= 2
            && if block.tokens[before].is_capitalised() { !name.is_everyday() } else { block.is_small_name(before) }
    });
    given
        && !token.is_capitalised()
        && token.len() > 3
        && dictionary::common_words().get(token.hash).is_none_or(|word| word.frequency < 3)
        && dictionary::names().get(token.hash).is_some_and(|name| name.surname >= 1 || name.given >= 1)
}

/// The small second half of a hyphenated word: `Min-jun`.
pub(super) fn is_second_half(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_some_and(|token| token.kind == Kind::Word && token.gap == Gap::None)
        && block.before(index).is_some_and(|before| before.is_byte(b'-') && before.gap == Gap::None)
}
