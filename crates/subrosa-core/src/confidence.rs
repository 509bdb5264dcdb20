//! How sure a finding is.

use std::fmt;

/// How sure a finding is, in thousandths: an order of findings, not a probability.
///
/// Whole thousandths rather than floating point, so that sums and comparisons are the same on every platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Confidence(u16);

impl Confidence {
    /// Nothing speaks for it.
    pub const NONE: Self = Self(0);
    /// Nothing speaks against it.
    pub const FULL: Self = Self(1000);

    /// `thousandths` of one, at most 1000.
    pub const fn new(thousandths: u16) -> Self {
        Self(if thousandths > 1000 { 1000 } else { thousandths })
    }

    /// A number from 0 to 1, rounded to a thousandth; what lies outside, and what is no number, is moved to the nearer end.
    pub fn from_unit(value: f64) -> Self {
        Self((value.clamp(0.0, 1.0) * 1000.0).round() as u16)
    }

    /// Thousandths of one.
    pub const fn thousandths(self) -> u16 {
        self.0
    }

    /// A number from 0 to 1.
    pub fn unit(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// Moved by `thousandths`, kept within 0 and 1.
    #[must_use]
    pub fn shifted(self, thousandths: i16) -> Self {
        Self((i32::from(self.0) + i32::from(thousandths)).clamp(0, 1000) as u16)
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.unit())
    }
}
