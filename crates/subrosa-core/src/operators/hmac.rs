//! `hmac`: a keyed hash, `[PERSON:9f86d081884c7d65]`, for programs that compare documents.
//!
//! HMAC-SHA-256 (RFC 2104) over the kind of the value and what all its mentions share, in hexadecimal digits. The same as
//! [`pseudonym`](super::pseudonym) for machines: longer, without a check sign, and with no word but the entity.
//!
//! *What is left*: which mentions are the same, over all documents of the key and domain.
//!
//! *The law*: as [`pseudonym`](super::pseudonym); PCI DSS 4.0.1, 3.5.1.1 asks for such a *keyed* hash of the whole number where
//! card numbers are stored hashed, and not beside a truncated form of the same number.

use std::fmt::Write as _;

use super::keyed::{class, key};
use super::pseudonym::DOMAIN;
use super::{Context, Kind, Leaves, Operator, Outcome, Parameter};
use crate::secrets::Needs;

/// Puts a keyed hash in the value's place.
pub struct Hmac;

impl Operator for Hmac {
    fn id(&self) -> &'static str {
        "hmac"
    }

    fn description(&self) -> &'static str {
        "Puts a hash made with the key in the value's place, for programs that compare: [PERSON:9f86d081884c7d65]."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            DOMAIN,
            Parameter {
                name: "length",
                kind: Kind::Count { default: 16, least: 8, most: 64 },
                description: "Hexadecimal digits of the hash.",
            },
        ]
    }

    fn needs(&self) -> Needs {
        Needs::Key
    }

    fn leaves(&self) -> Leaves {
        Leaves::Derived
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let key = match key(context, self.id()) {
            Ok(key) => key,
            Err(refusal) => return refusal,
        };
        let domain = context.parameters.text("domain").as_bytes();
        let mac = key.mac(&[domain, class(context.entity).as_bytes(), context.identity.as_bytes()]);
        let mut hex = String::with_capacity(2 * mac.len());
        for byte in mac {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex.truncate(context.parameters.count("length") as usize);
        Outcome::Replace(format!("[{}:{hex}]", context.entity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::Value;
    use crate::operators::testing::replaced;

    #[test]
    fn what_it_makes_never_changes() {
        assert_eq!(replaced(&Hmac, &Entity::new("US_SSN"), "000-12-3456", &[]), "[US_SSN:a0e5cb4994451ce1]");
        let text = replaced(&Hmac, &Entity::new("US_SSN"), "000123456", &[("length", Value::Count(64))]);
        assert_eq!(text.len(), "[US_SSN:]".len() + 64);
        assert!(text.starts_with("[US_SSN:a0e5cb4994451ce1"));
    }
}
