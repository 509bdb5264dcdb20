//! Türkiye.

pub mod national_id;
