//! Numbers of mobile devices (IMEI): fifteen digits, the last a Luhn check digit; bare after a word only, in the printed form
//! `35-209900-176148-1` alone.
//!
//! *Misses by design*: bare numbers that nothing announces; IMEISV of sixteen digits, which has no check digit.
//! *Confuses with*: payment cards of fifteen digits.
//! *References*: 3GPP TS 23.003, section 6.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::validators::luhn::luhn;

/// Numbers of mobile devices.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IMEI"),
        summary: "Number of a mobile device (IMEI).",
        context: &["imei", "handset", "mobile device", "phone serial"],
        negative_context: &["card", "amex", "imsi", "iccid"],
        hits: &["IMEI ⟦352099001761481⟧", "⟦35-209900-176148-1⟧ was seized", "imei: ⟦35 209900 176148 1⟧"],
        misses: &["352099001761481", "IMEI 352099001761482", "35-209900-176148-2"],
    },
    triggers: &[Trigger::Digits { min: 15, max: 15 }],
    patterns: &[Pattern::new("printed", r"\d{2}-\d{6}-\d{6}-\d", 400), Pattern::new("digits", r"\d{2} ?\d{6} ?\d{6} ?\d", 200)],
    validate: luhn,
    inside_longer: false,
    compiled: Compiled::new(),
};
