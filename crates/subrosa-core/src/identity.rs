//! What all mentions of one value share, so that they get one pseudonym.
//!
//! People are told by [`apply`](crate::apply), which knows who of the document is meant; everything else by how it is written,
//! without what only layout adds: `(555) 010-0100` and `555.010.0100` are one number.

use unicode_normalization::UnicodeNormalization as _;

/// The identity of a value that is no person's name. Two values of one identity are taken for the same.
///
/// Letters and digits in compatibility form and small letters; addresses of mail and web keep their signs, which tell them
/// apart. A value without letters and digits is its own identity.
pub fn of(value: &str) -> String {
    let plain = value.nfkc().flat_map(char::to_lowercase);
    let bare: String = if value.contains('@') || value.contains('/') || value.contains(':') {
        plain.filter(|sign| !sign.is_whitespace() && !sign.is_control()).collect()
    } else {
        plain.filter(|sign| sign.is_alphanumeric()).collect()
    };
    if bare.is_empty() { value.to_owned() } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_makes_no_difference() {
        assert_eq!(of("(555) 010-0100"), of("555.010.0100"));
        assert_eq!(of("DE89 3704 0044"), of("de8937040044"));
        assert_eq!(of("Ada@Example.com"), of("ada@example.com"));
    }

    #[test]
    fn signs_that_tell_addresses_apart_count() {
        assert_ne!(of("a.b@example.com"), of("ab@example.com"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.11"));
        assert_eq!(of("***"), "***");
    }
}
