//! The few tokens of a text that some stage or recognizer waits for, found in one pass for all of them.
//!
//! Most tokens of most texts are everyday words and short numbers. Looking at each of them once for every list of words would
//! cost more than all the lists find, so one filter over all lists sorts out the tokens that may be on one; who waits for a
//! word looks at those.

use std::sync::OnceLock;

use crate::plain::spelled;
use crate::recognizers::keywords::LISTS;
use crate::token::{Gap, Kind, Shape, Token};

/// Words and numbers from this length on are notable: keys and tokens.
pub const LONG: usize = 16;
/// Words of the filter.
const FILTER: usize = 64;

/// What is notable of a text.
#[derive(Default)]
pub struct Notable {
    /// Indices of the tokens: words that may be on a list, numbers with letters, and long ones. In order.
    pub tokens: Vec<u32>,
    /// Whether something parts columns: `|`, a tab, or several blanks that do not follow a sentence.
    pub columns: bool,
}

impl Notable {
    /// What is notable of `tokens`.
    #[expect(clippy::needless_bitwise_bool, reason = "a branch that is guessed wrong costs more than both sides")]
    pub fn of(tokens: &[Token]) -> Self {
        let filter = filter();
        let mut notable = Self { tokens: vec![0; tokens.len()], columns: false };
        let (mut count, mut ended) = (0, true);
        // Without branches, since no two tokens in a row are of one kind: every index is written, and kept when it counts.
        for (index, token) in (0_u32..).zip(tokens) {
            let sign = if let Kind::Punctuation(byte) = token.kind { byte } else { 0 };
            notable.columns |= (token.gap == Gap::Wide) & !ended | (sign == b'|');
            ended = PAUSES >> (sign & 63) & 1 == 1 && sign < 64;
            // Only words have a hash.
            let listed = may_have(filter, token.hash) & (token.hash != 0);
            let mixed = token.shape.has(Shape::LETTER) & token.shape.has(Shape::DIGIT);
            if let Some(place) = notable.tokens.get_mut(count) {
                *place = index;
            }
            count += usize::from(listed | mixed | (token.len() >= LONG));
        }
        notable.tokens.truncate(count);
        notable
    }
}

/// The signs after which several blanks part no columns: `. ! ? : ; ,`.
const PAUSES: u64 = 1 << b'.' | 1 << b'!' | 1 << b'?' | 1 << b':' | 1 << b';' | 1 << b',';

fn filter() -> &'static [u64; FILTER] {
    static SET: OnceLock<[u64; FILTER]> = OnceLock::new();
    SET.get_or_init(|| {
        let mut set = [0; FILTER];
        for hash in LISTS.iter().flat_map(|list| list.hashes()).chain(spelled::hashes()) {
            let (word, bit) = place(*hash);
            set[word] |= bit;
        }
        set
    })
}

fn may_have(filter: &[u64; FILTER], hash: u64) -> bool {
    let (word, bit) = place(hash);
    filter[word] & bit != 0
}

/// Word and bit of a hash in the filter.
fn place(hash: u64) -> (usize, u64) {
    ((hash >> 32) as usize % FILTER, 1 << (hash & 63))
}
