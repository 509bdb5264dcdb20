//! Personal data that belongs to no one country.

pub mod credit_card;
