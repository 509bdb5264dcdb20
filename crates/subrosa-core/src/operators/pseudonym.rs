//! `pseudonym`: a code made with a key, `[PERSON-7F3K9QWXM2]`, the same wherever the key is the same.
//!
//! Many workers, machines and years give one value one code without a common table: the code is HMAC-SHA-256 (RFC 2104) over
//! the kind of the value and what all its mentions share, written in [signs that are not mistaken](crate::code), the last of
//! them a check sign. Without the key nobody can tell, or try out, which value a code stands for; with it anybody can try out,
//! so the key has to be kept apart from the documents.
//!
//! *What is left*: which mentions are the same, over all documents of the key. To take that away between recipients, give each
//! policy a `domain` of its own.
//!
//! *The law*: pseudonymisation in the sense of GDPR Art. 4(5): the output stays personal data. Under HIPAA's Safe Harbor codes
//! must not be derived from information about the individual (45 CFR 164.514(c)(1)); use [`code`](super::code) there.
//!
//! *Two values with one code*: of n values that can come about at about n² in 2^(5·length − 4): with the default length of 10
//! signs once in 700,000 archives of 10,000 people, with 8 once in 700, with 6 two persons of 10,000 nearly always share a code; a million
//! people need 14 signs for one in a million.

use super::keyed::{class, key};
use super::{Context, Kind, Leaves, Operator, Outcome, Parameter};
use crate::code::{code, is_code};
use crate::secrets::Needs;

/// Puts a keyed code in the value's place.
pub struct Pseudonym;

/// Limits the documents within which codes can be compared.
pub(super) const DOMAIN: Parameter = Parameter {
    name: "domain",
    kind: Kind::Text { default: "", least: 0, most: 64 },
    description: "A name for the documents within which the same value gets the same code.",
};

impl Operator for Pseudonym {
    fn id(&self) -> &'static str {
        "pseudonym"
    }

    fn description(&self) -> &'static str {
        "Puts a code made with the key in the value's place, the same in every document and run: [PERSON-7F3K9QWXM2]."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            DOMAIN,
            Parameter {
                name: "length",
                kind: Kind::Count { default: 10, least: 6, most: 32 },
                description: "Signs of the code, the check sign included.",
            },
            Parameter {
                name: "word",
                kind: Kind::Text { default: "", least: 0, most: 48 },
                description: "The word before the code; the entity, or what the case sheet says, when empty.",
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
        let length = context.parameters.count("length") as usize;
        let made = (0_u8..=255).map(|attempt| {
            code(&key.mac(&[domain, class(context.entity).as_bytes(), context.identity.as_bytes(), &[attempt]]), length)
        });
        // One code in twenty is all letters and taken for a word; the next attempt makes another.
        let Some(code) = made.into_iter().find(|code| is_code(code)) else {
            return Outcome::Refuse("no code came about".to_owned());
        };
        let word = match context.parameters.text("word") {
            "" => context.word,
            word => word,
        };
        Outcome::Replace(format!("[{word}-{code}]"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::{Asked, asked, replaced};
    use crate::operators::{Value, operate};

    #[test]
    fn what_it_makes_never_changes() {
        assert_eq!(replaced(&Pseudonym, &Entity::PERSON, "Jane Doe", &[]), "[PERSON-7WWCK7SP25]");
        let set = [("length", Value::Count(6)), ("word", Value::Text("CLIENT".into()))];
        assert_eq!(replaced(&Pseudonym, &Entity::PERSON, "Jane Doe", &set), "[CLIENT-7WWCK5]");
    }

    #[test]
    fn one_identity_one_code() {
        let of = |entity: &str, value: &str, identity: &str| {
            asked(&Asked { entity: &Entity::parse(entity).unwrap(), value, identity, ..Asked::default() }, &Pseudonym, &[])
        };
        assert_eq!(of("PERSON", "Mr Smith", "john smith"), of("PERSON", "J.S.", "john smith"));
        assert_ne!(of("PERSON", "Smith", "john smith"), of("PERSON", "Smith", "mary smith"));
        let code = |outcome: Outcome| match outcome {
            Outcome::Replace(text) => text.rsplit_once('-').map(|(_, code)| code.to_owned()),
            _ => None,
        };
        let number = |entity| code(operate(&Pseudonym, &Entity::parse(entity).unwrap(), "555-0100", None, &[]));
        assert!(number("PHONE_NUMBER").is_some());
        assert_eq!(number("PHONE_NUMBER"), number("FAX_NUMBER"));
        assert_ne!(number("PHONE_NUMBER"), number("US_SSN"));
    }

    #[test]
    fn domains_cannot_be_compared() {
        let in_domain =
            |domain: &str| replaced(&Pseudonym, &Entity::PERSON, "Jane Doe", &[("domain", Value::Text(domain.into()))]);
        assert_ne!(in_domain("a"), in_domain("b"));
    }

    #[test]
    fn every_code_has_its_check_sign() {
        for i in 0..2000 {
            let text = replaced(&Pseudonym, &Entity::PERSON, &format!("Person Number{i}"), &[]);
            let code = text.trim_end_matches(']').rsplit_once('-').unwrap().1;
            assert!(is_code(code), "{text}");
        }
    }
}
