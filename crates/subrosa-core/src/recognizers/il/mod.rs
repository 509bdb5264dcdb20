//! Israel.

pub mod id_number;
