//! What documents of health care have in common: FHIR, CDA.

pub(crate) mod labels;
