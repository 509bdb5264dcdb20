//! Places on the earth by their coordinates: degrees with minutes and seconds (`51°30'26"N 0°7'39"W`), decimal pairs after a word
//! (`GPS 51.5007, -0.1246`, `lat=51.5007&lon=-0.1246`), `geo:` addresses, plus codes, and military and national grids after a
//! word. To four decimal places a pair is a house.
//!
//! *Misses by design*: decimal pairs that nothing announces, since every table of numbers has them; fewer than two decimal places.
//! *Confuses with*: angles and temperatures, which have no direction.
//! *References*: ISO 6709; RFC 5870 (geo URI); Open Location Code specification; NGA.STND.0037 (MGRS); Ordnance Survey National
//! Grid.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, LazyRegex, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::keywords::Keywords;
use crate::span::Span;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Coordinates.
pub static RECOGNIZER: Coordinates = Coordinates {
    info: Info {
        module: module_path!(),
        entity: Entity::new("COORDINATES"),
        summary: "Place on the earth by its coordinates, plus code or grid reference.",
        context: &[],
        negative_context: &[],
        hits: &[
            "at ⟦51°30'26\"N 0°7'39\"W⟧ by the river",
            "⟦51° 30′ 26.5″ N, 0° 7′ 39″ W⟧",
            "⟦40.7128° N, 74.0060° W⟧",
            "GPS: ⟦51.5007, -0.1246⟧",
            "coordinates (⟦51.5007,-0.1246⟧)",
            "Latitude: ⟦51.5007⟧, Longitude: ⟦-0.1246⟧",
            "Lat ⟦51.5007⟧, Long ⟦-0.1246⟧",
            "{\"lat\": ⟦51.5007⟧, \"lng\": ⟦-0.1246⟧}",
            "⟦geo:48.2010,16.3695⟧",
            "plus code ⟦9C3XGV4C+XV⟧",
            "MGRS ⟦33UXP0500444997⟧",
            "grid reference ⟦TQ 30080 80532⟧",
        ],
        misses: &[
            "0.1234, 1.5678",
            "at 37.5°C and 45° to the left",
            "lat 1 of 3",
            "a+b and C++ and 23456789+1",
            "the long run of 12.5, 13.5",
            "geo: 3 of 4",
        ],
    },
};

/// Words before a pair or one of it.
pub(in crate::recognizers) static WORDS: Keywords = Keywords::new(&[
    "lat",
    "latitude",
    "lon",
    "lng",
    "long",
    "longitude",
    "latlng",
    "latlong",
    "latlon",
    "coordinates",
    "coordinate",
    "coords",
    "coord",
    "gps",
    "geolocation",
    "geotag",
    "geopoint",
    "koordinaten",
    "breite",
    "breitengrad",
    "länge",
    "längengrad",
    "coordenadas",
    "latitud",
    "longitud",
    "coordonnées",
    "coordinate",
    "position",
    "mgrs",
    "utm",
    "usng",
    "grid",
    "gridref",
    "ngr",
]);

const DEGREES: &str = concat!(
    r"\d{1,3}(?:[.,]\d{1,8})?\xc2\xb0",
    r"(?: ?\d{1,2}(?:[.,]\d{1,6})? ?(?:'|\xe2\x80\x99|\xe2\x80\xb2|\xc2\xb4))?",
    r#"(?: ?\d{1,2}(?:[.,]\d{1,6})? ?(?:"|''|\xe2\x80\x9d|\xe2\x80\xb3|\xe2\x80\x99\xe2\x80\x99))?"#,
    r" ?[NSEWO]\b"
);
const PAIR: &str =
    r"[-+]?\d{1,3}\.\d{2,15}(?:\xc2\xb0)? ?[NSns]?(?:, ?|; ?| |/)[-+]?\d{1,3}\.\d{2,15}(?:\xc2\xb0)?(?: ?[EWew]\b)?";
const SINGLE: &str = r"[-+]?\d{1,3}\.\d{2,15}(?:\xc2\xb0)?(?: ?[NSEW]\b)?";

/// The recognizer of the entity `COORDINATES`.
pub struct Coordinates {
    info: Info,
}

impl Recognizer for Coordinates {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block, Trigger::Byte(0), Trigger::Byte(b'+'), Trigger::Byte(b':')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, at) = (site.block, site.token);
        let mut push = |span: Span, base: u16, pattern| {
            proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
        };
        match block.token(at).map(|token| token.kind) {
            Some(Kind::Punctuation(0)) => degrees(block, at).into_iter().for_each(|span| push(span, 850, "degrees")),
            Some(Kind::Punctuation(b'+')) => plus_code(block, at).into_iter().for_each(|span| push(span, 750, "plus-code")),
            Some(Kind::Punctuation(b':')) => address(block, at).into_iter().for_each(|span| push(span, 900, "geo")),
            _ => {}
        }
        if at == 0 {
            for word in WORDS.find(block) {
                if let Some((span, pattern)) = announced(block, word) {
                    push(span, 650, pattern);
                }
            }
        }
    }
}

/// The degrees whose sign is at token `sign`, with the second half of the pair when it follows.
fn degrees(block: &Block<'_>, sign: usize) -> Option<Span> {
    static HALF: LazyRegex = LazyRegex::new();
    if block.str(sign) != "°" {
        return None;
    }
    let text = block.text;
    let sign = block.tokens[sign].start as usize;
    let digits =
        text[..sign].bytes().rev().take(13).take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    let start = sign - digits;
    let start = start + text[start..sign].bytes().take_while(|byte| !byte.is_ascii_digit()).count();
    let end = HALF.match_at(DEGREES, text, start, 64)?;
    // The first half holds the second; the second alone is found inside it.
    let rest = &text[end..];
    let skipped = rest.len() - rest.trim_start_matches([' ', ',', ';', '/']).len();
    let second = if skipped <= 3 { HALF.match_at(DEGREES, text, end + skipped, 64) } else { None };
    Some(Span::new(start, second.unwrap_or(end)))
}

/// `9C3XGV4C+XV`, its plus sign at token `plus`.
fn plus_code(block: &Block<'_>, plus: usize) -> Option<Span> {
    let code = |text: &str| text.bytes().all(|byte| b"23456789CFGHJMPQRVWX".contains(&byte));
    let before = plus.checked_sub(1)?;
    let (area, rest) = (block.str(before), block.str(plus + 1));
    let touch = [plus, plus + 1].iter().all(|at| block.token(*at).is_some_and(|token| token.gap == Gap::None));
    let mixed = area.bytes().any(|byte| byte.is_ascii_alphabetic()) && rest.bytes().any(|byte| byte.is_ascii_alphabetic());
    let whole = area.len() == 8 && (2..=3).contains(&rest.len()) && code(area) && code(rest);
    (touch && whole && mixed).then(|| block.span(before, plus + 1))
}

/// `geo:48.2010,16.3695`, its colon at token `colon`.
fn address(block: &Block<'_>, colon: usize) -> Option<Span> {
    static ADDRESS: LazyRegex = LazyRegex::new();
    let name = colon.checked_sub(1)?;
    if !block.str(name).eq_ignore_ascii_case("geo") {
        return None;
    }
    let start = block.tokens[name].start as usize;
    let form = r"(?i:geo):-?\d{1,3}\.\d{1,15},-?\d{1,3}\.\d{1,15}(?:,-?[\d.]+)?(?:;[a-z]+=[\w.]+)*";
    ADDRESS.match_at(form, block.text, start, 128).map(|end| Span::new(start, end))
}

/// What follows the word at token `word`.
fn announced(block: &Block<'_>, word: usize) -> Option<(Span, &'static str)> {
    static PAIRS: LazyRegex = LazyRegex::new();
    static SINGLES: LazyRegex = LazyRegex::new();
    static GRIDS: LazyRegex = LazyRegex::new();
    let text = block.text;
    let name = block.str(word).to_ascii_lowercase();
    // Past `:`, `=`, brackets and a few words to the number.
    let mut at = word + 1;
    let mut assigned = false;
    for _ in 0..6 {
        let token = block.token(at)?;
        if token.gap >= Gap::Paragraph {
            return None;
        }
        match token.kind {
            Kind::Punctuation(b':' | b'=' | b'(' | b'"' | b'[' | b'\'' | b'>') => assigned = true,
            Kind::Word
                if matches!(
                    block.str(at),
                    "are"
                        | "is"
                        | "of"
                        | "at"
                        | "reference"
                        | "ref"
                        | "square"
                        | "location"
                        | "coordinates"
                        | "position"
                        | "zone"
                        | "no"
                        | "decimal"
                        | "lat"
                        | "lon"
                        | "long"
                        | "und"
                        | "and"
                ) => {}
            Kind::Punctuation(b'/' | b',') => {}
            _ => break,
        }
        at += 1;
    }
    let token = block.token(at)?;
    let start = token.start as usize;
    if matches!(name.as_str(), "mgrs" | "utm" | "usng" | "grid" | "gridref" | "ngr") {
        let grids = concat!(
            r"(?:\d{1,2}[C-HJ-NP-X] ?[A-HJ-NP-Z]{2} ?(?:\d{10}|\d{8}|\d{6}|\d{5} ?\d{5}|\d{4} ?\d{4}|\d{3} ?\d{3})",
            r"|[A-HJ-Z]{2} ?(?:\d{5} ?\d{5}|\d{4} ?\d{4}|\d{3} ?\d{3})|\d{1,2}[C-X] \d{6}(?:\.\d+)? \d{7}(?:\.\d+)?)\b"
        );
        return GRIDS.match_at(grids, text, start, 40).map(|end| (Span::new(start, end), "grid"));
    }
    if !(token.kind == Kind::Number || matches!(token.kind, Kind::Punctuation(b'-' | b'+'))) {
        return None;
    }
    let weak = matches!(name.as_str(), "long" | "position" | "breite" | "länge" | "coordinate");
    let single = matches!(
        name.as_str(),
        "lat"
            | "latitude"
            | "lon"
            | "lng"
            | "long"
            | "longitude"
            | "latitud"
            | "longitud"
            | "breite"
            | "breitengrad"
            | "länge"
            | "längengrad"
    );
    // `Lat 51.5007, Long -0.1246`: the one says what the other is.
    let paired =
        || (word.saturating_sub(8)..word).any(|at| matches!(block.str(at), "lat" | "Lat" | "LAT" | "latitude" | "Latitude"));
    if weak && !assigned && !paired() {
        return None;
    }
    let pair = PAIRS.match_at(PAIR, text, start, 64);
    if let Some(end) = pair
        && in_range(&text[start..end])
    {
        return Some((Span::new(start, end), "pair"));
    }
    let decimals = if weak { 4 } else { 3 };
    let end = SINGLES.match_at(SINGLE, text, start, 32).filter(|_| single)?;
    let value = &text[start..end];
    let places = value.split_once('.').map_or(0, |(_, places)| places.bytes().take_while(u8::is_ascii_digit).count());
    (places >= decimals && degree(value).is_some_and(|value| value.abs() <= 180.0)).then_some((Span::new(start, end), "single"))
}

fn degree(value: &str) -> Option<f64> {
    let end = value.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+')).count();
    value.get(..end)?.parse().ok()
}

/// Whether a pair lies on the earth.
fn in_range(pair: &str) -> bool {
    let mut parts =
        pair.split([',', ';', ' ', '/']).filter(|part| part.bytes().any(|byte| byte.is_ascii_digit())).filter_map(degree);
    let (first, second) = (parts.next(), parts.next());
    first.is_some_and(|value| value.abs() <= 180.0) && second.is_some_and(|value| value.abs() <= 180.0)
}
