//! Sums of money with their currency, and shares that tell something of a person: `EUR 4,000`, `five hundred euros`, `£12.50`.
//!
//! What somebody earned, paid or was awarded singles them out together with little else. Doses, sizes and laboratory values do
//! not, and are not looked for.
//!
//! *Misses by design*: sums without a currency; percentages but those of a disability, a share or the like.
//! *Confuses with*: weights in pounds, marks in school, `$1` in a script.
//! *References*: ISO 4217 codes; names of currencies hand-written. The identifier is this project's.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::keyword::Classes;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::amounts;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Sums of money.
pub static RECOGNIZER: Quantity = Quantity {
    info: Info {
        module: module_path!(),
        entity: Entity::new("QUANTITY"),
        summary: "Sum of money with its currency, or a percentage of disability or ownership.",
        context: &[],
        negative_context: &[],
        hits: &[
            "paid ⟦EUR 4,000⟧ and ⟦205,000 Turkish liras (TRY)⟧",
            "⟦five hundred euros⟧, ⟦$1,250.00⟧, ⟦£12⟧, ⟦1.200,50 €⟧",
            "a salary of ⟦4,393 pounds sterling (GBP)⟧",
            "⟦2 million dollars⟧",
            "a permanent disability of ⟦40%⟧",
        ],
        misses: &[
            "echo $1 $2",
            "weighs 150 pounds",
            "INR 2.5, CAD 3",
            "saturation 98%",
            "TRY 5 times",
            "a score of 10 marks",
            "fell by 5%",
        ],
    },
};

/// Words that belong to the sum they make vague.
static ABOUT: Words = Words::new(&["about", "almost", "approximately", "around", "nearly", "roughly", "some"]);

static MULTIPLIERS: Words = Words::new(&[
    "hundred",
    "thousand",
    "million",
    "millions",
    "billion",
    "bn",
    "m",
    "k",
    "millones",
    "millionen",
    "mio",
    "mrd",
    "milliarden",
    "mil",
    "milioni",
    "miljoen",
    "milhões",
    "de",
]);
/// Names that are everyday words: another word has to make them money.
static DOUBTFUL: Words = Words::new(&[
    "pound", "pounds", "mark", "marks", "try", "pen", "cop", "bam", "all", "crown", "soles", "rand", "lei", "sit", "gel", "top",
    "cad", "inr", "fim", "iep", "libra", "libras", "franc",
]);
/// What a percentage of tells something of a person.
static SHARES: Words = Words::new(&[
    "disability",
    "disabled",
    "invalidity",
    "incapacity",
    "incapacidad",
    "discapacidad",
    "minusvalía",
    "invaliditätsgrad",
    "behinderung",
    "gdb",
    "invalidité",
    "incapacité",
    "invalidità",
]);

/// Sure, yet not so sure that the same number is looked for all over the document.
const SUM: u16 = 540;

/// See [`RECOGNIZER`].
pub struct Quantity {
    info: Info,
}

impl Recognizer for Quantity {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block, Trigger::Byte(b'$'), Trigger::Byte(0), Trigger::Byte(b'%')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        let mut push = |(first, last): (usize, usize), pattern: &'static str| {
            let about = first.checked_sub(1).filter(|before| ABOUT.at(block, *before) && block.tokens[first].gap == Gap::Blank);
            let (span, base) = (block.span(about.unwrap_or(first), last), Confidence::new(SUM));
            proposals.push(Proposal { span, base, pattern, verdict: Verdict::Unknown });
        };
        match block.token(site.token).map(|token| token.kind) {
            Some(Kind::Punctuation(b'%')) => {
                if let Some(found) = percentage(block, site.token) {
                    push(found, "percentage");
                }
            }
            Some(Kind::Punctuation(b'$' | 0)) => {
                if matches!(block.str(site.token), "$" | "€" | "£" | "¥" | "₹" | "₺" | "₽" | "₩" | "₪" | "₴")
                    && let Some(found) = after_sign(block, site.token).or_else(|| before_sign(block, site.token))
                {
                    push(found, "sign");
                }
            }
            _ => {}
        }
        if site.token == 0 {
            for keyword in block.keywords(Classes::MONEY) {
                if let Some(found) = named(block, keyword.token) {
                    push(found, "named");
                }
            }
        }
    }
}

/// The last token of the number in digits that starts at `first`, and how many digits it has.
fn digits(block: &Block<'_>, first: usize) -> Option<(usize, usize)> {
    let token = block.token(first)?;
    if !token.is_digits() {
        return None;
    }
    let (mut last, mut count) = (first, token.len());
    while last < first + 12
        && block
            .token(last + 1)
            .is_some_and(|mark| mark.gap == Gap::None && matches!(mark.kind, Kind::Punctuation(b'.' | b',' | b'\'')))
        && block.token(last + 2).is_some_and(|next| next.gap == Gap::None && next.is_digits())
    {
        last += 2;
        count += block.tokens[last].len();
    }
    Some((last, count))
}

/// `$1,250`, `€ 5 million`.
fn after_sign(block: &Block<'_>, sign: usize) -> Option<(usize, usize)> {
    let (last, count) = digits(block, sign + 1).filter(|_| block.tokens[sign + 1].gap <= Gap::Blank)?;
    let multiplied = block
        .token(last + 1)
        .is_some_and(|next| next.gap <= Gap::Blank && next.len() > 1 && MULTIPLIERS.has(next) && block.str(last + 1) != "de");
    let plain = block.str(sign) == "$" && count < 2 && !multiplied;
    let joined = block.token(last + 1).is_some_and(|next| {
        next.gap == Gap::None && (next.kind == Kind::Word || matches!(next.kind, Kind::Punctuation(b'{' | b'_' | b'(')))
    });
    // `US$`, `R$`
    let first = if sign > 0
        && block.tokens[sign].gap == Gap::None
        && block.tokens[sign - 1].shape.is_upper()
        && block.tokens[sign - 1].len() <= 3
    {
        sign - 1
    } else {
        sign
    };
    (!plain && (!joined || multiplied)).then_some((first, last + usize::from(multiplied)))
}

/// `1.200,50 €`.
fn before_sign(block: &Block<'_>, sign: usize) -> Option<(usize, usize)> {
    let number = sign.checked_sub(1)?;
    if block.tokens[sign].gap > Gap::Blank || block.str(sign) == "$" {
        return None;
    }
    amounts::in_digits(block, number).map(|first| (first, sign))
}

/// `4,000 euros`, `205,000 Turkish liras (TRY)`, `EUR 4,000`, `five hundred euros`.
fn named(block: &Block<'_>, name: usize) -> Option<(usize, usize)> {
    let token = &block.tokens[name];
    let code = token.len() == 3 && token.shape.is_upper();
    // Codes count in capitals only; of short names there are few.
    if token.len() == 3 && !code && !matches!(block.str(name), "yen" | "lei" | "leu") {
        return None;
    }
    let doubtful = DOUBTFUL.has(token);
    if token.gap == Gap::None && name > 0 {
        return None;
    }
    if code
        && block.token(name + 1).is_some_and(|next| next.gap == Gap::Blank)
        && let Some((last, count)) = digits(block, name + 1)
        && (count >= 4 || count >= 2 && !doubtful)
        && !block.token(last + 1).is_some_and(|next| next.is_byte(b'%') || next.gap == Gap::None && next.is_byte(b'/'))
    {
        let multiplied =
            block.token(last + 1).is_some_and(|next| next.gap == Gap::Blank && next.len() > 2 && MULTIPLIERS.has(next));
        return Some((name, last + usize::from(multiplied)));
    }
    // Back over `Turkish`, `New Turkish`, `million`.
    let mut at = name;
    let mut described = false;
    for _ in 0..3 {
        let Some(before) = at.checked_sub(1).filter(|_| block.tokens[at].gap <= Gap::Line) else { break };
        let word = &block.tokens[before];
        if word.is_capitalised() && word.len() > 2 && !MULTIPLIERS.has(word) {
            described = true;
        } else if !MULTIPLIERS.has(word) {
            break;
        }
        at = before;
    }
    let first = amounts::before(block, at).or_else(|| amounts::before(block, name))?;
    let sterling = block.str(name + 1).eq_ignore_ascii_case("sterling");
    if doubtful && !(described || sterling || code && name - first > 2) {
        return None;
    }
    let mut last = name + usize::from(sterling);
    // The code in brackets.
    if block.token(last + 1).is_some_and(|open| open.is_byte(b'('))
        && block.token(last + 2).is_some_and(|code| code.len() == 3 && code.shape.is_upper())
        && block.token(last + 3).is_some_and(|close| close.is_byte(b')'))
    {
        last += 3;
    }
    Some((first, last))
}

/// `40%` where the text speaks of a disability.
fn percentage(block: &Block<'_>, sign: usize) -> Option<(usize, usize)> {
    let number = sign.checked_sub(1).filter(|_| block.tokens[sign].gap <= Gap::Blank)?;
    let first = amounts::in_digits(block, number)?;
    let around = first.saturating_sub(8)..block.tokens.len().min(sign + 7);
    around.into_iter().any(|index| SHARES.at(block, index)).then_some((first, sign))
}
