//! Words around a candidate that speak for or against it, and the label of its field.
//!
//! Phrases are compared word by word, plurals as singulars, accents and case folded, in every language a recognizer lists.
//! A phrase stands before the candidate within the paragraph or after it on the same line, and a phrase beyond the end of a
//! sentence or line counts as further away. Where one phrase speaks for a candidate and another against it, the nearer decides: in `order no
//! 12, card 34` the card is a card.
//!
//! Not done: negation. `no phone` speaks for a telephone number, since the word tells what kind of number is written there.

use crate::block::{Block, Label};
use crate::dictionary::stem_hash;
use crate::plain;
use crate::recognizer::Info;
use crate::token::{Gap, Kind};

/// How many tokens before a candidate are looked at.
const BEFORE: usize = 10;
/// How many tokens after it.
const AFTER: usize = 6;
/// Most tokens of a label before its colon.
const LABEL: usize = 7;

/// Marks a context phrase that counts in a label only: `:patient` in `Patient: …`, but not anywhere near.
pub const LABEL_ONLY: char = ':';

const IN_LABEL: &[PhraseKind] = &[PhraseKind::For, PhraseKind::LabelOnly];
const AGAINST_IN_LABEL: &[PhraseKind] = &[PhraseKind::Against, PhraseKind::AgainstInLabel];

/// Words that the end of a sentence or a line adds to a distance.
const STOP: usize = 4;

/// The context phrases of a recognizer, hashed.
pub struct ContextWords {
    phrases: Vec<Phrase>,
    /// The first words of the phrases that count near, sorted, each with its phrase; the longest phrase of a word first.
    firsts: Vec<(u64, usize)>,
    /// A bit for each of them, by its lowest eight bits: nearly every word of a text is told off here.
    filter: [u64; 4],
}

struct Phrase {
    words: Vec<u64>,
    shown: &'static str,
    kind: PhraseKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PhraseKind {
    /// Speaks for it in a label or near.
    For,
    /// Speaks for it in a label only.
    LabelOnly,
    /// Speaks against it.
    Against,
    /// Speaks against it in a label only.
    AgainstInLabel,
}

/// What the surroundings of a candidate say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// A phrase of the recognizer that the field's label holds.
    pub label: Option<&'static str>,
    /// A phrase that stands near.
    pub near: Option<&'static str>,
    /// A phrase that speaks against it.
    pub against: Option<&'static str>,
}

impl ContextWords {
    /// The words of `info`.
    pub fn new(info: &Info) -> Self {
        let phrase = |kind, shown: &'static str| Phrase { words: hashes(shown), shown, kind };
        let mut phrases: Vec<_> = info
            .context
            .iter()
            .map(|shown| match shown.strip_prefix(LABEL_ONLY) {
                Some(shown) => phrase(PhraseKind::LabelOnly, shown),
                None => phrase(PhraseKind::For, shown),
            })
            .collect();
        phrases.extend(info.negative_context.iter().map(|shown| match shown.strip_prefix(LABEL_ONLY) {
            Some(shown) => phrase(PhraseKind::AgainstInLabel, shown),
            None => phrase(PhraseKind::Against, shown),
        }));
        // Long phrases first: `social security number` explains more than `number`.
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        let near = phrases.iter().enumerate().filter(|(_, phrase)| matches!(phrase.kind, PhraseKind::For | PhraseKind::Against));
        let mut firsts: Vec<_> = near.filter_map(|(index, phrase)| Some((*phrase.words.first()?, index))).collect();
        firsts.sort_unstable();
        let mut filter = [0; 4];
        for (first, _) in &firsts {
            filter[(first >> 6 & 3) as usize] |= 1 << (first & 63);
        }
        Self { phrases, firsts, filter }
    }

    /// Whether a phrase may begin with this word.
    fn may_begin(&self, word: u64) -> bool {
        self.filter[(word >> 6 & 3) as usize] >> (word & 63) & 1 == 1
    }

    /// What stands around the tokens `first..=last` of `block`.
    pub fn around(&self, block: &Block<'_>, first: usize, last: usize) -> Surroundings {
        let mut found = Surroundings::default();
        if self.phrases.is_empty() || first >= block.tokens.len() {
            return found;
        }
        for label in block.labels {
            self.look_in_label(&label.words, &mut found);
        }
        if found.label.is_none()
            && let Some((start, end)) = line_label(block, first)
        {
            let mut words = [0; LABEL];
            let count = gather(block, start, end, &mut words);
            self.look_in_label(&words[..count], &mut found);
        }
        // A label outweighs whatever stands beside.
        if found.label.is_some() || self.firsts.is_empty() {
            return found;
        }
        let mut nearest = Nearest::default();
        self.look_before(block, window_start(block, first), first, &mut nearest);
        self.look_after(block, last + 1, window_end(block, last), &mut nearest);
        let Nearest { near, against } = nearest;
        // The nearer decides; equally near ones both count.
        let no_nearer = |one: &Match, other: Option<Match>| other.is_none_or(|other| one.distance <= other.distance);
        found.near = near.filter(|near| no_nearer(near, against)).map(|near| near.shown);
        found.against = found.against.or(against.filter(|against| no_nearer(against, near)).map(|against| against.shown));
        found
    }

    /// Looks for phrases in the tokens `start..first` before a candidate, the nearest first.
    fn look_before(&self, block: &Block<'_>, start: usize, first: usize, nearest: &mut Nearest) {
        let mut distance = 0;
        for at in (start..first).rev() {
            let token = &block.tokens[at];
            if ends_sentence(block, at) || block.tokens.get(at + 1).is_some_and(|next| next.gap >= Gap::Line) {
                distance += STOP;
            }
            if matches!(token.kind, Kind::Word | Kind::Number) {
                self.phrase_at(block, at, first, |words| distance.saturating_sub(words - 1), nearest);
                distance += 1;
            }
        }
    }

    /// The same for the tokens `start..end` after it.
    fn look_after(&self, block: &Block<'_>, start: usize, end: usize, nearest: &mut Nearest) {
        let mut distance = 0;
        for at in start..end {
            let token = &block.tokens[at];
            if matches!(token.kind, Kind::Word | Kind::Number) {
                self.phrase_at(block, at, end, |_| distance, nearest);
                distance += 1;
            } else if ends_sentence(block, at) {
                distance += STOP;
            }
        }
    }

    /// Notes the phrases that begin at token `at` and end before `end`, with the distance of one of so many words.
    fn phrase_at(&self, block: &Block<'_>, at: usize, end: usize, distance: impl Fn(usize) -> usize, nearest: &mut Nearest) {
        let first = stem(block, at);
        if !self.may_begin(first) {
            return;
        }
        let from = self.firsts.partition_point(|(word, _)| *word < first);
        for (_, index) in self.firsts[from..].iter().take_while(|(word, _)| *word == first) {
            let Some(phrase) = self.phrases.get(*index) else { continue };
            let slot = if phrase.kind == PhraseKind::For { &mut nearest.near } else { &mut nearest.against };
            let words = phrase.words.len();
            let new = Match { distance: distance(words), words, shown: phrase.shown };
            // Of equally near phrases the longer explains more.
            let better = slot.is_none_or(|known| (new.distance, known.words) < (known.distance, new.words));
            if better && follows(block, at, end, &phrase.words) {
                *slot = Some(new);
            }
        }
    }

    /// A label that says something else (`file name`) says nothing for it (`name`).
    fn look_in_label(&self, words: &[u64], found: &mut Surroundings) {
        match self.find(words, AGAINST_IN_LABEL) {
            Some(against) => found.against = found.against.or(Some(against)),
            None => found.label = found.label.or_else(|| self.find(words, IN_LABEL)),
        }
    }

    /// A phrase found in a run of word hashes.
    fn find(&self, words: &[u64], kinds: &[PhraseKind]) -> Option<&'static str> {
        self.phrases
            .iter()
            .filter(|phrase| kinds.contains(&phrase.kind) && phrase.words.len() <= words.len())
            .find(|phrase| words.windows(phrase.words.len()).any(|window| window == phrase.words))
            .map(|phrase| phrase.shown)
    }
}

/// The words of a label: `camelCase`, `snake_case` and punctuation parted, characters in their plain reading.
pub fn label(text: &str) -> Label {
    let text = plain::characters::plain(text);
    let mut parted = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for character in text.chars() {
        if before.is_lowercase() && character.is_uppercase() {
            parted.push(' ');
        }
        parted.push(character);
        before = character;
    }
    Label { words: hashes(&parted) }
}

/// Hashes of the words of `phrase`, plurals as singulars.
fn hashes(phrase: &str) -> Vec<u64> {
    phrase.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).map(stem_hash).collect()
}

/// The nearest phrases for and against, with their distance in words.
#[derive(Default)]
struct Nearest {
    near: Option<Match>,
    against: Option<Match>,
}

/// A phrase found.
#[derive(Clone, Copy)]
struct Match {
    /// Words between its nearest word and the candidate.
    distance: usize,
    words: usize,
    shown: &'static str,
}

/// Whether the words of a phrase stand from token `at` on, before `end`, in one sentence. Numbers and signs may not stand
/// between, but for a hyphen, a stop of an abbreviation and a slash.
fn follows(block: &Block<'_>, at: usize, end: usize, words: &[u64]) -> bool {
    let mut at = at;
    for (index, word) in words.iter().enumerate() {
        while index > 0 && block.token(at).is_some_and(|token| matches!(token.kind, Kind::Punctuation(_))) {
            at += 1;
        }
        let Some(token) = block.token(at).filter(|_| at < end) else { return false };
        if !matches!(token.kind, Kind::Word | Kind::Number) || stem(block, at) != *word {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether a sentence ends with the token `at`: a full stop or the like, with a blank after it.
fn ends_sentence(block: &Block<'_>, at: usize) -> bool {
    let mark = block.token(at).is_some_and(|token| matches!(token.kind, Kind::Punctuation(b'.' | b'!' | b'?' | b';')));
    mark && block.begins_sentence(at + 1)
}

/// The token's hash by its singular. Only words in `s` and `y` have another than their own.
fn stem(block: &Block<'_>, at: usize) -> u64 {
    let token = &block.tokens[at];
    match block.text.as_bytes().get((token.end as usize).wrapping_sub(1)) {
        Some(b's' | b'y' | b'S' | b'Y') if token.len() >= 5 => stem_hash(block.str(at)),
        _ if token.kind == Kind::Word => token.hash,
        _ => stem_hash(block.str(at)),
    }
}

/// Writes the hashes of the words in tokens `start..end` to `window`, at most as many as fit; how many there were.
fn gather(block: &Block<'_>, start: usize, end: usize, window: &mut [u64]) -> usize {
    let mut count = 0;
    for index in start..end.min(block.tokens.len()) {
        if matches!(block.tokens[index].kind, Kind::Word | Kind::Number) && count < window.len() {
            window[count] = stem(block, index);
            count += 1;
        }
    }
    count
}

/// First token of the context before `first`: within the paragraph, at most [`BEFORE`] tokens.
fn window_start(block: &Block<'_>, first: usize) -> usize {
    let mut at = first;
    while at > 0 && first - at < BEFORE && block.tokens[at].gap < Gap::Paragraph {
        at -= 1;
    }
    at
}

/// Past the last token of the context after `last`: on the same line, at most [`AFTER`] tokens.
fn window_end(block: &Block<'_>, last: usize) -> usize {
    let mut at = last + 1;
    while at < block.tokens.len() && at - last <= AFTER && block.tokens[at].gap < Gap::Line {
        at += 1;
    }
    at
}

/// The tokens of the label that `first` stands under: `MRN: ⟦…⟧`, `MRN # ⟦…⟧`, `MRN   ⟦…⟧`, or a line of its own above.
/// Nothing when there is none. At most three tokens may stand between the colon and the value.
pub fn line_label(block: &Block<'_>, first: usize) -> Option<(usize, usize)> {
    let mut at = first;
    for _ in 0..4 {
        let token = block.token(at)?;
        if at == 0 || token.gap >= Gap::Paragraph {
            return None;
        }
        if token.gap == Gap::Line {
            // The label may stand on the line above, alone, with or without a colon.
            let start = block.line_start(at - 1);
            let words = at - start;
            let colon = block.tokens[at - 1].is_byte(b':');
            let plain = block.tokens[start..at].iter().all(|token| token.kind == Kind::Word || colon && token.is_byte(b':'));
            return (words <= LABEL && (colon || plain && words <= 4) && at == first).then_some((start, at));
        }
        let before = &block.tokens[at - 1];
        if token.gap == Gap::Wide && !before.is_byte(b':') {
            // Another column: its words are the label, unless they are the value of a label of their own.
            let start = label_start(block, at);
            let own = start > 0 && block.tokens[start - 1].is_byte(b':') && block.tokens[start].gap < Gap::Line;
            return (at == first && before.kind == Kind::Word && !own).then_some((start, at));
        }
        if before.is_byte(b':') || before.is_byte(b'=') || before.is_byte(b'#') {
            return Some((label_start(block, at - 1), at - 1));
        }
        if before.kind == Kind::Number {
            return None;
        }
        at -= 1;
    }
    None
}

/// Goes back from a colon to where its label starts.
fn label_start(block: &Block<'_>, colon: usize) -> usize {
    let mut at = colon;
    while at > 0 && colon - at < LABEL && block.tokens[at].gap < Gap::Wide {
        let before = &block.tokens[at - 1];
        if matches!(before.kind, Kind::Punctuation(b',' | b';' | b'|' | b':' | b'.' | b'!' | b'?')) && at != colon {
            break;
        }
        at -= 1;
    }
    at
}
