//! Australia.

pub mod abn;
pub mod acn;
pub mod medicare;
pub mod passport;
pub mod tfn;
