//! What the model sees of a site: rows of its table, chosen by hashing.
//!
//! [`of_word`] and [`around`] are the rows that do not depend on other tags, the first not even on the words around, so that they
//! are summed once for each word of a document; [`Moving`] keeps what is needed for those that do. Each feature has
//! its own slot number, so that equal words in different places choose different rows. Two features that fall on one row share
//! its weights; training knows, since it hashes alike.

use crate::block::Block;
use crate::dictionary::{ClassInfo, PlaceInfo};
use crate::lexicon::Lexeme;
use crate::token::{Gap, Kind, Shape, Token};

use super::Tag;
use super::memory::Recall;
use super::sites::Site;

/// Rows of the table, as a power of two.
pub const ROW_BITS: u32 = 17;
/// Most rows of one site from [`of_word`].
pub const MOST_OF_WORD: usize = 16;
/// Most rows of one site from [`around`].
pub const MOST_AROUND: usize = 24;
/// Most rows of one site from [`Moving::rows`].
pub const MOST_MOVING: usize = 8;

/// Rows gathered, without allocation.
pub struct Rows<const N: usize> {
    gathered: [u32; N],
    count: usize,
    own: u64,
}

impl<const N: usize> Rows<N> {
    /// None yet.
    pub const fn new() -> Self {
        Self { gathered: [0; N], count: 0, own: 0 }
    }

    /// The rows gathered.
    pub fn as_slice(&self) -> &[u32] {
        &self.gathered[..self.count]
    }

    /// Which of them come from the spelling of the site's own word, a bit each: training leaves them out now and then.
    pub const fn own(&self) -> u64 {
        self.own
    }

    #[inline]
    fn add(&mut self, slot: u64, value: u64) {
        if let Some(room) = self.gathered.get_mut(self.count) {
            // Of a product the high bits depend on all of the factors' bits.
            let mixed = (value ^ slot.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
            *room = (mixed >> (64 - ROW_BITS)) as u32;
            self.count += 1;
        }
    }

    #[inline]
    fn pair(&mut self, slot: u64, first: u64, second: u64) {
        self.add(slot, first.wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(31) ^ second);
    }

    #[inline]
    fn three(&mut self, slot: u64, first: u64, second: u64, third: u64) {
        self.pair(slot, first.wrapping_mul(0xc4ce_b9fe_1a85_ec53).rotate_left(29) ^ second, third);
    }

    /// Marks the last row as one of the word's own.
    #[inline]
    const fn mark(&mut self) {
        self.own |= 1 << (self.count - 1);
    }
}

impl<const N: usize> Default for Rows<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// What the rows that depend on other tags and on the document are made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Moving {
    /// The site's word.
    pub word: u64,
    /// The word after it, if it has a capital; else 0.
    pub name_after: u64,
    lists: u32,
    around: u32,
}

impl Moving {
    /// The rows, given the two tags before (outside where a gap lies between) and what the document says of the words.
    #[inline]
    pub fn rows(&self, before: Tag, before_that: Tag, recall: Recall, recall_after: Recall) -> Rows<MOST_MOVING> {
        let mut rows = Rows::new();
        let tag = before.index() as u64 + 1;
        let lists = u64::from(self.lists);
        rows.pair(101, tag, before_that.index() as u64);
        if before != Tag::OUTSIDE {
            rows.pair(103, tag, lists);
            rows.pair(106, tag, u64::from(self.around));
        }
        let (word, next) = (u64::from(recall.code()), u64::from(recall_after.code()));
        if recall.says() {
            rows.add(107, word);
            rows.pair(108, word, tag);
            rows.pair(109, word, lists);
        }
        if recall_after.says() {
            rows.add(110, next);
            rows.pair(111, word, next);
        }
        rows
    }
}

/// What is known of one token, in small codes.
#[derive(Clone, Copy, Debug, Default)]
pub struct View {
    word: u64,
    /// Letter case, kind and length.
    case: u32,
    /// In which lists the word is, coarsely.
    lists: u32,
    /// As a name of a person.
    name: u32,
    /// As a place.
    place: u32,
    /// As an everyday word.
    everyday: u32,
}

const OUT: View = View { word: 0x5851_f42d_4c95_7f2d, case: 15, lists: 0xff, name: 0, place: 0, everyday: 0 };

fn view(block: &Block<'_>, index: Option<usize>) -> View {
    let Some((index, token)) = index.and_then(|index| Some((index, block.token(index)?))) else { return OUT };
    match token.kind {
        Kind::Punctuation(byte) => {
            let code = u64::from(byte) + 0x1_0000;
            View { word: code.wrapping_mul(0x9e37_79b9_7f4a_7c15), case: 16 + u32::from(byte), ..View::default() }
        }
        Kind::Number => {
            let length = token.len().min(6) as u32;
            let letters = u32::from(token.shape.has(Shape::LETTER));
            let code = u64::from(length << 1 | letters) + 0x2_0000;
            View { word: code.wrapping_mul(0x9e37_79b9_7f4a_7c15), case: 8 + letters, ..View::default() }
        }
        Kind::Word if token.is_capitalised() => listed(&block.lexeme(index), token),
        Kind::Word => {
            let word = block.word(index);
            if word.waiting.is_name() {
                return listed(&block.lexeme_in_any_case(index), token);
            }
            let class = class_code(word.class);
            View { word: token.hash, case: case(token), lists: class << 8, ..View::default() }
        }
    }
}

fn listed(lexeme: &Lexeme, token: &Token) -> View {
    let name = u32::from(lexeme.name.given) | u32::from(lexeme.name.surname) << 2 | u32::from(lexeme.name.common_word) << 4;
    let place = lexeme.place.map_or(0, place_code);
    let everyday = lexeme.word.map_or(0, |word| 1 + u32::from(word.frequency) + 8 * u32::from(word.mostly_lower_case));
    let class = class_code(lexeme.class);
    let coarse_place = match place {
        0 => 0,
        code if code % 8 == 0 => 1,
        code if code % 8 == 1 => 2 + (code >> 3 & 3) / 2,
        _ => 4,
    };
    let coarse_word = lexeme.word.map_or(0, |word| if word.mostly_lower_case { 2 + u32::from(word.frequency >= 4) } else { 1 });
    let lists = u32::from(lexeme.name.given)
        | u32::from(lexeme.name.surname) << 2
        | coarse_word << 4
        | coarse_place << 12
        | class << 8 << 8;
    View { word: token.hash, case: case(token), lists, name, place, everyday }
}

fn place_code(place: PlaceInfo) -> u32 {
    place.kind.map_or(0, |kind| kind as u32)
        | u32::from(place.population) << 3
        | u32::from(place.ambiguous) << 5
        | u32::from(place.prefix) << 6
        | 1 << 7
}

/// The first class the word is in, plus one.
fn class_code(info: ClassInfo) -> u32 {
    info.first().map_or(0, |class| class as u32 + 1)
}

fn case(token: &Token) -> u32 {
    let shape = token.shape;
    if shape.is_upper() {
        if token.is_one_letter() { 1 } else { 2 + u32::from(token.len() > 4) }
    } else if shape.has(Shape::CAPITAL_FIRST) {
        // `McDonald`, `YouTube`: counted by bytes, the rest of the word is looked at below.
        4
    } else if shape.has(Shape::UPPER) {
        5
    } else {
        6
    }
}

/// What a word is looked at with: what it is and how it stands there, as far as that is a matter of few bits.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    view: View,
    starts: bool,
    capitals: u8,
    health: bool,
}

impl Stand {
    /// Of the token at `index`.
    pub fn of(block: &Block<'_>, index: usize, views: &mut Views) -> Self {
        Self {
            view: views.of(block, Some(index)),
            starts: block.begins_sentence(index),
            capitals: u8::from(block.is_without_capitals()) << 1 | u8::from(block.is_all_capitals()),
            health: block.is_health_term(index),
        }
    }

    /// Equal for two stands only if [`of_word`] gives the same rows for both. None for words that may be spelt otherwise.
    pub fn key(&self, token: &Token) -> Option<u64> {
        let how = (token.len() as u64) << 8
            | u64::from(self.view.case) << 4
            | u64::from(self.capitals) << 2
            | u64::from(self.starts) << 1
            | u64::from(self.health);
        (token.kind == Kind::Word && !token.shape.has(Shape::NON_ASCII))
            .then(|| token.hash ^ how.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
}

/// The rows that depend on the site's own word alone.
pub fn of_word(word: &str, stand: &Stand, gathered: &mut Rows<MOST_OF_WORD>) {
    let Stand { view: w0, starts, capitals, health } = *stand;
    let (case, lists, starts) = (u64::from(w0.case), u64::from(w0.lists), u64::from(starts));
    let (prefix3, prefix4, suffix3, suffix4) = affixes(word);
    // Gathered here, so that where each row goes is known when this is compiled.
    let mut rows = Rows::new();
    rows.add(0, w0.word);
    rows.mark();
    rows.three(28, w0.word, case, starts);
    rows.mark();
    rows.pair(10, lists, case);
    rows.three(11, lists, case, starts);
    rows.add(17, u64::from(w0.name) << 8 | starts << 4 | case);
    rows.add(18, u64::from(w0.place) << 8 | case);
    rows.add(19, u64::from(w0.everyday) << 8 | starts << 4 | case);
    rows.pair(21, suffix3, case);
    rows.pair(22, suffix4, case);
    rows.pair(23, prefix3, case);
    rows.pair(24, prefix4, case);
    rows.add(27, (word.len().min(15) as u64) << 4 | case.min(15));
    rows.pair(52, u64::from(capitals), lists << 8 | case);
    rows.three(53, u64::from(health), lists, case);
    *gathered = rows;
}

/// The views of tokens looked at lately: neighbours are looked at from several sites.
pub struct Views([(usize, View); Views::COUNT]);

impl Views {
    const COUNT: usize = 16;

    /// None yet.
    pub const fn new() -> Self {
        Self([(usize::MAX, OUT); Self::COUNT])
    }

    fn of(&mut self, block: &Block<'_>, index: Option<usize>) -> View {
        let Some(at) = index else { return OUT };
        let place = &mut self.0[at % Self::COUNT];
        if place.0 != at {
            *place = (at, view(block, index));
        }
        place.1
    }
}

impl Default for Views {
    fn default() -> Self {
        Self::new()
    }
}

/// The rows of the site `at` of `sites` that depend on the text around it, and what those that depend on tags are made from.
pub fn around(
    block: &Block<'_>,
    sites: &[Site],
    at: usize,
    stand: &Stand,
    views: &mut Views,
    gathered: &mut Rows<MOST_AROUND>,
) -> Moving {
    let index = sites[at].token;
    let tokens = block.tokens;
    let here = tokens[index];
    // Beyond an empty line stands another text.
    let closed_before = here.gap >= Gap::Paragraph;
    let before_at = if closed_before { None } else { index.checked_sub(1) };
    let closed_far = before_at.is_none_or(|before| tokens[before].gap >= Gap::Paragraph);
    let far_at = if closed_far { None } else { index.checked_sub(2) };
    let open = |index: usize| tokens.get(index).filter(|token| token.gap < Gap::Paragraph).map(|_| index);
    let after_at = open(index + 1);
    let far_after_at = after_at.and_then(|after| open(after + 1));

    let w0 = stand.view;
    let b1 = views.of(block, before_at);
    let b2 = views.of(block, far_at);
    let a1 = views.of(block, after_at);
    let a2 = views.of(block, far_after_at);
    let look = |view: &View| u64::from(view.lists) << 8 | u64::from(view.case);
    let c = |view: &View| u64::from(view.case);
    let (own, before, after) = (look(&w0), look(&b1), look(&a1));
    let gap = here.gap as u64;
    let gap_after = tokens.get(index + 1).map_or(5, |token| token.gap as u64);

    let mut rows = Rows::<MOST_AROUND>::new();
    rows.add(1, b1.word);
    rows.add(2, a1.word);
    rows.add(3, b2.word);
    rows.add(4, a2.word);
    rows.pair(7, b1.word, a1.word);
    rows.pair(14, before, own);
    rows.pair(15, after, own);
    rows.three(29, gap << 4 | gap_after, c(&w0), c(&a1));
    rows.pair(30, b1.word, own);
    rows.pair(31, a1.word, own);

    // The run of sites that this one stands in; of one alone all has been said.
    let run = Run::around(sites, at);
    if run.first != run.last {
        let place = (run.place(at) as u64) << 4 | run.len() as u64;
        let (mut first, mut last) = (w0, w0);
        if run.first != at {
            let token = sites[run.first].token;
            let out = if tokens[token].gap >= Gap::Paragraph { None } else { token.checked_sub(1) };
            first = views.of(block, Some(token));
            let out_before = views.of(block, out);
            rows.pair(43, out_before.word, place);
            rows.pair(47, first.word, place);
            rows.pair(49, look(&out_before), place << 24 | own);
        }
        if run.last != at {
            let token = sites[run.last].token;
            last = views.of(block, Some(token));
            let out_after = views.of(block, open(token + 1));
            rows.pair(41, last.word, place);
            rows.pair(42, out_after.word, place);
            rows.pair(48, look(&out_after), place << 24 | own);
        }
        rows.pair(40, place, c(&w0));
        rows.three(44, u64::from(first.lists), u64::from(last.lists), run.place(at) as u64);
    }

    // Forms and tables.
    let label = label(block, index);
    if label != 0 {
        rows.add(50, label);
        rows.pair(51, label, own);
    }
    if after_at.is_some_and(|after| block.is_health_term(after)) {
        rows.add(53, own);
        rows.add(54, a1.word);
    }
    *gathered = rows;
    Moving {
        word: w0.word,
        name_after: after_at.filter(|after| tokens[*after].is_capitalised()).map_or(0, |_| a1.word),
        lists: w0.lists << 6 ^ w0.case,
        around: (b1.case << 8 | a1.case) << 4 | here.gap as u32,
    }
}

/// A run of sites without a gap.
struct Run {
    first: usize,
    last: usize,
    at_least: usize,
}

impl Run {
    /// Longest way looked in either direction.
    const REACH: usize = 6;

    fn around(sites: &[Site], at: usize) -> Self {
        let mut first = at;
        while first > 0 && at - first < Self::REACH && sites[first].joined {
            first -= 1;
        }
        let mut last = at;
        while last + 1 < sites.len() && last - at < Self::REACH && sites[last + 1].joined {
            last += 1;
        }
        Self { first, last, at_least: last - first + 1 }
    }

    fn len(&self) -> usize {
        self.at_least.min(7)
    }

    /// 0 alone, 1 first, 2 inside, 3 last.
    fn place(&self, at: usize) -> usize {
        match (at == self.first, at == self.last) {
            (true, true) => 0,
            (true, false) => 1,
            (false, false) => 2,
            (false, true) => 3,
        }
    }
}

/// First and last letters, capitals made small. Short words have the same for several.
fn affixes(word: &str) -> (u64, u64, u64, u64) {
    let bytes = word.as_bytes();
    let hash = |part: &[u8]| part.iter().fold(part.len() as u64, |hash, byte| hash << 8 | u64::from(byte.to_ascii_lowercase()));
    let count = bytes.len();
    (
        hash(&bytes[..count.min(3)]),
        hash(&bytes[..count.min(4)]),
        hash(&bytes[count - count.min(3)..]),
        hash(&bytes[count - count.min(4)..]),
    )
}

/// The word before the last colon on the line, or the label of the whole segment; 0 when there is none.
fn label(block: &Block<'_>, index: usize) -> u64 {
    const REACH: usize = 12;
    let same_line = |colon: usize| block.tokens[colon + 1..=index].iter().all(|token| token.gap < Gap::Line);
    match block.colon_before(index) {
        Some(colon) if colon > 0 && index - colon <= REACH && same_line(colon) => block.tokens[colon - 1].hash,
        _ => block.labels.first().and_then(|label| label.words.last()).copied().unwrap_or(0),
    }
}
