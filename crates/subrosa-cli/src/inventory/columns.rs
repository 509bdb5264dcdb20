//! What a field is by its name: part of a name, a quasi-identifier, about somebody else than the record's own person.

use subrosa_core::entity::Entity;

/// What tells little by itself and much together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quasi {
    /// Day of birth.
    BirthDate,
    /// Year of birth, or age.
    Age,
    /// Sex or gender.
    Sex,
    /// Postal code.
    PostalCode,
    /// Town, county, State.
    Place,
    /// Origin, nationality, religion, language.
    Origin,
    /// Occupation, employer.
    Occupation,
    /// Married or not.
    MaritalStatus,
    /// The day of an event: admission, discharge, death.
    EventDate,
}

impl Quasi {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::BirthDate => "birth date",
            Self::Age => "age or birth year",
            Self::Sex => "sex",
            Self::PostalCode => "postal code",
            Self::Place => "place",
            Self::Origin => "origin",
            Self::Occupation => "occupation",
            Self::MaritalStatus => "marital status",
            Self::EventDate => "date of an event",
        }
    }

    /// What a kind of value is.
    pub fn of_entity(entity: &Entity) -> Option<Self> {
        Some(match entity.id() {
            "DATE_OF_BIRTH" => Self::BirthDate,
            "AGE" => Self::Age,
            "ZIP_CODE" | "POSTAL_CODE" | "UK_POSTCODE" | "CA_POSTAL_CODE" => Self::PostalCode,
            "LOCATION" | "COORDINATES" => Self::Place,
            "NRP" => Self::Origin,
            "OCCUPATION" => Self::Occupation,
            _ => return None,
        })
    }

    /// What a field of this name is.
    pub fn of_label(label: &str) -> Option<Self> {
        let words = words(label);
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let all = |list: &[&str]| list.iter().all(|part| words.iter().any(|word| word == part));
        if has(&["dob", "birthdate", "birthday", "geburtsdatum", "naissance", "nacimiento", "nascita"])
            || all(&["birth", "date"])
            || all(&["date", "born"])
        {
            Some(Self::BirthDate)
        } else if has(&["age", "alter", "edad", "yob", "birthyear"]) || all(&["birth", "year"]) {
            Some(Self::Age)
        } else if has(&["sex", "gender", "geschlecht", "sexe", "sexo", "sesso"]) {
            Some(Self::Sex)
        } else if has(&["zip", "zipcode", "postcode", "postal", "plz", "zip3", "zip5"]) {
            Some(Self::PostalCode)
        } else if has(&[
            "city", "town", "county", "state", "province", "region", "district", "country", "ort", "ville", "ciudad", "stadt",
        ]) {
            Some(Self::Place)
        } else if has(&["race", "ethnicity", "ethnic", "nationality", "religion", "citizenship", "language"]) {
            Some(Self::Origin)
        } else if has(&["occupation", "profession", "job", "employer", "beruf"]) {
            Some(Self::Occupation)
        } else if has(&["marital"]) {
            Some(Self::MaritalStatus)
        } else if has(&["admission", "admitted", "discharge", "discharged", "death", "deceased"]) {
            Some(Self::EventDate)
        } else {
            None
        }
    }
}

/// Which part of a name a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamePart {
    /// First and middle names.
    Given,
    /// Last names.
    Family,
}

impl NamePart {
    /// What a field of this name holds.
    pub fn of_label(label: &str) -> Option<Self> {
        let all = words(label);
        let words: Vec<&str> =
            all.iter().map(String::as_str).filter(|word| !OTHERS.contains(word) && !OWN.contains(word)).collect();
        Some(match words.as_slice() {
            ["first" | "given" | "fore" | "christian", "name" | "names"]
            | [
                "firstname" | "forename" | "forenames" | "givenname" | "given" | "fname" | "vorname" | "prenom" | "prénom"
                | "first",
            ] => Self::Given,
            ["last" | "family", "name" | "names"]
            | [
                "lastname" | "surname" | "familyname" | "family" | "lname" | "nachname" | "familienname" | "apellido"
                | "apellidos" | "cognome" | "last",
            ] => Self::Family,
            _ => return None,
        })
    }
}

/// Words of field names that say whose the record is.
const OWN: &[&str] =
    &["patient", "client", "customer", "employee", "student", "member", "subscriber", "applicant", "user", "person"];

/// Words of field names that say that they are about somebody else.
const OTHERS: &[&str] = &[
    "adviser",
    "advisor",
    "agent",
    "attending",
    "attorney",
    "author",
    "caregiver",
    "clinician",
    "consultant",
    "contact",
    "counsel",
    "counselor",
    "creator",
    "dentist",
    "doctor",
    "emergency",
    "employer",
    "father",
    "gp",
    "guarantor",
    "guardian",
    "husband",
    "insured",
    "kin",
    "landlord",
    "lawyer",
    "manager",
    "mother",
    "nok",
    "nurse",
    "operator",
    "parent",
    "partner",
    "performer",
    "pharmacist",
    "physician",
    "practitioner",
    "prescriber",
    "provider",
    "recorder",
    "referrer",
    "referring",
    "relative",
    "reporter",
    "requester",
    "reviewer",
    "sender",
    "sibling",
    "signed",
    "spouse",
    "supervisor",
    "surgeon",
    "teacher",
    "therapist",
    "wife",
    "witness",
];

/// The words of a field name that say it is about somebody else than the record's own person: the guardian of `guardian phone`.
pub fn others(label: &str) -> Vec<String> {
    words(label).into_iter().filter(|word| OTHERS.contains(&word.as_str())).collect()
}

/// Whether a field of this name holds a State or a part of one.
pub fn is_state(label: &str) -> bool {
    words(label).iter().any(|word| matches!(word.as_str(), "state" | "st"))
}

/// The words of a field name in small letters: `birthDate`, `BIRTH_DATE` and `Date of birth` have the same, and little words.
pub fn words(label: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for sign in label.chars() {
        let starts = !before.is_alphanumeric() || sign.is_uppercase() && before.is_lowercase();
        if sign.is_alphanumeric() {
            match words.last_mut().filter(|_| !starts) {
                Some(word) => word.extend(sign.to_lowercase()),
                None => words.push(sign.to_lowercase().collect()),
            }
        }
        before = sign;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_names_in_their_spellings() {
        assert_eq!(words("birthDate"), ["birth", "date"]);
        assert_eq!(words("BIRTH_DATE (yyyy)"), ["birth", "date", "yyyy"]);
        for (label, expected) in [
            ("Date of birth", Some(Quasi::BirthDate)),
            ("birthDate", Some(Quasi::BirthDate)),
            ("Birth year", Some(Quasi::Age)),
            ("ZIP", Some(Quasi::PostalCode)),
            ("home_city", Some(Quasi::Place)),
            ("Gender", Some(Quasi::Sex)),
            ("message", None),
            ("Town", Some(Quasi::Place)),
        ] {
            assert_eq!(Quasi::of_label(label), expected, "{label}");
        }
    }

    #[test]
    fn parts_of_names() {
        for label in ["First name", "first_name", "Patient first name", "firstName", "Vorname", "given"] {
            assert_eq!(NamePart::of_label(label), Some(NamePart::Given), "{label}");
        }
        assert_eq!(NamePart::of_label("Surname"), Some(NamePart::Family));
        assert_eq!(NamePart::of_label("Last visit"), None);
        assert_eq!(others("Guardian phone"), ["guardian"]);
        assert!(others("Phone").is_empty() && is_state("State") && !is_state("Status"));
    }
}
