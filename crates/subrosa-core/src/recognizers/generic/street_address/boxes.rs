//! Post office boxes, and the addresses of armed forces overseas: `P.O. Box 1234`, `Apartado 12`, `PSC 1437, Box 3833 / APO AA 34025`.

use crate::block::Block;
use crate::recognizer::Proposal;
use crate::recognizers::cue::Cues;
use crate::token::{Gap, Kind};

use super::push;
use super::tail::rest;

static BOXES: Cues = Cues::new(
    &[
        "apartado de correos",
        "apartado postal",
        "apdo de correos",
        "apdo",
        "postfach",
        "boîte postale",
        "casella postale",
        "postbus",
        "caixa postal",
        "postboks",
        "postbox",
        "private bag",
        "gpo box",
    ],
    &[],
);

/// The box to which the number at `at` belongs.
pub(super) fn propose(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    if overseas(block, at, proposals) || at == 0 || block.tokens[at].gap > Gap::Blank {
        return;
    }
    let before = at - 1;
    if block.str(before).eq_ignore_ascii_case("box") {
        if let Some(first) = post_office(block, before) {
            push(block, first, rest(block, at).0, 800, "post-office-box", proposals);
        }
    } else if BOXES.ends_at(block, before) == Some(false) {
        let first = (before.saturating_sub(3)..before).rev().take(3).find(|index| {
            matches!(
                block.str(*index).to_lowercase().as_str(),
                "apartado" | "apdo" | "boîte" | "casella" | "caixa" | "private" | "gpo"
            )
        });
        push(block, first.unwrap_or(before), rest(block, at).0, 720, "post-office-box", proposals);
    }
}

/// The first token of `P.O. Box`, `PO Box`, `Post Office Box` that ends at `at`.
fn post_office(block: &Block<'_>, at: usize) -> Option<usize> {
    let mut first = at;
    let mut letters = String::new();
    while first > 0 && at - first < 4 && block.tokens[first].gap <= Gap::Blank {
        first -= 1;
        if block.tokens[first].kind == Kind::Word {
            letters.insert_str(0, &block.str(first).to_ascii_lowercase());
        }
        if matches!(letters.as_str(), "po" | "postoffice") {
            return Some(first);
        }
    }
    None
}

/// `APO AA 34025` with the unit or ship on the line before.
fn overseas(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) -> bool {
    let office =
        |index: usize| matches!(block.str(index), "APO" | "FPO" | "DPO") && matches!(block.str(index + 1), "AA" | "AE" | "AP");
    let Some(code) = at.checked_sub(2).filter(|code| office(*code)) else { return false };
    if block.tokens[at].len() != 5 || !block.tokens[at].is_digits() {
        return false;
    }
    let mut first = code;
    let mut end = code;
    if end > 0 && block.tokens[end - 1].is_byte(b',') {
        end -= 1;
    }
    let start = end.saturating_sub(9);
    if let Some(unit) = (start..end)
        .rev()
        .find(|index| matches!(block.str(*index), "PSC" | "CMR" | "Unit" | "UNIT" | "USNS" | "USS" | "USNV" | "USCGC"))
        && (unit + 1..=code).all(|index| block.tokens[index].gap <= Gap::Line)
    {
        first = unit;
    }
    push(block, first, at, 850, "overseas", proposals);
    true
}
