//! Digits that were misread as letters: `2l9-O9-9999`, `(3I2) 555-Ol42`, `O3/O4/197O`, `SSN 2190999g9` is none.
//!
//! `O`, `o`, `Q` and `D` stay letters unless the form of the number or the word before it says that all of it is digits:
//! groups of three, two and four, of three, three and four, four fours, a date, or at least seven signs after `SSN`, `phone`
//! and the like. More than half of the signs have to be digits as they stand.

use crate::block::Block;
use crate::notable::Notable;
use crate::plain::Rewrite;
use crate::recognizers::cue::{Cue, Cues};
use crate::token::{Gap, Kind, Shape, Token};

/// Most tokens of a number.
const MOST: usize = 9;

/// Words before numbers that have no letters.
static CUES: Cues = Cues::new(
    &[
        "ssn",
        "social security",
        "social security number",
        "soc sec",
        "phone",
        "telephone",
        "tel",
        "mobile",
        "cell",
        "fax",
        "telefon",
        "teléfono",
        "téléphone",
        "nhs",
        "nhs number",
        "npi",
        "card number",
        "credit card",
        "mrn",
        "account number",
        "zip",
        "zip code",
    ],
    &["card", "account", "acct"],
);

/// Adds the numbers of `text` that have misread digits.
pub fn rewrites(text: &str, tokens: &[Token], notable: &Notable, found: &mut Vec<Rewrite>) {
    let mut done = 0;
    for at in notable.tokens.iter().map(|index| *index as usize) {
        let Some(token) = tokens.get(at) else { break };
        if at < done || token.kind != Kind::Number || !token.shape.has(Shape::LETTER) || token.len() > 20 {
            continue;
        }
        if !is_misread(text, token) {
            continue;
        }
        let (first, last) = run(text, tokens, at);
        done = last + 1;
        if let Some(rewrite) = number(text, tokens, first, last).or_else(|| alone(text, tokens, first, last, at)) {
            found.push(rewrite);
        }
    }
}

/// The digit that a letter is misread for.
fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte),
        b'O' | b'o' => Some(b'0'),
        b'l' | b'I' | b'i' | b'|' => Some(b'1'),
        b'Z' | b'z' => Some(b'2'),
        b'S' | b's' => Some(b'5'),
        b'B' => Some(b'8'),
        _ => None,
    }
}

fn is_misread(text: &str, token: &Token) -> bool {
    token.span().of(text).bytes().all(|byte| digit(byte).is_some())
}

/// The groups around token `at`, joined by hyphens, points, slashes, brackets or single blanks.
fn run(text: &str, tokens: &[Token], at: usize) -> (usize, usize) {
    let group = |index: usize, touching: bool| {
        tokens.get(index).is_some_and(|token| {
            (token.kind == Kind::Number || touching && token.kind == Kind::Word && token.len() <= 4) && is_misread(text, token)
        })
    };
    let joint = |index: usize| {
        tokens
            .get(index)
            .is_some_and(|token| matches!(token.kind, Kind::Punctuation(b'-' | b'.' | b'/')) && token.gap == Gap::None)
    };
    let gap = |index: usize| tokens.get(index).map_or(Gap::Paragraph, |token| token.gap);
    let mut last = at;
    while last - at < MOST {
        if joint(last + 1) && gap(last + 2) == Gap::None && group(last + 2, true) {
            last += 2;
        } else if gap(last + 1) == Gap::Blank && group(last + 1, false) {
            last += 1;
        } else {
            break;
        }
    }
    let mut first = at;
    while at - first < MOST {
        if first >= 2 && gap(first) == Gap::None && joint(first - 1) && group(first - 2, true) {
            first -= 2;
        } else if first >= 1 && gap(first) == Gap::Blank && group(first - 1, false) {
            first -= 1;
        } else if first >= 3
            && gap(first) <= Gap::Blank
            && tokens[first - 1].is_byte(b')')
            && group(first - 2, false)
            && tokens[first - 3].is_byte(b'(')
        {
            first -= 2;
        } else {
            break;
        }
    }
    (first, last)
}

/// The rewrite of the tokens `first..=last`, if as digits they have the form of a number or stand after a cue.
fn number(text: &str, tokens: &[Token], first: usize, last: usize) -> Option<Rewrite> {
    let (start, end) = (tokens.get(first)?.start as usize, tokens.get(last)?.end as usize);
    let value = text.get(start..end)?;
    let plain: String = value.bytes().map(|byte| char::from(digit(byte).unwrap_or(byte))).collect();
    let as_they_stand = value.bytes().filter(u8::is_ascii_digit).count();
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    if as_they_stand * 2 <= digits {
        return None;
    }
    let announced = (7..=19).contains(&digits) || digits == 5;
    let form = is_form(&plain) || announced && CUES.before(&Block::new(text, tokens, &[]), first).is_some_and(Cue::holds);
    form.then(|| Rewrite::new(start, end, plain))
}

/// The same for the groups that touch token `at`, when others stand before or after blanks.
fn alone(text: &str, tokens: &[Token], first: usize, last: usize, at: usize) -> Option<Rewrite> {
    let start = (first + 1..=at).rev().find(|index| tokens[*index].gap != Gap::None).unwrap_or(first);
    let end = (at + 1..=last).find(|index| tokens[*index].gap != Gap::None).map_or(last, |index| index - 1);
    ((start, end) != (first, last)).then(|| number(text, tokens, start, end)).flatten()
}

/// Whether groups of digits have the form of a number that stands for nothing else.
fn is_form(plain: &str) -> bool {
    const FORMS: &[&str] = &[
        "3-2-4", "3 2 4", "3-3-4", "3.3.4", "3 3-4", "3) 3-4", "3)3-4", "1-3-3-4", "4-4-4-4", "4 4 4 4", "4-6-5", "2/2/4",
        "1/2/4", "2/1/4", "1/1/4", "2/2/2", "2-2-4", "4-2-2", "2.2.4",
    ];
    let mut form = String::new();
    let mut count = 0_u32;
    for byte in plain.bytes().take(32) {
        if byte.is_ascii_digit() {
            count += 1;
            continue;
        }
        if count > 0 {
            form.push_str(&count.to_string());
            count = 0;
        }
        form.push(char::from(byte));
    }
    if count > 0 {
        form.push_str(&count.to_string());
    }
    plain.len() < 32 && FORMS.contains(&form.as_str())
}
