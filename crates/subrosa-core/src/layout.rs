//! How identifiers are written, and one machine that finds all of them.
//!
//! An identifier without words of its own is told by its *layout*: `999-99-9999`, `AA 99 99 99 A`. The layouts of all
//! recognizers become one table of states, so a number in a text is read once, byte by byte, and only as long as some layout
//! still fits, whether there are ten layouts or a thousand.
//!
//! A layout says nothing of check digits, ranges or particular letters: those are the recognizer's, asked only where its layout fits.

use std::collections::BTreeMap;

/// How an identifier is written, and how sure that alone makes.
///
/// `9` stands for a digit, `A` for a letter (of the alphabet, small or capital), `*` for either; a blank and `-./+()` stand for
/// themselves; `9{11}` is eleven digits. Other blanks and dashes of Unicode count as blank and hyphen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The signs.
    pub signs: &'static str,
    /// Before check and context, in thousandths.
    pub confidence: u16,
}

impl Layout {
    /// A layout.
    pub const fn new(signs: &'static str, confidence: u16) -> Self {
        Self { signs, confidence }
    }

    /// For each place the classes that may stand there, a bit each. `None` when the signs are no layout.
    pub(crate) fn places(&self) -> Option<Vec<u16>> {
        let mut places = Vec::new();
        let mut signs = self.signs.chars();
        while let Some(sign) = signs.next() {
            if sign == '{' {
                let (count, rest) = signs.as_str().split_once('}')?;
                let count: usize = count.parse().ok().filter(|count| (1..=LONGEST).contains(count))?;
                let last = *places.last()?;
                places.extend(std::iter::repeat_n(last, count - 1));
                signs = rest.chars();
            } else {
                places.push(match sign {
                    '9' => 1 << DIGIT,
                    'A' => 1 << LETTER,
                    '*' => 1 << DIGIT | 1 << LETTER,
                    ' ' => 1 << BLANK,
                    '-' => 1 << HYPHEN,
                    '.' => 1 << STOP,
                    '/' => 1 << SLASH,
                    '+' => 1 << PLUS,
                    '(' => 1 << OPEN,
                    ')' => 1 << CLOSE,
                    _ => return None,
                });
            }
        }
        (1..=LONGEST).contains(&places.len()).then_some(places)
    }
}

/// Most places of a layout.
const LONGEST: usize = 40;

const DIGIT: u8 = 0;
const LETTER: u8 = 1;
const BLANK: u8 = 2;
const HYPHEN: u8 = 3;
const STOP: u8 = 4;
const SLASH: u8 = 5;
const PLUS: u8 = 6;
const OPEN: u8 = 7;
const CLOSE: u8 = 8;
/// No layout holds it.
const OTHER: u8 = 9;
const CLASSES: usize = 10;

static CLASS: [u8; 128] = {
    let mut table = [OTHER; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b' ' => BLANK,
            b'-' => HYPHEN,
            b'.' => STOP,
            b'/' => SLASH,
            b'+' => PLUS,
            b'(' => OPEN,
            b')' => CLOSE,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

/// The class of the character at `at` and its bytes.
fn class_at(text: &str, at: usize) -> Option<(u8, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if let Some(class) = CLASS.get(usize::from(byte)) {
        return Some((*class, 1));
    }
    let character = text.get(at..)?.chars().next()?;
    let class = match character {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => BLANK,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => HYPHEN,
        _ => OTHER,
    };
    Some((class, character.len_utf8()))
}

/// The layouts of many recognizers as one table. `T` is what a layout stands for.
pub struct Layouts<T> {
    /// The next state by state and class. State 0 is the end: no layout fits.
    next: Vec<[u16; CLASSES]>,
    /// Where in `ends` the layouts that end in a state are.
    complete: Vec<(u32, u32)>,
    ends: Vec<T>,
}

impl<T> Default for Layouts<T> {
    fn default() -> Self {
        Self { next: Vec::new(), complete: Vec::new(), ends: Vec::new() }
    }
}

/// The state in which reading starts.
const START: u16 = 1;

impl<T: Copy> Layouts<T> {
    /// The table for `layouts`; what is no layout never fits.
    pub fn new(layouts: &[(Layout, T)]) -> Self {
        let places: Vec<_> = layouts.iter().map(|(layout, _)| layout.places().unwrap_or_default()).collect();
        let mut table = Self { next: vec![[0; CLASSES]; 2], complete: vec![(0, 0); 2], ends: Vec::new() };
        // All layouts have been read equally far in a state, so those that still fit are all there is to know of it.
        let mut fitting: Vec<(u16, Vec<usize>)> =
            vec![(START, (0..places.len()).filter(|index| !places[*index].is_empty()).collect())];
        for depth in 0..LONGEST {
            let mut states: BTreeMap<Vec<usize>, u16> = BTreeMap::new();
            let mut deeper = Vec::new();
            for (state, layouts_here) in &fitting {
                for class in 0..OTHER {
                    let fits = |index: &usize| places[*index].get(depth).is_some_and(|classes| classes >> class & 1 == 1);
                    let rest: Vec<usize> = layouts_here.iter().copied().filter(fits).collect();
                    if rest.is_empty() {
                        continue;
                    }
                    let known = states.get(&rest).copied();
                    let Some(next) = known.or_else(|| u16::try_from(table.next.len()).ok()) else { continue };
                    if known.is_none() {
                        let first = table.ends.len() as u32;
                        table.ends.extend(rest.iter().filter(|index| places[**index].len() == depth + 1).map(|i| layouts[*i].1));
                        table.next.push([0; CLASSES]);
                        table.complete.push((first, table.ends.len() as u32));
                        states.insert(rest.clone(), next);
                        deeper.push((next, rest));
                    }
                    table.next[usize::from(*state)][usize::from(class)] = next;
                }
            }
            fitting = deeper;
        }
        table
    }

    /// How many states there are.
    pub fn states(&self) -> usize {
        self.next.len()
    }

    /// Calls `found` for every layout that the text from `start` has, with the byte after its end. The same end comes in one run.
    #[inline]
    pub fn read(&self, text: &str, start: usize, mut found: impl FnMut(usize, &[T])) {
        let mut state = START;
        let mut at = start;
        while let Some((class, width)) = class_at(text, at) {
            state = self.next.get(usize::from(state)).map_or(0, |next| next[usize::from(class)]);
            if state == 0 {
                return;
            }
            at += width;
            let (first, last) = self.complete[usize::from(state)];
            if first < last {
                found(at, &self.ends[first as usize..last as usize]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(layouts: &[&'static str], text: &str) -> Vec<(usize, usize)> {
        let layouts: Vec<_> = layouts.iter().enumerate().map(|(index, signs)| (Layout::new(signs, 0), index)).collect();
        let mut all = Vec::new();
        Layouts::new(&layouts).read(text, 0, |end, found| all.extend(found.iter().map(|index| (end, *index))));
        all
    }

    #[test]
    fn all_layouts_are_read_at_once() {
        let layouts = ["999-99-9999", "9{9}", "999", "A9{2}", "***-99"];
        assert_eq!(found(&layouts, "123-45-6789"), [(3, 2), (6, 4), (11, 0)]);
        assert_eq!(found(&layouts, "123456789"), [(3, 2), (9, 1)]);
        assert_eq!(found(&layouts, "x12-34"), [(3, 3), (6, 4)]);
        assert_eq!(found(&layouts, "12"), []);
    }

    #[test]
    fn typographic_blanks_and_dashes_count() {
        assert_eq!(found(&["99-99 99"], "12\u{2011}34\u{a0}56"), [(11, 0)]);
    }

    #[test]
    fn what_is_no_layout_never_fits() {
        for signs in ["", "{3}", "9{0}", "9{99}", "9{", "x", "9_9"] {
            assert_eq!(Layout::new(signs, 0).places(), None, "{signs}");
            assert_eq!(found(&[signs], "999"), []);
        }
        assert_eq!(Layout::new("9{3}A", 0).places(), Some(vec![1, 1, 1, 2]));
    }
}
