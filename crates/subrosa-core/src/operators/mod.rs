//! What becomes of one value.
//!
//! An operator is one file here and one line in [`ALL`]; `subrosa list operators`, the parser of policies and its error
//! messages derive from that. An operator rewrites; whether to act at all is the policy's decision.

pub mod age_band;
pub mod age_cap;
pub mod cipher_letter;
pub mod city_state;
pub mod code;
pub mod date_shift;
pub mod dni_aepd;
pub mod encrypt;
pub mod exemption;
pub mod first_six_last_four;
pub mod fpe;
pub mod fsa;
pub mod hmac;
pub mod initials;
pub mod keep;
mod keyed;
pub mod label;
pub mod last_four;
pub mod mask;
pub mod number_band;
pub mod pseudonym;
pub mod reference;
pub mod remove;
pub mod review;
pub mod state_or_country;
pub mod surrogate;
pub mod template;
#[cfg(test)]
pub(crate) mod testing;
pub mod year;
pub mod zip3;

use std::collections::BTreeMap;

use crate::entity::Entity;
use crate::fold;
use crate::secrets::{Needs, Secrets};

/// Every operator, sorted by id.
pub static ALL: &[&dyn Operator] = &[
    &age_band::AgeBand,
    &age_cap::AgeCap,
    &cipher_letter::CipherLetter,
    &city_state::CityState,
    &code::Code,
    &date_shift::DateShift,
    &dni_aepd::DniAepd,
    &encrypt::Encrypt,
    &exemption::Exemption,
    &first_six_last_four::FirstSixLastFour,
    &fpe::Fpe,
    &fsa::Fsa,
    &hmac::Hmac,
    &initials::Initials,
    &keep::Keep,
    &label::Label,
    &last_four::LastFour,
    &mask::Mask,
    &number_band::NumberBand,
    &pseudonym::Pseudonym,
    &reference::Reference,
    &remove::Remove,
    &review::Review,
    &state_or_country::StateOrCountry,
    &surrogate::Surrogate,
    &template::Template,
    &year::Year,
    &zip3::Zip3,
];

/// The operator called `id`.
pub fn find(id: &str) -> Option<&'static dyn Operator> {
    ALL.iter().copied().find(|operator| operator.id() == id)
}

/// Whether a replacement may hold the text of the value although the value has to go.
///
/// It may where what looks like the value is not the value any more: the band `[AGE_50-54]` of the age 50, a code in which the
/// three signs of a short name come about by chance, the date `11/2/2019` that `1/2/2019` was moved to. It may never be nothing
/// but the value, nor hold the value that a label or a mask should have taken out.
pub fn may_hold(operator: &str, value: &str, replacement: &str) -> bool {
    let folded = fold::fold(value);
    let looks_only = match find(operator).map(Operator::leaves) {
        Some(Leaves::General) => true,
        Some(Leaves::Code | Leaves::Derived) => fold::alphanumerics(value) < 4 || !fold::stands_in(&folded, replacement),
        _ => false,
    };
    looks_only && folded != fold::fold(replacement)
}

/// Rewrites one value.
pub trait Operator: Send + Sync {
    /// The name that policies use: small letters and digits, words joined by `-`.
    fn id(&self) -> &'static str;

    /// One sentence for people.
    fn description(&self) -> &'static str;

    /// The parameters a policy may set. `threshold` and `operator` are taken.
    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    /// What it cannot work without.
    fn needs(&self) -> Needs {
        Needs::Nothing
    }

    /// The most that can be left of a value, for the check of a policy against its law.
    fn leaves(&self) -> Leaves;

    /// What becomes of the value. Must depend on nothing but the context.
    fn operate(&self, context: &Context<'_>) -> Outcome;
}

/// What an operator is told.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What the value is.
    pub entity: &'a Entity,
    /// The text of the finding.
    pub value: &'a str,
    /// Which person of the document a name, or an address made of one, stands for, counted from 1. Nothing for other values.
    pub person: Option<u32>,
    /// What all mentions of the same value share: of a person the longest name in the document, else see
    /// [`identity`](crate::identity).
    pub identity: &'a str,
    /// Whose mailbox or account it is: the longest name of the person whom it names, when it names just one.
    pub mailbox_of: Option<&'a str>,
    /// The word for the value in labels and codes: the entity, or what the case sheet calls the person.
    pub word: &'a str,
    /// What the policy sets, with the defaults filled in.
    pub parameters: &'a Parameters,
    /// Keys and codes, where the run has any.
    pub secrets: &'a Secrets<'a>,
}

/// What an operator leaves of a value, from nothing to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaves {
    /// Its kind at most, and which mentions are the same.
    Nothing,
    /// A code that is not made from it; who has the store can tell.
    Code,
    /// Something made from it; who has the key can tell.
    Derived,
    /// Something coarser that it lies in: a year, an age band, a region.
    General,
    /// Part of it: the last four digits, initials.
    Part,
    /// All of it.
    Value,
}

/// What an operator decided.
#[derive(Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The value stays as it is.
    Keep,
    /// The value goes, this comes.
    Replace(String),
    /// The document has to be refused, for this reason, which holds no value: the vault cannot be written, say.
    Refuse(String),
}

/// Without the text, which may hold part of the value.
impl std::fmt::Debug for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Keep => "Keep",
            Self::Replace(_) => "Replace",
            Self::Refuse(_) => "Refuse",
        })
    }
}

/// A parameter of an operator.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its key in a policy.
    pub name: &'static str,
    /// What it may be, and what it is when a policy is silent.
    pub kind: Kind,
    /// One sentence for people.
    pub description: &'static str,
}

/// What a parameter may be, with its default.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number from `least` to `most`.
    Count {
        /// The default.
        default: u32,
        /// The smallest value allowed.
        least: u32,
        /// The largest value allowed.
        most: u32,
    },
    /// A text of at most `most` characters, none of them a control character.
    Text {
        /// The default.
        default: &'static str,
        /// The fewest characters allowed.
        least: usize,
        /// The most characters allowed.
        most: usize,
    },
    /// The same, of at least one character, without a default: a policy has to say it.
    Required {
        /// The most characters allowed.
        most: usize,
    },
    /// One of some words.
    Choice {
        /// The default.
        default: &'static str,
        /// All there are.
        words: &'static [&'static str],
    },
}

impl Kind {
    /// The default; nothing where a policy has to set the parameter.
    pub fn default(self) -> Option<Value> {
        Some(match self {
            Self::Flag(flag) => Value::Flag(flag),
            Self::Count { default, .. } => Value::Count(default),
            Self::Text { default, .. } | Self::Choice { default, .. } => Value::Text(default.to_owned()),
            Self::Required { .. } => return None,
        })
    }

    /// Whether a policy has to set the parameter.
    pub fn is_required(self) -> bool {
        matches!(self, Self::Required { .. })
    }

    /// What a policy's value has to be, for an error message; nothing when `value` is just that.
    pub fn objection(self, value: &Value) -> Option<String> {
        let printable = |text: &str, least: usize, most: usize| {
            (least..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control)
        };
        let sound = match (self, value) {
            (Self::Flag(_), Value::Flag(_)) => true,
            (Self::Count { least, most, .. }, Value::Count(count)) => (least..=most).contains(count),
            (Self::Text { least, most, .. }, Value::Text(text)) => printable(text, least, most),
            (Self::Required { most }, Value::Text(text)) => printable(text, 1, most),
            (Self::Choice { words, .. }, Value::Text(text)) => words.contains(&text.as_str()),
            _ => false,
        };
        let wanted = match self {
            _ if sound => return None,
            Self::Flag(_) => "must be true or false".to_owned(),
            Self::Count { least, most, .. } => format!("must be a whole number from {least} to {most}"),
            Self::Text { least, most, .. } if least == most => format!("must be a text of {most} printable character"),
            Self::Text { least, most, .. } => {
                format!("must be a text of {least} to {most} characters without control characters")
            }
            Self::Required { most } => format!("must be a text of 1 to {most} characters without control characters"),
            Self::Choice { words, .. } => format!("must be one of {}", words.join(", ")),
        };
        Some(wanted)
    }
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Count(u32),
    /// A text.
    Text(String),
}

/// The values of all parameters of one operator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<&'static str, Value>);

impl Parameters {
    /// The defaults of an operator; what a policy has to say is not among them.
    pub fn defaults(operator: &dyn Operator) -> Self {
        let defaults = operator.parameters().iter();
        Self(defaults.filter_map(|parameter| Some((parameter.name, parameter.kind.default()?))).collect())
    }

    /// Sets one parameter. The caller has asked [`Kind::objection`].
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        self.0.insert(name, value);
    }

    /// A flag; `false` when there is none of this name.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Value::Flag(true)))
    }

    /// A number; 0 when there is none of this name.
    pub fn count(&self, name: &str) -> u32 {
        if let Some(Value::Count(count)) = self.0.get(name) { *count } else { 0 }
    }

    /// A text; empty when there is none of this name.
    pub fn text(&self, name: &str) -> &str {
        if let Some(Value::Text(text)) = self.0.get(name) { text } else { "" }
    }

    /// All, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

/// What stands for a value that an operator cannot do its work on: its kind, and for people which one.
fn labelled(context: &Context<'_>) -> Outcome {
    Outcome::Replace(label::bracketed(context.word, context.person))
}

#[cfg(test)]
pub(crate) fn operate(
    operator: &dyn Operator,
    entity: &Entity,
    value: &str,
    person: Option<u32>,
    set: &[(&'static str, Value)],
) -> Outcome {
    testing::asked(&testing::Asked { entity, value, person, ..testing::Asked::default() }, operator, set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sorted_and_well_formed() {
        let ids: Vec<_> = ALL.iter().map(|operator| operator.id()).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
        for operator in ALL {
            assert!(
                operator.id().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{}",
                operator.id()
            );
            assert!(operator.description().ends_with('.'), "{}", operator.id());
        }
    }

    #[test]
    fn defaults_are_what_the_parameters_allow() {
        for operator in ALL {
            for parameter in operator.parameters() {
                assert!(!["threshold", "operator"].contains(&parameter.name));
                if let Some(default) = parameter.kind.default() {
                    assert_eq!(parameter.kind.objection(&default), None, "{} {}", operator.id(), parameter.name);
                }
                assert!(parameter.description.ends_with('.'), "{} {}", operator.id(), parameter.name);
            }
        }
    }

    #[test]
    fn parameters_say_what_they_want() {
        let one = Kind::Text { default: "*", least: 1, most: 1 };
        assert_eq!(one.objection(&Value::Text("ab".into())).as_deref(), Some("must be a text of 1 printable character"));
        assert!(one.objection(&Value::Text("\n".into())).is_some());
        assert!(one.objection(&Value::Text("\u{2588}".into())).is_none());
        assert!(Kind::Flag(true).objection(&Value::Count(1)).is_some());
        let count = Kind::Count { default: 2, least: 1, most: 4 };
        assert_eq!(count.objection(&Value::Count(5)).as_deref(), Some("must be a whole number from 1 to 4"));
        assert!(count.objection(&Value::Count(0)).is_some());
        assert!(Kind::Required { most: 4 }.objection(&Value::Text(String::new())).is_some());
        let choice = Kind::Choice { default: "a", words: &["a", "b"] };
        assert_eq!(choice.objection(&Value::Text("c".into())).as_deref(), Some("must be one of a, b"));
    }

    /// Parameters that a policy has to say, with something to say.
    fn needed(operator: &dyn Operator) -> Vec<(&'static str, Value)> {
        let required = operator.parameters().iter().filter(|parameter| parameter.kind.is_required());
        required
            .map(|parameter| match (operator.id(), parameter.name) {
                ("exemption", "code") => ("code", Value::Text("(b)(6)".into())),
                ("template", "text") => ("text", Value::Text("[{word}-1]".into())),
                other => panic!("no example of {other:?}"),
            })
            .collect()
    }

    const ENTITIES: &[&str] = &[
        "AGE",
        "CREDIT_CARD",
        "DATE_OF_BIRTH",
        "DATE_TIME",
        "EMAIL_ADDRESS",
        "ES_NIF",
        "IP_ADDRESS",
        "LOCATION",
        "PERSON",
        "PHONE_NUMBER",
        "QUANTITY",
        "STREET_ADDRESS",
        "UK_NHS",
        "URL",
        "US_SSN",
        "ZIP_CODE",
    ];

    /// Those whose output a second run may find again, as their documentation says.
    const FOUND_AGAIN: &[&str] = &["date-shift", "fpe", "keep", "surrogate", "year", "zip3"];

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1500))]
        #[test]
        fn every_operator_keeps_its_word(
            value in "\\PC{0,40}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9 .-]{3,20}|[A-Z][a-z]{1,8},? [A-Z][a-z]{1,8}|[0-9]{1,3}",
            entity in 0..ENTITIES.len(),
            operator in 0..ALL.len(),
            person in proptest::option::of(1_u32..40),
        ) {
            let operator = ALL[operator];
            let entity = Entity::new(ENTITIES[entity]);
            let person = person.filter(|_| entity == Entity::PERSON);
            let outcome = operate(operator, &entity, &value, person, &needed(operator));
            // The same again.
            proptest::prop_assert!(outcome == operate(operator, &entity, &value, person, &needed(operator)));
            let Outcome::Replace(text) = outcome else {
                // Only who may leave the value leaves it.
                let may_keep = matches!(operator.leaves(), Leaves::General | Leaves::Part | Leaves::Value);
                proptest::prop_assert!(outcome == Outcome::Keep && may_keep || matches!(outcome, Outcome::Refuse(_)));
                return Ok(());
            };
            let long = fold::alphanumerics(&value) >= 4;
            let label = fold::fold(&format!("[{entity}-1]")).contains(&fold::fold(&value));
            if matches!(operator.leaves(), Leaves::Nothing | Leaves::Code | Leaves::Derived) && long && !label {
                proptest::prop_assert!(!fold::stands_in(&fold::fold(&value), &text), "{} of {value:?}: {text}", operator.id());
            }
            if operator.leaves() == Leaves::General {
                proptest::prop_assert!(text != value);
            }
            // What stands in brackets is known as a placeholder, from end to end.
            if text.starts_with('[') && text.ends_with(']') && !FOUND_AGAIN.contains(&operator.id()) {
                let spans = crate::placeholder::spans(&text);
                proptest::prop_assert!(spans.len() == 1 && spans[0].of(&text) == text || operator.leaves() > Leaves::Derived, "{text}");
            }
        }
    }

    #[test]
    fn what_operators_leave_in_brackets_is_a_placeholder() {
        for operator in ALL.iter().filter(|operator| !["keep", "remove"].contains(&operator.id())) {
            for (entity, value) in [
                ("AGE", "83"),
                ("AGE", "97"),
                ("QUANTITY", "1250000"),
                ("PERSON", "Jane Doe"),
                ("PERSON", "J"),
                ("US_SSN", "000-12-3456"),
                ("DATE_OF_BIRTH", "3 March 1910"),
                ("STREET_ADDRESS", "742 Evergreen Terrace, Springfield, IL 62701"),
                ("CREDIT_CARD", "4111 1111 1111 1111"),
            ] {
                let mut set = needed(*operator);
                if operator.id() == "year" {
                    set.push(("reference_year", Value::Count(2026)));
                }
                let entity = Entity::new(entity);
                let Outcome::Replace(text) =
                    operate(*operator, &entity, value, Some(2).filter(|_| entity == Entity::PERSON), &set)
                else {
                    continue;
                };
                let masked = text.contains("***") && !value.contains(char::is_alphabetic);
                if text.starts_with('[') || masked {
                    let line = format!("x {text}, y");
                    let found: Vec<&str> = crate::placeholder::spans(&line).iter().map(|span| span.of(&line)).collect();
                    assert_eq!(found, [text.as_str()], "{}", operator.id());
                }
            }
        }
    }

    #[test]
    fn debug_holds_no_value() {
        assert_eq!(format!("{:?}", Outcome::Replace("Canary".into())), "Replace");
    }
}
