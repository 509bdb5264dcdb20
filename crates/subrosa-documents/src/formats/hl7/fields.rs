//! The fields that hold people's data, by segment and number: their names in plain words and their types.

/// What a field's components are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// A value, or components that stand for themselves.
    Value,
    /// A person's name: family, given, middle, suffix, prefix (XPN).
    Name,
    /// A person with an identifier before the name (XCN).
    Person,
    /// An address (XAD).
    Address,
    /// A telephone number (XTN).
    Phone,
    /// An identifier with its type (CX).
    Id,
    /// Text that runs on in the next line.
    Text,
    /// The format's own.
    Own,
}

use Type::{Address, Id, Name, Own, Person, Phone, Text, Value};

type Field = (&'static str, usize, &'static str, Type);

/// Sorted by segment and number.
#[rustfmt::skip] // a table
const FIELDS: &[Field] = &[
    ("AL1", 3, "allergy", Value), ("AL1", 6, "identification date", Value),
    ("DG1", 3, "diagnosis", Value), ("DG1", 4, "diagnosis", Value), ("DG1", 5, "diagnosis date", Value),
    ("DG1", 16, "diagnosing doctor name", Person),
    ("EVN", 1, "", Own), ("EVN", 2, "recorded date", Value), ("EVN", 5, "operator name", Person), ("EVN", 6, "event date", Value),
    ("GT1", 2, "guarantor number", Id), ("GT1", 3, "guarantor name", Name), ("GT1", 4, "spouse name", Name), ("GT1", 5, "address", Address),
    ("GT1", 6, "phone", Phone), ("GT1", 7, "phone", Phone), ("GT1", 8, "birth date", Value), ("GT1", 9, "sex", Value),
    ("GT1", 12, "social security number", Value), ("GT1", 16, "employer name", Name), ("GT1", 17, "employer address", Address),
    ("GT1", 18, "employer phone", Phone), ("GT1", 19, "employee id", Id),
    ("IN1", 2, "insurance plan id", Value), ("IN1", 3, "insurance company id", Id), ("IN1", 4, "insurance company", Value),
    ("IN1", 5, "address", Address), ("IN1", 6, "contact name", Name), ("IN1", 7, "phone", Phone), ("IN1", 8, "group number", Value),
    ("IN1", 9, "group name", Value), ("IN1", 16, "insured name", Name), ("IN1", 17, "relationship", Value), ("IN1", 18, "birth date", Value),
    ("IN1", 19, "address", Address), ("IN1", 36, "policy number", Value), ("IN1", 49, "insured id", Id),
    ("IN2", 1, "insured employee id", Id), ("IN2", 2, "social security number", Value), ("IN2", 6, "medicare number", Value),
    ("IN2", 8, "medicaid number", Value), ("IN2", 61, "patient member number", Id), ("IN2", 63, "phone", Phone),
    ("MRG", 1, "patient id", Id), ("MRG", 3, "account number", Id), ("MRG", 4, "patient id", Id), ("MRG", 7, "patient name", Name),
    ("MSH", 9, "", Own), ("MSH", 11, "", Own), ("MSH", 12, "", Own), ("MSH", 3, "sending application", Value),
    ("NK1", 2, "next of kin name", Name), ("NK1", 3, "relationship", Value), ("NK1", 4, "address", Address), ("NK1", 5, "phone", Phone),
    ("NK1", 6, "phone", Phone), ("NK1", 13, "organization name", Value), ("NK1", 16, "birth date", Value),
    ("NK1", 30, "contact name", Name), ("NK1", 31, "phone", Phone), ("NK1", 32, "address", Address), ("NK1", 33, "id", Id),
    ("NK1", 37, "social security number", Value),
    ("NTE", 3, "note", Text),
    ("OBR", 2, "order number", Value), ("OBR", 3, "order number", Value), ("OBR", 4, "service", Value), ("OBR", 7, "observation date", Value),
    ("OBR", 10, "collector name", Person), ("OBR", 13, "clinical information", Value), ("OBR", 14, "received date", Value),
    ("OBR", 16, "ordering provider name", Person), ("OBR", 17, "phone", Phone), ("OBR", 22, "report date", Value),
    ("OBR", 28, "copies to name", Person), ("OBR", 31, "reason", Value), ("OBR", 32, "interpreter name", Person),
    ("OBR", 33, "assistant name", Person), ("OBR", 34, "technician name", Person), ("OBR", 35, "transcriptionist name", Person),
    ("OBX", 2, "", Own), ("OBX", 3, "observation", Value), ("OBX", 14, "observation date", Value), ("OBX", 16, "observer name", Person),
    ("OBX", 25, "medical director name", Person),
    ("ORC", 2, "order number", Value), ("ORC", 3, "order number", Value), ("ORC", 9, "order date", Value), ("ORC", 10, "entered by name", Person),
    ("ORC", 11, "verified by name", Person), ("ORC", 12, "ordering provider name", Person), ("ORC", 14, "phone", Phone),
    ("ORC", 19, "action by name", Person), ("ORC", 21, "ordering facility", Value), ("ORC", 22, "address", Address), ("ORC", 23, "phone", Phone),
    ("ORC", 24, "address", Address),
    ("PD1", 3, "primary facility", Value), ("PD1", 4, "primary care provider name", Person),
    ("PID", 2, "patient id", Id), ("PID", 3, "patient id", Id), ("PID", 4, "patient id", Id), ("PID", 5, "patient name", Name),
    ("PID", 6, "mother's maiden name", Name), ("PID", 7, "birth date", Value), ("PID", 8, "sex", Value), ("PID", 9, "patient alias name", Name),
    ("PID", 10, "race", Value), ("PID", 11, "address", Address), ("PID", 12, "county", Value), ("PID", 13, "home phone", Phone),
    ("PID", 14, "work phone", Phone), ("PID", 15, "language", Value), ("PID", 16, "marital status", Value), ("PID", 17, "religion", Value),
    ("PID", 18, "account number", Id), ("PID", 19, "social security number", Value), ("PID", 20, "driver's license number", Value),
    ("PID", 21, "mother's identifier", Id), ("PID", 22, "ethnic group", Value), ("PID", 23, "birth place", Value),
    ("PID", 26, "citizenship", Value), ("PID", 29, "date of death", Value),
    ("PR1", 3, "procedure", Value), ("PR1", 5, "procedure date", Value), ("PR1", 8, "anesthesiologist name", Person),
    ("PR1", 11, "surgeon name", Person), ("PR1", 12, "practitioner name", Person),
    ("PV1", 3, "location", Value), ("PV1", 5, "preadmit number", Id), ("PV1", 7, "attending doctor name", Person),
    ("PV1", 8, "referring doctor name", Person), ("PV1", 9, "consulting doctor name", Person), ("PV1", 17, "admitting doctor name", Person),
    ("PV1", 19, "visit number", Id), ("PV1", 44, "admission date", Value), ("PV1", 45, "discharge date", Value),
    ("PV1", 52, "other provider name", Person),
    ("PV2", 3, "admission reason", Value), ("PV2", 8, "expected admission date", Value), ("PV2", 9, "expected discharge date", Value),
    ("ROL", 4, "role person name", Person), ("ROL", 11, "address", Address), ("ROL", 12, "phone", Phone),
    ("SCH", 12, "contact name", Person), ("SCH", 13, "phone", Phone), ("SCH", 14, "address", Address), ("SCH", 16, "filler name", Person),
    ("STF", 2, "staff id", Id), ("STF", 3, "staff name", Name), ("STF", 6, "birth date", Value), ("STF", 10, "phone", Phone),
    ("STF", 11, "address", Address), ("STF", 15, "email", Value),
    ("TXA", 5, "provider name", Person), ("TXA", 9, "originator name", Person), ("TXA", 10, "authenticator name", Person),
    ("TXA", 11, "transcriptionist name", Person), ("TXA", 12, "document number", Value),
    ("ZZZ", 0, "", Own),
];

/// The name and type of a field.
pub(super) fn field(segment: &str, number: usize) -> (Option<&'static str>, Type) {
    let found = FIELDS.iter().find(|&&(of, field, ..)| of == segment && field == number);
    found.map_or((None, Value), |&(_, _, name, kind)| (Some(name).filter(|name| !name.is_empty()), kind))
}

/// What the type of an identifier (table 0203) says of it.
pub(crate) fn id_type(code: &str) -> Option<&'static str> {
    Some(match code {
        "MR" | "MRN" => "medical record number",
        "SS" | "SSN" => "social security number",
        "DL" => "driver's license number",
        "AN" => "account number",
        "PPN" => "passport number",
        "NH" | "NHS" => "nhs number",
        "NPI" => "npi",
        "MC" => "medicare number",
        "MA" => "medicaid number",
        "HC" | "JHN" => "health card number",
        "EI" | "EN" => "employee number",
        "VN" => "visit number",
        _ => return None,
    })
}
