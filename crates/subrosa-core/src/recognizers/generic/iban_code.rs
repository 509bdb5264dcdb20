//! International bank account numbers: country, two check digits, up to thirty letters and digits; often in groups of four.
//!
//! *Misses by design*: numbers of countries that are not in the registry.
//! *Confuses with*: hardly anything; a wrong check digit is still proposed for scoring to accept after the word IBAN, since a
//! mistyped number gives its owner away as well.
//! *References*: ISO 13616-1:2020; SWIFT IBAN registry.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::span::Span;
use crate::validators::mod97::{iban, iban_length};
use crate::validators::{Check, Signs};
use crate::verdict::Verdict;

/// International bank account numbers.
pub static RECOGNIZER: IbanCode = IbanCode {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IBAN_CODE"),
        summary: "International bank account number, checked by country and modulo 97.",
        context: &["iban", "bank", "account", "konto", "cuenta", "compte", "transfer"],
        negative_context: &[],
        hits: &[
            "Pay to ⟦GB29 NWBK 6016 1331 9268 19⟧ and tell us",
            "⟦DE89370400440532013000⟧",
            "IBAN ⟦GB29NWBK60161331926818⟧",
            "iban ⟦gb29nwbk60161331926819⟧.",
        ],
        misses: &["GB29NWBK60161331926818", "ZZ29NWBK60161331926819", "GB29 NWBK 6016"],
    },
};

static CHECK: Check = Check::new("length of the country, ISO 7064 MOD 97-10", 97, iban);

/// The recognizer of the entity `IBAN_CODE`.
pub struct IbanCode {
    info: Info,
}

impl Recognizer for IbanCode {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Mixed { min: 15, max: 34 }]
    }

    fn check(&self) -> Option<&Check> {
        Some(&CHECK)
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let Some(token) = site.block.token(site.token) else { return };
        let (text, start) = (site.block.text, token.start as usize);
        let Some([first, second, b'0'..=b'9', ..]) = text.as_bytes().get(start..) else { return };
        if !first.is_ascii_alphabetic() || !second.is_ascii_alphabetic() {
            return;
        }
        let Some(end) = iban_length([*first, *second]).and_then(|length| end(text, start, length)) else { return };
        let span = Span::new(start, end);
        let (base, verdict) = match CHECK.verdict(&Signs::of(span.of(text))) {
            valid @ Verdict::Valid { .. } => (550, valid),
            _ => (150, Verdict::Unknown),
        };
        proposals.push(Proposal { span, base: Confidence::new(base), pattern: "country-length", verdict });
    }
}

/// Where `length` letters and digits end, with at most one blank or hyphen between any two.
fn end(text: &str, start: usize, length: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut seen, mut gap) = (start, 0, false);
    while seen < length {
        match bytes.get(at)? {
            byte if byte.is_ascii_alphanumeric() => (seen, gap) = (seen + 1, false),
            b' ' | b'-' if !gap => gap = true,
            _ => return None,
        }
        at += 1;
    }
    let joined = bytes.get(at) == Some(&b'-') && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    let alone = !joined && bytes.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    alone.then_some(at)
}
