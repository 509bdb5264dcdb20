//! Vehicle identification numbers: seventeen letters and digits without I, O and Q, the last four digits, the ninth a check
//! digit in North America and China.
//!
//! *Misses by design*: chassis numbers from before 1981; numbers with a wrong check digit, unless a context word stands near.
//! *Confuses with*: other serial numbers of seventeen characters.
//! *References*: ISO 3779:2009; 49 CFR part 565.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, vin};

/// Vehicle identification numbers.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("VIN"),
        summary: "Vehicle identification number of seventeen characters.",
        context: &["vin", "vehicle", "chassis", "car", "fahrgestellnummer", "bastidor"],
        negative_context: &["commit", "hash"],
        hits: &["sold ⟦1M8GDM9AXKP042788⟧ to her", "VIN: ⟦WVWZZZ1JZ3W386752⟧"],
        misses: &["WVWZZZ1JZ3W386752", "1M8GDM9AXKPO42788", "12345678901234567"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("*{13}9{4}", 400)])],
    check: Check::new("weights 8 to 2 modulo 11, ninth place", 100, vin::check_digit).with_form(vin::form).not_always(),
};
