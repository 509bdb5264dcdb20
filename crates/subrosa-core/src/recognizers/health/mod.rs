//! Numbers of health care that belong to no one country.

pub mod health_plan_number;
pub mod medical_record_number;
