//! Personal data that belongs to no one country.

pub mod credit_card;
pub mod location;
pub mod nrp;
pub mod organization;
pub mod person;
pub mod street_address;
