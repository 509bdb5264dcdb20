//! Numbers of health insurance: what follows `insurance ID`, `member ID`, `policy number`, `Medicaid`, `subscriber`.
//!
//! *Misses by design*: numbers that nothing announces; [`crate::recognizers::us::mbi`] needs no cue.
//! *Confuses with*: policies of other insurance, and members of other bodies.
//! *References*: 45 CFR 164.514(b)(2)(i)(I).

use crate::entity::Entity;
use crate::recognizer::{Info, unchecked};
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;

/// Health plan numbers.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("HEALTH_PLAN_NUMBER"),
        summary: "Number of a health plan's member or policy, after words that say so.",
        context: CUES,
        negative_context: &[
            "firewall",
            "organization policy",
            "security policy",
            "iam policy",
            "bucket policy",
            "network policy",
        ],
        hits: &[
            "Ins ID ⟦XQ961571463⟧\nPCP",
            "Ins ID ⟦W15325793 90⟧\nPCP",
            "insurance policy #⟦XY-345678⟧.",
            "plan ID ⟦123-45-6789⟧?",
            "His insurance number is ⟦987-65-4321⟧.",
            "NASS: ⟦89 26783467 80⟧.",
            "member ID: ⟦ABC123⟧",
        ],
        misses: &[
            "insurance for 12345 members",
            "plan 1234",
            "the policy of 2019",
            "ASSESSMENT AND PLAN\nBP 128/76, HR 72",
            "INSURANCE\n12345 Main Street",
            "update the organization firewall policy with ID 123456789",
            "unpacking libcurl3-nss_7.88.1-10 and nss 4512345",
        ],
    },
    cues: Cues::new(
        CUES,
        &[
            "plan",
            "policy",
            "member",
            "group",
            "subscriber",
            "beneficiary",
            "ins",
            "payer",
            "nss",
            "nass",
            "póliza",
            "versicherten",
        ],
    ),
    base: 600,
    validate: unchecked,
};

const CUES: &[&str] = &[
    "insurance",
    "insurance policy",
    "insurance id",
    "ins is",
    "member id",
    "subscriber",
    "health plan",
    "healthplan",
    "plan id",
    "policy id",
    "beneficiary",
    "medicaid",
    "medicare",
    "hicn",
    "versichertennummer",
    "krankenversicherung",
    "krankenversichertennummer",
    "assurance",
    "número de afiliación",
    "tarjeta sanitaria",
    "numéro de sécurité sociale",
    "polisnummer",
    "tessera sanitaria",
    "ehic",
    "seguro",
];
