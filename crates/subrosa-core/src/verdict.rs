//! What the check of a proposed value says.

/// What a check digit or a structure rule says of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The check holds, as it does for one random value of the same shape in `chance`.
    Valid {
        /// 10 for Luhn, 11 for modulo 11, 97 for an IBAN.
        chance: u32,
    },
    /// The value cannot be what the recognizer looks for.
    Invalid,
    /// There is no check, or it cannot decide.
    Unknown,
}
