//! Ages of people: `45-year-old`, `aged 45`, `72 yo`, `in her 50s`, `forty-five-year-old`.
//!
//! The finding is the number, so that `[AGE]-year-old` and `90+-year-old` can be read; with months, weeks and days it is number
//! and unit, since the unit tells the age, and so it is in languages that set the two apart (`33 años`).
//!
//! *Misses by design*: durations (`for 45 years`), numbers behind a name (`Jane (38)`, as references are), ages told by school year or phrases such as `a teenager`.
//! *Confuses with*: the age of things (`a 10-year-old car`).
//! *References*: 45 CFR 164.514(b)(2)(i)(C).

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::{Cues, Words};
use crate::span::Span;
use crate::token::{Gap, Kind, Token};
use crate::verdict::Verdict;

mod foreign;
mod told;
mod words;

use foreign::{belongs_to_person, foreign};
use told::told;
use words::in_words;

/// Ages.
pub static RECOGNIZER: Age = Age {
    info: Info {
        module: module_path!(),
        entity: Entity::AGE,
        summary: "Age of a person in years, months, weeks or days.",
        context: &[],
        negative_context: &[],
        hits: &[
            "A ⟦45⟧-year-old man and a ⟦72⟧ yo F",
            "She is ⟦45⟧ years old, he is ⟦46⟧ y/o, aged ⟦47⟧.",
            "Age: ⟦45⟧ Sex: M",
            "a ⟦3-month⟧-old infant in her mother's arms",
            "a woman in her ⟦50s⟧",
            "a ⟦forty-five⟧-year-old woman, ⟦ninety⟧ years of age",
            "⟦45⟧M with chest pain",
            "in her ⟦seventies⟧, in his mid-⟦forties⟧, at the age of ⟦seven⟧",
            "Niña de ⟦siete años⟧; Paciente femenina de ⟦49 años⟧; lactante de ⟦un mes y medio⟧",
            "Edad: ⟦43años⟧. Varón de ⟦5 años y 7 meses⟧ de edad",
            "ein Mann, ⟦dreiundvierzig Jahre⟧ alt, un uomo di ⟦quarantadue anni⟧",
            "She is ⟦38⟧. He's ⟦42⟧ and lives alone. My son was ⟦7⟧, I'm only ⟦29⟧!",
            "Miguel Castellanos, ⟦41⟧, of Springfield",
            "Edad: ⟦33 años⟧. Mujer de ⟦65 años⟧; ein ⟦45⟧-jähriger Mann, âgé de ⟦45 ans⟧",
        ],
        misses: &[
            "for 45 years",
            "45 years of experience",
            "10 años de evolución",
            "A los 3 meses fue dado de alta",
            "paciente con dolor desde hace 3 años",
            "paciente con historia de 5 años de evolución",
            "in the seventies",
            "page 45, stage 3, dosage 45",
            "45M records",
            "age 45%",
            "She is 38 weeks along. He is 5.5 feet tall, I'm 100% sure, it is 12.",
            "The total is 38. Table 3, 41, of",
        ],
    },
};

/// The recognizer of [`Entity::AGE`].
pub struct Age {
    info: Info,
}

static YEARS: Words = Words::new(&["year", "years", "yr", "yrs", "yo", "y", "yrsold", "yearold"]);
static UNITS: Words = Words::new(&["month", "months", "mo", "mos", "week", "weeks", "wk", "wks", "day", "days"]);
static OLD: Words = Words::new(&["old", "olds", "o", "alt", "oud"]);
static SEXES: Words = Words::new(&["m", "f", "male", "female", "man", "woman", "boy", "girl", "gentleman", "lady"]);
/// Words that make a letter after a number a sex: `45M with`.
static CLINICAL: Words = Words::new(&[
    "with",
    "w",
    "presents",
    "presenting",
    "presented",
    "who",
    "s",
    "c",
    "hx",
    "admitted",
    "here",
    "pmh",
    "pw",
    "p",
    "h",
    "has",
    "found",
    "brought",
    "complaining",
    "referred",
    "known",
]);
static PATIENT: Words = Words::new(&["pt", "patient", "hpi", "id", "cc", "assessment", "summary", "reason", "hx"]);
static DECADE: Words = Words::new(&["his", "her", "their", "my", "early", "mid", "late", "your", "the"]);
/// What announces an age.
static CUES: Cues = Cues::new(
    &[
        "age", "aged", "tenía", "tenia", "tiene", "cumplió", "tinha", "tem", "ages", "turned", "turning", "turn", "edad",
        "alter", "âge", "âgé", "âgée", "leeftijd", "età", "idade", "agé", "agée", "in alter",
    ],
    &[],
);
impl Recognizer for Age {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Alphanumeric { min: 1, max: 7 }, Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        let mut push = |span: Span, base: u16, pattern: &'static str| {
            proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
        };
        // Once for the block: ages in words. The call for a number comes with the number's token.
        if site.token == 0 {
            in_words(block, &mut push);
        }
        if block.token(site.token).is_some_and(|token| token.kind == Kind::Number) {
            in_numbers(block, site.token, &mut push);
        }
    }
}

/// Digits at the start of a token, at most three, and whether letters follow.
fn leading<'a>(block: &'a Block<'_>, index: usize) -> Option<(u32, Span, &'a str)> {
    let text = block.str(index);
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&len) {
        return None;
    }
    let start = block.tokens[index].start as usize;
    let value = text[..len].parse().ok()?;
    Some((value, Span::new(start, start + len), &text[len..]))
}

fn in_numbers(block: &Block<'_>, at: usize, push: &mut impl FnMut(Span, u16, &'static str)) {
    let Some((value, digits, letters)) = leading(block, at) else { return };
    if value > 130 || is_part(block, at) {
        return;
    }
    if letters.is_empty() {
        if let Some(last) = old_after(block, at) {
            push(block.span(at, last), 800, "old");
        } else if let Some((span, pattern)) = foreign(block, at) {
            push(span, 700, pattern);
        } else if value > 0 && CUES.of(block, at).is_some() && !is_measured(block, at) {
            push(digits, 650, "label");
        } else if block
            .token(at + 1)
            .is_some_and(|sex| sex.gap == Gap::Blank && sex.len() == 1 && SEXES.has(sex) && sex.is_capitalised())
            && is_clinical(block, at, at + 1)
        {
            push(digits, 600, "sex");
        } else if let Some((base, pattern)) = told(block, at, value) {
            push(digits, base, pattern);
        }
        return;
    }
    if letters.len() > 3 {
        // `Edad: 43años`
        if matches!(letters, "años" | "Años" | "anos" | "anni" | "Jahre")
            && (CUES.of(block, at).is_some() || belongs_to_person(block, at))
        {
            push(block.span(at, at), 650, "label");
        }
        return;
    }
    let lower = letters.to_ascii_lowercase();
    match lower.as_str() {
        "yo" | "yof" | "yom" => push(digits, 800, "yo"),
        "yr" | "yrs" | "y" if next_is_old(block, at) => push(digits, 800, "yo"),
        "y" if block.token(at + 1).is_some_and(|token| token.is_byte(b'/')) && OLD.at(block, at + 2) => push(digits, 800, "yo"),
        "m" | "f" if value >= 1 && letters.chars().all(char::is_uppercase) && is_clinical(block, at, at) => {
            push(digits, 600, "sex");
        }
        "s" if value >= 10 && value.is_multiple_of(10) && value <= 100 => {
            let before = at
                .checked_sub(1)
                .map(|before| if block.tokens[before].is_byte(b'-') { before.saturating_sub(1) } else { before });
            if before.is_some_and(|before| DECADE.at(block, before) && (block.str(before) != "the" || lower.is_empty())) {
                push(block.span(at, at), 600, "decade");
            }
        }
        _ => {}
    }
}

/// Whether the number is the end of something longer: `3.45`, `12/45`.
fn is_part(block: &Block<'_>, at: usize) -> bool {
    at > 0
        && block.tokens[at].gap == Gap::None
        && matches!(block.tokens[at - 1].kind, Kind::Punctuation(b'.' | b',' | b'/' | b'$'))
        && block.before(at - 1).is_some_and(|before| before.kind == Kind::Number || block.tokens[at - 1].is_byte(b'$'))
}

fn is_measured(block: &Block<'_>, at: usize) -> bool {
    let Some(next) = block.token(at + 1) else { return false };
    let decimal = matches!(next.kind, Kind::Punctuation(b'.' | b',' | b':'))
        && next.gap == Gap::None
        && block.token(at + 2).is_some_and(|after| after.gap == Gap::None && after.kind == Kind::Number);
    decimal || next.is_byte(b'%')
}

/// Skips a hyphen.
fn past_hyphen(block: &Block<'_>, index: usize) -> usize {
    if block.token(index).is_some_and(|token| token.is_byte(b'-') && token.gap <= Gap::Blank) { index + 1 } else { index }
}

fn on_line<'a>(block: &'a Block<'_>, index: usize) -> Option<&'a Token> {
    block.token(index).filter(|token| token.gap <= Gap::Line)
}

/// After a number: `-year-old`, ` years old`, ` y/o`, ` years of age`, ` yo`. The last token of the age: the
/// number's at `at`, or the unit's when it is not the year.
fn old_after(block: &Block<'_>, at: usize) -> Option<usize> {
    let unit = past_hyphen(block, at + 1);
    let word = on_line(block, unit)?;
    let years = YEARS.has(word);
    if !years && !UNITS.has(word) {
        return None;
    }
    if block.str(unit).eq_ignore_ascii_case("yo") {
        return Some(at);
    }
    next_is_old(block, unit).then_some(if years { at } else { unit })
}

/// Whether `old`, `/o`, `of age` or a sex follows the unit at `unit`.
fn next_is_old(block: &Block<'_>, unit: usize) -> bool {
    let mut next = past_hyphen(block, unit + 1);
    if block.token(next).is_some_and(|token| token.is_byte(b'/') || token.is_byte(b'.')) {
        next += 1;
    }
    let Some(word) = on_line(block, next) else { return false };
    OLD.has(word)
        || SEXES.has(word) && next == unit + 1 && (word.len() > 1 || word.is_capitalised())
        || block.str(next) == "of" && block.str(next + 1).eq_ignore_ascii_case("age")
}

/// Whether the words around `45M` or `45 M` speak of a patient.
fn is_clinical(block: &Block<'_>, first: usize, last: usize) -> bool {
    let after = block.token(last + 1).is_some_and(|next| next.gap <= Gap::Blank && CLINICAL.has(next));
    let mut before = first.checked_sub(1);
    if let Some(index) = before
        && block.tokens[index].is_byte(b':')
    {
        before = index.checked_sub(1);
    }
    after || before.is_some_and(|before| PATIENT.at(block, before))
}
