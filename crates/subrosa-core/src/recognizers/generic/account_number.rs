//! Account numbers: what follows `account no.`, `acct #`, `sort code`.
//!
//! *Misses by design*: numbers that nothing calls an account; [`super::iban_code`] and [`super::credit_card`] need no cue.
//! *Confuses with*: other numbers with a cue between (`account holder ID 1234`).
//! *References*: 45 CFR 164.514(b)(2)(i)(J).

use crate::entity::Entity;
use crate::recognizer::{Info, unchecked};
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;

/// Account numbers.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ACCOUNT_NUMBER"),
        summary: "Number of a bank, customer or patient account, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &[
            "Acct# ⟦A000076025⟧  Ins",
            "account number is ⟦12345678⟧ at the bank",
            "sort code ⟦12-34-56⟧, account ⟦00012345⟧",
            "Kontonummer: ⟦532013000⟧",
        ],
        misses: &["her account of 1998", "account for 12345 people", "the account balance 12345"],
    },
    cues: Cues::new(CUES, &["customer", "client", "kunden", "cliente", "billing", "loan", "mortgage", "guarantor", "acc"]),
    base: 600,
    validate: unchecked,
};

const CUES: &[&str] = &[
    "account",
    "acct",
    "acc no",
    "accnum",
    "account no",
    "iban no",
    "numéro de compte",
    "número de cuenta",
    "nº de cuenta",
    "kontonr",
    "bankleitzahl",
    "blz",
    "bsb",
    "clabe",
    "numero di conto",
    "acc number",
    "a/c",
    "bank account",
    "sort code",
    "konto",
    "kontonummer",
    "kundennummer",
    "cuenta",
    "compte",
    "conto",
    "rekening",
    "rekeningnummer",
    "conta",
];
