//! Numbers of parcels: UPS `1Z…` and the postal union's `RB123456785GB` stand alone; FedEx and USPS numbers, which are digits
//! only, need a word such as `tracking`. All have a check digit.
//!
//! *Misses by design*: carriers whose numbers have no check digit, which a cue leaves to
//! [`super::unique_identifier`].
//! *Confuses with*: other long numbers with a check digit, one in ten.
//! *References*: see [`crate::validators::parcel`].

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::validators::parcel::parcel;

/// Numbers of parcels.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("TRACKING_NUMBER"),
        summary: "Number of a parcel: UPS, FedEx, USPS or international post.",
        context: &[
            "tracking",
            "parcel",
            "shipment",
            "shipped",
            "consignment",
            "ups",
            "fedex",
            "usps",
            "dhl",
            "royal mail",
            "waybill",
            "sendungsnummer",
            "paket",
            "suivi",
            "colis",
            "seguimiento",
            "paquete",
        ],
        negative_context: &["isbn", "card", "npi", "phone"],
        hits: &[
            "It left as ⟦1Z999AA10123456784⟧.",
            "tracking number: ⟦1Z 999 AA1 01 2345 6784⟧",
            "post: ⟦RB123456785GB⟧",
            "FedEx tracking ⟦7771 2345 6784⟧",
            "USPS tracking no. ⟦9400 1000 0000 0000 0000 06⟧",
        ],
        misses: &["1Z999AA10123456785", "777123456784", "RB123456786GB", "9400100000000000000006"],
    },
    triggers: &[Trigger::Alphanumeric { min: 12, max: 22 }],
    patterns: &[
        Pattern::new("ups", r"1Z(?: ?[0-9A-Z]){16}", 450),
        Pattern::new("ups-small", r"1z[0-9a-z]{16}", 300),
        Pattern::new("postal-union", r"[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?[A-Z]{2}", 400),
        Pattern::new("usps", r"9[1-5]\d{2}(?: ?\d{4}){4} ?\d{2}", 150),
        Pattern::new("fedex", r"\d{4} ?\d{4} ?\d{4}", 100),
        Pattern::new("fedex-ground", r"\d{15}(?:\d{5})?(?:\d{2})?", 100),
    ],
    validate: parcel,
    inside_longer: false,
    compiled: Compiled::new(),
};
