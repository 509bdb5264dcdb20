//! VAT identification numbers of the European Union: a country and up to twelve signs, with a check digit of the country's own.
//! Germany's are [`crate::recognizers::de::vat_id`].
//!
//! *Misses by design*: numbers without the country, unless they are a national number that is found as such; numbers of
//! countries whose check is not known here or fails need a label or context word.
//! *Confuses with*: part numbers that start with the letters of a country.
//! *References*: Council Directive 2006/112/EC, article 215; European Commission, VIES, structure of VAT numbers.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::iso7064::mod_11_10;
use crate::validators::luhn::luhn;
use crate::validators::weights::{cross_sum, divides, ends, missing, remainder};
use crate::validators::{Check, has_form, number};

/// VAT identification numbers.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("EU_VAT"),
        summary: "VAT identification number of a country of the European Union other than Germany.",
        context: &[
            "vat",
            "vat no",
            "vat number",
            "vat id",
            "tva",
            "iva",
            "btw",
            "uid",
            "ust-idnr",
            "moms",
            "alv",
            "dph",
            "áfa",
            "dič",
            "numéro de tva",
            "partita iva",
            "btw-nummer",
            "ндс",
            "ддс",
            "φπα",
            "pvn",
            "pvm",
            "kmkr",
            "pdv",
            "ddv",
        ],
        negative_context: &["part", "model", "sku"],
        hits: &["⟦ATU12345675⟧", "VAT no. ⟦NL123456782B01⟧", "TVA ⟦FR83404833048⟧", "BTW ⟦BE0123456749⟧", "VAT ⟦PL1234567890⟧"],
        misses: &["ATU12345674", "XX12345678", "VAT DE123456788", "PL1234567890"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("AAA9{8}", 200),
        Layout::new("AA9{8}", 200),
        Layout::new("AA9{9}", 200),
        Layout::new("AA9{10}", 200),
        Layout::new("AA9{11}", 200),
        Layout::new("AA9{12}", 200),
        Layout::new("AA9{9}A99", 200),
        Layout::new("AA9{7}A", 200),
        Layout::new("AA9{7}AA", 200),
        Layout::new("AA9{8}A", 200),
        Layout::new("AAA9{7}A", 200),
        Layout::new("AA 9{8}", 150),
        Layout::new("AA 9{9}", 150),
        Layout::new("AA 9{10}", 150),
        Layout::new("AA 9{11}", 150),
        Layout::new("AA 9999.999.999", 200),
        Layout::new("AA 99 999999999", 150),
        Layout::new("AA99 999 999 999", 200),
    ])],
    check: Check::new("country and its own check digit", 1000, check_digit).with_form(form).not_always(),
};

/// Whether the number starts with a country and has its length and kinds of signs.
fn form(signs: &[u8]) -> bool {
    let (country, rest) = signs.split_at(signs.len().min(2));
    let forms: &[&[u8]] = match country {
        b"AT" => &[b"A99999999"],
        b"BE" | b"PL" | b"SK" => &[b"9999999999"],
        b"BG" | b"CZ" => &[b"999999999", b"9999999999"],
        b"CY" => &[b"99999999A"],
        b"DK" | b"FI" | b"HU" | b"LU" | b"MT" | b"SI" => &[b"99999999"],
        b"EE" | b"EL" | b"PT" => &[b"999999999"],
        b"ES" => &[b"A99999999", b"A9999999A", b"99999999A"],
        b"FR" | b"HR" | b"IT" | b"LV" => &[b"99999999999"],
        b"IE" => &[b"9999999A", b"9999999AA"],
        b"LT" => &[b"999999999", b"999999999999"],
        b"NL" => &[b"999999999A99"],
        b"SE" => &[b"999999999999"],
        _ => &[],
    };
    forms.iter().any(|form| has_form(rest, form)) && (country != b"AT" || rest.starts_with(b"U"))
}

/// Whether the country's check digit is right; of countries not listed it is not known.
fn check_digit(signs: &[u8]) -> bool {
    let (country, rest) = signs.split_at(signs.len().min(2));
    match country {
        b"AT" => {
            let digits = rest.get(1..).unwrap_or_default();
            ends(digits, (96 - cross_sum(digits, &[1, 2, 1, 2, 1, 2, 1])) % 10)
        }
        b"BE" => number(rest, 8, 10) == 97 - number(rest, 0, 8) % 97,
        b"DK" => divides(rest, &[2, 7, 6, 5, 4, 3, 2, 1], 11),
        b"EE" => divides(rest, &[3, 7, 1, 3, 7, 1, 3, 7, 1], 10),
        b"EL" => ends(rest, remainder(rest, &[256, 128, 64, 32, 16, 8, 4, 2], 11) % 10),
        b"FI" => divides(rest, &[7, 9, 10, 5, 8, 4, 2, 1], 11),
        b"FR" => luhn(rest.get(2..).unwrap_or_default()) && number(rest, 0, 2) == (12 + 3 * (number(rest, 2, 11) % 97)) % 97,
        b"HR" => mod_11_10(rest),
        b"HU" => divides(rest, &[9, 7, 3, 1, 9, 7, 3, 1], 10),
        b"IT" => luhn(rest),
        b"LU" => number(rest, 6, 8) == number(rest, 0, 6) % 89,
        b"MT" => divides(rest, &[3, 4, 6, 7, 8, 9, 10, 1], 37),
        b"NL" => ends(rest.get(..9).unwrap_or_default(), remainder(rest, &[9, 8, 7, 6, 5, 4, 3, 2], 11)),
        b"PL" => ends(rest, remainder(rest, &[6, 5, 7, 2, 3, 4, 5, 6, 7], 11)),
        b"PT" => ends(rest, missing(rest, &[9, 8, 7, 6, 5, 4, 3, 2], 11) % 10),
        b"SE" => luhn(rest.get(..10).unwrap_or_default()),
        b"SI" => ends(rest, missing(rest, &[8, 7, 6, 5, 4, 3, 2], 11) % 10),
        _ => false,
    }
}
