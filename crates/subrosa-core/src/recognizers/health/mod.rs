//! Health care: what a record says of a patient, and the numbers it is filed under.

pub mod health_condition;
pub mod health_plan_number;
pub mod lab_test;
pub mod medical_procedure;
pub mod medical_record_number;
pub mod medication;
pub mod symptom;
mod terms;
