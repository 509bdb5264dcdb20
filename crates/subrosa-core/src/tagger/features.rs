//! What the model sees of a site: rows of its table, chosen by hashing.
//!
//! [`fixed`] are the rows that do not depend on other tags; [`Moving`] keeps what is needed for those that do. Each feature has
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
pub const ROW_BITS: u32 = 18;
/// Most rows of one site from [`fixed`].
pub const MOST_FIXED: usize = 64;
/// Most rows of one site from [`Moving::rows`].
pub const MOST_MOVING: usize = 16;

/// Which rows of [`fixed`] come from the site's own word: training leaves them out now and then.
pub const WORD_ROWS: [usize; 4] = [0, 5, 6, 28];

/// Rows gathered, without allocation.
pub struct Rows<const N: usize> {
    rows: [u32; N],
    count: usize,
}

impl<const N: usize> Rows<N> {
    /// None yet.
    pub const fn new() -> Self {
        Self { rows: [0; N], count: 0 }
    }

    /// The rows gathered.
    pub fn as_slice(&self) -> &[u32] {
        &self.rows[..self.count]
    }

    #[inline]
    fn add(&mut self, slot: u64, value: u64) {
        if let Some(room) = self.rows.get_mut(self.count) {
            let mixed = (value ^ slot.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
            *room = ((mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93) >> (64 - ROW_BITS)) as u32;
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
    /// The word after it.
    pub after: u64,
    before: u64,
    lists: u32,
    around: u32,
}

impl Moving {
    /// The rows, given the two tags before (outside where a gap lies between) and what the document says of the words.
    pub fn rows(&self, before: Tag, before_that: Tag, recall: Recall, recall_after: Recall) -> Rows<MOST_MOVING> {
        let mut rows = Rows::new();
        let tag = before.index() as u64 + 1;
        let lists = u64::from(self.lists);
        rows.add(100, tag);
        rows.pair(101, tag, before_that.index() as u64);
        if before != Tag::OUTSIDE {
            rows.pair(102, tag, self.word);
            rows.pair(104, tag, self.before);
            rows.pair(105, tag, self.after);
        }
        rows.pair(103, tag, lists);
        rows.pair(106, tag, u64::from(self.around));
        let (word, next) = (u64::from(recall.code()), u64::from(recall_after.code()));
        rows.add(107, word);
        rows.pair(108, word, tag);
        rows.pair(109, word, lists);
        rows.add(110, next);
        rows.pair(111, word, next);
        rows
    }
}

/// What is known of one token, in small codes.
#[derive(Clone, Copy, Default)]
struct View {
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
    /// As a title, role, head word and so on.
    class: u32,
}

const OUT: View = View { word: 0x5851_f42d_4c95_7f2d, case: 15, lists: 0xff, name: 0, place: 0, everyday: 0, class: 31 };

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
            let class = class_code(block.word(index).class);
            View { word: token.hash, case: case(token), lists: class << 8, class, ..View::default() }
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
    View { word: token.hash, case: case(token), lists, name, place, everyday, class }
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
        if token.len() == 1 { 1 } else { 2 + u32::from(token.len() > 4) }
    } else if shape.has(Shape::CAPITAL_FIRST) {
        // `McDonald`, `YouTube`: counted by bytes, the rest of the word is looked at below.
        4
    } else if shape.has(Shape::UPPER) {
        5
    } else {
        6
    }
}

/// The rows of the site `at` of `sites` that depend on the text alone, and what the others are made from.
pub fn fixed(block: &Block<'_>, sites: &[Site], at: usize, rows: &mut Rows<MOST_FIXED>) -> Moving {
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

    let w0 = view(block, Some(index));
    let b1 = view(block, before_at);
    let b2 = view(block, far_at);
    let a1 = view(block, after_at);
    let a2 = view(block, far_after_at);
    let starts = u64::from(block.begins_sentence(index));
    let word = &block.text[here.span().range()];
    let (prefix3, prefix4, suffix3, suffix4) = affixes(word);
    let c = |view: &View| u64::from(view.case);
    let l = |view: &View| u64::from(view.lists);
    let gap = here.gap as u64;
    let gap_after = tokens.get(index + 1).map_or(5, |token| token.gap as u64);

    // Gathered here, so that where each row goes is known when this is compiled.
    let gathered = rows;
    let mut rows = Rows::<MOST_FIXED>::new();
    rows.add(0, w0.word);
    rows.add(1, b1.word);
    rows.add(2, a1.word);
    rows.add(3, b2.word);
    rows.add(4, a2.word);
    rows.pair(5, b1.word, w0.word);
    rows.pair(6, w0.word, a1.word);
    rows.pair(7, b1.word, a1.word);
    rows.pair(8, b2.word, b1.word);
    rows.pair(9, a1.word, a2.word);
    rows.pair(10, l(&w0), c(&w0));
    rows.three(11, l(&w0), c(&w0), starts);
    rows.pair(12, l(&b1), c(&b1));
    rows.pair(13, l(&a1), c(&a1));
    rows.three(14, l(&b1) << 8 | c(&b1), l(&w0), c(&w0));
    rows.three(15, l(&a1) << 8 | c(&a1), l(&w0), c(&w0));
    rows.three(16, l(&b1) << 8 | c(&b1), l(&w0) << 8 | c(&w0), l(&a1) << 8 | c(&a1));
    rows.add(17, u64::from(w0.name) << 8 | starts << 4 | c(&w0));
    rows.add(18, u64::from(w0.place) << 8 | c(&w0));
    rows.add(19, u64::from(w0.everyday) << 8 | starts << 4 | c(&w0));
    rows.add(20, u64::from(w0.class) << 8 | c(&a1));
    rows.pair(21, suffix3, c(&w0));
    rows.pair(22, suffix4, c(&w0));
    rows.pair(23, prefix3, c(&w0));
    rows.pair(24, prefix4, c(&w0));
    rows.three(25, c(&b1), c(&w0), c(&a1));
    rows.three(26, c(&b2) << 8 | c(&b1), c(&w0), c(&a1) << 8 | c(&a2));
    rows.add(27, (here.len().min(15) as u64) << 4 | c(&w0).min(15));
    rows.three(28, w0.word, c(&w0), starts);
    rows.three(29, gap << 4 | gap_after, c(&w0), c(&a1));
    rows.three(30, b1.word, l(&w0), c(&w0));
    rows.three(31, a1.word, l(&w0), c(&w0));
    rows.three(32, u64::from(b1.class), u64::from(b2.class), l(&w0));
    rows.pair(33, u64::from(b1.name), u64::from(w0.name));
    rows.pair(34, u64::from(a1.name), u64::from(w0.name));

    // The run of sites that this one stands in.
    let run = Run::around(sites, at);
    // Most runs are short, and their ends seen already.
    let (first, out_before) = if run.first == at {
        (w0, b1)
    } else {
        let first = sites[run.first].token;
        let out = if tokens[first].gap >= Gap::Paragraph { None } else { first.checked_sub(1) };
        (view(block, Some(first)), view(block, out))
    };
    let (last, out_after) = if run.last == at {
        (w0, a1)
    } else {
        let last = sites[run.last].token;
        (view(block, Some(last)), view(block, open(last + 1)))
    };
    let place_in_run = (run.place(at) as u64) << 4 | run.len() as u64;
    rows.pair(40, place_in_run, c(&w0));
    rows.pair(41, last.word, place_in_run);
    rows.pair(42, out_after.word, u64::from(at == run.last));
    rows.pair(43, out_before.word, place_in_run);
    rows.three(44, l(&first), l(&last), run.place(at) as u64);
    rows.three(45, out_before.word, out_after.word, run.len() as u64);
    rows.three(46, u64::from(last.class), u64::from(first.class), place_in_run);
    rows.pair(47, first.word, place_in_run);
    rows.pair(48, l(&out_after) << 8 | c(&out_after), place_in_run << 24 | l(&w0));
    rows.pair(49, l(&out_before) << 8 | c(&out_before), place_in_run << 24 | l(&w0));

    // Forms and tables.
    let label = label(block, index);
    rows.add(50, label);
    rows.three(51, label, l(&w0), c(&w0));
    rows.pair(52, u64::from(block.is_without_capitals()) << 1 | u64::from(block.is_all_capitals()), l(&w0) << 8 | c(&w0));
    let health = |index: Option<usize>| u64::from(index.is_some_and(|index| block.is_health_term(index)));
    let (h0, h1) = (health(Some(index)), health(after_at));
    rows.three(53, h0 << 1 | h1, l(&w0), c(&w0));
    rows.pair(54, h0 << 1 | h1, a1.word);
    *gathered = rows;
    Moving {
        word: w0.word,
        after: a1.word,
        before: b1.word,
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
