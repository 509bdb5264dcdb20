//! Numbers of mobile devices (IMEI): fifteen digits, the last a Luhn check digit; bare after a word only, in the printed form
//! `35-209900-176148-1` alone.
//!
//! *Misses by design*: bare numbers that nothing announces; IMEISV of sixteen digits, which has no check digit.
//! *Confuses with*: payment cards of fifteen digits.
//! *References*: 3GPP TS 23.003, section 6.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::luhn::luhn;

/// Numbers of mobile devices.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IMEI"),
        summary: "Number of a mobile device (IMEI).",
        context: &["imei", "handset", "mobile device", "phone serial"],
        negative_context: &["card", "amex", "imsi", "iccid"],
        hits: &["IMEI ⟦352099001761481⟧", "⟦35-209900-176148-1⟧ was seized", "imei: ⟦35 209900 176148 1⟧"],
        misses: &["352099001761481", "IMEI 352099001761482", "35-209900-176148-2"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99-999999-999999-9", 400),
        Layout::new("99 999999 999999 9", 200),
        Layout::new("9{15}", 200),
    ])],
    check: Check::new("Luhn", 10, luhn),
};
