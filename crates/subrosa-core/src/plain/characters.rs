//! Characters that stand for others: width, blanks, dashes, digits of other scripts, look-alikes, and those nobody sees.
//!
//! A dash becomes a hyphen only where letters or digits touch it on both sides, so that a dash between clauses stays one. A
//! look-alike becomes Latin only in a word that has Latin letters or digits, too, and nothing else foreign: words in Russian
//! or Greek stay. Typographic quotation marks stay; tokens know them.
//!
//! *References*: UAX #15 (compatibility characters), UTS #39 (confusables), UAX #44 (default ignorable code points).

use std::borrow::Cow;

use crate::plain::Rewrite;

/// The rewrites of `text`, in order. Nothing is allocated when there are none.
pub fn rewrites(text: &str) -> Vec<Rewrite> {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    let bytes = text.as_bytes();
    // End of the last word looked at for look-alikes, so that each word is looked at once.
    let mut word_done = 0;
    let mut at = 0;
    while let Some(next) = not_ascii(bytes, at) {
        at = next;
        // Letters with accents and quotation marks: most of what is not ASCII in prose.
        match bytes[at..] {
            [0xc3..=0xc8, ..] => {
                at += 2;
                continue;
            }
            [0xe2, 0x80, 0x98..=0x9f, ..] => {
                at += 3;
                continue;
            }
            _ => {}
        }
        let Some(character) = text[at..].chars().next() else { break };
        let end = at + character.len_utf8();
        if is_look_alike(character) {
            if at >= word_done {
                word_done = word(text, at, &mut found);
            }
        } else if let Some((end, plain)) = rewritten(text, at, end, character) {
            found.push(Rewrite::new(at, end, plain));
            at = end;
            continue;
        }
        at = end;
    }
    // A word's look-alikes are found together, before other characters in it.
    if !found.is_sorted_by_key(|rewrite| rewrite.source.start) {
        found.sort_by_key(|rewrite| rewrite.source.start);
    }
    found
}

/// Where the first byte at or after `at` stands that is not ASCII.
fn not_ascii(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let high = u64::from_le_bytes(*chunk) & 0x8080_8080_8080_8080;
        if high != 0 {
            return Some(at + high.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    bytes.get(at..)?.iter().position(|byte| !byte.is_ascii()).map(|skipped| at + skipped)
}

/// The text with its characters rewritten: for labels and other short texts that need no way back.
pub fn plain(text: &str) -> Cow<'_, str> {
    let rewrites = rewrites(text);
    if rewrites.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(super::Rewritten::new(text, &rewrites).text) }
}

/// What `character`, at `at..end`, is rewritten to, and up to where.
fn rewritten(text: &str, at: usize, end: usize, character: char) -> Option<(usize, Cow<'static, str>)> {
    let plain: Cow<'static, str> = match character {
        '\u{ad}' => {
            // A word parted at the line end.
            let rest = &text.as_bytes()[end..];
            let line = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let goes_on = (1..=2).contains(&line) && rest.get(line).is_some_and(u8::is_ascii_alphanumeric);
            return Some((if goes_on { end + line } else { end }, "".into()));
        }
        character if is_unseen(character) => "".into(),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ".into(),
        '\u{85}' | '\u{2028}' | '\u{2029}' => "\n".into(),
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{2043}' | '\u{fe63}' if touched(text, at, end, is_joined) => "-".into(),
        '\u{2014}' | '\u{2015}' if touched(text, at, end, |byte| byte.is_ascii_digit()) => "-".into(),
        '\u{3002}' | '\u{ff61}' | '\u{2024}' if touched(text, at, end, |byte| byte.is_ascii_alphanumeric()) => ".".into(),
        '\u{2044}' | '\u{2215}' if touched(text, at, end, |byte| byte.is_ascii_digit()) => "/".into(),
        '\u{fe6b}' => "@".into(),
        '\u{ff01}'..='\u{ff5e}' => ascii(u32::from(character) - 0xfee0)?,
        '\u{1d400}'..='\u{1d7ff}' => styled(character)?,
        '\u{fb00}' => "ff".into(),
        '\u{fb01}' => "fi".into(),
        '\u{fb02}' => "fl".into(),
        '\u{fb03}' => "ffi".into(),
        '\u{fb04}' => "ffl".into(),
        '\u{fb05}' | '\u{fb06}' => "st".into(),
        character => digit(character)?,
    };
    Some((end, plain))
}

/// Characters that take no room and part nothing.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether what a reader sees right before `at` and right after `end` both hold.
fn touched(text: &str, at: usize, end: usize, holds: impl Fn(u8) -> bool) -> bool {
    let seen = |character: &char| *character != '\u{ad}' && !is_unseen(*character);
    let byte = |character: Option<char>| {
        character.and_then(|character| match u32::from(character) {
            wide @ 0xff01..=0xff5e => u8::try_from(wide - 0xfee0).ok(),
            code => u8::try_from(code).ok().filter(u8::is_ascii),
        })
    };
    let before = byte(text[..at].chars().rev().take(8).find(seen));
    let after = byte(text[end..].chars().take(8).find(seen));
    before.is_some_and(&holds) && after.is_some_and(&holds)
}

fn is_joined(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'(' | b')')
}

fn ascii(code: u32) -> Option<Cow<'static, str>> {
    u8::try_from(code).ok().filter(u8::is_ascii).map(|byte| char::from(byte).to_string().into())
}

/// Bold, script and other letters and digits made for formulas.
fn styled(character: char) -> Option<Cow<'static, str>> {
    let mut plain = None;
    unicode_normalization::char::decompose_compatible(character, |part| plain = Some(part));
    ascii(plain?.into())
}

/// The ASCII digit for a decimal digit of another script.
fn digit(character: char) -> Option<Cow<'static, str>> {
    /// The noughts of the scripts in use today.
    const NOUGHTS: &[u32] = &[
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040,
        0x17e0, 0x1810,
    ];
    let code = u32::from(character);
    let index = NOUGHTS.partition_point(|nought| *nought <= code).checked_sub(1)?;
    let value = code - NOUGHTS.get(index)?;
    if value < 10 { ascii(u32::from(b'0') + value) } else { None }
}

/// Looks at the word from the look-alike at `at`, its first; adds the rewrites of its look-alikes if it is a word in disguise.
/// The end of the word.
fn word(text: &str, at: usize, found: &mut Vec<Rewrite>) -> usize {
    let in_word = |character: char| character.is_alphanumeric() || character == '\u{ad}' || is_unseen(character);
    let before = text[..at].chars().rev().take_while(|character| in_word(*character)).take(LONGEST);
    let rest = &text[at..];
    let len: usize = rest.chars().take_while(|character| in_word(*character)).map(char::len_utf8).sum();
    let (mut latin, mut foreign) = (false, false);
    for character in before.chain(rest[..len].chars()) {
        latin |= character.is_ascii_alphanumeric() || matches!(character, '\u{ff10}'..='\u{ff5a}');
        foreign |= !(character < '\u{250}' || is_look_alike(character) || !character.is_alphanumeric() || is_wide(character));
    }
    if latin && !foreign {
        for (offset, character) in rest[..len].char_indices() {
            if let Some(plain) = latin_of(character) {
                found.push(Rewrite::new(at + offset, at + offset + character.len_utf8(), plain));
            }
        }
    }
    at + len
}

/// Letters of a word before a look-alike that are looked at, at most.
const LONGEST: usize = 64;

fn is_wide(character: char) -> bool {
    matches!(character, '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}')
}

fn is_look_alike(character: char) -> bool {
    latin_of(character).is_some()
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn latin_of(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{430}' | '\u{251}' => "a",
        '\u{435}' => "e",
        '\u{43e}' | '\u{3bf}' => "o",
        '\u{440}' | '\u{3c1}' => "p",
        '\u{441}' | '\u{3f2}' => "c",
        '\u{443}' => "y",
        '\u{445}' => "x",
        '\u{456}' => "i",
        '\u{458}' => "j",
        '\u{455}' => "s",
        '\u{501}' => "d",
        '\u{4bb}' => "h",
        '\u{51b}' => "q",
        '\u{51d}' => "w",
        '\u{4cf}' => "l",
        '\u{261}' => "g",
        '\u{3bd}' => "v",
        '\u{410}' | '\u{391}' => "A",
        '\u{412}' | '\u{392}' => "B",
        '\u{421}' | '\u{3f9}' => "C",
        '\u{415}' | '\u{395}' => "E",
        '\u{41d}' | '\u{397}' => "H",
        '\u{406}' | '\u{399}' | '\u{4c0}' => "I",
        '\u{408}' => "J",
        '\u{41a}' | '\u{39a}' => "K",
        '\u{41c}' | '\u{39c}' => "M",
        '\u{39d}' => "N",
        '\u{41e}' | '\u{39f}' => "O",
        '\u{420}' | '\u{3a1}' => "P",
        '\u{405}' => "S",
        '\u{422}' | '\u{3a4}' => "T",
        '\u{425}' | '\u{3a7}' => "X",
        '\u{423}' | '\u{3a5}' => "Y",
        '\u{396}' => "Z",
        _ => return None,
    })
}
