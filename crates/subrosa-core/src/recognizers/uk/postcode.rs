//! British postcodes: `SW1A 2AA`, an area of one or two letters, a district, then a digit and two letters.
//!
//! *Misses by design*: codes in small letters, outward codes alone (`SW1A`).
//! *Confuses with*: product codes of the same make; the area has to exist, and without a blank a word or label has to say so.
//! *References*: BS 7666; Royal Mail, *Programmer's Guide to the Postcode Address File*: 124 areas; C, I, K, M, O and V never end a code.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::verdict::Verdict;

/// British postcodes.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UK_POSTCODE"),
        summary: "Postcode of the United Kingdom.",
        context: &["postcode", "post code", "postal code", "zip"],
        negative_context: &["part number", "model", "sku", "serial", "version"],
        hits: &["London ⟦SW1A 2AA⟧", "Postcode: ⟦EC1A1BB⟧", "Leeds, ⟦LS1 4DY⟧."],
        misses: &["ZZ1 1AA", "part EC1A1BB", "SW1A 2AAB", "B1 2CK", "A 1 1AA"],
    },
    triggers: &[Trigger::Mixed { min: 5, max: 7 }],
    patterns: &[
        Pattern::new("blank", "[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}", 560),
        Pattern::new("joined", "[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][ABD-HJLNP-UW-Z]{2}", 250),
    ],
    validate: area,
    inside_longer: false,
    compiled: Compiled::new(),
};

/// The areas, in order.
const AREAS: &[&str] = &[
    "AB", "AL", "B", "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "BX", "CA", "CB", "CF", "CH", "CM", "CO", "CR",
    "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH", "EN", "EX", "FK", "FY", "G", "GL",
    "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA",
    "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP", "NR", "NW", "OL", "OX", "PA", "PE",
    "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW",
    "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

fn area(value: &str) -> Verdict {
    let letters = value.bytes().take_while(u8::is_ascii_uppercase).count();
    match value.get(..letters).map(|area| AREAS.binary_search(&area)) {
        Some(Ok(_)) => Verdict::Unknown,
        _ => Verdict::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_in_order() {
        assert!(AREAS.is_sorted());
    }
}
