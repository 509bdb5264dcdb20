//! Estonia.

pub mod isikukood;
