//! Telephone numbers: international (`+44 20 7946 0000`), North American, and the groupings usual in Europe.
//!
//! Shapes that stand for nothing else are taken alone; bare digits and loose groups only right after a cue such as `Tel.`.
//!
//! *Misses by design*: bare digits without a cue; numbers in words; letters for digits (`1-800-FLOWERS`).
//! *Confuses with*: other numbers in groups of three, three and four; [`super::fax_number`], which wins where `fax` says so.
//! *References*: ITU-T E.164, E.123; the North American Numbering Plan (555-0100 to 555-0199 are for fiction); Ofcom's numbers
//! for drama.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dates::{self, Form};
use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::{Cue, Cues};
use crate::span::Span;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

mod calling_code;

/// Patterns below this are proposed only right after a cue.
const WEAK: Confidence = Confidence::new(300);

/// Telephone numbers.
pub static RECOGNIZER: PhoneNumber = PhoneNumber {
    shapes: PatternRecognizer {
        info: Info {
            module: module_path!(),
            entity: Entity::PHONE_NUMBER,
            summary: "Telephone number, international or national, with its extension.",
            context: ANNOUNCING,
            negative_context: &["isbn", "issn", "doi", "pmid", "version"],
            hits: &[
                "Call ⟦+44 20 7946 0000⟧ or ⟦(555) 555-0100⟧.",
                "⟦+1 555 555 0123⟧, ⟦555-555-0123 ext. 45⟧",
                "phone: ⟦5555550123⟧",
                "Ofcom ⟦020 7946 0018⟧ and ⟦07700 900123⟧",
                "Tel. ⟦555-0123⟧",
                "tel ⟦01 23 45 67 89⟧, Telefon ⟦030 1234567⟧",
                "reached at ⟦1-555-555-0199⟧, ⟦555-555-2010⟧.",
                "el móvil de su esposa es el ⟦600 123 456⟧; Tfno. ⟦956 013 059⟧ y ⟦956 013 060⟧",
                "⟦(11) 91234-5678⟧, ⟦06-12345678⟧, ⟦070-123 45 67⟧, ⟦138 0013 8000⟧",
                "Anruf unter ⟦0171 1234567⟧ (Telefon)",
                "Meine Telefonnummer ist ⟦0170 1234567⟧, Rückruf bitte unter ⟦089 1234567-12⟧.",
                "llámame al ⟦91 123 45 67⟧; mijn nummer is ⟦06 12345678⟧",
            ],
            misses: &[
                "5555550123",
                "on 01.02.2003 at 192.0.2.146",
                "ISBN 978-3-16-148410-0",
                "id 550e8400-e29b-41d4-a716-446655440000",
                "1,234,567 or 12 345 678 rows",
                "633 349 565 rows",
                "+999 123 456 789",
                "+1 123 456 7890",
            ],
        },
        triggers: &[Trigger::Digits { min: 7, max: 20 }],
        patterns: &[
            Pattern::new(
                "international",
                r"\+[1-9]\d{0,2}(?:[ .-]?\(0?\d{0,4}\))?(?:[ .-]?\d{1,5}){1,6}(?:,? ?(?:[xX]|[eE]xt\.?|[eE]xtension|[eE]xtensión|poste|Durchwahl|DW) ?\d{1,6})?",
                700,
            ),
            Pattern::new("international-00", r"00[1-9]\d{0,2}(?:[ .-]\d{1,5}){2,5}", 550),
            Pattern::new(
                "american-parenthesis",
                r"(?:1[ .-]?)?\(\d{3}\)[ -]{0,2}\d{3}[ .-]?\d{4}(?:,? ?(?:[xX]|[eE]xt\.?|[eE]xtension|[eE]xtensión|poste|Durchwahl|DW|#) ?\d{1,6})?",
                700,
            ),
            Pattern::new(
                "american",
                r"(?:1[ .-])?\d{3}(?:-\d{3}-|\.\d{3}\.|[ ./]\d{3}-)\d{4}(?:,? ?(?:[xX]|[eE]xt\.?|[eE]xtension|[eE]xtensión|poste|Durchwahl|DW|#) ?\d{1,6})?",
                600,
            ),
            // A word such as `call` or `Tel.` has to stand near: Spanish, Portuguese, Indian and German groupings too.
            Pattern::new(
                "groups-near-a-word",
                r"(?:1 )?\d{3} \d{3} \d{4}(?:,? ?(?:[xX]|[eE]xt\.?|[eE]xtension|[eE]xtensión|poste|Durchwahl|DW|#) ?\d{1,6})?|[26789]\d{2}[ .-]\d{3}[ .-]\d{3}|[26789]\d{2} \d{2} \d{2} \d{2}|[89]\d \d{3} \d{2} \d{2}|[6-9]\d{4}[ -]\d{5}|0\d{2,4}[ /-]\d{6,8}",
                350,
            ),
            Pattern::new(
                "trunk-groups",
                r"0\d{1,4}(?:(?: \d{2,4}){2,4}|(?:-\d{2,4}){2,4}|(?:\.\d{2,4}){2,4}|/\d{2,4}(?:[ -]\d{2,4}){1,3})",
                550,
            ),
            Pattern::new("trunk-parenthesis", r"\(0\d{1,5}\) ?\d{2,8}(?:[ -]\d{2,5}){0,3}|\(\d{2}\) ?9?\d{4}-\d{4}", 600),
            // British, Dutch and Chinese mobiles, Australian service numbers, Swedish and Russian groupings.
            Pattern::new(
                "national",
                r"0[17]\d{3}[ -]\d{6}|06-\d{8}|1[38]00 \d{3} \d{3}|1[3-9]\d[ -]\d{4}[ -]\d{4}|0\d{1,3}-\d{2,3} \d{2,3} \d{2}(?:\d{2})?|8 ?\(\d{3}\) ?\d{3}-\d{2}-\d{2}",
                550,
            ),
            Pattern::new("parenthesis", r"\(\d{1,4}\)[ -]?\d{3,4}[ -]\d{3,4}", 300),
            // With what is dialled for one desk: `089 1234567-12`.
            Pattern::new("trunk", r"0\d{1,4}[ /-]\d{5,8}(?:[ -]\d{1,4})?", 250),
            Pattern::new(
                "groups",
                r"\d{2,4}(?:[ .-]\d{2,4}){1,5}(?:,? ?(?:[xX]|[eE]xt\.?|[eE]xtension|[eE]xtensión|poste|Durchwahl|DW|#) ?\d{1,6})?",
                250,
            ),
            Pattern::new("bare", r"\d{2,5}[ -]{0,2}\d{4,9}", 250),
        ],
        validate: check,
        inside_longer: false,
        compiled: Compiled::new(),
    },
};

static CUES: Cues = Cues::new(ANNOUNCING, &["office", "work", "home"]);

/// What announces a telephone number.
const ANNOUNCING: &[&str] = &[
    "phone",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "cellphone",
    "call",
    "contact",
    "reached at",
    "reach at",
    "reach me at",
    "call me on",
    "call me at",
    "call at",
    "call him on",
    "call her on",
    "contact at",
    "contact on",
    "text me at",
    "pager",
    "questions",
    "whatsapp",
    "sms",
    "landline",
    "hotline",
    "dial",
    "ring",
    "my number",
    "his number",
    "her number",
    "messages to",
    "telf",
    "tfno",
    "tlf",
    "teléfono",
    "telefono",
    "móvil",
    "movil",
    "téléphone",
    "tél",
    "portable",
    "telefon",
    "handy",
    "mobil",
    "rufnummer",
    "telefoon",
    "gsm",
    "mobiel",
    "telefone",
    "celular",
    "telemóvel",
    "cellulare",
    "phonenumber",
    "phone no",
    "contact number",
    "phone number",
    "mobile number",
    "cell number",
    "direct line",
    "switchboard",
    "extension",
    "telefonnummer",
    "telefonnr",
    "telefon nr",
    "handynummer",
    "handynr",
    "mobilnummer",
    "mobiltelefon",
    "mobilfunk",
    "rückrufnummer",
    "rückruf",
    "durchwahl",
    "festnetz",
    "telefonisch",
    "erreichbar unter",
    "anruf unter",
    "rückruf unter",
    "bitte unter",
    "meine nummer",
    "seine nummer",
    "ihre nummer",
    "anrufen",
    "rufen sie",
    "número de teléfono",
    "mi número",
    "su número",
    "llámame al",
    "llámeme al",
    "llame al",
    "llamar al",
    "numéro de téléphone",
    "mon numéro",
    "son numéro",
    "joindre au",
    "joignable au",
    "appelez le",
    "appeler le",
    "numero di telefono",
    "il mio numero",
    "chiamare il",
    "chiamami al",
    "telefoonnummer",
    "mobiele nummer",
    "mijn nummer",
    "zijn nummer",
    "haar nummer",
    "número de telefone",
    "meu número",
    "ligue para",
];

/// The recognizer of [`Entity::PHONE_NUMBER`].
pub struct PhoneNumber {
    pub(super) shapes: PatternRecognizer,
}

impl Recognizer for PhoneNumber {
    fn info(&self) -> &Info {
        &self.shapes.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        self.shapes.triggers
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        // Cheap first: without a bracket or plus, a number that stands alone starts with `0`, `1` or three digits and goes on.
        let first = before_plus(site.block, site.token);
        if first == site.token && (is_single(site) || !may_start(site)) && !CUES.of(site.block, first).is_some_and(Cue::holds) {
            return;
        }
        let from = proposals.len();
        self.shapes.propose(site, proposals);
        if proposals[from..].iter().any(|proposal| proposal.base < WEAK) {
            let mut index = from;
            while index < proposals.len() {
                let first = before_plus(site.block, site.block.token_at(proposals[index].span.start));
                if proposals[index].base < WEAK && !CUES.of(site.block, first).is_some_and(Cue::holds) {
                    proposals.swap_remove(index);
                } else {
                    index += 1;
                }
            }
        }
    }
}

/// Whether the first group of digits can be that of a number without a cue.
fn may_start(site: &Site<'_>) -> bool {
    let group = site.block.str(site.token);
    match group.len() {
        1 => matches!(group, "1" | "8"),
        2 => matches!(group.as_bytes(), [b'8' | b'9', _]) || group.starts_with('0'),
        3 => true,
        5 => matches!(group.as_bytes(), [b'6'..=b'9', ..]) || group.starts_with('0'),
        _ => group.starts_with('0') || matches!(group, "1300" | "1800"),
    }
}

/// Whether no further group of digits follows the token at the site.
fn is_single(site: &Site<'_>) -> bool {
    let digits =
        |index: usize| site.block.token(index).is_some_and(|token| token.kind == Kind::Number && token.gap <= Gap::Blank);
    let joint = |index: usize| {
        site.block.token(index).is_some_and(|token| {
            token.gap <= Gap::Blank && matches!(token.kind, Kind::Punctuation(b'-' | b'.' | b'/' | b'(' | b')'))
        })
    };
    let next = site.token + 1;
    !(digits(next) || joint(next) && (digits(next + 1) || joint(next + 1)))
}

impl PhoneNumber {
    /// Every span at `site` that has the shape of a telephone number, weak ones too.
    pub(super) fn spans(&self, site: &Site<'_>) -> impl Iterator<Item = Span> + use<> {
        let mut proposals = Vec::new();
        self.shapes.propose(site, &mut proposals);
        proposals.into_iter().map(|proposal| proposal.span)
    }
}

/// The token at `first`, or of the brackets and plus signs before it.
pub(super) fn before_plus(block: &Block<'_>, mut first: usize) -> usize {
    while first > 0 && matches!(block.tokens[first - 1].kind, Kind::Punctuation(b'(' | b'+')) {
        first -= 1;
    }
    first
}

/// Seven to fifteen digits before the extension, not all the same, a calling code that is assigned, and no date.
fn check(value: &str) -> Verdict {
    let number = value.split(['x', 'X', 'e', 'E', '#']).next().unwrap_or(value);
    let digits = || number.bytes().filter(u8::is_ascii_digit);
    let count = digits().count();
    let fewest = if number.starts_with('0') || number.starts_with('+') { 8 } else { 7 };
    let date = dates::numeric(number, 0)
        .is_some_and(|(end, form)| form != Form::Impossible && end > 5 && (form.is_complete() || end == number.len()));
    let same = digits().next().is_some_and(|first| digits().all(|digit| digit == first));
    // No number starts so; a year that stands for none does.
    let null = number.starts_with("0000");
    if (fewest..=15).contains(&count) && !date && !same && !null && calling_code::fits(number) {
        Verdict::Unknown
    } else {
        Verdict::Invalid
    }
}
