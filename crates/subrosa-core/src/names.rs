//! Runs of capitalised words: where the names of people, places and organisations are looked for.

use crate::block::Block;
use crate::dictionary::WordClass;
use crate::lexicon::Lexeme;
use crate::token::{Gap, Kind};

/// Shortest line, in bytes, that its writer broke because it was full.
const LONG_LINE: usize = 45;
/// Most words of a run; a longer one is cut.
const LONGEST: usize = 12;

/// A run of capitalised words on one line, with the initials, hyphens, apostrophes and particles between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// First token.
    pub first: usize,
    /// Last token; never punctuation, but for the full stop of an initial.
    pub last: usize,
    /// The words of the run, in order: hyphenated and apostrophised parts make one word.
    pub words: Vec<Word>,
}

/// One word of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First token.
    pub first: usize,
    /// Last token, the full stop of an initial included.
    pub last: usize,
    /// The token that tells what the word is: the part after `O'`, the first part of `Smith-Jones`.
    pub head: usize,
    /// A single capital letter, alone or with a full stop.
    pub initial: bool,
    /// A particle such as `van` or `de`, in lower case.
    pub particle: bool,
}

impl Run {
    /// What the dictionaries say of word `index`.
    pub fn lexeme<'a>(&self, block: &'a Block<'_>, index: usize) -> &'a Lexeme {
        &block.lexemes()[self.words[index].head]
    }
}

/// Appends the runs of a block, in order.
pub fn runs(block: &Block<'_>, runs: &mut Vec<Run>) {
    let mut at = 0;
    while at < block.tokens.len() {
        if block.tokens[at].is_capitalised()
            && let Some((run, next)) = run(block, at)
        {
            runs.push(run);
            at = next;
        } else {
            at += 1;
        }
    }
}

fn run(block: &Block<'_>, start: usize) -> Option<(Run, usize)> {
    let mut words = Vec::new();
    let mut at = start;
    while words.len() < LONGEST {
        let Some(word) = word(block, at, words.is_empty()) else { break };
        at = word.last + 1;
        words.push(word);
    }
    while words.last().is_some_and(|word| word.particle) {
        words.pop();
    }
    let last = words.last()?.last;
    Some((Run { first: start, last, words }, last + 1))
}

/// The word of a run that starts at `at`.
fn word(block: &Block<'_>, at: usize, first_of_run: bool) -> Option<Word> {
    let token = block.token(at)?;
    let parted = token.gap > Gap::Line || token.gap > Gap::Blank && !is_wrapped(block, at);
    if token.kind != Kind::Word || !first_of_run && (parted || token.gap == Gap::None && !follows_stop(block, at)) {
        return None;
    }
    if !token.is_capitalised() {
        return particle(block, at).filter(|_| !first_of_run);
    }
    let mut last = at;
    let mut head = at;
    if token.len() == 1 || token.shape.is_upper() && token.len() == 1 {
        if touches(block, at + 1, b'\'') && block.token(at + 2).is_some_and(|next| next.is_capitalised() && next.gap == Gap::None)
        {
            head = at + 2;
            last = at + 2;
        } else {
            let stop = touches(block, at + 1, b'.');
            return Some(Word { first: at, last: at + usize::from(stop), head: at, initial: true, particle: false });
        }
    }
    // Hyphens and inner apostrophes join; `'s` does not.
    while let Some(joint) = block.token(last + 1) {
        let joins = joint.gap == Gap::None && matches!(joint.kind, Kind::Punctuation(b'-' | b'\''));
        let next = block.token(last + 2);
        let continues = next.is_some_and(|next| {
            next.gap == Gap::None
                && next.kind == Kind::Word
                && (next.is_capitalised() || joint.is_byte(b'-') && next.len() > 2 || next.len() > 3)
        });
        if !joins || !continues {
            break;
        }
        last += 2;
    }
    Some(Word { first: at, last, head, initial: false, particle: false })
}

/// Whether the line break before the token is one of running text: the line before is long, so that a name can go on here.
fn is_wrapped(block: &Block<'_>, at: usize) -> bool {
    let Some(token) = block.token(at).filter(|token| token.gap == Gap::Line) else { return false };
    let before = block.text[..token.start as usize].trim_end_matches([' ', '\t', '\r', '\n']);
    let line = before.rfind('\n').map_or(before, |start| &before[start + 1..]);
    line.len() >= LONG_LINE
}

/// `van`, `de la`, `bin`: a lower-case particle with a capital, or a further particle, after it.
fn particle(block: &Block<'_>, at: usize) -> Option<Word> {
    let token = block.token(at)?;
    let is_particle = is_particle(block.str(at));
    let mut next = at + 1;
    while block
        .token(next)
        .is_some_and(|token| token.kind == Kind::Word && token.gap == Gap::Blank && is_particle_hash(token.hash))
    {
        next += 1;
    }
    let capital_after =
        block.token(next).is_some_and(|token| token.is_capitalised() && token.gap <= Gap::Blank && token.len() > 1);
    (is_particle && capital_after && token.gap == Gap::Blank).then_some(Word {
        first: at,
        last: next - 1,
        head: at,
        initial: false,
        particle: true,
    })
}

fn is_particle(word: &str) -> bool {
    is_particle_hash(crate::dictionary::word_hash(word))
}

fn is_particle_hash(hash: u64) -> bool {
    crate::dictionary::classes().get(hash).is_some_and(|class| class.is(WordClass::Particle))
}

fn touches(block: &Block<'_>, at: usize, byte: u8) -> bool {
    block.token(at).is_some_and(|token| token.gap == Gap::None && token.is_byte(byte))
}

/// `J.K. Rowling`: an initial that touches the full stop of another.
fn follows_stop(block: &Block<'_>, at: usize) -> bool {
    block.before(at).is_some_and(|before| before.is_byte(b'.'))
        && block.token(at).is_some_and(|token| token.len() == 1 || at >= 2 && block.tokens[at - 2].len() == 1)
}
