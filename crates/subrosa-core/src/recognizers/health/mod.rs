//! Health care: what a record says of a patient, and the numbers it is filed under.

pub mod health_condition;
pub mod medication;
mod terms;
