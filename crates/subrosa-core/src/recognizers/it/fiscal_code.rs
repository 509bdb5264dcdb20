//! Fiscal codes (codice fiscale): three letters each of surname and name, birth date, place and a check letter; where two
//! would agree, letters stand for digits.
//!
//! *Misses by design*: codes with a wrong check letter; codes in small letters, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 91 of them.
//! *References*: Decreto del Ministro delle Finanze of 23 December 1976, n. 13813.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::{Check, value};

/// Fiscal code of a person in Italy.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IT_FISCAL_CODE"),
        summary: "Fiscal code of a person in Italy.",
        context: &["codice fiscale", "cf", "cod. fisc", "c.f", "fiscal code"],
        negative_context: &[],
        hits: &["⟦RSSMRA80A01H501U⟧", "C.F. ⟦rssmra80a01h501u⟧"],
        misses: &["RSSMRA80A32H501U", "RSSMRA80A01H501A"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("AAAAAA**A**A***A", 450), Layout::new("AAA AAA **A** A***A", 450)])],
    check: Check::new("date of birth, odd and even places modulo 26", 91, fiscal_code),
};

/// The letters that stand for the digits 0 to 9.
const OMOCODIA: &[u8; 10] = b"LMNPQRSTUV";

/// Whether the code holds a date and the last letter is its check. Signs in odd places count by a table.
fn fiscal_code(signs: &[u8]) -> bool {
    const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let Some((last, rest)) = signs.split_last() else { return false };
    let place_of = |sign: u8| if sign.is_ascii_digit() { u32::from(sign - b'0') } else { u32::from(sign.saturating_sub(b'A')) };
    let worth = |(place, sign): (usize, &u8)| if place % 2 == 0 { ODD[place_of(*sign) as usize % 26] } else { place_of(*sign) };
    let sum: u32 = rest.iter().enumerate().map(worth).sum();
    is_dated(signs) && u32::from(last.saturating_sub(b'A')) == sum % 26
}

/// Whether month letter and day, forty more for women, can be.
fn is_dated(signs: &[u8]) -> bool {
    let digit = |at: usize| {
        let sign = signs.get(at)?;
        if sign.is_ascii_digit() {
            Some(value(*sign))
        } else {
            OMOCODIA.iter().position(|known| known == sign).map(|at| at as u32)
        }
    };
    let numbers = [6, 7, 9, 10, 12, 13, 14].map(digit);
    let month = signs.get(8).and_then(|letter| b"ABCDEHLMPRST".iter().position(|known| known == letter));
    match (numbers, month) {
        ([Some(y), Some(year), Some(d), Some(day), Some(_), Some(_), Some(_)], Some(month)) => {
            let day = d * 10 + day;
            is_day(y * 10 + year, month as u32 + 1, if day > 40 { day - 40 } else { day })
        }
        _ => false,
    }
}
