//! One file for each recognizer; folders are countries, `generic` for those that belong to none, `health` for health care.
//!
//! To add one: write the file, add its `mod` line in the folder and its line in [`ALL`]. `cargo xtask new-recognizer` does it.

use crate::recognizer::Recognizer;

pub mod cue;
pub mod generic;
pub mod health;
pub mod keywords;
pub mod labelled;
pub mod secret;
pub mod uk;
pub mod us;

/// Every recognizer.
#[rustfmt::skip] // one a line
pub static ALL: &[&dyn Recognizer] = &[
    &generic::credit_card::RECOGNIZER,
    &generic::location::RECOGNIZER,
    &generic::nrp::RECOGNIZER,
    &generic::organization::RECOGNIZER,
    &generic::person::RECOGNIZER,
    &generic::street_address::RECOGNIZER,
    &health::health_condition::RECOGNIZER,
    &health::medication::RECOGNIZER,
    &generic::account_number::RECOGNIZER,
    &generic::age::RECOGNIZER,
    &generic::api_key::RECOGNIZER,
    &generic::biometric_identifier::RECOGNIZER,
    &generic::case_number::RECOGNIZER,
    &generic::coordinates::RECOGNIZER,
    &generic::crypto::RECOGNIZER,
    &generic::device_identifier::RECOGNIZER,
    &generic::iccid::RECOGNIZER,
    &generic::imei::RECOGNIZER,
    &generic::imsi::RECOGNIZER,
    &generic::license_plate::RECOGNIZER,
    &generic::password::RECOGNIZER,
    &generic::photograph::RECOGNIZER,
    &generic::private_key::RECOGNIZER,
    &generic::tracking_number::RECOGNIZER,
    &generic::date_of_birth::RECOGNIZER,
    &generic::date_time::RECOGNIZER,
    &generic::email_address::RECOGNIZER,
    &generic::fax_number::RECOGNIZER,
    &generic::iban_code::RECOGNIZER,
    &generic::ip_address::RECOGNIZER,
    &generic::mac_address::RECOGNIZER,
    &generic::phone_number::RECOGNIZER,
    &generic::unique_identifier::RECOGNIZER,
    &generic::url::RECOGNIZER,
    &generic::username::RECOGNIZER,
    &generic::vin::RECOGNIZER,
    &generic::zip_code::RECOGNIZER,
    &health::health_plan_number::RECOGNIZER,
    &health::medical_record_number::RECOGNIZER,
    &uk::nhs::RECOGNIZER,
    &uk::nino::RECOGNIZER,
    &us::bank_routing::RECOGNIZER,
    &us::dea::RECOGNIZER,
    &us::driver_license::RECOGNIZER,
    &us::itin::RECOGNIZER,
    &us::mbi::RECOGNIZER,
    &us::npi::RECOGNIZER,
    &us::passport::RECOGNIZER,
    &us::ssn::RECOGNIZER,
];

#[cfg(test)]
mod fields;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod walker;
