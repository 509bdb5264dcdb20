//! Postal codes of the United States: five digits after a state (`Raleigh, NC 27601`), or nine (`27601-1234`).
//!
//! *Misses by design*: five digits alone, unless a label or the word ZIP stands near; codes of other countries.
//! *Confuses with*: other five-digit numbers after two capitals; so a town or a comma must go before the state.
//! *References*: USPS Publication 28, appendix B; 45 CFR 164.514(b)(2)(i)(B).

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Postal codes of the United States.
pub static RECOGNIZER: ZipCode = ZipCode {
    info: Info {
        module: module_path!(),
        entity: Entity::ZIP_CODE,
        summary: "Postal code of the United States, five or nine digits.",
        context: &["zip", "zip code", "zipcode", "postal code", "postcode"],
        negative_context: &[],
        hits: &["Raleigh, NC ⟦27601⟧", "12 Main St, Albany, New York ⟦12207-1234⟧", "ZIP: ⟦48750⟧", "my zip code is ⟦35350⟧"],
        misses: &["ID 83701 records", "12345 people", "NC 276011", "order 27601", "WA 98101.5"],
    },
};

static STATES: Words = Words::new(&[
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "dc", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la", "me", "md",
    "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or", "pa", "ri", "sc", "sd",
    "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "pr", "gu", "vi",
]);
/// States' names; of those in two words the last.
static NAMES: Words = Words::new(&[
    "alabama",
    "alaska",
    "arizona",
    "arkansas",
    "california",
    "colorado",
    "connecticut",
    "delaware",
    "florida",
    "georgia",
    "hawaii",
    "idaho",
    "illinois",
    "indiana",
    "iowa",
    "kansas",
    "kentucky",
    "louisiana",
    "maine",
    "maryland",
    "massachusetts",
    "michigan",
    "minnesota",
    "mississippi",
    "missouri",
    "montana",
    "nebraska",
    "nevada",
    "hampshire",
    "jersey",
    "mexico",
    "york",
    "carolina",
    "dakota",
    "ohio",
    "oklahoma",
    "oregon",
    "pennsylvania",
    "island",
    "tennessee",
    "texas",
    "utah",
    "vermont",
    "virginia",
    "washington",
    "wisconsin",
    "wyoming",
]);

/// The recognizer of [`Entity::ZIP_CODE`].
pub struct ZipCode {
    info: Info,
}

impl Recognizer for ZipCode {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Digits { min: 5, max: 5 }]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, at) = (site.block, site.token);
        let Some(token) = block.token(at) else { return };
        if !token.is_digits() || token.len() != 5 || !stands_alone(block, at) {
            return;
        }
        let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
        let plus_four = touching(at + 1).is_some_and(|dash| dash.is_byte(b'-'))
            && touching(at + 2).is_some_and(|four| four.is_digits() && four.len() == 4);
        let (last, base, pattern) = match (after_state(block, at), plus_four) {
            (true, true) => (at + 2, 800, "state-nine"),
            (true, false) => (at, 650, "state"),
            (false, true) => (at + 2, 400, "nine"),
            (false, false) => (at, 150, "five"),
        };
        if pattern == "five" && touching(at + 1).is_some_and(|next| matches!(next.kind, Kind::Punctuation(b'-' | b'/' | b':'))) {
            return;
        }
        let base = Confidence::new(base);
        proposals.push(Proposal { span: block.span(at, last), base, pattern, verdict: Verdict::Unknown });
    }
}

fn stands_alone(block: &Block<'_>, at: usize) -> bool {
    let joined_before = block.tokens[at].gap == Gap::None
        && block
            .before(at)
            .is_some_and(|before| matches!(before.kind, Kind::Punctuation(b'-' | b'/' | b'.' | b',' | b'$' | b'_' | b'#')));
    let joined_after = block.token(at + 1).is_some_and(|next| {
        next.gap == Gap::None
            && matches!(next.kind, Kind::Punctuation(b'.' | b',' | b'_' | b'%'))
            && (next.is_byte(b'%') || block.token(at + 2).is_some_and(|after| after.gap == Gap::None))
    });
    !joined_before && !joined_after
}

/// Whether a state goes before: `, NC`, `Raleigh NC`, `, New York`.
fn after_state(block: &Block<'_>, at: usize) -> bool {
    let Some(mut state) = at.checked_sub(1) else { return false };
    if block.tokens[at].gap > Gap::Wide {
        return false;
    }
    if block.tokens[state].is_byte(b',') && state > 0 {
        state -= 1;
    }
    let Some(before) = block.before(state) else { return false };
    let word = &block.tokens[state];
    if word.len() == 2 && word.shape.is_upper() && STATES.has(word) {
        // `ID`, `OR`, `IN` and `ME` in capitals are words as well; after a comma they are states.
        return before.is_byte(b',')
            || before.is_capitalised() && !before.shape.is_upper() && !matches!(block.str(state), "ID" | "IN");
    }
    word.is_capitalised() && NAMES.has(word)
}
