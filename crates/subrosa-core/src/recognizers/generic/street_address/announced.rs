//! Addresses of any make that a label or `lives at` announces: `Domicilio: Olivos 97, 3 B`, `resides at 28 Puruntie`.

use crate::block::Block;
use crate::keyword::{Classes, classes};
use crate::recognizer::Proposal;
use crate::recognizers::cue::{Cues, Words};
use crate::token::{Gap, Kind};

use super::push;
use super::tail::rest;

static LABELS: Cues = Cues::new(
    &[
        "address",
        "home address",
        "street address",
        "mailing address",
        "postal address",
        "domicilio",
        "dirección",
        "direccion",
        "calle",
        "adresse",
        "anschrift",
        "wohnort",
        "indirizzo",
        "residenza",
        "adres",
        "endereço",
        "morada",
        "residence",
    ],
    &[],
);
/// Addresses of other things.
static OTHER: Words = Words::new(&[
    "email",
    "mail",
    "ip",
    "mac",
    "web",
    "url",
    "memory",
    "wallet",
    "server",
    "site",
    "website",
    "network",
    "bitcoin",
    "correo",
    "electrónico",
    "electrónica",
]);
static LIVES: Cues = Cues::new(
    &[
        "lives at",
        "living at",
        "lived at",
        "resides at",
        "residing at",
        "resided at",
        "located at",
        "resident at",
        "address is",
        "home is",
        "meet me at",
        "reside at",
        "live at",
        "deliver to",
        "ship to",
        "return to",
        "vive en",
        "domiciliado en",
        "domiciliada en",
        "con domicilio en",
        "residente en",
        "wohnhaft in",
        "wohnt in",
        "wohnhaft",
        "demeurant",
        "demeurant au",
        "domicilié",
        "domiciliée",
        "habite au",
        "habite",
        "residente in",
        "abita in",
        "woonachtig",
        "wonende te",
        "residente na",
        "mora na",
    ],
    &[],
);
/// Small words inside a street's name.
static CONNECTORS: Words = Words::new(&[
    "de", "del", "la", "las", "los", "el", "y", "da", "do", "dos", "das", "des", "du", "di", "der", "den", "van", "von", "le",
    "les", "of", "the",
]);

/// Most tokens of a value.
const LONGEST: usize = 24;

/// The value that starts at token `first`, if a label before it says that it is an address.
pub(super) fn labelled(block: &Block<'_>, first: usize, proposals: &mut Vec<Proposal>) {
    let marked = first > 0 && block.tokens.get(first - 1).is_some_and(|before| before.is_byte(b':'));
    let Some(token) = block.token(first) else { return };
    if !(marked || first == 0 && !block.labels.is_empty())
        || token.gap > Gap::Line
        || token.kind != Kind::Number && !token.is_capitalised() && !is_street(block, first)
    {
        return;
    }
    if LABELS.of(block, first).is_none_or(|cue| !cue.marked) || is_other(block, first) {
        return;
    }
    let Some(last) = line(block, first) else { return };
    // Only further lines can belong to it: the line itself was taken whole.
    let next =
        last + 1 + usize::from(block.token(last + 1).is_some_and(|stop| matches!(stop.kind, Kind::Punctuation(b'.' | b','))));
    let lines = block.token(next).is_some_and(|token| token.gap >= Gap::Line);
    let last = if lines { rest(block, last).0.max(last) } else { last };
    push(block, first, last, 660, "label", proposals);
}

fn is_street(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_some_and(|token| classes(token).any(Classes::STREET))
}

/// Whether the label names an address of another kind.
fn is_other(block: &Block<'_>, first: usize) -> bool {
    (first.saturating_sub(4)..first).any(|index| OTHER.at(block, index))
}

/// The last token of the line's value, if it is made like an address: a name with a capital and a number.
fn line(block: &Block<'_>, first: usize) -> Option<usize> {
    let (mut last, mut capitals, mut numbers) = (first, 0, 0);
    for index in first..first + LONGEST {
        let Some(token) = block.token(index) else { break };
        if index > first && token.gap >= Gap::Wide {
            break;
        }
        match token.kind {
            // No part of an address, or a label within the line.
            Kind::Punctuation(b'@' | b'=' | b'{' | b'<' | b'"' | b'_' | b'%' | b'$' | b':') => return None,
            Kind::Punctuation(b'.') if ends_value(block, index, numbers) => break,
            Kind::Punctuation(_) => {}
            Kind::Word => {
                capitals += usize::from(token.is_capitalised() && token.len() >= 3);
                last = index;
            }
            Kind::Number => {
                numbers += 1;
                last = index;
            }
        }
    }
    let street = is_street(block, first);
    ((capitals > 0 || street) && numbers > 0 || capitals > 1 && street).then_some(last)
}

/// Whether the full stop at `stop` ends the value: at the line's end, or a sentence after the number of the street.
fn ends_value(block: &Block<'_>, stop: usize, numbers: usize) -> bool {
    let Some(next) = block.token(stop + 1).filter(|next| next.gap < Gap::Wide) else { return true };
    let word = block.before(stop).is_some_and(|word| word.kind == Kind::Word && word.len() > 4);
    numbers > 0 && word && next.gap == Gap::Blank && next.is_capitalised()
}

/// `lives at 28 Puruntie`, `wohnhaft in Am Markt 5`: the address to which the number at `at` belongs.
pub(super) fn lives_at(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    let mut first = at;
    while first > 0
        && at - first < 6
        && block.tokens[first].gap <= Gap::Blank
        && (block.tokens[first - 1].is_capitalised()
            || CONNECTORS.at(block, first - 1)
            || block.tokens[first - 1].is_byte(b'.') && block.tokens[first - 1].gap == Gap::None)
        && LIVES.ends_at(block, first - 1).is_none()
    {
        first -= 1;
    }
    let cue = first;
    while first < at && !block.tokens[first].is_capitalised() {
        first += 1;
    }
    if cue == 0 || LIVES.ends_at(block, cue - 1) != Some(false) || block.tokens[first].gap > Gap::Line {
        return;
    }
    let mut last = at;
    let mut capitals = usize::from(first < at);
    for index in at + 1..at + 8 {
        let Some(token) = block.token(index).filter(|token| token.gap <= Gap::Blank) else { break };
        let inside = token.kind == Kind::Word && (token.is_capitalised() || CONNECTORS.has(token))
            || token.kind == Kind::Number && token.len() <= 5;
        if !inside {
            break;
        }
        capitals += usize::from(token.is_capitalised() && token.len() >= 3);
        if token.is_capitalised() || token.kind == Kind::Number {
            last = index;
        }
    }
    if capitals > 0 {
        push(block, first, rest(block, last).0.max(last), 640, "lives-at", proposals);
    }
}
