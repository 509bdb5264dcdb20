//! What a kind of value means: for a notice of a breach, for telling people apart, for risk.

use subrosa_core::entity::Entity;
use subrosa_core::policy::safe_harbor::letter;

/// The types of information that 45 CFR 164.404(c)(1)(B) names, in its words and order. The program never tells a disability
/// code; what it finds beside is "other".
pub const TYPES: &[&str] =
    &["full name", "social security number", "date of birth", "home address", "account number", "diagnosis", "disability code"];

/// What the rule calls the rest.
pub const OTHER: &str = "other types of information";

/// The type that a kind of value is. A name is a full one when it has more than one word, which `full` says.
pub fn breach_type(entity: &Entity, full: bool) -> &'static str {
    match entity.id() {
        "PERSON" if full => "full name",
        "US_SSN" => "social security number",
        "DATE_OF_BIRTH" => "date of birth",
        "STREET_ADDRESS" => "home address",
        "ACCOUNT_NUMBER" | "CREDIT_CARD" | "IBAN_CODE" => "account number",
        "HEALTH_CONDITION" => "diagnosis",
        _ => OTHER,
    }
}

/// Whether a value of this kind is one person's alone, so that two values are two people. Not so numbers of firms.
pub fn is_exclusive(entity: &Entity) -> bool {
    !is_of_firms(entity) && matches!(letter(entity), Some('G' | 'H')) || *entity == Entity::DATE_OF_BIRTH
}

/// Whether people who share a value of this kind, and a name that fits, are the same.
pub fn is_strong(entity: &Entity) -> bool {
    let by_letter = matches!(letter(entity), Some('D' | 'F' | 'G' | 'H' | 'I')) && !is_of_firms(entity);
    by_letter || is_document(entity)
}

/// Whether a record that holds a value of this kind is about a person, even when it names nobody.
pub fn stands_for_a_person(entity: &Entity) -> bool {
    is_strong(entity) && letter(entity) != Some('D')
}

/// Whether a value of this kind opens accounts or identities to whoever has it.
pub fn is_grave(entity: &Entity) -> bool {
    let secret = ["PASSWORD", "API_KEY", "PRIVATE_KEY"].contains(&entity.id());
    let account = ["ACCOUNT_NUMBER", "CREDIT_CARD", "IBAN_CODE"].contains(&entity.id());
    secret || account || is_document(entity) || !is_of_firms(entity) && matches!(letter(entity), Some('G' | 'P'))
}

/// Whether a value of this kind identifies by itself.
pub fn is_direct(entity: &Entity) -> bool {
    let by_letter = matches!(letter(entity), Some('D'..='R')) && !is_of_firms(entity);
    *entity == Entity::PERSON || *entity == Entity::STREET_ADDRESS || by_letter && *entity != Entity::DENIED_TERM
}

/// Whether a value of this kind tells of somebody's health.
pub fn is_health(entity: &Entity) -> bool {
    ["HEALTH_CONDITION", "LAB_TEST", "MEDICAL_PROCEDURE", "MEDICATION", "SYMPTOM"].contains(&entity.id())
}

fn is_document(entity: &Entity) -> bool {
    let id = entity.id();
    ["_PASSPORT", "_DRIVER_LICENSE", "_DRIVING_LICENCE", "_ID_CARD", "_IDENTITY_CARD"].iter().any(|end| id.ends_with(end))
}

fn is_of_firms(entity: &Entity) -> bool {
    ["CO_NIT", "PE_RUC", "PL_NIP", "MX_RFC", "IN_PAN", "US_EIN", "AR_CUIT"].contains(&entity.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_those_of_the_rule() {
        for (id, full, expected) in [
            ("PERSON", true, "full name"),
            ("PERSON", false, OTHER),
            ("US_SSN", true, "social security number"),
            ("DE_TAX_ID", true, OTHER),
            ("CREDIT_CARD", false, "account number"),
            ("HEALTH_CONDITION", false, "diagnosis"),
            ("PHONE_NUMBER", false, OTHER),
        ] {
            let of = breach_type(&Entity::parse(id).unwrap(), full);
            assert_eq!(of, expected, "{id}");
            assert!(of == OTHER || TYPES.contains(&of));
        }
    }

    #[test]
    fn numbers_of_firms_tell_no_people_apart() {
        let kind = |id| Entity::parse(id).unwrap();
        assert!(is_exclusive(&kind("US_SSN")) && is_exclusive(&kind("MEDICAL_RECORD_NUMBER")) && !is_exclusive(&kind("PL_NIP")));
        assert!(is_strong(&kind("EMAIL_ADDRESS")) && is_strong(&kind("US_PASSPORT")) && !is_strong(&kind("IP_ADDRESS")));
        assert!(!stands_for_a_person(&kind("PHONE_NUMBER")) && !is_direct(&kind("OCCUPATION")) && !is_direct(&kind("AGE")));
    }
}
