//! The Czech Republic, and Slovakia where the numbers are the same.

pub mod rodne_cislo;
