//! Thailand.

pub mod tnin;
