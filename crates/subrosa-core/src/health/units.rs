//! Cuts a text into listed terms and parts of terms.

use crate::block::Block;
use crate::dictionary::{self, HealthInfo, HealthKind, PhraseEntry, WordClass, phrase_hash};
use crate::token::{Gap, Kind, Token};

use super::morphology::Form;
use super::{Origin, stem};

/// A listed term, or a part of one, at its place.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) kind: HealthKind,
    pub(super) ambiguous: bool,
    pub(super) origin: Origin,
}

/// Most words of a health term.
const LONGEST: usize = 6;

/// The longest unit at each word, without overlaps.
pub(super) fn units(block: &Block<'_>) -> Vec<Unit> {
    let (text, tokens) = (block.text, block.tokens);
    let mut units: Vec<Unit> = Vec::new();
    for at in block.notable().health.iter().map(|at| *at as usize) {
        if units.last().is_some_and(|unit| at <= unit.last) {
            continue;
        }
        let token = &tokens[at];
        let unit = match token.kind {
            Kind::Word => {
                let term = block.term(at);
                term.listed
                    .and_then(|info| listed(text, tokens, at, info))
                    .or_else(|| if term.form.is_none() { None } else { formed(text, tokens, at, term.form) })
            }
            Kind::Number => dictionary::health()
                .get(stem(text, token))
                .and_then(|info| listed(text, tokens, at, info))
                .filter(|unit| unit.last > at || unit.kind == HealthKind::LabTest),
            Kind::Punctuation(_) => None,
        };
        units.extend(unit);
    }
    units
}

/// The token after a genitive's `'s`, or `at + 1` where there is none.
pub(super) fn after_genitive(text: &str, tokens: &[Token], at: usize) -> usize {
    match (tokens.get(at + 1), tokens.get(at + 2)) {
        (Some(mark), Some(s))
            if mark.is_byte(b'\'')
                && mark.gap == Gap::None
                && s.gap == Gap::None
                && s.len() == 1
                && s.span().of(text).eq_ignore_ascii_case("s") =>
        {
            at + 3
        }
        _ => at + 1,
    }
}

/// The longest term of the dictionary at `first`, of whose word it says `info`. Blanks and single hyphens may part its words,
/// and a genitive's `'s` is passed over: the dictionary compares singulars, and `Parkinson's` and `Parkinsons` are one.
fn listed(text: &str, tokens: &[Token], first: usize, mut info: HealthInfo) -> Option<Unit> {
    let mut at = first;
    let mut phrase = stem(text, &tokens[first]);
    let mut best: Option<(usize, HealthInfo)> = None;
    for count in 1..=LONGEST {
        let next = after_genitive(text, tokens, at);
        let genitive = next > at + 1;
        if info.is_term() && acceptable(tokens, first, info, count, genitive) {
            best = Some((next - 1, info));
        }
        if !info.is_prefix() {
            break;
        }
        // The next word: after a blank or line end, or right after a hyphen.
        let hyphen = tokens.get(next).is_some_and(|token| token.is_byte(b'-') && token.gap == Gap::None);
        at = next + usize::from(hyphen);
        let Some(token) = tokens.get(at) else { break };
        let joined = if hyphen { token.gap == Gap::None } else { token.gap != Gap::None && token.gap <= Gap::Line };
        if !matches!(token.kind, Kind::Word | Kind::Number) || !joined {
            break;
        }
        phrase = phrase_hash(phrase, stem(text, token));
        let Some(longer) = dictionary::health().get(phrase) else { break };
        info = longer;
    }
    let (last, info) = best?;
    // Two or three capitals are short for something in every trade.
    let short = info.upper_only && last == first && tokens[first].len() <= 3;
    Some(Unit { first, last, kind: info.kind?, ambiguous: info.ambiguous || short, origin: Origin::Listed })
}

/// Abbreviations count in capitals only, and a person's name that stands for a disease only in the genitive.
fn acceptable(tokens: &[Token], first: usize, info: HealthInfo, words: usize, genitive: bool) -> bool {
    let token = &tokens[first];
    if info.upper_only && !token.shape.is_upper() && token.kind == Kind::Word {
        return false;
    }
    let part = matches!(info.kind, Some(HealthKind::Site | HealthKind::Modifier | HealthKind::Head));
    let name = words == 1 && !part && !genitive && token.is_capitalised();
    !name || !dictionary::classes().get(token.hash).is_some_and(|class| class.is(WordClass::Eponym))
}

/// A word that no list has and its ending gives away, or a joined modifier such as `drug-induced` and `type 2`.
fn formed(text: &str, tokens: &[Token], at: usize, form: Form) -> Option<Unit> {
    if let Some(last) = numbered(text, tokens, at, form.counts) {
        return Some(Unit { first: at, last, kind: HealthKind::Modifier, ambiguous: false, origin: Origin::Formed });
    }
    let kind = form.kind(&tokens[at])?;
    Some(Unit { first: at, last: at, kind, ambiguous: false, origin: Origin::Formed })
}

/// `type 2`, `type IIa`, `stage III`, `grade 3`, `class IV`: the last token.
fn numbered(text: &str, tokens: &[Token], at: usize, counts: bool) -> Option<usize> {
    let number = tokens.get(at + 1).filter(|number| counts && number.gap <= Gap::Blank)?;
    let written = number.span().of(text);
    let roman = number.kind == Kind::Word
        && written.trim_end_matches(['a', 'b', 'c', 'd', 'A', 'B', 'C', 'D']).bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    (number.kind == Kind::Number && written.len() <= 3 || roman && number.len() <= 5).then_some(at + 1)
}
