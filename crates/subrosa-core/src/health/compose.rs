//! Terms of several words: `acute renal failure`, `loss of vision`, `breast and ovarian cancer`, `G6PD deficiency`.

use crate::dictionary::{self, HealthKind, WordClass, word_hash};
use crate::token::{Gap, Kind, Token};

use super::units::{Unit, after_genitive};
use super::{HealthTerm, Origin};

/// Most tokens a term grows by on one side, so that hostile text costs no more than other text.
const MOST: usize = 24;

/// Makes terms of the units.
pub(super) fn terms(text: &str, tokens: &[Token], units: &[Unit]) -> Vec<HealthTerm> {
    let composer = Composer { text, tokens, units };
    let mut terms: Vec<HealthTerm> = Vec::new();
    let mut index = 0;
    while let Some(unit) = units.get(index) {
        index += 1;
        let (term, used) = match unit.kind {
            HealthKind::Site | HealthKind::Modifier => continue,
            HealthKind::Condition | HealthKind::Symptom | HealthKind::Head => match composer.grow(index - 1, &terms) {
                Some(grown) => grown,
                None => continue,
            },
            kind => {
                let (first, last) = composer.substance(unit);
                let origin = if last > unit.last { Origin::Composed } else { unit.origin };
                let taken = units[index..].iter().take_while(|unit| unit.first <= last).count();
                (HealthTerm { first, last, kind, ambiguous: unit.ambiguous && last == unit.last, origin }, index + taken)
            }
        };
        index = used;
        // What the term has taken in on its left is part of it now.
        while terms.last().is_some_and(|before| before.last >= term.first) {
            terms.pop();
        }
        terms.push(term);
    }
    terms
}

struct Composer<'a> {
    text: &'a str,
    tokens: &'a [Token],
    units: &'a [Unit],
}

impl Composer<'_> {
    /// The term around unit `at`, and the index of the first unit after it.
    fn grow(&self, at: usize, before: &[HealthTerm]) -> Option<(HealthTerm, usize)> {
        let unit = &self.units[at];
        let head = unit.kind == HealthKind::Head;
        // `storage URI`: two or three capitals become no surer by what stands around.
        let token = &self.tokens[unit.first];
        if unit.ambiguous && unit.first == unit.last && token.shape.is_upper() && token.len() <= 3 {
            let term = HealthTerm { first: unit.first, last: unit.last, kind: unit.kind, ambiguous: true, origin: unit.origin };
            return Some((term, at + 1));
        }
        let (mut first, sited) = self.left(at, before);
        let (last, used, complement) = self.right(at);
        let mut topic = sited || complement;
        if !topic && let Some(cause) = self.cause(first) {
            first = cause;
            topic = true;
        }
        if head && !topic {
            return None;
        }
        let grown = first < unit.first || last > unit.last;
        let kind = if head { HealthKind::Condition } else { unit.kind };
        let origin = if grown { Origin::Composed } else { unit.origin };
        Some((HealthTerm { first, last, kind, ambiguous: unit.ambiguous && !topic, origin }, used))
    }

    /// Goes left over sites, modifiers and conditions that stand before, and over coordinated sites (`breast and`): the new
    /// first token, and whether a site or condition is among them.
    fn left(&self, at: usize, before: &[HealthTerm]) -> (usize, bool) {
        let mut first = self.units[at].first;
        let mut sited = false;
        // `ovarian cancer` is listed whole: its own site may be coordinated.
        let whole = self.units[at].last > first && self.units[at].kind != HealthKind::Head;
        let mut index = at;
        let floor = self.units[at].first.saturating_sub(MOST);
        while index > 0 {
            let unit = &self.units[index - 1];
            if unit.first < floor {
                break;
            }
            let touching = self.follows(unit.last, first);
            let coordinated = (sited || whole) && self.coordinates(unit.last, first);
            // What stands in an earlier term is no part of this one: `damage to the liver, and renal failure`.
            let taken = before.last().is_some_and(|term| term.last >= unit.last);
            if !touching && (!coordinated || taken) {
                break;
            }
            match unit.kind {
                HealthKind::Site => sited = true,
                HealthKind::Modifier if touching => {}
                HealthKind::Condition | HealthKind::Symptom if touching && !unit.ambiguous => sited = true,
                _ => break,
            }
            first = unit.first;
            index -= 1;
        }
        // A condition that has grown itself is taken in whole.
        if let Some(whole) = before.last().filter(|whole| whole.first < first && first <= whole.last) {
            first = whole.first;
        }
        (first, sited)
    }

    /// Goes right over a further number (`type 2`) or a complement (`of the breast`): the new last token, the index of the
    /// first unit after it, and whether the complement has a site or condition.
    fn right(&self, at: usize) -> (usize, usize, bool) {
        let mut last = self.units[at].last;
        let mut index = at + 1;
        while let Some(unit) = self
            .units
            .get(index)
            .filter(|unit| unit.kind == HealthKind::Modifier && unit.origin == Origin::Formed && self.follows(last, unit.first))
        {
            last = unit.last;
            index += 1;
        }
        let Some(mut start) = self.complement(last) else { return (last, index, false) };
        let (mut end, mut used, mut next, mut sited) = (last, index, index, false);
        while let Some(unit) = self.units.get(next).filter(|unit| unit.first == start && start - last <= MOST) {
            // An adjective goes on; only what a list has as a part of the body may be the end.
            let adjective = unit.kind == HealthKind::Modifier || unit.origin == Origin::Formed;
            match unit.kind {
                HealthKind::Site => sited |= !adjective,
                HealthKind::Modifier => {}
                // `deficiency of iron`, `fear of cancer`; what is not a part of the body is a term of its own.
                HealthKind::Medication if self.units[at].kind == HealthKind::Head => sited = true,
                _ => break,
            }
            next += 1;
            if !adjective {
                (end, used) = (unit.last, next);
            }
            start = unit.last + 1;
            if !self.follows(unit.last, start) {
                break;
            }
        }
        if sited { (end, used, true) } else { (last, index, false) }
    }

    /// Where the complement after `last` starts: past `of` and articles.
    fn complement(&self, last: usize) -> Option<usize> {
        let of = self.tokens.get(last + 1)?;
        if of.gap == Gap::None || of.gap > Gap::Line || !self.is(last + 1, &["of", "in", "to"]) {
            return None;
        }
        let mut at = last + 2;
        while at <= last + 4 && self.is(at, &["the", "his", "her", "their", "my", "your", "a", "an", "both", "left", "right"]) {
            at += 1;
        }
        self.follows(at - 1, at).then_some(at)
    }

    /// A cause that no list has before a head: `G6PD deficiency`, `Norrie disease`, `Ehlers-Danlos syndrome`.
    fn cause(&self, first: usize) -> Option<usize> {
        let before = first.checked_sub(1)?;
        let lacking = self.is(first, &["deficiency", "deficiencies", "deficient"]);
        let named = self.is(first, &["disease", "syndrome", "syndromes", "dysplasia", "dystrophy"]);
        let mut at = before;
        if self.tokens[at].is_byte(b'-') && self.tokens[at].gap == Gap::None && self.tokens.get(first)?.gap == Gap::None {
            at = at.checked_sub(1)?;
        } else if !self.follows(before, first) {
            return None;
        }
        let genitive = at >= 2 && after_genitive(self.text, self.tokens, at - 2) == at + 1;
        if genitive {
            at -= 2;
        }
        let token = &self.tokens[at];
        // `Maria's disease` is Maria's; only names that stand for a disease are part of its name.
        let eponym = || dictionary::classes().get(token.hash).is_some_and(|class| class.is(WordClass::Eponym));
        if genitive && !eponym() {
            return None;
        }
        let word = token.span().of(self.text);
        let enzyme = word.len() > 5 && (word.ends_with("ase") || word.ends_with("in"));
        let symbol = token.len() >= 2
            && (token.kind == Kind::Number && token.shape.has(crate::token::Shape::UPPER) || token.shape.is_upper());
        if lacking && (enzyme && dictionary::common_words().get(token.hash).is_none() || symbol) {
            return Some(at);
        }
        // `Maria`, a line end and `Disease:` are a name and a label.
        let head = self.tokens.get(first)?;
        let label = head.is_capitalised() && !eponym() || head.gap > Gap::Blank;
        if named && !label && token.is_capitalised() && !token.shape.is_upper() && !self.everyday(at) {
            // Names joined by hyphens belong together.
            while at >= 2
                && self.tokens[at].gap == Gap::None
                && self.tokens[at - 1].is_byte(b'-')
                && self.tokens[at - 1].gap == Gap::None
                && self.tokens[at - 2].is_capitalised()
                && first - at < MOST
            {
                at -= 2;
            }
            return Some(at);
        }
        None
    }

    /// An everyday word with a capital: `This disease`, `Heart Disease`.
    fn everyday(&self, at: usize) -> bool {
        dictionary::common_words().get(self.tokens[at].hash).is_some_and(|word| word.mostly_lower_case)
    }

    /// A drug with the words for its salt and the places of its groups: `metoprolol tartrate`, `6-hydroxydopamine`.
    fn substance(&self, unit: &Unit) -> (usize, usize) {
        let (mut first, mut last) = (unit.first, unit.last);
        while unit.kind == HealthKind::Medication && first >= 2 && unit.first - first < MOST {
            let (joint, place) = (&self.tokens[first - 1], &self.tokens[first - 2]);
            let joined = joint.is_byte(b'-') && joint.gap == Gap::None && self.tokens[first].gap == Gap::None;
            let greek =
                self.is(first - 2, &["alpha", "beta", "gamma", "delta", "trans", "cis", "methyl", "hydroxy", "acetyl", "nor"]);
            if !joined
                || !(greek || place.kind == Kind::Number && place.len() <= 3 || place.kind == Kind::Word && place.len() <= 2)
            {
                break;
            }
            first -= 2;
        }
        if unit.kind == HealthKind::Medication
            && self.follows(last, last + 1)
            && self.is(
                last + 1,
                &[
                    "hydrochloride",
                    "hcl",
                    "sulfate",
                    "sulphate",
                    "sodium",
                    "acetate",
                    "phosphate",
                    "tartrate",
                    "citrate",
                    "maleate",
                    "mesylate",
                    "succinate",
                    "potassium",
                    "calcium",
                    "fumarate",
                    "besylate",
                    "nitrate",
                    "bromide",
                    "chloride",
                ],
            )
        {
            last += 1;
        }
        (first, last)
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word && words.iter().any(|word| word.len() == token.len() && word_hash(word) == token.hash)
        })
    }

    /// Whether the token `next` stands right after `last`, with a blank, a line end or one hyphen between.
    fn follows(&self, last: usize, next: usize) -> bool {
        let Some(token) = self.tokens.get(next) else { return false };
        if next == last + 1 {
            return token.kind != Kind::Punctuation(b'-')
                && matches!(token.gap, Gap::Blank | Gap::Line)
                && !matches!(token.kind, Kind::Punctuation(_));
        }
        next == last + 2
            && token.gap == Gap::None
            && self.tokens[last + 1].is_byte(b'-')
            && self.tokens[last + 1].gap == Gap::None
    }

    /// Whether only a comma, a slash, `and` or `or` stands between: `breast and ovarian`, `renal, hepatic`, `breast/ovarian`.
    fn coordinates(&self, last: usize, next: usize) -> bool {
        if next <= last + 1 || next > last + 5 {
            return false;
        }
        self.tokens.get(next).is_some_and(|token| token.gap <= Gap::Line)
            && (last + 1..next).all(|at| {
                let token = &self.tokens[at];
                token.gap <= Gap::Line
                    && (matches!(token.kind, Kind::Punctuation(b',' | b'/' | b'-')) || self.is(at, &["and", "or"]))
            })
    }
}
