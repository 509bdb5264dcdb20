//! Payment card numbers (ISO/IEC 7812-1): 12 to 19 digits, the first ones name the issuer, the last is a Luhn check digit.
//!
//! *Misses by design*: cards of issuers whose range is not listed, unless a context word stands near; so the thirteen digits
//! that Visa once had, which are as often milliseconds or the number of an article.
//! *Confuses with*: other long numbers with a Luhn digit, one random number in ten.
//! *References*: ISO/IEC 7812-1:2017; issuers' published test numbers.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Proposal, Recognizer, Site, Trigger};
use crate::token::{Gap, Kind, Token};
use crate::validators::luhn::luhn;
use crate::validators::{Check, Signs, is_repeated};
use crate::verdict::Verdict;

/// Payment card numbers.
pub static RECOGNIZER: CreditCard = CreditCard(PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CREDIT_CARD"),
        summary: "Payment card number, 12 to 19 digits with a Luhn check digit.",
        context: &[
            "card",
            "credit card",
            "debit card",
            "visa",
            "mastercard",
            "amex",
            "american express",
            "discover",
            "diners",
            "jcb",
            "maestro",
            "pan",
            "payment",
            "cc",
        ],
        negative_context: &["imei", "order", "tracking", "invoice", "isbn"],
        hits: &["Paid with ⟦4111 1111 1111 1111⟧.", "amex ⟦3782-822463-10005⟧", "Card: ⟦5555555555554444⟧ exp 04/29"],
        misses: &["Card 4111 1111 1111 1112", "tracking 4111111111111111", "at 1732222222222 ms"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9999 9999 9999 9999", 650),
        Layout::new("9999-9999-9999-9999", 650),
        Layout::new("9999 9999 9999 9999 999", 650),
        Layout::new("9999-9999-9999-9999-999", 650),
        Layout::new("9999 999999 99999", 650),
        Layout::new("9999-999999-99999", 650),
        Layout::new("9999 999999 9999", 150),
        Layout::new("9999-999999-9999", 150),
        Layout::new("9999 9999 9999", 150),
        Layout::new("9{12}", 150),
        Layout::new("9{13}", 150),
        Layout::new("9{14}", 400),
        Layout::new("9{15}", 400),
        Layout::new("9{16}", 400),
        Layout::new("9{17}", 150),
        Layout::new("9{18}", 150),
        Layout::new("9{19}", 400),
    ])],
    patterns: &[
        Pattern::new(
            "issuer-grouped",
            r"(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6(?:011|5\d{2}|4[4-9]\d))[ -]\d{4}[ -]\d{4}[ -]\d{4}",
            650,
        ),
        Pattern::new("amex-grouped", r"3[47]\d{2}[ -]\d{6}[ -]\d{5}", 650),
        Pattern::new(
            "issuer",
            r"(?:4\d{15}(?:\d{3})?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d{2}|4[4-9]\d)\d{12}|35\d{14})",
            400,
        ),
        Pattern::new("any", r"\d(?:[ -]?\d){11,18}", 150),
    ],
    validate: check,
    inside_longer: false,
    compiled: Compiled::new(),
});

/// Luhn, but no repetition of one digit, which passes Luhn for 0 and stands for nothing.
static CHECK: Check = Check::new("Luhn", 10, |digits| luhn(digits) && !is_repeated(digits));

/// Not enough with a passed check alone.
const ISSUER_AMONG_NUMBERS: u16 = 300;

/// The recognizer of the entity `CREDIT_CARD`.
pub struct CreditCard(PatternRecognizer);

impl Recognizer for CreditCard {
    fn info(&self) -> &Info {
        self.0.info()
    }

    fn triggers(&self) -> &'static [Trigger] {
        self.0.triggers()
    }

    fn check(&self) -> Option<&Check> {
        Some(&CHECK)
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let before = proposals.len();
        self.0.propose(site, proposals);
        // Among other numbers of a table one in forty looks like a card.
        if among_numbers(site) {
            for proposal in proposals.iter_mut().skip(before).filter(|proposal| proposal.pattern == "issuer") {
                proposal.base = Confidence::new(ISSUER_AMONG_NUMBERS);
            }
        }
    }
}

/// Whether a further number stands right before or after, with no more than a blank or comma between.
fn among_numbers(site: &Site<'_>) -> bool {
    let block = site.block;
    let is_number = |index: Option<usize>| index.and_then(|index| block.token(index)).is_some_and(Token::is_digits);
    let is_comma = |index: Option<usize>| {
        index
            .and_then(|index| block.token(index))
            .is_some_and(|token| matches!(token.kind, Kind::Punctuation(b',' | b';' | b'|')))
    };
    let at = site.token;
    let same_line = |index: usize| block.token(index).is_some_and(|token| token.gap < Gap::Line);
    let before = same_line(at) && (is_number(at.checked_sub(1)) || is_comma(at.checked_sub(1)) && is_number(at.checked_sub(2)));
    let after = same_line(at + 1) && (is_number(Some(at + 1)) || is_comma(Some(at + 1)) && is_number(Some(at + 2)));
    before || after
}

fn check(value: &str) -> Verdict {
    CHECK.verdict(&Signs::of(value))
}
