//! Austria.

pub mod svnr;
