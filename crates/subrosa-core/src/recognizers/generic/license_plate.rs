//! Licence plates: what follows `license plate`, `registration`, `Kennzeichen`, `matrícula`; and the national forms of the United
//! Kingdom, Germany, France, Spain, Italy and India where a word about vehicles stands near.
//!
//! *Misses by design*: plates that nothing announces; personalised plates without a digit.
//! *Confuses with*: postal codes, product numbers and parts of other numbers.
//! *References*: DVLA INF104 (UK); FZV annex 1 (Germany); Arrêté du 9 février 2009 (France); RD 2822/1998 annex XVIII (Spain);
//! 45 CFR 164.514(b)(2)(i)(L).

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, LazyRegex, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Cues;
use crate::span::Span;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Licence plates.
pub static RECOGNIZER: LicensePlate = LicensePlate {
    info: Info {
        module: module_path!(),
        entity: Entity::new("LICENSE_PLATE"),
        summary: "Licence plate of a vehicle, after a word that says so or in a national form near a word about vehicles.",
        context: CONTEXT,
        negative_context: &["postcode", "flight", "order", "part", "invoice"],
        hits: &[
            "License plate: ⟦7ABC123⟧",
            "number plate ⟦AB12 CDE⟧ seen",
            "a blue car, ⟦AB12 CDE⟧, left",
            "Kennzeichen ⟦B-XY 1234⟧",
            "das Auto ⟦M-AB 123E⟧ stand dort",
            "immatriculation ⟦AB-123-CD⟧",
            "matrícula ⟦1234 BCD⟧",
            "targa ⟦AB 123 CD⟧",
            "vehicle no. ⟦MH 12 AB 1234⟧",
            "vehicle registration ⟦KX19 ZZT⟧.",
        ],
        misses: &[
            "the order AB12 CDE was sent",
            "M-AB 123",
            "1234 BCD",
            "registration of 2019",
            "license plate unknown",
            "the car drove 1234 km",
            "in registration 12 people",
        ],
    },
};

const CONTEXT: &[&str] = &[
    "plate",
    "license plate",
    "licence plate",
    "number plate",
    "registration",
    "vehicle",
    "car",
    "van",
    "truck",
    "lorry",
    "motorcycle",
    "driving",
    "parked",
    "kennzeichen",
    "nummernschild",
    "auto",
    "fahrzeug",
    "pkw",
    "lkw",
    "immatriculation",
    "immatriculé",
    "immatriculée",
    "plaque",
    "véhicule",
    "voiture",
    "matrícula",
    "matricula",
    "coche",
    "vehículo",
    "furgoneta",
    "targa",
    "targato",
    "targata",
    "veicolo",
    "autovettura",
    "kenteken",
    "placa",
    "vrm",
];

static CUES: Cues = Cues::new(
    &[
        "license plate",
        "licence plate",
        "number plate",
        "registration plate",
        "plate number",
        "plate no",
        "plates",
        "tag number",
        "vehicle registration",
        "registration mark",
        "registration number",
        "car registration",
        "reg no",
        "vrm",
        "kennzeichen",
        "amtliches kennzeichen",
        "nummernschild",
        "immatriculation",
        "immatriculé",
        "immatriculée",
        "plaque d'immatriculation",
        "plaque",
        "matrícula",
        "matricula",
        "placa",
        "targa",
        "targato",
        "targata",
        "kenteken",
        "rego",
        "vehicle no",
        "vehicle number",
    ],
    &["plate", "registration", "vehicle", "reg"],
);

const UK: &str = r"[A-HJ-PR-Y][A-HJ-PR-Y]\d{2} ?[A-HJ-PR-Z]{3}";
const GERMANY: &str = r"(?:[A-Z]|\xc3[\x84\x96\x9c]){1,3}[- ][A-Z]{1,2}[- ]?[1-9]\d{0,3}[EH]?";
const FRANCE: &str = r"[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2}";
const ITALY: &str = r"[A-HJ-NPR-TV-Z]{2} ?\d{3} ?[A-HJ-NPR-TV-Z]{2}";
const SPAIN: &str = r"\d{4}[- ]?[BCDFGHJKLMNPRSTVWXYZ]{3}";
const INDIA: &str = r"[A-Z]{2}[- ]?\d{1,2}[- ]?[A-Z]{1,3}[- ]?\d{4}";
const NATIONAL: [(&str, &str); 6] =
    [("uk", UK), ("germany", GERMANY), ("france", FRANCE), ("italy", ITALY), ("spain", SPAIN), ("india", INDIA)];

/// The recognizer of the entity `LICENSE_PLATE`.
pub struct LicensePlate {
    info: Info,
}

impl Recognizer for LicensePlate {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Mixed { min: 4, max: 11 }]
    }

    fn cues(&self) -> Vec<&Cues> {
        vec![&CUES]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        static FORMS: [LazyRegex; NATIONAL.len()] = [const { LazyRegex::new() }; NATIONAL.len()];
        let block = site.block;
        // From the number or the letters it begins with, or from the letters before them.
        let first = letters_before(block, site.token);
        // A plate has capitals; all else is told off here.
        let capitals = |at: usize| block.token(at).is_some_and(|token| token.shape.is_upper());
        if !(first..first + 5).any(capitals) {
            return;
        }
        let announced = CUES.of(block, first).is_some_and(|cue| cue.holds() && (cue.marked || !cue.above));
        let text = block.text;
        let start = block.tokens[first].start as usize;
        let mut push = |end: usize, base: u16, pattern| {
            if stands_alone(text, start, end) {
                let span = Span::new(start, end);
                proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
            }
        };
        for ((name, form), lazy) in NATIONAL.iter().zip(&FORMS) {
            if let Some(end) = lazy.match_at(form, text, start, 24) {
                push(end, if announced { 700 } else { 200 }, *name);
            }
        }
        if announced && let Some(end) = any(block, first) {
            push(end, 600, "cue");
        }
    }
}

/// The token of the letters that belong to the number at `number`: `AB 123`, `B-XY 1234`.
fn letters_before(block: &Block<'_>, number: usize) -> usize {
    let mut first = number;
    for _ in 0..2 {
        let joint =
            first.checked_sub(1).and_then(|at| block.token(at)).filter(|joint| joint.is_byte(b'-') && joint.gap == Gap::None);
        let step = if joint.is_some() && block.tokens[first].gap == Gap::None { 2 } else { 1 };
        let Some(before) = first.checked_sub(step) else { break };
        let letters = block.tokens[before];
        let near = step == 2 || block.tokens[first].gap <= Gap::Blank;
        if !(near && letters.kind == Kind::Word && letters.shape.is_upper() && letters.len() <= 4)
            || CUES.ends_at(block, before).is_some()
        {
            break;
        }
        first = before;
    }
    first
}

/// The end of the letters and digits after a cue: four to nine, a digit among them, the longest that stands for itself.
fn any(block: &Block<'_>, first: usize) -> Option<usize> {
    static FORM: LazyRegex = LazyRegex::new();
    let start = block.tokens.get(first)?.start as usize;
    let mut end = FORM.match_at(r"[A-Z0-9]{1,8}(?:[- ][A-Z0-9]{1,5}){0,2}", block.text, start, 24)?;
    loop {
        let value = &block.text[start..end];
        let signs = value.bytes().filter(u8::is_ascii_alphanumeric).count();
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        let year = value.len() == 4 && digits == 4;
        if (4..=9).contains(&signs) && digits >= 1 && !year && stands_alone(block.text, start, end) {
            return Some(end);
        }
        end = start + value.rfind(['-', ' '])?;
    }
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let joins = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'_' | b'.');
    let before = text[..start].bytes().next_back().is_some_and(joins);
    let after = match text.as_bytes()[end..] {
        [first, second, ..] if !first.is_ascii_alphanumeric() => joins(first) && second.is_ascii_alphanumeric(),
        [first, ..] => first.is_ascii_alphanumeric(),
        [] => false,
    };
    !before && !after
}
