//! Digits and signs written as words: `five five five, oh one four two`, `ada dot poe at example dot com`, `ada [at] example.com`.
//!
//! Digit words of English, Spanish, French and German, with `double` and `triple`. Fewer than four in a row are counting. A
//! number of ten digits without any grouping is grouped as a telephone number, since that is what people spell.
//!
//! An address needs its `at` and a common top-level domain; `at` without brackets needs a spelled `dot`, too, and no everyday
//! word before it, as in `look at example dot com`.

use std::sync::OnceLock;

use crate::dictionary::{self, word_hash};
use crate::notable::Notable;
use crate::plain::Rewrite;
use crate::plain::lines::is_top_level;
use crate::token::{Gap, Kind, Token};

/// Fewest digits of a spelled number.
const FEWEST: usize = 4;
/// Most tokens of a number or of either side of an address.
const MOST: usize = 64;

const DIGITS: [&[&str]; 10] = [
    &["zero", "oh", "o", "nought", "naught", "cero", "zéro", "null"],
    &["one", "uno", "un", "eins"],
    &["two", "dos", "deux", "zwei", "zwo"],
    &["three", "tres", "trois", "drei"],
    &["four", "cuatro", "quatre", "vier"],
    &["five", "cinco", "cinq", "fünf", "fuenf"],
    &["six", "seis", "sechs"],
    &["seven", "siete", "sept", "sieben"],
    &["eight", "ocho", "huit", "acht"],
    &["nine", "niner", "nueve", "neuf", "neun"],
];
const REPEATS: [(&str, u8); 6] = [("double", 2), ("triple", 3), ("treble", 3), ("doble", 2), ("doppel", 2), ("dreifach", 3)];

/// What a word stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Digit(u8),
    Repeat(u8),
    At,
    Dot,
    Dash,
    Underscore,
}

/// Sorted by hash.
struct Signs {
    by_hash: Vec<(u64, Sign)>,
}

fn signs() -> &'static Signs {
    static SIGNS: OnceLock<Signs> = OnceLock::new();
    SIGNS.get_or_init(|| {
        let digits = (0_u8..).zip(DIGITS).flat_map(|(digit, words)| words.iter().map(move |word| (*word, Sign::Digit(digit))));
        let repeats = REPEATS.iter().map(|(word, times)| (*word, Sign::Repeat(*times)));
        let others = [
            ("at", Sign::At),
            ("arroba", Sign::At),
            ("arobase", Sign::At),
            ("dot", Sign::Dot),
            ("punto", Sign::Dot),
            ("punkt", Sign::Dot),
            ("point", Sign::Dot),
            ("dash", Sign::Dash),
            ("hyphen", Sign::Dash),
            ("underscore", Sign::Underscore),
        ];
        let mut by_hash: Vec<_> = digits.chain(repeats).chain(others).map(|(word, sign)| (word_hash(word), sign)).collect();
        by_hash.sort_by_key(|(hash, _)| *hash);
        Signs { by_hash }
    })
}

impl Signs {
    fn of(&self, token: &Token) -> Option<Sign> {
        if token.kind != Kind::Word {
            return None;
        }
        let index = self.by_hash.binary_search_by_key(&token.hash, |(hash, _)| *hash).ok()?;
        self.by_hash.get(index).map(|(_, sign)| *sign)
    }
}

/// The hashes of all words that are looked at.
pub fn hashes() -> impl Iterator<Item = &'static u64> {
    signs().by_hash.iter().map(|(hash, _)| hash)
}

/// Adds what is spelled in `text`.
pub fn rewrites(text: &str, tokens: &[Token], notable: &Notable, found: &mut Vec<Rewrite>) {
    let signs = signs();
    let mut done = 0;
    for at in notable.tokens.iter().map(|index| *index as usize) {
        match tokens.get(at).filter(|_| at >= done).and_then(|token| signs.of(token)) {
            Some(Sign::Digit(_) | Sign::Repeat(_)) => done = number(text, tokens, at, found),
            Some(Sign::At) => address(text, tokens, at, found),
            _ => {}
        }
    }
}

/// Reads the spelled number that starts at token `first`. The token after it.
fn number(text: &str, tokens: &[Token], first: usize, found: &mut Vec<Rewrite>) -> usize {
    let signs = signs();
    let mut plain = String::new();
    let (mut digits, mut words, mut at, mut last, mut repeat) = (0, 0, first, first, 1);
    let (mut groups, mut parted) = (false, false);
    while let Some(token) = tokens.get(at).filter(|token| (token.gap <= Gap::Line || at == first) && at - first < MOST) {
        match (signs.of(token), token.kind) {
            (Some(Sign::Digit(digit)), _) => {
                if std::mem::take(&mut parted) && !plain.is_empty() {
                    plain.push('-');
                    groups = true;
                }
                (0..repeat).for_each(|_| plain.push(char::from(b'0' + digit)));
                digits += usize::from(repeat);
                words += 1;
                repeat = 1;
                last = at;
            }
            (Some(Sign::Repeat(times)), _) if repeat == 1 => repeat = times,
            (Some(Sign::Dash), _) | (None, Kind::Punctuation(b',' | b'-' | b'.' | b'/')) if last + 1 == at && repeat == 1 => {
                parted = true;
            }
            // Digits in figures may stand among those in words.
            (None, Kind::Number) if token.is_digits() && token.len() <= 4 && last + 1 == at && words > 0 => {
                plain.push_str(token.span().of(text));
                digits += token.len();
                last = at;
            }
            _ => break,
        }
        at += 1;
    }
    // `three, four, five or six` counts up; `one` and a full stop ends a sentence.
    let single = groups && plain.split('-').all(|group| group.len() == 1);
    if words >= FEWEST && digits >= FEWEST && !counts_up(&plain) && !(single && digits < 7) {
        if single {
            plain.retain(|character| character != '-');
            groups = false;
        }
        if !groups && digits == 10 && plain.is_ascii() && plain.as_bytes()[0] > b'1' {
            plain.insert(6, '-');
            plain.insert(3, '-');
        }
        found.push(Rewrite::new(tokens[first].start as usize, tokens[last].end as usize, plain));
    }
    last + 1
}

/// Whether each digit is one more, or one less, than the digit before.
fn counts_up(plain: &str) -> bool {
    let digits: Vec<u8> = plain.bytes().filter(u8::is_ascii_digit).collect();
    digits.windows(2).all(|pair| pair[1] == pair[0] + 1) || digits.windows(2).all(|pair| pair[0] == pair[1] + 1)
}

/// Reads the address around the word `at` at token `sign`.
fn address(text: &str, tokens: &[Token], sign: usize, found: &mut Vec<Rewrite>) {
    let is_open = |token: &Token| matches!(token.kind, Kind::Punctuation(b'(' | b'[' | b'{' | b'<'));
    let is_close = |token: &Token| matches!(token.kind, Kind::Punctuation(b')' | b']' | b'}' | b'>'));
    let bracketed = sign > 0
        && is_open(&tokens[sign - 1])
        && tokens[sign].gap == Gap::None
        && tokens.get(sign + 1).is_some_and(|token| is_close(token) && token.gap == Gap::None);
    let (before, after) = if bracketed { (sign - 1, sign + 2) } else { (sign, sign + 1) };
    let Some((start, local, _)) = parts(text, tokens, before, true) else { return };
    let Some((end, domain, spelled)) = parts(text, tokens, after, false) else { return };
    let top_level = domain.rsplit_once('.').is_some_and(|(name, top)| !name.is_empty() && is_top_level(top.as_bytes()));
    if !top_level || !bracketed && (!spelled || is_everyday(tokens, start, sign)) {
        return;
    }
    found.push(Rewrite::new(tokens[start].start as usize, tokens[end].end as usize, format!("{local}@{domain}")));
}

/// The words of one side of an address, joined by signs that are written or spelled: the outermost token, the plain text, and
/// whether a sign is spelled. `from` is the token after the part when it goes `back`, else its first.
fn parts(text: &str, tokens: &[Token], from: usize, back: bool) -> Option<(usize, String, bool)> {
    let signs = signs();
    let index = |step: usize| if back { from.checked_sub(step + 1) } else { Some(from + step) };
    let gap_ok = |at: usize| {
        let outer = if back { at + 1 } else { at };
        tokens.get(outer).is_some_and(|token| token.gap <= Gap::Blank)
    };
    let joins = |token: &Token| match token.kind {
        Kind::Punctuation(b'.') => Some('.'),
        Kind::Punctuation(b'-') => Some('-'),
        Kind::Punctuation(b'_') => Some('_'),
        _ => None,
    };
    let mut pieces: Vec<String> = Vec::new();
    let (mut spelled, mut outermost, mut step) = (false, None, 0);
    // The first piece is a word; then a sign and a word, as often as they come.
    loop {
        let at = index(step)?;
        let word = tokens.get(at).filter(|token| {
            matches!(token.kind, Kind::Word | Kind::Number)
                && gap_ok(at)
                && (pieces.is_empty() || signs.of(token) != Some(Sign::At))
        });
        let Some(word) = word else { break };
        pieces.push(word.span().of(text).to_owned());
        outermost = Some((at, pieces.len()));
        step += 1;
        // The sign, with brackets around it or without.
        let Some(mut next) = index(step).filter(|at| *at < tokens.len()) else { break };
        if pieces.len() > MOST || !gap_ok(next) {
            break;
        }
        let bracket = matches!(tokens[next].kind, Kind::Punctuation(b'(' | b'[' | b'{' | b')' | b']' | b'}'));
        if bracket {
            step += 1;
            let Some(inner) = index(step).filter(|at| *at < tokens.len()) else { break };
            next = inner;
        }
        let touches = if back { tokens[next + 1].gap } else { tokens[next].gap } == Gap::None;
        let sign = match signs.of(&tokens[next]) {
            Some(Sign::Dot) => Some('.'),
            Some(Sign::Dash) => Some('-'),
            Some(Sign::Underscore) => Some('_'),
            _ => None,
        };
        let Some(mark) = sign.or_else(|| joins(&tokens[next]).filter(|_| touches || bracket)) else { break };
        // A written sign touches what comes after it as well.
        let beyond = index(step + 1).filter(|at| *at < tokens.len());
        if sign.is_none() && !bracket {
            let Some(beyond) = beyond else { break };
            let gap = if back { tokens[next].gap } else { tokens[beyond].gap };
            if gap != Gap::None {
                break;
            }
        }
        spelled |= sign.is_some();
        pieces.push(mark.to_string());
        step += if bracket { 2 } else { 1 };
    }
    let (outermost, count) = outermost?;
    pieces.truncate(count);
    if back {
        pieces.reverse();
    }
    Some((outermost, pieces.concat(), spelled))
}

/// Whether what stands before `at` is one everyday word: `look at`, `available at`.
fn is_everyday(tokens: &[Token], start: usize, sign: usize) -> bool {
    start + 1 == sign
        && dictionary::common_words().get(tokens[start].hash).is_some_and(|word| word.mostly_lower_case && word.frequency >= 1)
        && dictionary::names().get(tokens[start].hash).is_none()
}
