//! Words right before a value that say what it is: `MRN`, `account no.`, `born on`.
//!
//! Context ([`crate::context`]) asks what stands anywhere near. This asks what the value *belongs to*: between cue and value
//! only words such as `no`, `is` or a colon may stand. So `MRN 12345 seen 3 May` gives its MRN and no more.

use std::sync::OnceLock;

use crate::block::Block;
use crate::dictionary::{stem_hash, stem_hash_of, word_hash};
use crate::token::{Gap, Kind, Token};

/// Most tokens between a cue and its value.
const BETWEEN: usize = 8;
/// A line of at most this many tokens can be the label of the line below.
const LABEL_LINE: usize = 5;

/// A set of words, hashed when first asked.
pub struct Words {
    list: &'static [&'static str],
    hashes: OnceLock<Vec<u64>>,
}

impl Words {
    /// The words of `list`, lower case.
    pub const fn new(list: &'static [&'static str]) -> Self {
        Self { list, hashes: OnceLock::new() }
    }

    /// Whether the token is one of the words, in any case.
    pub fn has(&self, token: &Token) -> bool {
        token.kind == Kind::Word && self.has_hash(token.hash)
    }

    /// Whether the token at `index` is one of the words.
    pub fn at(&self, block: &Block<'_>, index: usize) -> bool {
        block.token(index).is_some_and(|token| self.has(token))
    }

    /// Whether one of the words has this hash.
    pub fn has_hash(&self, hash: u64) -> bool {
        let hashes = self.hashes.get_or_init(|| {
            let mut hashes: Vec<_> = self.list.iter().map(|word| word_hash(word)).collect();
            hashes.sort_unstable();
            hashes
        });
        hashes.binary_search(&hash).is_ok()
    }
}

/// Words that may stand between a cue and its value and say nothing.
static FILLERS: Words = Words::new(&[
    "is", "was", "of", "the", "are", "were", "has", "be", "es", "ist", "lautet", "est", "del", "de", "le", "la", "el",
]);
/// Words that say that an identifier follows.
static MARKERS: Words = Words::new(&[
    "no",
    "nos",
    "nr",
    "nrs",
    "num",
    "number",
    "numbers",
    "numero",
    "número",
    "numéro",
    "nummer",
    "n",
    "nº",
    "id",
    "ids",
    "identifier",
    "code",
    "kennung",
    "código",
    "codigo",
]);

/// Phrases that announce a value.
pub struct Cues {
    strong: &'static [&'static str],
    weak: &'static [&'static str],
    phrases: OnceLock<Phrases>,
}

/// The phrases, sorted by the hash of their last word.
struct Phrases {
    list: Vec<Phrase>,
    /// The last words: nearly every word of a text is told off here.
    last: Filter,
    /// The first words, as labels are hashed.
    first_in_label: Filter,
}

/// A bit for each of a few hashes, by its lowest eight bits.
#[derive(Default)]
struct Filter([u64; 4]);

impl Filter {
    fn of(hashes: impl Iterator<Item = u64>) -> Self {
        let mut filter = Self::default();
        hashes.for_each(|hash| filter.0[(hash >> 6 & 3) as usize] |= 1 << (hash & 63));
        filter
    }

    fn may_have(&self, hash: u64) -> bool {
        self.0[(hash >> 6 & 3) as usize] >> (hash & 63) & 1 == 1
    }
}

struct Phrase {
    /// Hashes of the words, the last first.
    reversed: Vec<u64>,
    /// The same in order and in the singular, as labels are hashed.
    label: Vec<u64>,
    weak: bool,
}

impl Phrase {
    /// Hash of the last word.
    fn last(&self) -> u64 {
        self.reversed.first().copied().unwrap_or_default()
    }
}

/// A cue that was found. A weak one without a marker is no proof; [`Cue::holds`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// A colon, `#`, `no`, `number` or the like stands between cue and value.
    pub marked: bool,
    /// The cue is an everyday word.
    pub weak: bool,
    /// The cue stands on the line above.
    pub above: bool,
}

impl Cue {
    /// Whether the cue is enough by itself.
    pub const fn holds(self) -> bool {
        self.marked || !self.weak
    }
}

impl Cues {
    /// `strong` phrases are enough by themselves; `weak` ones are everyday words that need a marker: `case` alone is none,
    /// `case no.` is.
    pub const fn new(strong: &'static [&'static str], weak: &'static [&'static str]) -> Self {
        Self { strong, weak, phrases: OnceLock::new() }
    }

    /// The phrases as they were given.
    pub fn phrases_shown(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.strong.iter().chain(self.weak).copied()
    }

    fn phrases(&self) -> &Phrases {
        self.phrases.get_or_init(|| {
            let phrase = |weak| {
                move |shown: &&'static str| {
                    let words = || shown.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                    Phrase { reversed: words().rev().map(word_hash).collect(), label: words().map(stem_hash).collect(), weak }
                }
            };
            let mut list: Vec<_> = self.strong.iter().map(phrase(false)).chain(self.weak.iter().map(phrase(true))).collect();
            list.sort_by_key(Phrase::last);
            let last = Filter::of(list.iter().map(Phrase::last));
            let first_in_label = Filter::of(list.iter().filter_map(|phrase| phrase.label.first().copied()));
            Phrases { list, last, first_in_label }
        })
    }

    /// The cue of the value that starts at token `first`: before it in the text, or the label of the whole segment.
    pub fn of(&self, block: &Block<'_>, first: usize) -> Option<Cue> {
        self.before(block, first).or_else(|| (first <= 1).then(|| self.label(block)).flatten())
    }

    /// The cue before token `first`.
    pub fn before(&self, block: &Block<'_>, first: usize) -> Option<Cue> {
        let mut marked = false;
        let mut crossed = false;
        let mut at = first;
        for _ in 0..BETWEEN {
            let gap = block.token(at)?.gap;
            if at == 0 || gap >= Gap::Paragraph {
                return None;
            }
            let before = &block.tokens[at - 1];
            if gap == Gap::Line {
                let short = at - block.line_start(at - 1) <= LABEL_LINE;
                if crossed || !(short || is_marker(before)) {
                    return None;
                }
                crossed = true;
            }
            if let Some(weak) = self.ends_at(block, at - 1) {
                return Some(Cue { marked, weak, above: crossed });
            }
            if is_marker(before) {
                marked = true;
            } else if !is_filler(block, at - 1) {
                return None;
            }
            at -= 1;
        }
        None
    }

    /// Whether a phrase ends at token `last`, and if so whether it is a weak one. A strong one is preferred.
    pub fn ends_at(&self, block: &Block<'_>, last: usize) -> Option<bool> {
        let token = block.token(last)?;
        if token.kind != Kind::Word {
            return None;
        }
        let singular = stem_hash_of(token.span().of(block.text), token.hash);
        let phrases = self.phrases();
        let mut found = None;
        for wanted in [token.hash, singular] {
            if !phrases.last.may_have(wanted) {
                continue;
            }
            let from = phrases.list.partition_point(|phrase| phrase.last() < wanted);
            for phrase in phrases.list[from..].iter().take_while(|phrase| phrase.last() == wanted) {
                if found != Some(false) && goes_back(block, last, phrase.reversed.get(1..).unwrap_or_default()) {
                    found = Some(phrase.weak);
                }
            }
            if singular == token.hash {
                break;
            }
        }
        found
    }

    /// Whether a label of the whole segment holds a phrase.
    fn label(&self, block: &Block<'_>) -> Option<Cue> {
        let holds = |words: &[u64], phrase: &Phrase| {
            let exact = words.len() == phrase.label.len();
            (!phrase.weak || exact || words.iter().any(|word| MARKERS.has_hash(*word)))
                && words.windows(phrase.label.len()).any(|window| window == phrase.label)
        };
        let phrases = self.phrases();
        // Nearly every label is turned away by its words.
        let mut likely =
            block.labels.iter().filter(|label| label.words.iter().any(|word| phrases.first_in_label.may_have(*word)));
        likely.any(|label| phrases.list.iter().any(|phrase| holds(&label.words, phrase))).then_some(Cue {
            marked: true,
            weak: false,
            above: false,
        })
    }
}

/// Whether the words before token `last` are `rest`, the nearest first. Punctuation within a phrase does not count.
fn goes_back(block: &Block<'_>, last: usize, rest: &[u64]) -> bool {
    let mut at = last;
    for wanted in rest {
        let mut skipped = 0;
        loop {
            if at == 0 || block.tokens[at].gap >= Gap::Paragraph {
                return false;
            }
            at -= 1;
            match block.tokens[at].kind {
                Kind::Punctuation(b'.' | b'\'' | b'-' | b'/' | b'_') if skipped < 2 => skipped += 1,
                _ => break,
            }
        }
        if block.tokens[at].hash != *wanted {
            return false;
        }
    }
    true
}

fn is_marker(token: &Token) -> bool {
    matches!(token.kind, Kind::Punctuation(b':' | b'#' | b'=')) || MARKERS.has(token)
}

fn is_filler(block: &Block<'_>, index: usize) -> bool {
    match block.tokens[index].kind {
        Kind::Punctuation(b'.' | b'(' | b'"' | b'\'' | b'-' | b'>' | b')' | b'*') => true,
        Kind::Punctuation(0) => matches!(block.str(index), "°" | "№"),
        Kind::Word => FILLERS.has(&block.tokens[index]),
        Kind::Number | Kind::Punctuation(_) => false,
    }
}
