//! Personal data that belongs to no one country.

pub mod account_number;
pub mod age;
pub mod credit_card;
pub mod date_of_birth;
pub mod date_time;
pub mod duration;
pub mod email_address;
pub mod fax_number;
pub mod iban_code;
pub mod ip_address;
pub mod location;
pub mod mac_address;
pub mod nrp;
pub mod occupation;
pub mod organization;
pub mod person;
pub mod phone_number;
pub mod postal_code;
pub mod quantity;
pub mod street_address;
pub mod swift_bic;
pub mod unique_identifier;
pub mod url;
pub mod username;
pub mod vin;
pub mod zip_code;
